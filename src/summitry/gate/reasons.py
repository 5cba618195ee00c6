"""Why a page is passed over, in sentences: what was looked for, what was found, and how to ask for more."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.gate.types import Why
from summitry.gate.wanted import Terms, Wanted


def too_short(size: int, least: int) -> str:
    """``size`` and ``least`` in bytes."""
    return f"holds {size} bytes; a report has at least {least}"


def too_long(size: int, most: int) -> str:
    """``size`` and ``most`` in bytes."""
    return f"holds {size:,} bytes; at most {most:,} are read as one report: split it into single reports"


def not_english(share: float, size: int) -> str:
    """``share`` is that of the commonest words in the most English part of a page of ``size`` bytes."""
    most = f"the commonest English words make at most {share:.0%} of one, of 3% or more"
    return f"no part of its {size:,} bytes is English: {most}"


def unnamed(terms: Terms, found: int) -> tuple[Why, str]:
    """What each case lacks, cases that lack the same together; ``found`` are the bits of what was found."""
    lacking: dict[str, list[str]] = {}
    why: Why = "parties"
    for case in terms.wanted:
        lack, kind = _lack(case, found, terms.labels)
        lacking.setdefault(lack, []).append(case.name)
        why = "topic" if kind == "topic" else why
    return why, "; ".join(lack.replace("CASES", _listed(names)) for lack, names in lacking.items())


def _lack(case: Wanted, found: int, labels: Sequence[str]) -> tuple[str, Why]:
    if case.words and not found & case.words:
        return "holds none of the words that tell of CASES", "topic"
    if case.core and not found & case.core:
        return f"does not name {_parties(case.core, labels, 'or')}, which CASES is about", "parties"
    named = found & case.parties
    if not named:
        return "names no party of CASES: two are needed", "parties"
    return f"names one party of CASES ({_parties(named, labels, 'and')}): two are needed", "parties"


def _parties(bits: int, labels: Sequence[str], joint: str) -> str:
    named = []
    while bits:
        named.append(labels[bits.bit_length() - 1])
        bits ^= 1 << bits.bit_length() - 1
    return _listed(sorted(named), joint)


def _listed(names: Sequence[str], joint: str = "or") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"
