"""The schedule holds every dated duty of a contract, as the contract itself counts it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assembly.specs import changed, make_spec
from tests.library.test_any_contract import BASES, facts, fund, payment, payments, services, sources, spec_of
from tests.library.test_library import bundled
from tests.strategies import days
from tests.word.opened import NS, visible_text, xml_of

from fe_contracts import assemble, load_spec, renew, schedule_contracts
from fe_contracts.findings import Severity
from fe_contracts.schedule.duties import Certainty, DatedDuty, DutyKind

if TYPE_CHECKING:
    from fe_contracts import Schedule, Spec

ROOT = Path(__file__).resolve().parents[2]
AMENDMENT = {"number": 1, "effective_date": "2027-06-01", "reason": "More time."}
EXAMPLES = ("pilot", "south-bend", "rider", "coc-rapid-rehousing", "esg-prevention", "san-antonio")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@cache
def spec(name: str) -> Spec:
    return load_spec(ROOT / "examples" / f"{name}.yaml")


@cache
def scheduled(name: str) -> Schedule:
    return schedule_contracts(spec(name), bundled())


def of(schedule: Schedule, source: str) -> list[DatedDuty]:
    """Return the duties of one obligation, by its clause and id."""
    clause, _, obligation = source.partition(".")
    return [item for item in schedule.duties if f"{clause}.{obligation}" in item.uid.replace(f":{_fund(item)}", "")]


def _fund(duty: DatedDuty) -> str:
    return duty.clause.partition(":")[2]


def changed_spec(base: str, changes: dict[str, Any]) -> Spec:
    return type(spec(base)).model_validate_json(json.dumps(changed(BASES[base].data, changes), default=str))


# ---------------------------------------------------------------- exhibit and schedule


def printed_calendar(document: bytes) -> list[tuple[str, ...]]:
    """Return the rows of the reporting calendar as the Word contract prints them."""
    for table in xml_of(document).findall(".//w:tbl", NS):
        rows = [
            [visible_text(cell).strip() for cell in row.findall(".//w:tc", NS)] for row in table.findall("w:tr", NS)
        ]
        if not rows or rows[0] != ["Report", "Period", "Due", "Sent to"]:
            rows = [
                [visible_text(cell).strip() for cell in row.iter(f"{{{NS['w']}}}tc")]
                for row in table.iter(f"{{{NS['w']}}}tr")
            ]
        if rows and rows[0] == ["Report", "Period", "Due", "Sent to"]:
            return [tuple(row) for row in rows[1:]]
    return []


def written(value: dt.date) -> str:
    return f"{value:%B} {value.day}, {value.year}"


def as_printed(schedule: Schedule) -> list[tuple[str, ...]]:
    """Return the reports of a schedule as the exhibit words them."""
    rows: list[tuple[str, ...]] = []
    for duty in of(schedule, "PERF-04.report."):
        covers = f"{written(duty.period.start)} to {written(duty.period.end)}" if duty.period else "Once"
        rows.append((duty.title, covers, written(duty.due), duty.recipient))
    return rows


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_exhibit_in_the_word_contract_and_the_schedule_are_equal(name: str) -> None:
    document = assemble(spec(name), bundled()).to_bytes()
    printed = printed_calendar(document)
    assert len(printed) >= 5
    assert sorted(printed) == sorted(as_printed(scheduled(name)))


def test_reports_by_calendar_quarter_stand_in_both_with_their_short_first_and_last_periods() -> None:
    changes = {"term.start_date": "2027-02-15", "reports[0].periods": "calendar", "reports[1].periods": "calendar"}
    wanted = changed_spec("pilot", changes)
    found = schedule_contracts(wanted, bundled())
    reports = [duty for duty in found.duties if duty.uid.startswith("t0.PERF-04.report.R1.")]
    assert [duty.period.label for duty in reports if duty.period] == ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]
    assert [str(duty.due) for duty in reports] == ["2027-04-30", "2027-07-30", "2027-10-30", "2028-01-30"]
    from fe_contracts import assembly

    contract = assembly.assemble(wanted, bundled()).contract
    assert contract is not None
    from fe_contracts import word

    document = word.write(contract, word.load_house_style("plain"))
    assert sorted(printed_calendar(document)) == sorted(as_printed(found))


# ---------------------------------------------------------------- days


def test_a_day_that_is_no_business_day_counts_as_the_next_one_and_says_why() -> None:
    (third,) = (duty for duty in scheduled("pilot").duties if duty.uid.startswith("t0.PERF-04.report.R1.P03@"))
    assert (str(third.due), str(third.counts_as), str(third.last_day)) == ("2027-10-30", "2027-11-01", "2027-11-01")
    assert "Saturday" in third.counts_because


def test_a_limit_of_federal_law_does_not_move() -> None:
    report = next(duty for duty in scheduled("coc-rapid-rehousing").duties if ".report.R1.P03@" in duty.uid)
    assert (str(report.due), report.counts_as) == ("2027-10-30", None)
    assert (
        report.counts_because
        == "2027-10-30 is no Business Day (Saturday); the limit of 2 CFR 200.328(c) does not move."
    )


def test_a_day_before_the_limit_of_federal_law_moves_no_further_than_the_limit() -> None:
    found = schedule_contracts(
        changed_spec_of("coc-rapid-rehousing", {"reports[0].due_days": 29, "reports[1].due_days": 24}), bundled()
    )
    by_uid = {duty.uid.partition("@")[0]: duty for duty in found.duties}
    stopped = by_uid["t0.PERF-04.report.R1.P04"]  # Saturday, January 29; Monday is a day after the limit
    assert (str(stopped.due), str(stopped.counts_as)) == ("2028-01-29", "2028-01-30")
    assert "no further than the limit of 2 CFR 200.328(c)" in stopped.counts_because
    moved = by_uid["t0.PERF-04.report.R2.P03"]  # Sunday, October 24
    assert (str(moved.due), str(moved.counts_as)) == ("2027-10-24", "2027-10-25")


def test_a_contractor_is_bound_by_no_limit_of_the_law_on_reports() -> None:
    found = schedule_contracts(
        changed_spec_of("coc-rapid-rehousing", {"relationship.determination": "CONTRACTOR"}), bundled()
    )
    report = next(duty for duty in found.duties if ".report.R1.P03@" in duty.uid)
    assert str(report.counts_as) == "2027-11-01"


def changed_spec_of(name: str, changes: dict[str, Any]) -> Spec:
    from fe_contracts.sources import read_data

    data = read_data(ROOT / "examples" / f"{name}.yaml").data
    return type(spec(name)).model_validate_json(json.dumps(changed(data, changes), default=str))


def test_the_citys_own_closed_days_move_a_day_too() -> None:
    found = schedule_contracts(
        changed_spec("pilot", {"city.closed_days": [{"date": "2027-04-30", "name": "Founders' Day"}]}), bundled()
    )
    report = next(duty for duty in found.duties if ".report.R1.P01@" in duty.uid)
    assert (str(report.due), str(report.counts_as)) == ("2027-04-30", "2027-05-03")
    assert "Founders' Day" in report.counts_because
    assert not any("closed days may differ" in note for note in found.notes)
    assert any("closed days may differ" in note for note in scheduled("pilot").notes)


@pytest.mark.parametrize(
    ("name", "uid", "due", "clause", "section"),
    [
        ("pilot", "t0.GEN-02.certificates", "2027-01-31", "GEN-02", "9.2"),
        ("pilot", "t0.FORM-04.renewal_notice", "2027-12-01", "FORM-04", "1.4"),
        ("pilot", "t0.FIN-03.final_invoice", "2028-02-14", "FIN-03", "6.3"),
        ("pilot", "t0.DATA-04.handover", "2028-01-30", "DATA-04", "7.3"),
        ("pilot", "t0.PERF-03.reach.M3", "2027-03-31", "PERF-03", "5.3"),
        ("coc-rapid-rehousing", "t0.FIN-03.invoice.P01", "2027-02-15", "FIN-03", "6.3"),
        ("coc-rapid-rehousing", "t0.FED-11:coc.liquidate", "2028-03-30", "FED-11:coc", "9.8"),
        ("coc-rapid-rehousing", "t0.FED-11:coc.return_unspent", "2028-01-30", "FED-11:coc", "9.8"),
        ("coc-rapid-rehousing", "t0.PERF-05.apr_data.term", "2028-02-14", "PERF-05", "5.5"),
        ("coc-rapid-rehousing", "FED-09.audit.2027-06-30", "2028-03-31", "FED-09", "9.7"),
        ("coc-rapid-rehousing", "FED-09.tell.2028-06-30", "2028-10-28", "FED-09", "9.7"),
        ("coc-rapid-rehousing", "t0.GEN-08.keep.COC", "2032-12-31", "GEN-08", "10.8"),
        ("coc-rapid-rehousing", "t0.FED-07.inform_employees", "2027-01-31", "FED-07", "9.5"),
        ("esg-prevention", "t0.FED-04.give_standards", "2026-12-31", "FED-04", "9.5"),
    ],
)
def test_a_dated_duty_has_its_day_and_its_section(name: str, uid: str, due: str, clause: str, section: str) -> None:
    found = {duty.uid.partition("@")[0]: duty for duty in scheduled(name).duties}
    assert uid in found, sorted(found)
    duty = found[uid]
    assert (str(duty.due), duty.clause, duty.section) == (due, clause, section)


def test_sections_are_those_that_the_contract_prints() -> None:
    numbers = {
        clause.instance: clause.number for clause in assemble(spec("coc-rapid-rehousing"), bundled()).contract.clauses
    }
    found = scheduled("coc-rapid-rehousing")
    assert found.undated
    assert all(duty.section == numbers[duty.clause] for duty in found.duties)
    assert all(duty.section == numbers[duty.clause] for duty in found.undated)


def test_invoices_are_due_on_the_day_of_the_following_month_or_its_last() -> None:
    found = schedule_contracts(
        changed_spec_of("coc-rapid-rehousing", {"payment.invoice_day": 31, "term.start_date": "2027-01-20"}), bundled()
    )
    dues = [str(duty.due) for duty in found.duties if ".FIN-03.invoice." in duty.uid]
    assert dues[:4] == ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert len(dues) == 12


def test_what_is_expected_says_what_it_is_counted_from() -> None:
    for duty in scheduled("coc-rapid-rehousing").duties:
        if duty.certainty is Certainty.EXPECTED:
            assert duty.note
        if duty.certainty is Certainty.WINDOW:
            assert duty.window_start is not None
            assert duty.window_start <= duty.due


def test_records_of_each_kind_of_money_carry_the_law_with_its_mark() -> None:
    notes = {duty.uid.partition("@")[0]: duty.note for duty in scheduled("coc-rapid-rehousing").duties}
    assert "24 CFR 578.103(c) [V]" in notes["t0.GEN-08.keep.COC"]
    assert "5 years after the final payment" in notes["t0.GEN-08.keep.local"]


def test_records_are_kept_from_the_end_of_the_award_that_ends_last() -> None:
    """An award without an end of its own ends with the term: it is the last, though another has an earlier day."""
    contract = spec("coc-rapid-rehousing")
    known = next(item for item in contract.funding if item.federal_award)
    assert known.federal_award is not None
    award = known.federal_award
    ended = award.model_copy(update={"period_of_performance_end_date": day("2027-06-30")})
    open_ended = award.model_copy(update={"period_of_performance_end_date": None})
    first = known.model_copy(update={"id": "early", "federal_award": ended, "end_date": None})
    second = known.model_copy(update={"federal_award": open_ended, "end_date": None})
    others = [item for item in contract.funding if item is not known]
    both = contract.model_copy(update={"funding": (first, second, *others)})
    (kept,) = (item for item in schedule_contracts(both, bundled()).duties if "GEN-08.keep.COC@" in item.uid)
    assert kept.due == day("2032-12-31")


def test_every_obligation_of_the_contract_is_in_the_schedule_once_at_least() -> None:
    from fe_contracts import assembly

    for name in EXAMPLES:
        asked = {
            (item.decision.instance, duty.id)
            for item in assembly.outline(spec(name), bundled()).clauses
            for duty in item.version.front.obligations
            if duty.applies_when.judge(item.facts)
        }
        dated = {(duty.clause, duty.uid.partition("@")[0]) for duty in scheduled(name).duties}
        undated = {(duty.clause, duty.source.partition(f"{duty.clause}.")[2]) for duty in scheduled(name).undated}
        for clause, obligation in asked:
            there = (clause, obligation) in undated or any(
                one == clause and f"{clause}.{obligation}" in uid for one, uid in dated
            )
            assert there, (name, clause, obligation)


# ---------------------------------------------------------------- names that last


def test_every_duty_has_a_name_of_its_own() -> None:
    found = schedule_contracts([spec(name) for name in EXAMPLES], bundled())
    assert [uid for uid, count in Counter(duty.uid for duty in found.duties).items() if count > 1] == []
    assert [duty.last_day for duty in found.duties] == sorted(duty.last_day for duty in found.duties)


def test_an_amended_contract_keeps_the_names_and_moves_the_days() -> None:
    before = scheduled("pilot")
    after = schedule_contracts(
        changed_spec(
            "pilot",
            {"contract.amendments": [AMENDMENT], "milestones[5].due_date": "2027-10-31", "reports[0].due_days": 20},
        ),
        bundled(),
    )
    assert {duty.uid for duty in after.duties} == {duty.uid for duty in before.duties}
    moved = {duty.uid: duty.due for duty in after.duties}
    assert sum(moved[duty.uid] != duty.due for duty in before.duties) >= 5
    assert after.contracts[0].sequence > before.contracts[0].sequence
    assert str(after.contracts[0].as_of) == "2027-06-01"


def test_what_an_amendment_takes_away_is_cancelled() -> None:
    before = scheduled("pilot")
    after = schedule_contracts(changed_spec("pilot", {"milestones": BASES["pilot"].data["milestones"][:-1]}), bundled())
    gone = after.since(before).cancelled
    assert {duty.kind for duty in gone} >= {DutyKind.MILESTONE}
    assert all("M8" in duty.uid for duty in gone)
    assert before.since(before).cancelled == ()


def test_a_renewed_term_has_entries_of_its_own_and_shares_those_that_go_on(tmp_path: Path) -> None:
    text = renew(ROOT / "examples" / "coc-rapid-rehousing.yaml", bundled()).text
    (tmp_path / "renewed.yaml").write_text(text, "utf-8")
    renewed = tmp_path / "renewed.yaml"
    old, new = scheduled("coc-rapid-rehousing"), schedule_contracts(renewed, bundled())
    shared = {duty.uid for duty in old.duties} & {duty.uid for duty in new.duties}
    assert {uid.partition("@")[0] for uid in shared} == {"FED-09.audit.2028-06-30", "FED-09.tell.2028-06-30"}
    assert all(duty.uid.startswith(("t1.", "FED-09.")) for duty in new.duties)
    assert new.contracts[0].sequence == 100


def test_a_renewal_cancels_nothing_and_both_terms_in_one_calendar_share_what_goes_on(tmp_path: Path) -> None:
    (tmp_path / "renewed.yaml").write_text(
        renew(ROOT / "examples" / "coc-rapid-rehousing.yaml", bundled()).text, "utf-8"
    )
    old, new = spec("coc-rapid-rehousing"), tmp_path / "renewed.yaml"
    assert schedule_contracts(new, bundled()).since(schedule_contracts(old, bundled())).cancelled == ()
    both = schedule_contracts([new, old], bundled())
    assert len({duty.uid for duty in both.duties}) == len(both.duties)
    (statement,) = (duty for duty in both.duties if duty.uid.startswith("FED-09.tell.2028-06-30@"))
    assert statement.term.startswith("t1@")


def test_two_cities_may_give_the_same_number() -> None:
    other = changed_spec("pilot", {"city.name": "City of Elsewhere", "contract.amendments": [AMENDMENT]})
    both = schedule_contracts([spec("pilot"), other], bundled())
    assert [item.number for item in both.contracts] == ["FE-2027-014"] * 2
    assert len({duty.uid for duty in both.duties}) == len(both.duties) == 2 * len(scheduled("pilot").duties)
    sequences = {item.key: item.sequence for item in both.contracts}
    assert {sequences[duty.term] for duty in both.duties if "elsewhere" in duty.uid} == {1}


# ---------------------------------------------------------------- laws


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([*BASES]), services, sources, facts, payments, days, st.integers(90, 1200))
def test_whatever_the_contract_its_days_are_sensible(
    base: str, offered: list[str], funds: list[str], flags: dict[str, bool], model: str, start: dt.date, length: int
) -> None:
    end = start + dt.timedelta(days=length)
    wanted = spec_of(
        base,
        {
            **flags,
            "services.offered": offered,
            "funding": [fund(place, source) for place, source in enumerate(funds)],
            "payment": payment(model),
            "term": {"start_date": str(start), "end_date": str(end)},
            "services.start_date": str(start),
            "milestones": [],
            "contract.effective_date": "2027-01-01",
        },
    )
    found = schedule_contracts(wanted, bundled())
    assert found.contracts
    assert len({duty.uid for duty in found.duties}) == len(found.duties)
    for duty in found.duties:
        later = dt.timedelta(days=366 * (11 if duty.kind is DutyKind.RETENTION else 3))
        assert start - dt.timedelta(days=181) <= duty.due <= end + later, duty
        if duty.counts_as is not None:
            assert dt.timedelta(0) <= duty.counts_as - duty.due <= dt.timedelta(days=6)
            assert (duty.counts_as == duty.due) == (not duty.counts_because)
        else:
            assert duty.counts_because
        assert duty.evidence
        assert duty.section
        assert duty.clause_version
    assert json.loads(json.dumps(found.to_dict()))["duties"]


@settings(max_examples=25, deadline=None)
@given(days, st.integers(0, 900), st.sampled_from(["monthly", "quarterly", "semiannual", "annual"]), st.booleans())
def test_the_reports_of_one_requirement_come_one_after_another(
    start: dt.date,
    length: int,
    frequency: str,
    by_calendar: bool,  # noqa: FBT001 - drawn
) -> None:
    wanted = make_spec(
        {
            "term": {"start_date": start, "end_date": start + dt.timedelta(days=length)},
            "reports[0].frequency": frequency,
            "reports[0].periods": "calendar" if by_calendar else "contract",
        }
    )
    dues = [duty for duty in schedule_contracts(wanted, bundled()).duties if ".PERF-04.report." in duty.uid]
    ordered = sorted(dues, key=lambda duty: duty.period.number if duty.period else 0)
    assert [duty.due for duty in ordered] == sorted(duty.due for duty in dues)
    assert len({duty.due for duty in dues}) == len(dues)


# ---------------------------------------------------------------- many contracts, and bad ones


def test_one_bad_spec_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a-good.yaml").write_text((ROOT / "examples" / "pilot.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "b-broken.yaml").write_text("contract: [", "utf-8")
    (tmp_path / "c-wrong.yaml").write_text("contract: {id: X}\nagency: {}\n", "utf-8")
    (tmp_path / "d-other.yaml").write_text("name: shopping list\n", "utf-8")
    (tmp_path / "e-same.yaml").write_text((ROOT / "examples" / "pilot.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "f-notes.txt").write_text("not ours", "utf-8")
    (tmp_path / "g-rider.yaml").write_text((ROOT / "examples" / "rider.yaml").read_text("utf-8"), "utf-8")
    found = schedule_contracts(tmp_path, bundled())
    assert [contract.number for contract in found.contracts] == ["FE-2027-014", "SH-2025-108-R1"]
    named = {Path(item.where.file).name: item.code for item in found.findings if item.severity is Severity.ERROR}
    assert set(named) == {"b-broken.yaml", "c-wrong.yaml", "e-same.yaml"}
    assert named["e-same.yaml"] == "SCHED012"
    notes = [item for item in found.findings if item.severity is Severity.INFO]
    assert [(item.code, Path(item.where.file).name) for item in notes] == [("SCHED011", "d-other.yaml")]
    assert found.exit_code == 1


def test_a_folder_without_a_spec_says_so(tmp_path: Path) -> None:
    found = schedule_contracts(tmp_path, bundled())
    assert [item.code for item in found.findings] == ["SCHED010"]
    assert found.exit_code == 2
    missing = schedule_contracts([tmp_path / "none.yaml", spec("pilot")], bundled())
    assert len(missing.contracts) == 1
    assert missing.findings.errors


def test_a_contract_from_before_the_library_is_left_out_and_named() -> None:
    early = changed_spec("pilot", {"contract.effective_date": "1999-01-01"})
    found = schedule_contracts([early, spec("rider")], bundled())
    assert [contract.number for contract in found.contracts] == ["SH-2025-108-R1"]
    assert [item.code for item in found.findings.errors] == ["SCHED010"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"city.state": "XX"}, "SCHED020"),
        ({"clauses.exclude": [{"clause": "FORM-03", "reason": "Not wanted."}]}, "SCHED021"),
    ],
)
def test_what_makes_a_day_less_sure_is_found(changes: dict[str, Any], code: str) -> None:
    found = schedule_contracts(changed_spec("pilot", changes), bundled())
    assert code in [item.code for item in found.findings]
    if code == "SCHED021":
        assert all(duty.counts_as is None and duty.counts_because for duty in found.duties)


def test_only_some_kinds_one_side_and_some_days() -> None:
    found = scheduled("pilot")
    reports = found.only(kinds={"report"}, who="agency", first=day("2027-07-01"), last=day("2027-11-01"))
    assert {duty.title for duty in reports.duties} == {"Quarterly program report", "Quarterly financial report"}
    assert [str(duty.last_day) for duty in reports.duties] == ["2027-07-30"] * 2 + ["2027-11-01"] * 2
    assert {duty.owed_by for duty in found.only(who="city").duties} == {"city"}
    assert {duty.owed_by for duty in found.only(who="city").undated} <= {"city", "both"}
    assert reports.burden == found.burden
