"""What a browser has seen of a list or a story, in a cookie: where the log of changes stood when it last looked."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import Response

COOKIE: Final = "seen"  # a story's own, sent with its pages alone
OF_ALL: Final = "seen-stories"  # the list's, sent with every page
_WRITTEN: Final = re.compile(r"(\d{1,18}|-)\.(\d{1,18})\.(\d{1,12})", re.ASCII)
_LOOK: Final = 1800  # seconds: whoever comes back later looks anew
_YEAR: Final = 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Look:
    """``before`` is where the log stood at the look before this one, None for a first look; ``now`` where it stands.

    A page that is loaded again still marks what was new, until something changes or half an hour has passed.
    """

    before: int | None
    now: int
    at: int

    @property
    def written(self) -> str:
        return f"{'-' if self.before is None else self.before}.{self.now}.{self.at}"


def of(request: Request, now: int, cookie: str = COOKIE) -> Look:
    """This look at something whose log stands at ``now``."""
    moment = int(time.time())
    known = _WRITTEN.fullmatch(request.cookies.get(cookie, ""))
    if known is None:
        return Look(None, now, moment)
    before, seen, at = known[1], int(known[2]), int(known[3])
    if now != seen or moment - at > _LOOK:
        return Look(min(seen, now), now, moment)
    return Look(None if before == "-" else int(before), now, moment)


def remember(response: Response, look: Look, path: str, *, secure: bool) -> None:
    """Have the browser keep the look, for pages under ``path`` alone."""
    name = OF_ALL if path == "/" else COOKIE
    response.set_cookie(name, look.written, max_age=_YEAR, path=path, httponly=True, samesite="lax", secure=secure)
