"""Look at the references: each leads on to something, in every version, and none back to where it came from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from fe_contracts.catalog.wording import Branch, ExhibitBlock, Loop, ParagraphNode, ReferenceNode, walk
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.catalog.wording import Node

__all__ = ["circular_references", "label_not_in_every_version"]


def circular_references(catalog: Catalog) -> Iterator[Finding]:
    """No paragraph sends the reader to itself, and no two only to each other."""
    links: dict[str, dict[str, Where]] = defaultdict(dict)
    for clause in catalog:
        for version in clause.versions[-1:]:
            for here, target, where in _sent_on(version):
                if target in {here, clause.id}:
                    yield _circular(
                        f"A paragraph of {version.key} refers to {'itself' if target == here else 'its own section'}.",
                        where,
                        "Name the paragraph that is meant, or say “this section” in words.",
                    )
                elif here:
                    links[here].setdefault(target, where)
    for here, targets in links.items():
        for target, where in targets.items():
            if here < target and here in links.get(target, {}):
                yield _circular(
                    f"The paragraphs {here} and {target} refer to each other.",
                    where,
                    "Say the rule in one of them and refer to it from the other.",
                )


def _circular(message: str, where: Where, remedy: str) -> Finding:
    return Finding("LINT100", Severity.WARNING, message, where, remedy)


def _sent_on(version: ClauseVersion) -> Iterator[tuple[str, str, Where]]:
    """Yield for each reference the paragraph it stands in, as a reference names it, its target, and its place."""
    for node in walk(version.wording.nodes):
        if isinstance(node, ParagraphNode):
            here = f"{version.clause_id}#{node.label}" if node.label else ""
            for piece in node.pieces:
                if isinstance(piece, ReferenceNode):
                    yield here, _whole(version.clause_id, piece.target), Where(version.file, piece.line)


def _whole(clause_id: str, target: str) -> str:
    return f"{clause_id}{target}" if target.startswith("#") else target


def label_not_in_every_version(catalog: Catalog) -> Iterator[Finding]:
    """A reference to a paragraph or exhibit part of another clause finds it in every version it may stand beside."""
    for clause in catalog:
        for version in clause.versions:
            for reference in _references(version.wording.nodes):
                other, mark, _ = _split(reference.target)
                if not mark or not other or other not in catalog:
                    continue
                missing = [
                    item.number
                    for item in _beside(clause, version, catalog[other])
                    if reference.target not in _targets(item)
                ]
                if missing:
                    yield Finding(
                        "LINT110",
                        Severity.WARNING,
                        f"{version.key} refers to {reference.target}, which {other} does not have in version "
                        f"{', '.join(missing)}; both can be in force in one contract.",
                        Where(version.file, reference.line),
                        "Give the paragraph its label there too, or refer to the whole section.",
                    )


def _split(target: str) -> tuple[str, str, str]:
    for mark in "#@":
        if mark in target:
            return target.partition(mark)
    return target, "", ""


def _beside(clause: Clause, version: ClauseVersion, other: Clause) -> list[ClauseVersion]:
    """Return the versions of another clause that can stand in one contract with a version.

    Where both are chosen by the same date, those whose days overlap; else all, as any two dates may meet.
    """
    living = [item for item in other.versions if not item.retires]
    if clause.identity.trigger is not other.identity.trigger or clause.identity.scope is not other.identity.scope:
        return living
    first, last = _days(clause, version)
    found = []
    for item in living:
        begins, ends = _days(other, item)
        if begins <= last and first <= ends:
            found.append(item)
    return found


def _days(clause: Clause, version: ClauseVersion) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a version, as if every draft were published."""
    later = [item.effective for item in clause.versions if item.effective > version.effective]
    return version.effective, min(later) - dt.timedelta(days=1) if later else version.expires or dt.date.max


def _targets(version: ClauseVersion) -> set[str]:
    found = set()
    for node in walk(version.wording.nodes):
        if isinstance(node, ParagraphNode) and node.label:
            found.add(f"{version.clause_id}#{node.label}")
        elif isinstance(node, ExhibitBlock):
            found.add(f"{version.clause_id}@{node.exhibit}")
    return found


def _references(nodes: tuple[Node, ...]) -> Iterator[ReferenceNode]:
    for node in nodes:
        match node:
            case ParagraphNode():
                yield from (piece for piece in node.pieces if isinstance(piece, ReferenceNode))
            case Branch():
                yield from _references(node.then)
                yield from _references(node.otherwise)
            case Loop() | ExhibitBlock():
                yield from _references(node.body)
