"""Loading cases and the world: what a file must say, and what the error says when it does not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from summitry.casebook import (
    Case,
    available_cases,
    casebook_for,
    choose_cases,
    load_case,
    load_leaders,
    load_world,
)
from summitry.errors import CaseError, UsageError

GOOD = """
name = "isles"
title = "Talks on the isles"
principals = ["ISL", "NOR"]
core = ["ISL"]
[[party]]
code = "ISLGOV"
name = "Fisheries Office"
kind = "body"
parent = "ISL"
[[office]]
person = "Anna Example"
party = "ISL"
title = "minister"
start = 2001-02-03
[[event]]
id = "first-round"
name = "First round"
start = 2001-03-04
type = "CONSULT"
actors = ["ISL", "NOR"]
words = [["First", "Round"]]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "isles.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_is_read_as_written(tmp_path: Path) -> None:
    case = load_case(write(tmp_path, GOOD))
    assert (case.name, case.principals, case.core) == ("isles", ("ISL", "NOR"), ("ISL",))
    assert case.parties[0].parent == "ISL"
    assert case.offices[0].start == date(2001, 2, 3)
    assert case.offices[0].end is None
    # A day without an end is one day; words are compared in lower case.
    assert case.events[0].end == date(2001, 3, 4)
    assert case.events[0].words == (("first", "round"),)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "body"', 'kind = "boody"', ["kind", "boody", "organisation"]),
        ('type = "CONSULT"', 'type = "TALK"', ["type", "TALK", "CONSULT"]),
        ("start = 2001-03-04", 'start = "4 March"', ["start", "4 March", "2019-02-27"]),
        ("start = 2001-02-03", "start = 2001-02-03\nend = 2000-01-01", ["end", "2000-01-01", "from start"]),
        ('core = ["ISL"]', 'core = ["DNK"]', ["core", "DNK", "ISL, NOR"]),
        ('principals = ["ISL", "NOR"]', 'principals = ["ISL"]', ["principals", "two parties"]),
        ('title = "minister"', 'tittle = "minister"', ["tittle", "title"]),
        ('words = [["First", "Round"]]', 'words = ["First"]', ["words", "list of lists"]),
        ('name = "isles"', "name = isles", ["TOML"]),
    ],
)
def test_an_error_names_file_key_value_and_what_is_allowed(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(CaseError) as caught:
        load_case(path)
    for part in [path.name, *told]:
        assert part in str(caught.value)


def test_an_unknown_case_lists_the_shipped_ones() -> None:
    with pytest.raises(CaseError, match="korea"):
        load_case("atlantis")


def test_every_shipped_case_loads_and_its_principals_are_of_the_world() -> None:
    known = {entry.code for entry in load_world()}
    for name in available_cases():
        assert set(load_case(name).principals) <= known


def test_the_world_has_every_state_once_with_a_demonym() -> None:
    world = load_world()
    states = [entry for entry in world if entry.kind == "state"]
    assert len(states) >= 195
    assert max(Counter(entry.code for entry in states).values()) == 1
    assert all(entry.demonyms for entry in states if entry.code != "VAT")
    assert not {"world", "leaders"} & set(available_cases())


def test_one_person_holds_an_office_of_a_state_at_a_time() -> None:
    held: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for office in load_leaders():
        if office.title in ("president", "prime minister", "chancellor", "secretary of state"):
            held.setdefault((office.party, office.title), []).append((office.start or date.min, office.end or date.max))
    for spans in held.values():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start


def case(name: str, principals: tuple[str, ...], core: tuple[str, ...] = ()) -> Case:
    return Case(name, name, principals, core=core)


def test_a_case_is_chosen_by_two_principals_and_one_of_the_core() -> None:
    cases = (case("a", ("USA", "PRK", "KOR"), ("PRK",)), case("b", ("USA", "KOR")))
    assert [c.name for c in choose_cases({"USA": 3, "KOR": 1}, cases)] == ["b"]
    assert [c.name for c in choose_cases({"USA": 3, "PRK": 1}, cases)] == ["a"]
    assert choose_cases({"USA": 3, "KOR": 0}, cases) == ()


def test_a_case_with_topic_words_is_chosen_by_one_of_them() -> None:
    trade = Case("trade", "trade", ("USA", "CHN"), core=("CHN",), words=("tariff", "trade war"))
    counts = {"USA": 3, "CHN": 4}
    assert choose_cases(counts, (trade,), "The two sides met over new Tariffs.") == (trade,)
    assert choose_cases(counts, (trade,), "The two navies met at sea.") == ()
    assert choose_cases(counts, (trade,)) == (trade,)


def test_a_party_named_by_way_of_comparison_brings_no_case() -> None:
    cases = (case("a", ("USA", "PRK"), ("PRK",)), case("b", ("USA", "IRN"), ("IRN",)))
    assert [c.name for c in choose_cases({"USA": 9, "PRK": 9, "IRN": 2}, cases)] == ["a"]
    assert [c.name for c in choose_cases({"USA": 9, "PRK": 9, "IRN": 3}, cases)] == ["a", "b"]
    assert [c.name for c in choose_cases({"USA": 9, "PRK": 9, "IRN": 3}, cases[::-1])] == ["b", "a"]


def test_casebooks_by_name_by_counts_and_none() -> None:
    assert [c.name for c in casebook_for(["korea"]).cases] == ["korea"]
    assert [c.name for c in casebook_for(counts={"PRK": 1, "USA": 1}).cases] == ["korea"]
    assert casebook_for(()).cases == ()
    with pytest.raises(UsageError):
        casebook_for(["korea"], counts={"PRK": 1})
