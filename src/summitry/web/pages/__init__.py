"""The pages of the desk, in the order of its navigation."""

from __future__ import annotations

from typing import Final

from summitry.web.page import PageKind
from summitry.web.pages import ledger as ledgers
from summitry.web.pages import people, positions, review, row, source, stand, statements, timeline

PAGES: Final[tuple[PageKind, ...]] = (
    PageKind(
        "stand",
        "/",
        "Where the talks stand",
        "The brief with its notes, the months by state, what moved lately, what is announced.",
        stand.build,
        "stand.html",
    ),
    PageKind(
        "timeline",
        "/timeline",
        "Timeline",
        "Events in lanes by party, told apart by shape and colour; their list, undated ones apart; meetings.",
        timeline.build,
        "timeline.html",
    ),
    PageKind(
        "positions",
        "/positions",
        "Positions",
        "Issues by parties as of a day, a slider over the months; behind each cell its history, side by side.",
        positions.build,
        "positions.html",
    ),
    PageKind(
        "statements",
        "/statements",
        "Statements",
        "Who said what: a search by words, speaker, office, day, on the record or not; a sheet of quotations to copy.",
        statements.build,
        "statements.html",
    ),
    PageKind(
        "moves",
        "/ledger/moves",
        "Moves",
        "What was demanded, offered, refused, for what, under which condition, and what answered it.",
        ledgers.build_moves,
        "moves.html",
        "Ledger",
    ),
    PageKind(
        "commitments",
        "/ledger/commitments",
        "Commitments",
        "Who is bound to what by which instrument, and how far it got, with each revision.",
        ledgers.build_commitments,
        "commitments.html",
        "Ledger",
    ),
    PageKind(
        "predictions",
        "/ledger/predictions",
        "Predictions",
        "What was foretold, by when, what came of it; the scorecard of forecasters.",
        ledgers.build_predictions,
        "predictions.html",
        "Ledger",
    ),
    PageKind(
        "discrepancies",
        "/ledger/discrepancies",
        "Discrepancies",
        "What does not go together, both sides beside each other.",
        ledgers.build_discrepancies,
        "discrepancies.html",
        "Ledger",
    ),
    PageKind(
        "deadlocks",
        "/ledger/deadlocks",
        "Deadlocks",
        "Who waits for whom, drawn; what would break it, in which orders.",
        ledgers.build_deadlocks,
        "deadlocks.html",
        "Ledger",
    ),
    PageKind(
        "people",
        "/people",
        "People and parties",
        "Who there is, and who deals with whom, as a network and as a table.",
        people.build,
        "people.html",
    ),
    PageKind(
        "party",
        "/party/{id}",
        None,
        "One party, by its code (PRK): where it stands, its people, what it said, did, wants and promised.",
        people.build_party,
        "party.html",
    ),
    PageKind(
        "person",
        "/person/{id}",
        None,
        "One person: offices with their days, what was said, done, promised and foretold.",
        people.build_person,
        "person.html",
    ),
    PageKind(
        "sources",
        "/sources",
        "Reports",
        "What was read, and what could not be, and why.",
        source.build_list,
        "sources.html",
    ),
    PageKind(
        "source",
        "/source/{id}",
        None,
        "One report as received, every passage that a row rests on marked in it.",
        source.build,
        "source.html",
    ),
    PageKind(
        "row",
        "/row/{id}",
        None,
        "One row by its id, the permalink: every field, its words in context, what it rests on, reviews.",
        row.build_row,
        "row.html",
        written=False,
    ),
    PageKind(
        "review",
        "/review",
        "Review",
        "The most doubtful rows first: accept, reject, edit, undo, by keyboard.",
        review.build,
        "review.html",
        written=False,
    ),
)
"""Every page is also there as JSON, under its path and ``.json`` (the first one as ``/stand.json``)."""
