"""Reports whose letters are not what they look like: what is still read, what is not, and that no words move."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.casebook import load_world
from summitry.gate import Gate
from summitry.reader.folding import Folding
from summitry.reader.mentions.names import same_name
from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.signs import INVISIBLE, mixed
from summitry.vocabulary import Evidence, Mention, Reading, Row, Source, Span

TEXT = (
    "The United States and Iran met in Geneva on Monday. Iran said it would never accept new sanctions. "
    '"We will not stop," Foreign Minister Mohammad Javad Zarif told reporters in Tehran.\n\n'
    "Washington demanded on Tuesday that North Korea give up its weapons. Brazil's envoy João Müller praised the talks."
)
# Marks of no width and of direction, a filler, selectors of variants, a tag, the soft hyphen.
SIGNS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u202c\u2060\u2066\u2069\ufeff\u3164\ufe0f\U000e0041\U000e0100"
CYRILLIC = str.maketrans("aeopcxAEOPCXBHKMT", "аеорсхАЕОРСХВНКМТ")
FULL: dict[str, str | int | None] = {letter: chr(ord(letter) + 0xFEE0) for letter in map(chr, range(0x21, 0x7F))}
BOLD: dict[str, str | int | None] = {
    chr(ord(first) + at): chr(bold + at) for first, bold in (("A", 0x1D400), ("a", 0x1D41A)) for at in range(26)
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(["iran"], light=True)


@pytest.fixture(scope="module")
def plainly(reader: Reader) -> Reading:
    return reader.read(article_of(TEXT))


def rows(reading: Reading) -> Iterator[Row]:
    for group in (
        reading.statements, reading.events, reading.moves, reading.positions, reading.commitments, reading.predictions,
        reading.discrepancies,
    ):  # fmt: skip
        yield from group


def exact(reading: Reading) -> Reading:
    """The reading, all of whose words stand where it says."""
    text = reading.article.text
    for row in rows(reading):
        for one in row.evidence:
            one.check(reading.article)
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
    for time in reading.times:
        assert text[time.start : time.end] == time.text
    for span in reading.sentences:
        assert 0 <= span.start < span.end <= len(text)
    return reading


def told(reading: Reading) -> list[object]:
    """What was read, without where it stands."""
    return [
        [(one.kind, one.actor, one.rule) for one in reading.mentions],
        [(one.value, one.interval) for one in reading.times],
        [(one.speaker, one.words, one.speech_act, one.said) for one in reading.statements],
        [(one.actors, one.recipients, one.type, one.date) for one in reading.events],
        [(one.kind, one.proposer, one.addressee) for one in reading.moves],
    ]


@settings(max_examples=12)
@given(st.data())
def test_signs_that_are_not_seen_change_nothing_that_is_read(
    reader: Reader, plainly: Reading, data: st.DataObject
) -> None:
    parts = []
    for letter in TEXT:
        sign = data.draw(st.sampled_from(SIGNS)) if letter.isalpha() and data.draw(st.integers(0, 9)) == 0 else ""
        parts.append(letter + sign)
    reading = exact(reader.read(article_of("".join(parts))))
    assert told(reading) == told(plainly)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_name_with_a_hidden_sign_is_the_name(reader: Reader, plainly: Reading, sign: str) -> None:
    text = TEXT.replace("Iran", f"Ir{sign}an").replace("Washington", f"Wash{sign}{sign}ington")
    text = f"{sign}{text}{sign}".replace("\n\n", f"{sign}\n{sign}\n")
    reading = exact(reader.read(article_of(text)))
    assert told(reading)[2:] == told(plainly)[2:]
    assert f"Ir{sign}an" in {one.text for one in reading.mentions}, "the article's own words"


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", TEXT),
        TEXT.translate(str.maketrans(FULL)),
        TEXT.translate(str.maketrans(BOLD)),
        TEXT.replace("I", "I\u0336").replace("r", "r\u0336"),
        TEXT.replace("ff", "\ufb00").replace("fi", "\ufb01"),
    ],
    ids=["decomposed", "full width", "mathematical", "struck through", "ligatures"],
)
def test_other_forms_of_the_same_letters_are_read_as_these(reader: Reader, plainly: Reading, text: str) -> None:
    assert text != TEXT or "ff" not in TEXT
    assert told(exact(reader.read(article_of(text)))) == told(plainly)


@pytest.mark.parametrize("name", ["Iran", "Washington", "North Korea", "Mohammad Javad Zarif", "United States"])
def test_a_name_of_two_scripts_is_nobodys(reader: Reader, name: str) -> None:
    """Nothing is said or done by the real party in the name's place, and the word is told."""
    fake = name[0] + name[1:].translate(CYRILLIC)
    said = f"Iran's Foreign Minister {fake}" if "Zarif" in name else fake
    reading = exact(reader.read(article_of(f'{said} said on Monday: "We surrender and will sign." Talks went on.')))
    assert mixed(reading.article.text)
    assert [one.speaker.code for one in reading.statements if one.speaker] in ([], [None])
    assert not any(actor.code for one in reading.events for actor in one.actors)
    assert not any(one.text == fake and one.actor and one.actor.code for one in reading.mentions)


def test_a_persons_name_with_a_letter_of_another_script_is_another_name() -> None:
    assert same_name("Jair Bolsonaro", "Jair Bolsonarro")
    assert not same_name("Jair Bolsonaro", "Jair Bolsоnaro")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Irаn and Саnada", ("Irаn", "Саnada")),
        ("Вашингтон (Washington), Москва, Αθήνα", ()),
        ("5 μg, ΔT, 10 kΩ, β-blockers, Tシャツ, naïve São Müller Łódź", ()),
        ("АВС is Cyrillic, and so is сосо", ("АВС", "сосо")),
        ("I\u200brа\u200bn", ("I\u200brа\u200bn",)),
        ("Kim’s “quoted” – Иран’s", ()),
        ("plain ASCII", ()),
        ("оn", ("оn",)),
    ],
)
def test_words_of_two_scripts_are_found(text: str, found: tuple[str, ...]) -> None:
    assert mixed(text) == found


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_not_touched(text: str) -> None:
    assert Folding.of(article_of(text)) is None
    assert mixed(text) == ()


# "m²", "½" and "™" mean something else than their letters; private signs, unassigned ones and flags are what they are.
@pytest.mark.parametrize(
    "text", ["40 m² ½ ™ №", "\ue000 \uffff \ufdd0 \U0010ffff", "日本語 한국어 العربية", "🇮🇷 “quoted” é"]
)
def test_what_means_something_else_stays(text: str) -> None:
    assert Folding.of(article_of(text)) is None


@given(
    st.text(alphabet=st.sampled_from("ab \n" + SIGNS + "\u0301\u0308\ufb01Ｉ𝐈аé\u0336\u064b\u1100\u1161"), max_size=40)
)
def test_the_way_back_of_any_text(text: str) -> None:
    article = article_of(text)
    folding = Folding.of(article)
    if folding is None:
        return
    folded = folding.article
    assert len(folding.starts) == len(folding.ends) == len(folded.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(folding.starts, folding.ends, strict=True))
    assert list(folding.starts) == sorted(folding.starts) and list(folding.ends) == sorted(folding.ends)
    assert not set(folded.text) & set(SIGNS)
    assert len(folded.blocks) <= len(article.blocks)
    for one in folded.blocks:
        assert 0 <= one.start < one.end <= len(folded.text)
    if folded.text:
        whole = Evidence.of(folded, 0, len(folded.text))
        mention = Mention(0, len(folded.text), folded.text, "name", None, "test")
        reading = Reading(folded, (Span(0, len(folded.text)),), (), (mention,), (), (), ())
        back = folding.back(reading)
        assert back.article == article
        assert back.mentions[0].text == text[back.mentions[0].start : back.mentions[0].end]
        assert whole.exact == folded.text


def test_every_sign_that_may_be_ignored_is_left_out() -> None:
    """All format signs of Unicode but those of scripts that are drawn: Arabic and Kaithi number signs, hieroglyphs."""
    import re

    left_out = re.compile(f"[{INVISIBLE}]")
    drawn = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13456)}
    for number in range(0x110000):
        if unicodedata.category(chr(number)) == "Cf" and number not in drawn:
            assert left_out.fullmatch(chr(number)), f"U+{number:04X}"


def test_the_gate_sees_through_hidden_signs() -> None:
    gate = Gate.of(("iran",))
    page = f"{TEXT} The nuclear talks in Geneva are about enrichment of uranium.\n\n" * 3
    hidden = "".join(letter + "\u200b" if letter.isalpha() else letter for letter in page)
    for text in (page, hidden, page.replace("n", "n\u00ad"), page.replace("a", "a\u2060")):
        assert gate.look(Source("a.txt", text.encode())) is None


def test_a_reading_of_hidden_signs_alone(reader: Reader) -> None:
    for text in (
        "\u200b\u200b",
        "\u202e\u202c \u2066\n\n\U000e0041",
        "\u0301",
        "\u200b\n\nIran said it would stay.\n\n\u200b",
    ):
        exact(reader.read(article_of(text)))


def test_the_published_day_is_kept(reader: Reader) -> None:
    article = article_of(TEXT.replace("Iran", "Ir\u00adan"))
    given = replace(article, headline="Ir\u00adan stays", outlet="The Example")
    back = reader.read(given).article
    assert (back.text, back.headline, back.outlet, back.blocks) == (
        given.text,
        given.headline,
        given.outlet,
        given.blocks,
    )


def test_the_names_of_the_world_are_of_one_script() -> None:
    """Else a party's own name would be told as forged."""
    for entry in load_world():
        assert not any(mixed(name) for name in (entry.name, *entry.names, *entry.demonyms, *entry.metonyms))
