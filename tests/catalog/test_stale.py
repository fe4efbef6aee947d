"""Old section numbers, amounts and orders are found as people write them, on the right days, and nothing else is."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

import pytest

from fe_contracts.catalog.stale import broken_patterns, find_mentions, find_stale, mentions, stands
from fe_contracts.exceptions import SpecError
from fe_contracts.findings import Severity
from fe_contracts.model.authority import Authorities, StaleCitation
from fe_contracts.sources import bundled, checked, read_data

DAY = dt.timedelta(days=1)


@cache
def authorities() -> Authorities:
    return checked(read_data(bundled("clause_library") / "citations.yaml"), Authorities, error=SpecError)


def entry(name: str) -> StaleCitation:
    return next(item for item in authorities().stale if item.id == name)


CASES: dict[str, tuple[list[str], list[str]]] = {
    "award-data-331a": (
        ["Budget form (24 CFR 578.99(e); 2 CFR 200.331(a))", "2 C.F.R. § 200.331 (a)(1) lists the award information."],
        ["200.331(a) tells a subrecipient from a contractor.", "200.331(b) and 200.332(a)"],
    ),
    "award-data-332a1": (
        ["as 2 CFR 200.332(a)(1) requires", "200.332 (a) (1)(ii)"],
        ["200.332(a)(2)", "200.332(b)(1)"],
    ),
    "award-data-332a": (
        ["The award information of 2 CFR 200.332(a) is in Exhibit E.", "the FAIN (200.332(a))"],
        [
            "200.332(a): the agency is not excluded, and its FAIN is known.",
            "200.332(a) applies.",
            "FAIN: 200.332(a)(1)",
        ],
    ),
    "award-data-332b1": (
        ["the award information of 2 CFR 200.332(b)(1)(i)-(xiv)"],
        ["prior experience counts (200.332(b)(1))", "200.332(b)(2)"],
    ),
    "exclusion-check-332a": (
        ["2 CFR 200.332(a): the City checked that the Agency is not suspended."],
        ["The award information stands in 200.332(a).", "not excluded: 200.332(a)(1)"],
    ),
    "risk-332b": (
        ["The City rated the risk under 2 CFR 200.332(b)."],
        ["200.332(b)(4) and risk", "200.332(b) lists it."],
    ),
    "risk-332c": (
        ["The City rated the risk under 2 CFR 200.332(c)."],
        ["For a high risk, 200.332(c) and 200.208 allow specific conditions.", "200.332(c)"],
    ),
    "monitoring-332d": (
        ["The City monitors under 2 CFR 200.332(d)."],
        ["200.332(d): specific conditions; it monitors"],
    ),
    "monitoring-332e": (
        ["The City monitors under 2 CFR 200.332(e)."],
        ["Site visits, 200.332(e), to monitor.", "200.332(e)"],
    ),
    "relationship-330": (
        ["subrecipient or contractor, see 2 CFR 200.330"],
        ["2 CFR 200.330 on property", "contractor 200.331"],
    ),
    "relationship-331": (
        ["subrecipient or contractor, see 2 CFR 200.331"],
        ["2 CFR 200.331(a) award information; no contractor", "2 CFR 200.331"],
    ),
    "fixed-amount-332": (["fixed amount subawards (2 CFR 200.332)"], ["fixed amount: 200.332(b)(1)", "2 CFR 200.332"]),
    "audit-750000": (
        [
            "An agency that spends $750,000 or more needs a single audit.",
            "a single audit at 750,000 dollars",
            "audit requirements (subpart F) from $750K",
            "Agencies that expend $750,000\nin a year must be audited.",
            "2 CFR 200.501: seven hundred fifty thousand dollars",
        ],
        [
            "The budget is $750,000. A single audit is needed at the federal amount.",
            "The audit committee manages $750,000.",
            "A single audit is needed at $1,000,000, formerly $750,000.",
        ],
    ),
    "audit-1000000": (
        ["a single audit from $1,000,000", "The audit threshold is 1,000,000 dollars."],
        [
            "Insurance of $1,000,000 per occurrence; a single audit.",
            "pay $1,000,000",
            "single audit: $750,000, now $1,000,000",
        ],
    ),
    "de-minimis-10": (
        [
            "the de minimis rate of 10 percent",
            "10% de minimis",
            "a ten percent de minimis rate",
            "de-minimis (10 per cent)",
        ],
        ["a transfer of 10 percent of the budget", "de minimis: 10% before, 15% now", "the 110% de minimis"],
    ),
    "de-minimis-15": (
        ["the de minimis rate of 15 percent", "up to fifteen percent de minimis"],
        ["15% of the budget", "de minimis: 10% before, 15% now"],
    ),
    "mtdc-25000": (
        ["MTDC holds the first $25,000 of each subaward", "modified total direct costs: 25,000 dollars of each"],
        ["a subaward of $25,000", "MTDC: $50,000, formerly $25,000", "MTDC of $125,000"],
    ),
    "mtdc-50000": (["MTDC holds the first $50,000 of each subaward"], ["pay $50,000", "MTDC: $25,000 or $50,000"]),
    "equipment-5000": (
        [
            "Equipment means property with an acquisition cost of $5,000 or more.",
            "equipment over $5K per unit, capitalized",
        ],
        [
            "Computer equipment, $5,000.",
            "equipment with a unit cost of $15,000",
            "equipment threshold: $10,000, was $5,000",
        ],
    ),
    "equipment-10000": (
        ["Equipment means property with a per-unit cost of $10,000 or more."],
        [
            "Office equipment: $10,000.",
            "micro-purchases of equipment over $10,000 are defined",
            "equipment: $110,000 unit cost",
        ],
    ),
    "fixed-amount-sat": (
        ["A fixed amount subaward may reach the simplified acquisition threshold."],
        ["Purchases above the simplified acquisition threshold."],
    ),
    "fixed-amount-500000": (["fixed amount subawards up to $500,000"], ["a contract of $500,000"]),
    "sat-250000": (
        ["the simplified acquisition threshold ($250,000)", "above the SAT of 250,000 dollars"],
        [
            "He sat on $250,000.",
            "less than $250,000 in federal money a year",
            "simplified acquisition: $250,000, now $350,000",
        ],
    ),
    "sat-350000": (
        ["the simplified acquisition threshold ($350,000)"],
        ["a budget of $350,000", "SAT: $250,000 or $350,000"],
    ),
    "micro-purchase-10000": (
        ["micro-purchases up to $10,000", "the micropurchase threshold of ten thousand dollars"],
        ["a purchase of $10,000", "micro-purchase: $110,000", "micro-purchase: 10,000, now 15,000 dollars"],
    ),
    "micro-purchase-15000": (
        ["micro-purchases up to $15,000"],
        ["a purchase of $15,000", "micro-purchase: 10,000 or 15,000"],
    ),
    "ffata-25000": (
        ["FFATA reports for subawards of $25,000"],
        ["a subaward of $25,000", "FFATA: $25,000, now $30,000"],
    ),
    "ffata-30000": (
        ["FFATA reports for subawards of $30,000"],
        ["a subaward of $30,000", "FFATA: $25,000, now $30,000"],
    ),
    "fsrs": (
        ["Report subawards in FSRS.", "at www.fsrs.gov", "the FFATA Subaward Reporting System"],
        ["SAM.gov, formerly FSRS"],
    ),
    "duns": (
        ["Its DUNS number is on file.", "Data Universal Numbering System"],
        ["a UEI, which replaced the DUNS number", "dunes"],
    ),
    "recipient-closeout-90": (
        ["At closeout the recipient reports within 90 calendar days."],
        ["At closeout the subrecipient reports to the recipient within 90 days.", "The City pays within 90 days."],
    ),
    "recipient-closeout-120": (
        ["At closeout the recipient reports within 120 calendar days."],
        ["The recipient answers in 120 days.", "closeout: the recipient 120 days, the subrecipient 90"],
    ),
    "eo-11246": (
        ["Executive Order 11246", "E.O. 11,246", "EO No. 11246 on equal employment", "order 11246 of 1965"],
        ["Executive Order 11246, revoked in 2025", "Executive Order 11247"],
    ),
    "eo-13166": (
        ["Executive Order 13166", "EO 13,166", "(E.O. 13166)"],
        ["Executive Order 14224 revoked Executive Order 13166.", "Executive Order 13167"],
    ),
    "doj-lep-2002": (
        [
            "the 2002 Department of Justice guidance on limited English proficiency",
            "DOJ LEP guidance (four-factor analysis)",
        ],
        [
            "Department of Justice guidance on limited English proficiency of 2025",
            "HUD guidance on language access, 2002",
        ],
    ),
    "ada-web-2026": (
        ["Under the ADA, web content must meet WCAG 2.1 by April 24, 2026.", "accessible by 2026-04-24"],
        ["The term ends April 24, 2026.", "The ADA date moved from April 24, 2026 to April 26, 2027."],
    ),
    "ada-web-small-2027": (
        ["Cities of fewer than 50,000 people: April 26, 2027.", "special districts by 2027-04-26"],
        ["Cities of 50,000 or more people comply by April 26, 2027.", "April 26, 2027 for all"],
    ),
    "hmis-fy2024": (
        ["the FY 2024 HMIS Data Standards", "HMIS data are recorded by the fiscal year 2024 data dictionary"],
        ["Clients served in FY 2024 and recorded in HMIS", "the FY 2026 HMIS data standards, no longer FY 2024"],
    ),
    "hmis-fy2026": (
        ["the FY2026 HMIS CSV specifications"],
        ["Clients served in FY 2026 and recorded in HMIS", "HMIS data standards: FY 2024, then FY 2026"],
    ),
}


def test_every_entry_has_its_cases_and_no_case_lacks_its_entry() -> None:
    assert {item.id for item in authorities().stale} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_an_entry_is_found_as_people_write_it_and_not_in_another_meaning(name: str) -> None:
    caught, left = CASES[name]
    for text in caught:
        assert [item.entry.id for item in mentions(text, [entry(name)])] == [name], text
        assert [item.entry.id for item in mentions(f"Before this. {text}\n\nAfter.", [entry(name)])] == [name], text
    for text in left:
        assert mentions(text, [entry(name)]) == [], text


@pytest.mark.parametrize("name", CASES)
def test_an_entry_stands_on_its_first_and_last_day_and_not_on_the_days_beside(name: str) -> None:
    item = entry(name)
    text = CASES[name][0][0]

    def found(day: dt.date) -> list[str]:
        only = Authorities(stale=(item,))
        return [finding.code for finding in find_stale(text, day, only)]

    if item.stands_from:
        assert found(item.stands_from - DAY) == ["CITE010"]
        assert found(item.stands_from) == []
    if item.stands_until:
        assert found(item.stands_until) == []
        assert found(item.stands_until + DAY) == ["CITE010"]


def test_the_days_are_those_of_the_law() -> None:
    ends = {item.id: item.stands_until for item in authorities().stale if item.stands_until}
    begins = {item.id: item.stands_from for item in authorities().stale if item.stands_from}
    day = dt.date.fromisoformat
    assert ends["award-data-331a"] + DAY == begins["award-data-332a1"] == day("2020-11-12")
    assert ends["award-data-332a1"] + DAY == begins["award-data-332b1"] == day("2024-10-01")
    assert ends["audit-750000"] + DAY == begins["audit-1000000"] == day("2024-10-01")
    assert ends["sat-250000"] + DAY == begins["sat-350000"] == day("2025-10-01")
    assert ends["eo-11246"] + DAY == day("2025-01-21")
    assert ends["eo-13166"] + DAY == day("2025-03-01")
    assert ends["doj-lep-2002"] + DAY == day("2025-04-15")
    assert ends["ada-web-2026"] + DAY == day("2026-04-20")
    assert ends["hmis-fy2024"] + DAY == begins["hmis-fy2026"] == day("2025-10-01")


def test_a_finding_says_where_what_and_why_with_its_source() -> None:
    text = "A form.\n\nLanguage: the Agency follows\nExecutive Order 13166.\n"
    (finding,) = find_stale(text, dt.date(2026, 12, 1), authorities(), "form.txt")
    assert (finding.code, finding.severity) == ("CITE010", Severity.WARNING)
    assert str(finding.where) == "form.txt:4:1"
    assert finding.message.startswith("“Executive Order 13166” no longer stood on 2026-12-01, the day asked about: ")
    assert str(finding.citation) == "Executive Order 14224 [W]"
    assert "Title VI" in finding.remedy


def test_what_rests_on_memory_asks_for_counsel_and_what_is_new_did_not_stand_yet() -> None:
    (memory,) = find_stale("its DUNS number", dt.date(2026, 1, 1), authorities())
    assert memory.message.endswith("Counsel should confirm the date.")
    (early,) = find_stale("award information (2 CFR 200.332(b)(1))", dt.date(2023, 1, 1), authorities())
    assert "did not stand yet on 2023-01-01" in early.message
    assert "Counsel" not in early.message


def test_a_sentence_ends_at_its_full_stop_and_a_form_without_any_is_still_read() -> None:
    apart = "The agency manages $750,000. Another needs a single audit."
    assert not [item for item in mentions(apart, authorities().stale) if item.entry.id == "audit-750000"]
    far = f"single audit {'| cell ' * 200} $750,000"
    assert not [item for item in mentions(far, authorities().stale) if item.entry.id == "audit-750000"]
    near = "single audit | threshold | per year | $750,000"
    assert [item.entry.id for item in mentions(near, authorities().stale)] == ["audit-750000"]


def test_a_text_without_citations_and_a_library_without_authorities_have_none() -> None:
    assert list(find_stale("Nothing of the kind.", dt.date(2026, 1, 1), authorities())) == []
    assert list(find_stale("EO 13166", dt.date(2026, 1, 1), None)) == []


def test_a_pattern_that_cannot_be_used_is_told_and_hides_no_other() -> None:
    bad = entry("eo-13166").model_copy(update={"id": "bad.one", "pattern": "(13166", "context": "["})
    both = Authorities(stale=(bad, entry("eo-13166")))
    found, problems = find_mentions("EO 13166", both)
    assert [item.entry.id for item in found] == ["eo-13166"]
    assert [problem.where.field for problem in problems] == ["stale.bad.one.pattern", "stale.bad.one.context"]
    assert {problem.code for problem in problems} == {"CATALOG230"}
    assert broken_patterns(authorities().stale) == []


def test_an_entry_without_any_day_is_refused() -> None:
    data = entry("eo-13166").model_dump(mode="json") | {"stands_until": None, "trigger": "calendar_date"}
    with pytest.raises(ValueError, match="give stands_from or stands_until"):
        StaleCitation.model_validate_json(json.dumps(data))


def test_what_an_entry_looks_for_is_in_every_text_that_it_finds() -> None:
    for item in authorities().stale:
        assert all(word == word.lower() for word in item.look_for)
    assert all(stands(item, (item.stands_from or item.stands_until) or dt.date.min) for item in authorities().stale)
