"""The pages of people."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.web.page import Json, Page
from summitry.web.question import Question
from summitry.web.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """People and parties"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build(view: View, question: Question) -> PeoplePage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return PeoplePage(title="People and parties")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage(Page):
    """Party"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_party(view: View, question: Question) -> PartyPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return PartyPage(title="Party")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """Person"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_person(view: View, question: Question) -> PersonPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return PersonPage(title="Person")
