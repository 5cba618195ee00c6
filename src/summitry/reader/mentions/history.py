"""What has been talked of so far in an article, and the choice of what a later word takes up again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Literal

from summitry.reader.mentions.lexicon import OFFICE, SAYING
from summitry.reader.mentions.scene import Scene
from summitry.vocabulary import Actor

Sort = Literal["person", "people", "state", "body", "organisation", "media", "group", "collective"]

# Paragraphs a pronoun and an office word look back over. Measured on news: nearly all antecedents stand in the
# sentence, the one before, or the paragraph before.
PRONOUN_REACH: Final = 2
OFFICE_REACH: Final = 15
MOST_BACK: Final = 500
"""References looked back over, whatever the paragraphs: a report without paragraphs is one of a thousand words."""
_MARKS: Final = ('"', "”")
_SUBJECT: Final = ("nsubj", "nsubjpass", "csubj", "agent")


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing referred to, at one place. ``key`` is the same for everything that is the same."""

    key: str
    actor: Actor | None
    sort: Sort
    token: int
    sentence: int
    paragraph: int
    subject: bool
    speaker: bool
    quoted: bool
    sex: str | None = None
    nouns: frozenset[str] = frozenset()
    members: tuple[Actor, ...] = ()
    full: bool = False
    top: bool = False
    place: bool = False
    reported: bool = False
    """Inside what somebody is said to have said: likelier talked of than talking."""
    adjective: bool = False
    """A state that only qualifies something else: "the Libyan model"."""

    @property
    def state(self) -> str | None:
        """The code of the state or organisation it belongs to."""
        return None if self.actor is None else self.actor.state or self.actor.code


@dataclass(slots=True)
class History:
    """References in text order, with the scene they stand in. It lives for one article."""

    scene: Scene
    subjects: dict[int, list[int]]
    conjuncts: dict[int, list[int]]
    refs: list[Ref] = field(default_factory=list)
    by_token: dict[int, Ref] = field(default_factory=dict)
    by_sentence: dict[int, list[Ref]] = field(default_factory=dict)

    def add(self, ref: Ref) -> None:
        """Note a reference."""
        self.refs.append(ref)
        self.by_token[ref.token] = ref
        self.by_sentence.setdefault(ref.sentence, []).append(ref)

    def latest(self) -> Iterator[Ref]:
        """References from the latest back, at most :data:`MOST_BACK`."""
        return islice(reversed(self.refs), MOST_BACK)

    def within(self, sentence: int) -> Sequence[Ref]:
        """The references of a sentence so far."""
        return self.by_sentence.get(sentence, ())

    def back(self, paragraph: int, reach: int) -> Iterator[Ref]:
        """References from the latest back, within ``reach`` paragraphs."""
        for ref in self.latest():
            if paragraph - ref.paragraph > reach:
                return
            yield ref


def subjects_of(scene: Scene) -> dict[int, list[int]]:
    """For each verb its subject tokens."""
    found: dict[int, list[int]] = {}
    for token, dep in enumerate(scene.dep):
        if dep in _SUBJECT:
            found.setdefault(scene.head[token], []).append(token)
    for token, dep in enumerate(scene.dep):
        if dep in ("dobj", "poss"):
            # Whoever is urged "to give up his arms", or promises it ("X's promise to give up his arms"), gives.
            for verb in range(token + 1, min(token + 8, len(scene))):
                if scene.head[verb] == scene.head[token] and scene.dep[verb] in ("xcomp", "acl") and verb not in found:
                    found[verb] = [token]
    return found


def conjuncts_of(scene: Scene) -> dict[int, list[int]]:
    """For each token those coordinated with it, through chains: "Iran, China and Russia" at "Iran"."""
    found: dict[int, list[int]] = {}
    for token, dep in enumerate(scene.dep):
        if dep == "conj":
            top = scene.head[token]
            while scene.dep[top] == "conj" and scene.head[top] < top:
                top = scene.head[top]
            found.setdefault(top, []).append(token)
    return found


def root(scene: Scene, first: int, last: int) -> int:
    """The token of a stretch that the rest of the sentence governs; the last one when the parse cuts it up."""
    for token in range(last, first - 1, -1):
        head = scene.head[token]
        if (head < first or head > last) or head == token:
            if scene.pos[token] in ("PUNCT", "PART", "DET"):
                continue
            return token
    return last


def role_of(scene: Scene, token: int) -> tuple[bool, bool]:
    """Whether a token is (part of) a subject, and whether it is the subject of a verb of saying or named by "according
    to"."""
    at = token
    for _ in range(4):
        if scene.dep[at] in ("conj", "appos") and scene.head[at] != at:
            at = scene.head[at]
        else:
            break
    dep, head = scene.dep[at], scene.head[at]
    if dep in _SUBJECT:
        return True, scene.lemma[head] in SAYING
    if dep == "pobj" and scene.low[head] == "to" and scene.low[head - 1] == "according":
        return False, True
    if dep == "pobj" and scene.low[head] == "by":
        return scene.dep[head] == "agent", False
    return False, _signs(scene, at)


def _signs(scene: Scene, token: int) -> bool:
    """Whether a name stands right behind a quotation with no verb between: '"..." NAME, a lawyer.'"""
    first = token
    while first > 0 and scene.head[first - 1] == token and scene.low[first - 1] not in _MARKS:
        first -= 1
    behind = first > 0 and scene.low[first - 1] in _MARKS and not scene.quoted[first]
    return behind and scene.pos[token] == "PROPN"


def is_main(scene: Scene, token: int) -> bool:
    """Whether a token is the subject of a sentence's main clause, or of one joined to it."""
    verb = scene.head[token]
    while scene.dep[verb] == "conj" and scene.head[verb] != verb:
        verb = scene.head[verb]
    return scene.dep[token] in _SUBJECT and scene.dep[verb] == "ROOT"


def is_reported(scene: Scene, token: int) -> bool:
    """Whether a token stands in the clause that a verb of saying reports."""
    return reporting_verb(scene, token) >= 0


def reporting_verb(scene: Scene, token: int) -> int:
    """The verb of saying that reports the clause a token stands in; -1 for none."""
    at = token
    for _ in range(12):
        above = scene.head[at]
        if above == at:
            return -1
        if scene.dep[at] == "ccomp" and scene.lemma[above] in SAYING:
            return above
        if scene.dep[at] == "advcl" and scene.lemma[above] == "ask":
            return above  # "asked if X agreed"
        at = above
    return -1


def governing_subjects(scene: Scene, subjects: dict[int, list[int]], token: int) -> Iterator[int]:
    """Subjects of the verbs above a token, nearest first, that stand before it."""
    at = token
    for _ in range(12):
        above = scene.head[at]
        if above == at:
            return
        at = above
        for subject in reversed(subjects.get(at, ())):
            if subject < token:
                yield subject
        # "X met Y and told him ...": the second verb borrows the subject of the first.


def subject_ahead(scene: Scene, subjects: dict[int, list[int]], token: int) -> int:
    """The subject a fronted phrase with a pronoun leads up to: "Regarding his visit, X said"; -1 for none."""
    at = token
    for _ in range(8):
        above = scene.head[at]
        if above == at:
            break
        at = above
        for subject in subjects.get(at, ()):
            if subject < token:
                return -1
            if scene.sentence[subject] == scene.sentence[token] and "," in scene.text[token:subject]:
                return subject
    return -1


def agrees(ref: Ref, sex: str) -> bool:
    """Whether somebody may be "he" ("male") or "she" ("female"): not known to be the other."""
    return ref.sort == "person" and ref.sex in (None, sex)


def noun_fits(noun: str, ref: Ref) -> int:
    """How well an office word takes somebody up: 2 the same word, 1 a wider word for it, 0 not at all."""
    if noun in ref.nouns:
        return 2
    wider = _WIDER.get(noun, frozenset())
    if ref.nouns & wider:
        return 1
    if ref.nouns & _HIGHEST:
        return 0  # who leads is called no official
    if noun == "official" and ref.actor is not None and any(OFFICE.get(n) in ("GOV", "MIL", "SPY") for n in ref.nouns):
        return 1
    return 0


_AIDE: Final = frozenset("adviser advisor aide deputy assistant secretary chief".split())
_ENVOY: Final = frozenset(
    "envoy representative negotiator diplomat ambassador minister secretary undersecretary delegate "
    "emissary official".split()
)
_LEADER: Final = frozenset(
    "leader president chairman premier king ruler minister chancellor dictator emir sultan ayatollah monarch".split()
)
_HIGHEST: Final = frozenset("president king premier chancellor emir sultan monarch ayatollah".split())
_WIDER: Final[dict[str, frozenset[str]]] = {
    "aide": _AIDE | {"official"},
    "adviser": _AIDE,
    "advisor": _AIDE,
    "diplomat": _ENVOY,
    "envoy": _ENVOY,
    "negotiator": _ENVOY,
    "representative": _ENVOY,
    "leader": _LEADER,
    "ruler": _LEADER,
    "dictator": _LEADER,
    "strongman": _LEADER,
    "president": frozenset({"president"}),
    "premier": frozenset({"premier", "minister"}),
    "lawmaker": frozenset("senator congressman congresswoman sen rep legislator speaker mp representative".split()),
    "legislator": frozenset("senator congressman congresswoman sen rep lawmaker mp".split()),
    "senator": frozenset({"sen"}),
    "congressman": frozenset({"rep", "representative"}),
    "spokesperson": frozenset({"spokesman", "spokeswoman"}),
    "spokesman": frozenset({"spokesperson"}),
    "spokeswoman": frozenset({"spokesperson"}),
    "commander": frozenset("general gen admiral marshal colonel officer".split()),
    "general": frozenset("gen commander".split()),
    "officer": frozenset("general commander colonel".split()),
    "cleric": frozenset("ayatollah imam leader mullah".split()),
    "politician": frozenset("minister senator president candidate leader mp".split()),
    "candidate": frozenset({"nominee"}),
    "nominee": frozenset({"candidate"}),
    "analyst": frozenset("expert fellow researcher scholar professor specialist director scientist".split()),
    "expert": frozenset("analyst fellow researcher scholar professor specialist director scientist".split()),
    "professor": frozenset({"scholar"}),
    "scholar": frozenset("professor fellow analyst".split()),
    "chief": frozenset("director head secretary-general commander".split()),
    "head": frozenset("director chief".split()),
    "director": frozenset("chief head".split()),
}
