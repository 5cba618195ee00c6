"""Encodings: the same sentence comes back from every one of them."""

from __future__ import annotations

import pytest

from summitry.encoding import decode

_ENGLISH = "The envoy’s café talks – “tense” – went on.\nNobody left early, he said; naïve hopes faded.\n" * 3
_KOREAN = "두 나라는 국경을 다시 열기로 합의했다고 관계자가 월요일에 밝혔다. 회담은 계속된다.\n"
_CHINESE = "两国代表周一同意重新开放边境口岸，官员们在首都会谈后表示，下一轮会谈将于六月举行。\n"
_JAPANESE = "両国の代表は月曜日に国境を再び開くことで合意したと関係者が語った。会談は六月に続く。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_english(encoding: str) -> None:
    assert decode(_ENGLISH.encode(encoding)) == _ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(_KOREAN, "cp949"), (_KOREAN, "euc-kr"), (_CHINESE, "gb18030"), (_JAPANESE, "shift_jis"), (_JAPANESE, "euc-jp")],
)
def test_eastern(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_declared_encoding_is_believed_where_utf_8_does_not_fit() -> None:
    assert decode("Žádná dohoda".encode("cp1250"), "windows-1250") == "Žádná dohoda"
    assert decode("Žádná dohoda".encode(), "windows-1250") == "Žádná dohoda"
    assert decode("café".encode("cp1252"), "no such encoding") == "café"


def test_mixed_encodings_in_one_text() -> None:
    assert decode("the café — ".encode() + "the naïve".encode("cp1252")) == "the café — the naïve"


def test_marks_nul_and_halves_of_pairs_survive() -> None:
    assert decode("a\u202eb\x00c".encode()) == "a\u202eb\x00c"
    assert decode("x\ud800y".encode("utf-8", "surrogatepass")) == "x\ufffdy"
