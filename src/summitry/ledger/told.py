"""Whether an event is told well enough to decide what was foretold: on which days, by whom, and that it was done.

An entry of the timeline may merge passages of several parties and days. What decides is one passage that itself names
the parties and the act as past, or two independent reports that each tell it of the same parties; either way of an
event dated to its days, by a date that is not only that of one report.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from summitry.casebook import load_world
from summitry.ledger.criteria import is_concluded
from summitry.ledger.holdings import Holdings
from summitry.vocabulary import Actor, Event, Evidence

Parties = tuple[str, ...]
Told = tuple[Event, Evidence]
"""An event as one report tells it, and the passage that does."""

SHARPEST: Final = timedelta(days=3)
"""The widest date of an event that decides: rounds of talks last some days."""
_TWO: Final = 2
_GUESSED: Final = "day of the news"
"""How the basis of a date begins that is that of the report."""
_KNOWN: Final = "known event"
"""How the basis of a date begins that is that of an event a case knows."""
_LEAST: Final = 3
"""Letters of a part of a name that names somebody."""
_TITLES: Final = frozenset("President Prime Minister Secretary General Mister Foreign The Supreme Leader".split())

_AHEAD: Final = re.compile(
    r"\b(?:will|would|could|should|may|might|shall|can|cannot|if|unless|until|whether|plan(?:s|ned|ning)?|scheduled|"
    r"slated|expect\w*|upcoming|forthcoming|propos\w+|possib\w+|potential\w*|hop(?:e|es|ed|ing)|invit\w+|accept\w*|"
    r"cancel\w*|called off|postpon\w*|agree[ds]? to|offer\w*|want\w*|seek\w*|sought|ready|willing|refus\w+|reject\w*|"
    r"never|not|prospects?|ahead of|set to|due to|call(?:s|ed|ing)? (?:for|on)|urg\w+|demand\w*|promis\w+|pledg\w+|"
    r"threat\w*|vow\w*|likely|no longer|head(?:s|ing) (?:in)?to|"
    r"to (?:meet|hold|talk|negotiate|resume|restart|begin|start|return|sit))\b|"
    r"\w['’](?:ll|d)\b|n['’]t\b",
    re.IGNORECASE,
)
"""What keeps a clause from telling that something was done."""
_VERBS: Final = (
    r"\b(?:met|held|hosted|attended|resumed|restarted|reopened|reconvened|convened|gathered|began|opened|sat down|"
    r"took place|were held|was held|conferred|negotiated|wrapped up|concluded|ended|broke (?:up|down|off)|collapsed|"
    r"failed)\b"
)
_CLEAR: Final = re.compile(_VERBS, re.IGNORECASE)
_MET: Final = re.compile(
    _VERBS +
    # "after their meeting in June", "during an encounter between ..."
    r"|\b(?:at|during|after|since|following|from|in) (?:[\w'’-]+ ){0,5}?(?:meeting|summit|encounter|talks|round)\b|"
    r"\b(?:meeting|summit|talks|round)\b[^.;]{0,60}?\b(?:was|were)\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:\w{2,}ed|met|held|began|broke|took|left|withdrew|fell|cut|struck|hit|shot|sent|made|gave|put|lost|won|"
    r"quit|went|came|drew|paid|sold|bought|built|froze|tore|let|set|shut|sank|flew|fought|freed|told|said)\b",
    re.IGNORECASE,
)


def code_of(actor: Actor) -> str | None:
    """The code that counts for a party."""
    return actor.state or actor.code


def told_after(holdings: Holdings, evidence: Evidence, day: date) -> bool:
    """Whether a passage stands in a report of a day or later, or of one that is not known."""
    report = holdings.reports.get(evidence.source)
    last = (report.published.end or report.published.start) if report is not None else None
    return last is None or last >= day


def told_well(holdings: Holdings, event: Event, parties: Parties) -> Told | None:
    """The telling by which an event of parties is told well enough to decide, and its passage; None where none is.

    Each telling counts by its own parties, date and words: the entry that merges them may have more.
    """
    start, end = event.date.start, event.date.end
    if start is None or end is None or end - start > SHARPEST:
        return None
    if event.reports < _TWO and event.date.basis.startswith(_GUESSED):
        return None  # it may lie long before its report
    best: list[tuple[bool, bool, int, Told]] = []
    found: dict[str, Told] = {}
    for telling in holdings.tellings.get(event.id) or (event,):
        if not _of(telling, event, parties):
            continue
        for passage in telling.evidence:
            if told_after(holdings, passage, start) and tells(event.type, passage.exact):
                clear = _CLEAR.search(passage.exact) is not None
                dated = telling.date.start is not None and not telling.date.basis.startswith(_GUESSED)
                if dated and all(names(passage.exact, code, telling) for code in parties):
                    known = telling.date.basis.startswith(_KNOWN)
                    best.append((not clear, not known, len(passage.exact), (telling, passage)))
                if not clear or passage != telling.evidence[0]:
                    continue  # further passages of one report may be of other meetings
                if not any(names(passage.exact, code, telling) for code in parties):
                    continue
                report = holdings.reports.get(passage.source)
                found.setdefault((report.copy_of if report is not None else None) or passage.source, (telling, passage))
    if best:
        return min(best, key=lambda one: one[:3])[3]
    return next(iter(found.values())) if len(found) >= _TWO else None


def _of(telling: Event, event: Event, parties: Parties) -> bool:
    """Whether a telling is itself of an event's parties and days, and tells that it happened."""
    if telling.modality != "happened" or telling.type != event.type:
        return False
    codes = {code_of(actor) for actor in (*telling.actors, *telling.recipients)}
    if not codes.issuperset(parties):
        return False
    first, last = telling.date.start or telling.date.end, telling.date.end or telling.date.start
    if first is None or last is None or event.date.start is None or event.date.end is None:
        return True
    return first <= event.date.end and event.date.start <= last


def tells(type_: str, words: str) -> bool:
    """Whether words tell an act of a PLOVER type as done."""
    if type_ == "AGREE":
        return is_concluded(words) and _AHEAD.search(words) is None
    return _AHEAD.search(words) is None and (_MET if type_ == "CONSULT" else _PAST).search(words) is not None


def names(words: str, code: str, telling: Event) -> bool:
    """Whether words name a party: by a name, a people or a capital of it, or somebody of it who takes part."""
    pattern = _pattern(code)
    if pattern is not None and pattern.search(words):
        return True
    own = (actor for actor in (*telling.actors, *telling.recipients) if code_of(actor) == code)
    return any(_named(actor, words) for actor in own)


def _named(actor: Actor, words: str) -> bool:
    if actor.name in words:
        return True
    if actor.kind != "person" or actor.anonymous:
        return False
    parts = [part for part in re.findall(r"[^\W\d_]+", actor.name) if len(part) >= _LEAST and part not in _TITLES]
    # The family name stands first or last.
    return any(re.search(rf"\b{part}\b", words) for part in (*parts[:1], *parts[-1:]) if part[0].isupper())


@cache
def names_of(code: str) -> str:
    """All words by which a party is named, in one line; empty where the world's list has none."""
    return " ".join(_known().get(code, ()))


@cache
def _known() -> dict[str, tuple[str, ...]]:
    return {one.code: (one.name, *one.names, *one.demonyms, *one.metonyms) for one in reversed(load_world())}


@cache
def _pattern(code: str) -> re.Pattern[str] | None:
    known = _known().get(code)
    if not known:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(known, key=len, reverse=True))})(?!\w)")
