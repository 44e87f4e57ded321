"""The language model as each process of the engine has it: one thread, no waiting for others."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import cache
from typing import Any, ParamSpec, TypeVar

from whosays.language import model, session
from whosays.language.model import Model

P = ParamSpec("P")
T = TypeVar("T")


class Inline(Executor):
    """Runs what it is given at once, in the thread that gives it.

    Every processor has a process of its own: threads beside it would only take the processor from the others.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


@cache
def model_on(device: str) -> Model:
    """The model of this process, on a device that :func:`whosays.language.session.devices` names."""
    session.use(device)
    found = model.load()
    # to look through all that is loaded for garbage, time and again, is a twentieth of the work
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    workers: Any = Inline()
    found.workers = workers
    return found
