"""Positions: the matrix as of a day, the slider's stops, the histories behind its cells, the same as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger_rows import ARD, BEL, RIVER, holdings, position
from stands_factory import write_stands
from summitry.ledger import matrix
from summitry.web import Settings, create_app
from summitry.web.pages.history import BESIDE, Words
from summitry.web.pages.matrix import main_case


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = write_stands(tmp_path_factory.mktemp("positions") / "talks.db", extra=BESIDE + 3)
    with TestClient(create_app(Settings(record=path)), base_url="http://127.0.0.1:8642") as desk:
        yield desk


def cells(desk: TestClient, address: str) -> dict[tuple[str, str], dict[str, object]]:
    answer = desk.get(address)
    assert answer.status_code == 200, answer.text
    return {(one["party"], one["issue"]): one for one in answer.json()["cells"]}


def test_the_matrix_has_parties_and_issues_of_the_case(desk: TestClient) -> None:
    told = desk.get("/positions.json").json()
    assert told["case"] == "korea"
    assert [one["party"] for one in told["parties"]] == ["USA", "PRK", "KOR"]
    assert [one["issue"] for one in told["issues"]] == ["sanctions", "talks"]
    found = cells(desk, "/positions.json")
    assert found["PRK", "sanctions"]["says"] == "demand"
    assert found["PRK", "sanctions"]["positions"] == 2
    assert found["USA", "sanctions"]["says"] == "yes"
    assert found["PRK", "sanctions"]["told"] == "2019-04-10"
    # A matter that the case does not name stands apart.
    assert ("PRK", "walls") in found


def test_of_an_earlier_day_it_shows_what_was_known_then(desk: TestClient) -> None:
    found = cells(desk, "/positions.json?as_of=2019-03-31")
    assert found["USA", "sanctions"]["says"] == "no"
    assert found["PRK", "sanctions"]["told"] == "2019-02-28"
    assert ("KOR", "talks") not in found
    text = desk.get("/positions?as_of=2019-03-31").text
    assert "as known on 2019-03-31" in text
    # Cells lead to histories of the same day.
    assert re.search(r'href="/positions\?as_of=2019-03-31&amp;party=PRK&amp;issue=sanctions"', text)


def test_before_the_first_report_nothing_is_known(desk: TestClient) -> None:
    answer = desk.get("/positions?as_of=2018-01-01")
    assert answer.status_code == 200
    assert "No position is known on 2018-01-01" in answer.text
    assert "is known on 2018-01-01" in desk.get("/positions?as_of=2018-01-01&party=PRK&issue=sanctions").text


def test_the_stops_are_months_with_reports_on_any_day(desk: TestClient) -> None:
    stops = desk.get("/positions.json").json()["stops"]
    assert stops == ["2019-02-28", "2019-04-30", "2019-05-31", "2019-06-30"]
    assert desk.get("/positions.json?as_of=2019-03-01").json()["stops"] == stops
    text = desk.get("/positions?as_of=2019-04-30").text
    assert re.search(r'data-day="2019-04-30" aria-current="date" aria-label="April 2019"', text)
    assert 'href="/positions?as_of=2019-02-28"' in text
    # Without scripts the slider is not there, and the list of months is.
    assert '<div class="slider" id="slider" hidden>' in text


def test_a_history_has_all_positions_with_their_changes_and_words(desk: TestClient) -> None:
    answer = desk.get("/positions?party=PRK&issue=sanctions")
    assert answer.status_code == 200
    assert "North Korea on sanctions" in answer.text
    assert "<mark>that all the sanctions be lifted</mark>" in answer.text
    assert answer.text.index("that all the sanctions") < answer.text.rindex("that some of the sanctions")
    told = desk.get("/positions.json?party=PRK&issue=sanctions").json()
    assert [one["from"]["start"] for one in told["positions"]] == ["2019-02-28", "2019-04-10"]
    assert told["positions"][0]["change"] == "first"
    assert told["positions"][1]["previous"] == told["positions"][0]["id"]
    assert told["positions"][1]["change"] == "soften"
    assert told["changes"] == [
        {"from": told["positions"][0]["id"], "to": told["positions"][1]["id"], "change": "soften"}
    ]
    assert told["positions"][0]["words"]["before"].endswith("demands ")
    # The strip: poles in their order, a mark for each position.
    assert answer.text.count('<circle class="own"') >= 2
    assert "eased in part" in answer.text


def test_a_party_by_name_and_words_of_no_issue_open_a_history_too(desk: TestClient) -> None:
    assert desk.get("/positions.json?party=North Korea&issue=SANCTIONS").json()["total"] == 2
    told = desk.get("/positions.json?party=PRK&issue=border").json()
    assert (told["party"], told["issue"]) == ("PRK", "walls")


def test_a_long_history_comes_in_parts_the_newest_first(desk: TestClient) -> None:
    first = desk.get("/positions.json?party=KOR&issue=talks").json()
    assert (first["page"], first["pages"], first["total"]) == (1, 2, BESIDE + 3)
    assert len(first["positions"]) == BESIDE
    assert first["positions"][-1]["from"]["start"] == "2019-06-27"
    rest = desk.get("/positions.json?party=KOR&issue=talks&page=2").json()
    assert [one["from"]["start"] for one in rest["positions"]] == ["2019-06-01", "2019-06-02", "2019-06-03"]
    assert "Earlier positions" in desk.get("/positions?party=KOR&issue=talks").text


def test_one_party_or_issue_narrows_the_matrix(desk: TestClient) -> None:
    assert {party for party, _ in cells(desk, "/positions.json?party=KOR")} == {"KOR"}
    assert {issue for _, issue in cells(desk, "/positions.json?issue=sanc")} == {"sanctions"}
    assert {party for party, _ in cells(desk, "/positions.json?party=united states")} == {"USA"}
    assert cells(desk, "/positions.json?min_confidence=0.9") == {}


def test_words_of_reports_are_text(desk: TestClient) -> None:
    for address in ("/positions", "/positions?party=PRK&issue=walls", "/positions?party=<b>x</b>&issue=<i>y</i>"):
        text = desk.get(address).text
        assert "<script>alert" not in text
        assert "<b>" not in text
        assert "<i>" not in text
        assert "style=" not in text
        assert "onclick" not in text


def test_what_is_off_is_said(desk: TestClient) -> None:
    answer = desk.get("/positions?case=moon")
    assert answer.status_code == 400
    assert "allowed: a case of the record: korea" in answer.text
    assert desk.get("/positions?as_of=2019-02-30").status_code == 400


def test_the_main_case_is_that_of_the_parties_who_take_positions() -> None:
    rows = matrix(holdings(position(ARD, "demand", "the toll ended", "2020-01-01", issue="toll"), cases=(RIVER,)))
    assert main_case((RIVER,), rows, None) is RIVER
    assert main_case((RIVER,), (), None) is RIVER
    assert main_case((), rows, None) is None
    other = matrix(holdings(position(BEL, "demand", "more", "2020-01-01", issue="nothing of the case")))
    assert main_case((RIVER,), other, "river") is RIVER


def test_words_around_a_passage_are_cut_at_words() -> None:
    from summitry.record import Citation, Passage
    from summitry.vocabulary import Evidence

    before = "one two three " * 40
    passage = Passage(Citation("src-1", "a", None, None), Evidence("src-1", 560, 564, "four"), 0, before, " five" * 99)
    words = Words.of(passage)
    assert words.before.startswith("… ")
    assert words.before.split()[1] in ("one", "two", "three")
    assert words.before.endswith("three ")
    assert words.after.startswith(" five")
    assert words.after.endswith("five…")
    assert len(words.before) < 230


def test_a_site_has_a_file_for_each_stop_and_each_cell(tmp_path: Path) -> None:
    from summitry.web.site import write_site

    write_site(write_stands(tmp_path / "talks.db"), tmp_path / "site")
    page = (tmp_path / "site" / "positions.html").read_text()
    stop = re.search(r'href="([^"]+)" data-day="2019-02-28"', page)
    cell = re.search(r'href="(positions-[^"]*PRK[^"]*)"', page)
    assert stop is not None
    assert cell is not None
    assert "as known on 2019-02-28" in (tmp_path / "site" / stop.group(1)).read_text()
    assert "North Korea on" in (tmp_path / "site" / cell.group(1)).read_text()
    assert "<form" not in page
