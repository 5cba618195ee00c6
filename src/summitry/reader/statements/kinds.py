"""Whether an attribution reports something said or written, or something thought, wanted, done or merely spoken of."""

from __future__ import annotations

from typing import Final

from summitry.reader.statements.attribution import AttributionKind
from summitry.reader.statements.lexicon import ATTITUDES, DONE, NOUN_ACTS, TOPICS, VERB_ACTS
from summitry.reader.statements.view import View
from summitry.vocabulary import QuoteType

_ACCORDING: Final = frozenset({"accord", "according", "per", "via"})
# "made clear", "made the case", "took aim at", "gave a speech", "went on to say": the noun or adjective decides.
_LIGHT: Final = frozenset(
    "make take give have issue release deliver put lay go cast raise draw offer hold send".split()
)
_SPEAKING: Final = frozenset("clear case plain known public aim issue exception swipe jab shot".split())


def kind_of(
    view: View, head: int, cue: tuple[int, int], contents: list[tuple[int, int]], quote_type: QuoteType
) -> AttributionKind:
    """The kind of the attribution whose cue hangs on token ``head``."""
    lemma, tag = view.lemmas[head], view.tags[head]
    if lemma in ATTITUDES and tag[0] in "VN":
        return "utterance" if quote_type == "direct" else "attitude"
    if quote_type == "direct" or lemma in _ACCORDING or not lemma[:1].isalpha():
        return "utterance"
    words = view.lemmas[cue[0] : cue[1]]
    if tag.startswith("V"):
        if lemma in _LIGHT:
            said = any(word in NOUN_ACTS or word in VERB_ACTS or word in _SPEAKING for word in words if word != lemma)
            return "utterance" if said or _clausal(view, contents) else "attitude"
        if quote_type == "indirect" and not _clausal(view, contents) and (lemma in TOPICS or lemma in DONE):
            return "attitude"
        if lemma in VERB_ACTS:
            return "utterance"
        return "utterance" if quote_type == "mixed" or (_clausal(view, contents) and tag != "VBN") else "attitude"
    if tag.startswith("N"):
        return "utterance" if lemma in NOUN_ACTS or lemma in VERB_ACTS else "attitude"
    return "utterance" if any(word in NOUN_ACTS or word in VERB_ACTS for word in words) else "attitude"


def _clausal(view: View, contents: list[tuple[int, int]]) -> bool:
    """Whether the content is a clause with a finite verb of its own: "that ...", or a whole sentence."""
    low, high = contents[0]
    if view.words[low].lower() == "that":
        return True
    return any(view.deps[token] == "ccomp" and view.tags[token] in ("VBD", "VBZ", "VBP") for token in range(low, high))
