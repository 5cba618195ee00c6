"""Every phrase in text order, each decided from what stands before it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from summitry.casebook import PartyEntry
from summitry.reader.mentions import anaphora
from summitry.reader.mentions.ambiguous import choose
from summitry.reader.mentions.cities import is_place, stands_in_place
from summitry.reader.mentions.cover import TokenHit
from summitry.reader.mentions.history import Ref, Sort, noun_fits, role_of, root
from summitry.reader.mentions.lexicon import COMMON_BODY, FEMALE, MALE, PRIVATE, UNIQUE
from summitry.reader.mentions.namespans import NameSpan
from summitry.reader.mentions.order import Phrase, in_order
from summitry.reader.mentions.organisations import Organisation
from summitry.reader.mentions.phrases import Candidate
from summitry.reader.mentions.roster import Entity
from summitry.reader.mentions.walk import Material, Walk
from summitry.vocabulary import Actor, EntityKind, LabelledSpan, Mention, MentionKind

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
# "spokesman for the foreign ministry" and "foreign ministry spokesman" are one description.
_POSSESSIVE: Final = re.compile(r"^(?:its|his|her|their|our|the) ", re.IGNORECASE)
_SPOKES: Final = re.compile(r"(spokes\w+) (?:for|of|at) (?:the )?((?:(?! (?:for|of|at|in) ).)+)")
# States whose general staff is called the Joint Chiefs in English.
_JOINT_CHIEFS: Final = frozenset({"USA", "KOR", "PAK", "PHL"})
_NICKNOUN: Final = {"IGOWSTNAT": "alliance", "IGOEUREEC": "bloc", "IGOUNOIAE": "watchdog"}


def resolve(material: Material) -> tuple[tuple[Mention, ...], tuple[LabelledSpan, ...]]:
    """The mentions in text order, and the cities that are places (labelled by the state's code)."""
    resolver = _Resolver(material)
    for phrase in in_order(material):
        resolver.take(phrase)
    return tuple(sorted(resolver.mentions, key=lambda m: (m.start, -m.end))), tuple(resolver.places)


def _full_name(entry: PartyEntry, words: str) -> str:
    """The full name of a party: as the text has it where it only turns the words round ("Unification Ministry")."""
    turned = entry.kind == "body" and set(words.split()) == set(entry.name.split()) - {"of", "the", "for"}
    return words if turned else entry.name


def _nouns_of(entry: PartyEntry, last: str) -> frozenset[str]:
    """The nouns that take a known organisation up: "the agency", "the group"."""
    wider = {"group": {"group", "movement", "party", "organization", "organisation"}}.get(entry.kind, set())
    return frozenset({last, entry.name.rsplit(" ", 1)[-1].lower(), *wider, _NICKNOUN.get(entry.code, last)})


class _Resolver(Walk):
    """The decisions, one method a kind of phrase."""

    def take(self, phrase: Phrase) -> None:
        """Decide one phrase."""
        if isinstance(phrase, NameSpan):
            self._name(phrase)
        elif isinstance(phrase, Organisation):
            self._organisation(phrase)
        elif isinstance(phrase, TokenHit):
            self._party(phrase)
        elif phrase.sort in ("person", "they", "it", "speaker", "relative"):
            self._pronoun(phrase)
        elif phrase.sort == "collective":
            self._collective(phrase)
        elif phrase.sort in ("epithet", "compass"):
            self._state_word(phrase)
        elif phrase.sort == "body":
            self._body(phrase)
        else:
            self._office(phrase)

    def _name(self, span: NameSpan) -> None:
        choice = self.m.roster.candidates[self.number[id(span)]]
        tokens = (span.begin, span.last)
        if not choice:
            named = self.scene.tag[span.last] == "NNP" and role_of(self.scene, span.last)[1]
            if span.single and (not named or len(span.name) < 3):
                return
            actor = Actor(None, span.name, kind="person")
            self.note(tokens, "name", "name: nothing known", self.ref(span.name, actor, "person", tokens))
            return
        number = choice[0] if len(choice) == 1 else choose(span, choice, self.m.roster, self.history)
        if number is None:
            self.note(tokens, "name", "name: several could be meant", None)
            return
        entity = self.m.roster.people[number]
        rule = "name: full" if not span.single else "name: short form" if len(choice) == 1 else "name: by context"
        self.note(tokens, "name", rule, replace(self.person(number, entity, tokens), full=not span.single))
        for title in span.apart:
            self.note((title.first, title.last), "title", "title: beside the name", None)
            self.mentions[-1] = replace(self.mentions[-1], actor=entity.actor)

    def _organisation(self, found: Organisation) -> None:
        tokens = (found.first, found.last)
        private = found.role in PRIVATE
        state = found.state
        noun = self.scene.low[found.head]
        if state is None and noun in COMMON_BODY:
            state = self.latest_state(found.head)
        elif state is None and noun == "chiefs":
            state = self.latest_of(_JOINT_CHIEFS)
        actor_kind: EntityKind = "media" if found.role == "MED" else "body" if state and not private else "organisation"
        code = None if private or state is None else f"{state}{found.role}"
        actor = Actor(code, found.name, kind=actor_kind)
        ref = self.ref("o" + found.name.lower(), actor, _SORT[actor_kind], tokens)
        self.note(tokens, "name", "organisation: by its head noun", replace(ref, nouns=frozenset({noun})))

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
            code = self.owner_of(found) + code[3:]
        actor = Actor(code, _full_name(entry, self.scene.plain[hit.start : hit.end]), kind=entry.kind)
        rule = {"name": "party: by name", "demonym": "party: by demonym", "city": "party: by its capital"}[hit.use]
        ref = self.ref("c" + code + entry.name, actor, _SORT[entry.kind], tokens)
        nouns = frozenset() if entry.kind in ("state", "media") else _nouns_of(entry, self.scene.low[found.last])
        place = entry.kind == "state" and stands_in_place(self.scene, found)
        rule += ", as a place" if place else ""
        adjective = hit.use == "demonym" and self.scene.dep[ref.token] in ("amod", "compound", "nmod")
        self.note(tokens, "name", rule, replace(ref, nouns=nouns, place=place, adjective=adjective), (), offsets)

    def _pronoun(self, candidate: Candidate) -> None:
        tokens = (candidate.head, candidate.head)
        if candidate.sort == "speaker":
            self.note(tokens, "pronoun", "pronoun: whoever speaks", None)
            return
        if candidate.sort == "relative":
            # "..., who" hangs on the noun right before it sooner than on the first of a list.
            before = candidate.head - (2 if self.scene.text[candidate.head - 1] == "," else 1)
            ref = self.history.by_token.get(before) or self.history.by_token.get(candidate.owner)
            if ref is not None:
                self.note(tokens, "pronoun", "pronoun: relative", self.again(ref, tokens))
            return
        if candidate.sort == "person":
            ref, rule = anaphora.pronoun_person(candidate, self.history)
        elif candidate.sort == "they":
            ref, rule = anaphora.pronoun_plural(candidate, self.history)
        else:
            ref, rule = anaphora.pronoun_neuter(candidate, self.history)
            if ref is None:
                return
        self.note(tokens, "pronoun", rule, self.again(ref, tokens) if ref else None)

    def _collective(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        members, rule = anaphora.collective(candidate, self.history, self.m.gazetteer)
        ref = self.ref("m" + "+".join(m.name for m in members), None, "collective", tokens)
        self.note(tokens, "collective", rule, replace(ref, members=members), members)

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
            code = candidate.state or self.possessor(candidate)
            if code not in self.m.gazetteer.states:
                code = self.topic_state(candidate.head) or self.latest_state(candidate.head, other=True)
            if code is None:
                self.note(tokens, kind, "party: none named before", None)
                return
        actor = self.state(code)
        self.note(tokens, kind, rule, self.ref("c" + code + actor.name, actor, "state", tokens))

    def _body(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        if len(candidate.states) > 1:
            self._joint(candidate, "people")
            return
        state = candidate.state or self.possessor(candidate) or self.side(candidate) or self.seat(candidate)
        rule = "institution: by its state"
        if state is None:
            ours = self.american(candidate)
            for ref in self.history.back(self.scene.paragraph[candidate.head], 10 if candidate.owner < 0 else -1):
                if ours is not None and ref.state != ours:
                    continue
                if ref.sort in ("body", "organisation", "group") and candidate.noun in ref.nouns:
                    self.note(tokens, "description", "institution: taken up again", self.again(ref, tokens))
                    return
            if candidate.only_again:
                return
            state = self.minister_of(candidate) or ours or self.latest_state(candidate.head)
            rule = "institution: state from context"
        actor = self._institution(candidate, state)
        if actor.code is None:
            rule = "institution: state unknown"
        ref = self.ref("b" + actor.name.lower(), actor, _SORT[actor.kind], tokens)
        nouns = frozenset({candidate.noun, self.scene.low[candidate.head]})
        self.note(tokens, "description", rule, replace(ref, nouns=nouns))

    def _institution(self, candidate: Candidate, state: str | None) -> Actor:
        words = self.words(candidate)
        if candidate.media is not None:
            return Actor(candidate.media.code, candidate.media.name, kind="media")
        if state is None or candidate.private:
            return Actor(None, words, kind="body" if state is None else "organisation")
        kind: EntityKind = "media" if candidate.role == "MED" else "body"
        code = f"{state}{candidate.role}" if state in self.m.gazetteer.states else state
        return Actor(code, words if self.names_it(candidate, words, state) else self.body_name(words, state), kind=kind)

    def _office(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        if len(candidate.states) > 1:
            self._joint(candidate, "people")
            return
        state = candidate.state or self.possessor(candidate) or self.side(candidate) or self.american(candidate)
        partisan = self._partisan(candidate)
        if partisan is not None:
            self.note(tokens, "title", "office: taken up again", self.again(partisan, tokens))
            return
        words = self.words(candidate)
        beside = frozenset(w for w in words.lower().replace("-", " ").split() if w != self.scene.low[candidate.head])
        alone = not (candidate.plural or candidate.former or candidate.private)
        if alone and (candidate.definite or (candidate.noun in UNIQUE and state is not None)):
            bare = candidate.noun if state is None and not beside else ""
            ref, rule = anaphora.office(candidate, self.history, state, beside, self.meant.get(bare))
            if ref is not None:
                if bare:
                    self.meant[bare] = ref.key
                self.note(tokens, "title", rule, self.again(ref, tokens))
                return
            number = self._holder(candidate, state, beside)
            if number is not None:
                holder = self.person(number, self.m.roster.people[number], tokens)
                self.note(tokens, "title", "office: its holder", holder)
                return
        elif candidate.former and candidate.definite and not candidate.plural:
            ref, rule = anaphora.office(candidate, self.history, None, beside & frozenset({"vice", "prime"}))
            if ref is not None:
                self.note(tokens, "title", rule, self.again(ref, tokens))
                return
        elif alone:
            number = self._named_next(candidate, state)
            if number is not None:
                person = self.person(number, self.m.roster.people[number], tokens)
                self.note(tokens, "description", "office: named soon after", person)
                return
        house = self._house(candidate, beside) if state is None else None
        if house is None and state is None and not candidate.private and candidate.noun.startswith("spokes"):
            # "a ministry spokesman": of the state that is talked of.
            state = self.latest_state(candidate.head) if beside & {"ministry", "government", "army"} else None
        if house is not None and house.actor is not None:
            state = house.state
            if words.lower() == f"{self.scene.low[candidate.head - 1]} {self.scene.low[candidate.head]}":
                words = f"{house.actor.name} {self.scene.low[candidate.head]}"
        actor = self._described(candidate, state, words)
        ref = self.ref(f"d{actor.name.lower()}|{actor.code}", actor, "people" if candidate.plural else "person", tokens)
        sex = "male" if candidate.noun in MALE else "female" if candidate.noun in FEMALE else None
        nouns = {candidate.noun} | ({"spokesperson"} if candidate.noun.startswith("spokes") else set())
        self.note(tokens, "description", "description", replace(ref, sex=sex, nouns=frozenset(nouns)))

    def _partisan(self, candidate: Candidate) -> Ref | None:
        """Whom "the Democrat", "the Ohio Republican" takes up: the latest American named, members of Congress first."""
        if candidate.noun not in ("democrat", "republican") or candidate.plural or not candidate.definite:
            return None
        people = [
            ref
            for ref in self.history.back(self.scene.paragraph[candidate.head], 4)
            if ref.sort == "person" and ref.actor is not None and not ref.actor.anonymous and ref.state in (None, "USA")
        ]
        members = (ref for ref in people if (ref.actor.code if ref.actor else None) == "USALEG")
        return next(members, None) or next((ref for ref in people if ref.subject), None)

    def _house(self, candidate: Candidate, beside: frozenset[str]) -> Ref | None:
        """The institution named before that "a ministry spokesperson" speaks for."""
        if candidate.private or candidate.former:
            return None
        for ref in self.history.back(self.scene.paragraph[candidate.head], 2):
            if ref.sort == "body" and ref.state is not None and ref.nouns & beside:
                return ref
        return None

    def _joint(self, candidate: Candidate, sort: Sort) -> None:
        """ "U.S. and Iranian negotiators": one member for each state."""
        words = self.words(candidate)
        members = []
        for state in candidate.states:
            code = f"{state}{candidate.role or 'GOV'}" if state in self.m.gazetteer.states else state
            name = self.body_name(self.scene.words(candidate.head, candidate.head), state)
            kind: EntityKind = "person" if candidate.sort == "office" else "body"
            members.append(Actor(code, name, None, kind == "person", kind))
        tokens = (candidate.first, candidate.last)
        ref = replace(self.ref("j" + words.lower(), None, "collective", tokens), members=tuple(members))
        self.note(tokens, "collective", "collective: by the states beside it", ref)

    def _described(self, candidate: Candidate, state: str | None, words: str) -> Actor:
        known = state in self.m.gazetteer.states
        speaks = not candidate.private and not candidate.former and state is not None
        code = (f"{state}{candidate.role or 'GOV'}" if known else state) if speaks else None
        spokes = _SPOKES.fullmatch(words)
        if spokes is not None:
            # Whose house it is stands in the code; "its" says nothing outside the sentence.
            words = f"{_POSSESSIVE.sub('', spokes[2])} {spokes[1]}"
        if state is not None and candidate.state is not None and not self.names_it(candidate, words, state):
            words = self.body_name(words, state)
        words = " ".join((*(word for word in self.rank(candidate) if word not in words.lower().split()), words))
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
            if entity.state == state and self._held(entity, candidate.noun, beside)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _held(self, entity: Entity, noun: str, beside: frozenset[str]) -> bool:
        """Whether somebody of the roster holds an office by a title in the text or by background."""
        titles = [title.text for title in entity.titles if not title.former and title.noun == noun]
        titles += [office.title for office in entity.person.offices if office.party == entity.state]
        return any({noun, *beside} <= {noun, *title.lower().split()} for title in titles if noun in title.lower())

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
            ref = self.person(choice[0], entity, (span.first, span.last))
            own = frozenset(t.noun for t in entity.titles)
            return choice[0] if noun_fits(candidate.noun, replace(ref, nouns=own)) else None
        return None
