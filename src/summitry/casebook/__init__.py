"""Cases: what is publicly known of a negotiation before the first report is read.

A case is data, no code: TOML files in ``summitry/cases`` or of the user. ``world.toml`` is loaded with every case: all
states and main organisations.
"""

from summitry.casebook.check import Problem
from summitry.casebook.load import (
    available_cases,
    case_text,
    casebook_for,
    check_case,
    choose_cases,
    load_case,
    load_leaders,
    load_world,
    parse_case,
)
from summitry.casebook.skeleton import skeleton
from summitry.casebook.suggest import Seen, suggest_case
from summitry.casebook.types import (
    ArticleEntry,
    Case,
    Casebook,
    InstrumentEntry,
    IssueEntry,
    OfficeEntry,
    PartyEntry,
    Pole,
    Role,
    VehicleEntry,
)
from summitry.casebook.words import phrase_pattern

__all__ = [
    "ArticleEntry",
    "Case",
    "Casebook",
    "InstrumentEntry",
    "IssueEntry",
    "OfficeEntry",
    "PartyEntry",
    "Pole",
    "Problem",
    "Role",
    "Seen",
    "VehicleEntry",
    "available_cases",
    "case_text",
    "casebook_for",
    "check_case",
    "choose_cases",
    "load_case",
    "load_leaders",
    "load_world",
    "parse_case",
    "phrase_pattern",
    "skeleton",
    "suggest_case",
]
