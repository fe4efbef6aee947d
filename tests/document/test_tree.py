"""The document tree reads as a reader sees it, and its structure is a closed list."""

from __future__ import annotations

import pytest

from fe_contracts.document.structure import STRUCTURE, structure
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
    Value,
    blocks_of,
    plain_text,
    texts_of,
)

WORDS = Origin(OriginKind.WORDING, "FE-01@1.0.0")


def text(words: str) -> Text:
    return Text(words, WORDS)


PARAGRAPH = Paragraph(
    (
        text("See "),
        Reference("a", (structure("section"),), "3.2"),
        text(" for "),
        Value("FE-01/x", (text("1"), text(" and "), text("2"))),
    )
)
TABLE = Table("FE-01/t", "A table.", (Column((text("Head"),), 1),), (Row(((text("cell"),),)),))


def test_plain_text_is_what_a_reader_sees() -> None:
    assert plain_text(PARAGRAPH.inlines) == "See Section 3.2 for 1 and 2"


def test_the_texts_of_a_block_come_in_reading_order_without_numbers() -> None:
    assert [item.text for item in texts_of(PARAGRAPH)] == ["See ", "Section ", " for ", "1", " and ", "2"]
    assert [item.text for item in texts_of(TABLE)] == ["Head", "cell"]


def test_a_contract_yields_its_sections_then_its_exhibit_parts() -> None:
    clause = Clause("FE-01", "FE-01", "1.0.0", "1.1", (text("One"),), "FE_01", (PARAGRAPH,))
    part = ExhibitPart("FE-01", "FE-01", "1.0.0", "A.1", (text("Part"),), "Part", (TABLE,))
    contract = Contract(
        contract_id="C",
        contract_type="subcontract",
        title="T",
        subtitle="S",
        language="en-US",
        cover=(),
        articles=(Article("a", "1", (text("A"),), "A", (clause,)),),
        exhibits=(Exhibit("e", "A", (text("E"),), "E", (part,)),),
        signatories=(),
        form_approval="",
        confirmations=(),
        drafts=(),
        notices=(),
    )
    assert contract.clauses == (clause,)
    assert contract.parts == (part,)
    assert contract.numbered == (clause, part)
    assert [*blocks_of(contract)] == [PARAGRAPH, TABLE]


@pytest.mark.parametrize("name", STRUCTURE)
def test_a_declared_string_carries_its_name(name: str) -> None:
    declared = structure(name)
    assert (declared.text, declared.origin) == (STRUCTURE[name], Origin(OriginKind.STRUCTURE, name))
    assert structure(name, bold=True).bold


def test_a_string_that_is_not_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        structure("hello")
