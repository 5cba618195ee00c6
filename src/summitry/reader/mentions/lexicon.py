"""Words of office, institution and description, with the roles CAMEO gives them. Written by hand; lower case."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Final


def _roles(table: dict[str, str]) -> dict[str, str]:
    return {word: role for role, words in table.items() for word in words.split()}


# Nouns for one who holds an office, with the CAMEO role of the office. "" : the role comes from the institution.
OFFICE: Final = _roles(
    {
        "GOV": "president premier chancellor minister secretary undersecretary under-secretary ambassador envoy "
        "diplomat negotiator official adviser advisor aide representative commissioner leader chairman chairwoman "
        "chairperson chair king queen prince princess ruler emir sultan sheikh sheik shah pope governor mayor "
        "director chief head deputy delegate councillor councilor consul attache attaché emissary mediator "
        "ayatollah taoiseach veep bureaucrat technocrat dictator strongman coordinator counselor counsellor "
        "administrator vice-president vice-minister monarch commander-in-chief interlocutor regent statesman "
        "politburo czar tsar point-man pointman nominee secretary-general director-general treasurer viceroy "
        "crown-prince potus",
        "": "spokesman spokeswoman spokesperson spokesmen spokeswomen staffer member counterpart successor "
        "predecessor politician supporter ally insider employee worker executive founder co-founder boss lawyer "
        "attorney candidate hardliner moderate hawk reformist loyalist rapporteur host guest mastermind architect "
        "inspector counsel contractor detective",
        "MIL": "general commander admiral colonel soldier officer marshal lieutenant captain major sergeant "
        "brigadier general-secretary- guardsman pilot gen lt col adm maj capt brig sgt cmdr warlord",
        "LEG": "senator congressman congresswoman lawmaker legislator parliamentarian mp mps speaker sen rep sens "
        "reps backbencher peer whip mep republican democrat",
        "JUD": "judge justice prosecutor magistrate",
        "SPY": "spy spymaster",
        "MED": "reporter journalist editor correspondent columnist commentator anchor broadcaster",
        "EDU": "instructor professor scholar analyst expert researcher fellow academic lecturer historian "
        "specialist scientist economist author observer watcher theorist strategist pollster physicist",
        "BUS": "businessman businesswoman ceo banker trader investor entrepreneur",
        "OPP": "dissident oppositionist",
        "REB": "rebel militant insurgent fighter guerrilla separatist terrorist",
        "CVL": "citizen protester demonstrator resident refugee defector civilian villager voter hostage prisoner "
        "detainee hacker activist campaigner worshipper student settler farmer fisherman",
        "REL": "cleric priest bishop archbishop imam rabbi cardinal mullah",
    }
)

# Offices that one person of a state holds at a time: "the Iranian foreign minister" is somebody.
UNIQUE: Final = frozenset(
    "president premier chancellor minister secretary king queen emir sultan pope taoiseach ayatollah leader "
    "ruler dictator strongman chairman monarch speaker secretary-general director-general vice-president "
    "shah".split()
)
TOP: Final = frozenset(
    "president premier chancellor king emir sultan leader ruler dictator chairman monarch taoiseach "
    "strongman pope".split()
)

# Words that stand before the noun of an office and belong to it.
OFFICE_PART: Final = frozenset(
    "vice deputy first prime foreign acting interim senior chief special assistant national security "
    "defense defence interior finance trade unification press state supreme general permanent principal "
    "lead top leading incoming outgoing newly-elected elected supreme top-ranking high-ranking ranking "
    "nuclear military political economic presidential federal crown executive managing revolutionary "
    "attorney majority minority house senate opposition party ruling intelligence budget treasury energy "
    "commerce justice home health oil petroleum climate brexit longtime veteran key hawkish conservative "
    "liberal republican democratic joint commanding armed grand secretary minister director".split()
)

# Ranks and forms of address that stand right before a name.
RANK: Final = frozenset(
    "mr mrs ms miss dr sir lord lady dame gen lt col maj adm capt brig sgt cmdr sen rep sens reps gov amb "
    "prof rev hon messrs mssrs pres sec supt judge justice comrade herr frau madame monsieur señor sheikh "
    "sheik mullah ayatollah marine actor grand prince princess king queen pope imam father crown baroness "
    "baron rear marshal general colonel admiral".split()
)
MALE: Final = frozenset(
    "mr sir lord king prince chairman spokesman congressman businessman ayatollah sheikh sheik imam pope mullah "
    "herr monsieur señor father emir sultan strongman statesman fisherman husband son brother man baron".split()
)
FEMALE: Final = frozenset(
    "mrs ms miss lady dame queen princess chairwoman spokeswoman congresswoman businesswoman frau madame baroness wife "
    "daughter sister woman".split()
)

# Institutions by their head noun, with the CAMEO role; as a proper name and in lower case after "the", "its".
BODY: Final = _roles(
    {
        "GOV": "ministry department government administration cabinet presidency embassy consulate delegation "
        "secretariat regime leadership council office bureau agency authority authorities treasury mission "
        "politburo junta commission directorate rulers team",
        "LEG": "parliament congress senate assembly house committee legislature caucus majlis knesset subcommittee",
        "MIL": "army military navy force forces troops guard guards command marines corps militia warships "
        "warplanes jets staff",
        "JUD": "court tribunal judiciary",
        "COP": "police",
        "SPY": "intelligence spies",
        "PTY": "party",
        "MED": "media press newspaper daily broadcaster television tv radio newswire monitor journal tribune herald "
        "gazette",
        "BUS": "corp corporation company inc ltd bank airlines firm conglomerate plc",
        "EDU": "university college institute school academy thinktank",
        "NGO": "foundation association union society federation project fund group movement front league coalition "
        "alliance organization organisation center centre network initiative charity chamber board service services "
        "institution endowment thinktank",
    }
)
# In lower case only these are institutions by themselves ("the ministry"); the others need a state beside them.
COMMON_BODY: Final = frozenset(
    "ministry government administration cabinet presidency embassy regime leadership parliament congress "
    "senate legislature army military navy police authorities judiciary junta delegation assembly treasury "
    "consulate politburo secretariat department".split()
)
# With a state beside them ("Iranian forces", "its media") these stand for it too.
STATE_BODY: Final = frozenset(
    "forces troops guard guards agency council commission office committee court media press side negotiators team "
    "force command marines corps intelligence television tv radio daily newspaper broadcaster bank party mission "
    "organization organisation government navy warships jets warplanes".split()
)
# Kinds of institution that speak for no state: think tanks, universities, firms.
PRIVATE: Final = frozenset({"EDU", "NGO", "BUS"})

PLACE_HEAD: Final = frozenset(
    "peninsula sea street ocean river strait straits island islands mountain mount valley province city "
    "county airport hotel square hall palace road avenue bay gulf desert coast strip heights zone area "
    "village base station park bridge beach complex reactor plant facility site port town district region "
    "border canyon lake canal east west north south hill hills room highway line cemetery club resort "
    "garden gardens".split()
)
EVENT_HEAD: Final = frozenset(
    "summit agreement accord accords treaty declaration act war wars day games olympics deal plan protocol "
    "resolution conference statement talks process pact convention amendment bill law laws cup crisis "
    "revolution spring prize report program programme week year christmas framework roadmap forum dialogue "
    "armistice doctrine policy regulation sanctions order memorandum communique communiqué charter "
    "constitution ramadan holocaust article chapter covenant code rule age era budget festival award medal "
    "missile strategy".split()
)
CALENDAR: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec gmt edt "
    "est a.m. p.m.".split()
)
# Unnamed people that no office word covers.
ANONYMOUS: Final = frozenset(
    "source sources insider people person man woman passenger witness witnesses critic critics opponent "
    "opponents proponent proponents skeptic skeptics sceptic sceptics advocate advocates".split()
)
PARTICLE: Final = frozenset(
    "al el ul ur bin ibn ben van von de der den del della da di du dos das la le abu e y ter bint ud uz".split()
)
# Verbs of saying, enough to know a speaker by; the statement reader has the full list.
SAYING: Final = frozenset(
    "say tell add note warn state declare announce argue insist claim explain reply respond write tweet ask "
    "stress acknowledge admit deny assert suggest emphasize emphasise reiterate comment remark observe "
    "predict testify report urge vow pledge accuse criticize criticise condemn caution contend maintain "
    "point speak think believe continue promise welcome reject denounce dispute propose demand threaten confirm reveal "
    "signal indicate dismiss conclude concede lament boast disclose".split()
)
CITY_PLACE_VERB: Final = frozenset(
    "visit leave reach arrive fly travel go return come head depart tour bomb enter quit flee hit attack land".split()
)
PLACE_PREPOSITION: Final = frozenset(
    "in at near outside inside around across throughout within into via downtown".split()
)

# Capitalised words that start no name of a person.
NO_NAME: Final = frozenset(
    "the a an this that these those he she it they we i you his her its their our my but and or if in on at as "
    "for by of with when while after before since although though however meanwhile yet so then there here what "
    "who which why how not no yes all both some many most more such also even still just only last next earlier "
    "later now today tomorrow yesterday once under over from to asked pinterest linkedin messenger subscribe "
    "according despite during because until unless among between speaking following citing photo image file video "
    "editor editors related read watch share email advertisement copyright updated published story continues "
    "below getty images ap afp reuters gop nato ok mr mrs ms god internet covid web twitter facebook english "
    "arabic persian farsi korean islam islamic muslim muslims christian christians jewish jews jew shiite shia "
    "sunni sunnis arab arabs kurd kurds kurdish european europeans western west asian african latin middle east "
    "north south communist nazi cold nuclear united states korea korea's american democrat republican stalinist "
    "marxist zionist soviet dear sincerely".split()
)

KOREAN_SURNAMES: Final = frozenset(
    "kim lee park choi choe chung jung jeong kang kong cho jo yoon yun jang chang lim im rim han oh o seo "
    "suh so shin sin kwon hwang ahn an song ryu yu yoo hong jeon jun ko koh go moon mun son sohn bae pae "
    "paek baek heo hur nam noh roh ro no ha joo ju chu woo u ri yi rhee pak ryang ryom jon thae hyon hyun "
    "hyong ji chi won pyon byun tak maeng sim shim".split()
)
CHINESE_SURNAMES: Final = frozenset(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie "
    "tang xi deng cui geng hua lu mao fu yao dai cheng lai tsai jiang qian qin bo wen zeng meng peng cao "
    "ding pan jin hsiao soong chiang lien leung tung lam tsang ji yu su du shi".split()
)
VIETNAMESE_SURNAMES: Final = frozenset("nguyen tran le pham phan vu vo dang bui do ngo duong ho truong dinh".split())


@dataclass(frozen=True)
class GivenNames:
    """Given names, capitalised, by the sex that bears them (US census of 1990 and a hand-kept list)."""

    male: frozenset[str]
    female: frozenset[str]
    either: frozenset[str]

    @cached_property
    def every(self) -> frozenset[str]:
        """All of them."""
        return self.male | self.female | self.either


def load_given_names() -> GivenNames:
    """The shipped given names; about a millisecond."""
    text = (files("summitry.reader.mentions") / "given_names.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return GivenNames(*(frozenset(table[sex].split()) for sex in ("male", "female", "either")))
