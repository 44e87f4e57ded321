"""What can go wrong with the library as a whole, and with what is asked of it; the tree is in whosays/errors.py."""

from __future__ import annotations

from whosays.errors import LIBRARY_UNUSABLE, InputError, UsageError, WhosaysError
from whosays.library import indexes


class UnknownStory(UsageError):
    def __init__(self, where: str, story: int, merged_into: int | None = None) -> None:
        remedy = f"It is part of story {merged_into} now." if merged_into else "`whosays stories` lists them."
        super().__init__(where, f"has no story {story}", remedy)
        self.merged_into = merged_into


class UnknownArticle(UsageError):
    def __init__(self, where: str, key: str) -> None:
        super().__init__(where, f'has no article "{key}"', "`whosays search` shows the ids of articles.")


class UnknownMark(UsageError):
    def __init__(self, where: str, key: str) -> None:
        super().__init__(where, f'has no mark "{key}"', "`whosays marks` shows the keys of marks.")


class BadMark(UsageError):
    """It says nothing that could be understood."""

    def __init__(self, where: str, wrong: str) -> None:
        super().__init__(where, wrong, "Nothing was marked.")


class UnknownName(UsageError):
    def __init__(self, where: str, what: str, name: str) -> None:
        super().__init__(where, f'has no {what} "{name}"', f"The page of {what}s can be searched.")


class TooManyStatements(InputError):
    """An article of 400,000 characters may have more of them than the library has numbers for."""

    def __init__(self, where: str, many: int) -> None:
        wrong = f"has {many:,} statements, and the library has numbers for {indexes.MOST_STATEMENTS:,} of an article"
        super().__init__(where, wrong, "Its text is kept without them; give it in parts.")


class LibraryError(WhosaysError):
    """The library cannot be used; nothing that it held before is lost by the command that met this."""

    exit_code = LIBRARY_UNUSABLE


class ReplacedLibrary(LibraryError):
    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            "was replaced while it was served",
            f"Stop whosays, remove {path}-wal and {path}-shm, which are the old one's, and start it again.",
        )


class NoLibrary(LibraryError):
    def __init__(self, where: str) -> None:
        super().__init__(where, "there is no such library", "`whosays add` makes one; or name another with --library.")


class ForeignFile(LibraryError):
    def __init__(self, where: str) -> None:
        super().__init__(where, "is no library of whosays", "It is left as it is; name another with --library.")


class NewerLibrary(LibraryError):
    def __init__(self, where: str, version: int, known: int) -> None:
        wrong = f"was made by a later version of whosays (tables {version}, this one knows {known})"
        super().__init__(where, wrong, "Install the latest version.")


class DamagedLibrary(LibraryError):
    def __init__(self, where: str, why: str) -> None:
        remedy = "Take a copy of it, then put a backup in its place or try `sqlite3 FILE .recover`."
        super().__init__(where, f"the library is damaged ({why})", remedy)


class LockedLibrary(LibraryError):
    def __init__(self, where: str) -> None:
        super().__init__(where, "another program is writing to the library and does not finish", "Try again later.")


class FullDisk(LibraryError):
    def __init__(self, where: str, why: str) -> None:
        remedy = "Make room and give the command again; what was reported as added is safe."
        super().__init__(where, f"the library cannot be written ({why})", remedy)


class UnwritableLibrary(LibraryError):
    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, f"the library cannot be opened ({why})", "Check the name and the permissions.")
