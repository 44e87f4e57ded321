"""What can go wrong with an archive as a whole; the tree is in whosays/errors.py."""

from __future__ import annotations

from whosays.errors import InputError, UsageError


class NoFiles(InputError):
    def __init__(self, pattern: str) -> None:
        remedy = "Check the name; put a pattern in quotation marks, so that the shell leaves it alone."
        super().__init__(pattern, "no file has such a name", remedy)


class WrongStep(UsageError):
    """``holds`` is what the folder holds, or nothing, and ``needed`` the command whose output it should be."""

    def __init__(self, where: str, holds: str, needed: str) -> None:
        held = f"holds what `whosays archive {holds}` made" if holds else "holds no part of an archive"
        super().__init__(where, held, f"Give a folder that `whosays archive {needed}` has made.")


class Unfinished(UsageError):
    def __init__(self, where: str, step: str, done: int, all_: int) -> None:
        wrong = f"is not finished: {done:,} of {all_:,} parts are done"
        super().__init__(where, wrong, f"Give `whosays archive {step}` again; it goes on where it stopped.")


class ForeignFolder(UsageError):
    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why, "Give another folder, or remove this one.")


class NoDevice(UsageError):
    def __init__(self, wanted: str, found: str) -> None:
        wrong = f"there is no {wanted} that ONNX Runtime can use ({found})"
        super().__init__("", wrong, "Install onnxruntime-gpu, or leave --device out.")


class NoStory(UsageError):
    def __init__(self, where: str, story: str) -> None:
        super().__init__(where, f'has no story "{story}"', "The column story of its tables lists them.")


class Unwritable(UsageError):
    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            where, f"cannot be written ({why})", "Make room, or give another folder; what is done is kept."
        )


class EngineFailed(UsageError):
    def __init__(self, why: str) -> None:
        super().__init__("", f"the engine stopped ({why})", "Give the command again: it goes on where it stopped.")
