"""From the distinct texts of a column to values: each text is converted once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")

_REMEMBERED = 50_000
_REMEMBERED_TOGETHER = 200_000


class BadCellError(ValueError):
    """A cell that cannot be accepted; the reason names the text."""


class BadCell:
    """Stands where a value would: the column and why its text was not accepted."""

    __slots__ = ("column", "reason")

    def __init__(self, column: str, reason: str) -> None:
        self.column = column
        self.reason = reason


class Converted(dict[str, Value | BadCell]):
    """The values of a column by text, converted when a text is met for the first time.

    `has_bad` tells whether any text was refused, so that clean files need no search for them.
    """

    def __init__(self, column: str, convert: Callable[[str], Value]) -> None:
        super().__init__()
        self.column = column
        self.has_bad = False
        self._convert = convert

    def __missing__(self, text: str) -> Value | BadCell:
        if len(self) >= _REMEMBERED:
            self.clear()
        value: Value | BadCell
        try:
            value = self._convert(text)
        except BadCellError as error:
            self.has_bad = True
            value = BadCell(self.column, str(error))
        self[text] = value
        return value


class Together(dict[tuple[str, ...], Value | BadCell], Generic[Value]):
    """What several columns of a row mean together, worked out once per distinct tuple of texts."""

    def __init__(
        self,
        columns: Sequence[str],
        converters: Mapping[str, Converted[object]],
        finish: Callable[[tuple[object, ...]], Value],
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.has_bad = False
        self._converters = [converters[column] for column in columns]
        self._finish = finish
        self._most = _REMEMBERED_TOGETHER // len(self.columns)

    def __missing__(self, texts: tuple[str, ...]) -> Value | BadCell:
        if len(self) >= self._most:
            self.clear()
        values: list[object] = []
        for converter, text in zip(self._converters, texts, strict=True):
            value = converter[text]
            if isinstance(value, BadCell):
                self.has_bad = True
                self[texts] = value
                return value
            values.append(value)
        found = self._finish(tuple(values))
        self[texts] = found
        return found
