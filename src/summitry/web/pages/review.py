"""The pages of review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from summitry.errors import UsageError
from summitry.record import Record
from summitry.web.page import Json, Page
from summitry.web.question import Question
from summitry.web.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """Review"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build(view: View, question: Question) -> ReviewPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return ReviewPage(title="Review")


def decide(record: Record, form: Mapping[str, str], reviewer: str | None) -> str:
    """Carry out what a form of the review page says; the address to go on to.

    Raises:
        UsageError: the form is off; nothing is written.
    """
    raise UsageError(f"action is {form.get('action')!r}; allowed: none yet")
