"""Laws for every contract: the file is well formed, nothing is lost, what is read back is what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from tests.word.opened import parts_of, xml_of
from tests.word.trees import contracts

from fe_contracts.document.tree import Table, Value, plain_text
from fe_contracts.word import inspect, lint, write
from fe_contracts.word.fingerprint import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.document.tree import Clause, Contract, ExhibitPart, Inline
    from fe_contracts.word import HouseStyle

_CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _owners(contract: Contract) -> list[Clause | ExhibitPart]:
    return [*contract.clauses, *contract.parts]


def _inlines(owner: Clause | ExhibitPart) -> Iterator[tuple[Inline, ...]]:
    yield owner.title
    for block in owner.blocks:
        if isinstance(block, Table):
            yield from (column.title for column in block.columns)
            yield from (cell for row in block.rows for cell in row.cells)
        else:
            yield block.inlines


@_CALM
@given(contract=contracts())
def test_every_part_is_well_formed_and_the_lint_finds_nothing(plain: HouseStyle, contract: Contract) -> None:
    document = write(contract, plain)
    for part in parts_of(document):
        xml_of(document, part)
    empty_titles = {"DOCX051", "DOCX081", "DOCX090"}  # a heading or title without words is the tree's own
    assert [finding for finding in lint(document) if finding.code not in empty_titles] == []


@_CALM
@given(contract=contracts())
def test_reading_back_gives_the_text_that_was_written(plain: HouseStyle, contract: Contract) -> None:
    found = inspect(write(contract, plain))
    owners = _owners(contract)
    assert [item.instance for item in found.clauses] == [owner.instance for owner in owners]
    for item, owner in zip(found.clauses, owners, strict=True):
        assert item.found_by == "tag"
        assert item.matches
        assert normalised(item.text) == normalised("\n".join(plain_text(inlines) for inlines in _inlines(owner)))


@_CALM
@given(contract=contracts())
def test_every_value_is_read_back_to_the_character(plain: HouseStyle, contract: Contract) -> None:
    written: dict[str, set[str]] = {}
    for owner in _owners(contract):
        for inlines in _inlines(owner):
            for inline in inlines:
                if isinstance(inline, Value):
                    written.setdefault(inline.parameter, set()).add(plain_text(inline.pieces))
    found = {
        item.parameter: set(item.texts) for item in inspect(write(contract, plain)).values if item.found_by == "tag"
    }
    assert found == written


@_CALM
@given(contract=contracts())
def test_writing_twice_gives_the_same_bytes(plain: HouseStyle, contract: Contract) -> None:
    assert write(contract, plain) == write(contract, plain)
