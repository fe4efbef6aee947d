"""Report what an overlay does to its base: what it adds, replaces, adjusts and loosens, and who approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog.layers import lock_entries
from fe_contracts.catalog.loosening import clause_loosened
from fe_contracts.catalog.overlay_doubts import doubts_about, own_clauses, own_versions
from fe_contracts.catalog.skeletons import lost_places
from fe_contracts.exceptions import CatalogError
from fe_contracts.findings import Finding, Findings, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.model.library import Family, Role

__all__ = ["OverlayReport", "overlay_report"]

Row = dict[str, Any]
Named = tuple["Role | Family", ...]


@dataclass(frozen=True, slots=True)
class OverlayReport:
    """What one overlay does to its base, as rows of plain data, and what somebody should look at."""

    name: str
    folder: str
    base: str
    """The base's name and version."""
    layers: tuple[Row, ...]
    adds: tuple[Row, ...]
    replaces: tuple[Row, ...]
    adjusts: tuple[Row, ...]
    loosens: tuple[Row, ...]
    approvals: tuple[Row, ...]
    findings: Findings

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "overlay": self.name,
            "folder": self.folder,
            "base": self.base,
            "layers": list(self.layers),
            "adds": list(self.adds),
            "replaces": list(self.replaces),
            "adjusts": list(self.adjusts),
            "loosens": list(self.loosens),
            "approvals": list(self.approvals),
            **self.findings.to_dict(),
        }


def overlay_report(catalog: Catalog) -> OverlayReport:
    """Return what an overlay adds, replaces, adjusts and loosens, and which approvals it records.

    Raises:
        CatalogError: if the catalog stands on no other.
    """
    base = catalog.base
    if base is None:
        message = "This library stands on no other, so there is nothing to report."
        remedy = "Name the folder of an overlay: its library.yaml says `extends`."
        problem = Finding("OVERLAY015", Severity.ERROR, message, Where(str(catalog.folder / "library.yaml")), remedy)
        raise CatalogError(str(catalog.folder), [problem])
    return OverlayReport(
        catalog.name,
        str(catalog.folder),
        base.name,
        tuple({"name": layer.name, "folder": str(layer.folder), "digest": layer.digest} for layer in catalog.layers),
        tuple(_added(catalog, base)),
        tuple(_replaced(catalog, base)),
        tuple(_adjusted(catalog, base)),
        tuple(_loosened(catalog, base)),
        tuple(_approvals(catalog)),
        Findings(tuple(doubts_about(catalog, base)), None, catalog.name),
    )


def _added(catalog: Catalog, base: Catalog) -> Iterator[Row]:
    """Yield what no layer below has."""
    for clause in own_clauses(catalog):
        if clause.id not in base:
            numbers = ", ".join(version.number for version in clause.versions)
            yield _row("clause", clause.id, f"{clause.latest.front.title} ({numbers})", clause.file)
    file = str(catalog.folder / "library.yaml")
    for kind, ours, theirs in _named_by(catalog, base):
        known = {entry.id for entry in theirs}
        yield from (_row(kind, entry.id, entry.title, file) for entry in ours if entry.id not in known)
    yield from _editions(catalog)
    for code, placed in catalog.requirements.items():
        if code not in base.requirements:
            yield _row("requirement", code, placed.requirement.title, placed.file)
    for name, places in catalog.placements.items():
        for item in places.record.placements:
            beside = f"after {item.after}" if item.after else f"before {item.before}"
            yield _row("placement", item.clause, f"{beside} in {name}, from {item.effective}", places.file)


def _row(kind: str, name: str, what: str, file: str) -> Row:
    return {"kind": kind, "name": name, "what": what, "file": file}


def _named_by(catalog: Catalog, base: Catalog) -> tuple[tuple[str, Named, Named], ...]:
    """Return the families and the roles, with the overlay and without it."""
    return (
        ("family", catalog.library.families, base.library.families),
        ("role", catalog.library.roles, base.library.roles),
    )


def _editions(catalog: Catalog) -> Iterator[Row]:
    """Yield the overlay's own editions of contract types, of the framework and of instruments."""
    for kind, group in catalog.kinds:
        for edition in (edition for series in group.values() for edition in series.editions):
            if catalog.layer.gives(f"{kind}/{edition.name}/{edition.number}"):
                yield _row(kind, f"{edition.name} {edition.number}", edition.content.reason, edition.file)


def _replaced(catalog: Catalog, base: Catalog) -> Iterator[Row]:
    """Yield what stands in place of something below."""
    for clause in own_clauses(catalog):
        if clause.id in base:
            below, said = base[clause.id], clause.identity.replaces
            yield {
                "kind": "clause",
                "name": clause.id,
                "what": clause.latest.front.title,
                "protection": below.identity.protection.value,
                "base_versions": [version.number for version in below.versions],
                "versions": [version.number for version in own_versions(catalog, clause)],
                "written_from": said.base_version if said else None,
                "reason": said.reason if said else None,
                "reviewed_by": said.reviewed_by if said else None,
                "file": clause.file,
            }
    file = str(catalog.folder / "library.yaml")
    for kind, ours, theirs in _named_by(catalog, base):
        known = {entry.id: entry for entry in theirs}
        changed = (entry for entry in ours if entry.id in known and entry != known[entry.id])
        yield from (_row(kind, entry.id, entry.title, file) for entry in changed)


def _adjusted(catalog: Catalog, base: Catalog) -> Iterator[Row]:
    """Yield each value that an adjustment fixes, with the one below it."""
    for clause_id, placed in catalog.adjustments.items():
        for (name, _), entry in zip(lock_entries(placed.record), placed.record.adjustments, strict=True):
            below = base[clause_id].nearest(entry.effective).on(entry.effective).front.parameters
            for parameter, change in entry.parameters.items():
                for field, value in change.model_dump(mode="json", exclude_defaults=True, exclude={"bound_by"}).items():
                    before = getattr(below[parameter], field) if parameter in below else None
                    yield {
                        "clause": clause_id,
                        "parameter": parameter,
                        "field": field,
                        "old": _plain(before),
                        "new": value,
                        "from": entry.effective.isoformat(),
                        "reason": entry.reason,
                        "reviewed_by": entry.reviewed_by,
                        "published": name in catalog.layer.published,
                        "file": placed.file,
                    }


def _plain(value: Any) -> Any:
    """Return a bound, default or list of choices as plain data."""
    match value:
        case None | bool() | int() | str() | list():
            return value
        case dict():
            return list(value)
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return str(value)


def _loosened(catalog: Catalog, base: Catalog) -> Iterator[Row]:
    """Yield each term on which the overlay asks less than its base."""
    for clause in own_clauses(catalog):
        if clause.id in base:
            for version in own_versions(catalog, clause):
                was = _compared_with(base[clause.id], clause, version)
                for lost in clause_loosened(base[clause.id], was, clause, version):
                    yield {
                        "name": version.key,
                        "than": was.key,
                        "place": lost.place,
                        "what": lost.what,
                        "old": lost.old or None,
                        "new": lost.new or None,
                        "file": version.file,
                    }
    yield from _fewer_roles(catalog, base)
    yield from _places_lost(catalog, base)


def _compared_with(below: Clause, clause: Clause, version: ClauseVersion) -> ClauseVersion:
    """Return the base's version that an own version is measured by: the one it was written from, else of its day."""
    said = clause.identity.replaces
    return below.version(said.base_version) if said else below.nearest(version.effective)


def _fewer_roles(catalog: Catalog, base: Catalog) -> Iterator[Row]:
    ours = {family.id: family for family in catalog.library.families}
    for family in base.library.families:
        if set(family.approved_by) - set(ours[family.id].approved_by):
            yield {
                "name": family.id,
                "than": base.name,
                "place": "families.approved_by",
                "what": "Fewer roles must approve.",
                "old": ", ".join(family.approved_by),
                "new": ", ".join(ours[family.id].approved_by) or None,
                "file": str(catalog.folder / "library.yaml"),
            }


def _places_lost(catalog: Catalog, base: Catalog) -> Iterator[Row]:
    """Yield each clause that an overlay's edition of a contract type has no place for."""
    for lost in lost_places(catalog, base):
        if lost.kept is None:
            yield {
                "name": f"{lost.ours.name} {lost.ours.number}",
                "than": f"{lost.below.name} {lost.below.number}",
                "place": "articles",
                "what": f"{lost.slot.clause} has no place.",
                "old": lost.slot.clause,
                "new": None,
                "file": lost.ours.file,
            }


def _approvals(catalog: Catalog) -> Iterator[Row]:
    for clause_id, placed in sorted(catalog.approvals.items()):
        for entry in placed.record.approvals:
            yield {"clause": clause_id, **entry.model_dump(mode="json", exclude={"previous"}), "file": placed.file}
