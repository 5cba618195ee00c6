"""The walk through one article: what has been noted so far, and what it tells of the state a phrase is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from summitry.reader.mentions.cover import Cover, TokenHit
from summitry.reader.mentions.gazetteer import Gazetteer
from summitry.reader.mentions.history import (
    History,
    Ref,
    Sort,
    conjuncts_of,
    governing_subjects,
    reporting_verb,
    role_of,
    root,
    subjects_of,
)
from summitry.reader.mentions.lexicon import TOP
from summitry.reader.mentions.namespans import NameSpan
from summitry.reader.mentions.organisations import Organisation
from summitry.reader.mentions.phrases import Candidate, is_subject_matter
from summitry.reader.mentions.roster import Entity, Roster
from summitry.reader.mentions.scene import Scene
from summitry.vocabulary import Actor, LabelledSpan, Mention, MentionKind

_MEDIA: Final = frozenset("media agency newspaper paper daily broadcaster tv television radio network".split())
_HOW_MANY: Final = frozenset("numerous many several various other few more most certain respective".split())
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


class Walk:
    """Mentions and references noted in text order. It lives for one article."""

    def __init__(self, material: Material) -> None:
        self.m = material
        self.scene = material.scene
        self.history = History(material.scene, subjects_of(material.scene), conjuncts_of(material.scene))
        self.mentions: list[Mention] = []
        self.places: list[LabelledSpan] = []
        self.meant: dict[str, str] = {}
        """Key of whom a bare "the president" stood for last: a text keeps to one."""
        self._nouns: dict[int, frozenset[str]] = {}
        """The office nouns of somebody of the roster, by number."""
        self.number = {id(span): index for index, span in enumerate(material.spans)}
        counted = Counter(hit.state for hit in material.cover.hits if hit.state in material.gazetteer.states)
        self.states: list[str] = [code for code, _ in counted.most_common() if code]

    def note(
        self,
        tokens: tuple[int, int],
        kind: MentionKind,
        rule: str,
        ref: Ref | None,
        members: tuple[Actor, ...] = (),
        offsets: tuple[int, int] | None = None,
    ) -> None:
        """Note a mention of tokens (both included), and what it refers to when that is decided."""
        first, last = tokens
        start, end = offsets or (self.scene.start[first], self.scene.end[last])
        actor = ref.actor if ref is not None else None
        if ref is not None and not members:
            members = ref.members
        self.mentions.append(Mention(start, end, self.scene.plain[start:end], kind, actor, rule, members))
        if ref is not None:
            self.history.add(ref)

    def ref(self, key: str, actor: Actor | None, sort: Sort, tokens: tuple[int, int]) -> Ref:
        """A reference to something at a place, with its part in the sentence."""
        token = root(self.scene, *tokens)
        subject, speaker = role_of(self.scene, token)
        return Ref(
            key, actor, sort, token, self.scene.sentence[token], self.scene.paragraph[token], subject, speaker,
            self.scene.quoted[token], reported=self._reported(token),
        )  # fmt: skip

    def _reported(self, token: int) -> bool:
        """Whether somebody said to have said something else tells of the token; a medium that passes it on does not
        count: "X called it off, the agency reported" is about X's own words."""
        verb = reporting_verb(self.scene, token)
        if verb < 0:
            return False
        sayers = self.history.subjects.get(verb, ())
        return not any(self._is_medium(sayer) for sayer in sayers)

    def _is_medium(self, token: int) -> bool:
        hit = self.m.cover.hit(token)
        if hit is not None:
            return hit.hit.entry.kind == "media"
        return self.scene.low[token] in _MEDIA

    def again(self, ref: Ref, tokens: tuple[int, int]) -> Ref:
        """The same thing at another place."""
        fresh = self.ref(ref.key, ref.actor, ref.sort, tokens)
        return replace(fresh, sex=ref.sex, nouns=ref.nouns, members=ref.members, top=ref.top)

    def state(self, code: str) -> Actor:
        """The state of a code as an actor."""
        entry = self.m.gazetteer.states.get(code)
        return Actor(code, entry.name if entry else code, kind="state" if entry else "organisation")

    def body_name(self, words: str, state: str | None) -> str:
        """Words with the demonym of a state before them: "South Korean" and "foreign ministry"."""
        entry = self.m.gazetteer.states.get(state) if state else None
        return f"{entry.demonyms[0]} {words}" if entry and entry.demonyms else words

    def person(self, number: int, entity: Entity, tokens: tuple[int, int]) -> Ref:
        """A reference to somebody of the roster."""
        ref = self.ref(f"p{number}", entity.actor, "person", tokens)
        if number not in self._nouns:
            held = (word for office in entity.person.offices for word in office.title.lower().split())
            self._nouns[number] = frozenset({*(title.noun for title in entity.titles), *held})
        return replace(ref, sex=entity.sex, nouns=self._nouns[number], top=entity.top)

    def owner_of(self, found: TokenHit) -> str:
        """The state a body is of: its own, or the one right before it ("the French Senate", "Iran's Supreme Court")."""
        at = found.first - 1
        if at > 0 and self.scene.tag[at] == "POS":
            at -= 1
        hit = self.m.cover.hit(at) if at >= 0 else None
        own = found.hit.entry.parent or found.hit.entry.code[:3]
        return hit.hit.entry.code if hit is not None and hit.hit.entry.kind == "state" else own

    def possessor(self, candidate: Candidate) -> str | None:
        """The state of the name or pronoun that leads a phrase: "Trump's", "its", "the Obama"."""
        if candidate.owner < 0:
            return None
        ref = self.history.by_token.get(candidate.owner)
        if ref is not None and (ref.state is not None or candidate.noun not in _OF_A_LEADER):
            return ref.state
        if self.scene.low[candidate.owner] == "its":
            return self.topic_state(candidate.owner) or self.latest_state(candidate.head)
        people = self.m.roster.people
        word = self.scene.low[candidate.owner]
        states = {people[n].state for n in self.m.roster.by_form.get((word,), ()) if people[n].state}
        if not states and candidate.noun in _OF_A_LEADER:
            # "the Bush administration": whoever led it, whenever.
            states = {o.party[:3] for o in self.m.gazetteer.offices_by_word.get(word, ()) if o.title in TOP}
        return states.pop() if len(states) == 1 else None

    def side(self, candidate: Candidate) -> str | None:
        """The state of "the North" inside a phrase: "a spokesperson for the North's foreign ministry"."""
        for token in range(candidate.first, candidate.last + 1):
            ref = self.history.by_token.get(token)
            if ref is not None and ref.sort == "state":
                return ref.state
        return None

    def seat(self, candidate: Candidate) -> str | None:
        """The state whose capital a body is said to sit in: "the defence ministry in Seoul"."""
        at = candidate.last + 1
        if at + 1 >= len(self.scene) or self.scene.low[at] != "in" or candidate.private:
            return None
        hit = self.m.cover.hit(at + 1)
        return hit.state if hit is not None and hit.hit.use == "city" else None

    def topic_state(self, token: int) -> str | None:
        """The state a sentence is about, for "its" and "the country": the subject above the word, else the first
        subject of the sentence, else that of the sentence before."""
        scene = self.scene
        states = self.m.gazetteer.states
        for subject in governing_subjects(scene, self.history.subjects, token):
            ref = self.history.by_token.get(subject)
            if ref is not None and ref.sort in ("state", "body") and ref.state in states:
                return ref.state
        here = scene.sentence[token]
        found: dict[int, str] = {}
        for ref in self.history.back(scene.paragraph[token], 1):
            if here - ref.sentence > 1:
                break
            if ref.quoted and not scene.quoted[token]:
                continue
            if ref.subject and not ref.place and ref.sort in ("state", "body") and ref.state in states:
                found[ref.sentence] = ref.state or ""
        return found.get(here) or found.get(here - 1)

    def american(self, candidate: Candidate) -> str | None:
        """ "the administration", "a senior administration official", "congressional aides": said of the United States,
        unless the text never names it."""
        words = self.scene.low[candidate.first : candidate.last + 1]
        return "USA" if "USA" in self.states and ("administration" in words or "congressional" in words) else None

    def latest_state(self, token: int, *, other: bool = False) -> str | None:
        """The state talked of last before a token; inside a quotation the speaker's own comes first."""
        scene = self.scene
        here = scene.sentence[token]
        near = fallback = last = None
        if scene.quoted[token] and not other:
            speaker = next((r for r in self.history.latest() if r.speaker and not r.quoted), None)
            if speaker is not None and speaker.state in self.m.gazetteer.states and here - speaker.sentence <= 4:
                return speaker.state
        for ref in self.history.back(scene.paragraph[token], 2):
            code = ref.state
            if code not in self.m.gazetteer.states or ref.sort not in ("state", "body", "person", "group"):
                continue
            if here - ref.sentence > 4:
                break
            if ref.place:
                continue
            # "the regime", "the country" is said of another one than the reader's own; in English mostly not of the US.
            if other and code == "USA":
                last = last or code
                continue
            if ref.sort == "state" and ref.subject:
                return code
            if ref.sort == "state" and ref.sentence == here:
                # The nearest of the sentence, unless a subject stands farther off in it.
                near = near or code
                continue
            if near is not None and ref.sentence < here:
                return near
            fallback = fallback or code
        return near or fallback or last

    def latest_of(self, states: frozenset[str]) -> str | None:
        """The one of some states that was referred to last."""
        return next((ref.state for ref in self.history.latest() if ref.state in states), None)

    def minister_of(self, candidate: Candidate) -> str | None:
        """The state of "the ministry" after somebody was named as its minister."""
        if candidate.noun != "ministry":
            return None
        for ref in self.history.back(self.scene.paragraph[candidate.head], 6):
            if ref.sort == "person" and "minister" in ref.nouns and ref.actor and ref.actor.state:
                return ref.actor.state
        return None

    def words(self, candidate: Candidate) -> str:
        """The phrase without article, pronoun, number and the state before its noun; a leader's name stays ("Trump
        administration")."""
        scene = self.scene
        first = candidate.first
        for token in range(candidate.first, candidate.head):
            hit = self.m.cover.hit(token)
            if hit is not None and hit.hit.entry.kind == "state":
                if scene.low[hit.last + 1] in ("and", "or"):
                    break  # "U.S. and European officials" are both
                if not is_subject_matter(scene, hit, candidate.head, candidate.noun):
                    first = max(first, hit.last + 1)
            elif scene.tag[token] in ("DT", "PDT", "PRP$") or (
                scene.pos[token] == "NUM" and scene.text[token + 1] not in ("-", "–")
            ):
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
        words = words.strip('" ')
        for token in range(candidate.head + 1, candidate.last + 1):
            ref = self.history.by_token.get(token)
            if ref is not None and ref.sort == "state" and ref.state and scene.low[token - 1] == "the":
                # "the North's foreign ministry" in full.
                words = words.replace(f"the {scene.text[token]}'s", self.body_name("", ref.state).strip())
        return words

    def rank(self, candidate: Candidate) -> list[str]:
        """The adjectives before the state in a description: "senior" of "senior French officials"."""
        found: list[str] = []
        for token in range(candidate.first, candidate.head):
            if self.m.cover.at[token] >= 0:
                return found
            if self.scene.tag[token] == "JJ" and self.scene.low[token] not in _HOW_MANY:
                found.append(self.scene.low[token])
            elif self.scene.tag[token] not in ("DT", "CD", "PRP$", "RB"):
                break
        return []

    def names_it(self, candidate: Candidate, words: str, state: str) -> bool:
        """Whether words tell their state already: by its name, a body of it, or its leader."""
        at = self.m.cover.at
        for token in range(candidate.first, candidate.last + 1):
            if at[token] >= 0:
                hit = self.m.cover.hits[at[token]]
                if hit.state == state and self.scene.plain[hit.hit.start : hit.hit.end] in words:
                    return True
        forms = self.m.roster.by_form
        return any((word.lower(),) in forms for word in words.split())
