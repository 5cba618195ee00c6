"""People and parties: who they are, under which names, what they said, did, offered, promised and foretold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from summitry.record import Citation
from summitry.record.roster import Somebody
from summitry.record.said import OfficeTold
from summitry.review.people import key_of_name
from summitry.vocabulary import Event, Position, Row, Statement
from summitry.web.page import Missing, Part
from summitry.web.pages.doings import KINDS, Doings, dealings, index, unnamed
from summitry.web.pages.network import Tie, around, draw, ties
from summitry.web.pages.quotes import quotation
from summitry.web.pages.roll import (
    DoerPage,
    Forecasts,
    OfficeLine,
    PartyLine,
    PartyPage,
    PeoplePage,
    PersonLine,
    PersonPage,
    Section,
)
from summitry.web.pages.speech import folded, outlets_of
from summitry.web.pages.statements import Said, quotes_of
from summitry.web.pages.who import called, is_within, party_name, roster, side_of
from summitry.web.question import Question
from summitry.web.view import View

FEW: Final = 8
SHARE: Final = 8
"""Rows of each kind on a page of one person or party: so many, or this part of a page where pages are long (in files
of a static site, which has no page of all)."""
MOST_PEOPLE: Final = 24
"""People on the page of a party, those with most rows."""
MOST_UNNAMED: Final = 40
"""Descriptions of unnamed speakers in the list of people."""

_LABELS: Final = {
    "said": "What they said",
    "did": "What they did",
    "moves": "What they demanded and offered",
    "promised": "What they promised",
    "foretold": "What they foretold",
    "positions": "Positions over time",
}
_WIDE: Final = (860, 500)
_NARROW: Final = (320, 430)
"""Frames of the drawing, in pixels: beside text, and on a phone of 360 pixels."""


def build(view: View, question: Question) -> PeoplePage:
    """People and parties. ``called`` in the question filters people by words of a name, ``party`` by code or name."""
    people = view.once("person lines", lambda: _people(view))
    parties = view.once("party lines", lambda: _parties(view))
    if name := question.get("called"):
        wanted = folded(name)
        people = [one for one in people if _named(one.who, wanted)]
    if party := question.filters.party:
        names = called(view)
        code, word = party.upper(), party.casefold()
        people = [
            one
            for one in people
            if one.who.party and (one.who.party.startswith(code) or names.get(one.who.party[:3], "").casefold() == word)
        ]
    found = view.once("ties", lambda: ties(view.tone()))
    names = _names(view, found)
    wide, narrow = view.once("network", lambda: (draw(found, names, _WIDE, 16), draw(found, names, _NARROW, 9)))
    speakers = unnamed(view)
    return PeoplePage(
        title="People and parties",
        parties=parties,
        part=Part.of(people, question.number, view.size),
        alone=roster(view).alone,
        unnamed=[(one, party_name(view, one.code) if one.code else None) for one in speakers[:MOST_UNNAMED]],
        unnamed_left=max(len(speakers) - MOST_UNNAMED, 0),
        wide=wide,
        narrow=narrow,
        ties=found[:60],
        names=names,
    )


def _named(who: Somebody, wanted: Sequence[str]) -> bool:
    have = [word for one in who.names for word in folded(one.name)]
    return all(any(word.startswith(one) for word in have) for one in wanted)


def _names(view: View, found: Sequence[Tie]) -> dict[str, str]:
    return {code: party_name(view, code) for tie in found for code in (tie.a, tie.b)}


def _parties(view: View) -> list[PartyLine]:
    """States and organisations with what all within them did, the most active first."""
    found = index(view)
    within: dict[str, list[str]] = {}
    for code in found.codes:
        within.setdefault(side_of(code), []).append(code)
    lines = [_party_line(view, side, found.of_party(side), sorted(codes)) for side, codes in within.items()]
    return sorted(lines, key=lambda one: (-(one.said + one.did + one.moves + one.promised), one.code))


def _party_line(view: View, code: str, doings: Doings, codes: Sequence[str]) -> PartyLine:
    inner = [(one, party_name(view, one)) for one in codes if one != code]
    counts = {kind: len(doings.at[kind]) for kind in KINDS}
    return PartyLine(
        code, party_name(view, code), counts["said"], counts["did"], counts["moves"], counts["promised"],
        doings.first, doings.last, inner,
    )  # fmt: skip


def _people(view: View) -> list[PersonLine]:
    return [_person_line(view, one) for one in roster(view).people]


def _person_line(view: View, who: Somebody) -> PersonLine:
    doings = index(view).of_person(who.id)
    at = doings.at
    party = party_name(view, who.party) if who.party else None
    office = _office_of(view).get(who.id)
    return PersonLine(
        who, party, office, len(at["said"]), len(at["did"]), len(at["moves"]), len(at["foretold"]), doings.last
    )


def _office_of(view: View) -> Mapping[str, str]:
    """The office under which each person spoke last, by id."""

    def work() -> dict[str, str]:
        found: dict[str, str] = {}
        people = roster(view)
        for row in index(view).rows["said"]:
            speaker = cast(Statement, row).speaker
            if speaker is not None and speaker.office and (who := people.who(speaker)):
                found.setdefault(who.id, speaker.office)
        return found

    return view.once("offices spoken under", work)


def build_party(view: View, question: Question) -> PartyPage:
    """A party by its code, with all whose codes start with it.

    Raises:
        Missing: no row and no shipped list has that code.
    """
    code = question.get("id").upper()
    found = index(view)
    doings = view.once(f"party {code}", lambda: found.of_party(code)) if _is_code(view, code) else Doings()
    if not any(doings.at.values()) and code not in called(view) and not _told(view, code):
        raise Missing(f"there is no party {code!r} in this record; see the list of parties for those there are")
    name = party_name(view, code)
    sections, shown = _sections(view, doings, question)
    cells = [cell for cell in view.matrix() if is_within(cell.party.code or "", code)]
    lines = view.once("person lines", lambda: _people(view))
    people = [one for one in lines if is_within(one.who.party or "", code)][:MOST_PEOPLE]
    all_ties = view.once("ties", lambda: ties(view.tone()))
    side = side_of(code)
    own = around(side, all_ties)
    names = _names(view, own)
    drawn = (
        view.once(f"network {side}", lambda: tuple(draw(all_ties, _names(view, all_ties), frame, most, side)
                                                  for frame, most in ((_WIDE, 12), (_NARROW, 8))))
        if own else (None, None)
    )  # fmt: skip
    scores = [one for one in view.scorecard() if one.by == "party" and (one.who.state or one.who.code) == side]
    return PartyPage(
        title=name,
        code=code,
        name=name,
        first=doings.first,
        last=doings.last,
        within=[(one, party_name(view, one)) for one in sorted(found.codes) if is_within(one, code) and one != code],
        cells=cells,
        people=people,
        unnamed=[one for one in unnamed(view) if is_within(one.code or "", code)][:12],
        wide=drawn[0],
        narrow=drawn[1],
        ties=own[:30],
        names=names,
        sections=sections,
        shown=shown,
        forecasts=Forecasts.of(scores if code == side else []),
        cited=_cited(view, sections, [cell.position for cell in cells]),
    )


def _is_code(view: View, code: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][A-Z0-9]{1,14}", code)) and any(is_within(one, code) for one in index(view).codes)


def _told(view: View, code: str) -> bool:
    """Whether any row names the party, if only as addressed."""
    moves = any(one.addressee is not None and one.addressee.code == code for one in view.moves())
    return moves or any(one.addressee is not None and one.addressee.code == code for one in view.statements())


def build_person(view: View, question: Question) -> PersonPage:
    """A person by id, also by that of another of the person's names.

    Raises:
        Missing: there is none of that id.
    """
    wanted = question.get("id")
    who = roster(view).find(wanted)
    if who is None:
        raise Missing(f"there is nobody with the id {wanted!r} in this record; see the list of people")
    found = index(view)
    doings = found.of_person(who.id)
    sections, shown = _sections(view, doings, question)
    now: dict[str, Position] = {}
    for row in cast(list[Position], found.of_kind(doings, "positions")):
        now.setdefault(row.issue, row)
    offices = view.once(f"offices {who.id}", lambda: _offices(view, who))
    people = roster(view)
    told = [one.evidence for one in offices if one.evidence]
    scores = [one for one in view.scorecard() if one.by == "forecaster" and people.who(one.who) is who]
    cited = _cited(view, sections, list(now.values()))
    return PersonPage(
        title=who.name,
        who=who,
        party=party_name(view, who.party) if who.party else None,
        first=doings.first,
        last=doings.last,
        offices=[one for one in offices if one.evidence or one.start or one.end],
        titles=[one for one in offices if not (one.evidence or one.start or one.end)],
        sections=sections,
        shown=shown,
        now=list(now.values()),
        deals=dealings(view, who.id, cast(list[Event], found.of_kind(doings, "did")), 12),
        forecasts=Forecasts.of(scores),
        cited={**cited, **view.record.citations({one.source for one in told})},
    )


def _sections(view: View, doings: Doings, question: Question) -> tuple[list[Section], str | None]:
    """The kinds of rows there are, a few of each; all of the one that ``show`` in the question names, by pages."""
    show = question.get("show") if question.get("show") in KINDS else None
    few = max(FEW, view.size // SHARE)
    found = index(view)
    sections = []
    for kind in KINDS:
        total = len(doings.at[kind])
        if not total or (show and kind != show):
            continue
        size = view.size if show else few
        at = Part.of(doings.at[kind], question.number if show else 1, size)
        rows: list[Row] = found.of_kind(doings, kind, size, (at.number - 1) * size)
        shown: list[Any] = _as_said(view, cast(list[Statement], rows)) if kind == "said" else list(rows)
        sections.append(Section(kind, _LABELS[kind], Part(shown, at.number, at.pages, total)))
    return sections, show


def _as_said(view: View, rows: Sequence[Statement]) -> list[Said]:
    people = roster(view)
    return [
        Said(row, quote, [(quotation(row), False)], people.who(row.speaker))
        for row, quote in zip(rows, quotes_of(view, rows), strict=True)
    ]


def _cited(view: View, sections: Sequence[Section], more: Sequence[Row]) -> Mapping[str, Citation]:
    rows = [one.row if isinstance(one, Said) else one for section in sections for one in section.part.rows]
    return view.cited([*rows, *more])


def _offices(view: View, who: Somebody) -> list[OfficeLine]:
    """Offices with dates first, then titles by how many reports give them; each once whatever its case."""
    told = view.once("offices told", lambda: _offices_told(view))
    keys = {key_of_name(one.name, one.party) for one in who.names}
    by_title: dict[str, list[OfficeTold]] = {}
    for key in keys:
        for one in told.get(key, ()):
            by_title.setdefault(one.title.casefold(), []).append(one)
    first = {title: found[0] for title, found in by_title.items()}
    words = view.record.office_words([one for found in by_title.values() for one in found[:3]])
    lines = []
    for title, found in by_title.items():
        days = [(one.start, one.end) for one in found if one.start or one.end]
        start, end = days[0] if days else (None, None)
        proof = next((words[one] for one in found[:3] if one in words), None)
        lines.append(OfficeLine(first[title].title, start, end, len({one.source for one in found}), proof))
    dated = [one for one in lines if one.start or one.end]
    # A title that stands beside no name, and in one report, is a slip of reading more often than not.
    titles = sorted(
        (one for one in lines if one not in dated), key=lambda one: (one.evidence is None, -one.reports, one.title)
    )
    return [*sorted(dated, key=lambda one: one.start or date.min, reverse=True), *titles]


# What stands before a name and tells no office.
_MERE_TITLES: Final = frozenset("mr. mr mrs. mrs ms. ms dr. dr sir he she".split())


def _offices_told(view: View) -> dict[tuple[str, str], list[OfficeTold]]:
    """Offices by the person, of the reports known on the day."""
    known = outlets_of(view)
    found: dict[tuple[str, str], list[OfficeTold]] = {}
    for one in view.record.offices_told():
        if one.source in known and one.title.casefold() not in _MERE_TITLES:
            found.setdefault(key_of_name(one.name, one.person_party), []).append(one)
    return found


__all__ = ["DoerPage", "PartyPage", "PeoplePage", "PersonPage", "build", "build_party", "build_person"]
