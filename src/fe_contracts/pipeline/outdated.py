"""Say which clause versions of a contract have been superseded: of its spec, or of the Word file itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts import assembly
from fe_contracts.effective import Trigger
from fe_contracts.exceptions import ClauseNotInForceError, UnknownVersionError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.pipeline.pinning import read_pins
from fe_contracts.pipeline.specs import load_spec, located
from fe_contracts.renewal.superseded import Outdated, Standing, Superseded, superseded_by
from fe_contracts.schedule import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog import Catalog, Clause, ClauseVersion
    from fe_contracts.model.spec import Spec
    from fe_contracts.renewal.pins import ChosenFor

__all__ = ["next_start", "outdated"]


def next_start(spec: Spec) -> dt.date:
    """Return the day after the term, for asking what would be outdated then; with or without a renewal left."""
    return spec.term.end_date + dt.timedelta(days=1)


def outdated(source: Path | str | Spec, catalog: Catalog, *, as_of: dt.date) -> Outdated:
    """Return how each clause of a contract stands to what the contract would be made of on a day.

    `source` is a spec, or the file of one, or a contract that was assembled here. The day is never before the
    contract's own: a contract that has not begun is asked about the day on which it does.

    Raises:
        SourceError, SpecError or UnsafeFileError: if the file cannot be read as either.
        ClauseNotInForceError: if the contract type itself is not in force.
    """
    if isinstance(source, Path | str):
        if Path(source).suffix.lower() not in {".yaml", ".yml", ".json"}:
            return _of_record(source, catalog, as_of)
        return _of_spec(load_spec(source), catalog, as_of, str(source))
    return _of_spec(source, catalog, as_of, source.contract.id)


def _of_spec(spec: Spec, catalog: Catalog, as_of: dt.date, file: str) -> Outdated:
    """Return the standing of a spec's clauses against those of the same spec on another day."""
    day = max(as_of, spec.contract.effective_date)
    selection = assembly.select(spec, catalog)
    notes = [*_after_the_last_term(spec, day)]
    notes += (item for item in selection.findings if item.code in {"SELECT020", "PIN020", "PIN030"})
    used = {one.instance: one for one in selection.decisions}
    then = {one.instance: one for one in assembly.select(_on(spec, day), catalog).decisions}
    found = (_standing(catalog, name, used.get(name), then.get(name)) for name in dict.fromkeys([*used, *then]))
    clauses = tuple(item for item in found if item is not None)
    return Outdated(file, spec.contract.id, day, catalog.name, clauses, located(spec, notes))


def _after_the_last_term(spec: Spec, day: dt.date) -> Iterator[Finding]:
    """Yield, of a day on which the contract has ended for good, that another contract is what is asked about."""
    term = spec.term
    if day > term.end_date and term.renewals == 0:
        said = (
            f"The term ends {term.end_date} and no renewal is left: this is how a new contract from {day} would differ."
        )
        remedy = "Make a new contract, or lengthen the term by an amendment; 'renew' refuses this one."
        yield Finding("RENEW031", Severity.INFO, said, Where(field="term.renewals"), remedy)


def _on(spec: Spec, day: dt.date) -> Spec:
    """Return the spec as if its contract began on the day, without any version pinned; its awards stay."""
    services = spec.services
    if services.start_date is not None:
        services = services.model_copy(update={"start_date": max(day, services.start_date)})
    return spec.model_copy(
        update={
            "contract": spec.contract.model_copy(update={"effective_date": day}),
            "term": spec.term.model_copy(update={"start_date": max(day, spec.term.start_date)}),
            "services": services,
            "clauses": spec.clauses.model_copy(update={"pins": {}, "framework": {}, "contract_type": None}),
        }
    )


def _standing(
    catalog: Catalog, instance: str, used: assembly.Decision | None, then: assembly.Decision | None
) -> Superseded | None:
    """Return how one clause stands; nothing where the contract has it on neither day."""
    old = used.version if used else None
    new = then.version if then else None
    compared = (then.day, then.day_from) if then else (None, "")
    if old is not None and new is not None:
        return _between(catalog, instance, old, new, compared)
    if old is not None:
        return _gone(catalog[old.clause_id], instance, old, then)
    if new is not None:
        because = "; ".join(then.because) if then else ""
        told = f"{because}. {new.front.reason}" if because else new.front.reason
        return Superseded(instance, new.front.title, Standing.ADDED, "", new.number, *compared, new.effective, told)
    return None


def _between(
    catalog: Catalog,
    instance: str,
    old: ClauseVersion,
    new: ClauseVersion,
    compared: tuple[dt.date | None, str],
) -> Superseded:
    """Return how one version stands to the one that would be used, and to those that come after it."""
    if new.number != old.number:
        return superseded_by(catalog, instance, old, new, Standing.SUPERSEDED, compared)
    clause = catalog[old.clause_id]
    later = [one for one in clause.published if one.effective > old.effective]
    if not later:
        return Superseded(instance, old.front.title, Standing.CURRENT, old.number, old.number, *compared)
    newest = later[-1]
    if newest.retires:
        return Superseded(
            instance, old.front.title, Standing.LATER, old.number, "", *compared, newest.effective, newest.front.reason
        )
    return superseded_by(catalog, instance, old, newest, Standing.LATER, compared)


def _gone(clause: Clause, instance: str, old: ClauseVersion, then: assembly.Decision | None) -> Superseded:
    """Return why a contract of the day would not have a clause: none in force, or its condition does not hold."""
    if then is None:
        reason = "the contract type has no place for it any more"
        return Superseded(instance, old.front.title, Standing.DROPPED, old.number, "", None, "", reason=reason)
    standing = Standing.DROPPED
    try:
        clause.in_force_on(then.day) if then.day else None
    except ClauseNotInForceError:
        standing = Standing.ENDED
    reason = "; ".join(then.because)
    return Superseded(instance, old.front.title, standing, old.number, "", then.day, then.day_from, reason=reason)


def _of_record(source: Path | str, catalog: Catalog, as_of: dt.date) -> Outdated:
    """Return the standing of the versions that a Word contract records, without its spec.

    Which clauses a contract of the day would have besides is not known here: only a spec tells that.
    """
    pins = read_pins(source)
    dated = _date(pins.dated)
    day = max(as_of, dated) if dated else as_of
    found = [
        _of_pin(catalog, instance, number, *_day_of(catalog, instance, pins.chosen.get(instance), day))
        for instance, number in pins.clauses.items()
    ]
    return Outdated(str(source), pins.contract_id, day, catalog.name, tuple(found))


def _of_pin(catalog: Catalog, instance: str, number: str, day: dt.date, day_from: str) -> Superseded:
    """Return how one recorded version stands."""
    clause_id = instance.partition(":")[0]
    if clause_id not in catalog:
        reason = f"the catalog holds no clause {clause_id}"
        return Superseded(instance, "", Standing.UNKNOWN, number, "", day, day_from, reason=reason)
    clause = catalog[clause_id]
    try:
        old = clause.version(number)
        return _between(catalog, instance, old, clause.in_force_on(day), (day, day_from))
    except UnknownVersionError as error:
        return Superseded(instance, "", Standing.UNKNOWN, number, "", day, day_from, reason=str(error))
    except ClauseNotInForceError as error:
        title = old.front.title
        return Superseded(instance, title, Standing.ENDED, number, "", day, day_from, reason=error.why)


def _day_of(catalog: Catalog, instance: str, chosen: ChosenFor | None, day: dt.date) -> tuple[dt.date, str]:
    """Return the day by which a recorded version is judged: an award keeps its own, all else goes by the day asked."""
    clause_id = instance.partition(":")[0]
    own = _date(chosen.day) if chosen else None
    if own is None or chosen is None or clause_id not in catalog:
        return day, "day asked about"
    trigger = catalog[clause_id].identity.trigger
    if trigger is Trigger.AWARD_DATE and "award date" in chosen.by and "no federal award" not in chosen.by:
        return own, chosen.by
    if trigger is Trigger.AUDITEE_FY_START:
        while (following := add_months(own, 12)) <= day:
            own = following
        return own, chosen.by
    return day, "day asked about"


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
