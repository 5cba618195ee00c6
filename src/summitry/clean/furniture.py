"""What a line of web furniture looks like by itself, whatever stands around it.

Each rule asks for the whole line, so that a sentence about newsletters or captions is never taken for one. The
phrases were collected from crawled pages of many outlets; no rule knows an outlet or a document.
"""

from __future__ import annotations

import hashlib
import re

from summitry.clean.lines import is_closed
from summitry.clean.names import CREDITOR, SIGNER
from summitry.vocabulary import FurnitureKind

_SHARE_WORDS = frozenset(
    """share shares sharing tweet tweets retweet facebook twitter whatsapp linkedin pinterest reddit telegram kakao kakaotalk
    kakaostory messenger flipboard tumblr instagram youtube viber weibo wechat email e-mail mail print comment comments
    line naver band link url copy copied snapchat threads bluesky mastodon tiktok gab parler""".split()
)
_MENU_WORDS = frozenset(
    """settings menu search home login signin signup subscribe subscription subscriptions register sections navigation top back
    close loading advertisement advertisements advert ads ad sponsored newsletter newsletters sitemap faq rss feedback archive archives
    popular trending recommended related stories articles cookies cookie font-size font size text ⓕ caption gallery slideshow
    letter hide show expand collapse previous next prev skip content main cancel ok submit reply report dismiss accept
    e-edition epaper podcasts podcast videos video photos photo audio listen play pause replay mute unmute fullscreen
    breaking latest headlines ticker weather horoscope crossword obituaries classifieds jobs careers advertise privacy terms contact
    read watch view viewed views viewing news editor's picks""".split()
)
# Words that say nothing by themselves; a line of them alone is no widget.
_GLUE_WORDS = frozenset(
    """a an the to of on in for by or and this that article story page post button icon us our your my me with via from it all more most
    go be now here full screen log sign up out off only new first last day today's min read x i + - = | / • · » « › ‹ → ← ↑ ▲ ▼ : > < &
    save saved like likes follow followers bookmark about use use. site web version edition app mobile policy conditions
    options free english language account profile image images toggle enlarge story's left right small large medium big""".split()
)
_TOKEN = re.compile(r"[^\s|,/•·»«›‹()\[\]:;–—]+")
_WIDGET_WORDS_AT_MOST = 10  # the longest widget lines seen are share bars of eight or nine words

_NUMBER = re.compile(r"[+-]?[\d:.,]+%?|\d+[km]|#\d+|[ivx]{1,4}", re.IGNORECASE)
_IMAGE_MARK = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[(?:img|image|photo|video|caption)[^\]]*\]", re.IGNORECASE)

_I = re.IGNORECASE
# (kind, pattern at the start of the line). Longer lines than a promo ever is are left alone: see `_PROMO_CHARS`.
_LEADS: tuple[tuple[FurnitureKind, re.Pattern[str]], ...] = (
    ("player", re.compile(
        r"JUST WATCHED|MUST WATCH|Media playback is (?:un|not )supported|(?:Play|Watch) (?:Video|Now)\b|Now Playing\b|Video Player\b|Video provided by"
        r"|Please (?:upgrade|update|enable)\b.*\b(?:browser|JavaScript)|(?:Your|This) browser does not|This (?:video|content) is (?:not|no longer|un)"
        r"|Listen (?:to (?:this )?(?:article|story)|[·•]? ?\d+:\d\d)|Sorry, (?:this|your|the) (?:video|browser|page)|JavaScript (?:is|must)"
        r"|\d{1,2}:\d\d(?: / \d{1,2}:\d\d)?$|Video:|VIDEO:|WATCH(?: NOW| LIVE)?:|Watch live\b|Watch:|WATCH (?:THE )?(?:FULL|VIDEO)|Something went wrong\b|An error (?:has )?occurred\b", _I)),
    ("caption", re.compile(
        r"Image (?:copyright|source|caption|credit)\b|(?:Media|Photo|Picture) caption\b|Enlarge this image|(?:FILE|Handout)[ -]?(?:PHOTO|PICTURE|IMAGE)?\s*[-–—:]"
        r"|(?:In )?this (?:file|handout|undated|combination)?\s?(?:photo|picture|image)(?: taken| released| provided|,| shows)"
        r"|A (?:combination|file|handout) (?:photo|picture|image)|(?:Photo|Image|Picture|Photograph|Photographer|Photos? by|Image via|Credits?|Courtesy(?: of)?):? ?(?:by )?(?=[A-Z@(:])"
        r"|Photos?: .*(?:Hide Caption|\d+ of \d+)|Hide Caption|\[?(?:Photo|Image) (?:provided|courtesy|credit)|Above:|Pictured(?: above| below)?:|Photo/", 0)),
    ("related", re.compile(
        r"(?:See|Read|Watch) (?:also|more|next|full story|this)\s*[:：>»]|(?:ALSO|SEE|MUST|ALSO:) READ\b\s*[:：]?|SEE ALSO\b|READ(?: MORE| ALSO| NEXT| ON)?\s*[:：]|MORE\s?:|More\s?:|Related(?: \w+)?\s*[:：]|RELATED\b|Related (?:Coverage|Stories|Articles|News|Topics|Links|Content|Posts)\b"
        r"|More (?:On This|From|in this section|stories|news|on this story)\b|Recommended (?:for you|stories|videos)|You (?:may|might) also (?:like|be interested)|(?:Most|Top) (?:read|popular|viewed|shared|stories|recent|commented|watched)\b|(?:Editor'?s'?|Our) picks?\b|(?:Up|What to read) next\b|Don'?t miss\b|In (?:case you missed it|other news)\b|(?:Read|View|Continue reading) (?:more|the (?:full|rest|original)|full|original)\b|Click (?:here )?for more\b|Latest (?:news|stories|headlines|updates)\b|From around the web\b|Around the web\b|Trending\b|Popular (?:now|stories)|Explore more\b|PHOTOS:|SLIDESHOW:|INTERACTIVE:|GRAPHIC:|OPINION:(?= [A-Z].{10,}[^.]$)", _I)),
    ("promo", re.compile(
        r"(?:Click|Tap) (?:here|to)\b|Sign up\b|(?:To )?subscribe (?:to|now|today|for|here)\b|Subscribe[!.]?$|Become a (?:member|subscriber)|Support (?:our|independent|quality)|Donate\b|Join (?:our|the (?:conversation|discussion)|us)\b|Get (?:the|our|your|news|daily|breaking|unlimited|free|full|more|all)\b.*\b(?:inbox|newsletters?|app|email|alerts?|stories you care about|access|subscri\w+|content|delivered)\b|Download (?:the|our)\b.*\bapp|Like what you'?(?:re| are) reading|Follow (?:us|me|him|her|@|our|\w+(?: \w+){0,5} on (?:Twitter|Facebook|X|Instagram|social media))\b|Please follow\b|(?:Like|Find|Join|Connect with) us on\b|Interested in .{2,60}\? Add\b|Already a (?:subscriber|member)|(?:To )?(?:Continue|Keep) reading\b|Enjoy (?:unlimited|your)|Start (?:your|a) (?:free )?(?:trial|subscription)|Unlock\b|Try (?:it )?free|Limited[- ]time offer|Special offer|Stay (?:informed|up to date|connected|tuned to)|Have (?:a (?:news )?tip|you got a story|something to say)\b|Got a (?:news )?tip|Do you have a story|Leave a (?:comment|reply)|Post (?:a|your) comment|Comment on this|Comments? (?:are|is|\()|(?:View|Show|Read|See) (?:all )?(?:\d+ )?comments|Tell us what you think|Send (?:us )?(?:your )?(?:letters?|tips?|feedback)|Read or Share this (?:story|article)|Share (?:this|your|on|with|via|the)\b|Enter your e-?mail|By (?:signing up|subscribing|clicking|providing)\b|We(?:'ll| will) send|Check (?:your|out our)\b|Listen and subscribe|Thank you for (?:reading|signing|subscribing|your (?:feedback|support))|For (?:more|the latest|full|breaking|all)\b.*\b(?:click|visit|follow|go to|sign up|subscribe|graphic|see)\b|For (?:a |an )?(?:interactive )?graphic\b|\(?Graphic(?:s)?\s*[:：]", _I)),
    ("notice", re.compile(
        r"(?:Copyright|\(c\)|©|Ⓒ|ⓒ)|<?저작권|All rights reserved|(?:We|This (?:site|website|page)|Our (?:site|website)) uses? cookies|We (?:and our partners|value your privacy|use cookies)|By (?:continuing|using|browsing)\b.*\b(?:site|cookies|terms)|This (?:material|content|article) (?:may not|is protected|was (?:originally|first) published|is more than|has been updated to)|This story has been (?:updated|corrected|published)|This article (?:is|was) (?:more than|originally|updated|amended|first)|This is a rush transcript|Our Standards:|Disclaimer\b|DISCLAIMER|The views expressed|(?:The )?opinions? expressed|Views expressed|The content of this|Terms (?:of|and)|Privacy (?:Policy|Notice)|(?:Unauthorized|No) (?:reproduction|redistribution|part of)|Do not (?:reproduce|redistribute)|Reproduction (?:in whole|prohibited)|\((?:Refiles?|Corrects?|Updates?|Adds?|Recasts?|Recaps?|Writes? through|Repeats?)\b.{3,}\)?|(?:Editor'?s? note|EDITOR'?S NOTE|CORRECTION|Correction|Clarification|Note to readers?)\s*[:：]|This (?:page|site) is protected by|Fact[- ]based, independent|Quotes? (?:delayed|displayed)|Market data (?:provided|delayed)|Legal Statement|FILED UNDER|Filed under|Tags?\s*[:：]|Topics?\s*[:：]|Keywords?\s*[:：]|Categor(?:y|ies)\s*[:：]|Posted (?:in|under)\b", _I)),
    ("credit", re.compile(
        r"[\W_]*\(?(?:(?:Additional |With )?(?:reporting|writing|editing|contributions?|assistance|research|graphics?|translation) (?:for [\w ]{2,30} )?(?:by|from|in)\b|Contributing\s?:|Contributed by\b|Compiled by\b|Edited by\b|Translated by\b|Reported by\b|Writing by\b|With files from\b|Produced by\b|Source\s?[:：]|Sources\s?[:：]|[-—–] ?With (?:assistance|reporting|files))", _I)),
)  # fmt: skip
_PROMO_CHARS = 420  # the longest cookie notices and picture captions run to about this; a longer line is prose
# A line in capitals starting "MORE:" is a link; "More than ..." must stay, hence the colons above.

_WHOLE: tuple[tuple[FurnitureKind, re.Pattern[str]], ...] = (
    ("credit", re.compile(
        rf".{{0,160}}?\bcontributed (?:to|reporting|from|writing)\b.{{0,60}}|{CREDITOR}(?:\s*[/,|-]\s*{CREDITOR})*(?: [Pp]hotos?)?|[-—–•⦁] ?.{{4,80}} (?:is|are) (?:a|an|the) .{{3,60}}(?:columnist|correspondent|editor|reporter|writer)s?\.?", 0)),
    ("share", re.compile(r"(?:\d+[.,]?\d*k? )?(?:shares?|likes?|comments?|views?|retweets?|tweets?)(?: \d+)?", _I)),
    ("player", re.compile(r".{0,90}\bListen ?[·•] ?\d+:\d\d.*|.{0,20}\d+ ?(?:of|/) ?\d+ ?(?:photos?|images?)?", _I)),
    ("related", re.compile(r"Slideshow \(\d+ Images?\)|.{4,160}\b(?:Read more|Read the full story|Learn more|Read now|Full story|View gallery|Watch now)\s*[»›>→…]*|.{4,160}(?:[»›→]|>>)|(?:Analysis|Opinion|Fact check|Graphic|Photos?|Video|Live|Podcast|Gallery|Quiz|Explainer|Timeline)s?\s*[:|] .{4,120}[^.!?\"”’)]", 0)),
    ("menu", re.compile(r"Stor(?:y|ies) (?:Continued? Below|highlights)|(?:Article|Story) continues (?:below|after).*|Scroll (?:down )?(?:to|for) .{0,30}|\d+ (?:hours?|minutes?|mins?|days?|weeks?|months?|years?) ago|[A-Z][\w ]{2,25} ?[>›»/|] ?[A-Z][\w &]{2,25}(?: ?[>›»/|] ?[A-Z][\w &]{2,40})*|(?:ANALYSIS|OPINION|COMMENTARY|EDITORIAL)(?:/[A-Z]+)?:?|(?:Opinion|Editorial|Analysis|Commentary|Op-?Ed)s?:?|https?://\S+|www\.\S+", 0)),
    ("promo", re.compile(r"Advertise(?:ment)?s?\b.{0,40}|.{0,12}Get Free Exclusive .{2,40}", 0)),
)  # fmt: skip

_CREDIT_TAIL = re.compile(
    rf"""(?:
      /\s*{CREDITOR}(?:\s*[-/,]\s*{CREDITOR})*(?:\s[Pp]hotos?)?
    | \((?:[^()]{{0,60}}[/,]\s?)?(?:AP\s?Photo|{CREDITOR})(?:\s?[-/,|]\s?[^()]{{0,60}})?\)
    | \[(?:[^\[\]]{{0,60}}[/,]\s?)?(?:{CREDITOR}|[Pp]hoto\s[^\]]{{3,60}})(?:\s?[-/,]\s?[^\[\]]{{0,60}})?\]
    | \(?(?:Photo(?:graph|s)?(?:er)?|Picture|Image|Video|Credit)(?:\s(?:[Cc]redit|[Cc]ourtesy|[Bb]y|[Vv]ia|[Pp]rovided|[Ss]ource))*(?:\s[Bb]y)?\s*[:/]\s?[^():.]{{2,90}}\)?
    | REUTERS\s?/\s?[^.]{{3,60}} | (?:via|for)\s(?:REUTERS|AP|Getty\sImages) | Getty\sImages | AP\sPhoto(?:/[^.]{{3,50}})?
    | (?<=[.!?"”’])\s(?:{CREDITOR})(?:\s?[/-]\s?{CREDITOR})?
    | \(?(?:[Ff]ile\s(?:[Pp]hoto|[Pp]icture|[Ii]mage)|[Ff]ile|[Hh]andout|Courtesy\s(?:of|photo)[^.]{{0,60}})\)?
    | \|\s?(?:{CREDITOR}|(?:[A-Z][\w.'’-]+\s){{1,3}}?[A-Z][\w.'’-]+/[^.|]{{2,40}})
    )\s*[.|]?\s*$""",
    re.VERBOSE,
)  # fmt: skip
# Captions tell what a picture shows: in the present, with places in the frame.
_PICTURED = re.compile(
    r"\b(?:speaks?|delivers?|attends?|answers?|listens?|shakes? hands|walks?|arrives?|poses?|looks? (?:on|at|over|through)|meets?|greets?|stands?|sits?|waves?|gestures?|leaves?|holds?|takes?|"
    r"chats?|addresses|departs?|talks? (?:to|with|during)|watch(?:es)?|inspects?|reacts?|smiles?|hugs?|embraces?|reads?|steps?|embarks?|boards?|participates?|toasts?|signs?|makes?|peers?|points?|"
    r"is (?:seen|pictured|shown)|are (?:seen|pictured|shown)|as (?:he|she|they) (?:waits?|walks?|arrives?|leaves?))\b"
)
_FRAME = re.compile(
    r"\((?:L|R|C|[23](?:nd|rd)? ?[LR]|left|right|center|centre|front|back)\)|, (?:second from )?(?:left|right|center|centre),|\b(?:in|of) this (?:\w+ )?(?:photo|picture|image)|\bfile photo\b|\bundated (?:photo|picture)|\(from left\)|\bfrom left\b|\(pictured",
    _I,
)
_PAST_SAYING = re.compile(r"\b(?:said|told|added|announced|reported|according to|noted|warned|insisted)\b")

_SKIP = re.compile(r"[^\w%]+")


def line_hash(line: str) -> str:
    """The key of a line for counting it across reports: case, digits, blanks and marks do not matter (16 hex digits)."""
    folded = re.sub(r"\d+", "0", _SKIP.sub(" ", line.casefold()).strip())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_widget(line: str) -> FurnitureKind | None:
    """``share`` or ``menu`` if the line is made of the words of buttons and menus only; else None."""
    if len(line) > 120:
        return None
    line = _IMAGE_MARK.sub(" ", line)
    tokens = [token.strip("‘’“”\"'.!?*…").lower() for token in _TOKEN.findall(line)]
    tokens = [token for token in tokens if token]
    if not tokens:
        return "menu"
    if len(tokens) > _WIDGET_WORDS_AT_MOST:
        return None
    share = sum(token in _SHARE_WORDS for token in tokens)
    menu = sum(token in _MENU_WORDS for token in tokens)
    glue = sum(token in _GLUE_WORDS or _NUMBER.fullmatch(token) is not None for token in tokens)
    if share + menu + glue < len(tokens):
        return None
    if share:
        return "share"
    alone = len(tokens) <= 2 and max(map(len, tokens)) <= 4  # "X", "-2", "+1", "more", "0"
    return "menu" if menu or alone else None


def kind_of(line: str) -> FurnitureKind | None:
    """The kind of furniture a line is by its own words; None for everything that may be the report."""
    if (widget := is_widget(line)) is not None:
        return widget
    bare = line.lstrip("•‣⦁·*►»>–—- ")
    if len(bare) <= _PROMO_CHARS:
        for kind, pattern in _LEADS:
            if pattern.match(bare) is not None:
                return kind
        for kind, pattern in _WHOLE:
            if pattern.fullmatch(bare) is not None:
                return kind
    if is_caption(line, firm=True):
        return "caption"
    if bare.isupper() and len(bare.split()) >= 6 and not is_closed(bare) and len(bare) < 160:
        return "related"  # links set in capitals between paragraphs; crossheads are shorter
    return None


def has_credit(line: str) -> bool:
    """Whether the line ends in a picture or agency credit."""
    return _CREDIT_TAIL.search(line[-140:]) is not None


def is_caption(line: str, *, firm: bool) -> bool:
    """Whether the line reads as the words under a picture.

    ``firm`` asks for marks that no body line bears (a photographer, places in the frame with a credit); otherwise a
    credit and the present tense of captions, or no full stop before the credit, are enough.
    """
    if len(line) > 600:
        return False
    tail = _CREDIT_TAIL.search(line[-140:])
    if tail is None:
        return False
    before = line[: len(line) - len(line[-140:]) + tail.start()].rstrip()
    told = _PAST_SAYING.search(before) is not None
    if re.search(r"REUTERS ?/|AP Photo|Photo(?:graph|grapher)?s?:|Getty Images|[Ff]ile [Pp]hoto|/ ?File|Photo by|Handout|Courtesy", tail.group()):
        return not told or len(before) < 200
    framed = _FRAME.search(before) is not None or _PICTURED.search(before[:160]) is not None
    if firm:
        slash = "/" in tail.group() or "|" in tail.group()
        return (framed or slash) and not told and before.count(". ") <= 1
    return framed or not is_closed(before)


def signs_agency(line: str) -> bool:
    """Whether the line is nothing but the name of an agency or outlet."""
    return re.fullmatch(rf"[\W_]*{SIGNER}[\W_]*", line) is not None
