"""Share the two house styles, and contracts written with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.word.sample import small_contract

from fe_contracts.word import load_house_style, starter_house_style, write

if TYPE_CHECKING:
    from fe_contracts.document.tree import Contract
    from fe_contracts.word import HouseStyle
    from fe_contracts.word.looks import LookName


@pytest.fixture(scope="session", params=["plain", "civic"])
def look(request: pytest.FixtureRequest) -> LookName:
    """Each of the two looks."""
    name: LookName = request.param
    return name


@pytest.fixture(scope="session")
def style(look: LookName) -> HouseStyle:
    """Each of the two house styles, compiled."""
    return load_house_style(starter_house_style(look))


@pytest.fixture(scope="session")
def plain() -> HouseStyle:
    """The plain house style, compiled."""
    return load_house_style(starter_house_style("plain"))


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The small contract with everything in it."""
    return small_contract()


@pytest.fixture(scope="session")
def settled(contract: Contract) -> Contract:
    """The small contract with nothing left to confirm, so that it begins with its cover."""
    return replace(contract, confirmations=())


@pytest.fixture(scope="session")
def written(contract: Contract, plain: HouseStyle) -> bytes:
    """The small contract as a Word file in the plain style."""
    return write(contract, plain)
