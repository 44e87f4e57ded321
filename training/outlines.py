"""Makes the outlines of the maps from world-atlas, Natural Earth's land and borders at 1:110 million.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python -m training.outlines package/countries-110m.json

Natural Earth is in the public domain; world-atlas is its TopoJSON edition (ISC licence). The file that is written holds
lines as tenths of a degree, each point as its distance from the one before.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "whosays" / "report" / "view" / "world.json"
SOURCE = "Natural Earth 1:110m (public domain), from world-atlas 2.0.2"

HALF_ROUND = 1800  # tenths of a degree

Point = tuple[int, int]


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [ring for polygon in _polygons(topology["objects"]["land"]) for ring in polygon]
    uses = Counter(
        arc if arc >= 0 else ~arc for polygon in _polygons(topology["objects"]["countries"]) for ring in polygon
        for arc in ring
    )  # fmt: skip
    made = {
        "source": SOURCE,
        "land": [_packed(_unwrapped(_joined(ring, arcs))) for ring in rings],
        "borders": [_packed(arcs[arc]) for arc, number in sorted(uses.items()) if number > 1],
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, {len(made['land'])} outlines, {len(made['borders'])} borders")


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a shape, each a list of rings, each a list of arc numbers."""
    if shape["type"] == "GeometryCollection":
        return [polygon for part in shape["geometries"] for polygon in _polygons(part)]
    if shape["type"] == "Polygon":
        return [shape["arcs"]]
    return list(shape["arcs"]) if shape["type"] == "MultiPolygon" else []


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((round((x * scale_x + move_x) * 10), round((y * scale_y + move_y) * 10)))
    return points


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += part[1:] if points else part
    return points


def _unwrapped(points: list[Point]) -> list[Point]:
    """A ring that crosses the date line goes on beyond it instead of jumping to the other edge of the map."""
    made: list[Point] = []
    shift = 0
    for x, y in points:
        if made and abs(x + shift - made[-1][0]) > HALF_ROUND:
            shift += 2 * HALF_ROUND if x + shift < made[-1][0] else -2 * HALF_ROUND
        made.append((x + shift, y))
    return made


def _packed(points: list[Point]) -> list[int]:
    """The first point, then the steps from each to the next; points that fall together only once."""
    flat: list[int] = []
    last = (0, 0)
    for point in points:
        if flat and point == last:
            continue
        flat += (point[0] - last[0], point[1] - last[1])
        last = point
    return flat


if __name__ == "__main__":
    main()
