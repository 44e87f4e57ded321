"""What the parts of the suite printed -> the tables of docs/benchmarks.md, with published figures beside ours."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Json = Mapping[str, Any]

# Figures of others, as published or as measured on the same files by those who made the sets; None where none is known.
CHAT_MODEL: Final = "a frontier chat model"
STORIES: Final = (
    # figure of the scorer, what the page calls it, figure of the chat model on such stories
    ("statement (content and source)", "statements, content and source right", ".84"),
    ("content", "contents", None),
    ("source", "source right (accuracy)", None),
    ("speakers (B-cubed F1 over matched statements)", "speakers, the same person one key (B-cubed)", None),
    ("via", "relays", None),
    ("kind", "kind right (accuracy)", None),
    ("naming", "naming right (accuracy)", None),
    ("polarity", "polarity right, of what is not asserted", ".66"),
    ("said_on", "day right (accuracy)", None),
    ("claims", "claims, pairs of passages", ".78"),
    ("origins", "origins counted right (accuracy)", ".94"),
    ("conflicts", "conflicts", ".63"),
    ("names", "names, pairs of phrases", ".86"),
)
CHAT_PRICES: Final = (224, 7_000)  # US dollars a million articles of 1,000 tokens, 300 given back: list prices
CC_NEWS_A_DAY: Final = 400_000  # articles
CORE_HOUR: Final = 0.045  # US dollars; what a hired core costs an hour, in the middle of what large providers ask


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    command: str
    lead: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]


def sections(given: Mapping[str, Json]) -> Iterator[Section]:
    """A section for each part that was run, in the order of the page."""
    for name, made in _MAKERS:
        if name in given:
            yield from made(given)


def _stories(given: Mapping[str, Json]) -> Iterator[Section]:
    found = given["accuracy"]
    own, tuned = found["stories, samples"], found["stories, samples-more (trained on)"]
    yield Section(
        "Who said what, on annotated stories",
        "python -m benchmarks.accuracy",
        "Seven stories that the model was not trained on, and 36 that it was; the chat model's figures are of "
        "stories of the "
        "same kind.",
        ("", "seven stories", "36 tuning stories", CHAT_MODEL),
        [(name, share(own.get(key)), share(tuned.get(key)), theirs) for key, name, theirs in STORIES],
    )


def _language(given: Mapping[str, Json]) -> Iterator[Section]:
    rows: list[Sequence[object]] = []
    accuracy, language = given.get("accuracy", {}), given.get("language", {})
    if polnear := accuracy.get("attribution, PolNeAR dev"):
        rows.append(("attributions, PolNeAR dev", share(polnear["statement (content and source)"]), None))
    if spans := language.get("PolNeAR dev, exact spans"):
        exact = " / ".join(str(spans[role]) for role in ("source", "cue", "content"))
        rows.append(("... exact to the character: source / cue / content", exact, None))
    rows.extend(
        (f"UD {name}: {' / '.join(trees)}", " / ".join(map(str, trees.values())), None)
        for name in ("EWT test, raw text", "GUM test, raw text")
        if (trees := language.get(name))
    )
    if names := language.get("UNER EWT test, raw sentences"):
        rows.append(("names, UNER EWT test", names.get("F1", next(iter(names.values()))), None))
    theirs = given.get("dateparser", {}).get("value", {}).get("f1")
    for key, name, other in (
        (
            "dates, TimeBank and AQUAINT",
            "dates, value, TimeBank and AQUAINT",
            f"dateparser {share(theirs)}, measured here",
        ),
        ("dates, MEANTIME", "dates, value, MEANTIME (six lines of each article are annotated)", None),
    ):
        if dates := accuracy.get(key):
            rows.append((name, share(dates["value"]), other if theirs is not None else None))
    for key, name, other in (
        ("places, LGL", "places within 161 km, end to end, LGL", "on given spans CamCoder .76, Mordecai 3 .83"),
        ("places, TR-News", "places within 161 km, end to end, TR-News", "on given spans Mordecai 3 .87"),
    ):
        if places := accuracy.get(key):
            rows.append((name, share(places["acc@161km end to end"]), other))
    yield Section(
        "Language",
        "python -m benchmarks.accuracy · python -m training.evaluate",
        "From raw text. On the platinum part of TempEval-3, which is other text, HeidelTime reaches .78 and "
        "dateparser .09.",
        ("", "whosays", "others"),
        rows,
    )


def _quotations(given: Mapping[str, Json]) -> Iterator[Section]:
    found = given["quotations"]
    measures = tuple(key for key in found["whosays"] if key != "seconds")
    yield Section(
        "Quotations in Python",
        "python -m benchmarks.quotations",
        f"PolNeAR's {found['articles']} development articles; textacy on the parse of whosays. It refuses texts "
        f"with an odd "
        f"number of quotation marks, {found['texts that textacy refuses']} of them. A quotation is right where "
        f"four fifths of "
        f"it agree. The pass that makes parse and statements took {found['seconds of the pass']} s; textacy's "
        f"own rules "
        f"{found.get('textacy', {}).get('seconds', '–')} s beside it.",
        ("", *measures),
        [
            (name, *(share(found[name][key]) for key in measures))
            for name in ("whosays", "textacy", "quotation marks")
            if name in found
        ],
    )


def _pages(given: Mapping[str, Json]) -> Iterator[Section]:
    found = given["pages"]
    measures = tuple(found["whosays"])
    yield Section(
        "Article out of a page",
        "python -m benchmarks.pages",
        "181 and 990 pages. whosays keeps trafilatura's text and adds outlet, title, byline and date to it.",
        ("", *measures),
        [(name, *(share(own[key]) if "F1" in key else own[key] for key in measures)) for name, own in found.items()],
    )


def _copies(given: Mapping[str, Json]) -> Iterator[Section]:
    found = given["copies"]
    keys = ("shared pairs, all", "shared pairs, other half", "edited copies", "seconds, shared pairs")
    yield Section(
        "Near-copies",
        "python -m benchmarks.copies",
        "Pairs of reports that share a tenth of their runs of eight words, and copies cut, reordered and reworded by a "
        "script. MinHash's threshold is set on half of the events. Published on another set (NEWS-COPY): n-grams .44, "
        "MinHash .74, a fine-tuned encoder .92.",
        ("", *keys),
        [
            (name, *(share(own[key]) if "seconds" not in key else own[key] for key in keys))
            for name, own in found.items()
        ],
    )


def _grouping(given: Mapping[str, Json]) -> Iterator[Section]:
    rows = [
        (stream, name, *(share(figures.get(key)) for key in ("B-cubed F1", "pairwise F1")))
        for stream, halves in given["stories"].items()
        for name, figures in halves["all"].items()
    ]
    yield Section(
        "Stories out of a stream",
        "python -m benchmarks.stories",
        "The baseline sees the whole stream at once, which no live system does. Published on a stream that is "
        "not available "
        "here: B-cubed .92 to .95.",
        ("stream", "", "B-cubed F1", "pairwise F1"),
        rows,
    )


def _speed(given: Mapping[str, Json]) -> Iterator[Section]:
    rows: list[Sequence[object]] = []
    for name, called in (("speed-statements", "--statements-only"), ("speed", "all of them as one story")):
        if found := given.get(name):
            seconds, ratios = found["seconds"], found["ratio, median"]
            times = " / ".join(f"{ratio:.2f}" for ratio in ratios.values())
            ours = spread(seconds["whosays report"])
            rows.append((f"whosays report, {called}", ours, f"{found['peak memory, MB']} MB", times))
    found = given.get("speed") or given["speed-statements"]
    rows += [(name, spread(own), None, None) for name, own in found["seconds"].items() if name != "whosays report"]
    yield Section(
        "Speed and memory",
        "python -m benchmarks.speed",
        f"{found['articles']} articles, {found['characters']:,} characters; whole processes run in turn, "
        f"seconds as median "
        "(least to most). The bare pass is the encoder alone in int8, as ONNX Runtime runs it and with a "
        "setting of ours that "
        "makes it faster; spaCy's tokeniser is the floor of anything built on it.",
        ("", "seconds", "peak memory", "times a bare pass / with our setting / spaCy's tokeniser"),
        rows,
    )


def _limits(given: Mapping[str, Json]) -> Iterator[Section]:
    found = given["processor"]
    rows: list[Sequence[object]] = [
        (f"8-bit multiplications a second, matrices of {shape}", f"{rate} · 10⁹")
        for shape, rate in found["8-bit multiplications a second (10^9)"].items()
    ]
    most = found["pieces a second at the most"]
    rows += [
        ("what a word piece takes in the encoder", f"{found['multiplications a piece'] / 1e6:.1f} · 10⁶"),
        ("word pieces a second at the most", f"{most:,}"),
    ]
    yield Section(
        "What the processor allows",
        "python -m benchmarks.processor",
        "No program on this encoder reads faster here than the last line, whatever else it does.",
        ("", ""),
        rows,
    )


def _projection(given: Mapping[str, Json]) -> Iterator[Section]:
    found = given["speed-statements"]
    seconds = statistics.median(found["seconds"]["whosays report"]) / found["articles"]
    cores = found["processors"]
    hours = seconds * 1e6 / 3600
    low, high = CHAT_PRICES
    yield Section(
        "A million articles",
        "from the speed above",
        f"Articles of {found['characters'] // found['articles']:,} characters, on {cores} processors. A hired "
        f"processor is taken "
        f"at ${CORE_HOUR} an hour; chat models at list prices for 1,000 tokens in and 300 out. Hours of a chat "
        f"model depend on "
        "the contract.",
        ("", "whosays, hours here", "whosays, US dollars", "chat models, US dollars"),
        [
            ("a million", f"{hours:.0f}", f"{hours * cores * CORE_HOUR:.2f}", f"{low:,} to {high:,}"),
            (f"a day of CC-NEWS, about {CC_NEWS_A_DAY:,}", f"{hours * CC_NEWS_A_DAY / 1e6:.1f}",
             f"{hours * cores * CORE_HOUR * CC_NEWS_A_DAY / 1e6:.2f}",
             f"{low * CC_NEWS_A_DAY / 1e6:,.0f} to {high * CC_NEWS_A_DAY / 1e6:,.0f}"),
        ],
    )  # fmt: skip


def _archive(given: Mapping[str, Json]) -> Iterator[Section]:
    found = given["archive"]
    yield Section(
        "Archives",
        "python -m benchmarks.archive",
        "`whosays archive` within one run. Analysis against a bare pass of the same encoder over the same word "
        "pieces, in ONNX Runtime's own settings and in ours; in the invented articles every sentence is a "
        "statement. Reading of real pages against trafilatura with its metadata.",
        ("", "ratio", "least", "most"),
        list(_ratios(found)),
    )
    if "scale" in found:
        steps = ("read", "analyse", "stories")
        rows = [
            (f"{int(count):,}", *(own[step]["processor ms"] for step in steps),
             *(own[step]["peak MB"] for step in steps), f"{own['stories found']:,}")
            for count, own in found["scale"].items()
        ]  # fmt: skip
        yield Section(
            "The cost of an article as archives grow",
            "python -m benchmarks.archive --only scale --short --top 200000",
            "Milliseconds of processor time for each article, and megabytes of all processes together at their "
            "peak, of invented articles with three or four sentences.",
            ("articles", *(f"{step}, ms" for step in steps), *(f"{step}, MB" for step in steps), "stories"),
            rows,
        )


def _ratios(found: Json) -> Iterator[tuple[object, ...]]:
    def row(name: str, spread: Json) -> tuple[object, ...]:
        return (name, *(f"{spread[key]:.2f}" for key in ("median", "least", "most")))

    analysis = found.get("analysis", {})
    for texts, own in analysis.items() if isinstance(analysis, Mapping) else ():
        for name, spread in own["ratio"].items():
            yield row(f"analysis / {name.replace('bare', 'bare pass')}: {texts}", spread)
    for name, spread in found.get("reading", {}).get("ratio", {}).items():
        yield row("reading / trafilatura" + (", `--fast`" if name == "fast" else ""), spread)
    if "processes" in found:
        yield row("two processes / one", found["processes"]["gain"])


def _desk(given: Mapping[str, Json]) -> Iterator[Section]:
    yield Section(
        "The desk on a large library",
        "python -m benchmarks.desk",
        "100,000 invented articles with a million statements; milliseconds, medians.",
        ("", ""),
        list(flat(given["desk"])),
    )


def _load(given: Mapping[str, Json]) -> Iterator[Section]:
    yield Section(
        "Fifty readers at once",
        "python -m benchmarks.load",
        "`whosays serve` and its readers on the same processors, without a pause between two requests; "
        "milliseconds and bytes.",
        ("", ""),
        list(flat(given["load"])),
    )


def flat(found: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """What a part printed, a row for each value."""
    if isinstance(found, Mapping) and "median" in found:
        others = ", ".join(f"{key} {value}" for key, value in found.items() if key != "median")
        yield name, f"{found['median']} ({others})"
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from flat(value, f"{name}: {key}" if name else str(key).replace("_", " "))
    elif isinstance(found, Sequence) and not isinstance(found, str):
        yield name, ", ".join(map(str, found))
    else:
        yield name, f"{found:,}" if isinstance(found, int) else str(found)


_MAKERS: Final = (
    ("accuracy", _stories),
    ("language", _language),
    ("quotations", _quotations),
    ("pages", _pages),
    ("copies", _copies),
    ("stories", _grouping),
    ("speed-statements", _speed),
    ("archive", _archive),
    ("desk", _desk),
    ("load", _load),
    ("processor", _limits),
    ("speed-statements", _projection),
)


def share(value: Any) -> str | None:
    """A share of one as the field writes it: .75; percentages stay."""
    if value is None:
        return None
    if isinstance(value, int | float) and value <= 1:
        return f"{value:.3f}".lstrip("0") if value < 1 else "1.000"
    return str(value)


def spread(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.1f} ({min(seconds):.1f} to {max(seconds):.1f})"
