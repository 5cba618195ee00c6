"""Every phrase in text order, each decided from what stands before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from summitry.read.mentions import anaphora
from summitry.read.mentions.candidates import Candidate
from summitry.read.mentions.cities import is_place
from summitry.read.mentions.cover import Cover, TokenHit
from summitry.read.mentions.gazetteer import Gazetteer
from summitry.read.mentions.history import History, Ref, Sort, role_of, root, subjects_of
from summitry.read.mentions.lexicon import FEMALE, MALE, PRIVATE, TOP, UNIQUE
from summitry.read.mentions.namespans import NameSpan
from summitry.read.mentions.organisations import Organisation
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
# Regimes and administrations are a state's; forces, media and parliaments have a role of their own.
_STATE_WORDS: Final = frozenset("regime country nation kingdom republic state".split())


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
    for first, _, phrase in _in_order(material):
        resolver.take(phrase, first)
    return tuple(sorted(resolver.mentions, key=lambda m: (m.start, -m.end))), tuple(resolver.places)


def _in_order(material: Material) -> list[tuple[int, int, Phrase]]:
    """Phrases by first token, outer before inner; hits and lesser phrases inside a greater one left out."""
    size = len(material.scene)
    inside = [False] * size
    rows: list[tuple[int, int, Phrase]] = []

    def claim(first: int, last: int) -> None:
        for token in range(first, min(last + 1, size)):
            inside[token] = True

    for span in material.spans:
        rows.append((span.begin, span.last, span))
        claim(span.begin, span.last)
    for organisation in material.organisations:
        rows.append((organisation.first, organisation.last, organisation))
        claim(organisation.first, organisation.last)
    for candidate in sorted(material.candidates, key=lambda c: c.first - c.last):
        if not inside[candidate.head]:
            rows.append((candidate.first, candidate.last, candidate))
            if candidate.sort not in ("person", "they", "it", "speaker"):
                claim(candidate.first, candidate.last)
    for hit in material.cover.hits:
        if not inside[hit.last] and not inside[hit.first]:
            rows.append((hit.first, hit.last, hit))
    return sorted(rows, key=lambda row: (row[0], -row[1]))


class _Resolver:
    """The walk through one article."""

    def __init__(self, material: Material) -> None:
        self.m = material
        self.scene = material.scene
        self.history = History(material.scene, subjects_of(material.scene))
        self.mentions: list[Mention] = []
        self.places: list[LabelledSpan] = []
        self.number = {id(span): index for index, span in enumerate(material.spans)}
        counted = Counter(hit.state for hit in material.cover.hits if hit.state in material.gazetteer.states)
        self.states: list[str] = [code for code, _ in counted.most_common() if code]

    def take(self, phrase: Phrase, first: int) -> None:
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
        number = choice[0] if len(choice) == 1 else self._which(span, choice)
        if number is None:
            self._note(tokens, "name", "name: several could be meant", None)
            return
        entity = self.m.roster.people[number]
        rule = "name: full" if not span.single else "name: short form" if len(choice) == 1 else "name: by context"
        self._note(tokens, "name", rule, replace(self._person(number, entity, tokens), full=not span.single))
        title = span.after
        if title is not None and title.first > span.last:
            inner = (title.first, title.last)
            self._note(inner, "title", "title: beside the name", None)
            self.mentions[-1] = replace(self.mentions[-1], actor=entity.actor)

    def _person(self, number: int, entity: Entity, tokens: tuple[int, int]) -> Ref:
        ref = self._ref(f"p{number}", entity.actor, "person", tokens)
        nouns = {t.noun for t in entity.titles}
        for office in entity.person.offices:
            nouns.update(office.title.lower().split())
        return replace(ref, sex=entity.sex, nouns=frozenset(nouns), top=entity.top)

    def _which(self, span: NameSpan, choice: Sequence[int]) -> int | None:
        """Which of several bearers of a name is meant: the office beside it, the paragraph, the one who speaks, the
        company in a coordination. A tie is left open."""
        people = self.m.roster.people
        token = root(self.scene, span.first, span.last)
        if span.before is not None:
            fitting = [
                n
                for n in choice
                if any(span.before.noun == t.noun for t in people[n].titles)
                or (span.before.noun in TOP and people[n].top)
            ]
            if span.before.state:
                fitting = [n for n in fitting or choice if people[n].state == span.before.state] or fitting
            if len(fitting) == 1:
                return fitting[0]
        scores = dict.fromkeys(choice, 0.0)
        paragraph = self.scene.paragraph[token]
        _, says = role_of(self.scene, token)
        partner_top = self._partner_is_top(token)
        seen: set[str] = set()
        for ref in self.history.back(paragraph, 30):
            number = int(ref.key[1:]) if ref.key[0] == "p" and ref.key[1:].isdigit() else -1
            if number not in scores:
                continue
            if ref.key not in seen:
                scores[number] += 1.5 if len(seen) == 0 else 0.5
                if ref.paragraph == paragraph:
                    scores[number] += 3.0 if len(seen) == 0 else 1.5
                elif ref.speaker:
                    scores[number] += 1.0
                seen.add(ref.key)
            if says and ref.speaker and not ref.quoted:
                scores[number] += 1.0
        for number in choice:
            if f"p{number}" not in seen:
                scores[number] -= 2.0
            if partner_top and people[number].top:
                scores[number] += 3.0
            if says and not people[number].top and any(t.noun for t in people[number].titles):
                scores[number] += 0.5
        ranked = sorted(choice, key=lambda n: -scores[n])
        if scores[ranked[0]] - scores[ranked[1]] < 0.75:
            return None
        return ranked[0]

    def _partner_is_top(self, token: int) -> bool:
        """Whether the name is coordinated with, or modifies, what belongs to a leader: "Kim and Trump", "the Kim regime"."""
        scene = self.scene
        if scene.dep[token] == "compound" and scene.low[scene.head[token]] in (
            "regime",
            "dynasty",
            "government",
            "family",
        ):
            return True
        partners = [scene.head[token]] if scene.dep[token] == "conj" else []
        partners += [
            t for t in range(token + 1, min(token + 8, len(scene))) if scene.dep[t] == "conj" and scene.head[t] == token
        ]
        forms = self.m.roster.by_form
        return any(self.m.roster.people[n].top for t in partners for n in forms.get((scene.low[t],), ())[:1])

    def _organisation(self, found: Organisation) -> None:
        tokens = (found.first, found.last)
        private = found.role in PRIVATE
        state = found.state
        actor_kind: EntityKind = "media" if found.role == "MED" else "body" if state and not private else "organisation"
        code = None if private else f"{state}{found.role}" if state else None
        actor = Actor(code, found.name, kind=actor_kind)
        ref = self._ref("o" + found.name.lower(), actor, _SORT[actor_kind], tokens)
        self._note(
            tokens,
            "name",
            "organisation: by its head noun",
            replace(ref, nouns=frozenset({self.scene.low[found.head]})),
        )

    def _party(self, found: TokenHit) -> None:
        hit = found.hit
        entry = hit.entry
        tokens = (found.first, found.last)
        offsets = (hit.start, hit.end)
        if hit.use == "city" and is_place(self.scene, found):
            self.places.append(LabelledSpan(hit.start, hit.end, entry.code))
            return
        actor = Actor(entry.code, entry.name, kind=entry.kind)
        rule = {"name": "party: by name", "demonym": "party: by demonym", "city": "party: by its capital"}[hit.use]
        ref = self._ref("c" + entry.code + entry.name, actor, _SORT[entry.kind], tokens)
        self._note(tokens, "name", rule, ref, (), offsets)

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
        if candidate.sort == "compass":
            code = anaphora.compass(candidate, self.states, self.m.gazetteer)
            if code is None:
                return
            rule = "party: the side of a border"
        else:
            found = self._possessor(candidate)
            code = candidate.state or found
            if code is None:
                code = self._latest_state(candidate, regime=candidate.noun == "regime")
            rule = "party: taken up again"
            if code is None:
                self._note(tokens, "description", "party: none named before", None)
                return
        actor = self._state(code)
        self._note(
            tokens,
            "name" if candidate.sort == "compass" else "description",
            rule,
            self._ref("c" + code + actor.name, actor, "state", tokens),
        )

    def _possessor(self, candidate: Candidate) -> str | None:
        """The state of the name or pronoun that leads a phrase: "Trump's", "its", "the Obama"."""
        if candidate.owner < 0:
            return None
        ref = self.history.by_token.get(candidate.owner)
        if ref is not None:
            return ref.state
        low = self.scene.low[candidate.owner]
        forms = self.m.roster.by_form
        numbers = forms.get((low,), ())
        states = {self.m.roster.people[n].state for n in numbers}
        if len(states) == 1:
            return states.pop()
        if self.scene.tag[candidate.owner] == "PRP$":
            sort = "it" if low == "its" else "they" if low == "their" else "person"
            pronoun = Candidate(candidate.owner, candidate.owner, candidate.owner, sort, low)  # type: ignore[arg-type]
            resolve_one = {
                "it": anaphora.pronoun_neuter, "they": anaphora.pronoun_plural, "person": anaphora.pronoun_person
            }[sort]  # fmt: skip
            found, _ = resolve_one(pronoun, self.history)
            return found.state if found else None
        return None

    def _latest_state(self, candidate: Candidate, *, regime: bool = False) -> str | None:
        scene = self.scene
        here = scene.sentence[candidate.head]
        fallback = None
        for ref in self.history.back(scene.paragraph[candidate.head], 2):
            code = ref.state
            if code not in self.m.gazetteer.states or ref.sort not in ("state", "body", "person"):
                continue
            if here - ref.sentence > 4:
                break
            if regime and code == "USA":
                continue
            if ref.sort == "state" and (ref.subject or ref.sentence == here):
                return code
            fallback = fallback or code
        return fallback

    def _body(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        state = candidate.state or self._possessor(candidate)
        words = self._words(candidate)
        rule = "institution: by its state"
        if state is None:
            for ref in self.history.back(self.scene.paragraph[candidate.head], 10):
                if ref.sort in ("body", "organisation") and candidate.noun in ref.nouns:
                    self._note(tokens, "description", "institution: taken up again", self._again(ref, tokens))
                    return
            title = self._minister_of(candidate)
            state = title or self._latest_state(candidate)
            rule = "institution: state from context"
        if state is None:
            actor = Actor(None, words, kind="body")
            rule = "institution: state unknown"
        elif candidate.private:
            actor = Actor(None, words, kind="organisation")
        else:
            kind: EntityKind = "media" if candidate.role == "MED" else "body"
            known = state in self.m.gazetteer.states
            code = f"{state}{candidate.role}" if known else state
            bare = candidate.state is not None and candidate.last > candidate.head
            actor = Actor(code, words if bare else self._body_name(words, state), kind=kind)
        ref = self._ref("b" + actor.name.lower(), actor, _SORT[actor.kind], tokens)
        self._note(
            tokens, "description", rule, replace(ref, nouns=frozenset({candidate.noun, self.scene.low[candidate.head]}))
        )

    def _minister_of(self, candidate: Candidate) -> str | None:
        """ "the ministry" after somebody was named as its minister."""
        if candidate.noun != "ministry":
            return None
        for ref in self.history.back(self.scene.paragraph[candidate.head], 6):
            if ref.sort == "person" and "minister" in ref.nouns and ref.actor and ref.actor.state:
                return ref.actor.state
        return None

    def _words(self, candidate: Candidate) -> str:
        """The phrase without article, possessor and the state before its noun, "former" kept."""
        scene = self.scene
        first = candidate.first
        for token in range(candidate.first, candidate.head):
            hit = self.m.cover.hit(token)
            leads = (hit is not None and hit.hit.entry.kind == "state") or token == candidate.owner
            if scene.tag[token] in ("DT", "PDT", "PRP$", "POS") or leads:
                if hit is not None and leads:
                    first = hit.last + 1
                else:
                    first = token + 1
            elif scene.pos[token] == "NUM":
                first = token + 1
        return scene.words(min(first, candidate.head), candidate.last)

    def _office(self, candidate: Candidate) -> None:
        tokens = (candidate.first, candidate.last)
        state = candidate.state
        if state is None and candidate.owner >= 0:
            state = self._possessor(candidate)
        taken_up = candidate.definite or (candidate.noun in UNIQUE and state is not None)
        if not candidate.plural and taken_up and not candidate.former and not candidate.private:
            ref, rule = anaphora.office(candidate, self.history, state)
            if ref is not None:
                self._note(tokens, "title", rule, self._again(ref, tokens))
                return
            holder = self._holder(candidate, state)
            if holder is not None:
                number, entity = holder
                self._note(tokens, "title", "office: its holder", self._person(number, entity, tokens))
                return
        actor = self._described(candidate, state)
        sort: Sort = "people" if candidate.plural else "person"
        ref = self._ref(f"d{actor.name.lower()}|{actor.code}", actor, sort, tokens)
        sex = "male" if candidate.noun in MALE else "female" if candidate.noun in FEMALE else None
        nouns = {candidate.noun} | ({"spokesperson"} if candidate.noun.startswith("spokes") else set())
        self._note(tokens, "description", "description", replace(ref, sex=sex, nouns=frozenset(nouns)))

    def _described(self, candidate: Candidate, state: str | None) -> Actor:
        words = self._words(candidate)
        known = state in self.m.gazetteer.states
        speaks = not candidate.private and not candidate.former and state is not None
        code = (f"{state}{candidate.role or 'GOV'}" if known else state) if speaks else None
        if state is not None and known and candidate.state is not None and not self._named_in(words, candidate):
            words = self._body_name(words, state)
        voice = candidate.noun.startswith("spokes") or (candidate.noun in UNIQUE and not candidate.plural)
        return Actor(code, words, None, anonymous=not voice, kind="person")

    def _named_in(self, words: str, candidate: Candidate) -> bool:
        """Whether the words that are left name the institution or state already."""
        return any(
            hit.hit.entry.code[:3] == (candidate.state or "") and self.scene.plain[hit.hit.start : hit.hit.end] in words
            for token in range(candidate.first, candidate.last + 1)
            if (hit := self.m.cover.hit(token)) is not None
        )

    def _holder(self, candidate: Candidate, state: str | None) -> tuple[int, Entity] | None:
        """The one person of the article who holds a state's office, named later or in a title alone."""
        if state is None or candidate.noun not in UNIQUE:
            return None
        head_words = set(self._words(candidate).lower().split())
        fitting = [
            (number, entity)
            for number, entity in enumerate(self.m.roster.people)
            if entity.state == state
            and any(
                not t.former and t.noun == candidate.noun and head_words <= {*t.text.lower().split(), t.noun}
                for t in entity.titles
            )
        ]
        return fitting[0] if len(fitting) == 1 else None
