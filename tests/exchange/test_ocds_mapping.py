"""The mapping page against the program: every field of a spec has a row, and every row is true."""

from __future__ import annotations

import json
import re
import types
import typing
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.exchange.releases import release
from tests.library.test_library import ROOT, example
from tests.tools import corpus

from fe_contracts.model.base import Model
from fe_contracts.model.spec import Spec

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "reference" / "open-contracting.md"
_ROW = re.compile(r"^\| `(?P<field>[^`|]+)` \| (?P<place>[^|]+) \|", re.MULTILINE)


@cache
def rows() -> dict[str, str]:
    """Return the rows of the mapping table: a field's path, and where it goes."""
    text = PAGE.read_text("utf-8").partition("<!-- mapping -->")[2].partition("\nMilestones stand")[0]
    found = [(match["field"], match["place"].strip()) for match in _ROW.finditer(text)]
    assert len(dict(found)) == len(found), "a field has two rows"
    return dict(found)


def covering(path: str) -> str | None:
    """Return the longest path of the table that covers a field."""
    fits = [row for row in rows() if path == row or path.startswith((f"{row}.", f"{row}["))]
    return max(fits, key=len, default=None)


def fields(model: type[Model], path: str = "") -> Iterator[str]:
    """Yield the path of every field that holds a value of its own."""
    for name, field in model.model_fields.items():
        here = f"{path}{field.alias or name}"
        inner, is_list = _model_in(field.annotation)
        if inner is None:
            yield here
        else:
            yield from fields(inner, f"{here}[]." if is_list else f"{here}.")


def _model_in(kind: Any) -> tuple[type[Model] | None, bool]:
    """Return the model that a field holds, if it holds one, and whether it holds many."""
    if isinstance(kind, type) and issubclass(kind, Model):
        return kind, False
    many = typing.get_origin(kind) is tuple
    if many or isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        for part in typing.get_args(kind):
            found, is_list = _model_in(part)
            if found is not None:
                return found, many or is_list
    return None, False


def test_every_field_of_a_spec_has_a_row() -> None:
    paths = list(fields(Spec))
    assert "funding[].federal_award.award_id_fain" in paths
    assert [path for path in paths if covering(path) is None] == []


def test_every_row_is_about_a_field_of_a_spec() -> None:
    paths = list(fields(Spec))
    assert [
        row for row in rows() if not any(path == row or path.startswith((f"{row}.", f"{row}[")) for path in paths)
    ] == []


def _stands_in(schema: dict[str, Any], path: str) -> bool:
    """Return whether the standard's schema has a place of that path."""
    place = schema
    for step in path.split("."):
        if "$ref" in place:
            place = schema["definitions"][place["$ref"].rpartition("/")[2]]
        place = place["properties"].get(step.removesuffix("[]"))
        if place is None:
            return False
        if step.endswith("[]"):
            place = place["items"]
    return True


def test_every_place_that_the_page_names_is_one_of_the_standard() -> None:
    schema = json.loads((corpus("ocds") / "release-schema-1.1.5.json").read_text("utf-8"))
    named = {place for told in rows().values() for place in re.findall(r"`([^`]+)`", told)}
    assert len(named) > 40
    assert [place for place in sorted(named) if not _stands_in(schema, place)] == []
    assert all(told == "left out" or told.startswith("`") for told in rows().values())


def _values(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _values(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, f"{path}[]")
    else:
        yield path, value


@pytest.mark.parametrize(
    "name", ["coc-rapid-rehousing", "esg-prevention", "pilot", "rider", "san-antonio", "south-bend"]
)
def test_a_text_is_told_or_left_out_as_its_row_says(name: str) -> None:
    spec = example(name)
    text = json.dumps(release(spec).data, ensure_ascii=False)
    told: list[str] = []
    left: list[tuple[str, str]] = []
    for path, value in _values(spec.model_dump(mode="json", by_alias=True)):
        row = covering(path)
        if not isinstance(value, str) or row is None:
            continue
        if rows()[row] == "left out":
            left.append((path, value))
        else:
            told.append(value)
    shown = [value for value in told if len(value) > 20]
    assert [value for value in shown if json.dumps(value, ensure_ascii=False)[1:-1] not in text] == []
    everything = " ".join(told)
    assert [
        (path, value) for path, value in left if len(value) > 12 and value in text and value not in everything
    ] == []
