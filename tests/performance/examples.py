"""Make the reports of `examples/reports/`: the pilot's first quarter, once as it should be and once as it should not.

    python -m tests.performance.examples     write them anew

A test compares what they say with what is made here.
"""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from tests.performance.filling import cells_of, filled_bytes, form_of

from fe_contracts.performance.writing.workbook import _same_bytes, _stamp

if TYPE_CHECKING:
    from fe_contracts.performance.forms.form import ReportForm, Value

__all__ = ["EXAMPLES", "FOLDER", "made"]

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "reports"

_SIGNED: dict[str, Value] = {
    "certification.agreed": True,
    "certification.name": "Thomas Example",
    "certification.title": "Executive Director",
    "certification.signed_on": dt.date(2027, 4, 22),
}


def _deliverables(*counts: int) -> dict[str, Value]:
    return {f"deliverable.D{number}.actual": count for number, count in enumerate(counts, start=1)}


def _outcomes(*counts: tuple[int, int, int]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for number, triple in enumerate(counts, start=1):
        names = ("population", "measured", "reached")
        found |= {f"outcome.O{number}.{name}": count for name, count in zip(names, triple, strict=True)}
        found[f"outcome.O{number}.explanation"] = (
            "The first Clients began in February; most later values are taken from August on."
        )
    return found


def _milestone(name: str, day: dt.date, evidence: str) -> dict[str, Value]:
    row = f"milestone.{name}"
    return {f"{row}.status": "Reached", f"{row}.reached_on": day, f"{row}.evidence": evidence}


_GOOD: dict[str, Value] = {
    **_deliverables(1, 31, 64, 37, 28, 93, 23, 11),
    "deliverable.D5.explanation": (
        "Two families moved to another county before their first Session. Both places were filled in April."
    ),
    **_outcomes((9, 2, 0), (4, 1, 0), (6, 3, 2), (11, 2, 0), (8, 2, 1)),
    "training.FE-11.people": 2,
    "training.FE-11.trained": 2,
    "training.FE-12.people": 44,
    "training.FE-12.trained": 31,
    **_milestone("M1", dt.date(2027, 1, 21), "Minutes and proof of hire, sent on January 25"),
    **_milestone("M2", dt.date(2027, 2, 24), "Form and procedure, sent on February 26"),
    **_milestone("M3", dt.date(2027, 3, 18), "Sign-in sheets and curriculum, sent with this report"),
    "narrative.2": (
        "Counselors sit beside the case managers on two days a week, and refer in person. Evening hours at "
        "the south shelter were little used; from April they move to Saturday morning."
    ),
    "narrative.change": "The City could let case managers see which Sessions are free; today they telephone.",
    **_SIGNED,
}
_BAD: dict[str, Value] = {
    **_deliverables(1, 31, 40, 37, 19, 15, 23, 11),
    "deliverable.D3.actual": "about 40",
    "deliverable.D7.actual": Decimal("12.5"),
    "deliverable.D7.explanation": "see above",
    "deliverable.D6.explanation": "One Counselor left in February and the place was filled on April 12.",
    **_outcomes((9, 2, 0), (4, 1, 0), (6, 7, 5), (11, 2, 0), (8, 2, 1)),
    "training.FE-11.people": 2,
    "training.FE-11.trained": 2,
    "training.FE-12.people": 44,
    "training.FE-12.trained": 31,
    **_milestone("M1", dt.date(2027, 1, 21), "Minutes and proof of hire, sent on January 25"),
    "milestone.M2.status": "Not yet",
    **_milestone("M3", dt.date(2027, 3, 18), ""),
    "narrative.2": (
        "Client Maria Example (SSN 219-09-9999) reached her savings goal in her third Session, and told the others."
    ),
    "narrative.change": "n/a",
    **{key: value for key, value in _SIGNED.items() if key != "certification.signed_on"},
}
_MONEY: dict[str, Value] = {
    **{f"budget.B{number}.period": Decimal(amount) for number, amount in enumerate((
        "27412.18", "6853.05", "4988.40", "6310.00", "4200.00", "3150.00", "8975.25", "1822.61", "1200.00", "2985.10",
    ), start=1)},
    "narrative.2": "Milestones M1, M2 and M3 were reached; the invoices for M1 and M2 are paid, M3 is under way.",
    **_SIGNED,
}  # fmt: skip

EXAMPLES: dict[str, tuple[str, dict[str, Value], dict[str, Any]]] = {
    "good/R1-2027-Q1.xlsx": ("R1", _GOOD, {}),
    "good/R2-2027-Q1.csv": ("R2", _MONEY, {}),
    "bad/R1-2027-Q1.xlsx": ("R1", _BAD, {"deliverable.D8.to_date": 15}),
}
"""Each file: its report, what was filled in, and what was written over in the workbook."""


def made(name: str) -> bytes:
    """Return the content of one example."""
    report, values, over = EXAMPLES[name]
    form = form_of("pilot", report, "2027-Q1")
    said = {key: value for key, value in values.items() if value != ""}
    kind = name.rpartition(".")[2]
    content = filled_bytes(form, said, kind)
    return _workbook(form, content, over) if kind == "xlsx" else content


def _workbook(form: ReportForm, content: bytes, over: dict[str, Any]) -> bytes:
    """Return a workbook with cells written over, and without the time at which it was made."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    cells = cells_of(book)
    for key, value in over.items():
        cells[key].value = value
    out = io.BytesIO()
    book.save(out)
    return _same_bytes(out.getvalue(), _stamp(form))


def main() -> None:
    """Write every example."""
    for name in EXAMPLES:
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made(name))


if __name__ == "__main__":
    main()
