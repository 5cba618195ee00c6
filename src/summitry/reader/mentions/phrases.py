"""The noun phrase around an office, an institution or "the country": its extent, and the state its words name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from summitry.casebook import PartyEntry
from summitry.reader.mentions.cover import Cover, TokenHit
from summitry.reader.mentions.lexicon import ANONYMOUS, BODY, CALENDAR, COMMON_BODY, OFFICE, SAYING
from summitry.reader.mentions.scene import Scene
from summitry.reader.mentions.titles import FORMER, SELF

Sort = Literal["person", "they", "it", "speaker", "relative", "collective", "body", "office", "epithet", "compass"]

# Tails that belong to a description: "an official of the presidential office", "officials in Seoul".
_TAIL: Final = frozenset("of from at in with for inside within to on".split())
_FOR_ANOTHER: Final = frozenset({"to", "on"})
_KNOWING: Final = frozenset("familiar close briefed knowledgeable with involved".split())
# What a description may be made of, walking left from its head.
_LEFT: Final = frozenset("DET ADJ NOUN PROPN NUM ADV".split())
_STRETCH: Final = 10
# Institutions that stand without an article: "police said".
_BARE: Final = frozenset({"police", "authorities"})
_PRIVATE_BODY: Final = frozenset({"EDU", "BUS", "NGO"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may stand for somebody. Tokens ``first`` to ``last``, both included; ``head`` its noun.

    ``noun`` is the head, singular; ``states`` are the states the words name ("U.S. and Iranian officials": two);
    ``owner`` the token of a possessive pronoun or name that leads it (-1: none); ``count`` how many a collective has;
    ``private``: of a firm, a university, a newspaper; ``only_again``: stands for somebody only if it takes one up.
    """

    first: int
    last: int
    head: int
    sort: Sort
    noun: str
    states: tuple[str, ...] = ()
    owner: int = -1
    definite: bool = False
    plural: bool = False
    former: bool = False
    private: bool = False
    count: int = 0
    role: str = ""
    media: PartyEntry | None = None
    only_again: bool = False

    @property
    def state(self) -> str | None:
        """The first state the words name."""
        return self.states[0] if self.states else None


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What candidates are looked for in. ``taken`` marks the tokens of names and organisations; ``named`` are the
    states that the text names by more than a city."""

    scene: Scene
    cover: Cover
    taken: Sequence[bool]
    named: frozenset[str]


@dataclass(slots=True)
class _Told:
    """What the words of a phrase tell, gathered on the way."""

    states: list[str]
    role: str = ""
    owner: int = -1
    former: bool = False
    private: bool = False
    media: PartyEntry | None = None

    def hit(self, hit: TokenHit) -> None:
        entry = hit.hit.entry
        if entry.kind == "media":
            self.private = True
            self.media = entry
            return
        code = hit.state or entry.code
        if code not in self.states:
            self.states.append(code)
        if entry.kind == "body":
            self.role = self.role or entry.code[3:6]


def phrase(ground: Ground, head: int, noun: str, sort: Sort) -> Candidate | None:
    """The noun phrase that token ``head`` heads; None where it stands for no party (a "council" of no state)."""
    scene = ground.scene
    first = _left_edge(ground, head)
    told = _Told([])
    at = first
    while at < head:
        hit = ground.cover.hit(at)
        if hit is not None:
            if not _is_half_adjective(scene, hit.last) and not is_subject_matter(scene, hit, head, noun):
                told.hit(hit)
            at = hit.last + 1
            continue
        if scene.low[at] in FORMER:
            told.former = True
        elif scene.tag[at] == "PRP$":
            told.owner = at
        elif (scene.tag[at] == "POS" and at > first and ground.cover.at[at - 1] < 0) or (
            ground.taken[at] and told.owner < 0 and scene.pos[at] == "PROPN" and not told.states
        ):
            told.owner = at - (scene.tag[at] == "POS")
        at += 1
    lead = scene.low[first]
    definite = lead in ("the", "this", "that", "these", "those") or told.owner >= 0
    last = head
    only_again = False
    if sort != "epithet":
        last = _tail(ground, head, told, frozenset({"of"}) if sort == "body" else _TAIL)
    if sort == "body" and not told.states and told.owner < 0:
        common = noun in COMMON_BODY or scene.lemma[head] in COMMON_BODY
        only_again = not common and lead == "the"
        if not only_again and not (common and (definite or scene.text[head][0].isupper() or noun in _BARE)):
            return None
    if sort == "epithet" and (not definite or (lead not in ("the", "that", "this") and told.owner < 0)):
        return None
    if sort == "office" and _is_predicate(scene, head, definite):
        return None
    role = told.role or (OFFICE.get(noun, "") if sort == "office" else BODY.get(noun, ""))
    return Candidate(
        first,
        last,
        head,
        sort,
        noun,
        tuple(told.states),
        told.owner,
        definite,
        _is_plural(scene, head, noun),
        told.former,
        told.private or (sort == "office" and OFFICE.get(noun) in SELF),
        role=role,
        only_again=only_again,
        media=told.media if role == "MED" and sort == "body" else None,
    )


def _is_half_adjective(scene: Scene, last: int) -> bool:
    """ "Iran-backed", "U.S.-led": somebody else's, though the name stands there."""
    return last + 2 < len(scene) and scene.text[last + 1] == "-" and scene.tag[last + 2] in ("VBN", "JJ", "VBD")


# Who is called after what he works on: "Iran hawks", "a North Korea expert", "Korea watchers".
_ABOUT: Final = frozenset("hawk dove expert analyst watcher specialist scholar observer envoy czar critic".split())


def is_subject_matter(scene: Scene, hit: TokenHit, head: int, noun: str) -> bool:
    """A state's bare name before such a noun; "U.S. envoy" and "UK experts" are of the state."""
    words = scene.words(hit.first, hit.last)
    bare = hit.hit.use == "name" and hit.hit.entry.kind == "state" and hit.last + 1 == head
    return bare and noun in _ABOUT and "." not in words and not words.isupper()


def _is_plural(scene: Scene, head: int, noun: str) -> bool:
    low = scene.low[head].rstrip(".")
    return scene.tag[head] in ("NNS", "NNPS") or (noun != low and low.endswith(("s", "men")))


def _is_predicate(scene: Scene, head: int, definite: bool) -> bool:
    """ "He is a diplomat", "as a minister": said of somebody, standing for nobody."""
    if definite:
        return False
    return scene.dep[head] == "attr" or (scene.dep[head] == "pobj" and scene.low[scene.head[head]] == "as")


def _left_edge(ground: Ground, head: int) -> int:
    """First token of the noun phrase that ends in ``head``, its possessor included."""
    scene, taken = ground.scene, ground.taken
    first = head
    at = head - 1
    while at >= 0 and head - at <= _STRETCH and scene.sentence[at] == scene.sentence[head]:
        hit = ground.cover.hit(at)
        if hit is not None:
            first = hit.first
            at = hit.first - 1
            # "U.S. and North Korean officials", "U.S.-South Korean forces"
            joint = at - 1 if at > 0 and scene.low[at] in ("and", "-", "–", ",") else -1
            if joint >= 0 and scene.low[at] == "," and scene.tag[hit.last + 1] == "POS":
                joint = -1  # "China, North Korea's ally,": the second tells of the first
            if joint >= 0 and ground.cover.at[joint] >= 0 and hit.hit.use != "city":
                at = joint
            continue
        pos, tag, low = scene.pos[at], scene.tag[at], scene.low[at]
        if tag == "PRP$" or pos == "DET" or tag in ("DT", "PDT"):
            return at
        if low in CALENDAR or tag in ("WDT", "WP", "WP$"):
            break
        if tag == "POS" and taken[at - 1]:
            first = at - 1
            while first > 0 and taken[first - 1] and scene.sentence[first - 1] == scene.sentence[head]:
                first -= 1
            return first
        if not (pos in _LEFT or tag in ("POS", "VBN", "HYPH") or (tag == "VBG" and scene.dep[at] == "amod")):
            break
        if pos == "ADV" and (scene.dep[at] not in ("amod", "advmod", "nmod") or scene.head[at] > head):
            break
        if tag == "VBN" and scene.dep[at] not in ("amod", "nmod", "compound"):
            break
        first = at
        at -= 1
    while first < head and scene.tag[first] in ("POS", "HYPH"):
        first += 1
    return first


def _tail(ground: Ground, head: int, told: _Told, prepositions: frozenset[str]) -> int:
    """The last token of a description with the institution or state behind it; what that tells goes to ``told``."""
    scene = ground.scene
    at = head + 1
    size = len(scene)
    if at >= size or scene.low[at] not in prepositions or scene.sentence[at] != scene.sentence[head]:
        return head
    preposition = scene.low[at]
    if preposition in ("with", "in", "on", "to") and scene.head[at] != head:
        return head
    at += 1
    # A state before the noun is the party; one behind it is only what the office is for.
    behind = _Told(list(told.states), told.role)
    last = head
    telling = False
    while at < size and at - head <= _STRETCH and scene.sentence[at] == scene.sentence[head]:
        hit = ground.cover.hit(at)
        low = scene.low[at]
        if hit is not None:
            venue = hit.hit.use == "city" and preposition in ("in", "at") and (hit.state or "") not in ground.named
            if not venue:
                behind.hit(hit)
            last = hit.last
            at = hit.last + 1
            telling = True
        elif scene.pos[at] in ("DET", "ADJ", "NOUN", "PROPN") or scene.tag[at] in ("POS", "HYPH", "PRP$"):
            if low in CALENDAR or (telling and scene.pos[at] == "DET" and scene.low[at - 1] not in ("of", "for")):
                break
            if low in BODY and low not in ("side", "team", "party"):
                telling = True
                behind.private = behind.private or (BODY[low] in _PRIVATE_BODY and not behind.states)
            if scene.pos[at] in ("NOUN", "PROPN"):
                last = at
            at += 1
        elif (low in ("of", "for") and telling and last == at - 1) or (
            low == "and"
            and last == at - 1
            and at + 1 < size
            and ground.cover.at[at + 1] >= 0
            and ground.cover.at[at - 1] >= 0
        ):
            at += 1
        else:
            break
    if not telling:
        return head
    if preposition not in _FOR_ANOTHER and not told.states:
        told.states = behind.states
    told.role = told.role or behind.role
    told.private = told.private or behind.private
    return last


def anonymous(ground: Ground, head: int) -> Candidate | None:
    """Unnamed people: "sources", "people familiar with the talks", "critics"."""
    scene = ground.scene
    low = scene.low[head]
    governor = scene.head[head]
    if low in ("source", "sources"):
        says = scene.dep[head] == "nsubj" and scene.lemma[governor] in SAYING
        told = scene.dep[head] == "pobj" and scene.low[governor] in ("to", "by", "from")
        quoted = scene.dep[head] == "dobj" and scene.lemma[governor] in ("cite", "quote")
        if not (says or told or quoted):
            return None
    elif low in ("people", "person", "man", "woman"):
        after = scene.low[head + 1] if head + 1 < len(scene) else ""
        if after not in _KNOWING and ground.cover.at[head - 1 if head else 0] < 0:
            return None
    elif low not in ANONYMOUS:
        return None
    return phrase(ground, head, scene.lemma[head], "office")
