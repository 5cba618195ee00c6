"""The gate: which pages bear on the negotiations asked about, told from their bytes at memory speed.

1 length     shorter than any report, or longer than cleaning takes
2 language   the commonest words of English, stretch by stretch; English pages show them in the first
3 subject    the rarest that each case asks for: its words, or else its core party; most pages end here
4 parties    the names of the others, up to the second party

Each page is looked at as bytes (:mod:`summitry.gate.normal`), HTML without its tags; plain text in which tags or
entities may break a name is looked at a second time without them, before it is passed over for what it does not name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from summitry.encoding import binary_kind
from summitry.errors import UsageError
from summitry.gate.english import FEWEST_BYTES as FEWEST_JUDGED
from summitry.gate.english import best_share, is_english
from summitry.gate.normal import as_utf8, has_markup, is_html, spaced, stripped
from summitry.gate.reasons import not_english, too_long, too_short, unnamed
from summitry.gate.types import PassedOver
from summitry.gate.wanted import Term, Terms, terms_of
from summitry.vocabulary import Source

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

FEWEST_BYTES: Final = 60
"""A sentence in which one party does something to another takes more than these: "Iran rejects the U.S. offer of talks
on its nuclear program." has 59, and no report is a single sentence."""
MOST_BYTES: Final = 4_000_000
"""More bytes of plain text than the million characters cleaning takes, whatever the encoding (at most four bytes a
character)."""
MOST_PAGE_BYTES: Final = 32_000_000
"""More bytes of HTML than the eight million characters cleaning takes."""
_FIRST_PART: Final = 2_048
"""Bytes looked at before asking whether they are enough; each next part is four times as long. News tells its parties
in its first paragraphs."""
_LONGEST_PART: Final = 1 << 17
"""What is found in a part is held in memory at once: of a text of nothing but names some 2 MB."""
_IS_LETTER: Final = tuple(byte < 128 and chr(byte).isalnum() for byte in range(256))


@dataclass(frozen=True, slots=True)
class _Automaton:
    """Finds terms at the start of words; what each sets, by its number: as a whole word, and as the start of one."""

    find: BytesAhoCorasick
    whole: tuple[int, ...]
    begins: tuple[int, ...]
    longest: int

    @classmethod
    def of(cls, terms: Sequence[Term]) -> _Automaton:
        try:
            from ahocorasick_rs import BytesAhoCorasick, Implementation
        except ImportError:
            raise UsageError(
                "looking at pages before they are read needs ahocorasick_rs, which is not installed; "
                "install it with: pip install 'summitry[archive]'"
            ) from None
        forms = sorted({term.form for term in terms})
        at = {form: number for number, form in enumerate(forms)}
        whole, begins = [0] * len(forms), [0] * len(forms)
        for term in terms:
            (whole if term.whole else begins)[at[term.form]] |= term.bits
        # DFA: twice as fast as the others, a few megabytes for thousands of names.
        find = BytesAhoCorasick(forms, implementation=Implementation.DFA)
        return cls(find, tuple(whole), tuple(begins), max(map(len, forms), default=0))

    def found(self, page: bytes) -> Iterator[int]:
        """The bits found so far, after each part of a spaced page that brought a new one, and at its end."""
        bits, start, size = 0, 0, _FIRST_PART
        while start < len(page):
            # A part begins one byte early, to see whether a word begins, and ends with room for the longest form and
            # what is behind it. Only the page's own ends are ends of words.
            end = start + size + self.longest + 1
            part = page[max(start - 1, 0) : end] if start or end < len(page) else page
            new = self._in(part, bits, (start == 0, end >= len(page)))
            if new != bits:
                bits = new
                yield bits
            start, size = start + size, min(4 * size, _LONGEST_PART)
        yield bits

    def _in(self, part: bytes, bits: int, is_end: tuple[bool, bool]) -> int:
        last = len(part)
        for number, start, end in self.find.find_matches_as_indexes(part, overlapping=True):
            if not (self.begins[number] | self.whole[number]) & ~bits:
                continue
            if not _IS_LETTER[part[start - 1]] if start else is_end[0]:
                bits |= self.begins[number]
                if not _IS_LETTER[part[end]] if end < last else is_end[1]:
                    bits |= self.whole[number]
        return bits


@dataclass(frozen=True, slots=True)
class Gate:
    """Which pages bear on what is asked about. Pure; it is pickled as what is looked for, and built anew from that."""

    terms: Terms
    _first: _Automaton = field(init=False, repr=False, compare=False)
    _second: tuple[_Automaton, ...] = field(init=False, repr=False, compare=False)
    _rarest: int = field(init=False, repr=False, compare=False)
    _nothing: PassedOver = field(init=False, repr=False, compare=False)
    _exact: _Automaton = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_first", _Automaton.of(self.terms.first))
        object.__setattr__(self, "_second", tuple(map(_Automaton.of, self.terms.second)))
        object.__setattr__(self, "_rarest", reduce(or_, (case.rarest for case in self.terms.wanted), 0))
        object.__setattr__(self, "_nothing", PassedOver(*unnamed(self.terms, 0)))  # what is said most often
        object.__setattr__(self, "_exact", _Automaton.of(self.terms.exact))

    def __reduce__(self) -> tuple[Callable[[Terms], Gate], tuple[Terms]]:
        """By what is looked for alone: the automata cannot be pickled, and take milliseconds to make."""
        return Gate, (self.terms,)

    @classmethod
    def of(cls, cases: Sequence[str] | None = None) -> Gate:
        """The gate of cases.

        Args:
            cases: names or files of cases; None: all shipped ones; empty: any negotiation between states.

        Raises:
            CaseError: a case is not known or off.
            UsageError: the package it looks with is not installed.
        """
        return cls(terms_of(cases))

    def look(self, source: Source) -> PassedOver | None:
        """Why a page is passed over; None where it is to be read.

        What is no text at all is not passed over: cleaning rejects it and says what it is.
        """
        content = source.content
        if (off := _length(source)) is not None:
            return off
        content = as_utf8(content)
        title = "\n".join(value for name, value in source.metadata if name == "title").encode("utf-8", "replace")
        content = b"\n".join((title, content)) if title else content
        markup = is_html(content, source.media_type)
        content = stripped(content) if markup else content
        page = spaced(content)
        share = best_share(page)
        if not is_english(share):
            return None if binary_kind(source.content) else PassedOver("language", not_english(share, len(page)))
        bits, fits = self._look_for(page, content)
        if not fits and not markup and has_markup(content):
            content = stripped(content)
            bits, fits = self._look_for(spaced(content), content)
        if fits or (len(page) < FEWEST_JUDGED and binary_kind(source.content)):
            return None
        return PassedOver(*unnamed(self.terms, bits)) if bits & ~self.terms.hint else self._nothing

    def _look_for(self, page: bytes, content: bytes) -> tuple[int, bool]:
        """What was found in a page and whether a case fits. The parties of a case are looked for where what is rarest
        of it is found."""
        bits = named = 0
        untried = list(zip(self.terms.wanted, self._second, strict=True))
        for bits in self._rare(page, content):
            for one in [one for one in untried if bits & one[0].rarest]:
                untried.remove(one)
                for names in one[1].found(page):
                    if one[0].fits(bits | named | names):
                        return bits | named | names, True
                named |= names
        bits |= named
        if len(untried) < len(self._second) and not self._fits(bits):
            bits |= self._spelled(content)
        return bits, self._fits(bits)

    def _rare(self, page: bytes, content: bytes) -> Iterator[int]:
        """The bits found so far of what is rarest in each case."""
        bits = 0
        for bits in self._first.found(page):
            yield bits
        if bits & self.terms.hint:
            yield bits | self._spelled(content) & self._rarest

    def _spelled(self, content: bytes) -> int:
        """The bits of parties whose short names stand in the page as they are written."""
        return reduce(or_, self._exact.found(content))

    def _fits(self, bits: int) -> bool:
        return any(case.fits(bits) for case in self.terms.wanted)


def _length(source: Source) -> PassedOver | None:
    size = len(source.content)
    if FEWEST_BYTES <= size <= MOST_BYTES:
        return None
    if size < FEWEST_BYTES and not binary_kind(source.content):
        return PassedOver("length", too_short(size, FEWEST_BYTES))
    most = MOST_PAGE_BYTES if _is_markup(source) else MOST_BYTES
    if size > most and not binary_kind(source.content):
        return PassedOver("length", too_long(size, most))
    return None


def _is_markup(source: Source) -> bool:
    """Whether the bytes may be a page whose text is much shorter than they are."""
    return "html" in source.media_type.lower() or b"<" in source.content[: 2 * _FIRST_PART]
