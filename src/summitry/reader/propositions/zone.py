"""Who takes a stand: the parties between the start of a clause and its verb, with how each has part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.mentions import MentionIndex
from summitry.reader.propositions.lexicon import MARKERS
from summitry.reader.propositions.proposition import Role
from summitry.vocabulary import Actor, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MARKERS: Final = {
    first: tuple((words, role) for words, role in MARKERS if words[0] == first) for first in {w[0] for w, _ in MARKERS}
}
_LINKS: Final = frozenset({",", "and", "/", "(", ")", "the", "&", "both", "-", "or"})
# What stands beside parties in a list and is none: "others", "many developing countries", "a number of parties".
VAGUE: Final = frozenset(
    "other others many several some various most numerous number group of a an number range countries country parties "
    "party states state nations members delegations delegates developing developed least island small non".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """A mention that has part in a predicate."""

    mention: Mention
    role: Role


def actors_of(mention: Mention) -> tuple[Actor, ...]:
    """The parties a mention stands for: states, their bodies and people, organisations; no media, nobody unknown."""
    found = mention.members or ((mention.actor,) if mention.actor is not None else ())
    return tuple(actor for actor in found if actor.code and actor.kind != "media")


class Zone:
    """Reading parties in one document."""

    __slots__ = ("_doc", "_mentions")

    def __init__(self, doc: Doc, mentions: MentionIndex) -> None:
        self._doc = doc
        self._mentions = mentions

    def of_head(self, token: Token) -> Mention | None:
        """The party that a noun phrase is, by its head."""
        mention = self._mentions.of_head(token)
        return mention if mention is not None and actors_of(mention) else None

    def starting(self, at: int, stop: int) -> tuple[Mention, int] | None:
        """The longest party mention that starts at a token and stands for itself, and the token behind it."""
        place = self._doc[at].idx
        limit = self._doc[stop - 1].idx + len(self._doc[stop - 1])
        found = [m for m in self._mentions.within(place, limit) if m.start == place and actors_of(m)]
        if not found:
            return None
        mention = max(found, key=lambda m: m.end)
        behind = at
        while behind < stop and self._doc[behind].idx < mention.end:
            behind += 1
        if self._modifies(behind - 1, behind, stop) or self._explains(mention, at, behind):
            return None
        return mention, behind

    def _explains(self, mention: Mention, at: int, behind: int) -> bool:
        """Whether a phrase only says who the party before it is: "China, Russia's main ally, ..."."""
        if mention.kind == "name":
            return False
        return any(token.dep_ == "appos" and token.head.i < at for token in self._doc[at:behind])

    def _modifies(self, last: int, behind: int, stop: int) -> bool:
        """Whether the word behind a name is what the name only describes: "the Canadian proposal", "Japan's view"."""
        if behind >= len(self._doc) or behind >= stop:
            return False
        following = self._doc[behind]
        if following.tag_ == "POS":
            return True
        return following.pos_ in {"NOUN", "PROPN"} and self._doc[last].dep_ in {"amod", "compound", "nmod", "poss"}

    def marker(self, at: int, stop: int) -> tuple[Role, int] | None:
        """The role that the words at a token bring in, and the token behind them."""
        for words, role in _MARKERS.get(self._doc[at].lower_, ()):
            if at + len(words) <= stop and all(self._doc[at + k].lower_ == word for k, word in enumerate(words)):
                return role, at + len(words)
        return None

    def read(self, start: int, stop: int, role: Role | None = "subject") -> tuple[list[Part], bool]:
        """The parties from ``start`` to ``stop``, and whether nothing else stands there but links and vague others.

        The state is the role that the next name would have: none once words of another kind came, until a marker.
        """
        parts: list[Part] = []
        pure = True
        now: Role | None = role
        at = start
        while at < stop:
            token = self._doc[at]
            marked = self.marker(at, stop)
            if marked is not None:
                now, at = marked
                continue
            hit = self.starting(at, stop)
            if hit is not None:
                mention, behind = hit
                if now is None and parts and self._resumed(at):
                    now = "joint"
                if now is not None:
                    first = now == "subject" and not parts
                    parts.append(Part(mention, "joint" if now == "subject" and not first else now))
                at = behind
                continue
            word = token.lower_
            if word not in _LINKS and not token.is_space:
                if word not in VAGUE:
                    pure = False
                    now = None
                elif now == "subject" and not parts:
                    now = None
            at += 1
        return parts, pure

    def _resumed(self, at: int) -> bool:
        """Whether ", and" stands before a name: the list goes on behind an insertion."""
        before = at - 1
        while before > 0 and self._doc[before].lower_ in {"the", "both"}:
            before -= 1
        return before > 0 and self._doc[before].lower_ == "and" and self._doc[before - 1].text == ","

    def front(self, start: int, stop: int) -> int | None:
        """Where the subject begins behind an opening phrase and its comma; ``start`` where there is none.

        None when no party is found where a subject would stand.
        """
        at = start
        while at < stop and (
            self._doc[at].lower_ in {"the", "both", '"', "and", "but", "while"} or self._doc[at].is_space
        ):
            at += 1
        if at < stop and self.starting(at, stop) is not None:
            return at
        for at in range(start + 1, stop):
            if self._doc[at - 1].text in {",", ":"}:
                here = at
                while here < stop and self._doc[here].lower_ in {"the", "both"}:
                    here += 1
                if here < stop and self.starting(here, stop) is not None and not self._listed(at - 1, start):
                    return here
        return None

    def _listed(self, comma: int, start: int) -> bool:
        """Whether a comma stands behind a party that an opening marker brought in, in a list that goes on."""
        return False if comma <= start else self.marker(start, comma) is not None and self._list_goes_on(comma)

    def _list_goes_on(self, comma: int) -> bool:
        """Whether "and" stands before the last name of the list a comma belongs to: "Backed by A, B and C, D said"."""
        at = comma + 1
        while at < len(self._doc) and self._doc[at].text != ",":
            if self._doc[at].lower_ == "and":
                return True
            if self._doc[at].pos_ == "VERB":
                return False
            at += 1
        return False
