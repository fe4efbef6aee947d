"""The clause library in memory: read, checked, indexed by clause, version and day."""

from __future__ import annotations

from fe_contracts.catalog.catalog import Catalog, Edition, Series
from fe_contracts.catalog.clause import Clause, ClauseVersion
from fe_contracts.catalog.loader import load_catalog

__all__ = ["Catalog", "Clause", "ClauseVersion", "Edition", "Series", "load_catalog"]
