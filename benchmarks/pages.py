"""Page extraction beside other programs: how right, on the two sets of `benchmarks.extraction`, and how fast.

    pip install readability-lxml newspaper4k resiliparse
    python -m benchmarks.pages --shared ../shared

Each program is given the text of the page as whosays decodes it and asked for the article's text; a page that breaks it
counts as an empty one. Milliseconds a page are the median of the rounds, over the pages of the first set, all programs
in turn. Prints JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import extraction
from benchmarks.extraction import Extract
from whosays.text import decoding

ROUNDS = 3


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    folder = ask.parse_args().shared / "data/extraction"
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((folder / "article_benchmark_html").iterdir())]
    known = dict(programs())
    rounds: list[dict[str, float]] = [
        {name: _seconds(extract, pages) / len(pages) for name, extract in known.items()} for _ in range(ROUNDS)
    ]
    found = {
        name: {
            "article benchmark (F1)": extraction.of_pages(list(extraction.article_benchmark(folder, extract)))["F1"],
            "trafilatura's set (F1)": extraction.of_sums(list(extraction.trafilatura_set(folder, extract)))["F1"],
            "milliseconds a page": round(1000 * statistics.median(each[name] for each in rounds), 1),
        }
        for name, extract in known.items()
    }
    print(json.dumps(found, indent=1))


def _seconds(extract: Extract, pages: list[bytes]) -> float:
    begun = time.perf_counter()
    for page in pages:
        extract(page)
    return time.perf_counter() - begun


def programs() -> Iterator[tuple[str, Extract]]:
    """What is installed of them."""
    import trafilatura

    yield "whosays", extraction.extracted
    yield "trafilatura", lambda page: trafilatura.extract(decoding.decode(page), include_comments=False) or ""
    try:
        import lxml.html
        import readability
    except ImportError:
        pass
    else:

        def by_readability(page: bytes) -> str:
            try:
                summary = readability.Document(decoding.decode(page)).summary(html_partial=True)
                return str(lxml.html.fromstring(summary).text_content())
            except Exception:  # it raises whatever it meets
                return ""

        yield "readability-lxml", by_readability
    try:
        import newspaper
    except ImportError:
        pass
    else:

        def by_newspaper(page: bytes) -> str:
            try:
                article = newspaper.Article("https://outlet.example/article", fetch_images=False)
                article.download(input_html=decoding.decode(page))
                article.parse()
                return str(article.text)
            except Exception:
                return ""

        yield "newspaper4k", by_newspaper
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError:
        pass
    else:
        yield "resiliparse", lambda page: str(extract_plain_text(decoding.decode(page), main_content=True))


if __name__ == "__main__":
    main()
