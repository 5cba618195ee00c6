"""The command that watches feeds and folders."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from summitry.cli.guard import OFF, Stopped, guarded, say
from summitry.cli.options import Format, RecordFile
from summitry.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.ledger import BriefLine
    from summitry.report.rows import Citations
    from summitry.watch.saying import Fate, NewReport, Options, Round, Said

_NEEDED = ("feedparser", "protego")


def watch(  # noqa: PLR0913 - every option of a command is a parameter
    inputs: Annotated[list[str], typer.Argument(metavar="FEED|FOLDER...", help="Addresses of feeds, and folders.")],
    record: RecordFile,
    once: Annotated[bool, typer.Option("--once", help="Look once and stop, as for cron.")] = False,
    every: Annotated[str, typer.Option("--every", metavar="SPAN", help="How often to look: 30m, 2h, 1d.")] = "30m",
    state: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads this annotation at run time
        typer.Option("--state", metavar="FILE", help="What was seen; by default RECORD.watch.json beside the record."),
    ] = None,
    gap: Annotated[
        float, typer.Option("--gap", metavar="SECONDS", min=1.0, help="Between two requests to one host, at least.")
    ] = 5.0,
    case: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--case", metavar="NAME", help="A case to read with; by default by the parties named. Repeatable."
        ),
    ] = None,
    no_case: Annotated[bool, typer.Option("--no-case", help="Read without any case.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Let addresses be private ones.")] = False,
    light: Annotated[bool, typer.Option("--light", help="Read without the encoder: faster, less exact.")] = False,
    form: Annotated[Format, typer.Option("--format", help="table (text) or jsonl.")] = Format.table,
) -> None:
    """Watch RSS and Atom feeds and folders: read what is new into a record, and say what that changes."""
    with guarded():
        from summitry.cli.reading import Way, options_of

        missing = [name for name in _NEEDED if find_spec(name) is None]
        if missing:
            raise UsageError(f"{' and '.join(missing)} not installed; install with: pip install 'summitry[watch]'")
        if form not in (Format.table, Format.jsonl):
            raise UsageError(f"--format is {form.value!r}; allowed for watch: table, jsonl")
        from summitry.watch.saying import Options

        read = options_of(case or (), (), Way(None), no_case=no_case, allow_private=allow_private, light=light)
        look = _Look(record, inputs, Options(gap, read), state, form)
        raise typer.Exit(look.once() if once else look.repeat(every))


class _Look:
    """What one call of the command looks at."""

    def __init__(self, record: Path, inputs: Sequence[str], options: Options, state: Path | None, form: Format) -> None:
        from summitry.watch.state import state_path

        self._record = record
        self._inputs = inputs
        self._options = options
        self._state = state or state_path(record)
        self._form = form

    def once(self) -> int:
        """One round; the exit status."""
        from summitry.watch.rounds import Watcher
        from summitry.watch.state import alone

        with alone(self._state):
            watcher = Watcher(self._inputs, self._record, self._state, self._options, _tell)
            try:
                found = watcher.round()
            except KeyboardInterrupt:
                raise self._stopped() from None
            self._print(found)
            watcher.told()
            return status_of(found)

    def repeat(self, every: str) -> int:
        """Round after round, until Ctrl-C."""
        from summitry.watch.clock import SystemClock
        from summitry.watch.rounds import Watcher
        from summitry.watch.schedule import repeat, seconds_of
        from summitry.watch.state import alone

        seconds = seconds_of(every, feeds=any("://" in one[:12] for one in self._inputs))
        with alone(self._state):
            watcher = Watcher(self._inputs, self._record, self._state, self._options, _tell)

            def look() -> None:
                self._print(watcher.round())
                watcher.told()

            try:
                repeat(look, seconds, SystemClock(), say)
            except KeyboardInterrupt:
                raise self._stopped() from None
        return 0

    def _stopped(self) -> Stopped:
        return Stopped(f"what was read is in {self._record}; the same command goes on where this one stopped")

    def _print(self, found: Round) -> None:
        from summitry.record import open_record

        lines: tuple[BriefLine, ...] = ()
        cited: Citations = {}
        if found.reports:
            with open_record(self._record, read_only=True) as record:
                lines = record.diff("run").lines
                cited = record.citations(one.source for line in lines for one in line.evidence)
        if self._form is Format.jsonl:
            _print_jsonl(found.reports, lines, cited)
        else:
            _print_text(found.reports, lines, cited)
        sys.stdout.flush()
        waiting = f", {found.pending} to be read later" if found.pending else ""
        bad = f", {found.rejected} rejected" if found.rejected else ""
        new = len(found.reports)
        say(f"{new} new report{'s' * (new != 1)}{bad}{waiting}; record: {self._record}")


def status_of(found: Round) -> int:
    """The exit status of a round: 0 done; 1 something was rejected or failed; 2 nothing could be read at all."""
    fates: set[Fate] = {fate for _, fate in found.inputs}
    if fates == {"failed"}:
        return OFF
    return 1 if found.rejected or "failed" in fates else 0


def _tell(said: Said) -> None:
    from summitry.report.words import one_line

    kinds = {"refused": "rejected ", "failed": "failed: ", "note": ""}
    say(f"{kinds[said.kind]}{one_line(said.where)}: {one_line(said.reason)}")


def _print_text(reports: Sequence[NewReport], lines: Sequence[BriefLine], cited: Citations) -> None:
    from summitry.report.rows import source_line
    from summitry.report.words import one_line

    for one in reports:
        sys.stdout.write(f"new: {_where(one)}: {one_line(one.headline or 'no headline')} ({_counts(one)})\n")
        sys.stdout.write(f"     {one_line(one.uri)}\n")
    for line in lines:
        told = "; ".join(dict.fromkeys(source_line(cited.get(each.source)) for each in line.evidence))
        sys.stdout.write(f"changed: {one_line(line.text)} [{told}]\n")


def _where(one: NewReport) -> str:
    from summitry.record import Citation
    from summitry.report.rows import source_line

    return source_line(Citation(one.id, one.uri, one.outlet, one.headline, one.published))


def _counts(one: NewReport) -> str:
    counted = ((one.statements, "statement"), (one.events, "event"), (one.moves, "move"))
    return ", ".join(f"{number} {what}{'s' * (number != 1)}" for number, what in counted)


def _print_jsonl(reports: Sequence[NewReport], lines: Sequence[BriefLine], cited: Citations) -> None:
    from summitry.report.rows import date_json, evidence_json

    for one in reports:
        told = {
            "type": "report",
            "id": one.id,
            "uri": one.uri,
            "outlet": one.outlet,
            "headline": one.headline,
            "published": date_json(one.published),
            "statements": one.statements,
            "events": one.events,
            "moves": one.moves,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    for line in lines:
        evidence = []
        for each in line.evidence:
            source = cited.get(each.source)
            where = {"outlet": source.outlet, "published": date_json(source.published)} if source else {}
            evidence.append(evidence_json(each) | where)
        changed = {"type": "changed", "section": line.section, "text": line.text, "rows": list(line.rows)}
        sys.stdout.write(json.dumps(changed | {"evidence": evidence}, ensure_ascii=False) + "\n")
