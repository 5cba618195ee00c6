"""Tools on what reports tell: statements, events, sentences, one row in full, and what the record holds at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from summitry.assistant import rows
from summitry.assistant.asked import (
    AsOf,
    Issue,
    Limit,
    OfType,
    Party,
    RowId,
    Since,
    Skip,
    Sought,
    Speaker,
    Until,
    Words,
)
from summitry.assistant.held import NOTHING, Held, Question, blank, part, party_name
from summitry.assistant.quoting import QUOTES, line, outlet, plain_json, published, seen
from summitry.assistant.results import (
    About,
    CaseResult,
    Context,
    EvidenceAnswer,
    IssueResult,
    Parties,
    PartyResult,
    RelatedResult,
    ReviewResult,
    Sentences,
    Statements,
    TellingResult,
    Timeline,
)
from summitry.ledger import Deadlock
from summitry.record import Explanation, MeetingRow, Passage, SourceRow
from summitry.record.rows import last_day
from summitry.report.deadlocks import deadlock_json
from summitry.report.rows import to_dict
from summitry.report.sureness import measured_json
from summitry.report.words import edtf, full_name, is_rough
from summitry.vocabulary import Event, Row, Statement

SEARCHED: Final = 300
"""Sentences looked through for a search: behind these, the match of the words is poor."""

FULL_QUOTE: Final = 4_000
"""Characters of a passage of one row in full: the longest statements of officials stay under it."""

AROUND: Final = 600
"""Characters before and after it: two or three sentences."""

CONTEXTS: Final = 12
TELLINGS: Final = 20
OUTLETS: Final = 20
"""What one answer lists of them: beyond these nobody reads them one by one."""

LIMITS: Final = (
    "A machine read the reports; rows have a confidence and may be wrong. Only English news reports that somebody "
    "chose are in it: what no report tells, secret talks above all, is not there. A report's word is not proof. Days "
    "that are inferred are said to be inferred."
)


class Told:
    """Tools on what reports tell. Every answer has its passages."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def about(self, as_of: AsOf = None) -> About:
        """What the record holds: how many reports of which outlets and days, which negotiations with which issues.

        Ask this first: it says what the record can answer at all. It cannot know which reports are missing.
        """
        with self._held.asked(as_of) as question:
            record = question.record
            sources = record.sources(as_of=question.as_of)
            read = [one for one in sources if one.status == "read"]
            days = [one.published for one in read if not is_rough(one.published)]
            cited = record.citations(one.id for one in read)
            return About(
                as_of=question.told,
                reports=len(read),
                rejected=len(sources) - len(read),
                undated=len(read) - len(days),
                first_published=min((f"{day.start}" for day in days), default=None),
                last_published=max((f"{day.end}" for day in days), default=None),
                outlets=dict(Counter(outlet(cited[one.id]) for one in read).most_common(OUTLETS)),
                cases=[
                    CaseResult(
                        name=case.name,
                        title=case.title,
                        principals=list(case.principals),
                        issues=[IssueResult(name=issue.name, title=issue.title) for issue in case.issues],
                    )
                    for case in record.cases()
                ],
                limits=LIMITS,
            )

    def parties(self, limit: Limit = 30, skip: Skip = 0) -> Parties:
        """The parties that speak or act in the record, with the codes that other tools take; most frequent first.

        It cannot know parties that no report names, nor who really speaks for whom.
        """
        with self._held.asked() as question:
            known = question.record.parties()
            shown = known[skip : skip + limit]
            left = max(len(known) - skip - len(shown), 0)
            return Parties(
                as_of=question.told,
                total=len(known),
                shown=len(shown),
                more=f"{left} more: ask again with skip={skip + len(shown)}" if left else None,
                parties=[
                    PartyResult(
                        code=code, name=party_name(code, name, known), rows=number, link=question.desk.party(code)
                    )
                    for code, name, number in shown
                ],
            )

    def search_statements(  # noqa: PLR0913 - every parameter of a tool is one
        self,
        words: Words = None,
        speaker: Speaker = None,
        party: Party = None,
        issue: Issue = None,
        since: Since = None,
        as_of: AsOf = None,
        limit: Limit = 10,
        skip: Skip = 0,
    ) -> Statements:
        """Who said what: statements with speaker, office, day and exact words, the latest first.

        Words are matched as words, not by meaning: try synonyms before concluding that nobody said it. It cannot know
        what was said and not reported, nor whether it was meant; indirect quotes are the reporter's words.
        """
        with self._held.asked(as_of) as question:
            asked: dict[str, Any] = {"as_of": question.as_of, "party": blank(party), "since": blank(since)}
            found: Sequence[Statement] = question.record.statements(**asked, issue=blank(words) or blank(issue))
            if blank(words) and blank(issue):
                also = {row.id for row in question.record.statements(**asked, issue=issue)}
                found = [row for row in found if row.id in also]
            if blank(speaker):
                found = [row for row in found if _is_of(row, str(speaker))]
            if not found:
                question.check_party(blank(party))
            shown, rest = part(found[::-1], limit, skip)
            quotes = question.quotes_of(shown)
            return Statements(as_of=question.told, statements=[rows.statement(row, quotes) for row in shown], **rest)

    def timeline(  # noqa: PLR0913 - every parameter of a tool is one
        self,
        party: Party = None,
        issue: Issue = None,
        type: OfType = None,  # noqa: A002 - the name in the record
        since: Since = None,
        until: Until = None,
        as_of: AsOf = None,
        limit: Limit = 15,
        skip: Skip = 0,
    ) -> Timeline:
        """What happened, was announced or threatened: one row an event however many reports tell it, the latest first.

        Look at ``modality``: only ``happened`` is told as a fact, and by the reports cited. It cannot know what was not
        reported; days may be inferred (see ``basis``).
        """
        with self._held.asked(as_of) as question:
            last = last_day(blank(until), "until")
            found = [
                row
                for row in question.record.timeline(
                    as_of=question.as_of, party=blank(party), issue=blank(issue), since=blank(since)
                )
                if (type is None or row.type == type or (type == "meeting" and row.meeting is not None))
                and (last is None or (row.date.start is not None and row.date.start <= last))
            ]
            if not found:
                question.check_party(blank(party))
            shown, rest = part(found[::-1], limit, skip)
            quotes = question.quotes_of(shown)
            return Timeline(as_of=question.told, events=[rows.event(row, quotes) for row in shown], **rest)

    def search_reports(self, words: Sought, as_of: AsOf = None, limit: Limit = 10, skip: Skip = 0) -> Sentences:
        """Sentences of the reports that hold all the words, best match first, whether or not rows were made of them.

        Words are matched in any inflection, "in quotes" as a phrase; not by meaning. It cannot search what the record
        does not hold, and looks through the best few hundred sentences only.
        """
        with self._held.asked(as_of) as question:
            found = [
                one
                for one in question.record.search(words, limit=SEARCHED)
                if question.as_of is None
                or one.cited.published.start is None
                or one.cited.published.start <= question.as_of
            ]
            shown = found[skip : skip + limit]
            left = len(found) - skip - len(shown)
            quotes = question.quotes(one.evidence for one in shown)
            return Sentences(
                as_of=question.told,
                total=len(found),
                shown=len(shown),
                more=f"{left} more: ask again with skip={skip + len(shown)}" if left > 0 else None,
                hint=None if found else NOTHING,
                sentences=[quotes.passage(one.evidence, None) for one in shown],
            )

    def evidence(self, id: RowId) -> EvidenceAnswer:  # noqa: A002 - the name in the record
        """One row of any kind, or a report, by its id: all its words in context, what it was worked out from, what each
        report tells, what people decided of it, and how often rows like it were right.

        Use it before you rest a claim on a row. It cannot know whether the report itself is right.
        """
        with self._held.asked() as question:
            return explained(question, question.record.explain(id))


def explained(question: Question, told: Explanation) -> EvidenceAnswer:
    """A row with all that it rests on."""
    row, desk = told.row, question.desk
    own = None if isinstance(row, SourceRow) else row.id
    return EvidenceAnswer(
        as_of=question.told,
        id=row.id,
        kind=told.kind,
        link=desk.source(row.id) if own is None else desk.row(row.id),
        row=_fields(row),
        judged=None if isinstance(row, SourceRow) else measured_json(row),
        passages=_contexts(question, told.passages[:CONTEXTS], own),
        related=[
            RelatedResult(
                how=one.how,
                id=one.row.id,
                link=desk.row(one.row.id),
                passages=_contexts(question, one.passages[:QUOTES], one.row.id),
            )
            for one in told.related
        ],
        tellings=[
            TellingResult(
                outlet=outlet(cited),
                published=published(cited),
                summary=line(event.summary) or "",
                modality=event.modality,
                date=edtf(event.date),
            )
            for cited, event in told.members[:TELLINGS]
        ],
        reviews=[
            ReviewResult(action=one.action, by=seen(one.by), at=one.at, note=line(one.note)) for one in told.reviews
        ],
        more=_rest(told),
    )


def _rest(told: Explanation) -> str | None:
    """What of a row is not shown."""
    left = [
        f"{len(all_of) - most} {what}"
        for all_of, most, what in (
            (told.passages, CONTEXTS, "passages"),
            (told.members, TELLINGS, "reports that tell it"),
        )
        if len(all_of) > most
    ]
    return f"not shown: {' and '.join(left)}; see its page at the desk" if left else None


def _fields(row: SourceRow | Row) -> dict[str, Any]:
    """All fields of a row but its words, which the passages have."""
    if isinstance(row, Event) and row.meeting is not None:
        row = MeetingRow.of(row)
    found = deadlock_json(row) if isinstance(row, Deadlock) else to_dict(row)
    kept = {name: value for name, value in found.items() if name not in ("evidence", "text", "furniture")}
    return {name: plain_json(value) for name, value in kept.items()}


def _contexts(question: Question, passages: Sequence[Passage], row_id: str | None) -> list[Context]:
    quotes = question.quotes(one.evidence for one in passages)
    return [
        Context(
            before=seen(one.before[-AROUND:]),
            passage=quotes.passage(one.evidence, row_id, FULL_QUOTE),
            after=seen(one.after[:AROUND]),
        )
        for one in passages
    ]


def _is_of(row: Statement, speaker: str) -> bool:
    """Whether all words stand in the speaker's name and office."""
    called = full_name(row.speaker).casefold() if row.speaker else ""
    return all(word in called for word in speaker.casefold().split())
