"""``python -m tools.audit``: packages of this environment with known vulnerabilities. Asks nobody: for CI and offline.

Two lists are held against what is installed (or, with ``--lock``, against ``tests/lock.txt``): the data of the package
safety-db, whose last issue is of July 2021, and ``tools/advisories.toml``, kept by hand for what came later. No newer
set of data ships with a package; services that know more (OSV, pip-audit) have to be asked over the network. So a hit
is a hit, and none is no proof.

Exit status: 0 nothing found; 1 something was; 2 a list cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from tools.lock import LOCK, ROOT, canonical, installed, pins

BY_HAND: Final = Path(__file__).with_name("advisories.toml")
MOST_CHARS: Final = 160


@dataclass(frozen=True, slots=True)
class Advisory:
    """Versions of a package that are vulnerable, the identifier, and what it is."""

    package: str
    versions: str
    name: str
    about: str

    def meets(self, version: Version) -> bool:
        """Whether a version is among them. A specifier that cannot be read meets none."""
        try:
            return SpecifierSet(self.versions).contains(version, prereleases=True)
        except InvalidSpecifier:
            return False


def by_hand(text: str) -> tuple[str, list[Advisory], dict[str, str]]:
    """The list kept by hand: as of when, the advisories, and those lived with."""
    told: dict[str, Any] = tomllib.loads(text)
    found = [
        Advisory(canonical(package), versions, name, about)
        for package, each in told["vulnerable"].items()
        for versions, name, about in each
    ]
    return told["as_of"], found, dict(told.get("accepted", {}))


def of_safety(text: str) -> tuple[str, list[Advisory]]:
    """The data of safety-db: as of when, and the advisories."""
    told: dict[str, Any] = json.loads(text)
    when = datetime.fromtimestamp(told.pop("$meta")["timestamp"], UTC).strftime("%Y-%m")
    found = [
        Advisory(canonical(package), versions, str(one.get("cve") or one["id"]), " ".join(one["advisory"].split()))
        for package, each in told.items()
        for one in each
        for versions in one["specs"]
    ]
    return when, found


def safety_file() -> Path | None:
    """Where safety-db has its data; None where it is not installed."""
    spec = find_spec("safety_db")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) / "insecure_full.json" if places else None


def hits(versions: Mapping[str, str], advisories: Sequence[Advisory]) -> Iterator[tuple[Advisory, str]]:
    """The advisories that meet a version."""
    for one in advisories:
        try:
            version = Version(versions[one.package])
        except (KeyError, InvalidVersion):
            continue
        if one.meets(version):
            yield one, str(version)


def floors(pyproject: str) -> dict[str, str]:
    """The lowest version that pyproject.toml lets in, by package: where it is vulnerable, the bound is to be raised."""
    project = tomllib.loads(pyproject)["project"]
    lines = [*project["dependencies"], *(one for each in project["optional-dependencies"].values() for one in each)]
    lowest = {}
    for requirement in map(Requirement, lines):
        for each in requirement.specifier:
            if each.operator in (">=", "==", "~=") and "*" not in each.version:
                lowest[canonical(requirement.name)] = each.version
    return lowest


def main(words: Sequence[str] | None = None) -> int:
    """Print what is found, and how old the lists are."""
    told = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    told.add_argument("--lock", action="store_true", help="look at tests/lock.txt in place of what is installed")
    asked = told.parse_args(words)
    versions = pins(LOCK.read_text()) if asked.lock else installed()
    place = safety_file()
    if place is None:
        sys.stderr.write("safety-db is not installed; install it: pip install safety-db\n")
        return 2
    when, advisories = of_safety(place.read_text(encoding="utf-8"))
    since, more, accepted = by_hand(BY_HAND.read_text(encoding="utf-8"))
    advisories += more
    known = {one.package for one in advisories}
    say = sys.stdout.write
    say(f"{len(versions)} packages, {len(known & versions.keys())} of them with advisories\n")
    say(f"data: safety-db as of {when}, advisories.toml as of {since}; what is newer is not known here\n")
    found = [(one, version) for one, version in hits(versions, advisories) if one.name not in accepted]
    for one, version in found:
        say(f"{one.package} {version}: {one.name} ({one.versions}): {one.about[:MOST_CHARS]}\n")
    for one, version in hits(floors((ROOT / "pyproject.toml").read_text()), advisories):
        if one.name not in accepted:
            say(f"advice: pyproject.toml lets in {one.package} {version}: {one.name} ({one.versions})\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
