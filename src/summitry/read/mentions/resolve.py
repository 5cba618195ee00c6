"""Every phrase in text order, each decided from what stands before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from summitry.read.mentions import anaphora
from summitry.read.mentions.ambiguous import choose
from summitry.read.mentions.cities import is_place, stands_in_place
from summitry.read.mentions.cover import Cover, TokenHit
from summitry.read.mentions.gazetteer import Gazetteer
from summitry.read.mentions.history import (
    History,
    Ref,
    Sort,
    conjuncts_of,
    noun_fits,
    role_of,
    root,
    subject_ahead,
    subjects_of,
)
from summitry.read.mentions.lexicon import COMMON_BODY, FEMALE, MALE, PRIVATE, TOP, UNIQUE
from summitry.read.mentions.namespans import NameSpan
from summitry.read.mentions.organisations import Organisation
from summitry.read.mentions.phrases import Candidate
from summitry.read.mentions.roster import Entity, Roster
from summitry.read.mentions.scene import Scene
from summitry.vocabulary import Actor, EntityKind, LabelledSpan, Mention, MentionKind

Phrase = NameSpan | Organisation | TokenHit | Candidate

_SORT: Final[dict[EntityKind, Sort]] = {
    "state": "state",
    "body": "body",
    "organisation": "organisation",
    "media": "media",
    "group": "group",
    "person": "person",
}
# Paragraphs at the head of a report in which an unnamed speaker is likely to be named soon after.
_LEAD: Final = 3
_OF_A_LEADER: Final = frozenset("administration government regime team official adviser aide era".split())


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What was found in an article before anything is decided."""

    scene: Scene
    cover: Cover
    spans: tuple[NameSpan, ...]
    organisations: tuple[Organisation, ...]
    candidates: tuple[Candidate, ...]
    roster: Roster
    gazetteer: Gazetteer


def resolve(material: Material) -> tuple[tuple[Mention, ...], tuple[LabelledSpan, ...]]:
    """The mentions in text order, and the cities that are places (labelled by the state's code)."""
    resolver = _Resolver(material)
    for phrase in _in_order(material):
        resolver.take(phrase)
    return tuple(sorted(resolver.mentions, key=lambda m: (m.start, -m.end))), tuple(resolver.places)


def _in_order(material: Material) -> list[Phrase]:
    """Phrases by where they end, inner before outer, so that a possessor comes before what it owns; hits and lesser
    phrases inside a greater one are left out. A pronoun that leads up to its subject ("Asked about his plan, X said")
    comes after it."""
    scene = material.scene
    inside = [False] * len(scene)
    rows: list[tuple[int, int, Phrase]] = []

    def claim(first: int, last: int) -> None:
        inside[first : last + 1] = [True] * (last + 1 - first)

    for span in material.spans:
        rows.append((span.last, -span.begin, span))
        claim(span.begin, span.last)
        for title in span.apart:
            claim(title.first, title.last)
    for organisation in material.organisations:
        if not inside[organisation.head]:
            rows.append((organisation.last, -organisation.first, organisation))
            claim(organisation.first, organisation.last)
    subjects = subjects_of(scene)
    for candidate in sorted(material.candidates, key=lambda c: c.first - c.last):
        if candidate.sort in ("person", "they", "it", "speaker", "compass"):
            later = subject_ahead(scene, subjects, candidate.head) if candidate.sort == "person" else -1
            rows.append((max(candidate.last, later), -candidate.first, candidate))
        elif not inside[candidate.head]:
            rows.append((candidate.last, -candidate.first, candidate))
            claim(candidate.first, candidate.last)
    rows.extend(
        (hit.last, -hit.first, hit) for hit in material.cover.hits if not inside[hit.last] and not inside[hit.first]
    )
    return [phrase for _, _, phrase in sorted(rows, key=lambda row: row[:2])]


class _Resolver:
    """The walk through one article."""

    def __init__(self, material: Material) -> None:
        self.m = material
        self.scene = material.scene
        self.history = History(material.scene, subjects_of(material.scene), conjuncts_of(material.scene))
        self.mentions: list[Mention] = []
        self.places: list[LabelledSpan] = []
        self.number = {id(span): index for index, span in enumerate(material.spans)}
        counted = Counter(hit.state for hit in material.cover.hits if hit.state in material.gazetteer.states)
        self.states: list[str] = [code for code, _ in counted.most_common() if code]

    def take(self, phrase: Phrase) -> None:
        """Decide one phrase."""
        if isinstance(phrase, NameSpan):
            self._name(phrase)
        elif isinstance(phrase, Organisation):
            self._organisation(phrase)
        elif isinstance(phrase, TokenHit):
            self._party(phrase)
        elif phrase.sort in ("person", "they", "it", "speaker"):
            self._pronoun(phrase)
        elif phrase.sort == "collective":
            self._collective(phrase)
        elif phrase.sort in ("epithet", "compass"):
            self._state_word(phrase)
        elif phrase.sort == "body":
            self._body(phrase)
        else:
            self._office(phrase)

    # Noting

    def _note(
        self,
        tokens: tuple[int, int],
        kind: MentionKind,
        rule: str,
        ref: Ref | None,
        members: tuple[Actor, ...] = (),
        offsets: tuple[int, int] | None = None,
    ) -> None:
        first, last = tokens
        start, end = offsets or (self.scene.start[first], self.scene.end[last])
        actor = ref.actor if ref is not None else None
        if ref is not None and not members:
            members = ref.members
        self.mentions.append(Mention(start, end, self.scene.plain[start:end], kind, actor, rule, members))
        if ref is not None:
            self.history.add(ref)

    def _ref(self, key: str, actor: Actor | None, sort: Sort, tokens: tuple[int, int]) -> Ref:
        token = root(self.scene, *tokens)
        subject, speaker = role_of(self.scene, token)
        return Ref(
            key, actor, sort, token, self.scene.sentence[token], self.scene.paragraph[token], subject, speaker,
            self.scene.quoted[token],
        )  # fmt: skip

    def _again(self, ref: Ref, tokens: tuple[int, int]) -> Ref:
        """The same thing at another place."""
        fresh = self._ref(ref.key, ref.actor, ref.sort, tokens)
        return replace(fresh, sex=ref.sex, nouns=ref.nouns, members=ref.members, top=ref.top)

    def _state(self, code: str) -> Actor:
        entry = self.m.gazetteer.states.get(code)
        return Actor(code, entry.name if entry else code, kind="state" if entry else "organisation")

    def _body_name(self, words: str, state: str | None) -> str:
        entry = self.m.gazetteer.states.get(state) if state else None
        return f"{entry.demonyms[0]} {words}" if entry and entry.demonyms else words

    # Names

    def _name(self, span: NameSpan) -> None:
        choice = self.m.roster.candidates[self.number[id(span)]]
        tokens = (span.begin, span.last)
        if not choice:
            if span.single:
                return
            actor = Actor(None, span.name, kind="person")
            self._note(tokens, "name", "name: nothing known", self._ref(span.name, actor, "person", tokens))
            return
        number = choice[0] if len(choice) == 1 else choose(span, choice, self.m.roster, self.history)
        if number is None:
            self._note(tokens, "name", "name: several could be meant", None)
            return
        entity = self.m.roster.people[number]
        rule = "name: full" if not span.single else "name: short form" if len(choice) == 1 else "name: by context"
        self._note(tokens, "name", rule, replace(self._person(number, entity, tokens), full=not span.single))
        for title in span.apart:
            self._note((title.first, title.last), "title", "title: beside the name", None)
            self.mentions[-1] = replace(self.mentions[-1], actor=entity.actor)

    def _person(self, number: int, entity: Entity, tokens: tuple[int, int]) -> Ref:
        ref = self._ref(f"p{number}", entity.actor, "person", tokens)
        nouns = {t.noun for t in entity.titles}
        for office in entity.person.offices:
            nouns.update(office.title.lower().split())
        return replace(ref, sex=entity.sex, nouns=frozenset(nouns), top=entity.top)

    def _organisation(self, found: Organisation) -> None:
        tokens = (found.first, found.last)
        private = found.role in PRIVATE
        state = found.state
        noun = self.scene.low[found.head]
        if state is None and noun in COMMON_BODY:
            state = self._latest_state(found.head)
        actor_kind: EntityKind = "media" if found.role == "MED" else "body" if state and not private else "organisation"
        code = None if private or state is None else f"{state}{found.role}"
        actor = Actor(code, found.name, kind=actor_kind)
        ref = self._ref("o" + found.name.lower(), actor, _SORT[actor_kind], tokens)
        self._note(tokens, "name", "organisation: by its head noun", replace(ref, nouns=frozenset({noun})))

    def _party(self, found: TokenHit) -> None:
        hit = found.hit
        entry = hit.entry
        tokens = (found.first, found.last)
        offsets = (hit.start, hit.end)
        if hit.use == "city" and is_place(self.scene, found):
            self.places.append(LabelledSpan(hit.start, hit.end, entry.code))
            return
        code = entry.code
        if entry.kind == "body" and entry.parent:
            code = self._owner_of(found) + code[3:]
        actor = Actor(code, entry.name, kind=entry.kind)
        rule = {"name": "party: by name", "demonym": "party: by demonym", "city": "party: by its capital"}[hit.use]
        ref = self._ref("c" + code + entry.name, actor, _SORT[entry.kind], tokens)
        nouns = frozenset({self.scene.low[found.last]}) if entry.kind in ("body", "organisation") else frozenset()
        place = entry.kind == "state" and stands_in_place(self.scene, found)
        rule += ", as a place" if place else ""
        self._note(tokens, "name", rule, replace(ref, nouns=nouns, place=place), (), offsets)

    def _owner_of(self, found: TokenHit) -> str:
        """The state a body is of: its own, or the one right before it ("the French Senate", "Iran's Supreme Court")."""
        at = found.first - 1
        if at > 0 and self.scene.tag[at] == "POS":
            at -= 1
        hit = self.m.cover.hit(at) if at >= 0 else None
        own = found.hit.entry.parent or found.hit.entry.code[:3]
        return hit.hit.entry.code if hit is not None and hit.hit.entry.kind == "state" else own

    # Words that take up

    def _pronoun(self, candidate: Candidate) -> None:
        tokens = (candidate.head, candidate.head)
        if candidate.sort == "speaker":
            self._note(tokens, "pronoun", "pronoun: whoever speaks", None)
            return
        if candidate.sort == "person":
            ref, rule = anaphora.pronoun_person(candidate, self.history)
        elif candidate.sort == "they":
            ref, rule = anaphora.pronoun_plural(candidate, self.history)
        else:
            ref, rule = anaphora.pronoun_neuter(candidate, self.history)
            if ref is None:
                return
        self._note(tokens, "pronoun", rule, self._again(ref, tokens) if ref else None)

    def _collective(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        members, rule = anaphora.collective(candidate, self.history, self.m.gazetteer)
        ref = self._ref("m" + "+".join(m.name for m in members), None, "collective", tokens)
        self._note(tokens, "collective", rule, replace(ref, members=members), members)

    def _state_word(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        kind: MentionKind = "description"
        if candidate.sort == "compass":
            code = anaphora.compass(candidate, self.states, self.m.gazetteer)
            if code is None:
                return
            kind, rule = "name", "party: the side of a border"
        else:
            rule = "party: taken up again"
            code = candidate.state or self._possessor(candidate)
            if code not in self.m.gazetteer.states:
                code = self._latest_state(candidate.head, other=True)
            if code is None:
                self._note(tokens, kind, "party: none named before", None)
                return
        actor = self._state(code)
        self._note(tokens, kind, rule, self._ref("c" + code + actor.name, actor, "state", tokens))

    def _possessor(self, candidate: Candidate) -> str | None:
        """The state of the name or pronoun that leads a phrase: "Trump's", "its", "the Obama"."""
        if candidate.owner < 0:
            return None
        ref = self.history.by_token.get(candidate.owner)
        if ref is not None:
            # What several share is no one state's.
            return ref.state
        if self.scene.low[candidate.owner] == "its":
            return self._latest_state(candidate.head)
        people = self.m.roster.people
        word = self.scene.low[candidate.owner]
        states = {people[n].state for n in self.m.roster.by_form.get((word,), ()) if people[n].state}
        if not states and candidate.noun in _OF_A_LEADER:
            # "the Bush administration": whoever led it, whenever.
            states = {o.party[:3] for o in self.m.gazetteer.offices_by_word.get(word, ()) if o.title in TOP}
        return states.pop() if len(states) == 1 else None

    def _side(self, candidate: Candidate) -> str | None:
        """The state of "the North" inside a phrase: "a spokesperson for the North's foreign ministry"."""
        for token in range(candidate.first, candidate.last + 1):
            ref = self.history.by_token.get(token)
            if ref is not None and ref.sort == "state":
                return ref.state
        return None

    def _american(self, candidate: Candidate) -> str | None:
        """ "the administration", "a senior administration official", "congressional aides": said of the United States,
        unless the text never names it."""
        words = self.scene.low[candidate.first : candidate.last + 1]
        return "USA" if "USA" in self.states and ("administration" in words or "congressional" in words) else None

    def _latest_state(self, token: int, *, other: bool = False) -> str | None:
        """The state talked of last before a token; inside a quotation the speaker's own comes first."""
        scene = self.scene
        here = scene.sentence[token]
        fallback = last = None
        if scene.quoted[token] and not other:
            speaker = next((r for r in reversed(self.history.refs) if r.speaker and not r.quoted), None)
            if speaker is not None and speaker.state in self.m.gazetteer.states and here - speaker.sentence <= 4:
                return speaker.state
        for ref in self.history.back(scene.paragraph[token], 2):
            code = ref.state
            if code not in self.m.gazetteer.states or ref.sort not in ("state", "body", "person"):
                continue
            if here - ref.sentence > 4:
                break
            if ref.place:
                continue
            # "the regime", "the country" is said of another one than the reader's own; in English mostly not of the US.
            if other and code == "USA":
                last = last or code
                continue
            if ref.sort == "state" and (ref.subject or ref.sentence == here):
                return code
            fallback = fallback or code
        return fallback or last

    def _body(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        if len(candidate.states) > 1:
            self._joint(candidate, "people")
            return
        state = candidate.state or self._possessor(candidate) or self._side(candidate)
        rule = "institution: by its state"
        if state is None:
            for ref in self.history.back(self.scene.paragraph[candidate.head], 10):
                if ref.sort in ("body", "organisation") and candidate.noun in ref.nouns:
                    self._note(tokens, "description", "institution: taken up again", self._again(ref, tokens))
                    return
            state = self._minister_of(candidate) or self._american(candidate) or self._latest_state(candidate.head)
            rule = "institution: state from context"
        actor = self._institution(candidate, state)
        if actor.code is None:
            rule = "institution: state unknown"
        ref = self._ref("b" + actor.name.lower(), actor, _SORT[actor.kind], tokens)
        nouns = frozenset({candidate.noun, self.scene.low[candidate.head]})
        self._note(tokens, "description", rule, replace(ref, nouns=nouns))

    def _institution(self, candidate: Candidate, state: str | None) -> Actor:
        words = self._words(candidate)
        if candidate.media is not None:
            return Actor(candidate.media.code, candidate.media.name, kind="media")
        if state is None or candidate.private:
            return Actor(None, words, kind="body" if state is None else "organisation")
        kind: EntityKind = "media" if candidate.role == "MED" else "body"
        code = f"{state}{candidate.role}" if state in self.m.gazetteer.states else state
        return Actor(
            code, words if self._names_it(candidate, words, state) else self._body_name(words, state), kind=kind
        )

    def _minister_of(self, candidate: Candidate) -> str | None:
        """The state of "the ministry" after somebody was named as its minister."""
        if candidate.noun != "ministry":
            return None
        for ref in self.history.back(self.scene.paragraph[candidate.head], 6):
            if ref.sort == "person" and "minister" in ref.nouns and ref.actor and ref.actor.state:
                return ref.actor.state
        return None

    def _words(self, candidate: Candidate) -> str:
        """The phrase without article, pronoun, number and the state before its noun; a leader's name stays ("Trump
        administration")."""
        scene = self.scene
        first = candidate.first
        for token in range(candidate.first, candidate.head):
            hit = self.m.cover.hit(token)
            if hit is not None and hit.hit.entry.kind == "state":
                first = max(first, hit.last + 1)
            elif scene.tag[token] in ("DT", "PDT", "PRP$") or scene.pos[token] == "NUM":
                first = max(first, token + 1)
            elif (scene.tag[token] == "POS" and first == token) or (scene.text[token] in ("-", "–") and first == token):
                first = token + 1
            elif token in self.history.by_token and self.history.by_token[token].sort == "state":
                first = max(first, token + 1)
        first = min(first, candidate.head)
        words = scene.words(first, candidate.last)
        opens = first == 0 or scene.sentence[first - 1] != scene.sentence[first] or scene.text[first - 1] == '"'
        if scene.low[first] == "own" and first < candidate.head:
            words = scene.words(first + 1, candidate.last)
        elif opens and scene.pos[first] != "PROPN" and words[:2].istitle():
            words = words[0].lower() + words[1:]
        for token in range(candidate.head + 1, candidate.last + 1):
            ref = self.history.by_token.get(token)
            if ref is not None and ref.sort == "state" and ref.state and scene.low[token - 1] == "the":
                # "the North's foreign ministry" in full.
                words = words.replace(f"the {scene.text[token]}'s", self._body_name("", ref.state).strip())
        return words

    def _names_it(self, candidate: Candidate, words: str, state: str) -> bool:
        """Whether words tell their state already: by its name, a body of it, or its leader."""
        at = self.m.cover.at
        for token in range(candidate.first, candidate.last + 1):
            if at[token] >= 0:
                hit = self.m.cover.hits[at[token]]
                if hit.state == state and self.scene.plain[hit.hit.start : hit.hit.end] in words:
                    return True
        forms = self.m.roster.by_form
        return any((word.lower(),) in forms for word in words.split())

    def _office(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        if len(candidate.states) > 1:
            self._joint(candidate, "people")
            return
        state = candidate.state or self._possessor(candidate) or self._side(candidate) or self._american(candidate)
        words = self._words(candidate)
        beside = frozenset(w for w in words.lower().replace("-", " ").split() if w != self.scene.low[candidate.head])
        alone = not (candidate.plural or candidate.former or candidate.private)
        if alone and (candidate.definite or (candidate.noun in UNIQUE and state is not None)):
            ref, rule = anaphora.office(candidate, self.history, state, beside)
            if ref is not None:
                self._note(tokens, "title", rule, self._again(ref, tokens))
                return
            number = self._holder(candidate, state, beside)
            if number is not None:
                holder = self._person(number, self.m.roster.people[number], tokens)
                self._note(tokens, "title", "office: its holder", holder)
                return
        elif alone:
            number = self._named_next(candidate, state)
            if number is not None:
                person = self._person(number, self.m.roster.people[number], tokens)
                self._note(tokens, "description", "office: named soon after", person)
                return
        actor = self._described(candidate, state, words)
        ref = self._ref(
            f"d{actor.name.lower()}|{actor.code}", actor, "people" if candidate.plural else "person", tokens
        )
        sex = "male" if candidate.noun in MALE else "female" if candidate.noun in FEMALE else None
        nouns = {candidate.noun} | ({"spokesperson"} if candidate.noun.startswith("spokes") else set())
        self._note(tokens, "description", "description", replace(ref, sex=sex, nouns=frozenset(nouns)))

    def _joint(self, candidate: Candidate, sort: Sort) -> None:
        """ "U.S. and Iranian negotiators": one member for each state."""
        words = self._words(candidate)
        members = []
        for state in candidate.states:
            code = f"{state}{candidate.role or 'GOV'}" if state in self.m.gazetteer.states else state
            name = self._body_name(self.scene.words(candidate.head, candidate.head), state)
            kind: EntityKind = "person" if candidate.sort == "office" else "body"
            members.append(Actor(code, name, None, kind == "person", kind))
        tokens = (candidate.first, candidate.last)
        ref = replace(self._ref("j" + words.lower(), None, "collective", tokens), members=tuple(members))
        self._note(tokens, "collective", "collective: by the states beside it", ref)

    def _described(self, candidate: Candidate, state: str | None, words: str) -> Actor:
        known = state in self.m.gazetteer.states
        speaks = not candidate.private and not candidate.former and state is not None
        code = (f"{state}{candidate.role or 'GOV'}" if known else state) if speaks else None
        if state is not None and candidate.state is not None and not self._names_it(candidate, words, state):
            words = self._body_name(words, state)
        # A spokesperson, or the one holder of an office, is no anonymous source.
        voice = candidate.noun.startswith("spokes") or (candidate.noun in UNIQUE and not candidate.plural)
        return Actor(code, words, None, anonymous=not voice, kind="person")

    def _holder(self, candidate: Candidate, state: str | None, beside: frozenset[str]) -> int | None:
        """The one person of the article who holds a state's office, named later or by background alone."""
        if state is None or candidate.noun not in UNIQUE:
            return None
        fitting = [
            number
            for number, entity in enumerate(self.m.roster.people)
            if entity.state == state
            and any(
                not t.former and t.noun == candidate.noun and beside <= set(t.text.lower().split())
                for t in entity.titles
            )
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _named_next(self, candidate: Candidate, state: str | None) -> int | None:
        """Who "a senior aide said" at the head of a report turns out to be: the speaker named with a like office in the
        next paragraphs, and not before."""
        scene = self.scene
        _, speaks = role_of(scene, candidate.head)
        paragraph = scene.paragraph[candidate.head]
        if not speaks or paragraph > _LEAD:
            return None
        for span, choice in zip(self.m.spans, self.m.roster.candidates, strict=True):
            if span.last < candidate.last or len(choice) != 1:
                continue
            if (
                scene.paragraph[span.first] - paragraph > 2
                or scene.sentence[span.first] == scene.sentence[candidate.head]
            ):
                continue
            entity = self.m.roster.people[choice[0]]
            _, says = role_of(scene, root(scene, span.first, span.last))
            if not says or entity.first < candidate.first:
                continue
            if state is not None and entity.state is not None and entity.state != state:
                return None
            ref = self._person(choice[0], entity, (span.first, span.last))
            own = frozenset(t.noun for t in entity.titles)
            return choice[0] if noun_fits(candidate.noun, replace(ref, nouns=own)) else None
        return None
