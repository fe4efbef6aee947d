"""The rules of law: one module for each body of law, each rule under the code of its requirement."""

from __future__ import annotations

__all__ = ["MODULES"]

MODULES: tuple[str, ...] = (
    "award_logic",
    "awards",
    "cdbg",
    "coc",
    "costs",
    "data",
    "esg",
    "flowdown",
    "hud",
    "indirect",
    "match",
    "payment",
    "practice",
    "reporting",
    "subaward",
    "thresholds",
)
"""The modules here, which the engine imports when rules are first asked."""
