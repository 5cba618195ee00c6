"""The words by which a clause sets the state of talks: of agreeing, failing, breaking off, refusing and leaving."""

from __future__ import annotations

import re
from typing import Final

TALKS: Final = (
    r"(?:talks?|talking|dialogues?|negotiat(?:ions?|e|ing)|meetings?|meet|summits?|consultations?|discussions?|"
    r"contacts?|diplomacy|negotiating table|channels?)"
)
"""What parties do when they talk."""

ACCORD: Final = (
    r"(?:deal|agreement|accord|treaty|pact|declaration|joint statement|communiqu[eé]|truce|cease-?fire|armistice|"
    r"framework|memorandum|protocol|settlement|compromise|understanding|plan of action|JCPOA)"
)
"""What they come to."""

AGREEING: Final = re.compile(
    rf"\b(?:{ACCORD}s?|agree\w*|commit\w*|sign\w*|adopt\w*|conclud\w*|treaties|pledg\w*|promis\w*)\b", re.IGNORECASE
)
"""Words of an agreement, without which the day of an instrument is a coincidence."""

TO_TALK: Final = re.compile(
    r"\bagree\w* (?:[\w-]+ ){0,4}?(?:resum|restart|reopen|hold|meet|continu|keep|return|re-?engage|start|launch|talk|"
    rf"negotiat)\w*\b|\bagree\w* (?:on|to) (?:[\w'-]+ ){{0,4}}?{TALKS}\b",
    re.IGNORECASE,
)
"""An agreement to go on, and no agreement in the matter: "agreed to resume talks", "agreed on a third meeting"."""

CONCLUDED: Final = re.compile(
    r"\b(?:signed|inked|initial?led|concluded|clinched|sealed|struck|adopted|finali[sz]ed|ratified)\b|"
    rf"\b(?:reach|issue|announce|hammer|cut|ma[dk]e|come to|came to|agree)\w* (?:[\w,'-]+ ){{0,6}}?{ACCORD}\b",
    re.IGNORECASE,
)
"""A deal done."""

UNDONE: Final = re.compile(
    r"\b(?:yet to|close to|closer to|near|hop(?:e|es|ed|ing) to|want\w* to|willing|ready|seek\w*|try\w*|tried|could|"
    r"might|may|would|should|if|unless|until|whether|fail\w*|without|unable|no deal|not|never|propos\w*|offer\w*|"
    r"invit\w*|pledg\w*|chance|prospects?|possib\w*|try(?:ing)? to|to (?:reach|sign|conclude|strike|make|come)|once|"
    r"(?:is|are|be|gets?) (?:signed|reached|concluded|struck|sealed|finali[sz]ed|adopted|ratified))\b",
    re.IGNORECASE,
)
"""What keeps a deal from being one: yet to come, wished for, or not had."""

FAILED_PLAINLY: Final = re.compile(
    r"\b(?:fail(?:ed|s)? to (?:reach|agree|make|narrow|produce|secure|strike|come)|"
    r"without (?:a |an |any |reaching )?(?:[\w-]+ )?(?:agreement|deal|result|progress|breakthrough)|"
    r"broke\w* (?:down|off)|no (?:[\w-]+ )?(?:agreement|deal|breakthrough|progress))\b",
    re.IGNORECASE,
)
"""A meeting without result, as its own clause tells it."""

FAILED: Final = re.compile(
    r"\b(?:fail(?:ed|ure|s)?|without (?:a |an |any )?(?:[\w-]+ )?(?:agreement|deal|result|progress|breakthrough)|"
    r"broke\w* (?:down|off|up)|breakdown|collapse\w*|no (?:[\w-]+ )?(?:agreement|deal|breakthrough|progress)|"
    r"empty-handed|fruitless|inconclusive\w*|walk\w* (?:out|away))\b",
    re.IGNORECASE,
)
"""A meeting without result."""

OFF: Final = re.compile(
    r"\b(?:suspend\w*|broke(?:n)? off|break\w* off|cancel\w*|call\w* off|postpon\w*|walk\w* (?:out|away)|halt\w*|"
    r"cut\w* off|sever\w*|pull\w* out|withdr[ae]w\w*|freez\w*|froze\w*|quit\w*|boycott\w*|scrap\w*|abandon\w*)\b"
    rf".{{0,60}}?\b(?:{TALKS}|trip|visit)\b|"
    rf"\b{TALKS}\b.{{0,40}}?\b(?:suspended|cancell?ed|called off|broken off|halted|postponed)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Talks or a meeting broken off."""

RELATIONS: Final = re.compile(r"\b(?:diplomatic (?:relations|ties)|relations with|ties with)\b", re.IGNORECASE)

REFUSE: Final = re.compile(
    r"\b(?:refus\w*|reject\w*|rul(?:e[sd]?|ing) out|declin\w*|spurn\w*|rebuff\w*|snub\w*|dismiss\w*|"
    r"no (?:plans?|intention|interest|need|desire|wish)(?: (?:to|of|in|for))?|"
    r"(?:not?|\w+n['’]t) (?:be )?(?:interested in|willing to|ready to|prepared to)|"
    r"(?:will|would|shall) (?:not|never)|w(?:on|ouldn)['’]t) "
    rf"(?:(?!that|for|about|into|on|of|with|after)[\w'’.,-]+ ){{0,5}}?{TALKS}\b(?! about)",
    re.IGNORECASE,
)
"""The talking itself refused: no preposition between, no "about" behind ("refused to talk about it")."""

IF: Final = re.compile(r"\bif\b", re.IGNORECASE)
""""if" makes a threat of a refusal; "as long as", "until" and "unless" are terms of one that stands."""

SUPPOSED: Final = re.compile(
    r"\b(?:probably|likely|perhaps|would not entail|all but|almost|nearly|may|might)\b", re.IGNORECASE
)

LEAVE: Final = re.compile(
    r"\b(?:withdr[ae]w\w*|pull\w* (?:[\w.'-]+ ){0,4}?out|quit\w*|left|leav\w*|abandon\w*|exit\w*|tore up|tear\w* up|"
    rf"abrogat\w*|scrap\w*|renounc\w*|denounc\w*|terminat\w*)\b.{{0,60}}?\b{ACCORD}\b",
    re.IGNORECASE | re.DOTALL,
)
"""An agreement left."""

OVER: Final = re.compile(
    r"\b(?:end(?:s|ed)|terminat(?:es|ed)|declar\w* (?:an end to|the end of))\b "
    rf"(?:[\w'-]+ ){{0,4}}?{TALKS}\b(?! (?:on|in|with no|without)\b)|"
    rf"\b{TALKS}\b (?:is|are|was|were) (?:over|dead|finished)\b|\bdeclar\w* {TALKS} (?:over|dead)",
    re.IGNORECASE,
)
"""Talks over for good."""

CONTACT: Final = re.compile(
    r"\b(?:met|meets?|meetings?|talks?|talked|summits?|spoke|spoken|speak\w*|visit\w*|trip|travel\w*|calls?|called|"
    r"phoned?|telephone\w*|held|hold\w*|host\w*|negotiat\w*|consult\w*|sat down|sit down|discuss\w*|letters?|"
    r"encounter|received|welcom\w*|arriv\w*|dialogue|conversation\w*|session|round)\b",
    re.IGNORECASE,
)
"""Words of a meeting, a call or a letter."""

_PARTNER = (
    r"(?:reporters?|journalists?|the press|lawmakers?|senators?|governors|congress(?:wo)?m[ae]n|legislators?|"
    r"Congress|parliament|voters|supporters|donors|employees|troops|students|"
    r"(?:[a-z]+ )?(?:Democrats|Republicans)|(?:religious|Jewish|Christian|Muslim|church|community|business|"
    r"congressional|party|Senate|House|tribal|civic|industry|labou?r) (?:leaders|members|allies))"
)
INSIDE: Final = re.compile(
    r"\b(?:spoke|speak\w*|talk(?:s|ed|ing)?|met|meets?|meeting|brief\w*|discuss\w*|consult\w*|call\w*|lunch\w*|letters?|"
    rf"wrote|writ\w+)\b (?:(?!and\b|after\b|before\b)[\w'’-]+ ){{0,4}}?(?:to|with|from|among|by) "
    rf"(?:[\w'’-]+ ){{0,4}}?{_PARTNER}\b|"
    r"\b(?:lawmakers?|senators?|congress(?:wo)?m[ae]n|legislators?|Democrats|Republicans)\b.{0,90}?\bletters?\b",
    re.IGNORECASE | re.DOTALL,
)
"""Contacts inside a party: with its own press, lawmakers and public, and the letters of these."""

TRIP: Final = re.compile(r"\b(?:trip|visit\w*|travel\w*|arriv\w*)\b", re.IGNORECASE)
"""Words of going somewhere, which do not say to whom."""

AHEAD: Final = re.compile(
    r"\b(?:plan(?:s|ned|ning)? (?:to|for)|due to|scheduled to|set to|hop(?:es?|ed|ing) (?:to|for)|want\w* to|"
    r"agree\w* (?:to|on)|offer\w* to|call\w* for|urg\w*|wait\w* (?:to|for)|willing(?:ness)? to|ready to|open to)\b"
    r"(?:(?! and | but | after | when )[^,;.]){0,80}",
    re.IGNORECASE,
)
"""What is yet to come when told, up to the end of its phrase."""

SAYING_ENDS: Final = re.compile(
    r"\b(?:said|says|tweeted|added|testified|told (?:[\w-]+ ){1,3}|speaking(?: to (?:[\w-]+ ){0,2}?reporters)?|"
    r"wrote)\s*(?:on |in |,? ?late |early )?$",
    re.IGNORECASE,
)
"""Words that end in a saying: the day behind them is that of the saying."""

YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")

LOOKING_BACK: Final = re.compile(
    r"\b(?:after|before|since|when|had|following|earlier|last|previous\w*|already)\b", re.IGNORECASE
)
"""Words of what lies behind the day's news."""
