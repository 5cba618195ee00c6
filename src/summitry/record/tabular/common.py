"""The fields that rows of all kinds have."""

from __future__ import annotations

from typing import Final, get_args

from summitry.record.tabular.field import Field
from summitry.vocabulary import PLOVER_TYPES, Modality, Quad

HEAD: Final = (
    Field(
        "id",
        "text",
        "Name of the row: a prefix for its kind and 16 hexadecimal digits of a hash of what it was read from. Reading "
        "the same report again gives the same id.",
        "record",
    ),
    Field("evidence", "evidence", "The exact words the row came from, passage by passage.", "reader"),
    Field(
        "coder",
        "text",
        "The rule or model that made the row, with its version; `review:` and a name where a person did.",
        "reader",
    ),
    Field(
        "confidence",
        "number",
        "How sure the coder is that the row is right. What became of rows as sure as this one when they were checked "
        "is told by `summitry explain` and in the quality page.",
        "reader",
        unit="probability, 0 to 1",
    ),
)
TAIL: Final = (
    Field(
        "outlet",
        "text",
        "Who published the first source of the row.",
        "article",
        null="the source does not say who published it",
    ),
    Field("published", "date", "When the first source of the row was published.", "article"),
)

PLOVER: Final = PLOVER_TYPES
QUADS: Final[tuple[str, ...]] = get_args(Quad)
MODALITIES: Final[tuple[str, ...]] = get_args(Modality)
