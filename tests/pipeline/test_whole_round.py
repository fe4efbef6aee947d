"""What an agency fills in is what the city sees: in the check, in the roll-up, and in what is handed on as data.

Templates of generated contracts are filled with known numbers, quarter after quarter, in any of the three formats.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.performance.filling import contract, filled_bytes
from tests.performance.honest import good_answers, honest_reports

from fe_contracts import contract_reports, export_json, export_ocds, roll_up
from fe_contracts.performance.forms.form import FieldKind
from fe_contracts.pipeline.reporting_check import ReportChecker
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from fe_contracts import RollUp
    from fe_contracts.performance.forms.form import ReportForm, Value
    from fe_contracts.pipeline.reporting import ReportForms

AFTER = dt.date(2030, 12, 31)
NUMBERS = {FieldKind.COUNT, FieldKind.MONEY}
SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@dataclass
class Sent:
    """The reports of one kind that one agency sent, with what it wrote into each."""

    forms: ReportForms
    told: list[tuple[ReportForm, dict[str, Value], str]] = field(default_factory=list)
    """Form, answers and format, period by period."""

    def write(self, folder: Path) -> list[Path]:
        """Put them into a folder, each with the day it came in its name."""
        paths = []
        for form, values, kind in self.told:
            path = folder / f"{form.requirement} {form.period.label} {form.due}.{kind}"
            path.write_bytes(filled_bytes(form, values, kind))
            paths.append(path)
        return paths

    def counts(self, column: str) -> dict[str, list[Any]]:
        """Return what was written under a column of the deliverables, by deliverable, period by period."""
        return {
            key.split(".", 1)[1].rpartition(".")[0]: [values[key] for _, values, _ in self.told]
            for key in self.told[0][1]
            if re.fullmatch(rf"deliverable\..+\.{column}", key)
        }


@st.composite
def sent_reports(draw: st.DrawFn) -> Sent:
    """Draw a contract and the first periods of one of its reports, filled with numbers that fit each other."""
    forms, first, _ = draw(honest_reports())
    requirement = forms.requirement(first.requirement)
    sent = Sent(forms)
    before: dict[str, Any] = {}
    for period in report_periods(forms.spec, requirement)[: draw(st.integers(1, 3))]:
        form = forms.form(requirement, period)
        values = good_answers(form)
        for key in list(values):
            row, _, column = key.rpartition(".")
            if column == "actual":
                values[key] = draw(st.integers(0, 2_000))
            elif column == "period" and form.by_key[key].kind is FieldKind.MONEY:
                values[key] = draw(st.decimals(0, 900, places=2))
            else:
                continue
            if f"{row}.before" in values:
                values[f"{row}.before"] = before.get(row, Decimal(0) if column == "period" else 0)
            before[row] = before.get(row, 0) + values[key]
        sent.told.append((form, values, draw(st.sampled_from(["xlsx", "csv", "json"]))))
    return sent


def rolled(sent: Sent, folder: Path) -> RollUp:
    return roll_up(folder, as_of=AFTER, contracts=[sent.forms.spec], catalog=sent.forms.catalog, jobs=1)


@SLOW
@given(sent_reports())
def test_the_numbers_that_were_filled_in_come_out_of_the_check_the_roll_up_and_the_export(sent: Sent) -> None:
    checker = ReportChecker(sent.forms.spec, sent.forms.catalog)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, (form, values, _) in zip(sent.write(folder), sent.told, strict=True):
            figures = checker.check(path, received_on=form.due).figures
            numbers = [item.key for item in form.inputs if item.kind in NUMBERS and item.key in values]
            assert {key: figures[key] for key in numbers} == {key: values[key] for key in numbers}
        found = rolled(sent, folder)
        _is_rolled_up(sent, found)
        reports = contract_reports(sent.forms.spec, folder, catalog=sent.forms.catalog)
        assert [item.period for item in reports.reports] == [form.period.label for form, _, _ in sent.told]
        data = export_json(sent.forms.spec, sent.forms.catalog, checked=reports.reports).data
        exported = data["results"]["reports"]
        for place, item in enumerate(exported):
            assert item["delivered"] == {key: counts[place] for key, counts in sent.counts("actual").items()}


def _is_rolled_up(sent: Sent, found: RollUp) -> None:
    """Hold the roll-up against what was written."""
    (whole,) = found.contracts
    assert [item for item in found.findings if item.severity.value in {"error", "warning"}] == []
    written = sent.counts("actual")
    labels = [form.period.label for form, _, _ in sent.told]
    kind = sent.told[0][0].requirement
    for line in whole.deliverables:
        told = {item.period: item.actual.value for item in line.periods if item.reported}
        if told:
            assert told == dict(zip(labels, written[line.id], strict=True))
            assert line.to_date.value == sum(written[line.id])
            assert sum(group.to_date.value == line.to_date.value for group in found.deliverables) >= 1
    _, last, _ = sent.told[-1]
    for outcome in whole.outcomes:
        counts = [last[f"outcome.{outcome.id}.{name}"] for name in ("population", "measured", "reached")]
        assert [outcome.population.value, outcome.measured.value, outcome.reached.value] == counts
    came = [item for item in whole.reports if item.requirement == kind and item.versions]
    assert [(item.period, item.received_on, item.state.value) for item in came] == [
        (form.period.label, form.due, "in time") for form, _, _ in sent.told
    ]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.integers(0, 3_000), min_size=8, max_size=8), min_size=1, max_size=3))
def test_every_deliverable_of_every_quarter_comes_through(counts: list[list[int]]) -> None:
    """The pilot's program report, with no number that is like another: none may take another's place."""
    forms = contract("pilot-to-sign")
    requirement = forms.requirement("R1")
    sent = Sent(forms)
    before: dict[str, int] = {}
    for quarter, told in enumerate(counts):
        form = forms.form(requirement, report_periods(forms.spec, requirement)[quarter])
        values = good_answers(form)
        for place, count in enumerate(told, start=1):
            row = f"deliverable.D{place}"
            values[f"{row}.actual"] = count
            if f"{row}.before" in values:
                values[f"{row}.before"] = before.get(row, 0)
            before[row] = before.get(row, 0) + count
        sent.told.append((form, values, ("json", "csv", "xlsx")[quarter]))
    with TemporaryDirectory() as name:
        sent.write(Path(name))
        found = rolled(sent, Path(name))
    for place, line in enumerate(found.contracts[0].deliverables):
        assert line.id == f"D{place + 1}"
        assert [item.actual.value for item in line.periods][: len(counts)] == [row[place] for row in counts]
    assert len(found.contracts[0].deliverables) == 8


def test_totals_that_are_told_to_the_public_are_those_that_were_filled_in(tmp_path: Path) -> None:
    """An Open Contracting release tells totals to date, and only where no small count follows from two of them."""
    forms = contract("pilot-to-sign")
    requirement = forms.requirement("R1")
    sent = Sent(forms)
    counts = [120, 45, 200]
    for quarter, period in enumerate(report_periods(forms.spec, requirement)[:3]):
        form = forms.form(requirement, period)
        values = good_answers(form) | {"deliverable.D5.actual": counts[quarter]}
        if quarter:
            values["deliverable.D5.before"] = sum(counts[:quarter])
        sent.told.append((form, values, "json"))
    sent.write(tmp_path)
    reports = contract_reports(forms.spec, tmp_path, catalog=forms.catalog).reports
    assert [item.accepted for item in reports] == [True] * 3
    release = export_ocds(forms.spec, forms.catalog, ocid_prefix="ocds-abc123", checked=reports).data
    told = re.findall(r"D5 ([\d,]+) Clients", str(release))
    assert told == ["120", "165", "365"]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_a_number_that_is_changed_on_the_way_is_seen(kind: str, tmp_path: Path) -> None:
    """The round would notice: another number in the file is another number at its end."""
    forms = contract("pilot-to-sign")
    form = forms.form(forms.requirement("R1"), report_periods(forms.spec, forms.requirement("R1"))[0])
    for count in (29, 31):
        sent = Sent(forms, [(form, good_answers(form) | {"deliverable.D5.actual": count}, kind)])
        sent.write(tmp_path)
        (line,) = (line for line in rolled(sent, tmp_path).contracts[0].deliverables if line.id == "D5")
        assert line.to_date.value == count
