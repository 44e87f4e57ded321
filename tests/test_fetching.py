"""Fetching, against a real server that misbehaves."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import brotli
import pytest
import trustme
from server import Quick, Site, answer, serving

from whosays import errors
from whosays.library import addresses
from whosays.library.fetching import Fetched, Fetcher, NotModified
from whosays.settings import Settings
from whosays.text import decoding

CALM = Settings(allow_private=True, largest_answer=100_000, tries=1, contact="desk@example.org")
HASTY = replace(CALM, longest_fetch=0.6, longest_silence=0.4)  # for servers that keep one waiting
PATIENT = replace(CALM, tries=3)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def fetch(site: Site, target: str = "/a", settings: Settings = CALM, **known: Any) -> Fetched | NotModified:
    return Fetcher(settings, clock=Quick()).get(site.url(target), **known)


def fetched(site: Site, target: str = "/a", settings: Settings = CALM) -> Fetched:
    got = fetch(site, target, settings)
    assert isinstance(got, Fetched)
    return got


# What goes well


def test_an_answer_comes_with_all_that_the_server_says_of_it(site: Site) -> None:
    site.routes["/a"] = answer(
        "<p>ok</p>", Content_Type="Text/HTML; charset=utf-8", ETag='"v1"', Last_Modified="Sat, 14 Mar 2026 10:00:00 GMT"
    )
    assert fetched(site) == Fetched(
        url=site.url("/a"),
        final_url=site.url("/a"),
        status=200,
        media_type="text/html; charset=utf-8",
        body=b"<p>ok</p>",
        etag='"v1"',
        last_modified="Sat, 14 Mar 2026 10:00:00 GMT",
        fetched_at="2026-03-14T12:00:01Z",
    )


def test_the_agent_says_who_asks_and_whom_to_write_to(site: Site) -> None:
    site.routes["/a"] = answer()
    fetch(site)
    assert all(heard.headers["user-agent"] == "whosays/0.1.0 (+desk@example.org)" for heard in site.heard)


def test_a_contact_cannot_smuggle_in_headers(site: Site) -> None:
    site.routes["/a"] = answer()
    Fetcher(Settings(allow_private=True, contact="desk\r\nCookie: a=b"), clock=Quick()).get(site.url("/a"))
    assert "cookie" not in site.heard[-1].headers


def test_an_address_is_asked_for_in_ascii(site: Site) -> None:
    site.routes["/caf%C3%A9/na%20me?q=%E2%82%AC&b=%20"] = answer("ok")
    assert fetched(site, "/café/na me?q=€&b=%20#part").body == b"ok"


@pytest.mark.parametrize(
    ("packing", "pack"),
    [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)],
)
def test_a_packed_answer_is_unpacked(site: Site, packing: str, pack: Any) -> None:
    site.routes["/a"] = answer(pack(b"who says so?" * 500), Content_Encoding=packing)
    assert fetched(site).body == b"who says so?" * 500


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.routes["/a"] = answer(status="304 Not Modified")
    got = fetch(site, etag='"v1"', last_modified="Sat, 14 Mar 2026 10:00:00 GMT")
    assert isinstance(got, NotModified)
    assert site.heard[-1].headers["if-none-match"] == '"v1"'
    assert site.heard[-1].headers["if-modified-since"] == "Sat, 14 Mar 2026 10:00:00 GMT"


def test_nothing_new_is_no_answer_to_who_asked_for_the_first_time(site: Site) -> None:
    site.routes["/a"] = answer(status="304 Not Modified")
    with pytest.raises(errors.BadStatus, match="304"):
        fetch(site)


def test_a_redirect_is_followed_and_remembered(site: Site) -> None:
    site.routes["/a"] = answer(status="301 Moved", Location="/b?c=d#e")
    site.routes["/b?c=d"] = answer("there")
    got = fetched(site)
    assert (got.url, got.final_url, got.body) == (site.url("/a"), site.url("/b?c=d"), b"there")


@pytest.mark.parametrize("charset", ["utf-16", "x-nonsense", "iso-8859-1"])
def test_a_wrong_charset_changes_no_byte(site: Site, charset: str) -> None:
    body = "<p>Zoë said “yes”</p>".encode()
    site.routes["/a"] = answer(body, Content_Type=f"text/html; charset={charset}")
    got = fetched(site)
    assert got.body == body
    assert got.media_type == f"text/html; charset={charset}"
    assert "Zoë said “yes”" in decoding.decode(got.body)


def test_what_follows_the_length_that_was_said_is_not_read(site: Site) -> None:
    site.routes["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody and HTTP/1.1 200 OK\r\n\r\nmore"
    assert fetched(site).body == b"body"


def test_an_address_with_an_ipv6_number_is_asked_for_by_it() -> None:
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    heard: list[bytes] = []

    def talk() -> None:
        for _ in range(2):
            connection, _ = listening.accept()
            with connection:
                heard.append(connection.recv(65_536))
                connection.sendall(answer("six"))

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    with listening:
        got = Fetcher(CALM, clock=Quick()).get(f"http://[::1]:{port}/a")
        thread.join(timeout=10)
    assert isinstance(got, Fetched)
    assert got.body == b"six"
    assert f"\r\nHost: [::1]:{port}\r\n".encode() in heard[1]


# Time


def test_a_server_that_never_answers_is_given_up(site: Site) -> None:
    site.routes["/a"] = site.never
    with pytest.raises(errors.Unreachable, match=r"silent for 0\.4 s"):
        fetch(site, settings=HASTY)


def test_a_body_that_drips_is_given_up_when_the_time_is_up(site: Site) -> None:
    site.routes["/a"] = site.drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x")
    with pytest.raises(errors.Unreachable, match=r"longer than 0\.[56]\d* s"):
        fetch(site, settings=HASTY)


def test_headers_that_drip_are_given_up_too(site: Site) -> None:
    site.routes["/a"] = site.drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")
    with pytest.raises(errors.Unreachable, match="longer than"):
        fetch(site, settings=HASTY)


def test_a_server_that_always_says_continue_is_given_up(site: Site) -> None:
    site.routes["/a"] = site.drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")
    with pytest.raises(errors.Unreachable, match="longer than"):
        fetch(site, settings=HASTY)


def test_a_name_that_is_looked_up_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(5) and [])
    with pytest.raises(errors.Unreachable, match="not found in time"):
        Fetcher(HASTY, clock=Quick()).get("http://press.example/a")
    over.set()


class Impatient(Quick):
    """Real time, but for pauses, which take none."""

    def now(self) -> float:
        return time.monotonic()


def test_all_tries_together_have_the_time_of_one_address(site: Site) -> None:
    site.routes["/a"] = site.drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x")
    with pytest.raises(errors.Unreachable, match="longer than"):
        Fetcher(replace(HASTY, tries=3), clock=(clock := Impatient())).get(site.url("/a"))
    assert site.pages == ["/a"]
    assert all(seconds <= HASTY.host_pause for seconds in clock.waited)


# Size


def test_an_endless_body_is_not_read_to_the_end(site: Site) -> None:
    site.routes["/a"] = site.flood(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000)
    with pytest.raises(errors.OversizedAnswer, match="100,000 bytes"):
        fetch(site)


def test_a_body_that_says_it_is_too_large_is_not_read_at_all(site: Site) -> None:
    site.routes["/a"] = site.drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n", b"")
    with pytest.raises(errors.OversizedAnswer):
        fetch(site)


@pytest.mark.parametrize(
    ("packing", "bomb"),
    [
        ("gzip", gzip.compress(bytes(30_000_000))),
        ("deflate", zlib.compress(bytes(30_000_000))),
        ("br", brotli.compress(bytes(30_000_000), quality=4)),
    ],
)
def test_a_bomb_is_not_unpacked(site: Site, packing: str, bomb: bytes) -> None:
    assert len(bomb) < 100_000
    site.routes["/a"] = answer(bomb, Content_Encoding=packing)
    with pytest.raises(errors.OversizedAnswer):
        fetch(site)


@pytest.mark.parametrize("packing", ["gzip, gzip", "compress", "gzip, br"])
def test_a_packing_that_was_not_asked_for_is_refused(site: Site, packing: str) -> None:
    site.routes["/a"] = answer(b"...", Content_Encoding=packing)
    with pytest.raises(errors.BrokenAnswer, match="packed"):
        fetch(site)


def test_broken_packing_is_said(site: Site) -> None:
    site.routes["/a"] = answer(b"this is no gzip", Content_Encoding="gzip")
    with pytest.raises(errors.BrokenAnswer):
        fetch(site)


# Answers that break the rules


@pytest.mark.parametrize(
    "broken",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nonly so much",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\nworld",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n500\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffffffffffff\r\nhello",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"\x16\x03\x01\x02",
        b"",
        b"HTTP/1.1 200 OK\r\nX-A: b",
    ],
)
def test_a_broken_answer_is_no_article(site: Site, broken: bytes) -> None:
    site.routes["/a"] = broken
    with pytest.raises(errors.BrokenAnswer):
        fetch(site)


@pytest.mark.parametrize("wave", [b"X-Flood: " + b"y" * 500 + b"\r\n", b"z" * 1000])
def test_a_flood_of_headers_is_not_read(site: Site, wave: bytes) -> None:
    site.routes["/a"] = site.flood(b"HTTP/1.1 200 OK\r\n", wave)
    with pytest.raises(errors.BrokenAnswer):
        fetch(site)


def test_a_connection_that_is_refused_is_said() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(errors.Unreachable, match="cannot be reached"):
            Fetcher(CALM, clock=Quick()).get(f"http://127.0.0.1:{port}/")


def test_a_name_that_nobody_has_is_said() -> None:
    with pytest.raises(errors.Unreachable, match="no host of the name"):
        Fetcher(PATIENT, clock=Quick()).get("http://nobody.invalid/")


def test_each_failure_is_one_line_that_names_the_address(site: Site) -> None:
    site.routes["/a"] = answer(status="404 Not\x07 Found")
    with pytest.raises(errors.WhosaysError) as caught:
        fetch(site)
    assert str(caught.value).startswith(site.url("/a"))
    assert str(caught.value).isprintable()


# Redirects


def test_a_redirect_in_a_circle_ends(site: Site) -> None:
    site.routes["/a"] = answer(status="302 Found", Location="/b")
    site.routes["/b"] = answer(status="302 Found", Location="/a")
    with pytest.raises(errors.EndlessRedirects):
        fetch(site, settings=Settings(allow_private=True, most_redirects=4))
    assert len(site.pages) == 5


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://example.org/a", "javascript:alert(1)", "data:text/html,a", "gopher://a/"]
)
def test_a_redirect_leads_nowhere_but_to_the_web(site: Site, location: str) -> None:
    site.routes["/a"] = answer(status="302 Found", Location=location)
    with pytest.raises(errors.BadAddress, match="leads to"):
        fetch(site)


@pytest.mark.parametrize("location", ["http://[::1", "https://a b/", "http://example.org:port/"])
def test_a_redirect_to_no_address_at_all_is_said(site: Site, location: str) -> None:
    site.routes["/a"] = answer(status="302 Found", Location=location)
    with pytest.raises(errors.BadAddress, match="leads to"):
        fetch(site)


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1")
    for private in ("http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://0x7f.1.2/"):
        site.routes["/a"] = answer(status="302 Found", Location=private)
        with pytest.raises(errors.RefusedAddress, match="private network"):
            fetch(site, settings=Settings(longest_fetch=2, tries=1))


# Private networks


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0"])
def test_the_own_machine_is_not_asked_unless_a_setting_allows_it(site: Site, host: str) -> None:
    with pytest.raises(errors.RefusedAddress):
        Fetcher(Settings(), clock=Quick()).get(site.url("/a", host))
    assert site.heard == []


def test_a_name_that_changes_its_machine_after_the_check_is_asked_at_the_checked_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machines = iter(["93.184.216.34"])
    connected: list[Any] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(machines, "127.0.0.1"), port))]

    def connect(at: Any, *_: Any, **__: Any) -> socket.socket:
        connected.append(at)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    fetcher = Fetcher(Settings(tries=2), clock=Quick())
    with pytest.raises(errors.RefusedAddress, match=r"127\.0\.0\.1"):
        fetcher.get("http://rebinding.example/a")
    assert connected == [("93.184.216.34", 80)]


def test_of_a_name_with_public_and_private_machines_only_the_public_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(None, None, None, "", (ip, 80)) for ip in ("10.0.0.1", "93.184.216.34", "::1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    address = addresses.parse("http://both.example/")
    assert addresses.resolve(address, allow_private=False, within=1) == ("93.184.216.34",)


# TLS


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def _secured(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def _trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_secure_site_is_fetched(authority: trustme.CA) -> None:
    with serving(_secured(authority, "localhost")) as site:
        site.routes["/a"] = answer("safe")
        got = Fetcher(PATIENT, clock=Quick(), trusted=_trusting(authority)).get(site.url("/a", "localhost"))
        assert isinstance(got, Fetched)
        assert got.body == b"safe"


def test_a_certificate_for_another_name_is_not_trusted(authority: trustme.CA) -> None:
    with serving(_secured(authority, "elsewhere.example")) as site:
        with pytest.raises(errors.Unreachable, match="certificate") as caught:
            Fetcher(PATIENT, clock=Quick(), trusted=_trusting(authority)).get(site.url("/a", "localhost"))
        assert site.heard == []
    assert not caught.value.passing


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(authority: trustme.CA) -> None:
    with serving(_secured(authority, "localhost")) as site, pytest.raises(errors.Unreachable, match="certificate"):
        Fetcher(PATIENT, clock=Quick()).get(site.url("/a", "localhost"))


def test_a_server_that_speaks_no_tls_is_said(site: Site) -> None:
    with pytest.raises(errors.Unreachable, match="no secure connection"):
        Fetcher(CALM, clock=Quick()).get(site.url("/a").replace("http:", "https:"))


# Servers in trouble


def test_a_passing_failure_is_tried_again_after_growing_pauses(site: Site) -> None:
    broken = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nonly so much"
    site.routes["/a"] = [answer(status="500 Oh"), broken, answer("at last")]
    clock = Quick()
    got = Fetcher(PATIENT, clock=clock).get(site.url("/a"))
    assert isinstance(got, Fetched)
    assert got.body == b"at last"
    pauses = [seconds for seconds in clock.waited if seconds > PATIENT.host_pause]
    assert pauses == [2.0, 4.0]


def test_a_server_is_not_tried_for_ever(site: Site) -> None:
    site.routes["/a"] = answer(status="500 Oh")
    with pytest.raises(errors.BadStatus, match="500 Internal Server Error") as caught:
        fetch(site, settings=PATIENT)
    assert site.asked_for("/a") == PATIENT.tries
    assert caught.value.passing


def test_a_page_that_is_not_there_is_asked_for_once(site: Site) -> None:
    with pytest.raises(errors.BadStatus, match="404") as caught:
        fetch(site, settings=PATIENT)
    assert site.asked_for("/a") == 1
    assert not caught.value.passing


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("after", ["30", "Sat, 14 Mar 2026 12:00:31 GMT"])
def test_a_server_that_asks_for_time_gets_it(site: Site, status: str, after: str) -> None:
    site.routes["/a"] = [answer(status=status, Retry_After=after), answer("rested")]
    clock = Quick()
    got = Fetcher(PATIENT, clock=clock).get(site.url("/a"))
    assert isinstance(got, Fetched)
    assert sum(clock.waited) == pytest.approx(31, abs=0.5)  # robots.txt, then a second, then thirty


def test_a_server_that_asks_for_an_hour_is_not_asked_again_for_anything(site: Site) -> None:
    site.routes["/a"] = answer(status="429 Too Many Requests", Retry_After="3600")
    site.routes["/b"] = answer("b")
    clock = Quick()
    fetcher = Fetcher(PATIENT, clock=clock)
    for target in ("/a", "/b"):
        with pytest.raises(errors.AskedToWait) as caught:
            fetcher.get(site.url(target))
        assert caught.value.seconds > 3590
    assert site.pages == ["/a"]
    clock.wait(3600)
    assert isinstance(fetcher.get(site.url("/b")), Fetched)


def test_a_wish_that_is_neither_number_nor_date_is_overheard(site: Site) -> None:
    site.routes["/a"] = [answer(status="503 Busy", Retry_After="soon"), answer("ok")]
    assert fetched(site, settings=PATIENT).body == b"ok"


# Politeness


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between_two(site: Site) -> None:
    at_once, most = 0, 0
    lock = threading.Lock()

    def slowly(connection: socket.socket, _: Any) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        site.closing.wait(0.02)
        with lock:
            at_once -= 1
        connection.sendall(answer("ok"))

    site.routes.update({f"/{number}": slowly for number in range(6)})
    clock = Quick()
    fetcher = Fetcher(PATIENT, clock=clock)
    fetcher.get(site.url("/0"))
    threads = [threading.Thread(target=fetcher.get, args=(site.url(f"/{number}"),)) for number in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(site.pages), most) == (6, 1)
    assert clock.waited == [PATIENT.host_pause] * 6  # robots.txt is the seventh request


def test_what_robots_forbids_is_not_fetched(site: Site) -> None:
    site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /a\n")
    site.routes["/a"] = answer("private")
    site.routes["/b"] = answer("public")
    with pytest.raises(errors.ForbiddenByRobots):
        fetch(site, "/a")
    assert fetched(site, "/b").body == b"public"
    assert site.asked_for("/a") == 0


def test_robots_counts_at_every_host_that_a_redirect_leads_to(site: Site) -> None:
    with serving() as other:
        other.routes["/robots.txt"] = answer("User-agent: whosays\nDisallow: /\n")
        site.routes["/a"] = answer(status="302 Found", Location=other.url("/b"))
        with pytest.raises(errors.ForbiddenByRobots):
            fetch(site)
        assert other.pages == []


def test_robots_is_asked_for_once_a_day(site: Site) -> None:
    site.routes["/a"] = answer("ok")
    clock = Quick()
    fetcher = Fetcher(PATIENT, clock=clock)
    fetcher.get(site.url("/a"))
    fetcher.get(site.url("/a"))
    assert site.asked_for("/robots.txt") == 1
    clock.wait(86_401)
    fetcher.get(site.url("/a"))
    assert site.asked_for("/robots.txt") == 2


def test_a_robots_file_of_ten_megabytes_counts_as_far_as_it_is_read(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /a\n" + b"# nothing to see here\n" * 450_000 + b"Disallow: /b\n"
    assert len(rules) > 9_000_000
    site.routes["/robots.txt"] = answer(rules)
    site.routes["/b"] = answer("b")
    with pytest.raises(errors.ForbiddenByRobots):
        fetch(site, "/a", PATIENT)
    assert fetched(site, "/b", PATIENT).body == b"b"


@pytest.mark.parametrize("trouble", ["never", "500", "broken"])
def test_where_robots_cannot_be_read_nothing_is_fetched_for_now(site: Site, trouble: str) -> None:
    site.routes["/a"] = answer("a")
    bad = {
        "never": site.never,
        "500": answer(status="500 Oh"),
        "broken": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
    }
    site.routes["/robots.txt"] = [bad[trouble], answer("")]
    clock = Quick()
    fetcher = Fetcher(HASTY, clock=clock)
    for _ in range(2):
        with pytest.raises(errors.Unreachable, match=r"robots\.txt cannot be read"):
            fetcher.get(site.url("/a"))
    assert [heard.target for heard in site.heard] == ["/robots.txt"]
    clock.wait(601)
    assert isinstance(fetcher.get(site.url("/a")), Fetched)


def test_a_robots_file_that_redirects_for_ever_is_none(site: Site) -> None:
    site.routes["/robots.txt"] = answer(status="302 Found", Location="/robots.txt")
    site.routes["/a"] = answer("a")
    assert fetched(site).body == b"a"


def test_a_pause_that_a_site_asks_for_is_kept_within_reason(site: Site) -> None:
    for wish, kept in ((7, 7.0), (86_400, PATIENT.longest_host_pause)):
        site.routes["/robots.txt"] = answer(f"User-agent: *\nCrawl-delay: {wish}\n")
        site.routes["/a"] = answer("a")
        clock = Quick()
        fetcher = Fetcher(PATIENT, clock=clock)
        fetcher.get(site.url("/a"))
        fetcher.get(site.url("/a"))
        assert clock.waited == [PATIENT.host_pause, kept]


def test_a_pause_ends_when_the_work_is_to_stop(site: Site) -> None:
    stop = threading.Event()
    site.routes["/a"] = answer("a")
    fetcher = Fetcher(PATIENT, clock=Quick(stop))
    fetcher.get(site.url("/a"))
    stop.set()
    with pytest.raises(errors.Stopped):
        fetcher.get(site.url("/a"))
    assert site.pages == ["/a"]
