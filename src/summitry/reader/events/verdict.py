"""Judgements passed in public: "called the offer absurd", "described the move as good news", "said it was a mistake".

To call another's act bad is to accuse, to call it good is to support; the words of praise and blame are those of
everyday English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.arguments import objects
from summitry.reader.triggers import TriggerEntry, TriggerMatch

if TYPE_CHECKING:
    from spacy.tokens import Token

_RECIPIENTS: Final = ("of", "from", "by", "with", "on")
_BLAME: Final = TriggerEntry("call", "V", "ACCUSE", "disapprove", "directed", _RECIPIENTS)
_PRAISE: Final = TriggerEntry("call", "V", "SUPPORT", None, "directed", _RECIPIENTS)

_DENIAL: Final = TriggerEntry("call", "V", "REJECT", None, "directed", _RECIPIENTS)
# What a party is charged with: to call it baseless is to deny it, which PLOVER's manual lets count as REJECT (016).
_CHARGED: Final = frozenset("allegation accusation claim charge lawsuit complaint".split())

_JUDGING: Final = frozenset("call describe brand label dub term characterize characterise decry depict portray".split())

BAD: Final = re.compile(
    r"\b(?:absurd|appalling|awful|bad|baseless|brutal|catastroph\w+|coward\w+|crazy|criminal|cynical|dangerous|"
    r"deceitful|delusional|deplorable|despicable|destabili[sz]ing|disappoint\w+|disast\w+|disgrac\w+|dishonest|"
    r"disturbing|embarrass\w+|evil|fail(?:ed|ure)|false|fatally|flawed|fool\w*|gangster\w*|horrible|horrific|"
    r"hostile|humiliat\w+|hypocri\w+|idiot\w*|illegal|illegitimate|immoral|inexcusable|insan\w+|insincere|insult\w*|"
    r"irresponsible|lie|liar|ludicrous|lunatic|mad(?:man|ness)|malicious|mistake\w*|murderous|naive|negative|"
    r"nonsense|outrag\w+|provocati\w+|reckless|regrettable|repugnant|ridiculous|rogue|savage|shame\w*|stupid\w*|"
    r"tyrant|terrible|troubl\w+|unacceptable|unfair|unfounded|unjust\w*|unlawful|unreasonable|violation|worse|worst|"
    r"wrong|dictator|dummy|dotard|terrorist|warmonger\w*)\b",
    re.IGNORECASE,
)
GOOD: Final = re.compile(
    r"\b(?:admirable|big step|breakthrough|brave|constructive|courageous|encouraging|excellent|fair|"
    r"good (?:news|step|sign|deal|start|thing)|great|helpful|historic|honou?rable|landmark|meaningful|positive|"
    r"praiseworthy|productive|progress|promising|remarkable|right (?:decision|step|direction|thing)|significant|"
    r"smart|statesman\w*|step forward|success\w*|terrific|tremendous|valuable|victory|welcome|wise|wonderful)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(r"\b(?:not?|never|n't|hardly|nothing|far from)\b", re.IGNORECASE)
_ASKING: Final = frozenset({"on", "upon", "for"})
_OPENING: Final = frozenset({'"', "“", "‘", "``"})
_CLOSING: Final = frozenset({'"', "”", "’", "''"})
_WINDOW: Final = 24
"""Tokens behind the verb in which the verdict stands; what is further away belongs to another clause."""


def judged(words: str) -> str | None:
    """``ACCUSE`` for words of blame, ``SUPPORT`` for words of praise, None for neither, both or a denial."""
    bad, good = BAD.search(words), GOOD.search(words)
    if (bad is None) == (good is None) or _DENIED.search(words):
        return None
    return "ACCUSE" if bad is not None else "SUPPORT"


def match_verdict(token: Token) -> TriggerMatch | None:
    """The blame or praise in "call X bad", "describe X as good", or None."""
    if token.pos_ != "VERB" or token.lemma_.lower() not in _JUDGING:
        return None
    if any(c.dep_ == "prep" and c.lower_ in _ASKING for c in token.children):
        return None  # "called on", "called for"
    words = _verdict(token)
    type_ = judged(words) if words else None
    if type_ is None:
        return None
    if type_ == "ACCUSE" and any(head.lemma_.lower() in _CHARGED for head in objects(token)):
        return TriggerMatch(_DENIAL, token, ())
    return TriggerMatch(_BLAME if type_ == "ACCUSE" else _PRAISE, token, ())


def _verdict(token: Token) -> str:
    """The words of the verdict: what is quoted behind the verb, else what stands behind "as", else the predicate."""
    doc = token.doc
    right = [doc[i] for i in range(token.i + 1, min(token.sent.end, token.i + _WINDOW))]
    opened = next((n for n, t in enumerate(right) if t.text in _OPENING), None)
    if opened is not None and not any(t.text in ",;:" for t in right[:opened]):
        closed = next((n for n, t in enumerate(right) if n > opened and t.text in _CLOSING), len(right))
        return " ".join(t.text for t in right[opened + 1 : closed])
    if token.lemma_.lower() != "call":
        told = next((n for n, t in enumerate(right) if t.lower_ == "as"), None)
        return "" if told is None else _up_to_comma(right[told + 1 :])
    inside = [c for c in token.children if c.dep_ in {"oprd", "acomp", "xcomp", "attr"} and c.i > token.i]
    return " ".join(t.text for part in inside for t in part.subtree)


def _up_to_comma(tokens: Sequence[Token]) -> str:
    until = next((n for n, t in enumerate(tokens) if t.text in ",;:."), len(tokens))
    return " ".join(t.text for t in tokens[:until])
