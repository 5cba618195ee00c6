"""Modality: one made-up sentence a rule, the trigger words found, and no sentence that hangs or breaks it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from summitry.evaluate.factuality import score_factuality
from summitry.reader.modality import modality_of
from summitry.reader.modality.factuality import score
from summitry.reader.parse import load_parser
from summitry.reader.triggers import match_trigger

Parse = Callable[[str], Doc]


@pytest.fixture(scope="module")
def parse() -> Parse:
    return load_parser()


CASES = [
    ("Peru signed the accord on Monday.", "signed", "happened"),
    ("Peru has not lifted the sanctions.", "lifted", "negated"),
    ("Peru will not lift sanctions until Chile dismantles the base.", "lift", "negated"),
    ("Peru will not lift sanctions until Chile dismantles the base.", "dismantles", "hypothetical"),
    ("The minister refused to meet the envoy.", "refused", "happened"),
    ("The minister refused to meet the envoy.", "meet", "negated"),
    ("Chile failed to sign the treaty.", "sign", "negated"),
    ("The two leaders managed to sign a pact.", "sign", "happened"),
    ("They left without signing a deal.", "signing", "negated"),
    ("The ministry denied that it had attacked the ship.", "attacked", "negated"),
    ("Chile agreed to release the prisoners.", "agreed", "happened"),
    ("Chile agreed to release the prisoners.", "release", "planned"),
    ("The envoys will meet in Lima on Friday.", "meet", "planned"),
    ("The president is scheduled to visit Lima.", "visit", "planned"),
    ("The minister said Chile would release the prisoners.", "release", "planned"),
    ("Peru may visit the plant.", "visit", "hypothetical"),
    ("If Chile attacks the port, the talks will end.", "attacks", "hypothetical"),
    ("Peru urged Chile to withdraw its troops.", "withdraw", "hypothetical"),
    ("The prime minister hopes to meet the queen.", "meet", "hypothetical"),
    ("Will Peru release the prisoners?", "release", "hypothetical"),
    ("Peru threatened to attack the port.", "attack", "threatened"),
    ("Chile vowed to attack the port.", "attack", "threatened"),
    ("Peru accused Chile of attacking the port.", "attacking", "alleged"),
    ("The army reportedly attacked the port.", "attacked", "alleged"),
    ("The planned summit has pleased both sides.", "summit", "planned"),
    ("Peru cancelled the summit.", "summit", "negated"),
    ("Peru called off the summit.", "summit", "negated"),
    ("Both want the treaty to last.", "treaty", "happened"),
    ("Chile condemned Peru for attacking the port.", "attacking", "happened"),
    ("Because Peru attacked the port, Chile will leave.", "attacked", "happened"),
    ("We will under no circumstances sign the pact.", "sign", "negated"),
    ("Peru chose to sign the pact.", "sign", "happened"),
    ("Not only did Peru sign the pact, it paid.", "sign", "happened"),
    ("The envoys did not meet to bargain, but rather to listen.", "meet", "happened"),
    ("The minister flew to Lima to meet the queen.", "meet", "happened"),
    ("Peru would have no problem meeting the envoy.", "meeting", "hypothetical"),
]


@pytest.mark.parametrize(("sentence", "word", "expected"), CASES)
def test_rules(parse: Parse, sentence: str, word: str, expected: str) -> None:
    doc = parse(sentence)
    token = next(token for token in doc if token.text == word)
    judgement = modality_of(token)
    assert judgement.modality == expected
    assert -3 <= judgement.factuality <= 3
    if judgement.cue is not None:
        assert 0 <= judgement.cue.start < judgement.cue.end <= len(sentence)


def test_negation_lowers_factuality(parse: Parse) -> None:
    yes = parse("Peru signed the accord.")
    no = parse("Peru did not sign the accord.")
    assert modality_of(yes[1]).factuality > 2 > 0 > modality_of(no[3]).factuality


def test_reporter_is_whose_word_it_is(parse: Parse) -> None:
    sentence = "The colonel claimed the rebels had attacked the dam."
    doc = parse(sentence)
    judgement = modality_of(next(token for token in doc if token.text == "attacked"))
    assert judgement.reporter is not None
    assert sentence[judgement.reporter.start : judgement.reporter.end] == "colonel"


@pytest.mark.parametrize(
    ("sentence", "word", "type_", "mode"),
    [
        ("Peru pulled out of the treaty.", "pulled", "SANCTION", "withdraw"),
        ("The envoys held talks in Lima.", "held", "CONSULT", None),
        ("The envoys spoke by phone.", "spoke", "CONSULT", "phone"),
        ("The navy held a drill off the coast.", "held", "MOBILIZE", "troops"),
        ("Chile called off the meeting.", "called", "REJECT", "meet"),
        ("Chile called for the release of two pilots.", "called", "REQUEST", "yield"),
        ("Peru restored the sanctions lifted in May.", "lifted", "RETREAT", None),
        ("Peru agreed to talks.", "agreed", "AGREE", None),
        ("Chile refused to lift the embargo.", "refused", "REJECT", "yield"),
        ("Chile vowed to retaliate.", "vowed", "THREATEN", "violence"),
        ("The refusal angered Lima.", "refusal", "REJECT", None),
    ],
)
def test_triggers(parse: Parse, sentence: str, word: str, type_: str, mode: str | None) -> None:
    match = match_trigger(next(token for token in parse(sentence) if token.text == word))
    assert match is not None
    assert (match.entry.type, match.entry.mode) == (type_, mode)


def test_no_trigger_in_everyday_words(parse: Parse) -> None:
    doc = parse("The weather in the valley was mild and the negotiating table stood empty.")
    assert not [token for token in doc if match_trigger(token)]


def test_any_tree_is_judged_quickly(parse: Parse) -> None:
    """Random trees of random labels: parsers err in ways nobody foresees, and no error may hang the walk."""
    vocab = parse("a").vocab
    chance = random.Random(7)
    words = "said that will not sign or meet if refused to talks call off and threaten plan deny before".split()
    labels = "conj ccomp xcomp advcl acl relcl nsubj dobj prep pobj pcomp aux neg mark compound amod cc prt".split()
    tags = ["VBD", "VB", "VBG", "VBN", "NN", "IN", "MD", "VBZ"]
    for _ in range(40):
        size = 40
        heads = [max(0, i - chance.randint(1, 3)) for i in range(size)]
        doc = Doc(
            vocab,
            words=[chance.choice(words) for _ in range(size)],
            tags=[chance.choice(tags) for _ in range(size)],
            pos=[chance.choice(["VERB", "NOUN", "AUX", "ADJ"]) for _ in range(size)],
            lemmas=[chance.choice(words) for _ in range(size)],
            heads=heads,
            deps=["ROOT"] + [chance.choice(labels) for _ in range(size - 1)],
        )
        for token in doc:
            assert -3 <= modality_of(token).factuality <= 3
            match_trigger(token)


def test_long_list_of_conjuncts(parse: Parse) -> None:
    doc = parse("They " + ", ".join(["met", "sang", "voted", "signed"] * 12) + " and left.")
    assert {modality_of(token).modality for token in doc if token.pos_ == "VERB"} == {"happened"}


def test_factuality_score_is_clipped() -> None:
    assert score([1, 2], {0: 1.0, 1: 9.0}) == 3.0
    assert score([1], {0: 1.0, 1: -9.0}) == -3.0
    assert score([5], {0: 1.0}) == 1.0


def test_scores_by_hand() -> None:
    result = score_factuality([3.0, -3.0], [3.0, 0.0])
    assert result is not None
    assert result.error == pytest.approx(1.5)
    assert result.correlation == pytest.approx(1.0)
    flat = score_factuality([3.0, -3.0], [3.0, 3.0])
    assert flat is not None and flat.correlation is None
    assert score_factuality([], []) is None
