"""Reviewing: what people decide about the rows that reading made. Pure functions; nothing here knows a file.

A review is never a change to a row: it is a dated entry of its own, laid over the rows when they are asked for.
"""

from summitry.review.agreement import Agreement, agreement_of
from summitry.review.decide import Conflict, Decisions, Verdict, conflicts_of, decide, in_force
from summitry.review.doubt import Doubt, doubt_of
from summitry.review.fields import FIELDS, edited, made, plain_of
from summitry.review.lines import review_json, review_of
from summitry.review.types import KINDS, Action, Anchor, Kind, Review, kind_of

__all__ = [
    "FIELDS",
    "KINDS",
    "Action",
    "Agreement",
    "Anchor",
    "Conflict",
    "Decisions",
    "Doubt",
    "Kind",
    "Review",
    "Verdict",
    "agreement_of",
    "conflicts_of",
    "decide",
    "doubt_of",
    "edited",
    "in_force",
    "kind_of",
    "made",
    "plain_of",
    "review_json",
    "review_of",
]
