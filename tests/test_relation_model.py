"""The relation model: offsets, laws, a fit on invented sentences, the folds of the benchmark, the scorer."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality.relation import folds_of
from summitry.errors import UsageError
from summitry.evaluate.relation import GoldRelation, score_relations, unmark
from summitry.reader.plover import PLV_ROOTS, quad_of
from summitry.reader.relation import RelationModel, code_relation
from summitry.reader.relation.fit import fit, fit_temperature
from summitry.reader.relation.words import marked, stem, words_of


def coded(sentence: str, source: str, target: str) -> str:
    start, end = sentence.index(source), sentence.index(target)
    return code_relation(sentence, (start, start + len(source)), (end, end + len(target))).plover


@pytest.mark.parametrize(
    ("sentence", "source", "target", "root"),
    [
        ("Peru condemned Chile for the raid on its embassy.", "Peru", "Chile", "ACCUSE"),
        ("Oslo was condemned by the islanders for the raid.", "the islanders", "Oslo", "ACCUSE"),
        ("The envoy held talks with Omani officials in Muscat.", "The envoy", "Omani officials", "CONSULT"),
        ("Kenya has rejected a proposal by Somalia to redraw the border.", "Kenya", "Somalia", "REJECT"),
        ("Norway agreed to hold talks with Malawi next month.", "Norway", "Malawi", "AGREE"),
        ("Gunmen attacked a convoy of the army near the dam.", "Gunmen", "the army", "ASSAULT"),
        ("Police arrested the opposition leader at the airport.", "Police", "the opposition leader", "COERCE"),
        ("Quito threatened to impose sanctions on Lima.", "Quito", "Lima", "THREATEN"),
    ],
)
def test_plain_sentences(sentence: str, source: str, target: str, root: str) -> None:
    assert coded(sentence, source, target) == root


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, 99)])
def test_offsets_that_are_off(span: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match=r"source is .* allowed"):
        code_relation("Peru met Chile.", span, (9, 14))
    with pytest.raises(UsageError, match="target is"):
        code_relation("Peru met Chile.", (0, 4), span)


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=80), st.data())
def test_any_text_has_a_code(sentence: str, data: st.DataObject) -> None:
    spans = [sorted(data.draw(st.tuples(*[st.integers(0, len(sentence))] * 2))) for _ in range(2)]
    (a, b), (c, d) = [(low, high) if low < high else (0, len(sentence)) for low, high in spans]
    code = code_relation(sentence, (a, b), (c, d))
    assert code.plover in PLV_ROOTS
    assert code.quad == quad_of(code.plover)
    assert [root for root, _ in code.probabilities] == list(PLV_ROOTS)
    assert sum(p for _, p in code.probabilities) == pytest.approx(1)
    assert code == code_relation(sentence, (a, b), (c, d))


def test_many_are_as_one_by_one_and_fast() -> None:
    model = RelationModel.load()
    sentence = "Peru accused Chile of delay, and Bolivia thanked Peru for its offer of more talks on the canal."
    triples = [(sentence, (0, 4), (13, 18)), (sentence, (33, 40), (49, 53)), ("Peru met Chile.", (0, 4), None)]
    assert model.code_many(triples) == [model.code(words_of(s), a, b) for s, a, b in triples]
    start = time.process_time()
    model.code_many(triples * 100)
    assert (time.process_time() - start) / 300 < 0.005  # measured 0.0003; room for a busy machine


def test_direction_counts() -> None:
    stems, source, target = marked(words_of("Peru met the Chilean team."), (9, 25), (0, 4))
    assert stems == ["<T>", "meet", "<S>", "."]
    assert (source, target) == (2, 0)


@pytest.mark.parametrize("forms", ["accuse accuses accused accusing", "stop stops stopped stopping", "meet met meets"])
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_fit_learns_invented_sentences() -> None:
    triples = []
    roots = []
    for name in ("Arna", "Belm", "Corv", "Dusk", "Eltz", "Fenn"):
        for words, root in ((" zorbed ", "AID"), (" quelled ", "COERCE"), (" wimbled ", "REQUEST")):
            sentence = name + words + "Gant."
            triples.append((sentence, (0, 4), (len(name + words), len(name + words) + 4)))
            roots.append(root)
    model = fit(triples, roots)
    assert model.code(words_of("Host zorbed Gant."), (0, 4), (12, 16)).plover == "AID"
    assert fit(triples, roots).weights.tobytes() == model.weights.tobytes()


def test_temperature_is_higher_where_scores_are_right() -> None:
    scores = np.eye(15)
    right = np.arange(15)
    assert fit_temperature(scores, right) > fit_temperature(scores, (right + (right % 2)) % 15)


def test_equal_sentences_share_a_fold() -> None:
    gold = [GoldRelation(f"sentence {i % 30}", None, None, PLV_ROOTS[i % 30 % 3], 1) for i in range(60)]
    folds = folds_of(gold)
    assert folds[:30] == folds[30:]
    assert set(folds) == set(range(5))


def test_unmark_keeps_offsets() -> None:
    plain, source, target = unmark("Then <s>Peru </s>met <t>Chile</t> and <t>Chile</t>.")
    assert plain == "Then Peru met Chile and Chile."
    assert source is not None and target is not None
    assert plain[slice(*source)] == "Peru"
    assert target == (14, 19)
    assert unmark("<s>Peru</s> spoke.")[2] is None


def test_score_by_hand() -> None:
    gold = [GoldRelation("a", None, None, root, quad_of(root)) for root in ("AID", "AID", "ACCUSE")]
    score = score_relations(gold, [("AID", 2), ("ACCUSE", 3), ("ACCUSE", 3)])
    assert score is not None
    assert score.root_f1 == pytest.approx(100 * 2 / 3)
    assert score.accuracy == pytest.approx(100 * 2 / 3)
    assert score_relations([], []) is None
