"""No character of a contract is without origin, and no confirmed or unconfirmed value looks like the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.assembly.origins import texts_without_origin
from tests.assembly.specs import HOST, award, make_spec
from tests.assembly.trees import codes, contract_of, words_of
from tests.catalog.libraries import FILES, small_catalog, version

from fe_contracts.assembly import assemble
from fe_contracts.document.tree import Article, Origin, OriginKind, Paragraph, Role, Text, Value, blocks_of

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog import Catalog

FE05 = "clauses/FE/FE-05/1.0.0.md"
ALL = {"clauses.include": ["FE-03", "FE-04"]}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        ALL,
        {**ALL, "funding": [award("a", "COC", "2024-01-01"), award("b", "ESG", "2025-01-01")]},
        {"contract.type": "fe_rider", "host_contract": HOST},
        {"agency.legal_name": "A & B <c> \"d\" 'e' -- שלום 🏠", "services.sites": ["*one*", "[[FE-01]]", "{{ two }}"]},
    ],
)
def test_every_character_has_an_origin(catalog: Catalog, changes: dict[str, Any]) -> None:
    spec = make_spec(changes)
    assembly = assemble(spec, catalog)
    assert texts_without_origin(assembly, spec, catalog) == []


@pytest.mark.parametrize(
    "origin",
    [
        Origin(OriginKind.WORDING, "FORM-01@1.0.0"),
        Origin(OriginKind.PARAMETER, "FORM-01@1.0.0/city"),
        Origin(OriginKind.STRUCTURE, "comma"),
    ],
)
def test_a_character_without_origin_would_be_found(catalog: Catalog, origin: Origin) -> None:
    spec = make_spec()
    assembly = assemble(spec, catalog)
    assert assembly.contract is not None
    stray = Article("stray", "9", (Text("Out of nowhere", origin),), "stray", ())
    forged = replace(assembly, contract=replace(assembly.contract, articles=(*assembly.contract.articles, stray)))
    assert [text.text for text in texts_without_origin(forged, spec, catalog)] == ["Out of nowhere"]


def test_markup_in_a_persons_value_stays_text(catalog: Catalog) -> None:
    spec = make_spec({"services.sites": ["**bold** {{ x }}", "[[FE-01]]"]})
    contract = contract_of(spec, catalog)
    bullets = [block for block in blocks_of(contract) if isinstance(block, Paragraph) and block.role is Role.BULLET]
    values = [inline for bullet in bullets for inline in bullet.inlines]
    assert all(isinstance(value, Value) for value in values)
    assert [piece.text for value in values if isinstance(value, Value) for piece in value.pieces] == [
        "**bold** {{ x }}",
        "[[FE-01]]",
    ]


def test_a_value_keeps_the_emphasis_around_it(tmp_path: Path) -> None:
    text = version("Pay **{{ x }}** and *{{ x }}*.", parameters={"x": {"type": "int", "help": "A.", "default": 5}})
    contract = contract_of(make_spec(), small_catalog(tmp_path, {FE05: text}))
    values = [
        inline
        for block in blocks_of(contract)
        if isinstance(block, Paragraph)
        for inline in block.inlines
        if isinstance(inline, Value) and inline.parameter == "FE-05/x"
    ]
    assert [(value.pieces[0].bold, value.pieces[0].italic) for value in values] == [(True, False), (False, True)]


class TestConfirmations:
    def test_a_value_to_confirm_stands_in_brackets_and_on_the_first_page(self, catalog: Catalog) -> None:
        spec = make_spec({"clauses.include": ["FE-03"]})
        contract = contract_of(spec, catalog)
        assert words_of(contract, "FE-03")[0] == "A rise of [CONFIRM: 35] points counts. On weekdays."
        (item,) = contract.confirmations
        assert (item.fact, item.value, item.who, item.number) == ("FE-03.points", "35", "the funder", "2.3")
        assert item.target in {clause.anchor for clause in contract.clauses}
        assert "CONFIRM010" in codes(spec, catalog)
        assert contract.manifest["to_confirm"] == ["FE-03.points"]

    def test_a_value_of_the_spec_must_be_confirmed_as_well(self, catalog: Catalog) -> None:
        spec = make_spec({"clauses.include": ["FE-03"], "clauses.parameters.FE-03": {"points": 50}})
        assert "[CONFIRM: 50]" in words_of(contract_of(spec, catalog), "FE-03")[0]

    def test_once_confirmed_it_stands_plain(self, catalog: Catalog) -> None:
        word = {
            "fact": "FE-03.points",
            "value": 35,
            "confirmed_by": "Cy",
            "role": "Funder",
            "confirmed_on": "2026-11-01",
        }
        spec = make_spec({"clauses.include": ["FE-03"], "confirmations": [word]})
        contract = contract_of(spec, catalog)
        assert words_of(contract, "FE-03")[0] == "A rise of 35 points counts. On weekdays."
        assert contract.confirmations == ()
        assert "CONFIRM010" not in codes(spec, catalog)

    def test_a_value_that_changed_after_it_was_confirmed_is_bracketed_again(self, catalog: Catalog) -> None:
        word = {
            "fact": "FE-03.points",
            "value": 35,
            "confirmed_by": "Cy",
            "role": "Funder",
            "confirmed_on": "2026-11-01",
        }
        changes = {"clauses.include": ["FE-03"], "confirmations": [word], "clauses.parameters.FE-03": {"points": 40}}
        assert "[CONFIRM: 40]" in words_of(contract_of(make_spec(changes), catalog), "FE-03")[0]
        (finding,) = [item for item in assemble(make_spec(changes), catalog).findings if item.code == "CONFIRM010"]
        assert "confirmed as 35 and has changed since" in finding.message

    @pytest.mark.parametrize(
        ("parameter", "wording", "lines"),
        [
            (
                {"type": "list", "items": "str", "default": ["one", "two"]},
                "::: each item in x\n- {{ item }}\n::: end",
                ["[CONFIRM: one]", "[CONFIRM: two]"],
            ),
            ({"type": "list", "items": "str", "default": ["one", "two"]}, "{{ x }}.", ["[CONFIRM: one and two]."]),
            ({"type": "text", "default": "One.\n\nTwo."}, "{{ x }}", ["[CONFIRM: One.]", "[CONFIRM: Two.]"]),
            ({"type": "int", "default": 3}, "{{ x | count('day') }}.", ["[CONFIRM: 3 days]."]),
        ],
    )
    def test_wherever_it_is_printed_it_is_bracketed(
        self, tmp_path: Path, parameter: dict[str, Any], wording: str, lines: list[str]
    ) -> None:
        confirm = {"what": "Whether.", "who": "counsel", "source": "memory [M]"}
        text = version(wording, parameters={"x": {"help": "A.", "confirm": confirm, **parameter}})
        contract = contract_of(make_spec(), small_catalog(tmp_path, {FE05: text}))
        assert words_of(contract, "FE-05") == lines
        assert [item.fact for item in contract.confirmations] == ["FE-05.x"]

    def test_an_optional_value_that_is_empty_needs_no_confirmation(self, tmp_path: Path) -> None:
        confirm = {"what": "Whether.", "who": "counsel", "source": "memory [M]"}
        wording = "Words.\n\n::: when {parameter.x: {given: true}}\n{{ x }}\n::: end"
        text = version(wording, parameters={"x": {"type": "int", "help": "A.", "optional": True, "confirm": confirm}})
        assert "CONFIRM010" not in codes(make_spec(), small_catalog(tmp_path, {FE05: text}))


class TestTerms:
    def test_a_term_that_nothing_defines_is_told(self, catalog: Catalog) -> None:
        assembly = assemble(make_spec(), catalog)
        messages = [finding.message for finding in assembly.findings if finding.code == "TERMS010"]
        assert messages == ["Section 2.1 uses “Client”, which nothing in this contract defines."]

    def test_a_glossary_in_the_contract_defines_its_terms(self, tmp_path: Path) -> None:
        columns = [{"name": name, "title": name, "help": "A."} for name in ("term", "definition")]
        table = {"type": "table", "help": "The glossary.", "from": "glossary.terms", "columns": columns}
        text = version("::: table x", parameters={"x": table})
        assert "TERMS010" not in codes(make_spec(), small_catalog(tmp_path, {FE05: text}))

    def test_a_term_that_two_clauses_define_is_told(self, tmp_path: Path) -> None:
        text = version('A **"Session"** is another thing; for each Client.')
        found = [
            finding.message
            for finding in assemble(make_spec(), small_catalog(tmp_path, {FE05: text})).findings
            if finding.code == "TERMS020"
        ]
        assert found == ["“Session” is defined in Section 1.1 and again in 3.1."]


class TestRelations:
    def related(self, folder: Path, **relations: Any) -> list[str]:
        text = FILES[FE05].replace("title:", f"relations: {relations}\ntitle:".replace("True", "true"), 1)
        spec = make_spec()
        return [
            f"{finding.code} {finding.message}"
            for finding in assemble(spec, small_catalog(folder, {FE05: text})).findings
            if finding.code.startswith("SELECT")
        ]

    def test_a_required_clause_that_is_not_there_is_an_error(self, tmp_path: Path) -> None:
        assert self.related(tmp_path / "a", requires=[{"clause": "FE-01", "reason": "So."}]) == []
        (said,) = self.related(tmp_path / "b", requires=[{"clause": "FE-03", "reason": "So."}])
        assert said == "SELECT080 FE-05 needs FE-03, which is not in the contract: So."

    def test_a_requirement_may_hold_for_some_contracts_alone(self, tmp_path: Path) -> None:
        only = {"clause": "FE-03", "reason": "So.", "when": {"fund.is_federal": True}}
        assert self.related(tmp_path, requires=[only]) == []

    def test_a_conflict_with_a_clause_or_a_fact_is_an_error(self, tmp_path: Path) -> None:
        (said,) = self.related(tmp_path / "a", conflicts=[{"clause": "FE-01", "reason": "So."}])
        assert said == "SELECT090 FE-05 cannot stand with FE-01: So."
        fact = {"reason": "So.", "when": {"pay.model": "REIMBURSE"}}
        (said,) = self.related(tmp_path / "b", conflicts=[fact])
        assert said == "SELECT090 FE-05 cannot stand with pay.model is REIMBURSE: So."
        assert self.related(tmp_path / "c", conflicts=[{"clause": "FE-03", "reason": "So."}]) == []


class TestFront:
    def test_the_cover_names_the_contract_and_a_rider_its_host(self, catalog: Catalog) -> None:
        contract = contract_of(make_spec(), catalog)
        assert dict(contract.cover) == {
            "Contract number": "SM-2027-001",
            "City": "City of Smallton, Housing Department",
            "Agency": "Small Agency, Inc.",
            "Initiative": "Small Steps",
            "Term": "January 1, 2027 to December 31, 2027",
            "Maximum amount": "$60,000.00",
            "Effective date": "January 1, 2027",
        }
        rider = contract_of(make_spec({"contract.type": "fe_rider", "host_contract": HOST}), catalog)
        assert dict(rider.cover)["Host Contract"] == "H-1, Shelter Contract, July 1, 2025"
        assert dict(rider.cover)["Attached as"] == "Attachment 4"

    def test_the_notices_say_that_names_are_fictional_and_nobody_approved(self, catalog: Catalog) -> None:
        assert len(contract_of(make_spec(), catalog).notices) == 2
        (notice,) = contract_of(make_spec({"contract.fictional": False}), catalog).notices
        assert notice == catalog.library.notice

    def test_everyone_who_signs_is_listed_the_city_first(self, catalog: Catalog) -> None:
        signatories = contract_of(make_spec(), catalog).signatories
        assert [(item.party, item.organization, item.name) for item in signatories] == [
            ("city", "City of Smallton", "Ann"),
            ("agency", "Small Agency, Inc.", "Bo"),
        ]

    def test_the_manifest_holds_pins_and_printed_values_and_nothing_else_of_the_spec(self, catalog: Catalog) -> None:
        spec = make_spec({"payment.notes": "SECRET", "clauses.include": ["FE-03"]})
        manifest = contract_of(spec, catalog).manifest
        pins = {item["instance"]: item["version"] for item in manifest["clauses"]}  # type: ignore[attr-defined]
        assert pins == {"FORM-01": "1.0.0", "FE-01": "1.0.0", "FE-02": "1.0.0", "FE-03": "1.0.0", "FE-05": "1.0.0"}
        assert manifest["catalog"]["digest"] == catalog.digest  # type: ignore[index]
        assert manifest["values"]["FE-03/points"] == "[CONFIRM: 35]"  # type: ignore[index]
        assert "SECRET" not in str(manifest)
        assert "ann@smallton.example" not in str(manifest)
