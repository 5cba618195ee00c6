"""What came of what was foretold, on events made by hand; the published table; the scorecard."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.errors import EvidenceError, UsageError
from summitry.horizons import DEFAULT_DAYS, Horizons
from summitry.ledger import predictions as rules
from summitry.ledger.holdings import Holdings, Report
from summitry.ledger.predictions import UNDATED, merged, resolved, undated
from summitry.ledger.scorecard import Score, scorecard
from summitry.ledger.told import SHARPEST
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Event,
    Evidence,
    Meeting,
    Prediction,
    Resolution,
    Span,
    content_id,
)

MADE = date(2021, 3, 1)
KEN, UGA, NOR = Actor("KEN", "Kenya"), Actor("UGA", "Uganda"), Actor("NORGOV", "Ann Berg", kind="person")
DOCS = Path(__file__).parents[1] / "docs"


def on(day: date) -> DateInterval:
    return DateInterval(day, day, "day")


def after(days: int) -> DateInterval:
    return on(MADE + timedelta(days=days))


def said(words: str, source: str = "src-0", at: int = 0) -> Evidence:
    return Evidence(source, at, at + len(words), words)


def foretold(claim: str = "Kenya and Uganda will resume their talks soon", **fields: Any) -> Prediction:  # noqa: ANN401
    horizon = fields.pop("days", 90)
    values: dict[str, Any] = {
        "evidence": (said(claim),),
        "made": on(MADE),
        "horizon": DateInterval(MADE, MADE + timedelta(days=horizon), "interval") if horizon else None,
        "horizon_rule": "soon: within 90 days" if horizon == 90 else "stated: then" if horizon else "none stated",
        "actors": (KEN, UGA),
        "type": "CONSULT",
        "forecaster": NOR,
        "hedge": None,
        "condition": None,
        **fields,
    }
    return Prediction(id=content_id("prd", claim), coder="test", confidence=0.8, claim=claim, **values)


def event(days: int, words: str = "Kenya and Uganda held talks in Oslo", **fields: Any) -> Event:  # noqa: ANN401
    source = f"src-{max(days, 1)}"
    type_ = fields.pop("type", "CONSULT")
    values: dict[str, Any] = {
        "evidence": (said(words, source),),
        "actors": (KEN, UGA),
        "recipients": (),
        "date": after(days),
        "modality": "happened",
        "meeting": Meeting(level="working level", venue=None) if type_ == "CONSULT" else None,
        **fields,
    }
    return Event(
        id=content_id("evt", words, days), coder="test", confidence=0.8, type=type_, mode=None, cameo=None,
        quad="verbal cooperation", intensity=1.0, place=None, attributed_to=None, summary=words, trigger=Span(0, 1),
        **values,
    )  # fmt: skip


def holdings(*rows: Prediction | Event, as_of: int | None = None) -> Holdings:
    days = {0, *(int(e.source.removeprefix("src-")) for row in rows for e in row.evidence)}
    return Holdings(
        as_of=None if as_of is None else MADE + timedelta(days=as_of),
        reports={f"src-{day}": Report(f"src-{day}", None, after(day)) for day in days},
        events=tuple(row for row in rows if isinstance(row, Event)),
        predictions=tuple(row for row in rows if isinstance(row, Prediction)),
    )


SPOKEN = tuple(
    event(day, "Kenya accused Uganda", type="ACCUSE", actors=(KEN,), recipients=(UGA,))
    for day in (95, 99, 120, 125, 130)
)


def outcome(*rows: Prediction | Event, as_of: int | None = None) -> Prediction:
    return resolved(holdings(*rows, as_of=as_of))[0]


def test_it_came_within_its_time() -> None:
    own, met = foretold(), event(44)
    found = outcome(own, met)
    assert (found.resolution, found.resolved_by, found.id) == ("true", (met.id,), own.id)
    assert found.evidence == (*own.evidence, *met.evidence)
    assert found.note is not None and "after 44 days" in found.note


def test_it_came_late() -> None:
    found = outcome(foretold(), event(100))
    assert (found.resolution, found.note) == ("partly", f"it came on {MADE + timedelta(days=100)}, 10 days late")


def test_silence_counts_only_where_the_record_goes_on() -> None:
    assert outcome(foretold(), *SPOKEN).resolution == "false"
    assert outcome(foretold(), SPOKEN[0]).resolution == "pending"
    assert outcome(foretold(), *SPOKEN, as_of=80).resolution == "pending"
    assert outcome(foretold(days=0), *SPOKEN).resolution == "pending"


def test_what_was_foretold_not_to_happen() -> None:
    own = foretold("Kenya and Uganda will not resume their talks soon", negated=True)
    assert outcome(own, event(44)).resolution == "false"
    assert outcome(own, *SPOKEN).resolution == "true"
    assert outcome(own).resolution == "pending"


@pytest.mark.parametrize(
    "other",
    [
        event(-3),  # before it was foretold
        event(44, modality="planned"),
        event(44, actors=(KEN, Actor("TZA", "Tanzania"))),
        event(44, type="ACCUSE"),
        event(44, "Kenya and Uganda agreed to hold talks", type="AGREE"),
        event(44, "Kenya sent Uganda a letter", meeting=Meeting(level="letter", venue=None)),
        event(44, date=DateInterval(MADE + timedelta(44), MADE + timedelta(44), "day", "day of the news: Monday")),
        event(44, date=DateInterval(MADE + timedelta(40), MADE + timedelta(60), "interval")),
        event(44, "he meets with them for talks"),  # names nobody
        event(44, "Kenya will hold talks with Uganda"),  # not done
        event(44, "Kenya offered Uganda talks"),
        event(44, "The talks of Kenya and Uganda were cancelled"),
    ],
)
def test_what_does_not_bear_on_it(other: Event) -> None:
    assert outcome(foretold(), other).resolution == "pending"


def test_an_entry_of_many_passages_decides_by_one_that_tells_it() -> None:
    merged_words = said("A Kenyan minister met Tanzanians", "src-44"), said("Kenya and Uganda held talks", "src-45")
    tanzania = Actor("TZA", "Tanzania")
    entry = event(44, evidence=merged_words, actors=(KEN, tanzania, UGA), reports=2)
    other = event(44, evidence=merged_words[:1], actors=(KEN, tanzania))
    right = event(44, evidence=merged_words[1:])
    own = foretold()
    held = replace(holdings(own, entry), tellings={entry.id: (other, right)})
    (found,) = resolved(held)
    assert (found.resolution, found.evidence) == ("true", (*own.evidence, merged_words[1]))
    (found,) = resolved(replace(held, tellings={entry.id: (other,)}))
    assert found.resolution == "pending"


def test_two_independent_reports_tell_it_well_enough() -> None:
    passages = said("Kenya met with them in Oslo", "src-44"), said("the Ugandans met with their neighbour", "src-45")
    tellings = tuple(event(44, one.exact, evidence=(one,)) for one in passages)
    entry = event(44, evidence=passages, reports=2)
    own = foretold()
    held = replace(holdings(own, entry), tellings={entry.id: tellings})
    assert resolved(held)[0].resolution == "true"
    (found,) = resolved(replace(held, tellings={entry.id: tellings[:1]}))
    assert found.resolution == "pending"
    assert found.note is not None and "may be it" in found.note
    copies = dict(held.reports)
    copies["src-45"] = replace(copies["src-45"], copy_of="src-44")
    assert resolved(replace(held, reports=copies))[0].resolution == "pending"


def test_of_leaders_negotiators_are_none() -> None:
    berg = Actor("KENGOV", "Ann Berg", kind="person")
    own = foretold("Presidents Lind and Berg will meet soon")
    low = event(44, "Kenya and Uganda held talks in Oslo")
    top = event(50, "Ann Berg met Eva Lind of Uganda", actors=(berg, Actor("UGAGOV", "Eva Lind", kind="person")),
                meeting=Meeting(level="summit", venue=None))  # fmt: skip
    assert outcome(own, low).resolution == "pending"
    assert outcome(own, low, top).resolved_by == (top.id,)


@pytest.mark.parametrize(
    ("claim", "fields"),
    [
        ("Kenya and Uganda could resume their talks", {"hedge": "could", "days": 0}),
        ("Kenya will not sign a deal that Uganda drafted", {"type": "AGREE", "negated": True}),
    ],
)
def test_what_no_event_decides(claim: str, fields: dict[str, Any]) -> None:
    signed = event(44, "Kenya and Uganda signed a deal drafted in Oslo", type="AGREE")
    assert outcome(foretold(claim, **fields), event(40), signed).resolution == "pending"


def test_how_it_went_is_told_by_the_meeting_that_came() -> None:
    own = foretold()
    well = foretold("it will go quite well", quality="quite well", evidence=(said("it will go quite well", at=50),))
    failed = "Kenya and Uganda failed to make progress in their talks"
    met = event(44, evidence=(said("held talks", "src-44"), said(failed, "src-44", 40)))
    both = resolved(holdings(own, well, met))
    assert [row.resolution for row in both] == ["true", "false"]
    assert both[1].resolved_by == (met.id,)
    assert both[1].evidence[0] == well.evidence[0]
    assert failed in [one.exact for one in both[1].evidence]
    assert [row.resolution for row in resolved(holdings(own, well, event(44)))] == ["true", "pending"]
    good = event(44, "The talks of Kenya and Uganda were constructive")
    assert [row.resolution for row in resolved(holdings(own, well, good))] == ["true", "true"]
    assert [row.resolution for row in resolved(holdings(own, well, *SPOKEN))] == ["false", "void"]


def test_a_condition_that_did_not_come_voids_it() -> None:
    own = foretold(condition="if Uganda lifts its blockade")
    lifted = event(10, "Uganda lifted its blockade of Kenya", type="CONCEDE", actors=(UGA,), recipients=(KEN,))
    assert outcome(own, *SPOKEN).resolution == "void"
    assert outcome(own, lifted, *SPOKEN).resolution == "false"
    assert outcome(own, lifted, event(44)).resolution == "true"
    assert outcome(own, event(44)).resolution == "pending"
    assert outcome(replace(own, condition="unless Uganda lifts its blockade"), lifted).resolution == "void"


def test_without_a_date_it_stays_pending_and_is_named() -> None:
    own = foretold(made=UNKNOWN_DATE, horizon=None)
    nowhere = replace(holdings(own, event(44)), reports={"src-0": Report("src-0", None, UNKNOWN_DATE)})
    (found,) = resolved(nowhere)
    assert (found.resolution, found.note) == ("pending", UNDATED)
    assert [(row.id, row.note) for row in undated(nowhere)] == [(own.id, UNDATED)]
    # The day of its report, once known, is its day.
    assert outcome(own, event(44)).resolution == "true"
    assert undated(holdings(own)) == ()


def test_horizons_may_be_changed() -> None:
    held = holdings(foretold(), event(44))
    (found,) = resolved(held, Horizons().with_days({"soon": 30}))
    assert (found.resolution, found.horizon_rule) == ("partly", "soon: within 30 days")
    with pytest.raises(UsageError, match="no horizon is set for 'anon'"):
        Horizons().with_days({"anon": 3})
    with pytest.raises(UsageError, match="0 days"):
        Horizons().with_days({"soon": 0})


def test_the_longest_phrase_counts() -> None:
    assert Horizons().find("Talks will resume very soon") == "very soon"
    assert Horizons().find("as soon as they can, sooner or later") is None


def test_told_twice_is_one_row() -> None:
    first = foretold()
    again = foretold('Kenya and Uganda will resume "their talks" soon', evidence=(said("will resume", "src-2"),))
    (found,) = merged((first, again))
    assert (found.id, found.evidence) == (first.id, (*first.evidence, *again.evidence))
    other = foretold("Kenya and Uganda will sign a treaty soon", type="AGREE")
    assert len(merged((first, other, replace(again, made=after(1))))) == 3


def test_the_page_has_the_table_and_the_rules_of_the_code() -> None:
    page = (DOCS / "predictions.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", page, re.M) == [(words, str(days)) for words, days in DEFAULT_DAYS]
    for span in (rules._OPEN, rules._SPOKEN_WITHIN, rules._AFTERMATH, rules._RECENT, SHARPEST):
        assert f"{span.days} days" in page
    assert f"at least {rules._SPOKEN} days" in page


def test_counts_before_shares() -> None:
    came: tuple[Resolution, ...] = ("true", "false", "void", "pending")
    rows = [replace(foretold(f"claim {number}"), resolution=one) for number, one in enumerate(came)]
    person, party = scorecard(rows)
    assert (person.by, person.who, party.by, party.who.code) == ("forecaster", NOR, "party", "NOR")
    assert (person.made, person.true, person.false, person.partly, person.void, person.pending) == (4, 1, 1, 0, 1, 1)
    assert person.share == 0.5
    assert scorecard(rows[2:])[0].share is None
    assert scorecard(()) == ()
    with pytest.raises(EvidenceError):
        Score("party", KEN, 0, 0, 0, 0, 0, 0, (), ())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-20, 200), st.sampled_from(["CONSULT", "AGREE", "SANCTION"])), max_size=6),
    st.booleans(),
    st.integers(0, 250),
)
def test_laws(events: list[tuple[int, str]], negated: bool, as_of: int) -> None:
    own = foretold(negated=negated)
    rows = {one.id: one for one in (event(day, f"talks {day} {type_}", type=type_) for day, type_ in events)}
    known = [one for one in rows.values() if (one.date.start or MADE) <= MADE + timedelta(days=as_of)]
    (found,) = resolved(holdings(own, *known, as_of=as_of))
    assert (found.id, found.evidence[0], found.claim) == (own.id, own.evidence[0], own.claim)
    assert found.note
    assert set(found.resolved_by) <= {one.id for one in known}
    if found.resolution == "pending":
        assert (found.evidence, found.resolved_by) == (own.evidence, ())
    for one in known:
        if one.id in found.resolved_by:
            assert one.date.start is not None and one.date.start > MADE
    total = scorecard([found])[0]
    assert total.made == total.true + total.partly + total.false + total.void + total.pending
