"""Markup -> elements, and the text in them. The only home of lxml.

Safe with hostile input: entities are not expanded, nothing outside the document is fetched, and a document that
declares entities of its own is refused. Broken markup is read as far as it goes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final, TypeAlias

from ..errors import BrokenMarkup

# lxml has no types of its own; its elements travel under this name.
Element: TypeAlias = Any

_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w-]{2,30})[\"']")
_DECLARATION: Final = re.compile(r"<\?xml\s[^>]{0,300}\?>\s*")
_BLOCKS: Final = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 blockquote section article br hr tr dt dd dl pre header footer main aside "
    "block hl1 hl2 table body body.content body.head body.end".split()
)
_LEFT_OUT: Final = frozenset(
    "script style figure figcaption iframe form button nav svg audio video noscript template select object "
    "media".split()
)
_HALF: Final = re.compile(
    r"&#(?:x0{0,6}d[89a-f][0-9a-f]{2}|0{0,6}(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));?",
    re.IGNORECASE,
)
_VOID: Final = re.compile(r"<(br|hr|img|wbr)(?:\s[^<>]{0,2000})?(?<!/)>", re.IGNORECASE)
_LONGEST_REFERENCE: Final = 20  # characters
# Encodings of one byte for each letter that documents declare; the rest is UTF-8, or not to be trusted.
_SINGLE_BYTE: Final = ("iso-8859-", "windows-12", "cp12", "latin", "koi8-", "macroman")
_SPACE: Final = re.compile(r"\s+")
_DEEPEST: Final = 200  # elements within elements; hand-written pages have some 30


def elements(
    chunks: Iterable[bytes], wanted: Mapping[str, frozenset[str]], where: str, charset: str | None = None
) -> Iterator[Element]:
    """The elements that are ``wanted`` (by the root's name), each whole, as they come, then forgotten.

    The first is the document's root, without its content; one inside another is not given on its own. Raises
    :class:`BrokenMarkup` for a document that declares entities or in which no element is found.
    """
    from lxml import etree

    settings = {"recover": True, "resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    parser: Any = etree.XMLPullParser(events=("start", "end"), encoding="utf-8", **settings)
    rooted = False
    for chunk in _decoded(chunks, charset):
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError:
            break
        for found in _taken(parser, wanted, where, rooted):
            rooted = True
            yield found
    with suppress(etree.XMLSyntaxError, TypeError):
        parser.close()
    for found in _taken(parser, wanted, where, rooted):
        rooted = True
        yield found
    if not rooted:
        raise BrokenMarkup(where)


def _decoded(chunks: Iterable[bytes], charset: str | None) -> Iterator[bytes]:
    """The document in UTF-8, every letter of it good: over a bad one lxml stumbles when its text is asked for."""
    decoder: codecs.IncrementalDecoder | None = None
    kept = ""
    for chunk in chunks:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(chunk, charset))("replace")
            begun = decoder.decode(chunk).lstrip("\ufeff \t\r\n")
            text = _DECLARATION.sub("", begun, count=1)
        else:
            text = kept + decoder.decode(chunk)
        # a reference that the end of the piece cuts in two waits for the next piece
        cut = text.rfind("&", max(0, len(text) - _LONGEST_REFERENCE))
        text, kept = (text, "") if cut < 0 or ";" in text[cut:] else (text[:cut], text[cut:])
        yield _sound(text).encode("utf-8", "replace")
    yield _sound(kept).encode("utf-8", "replace")


def _sound(text: str) -> str:
    """Without references to halves of characters (``&#xD800;``), which lxml takes in and cannot give out.

    HTML's tags without an end are closed: in a feed that forgot to escape them they would take in all that follows.
    """
    text = _HALF.sub("\ufffd", text) if "&#" in text else text
    return _VOID.sub(r"<\1/>", text)


def _encoding(head: bytes, charset: str | None) -> str:
    """UTF-16 by its mark, UTF-8 where that can be, else what the document or its server says, else Windows-1252."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head[: len(head) - 4].decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        declared = _DECLARED.match(head.lstrip())
    for name in (declared and declared[1].decode("ascii"), charset):
        with suppress(LookupError):
            if name and name.lower().startswith(_SINGLE_BYTE):
                return codecs.lookup(name).name
    return "cp1252"


def _taken(parser: Any, wanted: Mapping[str, frozenset[str]], where: str, rooted: bool) -> Iterator[Element]:
    for event, element in parser.read_events():
        if event == "start":
            if not rooted:
                declared = element.getroottree().docinfo.internalDTD
                if declared is not None and any(True for _ in declared.iterentities()):
                    raise BrokenMarkup(where, "declares entities of its own, which are not read")
                rooted = True
                yield element
        elif event == "end" and any(local(element) in names for names in wanted.values()):
            above = list(element.iterancestors())
            names = wanted.get(local(above[-1]), frozenset()) if above else frozenset()
            if local(element) in names and not any(local(each) in names for each in above[:-1]):
                yield element
                element.clear(keep_tail=False)
                while (before := element.getprevious()) is not None and local(before) in names:
                    above[0].remove(before)


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


def named(element: Element, *names: str) -> Iterator[Element]:
    """The same of a page, whose elements have no namespaces: found in C, five times as fast."""
    found: Iterator[Element] = element.iter(*names)
    return found


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
        return etree.fromstring(_HALF.sub("\ufffd", text).replace("\0", "").encode("utf-8", "replace"), parser)
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
