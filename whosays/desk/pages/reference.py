"""The HTTP interface for people: each address, what may be asked of it and what it answers, as OpenAPI has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whosays.desk import shown

router = APIRouter()
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """``takes`` are the media types of its body; ``gives`` a line for each status, the status first."""

    method: str
    path: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    takes: tuple[str, ...]
    gives: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        return f"{self.method}{self.path}".lower().replace("/", "-").replace("{", "").replace("}", "")


@dataclass(frozen=True, slots=True)
class Type:
    name: str
    about: str
    fields: tuple[Parameter, ...]


@router.get("/api")
def reference(request: Request) -> HTMLResponse:
    described: Json = request.app.openapi()
    types = [_type(name, schema) for name, schema in sorted(described["components"]["schemas"].items())]
    return shown.page(
        request, "api.html", operations=list(_operations(described)), types=[type_ for type_ in types if type_.fields]
    )


def _operations(described: Json) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield Operation(
                method.upper(),
                path,
                operation.get("summary", ""),
                operation.get("description", ""),
                tuple(
                    Parameter(one["name"], _kind(one["schema"]), _about(one)) for one in operation.get("parameters", ())
                ),
                tuple(operation.get("requestBody", {}).get("content", ())),
                tuple((status, _answer(answer)) for status, answer in sorted(operation["responses"].items())),
            )


def _about(parameter: Json) -> str:
    """What is said of a parameter, or of its type."""
    return str(parameter.get("description") or parameter["schema"].get("description", ""))


def _answer(answer: Json) -> str:
    forms = [
        f"{media_type}: {kind}" if (kind := _kind(form.get("schema", {}))) not in ("", "string") else media_type
        for media_type, form in answer.get("content", {}).items() if "problem" not in media_type
    ]  # fmt: skip
    said = str(answer["description"]).replace("Successful Response", "")
    return " · ".join(part for part in (said, *forms) if part)


def _type(name: str, schema: Json) -> Type:
    needed = set(schema.get("required", ()))
    return Type(
        name,
        schema.get("description", ""),
        tuple(
            Parameter(field, _kind(one) + ("" if field in needed else ", may be absent"), one.get("description", ""))
            for field, one in schema.get("properties", {}).items()
        ),
    )


def _kind(schema: Json) -> str:
    """A schema in a few words: "list of Claim", "string or null", "named | anonymous", "integer, 1 to 1000"."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "array":
        return "pair of numbers" if _is_span(schema) else f"list of {_kind(schema.get('items', {})) or 'pairs'}"
    kind = str(schema.get("format") or schema.get("type", ""))
    if "minimum" in schema and "maximum" in schema and schema["maximum"] < 2**31:
        kind += f", {schema['minimum']} to {schema['maximum']}"
    usual = schema.get("default")
    return kind if usual is None else f"{kind}, {str(usual).lower()} if not given"


def _is_span(schema: Json) -> bool:
    return [one.get("type") for one in schema.get("prefixItems", ())] == ["integer", "integer"]
