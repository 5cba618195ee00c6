"""People and parties: lists, pages, who deals with whom and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from record_factory import day, make_reading
from summitry.ledger import Tone
from summitry.record import open_record
from summitry.review.people import person_id
from summitry.vocabulary import DateInterval, Evidence
from summitry.web import Settings, create_app
from summitry.web.pages.network import BANDS, Tie, around, draw, ties
from summitry.web.pages.who import is_within, side_of


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path: Path = tmp_path_factory.mktemp("people") / "talks.db"
    with open_record(path, create=True) as record:
        for number in range(12):
            met = f"2019-{number % 6 + 4:02d}-0{number % 9 + 1}"
            record.add(*make_reading(number, met=met, published=day(met)))
    with TestClient(create_app(Settings(record=path, rows_per_page=10)), base_url="http://127.0.0.1:8642") as desk:
        yield desk


def test_parties_and_people_are_listed(desk: TestClient) -> None:
    told = desk.get("/people.json").json()
    parties = {one["code"]: one for one in told["parties"]}
    assert set(parties) == {"USA", "PRK"}
    assert parties["PRK"]["statements"] == 12 and parties["PRK"]["events"] == 12 and parties["PRK"]["moves"] == 12
    assert (parties["PRK"]["first"], parties["PRK"]["last"]) == ("2019-04-01", "2019-09-06")
    assert parties["PRK"]["within"] == ["PRKGOV"]
    (person,) = told["people"]
    assert (person["name"], person["office"], person["statements"]) == ("Han Song-ok", "vice foreign minister", 12)
    # Unnamed speakers stand by institution, and are nobody's page.
    assert told["unnamed"] == [{"code": "USAGOV", "description": "senior official", "statements": 12}]
    assert told["ties"] == [{"parties": ["PRK", "USA"], "events": 12, "mean": 1.0}]


def test_the_page_of_people(desk: TestClient) -> None:
    text = desk.get("/people").text
    assert text.count('<svg class="net') == 2
    assert "United States, government" in text
    assert "senior official" in text
    assert "style=" not in text
    assert "Nobody here has such a name" in desk.get("/people?called=nobody").text
    assert "Han Song-ok" in desk.get("/people?called=song&party=PRK").text


def test_a_person(desk: TestClient) -> None:
    one = person_id("Han Song-ok", "PRKGOV")
    told = desk.get(f"/person/{one}.json").json()
    assert told["offices"][0]["title"] == "Vice Foreign Minister"
    assert told["offices"][0]["start"] == "2019-05-03"
    assert told["said"]["total"] == 12 and len(told["said"]["rows"]) == 8
    days = [row["said"]["start"] for row in told["said"]["rows"]]
    assert days == sorted(days, reverse=True)
    text = desk.get(f"/person/{one}").text
    assert "All 12: what they said" in text
    shown = desk.get(f"/person/{one}.json?show=said&page=2").json()
    assert shown["said"]["page"] == 2 and len(shown["said"]["rows"]) == 2 and "did" not in shown


def test_a_party_takes_in_those_within_it(desk: TestClient) -> None:
    whole, part = desk.get("/party/PRK.json").json(), desk.get("/party/PRKGOV.json").json()
    assert whole["within"] == ["PRKGOV"] and part["within"] == []
    assert whole["moves"]["total"] == 12 and "moves" not in part
    assert [one["name"] for one in part["people"]] == ["Han Song-ok"]
    text = desk.get("/party/PRKGOV").text
    assert "North Korea, government" in text


@pytest.mark.parametrize("address", ["/party/XYZ", "/party/..%2F", "/person/per-0", "/party/<script>"])
def test_nobody_is_missing(desk: TestClient, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code in (400, 404)
    assert "<script>" not in answer.text.split("<main")[-1]


def test_as_of_an_early_day_there_is_less(desk: TestClient) -> None:
    told = desk.get("/people.json?as_of=2019-04-30").json()
    assert told["people"][0]["statements"] == 2
    assert desk.get("/people?as_of=2018-01-01").status_code == 200


def test_as_of_is_taken_along(desk: TestClient) -> None:
    text = desk.get(f"/person/{person_id('Han Song-ok', 'PRKGOV')}?as_of=2019-09-30").text
    assert re.search(r'href="\?show=said&amp;as_of=2019-09-30"', text)


@pytest.mark.parametrize(
    ("code", "side"), [("USAGOV", "USA"), ("PRK", "PRK"), ("IGOUNO", "IGOUNO"), ("NGOABC", "NGOABC")]
)
def test_sides(code: str, side: str) -> None:
    assert side_of(code) == side


def test_a_kind_of_organisations_takes_in_none() -> None:
    assert is_within("USAGOV", "USA") and is_within("IGOUNOSEC", "IGOUNO")
    assert not is_within("IGOUNO", "IGO") and is_within("IGO", "IGO")


def tone(a: str, b: str, month: int, events: int, mean: float) -> Tone:
    first = date(2019, month, 1)
    return Tone(
        id=f"ton-{a}{b}{month}", evidence=(Evidence("src-1", 0, 3, "met"),), coder="hand/1", confidence=0.9,
        month=DateInterval(first, first, "month"), parties=(a, b), events=events, mean=mean, quads=(),
    )  # fmt: skip


def test_ties_weigh_months_by_events() -> None:
    found = ties([tone("ARD", "BEL", 1, 3, 2.0), tone("ARD", "BEL", 2, 1, -6.0), tone("ARD", "COR", 1, 1, -4.0)])
    assert [(tie.a, tie.b, tie.events, tie.mean, tie.band) for tie in found] == [
        ("ARD", "BEL", 4, 0.0, "even"),
        ("ARD", "COR", 1, -4.0, "hostile"),
    ]
    assert around("COR", found) == found[1:]


@pytest.mark.parametrize(
    ("mean", "band"), [(-10, "hostile"), (-3, "cold"), (0, "even"), (0.5, "warm"), (10, "friendly")]
)
def test_bands(mean: float, band: str) -> None:
    assert Tie("A", "B", 1, mean).band == band
    assert band in {name for _, name, _ in BANDS}


pairs = st.dictionaries(
    st.tuples(st.sampled_from("ABCDEFGHIJ"), st.sampled_from("KLMNOPQRST")),
    st.integers(1, 300),
    min_size=1,
    max_size=40,
)


@settings(deadline=None, max_examples=25)
@given(pairs, st.booleans())
def test_no_label_lies_on_another_and_none_leaves_the_frame(told: dict[tuple[str, str], int], ego: bool) -> None:
    found = [Tie(a, b, events, 0.0) for (a, b), events in told.items()]
    names = {code: f"State of {code * 7}" for tie in found for code in (tie.a, tie.b)}
    drawing = draw(found, names, (860, 500), 14, found[0].a if ego else None)
    boxes = [node.box for node in drawing.nodes]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and top >= 0 and right <= 860 and bottom <= 500
        for other in boxes[i + 1 :]:
            assert left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom
    assert drawing == draw(found, names, (860, 500), 14, found[0].a if ego else None)


def test_nothing_to_draw() -> None:
    assert not draw([], {}, (860, 500), 14).nodes
