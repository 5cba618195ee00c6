"""What a party does or wants as a clause: a verb that fits the form of the words, and the words themselves, quoted.

The words of a row are as the report has them: "to quit the talks", "that Washington lift sanctions", "the lifting of
all sanctions". The verb is chosen by their form, so that the clause is a sentence and every quoted word stands in the
passage. Words of no form that is known are quoted with the whole passage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from summitry.ledger.phrasing import one_line, quoted
from summitry.vocabulary import Position

if TYPE_CHECKING:
    from summitry.vocabulary import Move, MoveKind, Stance

Form = Literal["to", "that", "object", "for", "doing", "did", "do", "clause", "what"]
"""How words begin: "to lift", "that X lift", "X to lift", "for a deal", "lifting", "lifted", "lift", "X must lift",
"the lifting"."""

_THAT: Final = re.compile(r"^(?:[\w.'’-]+ ){0,4}?(?=that (?:the |its? |he |she |they |[A-Z]))")
_OBJECT: Final = re.compile(r"^(?!to |in |on |for |by )(?:[\w.,'’-]+ ){1,5}?to [a-z]+\b")
_FOR: Final = re.compile(r"^(?:only )?for ", re.IGNORECASE)
_FINITE: Final = re.compile(
    r"^(?:[\w.,'’-]+ ){1,6}?(?:must|should|shall|has to|have to|needs? to|is|are|was|were|will|would|can|cannot|"
    r"have yet|has yet)\b"
)
_PASSIVE: Final = re.compile(r"\b(?:be|been|being|was|were|is|are)$", re.IGNORECASE)
_DOING: Final = re.compile(
    r"^(?:not )?(?!(?:nothing|anything|something|everything|spring|king|ruling)\b)[a-z]{2,}ing\b"
)
_DID: Final = re.compile(r"^(?:[a-z]+ed|froze|gave|let|cut|shut|withdrew|broke|sent|met|held|took|freed|set|made)\b")
_PREPOSITION: Final = re.compile(r"^(?:in|on|by|with|of|at|into|from|about|against|as|if|and|or|but|because)\b", re.I)
_MODAL: Final = re.compile(
    r"\b(?:would|will|could|can|must|should|shall|may|might|not|never|to|\w+n['’]t|['’]ll|['’]d)"
    r"(?: (?:\w+ly|also|now))?$",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"^[a-z]+\b(?! of\b)")
_NOUN_FIRST: Final = re.compile(
    r"^(?:the|a|an|any|all|its?|their|his|her|our|some|more|no|such|this|that|these|those|further|full|new|\w+'s)\b",
    re.I,
)
_TO_NOUN: Final = re.compile(
    r"^to (?=[\"“‘']?(?:the|a|an|any|all|its?|their|his|her|our|some|more|no|such|this|that|these|those|further|full|"
    r"new|what|[\w-]{3,}(?:tion|ment|ness|ity|ship|macy|ance|ence|ations)s?|talks|peace|dialogue|negotiations|meetings?|"
    r"concessions|relations|sanctions|terms)\b)",
    re.IGNORECASE,
)
"""Behind "agreed to" or "open to" may stand a thing: "to a third round", "to disarmament"; "to mention" is a verb."""
_VERBS_LIKE_NOUNS: Final = re.compile(
    r"^to (?:mention|position|question|condition|implement|experience|finance|balance)\b"
)
_WAS: Final = re.compile(r"^that .{0,60}?\b(?:was|were|is|are|am|had|has|did|does)\b(?! to\b)", re.IGNORECASE)
"""What is said to be so is not demanded: "that they are committed"."""
_ASTRAY: Final = re.compile(
    r"^(?:forward|ahead|away|back|off|out|up|down|over|allowed|able|unable|likely|committed)\b", re.I
)
"""The rest of another verb ("move forward with"), which no verb of ours takes."""
_THIN: Final = re.compile(
    r"^(?:the|this|that|its|their|his|her|these|those|a|an) "
    r"(?:(?:recent|own|new|latest|same|other|current|whole) )?[\w-]+$",
    re.IGNORECASE,
)
"""A thing that only its report can tell: "the vessel", "the move"."""
_LEAST: Final = 4
"""Letters of a word that says something."""
_EMPTY: Final = frozenset(
    "this that them they then there here with from have will would could should said says".split()
)


def form_of(words: str, passage: str = "") -> Form | None:
    """The form of words; ``passage`` is where they stand, whose word before them tells a bare verb from a noun."""
    if _TO_NOUN.match(words) and not _VERBS_LIKE_NOUNS.match(words):
        return "what"
    if words.startswith(("to ", "not to ")):
        # "committed to providing": no verb of ours takes it.
        return None if re.match(r"to [a-z]{3,}ing\b", words) else "to"
    if words.startswith("that ") and not re.match(r"that (?:of|is)\b", words):
        return "that"
    if _FOR.match(words):
        return "for"
    if _PREPOSITION.match(words) or _ASTRAY.match(words):
        return None
    if _FINITE.match(words):
        return "clause"
    if _OBJECT.match(words):
        return "object"
    if _DOING.match(words):
        return "doing"
    if _NOUN_FIRST.match(words):
        return "what"
    if _BARE.match(words):
        at = passage.find(words)
        if at > 0 and _MODAL.search(passage[:at].rstrip()):
            return "do"
        if at > 0 and _PASSIVE.search(passage[:at].rstrip()):
            return None
        return "did" if _DID.match(words) else "what"
    return "what"


def says_something(words: str | None) -> bool:
    """Whether words have one that means something: "him to do so" has none."""
    if not words:
        return False
    return any(len(word) >= _LEAST and word not in _EMPTY for word in re.findall(r"[a-z]+", words.lower()))


def stands_alone(words: str | None) -> bool:
    """Whether words tell their thing without their report: "the vessel" does not."""
    return says_something(words) and not _THIN.match((words or "").strip())


@dataclass(frozen=True, slots=True)
class _Verbs:
    """The verb before words of each form; ``else_`` before the whole passage, with a colon."""

    forms: Mapping[Form, str]
    else_: str


_MOVES: Final[Mapping[MoveKind, _Verbs]] = MappingProxyType(
    {
        "demand": _Verbs(
            {"to": "asked", "that": "demanded", "object": "called on", "for": "asked", "doing": "called for",
             "clause": "demanded:", "what": "sought"},
            "made a demand",
        ),
        "offer": _Verbs(
            {"to": "offered", "that": "proposed", "doing": "offered", "do": "offered to", "what": "offered"},
            "made an offer",
        ),
        "precondition": _Verbs({}, "set a condition"),
        "concession": _Verbs({"did": "gave way: it", "doing": "gave way by"}, "gave way"),
        "refusal": _Verbs(
            {"to": "refused", "doing": "ruled out", "do": "said it would not", "what": "refused"}, "refused"
        ),
        "threat": _Verbs(
            {"to": "threatened", "doing": "threatened", "do": "threatened to", "what": "threatened"}, "made a threat"
        ),
        "promise": _Verbs(
            {"to": "promised", "that": "promised", "do": "promised to", "what": "promised"}, "made a promise"
        ),
    }
)  # fmt: skip

_STANDS: Final[Mapping[Stance, _Verbs]] = MappingProxyType(
    {
        "demand": _Verbs(
            {"to": "wants", "that": "demands", "object": "wants", "doing": "wants", "what": "wants", "for": "asks",
             "clause": "says:"},
            "makes a demand",
        ),
        "offer": _Verbs(
            {"to": "offers", "that": "offers", "doing": "offers", "do": "offers to", "what": "offers"}, "makes an offer"
        ),
        "accept": _Verbs({"to": "has agreed", "that": "agrees", "doing": "accepts", "what": "accepts"}, "agrees"),
        "reject": _Verbs(
            {"to": "refuses", "doing": "rules out", "do": "says it will not", "what": "rejects"}, "is against it"
        ),
        "condition": _Verbs({}, "sets a condition"),
        "support": _Verbs({"to": "wants", "doing": "is for", "what": "supports"}, "takes this view"),
        "oppose": _Verbs({"to": "does not want", "doing": "is against", "what": "opposes"}, "is against it"),
    }
)  # fmt: skip


def _clause(verbs: _Verbs, words: str | None, passage: str, condition: str | None = None) -> str:
    """The verb with the words; with the passage where the words have no form, or nothing to say."""
    bare, passage = one_line(words or ""), one_line(passage)
    form = form_of(bare, passage) if says_something(bare) else None
    that = _THAT.match(bare)
    if form != "that" and that and that.end() and "that" in verbs.forms:
        form, bare = "that", bare[that.end() :]
    if form == "that" and "demand" in verbs.else_ and _WAS.match(bare):
        form = None
    if form is None or form not in verbs.forms:
        return f"{verbs.else_}: {quoted(passage)}"
    # "Wants to disarmament": the verb takes the thing.
    bare = bare.removeprefix("to ") if form == "what" else bare
    verb = verbs.forms[form]
    if verb == "sought" and _DEMANDED.search(passage):
        verb = "demanded"
    condition = one_line(condition or "")
    if not condition or condition in bare:
        return f"{verb} {quoted(_whole(bare))}"
    if f"{bare} {condition}" in passage:
        return f"{verb} {quoted(_whole(f'{bare} {condition}'))}"
    # A condition that stands elsewhere in the passage reads with all of it.
    return f"{verbs.else_}: {quoted(passage)}"


_DEMANDED: Final = re.compile(r"\bdemand", re.IGNORECASE)


def _whole(words: str) -> str:
    return words.rstrip(" ,;:-–—")


def is_clause(row: Move | Position) -> bool:
    """Whether a row reads as a clause of its own words, not as its whole passage behind a colon."""
    clause = position_clause(row) if isinstance(row, Position) else move_clause(row)
    verbs = _STANDS[row.stance] if isinstance(row, Position) else _MOVES[row.kind]
    return not verbs.forms or not clause.startswith(f"{verbs.else_}: ")


def move_clause(move: Move) -> str:
    """A move without its proposer: ``asked “to lift the ban” in return for “the closing of the plant”``."""
    passage = one_line(move.evidence[0].exact)
    wants = move.kind in ("demand", "precondition")
    main, other = (move.get, move.give) if wants else (move.give, move.get)
    clause = _clause(_MOVES[move.kind], main, passage, move.condition)
    other = one_line(other or "")
    if quoted(passage) in clause or move.condition or not says_something(other) or other[:40] in clause:
        return clause
    form = form_of(other, passage)
    if form in ("what", "doing"):
        return f"{clause} in return for {quoted(_whole(other))}"
    if form == "to":
        return f"{clause}, and for that {'offered' if wants else 'asked'} {quoted(_whole(other))}"
    return clause


def position_clause(position: Position) -> str:
    """A position without its party: ``wants “a phased approach”``, ``rules out “further talks unless ...”``."""
    return _clause(_STANDS[position.stance], position.summary, position.evidence[0].exact, position.condition)


EVENT_VERBS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "AGREE": ("agreed with", "came to terms"),
        "CONSULT": ("met", "met"),
        "SUPPORT": ("spoke well of", "spoke up"),
        "COOPERATE": ("worked with", "worked together"),
        "AID": ("gave aid to", "gave aid"),
        "CONCEDE": ("conceded something to", "conceded something"),
        "RETREAT": ("drew back towards", "drew back"),
        "REQUEST": ("made a request of", "made a request"),
        "ACCUSE": ("accused", "made an accusation"),
        "REJECT": ("rebuffed", "refused"),
        "THREATEN": ("threatened", "made a threat"),
        "PROTEST": ("protested against", "protested"),
        "SANCTION": ("took measures against", "took measures"),
        "MOBILIZE": ("made a military move against", "made a military move"),
        "COERCE": ("put pressure on", "used force"),
        "ASSAULT": ("attacked", "attacked"),
    }
)
"""The verb of an event of each PLOVER type, with a recipient and without."""
