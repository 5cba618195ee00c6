"""From the words for a source to a speaker: a person with office and party, an institution, or somebody unnamed."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from summitry.casebook import load_world
from summitry.reader.statements.lexicon import PERSONS, WORKS
from summitry.reader.statements.places import Places, root_of
from summitry.vocabulary import Actor, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from summitry.reader.document import Document
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
    """Who speaks, for whom, and how that is known.

    ``work`` is the text that speaks for them ("a statement"). ``key`` is the same for all statements of one speaker: an
    unnamed official taken up as "the official" keeps theirs.
    """

    actor: Actor | None
    party: Actor | None
    route: str
    work: str | None = None
    key: str = ""


NOBODY: Final = Speaker(None, None, "no source")
# Heads of descriptions that take up one another's offices.
_ALIKE: Final = tuple(
    frozenset(group.split())
    for group in (
        "aide adviser advisor assistant counselor",
        "envoy representative negotiator ambassador diplomat delegate",
        "diplomat minister secretary ambassador",
        "leader president chairman premier chancellor",
        "spokesperson spokesman spokeswoman secretary",
        "minister secretary",
        "lawmaker senator representative congressman congresswoman legislator",
        "professor scholar researcher expert analyst fellow scientist director",
        "chief head director chairman",
        "general commander",
    )
)
OWN_VOICE: Final = frozenset({"we", "i", "us", "our", "my"})
_PRONOUNS: Final = frozenset("he she it they him her them his its their who which that himself herself".split())
_FORMER: Final = re.compile(
    r"\b(?:former|ex-?|retired|then-|onetime|one-time|erstwhile)\b"
    r"|\b(?:under|during) (?:the )?(?:\w+\.? ){1,3}(?:administration|government|presidency)\b",
    re.IGNORECASE,
)


def alike(noun: str) -> frozenset[str]:
    """The nouns for offices that one for an unnamed person may stand for; empty when it stands for none."""
    return frozenset().union(*(group for group in _ALIKE if noun in group))


_BESIDE: Final = re.compile(r",\s(?:[A-Z][\w.]*\s)?")
_SPOKES: Final = re.compile(r"(?:\w+ )?(spokes(?:man|woman|person)) (?:for|of|at|from) (.+)", re.IGNORECASE)
_DEFINITE: Final = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_ARTICLE: Final = re.compile(r"^(?:the|an?|one|another|this|that|these|those|its|his|her|their|our)\s+", re.IGNORECASE)
# Roles of CAMEO codes that speak for themselves: press, scholars, companies.
_PRIVATE: Final = frozenset({"MED", "EDU", "BUS", "JRN", "NGO"})
_LONGEST_NAME: Final = 90  # code points of a description; longer ones are cut at a word


@functools.cache
def _state_names() -> dict[str, str]:
    """Code to full name of every state and organisation of the shipped world."""
    return {entry.code: entry.name for entry in load_world()}


@functools.cache
def _demonyms() -> dict[str, str]:
    """Code to the adjective of every state of the shipped world."""
    return {entry.code: entry.demonyms[0] for entry in load_world() if entry.demonyms}


def party_of(actor: Actor | None, words: str = "") -> Actor | None:
    """The state or organisation an actor speaks for; None for media, private voices and former officials."""
    if actor is None or actor.code is None or actor.kind == "media" or actor.code[3:6] in _PRIVATE:
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
    line = line.strip(" ,;:'\"“”‘’")
    if len(line) > _LONGEST_NAME:
        line = line[:_LONGEST_NAME].rsplit(" ", 1)[0]
    return line


class Speakers:
    """Resolves the sources of one article, in text order; remembers who spoke last."""

    def __init__(self, document: Document, mentions: Mentions, places: Places) -> None:
        self._doc: Doc = document.doc
        self._text = document.article.text
        self._places = places
        self._article = document.article
        self._mentions = mentions
        self._last: list[tuple[int, Speaker]] = []
        self._decided: dict[Actor, Speaker] = {}

    def speaker(self, span: Span, *, quoted: bool, outer: Speaker | None) -> Speaker:
        """The speaker that the words of ``span`` stand for, remembered: "he" and "the official" later may be them.

        ``quoted``: the words stand inside somebody's direct quotation, so "I" is ``outer``.
        """
        found = self.resolve(span, quoted=quoted, outer=outer)
        if found.actor is None:
            return found
        if not found.key:
            # An unnamed speaker brought in anew is somebody new.
            fresh = found.actor.anonymous and not _DEFINITE.match(self._text[span.start : span.end])
            found = replace(found, key=f"{found.actor.name}{f' {span.start}' if fresh else ''}")
        self._last.append((span.start, found))
        return found

    def resolve(self, span: Span, *, quoted: bool, outer: Speaker | None) -> Speaker:
        """As :meth:`speaker`, without remembering."""
        tokens = self._places.tokens(span)
        if not len(tokens):
            return NOBODY
        root = root_of(tokens)
        words = self._text[span.start : span.end]
        low = root.lower_
        if low in OWN_VOICE and not (root.text.isupper() and len(low) > 1):  # "US" is no pronoun
            return self._own_voice(quoted, outer)
        several = self._several(tokens, root)
        if several is not None:
            return several
        found = self._mentioned(span, root)
        if found is not None and len(found.members) > 1:
            name = " and ".join(member.name for member in found.members)
            return Speaker(Actor(None, name, kind="group"), None, "mention: collective")
        if found is not None and found.actor is not None:
            unnamed = found.actor.kind == "person" and (found.actor.anonymous or found.actor.code is None)
            beside = self._named_beside(found, span) if unnamed else None
            if beside is not None:
                return beside
            if found.kind in ("title", "description") and (unnamed or found.actor.kind == "body"):
                made = self._taken_up(span, root, words) or self._unnamed(found.actor, span, words)
                self._decided[found.actor] = made
                return made
            if found.actor in self._decided:
                # "he" for somebody whose description was taken up as a name since.
                return self._decided[found.actor]
            return self._named(found, found.actor, root, words, span)
        if low in _PRONOUNS:
            return self._recalled(span.start, low, root)
        return self._taken_up(span, root, words) or self._described(span, root, words)

    def _several(self, tokens: Tokens, root: Token) -> Speaker | None:
        """Two or more who speak together: "Abe and Moon said"."""
        heads = [root, *(child for child in root.conjuncts if tokens.start <= child.i < tokens.end)]
        if len(heads) < 2:
            return None
        actors = [mention.actor for mention in map(self._mentions.of_head, heads) if mention is not None]
        named = list(dict.fromkeys(actor for actor in actors if actor is not None and not actor.anonymous))
        if len(named) < 2 or len(named) != len(heads):
            return None
        name = ", ".join(actor.name for actor in named[:-1]) + f" and {named[-1].name}"
        codes = {actor.code for actor in named}
        together = Actor(codes.pop() if len(codes) == 1 else None, name, kind="group")
        return Speaker(together, party_of(together), "mentions: several")

    def _named_beside(self, found: Mention, span: Span) -> Speaker | None:
        """Who is named right behind a description: "the panel's chairman, Sen. NAME,"."""
        if found.kind not in ("title", "description"):
            return None
        for mention in self._mentions.within(found.end, span.end):
            person = mention.kind == "name" and mention.actor is not None and mention.actor.kind == "person"
            if person and _BESIDE.fullmatch(self._text[found.end : mention.start]):
                return Speaker(mention.actor, party_of(mention.actor), "named beside")
        return None

    def _unnamed(self, actor: Actor, span: Span, words: str) -> Speaker:
        """Somebody without a name, with the institution their description gives."""
        role = _SPOKES.match(actor.name)
        if role is not None:
            actor = replace(actor, name=f"{self._institution_name(span, role.group(2))} {role.group(1)}")
        if actor.code is None:
            institution = self._institution(span)
            if institution is not None:
                actor = Actor(institution.code, actor.name, actor.office, actor.anonymous, actor.kind)
        return Speaker(actor, party_of(actor, words), "mention: description")

    def _institution_name(self, span: Span, words: str) -> str:
        """An institution's words with its state as an adjective: "the North's foreign ministry" is North Korean."""
        for mention in self._mentions.within(span.start, span.end):
            actor = mention.actor
            if actor is not None and actor.kind == "state" and words.startswith(mention.text) and actor.code:
                adjective = _demonyms().get(actor.code, actor.name)
                rest = words[len(mention.text) :].removeprefix("'s").removeprefix("’s").strip()
                return f"{adjective} {rest}".strip()
        return _ARTICLE.sub("", words)

    def _institution(self, span: Span) -> Actor | None:
        """The institution in a description; what stands behind a comma tells of something else as often."""
        comma = self._text.find(", ", span.start, span.end)
        inside = self._mentions.within(span.start, comma if comma > 0 else span.end)
        return next((m.actor for m in inside if m.actor is not None and m.actor.code), None)

    def _taken_up(self, span: Span, root: Token, words: str) -> Speaker | None:
        """The speaker before that a definite description ("the minister", "the presidential aide") takes up."""
        if not _DEFINITE.match(words) or root.tag_ not in ("NN", "NNP"):
            return None
        lemma = root.lemma_.lower()
        kinds = alike(lemma) | {lemma}
        institution = self._institution(span)
        state = institution.state if institution is not None else None
        modifiers = {c.lower_ for c in root.children if c.dep_ in ("amod", "compound") and c.pos_ != "PROPN"}
        for at, speaker in reversed(self._last):
            actor = speaker.actor
            if at >= span.start or actor is None:
                continue
            if actor.kind == "body" and lemma in actor.name.lower().split() and len(words.split()) <= 2:
                if not state or actor.state == state:
                    return Speaker(actor, speaker.party, "description taken up", key=speaker.key)
                continue
            if actor.kind != "person":
                continue
            if state and actor.state and state != actor.state:
                continue
            office = set(re.findall(r"[a-z]+", f"{actor.office or ''}".lower()))
            if actor.office and office & kinds and (not modifiers or modifiers & office or state):
                return Speaker(actor, speaker.party, "description taken up", key=speaker.key)
            if actor.anonymous and lemma in _WORD.findall(actor.name.lower()):
                code = actor.code or (institution.code if institution is not None else None)
                name = describe(words) if code and not actor.code else actor.name
                made = Actor(code, name, actor.office, True, "person")
                return Speaker(made, party_of(made, words), "description taken up", key=speaker.key)
        return None

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
        institution = self._institution(span)
        code = institution.code if institution is not None else None
        name = describe(words)
        if not name:
            return NOBODY
        if lemma in WORKS and not name[:1].isupper():
            owners = next((m.members for m in self._mentions.within(span.start, span.end) if len(m.members) > 1), ())
            if owners:
                joint = Actor(None, " and ".join(member.name for member in owners), kind="group")
                return Speaker(joint, None, "issuers of a text", lemma)
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
