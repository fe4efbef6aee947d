"""The bundled library keeps what it promises: clean, complete against its outline, rooted in its sources."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.assembly.origins import texts_without_origin

from fe_contracts import assembly, pipeline
from fe_contracts.assembly.binding import Binder
from fe_contracts.assembly.parameters import typed
from fe_contracts.catalog import Catalog, ClauseVersion, load_catalog
from fe_contracts.catalog.lint import lint
from fe_contracts.catalog.terms import texts_by_line
from fe_contracts.document.tree import plain_text
from fe_contracts.findings import Severity
from fe_contracts.model.clause import Scope
from fe_contracts.model.facts import facts_of, facts_of_fund
from fe_contracts.model.federal import AwardTerms, FederalTerms
from fe_contracts.model.vocabulary import Applicability, ContractKind

if TYPE_CHECKING:
    from fe_contracts.model.spec import Spec

ROOT = Path(__file__).resolve().parents[2]
OUTLINE = ROOT.parent / "shared" / "domain" / "clauses.md"
EXAMPLES = ("pilot", "south-bend", "rider", "coc-rapid-rehousing", "esg-prevention", "san-antonio")


@cache
def bundled() -> Catalog:
    return load_catalog()


@cache
def example(name: str) -> Spec:
    return pipeline.load_spec(ROOT / "examples" / f"{name}.yaml")


@cache
def with_award_terms() -> Spec:
    """Return a contract whose federal award carries terms of its own, which no example does."""
    terms = AwardTerms(
        fund="coc",
        title="Terms of the award",
        attachment="terms.pdf",
        reviewed_by="Counsel",
        reviewed_on=dt.date(2026, 11, 2),
    )
    return example("coc-rapid-rehousing").model_copy(update={"federal_terms": FederalTerms(award_terms=(terms,))})


VERSIONS = [version for clause in bundled() for version in clause.versions]
by_version = pytest.mark.parametrize("version", VERSIONS, ids=[version.key for version in VERSIONS])


def test_the_library_holds_the_sixty_clauses_of_the_outline() -> None:
    counts: dict[str, int] = {}
    for clause in bundled():
        counts[clause.identity.family] = counts.get(clause.identity.family, 0) + 1
    assert counts == {"FORM": 5, "FE": 13, "PERF": 6, "FIN": 8, "FED": 11, "DATA": 5, "ACC": 4, "GEN": 8}
    assert sum(counts.values()) == 60


def test_an_editor_finds_nothing_to_mend() -> None:
    assert [str(finding) for finding in lint(bundled()) if finding.severity is not Severity.INFO] == []


def test_every_clause_has_a_place_in_a_contract_type() -> None:
    placed = {
        slot.clause
        for series in bundled().contract_types.values()
        for edition in series.editions
        for article in edition.content.articles
        for slot in article.clauses
    }
    assert placed == set(bundled().clauses)
    assert set(bundled().contract_types) == {kind.value for kind in ContractKind}


@by_version
def test_no_text_of_a_version_says_shall(version: ClauseVersion) -> None:
    front = version.front
    texts = [text for _, text in texts_by_line(version, quotations=False)]
    texts += [front.title, front.summary, *(item.what for item in front.obligations)]
    texts += [str(value.default) for value in front.parameters.values() if value.default is not None]
    assert [text for text in texts if re.search(r"\bshall\b", text, re.IGNORECASE)] == []


@by_version
def test_every_section_a_version_rests_on_is_among_the_sources(version: ClauseVersion) -> None:
    sources = bundled()[version.clause_id].identity.sources
    assert [cite for cite in version.front.legal_basis if cite not in sources] == []
    assert version.front.legal_basis or version.front.policy_basis


def test_every_source_is_cited_by_some_version() -> None:
    idle = [
        f"{clause.id}: {cite}"
        for clause in bundled()
        for cite in clause.identity.sources
        if not any(cite in _words(version) for version in clause.versions)
    ]
    assert idle == []


def _words(version: ClauseVersion) -> str:
    return Path(version.file).read_text(encoding="utf-8")


@by_version
def test_every_default_fits_its_own_definition(version: ClauseVersion) -> None:
    for definition in version.front.parameters.values():
        if definition.default is not None:
            assert typed(definition, definition.default, given=True) is not None


@by_version
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_a_parameter_takes_its_value_from_exists(version: ClauseVersion, name: str) -> None:
    binder = Binder(example(name), bundled())
    spec = example(name)
    fund = spec.funding[0] if bundled()[version.clause_id].identity.scope is not Scope.CONTRACT else None
    decision = assembly.Decision(
        clause_id=version.clause_id,
        instance=version.clause_id,
        included=True,
        version=version,
        level=Applicability.MANDATORY,
        because=("a test",),
        fund=fund,
    )
    for definition in version.front.parameters.values():
        binder._value(decision, definition, "field")
    assert [finding.message for finding in binder.findings if finding.code == "PARAM090"] == []


@by_version
def test_every_obligation_names_a_law_or_policy_that_stands_behind_it(version: ClauseVersion) -> None:
    ids = [item.id for item in version.front.obligations]
    assert len(set(ids)) == len(ids)
    assert version.front.obligations or version.clause_id.startswith("FORM"), "a clause without a duty"


@by_version
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_version_can_be_pinned_and_every_character_has_its_origin(version: ClauseVersion, name: str) -> None:
    spec = example(name)
    kind = bundled().contract_types[spec.contract.type.value].editions[-1].content
    if version.clause_id not in {slot.clause for article in kind.articles for slot in article.clauses}:
        pytest.skip("the contract type has no place for it")
    choices = {"pins": {version.clause_id: version.number}, "include": (*spec.clauses.include, version.clause_id)}
    pinned = spec.model_copy(update={"clauses": spec.clauses.model_copy(update=choices)})
    level = version.front.applies.level if applies(version, spec) else version.front.applies.otherwise
    if level is None and version.clause_id in NEEDS_ITS_FACTS:
        pytest.skip("the contract has none of the facts that this clause prints")
    result = assembly.assemble(pinned, bundled())
    fatal = [str(finding) for finding in result.findings if finding.code.startswith(assembly.FATAL)]
    assert fatal == []
    assert [text.text for text in texts_without_origin(result, pinned, bundled())] == []


NEEDS_ITS_FACTS = {f"FED-{number:02}" for number in range(1, 13)} | {"FIN-05", "FIN-07"}
"""Clauses that are about an award or a program and cannot be filled where there is none."""


def applies(version: ClauseVersion, spec: Spec) -> bool:
    funds = spec.federal_funds or spec.funding
    whole = facts_of(spec)
    by_fund = bundled()[version.clause_id].identity.scope is not Scope.CONTRACT
    known = [{**whole, **facts_of_fund(spec, fund)} for fund in funds] if by_fund else [whole]
    return any(version.front.applies.when.judge(facts).holds for facts in known)


def test_every_clause_is_tried_in_some_example() -> None:
    specs = [*map(example, EXAMPLES), with_award_terms()]
    assert [clause.id for clause in bundled() if not any(applies(clause.latest, spec) for spec in specs)] == []


def test_terms_of_an_award_are_attached_to_that_award_alone() -> None:
    result = assembly.assemble(with_award_terms(), bundled())
    assert result.contract is not None
    assert {item.instance for item in result.contract.clauses if item.clause_id == "FED-12"} == {"FED-12:coc"}
    assert [text.text for text in texts_without_origin(result, with_award_terms(), bundled())] == []
    without = assembly.assemble(example("coc-rapid-rehousing"), bundled())
    assert "FED-12" not in without.selection.clause_ids


def test_two_awards_of_two_dates_stand_under_two_texts() -> None:
    result = assembly.assemble(example("esg-prevention"), bundled())
    assert result.contract is not None
    versions = {item.instance: item.version for item in result.contract.clauses if item.clause_id == "FED-01"}
    assert versions == {"FED-01:esg": "2.0.0", "FED-01:cdbg": "1.0.0"}
    headings = [plain_text(item.title) for item in result.contract.clauses]
    assert len(headings) == len(set(headings)), "the fund tells the sections of one clause apart"


def outlined() -> dict[str, list[str]]:
    """Return the names of the parameters that the outline gives each clause; no names where it describes a table."""
    found = {}
    for line in OUTLINE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 5 and re.fullmatch(r"[A-Z]+-\d+", cells[1]):
            found[cells[1]] = _names(cells[4])
    return found


def _names(cell: str) -> list[str]:
    """Return the names before a colon that stand outside all brackets."""
    flat, depth = "", 0
    for character in cell:
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and character not in ")]}":
            flat += character
    names = [part.partition(":")[0].strip() for part in re.split("[,;]", flat) if ":" in part]
    return [name for name in names if name != "table"]


RENAMED = {"court_order_ref": "court_order", "counsel_review": "reviewed_by"}
"""Names of the outline that are columns of FED-12's table, called as the spec calls them."""


@pytest.mark.skipif(not OUTLINE.is_file(), reason="the outline of the clauses stands outside the project")
@pytest.mark.parametrize("clause_id", list(bundled().clauses))
def test_every_parameter_of_the_outline_is_declared(clause_id: str) -> None:
    parameters = [item for version in bundled()[clause_id].versions for item in version.front.parameters.items()]
    declared = {name for name, _ in parameters}
    declared |= {column.name for _, definition in parameters for column in definition.columns}
    if {"matrix_coc", "matrix_esg", "matrix_cdbg"} <= declared:
        declared.add("matrix")  # one table for each program: a contract shows only what it needs
    wanted = {RENAMED.get(name, name) for name in outlined()[clause_id]}
    assert sorted(wanted - declared) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_assembles_without_an_error(name: str) -> None:
    findings = pipeline.validate(example(name), bundled())
    weighty = [item for item in findings if item.severity in {Severity.ERROR, Severity.WARNING}]
    assert [item.code for item in weighty] == ["APPROVAL010"], "the bundled library is approved by nobody"
    drafts = pipeline.assemble(example(name), bundled()).contract.drafts
    assert len(drafts) == 1
    assert "not approved" in drafts[0]


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_character_of_an_example_is_without_origin(name: str) -> None:
    result = assembly.assemble(example(name), bundled())
    assert [text.text for text in texts_without_origin(result, example(name), bundled())] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_fact_to_confirm_stands_on_the_first_page(name: str) -> None:
    result = assembly.assemble(example(name), bundled())
    assert result.contract is not None
    told = {
        finding.where.field.removeprefix("clauses.parameters.")
        for finding in result.findings
        if finding.code == "CONFIRM010"
    }
    assert {item.fact for item in result.contract.confirmations} == told


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_clause_of_an_example_is_explained(name: str) -> None:
    result = assembly.assemble(example(name), bundled())
    kind = bundled().contract_types[example(name).contract.type.value].editions[-1].content
    placed = {slot.clause for article in kind.articles for slot in article.clauses}
    assert {decision.clause_id for decision in result.selection.decisions} == placed
    assert all(decision.because for decision in result.selection.decisions)


def test_every_trap_of_the_domain_file_is_answered_by_some_rule() -> None:
    answered = {trap for placed in bundled().requirements.values() for trap in placed.requirement.traps}
    assert {f"T{number}" for number in range(1, 31)} <= answered | {"T23"}, "T23 is that of stale citations, CITE010"
