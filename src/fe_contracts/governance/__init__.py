"""Publishing and approval of clause versions."""

from __future__ import annotations

from fe_contracts.governance.publishing import Publication, publish

__all__ = ["Publication", "publish"]
