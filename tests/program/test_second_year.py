"""The three samples, a year later: what was meant to change is told, at its level, and nothing else of weight is."""

from __future__ import annotations

import datetime as dt
import re
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rapidfuzz.distance import Indel
from tests.assembly.trees import lines_of
from tests.redline.corpus import Case
from tests.redline.judging import judge_readings
from tests.redline.minimal import marked, minimal_words_of
from tests.redline.reading import Reading, read, words
from tests.redline.running import validated
from tests.renewal.amended import read_lines
from tests.tools import require_tool

from fe_contracts import (
    amend,
    assemble,
    compare_contracts,
    load_catalog,
    load_spec,
    next_start,
    outdated,
    redline,
    render_difference,
    renew,
    validate,
    validate_change,
)
from fe_contracts.compare.contract_changes import Kind
from fe_contracts.exceptions import RefusedError
from fe_contracts.renewal.amendment_applying import apply
from fe_contracts.renewal.amendment_layout import layout_of
from fe_contracts.schedule import report_calendar

if TYPE_CHECKING:
    from pytest_regressions.file_regression import FileRegressionFixture

    from fe_contracts import Amendment, Catalog, ContractDifference, Spec

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PILOT, COC, ESG = NAMES = ("pilot-to-sign", "coc-rapid-rehousing", "esg-prevention")

MEANT: dict[str, list[tuple[str, str, str, str | None, str | None]]] = {
    # level, instance, place, old, new: the start of what stood and stands
    PILOT: [
        ("clause", "DATA-03", "clause", None, "Homeless Management Information System"),
        ("clause", "DATA-03", "part of an exhibit", None, "What is recorded for the Services"),
        ("version", "FE-14", "version", "1.0.0", "2.0.0"),
        ("parameter", "FE-04", "parameters.session_minutes", "60", "50"),
        ("parameter", "FE-04", "parameters.caseload_cap", "65", "60"),
        ("parameter", "PERF-03", "milestones.M1.title", "Start-up complete", "Plan for the second year agreed"),
        ("obligation", "FE-14", "obligations.ask_after", None, "Ask the Client whether the figures were right."),
        ("obligation", "GEN-02", "parameters.coverage.Cyber*", "$2,000,000.00", "$3,000,000.00"),
        ("obligation", "FORM-01", "total_amount", "$260,000.00", "$268,000.00"),
        ("obligation", "FIN-03", "payment.pay_days", "30", "21"),
        ("obligation", "FIN-04", "payment.rates.M8.amount", "$40,000.00", "$48,000.00"),
        ("obligation", "PERF-01", "deliverables.D6.annual_target", "800", "900"),
        ("obligation", "PERF-02", "outcomes.O5.target_percent", "30%", "35%"),
        ("obligation", "PERF-03", "milestones.M2.due_date", "February 28, 2027", "February 29, 2028"),
        ("obligation", "PERF-04", "reports.R1.due_days", "30", "15"),
        ("obligation", "PERF-04", "reports.R2.due_days", "30", "15"),
        ("wording", "FE-14", "(f)", "The Agency must give the Client the figures", "The Agency must give the Client"),
        ("wording", "FE-14", "(g)", None, "Once, 90 calendar days after the change took effect"),
    ],
    COC: [
        ("clause", "FE-08", "clause", "Benefits access and tax preparation", None),
        ("clause", "FE-14", "clause", "Counseling on the benefits cliff", None),
        ("parameter", "FE-04", "parameters.caseload_cap", "60", "55"),
        ("parameter", "FE-04", "parameters.hours", "Sessions are available", "Sessions are available"),
        ("parameter", "PERF-04", "reports.R1.kind", "program", "combined"),
        ("obligation", "FORM-03", "services.offered", "screen, counsel", "screen, counsel"),
        ("obligation", "FE-08", "obligations.benefits_check", "Check each Client who agrees", None),
        ("obligation", "GEN-02", "parameters.coverage.Cyber*", "$2,000,000.00", "$3,000,000.00"),
        ("obligation", "FORM-01", "total_amount", "$400,000.00", "$411,200.00"),
        ("obligation", "FIN-03", "payment.pay_days", "30", "25"),
        ("obligation", "FIN-02", "budget.B4.amount", "$30,000.00", "$31,200.00"),
        ("obligation", "PERF-01", "deliverables.D8", "Benefits applications submitted", None),
        ("obligation", "PERF-02", "outcomes.O1.target_percent", "30%", "32%"),
        ("obligation", "PERF-03", "milestones.M1", "All four Counselors hired", None),
        ("obligation", "PERF-04", "reports.R1.due_days", "30", "25"),
        ("obligation", "PERF-04", "reports.R2", "Quarterly financial report", None),
    ],
    ESG: [
        ("clause", "FE-07", "clause", None, "Debt reduction and savings support"),
        ("parameter", "FE-04", "parameters.caseload_cap", "50", "45"),
        ("obligation", "FORM-03", "services.offered", "screen, counsel", "screen, counsel"),
        ("obligation", "FE-07", "obligations.no_debt_payment", None, "Do not pay, settle, or modify"),
        ("obligation", "PERF-01", "deliverables.D6.annual_target", "12", "9"),
        ("obligation", "PERF-01", "deliverables.D7", None, "Debt plans completed: 28 plans"),
        ("obligation", "PERF-02", "outcomes.O3", None, "Debt reduced"),
        ("obligation", "PERF-03", "milestones.M4", None, "Safety protocol extended to work on debt"),
        ("obligation", "FIN-02", "budget.B3.amount", "$34,000.00", "$37,000.00"),
        ("obligation", "FIN-02", "budget.B4.amount", "$12,000.00", "$9,000.00"),
        ("obligation", "PERF-04", "reports.R1.due_days", "30", "20"),
    ],
}
"""What was decided, or follows from the catalog, and matters."""
BESIDE: dict[str, list[str]] = {
    # what else may be told as a matter of weight: places that a further term moves, or that were decided as a whole
    PILOT: [
        "contract.effective_date", "term.*", "services.start_date", "services.sites", "relationship.determined_on",
        "*.signers.*.authority", "data.hmis", "parameters.partner_banks", "parameters.ask_days",
        "deliverables.D[2-8].*", "milestones.M[1-8].*", "payment.rates.M[1-8].*", "funding.general-fund.amount",
        "budget.B[12].amount", "DATA-03 obligations.*", "DATA-02 (m)", "DATA-04 (d)", "DATA-04 (m)",
    ],
    COC: [
        "contract.effective_date", "term.*", "relationship.determined_on", "*.signers.*.authority",
        "agency.federal_expended_prior_fiscal_year", "agency.exclusion_check.checked_on",
        "agency.lobbying_certified_on", "monitoring.risk.*", "coc.certifications.certified_on",
        "funding.coc.amount", "funding.coc.federal_award.*", "budget.B[12].amount", "payment.backup",
        "deliverables.D[2-7].*", "milestones.M[2-4].*", "reports.R1.title", "reports.R1.contents",
        "FE-14 obligations.*",
    ],
    ESG: ["deliverables.D6.quarterly_targets", "FE-07 obligations.*"],
}  # fmt: skip
EXPECTED = {PILOT: set(), COC: {"UG400"}, ESG: {"UG400"}}
"""What validate says of each, as it does of its first year: a note to the city, no more."""
OF_THE_CHANGE = {PILOT: set(), COC: {"UG400", "UG440"}, ESG: {"UG400", "UG440"}}
"""And with --against: which rules govern an award that is amended now, only counsel can say."""


@cache
def catalog() -> Catalog:
    return load_catalog(EXAMPLES / "exampleton")


@cache
def first(name: str) -> Spec:
    return load_spec(EXAMPLES / f"{name}.yaml")


@cache
def second(name: str) -> Spec:
    return load_spec(EXAMPLES / "second-year" / f"{name}.yaml")


@cache
def difference(name: str) -> ContractDifference:
    return compare_contracts(first(name), second(name), catalog=catalog())


@cache
def files(name: str) -> tuple[bytes, bytes]:
    return assemble(first(name), catalog()).to_bytes(), assemble(second(name), catalog()).to_bytes()


@cache
def readings(name: str) -> tuple[Reading, Reading]:
    old, new = files(name)
    return read(old), read(new)


@cache
def tracked(name: str) -> bytes:
    return redline(*files(name)).to_bytes()


@cache
def amendment(name: str) -> Amendment:
    return amend(first(name), second(name), catalog())


@pytest.mark.parametrize("name", NAMES)
def test_it_is_as_sound_as_its_first_year(name: str) -> None:
    assert {finding.code for finding in validate(first(name), catalog())} == EXPECTED[name]
    found = validate(second(name), catalog())
    assert {finding.code for finding in found} == EXPECTED[name]
    assert found.clean


@pytest.mark.parametrize("name", NAMES)
def test_what_is_found_of_the_change_is_a_question_for_counsel(name: str) -> None:
    found = validate_change(first(name), second(name), catalog())
    assert {finding.code for finding in [*validate(second(name), catalog()), *found]} == OF_THE_CHANGE[name]


@pytest.mark.parametrize("name", [PILOT, COC])
def test_a_renewal_keeps_its_history(name: str) -> None:
    old, new = first(name), second(name)
    assert new.contract.renews is not None
    assert (new.contract.renews.id, new.contract.renews.renewal) == (old.contract.id, 1)
    assert (new.contract.renews.effective_date, new.contract.renews.end_date) == (
        old.contract.effective_date,
        old.term.end_date,
    )
    assert (new.term.start_date, new.term.renewals) == (next_start(old), old.term.renewals - 1)
    assert new.term.max_extent_date == old.term.max_extent_date


@pytest.mark.parametrize("name", [PILOT, COC])
def test_a_third_year_goes_on_from_the_second(name: str) -> None:
    third = renew(EXAMPLES / "second-year" / f"{name}.yaml", catalog())
    assert third.term.start == dt.date(2029, 1, 1)


def test_a_contract_without_renewals_is_amended_within_its_term() -> None:
    with pytest.raises(RefusedError, match="RENEW010"):
        renew(EXAMPLES / f"{ESG}.yaml", catalog())
    assert second(ESG).term == first(ESG).term
    assert second(ESG).total_amount == first(ESG).total_amount
    assert second(ESG).funding == first(ESG).funding


@pytest.mark.parametrize("name", NAMES)
def test_every_change_that_was_meant_is_told_once_at_its_level(name: str) -> None:
    told = [(item.level, item.instance, item.place, item.old, item.new) for item in difference(name).changes]
    for level, instance, place, old, new in MEANT[name]:
        found = [item for item in told if item[:2] == (level, instance) and fnmatch(item[2], place)]
        assert len(found) == 1, (level, instance, place, found)
        assert [bool(side) for side in found[0][3:]] == [bool(old), bool(new)], found
        assert (found[0][3] or "").startswith(old or ""), found
        assert (found[0][4] or "").startswith(new or ""), found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_of_weight_is_told(name: str) -> None:
    patterns = [*(item[2] for item in MEANT[name]), *BESIDE[name]]
    more = [
        (item.level, item.instance, item.place, item.what)
        for item in difference(name).changes
        if item.material
        and not any(fnmatch(place, one) for one in patterns for place in (item.place, f"{item.instance} {item.place}"))
    ]
    assert more == []


@pytest.mark.parametrize("name", NAMES)
def test_what_was_meant_is_material_and_what_the_city_notes_for_itself_is_not(name: str) -> None:
    by_place = {(item.level, item.instance, item.place): item.material for item in difference(name).changes}
    for level, instance, pattern, *_ in MEANT[name]:
        assert [
            material
            for (at, owner, place), material in by_place.items()
            if (at, owner) == (level, instance) and fnmatch(place, pattern)
        ] == [True]
    noted = [item for item in difference(name).changes if item.place.startswith(("contract.renews", "confirmations"))]
    assert noted
    assert not any(item.material for item in noted)


def test_all_five_levels_occur() -> None:
    levels = {item.level for name in NAMES for item in difference(name).changes}
    assert levels == {"clause", "version", "parameter", "obligation", "wording"}


def test_the_burden_of_reports_is_counted_on_both_sides() -> None:
    burdens = {name: difference(name).to_dict()["burden"] for name in NAMES}
    counted = {name: (item["old"]["reports_in_term"], item["new"]["reports_in_term"]) for name, item in burdens.items()}
    assert counted == {PILOT: (10, 10), COC: (9, 5), ESG: (5, 5)}


@pytest.mark.parametrize("name", NAMES)
def test_the_redline_gives_back_both_files_at_every_depth(name: str) -> None:
    assert judge_readings(*readings(name), tracked(name)).broken == []


def _units(reading: Reading) -> list[str]:
    """Return the words of a file, each date as one."""
    text = "\n".join(" ".join(words(line)) for story in reading.stories.values() for line in story.text)
    return re.findall(r"[A-Z][a-z]+ \d{1,2}, \d{4}|\S+", text)


@pytest.mark.parametrize("name", NAMES)
def test_little_more_is_marked_than_must_be(name: str) -> None:
    """A renewal moves nearly every date, and a date is never cut: where only the year differs, three words are marked.

    So the minimum is that of an edit script which does not cut dates either; the plain one stands beside it.
    """
    old, new = readings(name)
    sides = [_units(old), _units(new)]
    ids = {unit: number for number, unit in enumerate({unit for side in sides for unit in side})}
    steps = Indel.opcodes(*([ids[unit] for unit in side] for side in sides))
    least = sum(
        len(" ".join([*sides[0][step.src_start : step.src_end], *sides[1][step.dest_start : step.dest_end]]).split())
        for step in steps
        if step.tag != "equal"
    )
    assert marked(tracked(name)) <= 1.05 * least
    assert marked(tracked(name)) <= 1.2 * minimal_words_of(old, new)


@pytest.mark.parametrize("name", NAMES)
def test_the_redline_has_no_error_that_the_contracts_do_not_have(name: str) -> None:
    validator = require_tool("ooxml-validator")
    assert validated(Case("second-year", name, *files(name)), tracked(name), validator) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_amendment_says_every_change(name: str) -> None:
    made = amendment(name)
    assert made.number == 1
    after = apply(layout_of(made.old), made.instructions, signers=layout_of(made.new).signers)
    plain = [re.sub(r"[\s|]+", " ", "\n".join(lines)) for lines in (read_lines(after, made.new), lines_of(made.new))]
    assert plain[0] == plain[1]
    assert (after.title, after.cover) == (made.new.title, made.new.cover)


@pytest.mark.parametrize("name", NAMES)
def test_the_amendment_is_in_plain_words_and_whole(name: str) -> None:
    made = amendment(name)
    text = "\n".join(lines_of(made.contract))
    assert not re.search(r"\bshall\b|\bhereby\b|\bherein\b", text, re.IGNORECASE)
    assert made.contract.drafts == ()
    assert made.contract.confirmations == ()
    assert " ".join((second(name).contract.amendments[0].reason or "").split()) in text


def test_what_is_out_of_date_is_said_with_the_librarys_reason() -> None:
    found = outdated(EXAMPLES / f"{PILOT}.yaml", catalog(), as_of=next_start(first(PILOT)))
    (item,) = found.outdated
    assert (item.instance, item.version, item.current, item.since) == ("FE-14", "1.0.0", "2.0.0", dt.date(2027, 10, 1))
    assert "Provider Council" in item.reason
    assert any("Ask the Client whether the figures were right." in line for line in item.impact)
    assert outdated(EXAMPLES / f"{PILOT}.yaml", catalog(), as_of=dt.date(2027, 9, 30)).outdated == ()


def test_the_second_year_is_up_to_date() -> None:
    for name in (PILOT, COC):
        path = EXAMPLES / "second-year" / f"{name}.yaml"
        assert outdated(path, catalog(), as_of=second(name).term.end_date).outdated == ()


@pytest.mark.parametrize(("form", "ending"), [("text", ".txt"), ("markdown", ".md")])
def test_the_difference_reads_as_it_was_read_last(
    form: str, ending: str, file_regression: FileRegressionFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change of wording: run with --force-regen, then read the difference."""
    monkeypatch.chdir(EXAMPLES)
    told = compare_contracts(f"{PILOT}.yaml", f"second-year/{PILOT}.yaml", catalog=catalog())
    file_regression.check(render_difference(told, form), extension=ending, basename="second-year", encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_the_city_records_for_itself_is_told_once_and_last(name: str) -> None:
    told = difference(name).changes
    records = [item for item in told if ": the record of " in item.what]
    assert records
    assert len({item.what for item in records}) == len(records)
    assert told[-len(records) :] == tuple(records)


def test_the_plain_summary_tells_money_and_deadlines_before_the_rest() -> None:
    owed = next(sentence for sentence in difference(PILOT).summary if sentence.startswith("Owed otherwise"))
    assert owed.index("The City pays a correct invoice within 30 → 21 days") < owed.index("Where services are given")


def test_two_word_files_tell_a_calendar_that_moved_as_dates_that_moved(tmp_path: Path) -> None:
    paths = [tmp_path / "old.docx", tmp_path / "new.docx"]
    for path, data in zip(paths, files(PILOT), strict=True):
        path.write_bytes(data)
    told = compare_contracts(*paths, catalog=catalog()).changes
    calendar = [item for item in told if item.place.startswith("parameters.calendar")]
    assert {item.kind for item in calendar} == {Kind.CHANGED}
    assert len(calendar) == len(report_calendar(second(PILOT)))
