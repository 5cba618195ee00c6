"""Noun phrases without a name that stand for somebody: offices, institutions, groups, collectives, pronouns."""

from __future__ import annotations

from typing import Final

from summitry.reader.mentions.lexicon import ANONYMOUS, BODY, COMMON_BODY, STATE_BODY
from summitry.reader.mentions.phrases import Candidate, Ground, Sort, anonymous, phrase
from summitry.reader.mentions.scene import Scene
from summitry.reader.mentions.titles import office_noun

_PERSONAL: Final = frozenset("he she him her his hers himself herself".split())
_PLURAL: Final = frozenset("they them their theirs themselves".split())
_NEUTER: Final = frozenset("it its itself".split())
_FIRST: Final = frozenset("i me my mine myself we us our ours ourselves".split())
_COUNT: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "neither": 2, "either": 2, "each": 2}
_SIDES: Final = frozenset(
    "side country nation leader party state government korea neighbor neighbour ally president minister "
    "delegation team capital power foe rival enemy adversary negotiator envoy head people superpower "
    "economy counterpart diplomat chief man premier partner official republic".split()
)
_PAIR: Final = frozenset("pair duo allies sides parties rivals neighbors neighbours foes adversaries trio".split())
_EPITHET: Final = frozenset("regime country nation kingdom republic".split())
# Words that stand for an organisation named before: "the group".
_AGAIN: Final = frozenset("group movement union alliance company bloc watchdog tribunal panel coalition".split())
_ONE_OF: Final = frozenset("side country party leader nation government".split())
# Office words that in lower case are mostly something else.
_NO_OFFICE: Final = frozenset("general lead head chair host peer major".split())
_COMPASS: Final = frozenset("north south east west".split())


def find_candidates(ground: Ground) -> tuple[Candidate, ...]:
    """All such phrases, in text order of their heads."""
    scene, taken = ground.scene, ground.taken
    found: list[Candidate] = []
    for at in range(len(scene)):
        if taken[at]:
            continue
        tag = scene.tag[at]
        if tag in ("PRP", "PRP$"):
            candidate = _pronoun(scene, at)
        elif tag in ("WP", "WDT", "WP$"):
            candidate = _relative(scene, at)
        elif tag in ("NN", "NNS", "NNP", "NNPS", "CD", "JJ", "DT"):
            candidate = _noun(ground, at)
        else:
            continue
        if candidate is not None:
            found.append(candidate)
    return tuple(found)


def _pronoun(scene: Scene, at: int) -> Candidate | None:
    low = scene.low[at]
    sort: Sort
    if low in _PERSONAL:
        sort = "person"
    elif low in _PLURAL:
        sort = "they"
    elif low in _NEUTER:
        if scene.dep[at] == "expl":
            return None
        sort = "it"
    elif low in _FIRST:
        if scene.text[at].isupper() and len(low) == 2:
            return None
        sort = "speaker"
    else:
        return None
    return Candidate(at, at, at, sort, low, plural=sort == "they")


def _relative(scene: Scene, at: int) -> Candidate | None:
    """ "who", "which" of a relative clause, owned by the noun the clause hangs on."""
    verb = scene.head[at]
    if scene.dep[verb] not in ("relcl", "acl"):
        verb = scene.head[verb]
    if scene.dep[verb] != "relcl" or scene.head[verb] >= at or at - scene.head[verb] > 30:
        return None
    return Candidate(at, at, at, "relative", scene.low[at], owner=scene.head[verb])


def _noun(ground: Ground, at: int) -> Candidate | None:
    scene, cover, taken = ground.scene, ground.cover, ground.taken
    low = scene.low[at]
    collective = _collective(scene, at) if cover.at[at] < 0 else None
    if collective is not None:
        return collective
    if cover.at[at] >= 0 or scene.pos[at] not in ("NOUN", "PROPN"):
        return None
    if low in _COMPASS:
        return _compass(ground, at)
    if scene.dep[at] == "compound" and scene.head[at] > at and not taken[scene.head[at]]:
        follower = scene.head[at]
        # "ministry spokesman" is read at "spokesman"; "the regime change" at nothing.
        if office_noun(scene, follower) or scene.low[follower] in BODY or follower - at == 1:
            return None
    if at + 1 < len(scene) and scene.text[at + 1] == "-" and not scene.space[at]:
        # "state-run", "government-backed"
        return None
    noun = office_noun(scene, at)
    if noun is not None and low not in _NO_OFFICE:
        return phrase(ground, at, noun, "office")
    if low in ANONYMOUS:
        return anonymous(ground, at)
    single = scene.lemma[at] if scene.tag[at] in ("NNS", "NNPS") else low
    if low in _EPITHET and scene.tag[at] in ("NN", "NNP") and scene.dep[at] != "compound":
        return phrase(ground, at, low, "epithet")
    if low in COMMON_BODY or low in STATE_BODY or low in _AGAIN or single in COMMON_BODY or single in STATE_BODY:
        return phrase(ground, at, low if low in BODY else single, "body")
    return None


def _compass(ground: Ground, at: int) -> Candidate | None:
    """ "the North", "the South's": a state by its side of a border, decided by the states of the text."""
    scene = ground.scene
    if not scene.text[at][0].isupper() or at + 2 >= len(scene):
        return None
    if scene.low[at + 1] == "and" and scene.low[at + 2] in _COMPASS and ground.cover.at[at + 2] >= 0:
        # "North and South Korea"
        return Candidate(at, at, at, "compass", scene.low[at], definite=True)
    if at == 0 or scene.low[at - 1] != "the":
        return None
    follows = scene.pos[at + 1]
    if follows in ("PROPN",) and scene.space[at] and scene.text[at + 1][0].isupper():
        return None
    return Candidate(at - 1, at, at, "compass", scene.low[at], definite=True)


def _collective(scene: Scene, at: int) -> Candidate | None:
    low = scene.low[at]
    if low in ("two", "both") and scene.dep[at] in ("nsubj", "nsubjpass", "pobj", "poss"):
        before = scene.low[at - 1] if at else ""
        follows = scene.low[at + 1] if at + 1 < len(scene) else ""
        if follows != "of" and (before == "the" or (low == "both" and scene.dep[at] == "nsubj")):
            first = at - (low == "two")
            return Candidate(first, at, at, "collective", "pair", plural=True, definite=True, count=2)
    if low in _PAIR and at and scene.low[at - 1] == "the":
        return Candidate(at - 1, at, at, "collective", low, plural=True, definite=True, count=3 if low == "trio" else 2)
    lemma = scene.lemma[at]
    single = lemma if lemma in _SIDES else low.rstrip("s") if low.rstrip("s") in _SIDES else None
    if single is None:
        return None
    step = at - 1
    while step >= 0 and at - step <= 4 and scene.pos[step] in ("ADJ", "NOUN") and scene.low[step] not in _COUNT:
        step -= 1
    if step < 0 or scene.low[step] not in _COUNT:
        return None
    word = scene.low[step]
    before = scene.low[step - 1] if step else ""
    if scene.pos[step] == "NUM" and before not in ("the", "these", "those", "all", "between", "its", "their"):
        return None
    if word in ("each", "either", "neither") and single not in _ONE_OF:
        return None
    first = step - 1 if before in ("the", "these", "those", "all") else step
    return Candidate(first, at, at, "collective", single, plural=True, definite=True, count=_COUNT[word])
