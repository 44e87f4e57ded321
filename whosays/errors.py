"""Everything that can go wrong, each named by what the user must mend.

    WhosaysError
    ├── InputError                    one input could not be read; the others still are
    │   ├── NoArticles                nothing was given, or a folder holds no articles
    │   ├── UnreadableFile            it does not exist, or may not be read
    │   ├── BinaryFile                it is not text
    │   ├── TooLarge                  it is longer than one article may be
    │   ├── TooManyStatements         it has more of them than a library has numbers for (whosays/library/errors.py)
    │   ├── EmptyArticle              it holds no words
    │   ├── EmptyPage                 an HTML page without an article
    │   ├── ListPage                  an HTML page with the headlines of many articles
    │   ├── ForeignLanguage           it is not in a language that whosays reads
    │   ├── BrokenMarkup              an XML document in which nothing can be found
    │   ├── DamagedArchive            a compressed file or a record of a web archive is damaged
    │   ├── SitemapIndex              a sitemap of sitemaps
    │   ├── OnlyLinks                 a feed or sitemap that points to its articles without holding them
    │   ├── NoFiles                   a pattern of an archive's files names none (whosays/archive/errors.py)
    │   ├── BrokenRecord              a JSON object or JSONL line is not an article
    │   ├── NoFeeds                   a list of feeds names none, or an address holds none
    │   └── Unfetched                 an address whose answer cannot be had
    │       ├── BadAddress            it is no address of http or https
    │       ├── RefusedAddress        it is in a private network or on this machine
    │       ├── ForbiddenByRobots     the site's robots.txt asks programs to stay away
    │       ├── EndlessRedirects      it leads on and on
    │       ├── OversizedAnswer       it is larger than an answer may be
    │       ├── BadStatus             the server says no: 404, 500
    │       ├── AskedToWait           the server asked to be left alone for a while
    │       ├── Unreachable           no answer, or none in time
    │       └── BrokenAnswer          an answer that breaks the rules of HTTP
    ├── Notice                        said once; the report is whole
    │   ├── BadDate                   the publication date cannot be read; the article is kept without it
    │   ├── MissingDate               there is no publication date
    │   ├── CutOffPage                an HTML page that does not end; its article may go on
    │   ├── PaywallStub               an HTML page with only the beginning of an article that is not free
    │   ├── SameArticle               the same article was given twice; it is counted once
    │   └── LoneArticle               one article only: nothing to compare it with
    ├── UsageError                    the command was not understood
    │   ├── AlreadyWatched            another watcher is at work on the library
    │   ├── UnknownStory              the library has no such story
    │   ├── UnknownArticle            the library has no such article
    │   ├── UnknownMark               the library has no such mark
    │   ├── BadMark                   a mark that says nothing, or is about what it cannot be about
    │   ├── PortInUse                 the desk cannot be served there; these three are in whosays/desk/errors.py
    │   ├── NeedsToken                it would be open to other machines without a token
    │   ├── MissingExamples           there are no example stories to show
    │   ├── MissingExtra              it needs a part of whosays that is installed on request
    │   └── of archives               WrongStep, Unfinished, ForeignFolder, NoDevice, NoStory, Unwritable, EngineFailed
    ├── LibraryError                  the library as a whole cannot be used; these are in whosays/library/errors.py
    │   ├── NoLibrary                 there is no such file
    │   ├── ForeignFile               it is something else
    │   ├── NewerLibrary              a later version of whosays made it
    │   ├── DamagedLibrary            it is damaged
    │   ├── LockedLibrary             another program is writing to it, and did not finish
    │   ├── FullDisk                  there is no room to write to it
    │   └── UnwritableLibrary         it may not be opened or written
    ├── TooMuchWaiting                the desk has more to add than it can hold; in whosays/desk/errors.py
    ├── Stopped                       it was told to stop before it was done
    └── InternalError                 ours to mend
        ├── DamagedSketch             what is stored of an article for grouping cannot be read
        ├── OffsetMismatch            a report does not reproduce the text it quotes
        └── ModelMissing              the installation lacks the language model

Exit codes of the command line, which ``docs/manual.md`` repeats:

    0  all inputs were read and reported, perhaps with notices
    1  an internal failure
    2  the command was not understood
    3  nothing could be read, so there is no report
    4  a report was made, but one or more inputs were left out of it
    5  the library cannot be used: it is missing, damaged, locked, or there is no room for it
    130  stopped with Ctrl-C
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final, Literal

FINE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
NOTHING_READ: Final = 3
SOME_LEFT_OUT: Final = 4
LIBRARY_UNUSABLE: Final = 5


class WhosaysError(Exception):
    """What is wrong, in which file and line, and what to do about it; ``str`` gives all three on one line.

    ``where`` is a path or ``-`` for standard input; ``line`` counts from 1. ``exit_code`` is the code with which
    the command line ends when nothing else was read (see :func:`exit_code`).
    """

    exit_code: ClassVar[int] = FAILED

    def __init__(self, where: str, wrong: str, remedy: str = "", *, line: int | None = None) -> None:
        self.where = _one_line(where)
        self.wrong = _one_line(wrong)
        self.remedy = remedy
        self.line = line
        super().__init__(self._sentence())

    @property
    def place(self) -> str:
        """The file and, where it is known, the line: ``story.jsonl:7``."""
        where = "standard input" if self.where == "-" else self.where
        if self.line is None:
            return where
        return f"{where}:{self.line}" if where else f"line {self.line}"

    def _sentence(self) -> str:
        said = f"{self.place}: {self.wrong}" if self.place else self.wrong
        return f"{said}. {self.remedy}" if self.remedy else f"{said}."


def _one_line(words: str, longest: int = 300) -> str:
    """Names come from outside: no line breaks or control characters into a terminal, and no endless ones."""
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


class InputError(WhosaysError):
    """One input could not be read; the other inputs of the same call still are."""

    exit_code = NOTHING_READ


class NoArticles(InputError):
    def __init__(self, where: str = "", wrong: str = "the folder holds no articles") -> None:
        if where:
            remedy = "Give a folder with .txt, .html, .json, .jsonl, .xml or .warc.gz files."
            super().__init__(where, wrong, remedy)
        else:
            super().__init__("", "no articles were given", "Name files or folders, or give - to read standard input.")


class UnreadableFile(InputError):
    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, f"cannot be read ({why})", "Check the name and that you may read it.")


class BinaryFile(InputError):
    def __init__(self, where: str, *, what: str = "a binary file", line: int | None = None) -> None:
        super().__init__(where, f"is {what}, not text", "Save the article as text, HTML or JSON.", line=line)


class TooLarge(InputError):
    def __init__(self, where: str, longest: int, *, line: int | None = None) -> None:
        remedy = "Give one article a file, or several as JSONL, one a line."
        super().__init__(where, f"is longer than an article may be ({longest:,} characters)", remedy, line=line)


class EmptyArticle(InputError):
    def __init__(self, where: str, *, line: int | None = None) -> None:
        super().__init__(where, "holds no words", "Leave it out, or put the article's text in.", line=line)


class EmptyPage(InputError):
    def __init__(self, where: str, *, line: int | None = None) -> None:
        remedy = "Save the article's own page with its text loaded, or give the text as a .txt file."
        super().__init__(where, "is a page with no article in it", remedy, line=line)


class ListPage(InputError):
    def __init__(self, where: str, *, line: int | None = None) -> None:
        remedy = "Save the pages of the articles themselves."
        super().__init__(where, "is a page that lists articles, not an article", remedy, line=line)


class ForeignLanguage(InputError):
    """``language`` is an ISO 639-1 code, or ``None`` where the text looks like no language at all."""

    def __init__(self, where: str, language: str | None, *, line: int | None = None) -> None:
        self.language = language
        seems = f"seems to be in another language ({language})" if language else "is in no language that can be told"
        super().__init__(where, seems, "Only English is read so far: give a translation or leave it out.", line=line)


class BrokenRecord(InputError):
    """``field`` names the field that is missing or of the wrong type, where it is one."""

    def __init__(self, where: str, wrong: str, *, line: int | None = None, field: str | None = None) -> None:
        self.field = field
        remedy = 'An article is one JSON object with at least "text".'
        super().__init__(where, wrong, remedy, line=line)


class BrokenMarkup(InputError):
    def __init__(self, where: str, wrong: str = "is not XML that can be read", *, line: int | None = None) -> None:
        remedy = "Give a feed, a sitemap, NewsML-G2 or NITF, or save the article as text."
        super().__init__(where, wrong, remedy, line=line)


class DamagedArchive(InputError):
    """``kept`` says what is read all the same: nothing, what stands ``before`` the damage, or all ``others``."""

    def __init__(self, where: str, why: str, *, kept: Literal["nothing", "before", "others"] = "nothing") -> None:
        told = {"nothing": "", "before": "; what stands before it is read", "others": "; the other records are read"}
        rest = f"Fetch the file again{told[kept]}."
        super().__init__(where, f"is damaged or cut off ({why})", rest)


class SitemapIndex(InputError):
    """``sitemaps`` are the addresses of those that it lists, the latest first."""

    def __init__(self, where: str, sitemaps: tuple[str, ...]) -> None:
        self.sitemaps = sitemaps
        first = f", the first {_quoted(sitemaps[0])}" if sitemaps else ""
        remedy = "Give those sitemaps that list articles."
        super().__init__(where, f"lists {len(sitemaps)} sitemaps, not articles{first}", remedy)


class OnlyLinks(InputError):
    """``count`` links that were found in a source which is asked for articles."""

    def __init__(self, where: str, count: int) -> None:
        self.count = count
        wrong = "holds a link, not an article" if count == 1 else f"holds {count} links, not articles"
        super().__init__(where, wrong, "`whosays add` fetches them; or give the pages themselves.")


class Notice(WhosaysError):
    """Worth a line on standard error; nothing was left out of the report."""

    exit_code = FINE


class BadDate(Notice):
    def __init__(self, where: str, date: str, *, line: int | None = None) -> None:
        remedy = "Write it as 2024-12-07; the article is read without it."
        super().__init__(where, f"the publication date {_quoted(date)} cannot be read", remedy, line=line)


class MissingDate(Notice):
    """``missing`` of ``read`` articles from one source have no publication date; ``line`` is the first's."""

    def __init__(self, where: str, missing: int, read: int, *, line: int | None = None) -> None:
        which = "the article has" if read == 1 else f"{missing} of {read} articles have"
        remedy = 'Days such as "on Friday" stay undated; add "published" or a Date: line.'
        super().__init__(where, f"{which} no publication date", remedy, line=line)


class CutOffPage(Notice):
    def __init__(self, where: str, *, line: int | None = None) -> None:
        super().__init__(where, "the page seems to be cut off", "Save it again; what it holds is read.", line=line)


class PaywallStub(Notice):
    def __init__(self, where: str, *, line: int | None = None) -> None:
        remedy = "Give the whole article, or its silence means nothing; what the page holds is read."
        super().__init__(where, "holds only the beginning of an article that is not free", remedy, line=line)


class SameArticle(Notice):
    def __init__(self, where: str, same_as: str, *, line: int | None = None) -> None:
        super().__init__(where, f"is the same article as {_quoted(same_as)}", "It is counted once.", line=line)


class LoneArticle(Notice):
    def __init__(self, where: str = "") -> None:
        remedy = "Give two or more outlets' articles to see shared origins and conflicts."
        super().__init__(where, "one article alone cannot be compared", remedy)


class UsageError(WhosaysError):
    """The command was not understood."""

    exit_code = USAGE


class MissingExtra(UsageError):
    def __init__(self, what: str, extra: str) -> None:
        super().__init__("", f"{what} needs a library that is not installed", f"Install it: pip install {extra}")


# Fetching


class NoFeeds(InputError):
    def __init__(self, where: str) -> None:
        super().__init__(where, "holds no feed", "Give an OPML file, or a list of feeds and sitemaps, one a line.")


class Unfetched(InputError):
    """An address whose answer cannot be had; ``where`` is the address that was asked for.

    ``passing`` says whether it may go well another time.
    """

    passing: bool = False


class BadAddress(Unfetched):
    def __init__(self, where: str, wrong: str, *, line: int | None = None) -> None:
        super().__init__(where, wrong, "Give an address that begins with http:// or https://.", line=line)


class RefusedAddress(Unfetched):
    def __init__(self, where: str, host: str, at: str) -> None:
        wrong = f"{host} is in a private network or on this machine ({at})"
        super().__init__(where, wrong, "If it is yours, allow it with --allow-private.")


class ForbiddenByRobots(Unfetched):
    def __init__(self, where: str) -> None:
        super().__init__(where, "the site's robots.txt asks programs not to fetch this", "Save the page in a browser.")


class EndlessRedirects(Unfetched):
    def __init__(self, where: str, most: int) -> None:
        super().__init__(where, f"leads in a circle, or on to more than {most} other addresses", "Check the address.")


class OversizedAnswer(Unfetched):
    def __init__(self, where: str, largest: int) -> None:
        super().__init__(where, f"is larger than an answer may be ({largest:,} bytes)", "Check what the address holds.")


class BadStatus(Unfetched):
    """``retry_after`` is how many seconds the server asks to be left alone, where it says so."""

    def __init__(self, where: str, status: int, reason: str = "", *, retry_after: float | None = None) -> None:
        self.status, self.retry_after = status, retry_after
        self.passing = status in (408, 425, 429) or status >= 500
        said = f"{status} {reason}".strip()
        remedy = "It may be mended later." if self.passing else "Check the address."
        super().__init__(where, f"the server answers {said}", remedy)


class AskedToWait(Unfetched):
    passing = True

    def __init__(self, where: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(where, f"the server asks to be left alone for another {seconds:.0f} s", "It is left alone.")


class Unreachable(Unfetched):
    def __init__(self, where: str, why: str, *, passing: bool = True) -> None:
        self.passing = passing
        super().__init__(where, why, "Check the address and the network.")


class BrokenAnswer(Unfetched):
    passing = True

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, f"the answer is broken ({why})", "The fault is the server's.")


class Stopped(WhosaysError):
    """It was told to stop before it was done; what was done is kept."""

    def __init__(self) -> None:
        super().__init__("", "stopped before it was done")


class AlreadyWatched(UsageError):
    def __init__(self, where: str) -> None:
        super().__init__(where, "is being watched already", "Stop the other watcher first, or use another library.")


class InternalError(WhosaysError):
    """A fault in whosays or its installation, not in the input."""


class DamagedSketch(InternalError):
    def __init__(self, where: str = "") -> None:
        super().__init__(where, "the stored sketch of an article is damaged", "Add the article again.")


class OffsetMismatch(InternalError):
    """``start`` and ``end`` are the characters of the article that do not hold the words reported."""

    def __init__(self, where: str, start: int, end: int, expected: str) -> None:
        self.start, self.end, self.expected = start, end, expected
        wrong = f"characters {start} to {end} are not {_quoted(expected)}, so the report is withheld"
        super().__init__(where, wrong, "Please report this with the article.")


class ModelMissing(InternalError):
    def __init__(self, where: str) -> None:
        super().__init__(where, "the language model is not there", "Install whosays again.")


def exit_code(problems: Iterable[WhosaysError], articles_read: int) -> int:
    """The exit code for a call that met ``problems`` and could still read ``articles_read`` articles."""
    worst = {problem.exit_code for problem in problems}
    for code in (FAILED, USAGE, LIBRARY_UNUSABLE):
        if code in worst:
            return code
    if articles_read == 0:
        return NOTHING_READ
    return SOME_LEFT_OUT if NOTHING_READ in worst else FINE


def _quoted(words: str, longest: int = 60) -> str:
    shown = " ".join(words.split())
    return f'"{shown}"' if len(shown) <= longest else f'"{shown[: longest - 1]}…"'
