"""By which acts a commitment counts as kept or broken: published rules over the events of a record.

The scale is that of the Peace Accords Matrix (Joshi, Quinn and Regan 2015): 0 not begun, 1 minimal, 2 intermediate,
3 full. What raises or lowers a status is an event that reports tell, dated, after the day the commitment was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from summitry.ledger.acts import TALKING, Act, Acts
from summitry.ledger.obligations import Obligation, standing
from summitry.ledger.wording import party_of, words_of
from summitry.vocabulary import Event, Evidence

Effect = Literal["done", "act", "broken", "left", "refused"]

CONTINUED: Final = 3
"""Days with acts that keep a commitment from which it counts as carried on: two may be one visit told twice."""
STATUS_RULES: Final[tuple[tuple[str, str], ...]] = (
    ("none", 'no event bears on it: there is no public evidence, which is not "not done"'),
    ("0", "a dated event says that a party bound refused or failed to do it, or broke it before it had gone far"),
    ("1", "a first act that keeps it; or it was further, and was broken or the instrument was left"),
    ("2", f"acts that keep it on {CONTINUED} days or more"),
    ("3", "an event says that it was completed; or it asks for one act (resume, meet, sign), and that was done"),
)
"""Status and what gives it, as docs/commitments.md has them."""


@dataclass(frozen=True, slots=True)
class TypeRule:
    """The PLOVER types that keep and break an obligation which no article of a case tells of, by its words."""

    words: str
    kept: tuple[str, ...]
    broken: tuple[str, ...] = ()


TYPE_RULES: Final[tuple[TypeRule, ...]] = (
    TypeRule("talks meet visit consult", ("CONSULT",)),
    TypeRule("sign ratify recognize join rejoin conclude", ("AGREE", "COOPERATE", "SUPPORT")),
    TypeRule("provide aid supply pay deliver send guarantee build", ("AID", "COOPERATE")),
    TypeRule("lift", ("RETREAT", "CONCEDE", "COOPERATE"), ("SANCTION",)),
    TypeRule(
        "freeze end dismantle disarm abandon reduce limit refrain test",
        ("RETREAT", "CONCEDE", "COOPERATE"),
        ("MOBILIZE", "ASSAULT"),
    ),
    TypeRule("", ("RETREAT", "CONCEDE", "COOPERATE", "AID")),
)
"""The first rule with one of its words among the first two of an obligation holds; the last is for all others."""


def _keys(words: str) -> frozenset[str]:
    return frozenset(key for word in words.split() for key in words_of(word).keys)


_RULED: Final = tuple((_keys(rule.words), rule) for rule in TYPE_RULES)
_ONCE: Final = _keys("resume sign ratify join rejoin host visit open begin start hold meet")
"""First keys of obligations that one act fulfils."""
_VISITS: Final = _keys("visit")
_LIGHT: Final = _keys("hold begin start open conduct host attend")
"""First keys that any meeting fulfils: "hold talks"."""
_COMPLETED: Final = re.compile(
    r"\b(?:complet(?:ed|es|ing)|finish(?:ed|es)|finali[sz]ed|fully\s+\w+(?:ed|n)|has been \w+ed in full|"
    r"concluded the (?:transfer|withdrawal|return|release|removal))\b",
    re.IGNORECASE,
)
_PROMISING: Final = re.compile(
    r"(?<!as )\b(?:pledg|promis|vow|agree[ds]?\b|agreeing|commit(?!tee|tal)|offer|propos|willing|ready to|plans? to|"
    r"planning|intend|hop(?:e|es|ed|ing) (?:to|for|that)|would|will|could|may|might|if|set to|about to|expected to|"
    r"(?:deal|agreement|accord|pact|treaty)\s+(?:\w+\s+){0,2}(?:limit|requir|restrict|curb|oblig|bar(?:s|red)\b|ban))",
    re.IGNORECASE,
)
"""Words by which an act is only held out, again or for later, or told as what is owed: no evidence that it was done."""
_EASED: Final = re.compile(r"\b(?:waive|lift|eas(?:e|ed|ing)\b|relief|unfreez|unfroz|exempt)", re.IGNORECASE)
"""Words of easing: what is told with them is no breach, whatever its type."""
_TOOK_PLACE: Final = re.compile(
    r"\b(?:met|held|resumed|restarted|reopened|opened|began|begun|started|sat down|wrapped up|concluded|ended|"
    r"took place|hosted|welcomed|visited|attended|convened|spoke|talked|negotiated|discussed|shook hands|gathered)\b",
    re.IGNORECASE,
)
"""Words by which a meeting took place; "the talks" alone are talks that may come or have failed."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that bears on a commitment: how, on which day, by which of its passages."""

    effect: Effect
    event: Event
    day: date
    passage: Evidence


_FIRST: Final = 2
"""Keys of a commitment, from its first, that an event must have: its deed and its object."""


def deeds(one: Obligation, acts: Acts) -> tuple[Deed, ...]:
    """The events that keep or break an obligation, by day; none told by the very words that tell of it."""
    own: dict[str, list[tuple[int, int]]] = {}
    for row in one.rows:
        for passage in row.evidence:
            own.setdefault(passage.source, []).append((passage.start, passage.end))
    found = _by_article(one, acts) if one.article is not None else _by_words(one, acts)
    left = _by_leaving(one, acts)
    kept: dict[str, Deed] = {}
    # Of several passages of one event the one that says most.
    for effect, act in sorted((*left, *found), key=lambda pair: _STRONGEST.index(pair[0])):
        if act.day > one.day and not _overlaps(act.event, own):
            kept.setdefault(act.event.id, Deed(effect, act.event, act.day, act.passage))
    return tuple(sorted(kept.values(), key=lambda deed: (deed.day, deed.event.id)))


_STRONGEST: Final[tuple[Effect, ...]] = ("done", "left", "broken", "act", "refused")


def _overlaps(event: Event, own: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Whether an event stands in the words of the commitment: it is the agreeing itself, or was told with it."""
    return any(
        passage.start < end and start < passage.end
        for passage in event.evidence
        for start, end in own.get(passage.source, ())
    )


def _by_article(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    article = one.article
    assert article is not None
    for act in acts.of(one.codes, {*article.kept, *article.broken, "REJECT"}):
        if act.day <= one.day or not any(standing(one.phrases, act.lowered)):
            continue
        type_ = act.event.type
        if act.event.modality == "negated":
            if type_ in article.kept and _does(one, act):
                yield "refused", act
        elif type_ in article.broken and act.doers & one.codes and not _EASED.search(act.lowered):
            yield "broken", act
        elif type_ in article.kept and _does(one, act) and not _PROMISING.search(act.lowered):
            yield ("done" if _COMPLETED.search(act.lowered) else "act"), act
        elif type_ == "REJECT" and act.doers & one.codes:
            yield "refused", act


def _by_words(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    keys = one.words.keys[:_FIRST]
    if not keys:
        return
    rule = next(rule for words, rule in _RULED if words & set(keys) or not words)
    talking = rule is TYPE_RULES[0]
    for act in acts.between(one.codes | _others(one)) if talking else acts.about(one.codes, keys):
        if act.day <= one.day or (len(keys) == 1 and not _with_other(one, act)):
            continue  # one word says too little by itself
        mine = act.keys
        met = _met(one, act, mine) if talking else _same_deed(keys, mine)
        if met is None:
            continue
        type_ = act.event.type
        if act.event.modality == "negated":
            if type_ in rule.kept and _does(one, act):
                yield "refused", act
        elif type_ in rule.kept and _does(one, act) and not _PROMISING.search(act.lowered):
            yield ("done" if _COMPLETED.search(act.lowered) else met), act
        elif type_ in rule.broken and act.doers & one.codes and not _EASED.search(act.lowered):
            yield "broken", act
        elif type_ == "REJECT" and act.doers & one.codes and act.parties >= one.codes | _others(one):
            yield "refused", act


def _same_deed(keys: Sequence[str], mine: frozenset[str]) -> Effect | None:
    """Whether an event has the words of an obligation: its deed and its object."""
    if not mine >= set(keys):
        return None
    return "done" if keys[0] in _ONCE else "act"


def _met(one: Obligation, act: Act, mine: frozenset[str]) -> Effect | None:
    """Whether a meeting is the one that was agreed: told with a word of its matter, or soon."""
    first, rest = one.words.keys[0], set(one.words.keys[1:]) - TALKING
    if not mine & (TALKING - _VISITS if first not in _VISITS else TALKING):
        return None
    soon = act.day - one.day <= (_SOON if rest else _LATER)
    if not (soon or mine & rest) or not _TOOK_PLACE.search(act.lowered):
        return None
    if first in TALKING | mine | _LIGHT:
        return "done" if first in _ONCE else "act"
    # That talks took place is not yet that they were taken up again.
    return "act" if first in _ONCE else None


_SOON: Final = timedelta(days=30)
"""Within so many days a meeting of just the parties is the one agreed, even where it is told without its matter."""
_LATER: Final = timedelta(days=180)
"""The same where the commitment itself names no matter: "agreed to resume talks"."""


def _does(one: Obligation, act: Act) -> bool:
    """Whether it is the deed of a party bound; of meeting, all who are to meet take part."""
    if act.event.type in ("CONSULT", "AGREE"):
        others = _others(one)
        return bool(others or len(one.codes) > 1) and act.parties == one.codes | others
    return bool(act.doers & one.codes)


def _others(one: Obligation) -> frozenset[str]:
    return frozenset(code for row in one.rows[:1] if (code := party_of(row.beneficiary)) is not None)


def _with_other(one: Obligation, act: Act) -> bool:
    """Whether an act is one between whoever is bound and whom it is owed to."""
    return bool(_others(one)) and act.parties >= one.codes | _others(one)


def _by_leaving(one: Obligation, acts: Acts) -> Iterator[tuple[Effect, Act]]:
    """A party left the instrument altogether."""
    if one.instrument is None:
        return
    for act, what in acts.leaving(one.codes):
        if any(standing(one.instrument.names, what)):
            yield "left", act


def statuses(found: Sequence[Deed]) -> Iterator[tuple[int, date, tuple[Deed, ...]]]:
    """The changes of status that deeds make, by day, each with the deeds that make it; from no evidence (None)."""
    status: int | None = None
    acts: dict[date, Deed] = {}
    for deed in found:
        before = status
        why: tuple[Deed, ...] = (deed,)
        match deed.effect:
            case "done":
                status = 3
            case "act":
                acts.setdefault(deed.day, deed)
                if len(acts) >= CONTINUED:
                    status, why = max(status or 0, 2), tuple(acts.values())
                else:
                    status = max(status or 0, 1)
            case "broken" | "left":
                status, acts = (1 if before is not None and before > 1 else 0), {}
            case "refused":
                status = 0 if before is None else before
        if status is not None and status != before:
            yield status, deed.day, why
