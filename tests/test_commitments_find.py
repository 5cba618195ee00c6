"""Commitments of whole sentences, one difficulty each; sentences written for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from spacy.language import Language

from summitry.casebook import ArticleEntry, Case, InstrumentEntry
from summitry.reader.commitments import find_commitments
from summitry.reader.document import Document
from summitry.reader.parse import article_of, load_parser, parse
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Commitment, DateInterval

ACCORD = InstrumentEntry(
    id="lake-accord",
    name="Lake Accord",
    date=date(2017, 5, 4),
    parties=("NOR", "CHL"),
    names=("Oslo joint declaration",),
    words=(("joint declaration", "2017"), ("declaration", "first summit")),
    articles=(
        ArticleEntry("1", "Both open the border", ("NOR", "CHL"), words=(("open", "border"),), issue="border"),
        ArticleEntry("2", "Chile frees the fishermen", ("CHL",), ("NOR",), words=(("fishermen",),)),
    ),
)
CASE = Case("lake", "Lake talks", ("NOR", "CHL"), instruments=(ACCORD,))


@cache
def reader() -> Reader:
    return Reader((), nlp=parser(), light=True)


@cache
def parser() -> Language:
    return load_parser()


def read(text: str, *cases: Case) -> tuple[Commitment, ...]:
    article = article_of(text)
    found = reader().read(article)
    (document,) = parse(parser(), [article])
    assert isinstance(document, Document)
    return find_commitments(document, found.mentions, found.statements, found.events, found.times, cases)


@pytest.mark.parametrize(
    ("text", "obligor", "beneficiary", "what"),
    [
        ("Kenya agreed to reopen its border with Uganda.", "KEN", "UGA", "reopen its border with Uganda"),
        ("Peru pledged to release the prisoners.", "PER", None, "release the prisoners"),
        ("Norway promised Chile security guarantees.", "NOR", "CHL", "security guarantees"),
        ("Egypt agreed with Sudan to share the river's water.", "EGY", "SDN", "share the river's water"),
        ("Turkey's pledge to withdraw its troops was welcomed.", "TUR", None, "withdraw its troops"),
        ("Ghana pledged that it would lift the tariffs.", "GHA", None, "lift the tariffs"),
        ("Under the treaty, Bolivia must close two reactors.", "BOL", None, "close two reactors"),
        ("The pact requires Serbia to destroy its missiles.", "SRB", None, "destroy its missiles"),
        ("Cuba promised not to attack its neighbours.", "CUB", None, "not to attack its neighbours"),
    ],
)
def test_one_obligation(text: str, obligor: str, beneficiary: str | None, what: str) -> None:
    (row,) = read(text)
    assert (row.obligor.code, row.beneficiary.code if row.beneficiary else None) == (obligor, beneficiary)
    assert row.text == what
    assert row.status is None


@pytest.mark.parametrize(
    "text",
    [
        "Kenya refused to agree to reopen its border.",
        "Peru may agree to release the prisoners.",
        "Norway wants Chile to commit to disarm.",
        "If Egypt agrees to share the water, the talks go on.",
        "Sudan vowed to destroy the dam.",
        "Ghana did not promise to lift the tariffs.",
        "Has Cuba agreed to close its base?",
        "Japan promised new sanctions against Oman.",
        "Kenya could walk out or agree to reopen its border.",
        '"Uganda will seek peace," she said and promised to release the details of the treaty.',
        "In the least likely scenario Peru gives in and agrees to release the prisoners.",
        "Chad vowed to expand its missile program.",
        "Any deal would require Serbia to destroy its missiles.",
        "The minister said any deal would include Serbia agreeing to destroy its missiles.",
        "The talks can go on, provided Peru agreed to release the prisoners.",
        "There was no urgency that Peru agree to release the prisoners.",
        "Peru's president came to power promising an end to the sanctions of Chile.",
        "Officials in Malta agreed to release the ship of Peru.",
        "Peru promised the ship would not sail to Chile.",
        "The measures that Serbia has committed to will limit its missiles for ten years.",
    ],
)
def test_what_binds_nobody(text: str) -> None:
    assert read(text) == ()


def test_both_sides_are_bound_one_row_each() -> None:
    rows = read("Norway and Chile agreed to resume the border talks.")
    assert {(row.obligor.code, row.beneficiary.code if row.beneficiary else None) for row in rows} == {
        ("NOR", "CHL"),
        ("CHL", "NOR"),
    }
    assert {row.text for row in rows} == {"resume the border talks"}
    assert len({row.id for row in rows}) == 2


LISTED = (
    "Norway and Chile spoke about the declaration that they signed at their first summit. "
    "The two-part declaration includes promises to open the border, share the lake and free the fishermen."
)


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        (
            "Norway and Chile reached an agreement to exchange prisoners.",
            {("NOR", "exchange prisoners"), ("CHL", "exchange prisoners")},
        ),
        ("Norway and Chile struck a deal to curb Chile's missile program.", {("CHL", "curb Chile's missile program")}),
        (
            "Norway and Chile have agreed to a deal under which Chile will free ten captives "
            "and Norway must lift the embargo.",
            {("CHL", "free ten captives"), ("NOR", "lift the embargo")},
        ),
        (
            "North and South Korea agreed to reopen the road.",
            {("PRK", "reopen the road"), ("KOR", "reopen the road")},
        ),
    ],
)
def test_who_is_bound_by_what_several_made(text: str, owed: set[tuple[str, str]]) -> None:
    assert {(row.obligor.code, row.text) for row in read(text)} == owed


def test_each_promise_of_a_list_is_a_row_under_the_instrument_of_the_case() -> None:
    rows = read(LISTED, CASE)
    assert [row.text for row in rows] == ["open the border", "share the lake", "free the fishermen"]
    assert {row.instrument for row in rows} == {"Lake Accord"}
    assert [row.evidence[0].exact for row in rows] == [row.text for row in rows]
    assert {row.made.start for row in rows} == {date(2017, 5, 4)}
    border, lake, fishermen = rows
    # Nobody is told to be bound alone: all parties together, or whom the article binds.
    assert (border.obligor.code, border.obligor.name) == (None, "Chile and Norway")
    assert lake.obligor.name == "Chile and Norway"
    assert (fishermen.obligor.code, fishermen.beneficiary.code if fishermen.beneficiary else None) == ("CHL", "NOR")
    assert border.issue == "border"


def test_the_words_of_the_text_name_an_instrument_that_no_case_has() -> None:
    (row,) = read("Under the 1999 treaty, Bolivia agreed to close two reactors.")
    assert row.instrument == "the 1999 treaty"


def test_a_pledge_without_an_instrument_is_named_by_who_made_it() -> None:
    (row,) = read("Peru pledged to release the prisoners.")
    assert row.instrument == "pledge by Peru"


def test_reading_twice_gives_the_same_rows() -> None:
    assert read(LISTED, CASE) == read(LISTED, CASE)


def test_evidence_stands_in_the_text() -> None:
    article = article_of(LISTED)
    for row in read(LISTED, CASE):
        for passage in row.evidence:
            passage.check(article)


def test_nobody_agrees_to_meet_himself() -> None:
    rows = read("Norway and Chile, as they spoke, agreed to meet Norway.")
    assert {row.obligor.code for row in rows} == {"CHL"}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Norway and Chile agreed on Tuesday to resume the border talks.", date(2018, 3, 6)),
        ("Norway said on Tuesday that Chile had agreed to resume the border talks.", date(2018, 3, 6)),
        ("Norway has agreed to free the crew many times already, Chile said on Tuesday.", None),
        ("Norway's king left on Tuesday, days after Chile agreed to free the crew.", None),
        ("After their talks in 2005, Chile agreed to free the crew.", None),
        ("Chile marched on Tuesday to uphold its pledge to free the crew of Norway.", None),
    ],
)
def test_the_day_is_that_of_the_binding_or_unknown(text: str, made: date | None) -> None:
    day = date(2018, 3, 8)
    article = replace(article_of(text), published=DateInterval(day, day, "day"))
    rows = reader().read(article).commitments
    assert rows
    assert {row.made.start if row.made.precision == "day" else None for row in rows} == {made}


def test_an_instrument_that_is_reaffirmed_is_not_the_one_that_binds() -> None:
    rows = read("Reaffirming the Lake Accord, Chile commits to release the fishermen to Norway.", CASE)
    assert {row.instrument for row in rows} == {"pledge by Chile"}
