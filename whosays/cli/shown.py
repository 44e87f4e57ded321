"""What the library answers, as people read it and as programs do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from whosays.cli import endings
from whosays.library import failures, listing
from whosays.library import versions as kept
from whosays.library.book import LibraryBook
from whosays.library.feeds import FeedState
from whosays.library.listing import Listed
from whosays.library.searching import CLOSE, OPEN, Hit, Hits
from whosays.library.store import Library
from whosays.report import table

_MOST_FAILURES = 10


def stories(found: Sequence[Listed], width: int, colour: bool) -> str:
    """One story a row, the latest first."""
    if not found:
        return "No stories.\n"
    heads = ("id", "days", "outlets", "articles", "voices", "origins", "conflicts", "headline")
    reported = any(story.claims is not None for story in found)
    rows = []
    for story in found:
        counts = (_count(story.origins), _count(story.conflicts)) if reported else ()
        rows.append((str(story.id), _days(story.days), str(len(story.outlets)), str(len(story.articles)),
                     str(len(story.voices)), *counts,
                     story.headline))  # fmt: skip
    shown = heads if reported else (*heads[:5], heads[-1])
    below = "\n`whosays report --story ID` compares its articles.\n"
    if any(story.claims is None and len(story.articles) > 1 for story in found):
        below += "Origins and conflicts are known once they were compared: `whosays stories --compare`.\n"
    return table.render(shown, rows, width, colour) + below


def stories_document(found: Iterable[Listed]) -> str:
    """Stories with the ids of their articles."""
    return _document(
        {
            "id": story.id,
            "articles": [article.key for article in story.articles],
            "outlets": list(story.outlets),
            "voices": [list(voice) for voice in story.voices],
            "headline": story.headline,
            "first": story.days[0] if story.days else None,
            "last": story.days[1] if story.days else None,
            "claims": story.claims,
            "origins": story.origins,
            "conflicts": story.conflicts,
        }
        for story in found
    )


def hits(found: Hits, width: int, colour: bool) -> str:
    """Each hit below who said it, and where."""
    if not found.hits:
        return "Nothing found.\n"
    more = found.count - len(found.hits)
    passages = [(_who(hit), _about(hit), hit.words) for hit in found.hits]
    below = f"\n{'more than ' if found.more else ''}{found.count:,} found" + (
        f", {len(found.hits)} shown; --limit shows more.\n" if more else ".\n"
    )
    return table.passages(passages, width, colour) + below


def hits_document(found: Hits) -> str:
    """The hits with their places in the articles; the words are verbatim."""
    return _document(
        {
            "article": hit.article,
            "statement": hit.statement,
            "speaker": hit.speaker,
            "outlet": hit.outlet,
            "published": hit.published,
            "title": hit.title,
            "story": hit.story,
            "polarity": (hit.polarity or "asserted") if hit.statement else None,
            "start": hit.start,
            "end": hit.end,
            "text": hit.words.replace(OPEN, "").replace(CLOSE, ""),
        }
        for hit in found.hits
    )


def _who(hit: Hit) -> str:
    if hit.statement is None:
        return hit.title or hit.article
    return (hit.speaker or "nobody named") + (f" ({hit.polarity})" if hit.polarity else "")


def _about(hit: Hit) -> str:
    where = (hit.outlet, hit.published[:10] if hit.published else None, f"story {hit.story}" if hit.story else None)
    return " · ".join(filter(None, (*where, f"[{hit.statement or hit.article}]")))


def versions(key: str, found: Sequence[kept.Version], width: int, colour: bool) -> str:
    """Each version below the one before it, as what changed."""
    parts = []
    for before, after in zip([None, *found], found, strict=False):
        about = (
            f"{endings.printable(key)}, version {after.number} · read {after.added} · {len(after.text):,} characters"
        )
        if before is None:
            parts.append(f"{about}\n{endings.printable(after.title or '')}\n")
            continue
        titles = _changes(before.title or "", after.title or "", width, colour)
        changed = _changes(before.text, after.text, width, colour) if before.text != after.text else ""
        parts.append(f"{about}\n{titles}{changed}")
    return "\n".join(parts)


def _changes(before: str, after: str, width: int, colour: bool) -> str:
    return table.changes([(piece.change, piece.words) for piece in kept.difference(before, after)], width, colour)


def versions_document(found: Sequence[kept.Version]) -> str:
    return _document(
        {
            "version": version.number,
            "read": version.added,
            "title": version.title,
            "published": version.published,
            "from": version.place,
            "text": version.text,
            "changes": [[piece.change, piece.words] for piece in kept.difference(before.text, version.text)]
            if before
            else [],
        }
        for before, version in zip([None, *found], found, strict=False)
    )


def status(library: Library, width: int, colour: bool) -> str:
    """Counts, feeds and failures."""
    stands = listing.standing(library)
    span = f", published {stands.first[:10]} to {stands.last[:10]}" if stands.first and stands.last else ""
    articles, outlets = _many(stands.articles, "article"), _many(stands.outlets, "outlet")
    lines = [
        f"{library.path} · {_size(stands.size)}",
        f"{articles} of {outlets} in {_many(stands.stories, 'story', 'stories')}{span}",
        f"{_many(stands.statements, 'statement')} by {_many(stands.speakers, 'speaker')}",
        f"{stands.added_today:,} added in the last 24 hours, the last at {stands.last_added}"
        if stands.last_added
        else "Nothing was added yet.",
    ]
    if stands.changed:
        lines.append(f"{stands.changed:,} changed at their address: `whosays versions ARTICLE` shows how")
    if stands.unanalysed:
        lines.append(f"{stands.unanalysed:,} not analysed: `whosays analyse` does it")
    feeds = list(LibraryBook.states(library))
    text = "\n".join(lines) + "\n"
    if feeds:
        heads = ("feed", "last success", "fetched", "added", "a day", "last error")
        text += "\n" + table.render(heads, [_feed(feed) for feed in feeds], width, colour)
    return text + _failures(library, width, colour)


def _failures(library: Library, width: int, colour: bool) -> str:
    latest = {failure.place: failure for failure in reversed(failures.all_of(library))}
    found = list(reversed(latest.values()))  # what several feeds led to, once
    if not found:
        return ""
    rows = [(failure.last_failed[:16].replace("T", " "), str(failure.tries), failure.reason) for failure in found]
    shown = table.render(("last tried", "tries", "could not be added"), rows[:_MOST_FAILURES], width, colour)
    more = f"… and {len(found) - _MOST_FAILURES:,} more.\n" if len(found) > _MOST_FAILURES else ""
    return f"\n{shown}{more}`whosays add --retry-failed` tries again.\n"


def _feed(feed: FeedState) -> tuple[str, ...]:
    failing = f"{feed.error}" if feed.is_failing and feed.error else ""
    rate = "–" if feed.added_a_day is None else f"{feed.added_a_day:.1f}"
    return (feed.title or feed.url, _moment(feed.last_success), str(feed.fetched), str(feed.added), rate, failing)


def _moment(when: str | None) -> str:
    return when[:16].replace("T", " ") if when else "never"


def _days(days: tuple[str, str] | None) -> str:
    if days is None:
        return "no date"
    first, last = days
    if first == last:
        return first
    same = 8 if first[:7] == last[:7] else 5 if first[:4] == last[:4] else 0
    return f"{first}…{last[same:]}"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _size(count: int) -> str:
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"


def _document(members: Iterable[dict[str, Any]]) -> str:
    """JSON for programs: a list with one member a line."""
    return "[\n" + ",\n".join(json.dumps(member, ensure_ascii=False) for member in members) + "\n]\n"
