"""What a site asks of programs: its robots.txt, read as RFC 9309 says and kept for a while."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from ..errors import BadStatus, EndlessRedirects, RefusedAddress, Unfetched, Unreachable
from .addresses import Address
from .pacing import Clock

LARGEST: Final = 512_000  # bytes that are read, the least that RFC 9309 asks for; the rest is left unread
MOST_REDIRECTS: Final = 5  # RFC 9309, 2.3.1.2
_KEPT_FOR: Final = 86_400.0  # seconds; the most that RFC 9309 allows
_FAILURE_KEPT_FOR: Final = 600.0
_MOST_KEPT: Final = 1_000  # sites
_UNRESERVED: Final = re.compile(r"%(?:2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eE])")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows one agent. ``lines`` are patterns and whether they allow, the most telling first.

    ``delay`` is the pause between two requests that the site asks for, in seconds.
    """

    lines: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Whether a path with its query may be fetched: the longest pattern that fits it decides."""
        path = _normal(target)
        return next((allowed for pattern, allowed in self.lines if _fits(pattern, path)), True)


def parse(body: bytes, agent: str) -> Rules:
    """The rules for ``agent``: those of all groups with its name, else those for everybody (``*``)."""
    own: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    named = False
    for agents, rule in _ruled(body):
        if agent.lower() in agents:
            named = True
            own.append(rule)
        elif "*" in agents:
            everybody.append(rule)
    rules = own if named else everybody
    lines = {(_normal(value), field == "allow") for field, value in rules if field != "crawl-delay" and value}
    delays = [
        float(value) for field, value in rules if field == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d+)?", value)
    ]
    return Rules(tuple(sorted(lines, key=lambda line: (-len(line[0]), not line[1], line[0]))), max(delays, default=0.0))


def _ruled(body: bytes) -> Iterator[tuple[frozenset[str], tuple[str, str]]]:
    """Every rule with the agents that it is for; a group without one is told by an empty allowance."""
    agents: frozenset[str] = frozenset()
    naming = False
    for line in re.split(r"[\r\n]+", body[:LARGEST].decode("utf-8-sig", "replace")):
        field, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        field = field.lower()
        if not colon:
            continue
        if field == "user-agent":
            # "Whosays/1.0" names whosays.
            token = value if value == "*" else re.split(r"[^A-Za-z_-]", value, maxsplit=1)[0].lower()
            agents = agents | {token} if naming else frozenset({token})
            naming = True
            yield agents, ("allow", "")
        elif field in ("allow", "disallow", "crawl-delay"):
            naming = False
            yield agents, (field, value)


def _normal(path: str) -> str:
    """One spelling for each path: what needs no percent sign has none, all else has one, in capitals."""
    plain = _UNRESERVED.sub(lambda found: unquote(found[0]), path)
    encoded = quote(plain, safe="/%:@!$&'()*+,;=-._~?#[]|\\^`{}\"<>")
    return re.sub(r"%[0-9a-f]{2}", lambda found: found[0].upper(), encoded, flags=re.IGNORECASE)


def _fits(pattern: str, path: str) -> bool:
    """Whether ``pattern`` fits the beginning of ``path``; ``*`` is anything, a last ``$`` the end of the path.

    Piece by piece, each at the first place where it fits: that finds a fit if there is one, without trying others.
    """
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return not ends or path == first
    at = len(first)
    last = pieces.pop() if ends else ""
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return path.endswith(last) and len(path) - len(last) >= at


class Robots:
    """The rules of every site asked so far.

    ``fetch`` gives the body of an address; where it cannot, it raises :class:`Unfetched`.
    """

    def __init__(self, fetch: Callable[[Address], bytes], agent: str, clock: Clock) -> None:
        self._fetch, self._agent, self._clock = fetch, agent, clock
        self._kept: OrderedDict[str, tuple[float, Rules | Unfetched]] = OrderedDict()
        self._lock = threading.Lock()

    def rules(self, address: Address) -> Rules:
        """What the site of ``address`` allows.

        A site that says it has no robots.txt allows everything. One that cannot be asked, or fails, allows nothing
        for now: raises :class:`Unreachable`.
        """
        with self._lock:
            until, found = self._kept.get(address.origin, (float("-inf"), Rules()))
        if until <= self._clock.now():
            found = self._asked(address)
            self._keep(address.origin, found)
        if isinstance(found, Unfetched):
            why = f"its robots.txt cannot be read: {found.wrong}"
            raise Unreachable(address.asked, why, passing=found.passing)
        return found

    def _asked(self, address: Address) -> Rules | Unfetched:
        own = Address(address.scheme, address.host, address.port, "/robots.txt", address.asked)
        try:
            return parse(self._fetch(own), self._agent)
        except RefusedAddress:
            raise
        except EndlessRedirects:
            return Rules()
        except BadStatus as problem:
            return problem if problem.passing else Rules()
        except Unfetched as problem:
            return problem

    def _keep(self, origin: str, found: Rules | Unfetched) -> None:
        kept_for = _FAILURE_KEPT_FOR if isinstance(found, Unfetched) else _KEPT_FOR
        with self._lock:
            self._kept[origin] = (self._clock.now() + kept_for, found)
            self._kept.move_to_end(origin)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
