"""``whosays watch`` as a user starts it: a process, a real server, a real library, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from server import Site, answer, serving

from whosays.library import failures
from whosays.library.store import Library

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PAGE = (EXAMPLES / "karsholm-dam" / "channel-nine.html").read_bytes()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        items = "".join(f"<item><title>t</title><link>{site.url(at)}</link></item>" for at in ("/dam", "/gone"))
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Nine\x07</title>{items}</channel></rss>'
        site.routes["/feed"] = answer(feed, Content_Type="application/rss+xml", ETag='"v1"')
        site.routes["/dam"] = answer(PAGE, Content_Type="text/html")
        yield site


def whosays(library: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "whosays", arguments[0], "--library", str(library), *arguments[1:]]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def ended(program: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = program.communicate(timeout=120)
    return program.returncode, out, err


def watched(library: Path, *arguments: str, until: str) -> tuple[int, str]:
    """What a watch said that was interrupted once it had said ``until``."""
    said = []
    with whosays(library, "watch", *arguments) as program:
        assert program.stdout is not None
        for line in program.stdout:
            said.append(line)
            if until in line:
                program.send_signal(signal.SIGINT)
                break
        said += program.stdout
        assert program.wait(timeout=120) == 0
    return program.returncode, "".join(said)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_articles_of_a_feed_come_into_the_library_until_ctrl_c(site: Site, tmp_path: Path) -> None:
    library = tmp_path / "w.db"
    _, told = watched(library, site.url("/feed"), "--allow-private", until="1 new")
    assert "Watching 1 feed, every 10 min" in told
    assert "404" in told
    assert "Stopped. 1 article fetched, 1 new or changed." in told
    assert all(line.isprintable() for line in told.splitlines())

    code, out, _ = ended(whosays(library, "status"))
    assert code == 0
    assert "1 article of 1 outlet in 1 story" in out
    assert "404" in out
    with Library.open(library) as store:
        assert [failure.source for failure in failures.all_of(store)] == [site.url("/gone")]

    site.routes["/gone"] = answer(PAGE.replace(b"Dam", b"Pond"))
    code, out, err = ended(whosays(library, "add", "--retry-failed", "--allow-private"))
    assert code == 0, err
    with Library.open(library) as store:
        assert failures.all_of(store) == []


def test_a_private_address_is_refused_unless_it_is_allowed(site: Site, tmp_path: Path) -> None:
    code, _, err = ended(whosays(tmp_path / "w.db", "add", site.url("/dam")))
    assert code == 3
    assert "--allow-private" in err
    assert site.heard == []
    code, out, err = ended(
        whosays(tmp_path / "w.db", "add", "--allow-private", "--contact", "d@x.org", site.url("/dam"))
    )
    assert code == 0, err
    assert out.startswith("1 new")
    assert site.heard[-1].headers["user-agent"].endswith("(+d@x.org)")
