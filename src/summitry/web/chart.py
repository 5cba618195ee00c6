"""The data of the timeline's chart, as its script reads them: tables of names, then a short array for each event.

The columns of an event are named in ``columns``. The tables and the pieces of all events are encoded once for a state
of the record; what a question chooses is joined of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.report.words import edtf, one_line, shorten
from summitry.vocabulary import PLOVER_TYPES, Actor
from summitry.web.lanes import FAMILIES, Index, others_of
from summitry.web.months import QUAD_CLASS, QUADS

MODALITIES: Final = ("happened", "planned", "threatened", "hypothetical", "negated", "alleged")
"""In the order of the legend."""

COLUMNS: Final = (
    "id", "source", "start", "end", "when", "type", "family", "quad", "modality", "lanes", "who", "reports",
    "confidence", "place", "summary",
)  # fmt: skip

SUMMARY: Final = 140
"""Characters of a summary that a card shows; the row has the whole."""

NAMES: Final = 3
"""Names on each side of a card: more do not fit its line."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
"""Days are counted from here, as a script's own dates are."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """``tables``: names, without the braces around them. ``pieces``: an array for each event, empty for the undated."""

    tables: bytes
    pieces: Sequence[bytes]

    def of(self, index: Index, chosen: Iterable[int], lanes: Sequence[str]) -> bytes:
        """The chart of some events by number, in lanes by their keys: one JSON object."""
        head = json.dumps({"shown": list(lanes), "undated": len(index.undated)}, ensure_ascii=False).encode()
        pieces = self.pieces
        return b"".join((head[:-1], b",", self.tables, b',"events":[', b",".join([pieces[n] for n in chosen]), b"]}"))


def encoded_of(index: Index) -> Encoded:
    """The data of all dated events."""
    lanes = {key: n for n, (key, _) in enumerate(index.counts)}
    types = {one: n for n, one in enumerate(PLOVER_TYPES)}
    families = {one: n for n, one in enumerate(FAMILIES)}
    quads = {one: n for n, one in enumerate(QUADS)}
    modalities = {one: n for n, one in enumerate(MODALITIES)}
    sources: dict[str, int] = {}
    who: dict[tuple[tuple[Actor, ...], tuple[Actor, ...]], int] = {}
    texts: list[str] = []
    pieces = [b""] * len(index.events)
    for n in index.dated:
        event = index.events[n]
        start, end = event.date.start, event.date.end
        if start is None or end is None:
            continue
        sides = (event.actors, event.recipients)
        if sides not in who:
            others = others_of(event)
            who[sides] = len(texts)
            texts.append(_who(event.actors) + (f" → {_who(others)}" if others else ""))
        pieces[n] = _json(
            [
                event.id,
                sources.setdefault(event.evidence[0].source, len(sources)),
                start.toordinal() - _EPOCH,
                end.toordinal() - _EPOCH,
                # Days are written by the script; a season or a week has words of its own.
                edtf(event.date) if start != end else 0,
                types[event.type],
                families[index.families[n]],
                quads[event.quad],
                modalities[event.modality],
                sorted(lanes[key] for key in index.lanes[n]),
                who[sides],
                event.reports,
                round(event.confidence * 100),
                event.place or 0,
                shorten(event.summary, SUMMARY),
            ]
        )
    tables = _json(
        {
            "columns": COLUMNS,
            "families": [[key, *told] for key, told in FAMILIES.items()],
            "types": PLOVER_TYPES,
            "quads": [[name, kind] for name, kind in zip(QUADS, QUAD_CLASS, strict=True)],
            "modalities": MODALITIES,
            "lanes": [[key, index.lane_name(key), count] for key, count in index.counts],
            "sources": list(sources),
            "who": texts,
        }
    )
    return Encoded(tables[1:-1], pieces)


def _who(actors: Sequence[Actor]) -> str:
    told = list(dict.fromkeys(one_line(one.name) for one in actors))
    more = f" and {len(told) - NAMES} more" if len(told) > NAMES else ""
    return (", ".join(shorten(name, 40) for name in told[:NAMES]) or "unknown") + more


def _json(value: object) -> bytes:
    # "<" is written as an escape: the same bytes stand in a data block of a page, which no "</script>" may end.
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").encode("utf-8", "replace")
    )
