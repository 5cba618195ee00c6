"""By which criteria a month of talks gets its state: the table of docs/status.md, and how events meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from summitry.ledger import state_cues as cues
from summitry.ledger.sides import side, sides

if TYPE_CHECKING:
    from summitry.casebook import InstrumentEntry
    from summitry.ledger.rows import ProcessState
    from summitry.vocabulary import DateInterval, Event, Evidence

SILENCE: Final = timedelta(days=60)
"""Without contact for so long, talks are stalled: two rows of a monthly table."""

AHEAD: Final = timedelta(days=60)
"""An announced meeting keeps talks active when it lies at most this far ahead of the report that announces it."""

WIDEST: Final = timedelta(days=31)
"""An event whose date is wider belongs to no month."""

SHARP: Final = timedelta(days=7)
"""An event whose date is wider sets a state only in a month that has no event of a narrower date."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What sets a state. Of two on one day the higher ``rank`` decides: what came of a meeting, not that it was."""

    name: str
    state: ProcessState
    rank: int
    text: str


MET: Final = Criterion("met", "active", 1, "the parties met, talked by phone or exchanged letters")
AGREED_TO_TALK: Final = Criterion("agreed to talk", "active", 3, "the parties agreed to meet, resume or go on talking")
ANNOUNCED: Final = Criterion("meeting announced", "active", 0, "a meeting within the next 60 days was announced")
NO_DEAL: Final = Criterion("no agreement", "stalled", 2, "a meeting ended without agreement or progress")
NOT_MET: Final = Criterion("talks not held", "stalled", 1, "the parties were reported not to be meeting")
SILENT: Final = Criterion("no contact", "stalled", 0, "no contact was reported for 60 days")
BROKEN_OFF: Final = Criterion("broken off", "suspended", 4, "a party broke off, suspended or called off talks")
REFUSED: Final = Criterion(
    "refused to talk", "suspended", 4, "a party refused to talk, at all or until a condition is met"
)
LEFT: Final = Criterion("left the agreement", "collapsed", 5, "a party withdrew from an agreement between them")
ENDED: Final = Criterion("talks ended", "collapsed", 5, "a party ended the talks or declared them over")
DEAL: Final = Criterion("deal", "agreement", 5, "the parties signed or reached an agreement")

GREATEST: Final = 5
"""The rank of what outweighs all else in its month, even where it is dated to the month only."""

CRITERIA: Final = (DEAL, AGREED_TO_TALK, MET, ANNOUNCED, NO_DEAL, NOT_MET, SILENT, BROKEN_OFF, REFUSED, LEFT, ENDED)
"""All criteria, by state."""

# A date that is only the day on which somebody spoke of it, or the day of the report, dates no meeting.
_SPOKEN: Final = ("said", "day of the news", "reported", "unknown")
# A passage of fewer characters tells an act and not whose.
_SHORTEST: Final = 40
# Below this a row of one report is more often wrong than right (quality.md, events).
_SURE: Final = 0.45
# A contact that one report tells of in passing is wrong more often than a failure or a refusal.
_SURE_CONTACT: Final = 0.55


def day_told(event: Event) -> date | None:
    """The day of an event whose date is narrow enough for a month; else None."""
    start, end = event.date.start, event.date.end
    if start is None or end is None or end - start > WIDEST:
        return None
    # What came of some days of talks is known on the last of them; so is what is told of a month.
    return end


def is_sharp(event: Event) -> bool:
    """Whether an event is dated to a week, or counts from the day of its report."""
    start, end = event.date.start, event.date.end
    return start is None or end is None or end - start <= SHARP


def criterion_of(event: Event, instruments: Iterable[InstrumentEntry] = ()) -> Criterion | None:
    """The criterion that an event between the parties meets, or None. Modality first: what did not happen sets nothing,
    but for a meeting planned and an agreement or meeting that is said not to have been."""
    words = event.evidence[0].exact
    if event.confidence < _SURE and event.reports == 1:
        return None
    if event.modality == "planned":
        return ANNOUNCED if event.type == "CONSULT" and _announced(event) else None
    if event.modality == "negated":
        return {"AGREE": NO_DEAL, "CONSULT": NOT_MET}.get(event.type) if own_day(event) else None
    if event.modality != "happened":
        return None
    return _happened(event, words, instruments)


def telling(event: Event, criterion: Criterion) -> Evidence:
    """The passage of an event that tells how a criterion is met; the first where none tells it better."""
    tests: tuple[Callable[[str], object], ...] = ()
    if criterion is NO_DEAL:
        tests = (cues.FAILED_PLAINLY.search, cues.FAILED.search)
    elif criterion is DEAL:
        tests = (is_concluded,)
    for test in tests:
        fitting = [each for each in event.evidence if test(each.exact)]
        if fitting:
            # The one that tells it and little else.
            return min(fitting, key=lambda each: (len(each.exact) < _SHORTEST, len(each.exact)))
    return event.evidence[0]


def _happened(event: Event, words: str, instruments: Iterable[InstrumentEntry]) -> Criterion | None:
    if event.type == "CONSULT":
        if not own_day(event) or not any(cues.CONTACT.search(each.exact) for each in event.evidence):
            return None
        if event.confidence < _SURE_CONTACT and event.reports == 1:
            return None
        return NO_DEAL if event.meeting is not None and event.meeting.outcome == "no agreement" else MET
    if event.type == "AGREE":
        return _agreed(event, words, instruments)
    if event.type == "SANCTION":
        return _sanctioned(event, words)
    if event.type == "REJECT" and not cues.IF.search(words) and not cues.SUPPOSED.search(words):
        if cues.OVER.search(words):
            return ENDED
        if cues.OFF.search(words):
            return BROKEN_OFF
        return REFUSED if cues.REFUSE.search(words) else None
    return None


def _agreed(event: Event, words: str, instruments: Iterable[InstrumentEntry]) -> Criterion | None:
    if cues.TO_TALK.search(words):
        return AGREED_TO_TALK if _jointly(event) else None
    if not own_day(event):
        return None
    named = any(cues.AGREEING.search(each.exact) for each in event.evidence)
    if named and any(each.date == event.date.start for each in instruments):
        return DEAL
    told = [each.exact for each in event.evidence if is_concluded(each.exact)]
    years = {int(year) for each in told for year in cues.YEAR.findall(each)}
    if not told or not _jointly(event):
        return None
    return DEAL if not years or event.date.start is None or event.date.start.year in years else None


def is_concluded(words: str) -> bool:
    """Whether words tell of a deal done."""
    return bool(cues.CONCLUDED.search(words)) and not cues.UNDONE.search(words)


def _sanctioned(event: Event, words: str) -> Criterion | None:
    if cues.IF.search(words) or cues.SUPPOSED.search(words):
        return None
    if cues.LEAVE.search(words):
        return LEFT if own_day(event) or _declared(event) else None
    if cues.OVER.search(words):
        return ENDED
    if cues.OFF.search(words) or (event.mode in ("withdraw", "discontinue") and cues.RELATIONS.search(words)):
        return BROKEN_OFF
    return None


def _declared(event: Event) -> bool:
    """Whether an act of unknown date is told in the words of who does it: then it counts from their report."""
    by = event.attributed_to
    undated = event.date.start is None and event.date.end is None
    return undated and by is not None and side(by) in sides(event.actors)


def _jointly(event: Event) -> bool:
    """Whether both sides do it: an offer or a wish of one side is no agreement."""
    return len(event.actors) > 1 or (bool(event.recipients) and "agree" in event.evidence[0].exact.lower())


def _announced(event: Event) -> bool:
    return event.date.start is not None and not event.date.basis.startswith(_SPOKEN)


def own_day(event: Event) -> bool:
    """Whether the date is that of the happening itself: stated or known, or told by the reporter as the day's news."""
    if not _weakly_dated(event.date):
        return True
    news = event.attributed_to is None and event.date.basis.startswith("day of the news")
    # Several reports do not look back to the same day by chance.
    return news and (event.reports > 1 or not cues.LOOKING_BACK.search(event.evidence[0].exact))


def _weakly_dated(when: DateInterval) -> bool:
    return when.start is None or when.basis.startswith(_SPOKEN)
