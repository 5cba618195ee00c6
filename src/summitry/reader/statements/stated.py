"""Which attributions become statements: what somebody is reported to have said, not what somebody might say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.statements.attribution import Attribution
from summitry.reader.statements.lexicon import APPEARANCES, OPINIONS, VERB_ACTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

_MODALS: Final = frozenset({"would", "could", "might", "may", "should", "must", "can"})
# What stands under these was not said yet: "is expected to announce", "plans to tell".
_UNREAL: Final = frozenset(
    "want plan expect hope intend decline refuse fail ask urge like need seek try likely unlikely ready "
    "schedule prepare prefer "
    "set able unable willing unwilling poise due allow let require help wait aim consider decide".split()
)
_CONDITIONS: Final = frozenset({"if", "unless", "whether", "until", "should"})
# With a bare noun these tell what was done with it, not what was said: "disputed that account".
_DEALT: Final = frozenset(
    "dispute reject dismiss defend discuss talk speak repeat cite name tweet post brief address reply offer "
    "tell".split()
)
# Unless the words judge, these tell what somebody sees or goes through.
_SENSED: Final = frozenset({"see", "feel", "consider"})
# In the passive their subject is who hears or gets it.
_HEARD: Final = frozenset({"brief", "present"})
# With a question for content these tell the topic alone: "discussed how bad it might get".
_TOPICAL: Final = frozenset({"discuss", "address", "debate", "weigh", "explore"})
_QUESTIONS: Final = frozenset({"how", "whether", "what", "why", "when", "where", "just"})
# Clauses under these place an act in time: "hours after she announced the shift", "in announcing it".
_TIMES: Final = frozenset({"after", "before", "since", "when", "while", "as", "until"})
_PLACING: Final = frozenset({"in", "after", "before", "since", "upon", "on"})
# Nouns of words already told, taken up again: "echoed the sentiment".
_ECHOES: Final = frozenset({"echo", "share", "repeat"})
# Acts whose verbs tell a stand by themselves, on whatever short noun it is taken.
_STANCES: Final = frozenset({"praise", "accuse", "refuse", "deny", "threaten"})
# What somebody wants, knows or does: told of them by the reporter, with no words of theirs.
_UNSPOKEN: Final = frozenset(
    "want need prefer like know learn understand realize realise remember plan aim intend seek try struggle "
    "work mean tend require push resist calculate order file compare agree consider use ban send vote convince "
    "avoid display introduce impose put designate embrace renege focus refrain decide invite contradict have "
    "imagine chatter rule attack".split()
)
_UNNAMED: Final = re.compile(r"not to be (?:named|identified|quoted)|anonymity", re.IGNORECASE)
_NOTHING: Final = re.compile(r"(?:anything|nothing|something|little|more|much)\b", re.IGNORECASE)
_LONGEST_UNSAID: Final = 40
"""Code points; more words than these tell what it was after all."""
SHORTEST: Final = 10
"""Code points; without quotation marks less is a question word or a pronoun, no words of anybody."""
SURE: Final = 0.5
"""Probability from which words without source or quotation marks become a row."""
HELD: Final = 0.8
"""Probability from which a stand ("opposes") becomes a row: on the development gold 24 of 38 stands above it are
statements, below it 2 of 20."""


def stated(attributions: Sequence[Attribution], doc: Doc | None = None) -> tuple[Attribution, ...]:
    """The attributions that become statement rows, in order.

    Utterances; opinions with somebody who holds them ("believes that ..."); and stands somebody is told to take
    ("opposes", "defended", "agreed to") where the model is sure. A report has these from something that was said. What
    merely looks so to the reporter ("seemed", "shows") stays out. With ``doc``, what was not said after all is left out
    too: denied, conditional or still to come.

    The stands are a twentieth of the rows in negotiation news, and lift the sentence F of the rows on held-out PolNeAR
    documents from .80 to .82 and their source F from .66 to .69. Letting in every attitude from 0.5 on reaches .85
    there, with more rows that are no statements: the bound is a choice between the two, not an optimum, since no gold
    here measures the precision of rows. Their rows carry half the confidence.
    """
    return tuple(a for a in attributions if _counts(a) and (doc is None or _happened(a, doc)))


def _counts(attribution: Attribution) -> bool:
    short = sum(s.end - s.start for s in attribution.content_spans) < SHORTEST
    if attribution.quote_type == "indirect" and ((short and not _stance(attribution)) or attribution.cue == ":"):
        return False  # "Editorial: ...", a heading
    if attribution.kind == "utterance":
        # Words of nobody, without quotation marks, are seldom a statement ("no details were confirmed").
        return (
            attribution.quote_type != "indirect"
            or attribution.source_span is not None
            or attribution.confidence >= SURE
        )
    if attribution.source_span is None or attribution.cue in APPEARANCES:
        return False
    return attribution.confidence >= (SURE if attribution.cue in OPINIONS else HELD)


def _stance(attribution: Attribution) -> bool:
    """Whether the cue tells a stand by itself, however short what it is taken on: "welcomed it"."""
    return attribution.source_span is not None and VERB_ACTS.get(attribution.cue or "") in _STANCES


def _happened(attribution: Attribution, doc: Doc) -> bool:
    if attribution.head is None or attribution.quote_type == "direct":
        return True
    head = doc[attribution.head]
    if attribution.quote_type == "indirect" and (_unspoken(attribution, head) or _empty(attribution, doc)):
        return False
    if head.pos_ not in ("VERB", "AUX"):
        return True
    for child in head.children:
        if child.dep_ == "auxpass" and attribution.cue in _HEARD:
            return False  # "was briefed on the launch"
        if child.dep_ == "prt" and child.lower_ == "off":
            return False  # "called off the meeting"
        if child.dep_ == "neg" or (child.dep_ == "mark" and child.lower_ in _CONDITIONS):
            return False
        if child.dep_ == "aux" and child.lower_ in _MODALS and not _perfect(head):
            return False
    return not _unreal(head)


def _unspoken(attribution: Attribution, head: Token) -> bool:
    """Whether the cue tells a state of mind or a deed, and no clause says what was said: "wants them to leave"."""
    if attribution.cue not in _UNSPOKEN or head.pos_ not in ("VERB", "AUX"):
        return False
    return attribution.kind == "attitude" or not any(
        child.dep_ == "ccomp" and child.tag_ in ("VBD", "VBZ", "VBP") for child in head.children
    )


def _empty(attribution: Attribution, doc: Doc) -> bool:
    """Whether the content tells no words: a bare noun that was dealt with, or that nothing was told."""
    first, last = attribution.content_spans[0], attribution.content_spans[-1]
    tokens = doc.char_span(first.start, last.end, alignment_mode="expand")
    if tokens is None:
        return False
    short = last.end - first.start <= _LONGEST_UNSAID
    if short and _UNNAMED.match(tokens.text):
        return True
    head = doc[attribution.head] if attribution.head is not None else None
    bare = all(token.pos_ not in ("VERB", "AUX") or token.dep_ == "amod" for token in tokens)
    if attribution.cue in _TOPICAL and tokens[0].lower_ in _QUESTIONS:
        return True
    if attribution.cue in _SENSED and attribution.kind == "attitude" and not _judges(tokens):
        return True
    if bare and short and (attribution.cue in _ECHOES or (head is not None and _placing(head))):
        return True
    return bare and (attribution.cue in _DEALT or (short and _NOTHING.match(tokens.text) is not None))


def _judges(tokens: Tokens) -> bool:
    """Whether words under a verb of seeing or feeling tell how something is judged: "sees it as ...", "feel that"."""
    return any(
        token.lower_ in ("as", "that") or (token.tag_ in ("VBD", "VBZ", "VBP") and token.dep_ not in ("relcl", "acl"))
        for token in tokens
    )


def _placing(verb: Token) -> bool:
    """Whether a verb only places another clause in time."""
    if verb.dep_ == "advcl" and any(c.dep_ in ("mark", "advmod") and c.lower_ in _TIMES for c in verb.children):
        return True
    return verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in _PLACING


def _perfect(verb: Token) -> bool:
    return any(child.lower_ in ("have", "has", "had") for child in verb.children if child.dep_ == "aux")


def _unreal(verb: Token) -> bool:
    """Whether an infinitive hangs on a word that leaves it open."""
    if verb.tag_ != "VB" or not any(child.lower_ == "to" for child in verb.children):
        return False
    governor = verb.head
    return governor.i != verb.i and governor.lemma_.lower() in _UNREAL
