"""Which clauses a contract is made of, in which version, and the reason for every one that is in or out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from tests.assembly.specs import HOST, award, make_spec
from tests.assembly.trees import contract_of, lines_of
from tests.catalog.libraries import FILES, clause_files, small_catalog, version, write_library

from fe_contracts.assembly import Decision, assemble, select
from fe_contracts.exceptions import ClauseNotInForceError
from fe_contracts.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog import Catalog

FEDERAL = {
    "funding": [
        award("coc-1", "COC", "2024-09-30", amount="30000.00"),
        award("esg-1", "ESG", "2024-10-01", amount="1"),
    ],
    "relationship.determination": "SUBRECIPIENT",
}
COVERED = {"contract.type": "fe_rider", "host_contract": {**HOST, "covers": ["monitoring", "funding"]}}
RIDER = {"contract.type": "fe_rider", "host_contract": HOST}


def decision(catalog: Catalog, clause_id: str, changes: dict[str, Any] | None = None) -> Decision:
    """Return the one decision on a clause."""
    (only,) = select(make_spec(changes), catalog).of(clause_id)
    return only


def found(catalog: Catalog, changes: dict[str, Any]) -> list[tuple[str, str]]:
    """Return code and field of everything that the choice of clauses finds."""
    return [(finding.code, finding.where.field) for finding in select(make_spec(changes), catalog).findings]


class TestLevels:
    def test_a_mandatory_clause_is_in_and_says_by_which_fact(self, catalog: Catalog) -> None:
        one = decision(catalog, "FE-01")
        assert (one.included, one.because) == (True, ("mandatory", "svc is COUNSEL"))

    def test_a_clause_whose_condition_does_not_hold_is_out_and_says_by_which_fact(self, catalog: Catalog) -> None:
        one = decision(catalog, "FE-01", {"services.offered": ["TAX"]})
        assert (one.included, one.level) == (False, None)
        assert one.because == ("its condition does not hold", "svc is TAX")

    def test_a_recommended_clause_is_in(self, catalog: Catalog) -> None:
        assert decision(catalog, "FE-02").because == ("recommended", "always")

    def test_an_optional_clause_is_out_unless_asked_for(self, catalog: Catalog) -> None:
        assert decision(catalog, "FE-03").because == ("optional, and not asked for", "always")
        one = decision(catalog, "FE-03", {"clauses.include": ["FE-03"]})
        assert (one.included, one.because) == (True, ("asked for by the spec",))

    def test_where_the_condition_does_not_hold_the_other_level_counts(self, catalog: Catalog) -> None:
        local = decision(catalog, "FE-05")
        federal = decision(catalog, "FE-05", FEDERAL)
        assert (local.level, local.because[0]) == ("recommended", "recommended")
        assert (federal.level, federal.because) == ("mandatory", ("mandatory", "fund.is_federal is yes"))

    def test_a_clause_can_be_asked_for_against_its_condition(self, catalog: Catalog) -> None:
        one = decision(catalog, "FE-01", {"services.offered": ["TAX"], "clauses.include": ["FE-01"]})
        assert one.included
        assert one.because == ("asked for by the spec, though its condition does not hold", "svc is TAX")

    @pytest.mark.parametrize("changes", [{}, FEDERAL, RIDER, {"clauses.include": ["FE-03", "FE-04"]}])
    def test_every_clause_of_the_contract_type_is_explained(self, catalog: Catalog, changes: dict[str, Any]) -> None:
        selection = select(make_spec(changes), catalog)
        articles = selection.contract_type.content.articles
        placed = {slot.clause for article in articles for slot in article.clauses}
        assert {one.clause_id for one in selection.decisions} == placed
        for one in selection.decisions:
            assert one.because
            assert all(one.because)
            assert (one.version is not None) is one.included
            assert one.article in {article.id for article in articles}


class TestExclusion:
    REASON = "The host does it."

    def out(self, clause_id: str, **more: Any) -> dict[str, Any]:
        return {"clauses.exclude": [{"clause": clause_id, "reason": self.REASON}], **more}

    def test_a_recommended_clause_may_be_left_out_with_a_reason(self, catalog: Catalog) -> None:
        one = decision(catalog, "FE-02", self.out("FE-02"))
        assert (one.included, one.because) == (False, (f"left out by the spec: {self.REASON}",))
        assert found(catalog, self.out("FE-02")) == []

    def test_a_mandatory_clause_may_not_unless_the_error_is_overridden(self, catalog: Catalog) -> None:
        selection = select(make_spec(self.out("FE-01")), catalog)
        (finding,) = selection.findings
        assert (finding.code, finding.severity) == ("SELECT030", Severity.ERROR)
        assert finding.where.field == "clauses.exclude[0]"
        assert "FE-01 is mandatory here (svc is COUNSEL)" in finding.message
        assert not selection.of("FE-01")[0].included

    def test_a_clause_cannot_be_both_included_and_excluded(self, catalog: Catalog) -> None:
        changes = {"clauses.include": ["FE-03"], **self.out("FE-03")}
        assert found(catalog, changes) == [("SELECT070", "clauses.include")]
        assert not decision(catalog, "FE-03", changes).included


class TestVersions:
    @pytest.mark.parametrize(("start", "number"), [("2027-12-31", "1.0.0"), ("2028-01-01", "2.0.0")])
    def test_the_version_is_chosen_by_the_clauses_own_date(self, catalog: Catalog, start: str, number: str) -> None:
        changes = {"term.end_date": "2028-12-31", "services.start_date": start}
        one = decision(catalog, "FE-01", changes)
        assert one.version is not None
        assert (one.version.number, one.day, one.day_from) == (
            number,
            dt.date.fromisoformat(start),
            "first day of service",
        )

    def test_a_pin_decides_whatever_the_dates_say(self, catalog: Catalog) -> None:
        one = decision(catalog, "FE-01", {"clauses.pins.FE-01": "2.0.0"})
        assert one.version is not None
        assert (one.version.number, one.day_from) == ("2.0.0", "pinned to 2.0.0 by the spec")

    def test_an_unknown_version_is_an_error_that_names_the_known(self, catalog: Catalog) -> None:
        selection = select(make_spec({"clauses.pins.FE-01": "9.0.0"}), catalog)
        (finding,) = (item for item in selection.findings if item.severity is Severity.ERROR)
        assert (finding.code, finding.where.field) == ("SELECT020", "clauses.pins.FE-01")
        assert "it has 1.0.0, 2.0.0" in finding.message

    def test_a_draft_is_used_only_when_pinned_and_marks_the_contract(self, tmp_path: Path) -> None:
        from fe_contracts.catalog import load_catalog

        folder = write_library(tmp_path, published=True)
        (folder / "clauses/FE/FE-05/2.0.0.md").write_text(version("New.", effective="2026-06-01"), encoding="utf-8")
        catalog = load_catalog(folder)
        assert contract_of(make_spec(), catalog).drafts == ()
        contract = contract_of(make_spec({"clauses.pins.FE-05": "2.0.0"}), catalog)
        assert contract.drafts == ("FE-05@2.0.0 is not published.",)
        assert [clause.draft for clause in contract.clauses if clause.clause_id == "FE-05"] == [True]

    def test_a_version_that_ends_the_clause_cannot_be_pinned(self, tmp_path: Path) -> None:
        ended = {"clauses/FE/FE-05/2.0.0.md": version("", effective="2029-01-01", retires=True)}
        catalog = small_catalog(tmp_path, ended)
        assert found(catalog, {"clauses.pins.FE-05": "2.0.0"})[0] == ("SELECT020", "clauses.pins.FE-05")


class TestNotInForce:
    def test_a_mandatory_clause_before_its_first_version_is_a_named_error(self, tmp_path: Path) -> None:
        later = {"clauses/FE/FE-01/1.0.0.md": FILES["clauses/FE/FE-01/1.0.0.md"].replace("2026-01-01", "2027-02-01")}
        assembly = assemble(make_spec(), small_catalog(tmp_path, later))
        finding = next(item for item in assembly.findings if item.code == "SELECT010")
        assert finding.severity is Severity.ERROR
        assert "No version of FE-01 is in force on 2027-01-01" in finding.message
        assert "its first version, 1.0.0, takes effect 2027-02-01" in finding.message
        assert "the day is its first day of service" in finding.message
        assert finding.where.field == "term.start_date", "the field that holds that day, so that it can be corrected"

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"expires": "2026-12-31"}, "version 1.0.0 expired 2026-12-31"),
            ({"retired": "2027-01-01"}, "it was retired from 2027-01-01 on"),
        ],
    )
    @pytest.mark.parametrize(
        ("level", "code", "severity"),
        [("mandatory", "SELECT010", Severity.ERROR), ("recommended", "SELECT015", Severity.WARNING)],
    )
    def test_an_expired_or_retired_clause_is_told_and_never_silently_missing(
        self, tmp_path: Path, more: dict[str, str], said: str, level: str, code: str, severity: Severity
    ) -> None:
        applies = {"level": level}
        files = {"clauses/FE/FE-05/1.0.0.md": version("Words.", applies=applies, expires=more.get("expires"))}
        if day := more.get("retired"):
            files["clauses/FE/FE-05/2.0.0.md"] = version("", effective=day, applies=applies, retires=True)
        (finding,) = select(make_spec(), small_catalog(tmp_path, files)).findings
        assert (finding.code, finding.severity) == (code, severity)
        assert said in finding.message

    def test_an_optional_clause_that_is_not_in_force_is_missed_only_when_asked_for(self, tmp_path: Path) -> None:
        files = {"clauses/FE/FE-05/1.0.0.md": version("W.", applies={"level": "optional"}, expires="2026-12-31")}
        catalog = small_catalog(tmp_path, files)
        assert found(catalog, {}) == []
        assert [code for code, _ in found(catalog, {"clauses.include": ["FE-05"]})] == ["SELECT010"]

    def test_a_recorded_exclusion_quiets_the_warning(self, tmp_path: Path) -> None:
        applies = {"level": "recommended"}
        files = {"clauses/FE/FE-05/1.0.0.md": version("W.", applies=applies, expires="2026-12-31")}
        changes = {"clauses.exclude": [{"clause": "FE-05", "reason": "Not wanted."}]}
        assert found(small_catalog(tmp_path, files), changes) == []

    def test_a_draft_cannot_make_a_mandatory_clause_optional(self, tmp_path: Path) -> None:
        from fe_contracts.catalog import load_catalog

        expired = version("Words.", applies={"level": "mandatory"}, expires="2026-12-31")
        folder = write_library(tmp_path, {"clauses/FE/FE-05/1.0.0.md": expired}, published=True)
        draft = version("Words.", applies={"level": "optional"}, effective="2026-06-01")
        (folder / "clauses/FE/FE-05/2.0.0.md").write_text(draft, encoding="utf-8")
        assert [code for code, _ in found(load_catalog(folder), {})] == ["SELECT010"]

    def test_a_contract_type_that_is_not_in_force_stops_everything(self, catalog: Catalog) -> None:
        with pytest.raises(ClauseNotInForceError, match="subcontract"):
            select(make_spec({"contract.effective_date": "2025-12-31"}), catalog)


class TestChoices:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"clauses.include": ["FE-90"]}, "clauses.include[0]"),
            ({"clauses.exclude": [{"clause": "FE-90", "reason": "R."}]}, "clauses.exclude[0]"),
            ({"clauses.parameters.FE-90": {"a": 1}}, "clauses.parameters.FE-90"),
            ({"clauses.pins.FE-90": "1.0.0"}, "clauses.pins.FE-90"),
        ],
    )
    def test_an_unknown_clause_is_an_error_with_the_nearest_name(
        self, catalog: Catalog, changes: dict[str, Any], field: str
    ) -> None:
        (finding,) = select(make_spec(changes), catalog).findings
        assert (finding.code, finding.where.field) == ("SELECT040", field)
        assert "Did you mean FE-0" in finding.message

    def test_a_clause_without_a_place_in_the_contract_type_is_an_error(self, catalog: Catalog) -> None:
        assert found(catalog, {**RIDER, "clauses.include": ["FE-03"]}) == [("SELECT050", "clauses.include[0]")]

    def test_a_value_or_pin_for_a_clause_that_is_out_is_a_warning(self, catalog: Catalog) -> None:
        changes = {"clauses.parameters.FE-03": {"points": 40}, "clauses.pins.FE-03": "1.0.0"}
        selection = select(make_spec(changes), catalog)
        assert [(item.code, item.severity) for item in selection.findings] == [("SELECT060", Severity.WARNING)] * 2


class TestRider:
    def test_what_the_host_contract_covers_stays_out_and_says_so(self, catalog: Catalog) -> None:
        assert decision(catalog, "FE-02", RIDER).included
        one = decision(catalog, "FE-02", COVERED)
        assert (one.included, one.because) == (False, ("the host contract already covers monitoring",))

    def test_asking_for_a_covered_clause_is_told_to_have_no_effect(self, catalog: Catalog) -> None:
        changes = {**COVERED, "clauses.include": ["FE-02"]}
        assert found(catalog, changes) == [("SELECT060", "clauses.include[0]")]

    def test_a_rider_holds_its_own_articles_alone(self, catalog: Catalog) -> None:
        lines = lines_of(contract_of(make_spec(COVERED), catalog))
        assert [line for line in lines if line.startswith(("Article", "Exhibit"))] == ["Article 1 Services"]


class TestScope:
    def test_a_clause_stands_once_per_award_each_under_its_own_award_date(self, catalog: Catalog) -> None:
        found = [
            (one.instance, one.version.number if one.version else None, str(one.day), one.day_from)
            for one in select(make_spec(FEDERAL), catalog).of("FED-01")
        ]
        assert found == [
            ("FED-01:coc-1", "1.0.0", "2024-09-30", "award date"),
            ("FED-01:esg-1", "2.0.0", "2024-10-01", "award date"),
        ]

    def test_a_condition_is_judged_by_the_award_the_clause_stands_for(self, catalog: Catalog) -> None:
        found = {one.instance: (one.included, one.because) for one in select(make_spec(FEDERAL), catalog).of("FED-02")}
        assert found == {
            "FED-02:coc-1": (True, ("mandatory", "fund.sources is COC")),
            "FED-02:esg-1": (False, ("its condition does not hold", "fund.sources is ESG")),
        }

    def test_without_an_award_the_clause_is_out_and_the_fallback_is_said_in_words(self, catalog: Catalog) -> None:
        one = decision(catalog, "FED-01")
        assert (one.instance, one.included) == ("FED-01", False)
        assert one.day == dt.date(2027, 1, 1)
        assert one.day_from == "effective date (the contract has no federal award date)"

    def test_a_clause_stands_once_per_fund(self, catalog: Catalog) -> None:
        changes = {**FEDERAL, "clauses.include": ["FE-04"]}
        instances = [one.instance for one in select(make_spec(changes), catalog).of("FE-04") if one.included]
        assert instances == ["FE-04:coc-1", "FE-04:esg-1"]
        lines = lines_of(contract_of(make_spec(changes), catalog))
        assert [line for line in lines if line.startswith("The fund ")] == [
            "The fund Fund coc-1 pays for this.",
            "The fund Fund esg-1 pays for this.",
        ]

    def test_each_award_has_its_own_values_part_and_references(self, catalog: Catalog) -> None:
        lines = lines_of(contract_of(make_spec(FEDERAL), catalog))
        assert "Award FAIN-coc-1 binds the Agency. See Section B.1 and Section 4.3." in lines
        assert "The award FAIN-esg-1 binds the Agency. See Section B.2 and its own rules." in lines
        assert lines[lines.index("B.1 The award") :] == [
            "B.1 The award",
            "Of September 30, 2024.",
            "B.2 The award",
            "Of October 1, 2024.",
        ]

    def test_two_awards_with_names_alike_never_share_a_bookmark(self, catalog: Catalog) -> None:
        long = "a-name-of-an-award-that-is-rather-long"
        changes = {
            **FEDERAL,
            "funding": [
                award(name, "COC", "2025-01-01", amount="1")
                for name in (f"{long}-1", f"{long}-2", "x.y", "x_y", "x-y", "X-Y")
            ],
        }
        contract = contract_of(make_spec(changes), catalog)
        anchors = [owner.anchor for owner in contract.numbered]
        assert len({anchor.lower() for anchor in anchors}) == len(anchors)
        assert max(map(len, anchors)) <= 40


@pytest.mark.parametrize(
    ("trigger", "changes", "day", "words"),
    [
        ("award_date", {}, "2027-01-01", "effective date (the contract has no federal award date)"),
        ("transaction_date", {}, "2027-01-01", "effective date (the contract has no transaction date yet)"),
        ("amendment_date", {}, "2027-01-01", "effective date (the contract has no amendment date yet)"),
        (
            "amendment_date",
            {"contract.amendments": [{"number": 1, "effective_date": "2027-07-01", "reason": "More money."}]},
            "2027-07-01",
            "date of the latest amendment",
        ),
        ("subaward_date", {}, "2027-01-01", "effective date"),
        ("calendar_date", {}, "2027-01-01", "effective date"),
        ("service_date", {"services.start_date": "2027-03-01"}, "2027-03-01", "first day of service"),
        ("auditee_fy_start", {"agency.fiscal_year_start": "07-01"}, "2026-07-01", "start of the agency's fiscal year"),
        ("auditee_fy_start", {"agency.fiscal_year_start": "01-01"}, "2027-01-01", "start of the agency's fiscal year"),
        ("award_date", FEDERAL, "2024-10-01", "latest award date"),
    ],
)
def test_the_day_a_trigger_names_is_said_in_words(
    tmp_path: Path, trigger: str, changes: dict[str, Any], day: str, words: str
) -> None:
    files = clause_files("FE-05", {"1.0.0": version("Words.", effective="2020-01-01")}, trigger=trigger)
    one = decision(small_catalog(tmp_path, files), "FE-05", changes)
    assert (str(one.day), one.day_from) == (day, words)
