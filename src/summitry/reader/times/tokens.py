"""A text as time-relevant tokens and a class string: one letter a token, so that rules are short and linear.

Rules are regular expressions over categories, not over characters: they see 600 letters where the text has
3,000 characters, and every rule is of bounded length, so hostile text costs linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summitry.reader.times.lexicon import CAPITALISED, LETTER, WORD_CATEGORY

# Alternatives in order: what would be cut up by a later one stands first. Every one is linear: no two adjacent
# repetitions can match the same character.
TOKEN: Final = re.compile(
    r"(?P<ampm_dot>[AaPp]\. ?[Mm]\b\.?)"
    r"|(?P<qtok>[QH][1-4]\b)"
    r"|(?P<fytok>FY ?(?:\d{4}|\d\d)\b)"
    r"|(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)"
    r"|(?=\d)(?:"
    r"(?P<iso>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))"
    r"|(?P<slash>\d{1,2}[/.]\d{1,2}[/.]\d{4}(?!\d)|\d{4}[/.]\d{1,2}[/.]\d{1,2}(?!\d)|\d{1,2}/\d{1,2}/\d\d(?!\d))"
    r"|(?P<clock>\d{1,2}[:.]\d\d(?::\d\d)?(?=\s?[AaPp]\.?[Mm]\b)|(?<![\d:])[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:]))"
    r"|(?P<ordnum>\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<decade>\d{3}0s\b)"
    r"|(?P<number>\d{1,12}(?:[,.]\d{1,12}){0,6}%?))"
    r"|(?P<par>\n\s*)"
    r"|(?P<dash>(?<=[ \t])[-–—]{1,3}(?=[ \t])|--+|—)"
    r"|(?P<poss>['’]s\b)"
    r"|(?P<decade_short>['’‘]\d0s\b)"
    r"|(?P<hyphen>[-–‐‑])"
    r"|(?P<mark>[^\w\s])"
    r"|(?P<rest>_+)"
)
_MAY_NAMED: Final = re.compile(r"\b(?:Theresa|Mrs\.?|Ms\.?|Minister|Brian|Elaine|Peter) May\b")
_MARKS: Final = {
    ".": "dot",
    ",": "comma",
    "(": "lparen",
    ")": "rparen",
    "$": "money",
    "£": "money",
    "€": "money",
    "¥": "money",
}
_X: Final = LETTER["x"]
_CAP: Final = LETTER["cap"]
_WORD_LETTER: Final = {
    form: LETTER[name]
    for word, name in WORD_CATEGORY.items()
    for form in (word, word.capitalize(), word.upper())
    if form != word or name not in CAPITALISED
}
"""The letters of words as they are usually written; a month or weekday only with a capital."""
_MARK_LETTER: Final = {mark: LETTER[name] for mark, name in _MARKS.items()}
_PUNCT: Final = LETTER["punct"]
_FIRST_YEAR, _LAST_YEAR = 1000, 2199  # four digits outside are counts; 1000-1899 need more context (see guards)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text. ``classes[i]`` is the letter of token i, ``[starts[i], ends[i])`` its code points.

    ``names_may`` says whether the text speaks of a person called May.
    """

    text: str
    classes: str
    starts: list[int]
    ends: list[int]
    names_may: bool

    def words(self, first: int, last: int) -> list[str]:
        """The tokens ``first`` to ``last`` (exclusive) as lower-case strings."""
        text = self.text
        return [text[self.starts[i] : self.ends[i]].lower() for i in range(max(first, 0), min(last, len(self.starts)))]


def _number_letter(token: str) -> str:
    """The letter of a number: what it can be in a date."""
    if not token.isdecimal():
        return LETTER["int"]
    value = int(token)
    if len(token) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
        return LETTER["year"]
    if len(token) <= 2 and 1 <= value <= 31:
        return LETTER["int12"] if value <= 12 else LETTER["int31"]
    return LETTER["int"]


def _break_letter(text: str, start: int, end: int) -> str | None:
    """A line break parts two paragraphs, except where a hard-wrapped line goes on in lower case or with a digit."""
    if text.count("\n", start, end) > 1 or start == 0 or end >= len(text):
        return LETTER["par"]
    return None if text[end].islower() or text[end].isdigit() or text[start - 1].islower() else LETTER["par"]


def tokenise(text: str) -> Tokens:
    """Cut ``text`` into tokens and write their class string."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    add_letter, add_start, add_end = letters.append, starts.append, ends.append  # looked up once: this loop is hot
    for match in TOKEN.finditer(text):
        group = match.lastgroup
        start, end = match.span()
        letter: str | None
        if group == "word":
            token = text[start:end]
            letter = _WORD_LETTER.get(token) or (_CAP if token[0].isupper() else _X)
        elif group == "number":
            token = match.group()
            if token[-1] in ",.":
                token = token[:-1]
            letter = _number_letter(token)
        elif group == "mark":
            letter = _MARK_LETTER.get(match.group(), _PUNCT)
        elif group == "par":
            letter = _break_letter(text, start, end)
            if letter is None:
                continue
        elif group == "rest":
            letter = _PUNCT
        else:
            letter = LETTER["decade" if group == "decade_short" else group or "x"]
        add_letter(letter)
        add_start(start)
        add_end(end)
    names_may = LETTER["month_amb"] in letters and _MAY_NAMED.search(text) is not None
    return Tokens(text, "".join(letters), starts, ends, names_may)
