"""Make Open Contracting releases and hold them against the standard: its schema, and what its guidance asks besides."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jsonschema import Draft4Validator, FormatChecker
from tests.library.test_library import bundled
from tests.tools import corpus

from fe_contracts import schedule_contracts
from fe_contracts.exchange.ocds import Release, release_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.exchange.ocds_known import Known
    from fe_contracts.exchange.ocds_results import Results
    from fe_contracts.model.spec import Spec

__all__ = ["codes", "loose_ends", "names_in", "release", "schema_problems"]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def _is_moment(value: object) -> bool:
    """Return whether a text is a day and a time with a zone."""
    if not isinstance(value, str):
        return True
    return bool(_MOMENT.fullmatch(value)) and dt.datetime.fromisoformat(value).tzinfo is not None


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or (bool(urlsplit(value).scheme) and " " not in value)


@cache
def _validator() -> Draft4Validator:
    """Return a validator with the formats on; the tests are skipped where the corpus is not at hand."""
    checker = FormatChecker(formats=())
    checker.checks("date-time", raises=ValueError)(_is_moment)
    checker.checks("uri")(_is_uri)
    schema = json.loads((corpus("ocds") / "release-schema-1.1.5.json").read_text("utf-8"))
    return Draft4Validator(schema, format_checker=checker)


def schema_problems(data: dict[str, Any]) -> list[str]:
    """Return where a release breaks the schema of the standard."""
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in _validator().iter_errors(data)]


def loose_ends(data: dict[str, Any]) -> list[str]:
    """Return what the schema cannot see: names used twice, references to nobody, roles without a deed, empty parts."""
    found = [f"{where}: empty" for where, value in _walk(data) if value in ({}, [], "", None)]
    for where, value in _walk(data):
        if isinstance(value, list) and value and isinstance(value[0], dict):
            names = [item["id"] for item in value]
            found += [f"{where}: {name} twice" for name in {name for name in names if names.count(name) > 1}]
    parties = {party["id"]: party for party in data["parties"]}
    contracts = data["contracts"]
    paid = [item for one in contracts for item in one.get("implementation", {}).get("transactions", [])]
    used: dict[str, list[dict[str, Any]]] = {
        "buyer": [data["buyer"]],
        "supplier": [item for award in data["awards"] for item in award["suppliers"]],
        "procuringEntity": [data["tender"]["procuringEntity"]] if "tender" in data else [],
        "payer": [item["payer"] for item in paid],
        "payee": [item["payee"] for item in paid],
    }
    for role, references in used.items():
        holders = {name for name, party in parties.items() if role in party["roles"]}
        if holders != {item["id"] for item in references}:
            found.append(f"{role}: {holders} against {references}")
        found += [f"{role}: other name" for item in references if parties[item["id"]]["name"] != item["name"]]
    awards = {award["id"] for award in data["awards"]}
    found += [f"{one['id']}: no award {one['awardID']}" for one in contracts if one["awardID"] not in awards]
    if "#" in data["id"]:
        found.append("a release id holds #")
    return found


def _walk(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    yield where, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in pairs:
        yield from _walk(item, f"{where}/{name}")


def names_in(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every name in a release with the path that leads to it, without the places in lists."""
    found = [(re.sub(r"/\d+", "", where), str(value["id"])) for where, value in _walk(data) if "id" in _members(value)]
    return sorted([*found, ("ocid", data["ocid"])])


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def release(spec: Spec, known: Known | None = None, results: Results | None = None) -> Release:
    """Return the release of a spec, its dates computed from the bundled library."""
    return release_of(spec, schedule_contracts(spec, bundled()).duties, known, results)


def codes(made: Release) -> set[str]:
    """Return the codes of what was found."""
    return {item.code for item in made.findings}
