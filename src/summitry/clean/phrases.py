"""The phrases of web furniture, as pattern alternatives by kind: data for :mod:`summitry.clean.furniture`.

Collected from crawled pages of many outlets; none is one outlet's alone. Openings are matched at the start of a
line, whole lines from start to end. A phrase that could begin a sentence about a negotiation ("Terms of ...",
"By signing ...", "For more than ...") asks for the words that make it furniture.
"""

from __future__ import annotations

from summitry.clean.names import CREDITOR
from summitry.vocabulary import FurnitureKind

# Openings that no sentence of a report has, whatever follows. Case does not matter.
OPENINGS: tuple[tuple[FurnitureKind, tuple[str, ...]], ...] = (
    ("player", (
        r"JUST WATCHED\b", r"MUST WATCH\b", r"Media playback is (?:un|not )supported", r"Play Video\b",
        r"Now Playing\b",
        r"Video Player\b", r"Video provided by", r"Please (?:upgrade|update|enable)\b.*\b(?:browser|JavaScript)",
        r"(?:Your|This) browser does not", r"This (?:video|content) is (?:no longer|not) (?:available|supported)",
        r"Listen (?:to (?:this )?(?:article|story)|[·•]? ?\d+:\d\d)", r"JavaScript (?:is|must)", r"VIDEO ?:",
        r"\d{1,2}:\d\d(?: / \d{1,2}:\d\d)?$", r"WATCH(?: NOW| LIVE)? ?:",
        r"Watch (?:the )?(?:full|video|live|now)\b.{0,120}$",
        r"Something went wrong[.!]?$", r"An error (?:has )?occurred",
    )),
    ("related", (
        r"(?:See|Read|Watch) (?:also|more|next|full story|this) ?[:：>»]",
        r"(?:ALSO|SEE|MUST|ALSO:) READ\b ?[:：]?(?= ?[A-Z'‘“\"])",
        r"SEE ALSO ?[:：]", r"(?:NOW )?READ(?: MORE| ALSO| NEXT| ON)? ?[:：]", r"NOW WATCH ?[:：]", r"MORE ?[:：]",
        r"Related(?: \w+)? ?[:：]",
        r"Related (?:Coverage|Stories|Articles|News|Topics|Links|Content|Posts)\b",
        r"(?:Read|View) (?:the )?(?:full|original) (?:article|story)",
        r"Recommended (?:for you|stories|videos)", r"You (?:may|might) also (?:like|be interested)",
        r"From around the web\b",
        r"Click (?:here )?for more\b", r"(?:PHOTOS|SLIDESHOW|INTERACTIVE|GALLERY|IN PICTURES) ?:",
        r"(?:Read|Watch|Listen|See) .{4,120} here\.?$",
    )),
    ("promo", (
        r"(?:Click|Tap) (?:here|to (?:read|see|view|play|subscribe|share|expand))\b",
        r"Sign up (?:for|to|now|here|today)\b",
        r"(?:To )?subscribe (?:to|now|today|for|here)\b", r"Subscribe[!.]?$", r"Become a (?:member|subscriber)",
        r"Support (?:our|independent|quality) (?:journalism|work|reporting)", r"Donate (?:now|today|to)\b",
        r"Join (?:our|the (?:conversation|discussion)|us (?:on|at))\b",
        r"Get .{0,90}\b(?:inbox|newsletters?|app|e-?mails?|alerts?|subscri\w+|delivered to)\b",
        r"Download (?:the|our)\b.*\bapp\b",
        r"Like what you'?(?:re| are) reading",
        r"(?:Please )?follow (?:us|me|him|her|them|@\w+|our|.{2,60}) on (?:Twitter|Facebook|X|Instagram)\b",
        r"Follow (?:us|@\w+)\b", r"(?:Like|Find|Join|Connect with) us on\b", r"Interested in .{2,60}\? Add\b",
        r"Already a (?:subscriber|member)", r"(?:To )?(?:Continue|Keep) reading\b.{0,60}$",
        r"Enjoy (?:unlimited|your)\b",
        r"Start (?:your|a) (?:free )?(?:trial|subscription)", r"Unlock (?:this|unlimited|access|exclusive|premium)",
        r"Limited[- ]time offer",
        r"Stay (?:informed|up to date|connected) with", r"(?:Have|Got) a (?:news )?(?:tip|story)\b.{0,80}",
        r"Leave a (?:comment|reply)",
        r"(?:Post|Write|Add) (?:a|your) comment", r"Comments? (?:are closed|\(\d|on this)",
        r"(?:View|Show|Read|See) (?:all )?(?:\d+ )?comments",
        r"Tell us what you think", r"Read or Share this (?:story|article)",
        r"Share (?:this|on|via|with (?:friends|others|your))\b", r"Share ?:",
        r"Enter your e-?mail", r"We(?:'ll| will) (?:send|e-?mail) you", r"Check out our\b", r"Listen and subscribe",
        r"Thank you for (?:reading|signing up|subscribing|your (?:feedback|support))",
        r"For (?:more (?:information|details|news|stories|coverage)|the latest (?:news|updates)|full details"
        r"|breaking news)\b.*"
        r"\b(?:click|visit|follow us|go to|sign up|subscribe)\b",
        r"For (?:an? )?(?:interactive )?graphic\b.{0,40}\bclick\b", r"\(?Graphics? ?[:：]",
        r"Advertise(?:ment|ments)?$", r"Advertise with us",
    )),
    ("notice", (
        r"Copyright(?: ?[©(\d]|,? \d{4}|,? by )", r"\(c\) ?\d{4}", r"[©Ⓒⓒ]", r"<?저작권", r"All rights reserved",
        r"(?:We|This (?:site|website|page)|Our (?:site|website)) uses? cookies",
        r"We (?:and our partners|value your privacy)",
        r"By (?:signing|subscribing|clicking|providing|continuing|using|browsing|choosing"
        r"|submitting)\b(?>.*?\byou(?:r)?\b).*"
        r"\b(?:agree|consent|accept|polic\w+|terms|cookies)\b",
        r"This (?:material|content|article|story) (?:may not be|is protected by|was (?:originally|first) published"
        r"|is more than \d|has been "
        r"(?:updated|corrected|amended))",
        r"This (?:article|story|post|column) (?:is|was) (?:amended|updated|originally published|corrected)",
        r"This is a rush transcript", r"Our Standards ?:", r"Disclaimer(?: ?:|$)",
        r"(?:The )?(?:views|opinions)(?: and opinions)? expressed\b.*\b(?:author|writer|own|necessarily)",
        r"Terms (?:of (?:use|service|sale)|and conditions|&)",
        r"Privacy (?:Policy|Notice)",
        r"(?:Unauthori[sz]ed )?(?:reproduction|redistribution)\b.*\b(?:prohibited|permission)",
        r"No part of this (?:site|publication|article|material)", r"Do not (?:reproduce|redistribute)",
        r"\((?:Refiles?|Corrects?|Updates?|Adds?|Recasts?|Writes? through|Repeats?)\b[^)]{3,}\)?$",
        r"(?:Editor'?s? note|EDITOR[’']?S NOTE|Editor’s note|Correction|Clarification|Note to readers?) ?[:：]",
        r"This (?:page|site) is protected by",
        r"Quotes? (?:delayed|displayed)", r"Market data (?:provided|delayed)",
        r"(?:Filed under|Tags?|Topics?|Keywords?|Categor(?:y|ies)) ?[:：]",
        r"Posted (?:in|under) [A-Z]\w+$",
    )),
    ("credit", (
        r"[\W_]*(?:Additional |With )?(?:reporting|writing|editing|translation) (?:for [\w ]{2,30} )?by\b",
        r"[\W_]*(?:Additional|With) (?:reporting|contributions?|assistance|research|files|writing"
        r"|editing)\b.{0,20}\b(?:by|from|in)\b",
        r"Contribut(?:ing|ions) ?:", r"(?:Contributed|Compiled|Edited|Translated|Produced|Reported) by [A-Z].{2,80}$",
        r"Sources? ?[:：]",
    )),
)  # fmt: skip

# Openings whose capitals tell: the same words in a sentence have none.
OPENINGS_AS_WRITTEN: tuple[tuple[FurnitureKind, tuple[str, ...]], ...] = (
    ("caption", (
        r"Image (?:copyright|source|caption|credit)\b", r"(?:Media|Photo|Picture) caption\b", r"Enlarge this image",
        r"(?:FILE|File|HANDOUT|Handout) ?(?:PHOTO|PICTURE|IMAGE|[Pp]hoto|[Pp]icture|[Ii]mage)?\s*[-–—:]",
        r"(?:In )?[Tt]his (?:file|handout|undated|combination)? ?(?:photo|picture|image)(?: taken| released"
        r"| provided|,| shows)",
        r"A (?:combination|file|handout) (?:photo|picture|image)\b",
        r"(?:Photos?|Images?|Pictures?|Photograph|Photographer|Credits?)(?: ?:| by | courtesy |/)",
        r"Courtesy of [A-Z].{2,60}$", r"Hide Caption",
        r"Photos?: .*(?:Hide Caption|(?<!\d)\d++ of \d)", r"\[?(?:Photo|Image) (?:provided|courtesy|credit)",
        r"(?:Above|Pictured(?: above| below)?) ?:",
        r"(?:Facebook|Twitter|Pinterest)(?: (?:Facebook|Twitter|Pinterest))+ [A-Z].{20,}",
    )),
    ("related", (
        r"RELATED(?= ?:| [A-Z]|$)", r"More (?:On This|From [A-Z]|in this section|stories|news|on this story).{0,60}$",
        r"(?:Most|Top) (?:[Rr]ead|[Pp]opular|[Vv]iewed|[Ss]hared|[Ss]tories|[Rr]ecent|[Cc]ommented"
        r"|[Ww]atched)\b[^.]{0,40}$",
        r"(?:Editor[’']?s[’']?|Our) [Pp]icks?$", r"(?:Up|What to read|Read) [Nn]ext$",
        r"Don[’']t [Mm]iss\b[^.]{0,30}$", r"In other news$",
        r"Latest (?:news|stories|headlines|updates|News|Stories)\b[^.]{0,30}$", r"Trending(?: [Nn]ow| [Tt]opics)?$",
        r"Explore more\b.{0,60}$",
        # "The demands:Trump-Kim summit: ...": a label that lost the blank behind its colon belongs to a link.
        r"[A-Z'‘“][\w'’.-]*(?: [\w'’.-]+){0,4}:(?=[A-Z'‘“\"])[^:]{2,}.{10,}[^.!?\"”’')]$",
        r".{10,120}\((?:Video|VIDEO|video|Photos|PHOTOS|Audio|Podcast)\)$",
    )),
)  # fmt: skip

# Whole lines, as written.
WHOLE_LINES: tuple[tuple[FurnitureKind, tuple[str, ...]], ...] = (
    ("credit", (
        r".{0,160}?\bcontributed (?:to th(?:is|e) (?:report|story|article|piece|post)|reporting|writing)\b.{0,100}",
        rf"{CREDITOR}(?:\s*[/,|-]\s*{CREDITOR})*(?: [Pp]hotos?)?",
    )),
    ("share", (
        r"(?:\d++(?:[.,]\d*+)?[kK]? )?(?:[Ss]hares?|[Ll]ikes?|[Cc]omments?|[Vv]iews?|[Rr]etweets?"
        r"|[Tt]weets?)(?: \d+)?",)),
    ("player", (r".{0,90}\bListen ?[·•] ?\d+:\d\d.*",
        r"(?:[Ii]mage |[Pp]hoto )?\d+ ?(?:of|/) ?\d+ ?(?:photos?|images?)?")),
    ("related", (
        r"Slideshow \(\d+ Images?\)",
        r".{4,160}\b(?:Read more|Read the full story|Learn more|Read now|Full story|View gallery"
        r"|Watch now)\s*[»›>→…]*",
        r".{4,160}(?:[»›→]|>>)",
        r"(?:Analysis|Opinion|Fact check|Graphic|Photos?|Video|Live|Podcast|Gallery|Quiz|Explainer|Timeline)s?\s*[:"
        r"|] .{4,120}[^.!?\"”’)]",
    )),
    ("menu", (
        r"Stor(?:y|ies) (?:[Cc]ontinue[sd]? [Bb]elow|highlights)",
        r"(?:Article|Story) continues (?:below|after).{0,40}", r"https?://\S+", r"www\.\S+",
        r"\d+ (?:hours?|minutes?|mins?|days?|weeks?|months?|years?) ago",
        r"[A-Z][\w ]{2,25}+ ?[>›»|] ?[A-Z][\w &]{2,25}+(?: ?[>›»|] ?[A-Z][\w &]{2,40}+)*+",
        r"(?:ANALYSIS|OPINION|COMMENTARY|EDITORIAL)(?:/[A-Z]+)?:?",
        r"(?:Opinion|Editorial|Analysis|Commentary|Op-?Ed)s?:?",
    )),
    ("promo", (r".{0,14}Get Free Exclusive .{2,40}",)),
)  # fmt: skip

SHARE_WORDS = frozenset(
    """share shares sharing tweet tweets retweet facebook twitter whatsapp linkedin pinterest reddit telegram kakao
    kakaotalk kakaostory messenger flipboard tumblr instagram youtube viber weibo wechat email e-mail mail
    print comment comments line naver band link url copy copied snapchat threads bluesky mastodon tiktok gab
    parler""".split()
)
MENU_WORDS = frozenset(
    """settings menu search home login signin signup subscribe subscription subscriptions register sections
    navigation top back close loading advertisement advertisements advert ads ad sponsored newsletter
    newsletters sitemap faq rss feedback archive archives popular trending recommended related stories
    articles cookies cookie font-size font size text ⓕ caption gallery slideshow letter hide show expand
    collapse previous next prev skip content main cancel ok submit reply report dismiss accept e-edition
    epaper podcasts podcast videos video photos photo audio listen play pause replay mute unmute fullscreen
    breaking latest headlines ticker weather horoscope crossword obituaries classifieds jobs careers
    advertise privacy terms contact read watch view viewed views viewing news editor's picks""".split()
)
# Words that say nothing by themselves; a line of them alone is no widget.
GLUE_WORDS = frozenset(
    """a an the to of on in for by or and this that article story page post button icon us our your my me with via
    from it all more most go be now here full screen log sign up out off only new first last day today's min
    read x i + - = | / • · » « › ‹ → ← ↑ ▲ ▼ : > < & save saved like likes follow followers bookmark about
    use site web version edition app mobile policy conditions options free english language account profile
    image images toggle enlarge left right small large medium big""".split()
)
