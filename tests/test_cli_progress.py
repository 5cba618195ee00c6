"""What long reads say on stderr while they run, where it is no terminal."""

from __future__ import annotations

import pytest

from summitry.cli import reading
from summitry.ingest import Progress


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *at: tuple[float, Progress]) -> list[str]:
    clock = [0.0]
    monkeypatch.setattr("summitry.cli.reading.time.monotonic", lambda: clock[0])
    show = reading._Lines(0.0)
    for now, progress in at:
        clock[0] = now
        show(progress)
    return capsys.readouterr().err.splitlines()


def read(done: int, share: float | None) -> Progress:
    return Progress("reading", done, None, share, done, 0, 0, "x")


def test_a_line_every_few_seconds_with_rate_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [(4 + n / 10, read(n, n / 1000)) for n in range(1, 301)]
    lines = said(capsys, monkeypatch, *steps)
    assert len(lines) == 6
    assert lines[-1] == "reading: 260 reports, 8.7 a second, 26% of the input, 74 s left"


def test_an_input_of_unknown_size(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(capsys, monkeypatch, (1, read(1, None)), (9, read(18, None))) == ["reading: 18 reports, 2.0 a second"]


def test_reconciling_is_a_stage_of_its_own(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stages = [(100 + n, Progress("reconciling", n, 40, None, 40, 0, 0)) for n in range(1, 13)]
    lines = said(capsys, monkeypatch, (99, read(40, 1.0)), *stages)
    assert lines[0].startswith("reading: 40 reports, 0.4 a second, 100% of the input")
    assert lines[-1] == "reconciling: 9 of 40 reports, 31 s left"


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (89, "89 s"), (600, "10 min"), (9000, "2.5 h")])
def test_spans(seconds: float, words: str) -> None:
    assert reading._span(seconds) == words
