"""What a spec says in words is judged by the contract's dates, and by each federal award's own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from tests.assembly.specs import award, make_spec
from tests.catalog.test_stale import authorities

from fe_contracts.compliance.citing import check_citations, texts_of
from fe_contracts.findings import Severity

if TYPE_CHECKING:
    from fe_contracts.findings import Finding

OLD, NEW = "award information: 2 CFR 200.332(a)(1)", "award information: 2 CFR 200.332(b)(1)"


def found(changes: dict[str, Any]) -> list[Finding]:
    """Return what is found in the small spec with some changes."""
    return list(check_citations(make_spec(changes), authorities()))


def federal(*days: str, **changes: Any) -> dict[str, Any]:
    """Return the changes that give the spec awards of these days."""
    funds = [award(f"award{place}", "COC", day, amount="30000.00") for place, day in enumerate(days)]
    return {"funding": funds, **changes}


def test_a_spec_that_cites_nothing_old_has_nothing_found() -> None:
    assert found({}) == []
    assert list(check_citations(make_spec({"contract.title": "EO 13166"}), None)) == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("contract.title", "contract.title"),
        ("services.sites[1]", "services.sites[1]"),
        ("deliverables[0].title", "deliverables[0].title"),
        ("clauses.parameters.FE-03.hours", "clauses.parameters.FE-03.hours"),
    ],
)
def test_every_text_is_looked_at_and_named_by_its_field(text: str, field: str) -> None:
    (finding,) = found({text: "Under Executive Order 13166."})
    assert (finding.code, finding.severity, finding.where.field) == ("CITE010", Severity.WARNING, field)
    assert "no longer stood on 2027-01-01, the effective date" in finding.message


def test_lists_and_tables_of_parameter_values_are_looked_at_row_by_row() -> None:
    values = [{"kind": "Audit", "rule": "single audit at $750,000"}, {"kind": "Other", "rule": "none"}]
    (finding,) = found({"clauses.parameters.FE-03.rows": values})
    assert finding.where.field == "clauses.parameters.FE-03.rows[0].rule"


@pytest.mark.parametrize(
    ("day", "text", "codes"),
    [
        ("2024-09-30", OLD, []),
        ("2024-10-01", OLD, ["CITE010"]),
        ("2024-09-30", NEW, ["CITE010"]),
        ("2024-10-01", NEW, []),
        ("2020-11-11", "2 CFR 200.331(a) award block", []),
        ("2020-11-12", "2 CFR 200.331(a) award block", ["CITE010"]),
    ],
)
def test_what_goes_by_the_award_is_judged_on_the_day_of_the_award(day: str, text: str, codes: list[str]) -> None:
    assert [item.code for item in found(federal(day, **{"contract.title": text}))] == codes


def test_with_several_awards_the_finding_names_the_one_it_is_about() -> None:
    (finding,) = found(federal("2023-05-01", "2025-05-01", **{"contract.title": OLD}))
    assert "2025-05-01, the award date of award1" in finding.message
    (other,) = found(federal("2023-05-01", "2025-05-01", **{"contract.title": NEW}))
    assert "2023-05-01, the award date of award0" in other.message


def test_a_text_that_belongs_to_one_fund_is_judged_by_its_award_alone() -> None:
    both = federal("2023-05-01", "2025-05-01")
    assert found({**both, "funding[0].name": OLD}) == []
    assert [item.where.field for item in found({**both, "funding[1].name": OLD})] == ["funding[1].name"]


def test_the_audit_threshold_goes_by_the_agencys_fiscal_year() -> None:
    text = {"contract.title": "Single audit at $750,000"}
    before = {"contract.effective_date": "2025-06-30", "agency.fiscal_year_start": "07-01"}
    assert found({**text, **before}) == []
    assert [item.code for item in found({**text, **before, "contract.effective_date": "2025-07-01"})] == ["CITE010"]


def test_what_looks_like_a_citation_and_is_none_is_told_with_its_field() -> None:
    (finding,) = found(
        {"services.sites[0]": "A site under 24 CFR 578(c)(4)", "contract.title": "By 24 CFR 578.23(c)(4)"}
    )
    assert (finding.code, finding.where.field) == ("CITE040", "services.sites[0]")
    assert "“24 CFR 578(c)(4)”" in finding.message


def test_what_is_recorded_about_the_spec_is_no_text_of_the_contract() -> None:
    decision = {
        "code": "X",
        "decided_by": "Ann",
        "role": "Counsel",
        "decided_on": "2026-11-01",
        "reason": "Executive Order 13166 is named in the host contract.",
    }
    assert found({"overrides": [decision]}) == []


def test_words_of_a_closed_list_and_dates_are_no_texts() -> None:
    texts = dict(texts_of(make_spec({})))
    assert texts["contract.title"] == "Small Pilot"
    assert "payment.model" not in texts
    assert "contract.effective_date" not in texts
    assert all(isinstance(text, str) for text in texts.values())
    assert dt.date.fromisoformat("2027-01-01").isoformat() not in texts.values()


def test_a_citation_at_the_very_beginning_of_a_text_belongs_to_that_text() -> None:
    (finding,) = found({"contract.title": "EO 13166 binds the Agency"})
    assert finding.where.field == "contract.title"


def test_words_of_every_body_of_law_hide_no_citation_that_cannot_be_read() -> None:
    everything = "CFR C.F.R U.S.C USC Fed. E.O. Executive Order Public Law Pub. L and 24 CFR 578(c)(4)"
    assert "CITE040" in [item.code for item in found({"contract.title": everything})]


def test_a_local_fund_is_judged_by_the_contracts_own_day() -> None:
    (finding,) = found({"funding[0].name": OLD})
    assert "the effective date (the contract has no federal award date)" in finding.message
    assert " of general" not in finding.message
    (general,) = found({"contract.title": OLD})
    assert "the effective date (the contract has no federal award date)" in general.message


def test_a_pattern_that_is_none_is_told_and_hides_no_other() -> None:
    first, *others = authorities().stale
    broken = first.model_copy(update={"id": "broken", "pattern": "(", "look_for": ("small",)})
    law = authorities().model_copy(update={"stale": (broken, first, *others)})
    codes = [item.code for item in check_citations(make_spec({"contract.title": "Small, by EO 13166"}), law)]
    assert sorted(codes) == ["CATALOG230", "CITE010"]
