"""What goes with a PLOVER type: an event whose type a reviewer changes gets its quad, intensity and CAMEO code.

The same facts as the reader's own table, for the types alone (a test holds them equal); a mode refines them there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from summitry.vocabulary import Quad

TYPES: Final[Mapping[str, tuple[Quad, float, str]]] = MappingProxyType(
    {
        "AGREE": ("verbal cooperation", 2.5, "030"),
        "CONSULT": ("verbal cooperation", 2.5, "040"),
        "SUPPORT": ("verbal cooperation", 5.0, "050"),
        "COOPERATE": ("material cooperation", 9.5, "060"),
        "AID": ("material cooperation", 10.0, "070"),
        "CONCEDE": ("verbal cooperation", 4.5, "080"),
        "RETREAT": ("material cooperation", 6.5, "084"),
        "REQUEST": ("verbal conflict", 0.0, "100"),
        "ACCUSE": ("verbal conflict", -3.0, "110"),
        "REJECT": ("verbal conflict", -2.0, "120"),
        "THREATEN": ("verbal conflict", -3.5, "130"),
        "PROTEST": ("material conflict", -5.0, "140"),
        "SANCTION": ("material conflict", -6.0, "160"),
        "MOBILIZE": ("material conflict", -5.5, "150"),
        "COERCE": ("material conflict", -7.0, "170"),
        "ASSAULT": ("material conflict", -9.0, "180"),
    }
)
"""Quad, intensity (-10 conflict to +10 cooperation) and CAMEO code of an event of a type without a mode."""
