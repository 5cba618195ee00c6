"""Cleaning of hand-written reports: every label by eye."""

from __future__ import annotations

from datetime import date

import pytest

from summitry.clean import clean, line_hash, repeated_lines
from summitry.errors import UnreadableSource
from summitry.vocabulary import Article, Source

_LEAD = "The envoys of Ruritania and Graustark agreed on Monday to reopen the border crossing, officials said."
_SECOND = "Ruritania wants the tariff lifted first, while Graustark insists that troops leave the valley before that."
_THIRD = "“We will not move until they do,” the foreign minister told reporters after the meeting in the capital."


def _clean(text: str, **metadata: str) -> Article:
    return clean(Source("memory", text.encode("utf-8"), metadata=tuple(metadata.items())))


def _body(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]


def _labels(article: Article) -> dict[str, str]:
    spans = (*article.furniture, *article.metadata_spans)
    return {article.text[span.start : span.end]: span.label for span in spans}


def test_a_page_with_widgets_headline_byline_and_dates() -> None:
    page = f"""Settings
ⓕ font-size
  • -1
  • 0
  • +1
Envoys agree to reopen border crossing
  • Facebook share button
  • Mail share button
By Ann Hope
  • Published : May 4, 2021 - 08:12
  • Updated : May 5, 2021 - 08:00

{_LEAD}

{_SECOND} (Yonhap)

X
CLOSE
Top 10 Stories
go top LETTER"""
    article = _clean(page)
    assert article.headline == "Envoys agree to reopen border crossing"
    assert (article.byline, article.agency, article.kind) == ("Ann Hope", "Yonhap", "report")
    assert _body(article) == [_LEAD, _SECOND]
    assert (article.published.start, article.published.basis) == (date(2021, 5, 4), "stated: publication line")
    labels = _labels(article)
    assert labels["(Yonhap)"] == "agency"
    assert labels["• Facebook share button"] == "share"
    assert {labels[line] for line in ("Settings", "CLOSE", "Top 10 Stories", "go top LETTER", "• 0")} == {"menu"}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("GENEVA, March 17 (Reuters) -- ", "GENEVA, March 17 (Reuters) --"),
        ("GENEVA (Reuters) - ", "GENEVA (Reuters) -"),
        ("NEW DELHI/GENEVA (AP) — ", "NEW DELHI/GENEVA (AP) —"),
        ("WASHINGTON—", "WASHINGTON—"),
        ("Vienna (CNN) ", "Vienna (CNN)"),
        ("(Xinhua) -- ", "(Xinhua) --"),
    ],
)
def test_dateline_is_metadata_and_the_body_starts_behind_it(line: str, place: str) -> None:
    article = _clean(f"{line}{_LEAD}\n\n{_SECOND}\n\n{_THIRD}")
    assert _labels(article) == {place: "dateline"}
    assert _body(article)[0] == _LEAD


def test_dateline_with_a_full_date_states_the_day_one_without_a_year_does_not() -> None:
    assert _clean(f"GENEVA, March 17, 2019 (AP) -- {_LEAD}\n\n{_SECOND}").published.start == date(2019, 3, 17)
    assert _clean(f"GENEVA, March 17 (AP) -- {_LEAD}\n\n{_SECOND}").published.precision == "unknown"


@pytest.mark.parametrize(
    "caption",
    [
        "Foreign Minister Rudolf Elphberg, center, speaks to reporters after the talks, Thursday. / Reuters-Yonhap",
        "Foreign Minister Rudolf Elphberg speaks during a session of the assembly on Thursday. (Yonhap)",
        "Foreign Minister Rudolf Elphberg arrives for talks in the capital March 1, 2019. REUTERS/Jo Bloggs",
        "Delegates at the opening session in the capital last week. Photo: Jo Bloggs/Getty Images",
        "FILE PHOTO: The bridge between the two countries is seen from the northern bank.",
        "Image copyright EPA Image caption The bridge between the two countries",
    ],
)
def test_captions_single_and_doubled(caption: str) -> None:
    for text in (caption, f"{caption}\n{caption}"):
        article = _clean(f"{_LEAD}\n\n{text}\n\n{_SECOND}\n\n{_THIRD}")
        assert _body(article) == [_LEAD, _SECOND, _THIRD]
        assert set(_labels(article).values()) == {"caption"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Terms of the deal include a phased withdrawal and an exchange of prisoners by the end of the year.",
        "By signing the accord, the king said, your side and ours would gain ten years of peace.",
        "For more than a year the two foreign ministers have refused to visit each other.",
        "The tariffs contributed to the breakdown of the summit, a diplomat said.",
        "Related talks on fishing rights ended on Friday without a result, the ministry said.",
        "No part of the valley will be given up, the prime minister told parliament.",
        "Credit Suisse said the bond would be repaid.",
        "Opinion polls show that most voters want the talks to go on.",
        "Research by the institute shows that trade has halved since the border was closed.",
        "Follow-up meetings will be held in June, the spokesman said.",
        "Will they talk again?",
        "Neither side spoke.",
    ],
)
def test_sentences_that_begin_like_furniture_stay_body(sentence: str) -> None:
    assert sentence in _body(_clean(f"{_LEAD}\n\n{_SECOND}\n\n{sentence}\n\n{_THIRD}"))
    assert sentence in _body(_clean(f"{_LEAD}\n\n{_SECOND}\n\n{_THIRD}\n\n{sentence}"))


def test_furniture_glued_to_a_line_is_split_off() -> None:
    article = _clean(f"{_LEAD}\n\n{_SECOND}\n\n{_THIRD} (Yonhap)Settings\n\n{_SECOND[:-1]} again.go top LETTER![]() |")
    assert _body(article)[2:] == [_THIRD, f"{_SECOND[:-1]} again."]
    assert _labels(article) == {"(Yonhap)": "agency", "Settings": "menu", "go top LETTER![]() |": "menu"}


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The envoys of Ruritania and Graustark agreed on Monday to reopen the\n"
        "border crossing that was closed two years ago, officials of both sides\n"
        "said after a day of talks in the capital. The first lorries are to pass\n"
        "next week.\n\n"
        "Ruritania wants the tariff lifted first, while Graustark insists that\n"
        "troops leave the valley before that. No date was set for another round\n"
        "of talks.\n"
    )
    article = _clean(wrapped)
    assert len(article.blocks) == 2
    assert _body(article)[0].startswith("The envoys")
    assert _body(article)[0].endswith("next week.")


def test_bylines_of_several_kinds() -> None:
    tail = f"\n{_LEAD}\n\n{_SECOND}\n"
    assert _clean(f"By Ann Hope, Lee Min-ho{tail}").byline == "Ann Hope, Lee Min-ho"
    assert _clean(f"By Ann Hope and Lee Min-ho, Associated Press{tail}").byline == "Ann Hope, Lee Min-ho"
    assert _clean(f"{tail}\nBy Park Na-ri (").byline == "Park Na-ri"
    assert _clean(f"{tail}\nLee Min-ho mhlee@courier.example").byline == "Lee Min-ho"
    assert _clean(f"{tail}\nLee Min-ho mhlee@courier.example").outlet == "courier.example"
    assert _clean(f"By signing the accord both sides gain.{tail}").byline is None


def test_editorial_by_glued_label_and_by_voice() -> None:
    labelled = _clean(f"EDThe road to peace\n  • Link share button\n\n{_LEAD} Peace needs a road.\n\n{_SECOND}")
    assert (labelled.headline, labelled.kind) == ("The road to peace", "editorial")
    assert labelled.text[labelled.furniture[0].start : labelled.furniture[0].end] == "ED"
    assert (
        _clean(f"{_LEAD}\n\n{_SECOND}\n\nWe urge both governments to refrain from reckless steps.").kind == "editorial"
    )
    assert _clean(f"{_LEAD}\n\n“We urge both sides to talk,” the envoy said.").kind == "report"


def test_transcript_by_speaker_lines() -> None:
    turns = "\n\n".join(
        ["MS. HOPE: What did you agree on?", "MR. ELPHBERG: We agreed on the border, and on the valley."] * 3
    )
    article = _clean(turns)
    assert article.kind == "transcript"
    assert len(article.blocks) == 6


@pytest.mark.parametrize(
    ("metadata", "line", "expected"),
    [
        ({"date": "2019-03-17T10:00:00Z"}, "", (date(2019, 3, 17), "stated: metadata")),
        ({"date": "Sun, 17 Mar 2019 10:00:00 GMT"}, "", (date(2019, 3, 17), "stated: metadata")),
        ({"date": "1552816800"}, "", (date(2019, 3, 17), "stated: metadata")),
        ({"url": "https://paper.example/world/2019/03/17/talks"}, "", (date(2019, 3, 17), "stated: address")),
        ({"url": "https://paper.example/2019/03/talks-go-on"}, "", (date(2019, 3, 1), "stated: address")),
        ({"url": "https://paper.example/story-20190317.html"}, "", (date(2019, 3, 17), "stated: address")),
        ({"url": "https://paper.example/top-2019-3-facts"}, "", (None, "unknown")),
        ({}, "Sunday, March 17, 2019 7:14 PM", (date(2019, 3, 17), "stated: date line")),
        ({}, "Posted on 17 March 2019", (date(2019, 3, 17), "stated: publication line")),
        ({}, "Last updated: 17.03.2019", (date(2019, 3, 17), "stated: update line; first publication not stated")),
        ({"date": "soon"}, "", (None, "unknown")),
        ({"date": "2019-13-45"}, "", (None, "unknown")),
    ],
)
def test_published_is_stated_or_unknown(metadata: dict[str, str], line: str, expected: tuple[date | None, str]) -> None:
    article = _clean(f"{line}\n\n{_LEAD}\n\n{_SECOND} That was on 2 May 2018, he said.", **metadata)
    assert (article.published.start, article.published.basis) == expected


def test_languages_are_told() -> None:
    assert _clean(f"{_LEAD}\n\n{_SECOND}").language == "en"
    assert (
        _clean(
            "Les deux pays ont décidé de reprendre les négociations sur le retrait des troupes de la vallée."
        ).language
        == "fr"
    )
    assert _clean("Страны договорились возобновить переговоры о выводе войск из долины.").language == "ru"
    assert _clean("두 나라는 국경을 다시 열기로 합의했다고 관계자가 밝혔다.").language == "ko"


def test_lines_known_to_repeat_are_furniture() -> None:
    texts = [
        f"The Daily Bugle keeps you posted\n\n{_LEAD}\n\nVisit Strelsau\n\n{_SECOND} {number}." for number in "abc"
    ]
    known = repeated_lines(texts)
    assert line_hash("Visit Strelsau") in known
    assert line_hash(_LEAD) not in known
    article = clean(Source("x", texts[0].encode()), known)
    assert "Visit Strelsau" not in _body(article)


def test_a_single_line_is_body() -> None:
    assert _body(_clean("The minister will go to Geneva")) == ["The minister will go to Geneva"]


def test_html_page() -> None:
    html = f"""<!doctype html><html><head><title>Envoys agree | The Bugle</title>
<meta property="og:title" content="Envoys agree to reopen border"><meta property="og:site_name" content="The Bugle">
<meta name="author" content="Ann Hope">
<meta property="article:published_time" content="2019-03-17T10:00:00+00:00"></head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Envoys agree to reopen border</h1>
<p>{_LEAD}</p><p>{_SECOND}</p><p>{_THIRD}</p></article><footer>© 2019 The Bugle</footer></body></html>"""
    article = clean(Source("page.html", html.encode(), "text/html"))
    assert _body(article)[-3:] == [_LEAD, _SECOND, _THIRD]
    assert (article.headline, article.byline, article.outlet) == (
        "Envoys agree to reopen border",
        "Ann Hope",
        "The Bugle",
    )
    assert (article.published.start, article.published.basis) == (date(2019, 3, 17), "stated: page metadata")


@pytest.mark.parametrize(
    ("content", "media_type", "stage", "words"),
    [
        (b"", "text/plain", "decode", "empty"),
        (b" \n\t ", "text/plain", "decode", "white space"),
        (b"\x89PNG\r\n\x1a\n123", "text/plain", "decode", "PNG image"),
        (b"%PDF-1.7 abc", "text/plain", "decode", "PDF"),
        (b"PK\x03\x04abc", "text/plain", "decode", "zip"),
        (b"SQLite format 3\x00abc", "text/plain", "decode", "SQLite"),
        (b"\x7fELF123", "text/plain", "decode", "ELF"),
        (bytes(range(32)) * 9, "text/plain", "decode", "binary"),
        (b"<html><body>" + b"<div>" * 100_000 + b"<p>x</p>", "text/html", "parse", "nested"),
        (b"word " * 250_000, "text/plain", "clean", "characters"),
        (b"x\n" * 40_000, "text/plain", "clean", "40,000 lines"),
        (b"<html><body></body></html>", "text/html", "parse", "no article text"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, media_type: str, stage: str, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words) as caught:
        clean(Source("x", content, media_type))
    assert caught.value.stage == stage
