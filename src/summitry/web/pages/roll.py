"""What the pages of people and parties show, as frozen types with their JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from summitry.ledger import Cell
from summitry.ledger.scorecard import Score
from summitry.record import Citation
from summitry.record.roster import Somebody
from summitry.report.rows import evidence_json, to_dict
from summitry.vocabulary import Evidence, Position
from summitry.web.page import Json, Page, Part
from summitry.web.pages.doings import Dealing, Unnamed
from summitry.web.pages.network import BANDS, Drawing, Tie
from summitry.web.pages.statements import Said


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party in the list: code, name, how many statements, events, moves and promises, first and last day; the codes
    within it."""

    code: str
    name: str
    said: int
    did: int
    moves: int
    promised: int
    first: date | None
    last: date | None
    within: Sequence[tuple[str, str]] = ()

    def json(self) -> Json:
        """As an object."""
        return {
            "code": self.code,
            "name": self.name,
            "statements": self.said,
            "events": self.did,
            "moves": self.moves,
            "commitments": self.promised,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "within": [code for code, _ in self.within],
        }


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in the list: who, of which party in words, the office told last, counts."""

    who: Somebody
    party: str | None
    office: str | None
    said: int
    did: int
    moves: int
    foretold: int
    last: date | None

    def json(self) -> Json:
        """As an object."""
        return {
            "id": self.who.id,
            "name": self.who.name,
            "party": self.who.party,
            "also": list(self.who.also),
            "office": self.office,
            "statements": self.said,
            "events": self.did,
            "moves": self.moves,
            "predictions": self.foretold,
            "last": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """People and parties; who deals with whom, drawn ``wide`` and ``narrow``, and the same as a table (``ties``).

    ``alone`` are one-word names that fit nobody or several people, ``unnamed`` descriptions of unnamed speakers;
    ``names`` the parties of ties by code.
    """

    parties: Sequence[PartyLine]
    part: Part[PersonLine]
    alone: Sequence[Somebody]
    unnamed: Sequence[tuple[Unnamed, str | None]]
    unnamed_left: int
    wide: Drawing
    narrow: Drawing
    ties: Sequence[Tie]
    names: Mapping[str, str]
    bands: Sequence[tuple[float, str, str]] = BANDS

    def json(self) -> Json:
        """See :class:`Page`."""
        return self.part.json() | {
            "parties": [one.json() for one in self.parties],
            "people": [one.json() for one in self.part.rows],
            "unnamed": [
                {"code": one.code, "description": one.description, "statements": one.statements}
                for one, _ in self.unnamed
            ],
            "ties": [{"parties": [one.a, one.b], "events": one.events, "mean": one.mean} for one in self.ties],
        }


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind: how many there are, and those shown."""

    kind: str
    label: str
    part: Part[Any]


@dataclass(frozen=True, slots=True)
class Forecasts:
    """What became of somebody's predictions, counted."""

    made: int
    true: int
    partly: int
    false: int
    void: int
    pending: int

    @classmethod
    def of(cls, scores: Sequence[Score]) -> Forecasts | None:
        """The sum of scores; None of none."""
        if not scores:
            return None
        return cls(**{each.name: sum(getattr(one, each.name) for one in scores) for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office: title, days it is known for, how many reports give it, and the words of one."""

    title: str
    start: date | None
    end: date | None
    reports: int
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoerPage(Page):
    """What a page of a person and one of a party share. ``shown`` is the kind that the page has all rows of."""

    first: date | None
    last: date | None
    sections: Sequence[Section]
    shown: str | None
    forecasts: Forecasts | None
    cited: Mapping[str, Citation]

    def common(self) -> Json:
        """The shared part of the JSON."""
        return {
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "forecasts": asdict(self.forecasts) if self.forecasts else None,
        } | {
            one.kind: one.part.json()
            | {"rows": [to_dict(r.row if isinstance(r, Said) else r, self.cited) for r in one.part.rows]}
            for one in self.sections
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage(DoerPage):
    """A party: those within it, where it stands, its people, whom it deals with."""

    code: str
    name: str
    within: Sequence[tuple[str, str]]
    cells: Sequence[Cell]
    people: Sequence[PersonLine]
    unnamed: Sequence[Unnamed]
    wide: Drawing | None
    narrow: Drawing | None
    ties: Sequence[Tie]
    names: Mapping[str, str]
    bands: Sequence[tuple[float, str, str]] = BANDS

    def json(self) -> Json:
        """See :class:`Page`."""
        return {
            "code": self.code,
            "name": self.name,
            "within": [code for code, _ in self.within],
            "people": [one.json() for one in self.people],
            "positions_now": [to_dict(one.position, self.cited) for one in self.cells],
            "ties": [{"parties": [one.a, one.b], "events": one.events, "mean": one.mean} for one in self.ties],
        } | self.common()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(DoerPage):
    """A person: names, offices with dates or words that give them, mere titles, positions now, whom they deal with."""

    who: Somebody
    party: str | None
    offices: Sequence[OfficeLine]
    titles: Sequence[OfficeLine]
    now: Sequence[Position]
    deals: Sequence[Dealing]

    def json(self) -> Json:
        """See :class:`Page`."""
        return {
            "id": self.who.id,
            "name": self.who.name,
            "party": self.who.party,
            "names": [{"name": one.name, "party": one.party, "rows": one.rows} for one in self.who.names],
            "offices": [
                {
                    "title": one.title,
                    "start": one.start.isoformat() if one.start else None,
                    "end": one.end.isoformat() if one.end else None,
                    "reports": one.reports,
                    "evidence": evidence_json(one.evidence) if one.evidence else None,
                }
                for one in (*self.offices, *self.titles)
            ],
            "positions_now": [to_dict(one, self.cited) for one in self.now],
            "deals_with": [
                {"name": one.name, "code": one.code, "person": one.person, "events": one.events, "mean": one.mean}
                for one in self.deals
            ],
        } | self.common()
