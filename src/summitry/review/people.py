"""People as reviewers hold them: names of one person joined, a spelling that is somebody else's taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from summitry.review.decide import decide, in_force
from summitry.review.fields import AnyRow
from summitry.review.types import Anchor, Review
from summitry.vocabulary import Actor, Event, content_id

PersonKey = tuple[str, str]
"""A name without case, and the state its bearer speaks for (empty: none)."""


def key_of_name(name: str, party: str | None) -> PersonKey:
    """The key of a person by name and party code."""
    state = Actor(party, name).state
    return name.strip().casefold(), state or ""


def person_id(name: str, party: str | None) -> str:
    """The id of a person: of the name and the state."""
    return content_id("per", *key_of_name(name, party))


@dataclass(frozen=True, slots=True)
class Names:
    """``shown`` is the name that a person's rows bear, by the name they have; ``apart`` are spellings that are not a
    person's, by the person."""

    shown: Mapping[PersonKey, str] = field(default_factory=dict)
    apart: Mapping[PersonKey, tuple[str, ...]] = field(default_factory=dict)


def names_of(reviews: Iterable[Review]) -> Names:
    """What the reviews of people come to."""
    standing = [review for review in in_force(reviews) if review.kind == "person"]
    placed = {(review.id, i): one.row for review in standing for i, one in enumerate(review.rows)}
    into = decide(standing, placed).into
    known = {one.row: one for review in standing for one in review.rows}
    shown = {_key(known[member]): str(known[root].was["name"]) for member, (root, _) in into.items()}
    apart: dict[PersonKey, tuple[str, ...]] = {}
    for review in standing:
        if review.action == "split" and (spelling := review.fields.get("spelling")):
            for one in review.rows:
                apart[_key(one)] = (*apart.get(_key(one), ()), str(spelling))
    return Names(shown, apart)


def _key(anchor: Anchor) -> PersonKey:
    return key_of_name(str(anchor.was["name"]), anchor.was.get("party"))


def named(row: AnyRow, names: Names) -> AnyRow:
    """A row whose people bear the names that reviewers gave them."""
    changed: dict[str, Any] = {}
    for each in fields(row):
        value = getattr(row, each.name)
        if isinstance(value, Actor):
            changed[each.name] = _named(value, names)
        elif isinstance(value, tuple) and value and isinstance(value[0], Actor):
            changed[each.name] = tuple(_named(one, names) for one in value)
    if isinstance(row, Event) and row.meeting is not None:
        delegations = tuple(_named(one, names) for one in row.meeting.delegations)
        changed["meeting"] = replace(row.meeting, delegations=delegations)
    changed = {name: value for name, value in changed.items() if value != getattr(row, name)}
    return replace(row, **changed) if changed else row


def _named(actor: Actor, names: Names) -> Actor:
    if actor.kind != "person":
        return actor
    shown = names.shown.get((actor.name.strip().casefold(), actor.state or ""))
    return actor if shown is None or shown == actor.name else replace(actor, name=shown)
