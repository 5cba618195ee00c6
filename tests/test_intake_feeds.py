"""Reports as newsrooms, feeds and crawlers give them: XML and JSON of known forms."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from summitry.intake import iter_sources
from summitry.intake.markup import text_of_html
from summitry.intake.options import MAX_DOCUMENT_BYTES
from summitry.vocabulary import Rejected, Source


def take(path: Path) -> tuple[list[Source], list[Rejected]]:
    found = list(iter_sources([str(path)]))
    return [one for one in found if isinstance(one, Source)], [one for one in found if isinstance(one, Rejected)]


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Baltic Example</title><link>http://news.example/</link>
<item><title>Envoys meet</title><link>http://news.example/1</link><pubDate>Fri, 03 May 2019 08:00:00 GMT</pubDate>
<dc:creator>A. Writer</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>Envoys met in <b>Tallinn</b>.</p>
<script>x()</script><p>They left &amp; went home.</p>]]></content:encoded>
</item>
<item><title>No text</title><link>http://news.example/2</link></item>
<item><title>Plain</title><description>Only words here.</description><guid>http://news.example/3</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Example</title>
<entry><title>One</title><link rel="edit" href="http://news.example/e"/><link href="http://news.example/1"/>
<published>2019-05-03T08:00:00Z</published><author><name>B. Writer</name><uri>http://b.example</uri></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content></entry></feed>"""

NEWSML = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2019-05-03</sent></header><itemSet>
<newsItem guid="tag:1"><itemMeta><versionCreated>2019-05-04T09:00:00Z</versionCreated>
<provider literal="EXA"><name>Example Agency</name></provider></itemMeta>
<contentMeta><contentCreated>2019-05-03T08:00:00Z</contentCreated>
<by>By C. Writer</by><headline>Talks resume</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf><head><title>T</title></head>
<body><body.head><hedline><hl1>Talks resume</hl1></hedline></body.head>
<body.content><p>The envoys met.</p><p>No date was set.</p></body.content>
</body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="tag:2"><itemMeta><versionCreated>2019-05-04T09:00:00Z</versionCreated></itemMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>X</title></head><body>
<p>In XHTML.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="tag:3"><contentSet><remoteContent href="p.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""


@pytest.mark.parametrize("name", ["feed.rss", "feed.xml", "feed.xml.gz"])
def test_rss(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(RSS.encode()) if name.endswith(".gz") else RSS.encode())
    sources, rejected = take(path)
    assert [one.uri.rpartition("#")[2] for one in sources] == ["1", "3"]
    assert sources[0].content.decode() == "Envoys met in Tallinn.\n\nThey left & went home."
    assert dict(sources[0].metadata) == {
        "title": "Envoys meet",
        "date": "Fri, 03 May 2019 08:00:00 GMT",
        "url": "http://news.example/1",
        "outlet": "The Baltic Example",
        "authors": "A. Writer",
    }
    assert dict(sources[1].metadata)["url"] == "http://news.example/3"
    assert [one.source.uri.rpartition("#")[2] for one in rejected] == ["2"]


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM)
    (source,), _ = take(tmp_path)
    assert source.content == b"First.\n\nSecond."
    assert dict(source.metadata) == {
        "title": "One", "date": "2019-05-03T08:00:00Z", "url": "http://news.example/1", "outlet": "Atom Example",
        "authors": "B. Writer",
    }  # fmt: skip


def test_newsml(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(NEWSML)
    sources, rejected = take(tmp_path)
    assert [one.content.decode() for one in sources] == ["The envoys met.\n\nNo date was set.", "In XHTML."]
    assert dict(sources[0].metadata) == {
        "title": "Talks resume", "date": "2019-05-03T08:00:00Z", "outlet": "Example Agency", "authors": "By C. Writer",
    }  # fmt: skip
    assert dict(sources[1].metadata)["date"] == "2019-05-04T09:00:00Z"
    assert [one.source.uri.rpartition("#")[2] for one in rejected] == ["3"]


ENTITY = "<!DOCTYPE rss [<!ENTITY {0}>]><rss><channel><item><description>x &a; y</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ENTITY.format('a SYSTEM "file:///etc/passwd"'), "declares entities"),
        (ENTITY.format('a SYSTEM "http://127.0.0.1:1/x"'), "declares entities"),
        (ENTITY.format('a "' + "swell" * 10 + '"'), "declares entities"),
        ("<kml><a/></kml>", "<kml>"),
        ("<rss><channel></channel></rss>", "no report"),
        ("", "not valid XML"),
        ("<rss><channel>" + "<a>" * 5000, "not valid XML"),
        ("<rss><channel>" + "<a/>" * 250_000, "200,000 elements"),
        ("<rss><channel><item><title>" + "x" * 11_000_000, "not valid XML"),
        ("<rss><channel><item>" + ("<p>" + "word " * 1000 + "</p>") * (MAX_DOCUMENT_BYTES // 5000 + 10), "at most"),
    ],
)  # fmt: skip
def test_xml_that_is_refused(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.xml").write_text(content)
    sources, rejected = take(tmp_path / "a.xml")
    assert sources == []
    assert words in rejected[0].reason
    assert len(rejected) == 1


def test_what_stands_before_a_fault_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text("<rss><channel><item><description>Kept.</description></item><item><b></item>")
    sources, rejected = take(tmp_path)
    assert [one.content for one in sources] == [b"Kept."]
    assert "after its report 1" in rejected[0].reason


NINJS1 = {
    "uri": "http://news.example/n1", "type": "text", "headline": "Talks", "byline": "By D. Writer", "urgency": 3,
    "versioncreated": "2019-05-03T08:00:00Z", "body_xhtml": "<p>The envoys met.</p><p>No date.</p>",
    "usageterms": "none",
}  # fmt: skip
NINJS2 = {
    "uri": "urn:x", "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "Talks"}],
    "bodies": [{"role": "main", "contenttype": "text/plain", "value": "The envoys met."}], "by": "E. Writer",
    "firstcreated": "2019-05-02T08:00:00Z", "versioncreated": "2019-05-03T08:00:00Z", "infosources": [{"name": "EXA"}],
}  # fmt: skip
FUNDUS = {
    "title": "Talks", "authors": ["F. Writer", "G. Writer"], "publishing_date": "2019-05-03 08:00:00+00:00",
    "body": {"summary": ["In short."], "sections": [{"headline": ["Part"], "paragraphs": ["One.", "Two."]}]},
    "topics": ["talks"], "html": {"requested_url": "http://news.example/f", "source_info": {"publisher": "Example"}},
}  # fmt: skip
NEWSPLEASE = {
    "maintext": "The envoys met.", "title": "Talks", "date_publish": "2019-05-03 08:00:00", "language": "en",
    "source_domain": "news.example", "authors": ["H. Writer"], "url": "http://news.example/p", "description": "Short.",
    "date_download": "2019-06-01 00:00:00", "filename": "x.json",
}  # fmt: skip


def test_json_of_newsrooms_and_crawlers(tmp_path: Path) -> None:
    rows = [NINJS1, NINJS2, FUNDUS, NEWSPLEASE]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "one.json").write_text(json.dumps(FUNDUS))
    (one, *sources), rejected = take(tmp_path)
    assert rejected == []
    assert (one.content, one.metadata) == (sources[2].content, sources[2].metadata)
    assert [source.content.decode() for source in sources] == [
        "The envoys met.\n\nNo date.", "The envoys met.", "In short.\n\nPart\n\nOne.\n\nTwo.", "The envoys met.",
    ]  # fmt: skip
    assert [dict(source.metadata) for source in sources] == [
        {"title": "Talks", "date": "2019-05-03T08:00:00Z", "url": "http://news.example/n1", "authors": "By D. Writer"},
        {"title": "Talks", "date": "2019-05-02T08:00:00Z", "outlet": "EXA", "authors": "E. Writer"},
        {"title": "Talks", "date": "2019-05-03 08:00:00+00:00", "url": "http://news.example/f", "outlet": "Example",
         "authors": "F. Writer, G. Writer"},
        {"title": "Talks", "date": "2019-05-03 08:00:00", "url": "http://news.example/p", "outlet": "news.example",
         "authors": "H. Writer"},
    ]  # fmt: skip


def test_markup_of_any_depth_is_text() -> None:
    assert "word" in text_of_html("<div>" * 200 + "word")
    text_of_html("<div>" * 100_000 + "word")
    assert text_of_html("a<br>b<!-- c -->d") == "a\n\nbd"
