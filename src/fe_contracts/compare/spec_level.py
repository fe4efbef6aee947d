"""Tell the changed fields of two specs as changes of the contract: each once, with every section that prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.compare.contract_changes import ContractChange, Kind
from fe_contracts.compare.obligations import record_of, tell, tell_record
from fe_contracts.compare.spec_fields import field_changes, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.spec_fields import FieldChange
    from fe_contracts.compare.words import Language

__all__ = ["spec_changes"]

_COMPUTED = {
    "deliverables": ("deliverables",),
    "outcomes": ("outcomes",),
    "milestones": ("milestones",),
    "reports": ("reports", "report_calendar"),
    "funding": ("funding",),
    "funding.*.name": ("budget", "budget_by_fund", "deliverables", "match"),
    "budget": ("budget", "budget_by_fund", "fund_budget"),
    "payment.rates": ("rates",),
    "funding.*.match": ("match",),
    "city.signers": ("signers",),
    "agency.signers": ("signers",),
    "city.contract_manager": ("notices",),
    "agency.contact": ("notices",),
    "relationship.reasons": ("determination_reasons",),
    "host_contract.amends": ("host_sections",),
    "monitoring.specific_conditions": ("specific_conditions",),
    "services.offered": ("services",),
    "federal_terms.appendix_ii": ("appendix_ii",),
    "federal_terms.award_terms": ("award_terms",),
}
"""The values worked out from each part of the spec, the one that shows it best first."""
_UNSHOWN = ("funding.*.federal_award.", "funding.*.indirect", "deliverables.*.measure", "outcomes.*.measure")
"""Fields that no table of their part of the spec shows."""
_SHOWN = "funding.*.federal_award.assistance_listing_number"
_NOT_PRINTED = "The contract does not print it: it stands in the spec only."


@dataclass(frozen=True, slots=True)
class _Print:
    """A section that prints a parameter which takes its value from a field."""

    section: Section
    name: str
    source: str


def _prints(view: ContractView) -> list[_Print]:
    """Return every parameter that the contract prints and that a field of the spec gives, in order."""
    found = []
    for section in view.sections:
        version = view.version_of(section)
        if version is None:
            continue
        shown = frozenset().union(*(passage.values for passage in section.passages))
        for name, definition in version.front.parameters.items():
            if name in shown and definition.from_:
                found.append(_Print(section, name, definition.from_))
    return found


def _sources(change: FieldChange) -> list[str]:
    """Return what a parameter may name as its source to print this field, the nearest first."""
    pattern = change.pattern.removesuffix(".*")
    found = [pattern]
    if pattern.startswith("funding.*."):
        found.append("fund." + pattern.removeprefix("funding.*."))
    if pattern == "services.start_date":
        found.append("service_start")
    if pattern.startswith(_UNSHOWN) and pattern != _SHOWN:
        return found
    parts = pattern.split(".")
    for length in range(len(parts), 0, -1):
        found += (f"computed.{name}" for name in _COMPUTED.get(".".join(parts[:length]), ()))
    return found


def _of_fund(change: FieldChange, item: _Print) -> bool:
    """Return whether a section that stands for one fund stands for the fund that changed."""
    if not change.path.startswith("funding.") or ":" not in item.section.instance:
        return True
    return item.section.instance.partition(":")[2] == change.path.split(".")[1]


def _printed_at(change: FieldChange, prints: list[_Print]) -> list[Section]:
    """Return the sections that print a field, the one that shows it best first."""
    found: list[Section] = []
    for source in _sources(change):
        found += (
            item.section
            for item in prints
            if (item.source == source or item.source.startswith(f"{source}."))
            and _of_fund(change, item)
            and item.section not in found
        )
    return found


def spec_changes(
    old: ContractView, new: ContractView, language: Language
) -> Iterator[tuple[ContractChange, Section | None]]:
    """Yield each field that differs, with the section of the new contract that shows it best, if one does."""
    if old.spec is None or new.spec is None:
        return
    prints = _prints(old), _prints(new)
    for change in field_changes(old.spec, new.spec):
        if record_of(change):
            continue
        sides = [list(dict.fromkeys(_printed_at(change, side))) for side in prints]
        shown = sides[1] or sides[0]
        told = tell(change, language)
        home = shown[0] if shown else None
        twin = next((s for s in sides[0] if home and s.key == home.key), None)
        yield (
            ContractChange(
                id="",
                level=told.level,
                kind=change.kind,
                instance=home.instance if home else "",
                clause_id=home.clause_id if home else "",
                title=told.title,
                old_number=twin.number if twin else "",
                new_number=home.number if home and sides[1] else "",
                place=change.path,
                what=told.what,
                old=told.old,
                new=told.new,
                affected=told.affected,
                weights=told.weights,
                stands=tuple(dict.fromkeys(section.number for section in shown)),
                notes=() if shown else (_NOT_PRINTED,),
            ),
            home,
        )
    yield from ((change, None) for change in _records(field_changes(old.spec, new.spec)))


def _entry(change: FieldChange, value: Any) -> str:
    """Return one field of a record by its name; an entry of a list, or the record itself, needs none."""
    text = written(change.pattern, value)
    where, _, name = change.path.removeprefix(record_of(change)).lstrip(".").rpartition(".")
    if not text or not name or change.pattern.endswith(".*"):
        return text
    return ": ".join(filter(None, (where, name.replace("_", " "), text)))


def _records(changes: Iterable[FieldChange]) -> Iterator[ContractChange]:
    """Yield, for each record that the city keeps with the spec, all that changed in it as one change."""
    held: dict[str, list[FieldChange]] = {}
    for change in changes:
        if record := record_of(change):
            held.setdefault(record, []).append(change)
    for record, found in held.items():
        found.sort(key=lambda change: change.path)
        old, new = (
            "; ".join(filter(None, (_entry(one, side) for one, side in sides)))
            for sides in ([(one, one.old) for one in found], [(one, one.new) for one in found])
        )
        kinds = {change.kind for change in found}
        told = tell_record(record)
        yield ContractChange(
            id="",
            level=told.level,
            kind=kinds.pop() if len(kinds) == 1 else Kind.CHANGED,
            instance="",
            clause_id="",
            title=told.title,
            old_number="",
            new_number="",
            place=record,
            what=told.what,
            old=old,
            new=new,
            affected=told.affected,
            weights=told.weights,
            notes=(_NOT_PRINTED,),
        )
