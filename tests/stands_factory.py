"""A record whose reports tell of positions, moves, commitments and predictions made by hand, for the desk's tests."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from record_factory import PRK, USA, day
from summitry.casebook import case_text
from summitry.record import open_record
from summitry.vocabulary import (
    Actor,
    Article,
    Commitment,
    Discrepancy,
    Event,
    Evidence,
    Meeting,
    Move,
    Position,
    Prediction,
    Reading,
    Row,
    Source,
    Span,
    content_id,
)

AIDE = Actor("KOR", "Kang Min-ho", "deputy adviser", kind="person")
RUNG_ALL = "North Korea demands that all the sanctions be lifted."
REFUSED = "The United States refuses to lift all the sanctions."
RUNG_SOME = "North Korea demands that some of the sanctions be lifted."
ANSWER = "The United States offers to ease some of the sanctions."
HOSTILE = "North Korea wants <script>alert('walls')</script> the walls at the <b>border</b> to stay."
PLEDGED = "North Korea pledged to close the plant at the river."
CLOSED = "North Korea closed the plant at the river."
SOON = "The aide said that the talks would resume soon."
MET = "The United States and North Korea held talks in Geneva."
APART = "The two views are far apart."


class Report:
    """One report: sentences of our own, and the rows that they tell."""

    def __init__(self, published: str, *sentences: str) -> None:
        self.published = published
        text = "\n\n".join(sentences)
        self.source = Source(f"https://example.org/{published}", text.encode())
        spans = []
        for one in sentences:
            start = text.index(one)
            spans.append(Span(start, start + len(one)))
        self.spans = tuple(spans)
        self.article = Article(
            source_id=self.source.id,
            text=text,
            blocks=self.spans,
            headline="Talks by the river",
            outlet="The River Example",
            published=day(published),
            uri=self.source.uri,
        )

    def words(self, words: str) -> Evidence:
        start = self.article.text.index(words)
        return Evidence.of(self.article, start, start + len(words))

    def common(self, kind: str, words: str, confidence: float = 0.8) -> dict[str, Any]:
        found = self.words(words)
        return {
            "id": content_id(kind, self.source.id, found.start, words),
            "evidence": (found,),
            "coder": "hand/1",
            "confidence": confidence,
        }

    def reading(self, *rows: Row) -> Reading:
        def of(kind: type) -> Any:  # noqa: ANN401
            return tuple(row for row in rows if isinstance(row, kind))

        return Reading(
            article=self.article,
            sentences=self.spans,
            times=(),
            mentions=(),
            people=(),
            statements=(),
            events=of(Event),
            cases=("korea",),
            moves=of(Move),
            positions=of(Position),
            predictions=of(Prediction),
            commitments=of(Commitment),
            discrepancies=of(Discrepancy),
        )


def stand(report: Report, party: Actor, words: str, **more: Any) -> Position:  # noqa: ANN401
    told: dict[str, Any] = {
        "issue": "sanctions",
        "stance": "demand",
        "summary": words,
        "condition": None,
        "attributed_by": "self",
    }
    told |= {"held": day(report.published)}
    return Position(**report.common("pos", words), party=party, **(told | more))


def move(report: Report, kind: Any, proposer: Actor, addressee: Actor, words: str, **more: Any) -> Move:  # noqa: ANN401
    told: dict[str, Any] = dict.fromkeys(("give", "get", "condition", "sequence", "status", "responds_to"))
    told |= {"issue": "sanctions", "date": day(report.published)}
    return Move(**report.common("mov", words), kind=kind, proposer=proposer, addressee=addressee, **(told | more))


def happened(report: Report, kind: str, words: str, **more: Any) -> Event:  # noqa: ANN401
    told: dict[str, Any] = {"mode": None, "cameo": None, "quad": "material cooperation", "intensity": 1.0}
    told |= {"date": day(report.published), "place": None, "modality": "happened", "attributed_to": None}
    told |= {"summary": words, "actors": (PRK,), "recipients": (), "trigger": Span(0, 5)}
    return Event(**report.common("ev", words), type=kind, **(told | more))


def write_stands(path: Path, extra: int = 0) -> Path:
    """The record. ``extra`` further reports have one position each, of one cell."""
    first = Report("2019-02-28", RUNG_ALL, REFUSED, PLEDGED, APART)
    second = Report("2019-04-10", RUNG_SOME, ANSWER, HOSTILE, SOON)
    third = Report("2019-05-25", MET, CLOSED)
    all_lifted = "all the sanctions be lifted"
    demanded = stand(first, PRK, f"that {all_lifted}", pole="lifted", strength=0.8)
    refused = stand(first, USA, "to lift all the sanctions", stance="reject")
    with open_record(path, create=True) as record:
        record.keep_case("korea", case_text("korea"))
        record.add(
            first.reading(
                demanded,
                refused,
                move(first, "demand", PRK, USA, RUNG_ALL, get=f"that {all_lifted}"),
                move(first, "refusal", USA, PRK, REFUSED, give="to lift all the sanctions"),
                Commitment(
                    **first.common("com", PLEDGED),
                    instrument="pledge by North Korea",
                    obligor=PRK,
                    beneficiary=None,
                    text="close the plant at the river",
                    status=None,
                    as_of=None,
                    made=day("2019-02-28"),
                    issue="denuclearization",
                    claimed=3,
                    claimed_by=PRK,
                ),
                Discrepancy(
                    id=content_id("dis", "far apart"),
                    evidence=(demanded.evidence[0], refused.evidence[0], first.words(APART)),
                    coder="hand/1",
                    confidence=0.5,
                    kind="asserted",
                    a=demanded.id,
                    b=refused.id,
                    field="stance",
                    note="the report sets North Korea against the United States: “far apart”",
                ),
            ),
            first.source,
        )
        record.add(
            second.reading(
                stand(second, PRK, "that some of the sanctions be lifted", pole="eased in part", strength=0.6),
                stand(second, USA, "to ease some of the sanctions", stance="offer", pole="eased in part", strength=0.6),
                stand(second, PRK, HOSTILE[17:-1], issue="walls"),
                move(second, "offer", USA, PRK, ANSWER, give="to ease some of the sanctions"),
                Prediction(
                    **second.common("prd", SOON),
                    forecaster=AIDE,
                    claim="the talks would resume",
                    made=day("2019-04-10"),
                    horizon=None,
                    horizon_rule="soon: within 90 days",
                    hedge=None,
                    condition=None,
                    actors=(USA, PRK),
                    type="CONSULT",
                ),
            ),
            second.source,
        )
        record.add(
            third.reading(
                happened(
                    third,
                    "CONSULT",
                    MET,
                    actors=(USA,),
                    recipients=(PRK,),
                    quad="verbal cooperation",
                    meeting=Meeting(level="working level", venue="Geneva", delegations=(USA, PRK)),
                ),
                happened(third, "RETREAT", CLOSED),
            ),
            third.source,
        )
        for number in range(extra):
            at = date(2019, 6, 1) + timedelta(number)
            more = Report(at.isoformat(), f"South Korea supports the talks, as it said on day {number}.")
            words = f"the talks, as it said on day {number}"
            record.add(
                more.reading(stand(more, Actor("KOR", "South Korea"), words, issue="talks", stance="support")),
                more.source,
            )
    return path
