"""Laws of cleaning: it raises one error only, and its spans are in order, disjoint and inside the text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.clean import clean
from summitry.errors import UnreadableSource
from summitry.vocabulary import Article, Source

_FRAGMENTS = st.sampled_from(
    [
        "The two sides met in Geneva on Monday, the minister said.", "GENEVA (Reuters) - ", "(Yonhap)",
        "By Jane Doe", "Share", "• Facebook", "Published : May 4, 2021 - 08:12", "jane@paper.example",
        "Top 10 Stories", "\n", "\n\n", "\r\n", "\r", "\u2028", "\x00", "\u202e", "“", "”", "‘", "![]() |",
        "File photo", "/ Agency-Yonhap", "<p>", "</p>", "<html>", " ", "\t", "—", "MORE: ",
        "A line of about seventy characters that somebody wrapped by hand, and", "ED", "go top LETTER",
        "We urge both to talk.", "\ud800",
    ]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=400), st.lists(_FRAGMENTS, max_size=40).map("".join))


def _spans(article: Article) -> list[tuple[int, int]]:
    labelled = [(span.start, span.end) for span in (*article.furniture, *article.metadata_spans)]
    return sorted(labelled + [(block.start, block.end) for block in article.blocks])


def _check(article: Article) -> None:
    spans = _spans(article)
    assert article.blocks, "an article has a body"
    assert list(article.blocks) == sorted(article.blocks)
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    assert spans[0][0] >= 0
    assert spans[-1][1] <= len(article.text)
    for start, end in spans:
        assert article.text[start:end].strip() == article.text[start:end] != ""
    article.text.encode("utf-8")  # no lone surrogate is left: the record could not hold it


@settings(deadline=None, max_examples=120)
@given(_TEXTS, st.sampled_from(["text/plain", "text/html", "text/markdown"]))
def test_any_text_gives_an_article_or_a_reason(text: str, media_type: str) -> None:
    source = Source("x", text.encode("utf-8", "surrogatepass"), media_type)
    try:
        article = clean(source)
    except UnreadableSource as error:
        assert error.stage in ("decode", "parse", "clean")
        assert len(error.reason) > 10
        return
    _check(article)
    assert clean(source) == article


@settings(deadline=None, max_examples=120)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_article_or_a_reason(content: bytes) -> None:
    try:
        _check(clean(Source("x", content)))
    except UnreadableSource as error:
        assert error.reason


@settings(deadline=None, max_examples=60)
@given(st.lists(_FRAGMENTS.filter(lambda fragment: "<" not in fragment), max_size=30).map("".join))
def test_plain_text_is_kept_as_it_is(text: str) -> None:
    text = text.replace("\ud800", "")
    if 4 * text.count("\0") > len(text):  # every other byte NUL is UTF-16
        return
    try:
        article = clean(Source("x", text.encode("utf-8")))
    except UnreadableSource:
        return
    assert article.text == text.replace("\r\n", "\n")
    labelled = {i for start, end in _spans(article) for i in range(start, end)}
    # Every letter stands in a span of some kind: nothing is dropped in silence.
    assert all(i in labelled for i, char in enumerate(article.text) if char.isalnum())
