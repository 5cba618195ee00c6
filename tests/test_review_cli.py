"""``summitry review`` and ``summitry reread`` as a person meets them: real processes, output, messages, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from review_factory import make_record
from summitry.record import open_record
from test_cli_asking import ENVIRONMENT, calls


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    make_record(tmp_path / "talks.db").close()
    return tmp_path / "talks.db"


def review(file: Path, *words: str) -> list[str]:
    return ["review", *words, "--record", str(file)]


def test_a_session_of_reviewing(file: Path, tmp_path: Path) -> None:
    with open_record(file) as record:
        move, statement = record.moves()[0].id, record.statements()[0].id
        one, two, _ = (event.id for event in record.timeline())
        source = record.source_ids()[0]
    out = tmp_path / "anna.jsonl"
    done = calls(
        review(file, "queue", "--limit", "3"),
        review(file, "reject", move[:14], "--note", "a question", "--by", "anna"),
        review(file, "edit", statement, "party=japan", "said=2019-06", "--by", "anna"),
        review(file, "add", "move", "kind=offer", "proposer=USA", "--source", source, "--words", "freeze the drills",
               "--by", "anna"),
        review(file, "merge", one, two, "--by", "anna"),
        review(file, "undo", "--by", "anna"),
        review(file, "list"),
        review(file, "list", "--format", "jsonl", "--kind", "event"),
        review(file, "agreement"),
        review(file, "agreement", "--format", "jsonl"),
        review(file, "people"),
        review(file, "list", "--gone"),
        review(file, "list", "--conflicts"),
        review(file, "export", str(out)),
        review(file, "import", str(out)),
        ["moves", "--record", str(file), "--format", "jsonl"],
        ["statements", "--party", "JPN", "--record", str(file), "--format", "jsonl"],
    )  # fmt: skip
    assert [status for status, _, _ in done] == [0] * len(done), done
    texts = [text for _, text, _ in done]
    assert texts[0].count("\n") == 6
    assert "second hand" in texts[0]
    assert f"anna: reject move {move}" in texts[1]
    assert "(a question)" in texts[1]
    assert "party=Japan (JPN)" in texts[2]
    assert texts[6].count("\n") == 5
    assert texts[6].count("(taken back)") == 1
    assert [json.loads(line)["action"] for line in texts[7].splitlines()] == ["merge", "undo"]
    assert "move: 1 of the reader's rows reviewed: 0 right as they stand (0%), 0 mended, 1 rejected" in texts[8]
    assert "1 added because missed" in texts[8]
    assert json.loads(texts[9].splitlines()[0])["fields"]["said"] == {"kept": 0, "changed": 1}
    assert "Han Song-ok (PRK), 3 reports" in texts[10]
    assert texts[11] == texts[12] == ""
    assert len(out.read_text().splitlines()) == 5
    assert "0 reviews new, 5 known before" in done[14][2]
    assert [json.loads(line)["coder"] for line in texts[15].splitlines()] == ["review:anna", "hand/1", "hand/1"]
    assert [json.loads(line)["id"] for line in texts[16].splitlines()] == [statement]


OFF = (
    (("reject", "mov-ffffffff"), "no row has the id 'mov-ffffffff'; allowed"),
    (("edit", "MOVE", "colour=red"), "a move has no field 'colour' to review; allowed: kind, proposer"),
    (("edit", "MOVE", "colour"), "'colour' says nothing of a field; allowed: FIELD=VALUE"),
    (("edit", "MOVE", "give=a", "give=b"), "give is given twice"),
    (("edit", "MOVE", "date=2019-13"), "date is '2019-13'; allowed: 2019-03-15"),
    (("edit", "MOVE", "kind=wish"), "kind of a move is 'wish'; allowed: demand"),
    (("accept", "MOVE", "--by", "a, b"), "reviewer is 'a, b'; allowed"),
    (("add", "wish", "a=b", "--source", "src-1", "--words", "x"), "kind is 'wish'; allowed: statement"),
    (("add", "move", "kind=offer", "--source", "src-12345678", "--words", "x"), "no report 'src-12345678'"),
    (("undo",), "has no review in force to take back"),
    (("queue", "--kind", "moves"), "kind is 'moves'; allowed: statement"),
    (("import", "missing.jsonl"), "missing.jsonl cannot be read"),
)


def test_what_is_off_is_named(file: Path) -> None:
    with open_record(file) as record:
        move = record.moves()[0].id
    told = calls(*(review(file, *(move if one == "MOVE" else one for one in words)) for words, _ in OFF))
    for (status, out, err), (words, message) in zip(told, OFF, strict=True):
        assert (status, out) == (2, ""), words
        assert message in err
    with open_record(file) as record:
        assert record.review.list() == ()


def test_a_broken_file_changes_nothing_and_names_the_line(file: Path, tmp_path: Path) -> None:
    with open_record(file) as record:
        move = record.moves()[0].id
    bad = tmp_path / "bad.jsonl"
    first, _, listed = calls(
        review(file, "accept", move, "--by", "anna"),
        review(file, "export", str(bad)),
        review(file, "undo", "--by", "anna"),
    )
    assert first[0] == listed[0] == 0
    bad.write_text(bad.read_text() + "{not json\n")
    ((status, _, err),) = calls(review(file, "import", str(bad)))
    assert status == 2
    assert f"{bad}: line 2 is no JSON" in err
    assert "nothing was imported" in err


def test_people_who_differ_are_told_at_once(file: Path) -> None:
    with open_record(file) as record:
        move = record.moves()[0].id
    done = calls(
        review(file, "reject", move, "--by", "anna"),
        review(file, "accept", move, "--by", "bert"),
        review(file, "list", "--conflicts", "--format", "jsonl"),
    )
    assert (
        f"people differ on {move}: anna rejects it; bert holds it to be right; what bert decided last applies"
        in done[1][2]
    )
    assert json.loads(done[2][1])["applies"] == "bert"


def test_the_reviewer_comes_from_the_environment(file: Path) -> None:
    with open_record(file) as record:
        move = record.moves()[0].id
    done = subprocess.run(
        [sys.executable, "-m", "summitry", *review(file, "accept", move)],
        capture_output=True,
        text=True,
        timeout=60,
        env=ENVIRONMENT | {"SUMMITRY_REVIEWER": "carl"},
    )
    assert done.returncode == 0, done.stderr
    assert "carl: accept move" in done.stdout


def test_two_processes_review_at_once(file: Path) -> None:
    with open_record(file) as record:
        ids = [row.id for row in record.moves()] + [row.id for row in record.statements()]
    command = [sys.executable, "-m", "summitry", "review", "accept"]
    running = [
        subprocess.Popen(
            [*command, one, "--record", str(file), "--by", by], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for by, one in (("anna", ids[0]), ("bert", ids[0]), ("anna", ids[1]))
    ]
    for one in running:
        _, err = one.communicate(timeout=60)
        assert one.returncode == 0, err
    with open_record(file) as record:
        assert len(record.review.list()) == 3


def test_help_of_every_review_command_says_what_it_does(tmp_path: Path) -> None:
    names = "accept reject edit add merge split undo list queue people agreement export import".split()
    none = ["reread", "--record", str(tmp_path / "none.db")]
    *helps, (missing, _, err) = calls(*(["review", name, "--help"] for name in names), none)
    assert (missing, "does not exist" in err) == (2, True)
    for status, out, _ in helps:
        assert status == 0
        assert "--record" in out
