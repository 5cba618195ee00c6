"""PLOVER as tables: quads, intensities, modes, and the way to CAMEO codes.

Sources of the facts: the PLOVER codebook of 2021 (categories, modes, quad categories, conflict-cooperation scores), its
CAMEO correspondence table of 2021, and the CAMEO codebook 1.1b3 for code numbers. The codebook prints the score of
ACCUSE as 3; all its modes are negative (-2, -3.5, -3.5) and its earlier table has -2.0, so the sign is lost: -3 here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from summitry.errors import UsageError
from summitry.vocabulary import PLOVER_TYPES, Quad

QUADS: Final[Mapping[int, Quad]] = MappingProxyType(
    {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
)
"""Number of a quad category, as data sets write it, and its name."""

PLV_ROOTS: Final = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""The 15 roots of the PLV data set, which joins CONCEDE and RETREAT as YIELD."""


@dataclass(frozen=True, slots=True)
class PloverType:
    """A PLOVER category: its quad (1-4), its intensity (-10 conflict to +10 cooperation), its CAMEO root code, the code
    of its modeless events, and its modes as (mode, intensity, CAMEO code)."""

    quad: int
    intensity: float
    cameo_root: str
    cameo: str
    modes: tuple[tuple[str, float, str], ...] = ()


# A mode that PLOVER has and CAMEO lacks takes the code of the nearest CAMEO category, at worst the root's.
TYPES: Final[Mapping[str, PloverType]] = MappingProxyType(
    {
        "AGREE": PloverType(1, 2.5, "03", "030"),
        "CONSULT": PloverType(1, 2.5, "04", "040", (
            ("visit", 4.0, "042"), ("third-party", 1.0, "044"), ("multilateral", 4.0, "046"), ("phone", 1.5, "041"),
        )),
        "SUPPORT": PloverType(1, 5.0, "05", "050"),
        "COOPERATE": PloverType(2, 9.5, "06", "060"),
        "AID": PloverType(2, 10.0, "07", "070"),
        "CONCEDE": PloverType(1, 4.5, "08", "080"),
        "RETREAT": PloverType(2, 6.5, "08", "084", (
            ("withdraw", 8.0, "087"), ("release", 6.5, "0841"), ("disarm", 10.0, "0873"), ("ceasefire", 7.5, "0871"),
            ("access", 6.5, "086"), ("resign", 4.5, "0831"),
        )),
        "REQUEST": PloverType(3, 0.0, "10", "100", (
            ("assist", 0.5, "101"), ("change", -1.0, "104"), ("yield", -1.0, "105"), ("meet", 0.0, "106"),
        )),
        "ACCUSE": PloverType(3, -3.0, "11", "110", (
            ("disapprove", -2.0, "111"), ("investigate", -3.5, "090"), ("allege", -3.5, "112"),
        )),
        "REJECT": PloverType(3, -2.0, "12", "120", (
            ("assist", -1.5, "121"), ("change", -2.0, "123"), ("yield", -2.0, "124"), ("meet", -2.0, "125"),
        )),
        "THREATEN": PloverType(3, -3.5, "13", "130", (
            ("restrict", -3.0, "1312"), ("arrest", -3.5, "132"), ("relations", -3.5, "1313"), ("expel", -3.5, "136"),
            ("territory", -4.0, "1382"), ("violence", -3.5, "138"),
        )),
        "PROTEST": PloverType(4, -5.0, "14", "140", (
            ("demo", -5.0, "141"), ("riot", -7.0, "145"), ("strike", -5.0, "143"), ("hunger", -4.5, "142"),
            ("boycott", -4.5, "143"), ("obstruct", -4.5, "144"), ("vandalize", -5.0, "145"),
        )),
        "SANCTION": PloverType(4, -6.0, "16", "160", (
            ("convict", -6.0, "116"), ("expel", -5.5, "166"), ("withdraw", -6.0, "161"), ("discontinue", -6.0, "163"),
        )),
        "MOBILIZE": PloverType(4, -5.5, "15", "150", (
            ("troops", -6.5, "154"), ("weapons", -6.5, "150"), ("police", -5.5, "153"), ("militia", -6.0, "150"),
        )),
        "COERCE": PloverType(4, -7.0, "17", "170", (
            ("seize", -7.0, "171"), ("restrict", -7.0, "172"), ("censor", -6.5, "1721"), ("curfew", -6.5, "1723"),
            ("martial-law", -7.5, "1724"), ("arrest", -7.0, "173"), ("deport", -7.0, "174"), ("withhold", -7.0, "170"),
            ("misinformation", -6.5, "170"), ("cyber", -7.0, "170"), ("ban", -7.0, "1722"),
        )),
        "ASSAULT": PloverType(4, -9.0, "18", "180", (
            ("abduct", -8.5, "181"), ("beat", -7.5, "182"), ("torture", -8.5, "1822"), ("sexual", -8.5, "1821"),
            ("targeted", -9.5, "186"), ("destroy", -8.5, "1712"), ("primitive", -8.0, "182"), ("firearms", -9.0, "193"),
            ("explosives", -9.0, "183"), ("suicide-attack", -9.5, "1831"), ("aerial", -9.5, "195"),
            ("drone", -9.5, "195"), ("heavy-weapons", -9.5, "194"), ("crowd-control", -7.5, "175"),
            ("unconventional", -10.0, "204"),
        )),
    }
)  # fmt: skip
"""The 16 PLOVER categories. The codebook scores neither PROTEST vandalize (here as PROTEST) nor COERCE ban, which
only the CAMEO table has (here as COERCE restrict)."""


def _type(plover: str) -> PloverType:
    """The entry of a type, or a UsageError that names what is allowed."""
    try:
        return TYPES[plover]
    except KeyError:
        raise UsageError(f"PLOVER type is {plover!r}; allowed: {', '.join(PLOVER_TYPES)}") from None


def modes_of(plover: str) -> tuple[str, ...]:
    """The modes of a PLOVER type, in the codebook's order; empty where it has none.

    Raises:
        UsageError: no such type.
    """
    return tuple(mode for mode, _, _ in _type(plover).modes)


def _row(plover: str, mode: str | None) -> tuple[float, str]:
    """Intensity and CAMEO code of a type and mode."""
    entry = _type(plover)
    if mode is None:
        return entry.intensity, entry.cameo
    for name, intensity, cameo in entry.modes:
        if name == mode:
            return intensity, cameo
    allowed = ", ".join(modes_of(plover)) or "none"
    raise UsageError(f"mode of {plover} is {mode!r}; allowed: {allowed}")


def quad_of(plover: str) -> int:
    """The quad, 1-4, of a PLOVER type or of PLV's YIELD (2, as PLV codes it).

    Raises:
        UsageError: no such type.
    """
    return 2 if plover == "YIELD" else _type(plover).quad


def quad_name(plover: str) -> Quad:
    """The quad's name, as :class:`summitry.vocabulary.Event` carries it."""
    return QUADS[quad_of(plover)]


def intensity_of(plover: str, mode: str | None = None) -> float:
    """Conflict (-10) to cooperation (+10) of a type and mode: the scores of the PLOVER codebook.

    Raises:
        UsageError: no such type, or no such mode of it.
    """
    return _row(plover, mode)[0]


def cameo_of(plover: str, mode: str | None = None) -> str:
    """The CAMEO code nearest to a type and mode: two digits of root and one or two more.

    Raises:
        UsageError: no such type, or no such mode of it.
    """
    return _row(plover, mode)[1]


# What makes a concession a material one: a military or coercive act undone, or people and things given back.
_MATERIAL: Final = re.compile(
    r"\b(?:releas|free[ds]?\b|freeing|return|repatriat|hand(?:ed|s|ing)? (?:back|over)|withdr|"
    r"pull(?:ed|s|ing)? (?:[\w'-]+ ){0,4}?(?:out|back)|retreat|dismantl|disarm|destroy|demolish|decommission|"
    r"shut|clos(?:e|ed|ing)\b|demobili|evacuat|vacat|ceas(?:e|ed|ing)\b|truce|armistice|halt|stop|suspend|freez|froze|moratorium|unfreez|unblock|"
    r"(?:lift|eas|remov|relax|scrap|roll|end|drop|reliev|terminat|waiv)\w* (?:[\w'-]+ ){0,6}?"
    r"(?:sanction|embargo|blockade|siege|tariff|boycott)|sanctions? relief|"
    r"(?:allow|let|admit|grant|permit|readmit)\w* (?:[\w'-]+ ){0,6}?(?:access|inspect|observer|monitor|entry|convoy|"
    r"peacekeeper|aid)|reinstat|resign|step(?:s|ped|ping)? down|surrender|reopen)",
    re.IGNORECASE,
)
# Words of giving way that stay words: they outweigh the material ones near them.
_VERBAL: Final = re.compile(
    r"\b(?:apolog|regret|remorse|sorry|pardon|amnest|acquit|exonerat|conce(?:de|ssion)|relent|back(?:ed|s|ing)? down|"
    r"gave in|give in|cav(?:e|ed)\b|soften|curfew|state of emergency|martial law|"
    r"(?:drop|withdr[ae]w|abandon)\w* (?:[\w'-]+ ){0,3}?(?:demand|objection|charge|claim|insistence|opposition))",
    re.IGNORECASE,
)


def split_yield(words: str) -> Literal["CONCEDE", "RETREAT"]:
    """Which of the 2021 types a YIELD event is, by the words that tell it.

    RETREAT: a military or coercive act undone, or people, goods and places given back. CONCEDE: giving way in words,
    and all the rest. The codebook makes a promised retreat CONCEDE; events say that by modality ``planned`` instead.
    ``words`` is the clause of the event; a whole sentence will do.
    """
    return "RETREAT" if _MATERIAL.search(words) and not _VERBAL.search(words) else "CONCEDE"


def joint_root(plover: str) -> str:
    """The PLV root of a PLOVER type: YIELD for CONCEDE and RETREAT, else the type itself.

    Raises:
        UsageError: no such type.
    """
    _type(plover)
    return "YIELD" if plover in ("CONCEDE", "RETREAT") else plover
