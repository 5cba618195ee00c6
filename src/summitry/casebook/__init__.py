"""Cases: what is publicly known of a negotiation before the first report is read.

A case is data, no code: TOML files in ``summitry/cases`` or of the user. ``world.toml`` is loaded with every case: all
states and main organisations.
"""

from summitry.casebook.load import (
    available_cases,
    casebook_for,
    choose_cases,
    load_case,
    load_leaders,
    load_world,
)
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

__all__ = [
    "ArticleEntry",
    "Case",
    "Casebook",
    "InstrumentEntry",
    "IssueEntry",
    "OfficeEntry",
    "PartyEntry",
    "Pole",
    "Role",
    "VehicleEntry",
    "available_cases",
    "casebook_for",
    "choose_cases",
    "load_case",
    "load_leaders",
    "load_world",
]
