"""Say what keeps an amendment from being made: other parties, no reason, no day, nothing to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.renewal.amendment_facts import renews

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from typing import Any

    from fe_contracts.model.spec import RecordedAmendment, Spec

__all__ = ["check_pair", "nothing_changes", "recorded", "signing_notes", "unsayable"]


def recorded(old: Spec, new: Spec) -> RecordedAmendment | None:
    """Return the amendment that the new spec records and the old one does not: the one being made."""
    known = {item.number for item in old.contract.amendments}
    fresh = [item for item in new.contract.amendments if item.number not in known]
    return fresh[-1] if fresh else None


def check_pair(old: Spec, new: Spec, number: int, effective: dt.date | None, reason: str) -> Iterator[Finding]:
    """Yield each reason why the two specs make no amendment, before anything is assembled."""
    if old.contract.type is not new.contract.type:
        said = f"The contract is a {old.contract.type.value} and would become a {new.contract.type.value}."
        yield _error("AMEND020", "contract.type", said, "Make a new contract: an amendment cannot change its kind.")
    if _stranger(old, new):
        said = f"The agency was {old.agency.legal_name} and is {new.agency.legal_name}, another organization."
        yield _error("AMEND021", "agency", said, "Assign the contract, or make a new one with the other agency.")
    if old.city.name != new.city.name:
        said = f"The city was {old.city.name} and is {new.city.name}."
        yield _error("AMEND021", "city.name", said, "Compare specs of the same city's contract.")
    if new.term.end_date < old.term.start_date:
        said = f"The new spec's term ends on {new.term.end_date}, before the old one's begins ({old.term.start_date})."
        yield _error("AMEND036", "term", said, "Name the spec in force first, then the one that changes it.")
    if old.contract.renews is not None and not old.contract.amendments:
        said = "The contract in force renews an earlier one, and no amendment is recorded that did so."
        remedy = "Record it in contract.amendments of both specs, or sign the new term as a contract of its own."
        yield _error("AMEND037", "contract.amendments", said, remedy)
    if renews(old, new):
        yield Finding(
            "AMEND042",
            Severity.CONFIRM,
            "This amendment is for a further term: its sentences replace the amounts, dates and targets of the term "
            "that ends.",
            Where(field="term"),
            "Have counsel read them, or sign the further term as a contract of its own: renew --number.",
        )
    yield from _of_records(old, new, number)
    if not reason.strip():
        said = "The reason for the amendment is missing; an amendment must say it."
        yield _error("AMEND031", "contract.amendments", said, "Give it with --reason, or in contract.amendments.")
    if effective is None:
        said = "The day from which the amendment applies is missing; an amendment must say it."
        yield _error("AMEND030", "contract.amendments", said, "Give it with --date, or in contract.amendments.")
    else:
        yield from _of_the_day(old, new, effective)


def _stranger(old: Spec, new: Spec) -> bool:
    """Return whether the agency is another organization; a new name with the same number is the same one."""
    if old.agency.legal_name == new.agency.legal_name:
        return False
    numbers = ((old.agency.ein, new.agency.ein), (old.agency.uei, new.agency.uei))
    return not any(one is not None and one == other for one, other in numbers)


def _of_records(old: Spec, new: Spec, number: int) -> Iterator[Finding]:
    before = old.contract.amendments
    kept = [item for item in new.contract.amendments if item.number in {one.number for one in before}]
    if new.contract.amendments and kept != list(before):
        said = "The amended spec records the earlier amendments otherwise than the spec in force."
        yield _error("AMEND032", "contract.amendments", said, "Copy them from the spec in force and add the new one.")
    if any(item.number >= number for item in before):
        said = f"Amendment No. {number} is recorded already, or a later one is."
        yield _error("AMEND032", "contract.amendments", said, "Give the next number, or correct the record.")
    known = max((item.number for item in before), default=0)
    if number > known + 1:
        yield Finding(
            "AMEND035",
            Severity.WARNING,
            f"This is Amendment No. {number}, and the spec in force records {known or 'none'} before it.",
            Where(field="contract.amendments"),
            "Record the earlier amendments in contract.amendments of both specs: the recitals name them.",
        )


def _of_the_day(old: Spec, new: Spec, effective: dt.date) -> Iterator[Finding]:
    last_day = max(old.term.end_date, new.term.start_date) if renews(old, new) else old.term.end_date
    if effective < old.contract.effective_date:
        said = (
            f"The amendment would apply from {effective}, before the contract itself ({old.contract.effective_date})."
        )
        yield _error("AMEND033", "contract.amendments", said, "Give a day on which the contract is in force.")
    elif effective > last_day:
        said = f"The amendment would apply from {effective}, and the term ended on {old.term.end_date}."
        remedy = "Give a day within the term: a contract that has ended is made anew, not amended."
        yield _error("AMEND033", "contract.amendments", said, remedy)
    last = max((item.effective_date for item in old.contract.amendments), default=None)
    if last is not None and effective < last:
        said = f"The amendment would apply from {effective}, before an earlier one ({last})."
        yield Finding(
            "AMEND034",
            Severity.WARNING,
            said,
            Where(field="contract.amendments"),
            "Check the day: whoever reads both takes the later number for the later word.",
        )


def nothing_changes(old: Spec) -> Finding:
    """Return that the two contracts read the same."""
    return Finding(
        "AMEND010",
        Severity.ERROR,
        f"Nothing to amend: the two contracts {old.contract.id} read the same, word for word.",
        Where(),
        "Name the spec in force first and the changed one second; what no contract shows needs no amendment.",
    )


def unsayable(old: Spec, what: str) -> Finding:
    """Return that the change is more than operative sentences can say."""
    return Finding(
        "AMEND080",
        Severity.ERROR,
        f"The change of contract {old.contract.id} cannot be said in an amendment's sentences: {what}.",
        Where(),
        "Assemble the new contract and sign it as an amended and restated agreement, with the redline beside it.",
    )


def signing_notes(values: Mapping[str, Mapping[str, Any]], section: str) -> Iterator[Finding]:
    """Yield what the contract's own section on amendments asks for before this one is signed."""
    terms = values.get("GEN-05")
    if not terms or not section:
        return
    days = terms.get("review_days")
    marked = "every change marked and a plain summary" if terms.get("redline") else "a plain summary"
    yield Finding(
        "AMEND040",
        Severity.INFO,
        f"Section {section} gives the agency {days} calendar days to read this amendment, with {marked}.",
        Where(),
        "Send `fe-contracts redline` of both contracts and the summary of `fe-contracts diff` with it.",
    )
    if terms.get("signer_by_amount"):
        yield Finding(
            "AMEND041",
            Severity.INFO,
            f"Section {section} says who signs for the city by the amount that an amendment adds.",
            Where(),
            "Check that city.signers of the amended spec names that official.",
        )


def _error(code: str, field: str, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, message, Where(field=field), remedy)
