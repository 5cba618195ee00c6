"""Every encoding of Python with the right label, a wrong one and none: words, or a reason why there are none."""

from __future__ import annotations

import codecs
import encodings
import json
import pkgutil
from pathlib import Path

import pytest

from summitry.clean import clean
from summitry.encoding import decode
from summitry.errors import SummitryError, UnreadableSource
from summitry.intake import iter_sources
from summitry.signs import remarks
from summitry.vocabulary import Article, Rejected, Source

PLAIN = "The envoys of both countries met in Geneva on Monday. The talks went on for hours, officials said.\n" * 3
# Signs of every old encoding: each codec takes those that it has.
SIGNS = "“no deal” – Müller’s café, São, Łódź, Žádná, Ελλάδα, Москва, שלום, سلام, ไทย, 会談, 두 나라, かな, Tiếng"


def text_encodings() -> list[str]:
    """The codecs that come with Python and make text of bytes."""
    found = []
    for module in pkgutil.iter_modules(encodings.__path__):
        try:
            codec = codecs.lookup(module.name)
        except LookupError:  # of another system, or no codec
            continue
        if codec._is_text_encoding:
            found.append(module.name)
    return found


ENCODINGS = text_encodings()
LABELS = (
    "utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7", "idna", "punycode", "hex", "zlib", "base64", "bz2", "rot13",
    "uu", "quopri", "unicode_escape", "raw_unicode_escape", "undefined", "charmap", "mbcs", "oem", "shift_jis",
    "gb18030", "big5", "euc-kr", "iso-2022-jp", "iso-2022-kr", "hz", "cp037", "cp1251", "koi8-r", "macroman", "tis-620",
    "x" * 500, "", " ", "\x00", "\ud800", "é", "../../etc/passwd", "os.path", "__init__", "aliases", "utf-8;q=1",
    "'utf-8'",
)  # fmt: skip
# What the reports of no outlet are in, and in which words hide from whoever looks at the bytes.
REFUSED = {
    "utf_7",
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "undefined",
    "charmap",
    "hz",
    "iso2022_kr",
}
WIDE = {"utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "utf_8", "utf_8_sig"}


def written(encoding: str) -> tuple[str, bytes]:
    """A report with those of the signs that the encoding has."""
    kept = ""
    for sign in SIGNS:
        try:
            if sign.encode(encoding).decode(encoding) == sign:
                kept += sign
        except UnicodeError:
            continue
    text = PLAIN + f"The envoy said {kept} again.\n"
    return text, text.encode(encoding)


@pytest.mark.parametrize("encoding", sorted(set(ENCODINGS) - REFUSED))
def test_the_right_label_gives_the_text(encoding: str) -> None:
    text, content = written(encoding)
    if not encoding.startswith("iso2022_jp") and encoding not in WIDE:
        # Superset of what was declared: a mark or two of the old ones stands elsewhere in what was used in practice.
        got = decode(content, encoding)
        assert got[: len(PLAIN)] == PLAIN
        alike = sum(a == b for a, b in zip(got, text, strict=False))
        assert alike >= len(text) - 3, got[len(PLAIN) :]
    else:
        assert decode(content, encoding) == text


@pytest.mark.parametrize("encoding", sorted(WIDE))
def test_wide_text_needs_no_label(encoding: str) -> None:
    text, content = written(encoding)
    assert decode(content) == text
    assert decode(content, "cp1251") == text
    source = Source("a.txt", content)
    assert "envoys of both countries" in clean(source).text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_label_fails(encoding: str) -> None:
    """Whatever is declared: text, or a reason why there is none."""
    if encoding in ("idna", "undefined", "punycode"):
        content = b"xn--caf-dma.example says the envoys met. " * 3
    else:
        content = written(encoding)[1]
    for label in (None, *LABELS):
        for bytes_ in (content, b"\xff" + content, content[:-1]):
            try:
                text = decode(bytes_, label)
            except UnreadableSource as error:
                assert str(error)
                continue
            text.encode("utf-8")
            if content.isascii() and label not in ("cp037",) and bytes_.isascii() and b"\x1b" not in bytes_:
                assert text == bytes_.decode("ascii"), (label, "ASCII is ASCII whatever is declared")


@pytest.mark.parametrize(
    "label", ["utf-7", "UTF7", "unicode_escape", "raw-unicode-escape", "hex", "idna", "punycode", "rot13"]
)
def test_labels_under_which_words_hide_are_passed_over(label: str) -> None:
    content = "The envoy’s caf\xe9 +AGgAaQBkAGQAZQBu- \\u0068idden 68656c6c6f nyy".encode("cp1252")
    for where in (
        content,
        b'<html><head><meta charset="%s"></head><body><p>%s</p></body></html>' % (label.encode(), content),
    ):
        assert "hidden" not in decode(where, label)
        assert "café" in decode(where, label)


def test_a_label_of_two_bytes_makes_no_chinese_of_latin_text() -> None:
    content = "Müller left; caf\xe9 talks failed.".encode("cp1252").replace(b" ", b"_")
    for label in ("utf-16", "utf-16-le", "utf-16be"):
        assert "failed" in decode(content if len(content) % 2 == 0 else content + b".", label)
    korean = "두 나라는 국경을 다시 열기로 합의했다."
    assert decode(korean.encode("utf-16-le"), "utf-16-le") == korean


HTML = (
    "<html><head><title>Talks</title>{meta}</head><body><article>"
    "<p>The envoys of Łódź and Plzeň met in Geneva on Monday; Žádná dohoda, said the Czech one after hours.</p>"
    "<p>They will meet again in a week, officials of both countries told reporters in the evening of the same day.</p>"
    "</article></body></html>"
)


@pytest.mark.parametrize(
    ("meta", "media"),
    [
        ('<meta charset="windows-1250">', "text/html"),
        ("<META CHARSET = windows-1250 >", "text/html"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "text/html"),
        ("", "text/html; charset=windows-1250"),
        ("", "text/html; Charset='Windows-1250'"),
        ("", 'text/html;charset="cp1250"'),
        ('<meta charset="utf-8">', "text/html; charset=windows-1250"),
        ('<meta charset="windows-1250">', "text/html; charset=utf-8"),
    ],
)
def test_where_a_page_names_its_encoding(meta: str, media: str) -> None:
    article = clean(Source("http://news.example/1", HTML.format(meta=meta).encode("cp1250"), media))
    if "utf-8" in media:
        # The header is believed before the page, as browsers do; it is wrong, and the guess of the rest may be too.
        assert isinstance(article, Article)
    else:
        assert "Łódź and Plzeň" in article.text and "Žádná" in article.text


def test_an_xml_declaration_of_a_page_is_believed() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-2"?>\n' + HTML.format(meta="")
    assert "Łódź and Plzeň" in clean(Source("a.xhtml", page.encode("iso8859-2"), "application/xhtml+xml")).text


FEED = """<?xml version="1.0" encoding="{label}"?><rss version="2.0"><channel><title>Example</title>
<item><title>Envoys</title><link>http://news.example/1</link><description>Žádná dohoda: the envoys met in Łódź and left
after a day of talks.</description></item></channel></rss>"""


@pytest.mark.parametrize("label", [*sorted(ENCODINGS), "hex", "zlib", "no-such", "x" * 500])
def test_feeds_of_every_encoding(tmp_path: Path, label: str) -> None:
    """As reports, or refused with a reason."""
    path = tmp_path / "feed.xml"
    text = FEED.format(label=label.replace("_", "-"))
    for written_in in (label, "utf-8", "latin-1"):
        try:
            path.write_bytes(text.encode(written_in, "replace"))
        except (LookupError, UnicodeError):
            continue
        for one in iter_sources([str(path)]):
            if isinstance(one, Rejected):
                assert one.reason
            else:
                try:
                    clean(one)
                except UnreadableSource as error:
                    assert error.reason


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"]
)
@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_tables_of_every_encoding(tmp_path: Path, encoding: str, ending: str) -> None:
    said = "The envoy’s café talks went on – “tense” – in Geneva on Monday; nobody left early, he said."
    rows = [{"text": f"{said} {number}", "title": "Talks’ end"} for number in range(3)]
    if ending == "jsonl":
        body = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    else:
        body = "text,title\n" + "\n".join(f'"{row["text"]}","{row["title"]}"' for row in rows)
    path = tmp_path / f"rows.{ending}"
    path.write_bytes(body.encode(encoding))
    found = list(iter_sources([str(path)]))
    assert [clean(one).text for one in found if isinstance(one, Source)] == [row["text"] for row in rows]


def test_half_pairs_that_json_escapes(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"text": "The envoys \\ud800 met \\udc00\\ud83d in \\ud83c\\uddee Geneva on Monday.", "title": "\\udfff"}\n'
    )
    (source,) = iter_sources([str(path)])
    assert isinstance(source, Source)
    article = clean(source)
    article.text.encode("utf-8")
    assert article.text == "The envoys \ufffd met \ufffd\ufffd in \U0001f1ee Geneva on Monday."


@pytest.mark.parametrize("ending", ["txt", "html", "jsonl", "csv", "xml", "warc", "md"])
def test_no_file_of_any_encoding_ends_the_reading(tmp_path: Path, ending: str) -> None:
    for encoding in ENCODINGS:
        if encoding in ("idna", "undefined"):
            continue
        path = tmp_path / f"{encoding}.{ending}"
        path.write_bytes(written(encoding)[1])
        for one in iter_sources([str(path)]):
            if isinstance(one, Source):
                try:
                    clean(one)
                except SummitryError as error:
                    assert str(error)


def test_letters_decoded_wrong_are_said() -> None:
    good = "The envoy’s café – “tense”, Müller, São Paulo, NÃO, Âge, Ça, € 5, naïve, TÊTE-À-TÊTE â la carte."
    assert remarks(good) == ()
    for wrong in (
        good.encode().decode("cp1252", "replace"),
        good.encode().decode("latin-1"),
        good.encode("cp1252").decode("utf-8", "replace"),
        "It\x92s over",
    ):
        (said,) = remarks(wrong)
        assert "decoded wrong" in said and said.isprintable()


def test_remarks_name_what_is_hidden_and_hide_nothing() -> None:
    text = "Irаn\u202e and Wash\u200bington, Саnada, Сhina, Iѕrael, \U000e0041\u00ad and \ufffd"
    said = remarks(text)
    assert len(said) == 3
    assert all(one.isprintable() for one in said)
    assert "а is cyrillic small letter a" in said[0] and "and more" in said[0]
    assert "U+202E" in said[1]
    assert remarks("plain") == () and remarks("“quoted” é") == ()
