"""From the words for a source to a speaker: a person with office and party, an institution, or somebody unnamed."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from summitry.casebook import load_world
from summitry.read.statements.lexicon import PERSONS, WORKS
from summitry.vocabulary import Actor, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summitry.read.document import Document
    from summitry.vocabulary import Mention


class Mentions(Protocol):
    """What statements need of the article's mentions, looked up by offset (code points, half-open)."""

    def at(self, offset: int) -> Mention | None:
        """The mention that covers an offset."""

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that lie inside a stretch, in text order."""

    def of_head(self, token: Token) -> Mention | None:
        """The mention of the noun phrase that a token heads."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, for whom, and how that is known. ``work`` is the text that speaks for them ("a statement")."""

    actor: Actor | None
    party: Actor | None
    route: str
    work: str | None = None


NOBODY: Final = Speaker(None, None, "no source")
OWN_VOICE: Final = frozenset({"we", "i", "us", "our", "my"})
_PRONOUNS: Final = frozenset("he she it they him her them his its their who which that himself herself".split())
_FORMER: Final = re.compile(r"\b(?:former|ex-?|retired|then-|onetime|one-time|erstwhile)\b", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^(?:the|an?|one|another|this|that|these|those|its|his|her|their|our)\s+", re.IGNORECASE)
_LONGEST_NAME: Final = 90  # code points of a description; longer ones are cut at a word


@functools.cache
def _state_names() -> dict[str, str]:
    """Code to full name of every state and organisation of the shipped world."""
    return {entry.code: entry.name for entry in load_world()}


def party_of(actor: Actor | None, words: str = "") -> Actor | None:
    """The state or organisation an actor speaks for; None for media, private voices and former officials."""
    if actor is None or actor.code is None or actor.kind == "media":
        return None
    if _FORMER.search(actor.office or "") or _FORMER.search(words):
        return None
    state = actor.state
    if state is not None:
        return Actor(state, _state_names().get(state, state), kind="state")
    return Actor(actor.code, _state_names().get(actor.code, actor.name), kind="organisation")


def describe(text: str) -> str:
    """A description as a name: one line, without its article, cut before what only adds to it."""
    line = " ".join(text.split()).strip(" ,;:-–—")
    # Upper-case articles belong to some names ("The Hague"), but a description has none of these.
    line = _ARTICLE.sub("", line)
    line = re.split(
        r",|\s+(?:who|which|that|whose|speaking|familiar|briefed|close to|with knowledge)\b|\s[-–—]+\s|\(", line
    )[0]
    line = line.strip(" ,;:'\"")
    if len(line) > _LONGEST_NAME:
        line = line[:_LONGEST_NAME].rsplit(" ", 1)[0]
    return line


class Speakers:
    """Resolves the sources of one article, in text order; remembers who spoke last."""

    def __init__(self, document: Document, mentions: Mentions) -> None:
        self._doc: Doc = document.doc
        self._text = document.article.text
        self._article = document.article
        self._mentions = mentions
        self._last: list[tuple[int, Speaker]] = []

    def remember(self, offset: int, speaker: Speaker) -> None:
        """Somebody spoke at an offset: "he" and "the statement" after it may be them."""
        if speaker.actor is not None:
            self._last.append((offset, speaker))

    def resolve(self, span: Span, *, quoted: bool, outer: Speaker | None) -> Speaker:
        """The speaker that the words of ``span`` stand for.

        ``quoted``: the words stand inside somebody's direct quotation, so "I" is ``outer``.
        """
        tokens = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is None or not len(tokens):
            return NOBODY
        root = tokens.root
        words = self._text[span.start : span.end]
        low = root.lower_
        if low in OWN_VOICE:
            return self._own_voice(quoted, outer)
        found = self._mentioned(span, root)
        if found is not None and found.actor is not None:
            return self._named(found, found.actor, root, words, span)
        if low in _PRONOUNS:
            return self._recalled(span.start, low, root)
        return self._described(span, root, words)

    def _own_voice(self, quoted: bool, outer: Speaker | None) -> Speaker:
        if quoted and outer is not None:
            return outer
        if not quoted and self._article.kind == "editorial":
            name = self._article.outlet or "the editorial board"
            return Speaker(Actor(None, name, kind="media"), None, "own voice of the outlet")
        return NOBODY

    def _mentioned(self, span: Span, root: Token) -> Mention | None:
        """The mention that heads the phrase; a person named in apposition goes before a title."""
        names = [root, *(child for child in root.children if child.dep_ in ("appos", "compound", "flat"))]
        first: Mention | None = None
        for token in names:
            mention = self._mentions.of_head(token)
            if mention is None or mention.actor is None or mention.start >= span.end or mention.end <= span.start:
                continue
            if token is not root and token.dep_ == "compound" and mention.end <= root.idx:
                continue
            if mention.actor.kind == "person" and not mention.actor.anonymous:
                return mention
            first = first or mention
        return first or self._mentions.of_head(root)

    def _named(self, mention: Mention, actor: Actor, root: Token, words: str, span: Span) -> Speaker:
        if root.lemma_.lower() in WORKS and mention.start <= root.idx < mention.end and actor.kind != "person":
            return Speaker(actor, party_of(actor, words), "issuer of a text", root.lemma_.lower())
        covers = mention.start <= root.idx < mention.end
        if not covers or actor.kind == "person" or root.pos_ == "PROPN" or mention.kind != "description":
            route = f"mention: {mention.kind}"
            return Speaker(actor, party_of(actor, words), route)
        return self._described(span, root, words)

    def _described(self, span: Span, root: Token, words: str) -> Speaker:
        lemma = root.lemma_.lower()
        inside = [m for m in self._mentions.within(span.start, span.end) if m.actor is not None and m.actor.code]
        institution = inside[0].actor if inside else None
        code = institution.code if institution is not None else None
        name = describe(words)
        if not name:
            return NOBODY
        if lemma in WORKS and not name[:1].isupper():
            if institution is not None:
                return Speaker(institution, party_of(institution, words), "issuer of a text", lemma)
            recalled = self._recent(span.start, 600)
            if recalled is not None and self._text[span.start : span.start + 1] in "Tt":
                return Speaker(recalled.actor, recalled.party, "issuer of a text, recalled", lemma)
            return Speaker(Actor(None, name, kind="organisation"), None, "text without issuer", lemma)
        person = lemma in PERSONS or root.tag_ in ("DT", "JJ", "CD", "NNS") or root.pos_ in ("PRON", "NUM")
        if root.pos_ == "PROPN" and lemma not in PERSONS:
            kind = "organisation" if institution is not None or root.tag_ == "NNPS" else "person"
            actor = Actor(code, name, kind=kind)  # type: ignore[arg-type]
            return Speaker(actor, party_of(actor, words), "name without mention")
        actor = Actor(code, name, anonymous=person, kind="person" if person else "organisation")
        return Speaker(actor, party_of(actor, words), "description")

    def _recent(self, offset: int, reach: int) -> Speaker | None:
        for at, speaker in reversed(self._last):
            if at <= offset:
                return speaker if offset - at <= reach else None
        return None

    def _recalled(self, offset: int, low: str, root: Token) -> Speaker:
        """A pronoun the mentions left open: the antecedent of a relative clause, else who spoke just before."""
        if low in ("who", "which", "that") and root.head.dep_ == "relcl":
            noun = root.head.head
            mention = self._mentions.of_head(noun)
            if mention is not None and mention.actor is not None:
                return Speaker(mention.actor, party_of(mention.actor), "relative clause")
            phrase = self._doc[noun.left_edge.i : noun.i + 1]
            return self._described(Span(phrase.start_char, phrase.end_char), noun, phrase.text)
        wanted = {"he": True, "she": True, "him": True, "her": True, "it": False, "its": False}.get(low)
        for at, speaker in reversed(self._last):
            if at > offset or speaker.actor is None:
                continue
            if offset - at > 700:  # code points, some four sentences: farther back, somebody else may be meant
                break
            if wanted is not None and (speaker.actor.kind == "person") == wanted:
                return Speaker(speaker.actor, speaker.party, "pronoun after a statement")
        return NOBODY
