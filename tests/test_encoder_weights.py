"""The shipped encoder: what it must always be, whatever it was trained on."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

import summitry
from summitry.clean import clean
from summitry.reader.encoder import Encoder, Heads
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Article, Source

MOST = 70_000_000
"""Bytes of all weights together."""

REPORTS = (
    "GENEVA - Kenya will not sign the fisheries accord until Somalia withdraws its boats, Foreign Minister Amina "
    "Odhiambo said on Tuesday. Her Somali counterpart called the demand unacceptable.\n\n"
    "“We have offered a joint patrol and heard nothing,” he told reporters, adding that talks would go on.\n",
    "Chile and Peru agreed on Monday to reopen the border at Tacna, officials in Lima said.\n\nThe mayor of Arica "
    "doubted that the deal would hold. “We have seen three such papers,” she said.\n",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(())


def _article(text: str) -> Article:
    return clean(Source(uri="own", content=text.encode()))


def test_the_weights_stay_small() -> None:
    folder = files("summitry.reader.encoder").joinpath("weights")
    assert sum(len(each.read_bytes()) for each in folder.iterdir()) <= MOST


def test_a_window_has_the_same_vectors_whatever_was_encoded_before(encoder: Encoder) -> None:
    words = "Kenya rejected the offer on Tuesday .".split()
    first = encoder.encode(words).words
    encoder.encode(["Something", "else", "entirely", "."])
    assert np.array_equal(first, encoder.encode(words).words)
    assert np.array_equal(first, Encoder.load().encode(words).words)


def test_every_word_has_a_vector_in_long_windows_too(encoder: Encoder) -> None:
    words = ["demilitarisation"] * 150
    found = encoder.encode(words)
    assert len(found.passes) > 1
    assert np.abs(found.words).sum(axis=1).min() > 0
    assert encoder.encode([]).words.shape == (0, 384)


def test_a_verb_of_saying_is_likelier_a_cue_than_its_neighbours(encoder: Encoder) -> None:
    words = "The minister said the border would reopen in May .".split()
    scores = Heads.load().cue(encoder.encode(words).words)
    assert int(scores.argmax()) == words.index("said")


def test_a_reading_is_the_same_alone_and_among_others(reader: Reader) -> None:
    articles = [_article(text) for text in REPORTS]
    together = list(reader.read_many(articles))
    apart = [Reader(()).read(article) for article in reversed(articles)]
    assert together == apart[::-1]


def test_the_light_reader_reads_without_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the encoder was asked for")

    monkeypatch.setattr(Encoder, "load", refused)
    reading = Reader((), light=True).read(_article(REPORTS[0]))
    assert any(row.speaker is not None and row.speaker.name == "Amina Odhiambo" for row in reading.statements)
    assert all("encoder" not in row.coder for row in reading.statements)


@pytest.mark.parametrize(
    ("sentence", "source", "target", "root"),
    [
        ("Kenya accused Somalia of arming the rebels.", "Kenya", "Somalia", "ACCUSE"),
        ("Peru broke off diplomatic relations with Bolivia.", "Peru", "Bolivia", "SANCTION"),
        ("The Norwegian foreign minister met his Finnish counterpart for talks.", "Norwegian", "Finnish", "CONSULT"),
        ("Chad rejected the offer that Sudan had made.", "Chad", "Sudan", "REJECT"),
    ],
)
def test_relations_of_plain_sentences(sentence: str, source: str, target: str, root: str) -> None:
    spans = [(sentence.index(name), sentence.index(name) + len(name)) for name in (source, target)]
    code = summitry.code_relation(sentence, spans[0], spans[1])
    assert code.plover == root
    assert code.coder == "relation-encoder-1"
    assert sum(chance for _, chance in code.probabilities) == pytest.approx(1.0)
