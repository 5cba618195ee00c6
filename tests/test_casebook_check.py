"""What is wrong with a case file: each problem with its line, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.casebook import available_cases, case_text, check_case, load_case, parse_case
from summitry.casebook.keys import TABLES
from summitry.casebook.lines import lines_of
from summitry.errors import CaseError

GOOD = """\
name = "cod"
title = "Talks on cod"
principals = ["ISL", "NOR"]

[roles]
NOR = "mediator"

[[party]]
code = "ISLGOV"
name = "Directorate of Fisheries"
kind = "body"
parent = "ISL"

[[office]]
person = "Anna Example"
party = "ISL"
title = "minister"
start = 2001-02-03
end = 2003-01-01

[[office]]
person = "Berta Example"
party = "ISL"
title = "minister"
start = 2003-01-01

[[issue]]
name = "quota"
title = "Who may catch how much"
words = ["Quota", "catch limit"]

[[issue.pole]]
name = "by coast"
words = ["zonal"]

[[issue.pole]]
name = "by history"
words = ["track record"]

[[issue]]
name = "access"
title = "Access to waters"
words = ["access"]

[[instrument]]
id = "shares"
name = "Agreement on shares"
date = 2001-03-05
parties = ["ISL", "NOR"]

[[instrument.article]]
number = "1"
text = "Norway lets vessels in."
obligors = ["NOR"]
issue = "access"
kept = ["COOPERATE"]

[[vehicle]]
party = "ISL"
name = "press notice"
authority = "ministry"
words = ["Press notice"]

[[event]]
id = "first-round"
name = "First round"
start = 2001-03-04
type = "CONSULT"
actors = ["ISL", "NOR"]
words = [["first", "round"]]
"""


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cod.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_holds_what_is_written() -> None:
    case = parse_case(GOOD, "cod")
    # Every principal has a role; words are compared in lower case.
    assert case.roles == (("ISL", "principal"), ("NOR", "mediator"))
    assert [issue.name for issue in case.issues] == ["quota", "access"]
    assert case.issues[0].words == ("quota", "catch limit")
    assert [pole.name for pole in case.issues[0].poles] == ["by coast", "by history"]
    article = case.instruments[0].articles[0]
    assert (article.obligors, article.issue, article.kept) == (("NOR",), "access", ("COOPERATE",))
    assert case.vehicles[0].authority == "ministry"
    assert case.vehicles[0].words == ("press notice",)


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ('title = "minister"', 'tittle = "minister"', "tittle", ["[[office]]", "tittle", "Write title."]),
        ('words = ["zonal"]', 'word = ["zonal"]', "word =", ["[[issue.pole]]", "Write words."]),
        ('name = "by history"', 'name = "by coast"', 'name = "by coast"\nwords = ["track', ["by coast", "line 33 has"]),
        ('name = "access"', 'name = "quota"', 'name = "quota"\ntitle = "Acc', ["[[issue]]", "quota", "line 28 has it"]),
        ('words = ["track record"]', 'words = ["Zonal"]', '["Zonal"]', ["Zonal", "one pole"]),
        ('issue = "access"', 'issue = "acces"', 'issue = "acces"', ["acces", "quota, access", "Write access."]),
        ('parent = "ISL"', 'parent = "ISLAND"', 'parent = "ISLAND"', ["ISLAND", "[[party]]"]),
        ('parent = "ISL"', 'parent = "Iceland"', 'parent = "Iceland"', ["Write ISL (Iceland)"]),
        ('NOR = "mediator"', 'NOR = "umpire"', 'NOR = "umpire"', ["[roles]", "umpire", "guarantor"]),
        ('NOR = "mediator"', 'NRO = "mediator"', 'NRO = "mediator"', ["[roles]", "NRO", "Write NOR (Norway)"]),
        ("date = 2001-03-05", 'date = "5 March 2001"', "date =", ["5 March 2001", "without quotation marks"]),
        ("end = 2003-01-01", "end = 2003-01-02", "start = 2003-01-01", ["Anna Example", "shared = true"]),
        ("end = 2003-01-01\n", "", "start = 2003-01-01", ["Anna Example", "with no end"]),
        ("start = 2001-03-04", "start = 2001-03-04\nend = 2001-03-03", "end = 2001-03-03", ["from start (2001-03-04)"]),
        ('kept = ["COOPERATE"]', 'kept = ["HELP"]', 'kept = ["HELP"]', ["HELP", "COOPERATE"]),
        ('authority = "ministry"', 'authority = "minister"', "authority", ["minister", "Write ministry."]),
        ('id = "shares"', "id = 1", "id = 1", ["id is 1", "quotation marks"]),
        ('number = "1"\n', "", "[[instrument.article]]", ["number is missing"]),
        ('kind = "body"', 'kind = "person"', 'kind = "person"', ["person", "organisation"]),
        ('obligors = ["NOR"]', 'obligors = "NOR"', 'obligors = "NOR"', ["a list of words"]),
    ],
)  # fmt: skip
def test_a_problem_names_line_table_key_value_and_mend(
    tmp_path: Path, old: str, new: str, at: str, told: list[str]
) -> None:
    text = GOOD.replace(old, new, 1)
    path = write(tmp_path, text)
    problem = check_case(path)[0]
    assert problem.line == line_of(text, at)
    for part in told:
        assert part in problem.told("cod.toml")
    # Loading stops at the first, and says how to see the rest.
    with pytest.raises(CaseError) as caught:
        load_case(path)
    assert str(caught.value).startswith(f"{path}:{problem.line}: ")


def test_all_problems_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = GOOD.replace('"body"', '"bdy"').replace('"mediator"', '"medium"').replace("start = 2001-03-04", "start = 4")
    problems = check_case(write(tmp_path, text))
    assert [p.line for p in problems] == [line_of(text, '"medium"'), line_of(text, '"bdy"'), line_of(text, "start = 4")]
    with pytest.raises(CaseError, match=r"\(2 more: summitry case check"):
        parse_case(text, "cod.toml")


def test_a_code_stands_for_one_state(tmp_path: Path) -> None:
    twice = '[[party]]\ncode = "ZZA"\nname = "Zed"\nkind = "state"\n'
    other = '[[party]]\ncode = "ISL"\nname = "Isle"\nkind = "state"\n'
    more = '[[party]]\ncode = "ISL"\nname = "Iceland"\nkind = "state"\nmetonyms = ["Reykjavik"]\n'
    assert [p.key for p in check_case(write(tmp_path, GOOD + twice + twice))] == ["code"]
    assert "the world's Iceland" in check_case(write(tmp_path, GOOD + other))[0].told("cod.toml")
    # More words for a state that the world has.
    assert check_case(write(tmp_path, GOOD + more)) == ()


def test_offices_that_several_hold_may_overlap(tmp_path: Path) -> None:
    shared = GOOD.replace("end = 2003-01-01\n", "shared = true\n").replace(
        "start = 2003-01-01\n", "start = 2003-01-01\nshared = true\n"
    )
    assert check_case(write(tmp_path, shared)) == ()
    # One person may hold it twice.
    same = GOOD.replace("end = 2003-01-01\n", "").replace("Berta", "Anna")
    assert check_case(write(tmp_path, same)) == ()


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = check_case(write(tmp_path, GOOD.replace('"minister"', "minister", 1)))
    assert problem.line == line_of(GOOD, 'title = "minister"')
    with pytest.raises(CaseError, match=r"cod\.toml:3: .*TOML"):
        parse_case('name = "a"\n\nprincipals =\n', "cod.toml")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"none\.toml"):
        check_case(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"\n')
    with pytest.raises(CaseError, match="UTF-8"):
        check_case(tmp_path / "latin.toml")


@pytest.mark.parametrize("name", available_cases())
def test_shipped_cases_are_fine_and_can_be_kept_as_text(name: str) -> None:
    assert check_case(name) == ()
    assert parse_case(case_text(name), name) == load_case(name)


@pytest.mark.parametrize("name", available_cases())
def test_shipped_cases_say_what_a_case_should(name: str) -> None:
    case = load_case(name)
    assert {code for code, _ in case.roles} >= set(case.principals)
    assert case.vehicles and case.offices and len(case.events) >= 60
    assert all(issue.definition and len(issue.poles) >= 2 for issue in case.issues)
    assert all(instrument.articles and instrument.source for instrument in case.instruments)
    assert all(event.source for event in case.events)


def test_lines_of_tables_within_tables_and_of_long_values() -> None:
    text = (
        'a = """\n[[issue]]\n"""\nb = [\n  "x = 1", # [[no]]\n  "]",\n]\n[[issue]]\nname = 1\n[[issue.pole]]\n'
        '[[issue.pole]]\n"name" = 2\n[[issue]]\n[[issue.pole]]\nname = 3\n[roles]\nUSA = "x"\n'
    )
    lines = lines_of(text)
    assert lines[("a",)] == 1
    assert lines[("b",)] == 4
    assert lines[("issue", 0)] == 8
    assert lines[("issue", 0, "pole", 1, "name")] == 12
    assert lines[("issue", 1, "pole", 0, "name")] == 15
    assert lines[("roles", "USA")] == 17
    assert ("x",) not in lines


KEYS = sorted({key.name for table in TABLES for key in table.keys})
VALUES = st.sampled_from(['"words"', "1", "true", "2001-01-01", '["a"]', '[["a"]]', "[]", '""', "{ a = 1 }", "1.5"])


@given(st.lists(st.tuples(st.sampled_from(GOOD.splitlines()), st.sampled_from(KEYS), VALUES), max_size=4))
@settings(deadline=None, max_examples=60)
def test_any_value_anywhere_is_a_problem_with_a_line_of_the_file_or_fine(changes: list[tuple[str, str, str]]) -> None:
    text = GOOD
    for line, key, value in changes:
        text = text.replace(line, f"{line}\n{key} = {value}" if line.startswith("[") else f"{key} = {value}", 1)
    try:
        parse_case(text, "cod.toml")
    except CaseError as error:
        number = int(str(error).split(":")[1])
        assert 1 <= number <= text.count("\n") + 1
