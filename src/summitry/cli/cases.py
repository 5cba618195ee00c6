"""``summitry case``: what is publicly known of a negotiation, as a file that a person writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from summitry.cli.guard import OFF, guarded, say

if TYPE_CHECKING:
    from summitry.casebook import Case

case_app = typer.Typer(
    help="Cases: parties, issues with their poles, agreements and dates of a negotiation, as data.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


@case_app.command("new")
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Short name: small letters, digits and hyphens.")],
    out: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads this annotation at run time
        typer.Option("--out", metavar="FILE", help="Where to write it; by default NAME.toml here."),
    ] = None,
) -> None:
    """Write a commented skeleton of a case. A file that is there is never overwritten."""
    with guarded():
        from summitry.casebook import available_cases, skeleton
        from summitry.errors import UsageError

        if not _NAME.fullmatch(name) or name in available_cases():
            raise UsageError(
                f"NAME is {name!r}; allowed: small letters, digits and hyphens, and no name of a shipped case "
                f"({', '.join(available_cases())}). Take another name."
            )
        path = out or Path(f"{name}.toml")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(skeleton(name))
        except FileExistsError as error:
            raise UsageError(f"{path} is there already; nothing was written. Give another --out FILE.") from error
        except OSError as error:
            raise UsageError(f"{path} cannot be written ({error.strerror}). Give another --out FILE.") from error
        typer.echo(path)
        say(f"fill it in, then: summitry case check {path}")


@case_app.command("check")
def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A case file, or the name of a shipped case.")],
) -> None:
    """Say all that is wrong with a case file and where, or sum up what it holds. Exit 2 when something is wrong."""
    with guarded():
        from summitry.casebook import check_case, load_case

        problems = check_case(file)
        for problem in problems:
            typer.echo(problem.told(file))
        if problems:
            say(f"{len(problems)} to mend")
            raise typer.Exit(OFF)
        typer.echo(f"{file}: {_counts(load_case(file))}")


@case_app.command("list")
def list_() -> None:
    """The shipped cases."""
    with guarded():
        from summitry.casebook import available_cases, load_case

        for name in available_cases():
            case = load_case(name)
            typer.echo(f"{name:10} {case.title}: {_counts(case)}")


@case_app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A shipped case, or a case file.")],
    toml: Annotated[bool, typer.Option("--toml", help="The text of the file itself.")] = False,
) -> None:
    """What a case says: parties and roles, issues with their poles in order, agreements with their articles."""
    with guarded():
        from summitry.casebook import case_text, load_case

        case = load_case(name)
        typer.echo(case_text(name) if toml else _shown(case), nl=not toml)


@case_app.command("suggest")
def suggest(
    record: Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one file.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The name of the proposed case.")] = "suggested",
) -> None:
    """Propose a case from a record: its parties and issues that no case names yet, as TOML to edit."""
    with guarded():
        from summitry.casebook import Seen, load_world, suggest_case
        from summitry.record import open_record

        with open_record(record, read_only=True) as opened:
            seen = Seen(opened.parties(), opened.statements(), opened.positions(), opened.moves())
            cases = opened.cases()
        typer.echo(suggest_case(seen, cases, load_world(), name), nl=False)


def _counts(case: Case) -> str:
    poles = sum(len(issue.poles) for issue in case.issues)
    articles = sum(len(instrument.articles) for instrument in case.instruments)
    parties = {*case.principals, *(code for code, _ in case.roles), *(party.code for party in case.parties)}
    return (
        f"{len(parties)} parties, {len(case.issues)} issues with {poles} poles, {len(case.instruments)} instruments "
        f"with {articles} articles, {len(case.offices)} offices, {len(case.vehicles)} vehicles, "
        f"{len(case.events)} events"
    )


def _shown(case: Case) -> str:
    lines = [f"{case.title} ({case.name})", "", "Parties"]
    lines += [f"  {code}  {role}" for code, role in case.roles]
    lines += ["", "Issues, poles from one end to the other"]
    for issue in case.issues:
        lines.append(f"  {issue.name}: {issue.title}. {issue.definition}".rstrip())
        lines += [f"    {number}. {pole.name}: {pole.definition}" for number, pole in enumerate(issue.poles, 1)]
    lines += ["", "Instruments"]
    for instrument in sorted(case.instruments, key=lambda one: one.date):
        lines.append(f"  {instrument.date}  {instrument.name} ({', '.join(instrument.parties)})")
        lines += [f"    {article.number}. {article.text}" for article in instrument.articles]
    lines += ["", _counts(case)]
    return "\n".join(lines)
