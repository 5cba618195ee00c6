"""Bytes to text: the one place where encodings are decided, for whole documents and for the rows of tables.

The order of decisions is fixed and holds no state, so the same bytes always give the same text. What is no text
at all (images, archives, databases) is refused by name.
"""

from __future__ import annotations

import codecs
import re

from summitry.errors import UnreadableSource

# (first bytes, what it is, what to do). Only signatures that no report in any text encoding starts with.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image", "give the text of the report instead"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text of the report instead"),
    (b"GIF87a", "a GIF image", "give the text of the report instead"),
    (b"GIF89a", "a GIF image", "give the text of the report instead"),
    (b"%PDF-", "a PDF document", "save it as text or HTML first"),
    (b"{\\rtf", "an RTF document", "save it as plain text first"),
    (b"PK\x03\x04", "a zip archive or office document", "unpack it, or save it as text or HTML first"),
    (b"PK\x05\x06", "an empty zip archive", "give the reports themselves"),
    (b"SQLite format 3\x00", "an SQLite database", "export the texts as JSONL or CSV first"),
    (b"\x7fELF", "an ELF program", "give the text of the report instead"),
    (b"\x1f\x8b", "gzip data", "name the file with .gz at the end, packed once"),
    (b"BZh9", "bzip2 data", "name the file with .bz2 at the end, packed once"),
    (b"\xfd7zXZ\x00", "xz data", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstandard data", "name the file with .zst at the end, packed once"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "save it as text or HTML first"),
    (b"II*\x00", "a TIFF image", "give the text of the report instead"),
    (b"MM\x00*", "a TIFF image", "give the text of the report instead"),
    (b"\x00\x00\x01\x00", "an icon image", "give the text of the report instead"),
    (b"\xca\xfe\xba\xbe", "a compiled program", "give the text of the report instead"),
)
# Signatures that are printable words: believed only when control bytes follow.
_WORDY: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a Windows program"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"RIFF", "a WAV, AVI or WebP file"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"wOFF", "a font"),
    (b"BM", "a bitmap image"),
)
_PROBE_BYTES = 4096  # enough to see an encoding's habits; reading more changes no decision on real pages
# More control characters than this are data, not text: real residue (form feeds, stray NULs) stays far below.
_MAX_CONTROL_SHARE = 0.1
_FEW_CONTROLS = 8  # so few happen in any text, however short
UNKNOWN_DATA = "binary data of an unknown kind, not text; give the text of the report"
_CONTROLS = "".join(map(chr, [*range(9), *range(14, 27), *range(28, 32)]))

_MULTIBYTE = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_UTF8_RUN = re.compile(rb"(?:[\x00-\x7f]+|" + _MULTIBYTE + rb")+")
_UTF8_CHAR = re.compile(_MULTIBYTE)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Names that pages and mail declare, and the superset that was used in practice (WHATWG encoding standard).
_SUPERSETS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "iso8859-9": "cp1254", "tis-620": "cp874",
}  # fmt: skip
# Codecs of Python that no page or mail is honestly written in, and in which words can hide from whoever looks at the
# bytes: escapes, a second alphabet, names of hosts. Labels that name them are passed over.
_NO_CHARSET = frozenset("utf-7 punycode idna unicode-escape raw-unicode-escape undefined charmap hz iso2022-kr".split())


def binary_kind(content: bytes) -> str | None:
    """What the bytes are and the next step, if they are a known binary format; None for anything else."""
    for first, name, step in _SIGNATURES:
        if content.startswith(first):
            return f"{name}, not text; {step}"
    control = any(byte < 9 or 14 <= byte < 27 for byte in content[:256])
    for first, name in _WORDY:
        if control and content.startswith(first):
            return f"{name}, not text; give the text of the report instead"
    if content[4:8] == b"ftyp":
        return "a video or audio file, not text; give a transcript instead"
    return None


def decode(content: bytes, declared: str | None = None) -> str:
    r"""The text of ``content``: BOM dropped, ``\r\n`` made ``\n``, nothing else changed.

    A lone surrogate (half of a UTF-16 pair) becomes U+FFFD, one for one, because neither the parser nor SQLite can
    hold it; offsets do not move. NUL and direction marks stay.

    Args:
        content: the bytes as received.
        declared: the encoding that a header or page names, used when the bytes are not valid UTF-8.

    Raises:
        UnreadableSource: stage ``decode``: empty, a binary format, or mostly control characters.
    """
    if not content:
        raise UnreadableSource("decode", "it is empty (0 bytes); give a file that holds a report")
    if (binary := binary_kind(content)) is not None:
        raise UnreadableSource("decode", f"it is {binary}")
    text = scalars(_decode(content, declared).removeprefix("\ufeff").replace("\r\n", "\n"))
    if is_data(text):
        raise UnreadableSource("decode", f"it is {UNKNOWN_DATA}")
    if not any(map(str.isalnum, text)):
        raise UnreadableSource(
            "decode", "it holds no letter or digit, only white space or marks; give a file with text"
        )
    return text


def is_data(text: str) -> bool:
    """Whether more than a tenth of ``text`` is control characters, as in data that is no text."""
    return sum(map(text.count, _CONTROLS)) > max(_FEW_CONTROLS, _MAX_CONTROL_SHARE * len(text))


def wide_encoding(first: bytes) -> str | None:
    """UTF-16 or UTF-32 if a stream begins as one of them; None for encodings in which a line ends in one byte."""
    marked = _by_mark(first)
    return None if marked == "utf-8-sig" else marked


def scalars(text: str) -> str:
    """``text`` with each lone surrogate replaced by U+FFFD (same length)."""
    return _SURROGATE.sub("\ufffd", text)


def _decode(content: bytes, declared: str | None) -> str:
    marked = _by_mark(content)
    if marked is not None:
        return content.decode(marked, "replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return _unescaped(content, declared) or text if "\x1b" in text and declared else text
    if b"\xed" in content:  # JSON may bring half a pair, which Python writes as three bytes
        try:
            return content.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            pass
    if (
        declared
        and (label := _strictly(content, _superset(declared))) is not None
        and not _wrongly_wide(label, declared)
    ):
        return label
    broken = len(_UTF8_RUN.sub(b"", content))
    if len(_UTF8_CHAR.findall(content)) >= broken:
        return _mixed(content)
    return _legacy(content)


def _by_mark(content: bytes) -> str | None:
    """The encoding a byte order mark names, or UTF-16 told by its NUL bytes (every other byte in Latin text)."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return name
    probe = content[: _PROBE_BYTES & ~1]
    if len(probe) < 16:  # fewer bytes show no habit
        return None
    if not any(probe[2 : len(probe) & ~3 : 4]) and not any(probe[3 : len(probe) & ~3 : 4]) and any(probe[::4]):
        return "utf-32-le"
    if not any(probe[::4]) and not any(probe[1::4]) and any(probe[3::4]):
        return "utf-32-be"
    half = len(probe) / 2
    even, odd = probe[::2].count(0) / half, probe[1::2].count(0) / half
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None


def _superset(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip().strip("\"'")[:40]).name
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("_", "-") in _NO_CHARSET else _SUPERSETS.get(name, name)


def _wrongly_wide(text: str, declared: str) -> bool:
    """Whether a label of UTF-16 or UTF-32 made Chinese of Latin bytes: what is really of two bytes has blanks."""
    return "16" in declared and _superset(declared).startswith("utf-16") and " " not in text and "\n" not in text


def _unescaped(content: bytes, declared: str | None) -> str | None:
    """Japanese of seven bits, which is valid ASCII with escapes in it: by its label alone."""
    name = _superset(declared or "")
    return _strictly(content, name) if name.startswith("iso2022_jp") else None


def _strictly(content: bytes, encoding: str) -> str | None:
    """The text if every byte fits ``encoding``; None if not, or if it is no text encoding."""
    if not encoding:
        return None
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _mixed(content: bytes) -> str:
    """UTF-8 with stray bytes of Windows-1252 in it: each part read as what it is."""
    parts: list[str] = []
    end = 0
    for run in _UTF8_RUN.finditer(content):
        parts += (_western(content[end : run.start()]), run.group().decode("utf-8"))
        end = run.end()
    parts.append(_western(content[end:]))
    return "".join(parts)


def _western(content: bytes) -> str:
    return _strictly(content, "cp1252") or content.decode("latin-1")


def _share(text: str | None, ranges: tuple[tuple[str, str], ...]) -> float:
    """Share of the non-ASCII characters that lie in ``ranges``; 0 when there is no text."""
    if text is None:
        return 0.0
    high = [char for char in text[: 4 * _PROBE_BYTES] if char > "\x7f"]
    return sum(any(a <= char <= b for a, b in ranges) for char in high) / len(high) if high else 0.0


def _legacy(content: bytes) -> str:
    """Text of an older encoding, told by which characters it would hold.

    The order matters: Japanese shows kana in its own encodings only; Korean bytes are valid Chinese, but Chinese
    bytes read as Korean are hardly ever nine tenths Hangul.
    """
    kana, hangul = (("ぁ", "ヺ"),), (("가", "힣"),)
    for encoding, ranges, least in (
        ("cp932", kana, 0.3),
        ("cp949", hangul, 0.85),
        ("euc_jp", kana, 0.3),
    ):
        text = _strictly(content, encoding)
        if _share(text, ranges) >= least and text is not None:
            return text
    runs = [len(run) for run in _HIGH_RUN.findall(content[: 16 * _PROBE_BYTES])]
    if runs and sum(runs) / len(runs) < 1.6:  # single letters with accents and curly quotes among ASCII
        return _western(content)
    text = _strictly(content, "gb18030")
    # Two bytes of A1-F7 each, three quarters of them common characters (GB 2312 level 1 begins with B0-D7).
    pairs = [byte for run in _HIGH_RUN.findall(content[: 16 * _PROBE_BYTES]) for byte in run[::2]]
    if text is not None and pairs and sum(0xB0 <= byte <= 0xD7 for byte in pairs) >= 0.6 * len(pairs):
        return text
    return _guessed(content)


def _guessed(content: bytes) -> str:
    """The best guess of charset-normalizer on the first bytes, else Windows-1252."""
    from charset_normalizer import from_bytes  # here: 30 ms to import, rarely needed

    best = from_bytes(content[: 16 * _PROBE_BYTES]).best()
    if best is None:
        return _western(content)
    return _strictly(content, _superset(best.encoding)) or _western(content)
