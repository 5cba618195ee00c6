"""The words summitry uses, as frozen types: the one module every other module imports.

Offsets are Unicode code points, half-open, in ``Article.text``. Dates are closed intervals of calendar days.
Ids are content hashes (see :func:`content_id`), so reading the same bytes again gives the same ids.
Types hold validation and nothing else; how a value is found is the business of the room that finds it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from summitry.errors import EvidenceError, UsageError

Precision = Literal["day", "month", "year", "interval", "unknown"]
QuoteType = Literal["direct", "indirect", "mixed"]
OnRecord = Literal["on", "anonymous"]
Modality = Literal["happened", "planned", "threatened", "hypothetical", "negated", "alleged"]
ArticleKind = Literal["report", "editorial", "analysis", "transcript"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Authority = Literal["leader", "ministry", "spokesperson", "agency commentary", "other"]
SpeechAct = Literal[
    "state", "demand", "offer", "refuse", "threaten", "promise", "accuse", "praise", "predict", "ask", "deny"
]
MeetingLevel = Literal["summit", "ministerial", "working level", "phone", "letter", "other"]
EntityKind = Literal["state", "body", "organisation", "media", "person", "group"]
MentionKind = Literal["name", "title", "pronoun", "collective", "description"]
MoveKind = Literal["demand", "offer", "precondition", "concession", "refusal", "threat", "promise"]
StepOrder = Literal["before", "after", "simultaneous"]
Stance = Literal["demand", "offer", "accept", "reject", "condition", "support", "oppose"]
AttributedBy = Literal["self", "other party", "reporter", "analyst"]
PositionChange = Literal["first", "reaffirm", "harden", "soften", "reverse"]
Resolution = Literal["true", "false", "partly", "void", "pending"]
DiscrepancyKind = Literal["sources", "parties", "self", "asserted"]
FurnitureKind = Literal["menu", "share", "caption", "credit", "promo", "related", "repeat", "player", "notice", "other"]
MetadataKind = Literal["headline", "byline", "dateline", "agency", "date", "contact"]

# PLOVER root codes. PLV and the first PLOVER releases write YIELD for what the 2021 codebook
# splits into CONCEDE and RETREAT; events carry the split, `RelationCode.plover` the joint code.
PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


def content_id(kind: str, *parts: object) -> str:
    """A stable id: a kind prefix and 16 hexadecimal digits (64 bits) of the SHA-256 of the parts.

    The parts are joined by U+001F, so that ``("ab", "c")`` and ``("a", "bc")`` differ.
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{kind}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _one_of(name: str, value: str, allowed: object) -> None:
    """Refuse a value that is not one of a Literal's arguments or of a tuple."""
    values = allowed if isinstance(allowed, tuple) else get_args(allowed)
    if value not in values:
        raise UsageError(f"{name} is {value!r}; allowed: {', '.join(values)}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of code points in ``Article.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise UsageError(f"span [{self.start}, {self.end}) is not 0 <= start <= end")


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span with a label: furniture lines and metadata lines of an article."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class DateInterval:
    """The days something may have happened on: closed at both ends, ``None`` where an end is open.

    ``basis`` says how the interval is known: ``stated``, ``inferred: ...`` with the anchors, or the name of the
    rule that made it.

    Raises:
        UsageError: the end lies before the start, or the precision is none of :data:`Precision`.
    """

    start: date | None
    end: date | None
    precision: Precision
    basis: str = "stated"

    def __post_init__(self) -> None:
        _one_of("precision", self.precision, Precision)
        if self.start is not None and self.end is not None and self.end < self.start:
            raise UsageError(f"interval ends ({self.end}) before it starts ({self.start})")

    @property
    def inferred(self) -> bool:
        """Whether nobody stated the date: it was worked out, or it is unknown."""
        return self.precision == "unknown" or self.basis.startswith("inferred")


UNKNOWN_DATE = DateInterval(None, None, "unknown", "unknown")


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes as received.

    ``content`` is what was received for this one report (a row of a JSONL file is one source); ``metadata`` holds
    what came beside the text under summitry's names (``title``, ``date``, ``url``, ``outlet``, ``authors``),
    as (name, value) pairs. ``fetched`` is an ISO 8601 instant or None; it never enters the id.
    """

    uri: str
    content: bytes = field(repr=False)
    media_type: str = "text/plain"
    fetched: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the content and the metadata beside it, hexadecimal."""
        digest = hashlib.sha256(self.content)
        for name, value in self.metadata:
            digest.update(f"\x1e{name}\x1f{value}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    @property
    def id(self) -> str:
        """``src-`` and 16 hexadecimal digits of the hash."""
        return f"src-{self.sha256[:16]}"

    @property
    def head(self) -> SourceHead:
        """What a record keeps of it."""
        return SourceHead(self.uri, self.sha256, self.media_type, self.fetched, self.metadata)


@dataclass(frozen=True, slots=True)
class SourceHead:
    """A :class:`Source` without its bytes, with the hash of what they were."""

    uri: str
    sha256: str
    media_type: str = "text/plain"
    fetched: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """``src-`` and 16 hexadecimal digits of the hash, as the source's."""
        return f"src-{self.sha256[:16]}"

    @property
    def head(self) -> SourceHead:
        """Itself."""
        return self


@dataclass(frozen=True, slots=True)
class Article:
    """One report as text, nothing deleted: furniture lines are labelled spans.

    ``blocks`` are the body paragraphs in order (furniture and metadata lines excluded). ``furniture`` labels are
    :data:`FurnitureKind`, ``metadata_spans`` labels are :data:`MetadataKind`. ``source_id`` is the id of its
    :class:`Source`. ``language`` is an ISO 639-1 code.
    """

    source_id: str
    text: str = field(repr=False)
    blocks: tuple[Span, ...] = field(repr=False)
    furniture: tuple[LabelledSpan, ...] = field(default=(), repr=False)
    metadata_spans: tuple[LabelledSpan, ...] = field(default=(), repr=False)
    headline: str | None = None
    byline: str | None = None
    agency: str | None = None
    outlet: str | None = None
    kind: ArticleKind = "report"
    published: DateInterval = UNKNOWN_DATE
    language: str = "en"
    uri: str = ""

    def __post_init__(self) -> None:
        _one_of("kind", self.kind, ArticleKind)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a row came from: ``article.text[start:end] == exact``. Make it with :meth:`of`."""

    source: str
    start: int
    end: int
    exact: str
    attribution_chain: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article, start: int, end: int, chain: tuple[str, ...] = ()) -> Evidence:
        """The words of ``article`` between two offsets.

        Raises:
            EvidenceError: the offsets do not bound at least one code point of the text.
        """
        if not 0 <= start < end <= len(article.text):
            raise EvidenceError(
                f"evidence [{start}, {end}) lies outside the {len(article.text)} code points of {article.source_id}"
            )
        return cls(article.source_id, start, end, article.text[start:end], chain)

    def check(self, article: Article) -> None:
        """Raise EvidenceError unless the words stand in ``article`` at the offsets."""
        # The bounds too: a slice with offsets outside the text would be bent to fit.
        inside = 0 <= self.start < self.end <= len(article.text)
        if self.source != article.source_id or not inside or article.text[self.start : self.end] != self.exact:
            raise EvidenceError(
                f"evidence [{self.start}, {self.end}) of {self.source} reads {self.exact[:60]!r}, but "
                f"{article.source_id} has {article.text[self.start : self.end][:60]!r} there"
            )


@dataclass(frozen=True, slots=True)
class Actor:
    """A party or person as a row shows it.

    ``code`` is CAMEO-style (``USA``, ``USAGOV``, ``PRKMIL``, ``IGOUNO``) or None when no party is known.
    ``name`` is in full: a person's name as the article gives it longest, an institution's name, or the description
    of an unnamed speaker ("senior administration official"). ``office`` is the office held then.
    """

    code: str | None
    name: str
    office: str | None = None
    anonymous: bool = False
    kind: EntityKind = "state"

    @property
    def state(self) -> str | None:
        """The ISO 3166 alpha-3 code of the state spoken or acted for; None for organisations of no state."""
        return self.code[:3] if self.code and not self.code.startswith(("IGO", "NGO", "MNC", "IMG")) else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for a party or person. ``actor`` is None where it could not be decided (an answer too).

    A collective ("both sides", "the two leaders") has its members in ``members``. ``head`` is the offset where the
    last name token starts, for matching with a parse.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    actor: Actor | None
    rule: str
    members: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words for a time, TIMEX3-like. ``interval`` is None where no calendar days follow (durations, "recently").

    ``value`` follows TimeML 1.2.1 (``2019-03-15``, ``2019-W11``, ``P3D``, ``PAST_REF``). ``alternatives`` are other
    readings, likeliest first. ``rule`` names the rule that decided.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    interval: DateInterval | None
    rule: str
    alternatives: tuple[DateInterval, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office a person holds: title as the text gives it, party code, and the days it is known for."""

    title: str
    party: str | None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named: canonical name, the spellings seen, offices with dates."""

    name: str
    party: str | None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row of the record has. ``confidence`` is 0-1; ``coder`` names the rule or model with its version."""

    id: str
    evidence: tuple[Evidence, ...]
    coder: str
    confidence: float

    def __post_init__(self) -> None:
        if not self.evidence:
            raise EvidenceError(f"row {self.id} has no evidence; every row opens the words it came from")
        if not 0.0 <= self.confidence <= 1.0:
            raise UsageError(f"confidence of {self.id} is {self.confidence}; allowed: 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Row):
    """One attributed utterance. ``words`` is the content; ``said`` is never the publication day by default."""

    speaker: Actor | None
    party: Actor | None
    addressee: Actor | None
    said: DateInterval
    quote_type: QuoteType
    words: str
    cue: str | None
    on_record: OnRecord
    vehicle: str | None
    speech_act: SpeechAct
    authority: Authority
    source_span: Span | None
    cue_span: Span | None
    content_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What an event that is a meeting has besides: level, venue, delegations and outcome."""

    level: MeetingLevel
    venue: str | None
    delegations: tuple[Actor, ...] = ()
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Row):
    """What parties do to one another. ``trigger`` is the span of the word that names it; ``reports`` counts
    independent reports (copies of one story count once)."""

    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    type: str
    mode: str | None
    cameo: str | None
    quad: Quad
    intensity: float
    date: DateInterval
    place: str | None
    modality: Modality
    attributed_to: Actor | None
    summary: str
    trigger: Span
    meeting: Meeting | None = None
    reports: int = 1

    def __post_init__(self) -> None:
        super(Event, self).__post_init__()
        _one_of("type", self.type, PLOVER_TYPES)
        _one_of("modality", self.modality, Modality)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Row):
    """What a party puts on the table or takes off it: ``give`` for ``get``, on a condition, in a sequence.

    ``give`` is what the proposer does, would do, refuses or threatens; ``get`` what it wants done. ``sequence`` is when
    its own step comes: before the other's, after it, or at the same time. ``deadline`` is by when.
    ``status`` and ``responds_to`` (the id of the move that it answers) are worked out from all reports of a record.
    """

    kind: MoveKind
    proposer: Actor
    addressee: Actor | None
    issue: str | None
    give: str | None
    get: str | None
    condition: str | None
    sequence: StepOrder | None
    status: str | None
    responds_to: str | None
    date: DateInterval
    deadline: DateInterval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Row):
    """A party on an issue, by whose word; pole and strength (0-1) where the case names poles.

    ``held`` is when it was first known to be held, ``until`` the day on which a later one of the same party took its
    place. ``person`` is whose word or act it is, under the party. ``change`` is against ``previous``, the id of the
    party's position before; these and ``until`` are worked out from all reports of a record.
    """

    party: Actor
    issue: str
    stance: Stance
    summary: str
    condition: str | None
    attributed_by: AttributedBy
    held: DateInterval
    pole: str | None = None
    strength: float | None = None
    change: PositionChange | None = None
    person: Actor | None = None
    until: DateInterval | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Row):
    """What an instrument obliges whom to: an agreement, or a pledge by itself.

    ``status`` is that of the Peace Accords Matrix (Joshi, Quinn and Regan 2015): 0 not begun, 1 minimal, 2
    intermediate, 3 full, as of a day and by the events named; None is no public evidence, which is not "not done".
    ``claimed`` is the same scale by the word of ``claimed_by``, kept apart. A revision is a further row: ``revises`` is
    the id of the one before.
    """

    instrument: str
    obligor: Actor
    beneficiary: Actor | None
    text: str
    status: int | None
    as_of: date | None
    events: tuple[str, ...] = ()
    made: DateInterval = UNKNOWN_DATE
    issue: str | None = None
    claimed: int | None = None
    claimed_by: Actor | None = None
    revises: str | None = None

    def __post_init__(self) -> None:
        super(Commitment, self).__post_init__()
        for name, value in (("status", self.status), ("claimed", self.claimed)):
            if value not in (None, 0, 1, 2, 3):
                raise UsageError(f"{name} of {self.id} is {value!r}; allowed: 0 (not begun) to 3 (full), or None")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction(Row):
    """One checkable clause about the future, by somebody named or described.

    ``horizon`` is by when, ``horizon_rule`` the rule that says so. ``actors`` and ``type`` (PLOVER; ``negated`` where
    it is foretold not to happen) are what an event must be to bear on it; ``quality`` are the words that say how it
    goes ("well"). ``resolved_by`` are ids of events; ``note`` says why it is resolved so, or still pending.
    """

    forecaster: Actor
    claim: str
    made: DateInterval
    horizon: DateInterval | None
    horizon_rule: str | None
    hedge: str | None
    condition: str | None
    resolution: Resolution = "pending"
    resolved_by: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    type: str | None = None
    negated: bool = False
    quality: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy(Row):
    """Two rows (ids ``a`` and ``b``) that do not go together, in which field, and how.

    The evidence is that of both sides, ``a`` first. A report that asserts a contradiction (kind ``asserted``) has the
    sentence that asserts it last.
    """

    kind: DiscrepancyKind
    a: str
    b: str
    field: str | None
    note: str


@dataclass(frozen=True, slots=True)
class RelationCode:
    """The relation of (sentence, source, target): a PLV root code of 15, its quad, a probability per root."""

    plover: str
    quad: int
    probabilities: tuple[tuple[str, float], ...]
    coder: str


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """A dated public fact: an anchor for dating reports. ``words`` are lower-case phrases, each a tuple of words
    that must all stand in the sentence; ``actors`` are party codes that must be named near."""

    id: str
    name: str
    start: date
    end: date
    actors: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    type: str
    place: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one article, in text order.

    ``people`` and ``mentions`` are who; ``times`` when; ``statements`` and ``events`` what; ``moves`` and ``positions``
    what parties want of one another, ``commitments`` what they have bound themselves to, ``predictions`` what is
    foretold, ``discrepancies`` the contradictions that the article itself asserts.
    """

    article: Article
    sentences: tuple[Span, ...]
    times: tuple[TimeExpression, ...]
    mentions: tuple[Mention, ...]
    people: tuple[Person, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    cases: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    positions: tuple[Position, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be read: which source, at which stage, why."""

    source: Source | SourceHead
    stage: str
    reason: str
