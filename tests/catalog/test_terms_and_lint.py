"""Terms are found where they are defined and used, and the editor's checks find what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import FILES, clause_files, small_catalog, version

from fe_contracts.catalog.grammar import parse_wording
from fe_contracts.catalog.lint import CHECKS, lint
from fe_contracts.catalog.terms import defined_terms, glossary_terms, known_terms, terms_in, texts_by_line
from fe_contracts.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

TERMS = frozenset({"Client", "Action Plan", "Plan", "Retained Client"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It gives the Client a Plan.", ["Client", "Plan"]),
        ("for all Clients, the Action Plans and each Retained Client", ["Client", "Action Plan", "Retained Client"]),
        ("Client is the first word. Plan is another.", []),
        ("Retained Clients come first.", ["Retained Client"]),
        ("“Client” begins it; Clients too.", []),
        ("the client and a plan, ClientX and XClient", []),
    ],
)
def test_terms_are_found_whole_in_singular_and_plural(text: str, found: list[str]) -> None:
    assert [*terms_in(text, TERMS)] == found


def test_where_there_are_no_terms_none_is_found() -> None:
    assert [*terms_in("The Client", frozenset())] == []


def test_a_term_stands_with_the_first_line_that_defines_it() -> None:
    wording, _ = parse_wording('**"One"** is.\n\n#. **"Two"** is.\n\n**"One"** again.', "FE-01@1.0.0", "f.md", 10)
    assert defined_terms(wording) == {"One": 10, "Two": 12}


def test_the_catalog_knows_the_terms_of_clauses_and_glossary(tmp_path: Path) -> None:
    catalog = small_catalog(tmp_path)
    assert glossary_terms(catalog) == {"Client"}
    assert known_terms(catalog) == {"Client", "Agreement", "Session"}
    texts = dict(texts_by_line(catalog["FORM-01"].version("1.0.0")))
    assert any("\N{OBJECT REPLACEMENT CHARACTER}" in text for text in texts.values())


def codes(folder: Path, changes: dict[str, str | bytes | None]) -> dict[str, str]:
    """Return the messages of everything the editor finds in a changed library, by code."""
    return {finding.code: finding.message for finding in lint(small_catalog(folder, changes))}


QUIET = {
    "clauses/FE/FE-03/1.0.0.md": FILES["clauses/FE/FE-03/1.0.0.md"].replace("title:", 'serves: ["choice"]\ntitle:'),
    "clauses/FE/FE-04/1.0.0.md": FILES["clauses/FE/FE-04/1.0.0.md"].replace("title:", 'serves: ["choice"]\ntitle:'),
    "clauses/FE/FE-05/1.0.0.md": FILES["clauses/FE/FE-05/1.0.0.md"]
    .replace("title:", 'serves: ["choice"]\ntitle:')
    .replace("Money is paid", "Under this Agreement, money for each Session is paid"),
}
"""The changes that leave the editor nothing to find."""


def test_a_clean_library_has_nothing_to_mend(tmp_path: Path) -> None:
    assert codes(tmp_path, {**QUIET}) == {}


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        (
            {
                "clauses/FE/FE-02/1.0.0.md": FILES["clauses/FE/FE-02/1.0.0.md"].replace(
                    "Services take", '**"Client"** takes'
                )
            },
            "LINT010",
            "“Client” is defined here and in the glossary",
        ),
        (
            {
                f"clauses/FE/FE-0{place}/1.0.0.md": version(f'**"Visit"** is one. A Visit {place}.', serves=["choice"])
                for place in (3, 4, 5)
            },
            "LINT010",
            "“Visit” is defined in 3 clauses",
        ),
        (
            {"clauses/FE/FE-03/1.0.0.md": version('A **"Lonely Term"** is never used.', serves=["choice"])},
            "LINT020",
            "“Lonely Term”",
        ),
        ({"clauses/FE/FE-03/1.0.0.md": version("The Agency shall pay.", serves=["choice"])}, "LINT040", "says “shall”"),
        ({"clauses/FE/FE-03/1.0.0.md": version("Any and/or all, paid.", serves=["choice"])}, "LINT040", "“and/or”"),
        ({"clauses/FE/FE-03/1.0.0.md": version("Pay $500 now.", serves=["choice"])}, "LINT050", "“$500”"),
        (
            {"clauses/FE/FE-03/1.0.0.md": version("By January 5, 2027, pay.", serves=["choice"])},
            "LINT050",
            "“January 5, 2027”",
        ),
        (clause_files("FE-09", {"1.0.0": version("Words.", serves=["choice"])}), "LINT060", "FE-09 has no place"),
        (
            {
                "framework/values/1.0.0.yaml": (
                    FILES["framework/values/1.0.0.yaml"] + "  - {id: thrift, title: Thrift, text: Saving.}\n"
                )
            },
            "LINT070",
            "'thrift'",
        ),
        ({"clauses/FE/FE-05/1.0.0.md": FILES["clauses/FE/FE-05/1.0.0.md"]}, "LINT080", "FE-05 serves no value"),
    ],
)
def test_each_check_finds_what_it_is_about(
    tmp_path: Path, changes: dict[str, str | bytes | None], code: str, said: str
) -> None:
    found = codes(tmp_path, {**QUIET, **changes})
    assert code in found
    assert said in found[code]


def test_a_draft_is_worth_knowing_and_no_fault(tmp_path: Path) -> None:
    catalog = small_catalog(tmp_path, {**QUIET})
    (tmp_path / "clauses/FE/FE-05/2.0.0.md").write_text(version("New.", effective="2029-01-01"), encoding="utf-8")
    from fe_contracts.catalog import load_catalog

    findings = lint(load_catalog(tmp_path))
    drafts = [finding for finding in findings if finding.code == "LINT090"]
    assert [(finding.message, finding.severity) for finding in drafts] == [("FE-05@2.0.0 is a draft.", Severity.INFO)]
    assert lint(catalog).exit_code == 0


def test_every_check_says_what_it_is_for() -> None:
    assert all(check.__doc__ for check in CHECKS.values())
