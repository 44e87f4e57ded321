"""Daft, the dataframe engine: on this machine's processors, or on a Ray cluster. The only home of daft and ray.

Two things are asked of it: to run a step's work on partitions, one at a time in each process, and the joins and
groupings of the tables between steps.
"""

from __future__ import annotations

import glob as local_glob
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from whosays.archive.errors import EngineFailed
from whosays.errors import MissingExtra, WhosaysError

Name = Literal["local", "ray"]
Json = dict[str, Any]

# Nothing is sent anywhere; threads of numpy's own would only wait for each other (see whosays/cli/app.py).
_ENVIRONMENT: Final = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


_begun: list[str] = []


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the work is done; ``processes`` work at a time."""

    name: Name
    processes: int

    def each(self, work: Callable[[Json], Json], units: Sequence[Json]) -> Iterator[Json]:
        """What ``work`` makes of each unit, in any order, as it is done; a process gets one unit at a time.

        ``work`` is a function of a module. Raises the :class:`WhosaysError` that it raises.
        """
        if not units:
            return
        daft = _daft()
        task = _task(self.name, self.processes)(work.__module__, work.__name__)
        frame = daft.from_pydict({"unit": [json.dumps(unit) for unit in units]})
        # a batch size for the function alone is not enough: behind some sources it gets all rows at once, or one
        frame = frame.into_partitions(len(units)) if self.name == "ray" else frame.into_batches(1)
        frame = frame.select(task.run(daft.col("unit")).alias("done"))
        try:
            for row in frame.iter_rows(results_buffer_size=None):
                done = json.loads(row["done"])
                if "failed" in done:
                    raise EngineFailed(done["failed"])
                yield done
        except (WhosaysError, GeneratorExit, KeyboardInterrupt):
            raise
        except Exception as fault:
            raise EngineFailed(" ".join(str(fault).split())[-300:] or type(fault).__name__) from fault


def start(name: Name, processes: int | None = None) -> Engine:
    """Starts the engine; Ray at ``RAY_ADDRESS``, or on this machine. Raises :class:`MissingExtra`.

    A process has one engine as long as it lives.
    """
    if name not in _begun:
        _begin(name, processes)
        _begun.append(name)
    if name == "local":
        own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return Engine(name, processes or own or 1)
    import ray

    cluster: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call,unused-ignore]
    return Engine(name, processes or int(cluster.get("CPU", 1)))


def _begin(name: Name, processes: int | None) -> None:
    os.environ.update(_ENVIRONMENT)
    daft = _daft()
    logging.getLogger().addHandler(logging.NullHandler())  # what is to be said, our errors say
    if name == "local":
        daft.set_runner_native()
        return
    try:
        import ray
    except ImportError:
        raise MissingExtra("Ray", "'whosays[archive,ray]'") from None
    try:
        if not ray.is_initialized():
            ray.init(
                num_cpus=None if os.environ.get("RAY_ADDRESS") else processes,
                include_dashboard=False,
                logging_level=logging.ERROR,
                log_to_driver=False,
                runtime_env={"env_vars": _ENVIRONMENT},
            )
        daft.set_runner_ray(noop_if_initialized=True)
    except Exception as fault:  # no cluster at the address, no leave, no time
        raise EngineFailed(" ".join(str(fault).split())[:300]) from None


def table(paths: Sequence[Path]) -> Any:
    """Parquet files as a dataframe."""
    return _daft().read_parquet([str(path) for path in paths])


def glob(pattern: str) -> list[tuple[str, int]]:
    """The files that a pattern names, with their sizes in bytes, in order of name; of a disk, S3, GCS or Azure.

    Files of this machine by their full path; of a folder all that are below it."""
    if "://" not in pattern:
        below = f"{pattern}/**" if Path(pattern).is_dir() else pattern
        files = (Path(name).absolute() for name in local_glob.glob(below, recursive=True))
        return sorted((str(file), file.stat().st_size) for file in files if file.is_file())
    try:
        rows = _daft().from_glob_path(pattern).select("path", "size").iter_rows(results_buffer_size=None)
        return sorted((row["path"], row["size"] or 0) for row in rows)
    except FileNotFoundError:
        return []


def mapped(function: Callable[..., Any], made: Literal["text", "texts", "number", "numbers"]) -> Any:
    """A function of one row's values as one of columns; what it makes is a text, a number, or a list of them."""
    daft = _daft()
    kind = daft.DataType.string() if made.startswith("text") else daft.DataType.int64()
    return daft.func(function, return_dtype=daft.DataType.list(kind) if made.endswith("s") else kind)


def gathered(frame: Any, pieces: int) -> Any:
    """A dataframe in so many pieces; on this machine alone there are none that could grow in number."""
    return frame.into_partitions(pieces) if "ray" in _begun else frame


def copy(address: str, into: Path) -> None:
    """Fetch a file from where :func:`glob` found it, piece by piece."""
    with _daft().File(address).open() as source, into.open("wb") as file:
        while block := source.read(1 << 22):
            file.write(block)


def _daft() -> Any:
    try:
        import daft
    except ImportError:
        raise MissingExtra("The archive", "'whosays[archive]'") from None
    return daft


@cache
def _task(name: Name, processes: int) -> Any:
    """The class of the engine's workers: one process each, which stays for all of its units."""
    daft = _daft()

    class Task:
        def __init__(self, module: str, function: str) -> None:
            import importlib

            self.work: Callable[[Json], Json] = getattr(importlib.import_module(module), function)

        def run(self, units: Any) -> list[str]:
            return [json.dumps(self._done(json.loads(unit))) for unit in units.to_pylist()]

        def _done(self, unit: Json) -> Json:
            try:
                return self.work(unit)
            except Exception as fault:
                return {"failed": f"{type(fault).__name__}: {fault}"}

    Task.run = daft.method.batch(Task.run, return_dtype=daft.DataType.string(), batch_size=1)  # type: ignore[method-assign]
    return daft.cls(Task, max_concurrency=processes, use_process=None if name == "ray" else True)
