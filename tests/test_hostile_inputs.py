"""Broken and hostile bytes: refused by name or read, never a traceback; pieces and laws of the fuzzer."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.asking import HOST, Desk
from fuzz.pieces import HTML, JSON, MARKUP, QUERY, TABLE, TEXT, TOML, XML, built, revalued, spliced
from fuzz.targets import TARGETS
from record_factory import make_reading
from summitry.clean import clean
from summitry.errors import UnreadableSource
from summitry.record import open_record
from summitry.vocabulary import Source

PIECES = {
    "decoding": TEXT, "cleaning": HTML + TEXT, "intake": JSON + TABLE + XML, "cases": TOML, "reviews": JSON,
    "gate": HTML + TEXT, "cells": TEXT,
}  # fmt: skip


ATTACKS = ("".join(MARKUP[:20]), "".join(MARKUP[20:]), "=1+1", "a\rb", 'a\nb,"c')


@pytest.mark.parametrize("name", sorted(PIECES))
@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32), kind=st.integers(0, 255))
def test_what_is_built_from_pieces_is_read_or_refused(name: str, seed: int, kind: int) -> None:
    TARGETS[name].run(bytes([kind]) + built(PIECES[name], seed, 2_000))


def test_a_form_that_lets_a_formula_or_a_control_sign_through_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    table, csv = 17, 0  # the first byte chooses the form
    TARGETS["cells"].run(bytes([csv, 1, 0]) + b"=1+1")
    TARGETS["cells"].run(bytes([table, 1, 0]) + b"red | green")
    monkeypatch.setattr("summitry.report.exports.guarded", lambda text: text)
    with pytest.raises(AssertionError, match="formula"):
        TARGETS["cells"].run(bytes([csv, 1, 0]) + b"=1+1")
    monkeypatch.setattr("summitry.report.exports.markdown", lambda text: text)
    with pytest.raises(AssertionError, match="bars"):
        TARGETS["cells"].run(bytes([table, 1, 0]) + b"red | green")


@pytest.mark.parametrize("form", range(20))
def test_every_form_is_read_back(form: int) -> None:
    for words in ATTACKS:
        TARGETS["cells"].run(bytes([form, form, 0]) + words.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=60)
@given(data=st.binary(min_size=4, max_size=80))
def test_any_request_is_answered(data: bytes) -> None:
    TARGETS["desk"].run(data)


def test_what_a_desk_is_asked_comes_from_its_own_pages(tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    with open_record(template, create=True) as record:
        record.add(*make_reading())
    desk = Desk(template, tmp_path / "desk.db")
    assert {"/timeline", "/row/{id}", "/export/{format}"} <= set(desk.routes)
    assert any(one.startswith("src-") for one in desk.ids)
    assert ("token", desk.token) in desk.fields
    headers = [("host", HOST), ("cookie", desk.cookie), ("content-type", "application/x-www-form-urlencoded")]
    row = next(one for one in desk.ids if one.startswith("st-"))
    form = urlencode({"action": "accept", "id": row, "seen": "", "token": desk.token}).encode()
    assert desk.answer("POST", "/review", "", headers, form)[0] == 303
    status, told, _ = desk.answer("GET", "/timeline", "chart=1", headers, b"")
    assert status == 200, "the data of the chart alone, whatever the address ends in"
    assert ("content-type", "application/json") in told
    desk.close()


@given(st.integers(0, 2**32), st.binary(max_size=60))
@settings(deadline=None, max_examples=50)
def test_mutation_repeats_and_keeps_its_size(seed: int, data: bytes) -> None:
    assert built(QUERY, seed, 200) == built(QUERY, seed, 200)
    assert len(spliced(data, HTML, seed, 100)) <= 100
    changed = revalued(b'{"a": [1, {"b": 2}]}', seed, 100)
    assert changed is not None
    assert len(changed) <= 100
    assert revalued(b"no json", seed, 100) is None


@pytest.mark.parametrize("unit", ["a", "A", "1", " ", ".", "(", "“", "Arden ", "a.b@", "ARDEN ", "1/", "- ", "May 4, "])
def test_one_endless_line_is_cleaned_in_the_time_of_its_length(unit: str) -> None:
    line = "The minister said that talks would resume. " + unit * (60_000 // len(unit)) + "!\n"
    began = time.process_time()
    try:
        clean(Source("x", line.encode()))
    except UnreadableSource as error:
        assert len(str(error)) > 10
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "page",
    ["<div>" * 20_000, "<p " + "a='b' " * 20_000 + ">", "&amp;" * 100_000, "<a href='" + "x" * 200_000],
    ids=["deep", "attributes", "entities", "open attribute"],
)
def test_html_bombs_end(page: str) -> None:
    html = f"<html><body>{page}<p>The minister said on Monday that talks would resume in Geneva.</p></body></html>"
    began = time.process_time()
    try:
        clean(Source("x", html.encode(), "text/html"))
    except UnreadableSource as error:
        assert len(str(error)) > 10
    assert time.process_time() - began < 10
