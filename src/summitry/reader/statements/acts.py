"""What is done by saying it: the cue decides, and where the cue is neutral, the words."""

from __future__ import annotations

import re
from typing import Final

from summitry.reader.statements.attribution import Attribution
from summitry.reader.statements.lexicon import NOUN_ACTS, VERB_ACTS
from summitry.vocabulary import SpeechAct

_ASK: Final = re.compile(r"\?[\"'”’]?\s*$")
_DENY: Final = re.compile(
    r"^(?:that )?(?:it|this|that|the (?:report|claim|allegation|accusation)s?|\w+) (?:is|are|was|were) "
    r"(?:not true|untrue|false|baseless|groundless|fabricated|nonsense)\b|\bdenied\b",
    re.IGNORECASE,
)
_OWN: Final = r"(?:we|i|he|she|it|they|(?:the|his|her|its|their|our) \w+(?: \w+)?|[A-Z][\w.]+)"
_REFUSE: Final = re.compile(
    rf"^(?:that )?{_OWN} (?:(?:will|would|can|could|shall) (?:not|never)|won't|can't|cannot|won’t|can’t)\b"
    rf"|^(?:that )?{_OWN} (?:is|are|am|was|were|has|have|had)(?: not|n't|n’t) "
    r"(?:interested|willing|prepared|ready|going to)\b"
    r"|\bno intention of\b",
    re.IGNORECASE,
)
_DEMAND: Final = re.compile(
    r"^(?:\S+ ){0,8}?"
    r"(?:must|should|ought to|has to|have to|needs? to|had better|it is (?:necessary|essential|imperative|time))\b",
    re.IGNORECASE,
)
_PROMISE: Final = re.compile(
    r"^(?:that )?(?:we|i|he|she|they|it)(?: will|'ll|’ll| would| shall) (?!not\b|never\b|be (?:hard|difficult)\b)",
    re.IGNORECASE,
)
_PREDICT: Final = re.compile(
    r"^(?!.*\bhope)(?:\S+ ){0,12}?(?:will|is going to|are going to|is likely to|are likely to|is expected to)\b",
    re.IGNORECASE,
)
_CONSEQUENCE: Final = re.compile(
    r"\b(?:if|unless|consequences?|retaliat\w+|respon[ds]\w*|punish\w*|destroy\w*|attack\w*|strike|force)\b",
    re.IGNORECASE,
)
_MAY: Final = re.compile(r"\b(?:could|might|may|would)\b", re.IGNORECASE)
_CALLS: Final = re.compile(r"\bcall(?:s|ed|ing)? (?:\w+ )?(?:for|on|upon)\b", re.IGNORECASE)
_NEUTRAL: Final = frozenset(
    {"say", "tell", "add", "state", "write", "declare", "continue", "according to", ":", "tweet"}
)


def act_of(attribution: Attribution, cue_words: str, words: str) -> SpeechAct:
    """The speech act of an attribution, from its cue (as written: ``cue_words``) and its content (``words``)."""
    cue = attribution.cue or ""
    if _CALLS.search(cue_words):
        return "demand"
    act = VERB_ACTS.get(cue) or NOUN_ACTS.get(cue)
    if act is None and " " in cue_words:
        # "issued a warning", "made a promise": the noun carries the act.
        nouns = (NOUN_ACTS.get(word.lower().rstrip("s")) for word in re.findall(r"\w+", cue_words))
        act = next((found for found in nouns if found and found != "state"), None)
    if cue in ("warn", "caution", "warning") and not _CONSEQUENCE.search(words):
        # A warning of what may come is no threat of what the speaker will do.
        return "predict" if _PREDICT.search(words) or _MAY.search(words) else "state"
    if cue == "agree" and not words.startswith("to "):
        return "state"
    if act is not None and act != "state" and cue not in _NEUTRAL:
        return act
    return _by_content(words.strip(" \"'“”‘’")) if act is None or cue in _NEUTRAL else act


def _by_content(words: str) -> SpeechAct:
    if _ASK.search(words):
        return "ask"
    if _DENY.search(words):
        return "deny"
    if _REFUSE.search(words):
        return "refuse"
    if _DEMAND.search(words):
        return "demand"
    if _PROMISE.search(words):
        return "promise"
    if _PREDICT.search(words):
        return "predict"
    return "state"
