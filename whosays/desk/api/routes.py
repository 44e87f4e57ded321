"""The whole interface under one address."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI

from whosays.desk.api import articles, index, jobs, marks, names, reports, statements, stories
from whosays.desk.api.resources import GivenArticle, GivenMark, Problem, Signed

_PARTS: Final = (index, articles, jobs, statements, stories, reports, names, marks)


def add(app: FastAPI) -> None:
    """Put the interface into an application, and into its OpenAPI document."""
    for part in _PARTS:
        app.include_router(part.router, prefix="/api/v1")
    described = app.openapi

    def openapi() -> dict[str, Any]:
        made = described()
        schemas = made["components"]["schemas"]
        # named in answers and bodies that FastAPI has not made itself
        for kind in (Problem, GivenArticle, GivenMark, Signed):
            schemas.setdefault(kind.__name__, kind.model_json_schema())
        return made

    app.openapi = openapi  # type: ignore[method-assign]
