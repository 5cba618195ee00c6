"""Questions to a record file that Datasette offers ready to be asked.

What a copy of a story tells as its original does is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its name in the address, its title, what it takes, and its SQL with ``:parameters``."""

    name: str
    title: str
    takes: str
    sql: str


_NEW: Final = """(copy_of IS NULL OR NOT EXISTS (SELECT 1 FROM {0} AS told
    WHERE told.source_id = copy_of AND {1}))"""
"""Rows but those of a copy that its original tells too: as a record leaves them out."""
_STATEMENT: Final = "told.words = statements.words"
_MOVE: Final = " AND ".join(f"told.{one} IS moves.{one}" for one in "kind proposer_code give get condition".split())
_POSITION: Final = " AND ".join(
    f"told.{one} IS positions.{one}" for one in "party_code stance summary condition".split()
)
_PARTY: Final = "(:party = '' OR {0} LIKE :party || '%')"

QUERIES: Final = (
    Query(
        "who_said_what",
        "Who said what",
        "party: a code (PRK stands for PRKGOV too); words: that all stand in it, in any inflection; or empty.",
        f"""SELECT coalesce(said_start, published_start) AS day, speaker_name, speaker_office, party_code, quote_type,
  words, outlet, headline, uri, statements.id
FROM statements JOIN sources ON sources.id = statements.source_id
WHERE {_NEW.format("statements", _STATEMENT)}
  AND {_PARTY.format("party_code")}
  AND (:words = '' OR statements.number IN
    (SELECT rowid FROM statements_search WHERE statements_search MATCH escape_fts(:words)))
ORDER BY day""",
    ),
    Query(
        "timeline",
        "What happened when",
        "party: a code, or empty; modality: happened, planned, threatened, hypothetical, negated, alleged, or empty.",
        f"""SELECT date_start, date_end, type, modality, summary, place, intensity, reports,
  (SELECT group_concat(name, '; ') FROM event_parties WHERE event_id = events.id AND role = 'actor') AS actors,
  (SELECT group_concat(name, '; ') FROM event_parties WHERE event_id = events.id AND role = 'recipient') AS recipients,
  id
FROM events
WHERE (:modality = '' OR modality = :modality)
  AND EXISTS (SELECT 1 FROM event_parties WHERE event_id = events.id AND {_PARTY.format("code")})
ORDER BY date_start IS NULL, date_start""",
    ),
    Query(
        "where_they_stand",
        "Where a party stands on an issue",
        "party: a code, or empty; issue: a name, or empty.",
        f"""SELECT held_start, party_name, person_name, issue, pole, stance, summary, condition, attributed_by,
  confidence, outlet, uri, positions.id
FROM positions JOIN sources ON sources.id = positions.source_id
WHERE {_NEW.format("positions", _POSITION)}
  AND {_PARTY.format("party_code")} AND (:issue = '' OR issue = :issue)
ORDER BY held_start IS NULL, held_start""",
    ),
    Query(
        "offers_and_demands",
        "Who offers and demands what",
        "party: a code, or empty.",
        f"""SELECT date_start, proposer_name, moves.kind, give, get, condition, addressee_name, issue, outlet, moves.id
FROM moves JOIN sources ON sources.id = moves.source_id
WHERE {_NEW.format("moves", _MOVE)} AND {_PARTY.format("proposer_code")}
ORDER BY date_start IS NULL, date_start""",
    ),
    Query(
        "passages",
        "The words a row came from",
        "row: the id of a row of any kind.",
        """SELECT exact, outlet, headline, published_start, uri, start_char, end_char, source_id, row_kind
FROM evidence JOIN sources ON sources.id = evidence.source_id
WHERE row_id = :row ORDER BY evidence.position""",
    ),
    Query(
        "source",
        "One source",
        "id: the id of a source, as rows name it.",
        "SELECT * FROM sources WHERE id = :id",
    ),
    Query(
        "search",
        "Sentences that hold words",
        "words: that all stand in a sentence, in any inflection.",
        """SELECT sentences.text, outlet, headline, published_start, uri, start_char, end_char
FROM sentences_search JOIN sentences ON sentences.number = sentences_search.rowid
  JOIN sources ON sources.id = sentences.source_id
WHERE sentences_search MATCH CASE :words WHEN '' THEN '""' ELSE escape_fts(:words) END ORDER BY rank LIMIT 200""",
    ),
    Query(
        "who_deals_with_whom",
        "Who deals with whom",
        "Events that happened, by the states and organisations they are between, with their mean PLOVER intensity.",
        """SELECT actor.state AS actor, recipient.state AS recipient, count(DISTINCT events.id) AS events,
  round(avg(intensity), 2) AS mean_intensity, min(date_start) AS first, max(date_start) AS last
FROM events
  JOIN (SELECT event_id, substr(code, 1, 3) AS state FROM event_parties WHERE role = 'actor') AS actor
    ON actor.event_id = events.id
  JOIN (SELECT event_id, substr(code, 1, 3) AS state FROM event_parties WHERE role = 'recipient') AS recipient
    ON recipient.event_id = events.id
WHERE modality = 'happened' AND actor.state <> recipient.state
GROUP BY 1, 2 ORDER BY events DESC""",
    ),
)
"""The questions, in the order in which they are offered."""
