"""The timeline: lanes, families, filters, what is dated and what is not, the data of the chart, the drawing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from ledger_rows import ARD, BEL, COR, event
from record_factory import PRK, USA, day
from stands_factory import Report, happened
from summitry.errors import UsageError
from summitry.record import Standing, open_record
from summitry.vocabulary import UNKNOWN_DATE, Actor, DateInterval, Event, Meeting, Quad
from summitry.web import Settings, create_app
from summitry.web.chart import COLUMNS, encoded_of
from summitry.web.files import Files
from summitry.web.lanes import OTHERS, Wanted, family_of, index_of, lanes_of, others_of
from summitry.web.links import SiteLinks
from summitry.web.months import MOST_COLUMNS, QUADS, drawing_of, window_of
from summitry.web.pages import PAGES
from summitry.web.pages.timeline import build
from summitry.web.question import Question
from summitry.web.rendering import draw, environment
from summitry.web.view import View

if TYPE_CHECKING:
    from summitry.record import SourceRow
    from summitry.web.lanes import Index

KOR = Actor("KOR", "South Korea")
MET = "The United States and North Korea held talks in Geneva."
AGAIN = "Their envoys will meet again in May."
TESTED = "North Korea fired a rocket from the coast."
THREAT = "The United States threatened </script><b>new duties</b> on rice."
LOOSE = "South Korea asked North Korea for a list of its boats."
APRIL = DateInterval(date(2019, 4, 1), date(2019, 4, 30), "month")


def write(path: Path) -> Path:
    """Two reports: a meeting, a plan known by its month, a test, a threat in hostile words, and an undated demand."""
    first, second = Report("2019-03-02", MET, AGAIN, LOOSE), Report("2019-04-20", TESTED, THREAT)
    with open_record(path, create=True) as record:
        record.add(
            first.reading(
                happened(
                    first,
                    "CONSULT",
                    MET,
                    actors=(USA,),
                    recipients=(PRK,),
                    quad="verbal cooperation",
                    date=day("2019-03-01"),
                    place="Geneva",
                    meeting=Meeting(
                        level="working level", venue="a hotel", delegations=(USA, PRK), outcome="a list of questions"
                    ),
                ),
                happened(first, "CONSULT", AGAIN, modality="planned", actors=(USA, PRK), date=APRIL),
                happened(first, "REQUEST", LOOSE, actors=(KOR,), recipients=(PRK,), date=UNKNOWN_DATE),
            ),
            first.source,
        )
        record.add(
            second.reading(
                happened(second, "MOBILIZE", TESTED, mode="weapons", quad="material conflict", date=day("2019-04-19")),
                happened(
                    second, "THREATEN", THREAT, actors=(USA,), recipients=(KOR,), quad="verbal conflict", date=APRIL
                ),
            ),
            second.source,
        )
    return path


def site_page(record: Path) -> str:
    """The timeline as a folder of files has it."""
    with open_record(record, read_only=True) as opened:
        page = build(View(opened, Standing()), Question())
        about = {"question": Question(), "pages": PAGES, "record_name": "talks.db", "token": ""}
        about |= {"stale": False, "read_only": True}
        kind = next(one for one in PAGES if one.name == "timeline")
        return draw(environment(), kind, page, SiteLinks(Files(PAGES, None).of, "timeline.html", {}), about)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = write(tmp_path_factory.mktemp("timeline") / "talks.db")
    with TestClient(create_app(Settings(record=path)), base_url="http://127.0.0.1:8642") as desk:
        yield desk


def told(desk: TestClient, asked: str = "") -> dict[str, Any]:
    answer = desk.get(f"/timeline.json?{asked}")
    assert answer.status_code == 200, answer.text
    return cast("dict[str, Any]", answer.json())


def kinds(desk: TestClient, asked: str) -> list[str]:
    return [one["type"] for one in told(desk, asked)["events"]]


def indexed(events: list[Event]) -> Index:
    sources = {one.source for row in events for one in row.evidence}
    rows = [SimpleNamespace(id=one, published=UNKNOWN_DATE, outlet="The Example") for one in sorted(sources)]
    return index_of(events, cast("list[SourceRow]", rows), [("ARD", "Ardania", 3)])


# ── families and lanes ────────────────────────────────────────────────────────────────────────────────────────────


def test_arms_are_told_from_force() -> None:
    armed = event("MOBILIZE", ARD, None, "2019-05-01", "Ardania fired a rocket.", mode="weapons")
    assert family_of(armed) == "test"
    assert family_of(replace(armed, mode="troops")) == "force"
    assert family_of(replace(armed, type="THREATEN", mode=None)) == "threat"


def test_a_deed_is_in_the_lane_of_who_does_it_and_of_the_pair() -> None:
    row = event("ACCUSE", ARD, BEL, "2019-05-01", "Ardania accused Belmark.")
    assert lanes_of(row) == {"ARD", "ARD-BEL"}


def test_a_meeting_is_in_the_lanes_of_all_that_take_part() -> None:
    row = event("CONSULT", BEL, ARD, "2019-05-01", "They met.", meeting=Meeting(level="summit", venue=None))
    assert lanes_of(row) == {"ARD", "BEL", "ARD-BEL"}


def test_who_has_no_code_has_no_lane() -> None:
    assert (
        lanes_of(event("ACCUSE", Actor(None, "an aide"), BEL, "2019-05-01", "An aide accused Belmark.")) == frozenset()
    )


def test_who_acts_is_not_told_again_as_recipient() -> None:
    row = event("CONSULT", Actor("ARDGOV", "Ina-li Or"), Actor("ARDGOV", "Ina Li Or"), "2019-05-01", "They met.")
    assert others_of(row) == ()


def test_lanes_are_the_most_frequent_or_those_asked_for() -> None:
    rows = [event("ACCUSE", ARD, BEL, f"2019-05-{n:02}", f"Ardania accused Belmark, {n}.") for n in range(1, 4)]
    rows.append(event("ACCUSE", COR, BEL, "2019-05-09", "Corvia accused Belmark."))
    index = indexed(rows)
    assert index.lanes_asked("") == ("ARD", "COR")
    assert index.lanes_asked("pairs") == ("ARD-BEL", "BEL-COR")
    assert index.lanes_asked("bel-ard, COR") == ("ARD-BEL", "COR")
    assert index.lane_name("ARD-BEL") == "Ardania – Belgium"
    with pytest.raises(UsageError, match="lane is 'XYZ'"):
        index.lanes_asked("XYZ")


# ── filters ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_dated_and_undated_are_apart(desk: TestClient) -> None:
    found = told(desk)
    assert found["counts"] == {"events": 4, "undated": 1, "meetings": 1}
    assert [one["date"]["start"] for one in found["events"]] == ["2019-04-19", "2019-04-01", "2019-04-01", "2019-03-01"]
    undated = told(desk, "view=undated")["events"]
    assert [(one["type"], one["first_reported"]) for one in undated] == [("REQUEST", "2019-03-02")]


def test_the_oldest_first(desk: TestClient) -> None:
    assert told(desk, "order=oldest")["events"] == told(desk)["events"][::-1]


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        ("type=threat", ["THREATEN"]),
        ("type=mobilize", ["MOBILIZE"]),
        ("type=meeting&modality=planned", ["CONSULT"]),
        ("modality=planned", ["CONSULT"]),
        ("party=KOR", ["THREATEN"]),
        ("party=north+korea&type=test", ["MOBILIZE"]),
        ("lane=prk-usa", ["CONSULT", "CONSULT"]),
        ("since=2019-04-19", ["CONSULT", "MOBILIZE", "THREATEN"]),
        ("until=2019-03", ["CONSULT"]),
        ("issue=rocket", ["MOBILIZE"]),
        ("issue=rocket&type=threat", []),
        ("outlet=the+river+example&type=test", ["MOBILIZE"]),
        ("outlet=none+such", []),
        ("min_confidence=0.9", []),
        ("reports=2", []),
        ("as_of=2019-03-05", ["CONSULT", "CONSULT"]),
    ],
)
def test_filters(desk: TestClient, asked: str, types: list[str]) -> None:
    assert sorted(kinds(desk, asked)) == types
    assert desk.get(f"/timeline?{asked}").status_code == 200


@pytest.mark.parametrize(
    "asked", ["type=WALK", "modality=maybe", "view=all", "lanes=XYZ", "pair=USA", "until=soon", "reports=many"]
)
def test_what_is_not_allowed_is_said(desk: TestClient, asked: str) -> None:
    answer = desk.get(f"/timeline.json?{asked}")
    assert answer.status_code == 400
    assert "allowed" in answer.json()["error"]


TYPES = ("CONSULT", "ACCUSE", "THREATEN", "MOBILIZE")


@st.composite
def many(draw: st.DrawFn) -> list[Event]:
    days = draw(st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)) | st.none(), max_size=25))
    rows = []
    for n, one in enumerate(days):
        actor, other = draw(st.permutations([ARD, BEL, COR]))[:2]
        made = event(draw(st.sampled_from(TYPES)), actor, other, str(one) if one else None, f"It was number {n}.")
        quad: Quad = draw(st.sampled_from(QUADS))
        rows.append(replace(made, quad=quad, confidence=draw(st.sampled_from([0.3, 0.6, 0.9]))))
    return rows


@settings(deadline=None, max_examples=30)
@given(many(), st.sampled_from(["", "ARD", "BEL"]), st.sampled_from(["", *TYPES]), st.sampled_from([None, 0.6]))
def test_filters_find_what_looking_at_each_row_finds(
    rows: list[Event], party: str, kind: str, least: float | None
) -> None:
    index = indexed(rows)
    found = index.choose(Wanted(party=party or None, kind=kind, min_confidence=least))
    expected = {
        n
        for n, row in enumerate(rows)
        if (not party or any(one.code == party for one in (*row.actors, *row.recipients)))
        and (not kind or row.type == kind)
        and (least is None or row.confidence >= least)
    }
    assert (set(range(len(rows))) if found is None else found) == expected
    assert sorted([*index.dated, *index.undated]) == list(range(len(rows)))


# ── the chart ─────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(deadline=None, max_examples=30)
@given(many())
def test_the_drawing_counts_every_event_once_a_lane(rows: list[Event]) -> None:
    index = indexed(rows)
    lanes = index.lanes_asked("")
    drawn = drawing_of(index, index.dated, lanes)
    if drawn is None:
        assert not index.dated
        return
    inside = sum(int(re.findall(r": (\d+) of", bar.says)[0]) for bar in drawn.bars)
    assert inside == sum(lane.count for lane in drawn.lanes)
    # Each event here has one actor: it is in one party's lane.
    meetings = sum(rows[n].meeting is not None for n in index.dated)
    assert meetings == 0
    assert inside + drawn.outside == len(index.dated)
    assert all(0 <= bar.x <= drawn.width and bar.height > 0 for bar in drawn.bars)
    months = (drawn.last.year - drawn.first.year) * 12 + drawn.last.month - drawn.first.month
    assert drawn.unit != "month" or months < MOST_COLUMNS


def test_a_war_recalled_does_not_stretch_the_chart() -> None:
    days = [date(1953, 7, 27).toordinal(), *range(date(2018, 1, 1).toordinal(), date(2018, 4, 1).toordinal())]
    first, last = window_of(days) or (date.min, date.max)
    assert first.year == last.year == 2018
    assert window_of([]) is None


def test_the_chart_has_dated_events_only_with_true_spans(desk: TestClient) -> None:
    found = told(desk, "chart=1")
    assert found["columns"] == list(COLUMNS)
    rows = [dict(zip(COLUMNS, one, strict=True)) for one in found["events"]]
    assert len(rows) == 4
    spans = {found["types"][one["type"]]: (one["start"], one["end"]) for one in rows}
    april = (date(2019, 4, 1) - date(1970, 1, 1)).days
    assert spans["THREATEN"] == (april, april + 29)
    assert spans["MOBILIZE"] == (april + 18, april + 18)
    assert {found["lanes"][n][0] for one in rows for n in one["lanes"]} == {"USA", "PRK", "PRK-USA", "KOR-USA"}
    assert found["shown"] == ["PRK", "USA"]
    meeting = next(one for one in rows if one["place"] == "Geneva")
    assert found["who"][meeting["who"]] == "United States → North Korea"
    assert len(told(desk, "chart=1&type=threat")["events"]) == 1


def test_the_chart_ends_no_block_of_data() -> None:
    index = indexed([event("ACCUSE", ARD, BEL, "2019-05-01", "</script><script>alert(1)</script>")])
    data = encoded_of(index).of(index, index.dated, ("ARD",))
    assert b"<" not in data
    assert "</script>" in json.loads(data)["events"][0][-1]


def test_the_others_have_a_lane(desk: TestClient) -> None:
    page = desk.get("/timeline?lanes=KOR-USA").text
    assert "Others (3)" in page
    assert OTHERS not in told(desk, "lanes=KOR-USA")["lanes"]


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_lists_events_with_their_passages(desk: TestClient) -> None:
    page = desk.get("/timeline").text
    assert "4 dated events" in page
    assert "1 more without a date" in page
    assert "<b>new duties</b>" not in page
    assert "&lt;b&gt;new duties" in page
    assert page.count("<tr>") == 5
    assert "style=" not in page


def test_the_register_of_meetings(desk: TestClient) -> None:
    page = desk.get("/timeline?view=meetings").text
    for words in ("working level", "a hotel", "a list of questions"):
        assert words in page
    (row,) = told(desk, "view=meetings")["events"]
    assert (row["level"], row["venue"], row["outcome"]) == ("working level", "a hotel", "a list of questions")


def test_the_tone_of_a_pair(desk: TestClient) -> None:
    assert "Tone between North Korea and United States" in desk.get("/timeline").text
    assert "Tone between South Korea and United States" in desk.get("/timeline?pair=kor-usa").text
    assert "Tone between" not in desk.get("/timeline?pair=CHN-USA").text


def test_nothing_found_is_said(desk: TestClient) -> None:
    page = desk.get("/timeline?issue=walrus").text
    assert "None that the filters let through" in page
    assert 'id="chart"' not in page


def test_a_page_on_disk_has_all_lists_and_the_data(tmp_path: Path) -> None:
    page = site_page(write(tmp_path / "talks.db"))
    assert "<form" not in page
    assert "/export/" not in page
    for file in ("timeline-undated.html#list", "timeline-meetings.html#list"):
        assert file in page
    block = re.findall(r'<script type="application/json" id="chart-data">(.*?)</script>', page, re.DOTALL)
    assert len(json.loads(block[0])["events"]) == 4
    # Every link is to a file, none to a server's root.
    assert not re.findall(r'(?:href|src)="/', page)
