"""Whatever the user has -> articles. One bad article never takes down the others.

Texts longer than an article may be are refused, not cut: a report on half a text would say that the other half is
silent. Nothing is read further than that bound, so a wrong file of any size costs neither time nor memory.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ..errors import (
    BadDate,
    BinaryFile,
    CutOffPage,
    EmptyArticle,
    ForeignLanguage,
    InputError,
    MissingDate,
    NoArticles,
    SameArticle,
    TooLarge,
    WhosaysError,
)
from ..settings import Settings
from . import dates, decoding, html, languages, plain, records, sources
from .article import Article

# Bytes for each character that an article may have, before its characters are counted: four in UTF-8, six as
# JSON's "\u20ac" beside whatever other fields a line has, a page's markup, which may be ten times its text, and in one
# JSON file many articles.
_BYTES_PER_CHARACTER: Final = {"plain": 4, "html": 40, "jsonl": 40, "json": 320}
_HEADER_BYTES: Final = 4096
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles that could be read, in the order given, and what to say about the rest."""

    articles: tuple[Article, ...]
    problems: tuple[WhosaysError, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article whose id, date and language are still as the source has them."""

    article: Article
    where: str
    fallback: str  # the id, where none is given
    line: int | None = None
    date_line: int | None = None
    cut_off: bool = False


def read(sources_given: Sequence[str | Path], settings: Settings | None = None) -> Reading:
    """Read files, folders and ``-`` (standard input): text, HTML, JSON and JSONL, each with one article or many.

    Never raises for what an input holds: an article that cannot be read is one of ``problems``, with its file and
    line, and the others are still read. Ids are unique; one that is missing is made of the file's name or line.
    """
    roll = _Roll(settings or Settings())
    if not sources_given:
        roll.problems.append(NoArticles())
    for source in sources_given:
        try:
            for name in sources.files(str(source)):
                roll.enter_all(name)
        except InputError as problem:
            roll.problems.append(problem)
    return Reading(tuple(roll.articles), tuple(roll.problems))


@dataclass(slots=True)
class _Roll:
    """The articles read so far, each once."""

    settings: Settings
    articles: list[Article] = field(default_factory=list)
    problems: list[WhosaysError] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _by_text: dict[str, list[tuple[Article, bool]]] = field(default_factory=dict)

    def enter_all(self, source: str) -> None:
        """Everything in one file; afterwards a word on those of its articles that have no date."""
        before, undated = len(self.articles), []
        try:
            with sources.opened(source) as stream:
                for draft in _drafts(stream, self.settings):
                    if isinstance(draft, WhosaysError):
                        self.problems.append(draft)
                    elif self._enter(draft) and draft.article.published is None:
                        undated.append(draft.line)
        except InputError as problem:
            self.problems.append(problem)
        if undated:
            self.problems.append(MissingDate(source, len(undated), len(self.articles) - before, line=undated[0]))

    def _enter(self, draft: _Draft) -> bool:
        try:
            article = self._settled(draft)
        except InputError as problem:
            self.problems.append(problem)
            return False
        given = bool(draft.article.id)
        if (twin := self._twin(article, given)) is not None:
            self.problems.append(SameArticle(draft.where, twin.id, line=draft.line))
            return False
        article = dataclasses.replace(article, id=self._unique(article.id))
        self._ids.add(article.id)
        self._by_text.setdefault(article.text, []).append((article, given))
        if draft.cut_off:
            self.problems.append(CutOffPage(draft.where))
        self.articles.append(article)
        return True

    def _settled(self, draft: _Draft) -> Article:
        article, where, line = draft.article, draft.where, draft.line
        if len(article.text) > self.settings.longest_text:
            raise TooLarge(where, self.settings.longest_text, line=line)
        if decoding.is_noise(article.text):
            raise BinaryFile(where, line=line)
        if not _WORD.search(article.text):
            raise EmptyArticle(where, line=line)
        language = _language(article, where, line, self.settings)
        published = article.published
        if published is not None:
            try:
                published = dates.iso(published)
            except ValueError:
                self.problems.append(BadDate(where, published, line=draft.date_line or line))
                published = None
        return dataclasses.replace(article, id=article.id or draft.fallback, published=published, language=language)

    def _twin(self, article: Article, given: bool) -> Article | None:
        """The same article, if it was read before.

        The same words under another outlet are no repetition but a find: two outlets that print one wire text.
        Nor are they under two ids that the user gave on purpose.
        """
        for earlier, earlier_given in self._by_text.get(article.text, ()):
            if earlier.outlet == article.outlet and not (given and earlier_given and earlier.id != article.id):
                return earlier
        return None

    def _unique(self, wanted: str) -> str:
        if wanted not in self._ids:
            return wanted
        number = 2
        while f"{wanted}-{number}" in self._ids:
            number += 1
        return f"{wanted}-{number}"


def _language(article: Article, where: str, line: int | None, settings: Settings) -> str | None:
    """What the words themselves say counts; what the article says of itself, only where they are too few."""
    declared = re.split(r"[-_]", article.language.lower())[0] if article.language else None
    language = languages.judge(article.text) or declared
    if language is not None and language not in settings.languages:
        raise ForeignLanguage(where, languages.name_or_none(language), line=line)
    return language


def _drafts(stream: sources.Stream, settings: Settings) -> Iterator[_Draft | WhosaysError]:
    most = _BYTES_PER_CHARACTER[stream.kind] * settings.longest_text + _HEADER_BYTES
    if (what := decoding.binary_kind(stream.head)) is not None:
        raise BinaryFile(stream.where, what=what)
    if decoding.is_noise(decoding.decode(stream.head)):
        raise BinaryFile(stream.where)
    # A Windows program may have written it as UTF-16, whose lines are not lines of bytes.
    if stream.kind == "jsonl" and not stream.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from _from_lines(stream, most, settings)
        return
    content = stream.read(most)
    if len(content) > most:
        raise TooLarge(stream.where, settings.longest_text)
    if (what := decoding.binary_kind(content)) is not None:
        raise BinaryFile(stream.where, what=what)
    text = decoding.decode(content)
    if not text.strip():
        raise EmptyArticle(stream.where)
    if stream.kind == "plain":
        yield _from_plain(text, stream)
    elif stream.kind == "html":
        cut_off = html.is_cut_off(text)
        yield _Draft(html.read(text, stream.where), stream.where, stream.stem, cut_off=cut_off)
    elif stream.kind == "json":
        yield from _from_json(text, stream)
    else:
        for number, line in enumerate(text.split("\n"), start=1):
            yield from _from_line(line, number, stream)


def _from_plain(text: str, stream: sources.Stream) -> _Draft:
    page = plain.parse(text)
    article = Article(id="", text=page.text, **page.fields)
    return _Draft(article, stream.where, stream.stem, date_line=page.lines.get("published"))


def _from_json(text: str, stream: sources.Stream) -> Iterator[_Draft | WhosaysError]:
    found = records.listed(records.load(text, stream.where), stream.where)
    if not found:
        raise NoArticles(stream.where)
    for number, record in enumerate(found, start=1):
        many = len(found) > 1
        where = f"{stream.where}, article {number}" if many else stream.where
        try:
            article = records.parse(record, where)
        except InputError as problem:
            yield problem
            continue
        yield _Draft(article, where, f"{stream.stem}-{number}" if many else stream.stem)


def _from_lines(stream: sources.Stream, most: int, settings: Settings) -> Iterator[_Draft | WhosaysError]:
    empty = True
    for number, line in enumerate(stream.lines(most), start=1):
        if line is None:
            empty = False
            yield TooLarge(stream.where, settings.longest_text, line=number)
        elif (record := decoding.decode(line)).strip():
            empty = False
            yield from _from_line(record, number, stream)
    if empty:
        raise EmptyArticle(stream.where)


def _from_line(line: str, number: int, stream: sources.Stream) -> Iterator[_Draft | WhosaysError]:
    try:
        article = records.parse(records.load(line, stream.where, line=number), stream.where, line=number)
    except InputError as problem:
        yield problem
        return
    yield _Draft(article, stream.where, f"{stream.stem}-{number}", line=number)
