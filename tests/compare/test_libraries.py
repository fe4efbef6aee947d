"""Versions are compared by name, and libraries by all that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import clause_files, small_catalog, version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.compare import Bump, compare_libraries, compare_versions
from fe_contracts.exceptions import UnknownClauseError, UnknownVersionError

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_regressions.data_regression import DataRegressionFixture

    from fe_contracts.catalog import Catalog


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return small_catalog(tmp_path)


def test_a_clause_alone_means_its_last_two_versions(catalog: Catalog) -> None:
    found = compare_versions(catalog, "FE-01")
    assert (found.old, found.new, found.reason) == ("FE-01@1.0.0", "FE-01@2.0.0", "Sessions grew longer.")
    assert found == compare_versions(catalog, "FE-01@1.0.0", "FE-01@2.0.0") == compare_versions(catalog, "FE-01@2.0.0")
    assert found.least_bump is Bump.MAJOR
    places = {change.place: (change.old, change.new) for change in found.changes}
    assert places["parameters.minutes.default"] == ("45", "60")
    assert places["parameters.minutes.minimum"] == ("15", "30")
    assert places["parameters.minutes.bound_by"] == ("2 CFR 200.1", "")
    assert found.to_dict()["least_bump"] == "major"


def test_the_whole_difference_reads_as_it_was_read_last(
    catalog: Catalog, data_regression: DataRegressionFixture
) -> None:
    data_regression.check(compare_versions(catalog, "FE-01").to_dict())


def test_versions_may_be_compared_backwards(catalog: Catalog) -> None:
    back = compare_versions(catalog, "FE-01@2.0.0", "FE-01@1.0.0")
    assert {(change.old, change.new) for change in back.changes} >= {("60", "45"), ("30", "15")}


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("FE-99", "", UnknownClauseError),
        ("FE-05", "", UnknownVersionError),
        ("FE-01@1.0.0", "", UnknownVersionError),
        ("FE-01@9.0.0", "FE-01@1.0.0", UnknownVersionError),
        ("FE-01@1.0.0", "FE-99@1.0.0", UnknownClauseError),
    ],
)
def test_a_name_that_is_not_there_is_said(catalog: Catalog, old: str, new: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        compare_versions(catalog, old, new)


def test_a_library_does_not_differ_from_itself(catalog: Catalog) -> None:
    found = compare_libraries(catalog, catalog)
    assert (found.added, found.removed, found.changed, found.clauses) == ((), (), (), ())


def test_what_overlays_adjust_and_place_is_compared_too(tmp_path: Path) -> None:
    write_library(tmp_path / "base", published=True)
    said = "name: City\nversion: 1.0.0\nnotice: Ours.\nextends: ../base\n"
    where = "contract_types/fe_rider/placements.yaml"
    place = "contract_type: fe_rider\nplacements: [{clause: FE-05, after: FE-01, effective: 2027-01-01}]\n"
    adjust = (
        "clause: FE-01\nadjustments: [{effective: 2027-01-01, reason: Ours., parameters: {minutes: {minimum: %d}}}]\n"
    )
    for name, files in {
        "plain": {},
        "one": {"clauses/FE/FE-01/adjust.yaml": adjust % 40, where: place},
        "other": {"clauses/FE/FE-01/adjust.yaml": adjust % 41, where: place},
    }.items():
        for path, text in {"library.yaml": said, **files}.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_text(text, encoding="utf-8")
    plain, one, other = (load_catalog(tmp_path / name) for name in ("plain", "one", "other"))
    added = set(compare_libraries(plain, one).added)
    assert {"adjustments/FE-01/2027-01-01", "placements/fe_rider/FE-05"} <= added
    assert compare_libraries(one, other).changed == ("adjustments/FE-01/2027-01-01",)


def test_libraries_are_compared_by_what_they_hold(catalog: Catalog, tmp_path: Path) -> None:
    other = small_catalog(
        tmp_path / "other",
        {
            **clause_files("FE-06", {"1.0.0": version("New.")}),
            "clauses/FE/FE-05/2.0.0.md": version("Money must be paid.", effective="2029-01-01"),
            "clauses/FE/FE-03/1.0.0.md": version("Old."),
            "framework/vision/1.0.0.yaml": None,
        },
    )
    found = compare_libraries(catalog, other)
    assert found.added == ("clauses/FE-05/2.0.0", "clauses/FE-06/1.0.0")
    assert found.removed == ("framework/vision/1.0.0",)
    assert found.changed == ("clauses/FE-03/1.0.0",)
    assert [(item.old, item.new) for item in found.clauses] == [
        ("FE-03@1.0.0", "FE-03@1.0.0"),
        ("FE-05@1.0.0", "FE-05@2.0.0"),
    ]
    assert compare_libraries(other, catalog).removed == found.added
    told = found.to_dict()
    assert told["added"] == list(found.added)
    assert [item["new"] for item in told["clauses"]] == ["FE-03@1.0.0", "FE-05@2.0.0"]
