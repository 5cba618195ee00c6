"""Proposing a case from a record: the parties and issues its rows show and no case names yet."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from summitry.casebook.types import Case, PartyEntry
from summitry.vocabulary import Actor, Evidence, Move, Position, Statement

_MOST_PRINCIPALS: Final = 6
_SHARE: Final = 0.1
"""Of the rows of the second party: it takes two to talk, and the first is often the one whose press it is."""
_MOST_PARTIES: Final = 12
_MOST_ISSUES: Final = 10
_LEAST: Final = 2
"""Passages that make an issue or an unknown party worth a proposal: one may be a slip."""
_SMALL: Final = 20
"""Passages up to which a record is small: then one on an issue is what there is."""
_MOST_WORDS: Final = 8
_MOST_EXAMPLES: Final = 3
_LONGEST: Final = 160
_SHORTEST: Final = 4
_WORD: Final = re.compile(r"[a-z][a-z'-]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\s]+")
_FOR: Final = frozenset("demand offer accept support promise concession precondition".split())
_AGAINST: Final = frozenset("reject oppose refusal threat".split())
_EMPTY: Final = frozenset(
    "about after against also because been before being between both could does during from have having into just "
    "like made make more most much must only other over said says shall should some such than that their them then "
    "there these they this those through under until upon very want wants were what when where whether which while "
    "will with within without would your its the and for are was not but has had his her our can may any".split()
)
_NO_ISSUE: Final = frozenset(
    "move step offer proposal demand request idea plan measure thing issue matter position stance statement report "
    "remark word way part side point action effort decision result question objection".split()
)
"""Heads that say of nothing what it is about."""


@dataclass(slots=True)
class _Matter:
    """What was said on one head noun: in which passages, under which labels, by whom, on which side."""

    passages: set[tuple[str, int]] = field(default_factory=set)
    labels: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    sides: dict[str, Counter[str]] = field(default_factory=lambda: {"for": Counter(), "against": Counter()})
    balance: Counter[str] = field(default_factory=Counter)

    def parties(self, side: str) -> list[str]:
        """Who stands more often on one side than on the other, sorted."""
        sign = 1 if side == "for" else -1
        return sorted(who for who, count in self.balance.items() if count * sign > 0)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a position and a move have in common."""

    label: str
    kind: str
    party: Actor
    words: str
    passage: Evidence


@dataclass(frozen=True, slots=True)
class Seen:
    """What a record shows: rows of a kind, and how often each party speaks or acts (code, name, number of rows)."""

    parties: Sequence[tuple[str, str, int]] = ()
    statements: Sequence[Statement] = ()
    positions: Sequence[Position] = ()
    moves: Sequence[Move] = ()


def suggest_case(seen: Seen, cases: Iterable[Case], world: Iterable[PartyEntry], name: str = "suggested") -> str:
    """A case file, as TOML text, of the parties and issues in ``seen`` that none of ``cases`` names.

    Parties are counted by state and told with their rows; parties without a code are proposed as ``[[party]]``. Issues
    are the head nouns of the labels that positions and moves have, most frequent first, with passages as comments.
    Poles are proposed where parties stand for and against, from the words that only one of the two sides uses. The
    text passes ``case check`` where the record names two parties or more. Linear in the rows.
    """
    known, parties = tuple(cases), tuple(world)
    names = {entry.code: entry.name for entry in reversed(parties)}
    named = {code for case in known for code in case.principals}
    sides = _by_side(seen.parties, names)
    principals = _principals(sides, named)
    parts = [
        "# Proposed from a record: an offer to edit, not a finding. Keep what is a matter of the talks, name poles,\n"
        "# add dates. Numbers are rows. Then: summitry case check FILE\n\n",
        f"name = {_quoted(name)}\ntitle = {_quoted(name)}\n",
        f"principals = {_list(principals)}\n",
        *(
            f"# {count:5}  {_plain(code)}  {_plain(names.get(code, told))}\n"
            for code, (told, count) in sides[:_MOST_PARTIES]
        ),
        *_unknown(seen.statements),
        *_issues(seen, {issue.name for case in known for issue in case.issues}, _party_words(sides, parties)),
    ]
    return "".join(parts)


def _by_side(parties: Iterable[tuple[str, str, int]], names: Mapping[str, str]) -> list[tuple[str, tuple[str, int]]]:
    """Parties with their rows, bodies counted with their state, most frequent first."""
    counts: Counter[str] = Counter()
    told: dict[str, str] = {}
    for code, name, count in parties:
        state = code[:3] if code[:3] in names else code
        counts[state] += count
        if state == code or state not in told:
            told[state] = name
    return [(code, (told[code], count)) for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def _principals(sides: Sequence[tuple[str, tuple[str, int]]], named: set[str]) -> list[str]:
    """The parties told most that no case has; filled up to two with those that a case has."""
    if not sides:
        return []
    least = sides[min(1, len(sides) - 1)][1][1] * _SHARE
    new = [code for code, (_, count) in sides if code not in named and count >= least][:_MOST_PRINCIPALS]
    rest = [code for code, _ in sides if code not in new]
    return [*new, *rest[: max(0, 2 - len(new))]]


def _unknown(statements: Iterable[Statement]) -> list[str]:
    """Organisations that speak and have no code."""
    counts: Counter[str] = Counter()
    for statement in statements:
        for actor in {statement.speaker, statement.party}:
            if actor is not None and actor.code is None and actor.kind != "person" and not actor.anonymous:
                # A name, and of one: not "media around the world", not "Peru and its neighbours".
                words = actor.name.split()
                if "and" not in words and all(word[0].isupper() for word in words if len(word) >= _SHORTEST):
                    counts[actor.name] += 1
    parts: list[str] = []
    codes: set[str] = set()
    for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        if count < _LEAST or len(codes) == _MOST_PARTIES:
            continue
        code = _code(name, codes)
        codes.add(code)
        parts.append(
            f"\n# {count} statements; the code is made up: a state's letters and a role behind them tell more.\n"
            f'[[party]]\ncode = {_quoted(code)}\nname = {_quoted(name)}\nkind = "organisation"\n'
        )
    return parts


def _code(name: str, taken: set[str]) -> str:
    letters = re.sub(r"[^A-Z]", "", name.upper()) or "X"
    base = "NGO" + letters[:3].ljust(3, "X")
    return next(
        code for number in range(len(taken) + 1) if (code := base + (str(number) if number else "")) not in taken
    )


def _party_words(sides: Iterable[tuple[str, object]], world: Iterable[PartyEntry]) -> set[str]:
    """The words that name the parties told: they tell who stands somewhere, not where."""
    codes = {code for code, _ in sides}
    return {
        word
        for entry in world
        if entry.code in codes
        for name in (entry.name, *entry.names, *entry.demonyms, *entry.metonyms)
        for word in _WORD.findall(name.lower())
    }


def _issues(seen: Seen, known: set[str], apart: set[str]) -> list[str]:
    matters: dict[str, _Matter] = defaultdict(_Matter)
    for told in (*map(_of_position, seen.positions), *map(_of_move, seen.moves)):
        head = told.label.split()[-1] if told.label else ""
        if head and told.label not in known and head not in _NO_ISSUE:
            _count(matters[head], told)
    least = 1 if sum(len(matter.passages) for matter in matters.values()) <= _SMALL else _LEAST
    ranked = sorted(matters.items(), key=lambda one: (-len(one[1].passages), one[0]))
    return [
        part
        for head, matter in ranked[:_MOST_ISSUES]
        if len(matter.passages) >= least
        for part in _issue(head, matter, apart)
    ]


def _of_position(row: Position) -> _Told:
    return _Told(_plain(row.issue), row.stance, row.party, row.summary, row.evidence[0])


def _of_move(row: Move) -> _Told:
    words = " ".join(part for part in (row.give, row.get) if part)
    return _Told(_plain(row.issue or ""), row.kind, row.proposer, words, row.evidence[0])


def _count(matter: _Matter, told: _Told) -> None:
    place = (told.passage.source, told.passage.start)
    if place in matter.passages:  # a position and the move that it is made by
        return
    matter.passages.add(place)
    matter.labels[told.label] += 1
    who = _plain(told.party.code or told.party.name)
    side = "for" if told.kind in _FOR else "against" if told.kind in _AGAINST else None
    if side is not None:
        own = {part for name in (told.party.name, told.label) for part in _WORD.findall(name.lower())}
        words = set(_WORD.findall(told.words.lower())) - own - _EMPTY
        matter.sides[side].update(word for word in words if len(word) >= _SHORTEST)
        matter.balance[who] += 1 if side == "for" else -1
    if len(matter.examples) < _MOST_EXAMPLES:
        exact = _plain(told.passage.exact)
        matter.examples.append(f"{who}, {told.kind}: {exact[:_LONGEST]}{'...' if len(exact) > _LONGEST else ''}")


def _issue(head: str, matter: _Matter, apart: set[str]) -> list[str]:
    labels = [label for label, _ in sorted(matter.labels.items(), key=lambda one: (-one[1], one[0]))]
    # The head alone finds every label that starts with it; the others tell the reader what it was said of.
    words = list(dict.fromkeys([head, *labels]))[:_MOST_WORDS]
    parts = [
        f"\n# passages: {len(matter.passages)}\n",
        *(f"#   {example}\n" for example in matter.examples),
        f"[[issue]]\nname = {_quoted(head)}\ntitle = {_quoted(labels[0].capitalize())}\nwords = {_list(words)}\n",
    ]
    sides = (("for", "against"), ("against", "for"))
    only = {side: _only(matter.sides[side], matter.sides[other], apart) for side, other in sides}
    # Who is as often for as against means two things by the word, and stands on neither side.
    if all(matter.parties(side) for side, _ in sides):
        for side, found in only.items():
            parts.append(f"# {side}: {', '.join(matter.parties(side))}\n")
            if all(only.values()):
                parts.append(f"[[issue.pole]]\nname = {_quoted(side)}\nwords = {_list(found)}\n")
    return parts


def _only(own: Counter[str], other: Counter[str], apart: set[str]) -> list[str]:
    """Words that one side uses and the other does not, most used first."""
    kept = [(word, count) for word, count in own.items() if word not in other and word not in apart]
    return [word for word, _ in sorted(kept, key=lambda one: (-one[1], one[0]))[:_MOST_WORDS]]


def _plain(text: str) -> str:
    """Words on one line, without what neither a comment nor a string may hold."""
    return _CONTROL.sub(" ", text).strip()


def _quoted(text: str) -> str:
    return json.dumps(_plain(text) or "-", ensure_ascii=False)


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"
