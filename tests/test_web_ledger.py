"""The pages of the ledger: moves, commitments, predictions, discrepancies, deadlocks; the same as JSON."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from record_factory import PRK, USA, day
from stands_factory import write_stands
from summitry.ledger import Deadlock, Order, Step
from summitry.vocabulary import UNKNOWN_DATE, Commitment, Discrepancy, Evidence
from summitry.web import Settings, create_app
from summitry.web.pages.commitments import Owed, chains
from summitry.web.pages.deadlocks import SETS, knot_of
from summitry.web.pages.discrepancies import pair_of

PAGES = ("moves", "commitments", "predictions", "discrepancies", "deadlocks")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = write_stands(tmp_path_factory.mktemp("ledger") / "talks.db")
    with TestClient(create_app(Settings(record=path)), base_url="http://127.0.0.1:8642") as desk:
        yield desk


def rows(desk: TestClient, page: str, **asked: str) -> list[dict[str, object]]:
    answer = desk.get(f"/ledger/{page}.json", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["rows"]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_page_reads_without_a_script_and_without_rows(desk: TestClient, page: str) -> None:
    answer = desk.get(f"/ledger/{page}")
    assert answer.status_code == 200
    for text in (answer.text, desk.get(f"/ledger/{page}?as_of=2018-01-01").text):
        assert "<h1>" in text
        assert "style=" not in text
        assert "onclick" not in text
        assert "<script>" not in text
    assert 'class="none"' in desk.get(f"/ledger/{page}?as_of=2018-01-01").text
    assert rows(desk, page, as_of="2018-01-01") == []


@pytest.mark.parametrize("page", PAGES)
def test_rows_have_permalinks_and_their_words_with_a_link_to_the_report(desk: TestClient, page: str) -> None:
    text = desk.get(f"/ledger/{page}").text
    for row in rows(desk, page):
        assert f"/row/{row['id']}" in text
        # The words of a commitment are those of the row as reports tell it, before anything was worked out.
        told = row["history"][0]["id"] if page == "commitments" else row["id"]  # type: ignore[index]
        own = re.search(rf'href="/source/src-[0-9a-f]+#{told}"', text)
        assert own or page in ("discrepancies", "deadlocks")


def test_moves_stand_the_newest_first_with_what_they_answer(desk: TestClient) -> None:
    found = rows(desk, "moves")
    assert [row["kind"] for row in found] == ["offer", "demand", "refusal"]
    demand, refusal = found[1], found[2]
    assert refusal["responds_to"] == demand["id"]
    assert refusal["id"] in demand["answers"]  # type: ignore[operator]
    assert demand["status"] == "accepted"
    text = desk.get("/ledger/moves").text
    assert "It answers" in text
    assert "Answered by" in text
    assert "to ease some of the sanctions" in text


def test_moves_by_kind_status_party_issue_and_narrowing(desk: TestClient) -> None:
    assert [row["kind"] for row in rows(desk, "moves", kind="offer")] == ["offer"]
    assert [row["kind"] for row in rows(desk, "moves", status="accepted")] == ["demand"]
    assert len(rows(desk, "moves", party="USA")) == 3
    assert len(rows(desk, "moves", issue="sanctions")) == 3
    assert rows(desk, "moves", since="2019-04-01")[0]["kind"] == "offer"
    assert len(rows(desk, "moves", since="2019-04-01")) == 1
    assert {row["kind"] for row in rows(desk, "moves", only="answers")} >= {"demand", "refusal"}
    assert rows(desk, "moves", only="terms") == []
    # Counts of kinds are of what the other filters leave.
    assert desk.get("/ledger/moves.json?status=accepted&kind=offer").json()["kinds"]["demand"] == 1


@pytest.mark.parametrize(
    "address",
    [
        "moves?kind=gift",
        "moves?status=lost",
        "moves?only=mine",
        "commitments?status=4",
        "predictions?soon=0",
        "predictions?soon=soon",
        "predictions?resolution=maybe",
        "discrepancies?kind=all",
    ],
)
def test_what_is_off_is_said_with_what_is_allowed(desk: TestClient, address: str) -> None:
    answer = desk.get(f"/ledger/{address}")
    assert answer.status_code == 400
    assert "allowed: " in answer.text


def test_a_long_list_comes_by_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write_stands(tmp_path_factory.mktemp("pages") / "talks.db")
    settings = Settings(record=path, rows_per_page=10)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8642") as desk:
        told = desk.get("/ledger/moves.json").json()
        assert (told["page"], told["pages"], told["total"]) == (1, 1, 3)


def test_commitments_tell_no_public_evidence_and_claims_apart(desk: TestClient) -> None:
    (row,) = rows(desk, "commitments")
    text = desk.get("/ledger/commitments").text
    assert row["claimed"] == 3
    assert "Claimed by North Korea" in text
    if row["status"] is None:
        assert '<span class="unknown">no public evidence</span>' in text
        assert rows(desk, "commitments", status="none") == [row]
        assert rows(desk, "commitments", status="3") == []


def commitment(number: int, **more: object) -> Commitment:
    base = Commitment(
        id=f"com-{number}",
        evidence=(Evidence("src-1", 0, 4, "word"),),
        coder="hand/1",
        confidence=0.5,
        instrument="the river pledge",
        obligor=PRK,
        beneficiary=None,
        text="close the plant",
        status=None,
        as_of=date(2019, 1, number),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def test_revisions_of_a_commitment_are_one_with_its_last_row_standing() -> None:
    first = commitment(1)
    claim = commitment(2, revises="com-1", claimed=3, claimed_by=PRK)
    done = commitment(3, revises="com-2", claimed=3, claimed_by=PRK, status=1, events=("ev-1",))
    again = commitment(4, revises="com-3", claimed=1, claimed_by=USA, status=1)
    other = commitment(5)
    owed, alone = chains([first, other, claim, done, again])
    assert owed == Owed((first, claim, done, again))
    assert owed.now is again
    assert owed.claims == (claim, again)
    assert owed.revisions == (done,)
    assert alone == Owed((other,))


def test_predictions_and_the_scorecard_go_by_how_long_soon_is(desk: TestClient) -> None:
    (usual,) = rows(desk, "predictions")
    assert usual["resolution"] == "true"
    assert usual["horizon_rule"] == "soon: within 90 days"
    (short,) = rows(desk, "predictions", soon="30")
    assert short["resolution"] != "true"
    assert short["horizon_rule"] == "soon: within 30 days"
    told = desk.get("/ledger/predictions.json").json()
    score = next(one for one in told["scorecard"] if one["by"] == "forecaster")
    assert (score["made"], score["true"], score["share"]) == (1, 1, 1.0)
    text = desk.get("/ledger/predictions?soon=30").text
    assert "30 days count (by the published table 90)" in text
    assert rows(desk, "predictions", resolution="false") == []


def test_a_prediction_names_the_events_that_resolved_it(desk: TestClient) -> None:
    (row,) = rows(desk, "predictions")
    text = desk.get("/ledger/predictions").text
    for event in row["resolved_by"]:  # type: ignore[attr-defined]
        assert f"/row/{event}" in text
    assert "held talks in Geneva" in text


def test_discrepancies_show_both_sides_and_who_says_each(desk: TestClient) -> None:
    found = rows(desk, "discrepancies", kind="asserted")
    assert [row["who"] for row in found] == [{"a": "North Korea", "b": "United States"}]
    text = desk.get("/ledger/discrepancies").text
    assert "The report itself says:" in text
    assert "The two views are far apart." in text
    assert {row["kind"] for row in rows(desk, "discrepancies")} >= {"asserted", "self"}


def test_a_side_that_the_record_does_not_show_has_its_words_all_the_same() -> None:
    a, b = Evidence("src-1", 0, 3, "one"), Evidence("src-2", 5, 8, "two")
    row = Discrepancy(
        id="dis-1", evidence=(a, b), coder="c", confidence=0.5, kind="sources", a="x", b="y", field="date", note="n"
    )
    pair = pair_of(row, {})
    assert (pair.a.evidence, pair.b.evidence, pair.said) == (a, b, None)
    assert (pair.a.who, pair.a.row_id, pair.b.what) == ("", "x", "passage")
    one = pair_of(replace(row, evidence=(a,), kind="asserted"), {})
    assert one.a.evidence == one.b.evidence == a


def step(name: str, party: object, waits: str, words: str) -> Step:
    return Step(name, party, words, (waits,), (Evidence("src-1", 0, 4, "word"),), ("mov-1",), ("after",))  # type: ignore[arg-type]


def test_a_deadlock_is_drawn_as_an_image_and_told_in_numbers() -> None:
    steps = (step("a", USA, "b", "lift <all> sanctions"), step("b", PRK, "a", "close the plant"))
    row = Deadlock(
        id="dead-1",
        evidence=steps[0].evidence,
        coder="ledger:deadlocks greedy",
        confidence=0.6,
        steps=steps,
        broken_by=tuple(("a",) for _ in range(SETS + 2)),
        orders=(Order("one side first", (("b",), ("a",)), ("USA",), steps[0].evidence),),
    )
    knot = knot_of(row)
    head, _, data = knot.picture.partition(",")
    assert head == "data:image/svg+xml;base64"
    assert ElementTree.fromstring(base64.b64decode(data)).tag.endswith("svg")
    assert [one.waits for one in knot.steps] == [(("only after", 2),), (("only after", 1),)]
    assert knot.broken == ((1,),) * SETS
    assert knot.more == 2
    assert not knot.smallest
    assert knot.ways[0].rounds == ((2,), (1,))
    assert knot.ways[0].by == "United States"


def test_days_of_reports_stand_in_for_days_that_no_words_tell() -> None:
    from summitry.web.rendering import environment

    page = environment().get_template("stands_macros.html").make_module({"links": None, "question": None})
    row = replace(commitment(1), made=UNKNOWN_DATE)

    class Cited:
        published = day("2019-03-01")

    told = str(page.told(UNKNOWN_DATE, row, {"src-1": Cited()}))  # type: ignore[attr-defined]
    assert "reported" in told
    assert "2019-03-01" in told
    assert "undated" in str(page.told(UNKNOWN_DATE, row, {}))  # type: ignore[attr-defined]
