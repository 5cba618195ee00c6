"""Write given_names.toml, given names by sex, from the package ``names`` and the hand-kept list beside this file.

The lists tell where a name starts and which pronoun may stand for its bearer.
"""

from __future__ import annotations

import json
from pathlib import Path

import names

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "summitry" / "reader" / "mentions" / "given_names.toml"
# Borne by fewer than these percents of people, a word is likelier to be something else.
LEAST = {"male": 0.008, "female": 0.01}
# Words that stand for a place, a day, an office or a verb far more often than for a person in news.
DROP = set(
    "africa america april art asia august austin carolina chad charity china christian cuba dallas dawn don "
    "easter faith florence france georgia grant guy holland hope houston india israel ivory jersey jordan "
    "joy june kelly kenya king lane lee london love major man many may mercy millions my no page paris "
    "pearl prince princess queen rich royal rose russia savannah see so son song sunday sydney the tuesday "
    "van vienna virginia washington will young duke judge bishop kim min in ok un yi li he ho an see soon "
    "sung long mi moon star dean press star case cole lincoln jefferson madison santos ha le ling qiana an "
    "ping sang chi gale santa tu mose yuri ryan".split()
) - {"ryan", "yuri", "kelly"}


def census(sex: str) -> list[str]:
    """Names of a census list that are common enough."""
    lines = (Path(names.__file__).parent / f"dist.{sex}.first").read_text().splitlines()
    pairs = (line.split()[:2] for line in lines)
    return [name.capitalize() for name, share in pairs if float(share) >= LEAST[sex]]


def main() -> None:
    """Write the file. A name of both lists goes to the sex that bears it twice as often, or to neither."""
    more: dict[str, list[str]] = {}
    for line in (HERE / "given_names_more.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            sex, *words = line.split()
            more[sex] = words
    share: dict[str, dict[str, float]] = {}
    for sex in LEAST:
        lines = (Path(names.__file__).parent / f"dist.{sex}.first").read_text().splitlines()
        share[sex] = {line.split()[0].capitalize(): float(line.split()[1]) for line in lines}
    out: dict[str, list[str]] = {"male": [], "female": [], "either": []}
    for name in sorted({*census("male"), *census("female")}):
        if name.lower() in DROP:
            continue
        male, female = share["male"].get(name, 0.0), share["female"].get(name, 0.0)
        out["male" if male > 2 * female else "female" if female > 2 * male else "either"].append(name)
    either = set(more.get("either", ()))
    out = {sex: [name for name in found if name not in either] for sex, found in out.items()}
    for sex, words in more.items():
        out[sex] = sorted({*out[sex], *words} - {word for other in out if other != sex for word in out[other]})
    head = "# Given names by sex. Written by tools/make_given_names.py; do not edit by hand.\n"
    rows = (f"{sex} = {json.dumps(' '.join(words), ensure_ascii=False)}\n" for sex, words in out.items())
    TARGET.write_text(head + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
