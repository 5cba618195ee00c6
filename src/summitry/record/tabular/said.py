"""The fields of sources and statements."""

from __future__ import annotations

from typing import Final, get_args

from summitry.record.tabular.common import HEAD, TAIL
from summitry.record.tabular.field import Field, RowsOf
from summitry.vocabulary import ArticleKind, Authority, OnRecord, QuoteType, SpeechAct

SOURCES: Final = RowsOf(
    "sources",
    "Sources",
    "One report as it was received, read or rejected. Its evidence are its headline, byline and dateline lines.",
    (
        *HEAD,
        Field("uri", "text", "Where the report was: a path or an address.", "received"),
        Field("uris", "texts", "All places at which the same bytes were found, the first included.", "received"),
        Field("status", "label", "Whether the report could be read.", "received", allowed=("read", "rejected")),
        Field("stage", "text", "The step at which it could not be read.", "received", null="it was read"),
        Field("reason", "text", "Why it could not be read.", "received", null="it was read"),
        Field("headline", "text", "Headline.", "article", null="none was found"),
        Field("byline", "text", "Who wrote it, as its byline has it.", "article", null="none was found"),
        Field("agency", "text", "The news agency named as its origin.", "article", null="none was found"),
        Field("outlet", "text", "Who published it.", "article", null="none was found"),
        Field(
            "kind",
            "label",
            "What sort of article it is.",
            "article",
            null="it was not read",
            allowed=get_args(ArticleKind),
        ),
        Field(
            "published",
            "date",
            "When it was published: stated, or inferred from what it tells and from other reports (see the basis).",
            "record",
        ),
        Field("language", "text", "Its language.", "article", null="it was not read", unit="ISO 639-1"),
        Field("media_type", "text", "Media type of its bytes.", "received"),
        Field(
            "copy_of",
            "text",
            "Id of the source of which this one is a copy (wire copy). Copies count as one report.",
            "record",
            null="it is no copy, or nothing shows that it is",
            refers_to="sources",
        ),
        Field(
            "furniture",
            "labelled spans",
            "Lines that are no part of the article: menus, share buttons, captions, related links.",
            "article",
        ),
        Field("statements", "integer", "How many statements were read in it.", "reader", unit="rows"),
        Field("events", "integer", "How many events were read in it.", "reader", unit="rows"),
        Field(
            "text",
            "text",
            "The whole text, furniture included: what all offsets count in. In JSON Lines only.",
            "received",
            null="it was not read",
        ),
    ),
)

STATEMENTS: Final = RowsOf(
    "statements",
    "Statements",
    "One attributed utterance in one report: who said what, in which words.",
    (
        *HEAD,
        Field(
            "speaker",
            "party",
            "Who said it: a person by full name, an institution, or the description of an unnamed speaker.",
            "reader",
            null="the text does not let the reader decide who it is",
        ),
        Field("party", "party", "The party spoken for.", "reader", null="the speaker speaks for no known party"),
        Field("addressee", "party", "Whom it was said to.", "reader", null="the report does not say"),
        Field(
            "said",
            "date",
            "When it was said. Never the day of publication by default: unknown where the report does not date it.",
            "reader",
        ),
        Field(
            "quote_type",
            "label",
            "In quotation marks, in the reporter's words, or both.",
            "reader",
            allowed=get_args(QuoteType),
        ),
        Field("words", "text", "What was said.", "reader"),
        Field(
            "cue",
            "text",
            "The word that attributes it, in its base form (say, according to).",
            "reader",
            null="nothing attributes it but its place in the text",
        ),
        Field("on_record", "label", "Whether the speaker is named.", "reader", allowed=get_args(OnRecord)),
        Field("vehicle", "text", "Through what it was said: statement, interview, tweet.", "reader", null="not told"),
        Field("speech_act", "label", "What the speaker does by saying it.", "reader", allowed=get_args(SpeechAct)),
        Field(
            "authority",
            "label",
            "On whose authority: that of a leader weighs more than that of a commentary.",
            "reader",
            allowed=get_args(Authority),
        ),
        Field("source_span", "span", "Where the speaker is named in the text.", "reader", null="named elsewhere"),
        Field("cue_span", "span", "Where the cue stands in the text.", "reader", null="there is no cue"),
        Field("content_spans", "spans", "Where the words stand in the text: several when the cue cuts them.", "reader"),
        *TAIL,
    ),
)
