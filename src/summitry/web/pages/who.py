"""Who is who as a page asks it: the people of a view's rows, and parties by their codes in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from summitry.casebook import load_world
from summitry.record.roster import Roster, roster_of
from summitry.vocabulary import Actor, Event, Move, Position, Prediction, Row, Statement
from summitry.web.view import View

ROLES: Final[Mapping[str, str]] = {
    "GOV": "government", "MIL": "military", "LEG": "legislature", "JUD": "judiciary", "OPP": "opposition",
    "MED": "media", "SPY": "intelligence", "PTY": "party", "REB": "armed group", "COP": "police", "EDU": "academia",
    "BUS": "business", "ELI": "former officials", "CVL": "civil society", "REL": "religion", "CRM": "crime",
}  # fmt: skip
"""Roles behind the code of a state, as CAMEO has them."""

_KINDS: Final[Mapping[str, str]] = {
    "IGO": "international organisations not named",
    "NGO": "non-governmental organisations not named",
    "MNC": "companies not named",
    "IMG": "armed groups not named",
}
_NO_STATE: Final = tuple(_KINDS)


def roster(view: View) -> Roster:
    """The people of all rows of the view, worked out once."""

    def work() -> Roster:
        groups: tuple[Sequence[Row], ...] = (
            view.statements(),
            view.events(),
            view.moves(),
            view.positions(),
            view.predictions(),
        )
        return roster_of(
            (actor for rows in groups for row in rows for actor in actors_of(row)), view.record.names_held()
        )

    return view.once("roster", work)


def actors_of(row: Row) -> Iterator[Actor]:
    """Whom a row names as speaking, acting or being acted on."""
    match row:
        case Statement():
            found: tuple[Actor | None, ...] = (row.speaker,)
        case Event():
            found = (*row.actors, *row.recipients, *(row.meeting.delegations if row.meeting else ()))
        case Move():
            found = (row.proposer, row.addressee)
        case Position():
            found = (row.person,)
        case Prediction():
            found = (row.forecaster,)
        case _:
            found = ()
    return (actor for actor in found if actor is not None)


def side_of(code: str) -> str:
    """The state or organisation of a code: ``USA`` for ``USAGOV``, an organisation's own for its own."""
    return code if code.startswith(_NO_STATE) else code[:3]


def is_within(code: str, party: str) -> bool:
    """Whether a code is that of a party or of one within it; the bare code of a kind of organisations has none."""
    return code == party if party in _NO_STATE else code.startswith(party)


def called(view: View) -> Mapping[str, str]:
    """Names of parties by code: of the record's cases, of the world, of rows that name the party itself."""

    def work() -> dict[str, str]:
        names: dict[str, str] = {}
        # Of entries that share a code ("United Nations", "General Assembly") the first is the party itself.
        for entry in (*(one for case in view.record.cases() for one in case.parties), *load_world()):
            names.setdefault(entry.code, entry.name)
        for rows in (view.events(), view.moves()):
            for row in rows:
                for actor in actors_of(row):
                    # A state's government is named by many words; what is a party of its own has one name.
                    own = actor.code and (len(actor.code) == 3 or actor.code.startswith(_NO_STATE))
                    if actor.code and own and not actor.anonymous and actor.kind != "person":
                        names.setdefault(actor.code, actor.name)
        return names

    return view.once("names of parties", work)


def party_name(view: View, code: str) -> str:
    """A party in words: ``United States, government``; a code nobody named stays a code."""
    names = called(view)
    role, state = code[3:], code[:3]
    if code in _KINDS:
        return _KINDS[code]
    # A state's organ by what it is: "White House" and "State Department" share a code.
    if role in ROLES and state in names and not code.startswith(_NO_STATE):
        return f"{names[state]}, {ROLES[role]}"
    if code in names:
        return names[code]
    if role[:3] in ROLES and state in names:
        return f"{names[state]}, {ROLES[role[:3]]} ({code})"
    return code
