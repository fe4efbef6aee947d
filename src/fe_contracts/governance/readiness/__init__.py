"""Readiness: what prepares a change against what carries it out, who has been heard, what the contracts show.

Nothing here reads a file: what the contracts say is handed in by the layer above.
"""

from __future__ import annotations

from fe_contracts.governance.readiness.contracts import AdoptedContract, ReceivedReport, TrainingPromise
from fe_contracts.governance.readiness.judging import judge_readiness
from fe_contracts.governance.readiness.result import Readiness

__all__ = ["AdoptedContract", "Readiness", "ReceivedReport", "TrainingPromise", "judge_readiness"]
