"""Check figures against each other and against the contract: to date, targets and reasons, populations, budgets."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from fe_contracts.findings import Finding, Severity
from fe_contracts.performance.checking.case import number_of, shown
from fe_contracts.performance.checking.cells import far_off
from fe_contracts.performance.forms.form import FieldKind, FieldRole, FormulaKind, SectionKind
from fe_contracts.performance.forms.program import DONE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.performance.checking.case import CheckCase, Number
    from fe_contracts.performance.forms.form import FormField

__all__ = ["check_budget", "check_counts", "check_milestones", "check_reasons", "check_to_date", "says_nothing"]

_SAID_OF_NOTHING: Final = (
    "na none nothing tbd tba tbc todo pending unknown see above below attached same as before later ok yes no test xxx "
    "to be determined decided done announced added not applicable idk asdf explanation reason reasons plan text here "
    "n a t b d lorem ipsum other various will follow in progress ongoing no comment comments"
)
_EMPTY: Final = frozenset(_SAID_OF_NOTHING.split())
"""Words that tell nothing when nothing else is said."""
_WORD = re.compile(r"[^\W\d_]+")
_REASON = "Ask the agency for the reason, and for what it will do."
_WRITE = "Ask the agency for the reasons and, where it is far behind, for a plan with a date."


def says_nothing(text: str) -> bool:
    """Return whether words are there and tell nothing: n/a, see above, a row of dots."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return len(words) < 2 or all(word in _EMPTY for word in words) or len(set(words)) == 1


def check_to_date(case: CheckCase) -> Iterator[Finding]:
    """Yield where what was reported before is not what the earlier reports come to."""
    for item in case.form.fields:
        if not item.key.endswith(".before") or item.role is FieldRole.COMPUTED or not case.fresh(item.key):
            continue
        known = case.carried.get(item.key, item.value)
        cell = case.cell(item.key)
        number, ours = _before(case, item), number_of(known)
        if ours is None or cell is None or number is None or number == ours:
            continue
        money = item.kind is FieldKind.MONEY
        why = "the earlier reports come to" if item.key in case.carried else "the term begins with"
        message = (
            f"{case.about(item)}: the report begins from {shown(number, money=money)}; {why} "
            f"{shown(ours, money=money)}. So what it shows to date is not the sum of the periods."
        )
        remedy = "Ask which is right; if an earlier report was wrong, ask for a corrected one."
        yield case.finding("REPORT050", Severity.ERROR, message, item.key, remedy=remedy)


def _before(case: CheckCase, item: FormField) -> Number | None:
    taken = case.taken[item.key]
    return number_of(taken.value)


def _standing(case: CheckCase) -> Iterator[tuple[FormField, FormField]]:
    """Yield each place for reasons, with the standing that may ask for them."""
    for item in case.inputs:
        asked_by = case.form.by_key.get(item.explains)
        if asked_by is not None and asked_by.formula is not None:
            yield item, asked_by


def check_reasons(case: CheckCase) -> Iterator[Finding]:
    """Yield where a target was missed and nothing, or nothing of content, says why."""
    for item, standing in _standing(case):
        formula = standing.formula
        if formula is None or case.value(standing.key) in {None, formula.words[0], "Not due yet"}:
            continue
        words = case.text(item.key)
        if not case.fresh(item.key, *formula.of):
            continue
        if not words:
            yield from _silent(case, item, standing)
        elif says_nothing(words):
            message = f"{case.row_name(item.key)}: the reasons that are given say nothing."
            yield case.finding("REPORT054", Severity.WARNING, message, item.key, remedy=_WRITE)
    for item in case.inputs:
        if item.section is SectionKind.NARRATIVE and item.required and case.fresh(item.key):
            words = case.text(item.key)
            if words and says_nothing(words):
                message = f"{case.about(item)}: the answer says nothing."
                yield case.finding("REPORT054", Severity.WARNING, message, item.key, remedy="Ask for an answer.")


def _silent(case: CheckCase, item: FormField, standing: FormField) -> Iterator[Finding]:
    """Yield what is to be said of a target that was missed without a word."""
    formula = standing.formula
    if formula is None:
        return
    first, second = (case.number(key) for key in formula.of)
    if first is None or second is None or first < 0:  # a count below zero is told as such
        return
    name, clause = case.row_name(item.key), _clause_of(item)
    if formula.kind is FormulaKind.LIMIT:
        over = shown(first - second, money=True)
        message = f"{name}: {over} more was spent than the line holds, and nothing says why{case.section('FIN-02')}."
        yield case.finding("REPORT053", Severity.ERROR, message, item.key, remedy="Ask why, and who agreed.")
    elif item.section is SectionKind.DELIVERABLES:
        share = case.form.tolerance
        far = share is not None and first * 100 < second * share
        told = f"{shown(first)} of {shown(second)} to date ({_percent(first, second)} %)"
        if far and share is not None:
            message = (
                f"{name}: {told} is below {share.normalize():f} % of the targets, and nothing says why"
                f"{case.section(clause)}."
            )
            yield case.finding("REPORT051", Severity.ERROR, message, item.key, remedy=_WRITE)
        else:
            message = f"{name}: {told}, and nothing says why{case.section('PERF-04')}."
            yield case.finding("REPORT052", Severity.WARNING, message, item.key, remedy=_REASON)
    elif item.section is SectionKind.TRAINING:
        message = (
            f"{name}: {shown(_tenth(first))} % where {shown(second)} % was promised, and nothing says why"
            f"{case.section(clause)}."
        )
        yield case.finding("REPORT051", Severity.ERROR, message, item.key, remedy=_WRITE)
    else:
        message = (
            f"{name}: {shown(_tenth(first))} % where {shown(second)} % is expected, and nothing says why"
            f"{case.section(clause)}."
        )
        yield case.finding("REPORT052", _weight(case, item.row), message, item.key, remedy=_REASON)


def _weight(case: CheckCase, outcome: str) -> Severity:
    """Return how much it weighs that an outcome is behind: little before anybody's later value can have been taken."""
    days = next((item.follow_up_days for item in case.spec.outcomes if item.id == outcome), 0)
    gone = (case.form.period.end - case.spec.term.start_date).days
    return Severity.INFO if gone < days else Severity.WARNING


def _clause_of(item: FormField) -> str:
    return {SectionKind.DELIVERABLES: "PERF-01", SectionKind.OUTCOMES: "PERF-02"}.get(item.section, item.row)


def _tenth(number: Number) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"))


def _percent(part: Number, whole: Number) -> str:
    return shown(_tenth(Decimal(part) * 100 / Decimal(whole))) if whole else "0"


def check_counts(case: CheckCase) -> Iterator[Finding]:
    """Yield counts that are larger than the count that they are a part of."""
    for row in _rows_of(case, "outcome."):
        for part, whole in (("measured", "population"), ("reached", "measured")):
            yield from _larger(case, f"{row}.{part}", f"{row}.{whole}")
    for row in _rows_of(case, "training."):
        yield from _larger(case, f"{row}.trained", f"{row}.people")


def _rows_of(case: CheckCase, prefix: str) -> list[str]:
    rows = [item.key.rpartition(".")[0] for item in case.form.fields if item.key.startswith(prefix)]
    return list(dict.fromkeys(rows))


def _larger(case: CheckCase, part: str, whole: str) -> Iterator[Finding]:
    less, more = case.number(part), case.number(whole)
    if less is None or more is None or less <= more:
        return
    one, other = case.form.by_key[part], case.form.by_key[whole]
    message = (
        f"{case.row_name(part)}: {shown(less)} under {one.column!r} is more than {shown(more)} under {other.column!r}, "
        "of which it is a part."
    )
    yield case.finding("REPORT060", Severity.ERROR, message, part, remedy="Ask which of the two is wrong.")


def check_budget(case: CheckCase) -> Iterator[Finding]:
    """Yield costs to date below zero, above what a line holds, and above what a fund pays."""
    spent: dict[str, Number] = {}
    lines = {line.id: line for line in case.spec.budget}
    for row in _rows_of(case, "budget."):
        key, line = f"{row}.to_date", lines.get(row.removeprefix("budget."))
        number = case.number(key)
        if number is None or line is None:
            continue
        spent[line.fund] = spent.get(line.fund, 0) + number
        if number < 0:
            message = f"{case.row_name(key)}: costs to date are {shown(number, money=True)}, below zero."
            remedy = "A correction takes back no more than was reported: ask for the right amounts."
            yield case.finding("REPORT032", Severity.ERROR, message, f"{row}.period", remedy=remedy)
        elif number > line.amount and case.text(f"{row}.explanation"):
            spent_so_far, amount = shown(number, money=True), shown(line.amount, money=True)
            message = (
                f"{case.row_name(key)}: {spent_so_far} to date is more than the {amount} of the line"
                f"{case.section('FIN-02')}; the agency says why."
            )
            remedy = "Read the reasons, and see whether the contract lets the money move without your approval."
            yield case.finding("REPORT071", Severity.CONFIRM, message, f"{row}.period", remedy=remedy)
    for fund in case.spec.funding:
        if spent.get(fund.id, 0) > fund.amount:
            message = (
                f"{fund.name}: {shown(spent[fund.id], money=True)} to date is more than the "
                f"{shown(fund.amount, money=True)} that the fund pays."
            )
            remedy = "Ask which line is wrong; more than the fund holds cannot be paid."
            key = _first_line(case, fund.id)
            yield case.finding("REPORT070", Severity.ERROR, message, key, remedy=remedy)


def _first_line(case: CheckCase, fund: str) -> str:
    return next(f"budget.{line.id}.period" for line in case.spec.budget if line.fund == fund)


def check_milestones(case: CheckCase) -> Iterator[Finding]:
    """Yield milestones whose answers do not fit each other: reached without a day, or on a day still to come."""
    signed = case.value("certification.signed_on")
    for row in _rows_of(case, "milestone."):
        status, day = case.value(f"{row}.status"), case.value(f"{row}.reached_on")
        name = case.row_name(f"{row}.status")
        if status == DONE and day is None and is_blank(case, f"{row}.reached_on"):
            message = f"{name}: it is said to be reached, but not on which day."
            yield case.finding("REPORT080", Severity.WARNING, message, f"{row}.reached_on", remedy="Ask for the day.")
        if status == DONE and not case.text(f"{row}.evidence") and case.fresh(f"{row}.evidence"):
            message = f"{name}: it is said to be reached, and no evidence is named{case.section('PERF-03')}."
            remedy = "Ask for the evidence that the contract names, if you do not have it yet."
            yield case.finding("REPORT081", Severity.WARNING, message, f"{row}.evidence", remedy=remedy)
        if status is not None and status != DONE and day is not None:
            message = f"{name}: a day is given on which it was reached, but it is said to be {str(status).lower()!r}."
            yield case.finding("REPORT082", Severity.ERROR, message, f"{row}.status", remedy="Ask which is right.")
        elif day is not None and _after(day, signed or case.received_on) and not far_off(case, day):
            message = f"{name}: the day on which it was reached ({day}) lies after the report was signed."
            yield case.finding("REPORT083", Severity.ERROR, message, f"{row}.reached_on", remedy="Ask for the day.")
        yield from _late_milestone(case, row, name)


def is_blank(case: CheckCase, key: str) -> bool:
    """Return whether nothing at all stands in a field."""
    return case.fresh(key) and not case.taken[key].problem and case.taken[key].value is None


def _after(day: object, other: object) -> bool:
    return hasattr(day, "year") and hasattr(other, "year") and day > other  # type: ignore[operator]  # both are days


def _late_milestone(case: CheckCase, row: str, name: str) -> Iterator[Finding]:
    """Yield a milestone that was due and is not reached, without a reason."""
    status, key = case.form.by_key[f"{row}.status"], f"{row}.explanation"
    said = case.value(status.key)
    if not status.required or said is None or said == DONE or not case.fresh(key):
        return
    due: dt.date | object = case.value(f"{row}.due")
    words = case.text(key)
    if not words:
        message = (
            f"{name}: it was due on {due} and is {str(said).lower()!r}; nothing says why{case.section('PERF-03')}."
        )
        yield case.finding("REPORT084", Severity.ERROR, message, key, remedy="Ask for the reasons and a new date.")
    elif says_nothing(words):
        message = f"{name}: the reasons that are given say nothing."
        yield case.finding("REPORT054", Severity.WARNING, message, key, remedy=_WRITE)
    elif case.form.period.end < case.spec.term.end_date and is_blank(case, f"{row}.new_date"):
        message = f"{name}: it is late, and no new date is proposed{case.section('PERF-03')}."
        yield case.finding("REPORT085", Severity.WARNING, message, f"{row}.new_date", remedy="Ask for a new date.")
