"""The folder that a step of the archive writes: its partitions, each there whole or not at all, and its manifest.

    articles/
      archive.json                what made it, of what, and in the end the counts
      part-000000/                one partition: its tables, and a manifest with its counts
      _unfinished/                what is being written; of no use after a kill, and then removed

A partition is committed by renaming its folder, which a file system does at once or not at all.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from whosays.archive.errors import ForeignFolder, Unfinished, Unwritable, WrongStep

HEAD: Final = "archive.json"
MANIFEST: Final = "manifest.json"
UNFINISHED: Final = "_unfinished"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Folder:
    """An output folder that is open for a step. ``head`` is what ``archive.json`` says."""

    path: Path
    head: Json

    @property
    def id(self) -> str:
        """Which archive this is, wherever its folder is moved."""
        return str(self.head["id"])

    def done(self) -> set[str]:
        """The names of the partitions that are committed."""
        return {path.name for path in self.path.iterdir() if path.name.startswith("part-")}

    def plan(self, all_: int) -> None:
        """Says that there is work to do, so that no later step takes the folder for finished."""
        _write_head(self.path, self.head | {"finished": False, "partitions": all_})

    def finish(self, all_: int) -> Json:
        """Sums up the manifests of all partitions; what was left unfinished by a killed run is removed."""
        shutil.rmtree(self.path / UNFINISHED, ignore_errors=True)
        counts: Counter[str] = Counter()
        why: Counter[str] = Counter()
        for name in sorted(self.done()):
            manifest = json.loads((self.path / name / MANIFEST).read_text(encoding="utf-8"))
            counts.update(manifest["rows"])
            why.update(manifest["refused"])
        return _write_head(self.path, self.head | {
            "finished": True, "partitions": all_, "rows": dict(counts), "refused": dict(sorted(why.items())),
        })  # fmt: skip


def begin(path: Path, step: str, made_by: Json, made_of: Json) -> Folder:
    """Opens an output folder, new or begun before by the same version for the same input.

    Raises :class:`ForeignFolder` for one that is something else, :class:`Unwritable`.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not (path / HEAD).exists():
            if any(path.iterdir()):
                raise ForeignFolder(str(path), "is not empty, and no part of an archive")
            head = {"step": step, "id": uuid.uuid4().hex, **made_by, "made_of": made_of, "finished": False,
                    "partitions": 0}  # fmt: skip
            return Folder(path, _write_head(path, head))
        head = _head(path)
        if head["step"] != step:
            raise ForeignFolder(str(path), f"holds what `whosays archive {head['step']}` made")
        for name, value in made_by.items():
            if head.get(name) != value:
                wrong = f"was made with another {name} ({head.get(name)}, this is {value})"
                raise ForeignFolder(str(path), wrong)
        if head["made_of"] != made_of:
            raise ForeignFolder(str(path), "was made of another input")
        return Folder(path, head)
    except OSError as error:
        raise Unwritable(str(path), (error.strerror or "it failed").lower()) from None


def finished(path: Path, step: str) -> Folder:
    """The folder that an earlier step has written. Raises :class:`WrongStep`, :class:`Unfinished`."""
    head = _head(path)
    if head.get("step") != step:
        raise WrongStep(str(path), str(head.get("step") or ""), step)
    folder = Folder(path, head)
    if not head["finished"]:
        raise Unfinished(str(path), step, len(folder.done()), head["partitions"])
    return folder


def parts(folder: Folder, table: str) -> list[Path]:
    """The files of one table, in order."""
    return [folder.path / name / f"{table}.parquet" for name in sorted(folder.done())]


@contextmanager
def partition(path: Path, name: str) -> Iterator[tuple[Path, Json]]:
    """A folder to write a partition into, and its manifest to fill; committed when all went well.

    Of two processes that make the same one, as after a kill that left a worker alive, the first one's counts.
    """
    work = path / UNFINISHED / f"{name}-{uuid.uuid4().hex[:8]}"
    work.mkdir(parents=True)
    manifest: Json = {}
    yield work, manifest
    (work / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for file in work.iterdir():
        _settle(file)
    try:
        work.rename(path / name)
    except OSError:
        if not (path / name / MANIFEST).exists():
            raise
        shutil.rmtree(work)


def load(folder: Folder, name: str, otherwise: Any) -> Any:
    """What :func:`save` has kept in the folder."""
    path = folder.path / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else otherwise


def save(folder: Folder, name: str, value: object) -> None:
    """Keep something beside the partitions, whole or not at all."""
    _write(folder.path / name, value)


def _head(path: Path) -> Json:
    try:
        head: Json = json.loads((path / HEAD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return head


def _write_head(path: Path, head: Json) -> Json:
    _write(path / HEAD, head)
    return head


def _write(path: Path, value: object) -> None:
    partial = path.with_name(f"{path.name}.part")
    partial.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    _settle(partial)
    partial.replace(path)


def _settle(file: Path) -> None:
    """Have the disk keep it, so that the rename never comes before what is renamed."""
    number = os.open(file, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
