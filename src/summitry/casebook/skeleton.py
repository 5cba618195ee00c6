"""A new case file: every table and key with what it says, ready to be filled in."""

from __future__ import annotations

import json
from typing import Final

from summitry.casebook.keys import CASE, TABLES, Table

_EXAMPLES: Final[dict[str, str]] = {
    "party": """\
code = "ISLGOV"
name = "Directorate of Fisheries"
kind = "body"
names = ["Fiskistofa"]
demonyms = []
metonyms = []
parent = "ISL"
members = []
""",
    "office": """\
person = "Anna Example"
party = "ISL"
title = "minister of fisheries"
start = 2001-02-03
end = 2003-05-06
aliases = ["A. Example"]
shared = false
""",
    "issue": """\
name = "quota"
title = "Who may catch how much"
definition = "The share of each side in the yearly catch."
words = ["quota", "catch limit", "share of the catch"]
""",
    "issue.pole": """\
name = "by coast"
words = ["zonal attachment", "where the fish are", "coastal state"]
definition = "The larger share goes to the state in whose waters the fish live."

[[issue.pole]]
name = "by history"
words = ["historical catch", "track record", "as before"]
definition = "Each side keeps the share that it caught before."
""",
    "instrument": """\
id = "shares-2001"
name = "Agreement on shares"
date = 2001-03-05
parties = ["ISL", "NOR"]
names = ["shares agreement"]
words = [["shares", "agreement"], ["2001", "agreement"]]
source = "where its text is public"
""",
    "instrument.article": """\
number = "1"
text = "Norway lets vessels of Iceland fish in its zone up to the quota."
obligors = ["NOR"]
beneficiaries = ["ISL"]
words = [["vessels", "zone"], ["access", "waters"]]
issue = "quota"
kept = ["COOPERATE"]
broken = ["COERCE", "REJECT"]
""",
    "vehicle": """\
party = "ISL"
name = "press notice of the ministry"
authority = "ministry"
words = ["ministry of fisheries said", "press notice"]
""",
    "event": """\
id = "first-round"
name = "First round in Bergen"
start = 2001-03-04
end = 2001-03-05
type = "CONSULT"
actors = ["ISL", "NOR"]
place = "Bergen"
words = [["first round", "bergen"], ["march 4", "talks"]]
source = "where the fact is public"
""",
}
"""An example of each table, commented out in the skeleton: made up, of two states that do fish."""


def skeleton(name: str) -> str:
    """The TOML text of a new case: the top to be filled in, every other table as a commented example.

    ``## `` lines explain; ``# `` lines are examples that hold as they are once the ``# `` is taken away.
    """
    parts = [
        "## A case: what is publicly known of a negotiation before the first report is read.\n"
        "## Lines with two marks explain. Take the mark from a line with one to use the example, and write your own.\n"
        '## A phrase matches at the start of a word ("denucleari" finds "denuclearization"), in any case; " ... "\n'
        "## stands for up to four words. Then: summitry case check FILE\n\n",
        f"name = {json.dumps(name)}\n",
        "## For people.\n",
        f"title = {json.dumps(name, ensure_ascii=False)}\n",
        f'## {_says(CASE, "principals")}. States by their ISO 3166 letters: "ISL", "NOR".\n',
        "principals = []\n",
        f"## {_says(CASE, 'core')}.\n",
        '# core = ["ISL"]\n',
        f"## {_says(CASE, 'words')}.\n",
        '# words = ["fish", "quota"]\n',
        f"\n## {_says(CASE, 'roles')}.\n",
        '# [roles]\n# NOR = "principal"\n',
    ]
    for table in TABLES[1:]:
        parts.append(f"\n## {table.says}\n")
        parts += [
            f"##   {key.name}: {key.says}{' (must be there)' if key.required else ''}; {key.allowed}\n"
            for key in table.keys
            if key.form != "tables"
        ]
        example = f"[[{table.name}]]\n{_EXAMPLES[table.name]}"
        parts += [f"# {line}\n" if line else "#\n" for line in example.splitlines()]
    return "".join(parts)


def _says(table: Table, name: str) -> str:
    key = table.key(name)
    says = key.says if key is not None else name
    return says[0].upper() + says[1:]
