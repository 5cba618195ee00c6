"""From the head of a noun phrase to the parties it stands for, through the mentions of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from summitry.reader.events.arguments import governed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.vocabulary import Actor, Mention


class Mentions(Protocol):
    """What events need of the article's mentions, looked up by offset (code points, half-open)."""

    def at(self, offset: int) -> Mention | None:
        """The mention that covers an offset."""

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that lie inside a stretch, in text order."""


# Nouns for people and bodies that act for the party named beside them: "Iranian officials", "leaders of both Koreas".
AGENT_NOUNS: Final = frozenset(
    "official officer leader president premier chancellor king minister secretary ministry department envoy ambassador "
    "diplomat negotiator representative delegate delegation team spokesman spokeswoman spokesperson aide adviser "
    "advisor government administration regime authority leadership cabinet parliament congress senate house lawmaker "
    "legislator legislature senator assembly council court judge police military army navy troop force "
    "soldier guard fighter jet warplane aircraft warship vessel ship side counterpart colleague chief head director "
    "commander general admiral marine agency commission committee bureau office mission embassy consulate "
    "inspector expert scientist party country nation state power ally partner republic kingdom capital city "
    "bloc union alliance member coalition group organisation organization trio people kremlin executive treasury "
    "intelligence security service watchdog board prosecutor crown prince monarch ayatollah cleric mullah "
    "guerrilla rebel militant militia insurgent politician statesman opposition emissary mediator "
    "interlocutor principal couple pair two both neighbour neighbor rival foe adversary enemy "
    "lieutenant deputy undersecretary vice commissioner governor mayor dictator supremo".split()
)

# Vehicles that speak for whoever issued them: "the statement accused", "a commentary by the state agency".
VEHICLES: Final = frozenset(
    "statement letter commentary report media newspaper daily broadcaster television tv radio agency editorial speech "
    "remark message address announcement declaration communique resolution decision move order law bill warning threat "
    "proposal offer plan".split()
)

# Roles of CAMEO codes that act for no state: media, business.
_PRIVATE: Final = re.compile(r"(?:MED|BUS|MNC)")

_OF: Final = frozenset({"of", "from", "for"})
_FROM: Final = frozenset({"from", "by"})
_CONCERNING: Final = frozenset({"of", "by", "from", "between", "among", "with", "against", "on", "to", "in", "inside"})
_PREMODIFIERS: Final = frozenset({"compound", "amod", "nmod", "poss", "conj", "appos", "nummod", "det", "npadvmod"})


def party_code(actor: Actor) -> str:
    """The code that counts in comparing parties: the state's, else the organisation's own."""
    return actor.state or actor.code or ""


def merge_parties(*groups: Iterable[Actor]) -> tuple[Actor, ...]:
    """One actor a party, in order; somebody named wins over the bare state."""
    chosen: dict[str, Actor] = {}
    for group in groups:
        for actor in group:
            code = party_code(actor)
            if not code:
                continue
            before = chosen.get(code)
            if before is None or (before.kind != "person" and actor.kind == "person"):
                chosen[code] = actor
    return tuple(chosen.values())


def _members(mention: Mention | None, *, private: bool = False) -> tuple[Actor, ...]:
    """The political actors of a mention; the press and companies report and trade, they are no parties."""
    if mention is None:
        return ()
    members = mention.members or ((mention.actor,) if mention.actor is not None else ())
    return tuple(member for member in members if member.code and (private or political(member)))


def citizens(head: Token, mentions: Mentions) -> tuple[Actor, ...]:
    """Who a noun phrase is when what is done to journalists or companies counts as done to their state."""
    return tuple(member for member in _members(mentions.at(head.idx), private=True) if member.state)


def political(actor: Actor) -> bool:
    """Whether an actor counts as a party to political acts."""
    return actor.kind != "media" and not _PRIVATE.search(actor.code or "")


def _left_edge(head: Token) -> int:
    """Offset where the premodifiers of a noun begin."""
    left = head.i
    stack = [head]
    while stack:
        at = stack.pop()
        for child in at.children:
            if child.i < at.i and child.dep_ in _PREMODIFIERS:
                left = min(left, child.i)
                stack.append(child)
            elif child.i > at.i and child.dep_ == "conj" and child.i < head.i:
                stack.append(child)
    return int(head.doc[left].idx)


# "China, the North's main ally": whoever owns one of these is another party than it.
_RELATIONS: Final = frozenset(
    "ally neighbour neighbor rival foe adversary enemy partner backer patron sponsor friend".split()
)


_POSTED: Final = frozenset({"ambassador", "envoy", "representative", "mission", "delegate", "diplomat"})


def _modifiers(head: Token, mentions: Mentions) -> tuple[Actor, ...]:
    """Parties named before a noun inside its phrase: "US and North Korean officials", "Seoul's envoy"."""
    found = list(mentions.within(_left_edge(head), head.idx + len(head.text)))
    if head.lemma_.lower() in _RELATIONS:
        whose = {t.idx for c in head.children if c.dep_ == "poss" for t in c.subtree}
        found = [m for m in found if m.start not in whose]
    named = merge_parties(*(_members(m) for m in found))
    if head.lemma_.lower() in _POSTED and any(actor.state for actor in named):
        # "Norway's UN ambassador" speaks for Norway
        named = tuple(actor for actor in named if actor.state)
    return named


def _conjuncts(head: Token) -> list[Token]:
    found: list[Token] = []
    at = head
    while True:
        nxt = [c for c in at.children if c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}]
        if not nxt:
            return found
        found += nxt
        at = nxt[-1]


def parties(head: Token, mentions: Mentions, *, conjuncts: bool = True) -> tuple[Actor, ...]:
    """Who a noun phrase is, when it is a party or people who act for one; empty for things and strangers.

    Conjoined phrases count too: "Seoul and Washington", "the president and his Iranian counterpart".
    """
    groups = [_one(head, mentions)]
    if conjuncts:
        groups += [_one(other, mentions) for other in _conjuncts(head)]
    return merge_parties(*groups)


def _one(head: Token, mentions: Mentions) -> tuple[Actor, ...]:
    own = _members(mentions.at(head.idx))
    if own:
        return merge_parties(*(_members(mentions.at(c.idx)) for c in head.children if _shares_name(c)), own)
    lemma = head.lemma_.lower()
    if lemma in AGENT_NOUNS or head.pos_ == "PROPN":
        found = _modifiers(head, mentions)
        if lemma in AGENT_NOUNS:
            for obj in governed(head, _OF):
                found = merge_parties(found, parties(obj, mentions))
        if found:
            return found
        for child in head.children:
            if child.dep_ == "appos":
                return parties(child, mentions)
    return ()


def _shares_name(child: Token) -> bool:
    """Whether a modifier is the first half of two names that share their last word: "North and South Korea"."""
    return child.dep_ in {"nmod", "amod", "compound"} and any(c.dep_ == "conj" for c in child.children)


def speaker_of(head: Token, mentions: Mentions) -> tuple[Actor, ...]:
    """As :func:`parties`, and whoever issued a statement, letter or report that stands as subject."""
    found = parties(head, mentions)
    if not found and head.lemma_.lower() in VEHICLES:
        found = owners(head, mentions)
        for child in head.children:
            if not found and child.dep_ in {"relcl", "acl"}:
                # "letters he received from the chairman", "a statement issued by the ministry"
                for obj in governed(child, _FROM):
                    found = merge_parties(found, parties(obj, mentions))
    return found


def owners(head: Token, mentions: Mentions, *, phrases: bool = True) -> tuple[Actor, ...]:
    """Whose a thing is or whom it concerns: "Seoul's purchase", "sanctions on Iran", "talks with Washington".

    Without ``phrases`` only what stands before the noun counts.
    """
    found = _modifiers(head, mentions)
    if found or not phrases:
        return found
    for obj in governed(head, _CONCERNING):
        found = merge_parties(found, parties(obj, mentions) or _modifiers(obj, mentions))
    return found
