"""What a page is asked: the words behind the ``?`` of its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from summitry.errors import UsageError
from summitry.record import Filters
from summitry.record.rows import first_day, last_day

SHARED: Final = ("as_of", "since", "party", "issue", "min_confidence")
"""Parameters that every page knows; a link from one page to another takes ``as_of`` along."""


@dataclass(frozen=True, slots=True)
class Question:
    """The filters of a page, the number of its page (from 1), and what else its address says.

    Empty values count as absent: a form sends all its fields.
    """

    filters: Filters = field(default_factory=Filters)
    number: int = 1
    more: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Question:
        """The question of an address.

        Raises:
            UsageError: a date, a number or a confidence is off.
        """
        told = {name: value.strip() for name, value in asked.items() if value.strip()}
        filters = Filters(
            last_day(told.get("as_of"), "as of"),
            first_day(told.get("since"), "since"),
            told.get("party"),
            told.get("issue"),
            _number(told.get("min_confidence")),
        )
        number = told.get("page", "1")
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= 1_000_000):
            raise UsageError(f"page is {number!r}; allowed: 1 and up")
        rest = tuple((name, value) for name, value in told.items() if name not in (*SHARED, "page"))
        return cls(filters, int(number), rest)

    def get(self, name: str, default: str = "") -> str:
        """A parameter of the page's own."""
        return dict(self.more).get(name, default)

    @property
    def as_of(self) -> date | None:
        """The day as of which it is asked."""
        return self.filters.as_of

    @property
    def told(self) -> dict[str, str]:
        """The question as an address says it, without the number of the page."""
        filters = {name: getattr(self.filters, name) for name in SHARED}
        return {name: f"{value}" for name, value in filters.items() if value is not None} | dict(self.more)


def _number(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        return float(value)
    except ValueError:
        raise UsageError(f"min confidence is {value!r}; allowed: 0 to 1, as 0.7 for seven in ten") from None
