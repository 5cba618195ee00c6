"""The pages of source."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.web.page import Json, Page
from summitry.web.question import Question
from summitry.web.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    """Reports"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_list(view: View, question: Question) -> SourcesPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return SourcesPage(title="Reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(Page):
    """Report"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build(view: View, question: Question) -> SourcePage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return SourcePage(title="Report")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage(Page):
    """Row"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_row(view: View, question: Question) -> RowPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return RowPage(title="Row")
