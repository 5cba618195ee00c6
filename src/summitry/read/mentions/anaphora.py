"""Words that take up again what was named before: pronouns, "the minister", "both sides", "the ministry", "the North".

Each function returns what the word stands for and the rule that says so. Nothing found is an answer: None, with the
reason in the rule. The rules are those of knowledge-poor resolution (Hobbs 1978; Baldwin's CogNIAC 1997): the subject
of the governing clause, then the subject of the sentence before, then the latest fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summitry.read.mentions.candidates import Candidate
from summitry.read.mentions.gazetteer import Gazetteer
from summitry.read.mentions.history import (
    OFFICE_REACH,
    PRONOUN_REACH,
    History,
    Ref,
    agrees,
    governing_subjects,
    noun_fits,
)
from summitry.read.mentions.lexicon import SAYING, UNIQUE
from summitry.vocabulary import Actor

_MALE_PRONOUN: Final = frozenset("he him his himself".split())
_LEADERS: Final = frozenset("leader president premier man chancellor".split())
_PEOPLE: Final = frozenset(
    "leader president premier man minister envoy negotiator diplomat official chief counterpart".split()
)


def pronoun_person(candidate: Candidate, history: History) -> tuple[Ref | None, str]:
    """Who "he" or "she" is."""
    scene = history.scene
    token = candidate.head
    sex = "male" if candidate.noun in _MALE_PRONOUN else "female"
    quoted = scene.quoted[token]
    speakers = _speakers_of(history, token) if quoted else frozenset()

    def fits(ref: Ref) -> bool:
        return agrees(ref, sex) and ref.key not in speakers and not (scene.quoted[ref.token] and not quoted)

    for subject in governing_subjects(scene, history.subjects, token):
        ref = history.by_token.get(subject)
        if ref is not None and fits(ref) and not (quoted and not scene.quoted[ref.token]):
            return ref, "pronoun: subject of the clause above"
    here = scene.sentence[token]
    paragraph = scene.paragraph[token]
    seen: list[Ref] = [ref for ref in history.back(paragraph, PRONOUN_REACH) if fits(ref)]
    same = [ref for ref in seen if ref.sentence == here]
    if same:
        subject_first = [ref for ref in same if ref.subject]
        keys = {ref.key for ref in same}
        chosen = (subject_first or same)[0]
        # An object pronoun is not the subject of its own verb.
        if scene.dep[token] in ("dobj", "dative", "pobj") and subject_first and len(keys) > 1:
            others = [ref for ref in same if ref.key != subject_first[-1].key]
            chosen = (others or same)[0]
        return chosen, "pronoun: earlier in the sentence"
    for distance in range(1, 4):
        before = [ref for ref in seen if ref.sentence == here - distance]
        if before:
            subjects = [ref for ref in before if ref.subject or ref.speaker]
            return (subjects or before)[-1 if subjects else 0], "pronoun: the sentence before"
    return (seen[0], "pronoun: latest person") if seen else (None, "pronoun: nobody fits")


def _speakers_of(history: History, token: int) -> frozenset[str]:
    """Keys of whoever is saying the quotation that a token stands in: the sayer in its sentence, else the last one."""
    scene = history.scene
    here = scene.sentence[token]
    keys = {ref.key for ref in history.refs if ref.sentence == here and ref.speaker and not ref.quoted}
    if keys:
        return frozenset(keys)
    last = next((ref for ref in reversed(history.refs) if ref.speaker and not ref.quoted), None)
    return frozenset({last.key}) if last is not None and here - last.sentence <= 4 else frozenset()


def pronoun_plural(candidate: Candidate, history: History) -> tuple[Ref | None, str]:
    """Whom "they" stands for: a plural description, a group, several named together."""
    scene = history.scene
    token = candidate.head
    for subject in governing_subjects(scene, history.subjects, token):
        ref = history.by_token.get(subject)
        if ref is not None and ref.sort in ("people", "group", "collective", "media"):
            return ref, "pronoun: subject of the clause above"
    here = scene.sentence[token]
    for ref in history.back(scene.paragraph[token], 1):
        if here - ref.sentence > 2:
            break
        if ref.sort in ("people", "collective") and (ref.subject or ref.sentence == here):
            return ref, "pronoun: latest of several"
    return None, "pronoun: nobody fits"


def pronoun_neuter(candidate: Candidate, history: History) -> tuple[Ref | None, str]:
    """The party "it" or "its" stands for; only where a party is the likely topic, for most "it" is no party."""
    scene = history.scene
    token = candidate.head
    parties = ("state", "body", "organisation", "media", "group")
    for subject in governing_subjects(scene, history.subjects, token):
        ref = history.by_token.get(subject)
        if ref is not None and ref.sort in parties:
            return ref, "pronoun: subject of the clause above"
        if ref is None and scene.pos[subject] in ("NOUN", "PROPN"):
            return None, "pronoun: a thing"
    here = scene.sentence[token]
    says = scene.dep[token] == "nsubj" and scene.lemma[scene.head[token]] in SAYING
    for ref in history.back(scene.paragraph[token], 1):
        if here - ref.sentence > 1:
            break
        if ref.sort in parties and (ref.subject or (candidate.noun == "its" and ref.sentence == here)):
            return ref, "pronoun: latest party"
        if says and ref.sort == "person" and ref.subject and "spokesperson" in ref.nouns:
            return ref, "pronoun: latest spokesperson"
    return None, "pronoun: no party fits"


def office(candidate: Candidate, history: History, state: str | None) -> tuple[Ref | None, str]:
    """Whom "the minister", "the North Korean leader" or "the aide" takes up."""
    scene = history.scene
    best: Ref | None = None
    best_score = 0
    distance = 0
    for ref in history.back(scene.paragraph[candidate.head], OFFICE_REACH):
        if ref.sort != "person" or ref.actor is None or ref.token == candidate.head:
            continue
        fit = noun_fits(candidate.noun, ref)
        if not fit:
            continue
        if state is not None and ref.state != state:
            continue
        if candidate.noun in UNIQUE and ref.actor.anonymous:
            continue
        distance += 1
        score = fit * 4 + (2 if ref.speaker else 1 if ref.subject else 0) - min(distance, 4)
        if state is not None and ref.top and candidate.noun in _LEADERS:
            score += 2
        if best is None or score > best_score:
            best, best_score = ref, score
    return (best, "office: taken up again") if best is not None else (None, "office: nobody fits")


def collective(candidate: Candidate, history: History, gazetteer: Gazetteer) -> tuple[tuple[Actor, ...], str]:
    """The members of "both sides", "the two leaders", "the two Koreas"."""
    scene = history.scene
    if candidate.noun == "korea":
        both = tuple(
            Actor(code, gazetteer.states[code].name, kind="state")
            for code in ("KOR", "PRK")
            if code in gazetteer.states
        )
        return both, "collective: by name"
    wanted = candidate.count
    people = candidate.noun in _PEOPLE
    found: dict[str, Actor] = {}
    for ref in history.back(scene.paragraph[candidate.head], 5):
        if ref.actor is None:
            if ref.sort == "collective" and len(ref.members) == wanted and not found and ref.members[0].kind == "state":
                if not people:
                    return ref.members, "collective: taken up again"
            continue
        if people or (candidate.noun == "pair" and ref.sort == "person" and not found):
            if ref.sort == "person" and (ref.top or candidate.noun not in _LEADERS) and not ref.actor.anonymous:
                if ref.state is None or all(actor.state != ref.state for actor in found.values()) or not people:
                    found.setdefault(ref.key, ref.actor)
        elif ref.sort in ("state", "body", "person", "people", "group", "organisation"):
            code = ref.state
            if code is None or (ref.sort == "organisation" and code.startswith("IGOUNO")):
                continue
            entry = gazetteer.states.get(code)
            actor = Actor(entry.code, entry.name, kind="state") if entry is not None else ref.actor
            if entry is None and ref.sort == "person":
                continue
            found.setdefault(actor.code or actor.name, actor)
        if len(found) == wanted:
            return tuple(reversed(found.values())), "collective: the latest named"
    return (), "collective: too few named"


def compass(candidate: Candidate, states: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """The state that "the North" stands for: one that the text names and whose name begins so ("North Korea")."""
    side = candidate.noun.capitalize()
    for code in states:
        if gazetteer.states[code].name.startswith(f"{side} "):
            return code
    # "the North" beside South Korea alone.
    other = {"North": "South", "South": "North", "East": "West", "West": "East"}[side]
    for code in states:
        name = gazetteer.states[code].name
        if name.startswith(f"{other} "):
            twin = f"{side} {name.split(' ', 1)[1]}"
            for entry in gazetteer.states.values():
                if entry.name == twin:
                    return entry.code
    return None
