"""The gate: which pages bear on the negotiations asked about, told from their bytes at memory speed.

1 length     shorter than any report, or longer than cleaning takes
2 language   the commonest words of English, stretch by stretch; most pages show them in the first
3 subject    the rarest that each case asks for: its words, or else its core party; most pages end here
4 parties    the names of the others, up to the second party

Each page is looked at as bytes, spaced (:mod:`summitry.gate.normal`); those in which tags or runs of white space may
break a name are looked at a second time with these joined, before they are passed over for what they do not name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from summitry.encoding import binary_kind
from summitry.errors import UsageError
from summitry.gate.english import best_share, is_english
from summitry.gate.normal import as_utf8, joined, may_break, spaced
from summitry.gate.reasons import not_english, too_long, too_short, unnamed
from summitry.gate.types import PassedOver
from summitry.gate.wanted import Exact, Term, Terms, terms_of
from summitry.vocabulary import Source

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

FEWEST_BYTES: Final = 60
"""A sentence in which one party does something to another takes more than these: "Iran rejects the U.S. offer of talks
on its nuclear program." has 59, and no report is a single sentence."""
MOST_BYTES: Final = 4_000_000
"""More bytes of plain text than the million characters cleaning takes, whatever the encoding (at most four bytes a
character)."""
_FIRST_PART: Final = 4_096
"""Bytes looked at before asking whether they are enough; each next part is four times as long. News tells its parties
in its first paragraphs."""


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
        """The bits found so far, after each part of a spaced page that brought a new one, and at its end. The page
        begins and ends with a space."""
        bits, start, size = 0, 0, _FIRST_PART
        while start < len(page):
            # A part begins one byte early, to see whether a word begins, and ends with room for the longest form.
            part = page[max(start - 1, 0) : start + size + self.longest + 1]
            new = self._in(part, bits)
            if new != bits:
                bits = new
                yield bits
            start, size = start + size, 4 * size
        yield bits

    def _in(self, part: bytes, bits: int) -> int:
        last = len(part)
        for number, start, end in self.find.find_matches_as_indexes(part, overlapping=True):
            new = self.begins[number] | self.whole[number]
            if new & ~bits and start and part[start - 1] == 32:
                bits |= self.begins[number]
                if end < last and part[end] == 32:
                    bits |= self.whole[number]
        return bits


@dataclass(frozen=True, slots=True)
class Gate:
    """Which pages bear on what is asked about. Pure; it is pickled as what is looked for, and built anew from that."""

    terms: Terms
    _first: _Automaton = field(init=False, repr=False, compare=False)
    _second: _Automaton = field(init=False, repr=False, compare=False)
    _rarest: int = field(init=False, repr=False, compare=False)
    _exact: tuple[tuple[int, tuple[bytes, ...], re.Pattern[bytes]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_first", _Automaton.of(self.terms.first))
        object.__setattr__(self, "_second", _Automaton.of(self.terms.second))
        object.__setattr__(self, "_rarest", reduce(or_, (case.rarest for case in self.terms.wanted), 0))
        object.__setattr__(self, "_exact", tuple(map(_exactly, self.terms.exact)))

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
        content = b"\n".join((b"", title, content, b""))  # so that every word stands between two spaces
        page = spaced(content)
        share = best_share(page)
        if not is_english(share):
            return None if binary_kind(source.content) else PassedOver("language", not_english(share, len(page)))
        bits, fits = self._look_for(page, content)
        if not fits and may_break(content):
            bits, fits = self._look_for(joined(content), content)
        return None if fits else PassedOver(*unnamed(self.terms, bits))

    def _look_for(self, page: bytes, content: bytes) -> tuple[int, bool]:
        """What was found in a page and whether a case fits. Where no case begins, nothing else is looked for."""
        rarest = self._rarest
        bits = 0
        first = self._first.found(page)
        for bits in first:
            if bits & rarest:
                break
        else:
            bits = self._spelled(content, bits, rarest)
            if not bits & rarest:
                return bits, False
        for named in self._second.found(page):
            if self._fits(bits | named):
                return bits | named, True
        bits |= named
        for more in first:
            bits |= more
        if not self._fits(bits):
            bits = self._spelled(content, bits, ~0)
        return bits, self._fits(bits)

    def _fits(self, bits: int) -> bool:
        return any(case.fits(bits) for case in self.terms.wanted)

    def _spelled(self, content: bytes, bits: int, asked: int) -> int:
        """``bits`` with those asked for of parties whose short names stand in the page as they are written."""
        for bit, names, pattern in self._exact:
            if bit & asked & ~bits and any(name in content for name in names) and pattern.search(content):
                bits |= bit
        return bits


def _exactly(exact: Exact) -> tuple[int, tuple[bytes, ...], re.Pattern[bytes]]:
    names = sorted({form.encode() for name in exact.names for form in (name, name.upper())}, key=lambda n: (-len(n), n))
    words = b"|".join(map(re.escape, names))
    return exact.bit, tuple(names), re.compile(rb"(?<![A-Za-z0-9])(?:" + words + rb")(?![A-Za-z0-9])")


def _length(source: Source) -> PassedOver | None:
    size = len(source.content)
    if size < FEWEST_BYTES and not binary_kind(source.content):
        return PassedOver("length", too_short(size, FEWEST_BYTES))
    if size > MOST_BYTES and not _is_markup(source) and not binary_kind(source.content):
        return PassedOver("length", too_long(size, MOST_BYTES))
    return None


def _is_markup(source: Source) -> bool:
    """Whether the bytes may be a page whose text is much shorter than they are."""
    return "html" in source.media_type.lower() or b"<" in source.content[: 2 * _FIRST_PART]
