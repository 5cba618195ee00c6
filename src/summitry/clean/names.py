"""Closed word lists of the news trade that line labelling needs: agencies, picture credits, months, roles."""

from __future__ import annotations

import re

# News agencies as they sign: in datelines, at the end of a body, in bylines and picture credits.
AGENCIES = (
    "Yonhap News Agency", "Yonhap News", "Yonhap", "Reuters", "Thomson Reuters", "The Associated Press",
    "Associated Press", "AP", "Agence France-Presse", "AFP", "UPI", "Xinhua News Agency", "Xinhua", "KCNA",
    "Korean Central News Agency", "TASS", "ITAR-TASS", "Interfax", "RIA Novosti", "Sputnik", "IRNA", "ISNA",
    "Mehr", "Mehr News Agency", "Fars", "FNA", "Tasnim", "MNA", "SANA", "MENA", "WAM", "SPA", "KUNA", "QNA",
    "NNA", "Petra", "Anadolu Agency", "Anadolu", "AA", "DHA", "dpa", "DPA", "EFE", "ANSA", "Kyodo News",
    "Kyodo", "Jiji Press", "Jiji", "ANI", "PTI", "IANS", "UNI", "APP", "BSS", "UNB", "Bernama", "Antara", "CNA",
    "VNA", "PNA", "TNA", "Lusa", "Belga", "ANP", "APA", "MTI", "PAP", "CTK", "TASR", "STT", "NTB", "TT",
    "Ritzau", "Tanjug", "Hina", "FENA", "MIA", "AGI", "Notimex", "Prensa Latina", "Telam", "AAP", "NZPA",
    "Canadian Press", "The Canadian Press", "CP", "PA", "PA Media", "Press Association", "RFE/RL", "RFA",
    "Newsis", "News1", "Ukrinform", "UNIAN", "Interfax-Ukraine", "BelTA", "Trend", "AzerTac", "Armenpress",
    "ZUMA", "Landov",
)  # fmt: skip
# Outlets that put their own name where an agency would sign.
DATELINE_OUTLETS = (
    "CNN", "CNN Business", "BBC", "VOA", "Bloomberg", "CBS", "CBS News", "NBC News", "ABC News", "Fox News",
    "CNBC", "NPR", "MNI", "IRIN", "IPS", "Al Jazeera", "RT", "JTA", "CNS News", "Axios", "TNS", "SCMP",
    "CBN News", "The Korea Herald", "WAFA", "Rudaw", "Korea Times",
)  # fmt: skip
# Who signs pictures besides the agencies.
_PICTURE_CREDITS = (
    "Getty Images", "Getty", "EPA-EFE", "EPA", "Shutterstock", "iStock", "Alamy", "Corbis", "Bettmann", "Pool",
    "Rex", "Handout", "NurPhoto", "SIPA", "SIPA USA", "ROPI", "Zuma Press", "Polaris", "Redux", "Magnum Photos",
    "Picture-Alliance", "White House", "KRT", "Wikimedia Commons", "Wikipedia", "Flickr", "Facebook", "Twitter",
    "Screenshot", "Contributed",
)  # fmt: skip


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))


AGENCY = f"(?:{_any_of(AGENCIES)})"
SIGNER = f"(?:{_any_of(AGENCIES + DATELINE_OUTLETS)})"
CREDITOR = f"(?:{_any_of(AGENCIES + DATELINE_OUTLETS + _PICTURE_CREDITS)})"

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?"

# Words that follow a name in a byline and are not part of it.
ROLE_WORDS = frozenset(
    """staff reporter reporters writer writers correspondent correspondents editor editors contributor
    contributing contributed columnist columnists bureau chief senior special guest analyst analysts
    opinion political diplomatic national security affairs producer desk team digital news foreign
    economics business white house washington freelance intern photographer to for of the in at from""".split()
)
