"""``python -m tools.make_docs [--check]``: write the pages of the docs that are made from the code.

``docs/commands.md`` from the command line, ``docs/glossary.md`` from the vocabulary, ``docs/schema.md`` from a fresh
record, ``docs/codebook.md`` from the fields of rows, the tables of ``docs/desk.md`` from its pages and settings.
``--check`` writes nothing and exits 1 when a page is stale.
"""

from __future__ import annotations

import ast
import inspect
import sqlite3
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
_HEAD = "<!-- Made by `python -m tools.make_docs`; change the code, not this page. -->\n\n"


def commands_page() -> str:
    """Every command with its arguments and options, as the command line itself knows them."""
    import typer.main

    from summitry.cli import app

    group = typer.main.get_command(app)
    parts = [_HEAD + "# Commands\n\nData go to stdout, progress and messages to stderr.\n"]
    for name, command in sorted(getattr(group, "commands", {}).items()):
        # A command of commands ("summitry case") is told with its own.
        inner = getattr(command, "commands", {})
        title = f"\n## summitry {name}\n\n{inspect.cleandoc(command.help or '')}\n"
        parts += [title] if inner else [title, *_options(command)]
        for second, one in sorted(inner.items()):
            parts += [f"\n### summitry {name} {second}\n\n{inspect.cleandoc(one.help or '')}\n", *_options(one)]
    return "".join(parts)


def _options(command: object) -> list[str]:
    """The arguments and options of a command, as rows of a table."""
    rows = []
    for parameter in getattr(command, "params", ()):
        option = parameter.param_type_name == "option"
        label = ", ".join(parameter.opts) if option else str(parameter.name).upper()
        help_text = " ".join(str(getattr(parameter, "help", None) or "").split()).replace("|", "\\|")
        if label != "--help":
            rows.append(f"| `{label}` | {help_text} |\n")
    return ["\n| | |\n|---|---|\n", *rows] if rows else []


def glossary_page() -> str:
    """Every type of the vocabulary with its fields and its docstring."""
    import summitry.vocabulary as vocabulary

    tree = ast.parse(inspect.getsource(vocabulary))
    parts = [_HEAD + "# Glossary\n\n" + inspect.cleandoc(vocabulary.__doc__ or "") + "\n"]
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        parts.append(f"\n## {node.name}\n\n{inspect.cleandoc(ast.get_docstring(node) or '')}\n\n")
        parts += [
            f"- `{field.target.id}`: `{ast.unparse(field.annotation)}`\n"
            for field in node.body
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        ]
    parts.append("\n## Closed lists\n\n")
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = ast.unparse(node.value)
            if value.startswith("Literal["):
                parts.append(f"- `{node.targets[0].id}`: {value.removeprefix('Literal[').removesuffix(']')}\n")
    return "".join(parts).replace("``", "`")


def schema_page() -> str:
    """The tables of a fresh record, as SQLite holds them."""
    from summitry.record import open_record

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.db"
        open_record(path, create=True).close()
        connection = sqlite3.connect(path)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type <> 'table', type, name"
        ).fetchall()
        connection.close()
    body = "".join(f"\n## {name}\n\n```sql\n{sql.strip()}\n```\n" for name, sql in rows)
    return f"{_HEAD}# The record file\n\nOne SQLite file, schema version {version} (`PRAGMA user_version`).\n{body}"


def codebook_page() -> str:
    """Every field of every kind of rows, as the fields tell it themselves."""
    from summitry.export.codebook import codebook

    return _HEAD + codebook()


NAMES = {"party": "party", "person": "person", "source": "report", "row": "row"}
"""What a page that is in no navigation shows one of."""


def desk_page() -> str:
    """The page on the desk: its own words, with the tables of pages and settings as the code has them."""
    from dataclasses import MISSING, fields

    from summitry.web import Settings
    from summitry.web.pages import PAGES as KINDS

    rows = ["| page | address | what it shows |\n|---|---|---|\n"]
    rows += [f"| {kind.label or 'one ' + NAMES[kind.name]} | `{kind.path}` | {kind.about} |\n" for kind in KINDS]
    settings = ["| setting | by default | what it is |\n|---|---|---|\n"]
    for one in fields(Settings):
        default = "" if one.default is MISSING else f"`{one.default!r}`"
        settings.append(f"| `{one.name}` | {default} | {one.metadata['help']} |\n")
    text = (DOCS / "desk.md").read_text(encoding="utf-8")
    for name, made in (("pages", rows), ("settings", settings)):
        before, mark, rest = text.partition(f"<!-- {name}: made by `python -m tools.make_docs` -->\n")
        text = before + mark + "".join(made) + rest[rest.index("<!-- end -->") :]
    return text


PAGES = {
    "commands.md": commands_page,
    "glossary.md": glossary_page,
    "schema.md": schema_page,
    "codebook.md": codebook_page,
    "desk.md": desk_page,
}


def stale() -> list[str]:
    """Names of the pages that do not say what the code says."""
    return [
        name
        for name, page in PAGES.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != page()
    ]


def main() -> int:
    """Write the pages, or check them."""
    if "--check" in sys.argv[1:]:
        names = stale()
        for name in names:
            sys.stderr.write(f"docs/{name} is stale: run python -m tools.make_docs\n")
        return 1 if names else 0
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
