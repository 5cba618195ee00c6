"""Where an act took place: a proper name behind "in", "at" or "on the ... of" that hangs on the act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.arguments import carrier

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.casebook import Casebook
    from summitry.reader.events.parties import Mentions
    from summitry.vocabulary import TimeExpression

_PLACING: Final = frozenset({"in", "at", "outside", "near", "inside"})
# "on the sidelines of", "in the city of": the place is one step further down.
_STEPPING: Final = frozenset(
    "city capital village town island sideline side resort suburb outskirt district port venue headquarters center "
    "centre complex hotel palace residence office base site range airport house hall building retreat border "
    "zone".split()
)


def capitals_of(casebook: Casebook) -> dict[str, str]:
    """ "the Vietnamese capital" in lower case to its name, for every state whose capital stands for it."""
    return {
        f"the {word} capital".lower(): entry.metonyms[0]
        for entry in casebook.world
        if entry.kind == "state" and entry.metonyms
        for word in entry.demonyms
    }


def place_of(trigger: Token, times: Sequence[TimeExpression], mentions: Mentions) -> str | None:
    """The name of the place, as the article writes it, or None."""
    verb = carrier(trigger)
    bases = [trigger] if verb is None else [trigger, verb]
    if trigger.pos_ == "VERB":
        bases += [c for c in trigger.children if c.dep_ in {"dobj", "nsubjpass"}]
    elif trigger.dep_ in {"nsubj", "nsubjpass"} and trigger.head.pos_ == "VERB":
        bases.append(trigger.head)
    elif trigger.dep_ == "pobj" and trigger.head.head.pos_ in {"NOUN", "PROPN"}:
        bases.append(trigger.head.head)
    for base in bases:
        found = _below(base, times, mentions)
        if found:
            return found
        for child in base.children:
            # The parser hangs "in Vienna" on what stands nearest: "talks with Iran in Vienna".
            if child.dep_ == "prep" and child.lower_ in {"with", "between", "to", "for", "on", "of"}:
                for obj in child.children:
                    if obj.dep_ == "pobj":
                        for head in (obj, *obj.conjuncts):
                            found = _below(head, times, mentions)
                            if found:
                                return found
    return None


def _below(base: Token, times: Sequence[TimeExpression], mentions: Mentions) -> str | None:
    for child in base.children:
        if child.dep_ == "prep" and child.lower_ in _PLACING:
            for obj in child.children:
                if obj.dep_ == "pobj":
                    name = _name(obj, times, mentions)
                    if name:
                        return name
    return None


def _in_name(token: Token, head: Token) -> bool:
    """Whether a word before a place's last word belongs to its name: "Joint Security Area"."""
    if token.head.i != head.i:
        return False
    if token.pos_ == "ADJ" and token.i and token.nbor(-1).text == "-":
        return False  # "inter-Korean"
    return token.pos_ == "PROPN" or (token.pos_ == "ADJ" and token.is_title and not token.is_sent_start)


def _name(head: Token, times: Sequence[TimeExpression], mentions: Mentions) -> str | None:
    if any(time.start <= head.idx < time.end for time in times):
        return None
    mention = mentions.at(head.idx)
    if mention is not None and mention.actor is not None and mention.actor.kind != "state":
        return None
    if head.pos_ == "PROPN":
        left = head.i
        while left > 0 and _in_name(head.doc[left - 1], head):
            left -= 1
        return str(head.doc[left : head.i + 1].text)
    if head.lemma_.lower() in _STEPPING:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "at"}:
                for obj in child.children:
                    if obj.dep_ == "pobj" and obj.pos_ == "PROPN":
                        return _name(obj, times, mentions)
            if child.dep_ == "appos" and child.pos_ == "PROPN":
                return _name(child, times, mentions)
        if head.lemma_.lower() in {"capital"}:
            return str(head.doc[head.left_edge.i : head.i + 1].text)
    return None
