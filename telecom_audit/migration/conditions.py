"""The `when` clauses of a scenario: which services a wave or a disposition speaks of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from telecom_audit.migration.toml_table import Table

BILLED_COLUMNS = frozenset({"vendor", "account", "service", "service_type", "site"})


@dataclass(frozen=True)
class When:
    """Columns with the values of which one must stand in each (the contract, section 4).

    Attributes:
        columns: caption in lower case -> values in lower case; a "*" at the end matches any rest.
    """

    columns: tuple[tuple[str, tuple[str, ...]], ...]

    def matches(self, cells: Mapping[str, Collection[str]]) -> bool:
        """Whether every key matches these cells; a service without such a column matches none.

        Args:
            cells: caption in lower case -> the cell in each of its spellings.
        """
        return all(
            any(_one_matches(cell.strip().casefold(), values) for cell in cells.get(key, ()))
            for key, values in self.columns
        )

    def matches_as_billed(self, cells: Mapping[str, Collection[str]]) -> bool:
        """Whether it names a service that only bills know, by the columns that bills bear."""
        keys = {key for key, _ in self.columns}
        return bool(keys) and keys <= BILLED_COLUMNS and self.matches(cells)

    def unknown(self, captions: Collection[str]) -> list[str]:
        """The keys that are no column."""
        return [key for key, _ in self.columns if key not in captions]


def read_when(table: Table) -> When:
    """The `when` of a wave or disposition.

    Raises:
        RefusedError: it is missing, or a value is neither a text nor a list of texts.
    """
    clause = table.needed_table("when").values
    return When(
        tuple((key.strip().casefold(), _texts(table, key, value)) for key, value in clause.items())
    )


def _texts(table: Table, key: str, value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    texts = [one for one in listed if isinstance(one, str)]
    if len(texts) < len(listed):
        table.refuse(
            f"when.{key} is not a text or a list of texts", f'Write {key} = ["one", "two"].'
        )
    return tuple(one.casefold() for one in texts)


def _one_matches(cell: str, values: tuple[str, ...]) -> bool:
    return any(
        cell.startswith(value[:-1]) if value.endswith("*") else cell == value for value in values
    )
