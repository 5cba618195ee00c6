"""Propositions of a parsed document: predicates that have a party, with their parties and points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from summitry.reader.document import Document
from summitry.reader.mentions import MentionIndex
from summitry.reader.propositions.clause import (
    CONTRAST,
    candidates,
    conjuncts,
    finite,
    left_edge,
    lemma_of,
    parted,
    sentences,
    stretch,
)
from summitry.reader.propositions.lexicon import CALLING, NOUNS, OWN, REPORTED, TOPICS, VERBS
from summitry.reader.propositions.proposition import Proposition, Role
from summitry.reader.propositions.zone import VAGUE, Part, Zone, actors_of
from summitry.vocabulary import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEGATIONS: Final = frozenset({"not", "n't", "never"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_CLIMB: Final = 4
"""Coordinations climbed to a verb with a subject; longer chains are parse errors."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A predicate with its parties. ``topic`` is what was named before the subject as the matter."""

    token: Token
    lemma: str
    parts: tuple[Part, ...]
    topic: Span | None = None
    passive: Token | None = None
    noun: bool = False
    limit: int | None = None
    """The token before which the point ends in any case."""


def find_propositions(document: Document, mentions: MentionIndex) -> tuple[Proposition, ...]:
    """The (actor, predicate, point) triples of an article in text order; a pure function of its arguments.

    One triple for each actor of each predicate: a supporter has the predicate too, an opponent has it denied. Actors
    are parties and people of parties as ``mentions`` resolves them.
    """
    zone = Zone(document.doc, mentions)
    words = candidates(document.doc)
    found: list[Proposition] = []
    for start, stop in sentences(document.doc):
        inside = words[bisect_left(words, start) : bisect_left(words, stop)]
        found += _Sentence(document.doc, zone, start, stop).propositions(inside)
    return tuple(found)


def _nobody(subject: Token) -> bool:
    """Whether a subject denies its verb: "neither side wants war"."""
    return subject.lower_ == "neither" or any(child.lower_ in {"neither", "no"} for child in subject.children)


class _Sentence:
    """One sentence while its predicates are looked for, left to right."""

    __slots__ = ("_doc", "_given", "_start", "_stop", "_zone")

    def __init__(self, doc: Doc, zone: Zone, start: int, stop: int) -> None:
        self._doc = doc
        self._zone = zone
        self._start = start
        self._stop = stop
        # Predicates met while the end of another's point was looked for, by token, with the parties they have.
        self._given: dict[int, _Head] = {}

    def propositions(self, words: Sequence[int]) -> Iterator[Proposition]:
        """The propositions of the words that may be predicates, in text order."""
        inside = -1
        told: set[int] = set()
        last: _Head | None = None
        last_points: tuple[Span, ...] = ()
        for at in words:
            nested = at < inside
            head = self._given.get(at) or self._head(self._doc[at], nested)
            if head is None:
                continue
            end = self._end(head, inside if nested else self._stop)
            head, points = self._points(head, end)
            if head.token.i in told:
                continue
            told.add(head.token.i)
            if nested:
                yield from self._rows(head, points, nested) if points else ()
                continue
            if not points and last is not None and VERBS.get(head.lemma) in {"support", "oppose"}:
                # "A proposed a draft, while B opposed": what B opposed is what A proposed.
                role: Role = "opponent" if VERBS[head.lemma] == "oppose" else "supporter"
                parts = tuple(replace(part, role=role) for part in head.parts)
                yield from self._rows(replace(last, parts=parts), last_points)
                continue
            if not points:
                continue
            yield from self._rows(head, points)
            inside = max(inside, end)
            last, last_points = head, points

    # ── who ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _head(self, token: Token, nested: bool) -> _Head | None:
        lemma = lemma_of(token)
        if lemma is None:
            return self._noun(token)
        if self._is_passive(token):
            return self._passive(token, lemma)
        subject = self._subject(token)
        if subject is not None:
            parts, topic = self._parts(subject, token)
            return _Head(token, lemma, parts, topic) if parts else None
        if nested:
            return None
        if token.tag_ == "VBG":
            return self._opening(token, lemma)
        return self._fallback(token, lemma)

    def _is_passive(self, token: Token) -> bool:
        if any(child.dep_ in {"auxpass", "nsubjpass"} for child in token.children):
            return True
        following = self._doc[token.i + 1] if token.i + 1 < self._stop else None
        return following is not None and following.lower_ == "by" and token.tag_ in {"VBN", "VBD"}

    def _passive(self, token: Token, lemma: str) -> _Head | None:
        subject = self._subject(token)
        agent = next((child for child in token.children if child.dep_ == "agent"), None)
        if subject is None or agent is None:
            return None
        stop = agent.i + 1
        while stop < self._stop and self._doc[stop].pos_ not in {"VERB", "AUX", "PRON"}:
            stop += 1
        parts, _ = self._zone.read(agent.i + 1, stop)
        return _Head(token, lemma, tuple(parts), None, subject, limit=stop) if parts else None

    def _subject(self, verb: Token) -> Token | None:
        """The subject of a verb, by the parse: its own, or that of the verb it is coordinated with."""
        at = verb
        for _ in range(_CLIMB):
            found = next((child for child in at.children if child.dep_ in _SUBJECTS and child.i < verb.i), None)
            if found is not None:
                if found.lower_ in {"who", "which", "that"} and at.dep_ == "relcl":
                    return at.head
                return found
            if at.dep_ != "conj" or at.head.pos_ not in {"VERB", "AUX"}:
                return None
            at = at.head
        return None

    def _parts(self, subject: Token, verb: Token) -> tuple[tuple[Part, ...], Span | None]:
        """The parties of a verb whose subject the parse knows."""
        if not self._start <= subject.i < verb.i:
            return (), None
        mention = self._zone.of_head(subject)
        if mention is None:
            if subject.lower_ in VAGUE:
                # "Many parties, including A and B, supported ..."
                return tuple(self._zone.read(subject.i + 1, self._first_verb(subject, verb), None)[0]), None
            return (), None
        begin = subject.i
        while begin > self._start and self._doc[begin - 1].idx >= mention.start:
            begin -= 1
        behind = subject.i + 1
        while behind < verb.i and self._doc[behind].idx < mention.end:
            behind += 1
        listed = self._list_start(begin)
        if listed is not None:
            parts, _ = self._zone.read(listed, verb.i)
        else:
            rest, _ = self._zone.read(behind, self._first_verb(subject, verb))
            parts = [Part(mention, "subject"), *rest]
        opening, topic = self._front(begin)
        return (*parts, *opening), topic

    def _list_start(self, begin: int) -> int | None:
        """Where the list of parties starts of which the parser took the last for the subject."""
        at = begin
        while at > self._start and self._doc[at - 1].lower_ in {",", "and", "/", "the"}:
            before = at - 1
            while before > self._start and self._doc[before].lower_ in {",", "and", "/", "the"}:
                before -= 1
            first = before
            while first > self._start and self._zone.starting(first, begin) is None and before - first < 4:
                first -= 1
            hit = self._zone.starting(first, begin)
            if hit is None or hit[1] != before + 1:
                break
            at = first
        while at > self._start and self._doc[at - 1].lower_ in {"the", "both"}:
            at -= 1
        return at if at < begin and at == self._start else None

    def _first_verb(self, subject: Token, verb: Token) -> int:
        """Where the words between a subject and its predicate end: an earlier coordinated verb, or the predicate."""
        at = verb
        while at.dep_ == "conj" and at.head.i > subject.i:
            at = at.head
        return int(at.i)

    def _front(self, begin: int) -> tuple[list[Part], Span | None]:
        """The parties and the topic that an opening phrase brings in before a subject."""
        while begin > self._start and self._doc[begin - 1].lower_ in {"the", "both"}:
            begin -= 1
        if begin - 1 <= self._start or self._doc[begin - 1].text != ",":
            return [], None
        parts, _ = self._zone.read(self._start, begin - 1, None)
        topic = stretch(self._doc, self._start, begin - 1) if self._doc[self._start].lower_ in TOPICS else None
        return ([] if topic else parts), topic

    def _opening(self, token: Token, lemma: str) -> _Head | None:
        """A participle that opens the sentence: "Noting the delay, A proposed ..." has the subject of the main verb."""
        if any(not self._doc[at].is_space for at in range(self._start, token.i)) or token.head.i <= token.i:
            return None
        subject = self._subject(token.head) if token.dep_ == "advcl" else None
        begin = subject.i if subject is not None else self._zone.front(token.i + 1, self._stop)
        if begin is None:
            return None
        if subject is not None:
            parts, _ = self._parts(subject, token.head)
        else:
            parts = ()
        return _Head(token, lemma, parts, limit=self._comma(begin)) if parts else None

    def _comma(self, begin: int) -> int:
        """The comma before a subject."""
        while begin > self._start and self._doc[begin].text != ",":
            begin -= 1
        return begin if begin > self._start else self._stop

    def _fallback(self, token: Token, lemma: str) -> _Head | None:
        """A predicate whose subject the parser missed: nothing but parties stands between the opening and the verb."""
        if token.tag_ == "VBG" or not self._plausible(token):
            return None
        begin = self._zone.front(self._start, token.i)
        if begin is None:
            return None
        parts, pure = self._zone.read(begin, token.i)
        if not pure or not parts or parts[0].role != "subject":
            return None
        opening, topic = self._front(begin)
        return _Head(token, lemma, (*parts, *opening), topic)

    def _plausible(self, token: Token) -> bool:
        return token.lower_.endswith("ed") or token.tag_ in {"VBD", "VBZ", "VBP"} or finite(token)

    def _noun(self, token: Token) -> _Head | None:
        """A noun that names the act: "a proposal by A to ...", "A's call for ..."."""
        if token.pos_ != "NOUN" or token.lemma_.lower() not in NOUNS:
            return None
        for child in token.children:
            owner = child if child.dep_ == "poss" else None
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
                owner = next((c for c in child.children if c.dep_ == "pobj"), None)
            mention = self._zone.of_head(owner) if owner is not None else None
            if owner is not None and mention is not None:
                listed, _ = self._zone.read(owner.left_edge.i, min(owner.right_edge.i + 1, self._stop))
                parts = tuple(listed) if listed and child.dep_ != "poss" else (Part(mention, "subject"),)
                return _Head(token, token.lemma_.lower(), parts, noun=True)
        return None

    # ── what ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _end(self, head: _Head, stop: int) -> int:
        """The token at which the point of a predicate ends, exclusive; predicates that follow it are kept in mind."""
        verb = head.token
        if head.limit is not None:
            return min(head.limit, stop)
        if head.noun:
            return min(int(verb.right_edge.i) + 1, stop)
        others = (other for other in conjuncts(verb) if other.pos_ in {"VERB", "AUX"} and finite(other))
        ends = [stop, *(self._before(left_edge(other), verb.i) for other in others if other.i < stop)]
        comma = next((c for c in range(verb.i + 1, min(ends)) if self._cut(c, head)), None)
        return min([*ends, *([comma] if comma is not None else [])])

    def _before(self, at: int, verb: int) -> int:
        while at > verb + 1 and self._doc[at - 1].lower_ in {"and", "but", ",", ";", "while"}:
            at -= 1
        return at

    def _cut(self, at: int, head: _Head) -> bool:
        """Whether another predicate begins at a comma or semicolon: of the same parties, or with parties of its own."""
        if self._doc[at].text not in {",", ";"} or at + 1 >= self._stop:
            return False
        following = at + 1
        linked = self._doc[at].text == ";"
        while following < self._stop and (
            self._doc[following].lower_ in CONTRAST or self._doc[following].pos_ == "ADV"
        ):
            linked = linked or self._doc[following].lower_ in CONTRAST
            following += 1
        if following >= self._stop:
            return False
        token = self._doc[following]
        lemma = lemma_of(token)
        if lemma is not None and token.tag_ == "VBG" and VERBS[lemma] != "want" and not self._given.get(following):
            self._given[following] = _Head(token, lemma, head.parts, head.topic)
            return True
        if lemma is not None and linked and token.tag_ == "VBD" and not self._is_passive(token):
            self._given[following] = _Head(token, lemma, head.parts, head.topic)
            return True
        return linked and self._own_clause(following)

    def _own_clause(self, start: int) -> bool:
        """Whether a clause with parties of its own and a predicate begins here."""
        here = start
        while here < self._stop and self._doc[here].lower_ in {"the", "both"}:
            here += 1
        if here >= self._stop or self._zone.starting(here, self._stop) is None:
            return False
        verb = next((t for t in self._doc[here : self._stop] if lemma_of(t) and t.tag_ != "VBN"), None)
        if verb is None:
            return False
        parts, pure = self._zone.read(here, verb.i)
        if not pure or not parts or self._is_passive(verb):
            return False
        self._given[verb.i] = _Head(verb, lemma_of(verb) or "", tuple(parts))
        return True

    def _points(self, head: _Head, end: int) -> tuple[_Head, tuple[Span, ...]]:
        if head.passive is not None:
            edge = head.passive
            span = stretch(self._doc, edge.left_edge.i, edge.right_edge.i + 1)
            return head, (span,) if span else ()
        own = self._reported(head, end)
        if own is not None:
            head = own
        start = head.token.i + 1
        if head.noun:
            start = self._behind_owner(head)
        found = [stretch(self._doc, a, b) for a, b in parted(head.token, head.lemma, start, end)]
        points = tuple(span for span in found if span is not None)
        return head, (*points, head.topic) if points and head.topic is not None else points

    def _behind_owner(self, head: _Head) -> int:
        mention = head.parts[-1].mention
        at = head.token.i + 1
        while at < self._stop and self._doc[at].idx < mention.end:
            at += 1
        return at

    def _reported(self, head: _Head, end: int) -> _Head | None:
        """The act itself, where a party says that it did it: "announced that it has withdrawn its offer"."""
        if VERBS.get(head.lemma) != "say":
            return None
        for child in head.token.children:
            lemma = lemma_of(child)
            if child.dep_ != "ccomp" or lemma is None or child.i >= end or VERBS[lemma] not in REPORTED:
                continue
            subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
            modal = any(c.tag_ == "MD" for c in child.children)
            if subject is not None and subject.lower_ in OWN and not modal:
                return replace(head, token=child, lemma=lemma)
        return None

    # ── rows ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rows(self, head: _Head, points: tuple[Span, ...], nested: bool = False) -> Iterator[Proposition]:
        token = head.token
        denied = any(child.dep_ == "neg" and child.lower_ in _NEGATIONS for child in token.children)
        denied = denied or any(child.dep_ == "nsubj" and _nobody(child) for child in token.children)
        modal = next((child.lower_ for child in token.children if child.tag_ == "MD"), None)
        word = Span(token.idx, token.idx + len(token))
        starts = [word.start, *(span.start for span in points)]
        ends = [word.end, *(span.end for span in points)]
        clause = Span(min(starts), max(ends))
        act = NOUNS[head.lemma] if head.noun else VERBS[head.lemma]
        if head.lemma == "call" and not head.noun and self._doc[min(token.i + 1, self._stop - 1)].lower_ in CALLING:
            act = "demand"
        seen: set[str] = set()
        for part in head.parts:
            for actor in actors_of(part.mention):
                if actor.name in seen:
                    continue
                seen.add(actor.name)
                negated = denied != (part.role == "opponent")
                yield Proposition(
                    actor=actor,
                    role=part.role,
                    actor_span=Span(part.mention.start, part.mention.end),
                    predicate=("not " if negated else "") + token.lower_,
                    predicate_span=word,
                    lemma=head.lemma,
                    act=act,
                    negated=negated,
                    modal=modal,
                    point=points,
                    clause=clause,
                    nested=nested,
                )
