"""The fields of each kind of row that a reviewer may set: what each may hold, and how it is written as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar, cast, get_args

from summitry.errors import UsageError
from summitry.review.plover import TYPES
from summitry.review.types import Kind, Plain
from summitry.vocabulary import (
    PLOVER_TYPES,
    Actor,
    AttributedBy,
    Authority,
    DateInterval,
    DiscrepancyKind,
    EntityKind,
    Event,
    Evidence,
    Meeting,
    MeetingLevel,
    Modality,
    MoveKind,
    OnRecord,
    PositionChange,
    QuoteType,
    Resolution,
    Row,
    Span,
    SpeechAct,
    Stance,
    Statement,
    StepOrder,
)

Shape = Literal["text", "choice", "party", "parties", "date", "day", "share", "scale", "ids", "flag", "passage"]
"""``share`` is a number 0-1, ``scale`` the whole numbers 0-3, ``ids`` are of rows, ``flag`` is true or false, a
``passage`` is words of the row's own report with their place."""

EVIDENCE: Final = "evidence"
"""The field of every kind that is not a value but the words it came from."""

AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Field:
    """What a field may hold. ``required``: it cannot be emptied, and a row that is added must have it, unless
    ``default`` (as JSON) stands in."""

    shape: Shape
    required: bool = False
    allowed: tuple[str, ...] = ()
    default: Any = None


_UNKNOWN: Final = MappingProxyType({"start": None, "end": None, "precision": "unknown", "basis": "review"})


def _choice(of: object, default: str | None = None, *, required: bool = True) -> Field:
    return Field("choice", required, get_args(of) if not isinstance(of, tuple) else of, default)


_TEXT: Final = Field("text")
_WORDS: Final = Field("text", True)
_PARTY: Final = Field("party")
_PARTIES: Final = Field("parties", True, default=())
_WHO: Final = Field("party", True)
_WHEN: Final = Field("date", True, default=_UNKNOWN)
_MAYBE_WHEN: Final = Field("date")
_SCALE: Final = Field("scale")
_PASSAGE: Final = Field("passage", True)

FIELDS: Final[Mapping[Kind, Mapping[str, Field]]] = MappingProxyType(
    {
        "statement": {
            "speaker": _PARTY,
            "party": _PARTY,
            "addressee": _PARTY,
            "said": _WHEN,
            "quote_type": _choice(QuoteType, "indirect"),
            "words": _WORDS,
            "cue": _TEXT,
            "on_record": _choice(OnRecord, "on"),
            "vehicle": _TEXT,
            "speech_act": _choice(SpeechAct, "state"),
            "authority": _choice(Authority, "other"),
        },
        "event": {
            "actors": Field("parties", True),
            "recipients": _PARTIES,
            "type": _choice(PLOVER_TYPES),
            "date": _WHEN,
            "place": _TEXT,
            "modality": _choice(Modality, "happened"),
            "attributed_to": _PARTY,
            "summary": _WORDS,
            "level": _choice(MeetingLevel, required=False),
            "venue": _TEXT,
            "delegations": _PARTIES,
            "outcome": _TEXT,
        },
        "move": {
            "kind": _choice(MoveKind),
            "proposer": _WHO,
            "addressee": _PARTY,
            "issue": _TEXT,
            "give": _TEXT,
            "get": _TEXT,
            "condition": _TEXT,
            "sequence": _choice(StepOrder, required=False),
            "status": _TEXT,
            "responds_to": _TEXT,
            "date": _WHEN,
            "deadline": _MAYBE_WHEN,
        },
        "position": {
            "party": _WHO,
            "issue": _WORDS,
            "stance": _choice(Stance),
            "summary": _WORDS,
            "condition": _TEXT,
            "attributed_by": _choice(AttributedBy, "self"),
            "held": _WHEN,
            "pole": _TEXT,
            "strength": Field("share"),
            "change": _choice(PositionChange, required=False),
            "person": _PARTY,
        },
        "commitment": {
            "instrument": _WORDS,
            "obligor": _WHO,
            "beneficiary": _PARTY,
            "text": _WORDS,
            "status": _SCALE,
            "as_of": Field("day"),
            "events": Field("ids", default=()),
            "made": _WHEN,
            "issue": _TEXT,
            "claimed": _SCALE,
            "claimed_by": _PARTY,
        },
        "prediction": {
            "forecaster": _WHO,
            "claim": _WORDS,
            "made": _WHEN,
            "horizon": _MAYBE_WHEN,
            "horizon_rule": _TEXT,
            "hedge": _TEXT,
            "condition": _TEXT,
            "resolution": _choice(Resolution, "pending"),
            "resolved_by": Field("ids", default=()),
            "actors": _PARTIES,
            "type": _choice(PLOVER_TYPES, required=False),
            "negated": Field("flag", True, default=False),
            "quality": _TEXT,
        },
        "discrepancy": {
            "kind": _choice(DiscrepancyKind),
            "a": _WORDS,
            "b": _WORDS,
            "field": _TEXT,
            "note": _WORDS,
        },
        "person": {},
    }
)
"""The fields of each kind, as the commands print them; a meeting's level, venue and outcome are fields of its event."""

_KEYS: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "statement": (),
        "event": ("type",),
        "move": ("kind", "proposer"),
        "position": ("party", "stance"),
        "commitment": ("obligor",),
        "prediction": (),
        "discrepancy": ("kind",),
        "person": (),
    }
)
_OF_MEETING: Final[tuple[str, ...]] = ("level", "venue", "delegations", "outcome")


def key_of(kind: Kind, said: Plain) -> tuple[str, ...]:
    """What a row that is read anew must have in common with the one reviewed, besides its words."""
    values = (said.get(name) for name in _KEYS[kind])
    # A party by its state: which of its bodies acts may be read better.
    return tuple(
        str(one.get("code") or one.get("name"))[:3] if isinstance(one, Mapping) else str(one) for one in values
    )


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """A value of the vocabulary as JSON."""
    match value:
        case Actor():
            return {each.name: getattr(value, each.name) for each in fields(value)}
        case DateInterval():
            start, end = value.start, value.end
            return {
                "start": start.isoformat() if start else None,
                "end": end.isoformat() if end else None,
                "precision": value.precision,
                "basis": value.basis,
            }
        case date():
            return value.isoformat()
        case tuple():
            return [plain(one) for one in value]
        case _:
            return value


def plain_of(kind: Kind, row: Row) -> dict[str, Any]:
    """The fields of a row that may be reviewed, as JSON."""
    home = row.meeting if isinstance(row, Event) else None
    return {
        name: plain(getattr(home, name, () if name == "delegations" else None))
        if kind == "event" and name in _OF_MEETING
        else plain(getattr(row, name))
        for name in FIELDS[kind]
    }


def made(kind: Kind, name: str, value: Any) -> Any:  # noqa: ANN401 - from JSON, to the type of the field
    """The value of a field from its JSON.

    Raises:
        UsageError: there is no such field, or the value is none of those that it may hold.
    """
    field = field_of(kind, name)
    if value is None or value == "":
        if field.required and field.shape not in ("parties", "date"):
            raise UsageError(f"{name} of a {kind} is empty; allowed: {allowed_words(field)}")
        return _UNKNOWN_DATE if field.shape == "date" and field.required else () if _many(field) else None
    try:
        return _MADE[field.shape](value, field)
    except (TypeError, KeyError, ValueError, AttributeError):
        raise UsageError(f"{name} of a {kind} is {value!r}; allowed: {allowed_words(field)}") from None


def field_of(kind: Kind, name: str) -> Field:
    """A field of a kind by its name.

    Raises:
        UsageError: the kind has no such field.
    """
    field = _PASSAGE if name == EVIDENCE and kind != "person" else FIELDS[kind].get(name)
    if field is None:
        raise UsageError(f"a {kind} has no field {name!r} to review; allowed: {', '.join((*FIELDS[kind], EVIDENCE))}")
    return field


def allowed_words(field: Field) -> str:
    """What a field may hold, for a person."""
    if field.allowed:
        return ", ".join(field.allowed) + ("" if field.required else ", or nothing")
    return {
        "text": "words",
        "party": "a party's code or name, or NAME (CODE)",
        "parties": "codes or names of parties, with ; between them",
        "date": "2019-03-15, 2019-03, 2019, 2019-03-15/2019-03-17, unknown",
        "day": "a day as 2019-03-15",
        "share": "0 to 1",
        "scale": "0 (not begun), 1 (minimal), 2 (intermediate), 3 (full), or nothing",
        "ids": "ids of rows, with ; between them",
        "flag": "true or false",
        "passage": "words that stand once in the row's report",
    }[field.shape]


_UNKNOWN_DATE: Final = DateInterval(None, None, "unknown", "review")


def _many(field: Field) -> bool:
    return field.shape in ("parties", "ids")


def _text(value: Any, _: Field) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise TypeError
    return value


def _chosen(value: Any, field: Field) -> str:  # noqa: ANN401
    if value not in field.allowed:
        raise ValueError
    return str(value)


def _actor(value: Any, _: Field) -> Actor:  # noqa: ANN401
    known = {each.name for each in fields(Actor)}
    texts = (value["name"], value.get("code") or "", value.get("office") or "")
    if not all(isinstance(one, str) for one in texts) or not set(value) <= known:
        raise TypeError
    if value.get("kind", "state") not in get_args(EntityKind) or not isinstance(value.get("anonymous", False), bool):
        raise ValueError
    return Actor(**value)


def _actors(value: Any, field: Field) -> tuple[Actor, ...]:  # noqa: ANN401
    return tuple(_actor(one, field) for one in value)


def _interval(value: Any, _: Field) -> DateInterval:  # noqa: ANN401
    start, end = (date.fromisoformat(value[end]) if value[end] else None for end in ("start", "end"))
    return DateInterval(start, end, value["precision"], str(value["basis"]))


def _share(value: Any, _: Field) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not 0.0 <= float(value) <= 1.0:
        raise ValueError
    return float(value)


def _scale(value: Any, _: Field) -> int:  # noqa: ANN401
    if isinstance(value, bool) or value not in (0, 1, 2, 3):
        raise ValueError
    return int(value)


def _ids(value: Any, field: Field) -> tuple[str, ...]:  # noqa: ANN401
    if isinstance(value, str):
        raise TypeError
    return tuple(_text(one, field) for one in value)


def _flag(value: Any, _: Field) -> bool:  # noqa: ANN401
    if not isinstance(value, bool):
        raise TypeError
    return value


def _passage(value: Any, _: Field) -> Evidence:  # noqa: ANN401
    start, end, exact = int(value["start"]), int(value["end"]), value["exact"]
    if not 0 <= start < end or len(exact) != end - start:
        raise ValueError
    return Evidence(str(value["source"]), start, end, exact)


_MADE: Final[Mapping[Shape, Any]] = MappingProxyType(
    {
        "text": _text,
        "choice": _chosen,
        "party": _actor,
        "parties": _actors,
        "date": _interval,
        "day": lambda value, _: date.fromisoformat(value),
        "share": _share,
        "scale": _scale,
        "ids": _ids,
        "flag": _flag,
        "passage": _passage,
    }
)


def edited(kind: Kind, row: AnyRow, said: Plain) -> AnyRow:
    """A row with fields set to what is said of them, as JSON.

    Raises:
        UsageError: a field that the kind has not, or a value that it cannot hold.
    """
    values = {name: made(kind, name, value) for name, value in said.items()}
    if (passage := values.pop(EVIDENCE, None)) is not None:
        row = _on(row, passage)
    if isinstance(row, Event):
        return cast(AnyRow, _edited_event(row, values))
    return replace(row, **values)


def _on(row: AnyRow, passage: Evidence) -> AnyRow:
    """A row whose first evidence is another passage of the same report; the others stay."""
    first = replace(passage, attribution_chain=row.evidence[0].attribution_chain)
    row = replace(row, evidence=tuple(dict.fromkeys((first, *row.evidence[1:]))))
    if isinstance(row, Statement):
        return cast(AnyRow, replace(row, content_spans=(Span(passage.start, passage.end),)))
    return row


def _edited_event(row: Event, values: dict[str, Any]) -> Event:
    """An event whose meeting fields stand apart, and whose type brings quad, intensity and CAMEO code with it."""
    meeting: dict[str, Any] = {name: values.pop(name) for name in _OF_MEETING if name in values}
    if values.get("type", row.type) != row.type:
        quad, intensity, cameo = TYPES[values["type"]]
        values |= {"quad": quad, "intensity": intensity, "cameo": cameo, "mode": None}
    if meeting:
        values["meeting"] = _meeting(row.meeting, meeting)
    return replace(row, **values)


def _meeting(old: Meeting | None, said: Mapping[str, Any]) -> Meeting | None:
    """A meeting with fields set; a level that is emptied makes it none, any field filled makes it one."""
    if "level" in said and said["level"] is None:
        return None
    if old is None and not any(said.values()):
        return None
    base = old or Meeting(level="other", venue=None)
    return replace(base, **said)


def lacking(kind: Kind, said: Iterable[str]) -> list[str]:
    """The fields that a row of a kind must have and that are neither said nor have a default."""
    known = set(said)
    return [n for n, field in FIELDS[kind].items() if field.required and field.default is None and n not in known]
