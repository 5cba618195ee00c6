"""Which of several bearers of one name is meant: decided by what stands about the name, or left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summitry.reader.mentions.history import History, role_of, root
from summitry.reader.mentions.lexicon import FEMALE, MALE, TOP
from summitry.reader.mentions.namespans import NameSpan
from summitry.reader.mentions.roster import Entity, Roster

# Weights, set by hand on two negotiations' news: the paragraph's own bearer outweighs the one who spoke before, a
# leader's company outweighs both; a lead below MARGIN is a guess and no answer.
_SAME_PARAGRAPH: Final = 3.0
_LATEST: Final = 1.5
_SPOKE: Final = 1.0
_COMPANY: Final = 3.0
_NOT_YET_NAMED: Final = -2.0
# Who was quoted before is quoted again.
_SAYS: Final = 3.0
_OFTEN: Final = 0.25
# A bare surname is a leader's sooner than a namesake's; one in office whom the text never names in full is on nobody's
# list of those seen yet.
_LEADER: Final = 2.0
_LEADER_UNNAMED: Final = 4.0
_OTHER_SEX: Final = 10.0
_MARGIN: Final = 0.75
_HOUSE: Final = frozenset("regime dynasty government family".split())


def choose(span: NameSpan, choice: Sequence[int], roster: Roster, history: History) -> int | None:
    """The index of the person meant, None for a tie."""
    people = roster.people
    scene = history.scene
    if span.before is not None:
        fitting = _by_office(span, choice, people)
        if len(fitting) == 1:
            return fitting[0]
    token = root(scene, span.first, span.last)
    paragraph = scene.paragraph[token]
    _, says = role_of(scene, token)
    in_company = _among_leaders(token, history, roster)
    scores = dict.fromkeys(choice, 0.0)
    noun = span.before.noun if span.before is not None else ""
    sex = "male" if noun in MALE else "female" if noun in FEMALE else None
    seen: list[int] = []
    speakers: set[int] = set()
    times = dict.fromkeys(choice, 0)
    for ref in history.back(paragraph, 30):
        number = _number(ref.key)
        if number not in scores:
            continue
        if number not in seen:
            scores[number] += _LATEST if not seen else _LATEST / 3
            if ref.paragraph == paragraph:
                scores[number] += _SAME_PARAGRAPH if not seen else _SAME_PARAGRAPH / 2
            elif ref.speaker:
                scores[number] += _SPOKE
            seen.append(number)
        if ref.speaker and not ref.quoted:
            speakers.add(number)
        times[number] += 1
    for number in choice:
        if number not in seen:
            scores[number] += _NOT_YET_NAMED
        if in_company and people[number].top:
            scores[number] += _COMPANY
        scores[number] += _OFTEN * min(times[number], 6)
        if says and number in speakers:
            scores[number] += _SAYS
        if people[number].top:
            scores[number] += _LEADER_UNNAMED if people[number].known_only else _LEADER
        if sex is not None and people[number].sex not in (None, sex):
            scores[number] -= _OTHER_SEX
    first, second = sorted(choice, key=lambda n: -scores[n])[:2]
    return first if scores[first] - scores[second] >= _MARGIN else None


def _by_office(span: NameSpan, choice: Sequence[int], people: Sequence[Entity]) -> list[int]:
    title = span.before
    if title is None:
        return list(choice)
    fitting = [
        n
        for n in choice
        if any(title.noun == t.noun for t in people[n].titles) or (title.noun in TOP and people[n].top)
    ]
    if title.state:
        fitting = [n for n in fitting or choice if people[n].state == title.state] or fitting
    return fitting


def _number(key: str) -> int:
    return int(key[1:]) if key[0] == "p" and key[1:].isdigit() else -1


def _among_leaders(token: int, history: History, roster: Roster) -> bool:
    """Whether the name is coordinated with a leader ("Kim and Trump") or leads a house ("the Kim regime")."""
    scene = history.scene
    if scene.dep[token] == "compound" and scene.low[scene.head[token]] in _HOUSE:
        return True
    partners = list(history.conjuncts.get(token, ()))
    if scene.dep[token] == "conj":
        partners.append(scene.head[token])
    return any(roster.people[n].top for partner in partners for n in roster.by_form.get((scene.low[partner],), ())[:1])
