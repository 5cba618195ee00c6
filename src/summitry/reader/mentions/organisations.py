"""Organisations and institutions that no list names: proper names with a telling noun ("Institute", "Ministry")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from summitry.reader.mentions.cover import Cover
from summitry.reader.mentions.lexicon import BODY, CALENDAR, OFFICE, OFFICE_PART
from summitry.reader.mentions.scene import Scene

_JOIN: Final = frozenset("of for on in and & the to".split())
# "the Trump Administration" is read by its owner, not as a name.
_OWNED: Final = frozenset(
    "administration government regime team delegation campaign leadership authorities rulers".split()
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A proper name of an institution: tokens (both included), its head noun's token, its role and, where the name or
    the words before it tell, its state."""

    first: int
    last: int
    head: int
    name: str
    role: str
    state: str | None


def _proper(scene: Scene, token: int) -> bool:
    text = scene.text[token]
    return (
        text[:1].isupper()
        and scene.low[token] not in CALENDAR
        and scene.pos[token] not in ("PRON", "DET", "ADV", "VERB")
    )


def find_organisations(scene: Scene, cover: Cover) -> tuple[Organisation, ...]:
    """Proper names around a capitalised head noun, in text order; those of the gazetteer excepted."""
    found: list[Organisation] = []
    taken = -1
    for at in range(len(scene)):
        low = scene.low[at].rstrip(".")
        if low == "chiefs" and at > taken + 1 and scene.text[at - 1] == "Joint" and cover.at[at] < 0:
            # A body though its name reads as its members'.
            last = at + 2 if scene.low[at + 1 : at + 3] == ("of", "staff") else at
            first = _grow_left(scene, cover, at - 1, taken)
            found.append(replace(_organisation(scene, cover, (first, at, last)), role="MIL"))
            taken = last
            continue
        if at <= taken or cover.at[at] >= 0 or low not in BODY or low in _OWNED or not _proper(scene, at):
            continue
        if at + 1 < len(scene) and scene.low[at + 1] in OFFICE and scene.text[at + 1][0].isupper():
            # "Treasury Secretary", "House Speaker": part of an office.
            continue
        first = _grow_left(scene, cover, at, taken)
        last = _grow_right(scene, cover, at)
        if first == at and last == at:
            continue
        found.append(_organisation(scene, cover, (first, at, last)))
        taken = last
    return tuple(found)


def _grow_left(scene: Scene, cover: Cover, head: int, taken: int) -> int:
    first = head
    at = head - 1
    while at > taken and scene.sentence[at] == scene.sentence[head] and scene.space[at]:
        hit = cover.hit(at)
        if hit is not None:
            city_of_before = hit.hit.use == "city" and scene.low[hit.first - 1] in ("in", "at", "from")
            if hit.hit.entry.kind not in ("state", "body") or city_of_before:
                break
            first = hit.first
            at = hit.first - 1
            continue
        starts = at == 0 or scene.sentence[at - 1] != scene.sentence[at]
        if (
            scene.low[at] in ("and", "&")
            and at - 1 > taken
            and scene.low[at - 1] in OFFICE_PART
            and _proper(scene, at - 1)
        ):
            at -= 1
            continue
        if not _proper(scene, at) or scene.low[at].rstrip(".") in OFFICE or (starts and scene.pos[at] != "PROPN"):
            break
        first = at
        at -= 1
    return first


def _grow_right(scene: Scene, cover: Cover, head: int) -> int:
    last = head
    at = head + 1
    size = len(scene)
    while at < size and scene.sentence[at] == scene.sentence[head]:
        if _proper(scene, at) and scene.space[at - 1] and scene.low[at].rstrip(".") not in OFFICE:
            # A following name joins only behind "of", "for": "Ministry Spokesman", "Party Chairman" do not.
            if last == head and at == head + 1 and scene.low[at] not in BODY:
                break
            last = at
        elif scene.low[at] in _JOIN:
            step = at + 1
            while step < size and scene.low[step] in _JOIN:
                step += 1
            if (
                step >= size
                or not _proper(scene, step)
                or scene.low[step].rstrip(".") in OFFICE
                or (last == head and scene.low[at] in ("and", "in", "to", "the"))
                or (scene.low[at] in ("and", "in", "to") and cover.at[step] >= 0)
            ):
                break
            at = step
            last = at
        else:
            break
        at += 1
    return last


def _organisation(scene: Scene, cover: Cover, span: tuple[int, int, int]) -> Organisation:
    first, head, last = span
    state = None
    begin = first
    for token in range(first, last + 1):
        hit = cover.hit(token)
        if hit is not None and hit.state:
            state = hit.state
            # "Iranian Foreign Ministry": the state is no part of the name; "Bank of Korea" keeps it.
            if hit.first == first and hit.hit.use == "demonym" and hit.last < head:
                begin = hit.last + 1
            break
    before = first - 1
    if state is None and before > 0 and scene.tag[before] == "POS":
        hit = cover.hit(before - 1)
        if hit is not None and hit.state:
            state, first = hit.state, hit.first
    after = last + 1
    if state is None and after + 1 < len(scene) and scene.low[after] == "in":
        place = cover.hit(after + 1)
        state = place.state if place is not None else None
    name = scene.words(begin, last)
    return Organisation(first, last, head, name, BODY.get(scene.low[head].rstrip("."), ""), state)
