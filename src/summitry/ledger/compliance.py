"""By which acts a commitment counts as kept or broken: published rules over the events of a record.

The scale is that of the Peace Accords Matrix (Joshi, Quinn and Regan 2015): 0 not begun, 1 minimal, 2 intermediate,
3 full. What raises or lowers a status is an event that reports tell, dated, after the day the commitment was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from summitry.ledger.holdings import Holdings
from summitry.ledger.obligations import Obligation, standing
from summitry.ledger.wording import Words, party_of, words_of
from summitry.vocabulary import Event

Effect = Literal["done", "act", "broken", "left", "refused"]

STATUS_RULES: Final[tuple[tuple[str, str], ...]] = (
    ("none", 'no event bears on it: there is no public evidence, which is not "not done"'),
    ("0", "a dated event says that a party bound refused or failed to do it, or broke it before it had gone far"),
    ("1", "a first act that keeps it; or it was further, and was broken or the instrument was left"),
    ("2", f"acts that keep it on {3} days or more"),
    ("3", "an event says that it was completed; or it asks for one act (resume, meet, sign), and that was done"),
)
"""Status and what gives it, as docs/commitments.md has them."""

CONTINUED: Final = 3
"""Days with acts that keep a commitment from which it counts as carried on: two may be one visit told twice."""
ONCE: Final = frozenset("resume meeting sign ratify join rejoin host visit open begin start hold return".split())
"""First words of obligations that one act fulfils."""
TALKING: Final = frozenset({"talks", "meeting", "negotiat", "consult", "visit"})
"""Keys of obligations that are kept by meeting, and by nothing else."""
_DEEDS: Final = frozenset({"RETREAT", "CONCEDE", "COOPERATE", "AID"})
_KEPT: Final[tuple[tuple[frozenset[str], frozenset[str]], ...]] = (
    (frozenset("sign ratify recogn join rejoin conclud".split()), frozenset({"AGREE", "COOPERATE", "SUPPORT"})),
    (frozenset("provid give aid supply pay send deliver guarante build".split()), frozenset({"AID", "COOPERATE"})),
)
"""PLOVER types that keep an obligation no article of a case tells of, by its first key; else deeds that yield."""
_BROKEN: Final[tuple[tuple[frozenset[str], frozenset[str]], ...]] = (
    (frozenset({"lift"}), frozenset({"SANCTION"})),
    (
        frozenset("freeze end dismantle disarm abandon reduc limit refrain leave test".split()),
        frozenset({"MOBILIZE", "ASSAULT"}),
    ),
)
_COMPLETED: Final = re.compile(
    r"\b(?:complet(?:ed|es|ing)|finish(?:ed|es)|finali[sz]ed|fully\s+\w+(?:ed|n)|has been \w+ed in full|"
    r"concluded the (?:transfer|withdrawal|return|release|removal))\b",
    re.IGNORECASE,
)
_LEAVING: Final = re.compile(
    r"\b(?:withdr[ae]w\w*|pull(?:ed|ing|s)?\s+(?:\w+\s+){0,4}out\b|quit\w*|exit(?:ed|ing|s)?|abandon\w*|"
    r"walk(?:ed|ing|s)?\s+(?:away|out)|scrap(?:ped|ping|s)?|tore\s+up|nullif\w+|renounc\w+|repudiat\w+)",
    re.IGNORECASE,
)
_LEAVES: Final = frozenset({"REJECT", "RETREAT", "COERCE", "SANCTION", "THREATEN"})
_DATED: Final = frozenset({"day", "interval", "month"})
"""Precisions by which an event can be said to come after the day of a commitment."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that bears on a commitment: how, and on which day."""

    effect: Effect
    event: Event
    day: date


@dataclass(frozen=True, slots=True)
class Act:
    """An event as it is matched: its day, its parties, its words."""

    event: Event
    day: date
    doers: frozenset[str]
    parties: frozenset[str]
    lowered: str
    words: Words


class Acts:
    """The dated events of a record by party, and by the keys of their words."""

    __slots__ = ("_by_key", "_by_party", "_leaving")

    def __init__(self, holdings: Holdings) -> None:
        self._by_party: dict[str, list[Act]] = {}
        self._by_key: dict[tuple[str, str], list[Act]] = {}
        self._leaving: dict[str, list[tuple[Act, str]]] = {}
        until = holdings.today
        for act in _acts(holdings.events):
            if until is not None and act.day > until:
                continue
            for code in act.parties:
                self._by_party.setdefault(code, []).append(act)
                for key in set(act.words.keys):
                    self._by_key.setdefault((code, key), []).append(act)

            if act.event.type in _LEAVES and act.event.modality == "happened":
                words = _LEAVING.search(act.lowered)
                for code in act.doers if words is not None else ():
                    self._leaving.setdefault(code, []).append((act, act.lowered[words.end() :] if words else ""))

    def leaving(self, codes: Iterable[str]) -> Iterator[tuple[Act, str]]:
        """The acts by which any of the parties leaves something, with the words behind the leaving."""
        for code in sorted(codes):
            yield from self._leaving.get(code, ())

    def of(self, codes: Iterable[str]) -> Iterator[Act]:
        """The acts in which any of the parties has a part, each once."""
        seen: dict[str, Act] = {}
        for code in sorted(codes):
            for act in self._by_party.get(code, ()):
                seen.setdefault(act.event.id, act)
        yield from seen.values()

    def about(self, codes: Iterable[str], words: Words) -> Iterator[Act]:
        """Of these, the acts that share the rarest key of a text, and its first two, or its only one."""
        seen: dict[str, Act] = {}
        for code in sorted(codes):
            lists = [self._by_key.get((code, key), []) for key in dict.fromkeys(words.keys[:_FIRST])]
            for act in min(lists, key=len, default=[]):
                seen.setdefault(act.event.id, act)
        yield from seen.values()


_FIRST: Final = 2
"""Keys of a commitment, from its first, that an event must have: its deed and its object."""


def _acts(events: Iterable[Event]) -> Iterator[Act]:
    for event in events:
        day = event.date.end or event.date.start
        if day is None or event.date.precision not in _DATED or event.modality not in ("happened", "negated"):
            continue
        doers = frozenset(code for actor in event.actors if (code := party_of(actor)) is not None)
        others = frozenset(code for actor in event.recipients if (code := party_of(actor)) is not None)
        text = " ".join(event.evidence[0].exact.split())
        yield Act(event, day, doers, doers | others, text.lower(), words_of(text))


def deeds(one: Obligation, acts: Acts) -> tuple[Deed, ...]:
    """The events that keep or break an obligation, by day; none told by the very words that tell of it."""
    own = {(passage.source, passage.start, passage.end) for row in one.rows for passage in row.evidence}
    found = _by_article(one, acts) if one.article is not None else _by_words(one, acts)
    left = _by_leaving(one, acts)
    kept: dict[str, Deed] = {}
    for effect, act in (*left, *found):
        if act.day > one.day and not _overlaps(act.event, own):
            kept.setdefault(act.event.id, Deed(effect, act.event, act.day))
    return tuple(sorted(kept.values(), key=lambda deed: (deed.day, deed.event.id)))


def _overlaps(event: Event, own: set[tuple[str, int, int]]) -> bool:
    """Whether an event stands in the words of the commitment: it is the agreeing itself, or was told with it."""
    return any(
        passage.source == source and passage.start < end and start < passage.end
        for passage in event.evidence
        for source, start, end in own
    )


def _by_article(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    article = one.article
    assert article is not None
    for act in acts.of(one.codes):
        if not any(standing(one.phrases, act.lowered)):
            continue
        type_ = act.event.type
        if act.event.modality == "negated":
            if type_ in article.kept and _does(one, act):
                yield "refused", act
        elif type_ in article.broken and act.doers & one.codes:
            yield "broken", act
        elif type_ in article.kept and _does(one, act):
            yield ("done" if _COMPLETED.search(act.lowered) else "act"), act
        elif type_ == "REJECT" and act.doers & one.codes:
            yield "refused", act


def _by_words(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    keys = one.words.keys[:_FIRST]
    if not keys:
        return
    talking = bool(set(keys) & TALKING)
    kept = frozenset({"CONSULT"}) if talking else _types(_KEPT, keys) or _DEEDS
    broken = frozenset[str]() if talking else _types(_BROKEN, keys)
    for act in acts.about(one.codes, one.words):
        mine = set(act.words.keys)
        if not (mine >= set(keys) or (talking and keys[0] in mine | _MEETING and mine & TALKING)):
            continue
        type_ = act.event.type
        if act.event.modality == "negated":
            if type_ in kept and _does(one, act):
                yield "refused", act
        elif type_ in kept and _does(one, act):
            once = keys[0] in ONCE and (keys[0] in mine or keys[0] in _MEETING)
            yield ("done" if once or _COMPLETED.search(act.lowered) else "act"), act
        elif type_ in broken and act.doers & one.codes:
            yield "broken", act
        elif type_ == "REJECT" and act.doers & one.codes:
            yield "refused", act


_MEETING: Final = frozenset({"meeting", "talks"})


def _types(table: Sequence[tuple[frozenset[str], frozenset[str]]], keys: Sequence[str]) -> frozenset[str]:
    return next((types for first, types in table if first & set(keys)), frozenset())


def _does(one: Obligation, act: Act) -> bool:
    """Whether it is the deed of a party bound; of meeting, all who are to meet take part."""
    if act.event.type in ("CONSULT", "AGREE"):
        other = party_of(one.first.beneficiary)
        return act.parties >= one.codes | ({other} if other is not None else set())
    return bool(act.doers & one.codes)


def _by_leaving(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    """A party left the instrument altogether."""
    if one.instrument is None:
        return
    for act, what in acts.leaving(one.codes):
        if any(standing(one.instrument.names, what)):
            yield "left", act


def statuses(found: Sequence[Deed]) -> Iterator[tuple[int, date, tuple[Event, ...]]]:
    """The changes of status that deeds make, by day, each with the events that make it; from no evidence (None)."""
    status: int | None = None
    acts: dict[date, Event] = {}
    for deed in found:
        before = status
        why: tuple[Event, ...] = (deed.event,)
        match deed.effect:
            case "done":
                status = 3
            case "act":
                acts.setdefault(deed.day, deed.event)
                if len(acts) >= CONTINUED:
                    status, why = max(status or 0, 2), tuple(acts.values())
                else:
                    status = max(status or 0, 1)
            case "broken" | "left":
                status, acts = (1 if before is not None and before > 1 else 0), {}
            case "refused":
                status = 0 if before is None else before
        if status is not None and status != before:
            yield status, deed.day, why
