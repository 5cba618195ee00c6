"""A speaker: the type, for whom one speaks, and a description as a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from summitry.casebook import load_world
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

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
THING: Final = "a thing"
"""Route of a source that is no person, institution or text: "the attack", "the tension"."""
HEARER: Final = "whoever reads or listens"
"""Route of "you": nobody's words are told."""
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
FORMER: Final = re.compile(
    r"\b(?:former|ex-?|retired|then-|onetime|one-time|erstwhile|defected|exiled|dissident)\b"
    r"|\b(?:under|during) (?:the )?(?:\w+\.? ){1,3}(?:administration|government|presidency)\b",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"^(?:the|an?|one|another|this|that|these|those|its|his|her|their|our)\s+", re.IGNORECASE)
_THOSE: Final = re.compile(r"^those (?=familiar|briefed|close|involved|with)", re.IGNORECASE)
# Who talks about an institution and does not speak for it: "critics of the administration".
OUTSIDE: Final = re.compile(
    r"\b(?<!congressional )(?<!parliamentary )(?:critics?|opponents?|supporters?|proponents?|analysts?|experts?|"
    r"observers?|activists?|scholars?|allies|journalists?|reporters?|correspondents?)\b",
    re.IGNORECASE,
)
# What only adds to a description, or names others by way of example; a run of blanks is tried at its start only.
ADDED: Final = re.compile(
    r",|(?<!\s)\s++(?:who|which|that|whose|speaking|familiar|briefed|close to|with knowledge|like|such as|including)\b"
    r"|\s[-–—]++\s|\("
)
# Roles of CAMEO codes that speak for themselves: press, scholars, companies.
_PRIVATE: Final = frozenset({"MED", "EDU", "BUS", "JRN", "NGO"})
_LONGEST_NAME: Final = 90  # code points of a description; longer ones are cut at a word


def alike(noun: str) -> frozenset[str]:
    """The nouns for offices that one for an unnamed person may stand for; empty when it stands for none."""
    return frozenset().union(*(group for group in _ALIKE if noun in group))


@functools.cache
def _state_names() -> dict[str, str]:
    """Code to full name of every state and organisation of the shipped world; of several of one code the first."""
    return {entry.code: entry.name for entry in reversed(load_world())}


@functools.cache
def demonyms() -> dict[str, str]:
    """Code to the adjective of every state of the shipped world."""
    return {entry.code: entry.demonyms[0] for entry in reversed(load_world()) if entry.demonyms}


def party_of(actor: Actor | None, words: str = "") -> Actor | None:
    """The state or organisation an actor speaks for; None for media, private voices and former officials."""
    if actor is None or actor.code is None or actor.kind == "media" or actor.code[3:6] in _PRIVATE:
        return None
    if FORMER.search(actor.office or "") or FORMER.search(words) or (actor.anonymous and OUTSIDE.search(words)):
        return None
    state = actor.state
    if state is not None:
        return Actor(state, _state_names().get(state, state), kind="state")
    return Actor(actor.code, _state_names().get(actor.code, actor.name), kind="organisation")


def without_article(words: str) -> str:
    """Words without the article, number or pronoun at their start."""
    return _ARTICLE.sub("", words)


def describe(text: str) -> str:
    """A description as a name: one line, without its article, cut before what only adds to it."""
    line = " ".join(text.split()).strip(" ,;:-–—")
    # Upper-case articles belong to some names ("The Hague"), but a description has none of these.
    line = ADDED.split(without_article(_THOSE.sub("people ", line)))[0].strip(" ,;:'\"“”‘’")
    if len(line) > _LONGEST_NAME:
        line = line[:_LONGEST_NAME].rsplit(" ", 1)[0]
    return line
