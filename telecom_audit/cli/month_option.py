"""A month on the command line."""

from __future__ import annotations

from typing import Any

import click

from telecom_audit.months import month_number


class MonthParameter(click.ParamType[int]):
    """A month written "2025-03"; the command gets its month number."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The month number; another text ends the command with exit code 2."""
        if isinstance(value, int):
            return value
        try:
            return month_number(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


MONTH = MonthParameter()
