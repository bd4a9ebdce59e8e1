"""What became of an imported file, in words: a row of the report, and what to know about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from telecom_audit.money import micros_from_text
from telecom_audit.tasks.export_files import guarded
from ui.numbers import amount_text, count_text

if TYPE_CHECKING:
    from telecom_audit.tasks.imports import ImportAnswer
    from telecom_audit.tasks.imports_answer import FileAnswer

_OUTCOMES = {
    "imported": "✓ Imported",
    "already-imported": "○ Imported before",
    "refused": "✕ Refused",
}


def heads(currency: str) -> tuple[str, ...]:
    """The heads of the report; amounts in the project's currency."""
    return (
        "Outcome",
        "File",
        "Rows read = stored + quarantined + ignored",
        f"Bill total ({currency})",
        f"Stored ({currency})",
        f"Difference ({currency})",
        "Warnings",
    )


RIGHT = (2, 3, 4, 5, 6)


def cells(file: FileAnswer) -> tuple[str, ...]:
    """The row of a file."""
    document: Mapping[str, Any] = file.document
    amount = document["amount"] or {}
    warnings = len(document["warnings"])
    return (
        _OUTCOMES[file.outcome],
        file.name,
        "" if file.outcome == "refused" else _equation(document["rows"]),
        *(_money(amount.get(name)) for name in ("stated", "stored", "difference")),
        count_text(warnings) if warnings and file.outcome == "imported" else "",
    )


def _equation(rows: Mapping[str, int]) -> str:
    parts = [count_text(rows[name]) for name in ("stored", "quarantined", "ignored")]
    return f"{count_text(rows['read'])} = {' + '.join(parts)}"


def _money(text: str | None) -> str:
    return "" if text is None else amount_text(micros_from_text(text))


def is_to_look_at(file: FileAnswer) -> bool:
    """Whether a person should look at a file: refused, rows put aside, a difference, warnings."""
    document: Mapping[str, Any] = file.document
    amount = document["amount"] or {}
    return (
        file.error is not None
        or bool(document["warnings"])
        or bool(document["rows"]["quarantined"])
        or amount.get("difference") not in (None, "0.00")
    )


def details(file: FileAnswer) -> str:
    """All that there is to say of a file, one paragraph each."""
    return "\n\n".join(_paragraphs(file))


def _paragraphs(file: FileAnswer) -> Iterator[str]:
    document: Mapping[str, Any] = file.document
    yield str(document["file"])
    if file.error is not None:
        yield f"{_sentence(file.error.message, file.name)} Nothing of it was imported."
        yield f"What to do: {file.error.remedy}"
        if "--" in file.error.remedy:
            yield "Options are given at the command line: telecom-audit import PROJECT FILE OPTION"
        return
    what = f"layout {document['layout']}"
    what += f", sheet {document['sheet']}" if document["sheet"] else ""
    if file.outcome == "imported":
        yield f"Imported as import {file.import_id} ({what})."
    put_aside = document["rows"]["quarantined"]
    if put_aside:
        are = (
            "row could not be read and waits"
            if put_aside == 1
            else "rows could not be read and wait"
        )
        yield f"{count_text(put_aside)} {are} in quarantine; the Data page shows why."
    difference = (document["amount"] or {}).get("difference")
    if difference not in (None, "0.00"):
        yield (
            f"The rows stored come to {_money(difference)} less than the bill states; ask for the "
            f"missing rows."
            if not difference.startswith("-")
            else f"The rows stored come to {_money(difference[1:])} more than the bill states."
        )
    yield from (_sentence(warning, file.name) for warning in document["warnings"])


def _sentence(text: str, name: str) -> str:
    """A message as a sentence; the name of a file keeps its first letter."""
    first = text[:1] if text.startswith(name) else text[:1].upper()
    return first + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def summary(answer: ImportAnswer) -> str:
    """How many files were imported, were in already, and were refused."""
    outcomes = [file.outcome for file in answer.files]
    parts = [
        f"{_files(outcomes.count(outcome))} {words}"
        for outcome, words in (
            ("imported", "imported"),
            ("already-imported", "imported before"),
            ("refused", "refused"),
        )
        if outcome in outcomes
    ]
    return ", ".join(parts) + "."


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count_text(count)} files"


def as_text(heads_shown: Sequence[str], answer: ImportAnswer) -> str:
    """The report for the clipboard: a table with heads, then the details of each file."""
    rows = [heads_shown, *map(cells, answer.files)]
    table = "\n".join("\t".join(map(guarded, row)) for row in rows)
    return "\n\n".join([table, *map(details, answer.files)])
