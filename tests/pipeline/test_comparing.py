"""Two contracts compared whole: specs, Word files made here, and one of each."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.compare.contract_pairs import (
    PILOT,
    another,
    as_told,
    catalog,
    changed_pilot,
    find,
    leaves,
    pilot,
    pilot_data,
    setting,
    told,
    turned_round,
)
from tests.tools import require_tool

from fe_contracts import accept_changes, assemble, load_catalog, load_spec, redline, reject_changes
from fe_contracts.compare.contract_changes import Affected, Kind, Level, Weight
from fe_contracts.compare.spec_fields import written
from fe_contracts.exceptions import FEContractsError, SourceError
from fe_contracts.pipeline.comparing import compare_contracts, render_difference, save_difference

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.compare.contract_changes import ContractDifference

LEAVES = [path for path, _ in leaves(pilot_data())]
TARGETS = ("deliverables", 5)


def of(found: ContractDifference, level: Level, kind: Kind = Kind.CHANGED) -> list[str]:
    return [change.what for change in found.changes if change.level is level and change.kind is kind]


def test_a_spec_compared_with_itself_has_no_change_and_says_so() -> None:
    found = told()
    assert found.same
    assert found.renumbered == ()
    assert found.summary == ("Nothing changes: both contracts say the same.",)
    assert found.burden is not None
    assert found.burden.same


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(LEAVES))
def test_any_one_field_that_differs_is_told_with_both_values_and_the_same_on_the_way_back(
    path: tuple[str | int, ...],
) -> None:
    data = pilot_data()
    value: Any = data
    for step in path:
        value = value[step]
    try:
        new = changed_pilot(setting(path, another(value)))
    except FEContractsError:
        return  # no spec: a choice that there is not, an id that must fit another
    found = compare_contracts(pilot(), new, catalog=catalog())
    back = compare_contracts(new, pilot(), catalog=catalog())
    assert found.changes
    assert len({change.id for change in found.changes}) == len(found.changes)
    shown = [(change.old, change.new) for change in found.changes]
    assert any(old != now for old, now in shown)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        forms = [{written(name, side) for name in ("", "percent")} | {str(side)} for side in (value, another(value))]
        assert any(
            any(form in old for form in forms[0]) and any(form in now for form in forms[1]) for old, now in shown
        ), shown
    assert turned_round(back) == as_told(found)


@pytest.mark.parametrize(
    ("path", "value", "place", "says", "weight"),
    [
        (("reports", 0, "due_days"), 15, "reports.R1.due_days",
         "Quarterly program report: due 30 → 15 days after the period", Weight.DEADLINE),
        (("reports", 0, "frequency"), "monthly", "reports.R1.frequency",
         "Quarterly program report: quarterly → monthly", Weight.OBLIGATION),
        (("milestones", 0, "due_date"), "2027-02-15", "milestones.M1.due_date",
         "Start-up complete: due January 31, 2027 → February 15, 2027", Weight.DEADLINE),
        (("outcomes", 0, "target_percent"), 35, "outcomes.O1.target_percent",
         "Credit score improved: target 30% → 35% of the population", Weight.OBLIGATION),
        (("outcomes", 0, "follow_up_days"), 200, "outcomes.O1.follow_up_days",
         "Credit score improved: follow-up 180 → 200 days after the baseline", Weight.DEADLINE),
        (("total_amount",), 270000, "total_amount", "Maximum amount: $260,000.00 → $270,000.00", Weight.MONEY),
        (("funding", 0, "amount"), 170000, "funding.general-fund.amount",
         "General Fund, Housing Stability Program: $160,000.00 → $170,000.00", Weight.MONEY),
        (("budget", 0, "amount"), 113000, "budget.B1.amount",
         "Budget for Two full-time Counselors: $112,000.00 → $113,000.00", Weight.MONEY),
        (("payment", "pay_days"), 45, "payment.pay_days",
         "The City pays a correct invoice within 30 → 45 days", Weight.MONEY),
        (("payment", "final_invoice_days"), 60, "payment.final_invoice_days",
         "Last invoice: due 45 → 60 days after the term ends", Weight.DEADLINE),
        (("payment", "rates", 0, "amount"), 31000, "payment.rates.M1.amount",
         "Start-up complete: $30,000.00 → $31,000.00 per milestone", Weight.MONEY),
        (("term", "end_date"), "2028-01-31", "term.end_date",
         "Last day of the term: December 31, 2027 → January 31, 2028", Weight.DEADLINE),
        (("term", "renewals"), 1, "term.renewals", "Renewals allowed: 2 → 1", Weight.RIGHT),
        (("deliverables", 5, "unit"), "meetings", "deliverables.D6.unit",
         "Counseling Sessions: counted in Sessions → meetings", Weight.OBLIGATION),
        (("clauses", "parameters", "GEN-08"), {"years": 7}, "parameters.years", "5 → 7 years", Weight.DEADLINE),
        (("clauses", "parameters", "FE-04", "note_days"), 3, "parameters.note_days", "5 → 3 calendar days",
         Weight.DEADLINE),
    ],
)  # fmt: skip
def test_every_kind_of_duty_and_amount_is_told_in_a_sentence(
    path: tuple[str | int, ...], value: Any, place: str, says: str, weight: Weight
) -> None:
    change = find(told(setting(path, value)), place)
    assert says in change.what
    assert change.level is Level.OBLIGATION
    assert weight in change.weights
    assert change.stands


def test_a_target_is_told_with_its_unit_and_the_section_of_the_exhibit_that_shows_it() -> None:
    found = told(
        setting((*TARGETS, "quarterly_targets"), [90, 220, 250, 340]), setting((*TARGETS, "annual_target"), 900)
    )
    change = find(found, "deliverables.D6.annual_target")
    assert change.what == "Counseling Sessions: target for the term 800 → 900 Sessions"
    assert change.stands == ("A.5",)
    assert change.affected == (Affected.AGENCY,)


def test_an_entry_that_comes_or_goes_is_one_change() -> None:
    def cut(data: Any) -> None:
        del data["outcomes"][4]
        data["reports"].append({**data["reports"][2], "id": "R5", "title": "Story of a Client", "frequency": "monthly"})

    found = told(cut)
    assert of(found, Level.OBLIGATION, Kind.REMOVED) == [
        "An outcome is removed: Savings increased: 30% of Retained Clients with a savings goal"
    ]
    assert of(found, Level.OBLIGATION, Kind.ADDED) == [
        "A report is added: Story of a Client: monthly, due 45 days after the period"
    ]
    assert found.burden is not None
    assert "22 reports in the term where it owed 10" in found.burden.summary
    assert "4 outcomes to measure (before: 5)" in found.burden.summary


def test_insurance_limits_are_amounts_and_a_row_is_told_by_its_name() -> None:
    table = pilot_data()["clauses"]["parameters"].get("GEN-02", {})
    assert table == {}
    definition = catalog()["GEN-02"].latest.front.parameters
    name, kept = next((key, item) for key, item in definition.items() if item.type.value == "table")
    rows = [dict(row) for row in kept.default]
    money = next(column.name for column in kept.columns if column.type.value == "money")
    rows[0][money] = int(rows[0][money] or 0) + 500000
    found = told(setting(("clauses", "parameters", "GEN-02"), {name: rows}))
    (change,) = found.material
    assert (change.weights, change.level) == ((Weight.MONEY,), Level.OBLIGATION)
    assert change.what == "Insurance: Commercial general liability: Each event: $1,000,000.00 → $1,500,000.00"
    assert change.affected == (Affected.AGENCY,)


def test_a_value_that_several_sections_print_is_one_change_that_lists_them() -> None:
    found = told(setting(("agency", "legal_name"), "Firm Ground, Inc."))
    change = find(found, "agency.legal_name")
    assert len(found.changes) == 1
    assert len(change.stands) >= 1
    assert (change.old, change.new) == ("Steady Ground Financial Counseling, Inc.", "Firm Ground, Inc.")


def test_a_field_that_is_not_printed_says_so() -> None:
    change = find(told(setting(("city", "population"), 200000)), "city.population")
    assert change.notes == ("The contract does not print it: it stands in the spec only.",)
    assert change.instance == ""


def test_renumbering_alone_is_no_change() -> None:
    def leave_out(data: Any) -> None:
        data["clauses"]["exclude"] = [{"clause": "FE-08", "reason": "Another agency does it."}]

    found = told(leave_out)
    assert [change.clause_id for change in found.changes if change.level is Level.CLAUSE] == ["FE-08"]
    assert {change.clause_id for change in found.changes if change.level is Level.WORDING} <= {"FE-08"}
    assert ("3.7", "3.6") in {(item.old_number, item.new_number) for item in found.renumbered}
    removed = next(change for change in found.changes if change.level is Level.CLAUSE)
    assert (removed.kind, removed.old_number, removed.new_number) == (Kind.REMOVED, "3.6", "")
    assert removed.reason == "Another agency does it."
    assert removed.old.startswith("Benefits access and tax preparation\n")
    assert any(what.startswith("Duty ends (Agency to client)") for what in of(found, Level.OBLIGATION, Kind.REMOVED))


def test_a_clause_left_out_for_another_reason_is_told_with_both() -> None:
    old, new = (
        changed_pilot(setting(("clauses", "exclude"), [{"clause": "FE-08", "reason": reason}]))
        for reason in ("Another agency does it.", "No money for it.")
    )
    (change,) = compare_contracts(old, new, catalog=catalog()).changes
    assert (change.old, change.new) == ("Another agency does it.", "No money for it.")
    assert "FE-08" in change.what


def test_an_award_under_another_name_is_the_same_award() -> None:
    """Clauses that stand once for each award are matched by clause, and their references with them."""
    path = PILOT.with_name("coc-rapid-rehousing.yaml")
    old = load_spec(path)
    fund = old.federal_funds[0].id
    new = load_spec(renamed(read_text(path.read_text(encoding="utf-8")), fund, f"{fund}-again"))
    found = compare_contracts(old, new, catalog=catalog())
    assert not [change for change in found.changes if change.level in {Level.CLAUSE, Level.WORDING, Level.VERSION}]
    assert {change.place.partition(".")[0] for change in found.changes} <= {
        "funding", "budget", "deliverables", "payment", "reports", "federal_terms", "evidence",
    }  # fmt: skip


def test_a_file_that_libreoffice_saved_says_the_same(tmp_path: Path) -> None:
    soffice = require_tool("libreoffice")
    path = made(tmp_path / "a.docx")
    profile = (tmp_path / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx", "--outdir"]
    subprocess.run([*command, str(tmp_path / "saved"), str(path)], check=True, capture_output=True, timeout=180)
    found = compare_contracts(path, tmp_path / "saved" / "a.docx", catalog=catalog())
    assert found.same, [change.what for change in found.changes]


def test_another_version_is_told_with_the_reason_that_the_library_records() -> None:
    old = changed_pilot(setting(("clauses", "pins"), {"FIN-03": "1.0.0"}))
    found = compare_contracts(old, pilot(), catalog=catalog())
    (change,) = [item for item in found.changes if item.level is Level.VERSION]
    assert change.what == "Payment and invoices: version 1.0.0 → 2.0.0"
    assert change.reason == catalog()["FIN-03"].version("2.0.0").front.reason
    assert change.notes[0].startswith("In plain words: ")
    assert change.material
    assert "In a new version: Payment and invoices (section 6.3)." in found.summary


def test_two_libraries_may_be_compared(library: Path, tmp_path: Path) -> None:
    from tests.cli.small import SPEC, write_library

    path = tmp_path / "small.yaml"
    path.write_text(SPEC, encoding="utf-8")
    other = write_library(tmp_path / "other")
    later = tmp_path / "later.yaml"
    later.write_text(SPEC.replace("2027-01-01", "2028-02-01").replace("2027-12-31", "2028-12-31"), encoding="utf-8")
    small = load_catalog(library)
    found = compare_contracts(path, later, catalog=load_catalog(other), old_catalog=small)
    (version,) = [change for change in found.changes if change.level is Level.VERSION]
    assert (version.instance, version.old, version.new, version.reason) == ("FE-04", "1.0.0", "2.0.0", "Clearer.")
    (words,) = [change for change in found.changes if change.level is Level.WORDING]
    assert [segment.text for segment in words.segments if segment.kind == "removed"] == ["Each"]
    assert words.reason == "Clearer."


def read_text(text: str) -> Any:
    """Return a spec's text as data."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str), parse_float=Decimal)


def renamed(data: Any, old: str, new: str) -> Any:
    """Return data with another word in place of each value that is just this word."""
    if isinstance(data, dict):
        return {key: renamed(value, old, new) for key, value in data.items()}
    if isinstance(data, list):
        return [renamed(value, old, new) for value in data]
    return new if data == old else data


def made(path: Path, *changes: Any) -> Path:
    """Return the pilot as a Word file."""
    assemble(changed_pilot(*changes), catalog()).save(path)
    return path


def test_two_word_files_are_compared_by_what_they_print(tmp_path: Path) -> None:
    old, new = made(tmp_path / "a.docx"), made(tmp_path / "b.docx", *SOME)
    found = compare_contracts(old, new, catalog=catalog())
    assert find(found, "parameters.session_minutes").what.endswith("60 minutes → 45 minutes")
    due = find(found, "parameters.reports.R1.due_days")
    assert (due.level, due.old, due.new, due.weights) == (Level.OBLIGATION, "30", "15", (Weight.DEADLINE,))
    assert not [change for change in found.changes if change.level is Level.WORDING]
    assert found.burden is None
    assert (found.old.made_from, found.old.total, found.old.city) == ("document", "$260,000.00", "City of Exampleton")
    back = compare_contracts(new, old, catalog=catalog())
    assert turned_round(back) == as_told(found)


SOME = (
    setting(("reports", 0, "due_days"), 15),
    setting(("clauses", "parameters", "FE-04", "session_minutes"), 45),
)


def test_a_word_file_and_the_spec_that_it_was_made_from_are_the_same(tmp_path: Path) -> None:
    assert compare_contracts(made(tmp_path / "a.docx"), pilot(), catalog=catalog()).same
    found = compare_contracts(made(tmp_path / "b.docx", *SOME), pilot(), catalog=catalog())
    assert find(found, "parameters.session_minutes").new == "60 minutes"


def edited(path: Path, old: str, new: str, *, parts: tuple[str, ...] = ("word/document.xml",)) -> Path:
    """Return the Word file with a text of it changed by hand."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(data, "w") as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename in parts:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(item, content)
    target = path.with_name(f"edited-{path.name}")
    target.write_bytes(data.getvalue())
    return target


def test_words_edited_by_hand_are_told_as_such(tmp_path: Path) -> None:
    path = made(tmp_path / "a.docx")
    hand = edited(path, "The Agency may not charge this Agreement", "The Agency may charge this Agreement")
    found = compare_contracts(path, hand, catalog=catalog())
    (change,) = found.changes
    assert (change.level, change.instance, change.drift) == (Level.WORDING, "FORM-04", True)
    assert [segment.text.strip() for segment in change.segments if segment.kind == "removed"] == ["not"]
    assert Weight.OBLIGATION in change.weights
    assert [note.code for note in found.notes] == ["DIFF020"]
    assert "1 change of words was made by hand." in found.summary


def test_a_redline_that_was_rejected_says_nothing_against_the_old_contract(tmp_path: Path) -> None:
    old = made(tmp_path / "a.docx")
    new = edited(old, "The Agency may not charge this Agreement", "The Agency may charge this Agreement")
    tracked, back = tmp_path / "redline.docx", tmp_path / "back.docx"
    redline(new, old).save(tracked)
    reject_changes(tracked).save(back)
    found = compare_contracts(new, back, catalog=catalog())
    assert found.changes == ()
    assert found.notes == ()


def test_a_renewal_that_was_rejected_whole_is_the_old_contract_again(tmp_path: Path) -> None:
    """Its manifest is that of the renewal: another version, another value, a clause more."""
    pins = setting(("clauses", "pins"), {"FIN-03": "1.0.0"})
    less = setting(("clauses", "exclude"), [{"clause": "FE-12", "reason": "Another agency does it."}])
    old, new = made(tmp_path / "a.docx", pins, less), made(tmp_path / "b.docx", *SOME)
    assert len(compare_contracts(old, new, catalog=catalog()).changes) > len(SOME)
    tracked, back = tmp_path / "redline.docx", tmp_path / "back.docx"
    redline(old, new).save(tracked)
    reject_changes(tracked).save(back)
    found = compare_contracts(old, back, catalog=catalog())
    assert [change.what for change in found.changes] == []
    assert found.notes == ()
    assert found.summary == ("Nothing changes: both contracts say the same.",)
    accept_changes(tracked).save(tmp_path / "forth.docx")
    assert compare_contracts(new, tmp_path / "forth.docx", catalog=catalog()).same


def test_a_value_edited_by_hand_is_not_overlooked(tmp_path: Path) -> None:
    path = made(tmp_path / "a.docx")
    hand = edited(path, '<w:t xml:space="preserve">60 minutes</w:t>', '<w:t xml:space="preserve">20 minutes</w:t>')
    found = compare_contracts(path, hand, catalog=catalog())
    assert [(change.old, change.new) for change in found.changes] == [("60 minutes", "20 minutes")]


def test_a_file_without_the_controls_around_its_values_is_compared_by_its_manifest(tmp_path: Path) -> None:
    """As LibreOffice saves it: every tag is dropped, bookmarks and manifest stay."""
    old, new = made(tmp_path / "a.docx"), made(tmp_path / "b.docx", *SOME)
    bare = edited(old, "<w:tag ", "<w:nothing ")
    assert compare_contracts(old, bare, catalog=catalog()).same
    found = compare_contracts(bare, new, catalog=catalog())
    assert find(found, "parameters.session_minutes").new == "45 minutes"
    assert not [change for change in found.changes if change.level is Level.WORDING]


def test_a_word_file_made_elsewhere_is_refused_by_name(tmp_path: Path) -> None:
    import docx

    foreign = docx.Document()
    foreign.add_paragraph("Agreement")
    path = tmp_path / "foreign.docx"
    foreign.save(str(path))
    with pytest.raises(SourceError) as caught:
        compare_contracts(path, pilot(), catalog=catalog())
    (problem,) = caught.value.problems
    assert problem.code == "DIFF010"
    assert "fe-contracts redline" in problem.remedy


def test_a_difference_is_written_in_four_forms_and_nothing_is_written_over(tmp_path: Path) -> None:
    found = told(*SOME)
    for form, mark in (("text", "In plain words"), ("json", '"same": false'), ("markdown", "## "), ("html", "<html")):
        path = save_difference(found, tmp_path / form, form=form)
        assert mark in path.read_text(encoding="utf-8")
    with pytest.raises(FEContractsError, match="kept"):
        save_difference(found, tmp_path / "text")
    with pytest.raises(ValueError, match="no form"):
        render_difference(found, "pdf")


def test_a_spec_that_cannot_be_assembled_is_refused() -> None:
    broken = load_spec({**pilot_data(), "clauses": {"parameters": {"FE-04": {"session_minutes": 9000}}}})
    with pytest.raises(FEContractsError, match="session_minutes"):
        compare_contracts(pilot(), broken, catalog=catalog())


def test_a_field_of_an_award_is_told_where_the_contract_shows_it_and_nowhere_else() -> None:
    path = PILOT.with_name("coc-rapid-rehousing.yaml")
    data = read_text(path.read_text(encoding="utf-8"))
    data["funding"][0]["federal_award"]["award_description"] = "Another project"
    change = find(
        compare_contracts(path, load_spec(data), catalog=catalog()),
        f"funding.{data['funding'][0]['id']}.federal_award.award_description",
    )
    assert change.clause_id == "FED-01"
    assert len(change.stands) == 1


def test_a_confirmation_shows_in_the_text_and_in_the_record() -> None:
    found = told(setting(("confirmations",), []))
    (shown,) = [change for change in found.changes if change.instance == "FE-05"]
    assert shown.new == "[CONFIRM: 35 points]"
    assert shown.what.endswith("35 points (still to be confirmed)")
    assert not shown.material
    assert "5 values in brackets must still be confirmed" in " ".join(found.summary)


def test_a_switch_that_brings_a_paragraph_is_told_as_a_value_and_as_wording() -> None:
    found = told(setting(("clauses", "parameters", "FE-08", "soar"), False))  # noqa: FBT003 - a value of a spec
    assert (find(found, "parameters.soar").old, find(found, "parameters.soar").new) == ("yes", "no")
    words = [change for change in found.changes if change.level is Level.WORDING]
    assert {change.kind for change in words} == {Kind.ADDED, Kind.REMOVED}
    assert all("The clause version is the same" in change.notes[0] for change in words)
