"""Read the cases of a rule and run them: what a lawyer writes in cases/<CODE>.yaml, judged by the engine.

    rule: COC010
    cases:
      - name: training on the city's own money
        base: coc                                   # bases/coc.yaml; local if left out
        changes: {"budget[6].cost": staff_training} # by path, or as a mapping that is laid over; null takes away
        finds: []                                   # the fields of all findings of this rule, in order
        says: [words of a message]
        before: {...}                               # the old spec of a rule about changes, as changes to the base
        on: [2025-01-01]                            # a day this case is about, where no trigger names it
        words: {GEN-08: [A paragraph.], GEN-06: null}  # clauses as another library has them: other words, or none

A path may also be one step deeper than a list is long: that adds an entry. Mappings are laid over, lists replaced.
Cases of the rules of sense take the small spec of tests/assembly/specs.py where they name no base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel
from tests.assembly.specs import BASE, LEFT_OUT, changed, with_programs

from fe_contracts import assembly
from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.catalog import Catalog, PlacedRequirement
from fe_contracts.compliance import Change, Finished, all_rules, rules_of_law
from fe_contracts.compliance.engine import findings_of_law
from fe_contracts.document.tree import Origin, OriginKind, Paragraph, Text
from fe_contracts.exceptions import CatalogError
from fe_contracts.findings import Severity
from fe_contracts.model.facts import facts_of, trigger_day
from fe_contracts.model.requirement import Reads, Requirement
from fe_contracts.model.spec import Spec
from fe_contracts.pipeline import load_spec
from fe_contracts.sources import bundled, checked, read_data

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.findings import Finding

FOLDER = Path(__file__).parent
CASES = FOLDER / "cases"
BASES = FOLDER / "bases"


@dataclass(frozen=True)
class Case:
    """One case of one rule."""

    code: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return what the case shows, as a sentence."""
        return str(self.data["name"])

    @property
    def finds(self) -> list[str]:
        """Return the fields at which its rule finds something."""
        return list(self.data["finds"])

    @property
    def spec(self) -> Spec:
        """Return the spec that the case is about."""
        return _spec(self.data.get("base"), self.data.get("changes"), law=self.code not in SENSE)

    @property
    def old(self) -> Spec:
        """Return the spec before, for a rule about changes."""
        return _spec(self.data.get("base"), self.data.get("before"), law=True)

    def __str__(self) -> str:
        """Return the code and the name."""
        return f"{self.code}: {self.name}"


SENSE = {item.code: item for item in all_rules()}
"""The rules of sense by code."""


@cache
def requirements() -> Mapping[str, PlacedRequirement]:
    """Return the requirements of the bundled library, read by themselves: a broken clause does not hide them."""
    files = sorted((bundled("clause_library") / "requirements").glob("*/*.yaml"))
    read = {file.stem: checked(read_data(file), Requirement, error=CatalogError) for file in files}
    return {
        code: PlacedRequirement(item, "", published=False, file=f"requirements/{code}.yaml")
        for code, item in read.items()
    }


@cache
def catalog() -> Catalog:
    """Return the bundled library."""
    return load_catalog()


@cache
def cases_of(code: str) -> tuple[Case, ...]:
    """Return the cases of one rule."""
    file = CASES / f"{code}.yaml"
    assert file.is_file(), f"Write tests/compliance/cases/{code}.yaml: a case that passes and one that fails."
    data = read_data(file).data
    assert data["rule"] == code
    unknown = {name for case in data["cases"] for name in case} - _FIELDS
    assert not unknown, f"{file.name}: {', '.join(sorted(unknown))} is no field of a case; see casebook.py"
    return tuple(Case(code, case) for case in data["cases"])


_FIELDS = {"name", "base", "changes", "before", "finds", "says", "words"}


@cache
def _base(name: str | None) -> dict[str, Any]:
    if name is None:
        return BASE
    data: dict[str, Any] = read_data(BASES / f"{name}.yaml").data
    return data


def _flat(data: Any, changes: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the changes as paths and values: a mapping that meets a mapping is laid over it, key by key."""
    for name, value in changes.items():
        here = f"{path}.{name}" if path else name
        under = data.get(name) if isinstance(data, Mapping) else None
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            yield from _flat(under, value, here)
        else:
            yield here, LEFT_OUT if value is None else value


def _spec(base: str | None, changes: Mapping[str, Any] | None, *, law: bool) -> Spec:
    """Return the base with changes."""
    start = _base(base or "local" if law else base)
    data = changed(start, dict(_flat(start, changes or {})))
    return load_spec(with_programs(data) if base is None and not law else data)


def finished(spec: Spec) -> Finished:
    """Return the contract that the bundled library makes of a spec."""
    result = assembly.assemble(spec, catalog())
    assert result.contract, "\n".join(str(item) for item in result.findings if item.severity is Severity.ERROR)
    return Finished(spec, result.contract, result.values)


def reworded(found: Finished, words: Mapping[str, list[str] | None]) -> Finished:
    """Return the contract as another library would make it: some clauses in other words, or not there (null)."""
    origin = Origin(OriginKind.WORDING, "another library")
    blocks = {
        clause: tuple(Paragraph((Text(line, origin),)) for line in lines or ()) for clause, lines in words.items()
    }
    articles = tuple(
        replace(
            article,
            clauses=tuple(
                replace(clause, blocks=blocks.get(clause.clause_id, clause.blocks))
                for clause in article.clauses
                if words.get(clause.clause_id, []) is not None
            ),
        )
        for article in found.contract.articles
    )
    exhibits = tuple(
        replace(exhibit, parts=tuple(part for part in exhibit.parts if part.clause_id not in words))
        for exhibit in found.contract.exhibits
    )
    return Finished(found.spec, replace(found.contract, articles=articles, exhibits=exhibits), found.values)


def subject_of(case: Case, reads: Reads) -> Any:
    """Return what the rule looks at: the spec, the contract, or the change."""
    match reads:
        case Reads.SPEC:
            return case.spec
        case Reads.CONTRACT:
            return reworded(finished(case.spec), case.data.get("words", {}))
        case Reads.CHANGE:
            return Change(case.old, case.spec)


def run(case: Case, requirement: Requirement | None = None, subject: Any = None) -> list[Finding]:
    """Return what the case's rule finds; another requirement or a ready subject may stand in for the case's own."""
    if case.code in SENSE:
        return [*SENSE[case.code].findings(case.spec)]
    requirement = requirement or requirements()[case.code].requirement
    subject = subject or subject_of(case, requirement.reads)
    spec = case.spec if not isinstance(subject, Spec) else subject
    return [*findings_of_law(rules_of_law()[case.code], requirement, subject, facts_of(spec))]


def outcome(findings: list[Finding]) -> list[tuple[str, str]]:
    """Return what a case is judged by: code and field of each finding."""
    return [(finding.code, finding.where.field) for finding in findings]


def agrees(case: Case, findings: list[Finding]) -> bool:
    """Return whether the findings are what the case says."""
    said = all(any(words in item.message for item in findings) for words in case.data.get("says", []))
    return outcome(findings) == [(case.code, path) for path in case.finds] and said


def days_of(case: Case, requirement: Requirement, name: str) -> set[dt.date]:
    """Return the days that the case is about for one dated value: its trigger's, for any fund."""
    spec, trigger = case.spec, requirement.parameters[name].trigger
    return {trigger_day(spec, trigger, fund)[0] for fund in (None, *spec.funding)}


def field_exists(path: str, model: type[BaseModel] = Spec) -> bool:
    """Return whether a spec has such a field, filled or not; names under clauses.parameters are the clauses' own."""
    if path.startswith("clauses.parameters."):
        return len(path.split(".")) == 4  # clauses, parameters, the clause, the name
    name, _, rest = path.partition(".")
    name = name.partition("[")[0]
    if name not in model.model_fields:
        return False
    return not rest or any(field_exists(rest, inner) for inner in _models_in(model.model_fields[name].annotation))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def base_names() -> list[str]:
    """Return the names of the bases."""
    return sorted(file.stem for file in BASES.glob("*.yaml"))


def base_spec(name: str) -> Spec:
    """Return a base as it is."""
    return load_spec(deepcopy(_base(name)))
