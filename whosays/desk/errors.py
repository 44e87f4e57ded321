"""Why the desk cannot be served, or cannot take more; the tree is in whosays/errors.py."""

from __future__ import annotations

from whosays.errors import UsageError, WhosaysError


class PortInUse(UsageError):
    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, f"cannot be listened on ({why})", "Give another --port; 0 takes any.")


class NeedsToken(UsageError):
    def __init__(self, where: str) -> None:
        remedy = "Make one with --new-token, and put TLS in front: it is sent in the clear. docs/manual.md says how."
        super().__init__(where, "is open to other machines, and there is no token yet", remedy)


class MissingExamples(UsageError):
    def __init__(self) -> None:
        super().__init__("", "the example stories are not installed", "Serve a library of your own: --library FILE.")


class TooMuchWaiting(WhosaysError):
    def __init__(self) -> None:
        super().__init__("", "too much is waiting to be added already", "Give it later, or use `whosays add`.")
