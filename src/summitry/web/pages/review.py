"""Review: one row at a time, the most doubtful first, with its words; accepted, rejected, edited, taken back.

Everything is a plain form. What a form was drawn on comes back with it (``seen``, the last decision then in force), so
that nothing is decided twice, nor over somebody else's decision unseen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast, get_args
from urllib.parse import urlencode

from summitry.errors import UsageError
from summitry.record import Explanation, Record
from summitry.record.auditing import Doubtful
from summitry.record.desk import reviewer_now
from summitry.report.facts import fields_of
from summitry.report.rows import to_dict
from summitry.report.sureness import meaning_of
from summitry.review import KINDS, Agreement, Doubt, Kind, Review, plain_of
from summitry.review.fields import EVIDENCE, FIELDS, Field, allowed_words
from summitry.vocabulary import Row
from summitry.web.doubts import REASONS, agreement_of, concerns, decided_ids, last_of, queue_of
from summitry.web.gist import Gist, gist_of
from summitry.web.page import Json, Page
from summitry.web.pages.row import told_of
from summitry.web.question import Question
from summitry.web.view import View

LATEST: Final = 8
"""Decisions listed, each to be taken back."""

AHEAD: Final = 5
"""Rows listed that come next."""

_VALUE: Final = "f_"
_WAS: Final = "was_"
_KEPT: Final = ("kind", "reason", "party")
"""Filters of the queue, which go from row to row."""

_LONG: Final = frozenset({"words", "summary", "text", "claim", "note", "give", "get", "condition", EVIDENCE})

_SAID: Final = {
    "gone": "The row you decided about is no more: its report was read again, or its event was merged. Nothing was "
    "written. The queue goes on with the next row.",
    "meanwhile": "Somebody decided about this row after you opened it; see below. Nothing of yours was written yet: "
    "decide again if you still think so.",
    "twice": "That was sent twice; it counts once.",
    "undone": "Taken back. The row is as it was before.",
    "undone before": "That decision had been taken back before; nothing was changed.",
    "same": "Nothing was changed in the form, so nothing was written. Change a field, or accept the row as it is.",
    "off": "Some fields cannot be so; what is wrong stands beside each. Nothing was written yet.",
}
"""What the page says after a form, by the word in its address: an address can make it say nothing else."""


class Again(UsageError):
    """A form that cannot be carried out as it is: ``asked`` is the question whose page shows it again, filled in."""

    def __init__(self, asked: Mapping[str, str | None]) -> None:
        super().__init__(_SAID.get(asked.get("said") or "", "look at the form again"))
        self.asked = {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Input:
    """A field of the row in the form: its name, value as text, what it may hold, what is wrong with it."""

    name: str
    value: str
    was: str
    field: Field
    allowed: str
    long: bool
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Current:
    """The row to decide about. ``place`` counts from 1 in the queue; None outside of it."""

    kind: Kind
    row: Row
    told: Explanation
    doubt: Doubt | None
    gist: Gist
    facts: Sequence[tuple[str, str]]
    meaning: str
    inputs: Sequence[Input]
    seen: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the latest: ``row`` is the id to go to, ``gone`` that it has been taken back."""

    review: Review
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """The review page. ``left`` are the rows of the queue that pass the filters, ``whole`` all of it."""

    current: Current | None
    before: str | None
    after: str | None
    left: int
    whole: int
    upcoming: Sequence[tuple[Doubtful, Gist]]
    kinds: Mapping[str, int]
    reasons: Sequence[str]
    reviewer: str
    counts: Mapping[str, int]
    own: int
    latest: Sequence[Decided]
    agreement: Sequence[Agreement]
    said: str | None
    note: str
    editing: bool
    missing: str | None
    parties: Sequence[tuple[str, str, int]]
    kept: Mapping[str, str]

    def json(self) -> Json:
        """See :class:`Page`: the row at hand, how many are left, what was decided."""
        now = self.current
        return {
            "left": self.left,
            "queue": self.whole,
            "row": to_dict(now.row) if now else None,
            "kind": now.kind if now else None,
            "doubt": {"weight": now.doubt.weight, "reasons": list(now.doubt.reasons)} if now and now.doubt else None,
            "decided": dict(self.counts),
            "latest": [
                {"id": one.review.id, "action": one.review.action, "by": one.review.by, "row": one.row}
                for one in self.latest
            ],
        }


def build(view: View, question: Question) -> ReviewPage:
    """The page: the row ``id``, or the first of the queue from the row ``at`` on, that passes the filters.

    Raises:
        UsageError: a filter that is off.
    """
    reviews = view.record.review.in_force()
    done = decided_ids(reviews)
    queue = queue_of(view)
    kept = _filters(question)
    places = _places(view, kept)
    over = sorted(queue.places[one] for one in done if one in queue.places)
    left = len(places) - sum(1 for place in over if _holds(places, place))
    current, missing = None, None
    if wanted := question.get("id"):
        try:
            current = _current(view, wanted, question, reviews)
        except UsageError as error:
            missing = str(error)
    start = queue.places.get(current.row.id if current else question.get("at"), 0)
    ahead = _open(places, bisect_left(places, start), 1, over)
    if current is None and not ahead:
        # Behind the last one the queue begins anew: what was skipped is still to do.
        start, ahead = 0, _open(places, 0, 1, over)
    if current is None and ahead:
        current = _current(view, queue.rows[ahead[0]].row.id, question, reviews)
    inside = current is not None and ahead[:1] == [queue.places.get(current.row.id)]
    if current is not None and inside:
        current = replace(current, place=ahead[0] + 1, doubt=queue.rows[ahead[0]].doubt)
    behind = _open(places, bisect_left(places, ahead[0] if ahead else start) - 1, -1, over)
    following = [queue.rows[place] for place in ahead[inside:]][:AHEAD]
    return ReviewPage(
        title="Review",
        current=current,
        before=queue.rows[behind[0]].row.id if behind else None,
        after=following[0].row.id if following else None,
        left=left,
        whole=len(queue.rows) - len(over),
        upcoming=[(one, gist_of(one.row)) for one in following],
        kinds=view.once("queue by kind", lambda: Counter(one.kind for one in queue.rows)),
        reasons=REASONS,
        reviewer=_somebody(),
        counts=Counter(one.action for one in reviews),
        own=len(reviews),
        latest=[Decided(one, one.rows[0].row if one.rows else "") for one in reviews[: -LATEST - 1 : -1]],
        agreement=agreement_of(view) if reviews else (),
        said=_SAID.get(question.get("said")),
        note=question.get("note"),
        editing=question.get("edit") == "1",
        missing=missing,
        parties=view.parties(),
        kept=kept,
    )


def _somebody() -> str:
    try:
        return reviewer_now()
    except UsageError:
        return ""


def _filters(question: Question) -> dict[str, str]:
    kept = {name: question.get(name) for name in ("kind", "reason") if question.get(name)}
    if question.filters.party:
        kept["party"] = question.filters.party
    allowed: dict[str, Sequence[str]] = {"kind": KINDS, "reason": REASONS}
    for name, values in allowed.items():
        if name in kept and kept[name] not in values:
            raise UsageError(f"{name} is {kept[name]!r}; allowed: {', '.join(values)}")
    return kept


def _passes(one: Doubtful, kept: Mapping[str, str]) -> bool:
    return (
        (not kept.get("kind") or one.kind == kept["kind"])
        and (not kept.get("reason") or kept["reason"] in one.doubt.reasons)
        and (not kept.get("party") or concerns(one.row, kept["party"]))
    )


def _places(view: View, kept: Mapping[str, str]) -> Sequence[int]:
    """The places in the queue of the rows that pass the filters, in order; found once for each choice of them."""
    rows = queue_of(view).rows
    if not kept:
        return range(len(rows))
    key = ("review places", *(kept.get(name, "") for name in _KEPT))
    return view.standing.lately(key, lambda: [at for at, one in enumerate(rows) if _passes(one, kept)])


def _holds(places: Sequence[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def _open(places: Sequence[int], at: int, step: int, over: Sequence[int]) -> list[int]:
    """The next few places from ``at`` on, in steps of 1 or -1, that nobody has decided about."""
    found: list[int] = []
    while 0 <= at < len(places) and len(found) <= AHEAD:
        if not _holds(over, places[at]):
            found.append(places[at])
        at += step
    return found


def _current(view: View, row_id: str, question: Question, reviews: Sequence[Review]) -> Current:
    told = told_of(view, row_id)
    row = told.row
    if not isinstance(row, Row) or told.kind not in get_args(Kind):
        raise UsageError(f"{row_id} is a {told.kind}, which is not reviewed; review the rows that it rests on")
    kind = cast(Kind, told.kind)
    last = last_of(reviews, row.id)
    facts = [(name, value) for name, value in fields_of(told) if name and name not in ("coder", "which means")]
    return Current(
        kind=kind,
        row=row,
        told=told,
        doubt=None,
        gist=gist_of(row),
        facts=facts,
        meaning=meaning_of(row),
        inputs=_inputs(view.record, kind, row, question),
        seen=last.id if last else "",
        place=None,
    )


def _inputs(record: Record, kind: Kind, row: Row, question: Question) -> list[Input]:
    """The fields of the form; with what was typed, and what is wrong with it, where it came back."""
    typed = {name[len(_VALUE) :]: value for name, value in question.more if name.startswith(_VALUE)}
    emptied = [name for name in question.get("emptied").split(",") if name]
    typed |= dict.fromkeys(emptied, "")
    wrong = record.review.check(row.id, typed) if typed else {}
    values = plain_of(kind, row)
    found = []
    for name, field in FIELDS[kind].items():
        was = _as_text(values[name])
        found.append(
            Input(name, typed.get(name, was), was, field, allowed_words(field), name in _LONG, wrong.get(name))
        )
    exact = row.evidence[0].exact
    passage = Field("passage", True)
    told = typed.get(EVIDENCE, exact)
    found.append(Input(EVIDENCE, told, exact, passage, allowed_words(passage), True, wrong.get(EVIDENCE)))
    return found


def _as_text(value: Any) -> str:  # noqa: ANN401 - JSON
    """A value of a field as a reviewer would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case {"name": name, "code": code}:
            return f"{name} ({code})" if code else name
        case {"start": start, "end": end, "precision": precision}:
            if start is None and end is None:
                return "unknown"
            if precision == "day" and start == end:
                return str(start)
            if precision in ("month", "year") and start:
                return str(start)[: 7 if precision == "month" else 4]
            return f"{start or '..'}/{end or '..'}"
        case list():
            return "; ".join(_as_text(one) for one in value)
        case _:
            return str(value)


def decide(record: Record, form: Mapping[str, str], reviewer: str | None) -> str:
    """Carry out what a form of the review page says; the address to go on to.

    ``action`` is accept, reject, edit or undo; ``id`` the row (for an undo, the ``review``); ``seen`` the last decision
    that was in force when the form was drawn; ``next`` the row to go on with.

    Raises:
        Again: the form has to be seen again before anything is written.
        UsageError: the form is off; nothing is written.
    """
    action = form.get("action", "")
    kept = {name: form[name] for name in _KEPT if form.get(name)}
    if action == "undo":
        return _undo(record, form, kept, reviewer)
    if action not in ("accept", "reject", "edit"):
        raise UsageError(f"action is {action!r}; allowed: accept, reject, edit, undo")
    row_id, note = form.get("id", "").strip(), form.get("note", "").strip()
    if not row_id:
        raise UsageError("no row is named; open the review page again")
    who = reviewer_now(reviewer)
    onwards = {**kept, "at": form.get("next") or None}
    changed = _changed(form) if action == "edit" else {}
    last = last_of(record.review.in_force(), row_id)
    if (last.id if last else "") != form.get("seen", ""):
        if last and last.by == who and last.action == action and (action != "edit" or last.note == (note or None)):
            return _to({**onwards, "said": "twice"})
        raise Again({**kept, "id": row_id, "said": "meanwhile", "note": note, **_sent_back(changed)})
    if action == "edit" and not changed:
        raise Again({**kept, "id": row_id, "said": "same", "note": note, "edit": "1"})
    try:
        if action == "accept":
            record.review.accept(row_id, by=who, note=note or None)
        elif action == "reject":
            record.review.reject(row_id, by=who, note=note or None)
        else:
            if record.review.check(row_id, changed):
                raise Again({**kept, "id": row_id, "said": "off", "note": note, **_sent_back(changed)})
            record.review.edit(row_id, changed, by=who, note=note or None)
    except Again:
        raise
    except UsageError:
        if _stands(record, row_id):
            raise
        return _to({**onwards, "said": "gone"})
    return _to(onwards)


def _undo(record: Record, form: Mapping[str, str], kept: Mapping[str, str], reviewer: str | None) -> str:
    wanted = form.get("review", "").strip() or None
    if wanted and not any(one.id == wanted for one in record.review.in_force()):
        return _to({**kept, "id": form.get("id"), "said": "undone before"})
    before = {one.id: one for one in record.review.in_force()}
    done = record.review.undo(wanted, by=reviewer_now(reviewer))
    back = before.get(done.undoes or "")
    row = back.rows[0].row if back and back.rows and back.kind != "person" else form.get("id")
    return _to({**kept, "id": row, "said": "undone"})


def _changed(form: Mapping[str, str]) -> dict[str, str]:
    """The fields that differ from what the form was drawn with; line breaks and blanks aside, which forms change."""
    found = {}
    for name, value in form.items():
        if name.startswith(_VALUE) and value.split() != form.get(_WAS + name[len(_VALUE) :], "").split():
            found[name[len(_VALUE) :]] = value.replace("\r\n", "\n").strip()
    return found


def _sent_back(changed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, as a question says it. Emptied fields are named: a question drops empty values."""
    told = {_VALUE + name: value for name, value in changed.items() if value}
    emptied = ",".join(name for name, value in changed.items() if not value)
    return {**told, "emptied": emptied, "edit": "1"} if changed else {}


def _stands(record: Record, row_id: str) -> bool:
    try:
        record.explain(row_id)
    except UsageError:
        return False
    return True


def _to(asked: Mapping[str, str | None]) -> str:
    told = {name: value for name, value in asked.items() if value}
    return "/review" + (f"?{urlencode(told)}" if told else "")
