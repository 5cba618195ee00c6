"""Who signed: bylines, lone names under a headline, e-mail lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitry.clean.names import AGENCY, MONTHS, ROLE_WORDS, SIGNER

# A run of letters or of blanks is tried at its start only; tried from each of its characters, a long run costs its
# square.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++ ?@ ?[\w-]++(?:\.[\w-]++)++")
_BY = re.compile(r"[\W_]*+(?:[Bb][Yy]|Reported by|Written by|Author:|Words:)(?:\s++(?::\s++)?|:\s++)(?=[A-Z\"'“À-Ý])")
_BYLINE_CHARS = 160  # five names with their papers; a longer line is a sentence
_CONTACT_CHARS = 300  # an e-mail line with two reporters; the pattern must never see an endless line
_WORD = re.compile(r"[A-ZÀ-Ý][\w.'’-]*|de|da|del|der|den|van|von|al|el|bin|ibn|la|le|di|du|dos|y|ul|ur")
_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?+(?:,|;|/|\||&|•|·|\band\b|\bwith\b)\s*+")
_PLACE_OF_WORK = re.compile(r"\s(?:in|for|of|at|from)\s.*")
_NO_NAMES = frozenset({*MONTHS, *"Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()})
_FREE_MAIL = (
    "gmail.",
    "yahoo.",
    "hotmail.",
    "outlook.",
    "naver.",
    "hanmail.",
    "daum.",
    "protonmail.",
    "icloud.",
    "aol.",
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a report: names of people, and agencies or papers named beside them."""

    names: tuple[str, ...]
    agencies: tuple[str, ...]

    @property
    def line(self) -> str | None:
        """The byline: the names, or the agencies where no person signed; None for nobody."""
        return ", ".join(self.names or self.agencies) or None


def byline(line: str) -> Signature | None:
    """Who signs in a line that begins with "By"; None where the line is something else."""
    match = _BY.match(line)
    if match is None or len(line) > _BYLINE_CHARS:
        return None
    rest = _EMAIL.sub("", line[match.end() :])
    rest = re.sub(r"\([^)]*\)?\s*$", "", rest).strip(" \t|•·-–—,")
    if rest.endswith((".", "?", "!", "”")) and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", rest):
        return None
    return signature(rest)


def signature(text: str) -> Signature | None:
    """People and agencies in a list of signers ("A, B and C, Reuters"); None if any part is no name and no role."""
    names: list[str] = []
    agencies: list[str] = []
    for number, part in enumerate(_SEPARATOR.split(text.strip())):
        part = part.strip(" \"'“”.,()") if len(part) > 3 else part
        part = _PLACE_OF_WORK.sub("", part)
        words = part.split()
        if not words:
            continue
        if re.fullmatch(SIGNER, part) is not None or (names and part.isupper() and not names[-1].isupper()):
            agencies.append(part)
        elif _is_person(words):
            names.append(part)
        elif (role := next((i for i, word in enumerate(words) if word.lower() in ROLE_WORDS), None)) is not None:
            if role and _is_person(words[:role]) and re.fullmatch(SIGNER, " ".join(words[:role])) is None:
                names.append(" ".join(words[:role]))
            elif number == 0 and role == 0 and len(words) > 4:
                return None
        elif number == 0:
            return None
    return Signature(tuple(names), tuple(agencies)) if names or agencies else None


def is_person(text: str) -> bool:
    """Whether the words look like the name of one person: two to five capitalised words, none a role or a month."""
    return _is_person(text.split())


def _is_person(words: list[str]) -> bool:
    return (
        2 <= len(words) <= 5
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and all(_WORD.fullmatch(word) is not None for word in words)
        and not any(word in _NO_NAMES or word.lower().strip(".") in ROLE_WORDS for word in words)
    )


def is_house(line: str) -> bool:
    """Whether a line names an outlet or a role and nothing else ("USA TODAY", "Opinion contributor")."""
    words = line.split()
    if not 1 <= len(words) <= 5 or line.rstrip().endswith((".", "?", "!")):
        return False
    return line.isupper() or re.fullmatch(SIGNER, line) is not None or any(word.lower() in ROLE_WORDS for word in words)


def contact(line: str) -> str | None:
    """The e-mail address of a line that gives little else (a name, "Write to ... at"); None for other lines."""
    if len(line) > _CONTACT_CHARS or "@" not in line:
        return None
    match = _EMAIL.search(line)
    if match is None:
        return None
    others = _EMAIL.sub("", line).split()
    asks = re.search(
        r"^[\W_]*(?:Write to|Contact|E-?mail|Reach|Send|Reporters?)\b|(?:be )?reached at", line, re.IGNORECASE
    )
    return match.group().replace(" ", "") if len(others) <= 6 or (asks is not None and len(others) <= 20) else None


def house_of(address: str) -> str | None:
    """The domain of an e-mail address, as the outlet's sign; None for public mail services."""
    domain = address.rpartition("@")[2].lower()
    return None if domain.startswith(_FREE_MAIL) else domain


def agency_named(text: str) -> str | None:
    """The agency a signature such as "(Yonhap)" or "SEOUL (Reuters) -" names; None if it names none."""
    match = re.search(rf"(?<![\w.]){AGENCY}(?![\w])", text)
    return match.group() if match else None
