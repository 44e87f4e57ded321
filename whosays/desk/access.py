"""Who may ask the desk, and by which names: nobody but this machine, or whoever has the token."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from whosays.desk.errors import NeedsToken
from whosays.errors import UsageError

COOKIE: Final = "whosays-token"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Access:
    """``hosts`` are the names by which the desk may be asked, None any; ``token`` the file with the token's hash.

    Without ``token`` nobody is asked for one. ``proxied``: a proxy stands in front and speaks TLS.
    """

    hosts: frozenset[str] | None = _LOOPBACK
    token: Path | None = None
    proxied: bool = False


def of(library: Path, host: str, name: str | None) -> Access:
    """The access that an address to listen on asks for; ``name`` is the one under which a TLS proxy serves it.

    Where a token was made it is asked for on this machine, too: others may have accounts on it.

    Raises :class:`~whosays.desk.errors.NeedsToken` where it is open to others and no token was made.
    """
    here = is_loopback(host)
    if here and name is None:
        return Access(_LOOPBACK | {host.lower()}, file(library) if library.name and file(library).exists() else None)
    if not file(library).exists():
        raise NeedsToken(name or host)
    # whoever asks by another name has no cookie for it: the token is asked for all the same
    return Access(_LOOPBACK | {host.lower(), name.lower()} if name else None, file(library), name is not None)


def is_loopback(host: str) -> bool:
    """Whether only this machine can ask at an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def file(library: Path) -> Path:
    """Where the hash of a library's token lies: beside it, so that a copy of the library does not carry it along."""
    return library.with_name(f"{library.name}.token")


def new_token(library: Path) -> str:
    """A new token in place of the old one, which opens nothing from then on. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    path = file(library)
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            kept.write(_hash(token) + "\n")
        partial.replace(path)
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise UsageError(str(path), f"cannot be written ({why})", "Check the folder and its permissions.") from None
    return token


def fits(access: Access, token: str) -> bool:
    """Whether it is the token, compared in the same time whichever it is.

    A token of 256 random bits needs no slow hash: nobody can try as many.
    """
    if access.token is None:
        return True
    try:
        kept = access.token.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False
    return bool(kept) and hmac.compare_digest(kept, _hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
