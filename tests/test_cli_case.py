"""The commands of ``summitry case``: exit status, what goes to stdout, what is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from summitry.casebook import available_cases, case_text
from summitry.cli import app

run = CliRunner()


def test_new_writes_a_skeleton_and_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = run.invoke(app, ["case", "new", "cod"])
    assert first.exit_code == 0
    assert first.stdout == "cod.toml\n"
    (tmp_path / "cod.toml").write_text("mine", encoding="utf-8")
    again = run.invoke(app, ["case", "new", "cod"])
    assert again.exit_code == 2
    assert "there already" in again.stderr
    assert (tmp_path / "cod.toml").read_text(encoding="utf-8") == "mine"
    other = run.invoke(app, ["case", "new", "cod", "--out", str(tmp_path / "deep" / "cod.toml")])
    assert other.exit_code == 2
    assert "cannot be written" in other.stderr


@pytest.mark.parametrize("name", ["korea", "Cod", "cod/x", "", "../cod"])
def test_new_takes_only_plain_new_names(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run.invoke(app, ["case", "new", name])
    assert told.exit_code == 2
    assert "Take another name" in told.stderr
    assert not list(tmp_path.iterdir())


def test_check_tells_every_problem_on_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "cod.toml"
    path.write_text('name = "cod"\ntitel = "Cod"\nprincipals = ["ISL"]\n', encoding="utf-8")
    told = run.invoke(app, ["case", "check", str(path)])
    assert told.exit_code == 2
    lines = told.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{path}:2", f"{path}:3"]
    assert "Write title." in lines[0]
    assert told.stderr == "2 to mend\n"


def test_check_sums_up_a_case_that_is_fine() -> None:
    told = run.invoke(app, ["case", "check", "korea"])
    assert told.exit_code == 0
    for word in ("parties", "issues with", "poles", "instruments", "offices"):
        assert word in told.stdout


def test_list_and_show() -> None:
    listed = run.invoke(app, ["case", "list"]).stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(available_cases())
    shown = run.invoke(app, ["case", "show", "korea"]).stdout
    assert "1. denuclearise first" in shown
    assert "2018-06-12" in shown
    assert run.invoke(app, ["case", "show", "korea", "--toml"]).stdout == case_text("korea")
    assert run.invoke(app, ["case", "show", "atlantis"]).exit_code == 2


def test_suggest_names_a_record_that_is_not_there(tmp_path: Path) -> None:
    told = run.invoke(app, ["case", "suggest", "--record", str(tmp_path / "none.db")])
    assert told.exit_code == 2
    assert "none.db" in told.stderr
