"""Addresses of the web: which ones are asked at all, and which machine stands behind a name."""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from ..errors import BadAddress, RefusedAddress, Unreachable

_PORTS: Final = {"http": 80, "https": 443}
# Kept as they are in a path or query: all that RFC 3986 allows there, and the percent sign of what is encoded already.
_KEPT: Final = "/%:@!$&'()*+,;=-._~?"
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_LONGEST: Final = 8_000  # characters; servers refuse longer ones

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """An address of http or https in the form in which it is asked for.

    ``target`` is the path with its query; ``asked`` is the address that the user gave, from which a redirect may
    have led here.
    """

    scheme: str
    host: str
    port: int
    target: str
    asked: str

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        return self.origin + self.target

    def led_to(self, location: str) -> Address:
        """Where a redirect to ``location`` leads from here; raises :class:`BadAddress`."""
        try:
            return parse(urljoin(self.url, location.strip()), asked=self.asked)
        except ValueError:
            raise BadAddress(self.asked, f'leads to "{location[:200]}", which is no address') from None


def parse(url: str, *, asked: str = "") -> Address:
    """``url`` as it is asked for, without its fragment; raises :class:`BadAddress`."""
    asked = asked or url
    shown = "is" if asked == url else f'leads to "{url[:200]}", which is'
    try:
        parts = urlsplit(re.sub(r"[\t\r\n]", "", url.strip()))
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
        host = host.lower() if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError:  # also a port that is no number, and a name that IDNA does not know
        raise BadAddress(asked, f"{shown} no address of the web") from None
    if scheme not in _PORTS:
        raise BadAddress(asked, f"{shown} not on the web: only http and https are fetched")
    if not host or len(url) > _LONGEST or not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", host, re.ASCII):
        raise BadAddress(asked, f"{shown} no address of the web")
    if "@" in parts.netloc:
        raise BadAddress(asked, f"{shown} an address with a user name or password in it")
    target = quote(parts.path or "/", safe=_KEPT.rstrip("?"))
    if parts.query:
        target += f"?{quote(parts.query, safe=_KEPT)}"
    return Address(scheme, host, port or _PORTS[scheme], target, asked)


def resolve(address: Address, *, allow_private: bool, within: float) -> tuple[str, ...]:
    """The machines behind the address's host that may be asked, as IP addresses, in the order to try them.

    Whoever connects must connect to one of these, not to the name, which may stand for another machine a moment
    later. Raises :class:`RefusedAddress` where all of them are private, :class:`Unreachable` where there are none.
    """
    found = _looked_up(address, within)
    allowed = tuple(ip for ip in found if allow_private or is_public(ip))
    if not allowed:
        raise RefusedAddress(address.asked, address.host, found[0])
    return allowed


def is_public(ip: str) -> bool:
    """Whether anybody on the internet means the same machine by ``ip``.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is as public as the one it carries; Teredo is not.
    """
    one = _carried(ip.split("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        return one.is_global and one in _GLOBAL_UNICAST
    return one.is_global and not (one.is_multicast or one.is_reserved)


def _carried(ip: str) -> IPAddress:
    one = ipaddress.ip_address(ip)
    if isinstance(one, ipaddress.IPv4Address):
        return one
    if one in _NAT64:
        return ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
    return one.ipv4_mapped or one.sixtofour or one


def _looked_up(address: Address, within: float) -> tuple[str, ...]:
    """All IP addresses of the host. The system's own look-up knows no limit of time, so it is left behind if late."""
    answers: queue.SimpleQueue[tuple[str, ...] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))
        else:
            answers.put(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=max(within, 0.0))
    except queue.Empty:
        raise Unreachable(address.asked, f"the name {address.host} was not found in time") from None
    if isinstance(answer, OSError) or not answer:
        raise Unreachable(address.asked, f"there is no host of the name {address.host}")
    return answer
