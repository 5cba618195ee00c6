"""``python -m tools.lock``: write ``tests/lock.txt``, the versions the tests run with and the hashes of their files.

Versions are those of the environment it runs in, of all that ``summitry[test]`` brings along: what is locked is what
was tested. pip says which file each comes as, here (this system, this Python), and its hash. The file holds no address
of an index: it is good for any that carries the same files. Other systems take the versions alone: the lines without
hashes are a file for ``pip install -c``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement

ROOT: Final = Path(__file__).parents[1]
LOCK: Final = ROOT / "tests" / "lock.txt"
OWN: Final = "summitry"
HEAD: Final = """\
# Made by python -m tools.lock: what the tests run with, and nothing newer. Not edited by hand. Hashes: {where}.
#   pip install --require-hashes --no-deps -r tests/lock.txt && pip install --no-deps -e .
# Elsewhere, the versions alone:
#   sed -E 's/ --hash=[^ ]+//g' tests/lock.txt > versions.txt && pip install -c versions.txt -e '.[test]'
"""

PIN: Final = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)")
"""How the line of a package begins."""


def canonical(name: str) -> str:
    """The name of a package as indexes compare names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    """Versions by canonical name of a lock."""
    found = (PIN.match(line) for line in text.splitlines())
    return {canonical(one[1]): one[2] for one in found if one}


def installed() -> dict[str, str]:
    """Versions of this environment."""
    return {canonical(one.name): one.version for one in distributions() if canonical(one.name) != OWN}


def own(extra: str) -> list[str]:
    """What pyproject.toml asks for, with an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"].get(extra, ())]


def brought(extra: str) -> dict[str, str]:
    """Versions of all packages that the project with an extra brings along here.

    Raises:
        PackageNotFoundError: one of them is not installed.
    """
    found: dict[str, str] = {}
    waiting = [(OWN, extra)]
    seen = set(waiting)
    while waiting:
        name, with_extra = waiting.pop()
        if name != OWN:
            held = distribution(name)
            found[name] = held.version
        # Of the project itself what its file says now, not what it said when it was installed.
        asked = own(with_extra) if name == OWN else held.requires or ()
        for each in map(Requirement, asked):
            if each.marker is None or each.marker.evaluate({"extra": with_extra}):
                for more in ("", *each.extras):
                    if (key := (canonical(each.name), more)) not in seen:
                        seen.add(key)
                        waiting.append(key)
    return found


def lines_of(report: dict[str, Any]) -> list[str]:
    """The lines of a lock, of what pip says that it would install."""
    made = {}
    for one in report["install"]:
        name, version = canonical(one["metadata"]["name"]), one["metadata"]["version"]
        made[name] = f"{name}=={version} --hash=sha256:{one['download_info']['archive_info']['hashes']['sha256']}"
    return [made[name] for name in sorted(made)]


def asked_of_pip(versions: dict[str, str]) -> dict[str, Any]:
    """What pip would install for these versions, here."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, told = Path(folder) / "wanted.txt", Path(folder) / "told.json"
        wanted.write_text("".join(f"{name}=={version}\n" for name, version in sorted(versions.items())))
        words = ["install", "--quiet", "--dry-run", "--ignore-installed", "--no-deps"]
        command = [sys.executable, "-m", "pip", *words, "--report", str(told), "-r", str(wanted)]
        subprocess.run(command, check=True)
        found: dict[str, Any] = json.loads(told.read_text())
    return found


def main() -> int:
    """Write the file and say how many packages it holds."""
    try:
        versions = brought("test")
    except PackageNotFoundError as error:
        sys.stderr.write(f"{error.name} is not installed; install what the tests need: pip install -e '.[test]'\n")
        return 2
    report = asked_of_pip(versions)
    here = report["environment"]
    where = f"{here['sys_platform']} {here['platform_machine']}, CPython {here['python_version']}"
    lines = lines_of(report)
    LOCK.write_text(HEAD.format(where=where) + "\n".join(lines) + "\n")
    sys.stdout.write(f"{len(lines)} packages in {LOCK.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
