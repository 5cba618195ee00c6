"""No compiled pattern of the package costs more than its input on texts made to be slow."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from fuzz.patterns import BOUNDED, CHARS, growth, patterns, probes, used
from fuzz.repeats import pumped

BAD = {
    "a run from each character": r"\s+and\b",
    "two runs beside each other": r"^by\s*:?\s*[A-Z]",
    "a run of runs": r"(?:\w+ ?)+:",
    "to the end from each opening": r"\[[^\]]*\]",
    "behind opening words": r"\bsubject to [^.]*\bif [^.]*\bthen\b",
    "two ways for one character": r"(?:a|\w)*!\d",
    "within a lookahead": r"x(?=\w+;)",
}
GOOD = {
    "a run from its start": r"(?<!\s)\s++and\b",
    "bounded": r"\[[^\]]{0,40}\]",
    "from the start of the text": r"\A\s*and\b",
    "words": r"\b(?:said|told)\b",
    "a run of runs, possessive": r"\A(?:\w++ ?)++:",
}


@pytest.mark.parametrize("written", BAD.values(), ids=BAD)
def test_a_pattern_that_is_not_linear_is_found(written: str) -> None:
    assert next(growth("written here", re.compile(written)), None) is not None


@pytest.mark.parametrize("written", GOOD.values(), ids=GOOD)
def test_a_linear_pattern_is_not_blamed(written: str) -> None:
    assert list(growth("written here", re.compile(written))) == []


def test_texts_run_on_what_a_pattern_repeats() -> None:
    made = [text for _, text in pumped(re.compile(r"by (?:the |a )*\d+x"), 400)]
    assert any(text.startswith("by the the the the ") for text in made)
    assert any(text.startswith("by 11111111") for text in made)
    assert any(text.startswith("by 1by 1by 1") for text in made)
    assert not list(pumped(re.compile(r"by \d{1,4}"), 400)), "a short repeat is none"
    assert all(len(text) < 500 for text in made)


def test_probes_are_named_once_and_as_long_as_asked() -> None:
    found = list(islice(probes(re.compile(r"(?:a+b)*c"), CHARS), 200))
    assert len({name for name, _ in found}) == len(found)
    assert all(CHARS // 2 < len(text) <= CHARS + 60 for _, text in found)


def test_the_patterns_of_the_package_are_found() -> None:
    found = patterns()
    assert len(found) > 400
    assert "summitry.clean.byline._EMAIL" in found
    assert "summitry.clean.furniture._WHOLE_LINES[4][1]" in found, "one inside of tuples"
    assert found.keys() >= BOUNDED, "an exception that names no pattern any more"
    assert used("summitry.clean.byline._BY") == {"match"}


@pytest.mark.slow
def test_no_pattern_grows_faster_than_its_input() -> None:
    slow = {
        name: worst
        for name, one in patterns().items()
        if name not in BOUNDED and (worst := next(growth(name, one), None)) is not None
    }
    assert slow == {}
