"""What is several files: in a folder of the user's, or packed into one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from whosays.errors import UsageError

_BEGIN: Final = (1980, 1, 1, 0, 0, 0)  # what a zip archive takes for no time: the same files give the same bytes


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip archive, stored as they are: compressors differ from one Python to the next."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _BEGIN), content)
    return packed.getvalue()


def chosen(output: Path | None, form: str) -> Path:
    """The folder that files are to be saved in. Raises UsageError for what cannot be one, before there is work."""
    named = "" if output is None else str(output)
    if output is None or named == "-" or output.suffix.lower() == f".{form}":
        raise UsageError(named, f"a report as {form} is several tables", "Give a folder or a .zip file after -o.")
    if output.exists() and not output.is_dir():
        raise UsageError(named, f"is no folder, and a report as {form} is several tables", "Give a folder after -o.")
    if not output.parent.is_dir():
        raise UsageError(named, f"cannot be made (there is no folder {output.parent})", "Give another one after -o.")
    return output


def save(files: Mapping[str, bytes], into: Path) -> None:
    """Write files into a folder, which is made if need be; files of other names in it stay as they are.

    Raises UsageError where they cannot be written.
    """
    try:
        into.mkdir(exist_ok=True)
        for name, content in files.items():
            (into / name).write_bytes(content)
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise UsageError(str(into), f"cannot be written ({why})", "Give another folder after -o.") from None
