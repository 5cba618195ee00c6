"""Attributions in hand-built sentences, and what must hold of any text."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reader.parse import article_of, load_parser, parse
from summitry.reader.statements import Attribution, AttributionModel, find_attributions, stated

if TYPE_CHECKING:
    from spacy.language import Language

    from summitry.reader.document import Document


@functools.cache
def parser() -> Language:
    return load_parser()


@functools.cache
def model() -> AttributionModel:
    return AttributionModel.load()


def document(text: str) -> Document:
    return next(parse(parser(), [article_of(text)]))


def found(text: str) -> list[Attribution]:
    return list(find_attributions(document(text), model()))


def parts(text: str, attribution: Attribution) -> tuple[str, str, list[str]]:
    source, cue = attribution.source_span, attribution.cue_span
    return (
        text[source.start : source.end] if source else "",
        text[cue.start : cue.end] if cue else "",
        [text[span.start : span.end] for span in attribution.content_spans],
    )


@pytest.mark.parametrize(
    ("text", "source", "contents", "quote_type"),
    [
        ("The minister said that the talks had stalled.", "The minister", ["that the talks had stalled"], "indirect"),
        ("“The door is open,” Marta Velde said.", "Marta Velde", ["“The door is open,”"], "direct"),
        ('"The door is open," said Marta Velde.', "Marta Velde", ['"The door is open,"'], "direct"),
        (
            'Velde said the offer was "a first step" for both sides.',
            "Velde",
            ['the offer was "a first step" for both sides'],
            "mixed",
        ),
        (
            "According to the foreign ministry, the envoys will meet again in May.",
            "the foreign ministry",
            ["the envoys will meet again in May"],
            "indirect",
        ),
        (
            "She blamed the other side for the collapse of the talks.",
            "She",
            ["the other side for the collapse of the talks"],
            "indirect",
        ),
    ],
)
def test_source_and_content(text: str, source: str, contents: list[str], quote_type: str) -> None:
    attributions = found(text)
    assert attributions
    assert (source, contents) in [(parts(text, a)[0], parts(text, a)[2]) for a in attributions]
    assert quote_type in [a.quote_type for a in attributions]


def test_a_quotation_split_by_its_cue_is_one_attribution() -> None:
    text = '"We are ready," the envoy said, "to return to the table."'
    (attribution,) = found(text)
    assert parts(text, attribution)[2] == ['"We are ready,"', '"to return to the table."']


def test_a_quotation_without_speaker_goes_on_from_the_one_before() -> None:
    text = '"We are ready," the envoy said.\n\n"Nothing else matters to us now."'
    (attribution,) = found(text)
    assert parts(text, attribution)[2][-1] == '"Nothing else matters to us now."'


def test_the_asker_behind_a_question_mark_belongs_to_it() -> None:
    text = "“Will they come back to the table?” Ms. Velde asked at a news conference on Monday."
    contents = [parts(text, a)[2] for a in found(text)]
    assert ["“Will they come back to the table?”"] in contents


def test_nested_attributions_are_both_found() -> None:
    text = "The agency reported that the minister said the plant would close."
    sources = {parts(text, a)[0] for a in found(text)}
    assert {"The agency", "the minister"} <= sources


@pytest.mark.parametrize(
    "text",
    [
        "If the minister says that the talks are over, we will leave.",
        "The minister did not say that the talks were over.",
        "The minister is expected to announce that the talks are over.",
    ],
)
def test_what_was_not_said_is_no_statement(text: str) -> None:
    read = document(text)
    cues = [a.cue for a in stated(find_attributions(read, model()), read.doc) if a.source_span is not None]
    assert not {"say", "announce"} & set(cues)


def test_looks_are_no_statements() -> None:
    read = document("The minister seemed to be tired of the talks. The delegation appeared to hesitate.")
    assert not stated(find_attributions(read, model()), read.doc)


def test_reading_twice_gives_the_same() -> None:
    text = 'The envoy said the plan "works". According to aides, it does not.'
    assert found(text) == found(text)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            ["The envoy", "said", '"', "“", "”", "that", "we agree", ",", ".", "\n\n", "'", "told", "him", ":"]
        ),
        max_size=25,
    )
)
def test_spans_stand_in_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for attribution in found(text):
        spans = [*attribution.content_spans, attribution.cue_span, attribution.source_span]
        assert attribution.content_spans
        assert 0.0 <= attribution.confidence <= 1.0
        for span in spans:
            assert span is None or text[span.start : span.end].strip()
