"""Keep every test apart from the cache of the person who runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fe_contracts.catalog.cache import CACHE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", autouse=True)
def _day_of_this_run() -> Iterator[None]:
    """Let it be one day for commands that ask for today, whatever the machine's clock says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FE_CONTRACTS_TODAY", "2026-11-22")
        yield


@pytest.fixture(scope="session", autouse=True)
def _cache_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put the catalog's cache into a folder of this run; programs that a test starts use it too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield
