"""What comes in: the body of a request, within bounds, in a form that is read."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException

from whosays.desk.api import answers
from whosays.desk.api.resources import Given

LINES: Final = (answers.LINES, "application/jsonl")
# A page, a feed, a sitemap, an item of NewsML, an archive, or plain text with or without header lines.
PAGES: Final = (
    "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "application/rss+xml",
    "application/atom+xml", "application/warc", "application/gzip",
)  # fmt: skip
_GIVEN: Final[TypeAdapter[Given]] = TypeAdapter(Given)


async def read(request: Request, forms: tuple[str, ...], most: int) -> tuple[bytes, str]:
    """The body, of at most so many bytes, and its media type with its parameters. 413 and 415 are raised."""
    written = request.headers.get("content-type", "")
    if media_type(written) not in forms:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"A body is one of: {', '.join(forms)}.",
            {"Accept-Post": ", ".join(forms)},
        )
    if (packing := request.headers.get("content-encoding", "identity").lower()) != "identity":
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f'A body packed as "{packing}" is not unpacked.',
            {"Accept-Encoding": "identity"},
        )
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise _too_large(most)
    return bytes(body), written


def media_type(written: str) -> str:
    return written.partition(";")[0].strip().lower()


def check(raw: bytes, written: str, most: int | None = None) -> None:
    """Whether a body in JSON holds articles, ``most`` of them; 400 for what is no JSON, 422 for other things."""
    if media_type(written) != answers.JSON:
        return
    try:
        given = _GIVEN.validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if first["type"] == "json_invalid":
            raise HTTPException(HTTPStatus.BAD_REQUEST, first["msg"]) from None
        where = ".".join(str(part) for part in first["loc"] if not isinstance(part, str) or part in _FIELDS)
        said = f"{where}: {first['msg']}" if where else "An article is one object with at least a text."
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, said) from None
    if most is not None and isinstance(given, list) and len(given) > most:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"There are more than {most} articles.")


def declared(forms: tuple[str, ...], most: int | None = None) -> dict[str, Any]:
    """A body in these forms, for the OpenAPI document."""
    # bytes as they are, which a schema says nothing of
    content: dict[str, Mapping[str, Any]] = {form: {} for form in forms}
    article = {"$ref": "#/components/schemas/GivenArticle"}
    several: dict[str, Any] = {"type": "array", "items": article, "minItems": 1}
    if most is not None:
        several["maxItems"] = most
    content[answers.JSON] = {"schema": {"anyOf": [article, several]}, "example": _EXAMPLE}
    return {"requestBody": {"required": True, "content": content}}


def _too_large(most: int) -> HTTPException:
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A body may have {most:,} bytes. Give it in parts.")


_FIELDS: Final = ("text", "id", "outlet", "published", "title", "url", "byline", "language")
_EXAMPLE: Final = {
    "outlet": "Harbour Post",
    "published": "2031-05-02",
    "title": "Pumps for Amral",
    "text": "The dam at Amral held through the night, a senior official told Northline on Friday.",
}
