"""The timeline as a POLECAT file: read as those who use POLECAT read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from export_factory import make_hostile, written
from record_factory import PRK, day, make_reading
from summitry.casebook import load_world
from summitry.export.cow import COW
from summitry.export.polecat import COLUMNS, country, left_out, sectors
from summitry.export.types import Selection
from summitry.record import Record, open_record
from summitry.vocabulary import UNKNOWN_DATE, Actor, DateInterval, Event, Modality, content_id

# The header of the published files, as code that reads them has it.
HEADER = "\t".join(
    (
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts",
        "Actor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw",
        "Wikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector",
        "Recipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID",
        "Placename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type",
        "Source\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion",
    )
)


@pytest.fixture(name="record", scope="module")
def _record(desk_record: Path) -> Iterator[Record]:
    with open_record(desk_record, read_only=True) as record:
        yield record


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), sep="\t", keep_default_na=False, na_values=["None"])


def one(tmp_path: Path, *events: Event, published: DateInterval | None = None) -> pd.Series:
    """The row of a record of one event; of several the first."""
    reading, source = make_reading(1, published=published)
    with open_record(tmp_path / "one.db", create=True) as record:
        record.add(replace(reading, events=events), source)
        return read(written(record, "polecat")).iloc[0]


@pytest.fixture(name="met")
def _met() -> Event:
    return make_reading(1)[0].events[0]


def test_the_columns_are_those_of_the_published_files() -> None:
    assert "\t".join(COLUMNS) == HEADER


def test_every_event_that_happened_is_a_row_and_what_is_left_out_is_counted(record: Record) -> None:
    frame = read(written(record, "polecat"))
    events = record.timeline()
    assert frame["Event ID"].tolist() == [event.id for event in events if event.modality == "happened"]
    assert sum(left_out(record, Selection()).values()) == len(events) - len(frame) > 0
    assert set(frame["Quad Code"]) <= {
        "VERBAL COOPERATION",
        "MATERIAL COOPERATION",
        "VERBAL CONFLICT",
        "MATERIAL CONFLICT",
    }
    assert frame["Intensity"].between(-10, 10).all()
    # An event without a day of its own stands under that of its report.
    dates = pd.to_datetime(frame["Event Date"], format="%Y-%m-%d")
    assert dates.notna().all()
    by_id = {event.id: event for event in events}
    for row_id, when in zip(frame["Event ID"], dates, strict=True):
        if by_id[row_id].date.precision == "day":
            assert when.date() == by_id[row_id].date.start


def test_dyads_are_counted_as_users_of_polecat_count_them(record: Record) -> None:
    """Several actors of an event stand in one cell, split by "; ", numbers of states in the same order."""
    frame = read(written(record, "polecat")).dropna(subset=["Actor COW", "Recipient COW"])
    long = frame.assign(
        actor=frame["Actor COW"].astype(str).str.split("; "),
        recipient=frame["Recipient COW"].astype(str).str.split("; "),
    )
    pairs = long.explode("actor").explode("recipient").groupby(["actor", "recipient"]).size()
    expected = 0
    for event in record.timeline():
        if event.modality == "happened":
            expected += sum(
                actor.state == "USA" and recipient.state == "PRK"
                for actor in event.actors
                for recipient in event.recipients
            )
    assert pairs["2", "731"] == expected > 0


def test_one_event_field_by_field(tmp_path: Path, met: Event) -> None:
    row = one(tmp_path, replace(met, actors=(Actor("USAGOV", "Ann Lee", "envoy", kind="person"), PRK), cameo="040"))
    assert row["Event Date"] == "2019-05-03"
    assert (row["Event Type"], row["Event Mode"], row["Intensity"]) == ("CONSULT", "meet", 1.0)
    assert row["Quad Code"] == "VERBAL COOPERATION"
    assert row["Actor Name"] == "Ann Lee; North Korea"
    assert row["Actor Country"] == "USA; PRK"
    assert row["Actor COW"] == "2; 731"
    assert row["Primary Actor Sector"] == "GOV; None"
    assert row["Actor Title"] == "envoy; None"
    assert (row["Recipient Country"], row["Recipient COW"]) == ("PRK", 731)
    assert pd.isna(row["Recipient Sectors"])
    assert (row["Raw Placename"], row["Source"], row["Language"]) == ("Tallinn", "The Baltic Example", "en")
    assert row["Publication Date"] == "2019-05-04"
    assert pd.isna(row["Contexts"])


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (day("2019-05-03"), "2019-05-03"),
        (DateInterval(date(2019, 4, 1), date(2019, 4, 30), "month"), "2019-04-01"),
        (DateInterval(date(2018, 1, 1), date(2018, 12, 31), "year"), "2019-05-04"),
        (UNKNOWN_DATE, "2019-05-04"),
    ],
)
def test_an_event_stands_under_a_day(tmp_path: Path, met: Event, when: DateInterval, expected: str) -> None:
    assert one(tmp_path, replace(met, date=when))["Event Date"] == expected


def test_an_undated_event_of_an_undated_report_has_no_day(tmp_path: Path, met: Event) -> None:
    row = one(tmp_path, replace(met, date=UNKNOWN_DATE), published=UNKNOWN_DATE)
    assert pd.isna(row["Event Date"])
    assert pd.isna(row["Publication Date"])


@pytest.mark.parametrize("modality", ["planned", "threatened", "hypothetical", "negated", "alleged"])
def test_what_did_not_happen_is_no_event_there(tmp_path: Path, met: Event, modality: Modality) -> None:
    reading, source = make_reading(1)
    other = replace(met, id=content_id("ev", modality), modality=modality)
    with open_record(tmp_path / "two.db", create=True) as record:
        record.add(replace(reading, events=(met, other)), source)
        assert len(record.timeline()) == 2
        assert read(written(record, "polecat"))["Event ID"].tolist() == [
            event.id for event in record.timeline() if event.modality == "happened"
        ]
        assert left_out(record, Selection()) == {modality: 1}


@pytest.mark.parametrize(
    ("code", "where", "roles"),
    [
        ("USA", "USA", ()),
        ("USAGOV", "USA", ("GOV",)),
        ("USAPTYDEM", "USA", ("PTY",)),
        ("LBNREBHEZ", "LBN", ("REB",)),
        ("IGOUNOIAE", "IGO", ("IGO",)),
        ("IMGREBISI", "IMG", ("IMG", "REB")),
        (None, None, ()),
    ],
)
def test_codes_as_countries_and_sectors(code: str | None, where: str | None, roles: tuple[str, ...]) -> None:
    actor = Actor(code, "name")
    assert (country(actor), sectors(actor)) == (where, roles)


def test_numbers_of_states_are_one_each_and_of_states_the_world_knows() -> None:
    assert len(set(COW.values())) == len(COW) == 195
    assert set(COW) <= {party.code for party in load_world()}
    assert (COW["USA"], COW["PRK"], COW["KOR"], COW["DEU"], COW["IRN"], COW["RUS"]) == (2, 731, 732, 255, 630, 365)


def test_hostile_words_neither_break_rows_nor_are_formulas(tmp_path: Path) -> None:
    with make_hostile(tmp_path / "hostile.db") as record:
        content = written(record, "polecat")
        assert {len(line.split("\t")) for line in content.decode("utf-8").splitlines()} == {len(COLUMNS)}
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8")), delimiter="\t"))
        assert len(rows) == len(record.timeline()) - sum(left_out(record, Selection()).values())
        assert {row["Source"][:2] for row in rows} == {"'="}


def test_without_rows_there_is_the_header(record: Record) -> None:
    assert written(record, "polecat", Selection(as_of="1990-01-01")).decode() == HEADER + "\n"
