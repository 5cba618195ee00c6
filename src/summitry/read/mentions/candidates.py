"""Noun phrases without a name that stand for somebody: offices, institutions, groups, collectives, pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from summitry.read.mentions.cover import Cover
from summitry.read.mentions.lexicon import ANONYMOUS, BODY, CALENDAR, COMMON_BODY, OFFICE, SAYING, STATE_BODY
from summitry.read.mentions.scene import Scene
from summitry.read.mentions.titles import FORMER, office_noun

Sort = Literal["person", "they", "it", "speaker", "collective", "body", "office", "epithet", "compass"]

_PERSONAL: Final = frozenset("he she him her his hers himself herself".split())
_PLURAL: Final = frozenset("they them their theirs themselves".split())
_NEUTER: Final = frozenset("it its itself".split())
_FIRST: Final = frozenset("i me my mine myself we us our ours ourselves".split())
_COUNT: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "neither": 2, "either": 2, "each": 2}
_SIDES: Final = frozenset(
    "side country nation leader party state government korea neighbor neighbour ally president minister delegation team "
    "capital power foe rival enemy adversary negotiator envoy head people superpower economy counterpart diplomat chief "
    "man premier partner official republic".split()
)
_PAIR: Final = frozenset("pair duo allies sides parties rivals neighbors neighbours foes adversaries trio".split())
_EPITHET: Final = frozenset("regime country nation kingdom republic state".split())
_COMPASS: Final = frozenset("north south east west".split())
# Tails that belong to a description: "an official of the presidential office", "officials in Seoul".
_TAIL: Final = frozenset("of from at in with for inside within to on".split())
_KNOWING: Final = frozenset("familiar close briefed knowledgeable with involved".split())
# What a description may be made of, walking left from its head.
_LEFT: Final = frozenset("DET ADJ NOUN PROPN NUM ADV".split())
_STRETCH: Final = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may stand for somebody. Tokens ``first`` to ``last``, both included; ``head`` its noun.

    ``noun`` is the head, singular; ``state`` the state the words name; ``owner`` the token of a possessive pronoun or
    name that leads it (-1: none); ``count`` how many a collective has; ``private``: of a firm, a university, a newspaper.
    """

    first: int
    last: int
    head: int
    sort: Sort
    noun: str
    state: str | None = None
    owner: int = -1
    definite: bool = False
    plural: bool = False
    former: bool = False
    private: bool = False
    count: int = 0
    role: str = ""


def find_candidates(scene: Scene, cover: Cover, taken: Sequence[bool]) -> tuple[Candidate, ...]:
    """All such phrases, in text order of their heads. ``taken`` marks the tokens of names and organisations."""
    found: list[Candidate] = []
    for at in range(len(scene)):
        if taken[at]:
            continue
        tag = scene.tag[at]
        if tag in ("PRP", "PRP$"):
            candidate = _pronoun(scene, at)
        elif tag in ("NN", "NNS", "NNP", "NNPS", "CD", "JJ", "DT"):
            candidate = _noun(scene, cover, taken, at)
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


def _noun(scene: Scene, cover: Cover, taken: Sequence[bool], at: int) -> Candidate | None:
    low = scene.low[at]
    collective = _collective(scene, cover, at)
    if collective is not None:
        return collective
    if cover.at[at] >= 0 or scene.pos[at] not in ("NOUN", "PROPN"):
        return _compass(scene, at) if low in _COMPASS else None
    if low in _COMPASS:
        return _compass(scene, at)
    if scene.dep[at] == "compound" and scene.head[at] > at and not taken[scene.head[at]]:
        follower = scene.head[at]
        # "ministry spokesman" is read at "spokesman"; "the regime change" at nothing.
        if office_noun(scene, follower) or scene.low[follower] in BODY or follower - at == 1:
            return None
    noun = office_noun(scene, at)
    if noun is not None and low not in (
        "general",
        "lead",
        "head",
        "chair",
        "host",
        "speaker-",
        "peer",
        "captain-",
        "major",
    ):
        return _phrase(scene, cover, taken, (at, noun, "office"))
    if low in ANONYMOUS:
        return _anonymous(scene, cover, taken, at)
    single = scene.lemma[at] if scene.tag[at] in ("NNS", "NNPS") else low
    if low in _EPITHET and scene.tag[at] in ("NN", "NNP"):
        return _phrase(scene, cover, taken, (at, low, "epithet"))
    if low in COMMON_BODY or low in STATE_BODY or single in COMMON_BODY or single in STATE_BODY:
        return _phrase(scene, cover, taken, (at, low if low in BODY else single, "body"))
    return None


def _compass(scene: Scene, at: int) -> Candidate | None:
    """ "the North", "the South's": a state by its side of a border, decided by the states of the text."""
    if not scene.text[at][0].isupper() or at == 0 or scene.low[at - 1] != "the" or at + 1 >= len(scene):
        return None
    follows = scene.pos[at + 1]
    if follows in ("PROPN",) and scene.space[at] and scene.text[at + 1][0].isupper():
        return None
    return Candidate(at - 1, at, at, "compass", scene.low[at], definite=True)


def _collective(scene: Scene, cover: Cover, at: int) -> Candidate | None:
    low = scene.low[at]
    if low in ("two", "both") and scene.dep[at] in ("nsubj", "nsubjpass", "pobj", "dobj", "poss"):
        before = scene.low[at - 1] if at else ""
        if low == "both" or before == "the":
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
    if word in ("each", "either", "neither") and single not in (
        "side",
        "country",
        "party",
        "leader",
        "nation",
        "government",
    ):
        return None
    first = step - 1 if before in ("the", "these", "those", "all") else step
    return Candidate(first, at, at, "collective", single, plural=True, definite=True, count=_COUNT[word])


def _left_edge(scene: Scene, taken: Sequence[bool], head: int) -> int:
    """First token of the noun phrase that ends in ``head``, its possessor included."""
    first = head
    at = head - 1
    while at >= 0 and head - at <= _STRETCH and scene.sentence[at] == scene.sentence[head]:
        pos, tag = scene.pos[at], scene.tag[at]
        low = scene.low[at]
        if tag == "PRP$":
            first = at
            break
        if pos == "DET" or tag in ("DT", "PDT"):
            # "the U.S. Secretary" ends at the article unless a possessor stands before it.
            first = at
            break
        if low in CALENDAR or tag in ("WDT", "WP", "WP$"):
            break
        if pos in _LEFT or tag in ("POS", "VBN", "HYPH") or (tag == "VBG" and scene.dep[at] == "amod"):
            if (pos == "ADV" and scene.dep[at] not in ("amod", "advmod", "nmod")) or (
                pos == "ADV" and scene.head[at] > head
            ):
                break
            if (
                tag == "VBN"
                and scene.dep[at] not in ("amod", "nmod")
                and not (at + 1 < len(scene) and scene.head[at] <= head)
            ):
                break
            if tag == "POS" and taken[at - 1]:
                first = at - 1
                while first > 0 and taken[first - 1] and scene.sentence[first - 1] == scene.sentence[head]:
                    first -= 1
                return first
            if pos != "ADV" or scene.head[at] <= head:
                first = at
            at -= 1
            continue
        break
    while first < head and scene.tag[first] in ("POS", "HYPH"):
        first += 1
    return first


def _phrase(scene: Scene, cover: Cover, taken: Sequence[bool], what: tuple[int, str, Sort]) -> Candidate | None:
    """The noun phrase around an office, institution or epithet, with the state its words name."""
    head, noun, sort = what
    first = _left_edge(scene, taken, head)
    state: str | None = None
    role = ""
    owner = -1
    former = private = False
    for at in range(first, head):
        hit = cover.hit(at)
        if hit is not None:
            if hit.hit.entry.kind == "media":
                private = True
            elif state is None:
                state = hit.state or hit.hit.entry.code
                if hit.hit.entry.kind == "body":
                    role = hit.hit.entry.code[3:6]
        elif scene.low[at] in FORMER:
            former = True
        elif scene.tag[at] == "PRP$":
            owner = at
        elif scene.tag[at] == "POS" and at > first and cover.at[at - 1] < 0:
            owner = at - 1
        elif taken[at] and owner < 0 and scene.pos[at] == "PROPN" and state is None:
            owner = at
    lead = scene.low[first]
    definite = lead in ("the", "this", "that", "these", "those") or owner >= 0 or scene.tag[first] == "PRP$"
    plural = scene.tag[head] in ("NNS", "NNPS") or (
        noun != scene.low[head].rstrip(".") and scene.low[head].endswith(("s", "men"))
    )
    last = head
    if sort != "epithet":
        last, tail_state, tail_private = _tail(scene, cover, taken, head, state is None)
        state = state or tail_state
        private = private or tail_private
    if sort == "body" and state is None and owner < 0:
        common = noun in COMMON_BODY or scene.lemma[head] in COMMON_BODY
        if not common or not (definite or scene.text[head][0].isupper()):
            return None
    if sort == "epithet" and (not definite or (lead not in ("the", "that", "this") and owner < 0)):
        return None
    if not role:
        role = OFFICE.get(noun, "") if sort == "office" else BODY.get(noun, "")
    if sort == "office" and OFFICE.get(noun) in ("EDU", "MED", "BUS"):
        private = True
    return Candidate(first, last, head, sort, noun, state, owner, definite, plural, former, private, role=role)


def _tail(scene: Scene, cover: Cover, taken: Sequence[bool], head: int, wanting: bool) -> tuple[int, str | None, bool]:
    """The last token of a description with the institution or state behind it, that state, and whether it is private."""
    at = head + 1
    size = len(scene)
    if at >= size or scene.low[at] not in _TAIL or scene.sentence[at] != scene.sentence[head]:
        return head, None, False
    preposition = scene.low[at]
    if preposition in ("with", "in", "on", "to") and scene.head[at] != head:
        return head, None, False
    at += 1
    state = None
    private = False
    last = head
    telling = False
    while at < size and at - head <= _STRETCH and scene.sentence[at] == scene.sentence[head]:
        hit = cover.hit(at)
        low = scene.low[at]
        if hit is not None:
            if hit.hit.entry.kind == "media":
                private = True
            elif state is None:
                state = hit.state or hit.hit.entry.code
            last = hit.last
            at = hit.last + 1
            telling = True
            continue
        if scene.pos[at] in ("DET", "ADJ", "NOUN", "PROPN") or scene.tag[at] in ("POS", "HYPH", "PRP$"):
            if low in BODY and low not in ("side", "team", "party"):
                telling = True
                private = private or (BODY[low] in ("EDU", "BUS", "NGO") and state is None and wanting)
            if low in CALENDAR:
                break
            if scene.pos[at] in ("NOUN", "PROPN"):
                last = at
            at += 1
            continue
        if low in ("of", "for") and telling and last == at - 1:
            at += 1
            continue
        break
    if not telling:
        return head, None, False
    if preposition in ("to", "on"):
        # "ambassador to Iran" speaks for another; the phrase goes on, the state does not count.
        state = None
    return last, state, private


def _anonymous(scene: Scene, cover: Cover, taken: Sequence[bool], head: int) -> Candidate | None:
    low = scene.low[head]
    if low in ("source", "sources"):
        says = scene.dep[head] == "nsubj" and scene.lemma[scene.head[head]] in SAYING
        told = scene.dep[head] == "pobj" and scene.low[scene.head[head]] in ("to", "by", "from")
        quoted = scene.dep[head] == "dobj" and scene.lemma[scene.head[head]] in ("cite", "quote")
        if not (says or told or quoted):
            return None
    elif low in ("people", "person", "man", "woman"):
        after = scene.low[head + 1] if head + 1 < len(scene) else ""
        if after not in _KNOWING and cover.at[head - 1 if head else 0] < 0:
            return None
    return _phrase(scene, cover, taken, (head, scene.lemma[head], "office"))
