"""News that nobody wrote: any number of articles on any number of invented events, the same ones for the same seed.

An event has a place, people, an organisation and numbers of its own, and lasts some days; several outlets report it,
each in sentences, an order and numbers of its own, some by carrying another's text. Names are made of syllables, so that
a million articles hold a hundred thousand of them.
"""

# ruff: noqa: E501  (sentences)

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

_HEADS = (
    "{place} braces as {thing} {fails}", "{org} blamed after {thing} {fails} in {place}", "{minister} defends response to {place} {matter}",
    "Thousands leave {place} after {thing} {fails}", "What is known about the {matter} in {place}", "{place}: {org} denies it was warned",
)  # fmt: skip
_LEADS = (
    "{place} - About {many} people were told to leave their homes on {day} after the {thing} {failed}, officials said.",
    "{place} ({agency}) - The {thing} above {place} {failed} early on {day}, and {many} people had to leave, {org} said.",
    "At least {few} people were hurt when the {thing} {failed} near {place} on {day}, according to the regional health service.",
    "The government ordered an inquiry on {day} into why the {thing} at {place} {failed}.",
)
_BODY = (
    "\"{quote},\" {minister}, the {office}, told reporters in {place}. \"{quote2}.\"",
    "A senior official at the {ministry} told {agency} that inspectors had warned of the {matter} as early as {month}. The official spoke on condition of anonymity.",
    "{minister} denied that any warning had been ignored. \"There was no report in {month},\" he said.",
    "{org} said in a statement that it had begun work at {hour} a.m. and that the level had fallen by {few} centimetres.",
    "Opposition lawmaker {rival} called on the {office} to resign if the warning is confirmed.",
    "{rival} told {agency} that the ministry had cut the number of inspectors from {some} to {few} in two years.",
    "Residents described a hurried departure. {witness}, {age}, said police knocked on her door before sunrise. \"{quote3},\" she said.",
    "According to a report by the {institute}, the {thing} had been repaired {few} times since {year}.",
    "Two people were taken to hospital after a bus left the road near {near}, the regional health service said.",
    "The {ministry} did not immediately respond to a request for comment.",
    "{org} expects to know by {later} whether the {thing} can be mended at a cost of ${cost} million.",
    "Independent engineer {expert}, who worked on the {thing} in {year}, said that this was optimistic. \"{quote4},\" she said.",
    "Police in {near} said that {some} houses had been searched and that nobody was missing.",
    "The road between {place} and {near} would stay closed until {later}, the interior ministry announced.",
    "{agency} reported that the insurers of {org} had asked for papers from {year}.",
    "A spokesman for {org} rejected the figures as \"wild guesses by people who have never been to {near}\".",
    "The {office} is expected to speak in parliament on {later}, two people with knowledge of the matter said.",
    "Some {many} people live below the {thing}, most of them in {near} and in the old quarter of {place}.",
    "\"{quote5},\" {mayor}, the mayor of {place}, wrote on social media.",
    "It was not clear on {day} who had given the order to open the gates.",
    "{expert} said the inquiry should hear the night guard, who first saw the {matter} at {hour} a.m.",
    "State television said {few} soldiers had been sent to {near} with pumps and blankets.",
)  # fmt: skip
_QUOTES = (
    "We would rather empty a valley for nothing than bury one", "Nobody should go back for their cattle", "The order stands until the engineers tell me otherwise",
    "They gave us ten minutes", "I took the dog and my husband's medicine", "You do not judge concrete in two days", "I have asked for every sheet of paper to be checked",
    "The warning went up the stairs and never came down again", "We knew nothing of it until the morning", "Somebody signed this, and we will find out who",
    "My grandmother told me this would happen", "The numbers do not add up, and they know it", "Help is on its way", "There is no reason to be afraid",
    "This town has been forgotten for twenty years", "We have steps ready for every case", "It is too early to speak of guilt",
)  # fmt: skip
_THINGS = "dam bridge tunnel reservoir pipeline harbour-wall power-station refinery railway-line cable-car mine embankment water-tower ferry-terminal chimney viaduct".split()
_FAILS = (
    ("cracks", "cracked"),
    ("bursts", "burst"),
    ("collapses", "gave way"),
    ("burns", "caught fire"),
    ("leaks", "began to leak"),
)
_MATTERS = "crack seepage leak fire collapse strike outage flood".split()
_OFFICES = (
    "water minister",
    "regional governor",
    "interior minister",
    "deputy prime minister",
    "transport minister",
    "energy minister",
)
_MINISTRIES = ("Water Ministry", "Interior Ministry", "Transport Ministry", "Energy Ministry", "Finance Ministry")
_FIRST = "Maren Pavel Judit Stellan Ines Tomas Hedda Dario Lena Oskar Mira Anton Selma Viktor Greta Emil Nora Janek Alma Ruben Clara Milan Edda Jonas".split()
_ON = "kar vel ard mor sten hol fos bry ska lun ter von dra gil hav nor tas rem ost wil bel cor dan eri fal gor hel ist jor".split()
_END = "holm by dal stad vik berg ford mark heim sund ov itz escu ini ander sen ström ack".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
USUAL = (8, 18)  # sentences of an article
OUTLETS = tuple(f"{a} {b}" for a in "Northern Gulf Inland Harbour Capital Meridian Valley Coastal Eastern National".split() for b in "Post Herald Tribune Courier Observer Gazette".split())  # fmt: skip


def articles(
    count: int, seed: int = 1, days: float = 365.0, sentences: tuple[int, int] = USUAL
) -> Iterator[dict[str, Any]]:
    """So many articles as JSON lines hold them, those of one event near each other; an event is in one to eight outlets.

    ``sentences``: the fewest and the most of an article, beside its first.
    """
    rng = random.Random(seed)
    made = 0
    begin = datetime(2025, 1, 1)
    while made < count:
        facts = _facts(rng)
        at = begin + timedelta(days=days * made / count, hours=rng.uniform(0, 20))
        carried = ""
        for outlet in rng.sample(OUTLETS, min(count - made, rng.choice((1, 1, 1, 2, 2, 3, 4, 6, 8)))):
            made += 1
            at += timedelta(hours=rng.expovariate(1 / 5))
            text = carried if carried and rng.random() < 0.15 else _text(facts, at, rng, sentences)
            carried = carried or text
            yield {
                "id": f"e{made}",
                "event": facts["place"] + facts["near"], "outlet": outlet, "published": at.isoformat(timespec="seconds") + "+00:00",
                "title": _filled(rng.choice(_HEADS), facts, rng), "text": text,
            }  # fmt: skip


def page(article: dict[str, Any]) -> str:
    """The article as a page of a site, with what stands around it there."""
    links = "".join(f'<li><a href="/{k}">{head}</a></li>' for k, head in enumerate(_HEADS * 6))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in article["text"].split("\n\n"))
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{article["title"]}</title>'
        f'<meta property="og:site_name" content="{article["outlet"]}">'
        f'<meta property="article:published_time" content="{article["published"]}"><script>var a = {{"b": 1}};</script></head>'
        f"<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{article['title']}</h1>{body}</article></main>"
        f"<aside><h2>Most read</h2><ul>{links}</ul></aside><footer><p>Copyright 2025 {article['outlet']}</p></footer></body></html>"
    )


def _facts(rng: random.Random) -> dict[str, str]:
    fails, failed = rng.choice(_FAILS)
    who = {role: f"{rng.choice(_FIRST)} {_name(rng)}" for role in ("minister", "rival", "witness", "expert", "mayor")}
    return who | {
        "place": _name(rng), "near": _name(rng), "org": f"{_name(rng)} {rng.choice(('Power', 'Works', 'Group', 'Energy', 'Lines'))}",
        "agency": rng.choice(("Northline", "Reuters", "The Associated Press", "Channel Nine", f"Radio {_name(rng)}")),
        "institute": f"{_name(rng)} Institute", "thing": rng.choice(_THINGS).replace("-", " "), "fails": fails, "failed": failed,
        "matter": rng.choice(_MATTERS), "office": rng.choice(_OFFICES), "ministry": rng.choice(_MINISTRIES), "month": rng.choice(_MONTHS),
    }  # fmt: skip


def _text(facts: dict[str, str], at: datetime, rng: random.Random, sentences: tuple[int, int]) -> str:
    facts = facts | {"day": _DAYS[at.weekday()], "later": _DAYS[(at.weekday() + 2) % 7]}
    body = sorted(rng.sample(range(len(_BODY)), rng.randint(*sentences)), key=lambda k: k + rng.uniform(-4, 4))
    return "\n\n".join(_filled(sentence, facts, rng) for sentence in (rng.choice(_LEADS), *(_BODY[k] for k in body)))


def _filled(sentence: str, facts: dict[str, str], rng: random.Random) -> str:
    quotes = iter(rng.sample(_QUOTES, 6))
    own = {"day": "Friday", "later": "Sunday"} | facts | {
        "many": f"{rng.randint(10, 90) * 100:,}", "few": str(rng.randint(2, 9)), "some": str(rng.randint(10, 60)),
        "hour": f"{rng.randint(2, 6)}:{rng.randint(10, 59)}", "age": str(rng.randint(30, 90)), "year": str(rng.randint(1960, 2020)),
        "cost": str(rng.randint(2, 400)), "quote": next(quotes), "quote2": next(quotes), "quote3": next(quotes),
        "quote4": next(quotes), "quote5": next(quotes),
    }  # fmt: skip
    return sentence.format(**own)


def _name(rng: random.Random) -> str:
    return (rng.choice(_ON) + rng.choice(("", rng.choice(_ON))) + rng.choice(_END)).capitalize()
