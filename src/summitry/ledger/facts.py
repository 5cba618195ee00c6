"""Sources that disagree on a fact: tellings of one event with other days, numbers, places, or who did it to whom.

Only what different stories state is set side by side: copies of one story are one source, an inferred date disagrees
with nothing, days next to each other are time zones (:data:`ZONES`), a hedged number ("at least three") fits more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from summitry.ledger.apart import Field, Kind, apart, parties_of
from summitry.ledger.holdings import Holdings
from summitry.ledger.wording import Words, words_of
from summitry.vocabulary import Discrepancy, Event

ZONES: Final = timedelta(days=1)
"""How far apart two days may be and be one, told from two time zones."""
_ONE_WAY: Final = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "REQUEST", "AID"})
"""PLOVER types in which it matters who acts and who is acted on; a meeting is of both."""
_STATED: Final = ("stated: ", "iso")
_SPELLED: Final = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty".split(),
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 20, 30, 40, 50),
        strict=True,
    )
)
_TIMES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER: Final = re.compile(
    r"(?<![\w.,:/+-])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|"
    + "|".join(_SPELLED)
    + r")(?:\s+(?P<times>hundred|thousand|million|billion))?(?![\d,.:/%-])"
    r"(?=\s+(?P<words>(?:[a-z][\w-]*\s+){0,2}[a-z][\w-]*))",
    re.IGNORECASE,
)
"""A number and up to three words after it, of which the last named thing is counted."""
_HEDGES: Final = re.compile(
    r"\b(?:least|most|than|about|around|some|nearly|almost|roughly|approximately|over|under|up|to|only|dozens|estimated|"
    r"another|other|these|those|the|first|last|next|of|resolution|article|section|no\.?|chapter|"
    r"jan(?:\.|uary)?|feb(?:\.|ruary)?|mar(?:\.|ch)?|apr(?:\.|il)?|may|june?|july?|aug(?:\.|ust)?|"
    r"sept?(?:\.|ember)?|oct(?:\.|ober)?|nov(?:\.|ember)?|dec(?:\.|ember)?)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
"""Words before a number that make it no count of all ("at least three", "the two others") or a name ("May 14")."""
_LONGEST: Final = 20
"""Code points before a number in which a hedge stands: longer than any of them."""
_NOT_COUNTED: Final = frozenset(
    """day days week weeks month months year years hour hours minute minutes second seconds time times percent per cent
    january february march april may june july august september october november december day-long a the of and or in
    on at to by for from with other others more decade decades century centuries that if but who which when while as
    is was are were has had have will would since after before than into over so it they he she we you""".split()
)
ROUNDED: Final = 0.05
"""Share of the larger number by which two may differ and be one, rounded: "167 miles", "170 miles"."""
_LOOSE: Final = re.compile(r"\s+(?:\w+\s+){0,2}or (?:so|more|fewer|less)\b", re.IGNORECASE)
"""Words behind a number that make it no count of all: "three or so"."""
KEPT: Final = 6
"""Events remembered for each party, kind of act and counted thing; bounded, so that the cost of one does not grow."""
_TOO_LATE: Final = 1900
"""Numbers from here to 2100 without a thing that they count are years."""


def facts(holdings: Holdings) -> Iterator[Discrepancy]:
    """Discrepancies between the tellings of each event of several stories, in the order of the timeline.

    For each field one telling of each value is taken, the surest, and each value set against the first: the cost grows
    with the number of tellings.
    """
    for event in holdings.events:
        tellings = _stories(holdings, holdings.tellings.get(event.id, ()))
        if len(tellings) > 1:
            yield from _between(holdings, tellings)
    yield from _counted_apart(holdings)


def _stories(holdings: Holdings, tellings: Sequence[Event]) -> list[Event]:
    """The surest telling of each story (a copy is its original's), as what happened; in a fixed order."""
    best: dict[str, Event] = {}
    for one in sorted(tellings, key=lambda each: (-each.confidence, each.id)):
        report = holdings.reports.get(one.evidence[0].source)
        story = (report.copy_of or report.id) if report is not None else one.evidence[0].source
        if one.modality in ("happened", "alleged"):
            best.setdefault(story, one)
    return sorted(best.values(), key=lambda each: (-each.confidence, each.id))


def _between(holdings: Holdings, tellings: Sequence[Event]) -> Iterator[Discrepancy]:
    yield from _dates(holdings, tellings)
    yield from _numbers(holdings, tellings)
    yield from _by_value(holdings, tellings, "place", lambda one: _place(one, tellings))
    yield from _by_value(holdings, tellings, "who", _direction)


def _outlet(holdings: Holdings, event: Event) -> str:
    report = holdings.reports.get(event.evidence[0].source)
    return (report.outlet if report is not None else None) or "one report"


def _dates(holdings: Holdings, tellings: Sequence[Event]) -> Iterator[Discrepancy]:
    stated = [one for one in tellings if one.date.precision == "day" and one.date.basis.startswith(_STATED)]
    for other in stated[1:]:
        first, second = stated[0].date.start, other.date.start
        if first is not None and second is not None and abs(first - second) > ZONES:
            note = f"{_outlet(holdings, stated[0])} has {first}, {_outlet(holdings, other)} has {second}"
            yield apart(Kind("sources", "date"), stated[0], other, note)
            return


def counts(text: str) -> dict[str, float]:
    """The things that a text counts, as stems, and how many; a thing counted twice differently is left out."""
    found: dict[str, float | None] = {}
    for match in _NUMBER.finditer(text):
        hedged = _HEDGES.search(text, max(0, match.start() - _LONGEST), match.start())
        if hedged or _LOOSE.match(text, match.end()):
            continue
        number = _SPELLED.get(match["number"].lower()) or float(match["number"].replace(",", ""))
        value = number * _TIMES.get((match["times"] or "").lower(), 1)
        thing = _thing(match["words"])
        if thing is None or (_TOO_LATE <= value <= 2100 and match["times"] is None and "," not in match["number"]):
            continue
        found[thing] = value if found.get(thing, value) == value else None
    return {thing: value for thing, value in found.items() if value is not None}


def _thing(words: str) -> str | None:
    """What is counted: the last noun-like word before one that ends the phrase."""
    taken: list[str] = []
    for word in words.lower().split():
        if word in _NOT_COUNTED:
            break
        taken.append(word)
    plural = [word for word in taken if word.endswith("s") or word in ("people", "troops", "men", "women", "children")]
    keys = words_of(plural[-1]).keys if plural else ()
    return keys[-1] if keys else None


def _numbers(holdings: Holdings, tellings: Sequence[Event]) -> Iterator[Discrepancy]:
    seen: dict[str, tuple[float, Event]] = {}
    told: set[str] = set()
    for one in tellings:
        for thing, value in sorted(counts(one.evidence[0].exact).items()):
            first = seen.setdefault(thing, (value, one))
            if not _fit(first[0], value) and thing not in told:
                told.add(thing)
                yield _number(holdings, thing, first, (value, one))


def _fit(one: float, other: float) -> bool:
    return abs(one - other) <= ROUNDED * max(one, other)


def _number(holdings: Holdings, thing: str, one: tuple[float, Event], other: tuple[float, Event]) -> Discrepancy:
    note = f"{thing}: {_outlet(holdings, one[1])} has {one[0]:g}, {_outlet(holdings, other[1])} has {other[0]:g}"
    return apart(Kind("sources", "number"), one[1], other[1], note)


def _counted_apart(holdings: Holdings) -> Iterator[Discrepancy]:
    """Entries of one act that were not merged, for they tell it differently: the same kind of act of the same parties
    on the same stated day, about the same matter, with another number of the same thing.

    Two such acts on one day that one story tells both of are two.
    """
    before: defaultdict[tuple[object, ...], list[tuple[float, Event, Words]]] = defaultdict(list)
    told: set[tuple[str, str]] = set()
    for event in holdings.events:
        stated = event.date.precision == "day" and event.date.basis.startswith(_STATED)
        actors = parties_of(event.actors)
        if not stated or not actors or event.modality != "happened":
            continue
        text = event.evidence[0].exact
        for thing, value in sorted(counts(text).items()):
            key, words = (event.type, actors, event.date.start, thing), words_of(text)
            known = any(_fit(number, value) for number, _, _ in before[key])
            for number, other, others in before[key]:
                pair = (other.id, thing)
                if known or pair in told or not words.same_matter(others):
                    continue
                if not _sources(holdings, event) & _sources(holdings, other):
                    told.add(pair)
                    yield _number(holdings, thing, (number, other), (value, event))
                    break
            before[key].append((value, event, words))
            del before[key][:-KEPT]


def _sources(holdings: Holdings, event: Event) -> set[str]:
    """The stories that tell an entry: a copy is its original's."""
    ids = {event.evidence[0].source, *(one.evidence[0].source for one in holdings.tellings.get(event.id, ()))}
    reports = (holdings.reports.get(one) for one in ids)
    return {one.copy_of or one.id for one in reports if one is not None} or ids


def _by_value(
    holdings: Holdings, tellings: Sequence[Event], field: Field, value: Callable[[Event], str | None]
) -> Iterator[Discrepancy]:
    """The first two tellings with other values of a field."""
    told = [(found, one) for one in tellings if (found := value(one)) is not None]
    for found, one in told[1:]:
        if found != told[0][0]:
            note = f"{_outlet(holdings, told[0][1])} has {told[0][0]}, {_outlet(holdings, one)} has {found}"
            yield apart(Kind("sources", field), told[0][1], one, note)
            return


def _place(event: Event, tellings: Sequence[Event]) -> str | None:
    """The place that a telling itself names; none where another telling names both (a city and its country)."""
    place = event.place
    if place is None or place not in event.evidence[0].exact:
        return None
    others = {one.place for one in tellings if one.place not in (None, place)}
    texts = [one.evidence[0].exact for one in tellings]
    if any(place in text and other is not None and other in text for text in texts for other in others):
        return None
    return place


def _direction(event: Event) -> str | None:
    """Who did it to whom, where that matters and both are known."""
    actors, recipients = parties_of(event.actors), parties_of(event.recipients)
    if event.type not in _ONE_WAY or len(actors) != 1 or len(recipients) != 1 or actors == recipients:
        return None
    return f"{actors[0]} against {recipients[0]}"
