"""The tables and keys of a case file: which there are, what each may hold, what it says. One list for all who ask.

The loader, ``summitry case new``, ``summitry case check`` and the guide in ``docs/cases.md`` go by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final, Literal, get_args

from summitry.casebook.types import Role
from summitry.vocabulary import PLOVER_TYPES, Authority, EntityKind

Form = Literal["text", "texts", "phrases", "day", "flag", "choice", "choices", "roles", "tables"]

ALLOWED: Final[dict[Form, str]] = {
    "text": "words in quotation marks",
    "texts": 'a list of words in quotation marks, as ["one", "two"]',
    "phrases": 'a list of lists of words, as [["summit", "hanoi"], ["second summit"]]',
    "day": "a date as 2019-02-27, without quotation marks",
    "flag": "true or false, without quotation marks",
    "choice": "one of the listed words",
    "choices": "a list of the listed words",
    "roles": 'lines CODE = "role"',
    "tables": "tables headed in double brackets",
}
"""What a value of each form may be, in words for an error and for the guide."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: what it may hold, whether it must be there, what it says."""

    name: str
    form: Form
    says: str
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What the value may be, in words."""
        return ", ".join(self.choices) if self.choices else ALLOWED[self.form]

    def holds(self, value: object) -> bool:
        """Whether a TOML value is allowed here."""
        match self.form:
            case "text":
                # A required text says something; an optional one may be empty.
                return isinstance(value, str) and (bool(value.strip()) or not self.required)
            case "choice":
                return value in self.choices
            case "texts":
                return _texts(value)
            case "choices":
                return isinstance(value, list) and all(item in self.choices for item in value)
            case "phrases":
                return isinstance(value, list) and all(phrase and _texts(phrase) for phrase in value)
            case "day":
                return isinstance(value, date) and not isinstance(value, datetime)
            case "flag":
                return isinstance(value, bool)
            case "roles":
                return isinstance(value, dict)
            case "tables":
                return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a case file: its name ("" the top, "issue.pole" a table within another), what it is, its keys."""

    name: str
    says: str
    keys: tuple[Key, ...]

    @property
    def header(self) -> str:
        """The table as it is headed in a file."""
        return f"[[{self.name}]]" if self.name else "the top of the file"

    def key(self, name: str) -> Key | None:
        """The key of a name, or None."""
        return next((key for key in self.keys if key.name == name), None)

    def nearest(self, name: str) -> str | None:
        """The known key that an unknown one is most like, or None."""
        # A third of the letters alike: "tittle", "demonym", "agressors" find theirs, "colour" finds none.
        found = get_close_matches(name.lower(), [key.name for key in self.keys], n=1, cutoff=0.66)
        return found[0] if found else None


# A person is no party: people come in by [[office]].
PARTY_KINDS: Final = tuple(kind for kind in get_args(EntityKind) if kind != "person")
ROLES: Final[tuple[str, ...]] = get_args(Role)
AUTHORITIES: Final[tuple[str, ...]] = get_args(Authority)

PARTY: Final = Table(
    "party",
    "A party that the world's list lacks, or more words for one it has.",
    (
        Key("code", "text", "CAMEO-style code: a state's ISO 3166 letters, with a role behind it for a body", True),
        Key("name", "text", "its full name", True),
        Key("kind", "choice", "what it is", True, PARTY_KINDS),
        Key("names", "texts", "words that stand for it anywhere"),
        Key("demonyms", "texts", "its adjectives and people"),
        Key("metonyms", "texts", "capitals, seats and buildings that act for it"),
        Key("parent", "text", "code of the state or organisation a body belongs to"),
        Key("members", "texts", "codes of the parties whose act it is when a group acts"),
    ),
)
OFFICE: Final = Table(
    "office",
    "Who holds which office, from when to when.",
    (
        Key("person", "text", "the name as reports write it most", True),
        Key("party", "text", "code of the party the office is of", True),
        Key("title", "text", "the office, in lower case", True),
        Key("start", "day", "first day; without it, since ever"),
        Key("end", "day", "last day; without it, still"),
        Key("aliases", "texts", "other spellings of the name"),
        Key("shared", "flag", "true where several hold an office of this title at a time (vice ministers)"),
    ),
)
EVENT: Final = Table(
    "event",
    "A dated public fact, that dates reports which tell of it.",
    (
        Key("id", "text", "short name, once in the file", True),
        Key("name", "text", "what happened", True),
        Key("start", "day", "first day, local time", True),
        Key("end", "day", "last day; without it, the first"),
        Key("type", "choice", "PLOVER type", True, PLOVER_TYPES),
        Key("actors", "texts", "codes of the parties"),
        Key("place", "text", "where"),
        Key("words", "phrases", "alternatives, each of phrases that must all stand in one sentence"),
        Key("source", "text", "where the fact is public"),
    ),
)
POLE: Final = Table(
    "issue.pole",
    "One answer to the issue above it; poles stand in order, from one end to the other.",
    (
        Key("name", "text", "short name, once in the issue", True),
        Key("words", "texts", "phrases that tell a stand at this pole", True),
        Key("definition", "text", "what who stands here wants"),
    ),
)
ISSUE: Final = Table(
    "issue",
    "A matter of the negotiation.",
    (
        Key("name", "text", "short name, once in the file", True),
        Key("title", "text", "the name for people", True),
        Key("definition", "text", "what is in question"),
        Key("words", "texts", "phrases that tell a stand on this issue", True),
        Key("pole", "tables", "the ordered answers, as [[issue.pole]]"),
    ),
)
ARTICLE: Final = Table(
    "instrument.article",
    "What one article of the instrument above it obliges whom to.",
    (
        Key("number", "text", "the article's number, once in the instrument", True),
        Key("text", "text", "what is to be done, in one sentence", True),
        Key("obligors", "texts", "codes of the parties that must do it", True),
        Key("beneficiaries", "texts", "codes of the parties it is owed to"),
        Key("words", "phrases", "alternatives, each of phrases that must all stand in a sentence that tells of it"),
        Key("issue", "text", "name of an issue of this file"),
        Key(
            "kept", "choices", "PLOVER types that, done by an obligor, are evidence of keeping it", choices=PLOVER_TYPES
        ),
        Key("broken", "choices", "PLOVER types that are evidence of breaking it", choices=PLOVER_TYPES),
    ),
)
INSTRUMENT: Final = Table(
    "instrument",
    "An agreement, declaration or resolution.",
    (
        Key("id", "text", "short name, once in the file", True),
        Key("name", "text", "its full name", True),
        Key("date", "day", "the day it was signed or adopted", True),
        Key("parties", "texts", "codes of the parties bound or of the organ that adopted it", True),
        Key("names", "texts", "what reports call it"),
        Key("words", "phrases", "alternatives, each of phrases that must all stand in a sentence that tells of it"),
        Key("source", "text", "where its text is public"),
        Key("article", "tables", "what it obliges to, as [[instrument.article]]"),
    ),
)
VEHICLE: Final = Table(
    "vehicle",
    "A way in which a side speaks, and how high it stands.",
    (
        Key("party", "text", "code of the side", True),
        Key("name", "text", "its name for people", True),
        Key("authority", "choice", "how high it stands", True, AUTHORITIES),
        Key("words", "texts", "phrases that name it"),
    ),
)
CASE: Final = Table(
    "",
    "The case itself.",
    (
        Key("name", "text", "short name of the case", True),
        Key("title", "text", "the name for people", True),
        Key("principals", "texts", "codes of the parties; a report of the case names two of them or more", True),
        Key("core", "texts", "principals of which a report of the case names one; without it, any"),
        Key("words", "texts", "topic words of which a report of the case has one; for parties with many quarrels"),
        Key("roles", "roles", "under [roles]: " + ", ".join(ROLES) + "; a principal not named there is a principal"),
        Key("party", "tables", "as [[party]]"),
        Key("office", "tables", "as [[office]]"),
        Key("issue", "tables", "as [[issue]]"),
        Key("instrument", "tables", "as [[instrument]]"),
        Key("vehicle", "tables", "as [[vehicle]]"),
        Key("event", "tables", "as [[event]]"),
    ),
)
TABLES: Final = (CASE, PARTY, OFFICE, ISSUE, POLE, INSTRUMENT, ARTICLE, VEHICLE, EVENT)
"""Every table of a case file, in the order of the guide."""


def table_of(name: str) -> Table:
    """The table of a name ("issue.pole")."""
    return next(table for table in TABLES if table.name == name)


def tables_in(table: Table) -> Iterator[tuple[Key, Table]]:
    """The tables that stand within a table, by their keys."""
    for key in table.keys:
        if key.form == "tables":
            yield key, table_of(f"{table.name}.{key.name}".lstrip("."))
