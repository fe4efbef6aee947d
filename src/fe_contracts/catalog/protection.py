"""Find what an overlay may not do: loosen the law, weaken a requirement, name what is not there."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.catalog.adjusting import adjusted_definition, adjusted_front
from fe_contracts.catalog.checks import references_of
from fe_contracts.catalog.consistency import targets_of
from fe_contracts.catalog.defaults import BOUNDED, misfit
from fe_contracts.catalog.loosening import parameter_loosened
from fe_contracts.catalog.skeletons import lost_places
from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import Protection
from fe_contracts.sources import parse_yaml, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fe_contracts.catalog.catalog import Catalog, Edition, PlacedAdjustments
    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.model.clause import ParameterDefinition
    from fe_contracts.model.library import ContractType
    from fe_contracts.model.overlay import Adjustment, ParameterAdjustment
    from fe_contracts.sources import Path_

__all__ = ["check_overlay", "place_in"]


def place_in(file: str, path: Path_) -> Where:
    """Return where a value stands in a YAML file that was read before, with its line."""
    try:
        return parse_yaml(read_text(file), file).where(path)
    except SourceError:  # it changed a moment ago; the file's name is still right
        return Where(file)


def _error(code: str, message: str, where: Where, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, message, where, remedy)


def check_overlay(catalog: Catalog) -> list[Finding]:
    """Return everything in which an overlay goes beyond what its base allows, or speaks of nothing."""
    base = catalog.base
    if base is None:
        return []
    return [
        *_replaced(catalog, base),
        *_answered(catalog, base),
        *_named(catalog),
        *_adjustments(catalog, base),
        *_placements(catalog, base),
        *_skeletons(catalog, base),
        *_editions(catalog, base),
        *_requirements(catalog, base),
        *_citations(catalog, base),
    ]


def _replaced(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a problem for each clause in whose place the overlay may not stand, or does not say why."""
    for clause in catalog:
        if clause.id not in base or not catalog.layer.gives(f"clauses/{clause.id}"):
            continue
        below, replaces = base[clause.id], clause.identity.replaces
        where = place_in(clause.file, ("replaces",) if replaces else ("id",))
        if below.identity.protection is Protection.LAW:
            message = f"{clause.id} is protected by law in {base.name}, so its words may not be replaced."
            remedy = "Delete the folder; to tighten its values write adjust.yaml, to add words write a new clause."
            yield _error("OVERLAY040", message, where, remedy)
        elif below.identity.protection is Protection.GUARDED and replaces is None:
            message = f"{clause.id} is guarded in {base.name}, and this clause does not say why it stands in its place."
            remedy = "Write `replaces:` into clause.yaml with base_version, reason and reviewed_by."
            yield _error("OVERLAY045", message, where, remedy)
        if replaces is not None and replaces.base_version not in {version.number for version in below.versions}:
            known = ", ".join(version.number for version in below.versions)
            message = f"It was written from {clause.id}@{replaces.base_version}, which {base.name} does not hold."
            where = place_in(clause.file, ("replaces", "base_version"))
            yield _error("OVERLAY035", message, where, f"Name one of its versions: {known}.")
    for clause in catalog:
        if clause.identity.replaces is not None and clause.id not in base:
            message = f"It says that it replaces {clause.id}, and {base.name} holds no such clause."
            where = place_in(clause.file, ("replaces",))
            yield _error("OVERLAY030", message, where, "Correct the id, or delete `replaces`.")


def _answered(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a problem for each label or exhibit part that other clauses refer to and a replacement lacks."""
    for clause in [clause for clause in catalog if clause.id in base and catalog.layer.gives(f"clauses/{clause.id}")]:
        wanted = {
            reference.target: other.id
            for other in catalog
            for version in other.versions[-1:]
            for reference in references_of(version.wording)
            if reference.target.startswith((f"{clause.id}#", f"{clause.id}@")) and other is not clause
        }
        for version in clause.versions:
            if catalog.layer.gives(f"clauses/{clause.id}/{version.number}") and not version.retires:
                for target in sorted(wanted.keys() - targets_of(version)):
                    message = f"{wanted[target]} refers to [[{target}]], which {version.key} does not have."
                    remedy = "Keep the label or exhibit part, or replace the clause that refers to it too."
                    yield _error("OVERLAY065", message, Where(version.file), remedy)


def _unknown(catalog: Catalog, clause_id: str, where: Where) -> Finding:
    near = get_close_matches(clause_id, catalog.clauses, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    message = f"No layer of the catalog holds a clause {clause_id}.{hint}"
    return _error("OVERLAY030", message, where, "Correct the id; 'fe-contracts catalog list' shows them all.")


def _named(catalog: Catalog) -> Iterator[Finding]:
    """Yield a problem for each file of the overlay that speaks of a clause which no layer holds."""
    for clause_id, approvals in catalog.approvals.items():
        if clause_id not in catalog:
            yield _unknown(catalog, clause_id, place_in(approvals.file, ("clause",)))
    for clause_id, adjustments in catalog.adjustments.items():
        if clause_id not in catalog:
            yield _unknown(catalog, clause_id, place_in(adjustments.file, ("clause",)))


def _adjustments(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    for clause_id, placed in catalog.adjustments.items():
        if clause_id not in base:
            if clause_id in catalog:
                message = f"{clause_id} is this overlay's own clause, so there is nothing to adjust."
                remedy = "Change the clause itself, in a new version."
                yield _error("OVERLAY030", message, place_in(placed.file, ("clause",)), remedy)
            continue
        if catalog.layer.gives(f"clauses/{clause_id}"):
            message = f"The overlay replaces {clause_id}, and adjusts it too."
            yield _error(
                "OVERLAY055", message, place_in(placed.file, ("clause",)), "Write the values into its version."
            )
            continue
        for place, entry in enumerate(placed.record.adjustments):
            yield from _idle(base[clause_id], entry, placed, place)
            yield from _beyond(base[clause_id], entry, placed, place)


def _idle(clause: Clause, entry: Adjustment, placed: PlacedAdjustments, place: int) -> Iterator[Finding]:
    """Yield a problem for each parameter and version that an adjustment names and the clause does not have."""
    numbers = [version.number for version in clause.versions]
    for number in entry.versions:
        if number not in numbers:
            where = place_in(placed.file, ("adjustments", place, "versions"))
            message = f"{clause.id} has no version {number}."
            yield _error("OVERLAY055", message, where, f"Its versions are {', '.join(numbers)}.")
    known = {name for version in _meant(clause, entry) for name in version.front.parameters}
    for name in entry.parameters:
        if name not in known:
            where = place_in(placed.file, ("adjustments", place, "parameters", name))
            near = get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            remedy = f"Use {', '.join(sorted(known)) or 'none: the clause takes no values'}."
            yield _error("OVERLAY055", f"{clause.id} has no parameter {name!r}.{hint}", where, remedy)


def _meant(clause: Clause, entry: Adjustment) -> Iterable[ClauseVersion]:
    return [version for version in clause.versions if not entry.versions or version.number in entry.versions]


def _beyond(clause: Clause, entry: Adjustment, placed: PlacedAdjustments, place: int) -> Iterator[Finding]:
    """Yield a problem for each parameter that an adjustment would leave looser than the layers below have it.

    A layer below may tighten again on a later day, so each of its later days is looked at too.
    """
    told: set[tuple[str, str]] = set()
    for version in _meant(clause, entry):
        later = {below.effective for below in version.adjustments if below.effective > entry.effective}
        for day in sorted({entry.effective, *later}):
            below = (item for item in version.adjustments if item.effective <= day)
            parameters = adjusted_front(version.front, below).parameters
            for name, change in entry.parameters.items():
                if name not in parameters:
                    continue
                for field, message in _looser(name, parameters[name], change):
                    if (name, message) in told:
                        continue
                    told.add((name, message))
                    path = ("adjustments", place, "parameters", name)
                    where = place_in(placed.file, (*path, field) if field else path)
                    remedy = "An adjustment only tightens. Stay inside the clause's own bounds, or delete it."
                    yield _error("OVERLAY050", f"{version.key}, {name}: {message}", where, remedy)


def _looser(name: str, old: ParameterDefinition, change: ParameterAdjustment) -> Iterator[tuple[str, str]]:
    """Yield field and message for each way in which an adjustment is no tightening of a parameter."""
    if not old.adjustable:
        yield "", "It is a right that law gives the agency, so that no bound of a city fits it."
        return
    new = adjusted_definition(old, change, "the overlay")
    for lost in parameter_loosened(name, old, new):
        before = f" It is {lost.old}." if lost.old else ""
        yield lost.place.rpartition(".")[2], f"{lost.what}{before}"
    if unknown := [choice for choice in change.choices if choice not in old.choices]:
        yield "choices", f"{unknown[0]!r} is none of its choices, {', '.join(old.choices) or 'for it has none'}."
    if change.confirm is not None and old.confirm not in (None, change.confirm):
        yield "confirm", f"The clause asks for a confirmation of its own, which stays: {old.confirm.what}"
    if (change.minimum is not None or change.maximum is not None) and old.type not in BOUNDED:
        yield "minimum" if change.minimum is not None else "maximum", f"A value of type {old.type} has no bounds."
    if change.default is not None and old.from_ is not None:
        yield "default", f"It takes its value from {old.from_}, so a default is never used."
    if new.minimum is not None and new.maximum is not None and new.minimum > new.maximum:
        yield "minimum", f"The least value, {new.minimum}, is more than the greatest, {new.maximum}."
    elif new.default is not None and (wrong := misfit(new)):
        yield "default" if change.default is not None else "", f"The default, {new.default}, {wrong}."
    if new.locked and new.default is None:
        yield "locked", "Only the default is allowed, and there is none."


def _placements(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    for name, placed in catalog.placements.items():
        if name not in catalog.contract_types:
            where = place_in(placed.file, ("contract_type",))
            known = ", ".join(catalog.contract_types)
            yield _error("OVERLAY030", f"No layer holds a contract type {name}.", where, f"They are {known}.")
            continue
        for place, item in enumerate(placed.record.placements):
            at = ("placements", place)
            neighbour = "after" if item.after else "before"
            unknown = [
                (field, clause_id)
                for field, clause_id in (("clause", item.clause), (neighbour, item.after or item.before))
                if clause_id is not None and clause_id not in catalog
            ]
            for field, clause_id in unknown:
                yield _unknown(catalog, clause_id, place_in(placed.file, (*at, field)))
            if unknown:
                continue
            below = base.contract_types[name].editions if name in base.contract_types else ()
            if any(_holds(edition, item.clause) for edition in below[-1:]):
                message = f"{item.clause} has a place in {name} already."
                remedy = "Delete the entry; to move a clause, write an edition of the contract type."
                yield _error("OVERLAY035", message, place_in(placed.file, (*at, "clause")), remedy)
            elif not any(_holds(edition, item.clause) for edition in catalog.contract_types[name].editions):
                message = f"{item.after or item.before} has no place in {name} from {item.effective} on."
                remedy = "Name a clause that stands there, or an earlier placement's."
                yield _error("OVERLAY035", message, place_in(placed.file, (*at, neighbour)), remedy)


def _holds(edition: Edition[ContractType], clause_id: str) -> bool:
    return any(slot.clause == clause_id for slot in edition.content.slots)


def _skeletons(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a problem for each clause protected by law that contracts of some day lose to an edition of the overlay."""
    for lost in lost_places(catalog, base):
        clause_id, name = lost.slot.clause, f"{lost.ours.name} {lost.ours.number}"
        if clause_id in base and base[clause_id].identity.protection is Protection.LAW:
            what = "leaves it out where a host contract covers its subject" if lost.kept else "has no place for it"
            message = f"{clause_id} is protected by law, and {name} {what}."
            remedy = f"Give it the place it has in the base's edition {lost.below.number}."
            yield _error("OVERLAY060", message, Where(lost.ours.file), remedy)


def _editions(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a problem for each version or edition whose number a layer below has given already."""
    for clause in catalog:
        numbers = [version.number for version in clause.versions]
        for version in clause.versions:
            name = f"clauses/{clause.id}/{version.number}"
            if (
                catalog.layer.gives(name)
                and numbers.count(version.number) > 1
                and Path(version.file).is_relative_to(catalog.folder)
            ):
                message = f"{base.name} has a {version.key} already, and contracts of earlier days use it."
                yield _error("OVERLAY070", message, Where(version.file), "Give it a number that follows.")
    for kind, group in base.kinds:
        for name, series in group.items():
            for edition in series.editions:
                if catalog.layer.gives(f"{kind}/{name}/{edition.number}"):
                    file = catalog.folder / f"{kind}{'' if kind == 'framework' else 's'}" / name
                    where = Where(str(file / f"{edition.number}.yaml"))
                    message = f"{base.name} has a {name} {edition.number} already."
                    yield _error("OVERLAY070", message, where, "Give it a number that follows.")


def _requirements(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a problem for each requirement that would take the place of one below."""
    for code in base.requirements:
        if catalog.layer.gives(f"requirements/{code}"):
            family = code.rstrip("0123456789")
            where = place_in(str(catalog.folder / "requirements" / family / f"{code}.yaml"), ("code",))
            message = f"{base.name} holds the requirement {code}; an overlay may add to the law, and not restate it."
            yield _error("OVERLAY070", message, where, "Give it a code of its own, or delete it.")


def _citations(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a problem for each citation of which a layer below speaks already."""
    file = catalog.folder / "citations.yaml"
    if base.authorities is None or not file.is_file():
        return
    known = {stale.id for stale in base.authorities.stale}
    own = parse_yaml(read_text(file), str(file))
    for place, stale in enumerate(own.data["stale"]):
        if stale["id"] in known:
            message = f"{base.name} speaks of {stale['id']!r} already; an overlay may add to it, and not restate it."
            where = own.where(("stale", place, "id"))
            yield _error("OVERLAY070", message, where, "Give it an id of its own, or delete it.")
