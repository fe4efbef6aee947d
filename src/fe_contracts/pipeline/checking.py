"""Validate a spec: rules, selection, values and references, with the decisions the spec records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts import assembly, compliance
from fe_contracts.exceptions import ClauseNotInForceError
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.pipeline.specs import located

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Override, Spec

__all__ = ["findings_of", "validate"]


def _matching(finding: Finding, overrides: Iterable[Override]) -> Override | None:
    """Return the override that was recorded for a finding, if one was and one may be."""
    if finding.code.startswith(assembly.FATAL):
        return None
    for override in overrides:
        if override.code == finding.code and override.field in {None, finding.where.field}:
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
    found = [
        *compliance.check_spec(spec),
        *compliance.check_coverage(spec, result.selection.clause_ids),
        *result.findings,
        *_idle_confirmations(spec, _confirmable(result)),
    ]
    items = located(spec, _apply_overrides(spec, found))
    return Findings(items, spec.contract.effective_date, catalog.name)


def validate(spec: Spec, catalog: Catalog) -> Findings:
    """Return everything wrong, doubtful or still to be confirmed in a spec, gravest first.

    Nothing is written. The findings are judged for the contract's effective date.
    """
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
        return Findings(located(spec, [problem]), spec.contract.effective_date, catalog.name)
    return findings_of(spec, catalog, result)
