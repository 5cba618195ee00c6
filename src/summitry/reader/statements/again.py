"""Speakers taken up again by a description: "the aide", "the officials", "the paper", "the report"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from summitry.reader.statements.lexicon import WORKS
from summitry.reader.statements.speaker import Speaker, alike, describe, party_of
from summitry.vocabulary import Actor

_WORD: Final = re.compile(r"[a-z]+")
# Nouns that take a medium up, and texts that a medium speaks through.
_MEDIA: Final = frozenset("agency paper newspaper daily outlet broadcaster network channel station magazine".split())
_PRESS: Final = frozenset("editorial commentary article report story column op-ed dispatch broadcast".split())
_ON_AIR: Final = frozenset("cnn bbc npr fox nbc abc cbs msnbc cnbc pbs tv television radio broadcasting".split())
_WIRES: Final = frozenset("agency reuters press afp kcna yonhap xinhua tass irna interfax".split())
# Several named together are taken up by what they are; these say no more than that.
_TOGETHER: Final = frozenset("leader man woman pair duo side official minister counterpart".split())
_ISSUED: Final = 3000
"""Code points, some thirteen sentences, over which "the report" is the one named last."""

_MOST_BACK: Final = 400
"""Speakers looked back over; no report has so many statements before a description."""


@dataclass(frozen=True, slots=True)
class Description:
    """A definite description at offset ``start``: its head's lemma, what qualifies it, the institution its words
    name."""

    start: int
    words: str
    lemma: str
    plural: bool
    modifiers: frozenset[str]
    institution: Actor | None

    @property
    def state(self) -> str | None:
        """The state its words name."""
        return self.institution.state if self.institution is not None else None


@dataclass(slots=True)
class Heard:
    """Who spoke so far in an article, and whose texts were named, in the order they were met."""

    speakers: list[tuple[int, Speaker]] = field(default_factory=list)
    works: list[tuple[int, str, Speaker]] = field(default_factory=list)

    def note_work(self, offset: int, vehicle: str, speaker: Speaker) -> None:
        """Note that a text ("a statement on Monday") at an offset is somebody's."""
        self.works += [(offset, word, speaker) for word in _WORD.findall(vehicle.lower()) if word in WORKS]

    def back(self, offset: int) -> Iterator[tuple[int, Speaker, Actor]]:
        """Who spoke before an offset, the latest first."""
        for at, speaker in islice(reversed(self.speakers), _MOST_BACK):
            if at < offset and speaker.actor is not None:
                yield at, speaker, speaker.actor

    def recent(self, offset: int, reach: int) -> Speaker | None:
        """Who spoke last, within ``reach`` code points."""
        for at, speaker in reversed(self.speakers):
            if at <= offset:
                return speaker if offset - at <= reach else None
        return None

    def issuer(self, offset: int, lemma: str, state: str | None) -> Speaker | None:
        """Whose text "the statement" or "the report" is: of whom such a text was told last, else the last medium."""
        for at, word, speaker in reversed(self.works):
            if offset - at > _ISSUED:
                break
            own = speaker.actor.state if speaker.actor is not None else None
            if at < offset and word == lemma and (state is None or own == state):
                return speaker
        if lemma in _PRESS and state is None:
            return next((speaker for _, speaker, actor in self.back(offset) if _is_medium(actor)), None)
        return None

    def taken_up(self, said: Description) -> Speaker | None:
        """The speaker before that a definite description takes up; None when nobody fits."""
        for _, speaker, actor in self.back(said.start):
            if said.lemma in _MEDIA:
                fits = (_is_medium(actor) and _prints(actor, said.lemma)) or (
                    actor.kind != "person" and said.lemma in _names(actor)
                )
                found = speaker if fits and not said.plural and _same_state(said, actor) else None
            elif actor.kind == "body":
                bare = said.lemma in actor.name.lower().split() and len(said.words.split()) <= 2
                found = speaker if bare and _same_state(said, actor) else None
            elif actor.kind == "group" and not actor.anonymous:
                found = speaker if said.plural and said.lemma in _TOGETHER | _offices(actor) else None
            else:
                found = _person(said, speaker, actor)
            if found is not None:
                actor = found.actor or actor
                return Speaker(actor, found.party, "description taken up", key=speaker.key)
        return None


def _person(said: Description, speaker: Speaker, actor: Actor) -> Speaker | None:
    """Somebody by an office they hold, or somebody unnamed by the same noun."""
    if actor.kind not in ("person", "group") or (said.state and actor.state and said.state != actor.state):
        return None
    office = _offices(actor)
    kinds = alike(said.lemma) | {said.lemma}
    if not said.plural and office & kinds and (not said.modifiers or said.modifiers & office or said.state):
        return speaker
    if not actor.anonymous or said.lemma not in _names(actor) or (said.plural and not _is_plural(actor)):
        return None
    code = actor.code or (said.institution.code if said.institution is not None else None)
    if code == actor.code:
        return speaker
    made = Actor(code, describe(said.words), actor.office, True, actor.kind)
    return Speaker(made, party_of(made, said.words), "")


def _same_state(said: Description, actor: Actor) -> bool:
    return not said.state or actor.state == said.state


def _prints(actor: Actor, noun: str) -> bool:
    """Whether a medium is of the kind that a noun names: CNN is no paper, a daily no channel."""
    name = set(_WORD.findall(actor.name.lower()))
    if noun in ("paper", "newspaper", "daily"):
        return not name & (_ON_AIR | _WIRES)
    return noun in ("agency", "outlet") or not name & (_WIRES | {"times", "post", "journal", "daily", "newspaper"})


def _is_medium(actor: Actor) -> bool:
    return actor.kind == "media" or (actor.code or "")[3:6] == "MED"


def _names(actor: Actor) -> set[str]:
    """The words of a name, plural ones in the singular too."""
    words = _WORD.findall(actor.name.lower())
    return {*words, *(word.removesuffix("s") for word in words)}


def _offices(actor: Actor) -> set[str]:
    words = _WORD.findall((actor.office or "").lower())
    return {*words, *(word.removesuffix("s") for word in words)}


def _is_plural(actor: Actor) -> bool:
    return actor.kind == "group" or any(word.endswith("s") for word in _WORD.findall(actor.name.lower()))
