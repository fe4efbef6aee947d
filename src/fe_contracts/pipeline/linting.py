"""Lint a library with all that the program knows: the editor's checks, and what only worked examples can show."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Findings, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Spec

__all__ = ["lint_catalog", "missing_examples", "unbound_computed"]

_SHOWS = re.compile(r"^# (?:shows|expect): *([A-Z]+\d{3})", re.MULTILINE)


def lint_catalog(catalog: Catalog) -> Findings:
    """Return everything an editor would mend in the library, gravest first."""
    from fe_contracts.catalog.lint import lint

    found = [*lint(catalog), *unbound_computed(catalog), *missing_examples(catalog, catalog.folder.parent / "examples")]
    return Findings(tuple(found), None, catalog.name)


def unbound_computed(catalog: Catalog) -> Iterator[Finding]:
    """Yield LINT130 for each parameter that takes its value from a computed field that there is not."""
    from fe_contracts.assembly.computed import COMPUTED, COMPUTED_OF_FUND, DEFERRED
    from fe_contracts.catalog.linting.parameters import unbound

    known = {f"computed.{name}" for name in (*COMPUTED, *COMPUTED_OF_FUND, DEFERRED)}
    for clause in catalog:
        for version in clause.versions:
            for name, definition in version.front.parameters.items():
                path = definition.from_ or ""
                if path.startswith("computed.") and path not in known:
                    yield unbound(version.key, name, path, version.file)


def missing_examples(catalog: Catalog, examples: Path) -> Iterator[Finding]:
    """Yield LINT170 for each clause that no example holds, and LINT180 for the rules that no broken one shows.

    Where there is no folder of examples beside the library, nothing is said.
    """
    if not examples.is_dir():
        return
    shown = _clauses_shown(catalog, examples)
    for clause in catalog:
        if shown and clause.id not in shown:
            yield Finding(
                "LINT170",
                Severity.INFO,
                f"No example holds {clause.id}, so nobody has seen it in a contract.",
                Where(clause.file),
                f"Let one of the specs in {examples.name}/ need it.",
            )
    broken = examples / "broken"
    if not broken.is_dir():
        return
    codes = {code for path in sorted(broken.rglob("*.yaml")) for code in _SHOWS.findall(path.read_text("utf-8"))}
    families: dict[str, list[str]] = defaultdict(list)
    for code in catalog.requirements:
        if code not in codes:
            families[code.rstrip("0123456789")].append(code)
    for family, unseen in sorted(families.items()):
        yield Finding(
            "LINT180",
            Severity.INFO,
            f"No broken example shows what {', '.join(unseen)} {'finds' if len(unseen) == 1 else 'find'}.",
            Where(str(Path(catalog.requirements[unseen[0]].file).parent)),
            f"Write one in {examples.name}/broken/ with the first line '# shows: {family}…'.",
        )


def _clauses_shown(catalog: Catalog, examples: Path) -> set[str]:
    """Return the clauses that the example specs hold; a spec that cannot be read or assembled shows none."""
    from fe_contracts import assembly
    from fe_contracts.exceptions import FEContractsError
    from fe_contracts.pipeline.specs import load_spec

    shown: set[str] = set()
    for path in sorted(examples.glob("*.yaml")):
        try:
            spec: Spec = load_spec(path)
            shown |= set(assembly.assemble(spec, catalog).selection.clause_ids)
        except FEContractsError:
            continue  # a test of the examples says so
    return shown
