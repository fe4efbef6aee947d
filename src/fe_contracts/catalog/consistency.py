"""Check the library as a whole: what one file says of another must be true."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog.approvals import check_approvals
from fe_contracts.catalog.checks import references_of
from fe_contracts.catalog.clause import version_key
from fe_contracts.catalog.conditions import FACT_KINDS, faults_of
from fe_contracts.catalog.wording import Branch, ExhibitBlock, ParagraphNode, walk
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.library import FrameworkEntries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog, Edition
    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.catalog.conditions import FactKind

__all__ = ["check_catalog", "targets_of"]


def _problem(code: str, message: str, where: Where, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, message, where, remedy)


def check_catalog(catalog: Catalog) -> list[Finding]:
    """Return every contradiction between the files of a library."""
    problems = [
        *_contract_types(catalog),
        *_editions(catalog),
        *_requirements(catalog),
        *_roles(catalog),
        *check_approvals(catalog),
    ]
    values = (
        {
            entry.id
            for edition in catalog.framework["values"].editions
            if isinstance(edition.content, FrameworkEntries)
            for entry in edition.content.entries
        }
        if "values" in catalog.framework
        else set()
    )
    targets = _Targets(catalog)
    families = {family.id for family in catalog.library.families}
    for clause in catalog:
        problems += _clause(clause, families)
        for version in clause.versions:
            problems += _version(catalog, clause, version, values)
            problems += targets.broken(version)
    return problems


def _requirements(catalog: Catalog) -> Iterator[Finding]:
    """Yield a problem for each requirement that could never be asked, or that names clauses nobody holds."""
    for placed in catalog.requirements.values():
        unknown: list[str] = []

        def kind_of(fact: str, unknown: list[str] = unknown) -> FactKind | None:
            if fact not in FACT_KINDS:
                near = get_close_matches(fact, FACT_KINDS, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                unknown.append(f"{fact!r} is not a fact a condition can read.{hint}")
            return FACT_KINDS.get(fact)

        faults = [*faults_of(placed.requirement.applies_when, kind_of)]
        where = Where(placed.file, field="when")
        for fault in (*unknown, *faults):
            yield _problem("CATALOG165", fault, where, "See the page on conditions for the list.")
        for place, clause_id in enumerate(placed.requirement.clauses):
            if clause_id not in catalog:
                where = Where(placed.file, field=f"clauses[{place}]")
                message = f"It names the clause {clause_id}, which the library does not hold."
                yield _problem("CATALOG110", message, where, "Correct the id.")


def _roles(catalog: Catalog) -> Iterator[Finding]:
    """Yield a problem for each role that a family asks for and the library does not have."""
    roles = {role.id for role in catalog.library.roles}
    for place, family in enumerate(catalog.library.families):
        for role in family.approved_by:
            if role not in roles:
                where = Where(str(catalog.folder / "library.yaml"), field=f"families[{place}].approved_by")
                message = f"The family {family.id} is approved by {role!r}, which is no role of the library."
                yield _problem("CATALOG145", message, where, f"The roles are {', '.join(sorted(roles))}.")


def _contract_types(catalog: Catalog) -> Iterator[Finding]:
    for series in catalog.contract_types.values():
        for edition in series.editions:
            where = Where(edition.file)
            content = edition.content
            if content.id.value != series.name:
                yield _problem(
                    "CATALOG040",
                    f"id is {content.id}, but the folder is {series.name}.",
                    where,
                    "Make them equal.",
                )
            for kind, names in (
                ("article", [article.id for article in content.articles]),
                ("exhibit", [exhibit.id for exhibit in content.exhibits]),
            ):
                for name in sorted({name for name in names if names.count(name) > 1}):
                    yield _problem("CATALOG120", f"It has two of the {kind} {name!r}.", where, "Rename one of them.")
            seen: set[str] = set()
            for slot in (slot for article in content.articles for slot in article.clauses):
                if slot.clause not in catalog:
                    yield _problem(
                        "CATALOG110",
                        f"It lists the clause {slot.clause}, which the library does not hold.",
                        where,
                        "Correct the id, or write the clause.",
                    )
                if slot.clause in seen:
                    yield _problem("CATALOG120", f"It lists {slot.clause} twice.", where, "Keep one of them.")
                seen.add(slot.clause)


def _editions(catalog: Catalog) -> Iterator[Finding]:
    """Yield a problem for two editions of one thing, such as a contract type, that leave a day in doubt."""
    for kind, series in ((kind, series) for kind, group in catalog.kinds for series in group.values()):
        first = {item.number: item for item in reversed(series.editions)}  # a placement makes more of one number
        for earlier, later in pairwise(item for item in series.editions if first[item.number] is item):
            if _draft_over_base(catalog, kind, earlier, later):
                continue
            if earlier.effective == later.effective:
                yield _same_day(f"{later.name} {later.number}", f"{earlier.name} {earlier.number}", later)
            elif version_key(later.number) < version_key(earlier.number):
                yield _out_of_order(f"{later.name} {later.number}", earlier.number, later)


def _draft_over_base(catalog: Catalog, kind: str, one: Edition[Any], other: Edition[Any]) -> bool:
    """Return whether an overlay's draft stands beside an edition of its base, whose days it takes when published."""
    own = {item.number: catalog.layer.gives(f"{kind}/{item.name}/{item.number}") for item in (one, other)}
    return own[one.number] != own[other.number] and not all(item.published for item in (one, other) if own[item.number])


def _same_day(one: str, other: str, later: ClauseVersion | Edition[Any]) -> Finding:
    return _problem(
        "CATALOG150",
        f"{one} and {other} both take effect on {later.effective}.",
        Where(later.file),
        "Give one of them another day: a day has one version.",
    )


def _out_of_order(one: str, earlier: str, later: ClauseVersion | Edition[Any]) -> Finding:
    return _problem(
        "CATALOG155",
        f"{one} takes effect after {earlier}, the later number: numbers and days run different ways.",
        Where(later.file),
        "Correct the day, or give it a number that follows.",
    )


def _clause(clause: Clause, families: set[str]) -> Iterator[Finding]:
    where = Where(clause.file)
    if not clause.versions:
        yield _problem("CATALOG130", "The clause has no version.", where, "Write 1.0.0.md beside clause.yaml.")
    if clause.identity.family not in families:
        yield _problem(
            "CATALOG140",
            f"The family {clause.identity.family} is not in library.yaml.",
            where,
            "Add it there.",
        )
    for earlier, later in pairwise(clause.versions):
        if earlier.effective == later.effective:
            yield _same_day(later.key, earlier.key, later)
        elif version_key(later.number) < version_key(earlier.number):
            yield _out_of_order(later.key, earlier.number, later)


def _version(catalog: Catalog, clause: Clause, version: ClauseVersion, values: set[str]) -> Iterator[Finding]:
    front = version.front
    for place, cite in enumerate(front.legal_basis):
        if cite not in clause.identity.sources:
            yield _problem(
                "CATALOG160",
                f"It rests on {cite!r}, which clause.yaml does not list under sources.",
                Where(version.file, field=f"legal_basis[{place}]"),
                "Add the section there with its confidence mark.",
            )
    for place, value in enumerate(front.serves):
        if value not in values:
            yield _problem(
                "CATALOG170",
                f"It serves {value!r}, which is no value of the framework.",
                Where(version.file, field=f"serves[{place}]"),
                f"The values are {', '.join(sorted(values))}.",
            )
    for kind, relations in (("requires", front.relations.requires), ("conflicts", front.relations.conflicts)):
        for place, relation in enumerate(relations):
            where = Where(version.file, field=f"relations.{kind}[{place}]")
            if relation.clause is not None and relation.clause not in catalog:
                yield _problem(
                    "CATALOG110",
                    f"It names the clause {relation.clause}, which the library does not hold.",
                    where,
                    "Correct the id.",
                )
            if relation.clause is None and kind == "requires":
                yield _problem("CATALOG180", "It requires no clause.", where, "Name the clause it requires.")


def targets_of(version: ClauseVersion) -> set[str]:
    """Return what a reference can point at inside a version: its labels and its parts of exhibits."""
    found = set()
    for node in walk(version.wording.nodes):
        if isinstance(node, ParagraphNode) and node.label:
            found.add(f"{version.clause_id}#{node.label}")
        elif isinstance(node, ExhibitBlock):
            found.add(f"{version.clause_id}@{node.exhibit}")
    return found


class _Targets:
    """Everything a reference may point at, over all versions and contract types."""

    def __init__(self, catalog: Catalog) -> None:
        self.known: set[str] = set()
        self.exhibits: set[str] = set()
        for series in catalog.contract_types.values():
            for edition in series.editions:
                self.exhibits |= {exhibit.id for exhibit in edition.content.exhibits}
                self.known |= {f"article:{article.id}" for article in edition.content.articles}
        self.known |= {f"exhibit:{exhibit}" for exhibit in self.exhibits}
        for clause in catalog:
            self.known.add(clause.id)
            for version in clause.versions:
                self.known |= targets_of(version)

    def broken(self, version: ClauseVersion) -> Iterator[Finding]:
        """Yield a problem for each reference and exhibit of a version that nothing in the library answers."""
        for reference in references_of(version.wording):
            if not reference.target.startswith("#") and reference.target not in self.known:
                yield _problem(
                    "CATALOG190",
                    f"[[{reference.target}]] points at nothing in the library.",
                    Where(version.file, reference.line),
                    "Correct the target.",
                )
        for node in walk(version.wording.nodes):
            if isinstance(node, ExhibitBlock) and node.exhibit not in self.exhibits:
                yield _problem(
                    "CATALOG200",
                    f"No contract type has an exhibit {node.exhibit!r}.",
                    Where(version.file, node.line),
                    f"The exhibits are {', '.join(sorted(self.exhibits))}.",
                )
            elif isinstance(node, Branch):
                yield from self.unknown_facts(version, node)

    def unknown_facts(self, version: ClauseVersion, node: Branch) -> Iterator[Finding]:
        """Yield a problem for each clause or exhibit that a condition asks for and the library does not have."""
        for fact in sorted(node.condition.facts):
            space, _, name = fact.partition(".")
            known = {"clause": self.known, "exhibit": self.exhibits}.get(space)
            if known is not None and name not in known:
                yield _problem(
                    "CATALOG190",
                    f"The condition asks for {fact!r}, and the library has no such {space}.",
                    Where(version.file, node.line),
                    "Correct the name.",
                )
