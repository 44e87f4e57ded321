"""The nouns that tell a person from an organisation from a document, and the places that stand for governments.

Closed lists on purpose: a source span is short, its head noun is nearly always one of a few hundred words, and a list
can be read, corrected and explained to a user where a classifier cannot.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that stand before a person's name; without their full stop, in small letters.
HONORIFICS: Final = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f"}
TITLES: Final = _words(
    "mr mrs ms miss dr prof professor sir lord lady dame rev reverend fr father sister pastor rabbi imam sheikh sheik "
    "ayatollah grand cardinal archbishop bishop pope king queen prince princess emir sultan shah hon "
    "president vice-president vp premier chancellor minister ministers secretary secretaries under-secretary "
    "undersecretary secretary-general governor gov govs senator sen sens senators rep reps representative "
    "representatives congressman congresswoman congressmen mayor councilman councilwoman councillor councilor alderman "
    "assemblyman assemblywoman delegate del speaker leader whip chairman chairwoman chair chairperson chief director "
    "deputy commissioner ambassador amb envoy consul attorney attorneys solicitor counsel counselor judge justice "
    "magistrate sheriff marshal constable inspector superintendent detective officer sgt sergeant corporal cpl captain "
    "capt lt lieutenant major maj colonel col general gen brigadier admiral adm commander cmdr commandant private "
    "commodore staff spokesman spokeswoman spokesperson adviser advisor aide strategist consultant analyst economist "
    "correspondent reporter journalist editor anchor host columnist writer author blogger commentator "
    "historian scholar researcher scientist doctor surgeon nurse coach founder co-founder owner ceo coo cfo executive "
    "manager treasurer trustee partner principal dean candidate nominee front-runner frontrunner contender "
    "democrat democrats republican republicans gop libertarian independent conservative "
    "lawmaker activist advocate lawyer prosecutor investigator comedian actor actress singer businessman "
    "businesswoman billionaire mogul publisher producer congress premier mp lobbyist organizer organiser pollster "
    "witness resident farmer fisherman driver student teacher retiree engineer architect climatologist epidemiologist "
    "farmer mechanic pilot union campaigner secretary-designate ex-president ex-governor ex-mayor ex-wife wife husband "
    "brother son daughter mother father sister widow cousin nephew auditor comptroller"
)
# Head nouns of people, in the singular; others are recognised by their ending or by what is left.
PEOPLE: Final = TITLES | _words(
    "official source person people man men woman women boy girl child adult staffer staff member insider negotiator "
    "diplomat agent informant whistleblower expert specialist academic observer critic opponent supporter proponent "
    "backer rival ally friend relative neighbor neighbour colleague parent lawmaker legislator politician leader "
    "commander soldier fighter rebel militant troop veteran policeman policewoman gunman shooter suspect victim "
    "survivor passenger customer user voter citizen local villager protester protestor demonstrator marcher worker "
    "employee boss operative donor fundraiser investor trader banker broker economist dealer lender retailer farmer "
    "physician psychologist psychiatrist attorney watchdog watcher scholar writer faculty administrator professor "
    "clergyman priest nun bishop cleric evangelist churchgoer catholic muslim christian jew conservative liberal "
    "progressive moderate hardliner hawk partier partisan populist socialist communist democrat republican "
    "libertarian nationalist candidate hopeful incumbent challenger appointee predecessor successor counterpart "
    "wife husband son daughter brother father mother sister uncle aunt nephew family half-brother ex-wife ex-husband "
    "cameraman photographer journalist reporter eyewitness onlooker bystander caller juror defendant plaintiff inmate "
    "prisoner detainee hostage captor migrant refugee immigrant asylum-seeker acquaintance confidant associate "
    "other some many several few most none half more two three four five dozen score hundred thousand another "
    "anybody anyone everyone everybody somebody someone nobody both those he she they I who handful pair trio duo "
    "congressperson ex-congressman ex-official ex-lawmaker skeptic sceptic cynic detractor loyalist apologist fan "
    "follower denier theorist scientist meteorologist forecaster strategist consultant liaison figure opposite chief "
    "head number host guest speaker organizer youth teenager teen senior elder native american european african asian "
    "arab israeli palestinian correspondent editor chancellor envoy representative ex-member individual pair bigwig "
    "heavyweight newcomer freshman panelist player coach athlete designer co-author co-sponsor sponsor"
)
# Heads that hide who it is: they never stand for somebody whom the article names.
UNNAMED: Final = _words(
    "official source person people aide staffer insider adviser advisor negotiator diplomat spokesman spokeswoman "
    "spokesperson expert analyst witness resident critic opponent supporter man woman boy girl reporter cameraman "
    "student shooter suspect gunman victim driver neighbor neighbour juror writer scholar"
)
PUBLIC_OFFICE: Final = _words(
    "president senator governor mayor congressman congresswoman representative lawmaker speaker premier chancellor "
    "sheriff pope king queen prince nominee candidate hopeful chairman chairwoman secretary minister general leader"
)
QUANTIFIERS: Final = _words(
    "one some many several few most none half dozens hundreds thousands number handful pair majority minority lot "
    "all each both scores either neither two three four five six seven eight nine ten any years pages "
    "series batch set trove"
)
ORGANISATIONS: Final = _words(
    "administration government regime cabinet ministry department agency bureau office commission committee "
    "subcommittee council board panel task-force parliament senate house congress legislature assembly court tribunal "
    "jury police military army navy force forces guard corps troops militia authority authorities prosecution "
    "prosecutors campaign camp team party coalition opposition caucus bloc faction leadership conference union "
    "association federation confederation league alliance organization organisation group ngo charity foundation "
    "institute institution institutions center centre university college school church archdiocese diocese vatican "
    "hospital clinic company companies corporation corp firm firms business inc llc ltd plc giant bank fund exchange "
    "lender manufacturer carmaker automaker airline operator "
    "utility network networks broadcaster station channel newspaper paper magazine outlet outlets tabloid daily "
    "weekly press media news tv television radio newswire journal publication mission embassy consulate "
    "kremlin pentagon white-house palace downing treasury gop community movement society club lobby think-tank "
    "thinktank observatory chamber secretariat directorate service services intelligence side state country "
    "nation nations city county town village administration's delegation syndicate cartel gang "
    "consortium cooperative syndicate taskforce tank regulator insurer investigation inquiry probe "
    "partnership crew command headquarters brigade battalion division unit squad band orchestra project initiative"
)
# Nouns that say what somebody is, among titles and people: before a name a title, alone a way of naming whoever bears
# it.
ROLES: Final = _words(
    "president senator representative congressman congresswoman governor mayor secretary minister chancellor king "
    "queen prince princess leader speaker chairman chairwoman chair chief head director judge justice attorney lawyer "
    "general admiral colonel captain commander sergeant sheriff officer official spokesman spokeswoman spokesperson "
    "adviser advisor aide candidate nominee lawmaker legislator ambassador envoy commissioner professor doctor founder "
    "owner executive premier dictator democrat republican businessman billionaire veteran activist counsel manager "
    "coach author actor singer reverend rev bishop pope sen rep gov gen sgt lt col capt dr mr mrs ms miss sir lord "
    "lady sens reps prof hon ag vp ceo"
)
# Common nouns for people and for bodies that act, in the singular, beside ROLES and words with the endings below. Not
# all of PEOPLE and ORGANISATIONS: outside a source span "number", "house" or "country" stand for neither.
ACTORS: Final = _words(
    "administration agency agent army assailant attacker authority bandit board brother cabinet campaign campaigner "
    "child citizen civilian clergy coalition colleague commission committee community company conservative contractor "
    "council couple court crew critic crowd daughter defector delegation demonstrator department deputy detainee "
    "dissident driver employee employer engineer extremist faction family farmer father fighter firm firefighter force "
    "gang girl government group guard guerrilla gunman hardliner hostage husband immigrant insurgent interpreter "
    "investigator jihadi jury killer league liberal lobby loyalist mediator member militant militia minority mob "
    "moderate monitor mother movement murderer nationalist neighbour neighbor network nurse occupier operator opponent "
    "opposition organisation organization paramilitary parent parliament partisan party passenger patient peacekeeper "
    "pilot police policeman predecessor prisoner progressive prosecutor protester protestor provocateur radical rebel "
    "recruit refugee reporter regime republic rescuer resident resister rioter rival sailor scientist separatist "
    "settler shooter sister smuggler soldier son squad staff striker student successor supporter survivor suspect "
    "teacher team teenager terrorist thug tribe troop trooper troops tyrant union victim villager volunteer voter "
    "watchdog wife witness worker writer youth"
)
PEOPLE_ENDINGS: Final = ("ist", "man", "woman", "men", "women", "crat", "ologist")
# Their plurals are people unless an adjective before them makes them an institution ("federal prosecutors").
DOCUMENTS: Final = _words(
    "report reports poll polls survey surveys study studies letter letters memo memos memorandum memoranda document "
    "documents papers record records filing filings complaint lawsuit suit indictment indictments affidavit warrant "
    "brief ruling decision verdict order judgment opinion transcript transcripts testimony statement statements "
    "release announcement notice email emails e-mail e-mails message messages missive note tweet tweets post posts "
    "posting video videos clip footage recording tape film documentary audio book memoir article articles essay op-ed "
    "editorial column story headline manifesto platform resolution petition petitions bill law laws act statute "
    "legislation amendment constitution treaty agreement deal contract accord text wording rule rules regulation "
    "regulations guideline guidelines guidance data figures statistics census estimate estimates index results "
    "analysis audit review assessment findings finding evaluation forecast budget plan proposal blueprint doctrine "
    "policy return returns disclosure disclosures list log logs minutes agenda schedule invoice receipts receipt "
    "spreadsheet chart map database website site page blog ad ads advertisement advert commercial flyer leaflet "
    "pamphlet poster sign label certificate biography resume profile excerpts excerpt remarks speech points summary "
    "dossier cable cables original draft version copy autopsy exhibit subpoena charges bulletin communique communiqué "
    "white-paper paper questionnaire circular will testament diary correspondence readout factsheet fact-sheet "
    "register registry warning alert advisory evidence materials material archives newsletter response memoirs"
)
# Documents that a newspaper is: "a report in the Journal" is the Journal.
PRESS_PIECES: Final = _words("report reports article articles story stories account editorial")
PRESS_NAMES: Final = _words(
    "post times journal herald tribune globe sun mail mirror star news observer independent telegraph guardian "
    "economist chronicle register inquirer gazette standard examiner bulletin express enquirer hill "
    "ledger echo dispatch courier sentinel"
)
# What somebody says, put for him who says it: "Lund's comments".
SPEECH: Final = _words(
    "comment remark word claim assertion allegation accusation contention speech characterization characterisation "
    "description argument insistence suggestion admission denial criticism"
)
HEARSAY: Final = _words("reports report rumors rumours speculation accounts allegations conventional-wisdom")
PARTICLES: Final = _words("de da di del della van von der den bin ben ibn al el la le dos du ter abu st")
PRONOUNS: Final = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p", "it": "n", "its": "n", "itself": "n",
    "i": "i", "me": "i", "my": "i", "we": "w", "us": "w", "our": "w", "who": "r", "whom": "r", "which": "r",
    "that": "r", "this": "n",
}  # fmt: skip
GENDER: Final = {
    **dict.fromkeys(
        "spokesman chairman congressman man boy gentleman king prince husband father son brother uncle nephew "
        "businessman councilman assemblyman policeman cameraman fisherman grandfather half-brother ex-husband "
        "pope bishop priest lord sir actor".split(),
        "m",
    ),
    **dict.fromkeys(
        "spokeswoman chairwoman congresswoman woman girl lady queen princess wife mother daughter sister aunt niece "
        "businesswoman councilwoman assemblywoman policewoman actress grandmother widow ex-wife nun dame".split(),
        "f",
    ),
}
# Bodies that are called by one word and look like a surname.
BODIES: Final = _words(
    "twitter facebook google youtube instagram tiktok whatsapp telegram apple amazon microsoft tesla uber netflix "
    "boeing airbus labor labour congress parliament treasury pentagon kremlin vatican interpol nato unicef unesco "
    "hamas hezbollah taliban isis isil fatah gazprom rosneft lukoil nasa opec"
)
# Short titles in full, and what else their bearer may be called.
ALSO: Final = {
    "sen": "senator lawmaker", "senator": "lawmaker", "rep": "representative congressman congresswoman lawmaker",
    "representative": "congressman congresswoman lawmaker", "congressman": "lawmaker representative",
    "congresswoman": "lawmaker representative", "gov": "governor", "president": "commander-in-chief",
    "prof": "professor", "dr": "doctor", "gen": "general", "chief": "head leader", "head": "chief leader",
    "leader": "chief head", "ceo": "executive boss", "attorney": "lawyer prosecutor", "lawyer": "attorney",
    "mogul": "businessman billionaire", "nominee": "candidate hopeful", "candidate": "hopeful nominee contender",
    "frontrunner": "candidate hopeful", "front-runner": "candidate hopeful", "hopeful": "candidate",
    "justice": "judge", "economist": "professor", "spokesman": "spokesperson", "spokeswoman": "spokesperson",
    "adviser": "advisor aide", "advisor": "adviser aide", "aide": "adviser staffer", "staffer": "aide",
    "source": "aide official person", "sources": "people officials", "person": "source", "chairman": "head leader",
    "chairwoman": "head leader", "congressmen": "lawmakers", "scholar": "professor writer", "faculty": "scholar",
    "letter": "missive document", "memo": "document memorandum", "indictment": "document filing charges",
    "spreadsheet": "document", "papers": "documents", "filing": "document", "filings": "documents", "returns":
    "documents", "records": "documents", "resolution": "wording text", "complaint": "document lawsuit", "poll":
    "survey", "survey": "poll", "study": "report", "report": "document study", "audit": "report", "video": "film clip "
    "footage tape recording", "tweet": "post message", "post": "message", "email": "message", "census": "figures data",
    "data": "figures", "officer": "official", "minister": "official", "cameraman": "man", "resident": "man woman",
    "newspaper": "paper", "company": "firm giant", "party": "group", "organization": "group organisation",
    "organisation": "group", "association": "group organization", "foundation": "group organization", "union":
    "group organization", "coalition": "group", "institute": "group organization", "observatory": "group monitor",
    "prosecutor": "lawyer", "witness": "man woman", "shooter": "gunman suspect man", "gunman": "shooter suspect man",
}  # fmt: skip

# A country, then its adjectives and the capital that stands for its government.
_COUNTRIES: Final = """
afghanistan afghan kabul|albania albanian tirana|algeria algerian algiers|argentina argentine argentinian|armenia
armenian yerevan|australia australian canberra|austria austrian vienna|azerbaijan azerbaijani baku|bahrain bahraini
|bangladesh bangladeshi dhaka|belarus belarusian minsk|belgium belgian|bolivia bolivian|bosnia bosnian sarajevo
|brazil brazilian brasilia|bulgaria bulgarian sofia|canada canadian ottawa|chile chilean|china chinese beijing
|colombia colombian bogota|croatia croatian zagreb|cuba cuban havana|cyprus cypriot nicosia|denmark danish copenhagen
|ecuador ecuadorean|egypt egyptian cairo|eritrea eritrean|estonia estonian tallinn|ethiopia ethiopian|finland finnish
helsinki|france french paris|georgia georgian tbilisi|germany german berlin|ghana ghanaian|greece greek athens
|haiti haitian|honduras honduran|hungary hungarian budapest|iceland icelandic|india indian delhi|indonesia indonesian
jakarta|iran iranian tehran|iraq iraqi baghdad|ireland irish dublin|israel israeli jerusalem|italy italian rome|japan
japanese tokyo|jordan jordanian amman|kazakhstan kazakh|kenya kenyan nairobi|kosovo kosovar pristina|kuwait kuwaiti
|latvia latvian riga|lebanon lebanese beirut|libya libyan tripoli|lithuania lithuanian vilnius|malaysia malaysian
|mali malian|mexico mexican|moldova moldovan chisinau|mongolia mongolian|montenegro montenegrin|morocco moroccan rabat
|myanmar burmese|nepal nepali|netherlands dutch|niger nigerien|nigeria nigerian abuja|norway norwegian oslo|oman omani
|pakistan pakistani islamabad|palestine palestinian|panama panamanian|peru peruvian lima|philippines philippine
filipino manila|poland polish warsaw|portugal portuguese lisbon|qatar qatari doha|romania romanian bucharest|russia
russian moscow|rwanda rwandan kigali|scotland scottish|senegal senegalese|serbia serbian belgrade|singapore
singaporean|slovakia slovak bratislava|slovenia slovenian|somalia somali mogadishu|spain spanish madrid|sudan sudanese
khartoum|sweden swedish stockholm|switzerland swiss bern|syria syrian damascus|taiwan taiwanese taipei|tanzania
tanzanian|thailand thai bangkok|tunisia tunisian tunis|turkey turkish ankara|turkiye|uganda ugandan kampala|ukraine
ukrainian kyiv kiev|britain british uk london|us usa american u.s u.s.a washington|uruguay uruguayan|uzbekistan uzbek
|venezuela venezuelan caracas|vietnam vietnamese hanoi|yemen yemeni sanaa|zambia zambian|zimbabwe zimbabwean harare
|europe european eu|west western|north-korea north-korean pyongyang|south-korea south-korean seoul|korea korean
|saudi-arabia saudi riyadh|united-states|united-kingdom|arab
"""
COUNTRY: Final[dict[str, str]] = {
    word: entry.split()[0]
    for entry in _COUNTRIES.replace("\n", " ").split("|")
    if entry.split()
    for word in entry.split()
}
# The United States' states with the abbreviations that stand behind a politician's name.
_STATES: Final = """
alabama ala al|alaska ak|arizona ariz az|arkansas ark ar|california calif ca|colorado colo co|connecticut conn ct
|delaware del de|florida fla fl|georgia ga|hawaii hi|idaho id|illinois ill il|indiana ind in|iowa ia|kansas kan ks
|kentucky ky|louisiana la|maine me|maryland md|massachusetts mass ma|michigan mich mi|minnesota minn mn|mississippi
miss ms|missouri mo|montana mont mt|nebraska neb ne|nevada nev nv|ohio oh|oklahoma okla ok|oregon ore or
|pennsylvania pa penn|tennessee tenn tn|texas tex tx|utah ut|vermont vt|virginia va|wisconsin wis wi|wyoming wyo wy
|new-york n.y ny|new-jersey n.j nj|new-mexico n.m nm|new-hampshire n.h nh|north-carolina n.c nc|south-carolina s.c sc
|north-dakota n.d nd|south-dakota s.d sd|rhode-island r.i ri|west-virginia w.va wv
"""
STATE: Final[dict[str, str]] = {
    word: entry.split()[0] for entry in _STATES.replace("\n", " ").split("|") if entry.split() for word in entry.split()
}


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """A noun's singular, roughly: enough to compare "officials" with "official"."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_PLURALS: Final = {
    "men": "man", "women": "woman", "people": "people", "congressmen": "congressman", "spokesmen": "spokesman",
    "wives": "wife", "data": "data", "news": "news", "series": "series", "gop": "gop", "sens": "sen", "reps": "rep",
    "children": "child", "analyses": "analysis", "politics": "politics", "police": "police", "media": "media",
    "chairmen": "chairman", "businessmen": "businessman", "ex-wives": "ex-wife", "texas": "texas",
}  # fmt: skip


def is_plural(word: str) -> bool:
    """Whether a noun in small letters is plural."""
    return word in ("people", "police", "authorities", "faculty", "staff", "both") or singular(word) != word
