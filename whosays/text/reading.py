"""Whatever the user has -> articles. One bad article never takes down the others."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ..errors import (
    BadDate,
    BinaryFile,
    EmptyArticle,
    ForeignLanguage,
    InputError,
    MissingDate,
    NoArticles,
    OnlyLinks,
    SameArticle,
    TooLarge,
    WhosaysError,
)
from ..settings import Settings
from . import dates, decoding, forms, languages, sources
from .article import Article
from .entry import Draft, Entry, Link

__all__ = ["Entry", "Link", "Reading", "entries", "of_bytes", "read", "read_bytes"]

_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles that could be read, in the order given, and what to say about the rest."""

    articles: tuple[Article, ...]
    problems: tuple[WhosaysError, ...]


def entries(source: str, settings: Settings | None = None) -> Iterator[Entry | Link | WhosaysError]:
    """Everything in one source (a file, a folder, ``-`` for standard input), one article at a time.

    Lazy, so that an archive of any size takes the memory of one article. Never raises for what the source holds: what
    cannot be read comes as the error that says so, in its place among the others, and so do notices, each after its
    article. Ids are as given or made of the file's name and the article's line or number; two may be equal.
    """
    settings = settings or Settings()
    try:
        names = sources.files(source)
    except InputError as problem:
        yield problem
        return
    for name in names:
        try:
            with sources.opened(name) as stream:
                yield from _settled(stream, settings)
        except InputError as problem:
            yield problem


def of_bytes(
    raw: bytes,
    *,
    where: str,
    media_type: str | None = None,
    url: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Entry | Link | WhosaysError]:
    """The same for bytes in hand, such as what was fetched: a page, a feed, a sitemap, JSON, an archive.

    ``media_type`` is what the server said, with the charset where it gave one; the bytes themselves are believed
    before it. ``url`` is where they came from: the address of an article that names none of its own, and what its
    relative links start from.
    """
    try:
        yield from _settled(sources.of_bytes(raw, where, media_type, url), settings or Settings())
    except InputError as problem:
        yield problem


def read(sources_given: Sequence[str | Path], settings: Settings | None = None) -> Reading:
    """Read files, folders and ``-`` (standard input), each with one article or many, as the articles of one story.

    Never raises for what an input holds: an article that cannot be read is one of ``problems``, with its file and
    line, and the others are still read. Ids are unique; one that is missing is made of the file's name or line.
    """
    roll = _Roll()
    if not sources_given:
        roll.problems.append(NoArticles())
    for source in sources_given:
        roll.take(entries(str(source), settings))
    return Reading(tuple(roll.articles), tuple(roll.problems))


def read_bytes(raw: bytes, *, where: str, media_type: str | None = None, settings: Settings | None = None) -> Reading:
    """The same for bytes in hand: see :func:`of_bytes`."""
    roll = _Roll()
    roll.take(of_bytes(raw, where=where, media_type=media_type, settings=settings))
    return Reading(tuple(roll.articles), tuple(roll.problems))


@dataclass(slots=True)
class _Roll:
    """The articles read so far, each once."""

    articles: list[Article] = field(default_factory=list)
    problems: list[WhosaysError] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _by_text: dict[str, list[Entry]] = field(default_factory=dict)

    def take(self, source: Iterable[Entry | Link | WhosaysError]) -> None:
        """All that one source holds."""
        links: dict[str, int] = {}
        for found in source:
            if isinstance(found, Link):
                links[found.where] = links.get(found.where, 0) + 1
            elif isinstance(found, WhosaysError):
                self.problems.append(found)
            else:
                self.enter(found)
        self.problems.extend(OnlyLinks(where, count) for where, count in links.items())

    def enter(self, entry: Entry) -> None:
        article = entry.article
        if (twin := self._twin(entry)) is not None:
            self.problems.append(SameArticle(entry.where, twin, line=entry.line))
            return
        article = dataclasses.replace(article, id=self._unique(article.id))
        self._ids.add(article.id)
        kept = dataclasses.replace(entry, article=article, raw=b"")
        self._by_text.setdefault(article.text, []).append(kept)
        self.articles.append(article)

    def _twin(self, entry: Entry) -> str | None:
        """The id of the same article, if it was read before.

        The same words under another outlet are no repetition but a find: two outlets that print one wire text.
        Nor are they under two ids that the user gave on purpose.
        """
        article = entry.article
        for earlier in self._by_text.get(article.text, ()):
            on_purpose = entry.has_own_id and earlier.has_own_id and earlier.article.id != article.id
            if earlier.article.outlet == article.outlet and not on_purpose:
                return earlier.article.id
        return None

    def _unique(self, wanted: str) -> str:
        if wanted not in self._ids:
            return wanted
        number = 2
        while f"{wanted}-{number}" in self._ids:
            number += 1
        return f"{wanted}-{number}"


def _settled(stream: sources.Stream, settings: Settings) -> Iterator[Entry | Link | WhosaysError]:
    """Everything in one stream; afterwards a word on those of its articles that have no date."""
    read_so_far, undated, first_undated = 0, 0, None
    ended_by: InputError | None = None
    drafts = forms.drafts(stream, settings)
    while True:
        try:
            found = next(drafts, None)
        except InputError as problem:
            ended_by = problem
            break
        if found is None:
            break
        if not isinstance(found, Draft):
            yield found
            continue
        for settled in _entry(found, settings):
            yield settled
            if isinstance(settled, Entry):
                read_so_far += 1
                if found.article.published is None:
                    undated += 1
                    first_undated = first_undated or settled.line
    if ended_by is not None:
        yield ended_by
    if undated:
        yield MissingDate(stream.where, undated, read_so_far, line=first_undated)


def _entry(draft: Draft, settings: Settings) -> Iterator[Entry | WhosaysError]:
    article, where, line = draft.article, draft.where, draft.line
    try:
        _check_text(article.text, draft, settings)
        language = _language(draft, settings)
    except InputError as problem:
        yield problem
        return
    published = article.published
    bad_date: BadDate | None = None
    if published is not None:
        try:
            published = dates.iso(published)
        except ValueError:
            bad_date = BadDate(where, published, line=draft.date_line or line)
            published = None
    settled = dataclasses.replace(article, id=article.id or draft.fallback, published=published, language=language)
    yield Entry(settled, draft.raw, draft.media_type, where, line, bool(article.id))
    if bad_date is not None:
        yield bad_date
    yield from draft.notices


def _check_text(text: str, draft: Draft, settings: Settings) -> None:
    if len(text) > settings.longest_text:
        raise TooLarge(draft.where, settings.longest_text, line=draft.line)
    if decoding.is_noise(text):
        raise BinaryFile(draft.where, line=draft.line)
    if not _WORD.search(text):
        raise EmptyArticle(draft.where, line=draft.line)


def _language(draft: Draft, settings: Settings) -> str | None:
    """What the words themselves say counts; what the article says of itself, only where they are too few."""
    article = draft.article
    declared = re.split(r"[-_]", article.language.lower())[0] if article.language else None
    language = languages.judge(article.text) or declared
    if language is not None and language not in settings.languages:
        raise ForeignLanguage(draft.where, languages.name_or_none(language), line=draft.line)
    return language
