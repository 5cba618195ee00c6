"""What inputs are built from: words, signs and syntax that have broken readers before."""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final

PROSE: Final = (
    "The minister of Arden said on Monday that talks would resume in Geneva next week. ",
    "“We will not lift sanctions until the plant is closed,” Anna Berg told reporters. ",
    "Iran rejects the U.S. offer of talks on its nuclear program. ",
    "North Korea's Kim Jong Un met President Donald Trump in Hanoi on Feb. 28, 2019. ",
    "Brussels offered London a delay, if the deal is signed by May 4, the envoy said. ",
    "'He said \"she said 'no'\"', according to two officials who spoke on condition of anonymity. ",
    "If Tehran returns to 3.67%, Washington would waive sanctions within 60 days. ",
    "GENEVA (Example News) - Negotiators failed to agree. By Jane Doe, 4 May 2021. ",
)
NAMES: Final = (
    "Kim",
    "Кim",
    "K\u0456m Jong Un",
    "TRUMP",
    "U.S.",
    "Seoul's",
    "Mr. Han Song-ok",
    "José A\u0301lvarez",
    "北京",
)
QUOTES: Final = ("“", "”", "‘", "’", '"', "'", "„", "«", "»", "‹", "›", "``", "''", "＂", "「", "」", "′")
UNICODE: Final = (
    "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u0301" * 9, "\x00", "\x1b[31m", "\U0001f9e8",
    "\u2028", "\x85", "\r", "\ud800", "\udc00", "\ufffe", "\U000e0041", "\u00ad", "ﬁ", "İ", "ß", "\u0130", "\u1e9e",
)  # fmt: skip
NUMBERS: Final = (
    "0", "-1", "1e309", "NaN", "2019-02-30", "9999-12-31", "0001-01-01", "31/02/19", "Feb. 30", "the 45th of May",
    "10000 years ago", "99999999999 days", "in 9e9 weeks", "1" * 400, "²", "٣", "24:60", "10,000,000.00", "Monday week",
    "2019-W99", "12th century", "5th millennium ago", "the year 0", "last 0 months", "4 May 10000",
)  # fmt: skip
HTML: Final = (
    "<html>", "<body>", "<p>", "</p>", "<div>" * 40, "</div>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>",
    "<table><tr><td>", "<a href='", "'>", "<meta charset=utf-16>", '<meta name="date" content="', '<time datetime="',
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":', "&#0;", "&#x110000;", "&amp;",
    "&#55296;", "<title>", "<h1>", "<blockquote>", "<svg/onload=x>", "<base href='//[::1'>", "<p " + "a=b " * 50 + ">",
)  # fmt: skip
JSON: Final = (
    "{", "}", "[", "]", ",", ":", '"text"', '"title"', '"date"', '"url"', '"rows"', '"action"', '"accept"', '"kind"',
    '"event"', '"by"', '"at"', '"fields"', '"was"', "null", "true", "1e999", "NaN", "-Infinity", '"\\ud800"', '"\\u0000"',
    "[" * 60, '{"a":' * 60, "1" * 4400, '"2030-05-04T10:15:00.000000+00:00"', '"undo"', '"person"', '"edit"', "\n",
)  # fmt: skip
TABLE: Final = (
    "text,title,date\n",
    '"',
    '""',
    ",",
    "\t",
    "\n",
    "\r\n",
    ";",
    "=cmd|' /C calc'!A0",
    "\x00",
    '"' * 9,
    "a," * 60,
)
TOML: Final = (
    "[[party]]\n", "[[issue]]\n", "[[office]]\n", "[case]\n", "name = ", "code = ", "names = [", "]\n", '"""', "'''",
    "principals = ", "from = ", "until = ", "2019-02-28", "1979-05-27T07:32:00Z", "= ", "\n", "inf", "nan", "0x", "[" * 60,
    "{a={", "}}", "a.b.c = 1\n", '"\\uD800"', "# x\n", "1" * 5000, "[[instrument]]\n", "[[vehicle]]\n", "[[role]]\n",
    "[[event]]\n", "poles = ", "person = ", "title = ", "words = [1]\n", "party = {}\n",
)  # fmt: skip
QUERY: Final = (
    "?", "&", "=", "q=", "from=", "until=", "party=", "as_of=", "page=", "%00", "%ff", "%F0%9F", "..%2f", "/", "+",
    "/timeline", "/statements.json", "/row/", "/source/", "/export/csv", "/people", "/review", "/positions", "sort=",
    "-1", "1e9", "9" * 30, "2019-13-01", "%22OR%201=1--", "*", '"a" NEAR', "NOT", "(", "kind=", "month=", "rows=",
    "issue=", "%E2%80%AE", "page=0", "page=99999999999999999999", "as_of=0000-00-00", "/brief", "/stand.json",
)  # fmt: skip
XML: Final = (
    "<?xml version='1.0'?>", "<rss><channel>", "<item>", "</item>", "<title>", "<description>", "<pubDate>", "<link>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<newsItem>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
    "</entry>", "<content type='html'>", "</rss>", "xmlns:a='b'", "<?x ?>",
)  # fmt: skip
MARKUP: Final = (
    "=1+1", "\n=1+1", "\t@SUM(A1)", "＝1+1", "\u200b-2+3", "|", "\\|", "\\", "`", "](javascript:x)", "<script>", "</title>", "&#60;",
    "\r\nEND:VEVENT\r\n", "BEGIN:VCALENDAR", "\r\nER  - \r\nTY  - ", "}\n@article{x,", "{", "}", "\\input{x}", "@comment{", "%", "#", ";", ",",
    "'", '"', "]]>", "<!--", "\x00", "\x0b", "\ufffe", "\u202e", "\u2066", "\x1b]8;;x\x07", "\x9b2J", "W" * 300, "é" * 80, "\U0001f9e8" * 30,
    "\ud800", "\u0e49" * 40, "(", ")", "\\n", "\\;", "//", "javascript:", "data:text/html,", "None", "NaN", "\u2029", "\u061c", "\u200f",
)  # fmt: skip
TEXT: Final = PROSE + PROSE + NAMES + QUOTES + UNICODE + NUMBERS + (" ", "\n\n", "\n", ". ", "- ", "• ")


def built(pieces: tuple[str, ...], seed: int, most: int) -> bytes:
    """An input of up to ``most`` bytes from pieces; the same seed, the same input."""
    random = Random(seed)
    parts: list[str] = []
    size = 0
    for _ in range(random.randint(1, 24)):
        part = random.choice(pieces if random.random() < 0.8 else TEXT)
        size += len(part)
        if size > most:
            break
        parts.append(part)
    return "".join(parts).encode("utf-8", "surrogatepass")


def spliced(data: bytes, pieces: tuple[str, ...], seed: int, most: int) -> bytes:
    """An input with one to four pieces put in or over what is there."""
    random = Random(seed)
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(data))
        part = random.choice(pieces).encode("utf-8", "surrogatepass")
        data = data[:at] + part + data[at + random.choice((0, 0, len(part), 8)) :]
    return data[:most]


_VALUES: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 10**30, 1e308, float("inf"), "", "x", "event", "person", "statement", "merge", "split", "edit",
    "add", "undo", [], {}, [None], {"name": None}, {"name": "Anna Berg", "party": None}, "\x00", "\ud800", "2019-02-30", "=1",
    {"type": "AGREE"}, {"date": "2019-05-04"}, {"date": ["x"]}, {"modality": {}}, {"actors": [1]}, {"speaker": {"name": 3}},
)  # fmt: skip


def revalued(data: bytes, seed: int, most: int) -> bytes | None:
    """JSON with one value, at any depth, put in the place of another; None where it is no JSON object or list."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    random = Random(seed)
    at = value
    while isinstance(at, dict | list) and at:
        key = random.choice(list(at)) if isinstance(at, dict) else random.randrange(len(at))
        if isinstance(at[key], dict | list) and at[key] and random.random() < 0.7:
            at = at[key]
            continue
        at[key] = random.choice(_VALUES)
        if random.random() < 0.3 and isinstance(at, dict):
            at[random.choice(("spelling", "name", "note", "undoes", "beside", "was", "start", "end"))] = random.choice(
                _VALUES
            )
        return json.dumps(value).encode()[:most]
    return None
