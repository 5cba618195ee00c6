"""The judgement handed to others: modality, the words that decided it, and a factuality score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.reader.modality.factuality import factuality_of
from summitry.reader.modality.local import Verdict
from summitry.reader.modality.walk import judge
from summitry.vocabulary import Modality, Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class ModalityJudgement:
    """Whether an act took place, as its sentence tells it.

    Attributes:
        modality: happened, planned, threatened, hypothetical, negated or alleged.
        cue: the words that decided it, code points of the parsed text; None where nothing did ("happened").
        rule: name of the rule.
        factuality: -3 (certainly not) to +3 (certainly), the scale of FactBank's continuation by Lee et al. (2015).
        reporter: the head word of whoever's word it is ("said", "claimed" and the like above the act), or None.
    """

    modality: Modality
    cue: Span | None
    rule: str
    factuality: float
    reporter: Span | None = None


def _span(token: Token | None) -> Span | None:
    return None if token is None else Span(token.idx, token.idx + len(token))


def modality_of(token: Token) -> ModalityJudgement:
    """Judge the act that ``token`` (a verb, noun or adjective of a parsed ``Doc``) names."""
    verdict: Verdict = judge(token)
    return ModalityJudgement(
        verdict.modality, _span(verdict.cue), verdict.rule, factuality_of(token, verdict), _span(verdict.reporter)
    )
