"""Markup -> elements, and the text in them. The only home of lxml.

Safe with hostile input: entities are not expanded, nothing outside the document is fetched, and a document that
declares entities of its own is refused. Broken markup is read as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final, TypeAlias

from ..errors import BrokenMarkup

# lxml has no types of its own; its elements travel under this name.
Element: TypeAlias = Any

_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=")
_BLOCKS: Final = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 blockquote section article br hr tr dt dd dl pre header footer main aside "
    "block hl1 hl2 table body body.content body.head body.end".split()
)
_LEFT_OUT: Final = frozenset(
    "script style figure figcaption iframe form button nav svg audio video noscript template select object "
    "media".split()
)
_SPACE: Final = re.compile(r"\s+")
_DEEPEST: Final = 200  # elements within elements; hand-written pages have some 30


def elements(
    chunks: Iterable[bytes], wanted: frozenset[str], where: str, charset: str | None = None
) -> Iterator[Element]:
    """The elements with one of the local names ``wanted``, each whole, as they come; what is behind is forgotten.

    The first is the document's root, without its content. Raises :class:`BrokenMarkup` for a document that declares
    entities or in which no element is found.
    """
    from lxml import etree

    parser: Any = None
    rooted = False
    for chunk in chunks:
        if parser is None:
            if not (chunk := chunk.lstrip(b"\xef\xbb\xbf \t\r\n")):
                continue
            parser = _pull_parser(etree, chunk, charset)
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError:
            break
        for found in _taken(parser, wanted, where, rooted):
            rooted = True
            yield found
    if parser is not None:
        with suppress(etree.XMLSyntaxError, TypeError):
            parser.close()
        for found in _taken(parser, wanted, where, rooted):
            rooted = True
            yield found
    if not rooted:
        raise BrokenMarkup(where)


def _pull_parser(etree: Any, head: bytes, charset: str | None) -> Any:
    encoding = None
    if not _DECLARED.match(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            head[:-4].decode("utf-8")
        except UnicodeDecodeError:
            encoding = charset or "cp1252"
    settings = {"recover": True, "resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    try:
        return etree.XMLPullParser(events=("start", "end"), encoding=encoding, **settings)
    except LookupError:
        return etree.XMLPullParser(events=("start", "end"), encoding="cp1252", **settings)


def _taken(parser: Any, wanted: frozenset[str], where: str, rooted: bool) -> Iterator[Element]:
    for event, element in parser.read_events():
        if event == "start":
            if not rooted:
                declared = element.getroottree().docinfo.internalDTD
                if declared is not None and any(True for _ in declared.iterentities()):
                    raise BrokenMarkup(where, "declares entities of its own, which are not read")
                rooted = True
                yield element
        elif local(element) in wanted and element.getparent() is not None:
            yield element
            element.clear(keep_tail=False)
            while (before := element.getprevious()) is not None and local(before) in wanted:
                element.getparent().remove(before)


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    name = element.tag
    return name.rpartition("}")[2].rpartition(":")[2] if isinstance(name, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children with one of the names, in the order of the names."""
    for name in names:
        yield from (child for child in element if local(child) == name)


def child(element: Element, *names: str) -> Element | None:
    return next(children(element, *names), None)


def within(element: Element, *names: str) -> Iterator[Element]:
    """All descendants with one of the names, in order of the document."""
    return (inner for inner in element.iter() if local(inner) in names)


def words(element: Element | None) -> str | None:
    """The text of an element and all in it on one line; ``None`` where there is none."""
    if element is None:
        return None
    return _SPACE.sub(" ", "".join(_strings(element))).strip() or None


def written(element: Element) -> bytes:
    """The element as a document of its own."""
    from lxml import etree

    found: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return found


def content(element: Element) -> str:
    """What an element holds: markup that is written as text, text, or elements; as lines of text."""
    if len(element) == 0:
        return paragraphs(element.text or "")
    return _lines(element)


def paragraphs(markup: str) -> str:
    """The text of a piece of HTML, a line for each paragraph, without scripts, figures and forms."""
    if "<" not in markup and "&" not in markup:
        return "\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in markup.splitlines())))
    tree = page(f"<div>{markup}</div>")
    return "" if tree is None else _lines(tree)


def page(text: str) -> Element | None:
    """An HTML page as a tree, however broken it is; ``None`` where there is nothing in it."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _strings(element: Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield from element.itertext(*("*",)) if len(element) else (element.text or "",)


def _lines(element: Element) -> str:
    parts: list[str] = []
    _gather(element, parts, 0)
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\v"))
    return "\n".join(filter(None, lines))


def _gather(element: Element, parts: list[str], depth: int) -> None:
    """Text in order, ``\\v`` (which no document may hold) where a block begins or ends."""
    name = local(element)
    if name and name not in _LEFT_OUT and depth < _DEEPEST:
        if name in _BLOCKS:
            parts.append("\v")
        parts.append((element.text or "").replace("\v", " "))
        for inner in element:
            _gather(inner, parts, depth + 1)
            parts.append((inner.tail or "").replace("\v", " "))
        if name in _BLOCKS:
            parts.append("\v")
