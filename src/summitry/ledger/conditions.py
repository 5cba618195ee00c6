"""The words of conditions: what brings them in, what they tell of a step, who opens them; matched without a parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summitry.ledger.naming import Named

MARKER: Final = re.compile(
    r"(?P<only>only\s+)?(?:(?:on|under)\s+(?:the\s+)?(?:pre)?condition\s+that|(?P<word>as\s+long\s+as|so\s+long\s+as|"
    r"provided(?:\s+that)?|contingent\s+on|conditional\s+on|unless|until|till|once|if|when|before|prior\s+to|after|"
    r"without|not\s+before|even\s+if))\b\s*",
    re.IGNORECASE,
)
EXCHANGE: Final = re.compile(r"\bin\s+(?:exchange|return)\s+for\s+", re.IGNORECASE)
# "Explain if they will come" asks and sets no condition.
WHETHER: Final = re.compile(
    r"\b(?:explain|know|see|determine|ask|asked|wonder|decide|tell|unclear|clear|discuss|assess|doubt|question|say|"
    r"said|consider|test|check|find\s+out)\W*$",
    re.IGNORECASE,
)
# What was exchanged by others in the past, within a demand: "called on those who agreed to pay in exchange for peace".
NESTED: Final = re.compile(r"\b(?:who|which|that)\s+(?:is|are|was|were|has|have|had|agreed|\w+ed)\b", re.IGNORECASE)
FAILING: Final = re.compile(
    r"\b(?:refuses?|refused|fails?|failed|declines?|declined)\b|"
    r"\b(?:does|did|do|will|would|is|are|was|were|has|have|had)\s*(?:not|n['’]t)\b|\bwon['’]t\b",
    re.IGNORECASE,
)
"""Words by which the other fails to do something; "promised never to attack" has done it."""
# "Will only come after": the word that makes a bare "after" a condition.
ONLY: Final = re.compile(r"\bonly\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
# What one wants is no step: "if you want to talk". Nor is what only tells when: "during his visit".
WISHED: Final = re.compile(r"\b(?:want|wish|like|care|choose)(?:s|es|ed)?\s+(?:to|it|so)\b", re.IGNORECASE)
TIMED: Final = re.compile(r"^\W*(?:during|while|amid|ahead\s+of|since|throughout)\b", re.IGNORECASE)
GIVEN_WORD: Final = re.compile(r"\b(?:promised|pledged|agreed|vowed)\b", re.IGNORECASE)
# Here and in _LINK: a run of blanks is tried at its start only.
TWO: Final = re.compile(r"(?:,|(?<!\s))\s++(?:or|and)\s++(?=[a-z]+ing\b)", re.IGNORECASE)
EVEN: Final = re.compile(r"\beven\W*$", re.IGNORECASE)
# What goes on and is to end where something waits for it; going on with talks or a pact is no harm.
_KEEPING: Final = re.compile(
    r"^\W*(?:to\s+|that\s+)?(?:keep|kept|keeping|maintain|maintains|maintained|maintaining|continue|continues|continued|"
    r"continuing|retain|retaining|preserve|uphold|bolster|bolstering|expand|expanding|strengthen|strengthening|increase|"
    r"increasing|intensify|enforce|enforcing|impose|imposing|tighten|tightening|pursue|pursuing|develop|developing|"
    r"build|building|stage|staging|hold\s+on\s+to)\b",
    re.IGNORECASE,
)
_REMAINING: Final = re.compile(
    r"\b(?:will|would|should|must|shall|to|not)\s+(?:remain|stay|continue|persist|be\s+(?:maintained|kept|enforced|upheld))\b"
    r"|\b(?:remains?|remained|stays?|stayed|continues?|continued|persists?)\b",
    re.IGNORECASE,
)
_COOPERATIVE: Final = re.compile(
    r"\b(?:talk|talks|talking|dialogue|negotiat\w+|diplomacy|discussion\w*|engag\w+|deal|accord|agreement|pact|treaty|"
    r"truce|ceasefire|moratorium|commitments?|compliance|cooperation|comply\w*|abide|work\w*|efforts?|momentum|"
    r"committed|ready|willing|open|trust|confidence)\b",
    re.IGNORECASE,
)
DENIED: Final = re.compile(
    r"\b(?:refuses?|refused|refusing|rejects?|rejected|fails?|failed|declines?|declined)\s+(?:to\s+)?|"
    r"\b(?:does|did|do|will|would|is|are|was|were|has|have|had)\s*(?:not|n['’]t)\s+|\bwon['’]t\s+|\bnever\s+",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^(?:\W|\b(?:that|the|a|an|both|all|for|when|if|first|only|to|at|least|of|some|any|its|in|on|by|then|and|even|"
    r"mr|ms|president|chairman|leader|secretary|minister|prime|foreign|government|administration|regime)\b\.?)*",
    re.IGNORECASE,
)
# Who is named, but by a name that is no party's, or as several at once: nobody else is meant then.
UNKNOWN: Final = re.compile(
    r"^\W*(?:(?:the|a|all|both|two|other|that|these|those|most|some|any)\s+)*(?:(?-i:[A-Z])\w+|others?|sides?|parties|everyone|"
    r"everybody|anyone|everything|nobody|it\s+is|there)\b",
    re.IGNORECASE,
)
PRONOUN: Final = re.compile(
    r"^\W*(?:(?:it|he|she|they)\b|the\s+(?:regime|country|other\s+side|government|administration|kingdom|leadership)\b)",
    re.IGNORECASE,
)
FIRST_PERSON: Final = re.compile(r"^\W*(?:we|i)\b", re.IGNORECASE)
SELF_ACT: Final = re.compile(
    r"(?:denucleari[sz]ation|disarmament|withdrawal|capitulation|surrender|compliance|concessions?|recognition)\s+(?:of|by|from)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
BY: Final = re.compile(r"\b(?:by|from)\s+(?:the\s+)?$", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"\b(?:on|against|to|toward|towards|with|over|at|for|in|into|inside|about|of|near|around|across|versus)\s+"
    r"(?:(?:the|both|all|president|mr\.?|leader|chairman|nuclear-armed)\s+)*$",
    re.IGNORECASE,
)
DOING: Final = re.compile(
    r"\b(?:lift|eas|remov|reliev|relief|relax|waiv|drop|end|stop|halt|freez|frozen|suspend|suspen|giv|grant|offer|provid|"
    r"suppl|deliver|tak|mak|mov|return|restor|resum|abandon|dismantl|shut|clos|scrap|surrender|relinquish|eliminat|"
    r"destr|roll|scal|reduc|cut|curb|limit|restrict|withdr|pull|releas|free|chang|accept|allow|permit|commit|promis|"
    r"guarantee|assur|honou?r|respect|implement|compl|abid|denucleari|disarm|recogni|normali|talk|dialogu|negotiat|"
    r"apolog|compensat|concess|conced|compromis|step|measure|action|hand|open|reopen|allow|verif|inspect|declar|pay|withhold|"
    r"unfreez|repatriat|renounc|cancel|repeal|reform|ratif|sign|vot|pass|open|progress)\w*",
    re.IGNORECASE,
)
# What is yet to come behind "after": "after it takes steps", "after sanctions are lifted"; not "after it denied that".
TO_COME: Final = re.compile(
    r"\b(?:has|have|is|are|be)\b|\b(?:lift|eas|remov|tak|mak|mov|end|stop|halt|dismantl|abandon|giv|agree|accept|chang|"
    r"withdraw|sign|show|prov|freez|return|releas|declar)e?s\b",
    re.IGNORECASE,
)
# A threat is no step that waits, whatever its terms.
HARMFUL: Final = re.compile(
    r"^\W*(?:it\s+(?:would|will)\s+)?(?:retaliat|shred|tear|scrap\w*\s+the|kill|terminat|attack|strik|"
    r"destroy\w*\s+(?!its|their|all\s+of\s+its)|punish|respond|block|clos\w+\s+(?:the\s+)?strait|reimpos|impos|sanctioning|"
    r"resum\w+\s+(?:\w+\s+){0,2}(?:test|enrich|attack|construction)|restart\w*\s+(?:\w+\s+){0,2}(?:test|enrich)|invad|"
    r"wag(?:e|ing)\s|cut\w*\s+off|reconsider|rethink|"
    r"(?:withdraw|leav|quit|exit|walk|pull|abandon)\w*\b[^.]{0,24}\b(?:deal|talks|accord|agreement|pact|treaty|negotiations|"
    r"summit|table))",
    re.IGNORECASE,
)
RECEIVING: Final = re.compile(
    r"^\W*(?:\w+\s+){0,2}(?:get|gets|getting|receiv\w+|obtain\w*|gain\w*|see|sees|seeing)\b", re.I
)
_LINK: Final = re.compile(r"(?<!\s)\s++(?:and|or|to|the|a)$", re.IGNORECASE)
_LOOSE: Final = " \t,;:–—-\"“”'‘’()[]."


def heading(words: str, named: Sequence[Named]) -> tuple[str, ...]:
    """The parties that words open with, as subject or owner: "Iran and Oman accept", "Seoul's withdrawal"."""
    found: list[str] = []
    at = 0
    for one in named:
        between = words[at : one.start]
        if found:
            if not re.fullmatch(r"\W*+(?:(?:and|or)\W*+)?(?:the\s++)?", between, re.IGNORECASE):
                break
        elif _OPENING.match(between).end() < len(between) or _OBJECT.search(between):  # type: ignore[union-attr]
            break
        found.append(one.code)
        at = one.end
    return tuple(dict.fromkeys(found))


def keeps(words: str) -> bool:
    """Whether words tell that something goes on which the other side wants to end."""
    if _COOPERATIVE.search(words):
        return False
    return bool(_KEEPING.match(words) or _REMAINING.search(words))


def trimmed(words: str) -> str:
    """Words without loose marks at their ends, quotation marks that have lost their partner, and an opening "that"."""
    bare = words.strip(_LOOSE)
    bare = re.sub(r"^(?:that|to|in|at|on|of|with|for)\s+(?=\w)", "", bare, flags=re.IGNORECASE) or bare
    if bare.count("“") != bare.count("”"):
        bare = bare.replace("“", "").replace("”", "")
    if bare.count("[") != bare.count("]"):
        bare = bare.replace("[", "").replace("]", "")
    if bare.count('"') % 2:
        bare = bare.replace('"', "")
    return _LINK.sub("", bare.strip())
