"""The options of `import`: `--layout`, `--mapping` and `--set` as one value for the readers."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.readers.dates import is_spelling
from telecom_audit.readers.encodings import known_encoding
from telecom_audit.readers.layout import Layout, closed_list, known_layouts, layout_of, plain
from telecom_audit.readers.options import ReadOptions
from telecom_audit.tasks.imports_relations import SAYINGS

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|"}
_NEGATIVE = ("credits", "charges")


@dataclass(frozen=True)
class ImportOptions:
    """What the user says about the files of one command.

    Attributes:
        layout: the key of their layout, "" to recognise it.
        mapping: a mapping file.
        settings: "key=value" texts of `--set`.
        dry_run: answer what would be, and change nothing.
    """

    layout: str = ""
    mapping: Path | None = None
    settings: Sequence[str] = ()
    dry_run: bool = False


def read_options(options: ImportOptions) -> tuple[ReadOptions, str]:
    """The readers' options and what `--set invoice=` says.

    Raises:
        UsageError: an unknown key or value, or no such mapping file.
        RefusedError: the mapping file says what cannot be.
    """
    found = read_mapping(options.mapping) if options.mapping else ReadOptions()
    if options.layout:
        found = replace(found, layout=layout_of(options.layout).key)
    saying = ""
    for setting in options.settings:
        key, equals, value = setting.partition("=")
        if not equals or not value:
            raise UsageError(f"{setting!r} is not KEY=VALUE", "Write `--set encoding=cp1252`.")
        if key == "invoice":
            saying = _one_of(key, value, SAYINGS)
        elif key in _SETTERS:
            found = _SETTERS[key](found, value)
        else:
            keys = ", ".join((*_SETTERS, "invoice"))
            raise UsageError(f"there is no setting {key!r}", f"The settings are {keys}.")
    return found, saying


def _one_of(key: str, value: str, values: Sequence[str]) -> str:
    if value not in values:
        raise UsageError(f"{key} cannot be {value!r}", f"It is one of {', '.join(values)}.")
    return value


def _encoding(options: ReadOptions, value: str) -> ReadOptions:
    return replace(options, encoding=known_encoding(value))


def _delimiter(options: ReadOptions, value: str) -> ReadOptions:
    delimiter = _DELIMITERS.get(value, value)
    return replace(options, delimiter=_one_of("delimiter", delimiter, (",", ";", "\t", "|")))


def _date_format(options: ReadOptions, value: str) -> ReadOptions:
    if not is_spelling(value):
        raise UsageError(
            f"{value!r} is not a date format", "Write it like `--set date_format=%d/%m/%Y`."
        )
    spelling = value.replace("%b", "%B").replace("%a", "%A")
    return replace(options, date_formats=(*options.date_formats, spelling))


def _decimal(options: ReadOptions, value: str) -> ReadOptions:
    return replace(options, decimal=_one_of("decimal", value, (".", ",")))


_SETTERS: Mapping[str, Callable[[ReadOptions, str], ReadOptions]] = {
    "encoding": _encoding,
    "date_format": _date_format,
    "decimal": _decimal,
    "sheet": lambda options, value: replace(options, sheet=value),
    "delimiter": _delimiter,
}


def read_mapping(path: Path) -> ReadOptions:
    """The options that a mapping file states (the contract, section 2).

    Raises:
        UsageError: there is no such file.
        RefusedError: it is no TOML, or names a table, column, list or value that is not known.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"there is no mapping file {path}", "Check the name.") from error
    except ValueError as error:
        raise RefusedError(f"{path.name} is no TOML ({error})", "Correct the file.") from error
    return _Mapping(path.name, document).options()


class _Mapping:
    def __init__(self, name: str, document: Mapping[str, Any]) -> None:
        self._name = name
        self._tables = {
            table: self._table(document, table)
            for table in ("layout", "columns", "values", "defaults", "format", "vendor")
        }
        self._check("table", document, self._tables)

    def options(self) -> ReadOptions:
        """All tables of the file as options."""
        head, vendor = self._tables["layout"], self._tables["vendor"]
        self._check("key of [layout]", head, ("key", "kind", "captions"))
        self._check("key of [vendor]", vendor, ("name", "aliases"))
        base = self._base(head)
        captions = self._texts("captions", head.get("captions", []))
        columns = {plain(c): column for c, column in self._texts_of("columns").items()}
        defaults = self._texts_of("defaults")
        if vendor.get("name"):
            defaults.setdefault("vendor", self._text("name", vendor["name"]))
        known = {
            column.name
            for layout in ([base] if base else known_layouts())
            for column in layout.columns
        }
        self._check("column", [*columns.values(), *defaults], known)
        options = ReadOptions(
            layout=base.key if base else "",
            columns=columns,
            defaults=defaults,
            values=self._values(),
            aliases=self._aliases(vendor),
            captions=tuple(map(plain, captions)),
        )
        return self._format(options)

    def _base(self, head: Mapping[str, Any]) -> Layout | None:
        layouts = {layout.key: layout for layout in known_layouts()}
        key, kind = (self._text(name, head.get(name, "")) for name in ("key", "kind"))
        if key in layouts:
            return layouts[key]
        if not key and not kind:
            return None
        self._check("kind of layout", [f"standard-{kind}"], layouts)
        return layouts[f"standard-{kind}"]

    def _values(self) -> dict[str, dict[str, str]]:
        tables = self._tables["values"]
        self._check("list", tables, ("service_type", "use", "class", "status", "coverage"))
        found: dict[str, dict[str, str]] = {}
        for name in tables:
            spellings = {
                spelling: self._text(spelling, value)
                for spelling, value in self._table(tables, name).items()
            }
            listed = {plain(value): value for value in closed_list(name).values}
            self._check(f"{name}", map(plain, spellings.values()), listed)
            found[name] = {plain(s): listed[plain(value)] for s, value in spellings.items()}
        return found

    def _aliases(self, vendor: Mapping[str, Any]) -> dict[str, str]:
        aliases = vendor.get("aliases", [])
        if isinstance(aliases, dict):
            return {plain(alias): self._text(alias, name) for alias, name in aliases.items()}
        if aliases and not vendor.get("name"):
            raise self._refused("[vendor] has aliases but no name")
        return {plain(alias): vendor["name"] for alias in self._texts("aliases", aliases)}

    def _format(self, options: ReadOptions) -> ReadOptions:
        table = self._tables["format"]
        self._check("key of [format]", table, (*_FORMAT_KEYS, "header_row", "negative"))
        for key in _FORMAT_KEYS:
            texts = table.get(key, [])
            for text in self._texts(key, texts if key == "date_formats" else [texts or ""]):
                if text:
                    options = self._set(options, key.removesuffix("s"), text)
        negative = table.get("negative", _NEGATIVE[0])
        self._check("value of negative", [negative], _NEGATIVE)
        header_row = table.get("header_row", 0)
        if type(header_row) is not int or ("header_row" in table and header_row < 1):
            raise self._refused("header_row is not the number of a row")
        return replace(options, header_row=header_row, reverses=negative == "charges")

    def _set(self, options: ReadOptions, key: str, text: str) -> ReadOptions:
        try:
            return _SETTERS[key](options, text)
        except UsageError as error:
            raise self._refused(error.message) from error

    def _table(self, document: Mapping[str, Any], name: str) -> dict[str, Any]:
        table = document.get(name, {})
        if not isinstance(table, dict):
            raise self._refused(f"{name} is not a table")
        return table

    def _texts_of(self, table: str) -> dict[str, str]:
        return {key: self._text(key, value) for key, value in self._tables[table].items()}

    def _texts(self, name: str, given: object) -> list[str]:
        values = [given] if isinstance(given, str) else given
        if not isinstance(values, list):
            raise self._refused(f"{name} is not a list of texts")
        return [self._text(name, value) for value in values]

    def _text(self, name: str, given: object) -> str:
        if not isinstance(given, str):
            raise self._refused(f"{name} is not a text: {given!r}")
        return given

    def _check(self, what: str, given: Any, known: Any) -> None:
        for name in given:
            if name not in known:
                raise self._refused(f"there is no {what} {name!r}")

    def _refused(self, message: str) -> RefusedError:
        return RefusedError(
            f"{self._name}: {message}", "Correct the mapping; `layouts` names what there is."
        )


_FORMAT_KEYS = ("encoding", "delimiter", "decimal", "date_formats", "sheet")
