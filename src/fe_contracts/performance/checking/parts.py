"""Hold a report against those of another kind that cover the same days: a final report against the quarterly ones."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity
from fe_contracts.performance.checking.case import shown
from fe_contracts.performance.checking.earlier import figure_in
from fe_contracts.performance.forms.form import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fe_contracts.performance.checking.case import CheckCase, Number
    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import FormField, ReportForm

__all__ = ["check_parts", "parts_of"]

_ADDED_UP = (("deliverable.", ".actual"), ("budget.", ".period"))
"""How the keys of figures begin and end that add up from period to period; outcomes are counted anew each time."""
_DAY = dt.timedelta(days=1)


def parts_of(form: ReportForm, others: Iterable[FilledReport]) -> tuple[tuple[FilledReport, ...], ...]:
    """Return the reports of each other kind that cover the form's period without a gap, in the order of their days.

    Of two reports for the same days the later in order counts.
    """
    kinds: dict[str, dict[dt.date, FilledReport]] = defaultdict(dict)
    for report in others:
        start = _day(report, "start")
        kind = report.identity.get("requirement", "")
        if start is not None and report.identity.get("contract") == form.contract and kind != form.requirement:
            kinds[kind][start] = report
    chains = (tuple(found[start] for start in sorted(found)) for found in kinds.values())
    return tuple(chain for chain in chains if _covers(chain, form))


def _day(report: FilledReport, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(report.identity.get(name, ""))
    except ValueError:
        return None


def _covers(chain: Sequence[FilledReport], form: ReportForm) -> bool:
    """Return whether reports follow each other from the first day of the form's period to its last."""
    days = [(_day(report, "start"), _day(report, "end")) for report in chain]
    follow = all(end is not None and start == end + _DAY for (_, end), (start, _) in pairwise(days))
    return follow and days[0][0] == form.period.start and days[-1][1] == form.period.end


def check_parts(case: CheckCase) -> Iterator[Finding]:
    """Yield where a figure is not what the reports of another kind come to for the same days."""
    for chain in case.parts:
        for item in case.inputs:
            said = case.number(item.key)
            if said is None or not _adds_up(item.key):
                continue
            numbers = [figure_in(report, item) for report in chain]
            there = [number for number in numbers if number is not None]
            if len(there) == len(numbers) and sum(there) != said:
                yield _differs(case, item, (said, sum(there)), chain)


def _adds_up(key: str) -> bool:
    return any(key.startswith(first) and key.endswith(last) for first, last in _ADDED_UP)


def _differs(case: CheckCase, item: FormField, counts: tuple[Number, Number], chain: Sequence[FilledReport]) -> Finding:
    money = item.kind is FieldKind.MONEY
    said, come_to = (shown(number, money=money) for number in counts)
    first = chain[0].identity
    kind, label = first.get("requirement", ""), first.get("period", "")
    those = f"report {kind} for {label}" if len(chain) == 1 else f"{len(chain)} reports {kind} for the same days"
    verb = "has" if len(chain) == 1 else "come to"
    message = f"{case.about(item)}: {said} is reported here; the {those} {verb} {come_to}."
    remedy = "Ask which is right; if an earlier report was wrong, ask for a corrected one."
    return case.finding("REPORT055", Severity.WARNING, message, item.key, remedy=remedy)
