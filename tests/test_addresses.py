"""Which addresses are asked, and which machines are anybody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.errors import BadAddress
from whosays.library import addresses


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "64:ff9b:1::1", "2001:0:7f00:1::1", "2001:0:808:808::80ff:fffe",
    ],
)  # fmt: skip
def test_private_machines_are_not_public_however_they_are_written(ip: str) -> None:
    assert not addresses.is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_machines_of_the_internet_are_public(ip: str) -> None:
    assert addresses.is_public(ip)


@pytest.mark.parametrize(
    ("url", "asked_for"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("  https://example.org:443/a?b#c ", "https://example.org/a?b"),
        ("http://example.org:8080/ä b", "http://example.org:8080/%C3%A4%20b"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2606:2800::1]:81/a", "http://[2606:2800::1]:81/a"),
        ("HTTP://example.org?q=1", "http://example.org/?q=1"),
        ("http://example.org/a\n/b", "http://example.org/a/b"),
    ],
)
def test_an_address_has_one_form(url: str, asked_for: str) -> None:
    assert addresses.parse(url).url == asked_for


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org/a", "file:///etc/passwd", "ftp://example.org/", "http://", "http:///a", "http://a b/",
        "http://example.org:99999/", "http://example.org:x/", "http://[::1", "http://user:word@example.org/",
        "http://example.org@10.0.0.1/", "mailto:a@example.org", "http://ex%61mple.org/", "http://a..b/",
        "http://" + "a" * 70 + ".example/", "http://example.org/" + "a" * 9_000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        addresses.parse(url)


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://example.org/", "http://[", "http://a:"]))
def test_no_text_breaks_the_parser_and_what_it_gives_is_ascii(text: str, start: str) -> None:
    try:
        address = addresses.parse(start + text)
    except BadAddress:
        return
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert addresses.parse(address.url).url == address.url
