"""The five pages of the ledger: each is in a module of its own."""

from __future__ import annotations

from summitry.web.pages.commitments import CommitmentsPage
from summitry.web.pages.commitments import build as build_commitments
from summitry.web.pages.deadlocks import DeadlocksPage
from summitry.web.pages.deadlocks import build as build_deadlocks
from summitry.web.pages.discrepancies import DiscrepanciesPage
from summitry.web.pages.discrepancies import build as build_discrepancies
from summitry.web.pages.moves import MovesPage
from summitry.web.pages.moves import build as build_moves
from summitry.web.pages.predictions import PredictionsPage
from summitry.web.pages.predictions import build as build_predictions

__all__ = [
    "CommitmentsPage",
    "DeadlocksPage",
    "DiscrepanciesPage",
    "MovesPage",
    "PredictionsPage",
    "build_commitments",
    "build_deadlocks",
    "build_discrepancies",
    "build_moves",
    "build_predictions",
]
