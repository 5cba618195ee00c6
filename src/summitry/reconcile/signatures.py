"""Signatures: everything of an event that the comparison looks at, its blocking keys, and how a record keeps it.

Reports repeat each other, so the signatures of a record are few where its reports are many. A record looks up, compares
and clusters signatures; events themselves are fetched only for the rows that change. That is what keeps the cost of one
more report from growing with the reports that tell the same.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

SHARP_DAYS: Final = 10
"""An event dated to at most so many days is sharp: it can found a row. Wider ones only join rows."""

WIDE_DAYS: Final = 62
"""Up to so many days a date says when; "in 2018" only bounds."""

MOST_YEARS: Final = 4
"""Years an event of a very wide date is looked for in."""


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """All of an event that the comparison looks at.

    ``content`` are word stems, for verbal types alone; ``text`` the words of the evidence, for events of a wide date
    that nothing else names. ``start`` is ``date.min`` where nothing is known of the date.

    What follows from these fields is worked out once: ``parties`` (states and organisations of either side), ``dated``
    (the date is known to a month or so; else it only bounds), ``sharp`` (it is narrow enough to found a row),
    ``anchored`` (something besides sides, type and date names the event), and ``order``, by which signatures are sorted
    and equal.
    """

    family: str
    type: str
    modality: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    start: date
    end: date
    place: str = ""
    country: str = ""
    level: str = ""
    ordinal: int = 0
    known: str = ""
    text: str = ""
    content: tuple[str, ...] = ()
    parties: frozenset[str] = field(init=False, repr=False)
    dated: bool = field(init=False, repr=False)
    sharp: bool = field(init=False, repr=False)
    anchored: bool = field(init=False, repr=False)
    order: tuple[Any, ...] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known_start, days = self.start != date.min, (self.end - self.start).days
        put = object.__setattr__
        put(self, "parties", frozenset(self.actors) | frozenset(self.recipients))
        put(self, "dated", known_start and days <= WIDE_DAYS)
        put(self, "sharp", known_start and days < SHARP_DAYS)
        put(self, "anchored", bool(self.known or self.place or self.ordinal or self.level == "summit"))
        order = (
            *(self.family, self.type, self.modality, self.actors, self.recipients, self.start, self.end),
            *(self.place, self.country, self.level, self.ordinal, self.known, self.text, self.content),
        )
        put(self, "order", order)
        put(self, "_hash", hash(order))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Signature) and self.order == other.order)

    def __lt__(self, other: Signature) -> bool:
        return self.order < other.order


def written(signature: Signature) -> str:
    """A signature as a record keeps it, the same for equal ones: its fields as a JSON list."""
    order = signature.order
    return json.dumps(
        (*order[:5], signature.start.isoformat(), signature.end.isoformat(), *order[7:]),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read(kept: str) -> Signature:
    """The signature that :func:`written` wrote."""
    fields: list[Any] = json.loads(kept)
    fields[3], fields[4], fields[-1] = tuple(fields[3]), tuple(fields[4]), tuple(fields[-1])
    fields[5], fields[6] = date.fromisoformat(fields[5]), date.fromisoformat(fields[6])
    return Signature(*fields)


def number_of(kept: str) -> int:
    """The number of a signature, from what :func:`written` gives: 63 bits, the same in every process.

    Of ten million signatures two have one number with a chance of one in 200,000.
    """
    digest = hashlib.blake2b(kept.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _months(start: date, end: date) -> list[str]:
    months: list[str] = []
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        months.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def day_keys(signature: Signature) -> frozenset[str]:
    """Blocking keys of a sharp event: party, family and day, a day more on either side (two-day meetings)."""
    if not signature.sharp:
        return frozenset()
    days = (signature.end - signature.start).days
    parties = signature.parties or {"-"}
    first = signature.start - timedelta(days=1) if signature.start > date.min else signature.start
    return frozenset(
        f"d|{signature.family}|{party}|{first + timedelta(days=n)}" for n in range(days + 3) for party in parties
    )


def anchor_keys(signature: Signature) -> frozenset[str]:
    """What ties a wide date to a row: the fact, the words, the ordinal; the place, the level or the matter at a time.

    A sharp event has the anchors of its month and its year, a wide one those of its months, or of its years when they
    are many: so what is fetched stays bounded however long the record grows.
    """
    keys: set[str] = {f"t|{signature.type}|{signature.text}"} if signature.text else set()
    if signature.known:
        keys.add(f"k|{signature.known}")
    times = _times(signature)
    for party in signature.parties:
        stem = f"{signature.family}|{party}"
        if signature.ordinal:
            keys.add(f"o|{stem}|{signature.ordinal}")
        if signature.place:
            # By country where it is known: "Switzerland" must find "Geneva".
            keys.update(f"p|{stem}|{signature.country or signature.place}|{time}" for time in times)
        if signature.level == "summit":
            keys.update(f"l|{stem}|{time}" for time in times)
    if signature.content:
        sides = "+".join(sorted(signature.parties))
        keys.update(f"c|{signature.type}|{sides}|{time}" for time in times if len(time) == 7)
    return frozenset(keys)


def _times(signature: Signature) -> list[str]:
    """The months and years an event is looked up by; ``ever`` where nothing bounds it."""
    if signature.start == date.min:
        return ["ever"]
    years = [str(year) for year in range(signature.start.year, signature.end.year + 1)]
    if signature.sharp:
        return ["ever", *years, *_months(signature.start, signature.end)]
    return _months(signature.start, signature.end) if signature.dated else years[:MOST_YEARS]


def stored_keys(signature: Signature) -> frozenset[str]:
    """All keys a record keeps for a signature. What is sharp and what is wide never fetches its own kind by anchors."""
    if signature.sharp:
        return day_keys(signature) | {f"s|{key}" for key in anchor_keys(signature)}
    return wide_keys(signature)


def sharp_keys(wide: Signature) -> frozenset[str]:
    """Keys of the sharp events that a wide one may be a mention of."""
    return frozenset(f"s|{key}" for key in anchor_keys(wide))


def wide_keys(sharp: Signature) -> frozenset[str]:
    """Keys of the wide events that may be mentions of a sharp one; those that a wide one is stored by are the same."""
    return frozenset(f"w|{key}" for key in anchor_keys(sharp))
