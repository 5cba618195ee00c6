"""The parser as it is run here against spaCy's own run of the same weights: the oracle."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from summitry.reader.labels import Labels
from summitry.reader.parse import PARSER, article_of, load_parser, parse

TEXTS = (
    "Norway's envoy said on Tuesday that she would not meet the delegation, but that talks aren't over.",
    "Let's see what they're going to do. There is no deal; there's hope. I'm told it ain't so, y'all.",
    "“C'mon,” he said, “gonna gotta try: somethin' or nothin'.”  The minister's had enough of it.",
    "Those who did have doubts did so because it was late. You got it. Which of these is that? All of them.",
    "The ministers' meetings were being prepared; the worst drafts have been dropped, better ones kept.",
    "Before the vote,\n\nwhich nobody had expected to win, the parties — both of them — sought a 12.5% cut for $3m.",
    "It would've been done once, twice, or not at all; I'd ask if whether they can't or won't is known.",
    "",
    "   ",
    "Yes.",
)


@cache
def whole() -> Language:
    nlp: Language = importlib.import_module(PARSER).load(exclude=["ner"])
    return nlp


@cache
def quick() -> Language:
    return load_parser()


def labels(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, str(t.head.i), str(t.is_sent_start)) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_parse_as_by_the_whole_pipeline(text: str) -> None:
    assert labels(quick()(text)) == labels(whole()(text))


def test_any_words_tags_and_dependencies_are_labelled_as_by_the_rules_themselves() -> None:
    # Every word of the texts under every tag, with dependency labels in turn: what the network would never say, too.
    nlp = whole()
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    tagger: Any = nlp.get_pipe("tagger")
    parser: Any = nlp.get_pipe("parser")
    words = [token.text for text in TEXTS for token in nlp.make_doc(text)] + ["got", "ta", "once", "ca", "\n"]
    table = Labels(ruler, lemmatizer)
    for turn, tag in enumerate(tagger.labels):
        doc = Doc(nlp.vocab, words=words)
        given = [
            (nlp.vocab.strings[tag], nlp.vocab.strings.add(parser.labels[(turn + 7 * i) % len(parser.labels)]))
            for i in range(len(words))
        ]
        attributes: Any = np.array(given, dtype=np.uint64)
        doc.from_array(["TAG", "DEP"], attributes)
        twin = doc.copy()
        expected = labels(lemmatizer(ruler(twin)))
        for _ in range(2):  # found by trying, then in the table
            assert labels(table(doc.copy())) == expected


def test_word_vectors_are_those_of_the_network() -> None:
    for text in TEXTS:
        ours, theirs = quick()(text).tensor, whole()(text).tensor
        assert ours.shape == theirs.shape
        assert np.allclose(ours, theirs, atol=1e-4)


def test_a_text_is_parsed_the_same_alone_and_in_any_batch() -> None:
    texts = [text for text in TEXTS if text.strip()]
    alone = [next(parse(quick(), [article_of(text)])).doc for text in texts]
    for size in (2, 16):
        batched = [document.doc for document in parse(quick(), map(article_of, texts), batch_size=size)]
        for one, other in zip(alone, batched, strict=True):
            assert labels(one) == labels(other)
            assert np.array_equal(one.tensor, other.tensor)


def test_patterns_that_ask_for_more_are_refused() -> None:
    nlp: Language = importlib.import_module(PARSER).load(exclude=["ner"])
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "dd"}]], {"POS": "NUM"})
    with pytest.raises(ValueError, match="at most two tokens"):
        Labels(ruler, nlp.get_pipe("lemmatizer"))
