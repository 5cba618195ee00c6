"""Copies: shared narration makes one, shared quotations do not."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reader.dating.infer import rough_sentences
from summitry.reader.parse import article_of
from summitry.reconcile.copies import Prints, are_copies, copies_in, copy_groups, fingerprints
from summitry.vocabulary import UNKNOWN_DATE, DateInterval

STORY = """Ardania and Belmark resumed talks on the river dam in Geneva after a pause of four months, with both
delegations arriving separately at the villa above the lake.

The chief envoy of Ardania carried a folder of maps and refused to answer questions at the gate, while his
counterpart from Belmark waved to a small crowd of demonstrators.

Diplomats who follow the file expect no breakthrough before the spring floods, when the level of the reservoir will
decide how much water can be released downstream.

The two neighbours have quarrelled over the dam since engineers closed its first gate nine years ago."""

QUOTE = (
    '"We came to listen and not to lecture, and we will stay as long as there is anything left to talk about between '
    'our two nations and their peoples," said the envoy.'
)

OTHER = """Rain kept most reporters away from the lakeside villa where the delegations met.

Nobody had expected a handshake, and there was none; the cameras found empty chairs and a cold buffet instead.

Belmark brought four engineers, a lawyer and a retired general who once commanded the border troops."""


def prints(text: str, source: str, day: str | None = None) -> Prints:
    article = article_of(text, source)
    when = DateInterval(date.fromisoformat(day), date.fromisoformat(day), "day") if day else UNKNOWN_DATE
    return Prints(source, when, fingerprints(article, rough_sentences(article)))


def test_the_same_story_under_another_headline() -> None:
    assert are_copies(prints(STORY, "a"), prints("Dam talks resume\n\n" + STORY, "b"))


def test_a_truncated_copy() -> None:
    assert are_copies(prints(STORY, "a"), prints("\n\n".join(STORY.split("\n\n")[:2]), "b"))


def test_a_copy_edited_lightly_and_typeset_otherwise() -> None:
    edited = STORY.replace("a small crowd", "a crowd").replace("four months", "4 months").replace("'", "’")
    assert are_copies(prints(STORY, "a"), prints(edited, "b"))


def test_shared_quotations_are_no_copy() -> None:
    a, b = f"{STORY}\n\n{QUOTE}", f"{OTHER}\n\n{QUOTE}"
    assert not are_copies(prints(a, "a"), prints(b, "b"))
    curly = QUOTE.replace('"We', "“We").replace('peoples,"', "peoples,”")
    assert not are_copies(prints(f"{OTHER}\n\n{curly}", "a"), prints(f"{STORY}\n\n{curly}", "b"))


def test_two_stories_of_one_event_are_no_copy() -> None:
    assert not are_copies(prints(STORY, "a"), prints(OTHER, "b"))


def test_one_shared_background_sentence_is_no_copy() -> None:
    background = STORY.split("\n\n")[-1]
    assert not are_copies(prints(STORY, "a"), prints(f"{OTHER}\n\n{background}", "b"))


def test_the_original_is_the_earliest() -> None:
    first, second, third = prints(STORY, "z", "2031-05-04"), prints(STORY, "b", "2031-05-05"), prints(STORY, "a")
    assert copy_groups([third, second, first]) == {"a": "z", "b": "z", "z": "z"}
    assert copy_groups([prints(STORY, "b"), prints(STORY, "a")]) == {"a": "a", "b": "a"}


_STORIES = [prints(STORY, "s1"), prints(OTHER, "s2"), prints("\n\n".join(STORY.split("\n\n")[:2]), "s3", "2031-05-04")]
_STORIES += [prints("\n\n".join(STORY.split("\n\n")[2:]), "s4"), prints(f"{OTHER} {QUOTE}", "s5", "2031-05-03")]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_one_by_one_in_any_order_as_all_at_once(seed: int) -> None:
    order = list(_STORIES)
    random.Random(seed).shuffle(order)
    index: dict[int, list[str]] = {}
    seen: dict[str, Prints] = {}
    known: dict[str, str] = {}
    for each in order:
        known.update(copies_in(each, index, seen))
        seen[each.source] = each
        for value in each.hashes:
            index.setdefault(value, []).append(each.source)
    assert known == copy_groups(_STORIES)
