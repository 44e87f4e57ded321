"""Addresses of the web -> answers, as a polite and careful visitor gets them.

Careful: only http and https, no private networks, bounds on time, size and redirects (:mod:`.exchange`,
:mod:`.addresses`). Polite: robots.txt, one request a host at a time with a pause between two, no answer fetched twice
that has not changed, fewer requests to a server in trouble.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from .. import __version__
from ..errors import BadStatus, BrokenAnswer, EndlessRedirects, ForbiddenByRobots, Unreachable
from ..settings import Settings
from . import addresses, exchange, robots
from .addresses import Address
from .exchange import Answer, Bounds
from .pacing import Clock, Pacer

AGENT: Final = "whosays"  # the name that a robots.txt uses
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_FIRST_PAUSE: Final = 2.0  # seconds before the second try; each further pause is twice the last
_LONGEST_HOLD: Final = 86_400.0  # seconds; no server sends us away for longer
_ACCEPTED: Final = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``media_type`` is as the server says it, in small letters, with the charset; empty if it says none.

    ``fetched_at`` is ISO 8601 in UTC; ``final_url`` is where the redirects led.
    """

    url: str
    final_url: str
    status: int
    media_type: str
    body: bytes
    etag: str | None
    last_modified: str | None
    fetched_at: str


@dataclass(frozen=True, slots=True)
class NotModified:
    """The answer would be the one of last time."""

    url: str
    fetched_at: str


@dataclass(slots=True)
class _Errand:
    """One address on its way through redirects and tries; ``bounds.whole`` is the time that is left for it."""

    headers: Mapping[str, str]
    bounds: Bounds
    redirects: int
    obeys: bool = True

    @property
    def is_conditional(self) -> bool:
        return "If-None-Match" in self.headers or "If-Modified-Since" in self.headers


class Fetcher:
    """Fetches for one process; any number of threads may use it.

    ``clock`` gives the pauses, and with them the event that ends them; ``trusted`` is whose certificates count,
    the system's unless given.
    """

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, trusted: ssl.SSLContext | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self._trusted = trusted or exchange.trust()
        self._agent = _agent(settings.contact)
        self._pacer = Pacer(self.clock, pause=settings.host_pause, longest=settings.longest_host_pause)
        self._robots = robots.Robots(self._robots_file, AGENT, self.clock)

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched | NotModified:
        """The answer at ``url``, or that it is still the one with this ``etag`` or ``last_modified``.

        Raises one of :class:`~whosays.errors.Unfetched`, each one clear line, and
        :class:`~whosays.errors.Stopped` where a pause was ended.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: _header(value) for name, value in known.items() if value}
        errand = _Errand({"Accept": _ACCEPTED, **headers}, self._bounds(), self.settings.most_redirects)
        address, answer = self._led(addresses.parse(url), errand)
        fetched_at = self.clock.today().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if answer.status == 304:
            return NotModified(url, fetched_at)
        return Fetched(
            url=url,
            final_url=address.url,
            status=answer.status,
            media_type=answer.headers.get("content-type", "").strip().lower(),
            body=answer.body,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            fetched_at=fetched_at,
        )

    def _bounds(self) -> Bounds:
        chosen = self.settings
        return Bounds(
            whole=chosen.longest_fetch,
            silence=chosen.longest_silence,
            largest=chosen.largest_answer,
            allow_private=chosen.allow_private,
        )

    def _robots_file(self, address: Address) -> bytes:
        bounds = replace(self._bounds(), largest=robots.LARGEST, cuts=True)
        _, answer = self._led(address, _Errand({}, bounds, robots.MOST_REDIRECTS, obeys=False))
        return answer.body

    def _led(self, address: Address, errand: _Errand) -> tuple[Address, Answer]:
        """The answer to which the redirects lead, and its address. Each new address is checked like the first."""
        for _ in range(errand.redirects + 1):
            rules = self._robots.rules(address) if errand.obeys else robots.Rules()
            if not rules.allows(address.target):
                raise ForbiddenByRobots(address.asked)
            answer = self._tried(address, errand, rules.delay)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return address, _accepted(address, answer, errand)
            address = address.led_to(location)
        raise EndlessRedirects(address.asked, errand.redirects)

    def _tried(self, address: Address, errand: _Errand, wish: float) -> Answer:
        """An answer that is no passing failure; else, after some tries with growing pauses, the failure."""
        tries_left, pause = self.settings.tries, _FIRST_PAUSE
        while True:
            try:
                with self._pacer.turn(address.host, address.asked, wish):
                    answer = self._asked(address, errand)
                self._check(address, answer)
                return answer
            except (Unreachable, BrokenAnswer, BadStatus) as problem:
                tries_left -= 1
                if not problem.passing or tries_left <= 0 or errand.bounds.whole <= 0:
                    raise
            self.clock.wait(pause)
            pause *= 2

    def _asked(self, address: Address, errand: _Errand) -> Answer:
        headers = {"User-Agent": self._agent, **errand.headers}
        begun = self.clock.now()
        try:
            return exchange.ask(address, headers, errand.bounds, self._trusted)
        finally:
            left = errand.bounds.whole - (self.clock.now() - begun)
            errand.bounds = replace(errand.bounds, whole=left)

    def _check(self, address: Address, answer: Answer) -> None:
        """Raises :class:`BadStatus` for a server in trouble, which is left alone for as long as it asks."""
        retry_after = self._seconds(answer.headers.get("retry-after", "")) if answer.status in (429, 503) else None
        if retry_after:
            self._pacer.hold(address.host, retry_after)
        failure = BadStatus(address.asked, answer.status, answer.reason, retry_after=retry_after)
        if failure.passing:
            raise failure

    def _seconds(self, retry_after: str) -> float | None:
        """How many seconds a Retry-After asks for, as a number or a date; ``None`` for what is neither."""
        if re.fullmatch(r"\s*\d{1,9}\s*", retry_after, re.ASCII):
            return min(float(retry_after), _LONGEST_HOLD)
        try:
            moment = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max((moment - self.clock.today()).total_seconds(), 0.0), _LONGEST_HOLD)


def _accepted(address: Address, answer: Answer, errand: _Errand) -> Answer:
    """An answer with a body, or that there is nothing new; raises :class:`BadStatus` for any other."""
    if answer.status in (200, 203) or (answer.status == 304 and errand.is_conditional):
        return answer
    raise BadStatus(address.asked, answer.status, answer.reason)


def _agent(contact: str) -> str:
    """``whosays/0.1.0 (+contact)``: who asks, and to whom a webmaster may write."""
    name = f"{AGENT}/{__version__}"
    shown = _header(contact).replace("(", "").replace(")", "")
    return f"{name} (+{shown})" if shown else name


def _header(value: str) -> str:
    """What a header may hold: one line of printable ASCII."""
    return "".join(letter for letter in value if letter.isascii() and letter.isprintable()).strip()
