"""Validate a spec: rules, selection, values and references, with the decisions the spec records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts import assembly, compliance
from fe_contracts.compliance.citing import check_citations
from fe_contracts.exceptions import ClauseNotInForceError, UnknownVersionError
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.governance import check_standing
from fe_contracts.pipeline.specs import located

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Override, Spec

__all__ = ["findings_of", "validate", "validate_change"]


def _matching(finding: Finding, overrides: Iterable[Override]) -> Override | None:
    """Return the override that was recorded for a finding, the one that names its field before one for all."""
    if finding.code.startswith(assembly.FATAL):
        return None
    anywhere = {None} if finding.code not in compliance.UNJUDGED else set()
    for override in sorted(overrides, key=lambda item: item.field is None):
        if override.code == finding.code and override.field in {*anywhere, finding.where.field}:
            return override
    return None


def _apply_overrides(spec: Spec, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the recorded decisions, and a warning for each decision about nothing."""
    used: list[Override] = []
    judged = []
    for finding in findings:
        override = _matching(finding, spec.overrides)
        if override is None:
            judged.append(finding)
            continue
        used.append(override)
        by = f"{override.decided_by}, {override.role}, {override.decided_on}: {override.reason}"
        judged.append(finding.overridden(by))
    for place, override in enumerate(spec.overrides):
        if override not in used:
            judged.append(
                Finding(
                    "OVERRIDE010",
                    Severity.WARNING,
                    f"The override of {override.code} decides nothing: there is no such finding, or none may pass it.",
                    Where(field=f"overrides[{place}]"),
                    "Delete it, or correct its code or field.",
                )
            )
    return judged


def _idle_confirmations(spec: Spec, known: set[str]) -> Iterable[Finding]:
    """Yield a warning for each confirmation of a fact that the contract does not have."""
    for place, item in enumerate(spec.confirmations):
        if item.fact not in known:
            yield Finding(
                "CONFIRM020",
                Severity.WARNING,
                f"{item.fact} is confirmed, and this contract has no such fact to confirm.",
                Where(field=f"confirmations[{place}]"),
                "Correct the name: findings of severity confirm show it.",
            )


def _confirmable(result: assembly.Assembly) -> set[str]:
    """Return the names of all facts that the chosen versions want confirmed."""
    return {
        f"{decision.clause_id}.{name}"
        for decision in result.selection.included
        if decision.version
        for name, definition in decision.version.front.parameters.items()
        if definition.confirm
    }


def findings_of(spec: Spec, catalog: Catalog, result: assembly.Assembly) -> Findings:
    """Return everything found on a spec and its assembly, located, with recorded decisions applied."""
    return _judged(spec, catalog, _found(spec, catalog, result))


def _judged(spec: Spec, catalog: Catalog, found: Iterable[Finding], beyond: Iterable[Finding] = ()) -> Findings:
    """Return the findings with the decisions that the spec records, and with the places in its file.

    `beyond` are those that no decision may pass: nothing can be assembled.
    """
    items = located(spec, [*beyond, *_apply_overrides(spec, found)])
    return Findings(items, spec.contract.effective_date, catalog.name)


def _found(spec: Spec, catalog: Catalog, result: assembly.Assembly) -> list[Finding]:
    """Return what rules and assembly find; rules that read the contract are asked where there is one."""
    found = [
        *compliance.check_spec(spec, catalog.requirements),
        *check_citations(spec, catalog.authorities),
        *compliance.check_coverage(spec, result.selection.clause_ids),
        *result.findings,
        *_idle_confirmations(spec, _confirmable(result)),
        *check_standing(catalog, (item.version for item in result.selection.included if item.version)),
    ]
    if result.contract is not None:
        finished = compliance.Finished(spec, result.contract, result.values)
        found += compliance.check_contract(finished, catalog.requirements)
    return found


def _all_found(spec: Spec, catalog: Catalog) -> tuple[list[Finding], list[Finding]]:
    """Return what is found before any decision, and apart from it that the contract type itself is not in force."""
    try:
        result = assembly.assemble(spec, catalog)
    except ClauseNotInForceError as error:
        problem = Finding(
            "SELECT010",
            Severity.ERROR,
            str(error),
            Where(field="contract.effective_date"),
            "Correct the date, or use a newer library.",
        )
    except UnknownVersionError as error:
        problem = Finding(
            "SELECT020", Severity.ERROR, str(error), Where(field="clauses.contract_type"), "Correct the pin."
        )
    else:
        return _found(spec, catalog, result), []
    cited = check_citations(spec, catalog.authorities)
    return [*compliance.check_spec(spec, catalog.requirements), *cited], [problem]


def validate(spec: Spec, catalog: Catalog) -> Findings:
    """Return everything wrong, doubtful or still to be confirmed in a spec, gravest first.

    Nothing is written. The findings are judged for the contract's effective date.

    Raises:
        RuleSetError: if a requirement of the catalog has no rule.
    """
    return _judged(spec, catalog, *_all_found(spec, catalog))


def validate_change(old: Spec, new: Spec, catalog: Catalog) -> Findings:
    """Return what `validate` finds in `new`, and what is wrong with its taking the place of `old`.

    `old` is what is in force: nothing is asked of it by itself.

    Raises:
        RuleSetError: if a requirement of the catalog has no rule.
    """
    found, beyond = _all_found(new, catalog)
    return _judged(new, catalog, [*found, *_of_change(old, new, catalog)], beyond)


def _of_change(old: Spec, new: Spec, catalog: Catalog) -> Iterable[Finding]:
    """Yield what rules about changes find, and whether the two specs belong together at all."""
    if old == new:
        said = "The two specs say the same: nothing changes."
        yield Finding("CHANGE020", Severity.INFO, said, Where(), "Name the spec that is in force after --against.")
        return
    renews = new.contract.renews
    if old.contract.id != new.contract.id and not (renews and renews.id == old.contract.id):
        yield Finding(
            "CHANGE010",
            Severity.WARNING,
            f"The specs are of two contracts, {old.contract.id} and {new.contract.id}.",
            Where(field="contract.id"),
            "Compare a contract with its own earlier spec; a renewal under a new number is compared on purpose.",
        )
    yield from compliance.check_remnants(old, new)
    yield from compliance.check_change(old, new, catalog.requirements)
