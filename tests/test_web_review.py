"""Review at the desk: plain forms decide, nothing twice, nothing unseen, nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from review_factory import make_record
from summitry.errors import UsageError
from summitry.record import open_record
from summitry.web import Settings, create_app
from summitry.web.pages.review import decide


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    make_record(path).close()
    return path


@pytest.fixture
def desk(path: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(record=path, reviewer="anna")),
        base_url="http://127.0.0.1:8642",
        headers={"origin": "http://127.0.0.1:8642"},
    ) as desk:
        yield desk


def form_of(html: str, label: str = "Decide") -> dict[str, str]:
    """What a browser sends of a form, without its buttons."""
    text = html[html.index(f'aria-label="{label}"') :]
    text = text[: text.index("</form>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        found[re.search(r'name="([^"]*)"', tag)[1]] = unescape(re.search(r'value="([^"]*)"', tag)[1])  # type: ignore[index]
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL):
        found[name] = unescape(body).replace("\n", "\r\n")
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, re.DOTALL):
        options = re.findall(r'<option(?: value="([^"]*)")?( selected)?>([^<]*)', body)
        chosen = next((one for one in options if one[1]), options[0])
        found[name] = unescape("" if chosen[2] == "(none)" else chosen[0] or chosen[2])
    return found


def reviews(path: Path) -> list[tuple[str, str, str]]:
    with open_record(path, read_only=True) as record:
        return [(one.action, one.by, one.rows[0].row if one.rows else "") for one in record.review.list()]


def test_a_decision_is_written_and_the_next_row_comes(desk: TestClient, path: Path) -> None:
    first = desk.get("/review.json").json()
    form = form_of(desk.get("/review").text)
    answer = desk.post("/review", data={**form, "action": "accept", "note": "seen"})
    assert answer.status_code == 200
    second = desk.get("/review.json").json()
    assert second["left"] == first["left"] - 1 and second["row"]["id"] != first["row"]["id"]
    assert f'value="{second["row"]["id"]}"' in answer.text
    assert reviews(path) == [("accept", "anna", first["row"]["id"])]
    assert "Latest decisions" in answer.text and "accept" in answer.text


def test_a_form_without_its_token_writes_nothing(desk: TestClient, path: Path) -> None:
    form = form_of(desk.get("/review").text) | {"action": "reject", "token": "x"}
    assert desk.post("/review", data=form).status_code == 403
    assert reviews(path) == []


def test_undo_brings_the_row_back(desk: TestClient) -> None:
    first = desk.get("/review.json").json()
    answer = desk.post("/review", data={**form_of(desk.get("/review").text), "action": "reject"})
    undo = re.search(r'name="review" value="([^"]*)"', answer.text)
    assert undo
    form = {**form_of(answer.text), "action": "undo", "review": undo[1]}
    again = desk.post("/review", data=form)
    assert "Taken back" in again.text and f'value="{first["row"]["id"]}"' in again.text
    assert desk.get("/review.json").json()["left"] == first["left"]
    assert "taken back before" in desk.post("/review", data=form).text


def test_sent_twice_counts_once(desk: TestClient, path: Path) -> None:
    form = {**form_of(desk.get("/review").text), "action": "accept"}
    desk.post("/review", data=form)
    assert "sent twice" in desk.post("/review", data=form).text
    assert len(reviews(path)) == 1


def test_another_decision_in_the_meantime_is_shown_first_and_the_note_kept(desk: TestClient, path: Path) -> None:
    form = form_of(desk.get("/review").text)
    with open_record(path) as record:
        record.review.reject(form["id"], by="ben", note="no such thing")
    answer = desk.post("/review", data={**form, "action": "accept", "note": "but it is"})
    assert "Somebody decided" in answer.text and "no such thing" in answer.text and 'value="but it is"' in answer.text
    assert len(reviews(path)) == 1
    desk.post("/review", data={**form_of(answer.text), "action": "accept"})
    assert [one[:2] for one in reviews(path)] == [("reject", "ben"), ("accept", "anna")]


def test_an_edit_that_cannot_be_comes_back_whole(desk: TestClient, path: Path) -> None:
    page = desk.get("/review?kind=statement").text
    form = form_of(page, "Edit the fields") | {"f_said": "yesterday", "f_cue": "told us", "f_vehicle": "", "note": "hm"}
    answer = desk.post("/review", data=form)
    assert reviews(path) == []
    assert 'id="wrong_said"' in answer.text and "2019-03-15" in answer.text
    back = form_of(answer.text, "Edit the fields")
    assert back["f_said"] == "yesterday" and back["f_cue"] == "told us" and back["note"] == "hm"
    assert 'id="wrong_cue"' not in answer.text
    desk.post("/review", data=back | {"f_said": "2019-03"})
    with open_record(path, read_only=True) as record:
        review = record.review.list()[-1]
        assert review.action == "edit" and set(review.fields) == {"said", "cue"} and review.note == "hm"
        row = record.explain(form["id"]).row
        assert row.said.precision == "month" and row.cue == "told us"  # type: ignore[union-attr]


def test_an_edit_that_changes_nothing_says_so(desk: TestClient, path: Path) -> None:
    for kind in ("statement", "event", "move", "position"):
        form = form_of(desk.get(f"/review?kind={kind}").text, "Edit the fields")
        assert "Nothing was changed" in desk.post("/review", data=form).text, kind
    assert reviews(path) == []


def test_every_value_of_the_form_is_one_that_it_takes(path: Path) -> None:
    from summitry.review import plain_of
    from summitry.review.fields import FIELDS
    from summitry.web.pages.review import _as_text

    with open_record(path) as record:
        for one in {each.kind: each for each in record.review.queue()}.values():
            values = plain_of(one.kind, one.row)
            told = {name: _as_text(values[name]) for name in FIELDS[one.kind]}
            assert record.review.check(one.row.id, {name: value for name, value in told.items() if value}) == {}


def test_a_row_that_is_gone_is_told_and_the_queue_goes_on(desk: TestClient, path: Path) -> None:
    form = form_of(desk.get("/review").text)
    answer = desk.post("/review", data={**form, "id": "evt-0000000000000000", "action": "accept"})
    assert "is no more" in answer.text and 'aria-label="Decide"' in answer.text
    assert reviews(path) == []
    assert "no row has the id" in desk.get("/review?id=evt-0000000000000000").text


def test_filters_hold_from_row_to_row(desk: TestClient) -> None:
    answer = desk.post("/review", data={**form_of(desk.get("/review?kind=move").text), "action": "accept"})
    assert parse_qs(urlsplit(str(answer.url)).query)["kind"] == ["move"]
    told = desk.get("/review.json?kind=move&party=PRK").json()
    assert told["left"] <= desk.get("/review.json?kind=move").json()["left"]
    assert desk.get("/review?kind=cat").status_code == 400
    assert desk.get("/review.json?reason=anonymous").json()["doubt"]["reasons"].count("anonymous") == 1


def test_skipping_walks_the_whole_queue_and_begins_anew(desk: TestClient) -> None:
    seen, address = [], "/review?kind=position"
    for _ in range(4):
        html = desk.get(address).text
        seen.append(form_of(html)["id"])
        link = re.search(r'rel="next" href="([^"]*)"', html)
        if not link:
            break
        address = unescape(link[1])
    assert len(seen) == len(set(seen)) == desk.get("/review.json?kind=position").json()["left"]


def test_all_reviewed_says_so(desk: TestClient) -> None:
    for _ in range(desk.get("/review.json?kind=position").json()["left"]):
        page = desk.get("/review?kind=position").text
        answer = desk.post("/review", data={**form_of(page), "action": "accept"})
    assert "Nothing is left to review of these" in answer.text
    assert "position" in answer.text and "Right" in answer.text


def test_a_desk_for_reading_shows_no_forms_and_takes_none(path: Path) -> None:
    with TestClient(create_app(Settings(record=path, read_only=True)), base_url="http://127.0.0.1:8642") as desk:
        html = desk.get("/review").text
        assert 'method="post"' not in html and "read-only" in html


@pytest.mark.parametrize("form", [{}, {"action": "drop"}, {"action": "accept"}])
def test_forms_that_are_off_are_refused(path: Path, form: dict[str, str]) -> None:
    with open_record(path) as record, pytest.raises(UsageError):
        decide(record, form, "anna")


def test_a_long_edit_comes_back_whole_too(desk: TestClient, path: Path) -> None:
    form = form_of(desk.get("/review?kind=statement").text, "Edit the fields")
    answer = desk.post("/review", data=form | {"f_said": "never", "f_cue": "é" * 9_000})
    assert answer.status_code == 422
    assert form_of(answer.text, "Edit the fields")["f_cue"] == "é" * 9_000
    assert reviews(path) == []
