"""The whole interface under one address."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, FastAPI

from whosays.desk.api import articles, index, jobs, names, reports, statements, stories
from whosays.desk.api.resources import GivenArticle, Problem

router: Final = APIRouter(prefix="/api/v1")
for part in (index, articles, jobs, statements, stories, reports, names):
    router.include_router(part.router)


def describe(app: FastAPI) -> None:
    """Have the OpenAPI document name the types that answers and bodies refer to without FastAPI's knowing."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        made = plain()
        schemas = made["components"]["schemas"]
        for kind in (Problem, GivenArticle):
            schemas.setdefault(kind.__name__, kind.model_json_schema())
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        return made

    app.openapi = openapi  # type: ignore[method-assign]
