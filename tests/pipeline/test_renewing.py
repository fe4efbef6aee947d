"""The spec of the next term: what moves, what stays, what is asked, and every other character as it was."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.assembly.specs import BASE as SMALL
from tests.assembly.specs import award, changed, with_programs
from tests.cli.small import CHECKOUT, CONFIRMED, SPEC

from fe_contracts import Wishes, load_catalog, load_spec, load_wishes, renew, validate, validate_change
from fe_contracts.exceptions import OutputError, RefusedError, SpecError
from fe_contracts.findings import Severity
from fe_contracts.renewal.splicing import MARK

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Catalog, Renewal

EXAMPLES = sorted((CHECKOUT / "examples").glob("*.yaml"))
OPTIONS = "  renewals: 2\n  renewal_months: 12\n  max_extent_date: 2029-12-31\n"
RENEWABLE = SPEC.replace("end_date: 2027-12-31\n", "end_date: 2027-12-31\n" + OPTIONS)
TOO_LONG = {("esg-prevention", 1): {("ESG150", "term.end_date")}, ("esg-prevention", 2): {("ESG150", "term.end_date")}}
"""What the law finds in a renewal because time has passed: Emergency Solutions Grants money must be spent by a day."""


@pytest.fixture(scope="module")
def catalog(library: Path) -> Catalog:
    return load_catalog(library)


@pytest.fixture(scope="session")
def bundled() -> Catalog:
    return load_catalog()


def written(folder: Path, text: str, name: str = "spec.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def with_options(path: Path) -> str:
    """Return the text of an example, with two renewals where it has none."""
    text = path.read_text(encoding="utf-8")
    term = load_spec(path).term
    if term.renewals:
        return text
    months = (term.end_date.year - term.start_date.year) * 12 + term.end_date.month - term.start_date.month + 1
    months = min(months, 24)
    last = term.end_date.replace(year=term.end_date.year + 2 * months // 12)
    line = next(line for line in text.splitlines(keepends=True) if line.startswith("  end_date:"))
    options = f"  renewals: 2\n  renewal_months: {months}\n  max_extent_date: {last}\n"
    return text.replace(line, line + options)


def codes(made: Renewal) -> set[str]:
    return {item.code for item in made.findings}


def field(made: Renewal, name: str) -> tuple[str, str]:
    """Return old and new value of the one change of a field."""
    ((old, new),) = [(item.old, item.new) for item in made.changes if item.field == name]
    return old, new


def unlisted(old: str, made: Renewal) -> list[str]:
    """Return what differs between the files outside the lines that the renewal names, its marks and its record."""
    before, after = old.splitlines(), made.text.splitlines()
    odd = []
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        odd += [before[place] for place in range(start, end) if place + 1 not in made.lines]
        fresh = [line for line in after[new_start:new_end] if not line.lstrip().startswith((MARK, "renews: {id:"))]
        odd += fresh[end - start :]
    return odd


class TestExamples:
    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_every_line_that_does_not_change_is_kept(self, path: Path, tmp_path: Path, bundled: Catalog) -> None:
        text = with_options(path)
        spec = written(tmp_path, text)
        made = renew(spec, bundled)
        assert unlisted(text, made) == []
        assert spec.read_bytes() == text.encode()
        for change in made.changes:
            if change.line:
                assert change.line in made.lines
        assert {line.partition("#")[2] for line in text.splitlines()} <= {
            line.partition("#")[2] for line in made.text.splitlines()
        } | {""}  # no comment is lost

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_a_sound_spec_stays_sound_until_the_options_run_out(
        self, path: Path, tmp_path: Path, bundled: Catalog
    ) -> None:
        spec = written(tmp_path, with_options(path))
        before = {(item.code, item.where.field) for item in validate(load_spec(spec), bundled).errors}
        taken = {item.code for item in load_spec(spec).overrides}
        for number in (1, 2):
            made = renew(spec, bundled)
            after = {(item.code, item.where.field) for item in made.findings.errors if item.code not in taken}
            assert after - before <= TOO_LONG.get((path.stem, number), set())
            assert (made.term.number, made.term.left) == (number, 2 - number)
            assert made.new.contract.renews is not None
            assert made.new.contract.renews.renewal == number
            spec = made.save(tmp_path / f"year{number}.yaml")
            assert load_spec(spec).model_dump() == made.new.model_dump()
        with pytest.raises(RefusedError) as refused:
            renew(spec, bundled)
        assert [problem.code for problem in refused.value.problems] == ["RENEW010"]

    def test_crlf_and_json_come_out_as_they_came_in(self, tmp_path: Path, bundled: Catalog) -> None:
        text = with_options(CHECKOUT / "examples/pilot.yaml")
        plain = renew(written(tmp_path, text), bundled)
        made = renew(written(tmp_path, text.replace("\n", "\r\n"), "crlf.yaml"), bundled)
        assert made.text.replace("\r\n", "\n") == plain.text
        assert made.text.count("\r\n") == made.text.count("\n")
        data = json.dumps(yaml.load(text, Loader=yaml.BaseLoader), indent=1)  # noqa: S506 - text only
        for word in ("true", "false"):
            data = data.replace(f'"{word}"', word)
        # quantities as numbers, as JSON has them
        data = "\n".join(_bare(line) for line in data.split("\n"))
        of_json = renew(written(tmp_path, data, "spec.json"), bundled)
        assert of_json.new.model_dump() == plain.new.model_dump()
        assert {item.field for item in of_json.changes} == {item.field for item in plain.changes}


def _bare(line: str) -> str:
    """Return a line of JSON with its whole numbers bare, but where they are names."""
    name, sign, value = line.partition('": "')
    if sign and value.strip('",').isdigit():
        return f'{name}": {value.replace(chr(34), "")}'
    stripped = line.strip().strip(",")
    if stripped.startswith('"') and stripped.strip('"').isdigit():
        return line.replace('"', "")
    return line


class TestChanges:
    def test_the_term_moves_and_one_renewal_is_used(self, tmp_path: Path, catalog: Catalog) -> None:
        made = renew(written(tmp_path, RENEWABLE), catalog)
        term = made.new.term
        assert (term.start_date, term.end_date) == (dt.date(2028, 1, 1), dt.date(2028, 12, 31))
        assert (term.renewals, term.max_extent_date) == (1, dt.date(2029, 12, 31))
        assert made.new.contract.effective_date == dt.date(2028, 1, 1)
        record = made.new.contract.renews
        assert record is not None
        assert (record.id, record.end_date) == ("SM-2027-001", dt.date(2027, 12, 31))
        assert (record.effective_date, record.renewal) == (dt.date(2027, 1, 1), 1)
        assert (
            "  renews: {id: SM-2027-001, effective_date: 2027-01-01, end_date: 2027-12-31, renewal: 1}\n" in made.text
        )
        assert "RENEW026" in codes(made)

    def test_the_last_renewal_sets_the_latest_day_aside(self, tmp_path: Path, catalog: Catalog) -> None:
        text = RENEWABLE.replace("renewals: 2", "renewals: 1").replace("2029-12-31", "2028-12-31   # the limit")
        made = renew(written(tmp_path, text), catalog)
        assert made.new.term.max_extent_date is None
        assert "\n  # max_extent_date: 2028-12-31   # the limit\n" in made.text
        assert field(made, "term.max_extent_date") == ("2028-12-31", "")

    def test_a_new_number_is_written_and_the_old_one_recorded(self, tmp_path: Path, catalog: Catalog) -> None:
        made = renew(written(tmp_path, RENEWABLE), catalog, number="2028")
        assert (made.new.contract.id, made.new.contract.renews and made.new.contract.renews.id) == (
            "2028",
            "SM-2027-001",
        )
        assert "RENEW026" not in codes(made)
        changes = validate_change(made.old, made.new, catalog)
        assert "CHANGE010" not in {item.code for item in changes}  # it says itself whom it renews
        with pytest.raises(SpecError):
            renew(written(tmp_path, RENEWABLE), catalog, number=" ")

    def test_renewed_again_under_its_number_it_still_took_effect_with_its_first_term(
        self, tmp_path: Path, catalog: Catalog
    ) -> None:
        path, days = written(tmp_path, RENEWABLE), []
        for number in (1, 2):
            made = renew(path, catalog)
            path = made.save(tmp_path / f"year{number}.yaml")
            record = made.new.contract.renews
            assert record is not None
            days.append((record.effective_date, record.end_date))
        assert days == [
            (dt.date(2027, 1, 1), dt.date(2027, 12, 31)),
            (dt.date(2027, 1, 1), dt.date(2028, 12, 31)),
        ]

    def test_amendments_stay_on_record_and_a_new_number_asks_about_them(self, tmp_path: Path, catalog: Catalog) -> None:
        amendment = "  amendments:\n    - {number: 1, effective_date: 2027-06-01, reason: More sites.}\n"
        path = written(tmp_path, RENEWABLE.replace("  fictional: true\n", "  fictional: true\n" + amendment))
        made = renew(path, catalog, number="SM-2028-001")
        assert made.new.contract.amendments == made.old.contract.amendments
        assert "contract.amendments[0].effective_date" in {item.field for item in made.kept}
        assert "contract.amendments" in {item.where.field for item in made.findings if item.code == "RENEW026"}

    def test_confirmations_and_overrides_become_comments(self, tmp_path: Path, catalog: Catalog) -> None:
        override = "overrides:\n  - {code: TERM020, decided_by: A, role: B, decided_on: 2026-11-16, reason: Known.}\n"
        made = renew(written(tmp_path, RENEWABLE + CONFIRMED + override), catalog)
        assert (made.new.confirmations, made.new.overrides) == ((), ())
        assert "#   - {fact: FE-05.points, value: 35" in made.text
        found = {item.where.field: item.where.line for item in made.findings if item.code == "RENEW022"}
        assert set(found) == {"confirmations", "overrides"}
        for name, line in found.items():  # the place of the comment, whose first line says why
            above, below = made.text.splitlines()[line - 1 : line + 1]
            assert (above.startswith(MARK), below) == (True, f"# {name}:")
        assert {"FE-05.points", "TERM020"} <= {item.what for item in made.undecided}
        assert "CONFIRM010" in codes(made)  # it must be confirmed again

    def test_pins_are_set_aside_unless_they_are_kept(self, tmp_path: Path, catalog: Catalog) -> None:
        path = written(tmp_path, RENEWABLE + "clauses:\n  pins: {FE-04: 1.0.0}\n  framework: {}\n")
        made = renew(path, catalog)
        assert made.new.clauses.pins == {}
        assert [(item.severity, item.where.field) for item in made.findings if item.code == "RENEW027"] == [
            (Severity.INFO, "clauses.pins")
        ]
        kept = renew(path, catalog, keep_pins=True)
        assert kept.new.clauses.pins == {"FE-04": "1.0.0"}
        assert "PIN020" in codes(kept)  # 2.0.0 is in force in the new term
        alone = written(tmp_path, RENEWABLE + "clauses:\n  pins: {FE-04: 1.0.0}\n  contract_type: 1.0.0\n")
        assert renew(alone, catalog).new.clauses.pins == {}

    def test_the_new_term_takes_the_version_in_force(self, tmp_path: Path, catalog: Catalog) -> None:
        from fe_contracts import explain

        made = renew(written(tmp_path, RENEWABLE), catalog)
        assert explain(made.new, catalog, "FE-04").reasons[0].version == "2.0.0"

    def test_a_renewal_shorter_than_the_term_names_what_falls_after_it(self, tmp_path: Path, catalog: Catalog) -> None:
        milestones = (
            "milestones:\n  - {id: M1, title: A, track: process, due_date: 2027-09-30, evidence: E, status: met}\n"
            "  - {id: M2, title: B, track: process, due_date: 2027-12-31, evidence: E}\n"
        )
        made = renew(written(tmp_path, RENEWABLE + milestones), catalog, end=dt.date(2028, 6, 30))
        assert [item.due_date for item in made.new.milestones] == [dt.date(2028, 9, 30), dt.date(2028, 6, 30)]
        assert field(made, "milestones[0].status") == ("met", "scheduled")
        said = [item.message for item in made.findings if item.code == "RENEW021"]
        assert any("M1 would be due after its last day" in text for text in said)

    def test_a_shorter_renewal_leaves_the_limit_and_spreads_targets_over_its_own_quarters(
        self, tmp_path: Path, catalog: Catalog
    ) -> None:
        """The last day with all renewals is what the parties agreed on: no renewal moves it."""
        text = RENEWABLE.replace("[10, 10, 10, 10]", "[5, 15, 10, 10]")
        made = renew(written(tmp_path, text), catalog, end=dt.date(2028, 6, 30), wishes=Wishes({"D1": "22"}))
        assert "term.max_extent_date" not in {item.field for item in made.changes}
        assert made.new.term.max_extent_date == dt.date(2029, 12, 31)
        assert made.to_dict()["can_reach"] == "2029-06-30"
        assert made.new.deliverables[0].quarterly_targets == (6, 16)
        (how,) = [item.why for item in made.changes if item.field == "deliverables[0].quarterly_targets"]
        assert how == "the new target, in the proportions of the first 2 old quarters"
        assert not made.findings.errors
        again = renew(made.save(tmp_path / "half.yaml"), catalog, wishes=Wishes({"D1": "40"}))
        assert (again.term.start, again.term.end) == (dt.date(2028, 7, 1), dt.date(2029, 6, 30))
        assert again.new.deliverables[0].quarterly_targets == (5, 15, 5, 15)
        assert not again.findings.errors

    def test_days_that_happened_once_stay_and_are_named(self, tmp_path: Path, catalog: Catalog) -> None:
        made = renew(written(tmp_path, RENEWABLE), catalog)
        (kept,) = made.kept
        assert (kept.field, kept.value, kept.again) == ("relationship.determined_on", "2026-11-12", True)
        assert made.new.relationship == made.old.relationship
        assert "RENEW024" in codes(made)

    def test_a_text_with_a_year_of_the_old_term_is_named_and_kept(self, tmp_path: Path, catalog: Catalog) -> None:
        made = renew(written(tmp_path, RENEWABLE.replace("General Fund,", "General Fund 2027,")), catalog)
        (item,) = [item for item in made.findings if item.code == "RENEW025"]
        assert item.where.field == "funding[0].name"
        assert made.new.funding[0].name == "General Fund 2027"

    def test_comments_that_quote_what_was_are_named_and_kept(self, tmp_path: Path, catalog: Catalog) -> None:
        text = RENEWABLE.replace("  start_date: 2027-01-01\n", "  start_date: 2027-01-01   # since June 2026, twelve\n")
        text = text.replace("  end_date: 2027-12-31\n", "  end_date: 2027-12-31   # December is for the report\n")
        text = text.replace("  determined_on: 2026-11-12\n", "  determined_on: 2026-11-12   # in November\n")
        text = text.replace("  initiative: Small Steps\n", "  initiative: Small Steps   # Ordinance 2026-311, $2,026\n")
        text = text.replace("    annual_target: 40\n", "    annual_target: 40   # 40 is what one counselor can do\n")
        text = text.replace("    funds: [general-fund]\n", "    funds: [general-fund]   # 40\n")
        text = "# The council gave 60,000 dollars\n# in the budget of 2027-06-30, up to 2028\n" + text
        wishes = Wishes({"D1": "44"}, {"general-fund": "61000", "B1": "61000"})
        made = renew(written(tmp_path, text), catalog, wishes=wishes, name="new.yaml")
        named = [item for item in made.findings if item.code == "RENEW029"]
        lines = made.text.splitlines()
        assert [(item.message, lines[item.where.line - 1][item.where.column - 1 :]) for item in named] == [
            (f"The comment names {what}: {remark}", remark)
            for what, remark in (
                ("60,000", "# The council gave 60,000 dollars"),
                ("2027", "# in the budget of 2027-06-30, up to 2028"),
                ("2026", "# since June 2026, twelve"),
                ("December", "# December is for the report"),
                ("40", "# 40 is what one counselor can do"),
            )
        ]
        assert {(item.severity, item.where.file) for item in named} == {(Severity.INFO, "new.yaml")}

    def test_renewing_again_piles_up_no_remarks(self, tmp_path: Path, bundled: Catalog) -> None:
        """Questions of the last round go; what nobody has confirmed since stands aside once."""
        text = with_options(CHECKOUT / "examples/pilot-to-sign.yaml")
        text = text.replace("  renewals: 2\n", "  renewals: 4\n").replace("2029-12-31 ", "2031-12-31 ")
        path, marks = written(tmp_path, text), set()
        for year in range(2028, 2032):
            made = renew(path, bundled)
            path = made.save(tmp_path / f"{year}.yaml")
            marks.add(made.text.count(MARK) - made.text.count(f"{MARK}no renewal is left"))
            assert made.text.count("# confirmations:\n") == 1
            assert made.text.count("fact: FE-05.success_delta_points") == 1
            assert f"the term from {year}-01-01" in made.text
            assert f"the term from {year - 1}-01-01" not in made.text
            (quoting,) = [item.message for item in made.findings if item.code == "RENEW029"]
            assert quoting == "The comment names January: # January is for hiring and training"
        assert len(marks) == 1

    def test_what_is_said_of_an_award_must_be_asked_again(self, bundled: Catalog) -> None:
        made = renew(CHECKOUT / "examples/coc-rapid-rehousing.yaml", bundled)
        (item,) = [item for item in made.findings if item.code == "RENEW023"]
        assert (item.severity, item.where.field) == (Severity.CONFIRM, "funding[0].federal_award")
        assert "award_id_fain" in item.message
        new = made.new.funding[0].federal_award
        assert new is not None
        assert (new.budget_period_start_date, new.budget_period_end_date) == (
            dt.date(2028, 1, 1),
            dt.date(2028, 12, 31),
        )
        assert new.award_date == dt.date(2026, 4, 14)

    def test_a_day_that_a_clause_takes_moves_where_it_lay_in_the_term(self, tmp_path: Path, bundled: Catalog) -> None:
        text = with_options(CHECKOUT / "examples/pilot.yaml")
        text = text.replace(
            "    FE-02:\n", "    FE-12:\n      by: 2027-06-30\n    ACC-02:\n      effective: 2026-12-01\n    FE-02:\n"
        )
        made = renew(written(tmp_path, text), bundled)
        assert field(made, "clauses.parameters.FE-12.by") == ("2027-06-30", "2028-06-30")
        assert "clauses.parameters.ACC-02.effective" in {item.field for item in made.kept}
        assert "clauses.parameters.FE-12.by" in {item.where.field for item in made.findings if item.code == "RENEW021"}

    def test_evidence_of_changed_values_is_named(self, tmp_path: Path, bundled: Catalog) -> None:
        made = renew(written(tmp_path, with_options(CHECKOUT / "examples/san-antonio.yaml")), bundled)
        assert any("term.start_date" in item.message for item in made.findings if item.code == "RENEW028")


class TestWishes:
    def test_given_targets_and_amounts_are_written_and_the_rest_is_named(
        self, tmp_path: Path, catalog: Catalog
    ) -> None:
        wishes = Wishes({"D1": "50"}, {"general-fund": "70000", "B1": "70000"})
        made = renew(written(tmp_path, RENEWABLE), catalog, wishes=wishes)
        assert made.new.deliverables[0].quarterly_targets == (13, 13, 12, 12)
        assert made.new.deliverables[0].annual_target == 50
        assert "amount: 70000.00}" in made.text
        assert (made.new.total_amount, made.new.budget[0].amount) == (Decimal(70000), Decimal(70000))
        assert {item.field for item in made.undecided} == {"outcomes[0].target_percent"}
        (left,) = [item for item in made.findings if item.code == "RENEW020"]
        assert (left.severity, left.where.field) == (Severity.CONFIRM, "outcomes")
        assert not made.findings.errors

    def test_quarters_are_written_as_they_are_given(self, tmp_path: Path, catalog: Catalog) -> None:
        made = renew(written(tmp_path, RENEWABLE), catalog, wishes=Wishes({"D1": "5,10,20", "O1": "32.50"}))
        assert made.new.deliverables[0].quarterly_targets == (5, 10, 20)
        assert made.new.deliverables[0].annual_target == 35
        assert made.new.outcomes[0].target_percent == Decimal("32.5")
        assert "target_percent: 32.5\n" in made.text

    def test_a_target_that_stays_is_decided_too(self, tmp_path: Path, catalog: Catalog) -> None:
        made = renew(written(tmp_path, RENEWABLE), catalog, wishes=Wishes({"D1": "40"}))
        assert "deliverables[0].annual_target" not in {item.field for item in made.undecided}

    @pytest.mark.parametrize(
        "wishes",
        [Wishes({"D1": "1.5"}), Wishes({"O1": "1,2"}), Wishes({"O1": "101"}), Wishes(amounts={"B1": "1.005"})],
    )
    def test_what_a_field_cannot_hold_is_refused(self, tmp_path: Path, catalog: Catalog, wishes: Wishes) -> None:
        with pytest.raises(RefusedError, match="RENEW016"):
            renew(written(tmp_path, RENEWABLE), catalog, wishes=wishes)

    def test_they_may_stand_in_a_file(self, tmp_path: Path) -> None:
        path = written(tmp_path, "targets: {D1: 50}\namounts: {B1: 70000.00}\n", "two.yaml")
        assert load_wishes(path) == Wishes({"D1": "50"}, {"B1": "70000.00"})


class TestNotices:
    def test_the_days_of_notice_come_from_the_clause(self, bundled: Catalog) -> None:
        made = renew(CHECKOUT / "examples/pilot.yaml", bundled)
        assert [(item.by, item.clause) for item in made.notices] == [
            (dt.date(2027, 12, 1), "FORM-04"),
            (dt.date(2028, 12, 1), "FORM-04"),
        ]

    @pytest.mark.parametrize(("day", "late"), [("2027-12-01", False), ("2027-12-02", True), ("2028-01-02", False)])
    def test_a_notice_that_is_late_is_a_warning_while_the_old_term_runs(
        self, bundled: Catalog, *, day: str, late: bool
    ) -> None:
        made = renew(CHECKOUT / "examples/pilot.yaml", bundled, as_of=dt.date.fromisoformat(day))
        assert ("RENEW030" in codes(made)) is late

    def test_a_period_of_notice_of_one_s_own_counts(self, tmp_path: Path, bundled: Catalog) -> None:
        text = with_options(CHECKOUT / "examples/pilot.yaml")
        text = text.replace("    FE-02:\n", "    FORM-04: {notice_days: 90}\n    FE-02:\n", 1)
        made = renew(written(tmp_path, text), bundled)
        assert made.notices[0].by == dt.date(2027, 10, 2)


class TestFiles:
    def test_the_old_file_is_never_written_over(self, tmp_path: Path, catalog: Catalog) -> None:
        path = written(tmp_path, RENEWABLE)
        made = renew(path, catalog)
        with pytest.raises(OutputError, match="stays as it is"):
            made.save(path, overwrite=True)
        (tmp_path / "link.yaml").symlink_to(path)
        with pytest.raises(OutputError, match="stays as it is"):
            made.save(tmp_path / "link.yaml", overwrite=True)
        assert path.read_text(encoding="utf-8") == RENEWABLE

    def test_what_an_alias_shares_is_refused_by_name(self, tmp_path: Path, catalog: Catalog) -> None:
        text = RENEWABLE.replace("effective_date: 2027-01-01", "effective_date: &day 2027-01-01")
        text = text.replace("determined_on: 2026-11-12", "determined_on: *day")
        with pytest.raises(RefusedError, match="RENEW017") as refused:
            renew(written(tmp_path, text), catalog)
        assert refused.value.problems[0].where.field == "relationship.determined_on"

    def test_an_alias_to_a_day_that_moves_too_gets_a_day_of_its_own(self, tmp_path: Path, catalog: Catalog) -> None:
        text = RENEWABLE.replace("effective_date: 2027-01-01", "effective_date: &day 2027-01-01")
        made = renew(written(tmp_path, text.replace("start_date: 2027-01-01", "start_date: *day")), catalog)
        assert made.new.term.start_date == made.new.contract.effective_date == dt.date(2028, 1, 1)

    def test_it_is_told_as_plain_data(self, tmp_path: Path, catalog: Catalog) -> None:
        told = json.loads(json.dumps(renew(written(tmp_path, RENEWABLE), catalog).to_dict()))
        assert told["new_term"] == {"start": "2028-01-01", "end": "2028-12-31"}
        assert (told["renewals_left"], told["can_reach"], told["moved_by"]) == (1, "2029-12-31", "12 months")
        assert {"field", "old", "new", "why", "line"} == set(told["changes"][0])


inside = st.integers(0, 364).map(lambda number: (dt.date(2027, 1, 1) + dt.timedelta(days=number)).isoformat())


@given(
    due=st.lists(inside, max_size=5),
    spent=st.tuples(inside, inside).map(sorted),
    once=inside,
    width=st.integers(20, 200),
    block=st.booleans(),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
def test_any_spec_renewed_is_sound_and_keeps_its_other_lines(
    *, due: list[str], spent: list[str], once: str, width: int, block: bool, tmp_path_factory: Any, catalog: Catalog
) -> None:
    """Whatever days it names, however YAML writes it: no new error, days in order, and only named lines differ."""
    fund = {**award("coc", "COC", "2026-09-30"), "start_date": spent[0], "end_date": spent[1]}
    data = with_programs(
        changed(
            SMALL,
            {
                "funding": [fund],
                "budget[0].fund": "coc",
                "deliverables[0].funds": ["coc"],
                "deliverables[1].funds": ["coc"],
                "relationship.determination": "SUBRECIPIENT",
                "relationship.determined_on": once,
                "term.renewals": 2,
                "term.max_extent_date": "2029-12-31",
                "milestones": [
                    {"id": f"M{place}", "title": "T", "track": "process", "due_date": day, "evidence": "E"}
                    for place, day in enumerate(due)
                ],
            },
        )
    )
    text = yaml.safe_dump(data, sort_keys=False, width=width, default_flow_style=None if block else False)
    path = written(tmp_path_factory.mktemp("any"), text)
    before = {item.code for item in validate(load_spec(path), catalog).errors}
    made = renew(path, catalog)
    assert {item.code for item in made.findings.errors} <= before
    assert unlisted(text, made) == []
    moved = [item.due_date for item in made.new.milestones]
    pairs = sorted(zip((item.due_date for item in made.old.milestones), moved, strict=True))
    assert [new for _, new in pairs] == sorted(moved)
    assert all(made.term.start <= new <= made.term.end for new in moved)
    assert made.new.relationship.determined_on == made.old.relationship.determined_on
    assert load_spec(made.save(path.with_name("new.yaml"))).model_dump() == made.new.model_dump()
