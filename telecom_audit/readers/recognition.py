"""Which layout a file has, told from its header and never from its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telecom_audit.errors import RefusedError
from telecom_audit.readers.layout import Layout, known_layouts, layout_of, plain
from telecom_audit.readers.options import ReadOptions
from telecom_audit.readers.records import Header, Record

SEARCHED = 60
MOST_COLUMNS = 2000


@dataclass(frozen=True)
class Recognised:
    """A layout with the place of its columns in a header."""

    layout: Layout
    header: Header
    positions: dict[str, int]


def candidates(options: ReadOptions) -> tuple[Layout, ...]:
    """The layouts that a file may have: the one that is asked for, or all.

    The captions of a mapping file are added to those of the layout.

    Raises:
        UsageError: there is no layout of that key.
    """
    chosen = (layout_of(options.layout),) if options.layout else known_layouts()
    return tuple(_with_mapping(layout, options) for layout in chosen)


def find_header(records: Sequence[Record], options: ReadOptions) -> tuple[Header, list[Layout]]:
    """The header among the first records of a file, and the layouts that claim it.

    Raises:
        LookupError: no record is a header that is known.
    """
    layouts = candidates(options)
    forced = bool(options.layout)
    row = 1
    for before, record in enumerate(records[:SEARCHED]):
        if not options.header_row or row == options.header_row:
            claiming = [layout for layout in layouts if _fits(layout, record, forced)]
            if claiming and {plain(cell) for cell in record}.issuperset(options.captions):
                captions = tuple(_without_empty_end(record))
                return Header(captions, row, before, len(record)), _most_special(claiming)
        row += 1 + sum(cell.count("\n") for cell in record)
    raise LookupError


def recognised(header: Header, claiming: Sequence[Layout], name: str) -> Recognised:
    """The one layout of a header with the place of its columns.

    Raises:
        RefusedError: several layouts claim it, a column occurs twice, or it has too many columns.
    """
    if len(header.captions) > MOST_COLUMNS:
        raise RefusedError(
            f"{name} has {len(header.captions)} columns; {MOST_COLUMNS} are the most",
            "Export the columns that are needed.",
        )
    if len(claiming) > 1:
        keys = " and ".join(layout.key for layout in claiming)
        raise RefusedError(f"{name} may be {keys}", f"Say which: `--layout {claiming[0].key}`.")
    layout = claiming[0]
    positions = layout.positions(header.captions)
    for column, places in positions.items():
        if len(places) > 1:
            raise RefusedError(
                f"{name} has the column {column} twice (columns "
                f"{' and '.join(str(place + 1) for place in places)})",
                "Rename or remove one of them.",
            )
    return Recognised(layout, header, {column: places[0] for column, places in positions.items()})


def unknown(records: Sequence[Record], options: ReadOptions, name: str) -> RefusedError:
    """The refusal of a file without a known header, with the layout that comes nearest."""
    nearest: tuple[int, str] = (0, "")
    for record in records[:SEARCHED]:
        for layout in candidates(options):
            missing = layout.missing(record)
            found = len(layout.signature) - len(missing)
            words = f"; nearest is {layout.key}, which lacks {', '.join(missing)}"
            nearest = max(nearest, (found, words)) if missing and found else nearest
    return RefusedError(
        f"{name} has no header that is known{nearest[1]}",
        "Give the columns their standard captions (`layouts template KEY -o FORM.xlsx` makes a "
        "form), or map them with `--mapping FILE.toml`.",
    )


def _with_mapping(layout: Layout, options: ReadOptions) -> Layout:
    by_column: dict[str, list[str]] = {}
    for caption, column in options.columns.items():
        by_column.setdefault(column, []).append(caption)
    mapped = set(options.columns)
    columns = tuple(
        replace(
            column,
            captions=(
                *by_column.get(column.name, ()),
                *(caption for caption in column.captions if caption not in mapped),
            ),
        )
        for column in layout.columns
    )
    return replace(layout, columns=columns, defaults={**layout.defaults, **options.defaults})


def _fits(layout: Layout, record: Record, forced: bool) -> bool:
    if not forced:
        return layout.claims(record)
    captions = {plain(cell) for cell in record}
    needed = [c for c in layout.columns if c.required and c.name not in layout.defaults]
    return all(captions.intersection(column.captions) for column in needed)


def _most_special(claiming: list[Layout]) -> list[Layout]:
    """Drop a layout whose whole signature is but a part of another claiming layout's columns."""
    return [
        layout
        for layout in claiming
        if not any(_is_part(layout, other) and not _is_part(other, layout) for other in claiming)
    ]


def _is_part(layout: Layout, other: Layout) -> bool:
    known = {caption for column in other.columns for caption in column.captions}
    return layout is not other and all(
        known.intersection(layout.column(name).captions) for name in layout.signature
    )


def _without_empty_end(record: Record) -> Record:
    width = len(record)
    while width and not record[width - 1].strip():
        width -= 1
    return record[:width]
