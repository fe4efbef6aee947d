"""Make twelve made-up agencies over four quarters: their contracts, and the reports that they sent, as files.

    python -m tests.batch.quarters FOLDER     write them, the same for the same seed

One is behind for two quarters running, one is late, one sends a corrected report, one has not sent its last, one sends
a file that is none.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from tests.library.test_library import bundled
from tests.performance.filling import filled_bytes
from tests.performance.honest import good_answers

from fe_contracts import load_spec
from fe_contracts.pipeline.reporting import ReportForms
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.performance.forms.form import ReportForm, Value

__all__ = ["AGENCIES", "AS_OF", "write_quarters"]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
AS_OF = dt.date(2028, 2, 1)

AGENCIES = (
    ("Alder Street Shelter", 1.0), ("Beacon Hill Housing", 0.96), ("Birchwood Services", 1.08),
    ("Bridgeway House", 0.63), ("Cedar Court Families", 0.92), ("Dovetail Outreach", 1.02),
    ("Eastside Day Center", 0.88), ("Fernwood Homes", 1.15), ("Garden Row Shelter", 0.98),
    ("Harbor Light", 0.94), ("Ironbridge Supportive Living", 1.05), ("Juniper Place", 0.9),
)  # fmt: skip
_MONEY = ("budget.", "income.", "match.", "fund.")
_BEHIND, _LATE, _CORRECTS, _MISSING, _SMALL = 3, 6, 2, 9, 11
"""Places in the list above: who is behind, is late, corrects a report, has one missing, and has small counts."""


def _spec(place: int, scale: Decimal) -> dict[str, Any]:
    """Return an agency's contract: the pilot's, with a name, number and targets of its own."""
    data: dict[str, Any] = yaml.safe_load((EXAMPLES / "pilot-to-sign.yaml").read_text(encoding="utf-8"))
    name = AGENCIES[place][0]
    data["contract"] |= {"id": f"EX-2027-{place + 1:03}", "title": f"Financial empowerment at {name}"}
    data["contract"]["effective_date"] = dt.date(2026, 12, 15) if place % 3 else dt.date(2027, 1, 1)
    data["agency"] |= {"legal_name": f"{name}, Inc.", "short_name": name}
    for item in data["deliverables"]:
        if item["annual_target"] > 4:
            item["quarterly_targets"] = [int(target * scale) for target in item["quarterly_targets"]]
            item["annual_target"] = sum(item["quarterly_targets"])
    return data


def _answers(
    form: ReportForm, share: float, chance: random.Random, before: dict[str, int], spent: dict[str, Decimal]
) -> dict[str, Value]:
    """Return one quarter's answers, near a share of the targets; `before` and `spent` keep what there was so far."""
    values = good_answers(form)
    for key in list(values):
        row, _, column = key.rpartition(".")
        if column == "actual":
            target: Any = form.by_key[f"{row}.target"].value or 0
            count = round(target * share * chance.uniform(0.92, 1.08)) if target > 1 else int(target)
            values[key] = count
            if f"{row}.before" in values:
                values[f"{row}.before"] = before.get(row, 0)
            before[row] = before.get(row, 0) + count
        elif column == "population":
            people = before.get("deliverable.D5", 40)
            measured = round(people * chance.uniform(0.45, 0.8))
            values |= {
                key: people,
                f"{row}.measured": measured,
                f"{row}.reached": round(measured * chance.uniform(0.2, 0.5)),
            }
        elif column == "people" and row.endswith("FE-12"):
            values |= {key: 30, f"{row}.trained": chance.randint(24, 29)}
        elif column == "period" and row.startswith(_MONEY):
            if f"{row}.before" in values:
                values[f"{row}.before"] = spent.get(row, Decimal(0))
            spent[row] = spent.get(row, Decimal(0)) + Decimal(str(values[key]))
    return values


def _kind(place: int) -> str:
    return ("xlsx", "xlsx", "csv", "xlsx", "json", "xlsx")[place % 6]


def write_quarters(
    folder: Path,
    *,
    agencies: int = 12,
    places: Sequence[int] = (),
    seed: int = 2027,
    reports: tuple[str, ...] = ("R1", "R2"),
) -> Path:
    """Write the contracts and reports of some of the agencies into a folder, and return it.

    These are the first ones, or those whose places in the list above are given.
    """
    rows: list[tuple[str, str]] = []
    for place in places or range(agencies):
        chance = random.Random(seed * 100 + place)  # noqa: S311 - no secret
        number = place % len(AGENCIES)
        scale = Decimal("0.12") if number == _SMALL else Decimal(60 + 10 * (number % 8)) / 100
        spec = _spec(number, scale)
        spec["contract"]["id"] = f"EX-2027-{place + 1:03}"
        home = folder / f"{place + 1:02} {AGENCIES[number][0]}"
        home.mkdir(parents=True, exist_ok=True)
        (home / "contract.yaml").write_text(yaml.safe_dump(spec, sort_keys=False, allow_unicode=True), encoding="utf-8")
        forms = ReportForms(load_spec(home / "contract.yaml"), bundled())
        for report in reports:
            rows += _reports(forms, report, home, number, chance)
    _days(folder, rows)
    (folder / "minutes of the meeting.docx").write_bytes(b"no report")
    (folder / "mailing list.csv").write_text("name,town\nRosa,Exampleton\n", encoding="utf-8")
    (folder / "notes.yaml").write_text(json.dumps({"to do": ["call Harbor Light"]}), encoding="utf-8")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off in the mail")
    return folder


def _reports(forms: ReportForms, report: str, home: Path, place: int, chance: random.Random) -> list[tuple[str, str]]:
    """Write one agency's reports of one kind, and return the day each came."""
    rows = []
    requirement = forms.requirement(report)
    before: dict[str, int] = {}
    spent: dict[str, Decimal] = {}
    for period in report_periods(forms.spec, requirement):
        if report == "R1" and place == _MISSING and period.number == 4:
            continue
        form = forms.form(requirement, period)
        share = AGENCIES[place][1] * (0.8 if place == _BEHIND and period.number == 3 else 1)
        values = _answers(form, share, chance, before, spent)
        came = form.due - dt.timedelta(days=chance.randint(0, 12))
        if report == "R1" and place == _LATE and period.number in {2, 3}:
            came = form.due + dt.timedelta(days=4 * period.number)
        kind = _kind(place)
        name = f"{report}-{period.label}.{kind}"
        if report == "R1" and place == _CORRECTS and period.number == 2:
            first = dict(values)
            first["deliverable.D5.actual"] = int(str(values["deliverable.D5.actual"])) + 9
            (home / f"{report}-{period.label} first.{kind}").write_bytes(filled_bytes(form, first, kind))
            rows.append(
                (f"{home.name}/{report}-{period.label} first.{kind}", (came - dt.timedelta(days=8)).isoformat())
            )
        (home / name).write_bytes(filled_bytes(form, values, kind))
        rows.append((f"{home.name}/{name}", came.isoformat()))
    return rows


def _days(folder: Path, rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("file", "received"), *rows])
    (folder / "received.csv").write_text(out.getvalue(), encoding="utf-8")


def main() -> None:
    """Write all of them into the folder that is named."""
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    write_quarters(folder)


if __name__ == "__main__":
    main()
