"""Write and read a report as CSV or JSON: one line for each field, under the same keys as the workbook."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from fe_contracts.performance.forms.form import FieldKind, FieldRole
from fe_contracts.sources.cells import safe_cell

if TYPE_CHECKING:
    from fe_contracts.performance.forms.form import FormField, ReportForm, Value

__all__ = ["COLUMNS", "IDENTITY_PREFIX", "csv_template", "json_template", "written"]

COLUMNS: Final = ("Key", "Part", "What", "How", "Value")
"""The headings of a report as CSV; only the first and the last are read."""
IDENTITY_PREFIX: Final = "report."
"""How the keys begin under which a CSV says what report it is."""

_HOW: Final = {
    FieldKind.COUNT: "a whole number",
    FieldKind.MONEY: "US dollars and cents",
    FieldKind.PERCENT: "per cent",
    FieldKind.DATE: "a day, such as 2027-04-20",
    FieldKind.TEXT: "text",
    FieldKind.CHOICE: "one of",
    FieldKind.YES_NO: "Yes or No",
}


def written(value: Value) -> str:
    """Return a value as a CSV holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value if isinstance(value, str) else format(value, "f") if hasattr(value, "as_tuple") else str(value)


def _how(item: FormField) -> str:
    """Return what is to be written, in a few words."""
    if item.role is FieldRole.GIVEN:
        return "leave as it is"
    how = f"one of: {' / '.join(item.choices)}" if item.kind is FieldKind.CHOICE else _HOW[item.kind]
    return f"{'' if item.required else 'if needed: '}{how}. {item.help}".strip()


def csv_template(form: ReportForm) -> str:
    """Return the report as CSV, to be filled in under Value; what follows from other fields is not asked for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for name, said in form.identity.items():
        writer.writerow([f"{IDENTITY_PREFIX}{name}", "Report", name, "leave as it is", safe_cell(said)])
    for section in form.sections:
        for item in section.fields:
            if item.role is not FieldRole.COMPUTED:
                told = [safe_cell(cell) for cell in (item.key, section.title, item.label, _how(item))]
                value = safe_cell(item.value) if isinstance(item.value, str) else written(item.value)
                writer.writerow([*told, value])
    for place, words in enumerate(form.certifications, start=1):
        writer.writerow([f"words.{place}", "Certification", words.source, "read", safe_cell(words.text)])
    return out.getvalue()


def json_template(form: ReportForm) -> str:
    """Return the report as JSON: what report it is, a value for each field (null until it is filled in), and help."""
    data = {
        "identity": form.identity,
        "values": {item.key: _json(item.value) for item in form.fields if item.role is not FieldRole.COMPUTED},
        "certifications": [{"text": item.text, "source": item.source} for item in form.certifications],
        "fields": [item.to_dict() for item in form.fields],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _json(value: Value) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int | str):
        return value
    return written(value)
