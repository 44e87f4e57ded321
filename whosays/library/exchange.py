"""One request and its answer over HTTP, within bounds of time and size, with a machine that was checked.

No proxy is used, whatever the environment says: it would look names up itself, out of sight of the check.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpcore2
import httpx2

from ..errors import BrokenAnswer, OversizedAnswer, Unfetched, Unreachable
from . import addresses
from .addresses import Address

# What is unpacked here, and nothing else: more than one packing in another is how bombs are built.
PACKINGS: Final = ("gzip", "x-gzip", "deflate", "br")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds for all of it and until the next sign of life; bytes of the unpacked body.

    ``cuts`` says that a longer body is cut at that many bytes instead of being refused.
    """

    whole: float
    silence: float
    largest: int
    cuts: bool = False
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. ``headers`` have names in small letters; the body is unpacked, and empty but for a 2xx."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes


def trust() -> ssl.SSLContext:
    """The certificates that the system trusts, or those that ``SSL_CERT_FILE`` or ``SSL_CERT_DIR`` name."""
    return httpx2.create_ssl_context()


def ask(address: Address, headers: Mapping[str, str], bounds: Bounds, trusted: ssl.SSLContext) -> Answer:
    """GET ``address`` over a connection of its own.

    Raises :class:`~whosays.errors.Unfetched`: the address is refused, the answer does not come, or is too large, or
    breaks the rules.
    """
    network = _Network(address, bounds)
    asked = address.asked
    try:
        with httpcore2.ConnectionPool(ssl_context=trusted, network_backend=network) as pool:
            wanted = {"Host": address.netloc, "Accept-Encoding": "gzip, deflate, br", "Connection": "close", **headers}
            timeouts = dict.fromkeys(("connect", "read", "write", "pool"), bounds.silence)
            with pool.stream("GET", _url(address), headers=_raw(wanted), extensions={"timeout": timeouts}) as response:
                return _read(response, asked, bounds)
    except httpcore2.TimeoutException:
        raise Unreachable(asked, network.lateness()) from None
    except httpcore2.ConnectError as error:
        raise _unconnected(address, error) from None
    except httpcore2.NetworkError:
        raise Unreachable(asked, "the connection broke off") from None
    except (httpcore2.ProtocolError, httpx2.DecodingError) as error:
        raise BrokenAnswer(asked, str(error) or "it cannot be read") from None


def _url(address: Address) -> httpcore2.URL:
    return httpcore2.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers.items()]


def _read(response: httpcore2.Response, asked: str, bounds: Bounds) -> Answer:
    unpacked = httpx2.Response(response.status, headers=response.headers, stream=_Body(response))
    body = b""
    if unpacked.is_success:
        _check_packing(unpacked, asked)
        if not bounds.cuts and _declared(unpacked) > bounds.largest:
            raise OversizedAnswer(asked, bounds.largest)
        body = _within(unpacked.iter_bytes(), asked, bounds)
    return Answer(unpacked.status_code, unpacked.reason_phrase, dict(unpacked.headers), body)


def _declared(response: httpx2.Response) -> int:
    length = response.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _check_packing(response: httpx2.Response, asked: str) -> None:
    packings = [one.lower() for one in response.headers.get_list("content-encoding", split_commas=True) if one.strip()]
    packings = [one for one in packings if one != "identity"]
    if len(packings) > 1 or not set(packings) <= set(PACKINGS):
        raise BrokenAnswer(asked, f'it is packed as "{", ".join(packings)}", which was not asked for')
    if packings == ["x-gzip"]:
        response.headers["content-encoding"] = "gzip"


def _within(pieces: Iterable[bytes], asked: str, bounds: Bounds) -> bytes:
    """The whole body, or as much of it as is allowed; nothing is read or unpacked beyond that and a piece."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > bounds.largest:
            if not bounds.cuts:
                raise OversizedAnswer(asked, bounds.largest)
            break
    return bytes(body[: bounds.largest])


def _unconnected(address: Address, error: Exception) -> Unfetched:
    cause = error.args[0] if error.args else None  # the pool takes the exception's own cause away
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = f"the certificate of {address.host} is not to be trusted ({cause.verify_message.rstrip('.')})"
        return Unreachable(address.asked, why, passing=False)
    if isinstance(cause, ssl.SSLError):
        why = f"no secure connection to {address.host} can be made ({cause.reason or cause})"
        return Unreachable(address.asked, why, passing=False)
    why = cause.strerror if isinstance(cause, OSError) and cause.strerror else "no connection"
    return Unreachable(address.asked, f"{address.host} cannot be reached ({why.lower()})")


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Network(httpcore2.NetworkBackend):
    """Connections of one exchange: to a machine that was checked, until the time is up."""

    def __init__(self, address: Address, bounds: Bounds) -> None:
        self._address, self._bounds = address, bounds
        self._until = time.monotonic() + bounds.whole

    def left(self, timeout: float | None) -> float:
        """Seconds that the next step may take."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left if timeout is None else min(left, timeout)

    def lateness(self) -> str:
        if time.monotonic() >= self._until:
            return f"the answer took longer than {self._bounds.whole:g} s"
        return f"the server was silent for {self._bounds.silence:g} s"

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        del host, local_address, socket_options  # the machine is looked up once, here, and asked by its number
        bounds = self._bounds
        found = addresses.resolve(self._address, allow_private=bounds.allow_private, within=self.left(timeout))
        failure: Exception = httpcore2.ConnectError("no address")
        for ip in found:
            try:
                return _Stream(httpcore2.SyncBackend().connect_tcp(ip, port, self.left(timeout)), self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


class _Stream(httpcore2.NetworkStream):
    """A connection that ends when the time for the whole is up, however busy it is."""

    def __init__(self, inner: httpcore2.NetworkStream, network: _Network) -> None:
        self._inner, self._network = inner, network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = self._network.left(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
