"""How the words of a case match: at the start of a word, across spaces, hyphens, quotes and gaps."""

from __future__ import annotations

import pytest

from summitry.casebook import phrase_pattern


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("denucleari", "The denuclearization talks", "denucleari"),
        ("nuclear", "denuclear", None),
        ("step-by-step", "a step by step plan", "step by step"),
        ("step by step", "a step  by\nstep plan", "step  by\nstep"),
        ("new year's speech", "his New Year\u2019s speech", "New Year\u2019s speech"),
        ("end", "the end of it", "end"),
        ("end", "every endeavour", None),
        ("until ... denucleari", "until a final, verified denuclearization", "until a final, verified denucleari"),
        ("until ... denucleari", "until denuclearization", "until denucleari"),
        ("until ... denucleari", "until one two three four five denuclearization", None),
        ("until ... denucleari", "until then. He denuclearised", "until then. He denucleari"),
        ("p5+1", "the P5+1 powers", "P5+1"),
        ("f-35", "an F-35 jet", "F-35"),
    ],
)
def test_phrases_match(phrase: str, text: str, found: str | None) -> None:
    match = phrase_pattern([phrase]).search(text)
    assert (match.group() if match else None) == found


def test_the_longest_phrase_at_a_place_wins_and_none_match_nothing() -> None:
    match = phrase_pattern(["lift", "lift all sanctions", "lift all"]).search("they lift all sanctions")
    assert match is not None
    assert match.group() == "lift all sanctions"
    assert phrase_pattern([]).search("anything") is None
    assert phrase_pattern(["", " "]).search("anything") is None
