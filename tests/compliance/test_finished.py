"""A finished contract answers a rule by clause: where it stands, what it took, what a reader sees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.assembly.specs import award, make_spec

from fe_contracts.compliance import Finished


def test_a_finished_contract_answers_by_clause() -> None:
    funds = [award("one", "COC", "2025-05-01", amount="30000.00"), award("two", "ESG", "2025-06-01", amount="30000.00")]
    spec = make_spec({"funding": funds})
    seen = Finished(spec, _contract(), {"FED-01:one": {"rate": Decimal(10)}, "FED-01:two": {"rate": None}})
    assert seen.has("FED-01")
    assert not seen.has("GEN-08")
    assert not seen.has("RES-01")
    assert seen.instances("FED-01") == ("FED-01:one", "FED-01:two")
    assert seen.values_of("FED-01", "rate") == {"FED-01:one": Decimal(10), "FED-01:two": None}
    assert seen.value("FED-01", "rate") == Decimal(10)
    assert seen.value("GEN-08", "years") is None
    assert seen.text("FED-01").splitlines() == [
        "Award",
        "See 2 CFR 200.216 and Section 3.2.",
        "Award",
        "Rows",
        "Name",
        "First",
    ]
    assert seen.text("GEN-08") == ""


def _contract() -> Any:
    from fe_contracts.document.tree import (
        Article,
        Clause,
        Column,
        Contract,
        Exhibit,
        ExhibitPart,
        Origin,
        OriginKind,
        Paragraph,
        Reference,
        Row,
        Table,
        Text,
    )

    def text(words: str) -> Text:
        return Text(words, Origin(OriginKind.WORDING, "FED-01@1.0.0"))

    reference = Reference("x", (text("Section "),), "3.2")
    body = Paragraph((text("See 2\u00a0CFR\u00a0200.216 and "), reference, text(".")))
    table = Table("FED-01/rows", "Rows", (Column((text("Name"),), 1),), (Row(((text("First"),),)),))
    one = Clause("FED-01:one", "FED-01", "1.0.0", "1.1", (text("Award"),), "a", (body,))
    two = Clause("FED-01:two", "FED-01", "1.0.0", "1.2", (text("Award"),), "b", ())
    reserved = Clause("RES-01", "RES-01", "", "1.3", (text("Reserved"),), "c", (), reserved=True)
    part = ExhibitPart("FED-01:one", "FED-01", "1.0.0", "A.1", (text("Rows"),), "d", (table,))
    other = ExhibitPart("FE-01", "FE-01", "1.0.0", "A.2", (text("Other"),), "e", ())
    return Contract(
        "C", "subcontract", "T", "S", "en", (), (Article("a", "1", (text("A"),), "z", (one, two, reserved)),),
        (Exhibit("x", "A", (text("X"),), "y", (part, other)),), (), "", (), (), (),
    )  # fmt: skip
