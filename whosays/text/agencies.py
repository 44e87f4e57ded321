"""News agencies and large outlets, with the forms in which other outlets name them.

The table is a closed list on purpose: an abbreviation such as "AP" or "PA" is only read as an outlet where
it is spelt as the outlet spells it, and a name outside the table is left to the language model's judgement.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# The usual name first, then the other forms, each after a comma.
# Wire services whose text other outlets print.
_AGENCIES: Final = """
Associated Press, AP, A.P., AP News
AFP, Agence France-Presse, Agence France Presse
Reuters, Reuters news agency, Thomson Reuters
UPI, United Press International, U.P.I.
Bloomberg, Bloomberg News, Bloomberg.com
Dow Jones, Dow Jones Newswires
PA, Press Association, PA Media, PA news agency
Xinhua, Xinhua News Agency, New China News Agency
China News Service
TASS, Tass, ITAR-TASS, Itar-Tass, Tass news agency
Interfax, Interfax news agency
Interfax-Ukraine, Interfax Ukraine
RIA Novosti, RIA, RIA news agency, RIA-Novosti
Ukrinform
UNIAN
Ukrainska Pravda
BelTA, Belta
Anadolu, Anadolu Agency, AA, Anadolu Ajansi, Anadolu Ajansı
DHA, Demiroren News Agency, Dogan News Agency, Demirören News Agency
dpa, DPA, Deutsche Presse-Agentur, Deutsche Presse Agentur, German Press Agency
APA, Austria Press Agency
Keystone-SDA, Keystone-ATS
Kyodo, Kyodo News
Jiji Press, Jiji
PTI, Press Trust of India
ANI, Asian News International
IANS, Indo-Asian News Service
APP, Associated Press of Pakistan
ANSA, Ansa
AGI
EFE, Efe, Agencia EFE
Europa Press
Lusa
Belga
ANP
Ritzau
NTB
TT, TT News Agency
STT
PAP, Polish Press Agency
CTK, Czech News Agency, ČTK
MTI
Agerpres
BTA
Tanjug
Hina
ANA-MPA, Athens News Agency
SANA, Syrian Arab News Agency
IRNA, Islamic Republic News Agency
ISNA, Iranian Students' News Agency, Iranian Students News Agency
Fars, Fars News Agency, Fars News
Tasnim, Tasnim News Agency
Mehr, Mehr News Agency
NNA, National News Agency
Petra
WAFA, Wafa
MENA, Middle East News Agency
Saudi Press Agency, SPA
WAM, Emirates News Agency
QNA, Qatar News Agency
KUNA, Kuwait News Agency
INA, Iraqi News Agency
Rudaw
Shafaq News
Hawar News Agency, ANHA
Saba
MAP, Maghreb Arab Press
TAP
APS, Algeria Press Service
KCNA, Korean Central News Agency
Yonhap, Yonhap News Agency, Yonhap News
CNA, Central News Agency, Focus Taiwan
Antara
Bernama
VNA, Vietnam News Agency
AAP, Australian Associated Press
Canadian Press, The Canadian Press
Notimex
Télam, Telam
Agência Brasil, Agencia Brasil
NAN, News Agency of Nigeria
SAPA
Amaq, Amaq News Agency
Inter Press Service
McClatchy, McClatchy Newspapers
Tribune News Service
Religion News Service
States Newsroom
"""

# Outlets that others credit ("told The New York Times").
_OUTLETS: Final = """
New York Times, NYT, N.Y. Times, nytimes.com
Washington Post, WaPo
Wall Street Journal, WSJ, wsj.com
Los Angeles Times, LA Times, L.A. Times
USA Today
New York Post
New York Daily News
Chicago Tribune
Boston Globe
Miami Herald
Tampa Bay Times
Houston Chronicle
Dallas Morning News
San Francisco Chronicle
Philadelphia Inquirer
Detroit Free Press
Arizona Republic
Des Moines Register
Star-Ledger
Washington Times
Washington Examiner
Daily Caller
Daily Beast
Breitbart, Breitbart News
HuffPost, Huffington Post
BuzzFeed News, BuzzFeed
ProPublica
Politico
Axios
The Hill
Roll Call
National Review
Weekly Standard
The Intercept
Mother Jones
Slate
Vox
Salon
New Yorker
The Atlantic
Newsweek
TIME, TIME magazine, Time magazine
Vanity Fair
Rolling Stone
Foreign Policy
Forbes
Business Insider
CNBC
CNN, CNN.com, Cable News Network
Fox News, Fox News Channel, FoxNews.com
Fox Business, Fox Business Network
MSNBC
NBC News, NBC
ABC News, ABC
CBS News, CBS
PBS, PBS NewsHour
NPR, National Public Radio
C-SPAN
Univision
Telemundo
Voice of America, VOA
Radio Free Europe, RFE/RL, Radio Free Europe/Radio Liberty, RFERL
Radio Free Asia
BBC, BBC News, BBC Radio, British Broadcasting Corporation
Sky News
ITV News, ITV
Channel 4 News
Guardian, Guardian newspaper, theguardian.com
Financial Times
Times of London
Sunday Times
Daily Telegraph, Telegraph
Daily Mail, Mail Online, DailyMail.com
Daily Mirror
The Sun
The Independent
The Economist
Evening Standard
Irish Times
RTE, RTÉ
Deutsche Welle, DW
Der Spiegel, Spiegel
Bild
Die Zeit
Süddeutsche Zeitung, Sueddeutsche Zeitung
Frankfurter Allgemeine Zeitung, FAZ
Welt, Die Welt
ARD
ZDF
Le Monde
Le Figaro
Libération
France 24
France Info, Franceinfo
RFI, Radio France Internationale
BFM TV, BFMTV
Mediapart
El País, El Pais
El Mundo
La Repubblica, Repubblica
Corriere della Sera
Euronews
Bellingcat
Meduza
Novaya Gazeta
Kommersant
Moscow Times
RT, Russia Today
Sputnik, Sputnik News
Rossiya 1
Izvestia
Kyiv Independent
Kyiv Post
Suspilne
Al Jazeera, Al-Jazeera, Aljazeera, Al Jazeera English, al-Jazeera
Al Arabiya, Al-Arabiya, al-Arabiya
Al Hadath, Al-Hadath
Al Mayadeen, Al-Mayadeen, al-Mayadeen
Al Manar, Al-Manar, al-Manar
Al Araby, Al-Araby
Asharq Al-Awsat, Asharq al-Awsat
Al-Monitor, Al Monitor
Al-Masdar News, Al Masdar News
Middle East Eye
The National
Arab News
Gulf News
Press TV
Daily Sabah
Hurriyet, Hürriyet
TRT, TRT World, TRT Haber
Haaretz
Jerusalem Post
Times of Israel
Yedioth Ahronoth, Yediot Ahronot
Ynet
Channel 12
Israel Hayom
Walla
Kan
L'Orient-Le Jour, L'Orient Today
An-Nahar, Annahar
Times of India
The Hindu
Hindustan Times
Indian Express
NDTV
Dawn
Geo News, Geo TV
The Express Tribune
Tolo News, TOLOnews
Pajhwok, Pajhwok Afghan News
South China Morning Post, SCMP
Global Times
People's Daily
CCTV, CGTN
Caixin
Nikkei, Nikkei Asia
Asahi Shimbun, Asahi
Yomiuri Shimbun, Yomiuri
Mainichi Shimbun, Mainichi
NHK
Japan Times
Chosun Ilbo
Korea Herald
Straits Times
Channel NewsAsia
Bangkok Post
Jakarta Post
Kompas
Rappler
Philippine Daily Inquirer
Sydney Morning Herald
The Age
The Australian
ABC Australia, Australian Broadcasting Corporation
Globe and Mail
Toronto Star
CBC, CBC News, Canadian Broadcasting Corporation
CTV News, CTV
Folha de S.Paulo, Folha de S. Paulo
O Globo
Clarín, Clarin
Reforma
El Universal
Daily Nation
The East African
Punch
Premium Times
Mail & Guardian
Daily Maverick
"""

# Forms that are also everyday words or initials: read as an outlet only where they stand exactly so.
# Every form of four letters or fewer that is written in capitals belongs here too (see `_is_exact`).
_EVERYDAY: Final = frozenset(
    {
        "Asahi", "Axios", "Bild", "Dawn", "Fars", "Guardian", "Independent", "Kan", "Mehr", "Petra", "Punch", "Saba",
        "Salon", "Slate", "Spiegel", "Telegraph", "Tass", "Vox", "Walla", "Wafa", "Welt", "Ansa", "Belga", "Hina",
        "Jiji", "Sputnik", "Reforma", "Forbes", "Newsweek", "The Age", "The Hill", "The Sun", "The National",
        "The Independent", "The Australian", "The Atlantic", "The Economist", "The Intercept", "New Yorker",
    }
)  # fmt: skip

_ARTICLE: Final = re.compile(r"^(?:the|The|THE)\s+")
_GENITIVE: Final = re.compile(r"(?:'s|’s|['’])$")
_LEADER: Final = re.compile(
    r"^(?:[a-z-]+\s+)*(?:news\s+(?:agency|outlet|website|channel|site)|newspaper|broadcaster)\s+"
)
_TRAILER: Final = re.compile(r"\s+(?:news\s+agency|newspaper|newswire|news\s+wire|magazine|website)$", re.IGNORECASE)


def _is_exact(form: str) -> bool:
    """Whether a form counts only as it is spelt: short initials and everyday words."""
    return form in _EVERYDAY or (form.isupper() and len(form.replace(".", "")) <= 4)


def _tabulate(*tables: str) -> tuple[dict[str, str], dict[str, str]]:
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for line in "\n".join(tables).split("\n"):
        if not line.strip():
            continue
        forms = [form.strip() for form in line.split(",")]
        for form in forms:
            if _is_exact(form):
                exact.setdefault(form, forms[0])
            else:
                folded.setdefault(form.casefold(), forms[0])
    return exact, folded


_EXACT, _FOLDED = _tabulate(_AGENCIES, _OUTLETS)
_WIRE: Final = frozenset(line.split(",")[0].strip() for line in _AGENCIES.strip().split("\n"))


@lru_cache(maxsize=1 << 14)
def canonical(name: str) -> str | None:
    """The usual name of the agency or outlet that ``name`` stands for; ``None`` where it is not in the table.

    A leading "the", a genitive and a trailing "news agency" or "newspaper" make no difference:
    "The Associated Press", "AP" and "the AP's" are all "Associated Press"; "state news agency SANA" is "SANA".
    """
    tidy = _GENITIVE.sub("", " ".join(name.split()).strip(' \t\n,;:()[]"“”'))
    bare = _ARTICLE.sub("", tidy)
    led = _LEADER.sub("", bare)
    for form in (tidy, bare, bare.rstrip("."), _TRAILER.sub("", bare), led, _TRAILER.sub("", led)):
        found = _EXACT.get(form) or _FOLDED.get(form.casefold())
        if found:
            return found
    return None


def is_outlet(name: str) -> bool:
    """Whether ``name`` is an agency or outlet of the table, in any of its forms."""
    return canonical(name) is not None


def is_agency(name: str) -> bool:
    """Whether ``name`` is a wire service, whose text other outlets print."""
    return canonical(name) in _WIRE


def forms() -> tuple[str, ...]:
    """Every form in the table, longest first: for matchers over running text."""
    written = (form.strip() for line in (_AGENCIES + _OUTLETS).split("\n") if line.strip() for form in line.split(","))
    return tuple(sorted(set(written), key=lambda form: (-len(form), form)))
