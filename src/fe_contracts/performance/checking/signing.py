"""Check the certification: is it signed, by whom, and on a day that can be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity
from fe_contracts.performance.forms.form import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.performance.checking.case import CheckCase

__all__ = ["check_signing"]

_SIGN = "Ask for the report signed by a person who may bind the agency; until then it has not been certified."


def check_signing(case: CheckCase) -> Iterator[Finding]:
    """Yield what keeps the certification from being one."""
    section = case.form.section(SectionKind.CERTIFICATION)
    if section is None:
        return
    there = [item for item in section.fields if item.key in case.filled.values and case.fresh(item.key)]
    missing = [item.label.rstrip("?") for item in there if case.taken[item.key].value in {None, ""}
               and not case.taken[item.key].problem and item.key != "certification.agreed"]  # fmt: skip
    agreed = case.value("certification.agreed")
    has_answer = any(item.key == "certification.agreed" for item in there)
    if has_answer and agreed is not True and not case.taken["certification.agreed"].problem:
        said = "The agency does not certify it" if agreed is False else "The certification is not signed"
        lacks = f"; missing too: {', '.join(missing)}" if missing else ""
        yield case.finding("REPORT110", Severity.ERROR, f"{said}{lacks}.", "certification.agreed", remedy=_SIGN)
    elif missing:
        message = f"The certification is not complete. Missing: {', '.join(missing)}."
        key = next(item.key for item in there if item.label.rstrip("?") == missing[0])
        yield case.finding("REPORT110", Severity.ERROR, message, key, remedy=_SIGN)
    yield from _day(case)


def _day(case: CheckCase) -> Iterator[Finding]:
    key, form = "certification.signed_on", case.form
    day = case.value(key)
    if not isinstance(day, dt.date):
        return
    if day < form.period.end:
        message = f"It was signed on {day}, before its period ended on {form.period.end}."
        remedy = "Ask for it signed anew: nobody can certify days that are still to come."
        yield case.finding("REPORT111", Severity.ERROR, message, key, remedy=remedy)
    elif case.received_on is not None and day > case.received_on:
        message = f"It is signed with {day}, a day after it was received ({case.received_on})."
        yield case.finding("REPORT112", Severity.ERROR, message, key, remedy="Ask for the day on which it was signed.")
