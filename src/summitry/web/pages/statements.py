"""The pages of statements."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.web.page import Json, Page
from summitry.web.question import Question
from summitry.web.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage(Page):
    """Statements"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build(view: View, question: Question) -> StatementsPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return StatementsPage(title="Statements")
