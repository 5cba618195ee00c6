"""The pages of ledger."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.web.page import Json, Page
from summitry.web.question import Question
from summitry.web.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesPage(Page):
    """Moves"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_moves(view: View, question: Question) -> MovesPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return MovesPage(title="Moves")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentsPage(Page):
    """Commitments"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_commitments(view: View, question: Question) -> CommitmentsPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return CommitmentsPage(title="Commitments")


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionsPage(Page):
    """Predictions"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_predictions(view: View, question: Question) -> PredictionsPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return PredictionsPage(title="Predictions")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscrepanciesPage(Page):
    """Discrepancies"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_discrepancies(view: View, question: Question) -> DiscrepanciesPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return DiscrepanciesPage(title="Discrepancies")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlocksPage(Page):
    """Deadlocks"""

    def json(self) -> Json:
        """See :class:`Page`."""
        return {"title": self.title}


def build_deadlocks(view: View, question: Question) -> DeadlocksPage:
    """The page.

    Raises:
        Missing: there is none of that id.
    """
    return DeadlocksPage(title="Deadlocks")
