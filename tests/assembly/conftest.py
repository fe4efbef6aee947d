"""Share the small library with the tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import small_catalog

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the small library, published."""
    return small_catalog(tmp_path_factory.mktemp("library"))
