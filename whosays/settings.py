"""What can be set, in one value that is built once and handed down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How whosays reads. There is no global state: whatever needs a setting is given this."""

    # Characters in one article. The longest piece that a newspaper prints has some 150,000; reading takes about
    # 2.3 MB of memory and 0.055 s for each thousand, so that this many take 900 MB and 22 s, and two million, which
    # are a book, a log or noise, would take 5 GB.
    longest_text: int = 400_000

    # Whether pages are read by the fast extractor (resiliparse), which finds less of the article: for archives.
    fast_pages: bool = False

    # ISO 639-1 codes of the languages that are analysed; the model is trained on English.
    languages: tuple[str, ...] = ("en",)

    # Fetching. Whom a webmaster may write to: an address of the web or of e-mail, sent along with every request.
    contact: str = ""
    # Whether this machine and its private networks may be asked too: for outlets mirrored in one's own house.
    allow_private: bool = False
    # Seconds for one address with its redirects and tries, polite pauses left out; and until the server's next sign
    # of life.
    longest_fetch: float = 60.0
    longest_silence: float = 20.0
    # Bytes, unpacked. Front pages of large outlets have up to 5 MB; the protocol of sitemaps allows 50, which no news
    # sitemap (1,000 addresses) comes near.
    largest_answer: int = 20_000_000
    most_redirects: int = 10
    tries: int = 3
    # Seconds between two requests to one host, and the most that a site's own wish may make of it.
    host_pause: float = 1.0
    longest_host_pause: float = 60.0
    # Hosts that are asked at the same time, one request each.
    hosts_at_once: int = 4
    # Articles that one visit to a feed may fetch; the rest come with the next.
    articles_a_visit: int = 200
