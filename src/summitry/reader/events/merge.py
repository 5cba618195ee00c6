"""One row an event: mentions of the same act inside one article, brought together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Final

from summitry.reader.events.meeting import level_of
from summitry.reader.events.parties import AGENT_NOUNS, party_code
from summitry.reader.events.when import overlap

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.reader.events.draft import Draft

# What is done by speaking is done again and again; only what is said once more of the same act is one event. Meetings,
# tests and deeds are pointed back to by any later noun.
_SPOKEN: Final = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
_ORDINALS: Final = {
    word: number
    for number, words in enumerate(("first inaugural 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th"), 1)
    for word in words.split()
}
# A later sentence this near goes on about the same act when nothing tells them apart.
_NEAR: Final = 900
"""Code points; about a paragraph or two of a news report."""


def codes(draft: Draft) -> frozenset[str]:
    """The parties of a mention, as scoring compares them."""
    return frozenset(party_code(actor) for actor in (*draft.actors, *draft.recipients))


def same(a: Draft, b: Draft) -> bool:
    """Whether two mentions tell one event; ``a`` stands first in the text."""
    if a.known is not None and b.known is not None:
        return a.known.id == b.known.id and _types_agree(a, b) and a.modality == b.modality
    if a.type != b.type or codes(a) != codes(b):
        return False
    if a.modality != b.modality and not _points_at(a, b):
        return False
    if a.type == "SANCTION" and a.mode != b.mode:
        # Leaving an agreement and the sanctions that followed are two.
        return False
    if a.type == "CONSULT" and _two_meetings(a, b):
        return False
    if a.type == "MOBILIZE" and _several(a.trigger) != _several(b.trigger):
        # One launch and "numerous tests" are told apart.
        return False
    if a.type in _SPOKEN and tuple(map(party_code, a.actors)) != tuple(map(party_code, b.actors)):
        return False
    dated = a.date.precision != "unknown" and b.date.precision != "unknown"
    if dated and not overlap(a.date, b.date):
        return False
    if dated and a.date.precision == b.date.precision == "day":
        return True
    if a.place and b.place and a.place != b.place:
        return False
    if a.type in _SPOKEN:
        near = b.words[0] - a.words[1] < _NEAR
        if a.trigger.lemma_ != b.trigger.lemma_:
            return near and (dated or b.noun)
        what, again = content(a.trigger), content(b.trigger)
        return not what or not again or bool(what & again)
    return True


def _two_meetings(a: Draft, b: Draft) -> bool:
    """Whether two meetings of the same parties are surely two: by their number, their level, or who led a side."""
    first, second = _ordinal(a), _ordinal(b)
    if first and second and first != second:
        return True
    levels = [level_of(each, _words(each), (*each.actors, *each.recipients)) for each in (a, b)]
    if "other" not in levels and levels[0] != levels[1] and {"phone", "letter", "summit"} & set(levels):
        return True
    return _led_by_others(a, b)


def _words(draft: Draft) -> str:
    # Only of its own words: the text of a whole document is put together anew each time it is asked for.
    start, end = draft.words
    span = draft.trigger.doc.char_span(start, end, alignment_mode="expand")
    return span.text[start - span.start_char : end - span.start_char] if span is not None else ""


def _ordinal(draft: Draft) -> int:
    """The number a meeting is given by its own noun or its object: "a third meeting", "held their second summit"."""
    trigger = draft.trigger
    nouns = [trigger, *(child for child in trigger.children if child.dep_ in {"dobj", "pobj", "attr"})]
    for noun in nouns:
        for child in noun.children:
            if child.dep_ in {"amod", "nummod"} and child.lower_ in _ORDINALS:
                return _ORDINALS[child.lower_]
    return 0


def _led_by_others(a: Draft, b: Draft) -> bool:
    """Whether one side is represented by different named people in the two."""
    people: list[dict[str, list[frozenset[str]]]] = []
    for draft in (a, b):
        named: dict[str, list[frozenset[str]]] = {}
        for actor in (*draft.actors, *draft.recipients):
            if actor.kind == "person" and not actor.anonymous and actor.office:
                named.setdefault(party_code(actor), []).append(frozenset(actor.name.casefold().split()))
        people.append(named)
    return any(
        not any(one <= other or other <= one for one in people[0][side] for other in people[1][side])
        for side in people[0].keys() & people[1].keys()
    )


def _several(trigger: Token) -> bool:
    """Whether an act is told of in the plural: by its noun, or by what is tested or launched."""
    if trigger.pos_ in {"NOUN", "PROPN"}:
        return trigger.tag_ in {"NNS", "NNPS"}
    return any(c.tag_ == "NNS" for c in trigger.children if c.dep_ in {"dobj", "nsubjpass"})


def content(trigger: Token) -> frozenset[str]:
    """Lemmas of what is said, asked or refused: the nouns and verbs below a trigger, without names."""
    return frozenset(
        token.lemma_.lower()
        for token in trigger.subtree
        if token.i > trigger.i and token.pos_ in {"NOUN", "VERB"} and token.lemma_.lower() not in AGENT_NOUNS
    )


def _points_at(a: Draft, b: Draft) -> bool:
    """Whether one mention only names the meeting that the other announces: "will meet Friday", "before the summit"."""
    if a.type != "CONSULT" or {a.modality, b.modality} != {"happened", "planned"}:
        return False
    bare = a if a.modality == "happened" else b
    return bare.noun and bare.date.precision == "unknown" and bare.place is None


def _types_agree(a: Draft, b: Draft) -> bool:
    return a.type == b.type


_BACK: Final = 60
"""Groups of one type and the same parties that a mention is compared with, the latest first; a long report has ten."""
_SHOWN: Final = 20
"""Mentions of a group, first and last, that a mention must agree with; more of one act stand in no report."""


def clusters(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The mentions in text order, grouped by the event they tell; a mention joins the latest group it agrees with."""
    groups: list[list[Draft]] = []
    # Two are the same only if they name one known event or have the same parties: groups by what their first has.
    alike: dict[Hashable, list[int]] = {}
    for draft in drafts:
        keys: list[Hashable] = [(draft.type, codes(draft))]
        if draft.known is not None:
            keys.append((draft.type, draft.known.id))
        near = sorted({number for key in keys for number in alike.get(key, ())[-_BACK:]}, reverse=True)
        for number in near:
            group = groups[number]
            shown = group if len(group) <= 2 * _SHOWN else (*group[:_SHOWN], *group[-_SHOWN:])
            if all(same(other, draft) for other in shown):
                group.append(draft)
                break
        else:
            for key in keys:
                alike.setdefault(key, []).append(len(groups))
            groups.append([draft])
    return groups


def best(group: Sequence[Draft]) -> Draft:
    """The mention that tells the event most fully: dated, with a verb, with a place, sure, early."""
    return max(
        group,
        key=lambda d: (
            # An announced meeting is not held by being named.
            d.modality == "planned",
            d.date.precision != "unknown",
            not d.noun,
            d.known is not None,
            d.place is not None,
            d.weight,
            -d.words[0],
        ),
    )
