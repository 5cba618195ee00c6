"""The commands of the ledger, in real processes, on three short reports read for the test."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from summitry.report.rows import FIELDS
from test_cli_asking import calls, summitry

NAME = "The Northern Example"
REPORTS = (
    (
        "Oslo and Moscow set terms",
        f"{NAME}, May 6, 2030",
        "OSLO -- Norway and Russia failed to reach a deal on fishing quotas at talks in Bergen on Saturday.",
        "Norway will not lift the quotas until Russia withdraws its patrol boats, Norwegian Foreign Minister Kari Lund "
        "said on Monday.",
        "Russia refuses to withdraw its patrol boats unless Norway lifts the quotas, Russian Foreign Ministry "
        'spokesman Oleg Vetrov said on Sunday. "We have no intention of withdrawing our boats unless Norway lifts the '
        'quotas," Vetrov told reporters.',
        "Analyst Greta Holm of the Harbour Institute said Norway and Russia will resume their talks soon.",
    ),
    (
        "Envoys meet again",
        f"{NAME}, June 12, 2030",
        "BERGEN -- Norway and Russia resumed their talks in Bergen on Tuesday. The two sides agreed to set up a joint "
        "commission on quotas.",
        "Russia pledged to send observers to the commission, Russian Foreign Ministry spokesman Oleg Vetrov said on "
        "Wednesday.",
    ),
    (
        "Boats withdrawn, says Moscow",
        f"{NAME}, August 2, 2030",
        "MOSCOW -- Russia withdrew its patrol boats on Thursday, and Norway lifted the quotas on Friday, officials of "
        "both sides said.",
    ),
)
KINDS = ("moves", "positions", "commitments", "predictions", "discrepancies", "status", "tone")


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    for number, paragraphs in enumerate(REPORTS):
        (folder / f"{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    record = folder / "talks.db"
    done = summitry("read", folder, "--record", record, "--no-case")
    assert done.returncode == 0, done.stderr
    return record


def test_every_row_has_its_fields_and_its_words(file: Path) -> None:
    texts = [
        row["text"]
        for row in map(json.loads, summitry("sources", "--record", file, "--format", "jsonl").stdout.splitlines())
    ]
    answers = calls(*([kind, "--record", str(file), "--format", "jsonl"] for kind in KINDS))
    seen = {}
    for kind, (status, out, err) in zip(KINDS, answers, strict=True):
        assert status == 0, err
        rows = [json.loads(line) for line in out.splitlines()]
        seen[kind] = len(rows)
        for row in rows:
            assert {"id", "evidence", "coder", "confidence", *FIELDS[kind]} <= set(row)
            assert row["evidence"]
            for one in row["evidence"]:
                assert any(text[one["start"] : one["end"]] == one["exact"] for text in texts)
    assert all(seen[kind] for kind in ("moves", "positions", "predictions", "status", "tone")), seen


def test_tables_csv_and_markdown_of_each(file: Path) -> None:
    wanted = [[kind, "--record", str(file), "--format", form] for kind in KINDS for form in ("table", "csv", "md")]
    for call, (status, out, err) in zip(wanted, calls(*wanted), strict=True):
        assert status == 0, err
        if call[-1] == "csv":
            rows = list(csv.reader(io.StringIO(out)))
            assert len({len(row) for row in rows}) == 1, call
        assert out or "no rows" in err


def test_a_forecast_is_resolved_by_what_came(file: Path) -> None:
    args = ["predictions", "--record", str(file), "--format", "jsonl"]
    (_, before, _), (_, after, _), (_, sooner, _), (_, card, _) = calls(
        [*args, "--as-of", "2030-05-31"],
        args,
        [*args, "--horizon", "soon=10"],
        ["predictions", "--scorecard", *args[1:]],
    )
    (early,) = [row for row in map(json.loads, before.splitlines()) if "resume" in row["claim"]]
    (late,) = [row for row in map(json.loads, after.splitlines()) if "resume" in row["claim"]]
    (short,) = [row for row in map(json.loads, sooner.splitlines()) if "resume" in row["claim"]]
    assert (early["id"], early["resolution"]) == (late["id"], "pending")
    assert (late["resolution"], late["horizon_rule"]) == ("true", "soon: within 90 days")
    assert late["resolved_by"]
    assert short["horizon_rule"] == "soon: within 10 days"
    assert short["resolution"] != "true"
    scores = [json.loads(line) for line in card.splitlines()]
    assert any(score["true"] == 1 and score["share"] == 1.0 for score in scores)


def test_a_deadlock_and_its_drawing(file: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "d.svg"
    args = ["deadlocks", "--record", str(file), "--as-of", "2030-05-31"]
    (status, text, err), (_, rows, _), (off, _, why) = calls(
        [*args, "--svg", str(drawing)], [*args, "--format", "jsonl"], [*args, "--svg", str(tmp_path / "no" / "d.svg")]
    )
    assert status == 0, err
    assert "unknown source" not in text
    (row,) = map(json.loads, rows.splitlines())
    assert {step["party"]["code"] for step in row["steps"]} == {"NOR", "RUS"}
    ids = {step["id"] for step in row["steps"]}
    assert all(set(step["waits_for"]) <= ids and step["evidence"] for step in row["steps"])
    assert row["broken_by"]
    ElementTree.parse(drawing)
    assert (off, "no/d.svg" in why.replace("\\", "/")) == (2, True)


def test_the_brief_and_what_changed(file: Path) -> None:
    forms = ("text", "md", "html", "json")
    briefs = calls(*(["brief", "--record", str(file), "--as-of", "2030-06-30", "--format", form] for form in forms))
    assert [status for status, _, _ in briefs] == [0] * len(forms), briefs
    page = json.loads(briefs[3][1])
    assert page["lines"]
    assert all(line["evidence"] for line in page["lines"])
    markdown = briefs[1][1]
    marks, notes = (
        set(re.findall(r"\[\^(\d+)\](?!:)", markdown)),
        set(re.findall(r"^\[\^(\d+)\]:", markdown, re.MULTILINE)),
    )
    assert marks == notes != set()
    assert "<script" not in briefs[2][1]
    since = ["diff", "--record", str(file), "--since"]
    changed = calls(
        [*since, "2030-06-30"],
        [*since, "run-1"],
        [*since, "run"],
        [*since, "run-9"],
        [*since, "2030-09-01", "--as-of", "2030-06-01"],
    )
    assert [status for status, _, _ in changed] == [0, 0, 0, 2, 2]
    assert changed[1][1] == changed[2][1], "there is one run"
    assert "run-1" in changed[3][2]


def test_explain_shows_what_a_row_was_worked_out_from(file: Path) -> None:
    rows = {}
    for kind in ("predictions", "status", "tone", "deadlocks"):
        rows[kind] = json.loads(
            summitry(kind, "--record", file, "--format", "jsonl", "--as-of", "2030-06-30").stdout.splitlines()[0]
        )
    told = calls(*(["explain", row["id"], "--record", str(file)] for row in rows.values()))
    # A deadlock that has been broken since has no row any more, and explain says so.
    assert [status for status, _, _ in told][:3] == [0, 0, 0], told
    assert told[3][0] in (0, 2)


def test_the_matrix(file: Path) -> None:
    for form in ("table", "jsonl", "csv", "md"):
        done = summitry("positions", "--matrix", "--record", file, "--format", form)
        assert done.returncode == 0, done.stderr
        assert "Norway" in done.stdout
    late = summitry("positions", "--matrix", "--record", file, "--as-of", "2029")
    assert (late.returncode, late.stdout) == (0, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["predictions", "--horizon", "soon"], "soon=30"),
        (["predictions", "--horizon", "someday=3"], "soon"),
        (["predictions", "--horizon", "soon=0"], "1 or more"),
        (["brief", "--as-of", "2030-13"], "2030-13"),
        (["deadlocks", "--format", "csv"], "table, jsonl"),
    ],
)
def test_what_is_off_is_said(file: Path, words: list[str], said: str) -> None:
    done = summitry(*words, "--record", file)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_prediction_without_a_date_is_named_with_its_line_and_kept(tmp_path: Path) -> None:
    report = tmp_path / "undated.txt"
    words = "Norway and Iceland will meet again soon in Bergen, analyst Greta Holm of the Harbour Institute said."
    report.write_text(f"Talks may resume, an expert thinks\n\n{words}\n", encoding="utf-8")
    record = tmp_path / "talks.db"
    assert summitry("read", report, "--record", record, "--no-case").returncode == 0
    done = summitry("predictions", "--record", record, "--format", "jsonl")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, row["resolution"], row["made"]["start"]) == (0, "pending", None)
    assert "undated.txt, line 3: " in done.stderr
    assert "give the date of the report" in done.stderr
