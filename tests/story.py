"""An invented story in three outlets, marked up by hand, for the tests of reports.

Two outlets carry the same unnamed official, and only one of them says that an agency stands between. Two have the
same mayor. All three tell of the same town in their own voice.
"""

from __future__ import annotations

import re
from typing import Any

from whosays.claims.claim import Claim, Comparison, Conflict, Label, Name, Origin, Passage
from whosays.report.report import ReadArticle, Report
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.span import Span

POST = (
    "KESH CITY - Taren will send pumps, rockets and more advisers to Kesh, a senior Tarenese official said on Friday."
    "\n\n"
    "“We have taken steps to deploy troops,” the official said.\n\n"
    "Rebels took the town of Amral on Thursday. Some 4,000 people fled, the Kesh Red Cross said.\n\n"
    "SEE ALSO: The road to Amral\n\n"
    "The government denied that its army had left the capital."
)
LEDGER = (
    "A senior official in Taren told Northline on Friday that the country planned to send rockets, pumps and "
    "additional advisers to its neighbour. He said that Kesh “has not asked for a single soldier”.\n\n"
    "The rebels captured Amral the day before. More than 6,000 people had left the town, Mayor Ilsa Dorn said.\n\n"
    "The dictator Jorn Haske has not been seen for a week."
)
STAR = (
    "Fighters entered Amral on Thursday. “Six thousand of us have gone,” the mayor, Ilsa Dorn, told Channel Nine. "
    "“The bakery is still open. I do not know for whom.”\n\n"
    "President Jorn Haske called on the rebels to talk."
)
TEXTS = {"post": POST, "ledger": LEDGER, "star": STAR}
OUTLETS = {"post": "Northern Post", "ledger": "Daily Ledger", "star": "Gulf Star"}


def at(article: str, words: str) -> Span:
    """Where the words first stand in the article."""
    start = TEXTS[article].index(words)
    return Span(start, start + len(words))


def _near(article: str, words: str, other: Span | None) -> Span:
    """Where the words stand nearest to the other span."""
    found = [Span(m.start(), m.end()) for m in re.finditer(re.escape(words), TEXTS[article])]
    return min(found, key=lambda span: abs(span.start - other.start) if other else 0)


def article(id_: str) -> Article:
    return Article(id_, TEXTS[id_], OUTLETS[id_], "2031-05-02", f"The {id_}'s title", f"https://{id_}.example/amral")


def said(id_: str, content: str | tuple[str, ...], source: str = "", cue: str = "", **known: Any) -> Statement:
    """A statement by its words; ``id_`` is "article:number"."""
    where = id_.split(":")[0]
    named = at(where, source) if source else None
    parts = (content,) if isinstance(content, str) else content
    return Statement(
        id=id_,
        article=where,
        content=tuple(at(where, part) for part in parts),
        source=named,
        cue=_near(where, cue, named) if cue else None,
        **known,
    )


OFFICIAL = Speaker(
    "s1", "a senior Tarenese official", "anonymous", ("A senior official in Taren",), grounds=("the same content",)
)
CROSS = Speaker("s2", "Kesh Red Cross", "organisation", ("the Kesh Red Cross",))
DORN = Speaker("s3", "Ilsa Dorn", "named", ("Mayor Ilsa Dorn", "the mayor, Ilsa Dorn"), entity="ilsa-dorn")
GOVERNMENT = Speaker("s4", "The government", "organisation", ("The government",))
HASKE = Speaker("s5", "Jorn Haske", "named", ("President Jorn Haske",), entity="jorn-haske")

STATEMENTS = (
    said("post:1", "Taren will send pumps, rockets and more advisers to Kesh", "a senior Tarenese official", "said",
         speaker="s1", naming="anonymous", said_on="2031-05-02"),
    said("post:2", "“We have taken steps to deploy troops,”", "the official", "said",
         speaker="s1", naming="anonymous", kind="direct"),
    said("post:3", "Some 4,000 people fled", "the Kesh Red Cross", "said", speaker="s2", naming="organisation"),
    said("post:4", "its army had left the capital", "The government", "denied",
         speaker="s4", naming="organisation", polarity="denied"),
    said("ledger:1", "the country planned to send rockets, pumps and additional advisers to its neighbour",
         "A senior official in Taren", "told", speaker="s1", naming="anonymous", via=("Northline",),
         said_on="2031-05-02"),
    said("ledger:2", "Kesh “has not asked for a single soldier”", "He", "said",
         speaker="s1", naming="anonymous", kind="mixed"),
    said("ledger:3", "More than 6,000 people had left the town", "Mayor Ilsa Dorn", "said",
         speaker="s3", naming="named"),
    said("star:1", ("“Six thousand of us have gone,”", "“The bakery is still open. I do not know for whom.”"),
         "the mayor, Ilsa Dorn", "told", speaker="s3", naming="named", kind="direct", via=("Channel Nine",)),
    said("star:2", "the rebels to talk", "President Jorn Haske", "called on",
         speaker="s5", naming="named", polarity="call"),
)  # fmt: skip

TAKEN = tuple(
    Passage(id_, at(id_, words))
    for id_, words in (
        ("post", "Rebels took the town of Amral on Thursday"),
        ("ledger", "The rebels captured Amral the day before"),
        ("star", "Fighters entered Amral on Thursday"),
    )
)
CLAIMS = (
    Claim(
        "c1", "Rebels took the town of Amral on Thursday", (), TAKEN, ("post", "ledger", "star"), (),
        tuple(
            Origin(outlet=OUTLETS[p.article], passages=(p,),
                   grounds=f"{OUTLETS[p.article]} says so in its own voice and names no source")
            for p in TAKEN
        ),
    ),
    Claim(
        "c2", "Some 4,000 people fled", ("post:3", "ledger:3", "star:1"), (), ("post", "ledger", "star"), (),
        (
            Origin(speaker="s3", via=("Channel Nine",), statements=("ledger:3", "star:1"), link="stated",
                   grounds="Daily Ledger and Gulf Star each credit it to Ilsa Dorn"),
            Origin(speaker="s2", statements=("post:3",), link="stated",
                   grounds="only Northern Post credits it to Kesh Red Cross"),
        ),
    ),
    Claim(
        "c3", "Taren will send pumps, rockets and more advisers to Kesh", ("post:1", "ledger:1"), (),
        ("post", "ledger"), ("star",),
        (
            Origin(speaker="s1", via=("Northline",), statements=("post:1", "ledger:1"), link="inferred",
                   grounds="a senior Tarenese official in Northern Post and Daily Ledger; a relay is named by Daily "
                   "Ledger (Northline), none by Northern Post"),
        ),
    ),
)  # fmt: skip
CONFLICTS = (
    Conflict("quantity", ("post:3", "ledger:3"), (), "4,000 people in one, more than 6,000 in the other", 0.81),
    Conflict("content", ("post:2", "ledger:2"), (), "troops are on their way, or were not asked for", 0.55),
    Conflict("status", (), (TAKEN[1], TAKEN[2]), "captured in one, entered in the other", 0.4),
)
NAMES = (
    Name("jorn-haske", {
        "ledger": (Label("The dictator Jorn Haske", (at("ledger", "The dictator Jorn Haske"),), "outlet"),),
        "star": (Label("President Jorn Haske", (at("star", "President Jorn Haske"),), "outlet"),),
    }),
)  # fmt: skip
COMPARISON = Comparison(
    CLAIMS, CONFLICTS, {"post": ("post:2", "post:4"), "ledger": ("ledger:2",), "star": ("star:2",)}, NAMES
)


def report(**changed: Any) -> Report:
    """The report on the whole story, with other fields where asked."""
    fields: dict[str, Any] = {
        "articles": tuple(
            ReadArticle(article(id_), (at(id_, "SEE ALSO: The road to Amral"),) if id_ == "post" else ())
            for id_ in TEXTS
        ),
        "statements": STATEMENTS,
        "speakers": (OFFICIAL, CROSS, DORN, GOVERNMENT, HASKE),
        "comparison": COMPARISON,
        "version": "0.1.0",
        "model": "none",
    }
    return Report(**(fields | changed))


def lone(id_: str = "post") -> Report:
    """A report on one of the articles alone."""
    statements = tuple(s for s in STATEMENTS if s.article == id_)
    used = {s.speaker for s in statements}
    speakers = tuple(s for s in (OFFICIAL, CROSS, DORN, GOVERNMENT, HASKE) if s.id in used)
    only = Comparison(only_in={id_: tuple(s.id for s in statements)})
    return report(articles=(ReadArticle(article(id_)),), statements=statements, speakers=speakers, comparison=only)
