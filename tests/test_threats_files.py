"""Files from strangers that are no reports: cases and reviews without end or bottom, or of something else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from summitry.casebook import available_cases, case_text, check_case, load_case
from summitry.casebook.load import MAX_CASE_BYTES
from summitry.errors import CaseError, SummitryError
from summitry.record import open_record
from threat_record import plain_record

GOOD = case_text("korea")


@pytest.mark.parametrize("read", [check_case, load_case], ids=["check", "load"])
@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 50_000 + "]" * 50_000,
        "x = " + "{a=" * 20_000 + "1" + "}" * 20_000,
        "x = " + "9" * 100_000,
        "x = 0x" + "f" * 200_000,
        "[" + ".".join(["a"] * 5_000) + "]",
        "# " + "x" * MAX_CASE_BYTES,
        "\x00" * 1_000,
        '"""' * 9_999,
        "x = 1e999999999",
        "x = 9999-99-99",
    ],
)
def test_a_case_without_end_or_bottom_is_refused(tmp_path: Path, text: str, read: Callable[[Path], object]) -> None:
    path = tmp_path / "case.toml"
    for whole in (text, f"{GOOD}\n{text}"):
        path.write_text(whole, encoding="utf-8")
        started = time.monotonic()
        try:
            found = read(path)
        except CaseError as error:
            assert len(str(error)) < 2_000
        else:
            assert found, "problems, and no case"
        assert time.monotonic() - started < 10


def test_a_case_of_endless_bytes_is_not_read_to_its_end() -> None:
    zero = Path("/dev/zero")
    if not zero.exists():
        pytest.skip("no /dev/zero")
    link = zero  # what a path may lead to
    with pytest.raises((CaseError, SummitryError)):
        check_case(link)


def test_shipped_cases_are_far_from_the_bound() -> None:
    assert all(len(case_text(name)) * 5 < MAX_CASE_BYTES for name in available_cases())


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        '{"id": ' + "9" * 10_000 + "}",
        '{"action": "accept", "rows": ' + json.dumps([{}] * 5_000) + "}",
        '{"action": "accept", "kind": "statement", "by": "x", "at": "2020-01-01T00:00:00Z", '
        '"rows": [{"row": "x", "start": 1e999}]}',
        "null", "[]", '"x"', "1e999", "NaN", "\x00", "{", '{"action": "__class__"}', '{"fields": {"__class__": "x"}}',
        '{"action": "edit", "kind": "statement", "by": "x", "at": "2020-01-01T00:00:00Z", "rows": [], "fields": {}}',
    ],
)  # fmt: skip
def test_a_review_file_of_a_stranger_changes_nothing(tmp_path: Path, line: str) -> None:
    path = plain_record(tmp_path / "talks.db", 1)
    with open_record(path) as record:
        with pytest.raises(SummitryError) as refused:
            record.review.import_lines([line])
        assert len(str(refused.value)) < 2_000
        assert not list(record.review.list())
