"""Words that take up again what was named before: pronouns, "the minister", "both sides", "the ministry", "the North".

Each function returns what the word stands for and the rule that says so. Nothing found is an answer: None, with the
reason in the rule. The rules are those of knowledge-poor resolution (Hobbs 1978; Baldwin's CogNIAC 1997): the subject
of the governing clause, then the subject of the sentence before, then the latest fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from summitry.reader.mentions.gazetteer import Gazetteer
from summitry.reader.mentions.history import (
    OFFICE_REACH,
    PRONOUN_REACH,
    History,
    Ref,
    agrees,
    governing_subjects,
    is_main,
    is_reported,
    noun_fits,
    role_of,
    subject_ahead,
)
from summitry.reader.mentions.lexicon import SAYING, UNIQUE
from summitry.reader.mentions.phrases import Candidate
from summitry.vocabulary import Actor

_MALE_PRONOUN: Final = frozenset("he him his himself".split())
# "It is", "it seems", "it takes": mostly of no thing at all.
_IMPERSONAL: Final = frozenset(
    "be seem appear take matter happen become remain go come follow turn rain sound look".split()
)
# What two have with one another: "their talks".
_MUTUAL: Final = frozenset(
    "talk negotiation summit meeting relation relationship leader border tie dispute dialogue agreement deal conflict "
    "difference war stalemate encounter".split()
)
_OF_TALKS: Final = frozenset({"side", "sides", "party", "parties", "delegation", "rivals", "foes"})
_RANKING: Final = frozenset("senior top ranking high highest chief government visiting".split())
_BELOW: Final = frozenset({"vice", "deputy"})
# Words that tell one office from another of the same noun.
_SPECIFIC: Final = frozenset(
    "foreign defense defense prime vice deputy finance trade interior oil unification first health energy "
    "justice".split()
)
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

    others = _not_itself(history, token)

    def fits(ref: Ref) -> bool:
        if ref.key in speakers or ref.key in others or (ref.quoted and not quoted):
            return False
        return agrees(ref, sex)

    says = scene.dep[token] == "nsubj" and scene.lemma[scene.head[token]] in SAYING
    within = is_reported(scene, token)

    for subject in governing_subjects(scene, history.subjects, token):
        ref = history.by_token.get(subject)
        if ref is not None and fits(ref) and not (quoted and not scene.quoted[ref.token]):
            return ref, "pronoun: subject of the clause above"
    ahead = history.by_token.get(subject_ahead(scene, history.subjects, token))
    if ahead is not None and fits(ahead):
        return ahead, "pronoun: subject it leads up to"
    here = scene.sentence[token]
    paragraph = scene.paragraph[token]
    seen: list[Ref] = [ref for ref in history.back(paragraph, PRONOUN_REACH) if fits(ref)]
    same = [ref for ref in seen if ref.sentence == here]
    if says and not within:
        # "A and B will lead the team, he said": neither of them.
        same = [ref for ref in same if not ref.reported]
    if same:
        subject_first = [ref for ref in same if ref.subject]
        leading = [ref for ref in subject_first if says and is_main(scene, ref.token)]
        chosen = (leading or subject_first or same)[0]
        return chosen, "pronoun: earlier in the sentence"
    if says and not within:
        # Who spoke speaks on; whom he spoke of comes after him.
        seen = [ref for ref in seen if not ref.reported and here - ref.sentence <= 4] or seen
    for distance in range(1, 4):
        before = [ref for ref in seen if ref.sentence == here - distance]
        before = [ref for ref in before if within or not ref.reported] or before
        if before:
            # "him" is likelier whom the sentence before named last, "he" its subject.
            aside = scene.dep[token] in ("dobj", "dative", "pobj")
            subjects = [] if aside else [ref for ref in before if ref.subject or ref.speaker]
            subjects = [ref for ref in subjects if ref.speaker or is_main(scene, ref.token)] or subjects
            return (subjects or before)[-1 if subjects else 0], "pronoun: the sentence before"
    return (seen[0], "pronoun: latest person") if seen else (None, "pronoun: nobody fits")


def _not_itself(history: History, token: int) -> frozenset[str]:
    """Keys of the subject of an object pronoun's own verb: "X met him" is not X (principle B)."""
    scene = history.scene
    if scene.dep[token] not in ("dobj", "dative", "pobj") or scene.low[token].endswith("self"):
        return frozenset()
    subject = next(governing_subjects(scene, history.subjects, token), None)
    ref = history.by_token.get(subject) if subject is not None else None
    return frozenset({ref.key}) if ref is not None else frozenset()


def _speakers_of(history: History, token: int) -> frozenset[str]:
    """Keys of whoever is saying the quotation that a token stands in: the sayer in its sentence, else the last one."""
    scene = history.scene
    here = scene.sentence[token]
    keys = {ref.key for ref in history.within(here) if ref.speaker and not ref.quoted}
    if keys:
        return frozenset(keys)
    last = next((ref for ref in history.latest() if ref.speaker and not ref.quoted), None)
    return frozenset({last.key}) if last is not None and here - last.sentence <= 4 else frozenset()


def pronoun_plural(candidate: Candidate, history: History) -> tuple[Ref | None, str]:
    """Whom "they" stands for: a plural description, a group, several named together."""
    scene = history.scene
    token = candidate.head
    for subject in governing_subjects(scene, history.subjects, token):
        ref = _several(history, subject)
        if ref is not None:
            return ref, "pronoun: subject of the clause above"
    here = scene.sentence[token]
    if scene.tag[token] == "PRP$" and scene.lemma[scene.head[token]] in _MUTUAL:
        states = dict.fromkeys(r.actor for r in history.within(here) if r.sort == "state" and r.actor)
        if len(states) == 2:
            return _together(history.refs[-1], tuple(states)), "pronoun: the two of the sentence"
    for back in range(2):
        for subject in _subjects_in(history, here - back, token):
            ref = _several(history, subject)
            if ref is not None:
                return ref, "pronoun: subject before"
    for ref in history.back(scene.paragraph[token], 1):
        if here - ref.sentence > 1:
            break
        if ref.sort in ("people", "collective"):
            return ref, "pronoun: latest of several"
    return None, "pronoun: nobody fits"


def _subjects_in(history: History, sentence: int, before: int) -> list[int]:
    """Tokens of the references that are subjects in a sentence, the first first."""
    refs = (ref for ref in history.within(sentence) if ref.subject and ref.token < before)
    return [ref.token for ref in refs]


def _several(history: History, token: int) -> Ref | None:
    """What a plural may stand for at a token: several people, a group, or parties named together."""
    ref = history.by_token.get(token)
    if ref is None:
        return None
    if ref.sort in ("people", "collective", "group") or (ref.sort == "state" and _is_people(history, ref)):
        return ref
    partners = [history.by_token.get(other) for other in history.conjuncts.get(token, ())]
    together = [ref, *(partner for partner in partners if partner is not None)]
    members = tuple(dict.fromkeys(actor for r in together for actor in (r.members or (r.actor,)) if actor is not None))
    if len(members) < 2:
        return None
    return _together(ref, members)


def _is_people(history: History, ref: Ref) -> bool:
    """ "the Chinese", "Iranians": a state by its people."""
    low = history.scene.low[ref.token]
    return ref.actor is not None and low != ref.actor.name.lower() and low.endswith(("ans", "ese", "is", "ish"))


def _together(ref: Ref, members: tuple[Actor, ...]) -> Ref:
    key = "m" + "+".join(member.name for member in members)
    return replace(ref, key=key, actor=None, sort="collective", members=members, sex=None)


def pronoun_neuter(candidate: Candidate, history: History) -> tuple[Ref | None, str]:
    """The party "it" or "its" stands for; only where a party is the likely topic, for most "it" is no party."""
    scene = history.scene
    token = candidate.head
    parties = ("state", "body", "organisation", "media", "group")
    owns = candidate.noun == "its"
    governor = scene.head[token]
    if not owns and (scene.lemma[governor] in _IMPERSONAL or scene.dep[token] in ("dobj", "expl")):
        return None, "pronoun: no party"
    for subject in governing_subjects(scene, history.subjects, token):
        ref = history.by_token.get(subject)
        if ref is not None and ref.sort in parties and subject not in history.conjuncts:
            return ref, "pronoun: subject of the clause above"
        if ref is None and scene.pos[subject] in ("NOUN", "PROPN"):
            return None, "pronoun: a thing"
    here = scene.sentence[token]
    says = scene.dep[token] == "nsubj" and scene.lemma[governor] in SAYING
    quoted = scene.quoted[token]
    near: Ref | None = None
    for ref in history.back(scene.paragraph[token], 1):
        if here - ref.sentence > 1:
            break
        if ref.quoted != quoted or ref.token in history.conjuncts:
            continue
        if near is not None and ref.sentence < here:
            break
        if ref.sort in parties and ref.subject and (owns or says):
            return ref, "pronoun: latest party"
        if owns and ref.sort in parties and ref.sentence == here:
            # The nearest of the sentence, unless a subject stands farther off in it.
            near = near or ref
        if says and ref.sort == "person" and ref.subject and "spokesperson" in ref.nouns:
            return ref, "pronoun: latest spokesperson"
    return (near, "pronoun: latest party") if near is not None else (None, "pronoun: no party fits")


def office(
    candidate: Candidate, history: History, state: str | None, words: frozenset[str], meant: str | None = None
) -> tuple[Ref | None, str]:
    """Whom "the minister", "the North Korean leader" or "the aide" takes up. ``words`` are those beside its noun;
    ``meant`` is the key of whom the same bare word stood for before."""
    scene = history.scene
    best: Ref | None = None
    best_score = 0
    distance = 0
    says = role_of(scene, candidate.head)[1] and not is_reported(scene, candidate.head)
    for ref in history.back(scene.paragraph[candidate.head], OFFICE_REACH):
        if ref.actor is None or ref.token == candidate.head or not _one_of(candidate, ref):
            continue
        fit = noun_fits(candidate.noun, ref)
        if not fit:
            continue
        if state is not None and ref.state != state:
            continue
        if candidate.former and ref.actor.code is not None:
            continue
        if candidate.noun in UNIQUE and not candidate.former and (ref.actor.anonymous or ref.actor.code is None):
            continue
        if candidate.noun in UNIQUE and not words & _BELOW and ref.nouns & _BELOW and not ref.top:
            # "the president" is not the vice president.
            continue
        if ref.key[0] == "d":
            # Somebody unnamed is taken up by fewer words than he was described with, not by other ones.
            if not words <= {word.lower() for word in ref.actor.name.replace("-", " ").split()}:
                continue
        elif not words & _SPECIFIC <= ref.nouns or (candidate.noun == "official" and not words <= _RANKING):
            continue
        distance += 1
        score = fit * 4 + (2 if ref.speaker else 1 if ref.subject else 0) - min(distance, 4)
        if says and ref.reported:
            score -= 3  # whoever was only spoken of speaks less likely
        if state is not None and ref.top and candidate.noun in _LEADERS:
            score += 2
        if ref.key == meant:
            score += 3  # a text keeps to one president
        if best is None or score > best_score:
            best, best_score = ref, score
    return (best, "office: taken up again") if best is not None else (None, "office: nobody fits")


def _one_of(candidate: Candidate, ref: Ref) -> bool:
    """Whether somebody was brought in as one person, or as several unnamed by the same word: "officials said ... the
    official added"."""
    return ref.sort == "person" or (ref.sort == "people" and ref.key[0] == "d" and candidate.noun in ref.nouns)


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
    if candidate.noun == "pair":
        near = _named_together(candidate, history, gazetteer, people=True, reach=1)
        if near:
            return near, "collective: named together"
    found: dict[str, Actor] = {}
    together = _named_together(candidate, history, gazetteer, people=people)
    if together and not people and candidate.noun in _OF_TALKS:
        # Two guarantors named in passing are not "the two sides" when others were named far more often.
        counts = _counts(history, gazetteer, candidate)
        if all(counts.get(actor.code or actor.name, (0, actor))[0] < 2 for actor in together):
            leading = sorted(counts.values(), key=lambda row: -row[0])[:wanted]
            if sum(count for count, _ in leading) > len(together):
                return tuple(actor for _, actor in leading), "collective: named most"
    if together:
        return together, "collective: named together"
    for ref in history.back(scene.paragraph[candidate.head], 5):
        actor = _member(ref, candidate, gazetteer, people)
        if actor is not None:
            found.setdefault(actor.code or actor.name if not people else actor.name, actor)
        if len(found) == wanted:
            return tuple(reversed(found.values())), "collective: the latest named"
    return (), "collective: too few named"


def _counts(history: History, gazetteer: Gazetteer, candidate: Candidate) -> dict[str, tuple[int, Actor]]:
    """How often each party has been referred to of late, in the order they came up."""
    found: dict[str, tuple[int, Actor]] = {}
    for ref in reversed(tuple(history.latest())):
        actor = _member(ref, candidate, gazetteer, people=False)
        if actor is not None:
            key = actor.code or actor.name
            found[key] = (found.get(key, (0, actor))[0] + 1, actor)
    return found


def _member(ref: Ref, candidate: Candidate, gazetteer: Gazetteer, people: bool) -> Actor | None:
    """The party, or for "leaders" the person, that a reference brings in; None if it brings in none."""
    if ref.actor is None or ref.place or ref.adjective:
        return None
    if people:
        fits = ref.sort == "person" and not ref.actor.anonymous and (ref.top or candidate.noun not in _LEADERS)
        return ref.actor if fits else None
    if ref.sort == "group":
        # Rebels are a side of their own, whatever state they fight in.
        return ref.actor
    code = ref.state
    entry = gazetteer.states.get(code) if code else None
    if entry is not None:
        return Actor(entry.code, entry.name, kind="state") if ref.sort != "media" else None
    return ref.actor if ref.sort == "organisation" and code and not code.startswith("IGOUNO") else None


def _named_together(
    candidate: Candidate, history: History, gazetteer: Gazetteer, *, people: bool, reach: int = 5
) -> tuple[Actor, ...]:
    """The members from the latest sentence that names as many as are wanted; whoever only speaks does not count."""
    scene = history.scene
    here = scene.sentence[candidate.head]
    sentences: dict[int, dict[str, Actor]] = {}
    for ref in history.back(scene.paragraph[candidate.head], 3):
        if here - ref.sentence > reach:
            break
        row = sentences.setdefault(ref.sentence, {})
        if ref.sort == "collective" and len(ref.members) == candidate.count:
            if (ref.members[0].kind == "person") == people:
                for member in ref.members:
                    row.setdefault(member.code or member.name, member)
            continue
        aside = ref.speaker and not ref.quoted and ref.sort in ("person", "people", "body", "media")
        if aside and candidate.noun != "pair":
            continue
        actor = _member(ref, candidate, gazetteer, people)
        if actor is not None:
            row.setdefault(actor.name if people else actor.code or actor.name, actor)
    for number in sorted(sentences, reverse=True):
        if len(sentences[number]) >= candidate.count:
            members = list(sentences[number].values())
            if people and len(members) > candidate.count:
                members = members[: candidate.count]
            return tuple(reversed(members[: candidate.count]))
    return ()


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
