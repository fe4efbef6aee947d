"""Each check of the lint passes a library that is in order and finds the fault that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.catalog.libraries import FILES, clause_files, problems_of, small_catalog, version, write_library
from tests.catalog.test_terms_and_lint import QUIET

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.lint import CHECKS, lint
from fe_contracts.catalog.linting.reading import READERS, grade, syllables
from fe_contracts.catalog.quotations import digest_of_words
from fe_contracts.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.findings import Finding

FE_03, FE_05 = "clauses/FE/FE-03/1.0.0.md", "clauses/FE/FE-05/1.0.0.md"
LAW_WORDS = "The Agency (i) must be named as it is named elsewhere."
STALE = """\
stale:
  - id: old-order
    pattern: '\\border 11\\b'
    look_for: [order 11]
    stands_until: 2026-06-30
    trigger: calendar_date
    instead: Name order 12.
    why: order 12 took its place.
    cite: Executive Order 10012
    confidence: W
  - id: new-order
    pattern: '\\border 12\\b'
    look_for: [order 12]
    stands_from: 2026-07-01
    trigger: calendar_date
    instead: Name order 11.
    why: order 12 is new.
    cite: Executive Order 10012
    confidence: W
"""
QUOTED = f"{STALE}quotations:\n  - cite: 2 CFR 200.1\n    as_of: 2025-01-03\n    text: {LAW_WORDS}\n    digest: "


def clause(wording: str, **front: Any) -> dict[str, str]:
    """Return the change that gives FE-03 other words."""
    return {FE_03: version(wording, **{"serves": ["choice"], **front})}


def found(folder: Path, changes: dict[str, Any], *, published: bool = True) -> list[Finding]:
    """Return what the lint finds in a quiet library with some changes."""
    files = {**QUIET, **changes}
    catalog = small_catalog(folder, files) if published else load_catalog(write_library(folder, files))
    return [finding for finding in lint(catalog) if finding.code != "LINT090"]


FRONT = {
    "obligations": [
        {
            "id": "report",
            "who": "agency",
            "to": "city",
            "action": "deliver",
            "what": "A report.",
            "when": "Each month.",
            "due": {"of": "event"},
            "evidence": "The dated message.",
            "consequence": "The City reminds it.",
        }
    ]
}


def duty(**said: str) -> dict[str, Any]:
    """Return an obligation with some parts said otherwise."""
    return {"obligations": [{**FRONT["obligations"][0], **said}]}


LONG = (
    "Notwithstanding the aforesaid considerations, the organization undertaking responsibility for administration "
    "acknowledges accountability for satisfactory implementation of comprehensive documentation requirements, "
    "including contemporaneous identification of circumstances necessitating intervention, communication of "
    "determinations concerning eligibility, periodic reconciliation of expenditures, maintenance of confidentiality, "
    "and facilitation of independent examination by representatives authorized to investigate irregularities, "
    "notwithstanding termination or expiration of particular undertakings previously established between "
    "participating institutions."
)
PLAIN = "The Agency must send a plan to the City. The City reads it. It answers in ten days. The plan then holds. " * 4


@pytest.mark.parametrize(
    ("code", "good", "bad", "said"),
    [
        (
            "LINT030",
            clause("The Agency meets the steering group. A Client may ask."),
            clause("The Agency meets the Steering Group. Each steering group is open."),
            "“Steering Group”",
        ),
        (
            "LINT035",
            clause('A **"Lender"** means a bank. A **"Borrower"** means a client of a Lender. It names the Borrower.'),
            clause('A **"Lender"** means one who pays a Borrower. A **"Borrower"** means a client of a Lender.'),
            "“Borrower” → “Lender” → “Borrower”",
        ),
        (
            "LINT100",
            clause("#. {#one} See [[#two]].\n#. {#two} Words."),
            clause("#. {#one} See [[#two]].\n#. {#two} As [[#one]] says."),
            "FE-03#one and FE-03#two refer to each other",
        ),
        ("LINT100", clause("#. {#one} Words [[FE-02]]."), clause("#. {#one} See [[#one]]."), "refers to itself"),
        ("LINT100", clause("#. {#one} Words [[FE-02]]."), clause("Words in [[FE-03]]."), "refers to its own section"),
        (
            "LINT110",
            clause("More in [[FE-01#plan]]."),
            {
                **clause("More in [[FE-01#plan]]."),
                "clauses/FE/FE-01/2.0.0.md": FILES["clauses/FE/FE-01/2.0.0.md"].replace("{#plan} ", ""),
            },
            "refers to FE-01#plan, which FE-01 does not have in version 2.0.0",
        ),
        (
            "LINT130",
            clause("By {{ day }}.", parameters={"day": {"type": "date", "help": "Day.", "from": "term.end_date"}}),
            clause("By {{ day }}.", parameters={"day": {"type": "date", "help": "Day.", "from": "term.last_day"}}),
            "'term.last_day', a field that no contract has",
        ),
        (
            "LINT130",
            clause(
                "{{ n }}", parameters={"n": {"type": "str", "help": "N.", "from": "fund.federal_award.award_id_fain"}}
            ),
            clause("{{ n }}", parameters={"n": {"type": "str", "help": "N.", "from": "fund.award.fain"}}),
            "'fund.award.fain'",
        ),
        (
            "LINT130",
            clause("{{ n }}", parameters={"n": {"type": "text", "help": "N.", "from": "framework.vision.text"}}),
            clause("{{ n }}", parameters={"n": {"type": "text", "help": "N.", "from": "framework.mission.text"}}),
            "'framework.mission.text'",
        ),
        ("LINT140", clause(PLAIN), clause(LONG), "The wording of FE-03@1.0.0 reads at grade"),
        ("LINT140", clause("Words.", summary=PLAIN), clause("Words.", summary=LONG), "The summary of FE-03@1.0.0"),
        ("LINT140", clause(f"> {LAW_WORDS}"), clause(f"{LAW_WORDS}\n\n{LONG}"), "the target is 12"),
        (
            "LINT150",
            clause_files(
                "FE-03",
                {
                    "1.0.0": version("A.", serves=["choice"]),
                    "2.0.0": version("B.", effective="2028-01-01", serves=["choice"]),
                },
            ),
            clause_files(
                "FE-03",
                {
                    "1.0.0": version("A.", serves=["choice"], expires="2027-06-30"),
                    "2.0.0": version("B.", effective="2028-01-01", serves=["choice"]),
                },
            ),
            "FE-03 has no version from 2027-07-01 to 2027-12-31",
        ),
        (
            "LINT150",
            clause("Words."),
            clause("Words.", expires="2027-06-30"),
            "FE-03 has no version after 2027-06-30, and no entry retires it",
        ),
        *(
            ("LINT160", clause("Words.", **duty()), clause("Words.", **duty(**{name: said})), f"“{said.rstrip('.')}”")
            for name, said in (
                ("what", "TBD"),
                ("when", "As needed."),
                ("evidence", "n/a"),
                ("evidence", "None."),
                ("consequence", "To be determined."),
                ("consequence", "—"),
            )
        ),
        (
            "CITE020",
            {**clause("Follow order 12.", effective="2026-07-01"), "citations.yaml": STALE},
            {**clause("Follow order 12."), "citations.yaml": STALE},
            "“order 12” did not stand yet on 2026-01-01, when FE-03@1.0.0 is in force",
        ),
        (
            "CITE020",
            {
                **clause_files(
                    "FE-03",
                    {
                        "1.0.0": version("Follow order 11.", serves=["choice"]),
                        "2.0.0": version("Follow order 12.", effective="2026-07-01", serves=["choice"]),
                    },
                ),
                "citations.yaml": STALE,
            },
            {**clause("Follow order 11."), "citations.yaml": STALE},
            "“order 11” no longer stood on 2026-07-01, when FE-03@1.0.0 is in force",
        ),
        (
            "CITE020",
            {**clause("Words.", obligations=FRONT["obligations"]), "citations.yaml": STALE},
            {**clause("Words.", **duty(evidence="The form of order 11.")), "citations.yaml": STALE},
            "“order 11”",
        ),
        (
            "CITE030",
            clause_files(
                "FE-03",
                {"1.0.0": version("See 2 CFR 200.305(b)(3).", serves=["choice"])},
                sources={"2 CFR 200.305(b)": {"confidence": "V"}},
            ),
            clause("See 2 CFR 200.305(b)(3)."),
            "cites 2 CFR 200.305(b)(3), which clause.yaml does not list",
        ),
        (
            "CITE030",
            clause_files(
                "FE-03",
                {"1.0.0": version("Words.", serves=["choice"], legal_basis=["2 CFR 200.1"])},
                sources={"2 CFR 200.1": {"confidence": "V"}},
            ),
            clause_files(
                "FE-03", {"1.0.0": version("Words.", serves=["choice"])}, sources={"2 CFR 200.1": {"confidence": "V"}}
            ),
            "lists the source '2 CFR 200.1', and no version rests on it",
        ),
        ("CITE040", clause("See 2 CFR 200.332 (b)."), clause("See 2 CFR 200,332."), "“2 CFR 200”"),
        (
            "CATALOG210",
            {**clause(f"> {LAW_WORDS}"), "citations.yaml": QUOTED + digest_of_words(LAW_WORDS)},
            {**clause("> The Agency may be named."), "citations.yaml": QUOTED + digest_of_words(LAW_WORDS)},
            "quotes words that citations.yaml does not hold: “The Agency may be named.”",
        ),
        (
            "CATALOG220",
            {"citations.yaml": QUOTED + digest_of_words(LAW_WORDS)},
            {"citations.yaml": QUOTED + digest_of_words(LAW_WORDS + " Or so.")},
            "not those that the digest was taken of",
        ),
        (
            "CATALOG230",
            {"citations.yaml": STALE},
            {"citations.yaml": STALE.replace("order 12\\b", "order (12\\b")},
            "The pattern of the stale citation 'new-order' is no regular expression",
        ),
    ],
)
def test_a_check_passes_what_is_in_order_and_finds_what_is_not(
    tmp_path: Path, code: str, good: dict[str, Any], bad: dict[str, Any], said: str
) -> None:
    in_order = found(tmp_path / "good", good)
    assert [item for item in in_order if item.code == code] == []
    faults = [item for item in found(tmp_path / "bad", bad) if item.code == code]
    assert faults
    assert said in faults[0].message
    assert faults[0].remedy
    assert faults[0].where.file


def test_a_quotation_with_a_value_in_it_is_no_quotation(tmp_path: Path) -> None:
    changes = clause("> {{ n }} words", parameters={"n": {"type": "int", "help": "N.", "default": 2}})
    assert [item.code for item in found(tmp_path, changes)] == ["CATALOG210"]


def test_a_value_that_nothing_uses_keeps_the_library_from_loading(tmp_path: Path) -> None:
    changes = clause("Words.", parameters={"n": {"type": "int", "help": "N.", "default": 2}})
    assert "WORDING050" in {item.code for item in problems_of(write_library(tmp_path, {**QUIET, **changes}))}


def test_a_reading_grade_and_a_place_in_the_lists_never_block(tmp_path: Path) -> None:
    findings = found(tmp_path, clause(f"{LONG} Under 2 CFR 200.1."))
    assert {item.code: item.severity for item in findings} == {"LINT140": Severity.INFO, "CITE030": Severity.INFO}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("any", 2), ("city", 2), ("rate", 1), ("rates", 1), ("notice", 2), ("services", 3), ("table", 2),
        ("tables", 2), ("named", 1), ("granted", 2), ("agency", 3), ("client", 2), ("period", 3), ("annual", 3),
        ("individual", 5), ("payment", 2), ("agreement", 3), ("requirement", 3), ("language", 2), ("certification", 5),
        ("financial", 3), ("employee", 3), ("continuum", 4), ("cooperation", 5), ("being", 2), ("business", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_spelling(word: str, count: int) -> None:
    assert syllables(word) == syllables(word.upper()) == count


def test_a_grade_is_that_of_the_formula() -> None:
    assert grade("") == 0.0
    words, sentences, spoken = 13, 1, 26
    sentence = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade(sentence) == round(0.39 * words / sentences + 11.8 * spoken / words - 15.59, 1)
    assert grade("The cat sat on the mat.") < 0 < grade(PLAIN) < READERS["client"] < grade(LONG)


def test_each_check_is_listed_under_a_code_that_it_reports() -> None:
    assert list(CHECKS) == sorted(CHECKS, key=lambda code: (code[:4] != "LINT", code[:4] != "CITE", code))
    assert FE_05 in QUIET
