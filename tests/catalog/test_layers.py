"""A city's library on top of another: one catalog, each part from its own file, and the law not loosened."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assembly.specs import make_spec
from tests.assembly.trees import contract_of, words_of
from tests.catalog.libraries import FILES, clause_files, identity, version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.approvals import approval_state
from fe_contracts.catalog.digests import digest_of_text
from fe_contracts.catalog.overlays import overlay_report
from fe_contracts.exceptions import CatalogError, GovernanceError
from fe_contracts.governance import publish
from fe_contracts.pipeline import validate
from fe_contracts.sources import bundled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fe_contracts.catalog import Catalog
    from fe_contracts.catalog.overlays import OverlayReport
    from fe_contracts.findings import Finding

LATE = dt.date(2027, 6, 1)
EARLY = dt.date(2026, 6, 1)
CITY: dict[str, Any] = {
    "name": "City of Exampleton",
    "version": "1.0.0",
    "notice": "For Exampleton alone.",
    "extends": "../base",
}
LAW: dict[str, Any] = {
    "notice_days": {"type": "days", "help": "Days.", "default": 30, "minimum": 10, "maximum": 60},
    "kind": {"type": "enum", "help": "Which.", "default": "a", "choices": {"a": "A", "b": "B", "c": "C"}},
    "fixed": {"type": "bool", "help": "Whether.", "default": True, "locked": True},
    "city": {"type": "str", "help": "The city.", "from": "city.name"},
    "coverage": {
        "type": "table",
        "help": "The limits.",
        "minimum": 1,
        "default": [{"kind": "General", "limit": 1000000}],
        "columns": [
            {"name": "kind", "title": "Kind", "help": "Which."},
            {"name": "limit", "title": "Limit", "type": "money", "help": "How much.", "optional": True},
        ],
    },
}
_WORDS = """
{{ notice_days }}, {{ kind }}, {{ city }}.

::: when {parameter.fixed: true}
Fixed.
::: end
::: table coverage
"""
DUTY = {
    "id": "tell",
    "who": "agency",
    "to": "city",
    "action": "notify",
    "what": "Tell the City.",
    "when": "Within ten days.",
    "due": {"of": "event", "days": 10},
    "evidence": "A letter.",
    "consequence": "The City may wait.",
}


def law_clause(protection: str = "law", **front: Any) -> dict[str, str]:
    """Return the files of FE-06: parameters of every kind that an adjustment can meet."""
    return clause_files(
        "FE-06",
        {"1.0.0": version(_WORDS, title="Notice", parameters=LAW, obligations=[DUTY], **front)},
        protection=protection,
    )


TYPES = {
    "contract_types/subcontract/1.0.0.yaml": FILES["contract_types/subcontract/1.0.0.yaml"].replace(
        "{clause: FE-05}", "{clause: FE-05}, {clause: FE-06}"
    )
}
BASE = {**law_clause(), **TYPES}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def make(
    tmp_path: Path,
    files: Mapping[str, str] | None = None,
    *,
    base: Mapping[str, str] | None = None,
    published: bool = True,
    **said: Any,
) -> Path:
    """Write the small library as base and an overlay with these files, both published if asked; return the overlay."""
    if not (tmp_path / "base").exists():
        write_library(tmp_path / "base", BASE if base is None else base, published=True)
    library = {name: value for name, value in {**CITY, **said}.items() if value is not None}
    folder = write(tmp_path / "city", {"library.yaml": yaml.safe_dump(library), **(files or {})})
    if published:
        publish(folder)
    return folder


def problems_of(folder: Path) -> tuple[Finding, ...]:
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    return caught.value.problems


def told(folder: Path, code: str) -> Finding:
    """Return the one problem that keeps an overlay from loading, which has the code."""
    problems = problems_of(folder)
    assert [problem.code for problem in problems] == [code], [str(problem) for problem in problems]
    return problems[0]


def adjust(clause: str = "FE-06", effective: str = "2026-11-01", **parameters: Any) -> dict[str, str]:
    entry = {"effective": effective, "reason": "The city's own.", "parameters": parameters}
    family = clause.partition("-")[0]
    return {
        f"clauses/{family}/{clause}/adjust.yaml": yaml.safe_dump({"clause": clause, "adjustments": [entry]}),
    }


def place(
    clause: str, contract_type: str = "subcontract", effective: str = "2026-11-01", **beside: str
) -> dict[str, str]:
    entry = {"clause": clause, "effective": effective, **beside}
    data = {"contract_type": contract_type, "placements": [entry]}
    return {f"contract_types/{contract_type}/placements.yaml": yaml.safe_dump(data)}


def parameter(catalog: Catalog, name: str, day: dt.date = LATE, clause: str = "FE-06") -> Any:
    return catalog[clause].in_force_on(day).on(day).front.parameters[name]


def slots(catalog: Catalog, day: dt.date, name: str = "subcontract") -> list[str]:
    return [slot.clause for slot in catalog.contract_types[name].in_force_on(day).content.slots]


def report_of(folder: Path) -> OverlayReport:
    return overlay_report(load_catalog(folder))


# ------------------------------------------------------------------- one catalog of two


def test_an_empty_overlay_holds_just_what_its_base_holds(tmp_path: Path) -> None:
    folder = make(tmp_path)
    base, city = load_catalog(tmp_path / "base"), load_catalog(folder)
    assert {clause.id: [item.digest for item in clause.versions] for clause in city} == {
        clause.id: [item.digest for item in clause.versions] for clause in base
    }
    assert city.contract_types == base.contract_types
    assert city.library.families == base.library.families
    assert city.name == "City of Exampleton 1.0.0"
    assert city.digest != base.digest
    assert city.base is not None
    assert city.base.digest == base.digest
    assert [layer.name for layer in city.layers] == ["Small Library 0.1.0", "City of Exampleton 1.0.0"]
    assert not city.layer.own
    report = overlay_report(city)
    assert not any((report.adds, report.replaces, report.adjusts, report.loosens, report.approvals))
    assert report.findings.clean


NEW = clause_files("NEW-01", {"1.0.0": version("The Agency must help.", title="Help", effective="2026-11-01")})


def test_a_new_clause_of_a_new_family_gets_its_place_and_keeps_its_file(tmp_path: Path) -> None:
    families = [{"id": "NEW", "title": "New", "approved_by": ["legal"]}]
    folder = make(tmp_path, {**NEW, **place("NEW-01", after="FE-02")}, families=families)
    city = load_catalog(folder)
    assert city["NEW-01"].latest.file == str(folder / "clauses/NEW/NEW-01/1.0.0.md")
    assert city["FE-02"].latest.file == str(tmp_path / "base/clauses/FE/FE-02/1.0.0.md")
    assert city.layer_of("NEW-01").folder == folder
    assert city.layer_of("FE-02").folder == tmp_path / "base"
    assert slots(city, LATE)[2:4] == ["FE-02", "NEW-01"]
    assert "NEW-01" not in slots(city, EARLY)
    assert [family.id for family in city.library.families] == ["FORM", "FE", "FED", "NEW"]
    rows = {(row["kind"], row["name"]) for row in overlay_report(city).adds}
    assert rows == {("clause", "NEW-01"), ("family", "NEW"), ("placement", "NEW-01")}


def test_a_place_can_be_in_front_of_a_clause_and_next_to_another_placement(tmp_path: Path) -> None:
    more = clause_files("NEW-02", {"1.0.0": version("More.", effective="2026-11-01")})
    entries = [
        {"clause": "NEW-01", "before": "FE-01", "effective": "2026-11-01"},
        {"clause": "NEW-02", "after": "NEW-01", "effective": "2027-01-01"},
    ]
    data = {"contract_type": "subcontract", "placements": entries}
    files = {**NEW, **more, "contract_types/subcontract/placements.yaml": yaml.safe_dump(data)}
    city = load_catalog(make(tmp_path, files, families=[{"id": "NEW", "title": "New"}]))
    assert slots(city, LATE)[:4] == ["FORM-01", "NEW-01", "NEW-02", "FE-01"]
    assert slots(city, dt.date(2026, 12, 31))[:3] == ["FORM-01", "NEW-01", "FE-01"]
    days = [edition.effective.isoformat() for edition in city.contract_types["subcontract"].editions]
    assert days == ["2026-01-01", "2026-11-01", "2027-01-01"]
    digests = {edition.digest for edition in city.contract_types["subcontract"].editions}
    assert len(digests) == 3


def test_a_clause_of_the_base_can_be_given_a_place_in_another_contract_type(tmp_path: Path) -> None:
    city = load_catalog(make(tmp_path, place("FE-03", "fe_rider", after="FE-01")))
    assert slots(city, LATE, "fe_rider") == ["FE-01", "FE-03", "FE-02"]


REPLACES = {"base_version": "1.0.0", "reason": "Ours is plainer.", "reviewed_by": "City Attorney"}


def own_fe06(number: str = "2.0.0", protection: str = "guarded", **front: Any) -> dict[str, str]:
    """Return FE-06 as the city writes it: no parameter, no duty."""
    said = {"title": "Our notice", "effective": "2026-11-01", "reason": "The council wanted other words.", **front}
    return clause_files(
        "FE-06", {number: version("The Agency must tell the City.", **said)}, protection=protection, replaces=REPLACES
    )


def test_a_guarded_clause_is_replaced_from_its_day_on_and_not_before(tmp_path: Path) -> None:
    folder = make(tmp_path, own_fe06(), base={**law_clause("guarded"), **TYPES})
    city = load_catalog(folder)
    assert city["FE-06"].in_force_on(LATE).key == "FE-06@2.0.0"
    assert city["FE-06"].in_force_on(EARLY).key == "FE-06@1.0.0"
    assert city["FE-06"].in_force_on(EARLY).file.startswith(str(tmp_path / "base"))
    assert city["FE-06"].version("1.0.0").published
    row = overlay_report(city).replaces[0]
    assert (row["name"], row["protection"], row["versions"], row["base_versions"]) == (
        "FE-06",
        "guarded",
        ["2.0.0"],
        ["1.0.0"],
    )
    assert row["reviewed_by"] == "City Attorney"
    places = {row["place"] for row in overlay_report(city).loosens}
    assert {"parameters.fixed", "parameters.notice_days", "obligations.tell"} <= places


def test_a_later_version_of_the_base_does_not_come_back_over_the_citys_own(tmp_path: Path) -> None:
    later = {"clauses/FE/FE-06/1.1.0.md": version("Later.", effective="2027-01-01", reason="More is said.")}
    base = {**law_clause("guarded"), **TYPES}
    make(tmp_path, own_fe06(), base=base)
    write(tmp_path / "base", later)
    folder = tmp_path / "city"
    city = load_catalog(folder)
    assert [item.number for item in city["FE-06"].versions] == ["1.0.0", "2.0.0"]


def test_the_citys_approvals_stand_beside_the_bases_clause(tmp_path: Path) -> None:
    folder = make(tmp_path)
    city = load_catalog(folder)
    approval = {
        "version": "1.0.0",
        "digest": city["FE-02"].latest.digest,
        "role": "legal",
        "decision": "approved",
        "by": "A. Person",
        "on": "2026-11-03",
        "record": "Memo 1",
    }
    path = "clauses/FE/FE-02/approvals.yaml"
    write(folder, {path: yaml.safe_dump({"clause": "FE-02", "approvals": [approval]})})
    city = load_catalog(folder)
    assert city.approvals["FE-02"].file == str(folder / path)
    assert city.base is not None
    assert not city.base.approvals
    assert overlay_report(city).approvals[0]["role"] == "legal"


_FORM = next(line for line in FILES["library.yaml"].splitlines() if "id: FORM" in line).removeprefix("  - ")


def test_roles_and_families_of_the_city_replace_and_extend_those_of_the_base(tmp_path: Path) -> None:
    roles = [{"id": "legal", "title": "Law Director"}, {"id": "council", "title": "City Council"}]
    families = [{"id": "FORM", "title": "Formation", "approved_by": ["council"]}]
    library = FILES["library.yaml"].replace(_FORM, "{id: FORM, title: Formation, approved_by: [legal]}")
    folder = make(tmp_path, base={**BASE, "library.yaml": library}, roles=roles, families=families)
    city = load_catalog(folder)
    assert [(role.id, role.title) for role in city.library.roles] == [
        ("legal", "Law Director"),
        ("council", "City Council"),
    ]
    assert city.library.families[0].approved_by == ("council",)
    report = overlay_report(city)
    assert [(row["kind"], row["name"]) for row in report.replaces] == [("family", "FORM"), ("role", "legal")]
    assert [row["place"] for row in report.loosens] == ["families.approved_by"]


def test_an_overlay_may_stand_on_an_overlay(tmp_path: Path) -> None:
    make(tmp_path, adjust(notice_days={"minimum": 20}))
    data = {**CITY, "name": "District", "extends": "../city"}
    top = write(tmp_path / "district", {"library.yaml": yaml.safe_dump(data), **adjust(notice_days={"maximum": 40})})
    district = load_catalog(top)
    assert [layer.name for layer in district.layers] == [
        "Small Library 0.1.0",
        "City of Exampleton 1.0.0",
        "District 1.0.0",
    ]
    definition = parameter(district, "notice_days")
    assert (definition.minimum, definition.maximum) == (20, 40)


def test_an_overlay_of_an_overlay_may_not_take_back_what_the_lower_one_tightened(tmp_path: Path) -> None:
    make(tmp_path, adjust(effective="2027-01-01", notice_days={"minimum": 20}))
    data = {**CITY, "name": "District", "extends": "../city"}
    top = write(tmp_path / "district", {"library.yaml": yaml.safe_dump(data), **adjust(notice_days={"minimum": 15})})
    problem = told(top, "OVERLAY050")
    assert "The least value is lower" in problem.message


def test_the_bundled_library_can_be_named(tmp_path: Path) -> None:
    data = {**CITY, "extends": "bundled"}
    folder = write(tmp_path / "city", {"library.yaml": yaml.safe_dump(data)})
    assert [layer.folder for layer in load_catalog(folder).layers] == [bundled("clause_library"), folder]


# ------------------------------------------------------------------- adjusting


def test_an_adjustment_fixes_values_from_its_day_on_and_leaves_words_and_digest(tmp_path: Path) -> None:
    limits = [{"kind": "General", "limit": 2000000}]
    files = adjust(
        notice_days={"default": 45, "minimum": 30}, kind={"choices": ["a", "b"]}, coverage={"default": limits}
    )
    city = load_catalog(make(tmp_path, files))
    changed = city["FE-06"].in_force_on(LATE).on(LATE)
    assert changed.published
    assert changed.digest == city["FE-06"].latest.digest
    assert changed.front.parameters["notice_days"].default == 45
    assert changed.front.parameters["notice_days"].minimum == 30
    assert changed.front.parameters["notice_days"].maximum == 60
    assert changed.front.parameters["notice_days"].bound_by == "City of Exampleton"
    assert list(changed.front.parameters["kind"].choices) == ["a", "b"]
    assert changed.front.parameters["coverage"].default == limits
    assert parameter(city, "notice_days", EARLY).default == 30
    assert city["FE-06"].latest.on(LATE) is changed, "a batch makes the adjusted form once"
    rows = {(row["parameter"], row["field"]): (row["old"], row["new"]) for row in overlay_report(city).adjusts}
    assert rows["notice_days", "default"] == (30, 45)
    assert rows["kind", "choices"] == (["a", "b", "c"], ["a", "b"])
    assert not overlay_report(city).loosens


def test_a_later_adjustment_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    entries = [
        {"effective": day, "reason": "The council wants it so.", "parameters": {"notice_days": {"default": value}}}
        for day, value in (("2026-11-01", 40), ("2027-01-01", 50))
    ]
    files = {"clauses/FE/FE-06/adjust.yaml": yaml.safe_dump({"clause": "FE-06", "adjustments": entries})}
    city = load_catalog(make(tmp_path, files))
    assert parameter(city, "notice_days", dt.date(2026, 12, 31)).default == 40
    assert parameter(city, "notice_days", dt.date(2027, 1, 1)).default == 50


def test_an_adjustment_can_be_for_one_version_alone(tmp_path: Path) -> None:
    entry = {
        "effective": "2026-11-01",
        "reason": "The council wants it so.",
        "versions": ["2.0.0"],
        "parameters": {"minutes": {"default": 90}},
    }
    files = {"clauses/FE/FE-01/adjust.yaml": yaml.safe_dump({"clause": "FE-01", "adjustments": [entry]})}
    city = load_catalog(make(tmp_path, files))
    assert city["FE-01"].version("1.0.0").on(LATE).front.parameters["minutes"].default == 45
    assert city["FE-01"].version("2.0.0").on(LATE).front.parameters["minutes"].default == 90


def test_a_draft_adjustment_makes_a_draft(tmp_path: Path) -> None:
    folder = make(
        tmp_path, {**adjust(notice_days={"default": 45}), **place("FE-03", "fe_rider", after="FE-01")}, published=False
    )
    city = load_catalog(folder)
    assert not city["FE-06"].latest.on(LATE).published
    assert city.contract_types["fe_rider"].in_force_on(LATE).drafts == ("placements/fe_rider/FE-03",)
    report = overlay_report(city)
    assert [finding.code for finding in report.findings] == ["OVERLAY095", "OVERLAY095"]
    assert not report.adjusts[0]["published"]
    publish(folder)
    city = load_catalog(folder)
    assert city["FE-06"].latest.on(LATE).published
    assert city.contract_types["fe_rider"].in_force_on(LATE).drafts == ()


def test_publishing_an_overlay_locks_its_own_files_and_no_others(tmp_path: Path) -> None:
    files = {**NEW, **place("NEW-01", after="FE-02"), **adjust(notice_days={"default": 45})}
    folder = make(tmp_path, files, families=[{"id": "NEW", "title": "New"}])
    lock = json.loads((folder / "catalog.lock").read_text(encoding="utf-8"))["published"]
    assert sorted(lock) == [
        "adjustments/FE-06/2026-11-01",
        "clauses/NEW-01",
        "clauses/NEW-01/1.0.0",
        "placements/subcontract/NEW-01",
    ]


@pytest.mark.parametrize(
    ("files", "what"),
    [
        (adjust(effective="2026-11-01", notice_days={"minimum": 20}), "the adjustment of FE-06"),
        (place("FE-03", "fe_rider", effective="2026-11-01", after="FE-01"), "the place of FE-03 in fe_rider"),
    ],
)
def test_what_an_overlay_fixes_may_not_rewrite_days_before_it_is_published(
    tmp_path: Path, files: dict[str, str], what: str
) -> None:
    folder = make(tmp_path, files, published=False)
    with pytest.raises(GovernanceError) as caught:
        publish(folder, as_of=dt.date(2026, 11, 2))
    assert [problem.code for problem in caught.value.problems] == ["PUBLISH040"]
    assert f"{what} takes effect on 2026-11-01" in str(caught.value)
    assert publish(folder, as_of=dt.date(2026, 11, 1)).written
    assert publish(folder, as_of=dt.date(2027, 11, 1)).added == ()


def test_an_adjustment_says_why(tmp_path: Path) -> None:
    files = {name: text.replace("The city's own.", "TODO") for name, text in adjust(kind={"locked": True}).items()}
    with pytest.raises(GovernanceError) as caught:
        publish(make(tmp_path, files, published=False))
    assert [problem.code for problem in caught.value.problems] == ["PUBLISH020"]


def test_what_is_published_of_an_overlay_may_not_change(tmp_path: Path) -> None:
    folder = make(tmp_path, {**adjust(notice_days={"default": 45}), **place("FE-03", "fe_rider", after="FE-01")})
    write(folder, adjust(notice_days={"default": 50}))
    assert "adjustments/FE-06/2026-11-01" in told(folder, "LOCK010").message
    write(folder, {**adjust(notice_days={"default": 45}), **place("FE-03", "fe_rider", after="FE-02")})
    assert "placements/fe_rider/FE-03" in told(folder, "LOCK010").message
    (folder / "contract_types/fe_rider/placements.yaml").unlink()
    assert "placements/fe_rider/FE-03" in told(folder, "LOCK020").message


def test_a_comment_in_an_adjustment_is_no_change(tmp_path: Path) -> None:
    folder = make(tmp_path, adjust(notice_days={"default": 45}))
    file = folder / "clauses/FE/FE-06/adjust.yaml"
    file.write_text("# why\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_catalog(folder).layer.gives("adjustments/FE-06/2026-11-01")


LOOSER: dict[str, tuple[dict[str, Any], str]] = {
    "a default that is a list": ({"kind": {"default": ["a"]}}, "The default, ['a'], is none of a, b, c"),
    "bounds of what has no size": ({"city": {"minimum": 3}}, "A value of type str has no bounds."),
    "a lower minimum": ({"notice_days": {"minimum": 5}}, "The least value is lower. It is 10."),
    "a higher maximum": ({"notice_days": {"maximum": 90}}, "The greatest value is higher. It is 60."),
    "a default under the minimum": ({"notice_days": {"default": 9}}, "is less than the least, 10"),
    "a default over the maximum": ({"notice_days": {"default": 61}}, "is more than the greatest, 60"),
    "bounds that leave the default outside": ({"notice_days": {"minimum": 40}}, "The default, 30, is less"),
    "bounds that cross": ({"notice_days": {"minimum": 40, "maximum": 35}}, "is more than the greatest"),
    "a default of another kind": ({"notice_days": {"default": "soon"}}, "is not a number of days"),
    "a choice that is none": ({"kind": {"choices": ["a", "z"]}}, "'z' is none of its choices"),
    "a default that is no choice": ({"kind": {"default": "z"}}, "is none of a, b, c"),
    "choices without the default": ({"kind": {"choices": ["b"]}}, "The default, a, is none of b"),
    "another value of a locked one": ({"fixed": {"default": False}}, "no longer fixed"),
    "a default for a value taken from the spec": ({"city": {"default": "Here"}}, "from city.name"),
    "a lock without a value": ({"city": {"locked": True}}, "there is none"),
    "an empty table": ({"coverage": {"default": []}}, "less than the least, 1 rows"),
    "a row without a column": ({"coverage": {"default": [{"limit": 1}]}}, "leaves out the column 'kind'"),
    "a row with a strange column": ({"coverage": {"default": [{"kind": "x", "cap": 1}]}}, "a column 'cap'"),
    "a row with a value of another kind": ({"coverage": {"default": [{"kind": "x", "limit": "much"}]}}, "dollars"),
}


@pytest.mark.parametrize("name", LOOSER)
@pytest.mark.parametrize("protection", ["law", "guarded", "free"])
def test_an_adjustment_that_does_not_tighten_is_refused(tmp_path: Path, name: str, protection: str) -> None:
    parameters, message = LOOSER[name]
    folder = make(tmp_path, adjust(**parameters), base={**law_clause(protection), **TYPES}, published=False)
    problem = told(folder, "OVERLAY050")
    assert message in problem.message
    assert problem.where.file.endswith("adjust.yaml")
    assert problem.where.line > 0
    assert problem.remedy


def test_a_confirmation_that_the_clause_asks_for_is_not_replaced_unseen(tmp_path: Path) -> None:
    asked = {"what": "That it is so.", "who": "counsel", "source": "The contract (M)"}
    law = {name: {**definition, "confirm": asked} for name, definition in LAW.items() if name == "notice_days"}
    base = {**BASE, **clause_files("FE-06", {"1.0.0": version("{{ notice_days }}", parameters=law)}, protection="law")}
    folder = make(tmp_path, adjust(notice_days={"confirm": {**asked, "who": "nobody"}}), base=base, published=False)
    assert "The clause asks for a confirmation of its own" in told(folder, "OVERLAY050").message


def test_a_folder_whose_name_begins_another_is_not_taken_for_it(tmp_path: Path) -> None:
    write_library(tmp_path / "city-base", {**BASE, **law_clause("guarded")}, published=True)
    folder = make(tmp_path, own_fe06("1.0.0"), published=False, extends="../city-base")
    assert told(folder, "OVERLAY070").where.file.endswith("city/clauses/FE/FE-06/1.0.0.md")


@pytest.mark.parametrize("extends", ["x" * 3000, "package:"])
def test_a_name_that_nothing_can_have_is_told(tmp_path: Path, extends: str) -> None:
    assert told(make(tmp_path, published=False, extends=extends), "OVERLAY010").where.line > 0
    with pytest.raises(CatalogError):
        load_catalog("x" * 3000)


def test_an_overlays_file_that_was_published_and_cannot_be_read_is_not_said_to_be_gone(tmp_path: Path) -> None:
    files = {**adjust(kind={"locked": True}), **place("FE-03", "fe_rider", after="FE-01")}
    folder = make(tmp_path, files)
    for name in files:
        (folder / name).write_text("adjustments: 3\nplacements: 3\n", encoding="utf-8")
    problems = problems_of(folder)
    assert {problem.where.file for problem in problems} == {str(folder / name) for name in files}
    assert "LOCK020" not in {problem.code for problem in problems}


def test_a_later_version_of_the_base_with_closer_bounds_makes_an_adjustment_too_loose(tmp_path: Path) -> None:
    closer = {**LAW, "notice_days": {**LAW["notice_days"], "minimum": 25}}
    later = version(_WORDS, effective="2028-01-01", reason="The law is closer.", parameters=closer, obligations=[DUTY])
    base = {**BASE, "clauses/FE/FE-06/2.0.0.md": later}
    folder = make(tmp_path, adjust(notice_days={"default": 20}), base=base, published=False)
    assert "FE-06@2.0.0, notice_days" in told(folder, "OVERLAY050").message


# ------------------------------------------------------------------- in contracts


def test_a_contract_has_the_citys_values_from_their_day_on_and_its_manifest_names_the_layers(tmp_path: Path) -> None:
    city = load_catalog(make(tmp_path, adjust("FE-01", effective="2027-01-01", minutes={"default": 90})))
    contract = contract_of(make_spec(), city)
    manifest: Any = contract.manifest["catalog"]
    assert any("90 minutes" in line for line in words_of(contract, "FE-01"))
    assert manifest["layers"] == [{"name": layer.name, "digest": layer.digest} for layer in city.layers]
    earlier = make_spec({"contract": {**make_spec().contract.model_dump(mode="json"), "effective_date": "2026-12-31"}})
    assert any("45 minutes" in line for line in words_of(contract_of(earlier, city), "FE-01"))
    assert city.base is not None
    manifest = contract_of(make_spec(), city.base).manifest["catalog"]
    assert "layers" not in manifest


def test_a_pinned_version_has_the_citys_values_too(tmp_path: Path) -> None:
    city = load_catalog(make(tmp_path, adjust("FE-01", minutes={"default": 90})))
    pinned = contract_of(make_spec({"clauses": {"pins": {"FE-01": "2.0.0"}}}), city)
    assert any("ninety (90) minutes" in line for line in words_of(pinned, "FE-01"))


def test_a_spec_outside_the_citys_bounds_is_told_whose_they_are(tmp_path: Path) -> None:
    city = load_catalog(make(tmp_path, adjust("FE-01", minutes={"minimum": 40})))
    spec = make_spec({"clauses": {"parameters": {"FE-01": {"minutes": 20}}}})
    found = [finding for finding in validate(spec, city) if finding.code == "PARAM040"]
    assert [("at least 40 (City of Exampleton)" in item.message) for item in found] == [True]


def test_a_contract_with_a_draft_adjustment_or_place_is_a_draft(tmp_path: Path) -> None:
    files = {**adjust("FE-01", minutes={"default": 90}), **NEW, **place("NEW-01", after="FE-02")}
    folder = make(tmp_path, files, families=[{"id": "NEW", "title": "New"}], published=False)
    drafts = " ".join(contract_of(make_spec(), load_catalog(folder)).drafts)
    assert "FE-01@1.0.0" in drafts
    assert "placements/subcontract/NEW-01" in drafts
    publish(folder)
    assert not contract_of(make_spec(), load_catalog(folder)).drafts


# ------------------------------------------------------------------- what is refused


def test_the_words_of_the_law_may_not_be_replaced(tmp_path: Path) -> None:
    problem = told(make(tmp_path, own_fe06(), published=False), "OVERLAY040")
    assert problem.where.file.endswith("city/clauses/FE/FE-06/clause.yaml")
    assert problem.where.line > 0
    assert "adjust.yaml" in problem.remedy


def test_a_guarded_clause_is_replaced_with_a_reason_and_a_reviewer_or_not_at_all(tmp_path: Path) -> None:
    files = {**own_fe06(), "clauses/FE/FE-06/clause.yaml": identity("FE-06", protection="guarded")}
    folder = make(tmp_path, files, base={**law_clause("guarded"), **TYPES}, published=False)
    problem = told(folder, "OVERLAY045")
    assert "base_version, reason and reviewed_by" in problem.remedy


def test_a_free_clause_is_replaced_at_will_and_the_report_asks_whether_it_was_meant(tmp_path: Path) -> None:
    files = {**own_fe06(), "clauses/FE/FE-06/clause.yaml": identity("FE-06")}
    report = report_of(make(tmp_path, files, base={**law_clause("free"), **TYPES}))
    assert [finding.code for finding in report.findings] == ["OVERLAY090"]
    assert report.findings.exit_code == 1


def test_a_number_that_the_base_uses_on_earlier_days_is_refused(tmp_path: Path) -> None:
    folder = make(tmp_path, own_fe06("1.0.0"), base={**law_clause("guarded"), **TYPES}, published=False)
    assert told(folder, "OVERLAY070").where.file.endswith("city/clauses/FE/FE-06/1.0.0.md")


def test_a_number_that_the_base_has_for_another_text_is_pointed_out(tmp_path: Path) -> None:
    folder = make(tmp_path, own_fe06("1.0.0", effective="2026-01-01"), base={**law_clause("guarded"), **TYPES})
    assert [finding.code for finding in report_of(folder).findings] == ["OVERLAY090"]


UNKNOWN: dict[str, tuple[dict[str, str], str, str]] = {
    "an adjustment of no clause": (adjust("FE-60", minutes={"default": 3}), "OVERLAY030", "FE-60"),
    "approvals of no clause": (
        {
            "clauses/FE/FE-60/approvals.yaml": yaml.safe_dump(
                {
                    "clause": "FE-60",
                    "approvals": [
                        {
                            "version": "1.0.0",
                            "digest": "sha256:" + "0" * 64,
                            "role": "legal",
                            "decision": "approved",
                            "by": "A",
                            "on": "2026-11-01",
                            "record": "M",
                        }
                    ],
                }
            )
        },
        "OVERLAY030",
        "FE-60",
    ),
    "a place for no clause": (place("FE-60", after="FE-02"), "OVERLAY030", "FE-60"),
    "a place beside no clause": (place("FE-03", "fe_rider", after="FE-60"), "OVERLAY030", "FE-60"),
    "a place beside a clause that is not there": (
        place("FE-03", "fe_rider", after="FORM-01"),
        "OVERLAY035",
        "FORM-01 has no place in fe_rider",
    ),
    "a second place": (place("FE-03", after="FE-01"), "OVERLAY035", "FE-03 has a place in subcontract already"),
    "a parameter that is none": (adjust(notice_day={"default": 3}), "OVERLAY055", "Did you mean 'notice_days'?"),
    "a version that is none": (
        {
            "clauses/FE/FE-06/adjust.yaml": yaml.safe_dump(
                {
                    "clause": "FE-06",
                    "adjustments": [
                        {
                            "effective": "2026-11-01",
                            "reason": "The council wants it so.",
                            "versions": ["1.0.0", "9.0.0"],
                            "parameters": {"notice_days": {"default": 31}},
                        }
                    ],
                }
            )
        },
        "OVERLAY055",
        "no version 9.0.0",
    ),
    "a replaced clause that the base lacks": (
        {
            **clause_files("FE-09", {"1.0.0": version("Words.")}, replaces=REPLACES),
        },
        "OVERLAY030",
        "holds no such clause",
    ),
    "an adjustment of an own clause": (
        {**clause_files("FE-09", {"1.0.0": version("Words.")}), **adjust("FE-09", minutes={"default": 3})},
        "OVERLAY030",
        "own clause",
    ),
    "an edition with the base's number": (
        {"framework/vision/1.0.0.yaml": "effective: 2027-01-01\nreason: Ours.\ntext: Ours.\n"},
        "OVERLAY070",
        "vision 1.0.0 already",
    ),
    "an edition without a clause of the law": (
        {
            "contract_types/subcontract/2.0.0.yaml": FILES["contract_types/subcontract/1.0.0.yaml"].replace(
                "2026-01-01", "2026-11-01"
            )
        },
        "OVERLAY060",
        "FE-06 is protected by law, and subcontract 2.0.0 has no place for it",
    ),
    "an edition that lets a host contract keep the law out": (
        {
            "contract_types/subcontract/2.0.0.yaml": TYPES["contract_types/subcontract/1.0.0.yaml"]
            .replace("2026-01-01", "2026-11-01")
            .replace("{clause: FE-06}", "{clause: FE-06, unless_host_covers: monitoring}")
        },
        "OVERLAY060",
        "where a host contract covers its subject",
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_names_nothing_or_takes_a_name_is_a_named_error(tmp_path: Path, name: str) -> None:
    files, code, message = UNKNOWN[name]
    problem = told(make(tmp_path, files, published=False), code)
    assert message in problem.message
    assert str(tmp_path / "city") in problem.where.file
    assert problem.remedy


def test_a_written_from_version_that_the_base_lacks_is_refused(tmp_path: Path) -> None:
    files = own_fe06()
    files["clauses/FE/FE-06/clause.yaml"] = files["clauses/FE/FE-06/clause.yaml"].replace("1.0.0", "0.9.0")
    folder = make(tmp_path, files, base={**law_clause("guarded"), **TYPES}, published=False)
    assert "FE-06@0.9.0" in told(folder, "OVERLAY035").message


def test_an_adjustment_of_a_clause_that_the_overlay_replaces_is_refused(tmp_path: Path) -> None:
    files = {**own_fe06(), **adjust(notice_days={"default": 40})}
    folder = make(tmp_path, files, base={**law_clause("guarded"), **TYPES}, published=False)
    assert "replaces FE-06, and adjusts it too" in told(folder, "OVERLAY055").message


def test_an_edition_of_the_citys_own_takes_over_and_what_it_leaves_out_is_reported(tmp_path: Path) -> None:
    text = (
        TYPES["contract_types/subcontract/1.0.0.yaml"]
        .replace("2026-01-01", "2026-11-01")
        .replace("First version.", "Ours.")
    )
    assert "{clause: FE-03}, " in text
    folder = make(tmp_path, {"contract_types/subcontract/2.0.0.yaml": text.replace("{clause: FE-03}, ", "")})
    city = load_catalog(folder)
    assert "FE-03" not in slots(city, LATE)
    assert "FE-03" in slots(city, EARLY)
    assert [row["what"] for row in overlay_report(city).loosens] == ["FE-03 has no place."]


def _skeleton(day: str, *, law: bool) -> str:
    """Return the small sub-contract as it reads from a day on, with the clause of the law or without it."""
    text = TYPES["contract_types/subcontract/1.0.0.yaml"].replace("2026-01-01", day).replace("First version.", "Ours.")
    return text if law else text.replace(", {clause: FE-06}", "")


LATER_LAW = {
    **BASE,
    "contract_types/subcontract/1.0.0.yaml": _skeleton("2026-01-01", law=False),
    "contract_types/subcontract/2.0.0.yaml": _skeleton("2027-01-01", law=True),
}


@pytest.mark.parametrize("state", ["draft", "published"])
@pytest.mark.parametrize(
    ("base", "day"),
    [(BASE, "2020-01-01"), (LATER_LAW, "2026-11-01")],
    ids=["begins before the base's", "begins before the base gave it a place"],
)
def test_an_edition_may_not_lose_a_clause_of_the_law_on_any_day(
    tmp_path: Path, base: dict[str, str], day: str, state: str
) -> None:
    path = "contract_types/subcontract/9.0.0.yaml"
    folder = make(tmp_path, {path: _skeleton(day, law=False)}, base=base, published=False)
    if state == "published":
        digests = {"contract_type/subcontract/9.0.0": digest_of_text((folder / path).read_bytes())}
        (folder / "catalog.lock").write_text(json.dumps({"lock_version": 1, "published": digests}), encoding="utf-8")
    finding = told(folder, "OVERLAY060")
    assert finding.message == "FE-06 is protected by law, and subcontract 9.0.0 has no place for it."
    assert finding.where.file.endswith(f"city/{path}")


def test_a_draft_edition_takes_no_day_from_those_of_the_base(tmp_path: Path) -> None:
    files = {
        "contract_types/subcontract/9.0.0.yaml": _skeleton("2026-11-01", law=True).replace("{clause: FE-03}, ", ""),
        "framework/vision/9.0.0.yaml": "effective: 2026-11-01\nreason: Ours.\ntext: A city.\n",
        **place("FE-05", "fe_rider", after="FE-01"),
    }
    folder = make(tmp_path, files, base=LATER_LAW, published=False)
    draft = load_catalog(folder)
    assert "FE-06" in slots(draft, LATE)
    assert draft.framework["vision"].in_force_on(LATE).number == "1.0.0"
    assert "contract_type/subcontract/9.0.0" in publish(folder, as_of=dt.date(2026, 10, 1)).added
    city = load_catalog(folder)
    assert "FE-03" not in slots(city, LATE)
    assert city.framework["vision"].in_force_on(LATE).number == "9.0.0"


def test_a_placement_holds_on_days_that_a_draft_edition_is_for(tmp_path: Path) -> None:
    files = {
        **place("FE-05", "fe_rider", after="FE-01", effective="2026-12-01"),
        "contract_types/fe_rider/9.0.0.yaml": FILES["contract_types/fe_rider/1.0.0.yaml"].replace(
            "2026-01-01", "2026-11-01"
        ),
    }
    assert "FE-05" in slots(load_catalog(make(tmp_path, files, published=False)), LATE, "fe_rider")


def test_a_clause_that_a_later_edition_of_the_base_places_and_ours_does_not_is_reported(tmp_path: Path) -> None:
    base = {**LATER_LAW, **law_clause("guarded")}
    folder = make(tmp_path, {"contract_types/subcontract/9.0.0.yaml": _skeleton("2026-11-01", law=False)}, base=base)
    (row,) = overlay_report(load_catalog(folder)).loosens
    assert (row["name"], row["than"], row["old"]) == ("subcontract 9.0.0", "subcontract 2.0.0", "FE-06")


def test_a_draft_before_a_published_version_of_ours_is_pointed_out_too(tmp_path: Path) -> None:
    base = {**BASE, **law_clause("guarded")}
    folder = make(tmp_path, own_fe06("3.0.0", effective="2027-01-01"), base=base)
    assert "OVERLAY085" not in [finding.code for finding in report_of(folder).findings]
    own = own_fe06("2.0.0", effective="2026-01-01")["clauses/FE/FE-06/2.0.0.md"]
    (folder / "clauses/FE/FE-06/2.0.0.md").write_text(own, encoding="utf-8")
    assert "OVERLAY085" in [finding.code for finding in report_of(folder).findings]


def requirement(code: str) -> dict[str, str]:
    data = {
        "code": code,
        "title": "Something is so",
        "reads": "spec",
        "severity": "error",
        "sources": [{"cite": "2 CFR 200.1", "confidence": "V", "as_of": "2025-01-03"}],
        "why": "Because.",
        "remedy": "Do it.",
    }
    return {f"requirements/{code.rstrip('0123456789')}/{code}.yaml": yaml.safe_dump(data)}


def test_an_overlay_may_add_a_requirement_and_not_restate_one(tmp_path: Path) -> None:
    base = {**BASE, **requirement("COC010")}
    folder = make(tmp_path, requirement("CITY010"), base=base)
    city = load_catalog(folder)
    assert list(city.requirements) == ["CITY010", "COC010"]
    assert [row["name"] for row in overlay_report(city).adds] == ["CITY010"]
    write(folder, requirement("COC010"))
    assert "COC010" in told(folder, "OVERLAY070").message


def citations(*names: str) -> str:
    stale = {
        "pattern": "old",
        "look_for": ["old"],
        "stands_until": "2024-09-30",
        "trigger": "award_date",
        "instead": "new",
        "why": "It moved.",
        "cite": "2 CFR 200.1",
        "confidence": "V",
    }
    return yaml.safe_dump({"stale": [{"id": name, **stale} for name in names]})


def test_an_overlay_may_add_a_citation_and_not_restate_one(tmp_path: Path) -> None:
    folder = make(tmp_path, {"citations.yaml": citations("ours")}, base={**BASE, "citations.yaml": citations("theirs")})
    authorities = load_catalog(folder).authorities
    assert authorities is not None
    assert [stale.id for stale in authorities.stale] == ["theirs", "ours"]
    write(folder, {"citations.yaml": citations("ours", "theirs")})
    problem = told(folder, "OVERLAY070")
    assert (problem.where.file, problem.where.line > 0) == (str(folder / "citations.yaml"), True)


# ------------------------------------------------------------------- what it stands on


@pytest.mark.parametrize(
    ("extends", "code", "message"),
    [
        ("../nowhere", "OVERLAY010", "no library.yaml"),
        ("package:nobody-brings-this", "OVERLAY010", "No installed package"),
        (".", "OVERLAY020", "stands on itself"),
    ],
)
def test_a_base_that_is_not_there_is_told_with_its_line(tmp_path: Path, extends: str, code: str, message: str) -> None:
    problem = told(make(tmp_path, published=False, extends=extends), code)
    assert message in problem.message
    assert problem.where.file.endswith("city/library.yaml")
    assert problem.where.line > 0


def test_two_overlays_that_stand_on_each_other_are_told(tmp_path: Path) -> None:
    make(tmp_path, published=False, extends="../other")
    data = {**CITY, "name": "Other", "extends": "../city"}
    other = write(tmp_path / "other", {"library.yaml": yaml.safe_dump(data)})
    assert "other extends city extends other" in told(other, "OVERLAY020").message


def test_a_library_without_a_base_has_nothing_to_adjust_or_report(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "alone", {**BASE, **adjust(notice_days={"default": 40})})
    assert "nothing to adjust" in told(folder, "OVERLAY015").message
    (folder / "clauses/FE/FE-06/adjust.yaml").unlink()
    with pytest.raises(CatalogError, match="nothing to report"):
        report_of(folder)


def test_only_an_overlay_takes_its_roles_and_families_from_elsewhere(tmp_path: Path) -> None:
    folder = make(tmp_path, published=False, extends=None)
    assert "give roles and families" in problems_of(folder)[0].message


def test_a_base_that_moved_on_is_a_warning_and_no_error(tmp_path: Path) -> None:
    base = {**law_clause("guarded"), **TYPES}
    folder = make(tmp_path, own_fe06(), base=base, base_version="0.1.0")
    assert report_of(folder).findings.clean
    later = version("Later.", effective="2028-01-01", reason="More is said.")
    library = FILES["library.yaml"].replace("version: 0.1.0", "version: 0.2.0")
    write(tmp_path / "base", {"clauses/FE/FE-06/2.0.0.md": later, "library.yaml": library})
    publish(tmp_path / "base")
    report = report_of(folder)
    assert [finding.code for finding in report.findings] == ["OVERLAY080", "OVERLAY080", "OVERLAY090"]
    assert "was written from version 1.0.0, and the base has FE-06@2.0.0" in str(report.findings.items)


def test_a_draft_that_sets_a_version_of_the_base_aside_is_pointed_out(tmp_path: Path) -> None:
    base = {
        **law_clause("guarded"),
        **TYPES,
        "clauses/FE/FE-06/1.1.0.md": version(
            _WORDS, title="Notice!", effective="2027-01-01", reason="More is said.", parameters=LAW, obligations=[DUTY]
        ),
    }
    folder = make(tmp_path, own_fe06(), base=base, published=False)
    assert "OVERLAY085" in [finding.code for finding in report_of(folder).findings]


def test_a_fault_of_the_base_is_told_as_the_bases(tmp_path: Path) -> None:
    folder = make(tmp_path)
    (tmp_path / "base/clauses/FE/FE-02/1.0.0.md").write_text("Words.", encoding="utf-8")
    assert str(tmp_path / "base") in problems_of(folder)[0].where.file


def test_a_reference_into_a_replaced_clause_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """FE-01 refers to FE-02@scope: the base's FE-02 has such a part, the city's does not."""
    files = clause_files("FE-02", {"2.0.0": version("No exhibit.", effective="2026-11-01")})
    problem = told(make(tmp_path, files, published=False), "OVERLAY065")
    assert "FE-01" in problem.message
    assert "FE-02@scope" in problem.message
    assert problem.where.file.endswith("city/clauses/FE/FE-02/2.0.0.md")


def test_an_overlay_is_loaded_from_the_cache_the_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FE_CONTRACTS_CACHE", str(tmp_path / "cache"))
    folder = make(tmp_path, {**adjust(notice_days={"default": 45}), **place("FE-03", "fe_rider", after="FE-01")})
    first = load_catalog(folder)

    def unwanted(catalog: Catalog) -> list[Finding]:
        pytest.fail(f"{catalog.name} was checked again")

    monkeypatch.setattr("fe_contracts.catalog.protection.check_overlay", unwanted)
    monkeypatch.setattr("fe_contracts.catalog.consistency.check_catalog", unwanted)
    again = load_catalog(folder)
    assert again.digest == first.digest
    assert parameter(again, "notice_days").default == 45


# ------------------------------------------------------------------- catalogs of installed packages

_ASKED = """
import sys
from fe_contracts import load_catalog
from fe_contracts.exceptions import CatalogError, GovernanceError

for name in sys.argv[1:]:
    try:
        print(load_catalog(name).name)
    except CatalogError as error:
        print(error.problems[0].code, error.problems[0].message)
"""


def install(site: Path, package: str, code: str, entries: Mapping[str, str]) -> None:
    """Lay down a package with entry points, as an installer leaves it."""
    write(
        site,
        {
            f"{package}/__init__.py": code,
            f"{package}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
            f"{package}-1.0.dist-info/entry_points.txt": "[fe_contracts.catalogs]\n"
            + "".join(f"{name} = {value}\n" for name, value in entries.items()),
        },
    )


def asked(site: Path, *arguments: str) -> list[str]:
    """Return what a new process prints that finds the packages of a folder."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


def test_an_installed_package_brings_a_catalog_and_a_broken_one_is_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_library(site / "county_clauses/catalog", BASE, published=True)
    code = (
        "from pathlib import Path\nFOLDER = Path(__file__).parent / 'catalog'\n"
        "def folder():\n    return FOLDER\ndef broken():\n    raise RuntimeError('no licence')\nNUMBER = 7\n"
    )
    entries = {
        "county": "county_clauses:FOLDER",
        "county-too": "county_clauses:folder",
        "broken": "county_clauses:broken",
        "number": "county_clauses:NUMBER",
        "missing": "county_clauses:nothing",
        "empty": "county_clauses:folder.__module__",
    }
    install(site, "county_clauses", code, entries)
    told = asked(site, "-c", _ASKED, *(f"package:{name}" for name in (*entries, "unknown")))
    assert told[:2] == ["Small Library 0.1.0"] * 2
    assert all(line.startswith("OVERLAY010 ") for line in told[2:])
    assert "RuntimeError: no licence" in told[2]
    assert "gives int, which is no folder" in told[3]
    assert "AttributeError" in told[4]
    assert "without library.yaml" in told[5]
    assert "No installed package brings a catalog 'unknown'" in told[6]


def test_two_packages_that_bring_a_catalog_of_one_name_are_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for package in ("one_county", "two_county"):
        install(site, package, "", {"county": f"{package}:FOLDER"})
    told = asked(site, "-c", _ASKED, "package:county")
    assert told[0].startswith("OVERLAY010 Several packages bring a catalog 'county'")


def test_an_overlay_can_stand_on_a_packages_catalog_and_a_command_can_name_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_library(site / "county_clauses/catalog", BASE, published=True)
    code = "from pathlib import Path\nFOLDER = Path(__file__).parent / 'catalog'\n"
    install(site, "county_clauses", code, {"county": "county_clauses:FOLDER"})
    data = yaml.safe_dump({**CITY, "extends": "package:county"})
    city = write(tmp_path / "city", {"library.yaml": data, **adjust(notice_days={"minimum": 20})})
    assert asked(site, "-c", _ASKED, str(city)) == ["City of Exampleton 1.0.0"]
    command = ("-m", "fe_contracts_cli", "catalog")
    assert asked(site, *command, "list", "--catalog", "package:county")[0].startswith("Small Library 0.1.0")
    shown = asked(site, *command, "overlay", str(city))
    assert shown[0] == "City of Exampleton 1.0.0, on top of Small Library 0.1.0"
    assert any(line.strip().startswith("FE-06.notice_days, minimum: 10 -> 20") for line in shown)
    report = json.loads("\n".join(asked(site, *command, "overlay", str(city), "--format", "json")))
    assert [row["parameter"] for row in report["adjusts"]] == ["notice_days"]
    assert report["exit_code"] == 0


# ------------------------------------------------------------------- the example

EXAMPLETON = bundled("examples") / "exampleton"
IN_FORCE = dt.date(2027, 1, 1)


@pytest.fixture(scope="module")
def exampleton() -> Catalog:
    return load_catalog(EXAMPLETON)


def test_the_example_adds_adapts_and_adjusts_and_loosens_nothing(exampleton: Catalog) -> None:
    report = overlay_report(exampleton)
    assert {row["name"] for row in report.adds} == {"FE-14"}
    assert [row["name"] for row in report.replaces if row["kind"] == "clause"] == ["FE-02"]
    assert {row["clause"] for row in report.adjusts} == {"GEN-02"}
    assert report.loosens == ()
    assert list(report.findings) == []


def test_the_example_has_its_own_insurance_limits(exampleton: Catalog) -> None:
    def limits(catalog: Catalog, day: dt.date) -> dict[str, Any]:
        rows = parameter(catalog, "coverage", day, "GEN-02").default
        return {row["type"]: row.get("each") for row in rows}

    assert exampleton.base is not None
    assert limits(exampleton, IN_FORCE)["Cyber and privacy liability"] == 2_000_000
    assert limits(exampleton, EARLY) == limits(exampleton.base, IN_FORCE)


def test_the_example_places_its_clause_in_both_contract_types(exampleton: Catalog) -> None:
    for name in ("subcontract", "fe_rider"):
        named = slots(exampleton, IN_FORCE, name)
        assert named[named.index("FE-14") - 1] == "FE-08"


def test_every_version_in_force_is_approved_in_the_example_and_none_in_the_bundled_library(exampleton: Catalog) -> None:
    assert exampleton.base is not None
    assert not exampleton.base.approvals
    for clause in exampleton:
        for item in clause.versions:
            if item.published and (clause.period(item)[1] or IN_FORCE) >= IN_FORCE:
                assert approval_state(exampleton, item).approved, item.key


# ------------------------------------------------------------------- laws

_BOUNDS = st.tuples(st.integers(10, 60), st.integers(10, 60), st.integers(10, 60)).map(sorted)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bounds=_BOUNDS, choices=st.sets(st.sampled_from("bc")), locked=st.booleans())
def test_an_overlay_that_only_tightens_loads_and_loosens_nothing(
    tmp_path_factory: pytest.TempPathFactory, bounds: list[int], choices: set[str], *, locked: bool
) -> None:
    low, default, high = bounds
    files = adjust(
        notice_days={"minimum": low, "maximum": high, "default": default},
        kind={"choices": ["a", *sorted(choices)], "locked": locked},
    )
    city = load_catalog(make(tmp_path_factory.mktemp("overlay"), files, published=False))
    assert overlay_report(city).loosens == ()
    definition = parameter(city, "notice_days")
    assert (definition.minimum, definition.default, definition.maximum) == (low, default, high)
    assert city.base is not None
    below = parameter(city.base, "notice_days")
    assert below.minimum <= definition.minimum
    assert definition.maximum <= below.maximum


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(low=st.integers(0, 80), high=st.integers(0, 80), default=st.integers(0, 80))
def test_an_adjustment_is_taken_just_when_it_stays_inside(
    tmp_path_factory: pytest.TempPathFactory, low: int, high: int, default: int
) -> None:
    folder = make(
        tmp_path_factory.mktemp("overlay"),
        adjust(notice_days={"minimum": low, "maximum": high, "default": default}),
        published=False,
    )
    inside = 10 <= low <= default <= high <= 60
    if inside:
        assert parameter(load_catalog(folder), "notice_days").default == default
    else:
        assert {problem.code for problem in problems_of(folder)} == {"OVERLAY050"}


def test_a_clause_compared_with_itself_loosens_nothing(tmp_path: Path) -> None:
    from fe_contracts.catalog.loosening import clause_loosened

    catalog = load_catalog(write_library(tmp_path, BASE))
    for clause in catalog:
        for item in clause.versions:
            assert list(clause_loosened(clause, item, clause, item)) == []
            assert list(clause_loosened(clause, item, clause, replace(item))) == []


def test_a_right_that_law_gives_the_agency_takes_no_bound_of_a_city(tmp_path: Path) -> None:
    """2 CFR 200.414: the agency's negotiated rate is accepted, and it chooses its de minimis rate."""
    (tmp_path / "library.yaml").write_text(
        "name: Riverbend\nversion: 1.0.0\nnotice: None.\nextends: bundled\n", encoding="utf-8"
    )
    home = tmp_path / "clauses/FIN/FIN-05"
    home.mkdir(parents=True)
    (home / "adjust.yaml").write_text(
        "clause: FIN-05\nadjustments:\n  - effective: 2027-01-01\n    reason: Money is short.\n"
        "    reviewed_by: A. Example\n    parameters:\n      rate: {maximum: 10}\n",
        encoding="utf-8",
    )
    problem = told(tmp_path, "OVERLAY050")
    assert "a right that law gives the agency" in problem.message
