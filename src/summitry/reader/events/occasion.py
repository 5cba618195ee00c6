"""The date of an act that the text tells by an occasion: "during the drill", "at the summit", when that has a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.reader.events.arguments import governed
from summitry.reader.events.when import with_basis

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.reader.events.draft import Draft

_DURING: Final = frozenset({"during", "at", "of", "amid", "in"})


def dated_by_occasion(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in text order, the undated ones with the date of the dated event they are said to fall in.

    The occasion is the same noun token, or the same noun told of before with a date.
    """
    dated: dict[str, Draft] = {}
    by_token: dict[int, Draft] = {d.trigger.i: d for d in drafts if d.date.precision != "unknown"}
    made: list[Draft] = []
    for draft in drafts:
        if draft.date.precision == "unknown":
            for noun in _occasions(draft.trigger):
                found = by_token.get(noun.i) or dated.get(noun.lemma_.lower())
                if found is not None and found.trigger.i != draft.trigger.i:
                    basis = f"occasion: {noun.text}"
                    place = draft.place or found.place
                    draft = replace(draft, date=with_basis(found.date, basis), place=place)
                    break
        if draft.date.precision != "unknown" and draft.noun:
            dated[draft.trigger.lemma_.lower()] = draft
        made.append(draft)
    return made


def _occasions(trigger: Token) -> list[Token]:
    found = governed(trigger, _DURING)
    for noun in list(found):
        if noun.lemma_.lower() in {"sideline", "end", "start", "course", "margin"}:
            found += governed(noun, frozenset({"of"}))
    return found
