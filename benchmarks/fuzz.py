"""Spoiled input for every reader, for as long as you like: nothing may crash, hang or raise.

    python -m benchmarks.fuzz --minutes 30
    python -m benchmarks.fuzz --seed 81234          # one input again; its bytes go to the file after --keep

Each input is one of a few good ones (a page, a feed, a sitemap, NewsML-G2, ninjs, JSONL, a web archive, plain or
gzipped) spoiled in one to twenty places: bytes changed, cut, repeated, moved, tags and lengths put in, two inputs
spliced. The seed alone makes it. A process of its own reads them in batches, so that a crash of a parser's C code is
seen; an input that takes more than 20 seconds counts as a hang. Prints JSON; ends with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from whosays.errors import WhosaysError
from whosays.text import reading

BATCH = 200  # inputs
LONGEST_SECONDS = 20.0  # for one input
PROSE = (
    "The mayor of Velden said on Friday that the bridge would be closed until the engineers had looked at it. "
    "She told reporters that nobody had been hurt, and that the ferry would take the school children across. "
)
TOKENS = (
    b"<", b">", b"&", b"\0", b"\xff\xfe", b"\xc3", b"]]>", b"<![CDATA[", b"<!--", b"&a;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&#xD800;", b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Content-Length: -1\r\n",
    b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n", b"Transfer-Encoding: chunked\r\n", b"\x1f\x8b\x08",
    b"{", b"[", b'"', b"\\ud800", b"\\", b"9" * 400, b"1e999", b"<div>" * 300, b"<item>", b"</item>",
    b"<time datetime='x'>",
    b'<script type="application/ld+json">{"@type":["Article"],"publisher":[[]]}</script>',
    b"charset=utf-7", b"charset=rot13",
    b"xmlns:a='b'", b"http://[", b"\xe2\x80\xa8", b'encoding="utf-16"', b'encoding="x"', b"{}", b"null",
)  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--minutes", type=float, default=30)
    ask.add_argument("--first", type=int, default=0, help="the first seed")
    ask.add_argument("--seed", type=int)
    ask.add_argument("--keep", type=Path)
    ask.add_argument("--batch", type=int, help=argparse.SUPPRESS)
    ask.add_argument("--note", type=Path, help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.batch is not None:
        sys.exit(read_batch(args.batch, args.note))
    if args.seed is not None:
        if args.keep:
            args.keep.write_bytes(spoiled(args.seed)[1])
        print(problem(args.seed) or "nothing wrong")
        return
    run(args.minutes, args.first)


def run(minutes: float, first: int) -> None:
    """Batches until the time is up; a summary at the end."""
    until, seed, found = time.monotonic() + 60 * minutes, first, []
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "seed"
        while time.monotonic() < until:
            command = [sys.executable, "-m", "benchmarks.fuzz", "--batch", str(seed), "--note", str(note)]
            try:
                ended = subprocess.run(command, capture_output=True, text=True, timeout=BATCH * LONGEST_SECONDS / 4)
                said, code = ended.stdout, ended.returncode
            except subprocess.TimeoutExpired:
                said, code = "", None
            for line in said.splitlines():
                print(line, flush=True)
                found.append(line)
            if code not in (0, 1):
                died = f"seed {note.read_text()}: " + ("hung" if code is None else f"the process died ({code})")
                print(died, flush=True)
                found.append(died)
                seed = int(note.read_text()) + 1
            else:
                seed += BATCH
    print(json.dumps({"inputs": seed - first, "minutes": minutes, "found": len(found)}))
    sys.exit(1 if found else 0)


def read_batch(first: int, note: Path) -> int:
    wrong = 0
    for seed in range(first, first + BATCH):
        note.write_text(str(seed))
        if (said := problem(seed)) is not None:
            print(f"seed {seed}: {said}")
            wrong = 1
    return wrong


def problem(seed: int) -> str | None:
    """What goes wrong in reading one input; ``None`` for nothing."""
    name, content = spoiled(seed)
    begun = time.monotonic()
    try:
        for found in reading.of_bytes(content, where=name, url="https://echo.example/story"):
            if isinstance(found, WhosaysError):
                if "\n" in str(found):
                    return f"{name}: an error of two lines"
            elif isinstance(found, reading.Entry) and not (found.article.text.strip() and found.article.id):
                return f"{name}: an article without a text or an id"
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{name}: {type(error).__name__}: {str(error)[:100]} at {Path(at.filename).name}:{at.lineno}"
    taken = time.monotonic() - begun
    return f"{name}: took {taken:.0f} s" if taken > LONGEST_SECONDS else None


def spoiled(seed: int) -> tuple[str, bytes]:
    """The name and the bytes that a seed stands for."""
    chance = random.Random(seed)
    name, content = chance.choice(GOOD)
    unzipped = name.endswith(".gz") and chance.random() < 0.7
    if unzipped:  # spoil what is inside, and zip it again
        content = gzip.decompress(content)
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        _spoil(made, chance)
    return name, gzip.compress(bytes(made), mtime=0) if unzipped else bytes(made)


def _spoil(made: bytearray, chance: random.Random) -> None:
    at, length = chance.randrange(len(made) + 1), chance.choice((1, 1, 2, 4, 16, 64, 256, 1024))
    how = chance.randrange(7)
    if how == 0:
        made[at : at + length] = chance.randbytes(min(length, 16))
    elif how == 1:
        del made[at : at + length]
    elif how == 2:
        made[at:at] = made[at : at + length] * chance.choice((1, 2, 40))
    elif how == 3:
        made[at:at] = chance.choice(TOKENS)
    elif how == 4:
        moved = made[at : at + length]
        del made[at : at + length]
        to = chance.randrange(len(made) + 1)
        made[to:to] = moved
    elif how == 5:
        other = chance.choice(GOOD)[1]
        begin = chance.randrange(len(other))
        made[at : at + length] = other[begin : begin + length]
    elif chance.random() < 0.2:
        del made[at:]
    else:
        made[at : at + length] = chance.choice(TOKENS) * chance.choice((1, 1, 3))


def page() -> bytes:
    stated = {
        "@context": "https://schema.org", "@graph": [{
            "@type": "NewsArticle", "headline": "Bridge closed", "datePublished": "2024-12-06T10:20:00+01:00",
            "publisher": {"@type": "Organization", "name": "Velden Echo"},
            "isAccessibleForFree": False, "wordCount": 90,
        }],
    }  # fmt: skip
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Bridge closed</title>"
        "<meta property='og:site_name' content='Velden Echo'>"
        "<link rel='canonical' href='/story'>"
        f"<script type='application/ld+json'>{json.dumps(stated)}</script></head><body>"
        "<nav><a href='/'>Home</a></nav>"
        f"<article><h1>Bridge closed</h1><time datetime='2024-12-06'>6 December</time><p>{PROSE}</p>"
        f"<table><tr><td>x</td></tr></table><blockquote><p>{PROSE}</p></blockquote><ul><li>One</li></ul>"
        "<p>Naïve “words”.</p></article></body></html>"
    ).encode()


def rss() -> bytes:
    item = (
        "<item><title>Bridge &amp; ferry</title><link>https://echo.example/{0}</link>"
        "<guid isPermaLink='false'>{0}</guid>"
        "<pubDate>Fri, 06 Dec 2024 10:20:00 +0100</pubDate><source url='https://post.example/rss'>Velden Post</source>"
        "<dc:creator>A B</dc:creator><content:encoded><![CDATA[<p>{1}</p>]]></content:encoded></item>"
    )
    spaces = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    items = "".join(item.format(n, PROSE * (4 * (n % 2))) for n in range(4))
    return (
        f"<?xml version='1.0'?><rss version='2.0' {spaces}><channel><title>Echo</title>{items}</channel></rss>".encode()
    )


def atom() -> bytes:
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'>"
        "<title>Echo</title>"
        "<entry><title type='html'>Bridge &amp;amp; ferry</title><link rel='alternate' href='/a'/><id>urn:a</id>"
        "<published>2024-12-06T10:20:00+01:00</published><author><name>A B</name></author><source><title>Post</title>"
        f"</source><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{PROSE * 4}</p></div></content>"
        "</entry></feed>"
    ).encode()


def sitemap() -> bytes:
    url = (
        "<url><loc>https://echo.example/{0}</loc><news:news><news:publication><news:name>Echo</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>2024-12-06T10:20:00+01:00"
        "</news:publication_date><news:title>Bridge</news:title></news:news></url>"
    )
    spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    spaces += " xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    return f"<?xml version='1.0'?><urlset {spaces}>{''.join(url.format(n) for n in range(5))}</urlset>".encode()


def newsml() -> bytes:
    return (
        "<?xml version='1.0'?><newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>"
        "<newsItem guid='urn:x:1' xml:lang='en'><itemMeta><provider qcode='nprov:ECHO'><name>Echo</name></provider>"
        "<versionCreated>2024-12-06T10:20:00+01:00</versionCreated></itemMeta><contentMeta><headline>Bridge</headline>"
        "<by>A B</by></contentMeta><contentSet><inlineXML><nitf><body><body.content>"
        f"<p>{PROSE}</p><p>{PROSE}</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"
        "</itemSet></newsMessage>"
    ).encode()


def ninjs() -> bytes:
    item = {
        "uri": "urn:echo:1", "headline": "Bridge", "versioncreated": "2024-12-06T10:20:00+01:00", "language": "en",
        "infosources": [{"name": "Echo"}], "bodies": [{"contenttype": "text/html", "value": f"<p>{PROSE}</p>" * 2}],
    }  # fmt: skip
    return json.dumps(item).encode()


def lines() -> bytes:
    rows = [{"id": str(n), "outlet": "Echo", "published": "2024-12-06", "text": PROSE * (n + 1)} for n in range(4)]
    return "".join(json.dumps(row) + "\n" for row in rows).encode() + ninjs() + b"\n"


def archive(*, by_record: bool = False) -> bytes:
    """Three pages as a web archive; ``by_record`` gzips each record on its own, as archives are kept."""
    records = []
    for number in range(3):
        zipped = number == 1
        body = gzip.compress(page(), mtime=0) if zipped else page()
        coding = b"Content-Encoding: gzip\r\n" if zipped else b""
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + coding + b"\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://echo.example/{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:0000000{number}-0000-0000-0000-000000000000>\r\n"
            "WARC-Date: 2024-12-06T10:20:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(record, mtime=0) if by_record else record for record in records)


GOOD = (
    ("page.html", page()), ("page.html.gz", gzip.compress(page(), mtime=0)), ("rss.xml", rss()), ("atom.xml", atom()),
    ("sitemap.xml", sitemap()), ("newsml.xml", newsml()), ("ninjs.json", ninjs()), ("rows.jsonl", lines()),
    ("rows.jsonl.gz", gzip.compress(lines(), mtime=0)), ("page.warc", archive()),
    ("page.warc.gz", archive(by_record=True)), ("bare", rss()),
)  # fmt: skip


if __name__ == "__main__":
    main()
