"""The pages of the desk, in the order of its navigation."""

from __future__ import annotations

from typing import Final

from summitry.web.page import PageKind
from summitry.web.pages import ledger as ledgers
from summitry.web.pages import people, positions, review, row, source, stand, statements, timeline

PAGES: Final[tuple[PageKind, ...]] = (
    PageKind("stand", "/", "Where the talks stand", stand.build, "stand.html"),
    PageKind("timeline", "/timeline", "Timeline", timeline.build, "timeline.html"),
    PageKind("positions", "/positions", "Positions", positions.build, "positions.html"),
    PageKind("statements", "/statements", "Statements", statements.build, "statements.html"),
    PageKind("moves", "/ledger/moves", "Moves", ledgers.build_moves, "moves.html", "Ledger"),
    PageKind(
        "commitments", "/ledger/commitments", "Commitments", ledgers.build_commitments, "commitments.html", "Ledger"
    ),
    PageKind(
        "predictions", "/ledger/predictions", "Predictions", ledgers.build_predictions, "predictions.html", "Ledger"
    ),
    PageKind(
        "discrepancies",
        "/ledger/discrepancies",
        "Discrepancies",
        ledgers.build_discrepancies,
        "discrepancies.html",
        "Ledger",
    ),
    PageKind("deadlocks", "/ledger/deadlocks", "Deadlocks", ledgers.build_deadlocks, "deadlocks.html", "Ledger"),
    PageKind("people", "/people", "People and parties", people.build, "people.html"),
    PageKind("party", "/party/{id}", None, people.build_party, "party.html"),
    PageKind("person", "/person/{id}", None, people.build_person, "person.html"),
    PageKind("sources", "/sources", "Reports", source.build_list, "sources.html"),
    PageKind("source", "/source/{id}", None, source.build, "source.html"),
    PageKind("row", "/row/{id}", None, row.build_row, "row.html", written=False),
    PageKind("review", "/review", "Review", review.build, "review.html", written=False),
)
"""Every page is also there as JSON, under its path and ``.json`` (the first one as ``/stand.json``)."""
