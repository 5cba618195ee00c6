"""Deadlocks as text, JSON and drawing."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from summitry.ledger import Deadlock, Order, Step
from summitry.ledger.rows import Bond
from summitry.record import Citation
from summitry.report.deadlocks import deadlock_json, dot, draw, print_deadlocks
from summitry.vocabulary import UNKNOWN_DATE, Actor, Evidence

PARTIES = {
    "KEN": Actor("KEN", "Kenya"),
    "UGA": Actor("UGA", "Uganda"),
    "TZA": Actor("TZA", "Tanzania"),
    "RWA": Actor("RWA", "Rwanda"),
    "IGOEAC": Actor("IGOEAC", "East African Community of the Lake Region", kind="organisation"),
}
NS = "{http://www.w3.org/2000/svg}"


def passage(words: str) -> Evidence:
    return Evidence("src-1", 0, len(words), words, ("The Lake Agency",))


def step(name: str, party: str, words: str, waits: str, bonds: tuple[Bond, ...] = ()) -> Step:
    return Step(
        name, PARTIES[party], words, tuple(waits.split()), (passage(f"{party} says {words}"),), ("mov-1",), bonds
    )


STEPS = (
    step("a", "KEN", "reopen the border", "b", ("after",)),
    step("b", "UGA", "return the “last” prisoners & <all> boats", "a", ("exchange",)),
)
ROW = Deadlock(
    id="dead-1",
    evidence=tuple(one for each in STEPS for one in each.evidence),
    coder="ledger:deadlocks",
    confidence=0.61,
    steps=STEPS,
    broken_by=(("a",), ("b",)),
    orders=(Order("one side first", (("b",), ("a",)), ("KEN",), (passage("not before the prisoners are back"),)),),
)


def printed(*rows: Deadlock) -> str:
    out = io.StringIO()
    print_deadlocks(rows, {"src-1": Citation("src-1", "The Lake Example", None, "a.txt", UNKNOWN_DATE)}, out)
    return out.getvalue()


def test_text_tells_steps_words_sources_what_breaks_it_and_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    text = printed(ROW)
    for words in (
        "1. Kenya, Uganda: 2 steps wait for one another",
        "[1] Kenya: “reopen the border”",
        "waits: only after [2]",
        "waits: in exchange for [1]",
        "“KEN says reopen the border” (The Lake Example, undated ← The Lake Agency)",
        "[1], or [2]",
        "one side first: [2], then [1]. In the words of Kenya:",
        "“not before the prisoners are back”",
    ):
        assert words in text
    assert "\x1b" not in printed(ROW)


def test_text_without_an_order_says_so() -> None:
    assert "proposed an order" in printed(replace(ROW, orders=()))
    assert "smaller sets" in printed(replace(ROW, coder="ledger:deadlocks (greedy)"))
    assert printed() == ""


def test_json_has_the_fields_that_others_rely_on() -> None:
    found = json.loads(json.dumps(deadlock_json(ROW)))
    assert {"id", "evidence", "coder", "confidence", "steps", "broken_by", "orders"} <= set(found)
    first = found["steps"][0]
    assert {"party", "step", "waits_for", "evidence"} <= set(first)
    assert first["waits_for"] == ["b"]
    assert first["party"]["name"] == "Kenya"
    assert first["evidence"][0]["exact"] == "KEN says reopen the border"
    assert found["broken_by"] == [["a"], ["b"]]
    assert found["orders"][0]["rounds"] == [["b"], ["a"]]


def many() -> Deadlock:
    steps = (
        step("a", "KEN", "reopen the border " * 12, "b c", ("after", "exchange")),
        step("b", "UGA", "return the prisoners", "a d", ("after", "after")),
        step("c", "UGA", "lift the toll", "a", ("exchange",)),
        step("d", "TZA", "ship the fuel", "b e", ("after", "after")),
        step("e", "RWA", "let the trucks pass", "f", ("simultaneous",)),
        step("f", "IGOEAC", "send observers", "e b", ("simultaneous", "after")),
    )
    return Deadlock(
        id="dead-2",
        evidence=steps[0].evidence,
        coder="test",
        confidence=0.5,
        steps=steps,
        broken_by=(("b",),),
        orders=(),
    )


@pytest.mark.parametrize("rows", [(), (ROW,), (many(),), (ROW, many())])
def test_the_drawing_is_well_formed_and_says_what_it_shows(rows: tuple[Deadlock, ...]) -> None:
    svg = ElementTree.fromstring(draw(rows))
    assert svg.get("role") == "img"
    assert svg.find(f"{NS}title") is not None
    described = svg.find(f"{NS}desc")
    assert described is not None
    assert described.text
    steps = [one for row in rows for one in row.steps]
    boxes = [one for one in svg.iter(f"{NS}rect") if "box" in (one.get("class") or "")]
    arrows = [one for one in svg.iter(f"{NS}path") if "arrow" in (one.get("class") or "")]
    assert len(boxes) == len(steps)
    assert len(arrows) == sum(len(one.waits_for) for one in steps)
    assert "http" not in draw(rows).replace("http://www.w3.org/2000/svg", "")


def test_no_box_overlaps_another_or_leaves_the_drawing_and_words_stay_inside() -> None:
    svg = ElementTree.fromstring(draw((many(),)))
    width, height = float(svg.get("width") or 0), float(svg.get("height") or 0)
    boxes = [
        tuple(float(one.get(key) or 0) for key in ("x", "y", "width", "height"))
        for one in svg.iter(f"{NS}rect")
        if "box" in (one.get("class") or "")
    ]
    for x, y, w, h in boxes:
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height
    for number, (x, y, w, h) in enumerate(boxes):
        for other_x, other_y, other_w, other_h in boxes[number + 1 :]:
            assert x + w <= other_x or other_x + other_w <= x or y + h <= other_y or other_y + other_h <= y
    lines = [one.text or "" for one in svg.iter(f"{NS}text") if one.get("class") in ("", "name")]
    assert max(len(line) for line in lines) * 8 <= boxes[0][2]


def test_dot_has_every_arrow_and_no_loose_quotation_mark() -> None:
    text = dot((replace(ROW, steps=(replace(STEPS[0], step='say "yes"'), STEPS[1])),))
    assert '"a" -> "b" [label="only after"];' in text
    assert '\\"yes\\"' in text
    assert text.count("{") == text.count("}")
