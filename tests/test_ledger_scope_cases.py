"""A record of several negotiations: the rows of one case, and which is the main one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger_rows import ARD, BEL, COR, RIVER, event, holdings, move, position
from summitry.casebook import Case, IssueEntry
from summitry.errors import UsageError
from summitry.ledger import Holdings
from summitry.ledger.brief import compose
from summitry.ledger.changes import changes
from summitry.ledger.scope import by_weight, one_case, restricted
from summitry.record import open_record
from summitry.record.ledgered import _scoped

ROADS = Case(name="roads", title="The road talks", principals=("ARD", "COR"), issues=(IssueEntry("fee", "The fee"),))


def both() -> Holdings:
    """Two talks of Ardania: three meetings with Belmark, one with Corvia."""
    return holdings(
        *(event("CONSULT", ARD, BEL, f"2031-03-0{day}", "They met", source=f"src-{day}") for day in (1, 2, 3)),
        event("CONSULT", ARD, COR, "2031-03-04", "They met on the road", source="src-road"),
        event("CONSULT", BEL, COR, "2031-03-04", "Others met", source="src-others"),
        move("demand", ARD, BEL, "2031-03-02", source="src-2", get="that Belmark open the gates"),
        move("demand", ARD, COR, "2031-03-04", source="src-road", get="that Corvia build the road"),
        position(ARD, "demand", "a lower fee", "2031-03-04", source="src-road", issue="fee"),
        position(ARD, "demand", "more of the water", "2031-03-03", source="src-3", issue="toll"),
        cases=[RIVER, ROADS],
    )


def test_the_case_with_the_most_events_is_the_main_one() -> None:
    assert [case.name for case in by_weight(both())] == ["river", "roads"]
    held, others = one_case(both())
    assert held.cases == (RIVER,)
    assert others == ("The road talks",)


def test_rows_of_another_case_are_left_out() -> None:
    river, roads = restricted(both(), RIVER), restricted(both(), ROADS)
    assert [row.get for row in river.moves] == ["that Belmark open the gates"]
    assert [row.get for row in roads.moves] == ["that Corvia build the road"]
    assert [row.issue for row in river.positions] == ["toll"]
    assert [row.issue for row in roads.positions] == ["fee"]
    assert [row.recipients for row in roads.events] == [(COR,)]
    assert set(roads.reports) == {"src-road"}
    assert river.today == roads.today == both().today


def test_a_record_of_one_case_stays_as_it_is() -> None:
    alone = holdings(event("CONSULT", ARD, BEL, "2031-03-01", "They met"), cases=[RIVER])
    assert one_case(alone) == (alone, ())
    assert restricted(alone, RIVER) is alone


def test_a_brief_tells_of_one_negotiation_and_names_the_others() -> None:
    brief = compose(both())
    assert "The river talks" in brief.title
    assert brief.others == ("The road talks",)
    assert not any("Corvia" in line.text for line in brief.lines)
    assert "The road talks" in compose(restricted(both(), ROADS)).title


def test_what_changed_is_of_one_negotiation_too() -> None:
    found = changes(Holdings(as_of=both().today, cases=(RIVER, ROADS)), both())
    assert found.others == ("The road talks",)
    assert not any("Corvia" in line.text for line in found.lines)


def test_a_case_the_record_does_not_keep_is_named() -> None:
    with pytest.raises(UsageError, match="allowed: a case of the record: river, roads"):
        _scoped(both(), "lake")


def test_a_record_without_that_case_says_so(tmp_path: Path) -> None:
    with open_record(tmp_path / "empty.db", create=True) as record, pytest.raises(UsageError, match="case is 'lake'"):
        record.brief(case="lake")
