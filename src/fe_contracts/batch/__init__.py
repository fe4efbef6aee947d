"""Make many contracts: any `concurrent.futures` executor, one failure never stops the rest."""

from __future__ import annotations

from fe_contracts.batch.outcomes import BatchResult, BatchRow, Status
from fe_contracts.batch.running import run_batch

__all__ = ["BatchResult", "BatchRow", "Status", "run_batch"]
