"""Predicates by which parties take a stand, and the words that bring further parties into one.

Verbs by lemma, written by hand from the verbs of saying and of stance in English; the lexicon of cues of statements is
the base, this adds stance and leaves out sounds and manner.
"""

from __future__ import annotations

from typing import Final

from summitry.reader.propositions.proposition import Act, Role
from summitry.reader.statements.lexicon import VERB_ACTS
from summitry.vocabulary import SpeechAct

# What the acts of cues amount to as stands.
_OF_CUE: Final[dict[SpeechAct, Act]] = {
    "state": "say",
    "demand": "demand",
    "offer": "offer",
    "refuse": "refuse",
    "threaten": "threaten",
    "promise": "promise",
    "accuse": "oppose",
    "praise": "support",
    "predict": "say",
    "ask": "demand",
    "deny": "say",
}

_STANDS: Final[dict[Act, str]] = {
    "say": (
        "highlight express support_that voice raise caution identify question query note recall lament share draw call "
        "view consider believe doubt hope expect fear clarify specify introduce present ask wonder"
    ),
    "demand": (
        "demand urge request call insist press push pressure require ask appeal encourage exhort implore seek recommend"
    ),
    "propose": "propose suggest recommend prefer favor favour advocate move table submit",
    "offer": "offer volunteer invite",
    "support": (
        "support back endorse welcome commend applaud favor favour champion uphold echo second praise thank appreciate "
        "defend"
    ),
    "oppose": "oppose object disagree disapprove resist protest dispute contest challenge criticize criticise condemn "
    "denounce deplore regret",
    "reject": "reject dismiss rebuff spurn repudiate veto",
    "accept": "accept agree approve concur consent adopt",
    "refuse": "refuse decline",
    "promise": "promise pledge vow commit undertake guarantee",
    "threaten": "threaten warn",
    "want": "want desire wish",
    "withdraw": "withdraw retract rescind",
}

_NOUNS: Final[dict[Act, str]] = {
    "say": "statement remark comment concern view",
    "demand": "demand call request appeal insistence push bid",
    "propose": "proposal suggestion recommendation",
    "offer": "offer",
    "support": "support endorsement",
    "oppose": "opposition objection",
    "reject": "rejection",
    "refuse": "refusal",
    "promise": "promise pledge vow commitment",
    "threaten": "threat",
}

# Cues that are thoughts, manner or sound rather than a stand, or words with a commoner sense of another kind.
_NOT: Final = frozenset(
    "go put begin continue speak talk see make give hold use have be hear find show learn play air read sign issue "
    "release publish deliver name list address document wire cable text email post point spell sum answer lobby "
    "charge order credit rip lash hammer attack float estimate swear project respond broadcast report "
    "reference detail describe discuss mention cite quote lay press brief assess reason remind inform notify "
    "interrupt cry conclude".split()
)


def _verbs() -> dict[str, Act]:
    """Lemma to act; a stand's own list goes before the cue lexicon."""
    table: dict[str, Act] = {}
    for act, words in _STANDS.items():
        for word in words.split():
            if "_" not in word:
                table.setdefault(word, act)
    # "recommend" and "favour" are listed twice above; how strong they are is the later list's business.
    table.update({"recommend": "propose", "favor": "support", "favour": "support", "invite": "offer", "ask": "demand"})
    for lemma, cue in VERB_ACTS.items():
        if lemma not in _NOT and "_" not in lemma:
            table.setdefault(lemma, _OF_CUE[cue])
    return table


VERBS: Final = _verbs()
NOUNS: Final[dict[str, Act]] = {word: act for act, words in _NOUNS.items() for word in words.split()}


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


# Past forms, for words that the parser takes for an adjective or a participle: "A, supported by B, preferred ...".
PAST: Final[dict[str, str]] = {
    **{_past(lemma): lemma for lemma in VERBS},
    "said": "say",
    "preferred": "prefer",
    "committed": "commit",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "sought": "seek",
    "told": "tell",
    "admitted": "admit",
    "submitted": "submit",
    "swore": "swear",
    "wrote": "write",
}

# Verbs whose object is who is to act, and whose infinitive is what is to be done.
ADDRESSING: Final = frozenset("urge ask request call invite encourage exhort implore press appeal advise".split())
CALLING: Final = frozenset({"for", "on", "upon"})
"""Behind "call" these make it a demand."""
# Words for oneself: who says that it did an act has done it.
OWN: Final = frozenset({"it", "he", "she", "they", "we", "i"})
# Acts that a saying of one's own only reports: "said that it did not approve of ...".
REPORTED: Final[frozenset[Act]] = frozenset({"support", "oppose", "reject", "accept", "withdraw"})

MARKERS: Final[tuple[tuple[tuple[str, ...], Role], ...]] = (
    (("supported", "by"), "supporter"),
    (("backed", "by"), "supporter"),
    (("joined", "by"), "supporter"),
    (("seconded", "by"), "supporter"),
    (("echoed", "by"), "supporter"),
    (("endorsed", "by"), "supporter"),
    (("supporting",), "supporter"),
    (("opposed", "by"), "opponent"),
    (("opposing",), "opponent"),
    (("contested", "by"), "opponent"),
    (("challenged", "by"), "opponent"),
    (("countered", "by"), "opponent"),
    (("speaking", "on", "behalf", "of"), "behalf"),
    (("on", "behalf", "of"), "behalf"),
    (("speaking", "for"), "behalf"),
    (("in", "the", "name", "of"), "behalf"),
    (("representing",), "behalf"),
    (("for",), "behalf"),
    (("along", "with"), "joint"),
    (("together", "with"), "joint"),
    (("as", "well", "as"), "joint"),
    (("with",), "joint"),
    (("including",), "joint"),
)
"""Longer ones first where one begins as another."""

TOPICS: Final = frozenset("on regarding concerning".split())
"""Words that bring in, before the subject, what a point is about."""
