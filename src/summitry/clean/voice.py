"""What kind of text an article is: report, editorial, analysis or transcript, by its labels and its voice."""

from __future__ import annotations

import re
from collections import Counter

from summitry.vocabulary import ArticleKind

_EDITORIAL_LABEL = re.compile(
    r"^\W*(?:\[?(?:ED|EDITORIAL|Editorial)\]?\W|ED(?=[A-Z][a-z])|(?:ANALYSIS/)?OPINION\b|Opinion\b"
    r"|Op-?[Ee]d\b|COMMENTARY\b|Commentary\b|Editorials?$|Our (?:view|take)\b|Leader comment)"
)
_ANALYSIS_LABEL = re.compile(
    r"^\W*(?:\[?(?:News )?(?:ANALYSIS|Analysis)\]?(?:\s*[:|]|\W*$|\s(?:by\b|[A-Z]))"
    r"|EXPLAINER|Explainer\b|Explained\b|Q&A\b)"
)
_TRANSCRIPT_LABEL = re.compile(r"\b(?:[Rr]ush |[Ff]ull |[Pp]artial |[Ii]nterview )?(?:[Tt]ranscript|TRANSCRIPT)\b")
_ADDRESS: tuple[tuple[re.Pattern[str], ArticleKind], ...] = (
    (
        re.compile(
            r"/(?:opinions?|editorials?|commentary|op-?ed|comment(?:isfree)?|columns?|columnists?|voices|leaders)/",
            re.IGNORECASE,
        ),
        "editorial",
    ),
    (re.compile(r"/(?:analysis|explainers?|news-analysis)/", re.IGNORECASE), "analysis"),
    (re.compile(r"/(?:transcripts?|remarks|briefings?-statements)/", re.IGNORECASE), "transcript"),
)
# The paper speaking for itself, outside quotation marks.
_WE = re.compile(
    r"\b[Ww]e (?:urge|call (?:on|for)|believe|hope|welcome|deplore|condemn|support|oppose"
    r"|have to|must|should|need to|cannot|can't|do not|don't)\b"
)
_QUOTED = re.compile(r"[“\"][^“”\"]{0,2000}[”\"]|‘[^‘’]{0,400}’(?!\w)", re.DOTALL)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'd|my)\b")
_SPEAKER = re.compile(
    r"^(?:Q|A|[A-Z][A-Z.'’ -]{2,40}|(?:[A-Z][\w.'’-]+ ){1,4}?[A-Z][\w.'’-]+(?: \([^)]{2,40}\))?)\s?:\s", re.MULTILINE
)
_LEAST_TURNS = 4  # fewer speaker lines happen in any list


def kind(blocks: list[str], labels: list[str], address: str) -> ArticleKind:
    """The kind of an article.

    Args:
        blocks: its body paragraphs.
        labels: headline, author and section lines, in which outlets say what a text is.
        address: its URL or path.
    """
    if _is_transcript(blocks) or any(_TRANSCRIPT_LABEL.search(line) and len(line) < 120 for line in labels):
        return "transcript"
    if any(_EDITORIAL_LABEL.search(line) for line in labels):
        return "editorial"
    if any(_ANALYSIS_LABEL.search(line) for line in labels):
        return "analysis"
    for pattern, found in _ADDRESS:
        if pattern.search(address):
            return found
    body = _QUOTED.sub(" ", "\n".join(blocks))
    words = len(body.split())
    # Two avowals of the paper, or one in every hundred words, make a voice; so do eight "I" in a column.
    ours, mine = len(_WE.findall(body)), len(_FIRST_PERSON.findall(body))
    if words and (ours >= 3 or (ours and _urges(blocks)) or (mine >= 6 and mine / words > 0.008)):
        return "editorial"
    return "report"


def _urges(blocks: list[str]) -> bool:
    """Whether one of the last two paragraphs, where editorials draw their conclusion, speaks as "we"."""
    return any(_WE.search(_QUOTED.sub(" ", block)) for block in blocks[-2:])


def _is_transcript(blocks: list[str]) -> bool:
    turns = [match.group() for block in blocks for match in _SPEAKER.finditer(block)]
    if len(turns) >= _LEAST_TURNS and len(turns) >= 0.3 * len(blocks):
        counts = Counter(turns)
        return len([turn for turn, count in counts.items() if count >= 2]) >= 2
    alone = Counter(
        block for block in blocks if len(block) < 50 and not block.endswith((".", "?", "!")) and block.istitle()
    )
    return len([name for name, count in alone.items() if count >= 3]) >= 2
