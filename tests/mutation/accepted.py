"""List the mutants that nothing can notice, or that nobody should, each with its reason.

One that is noticed after all must be taken out: the run says so.
"""

from __future__ import annotations

ACCEPTED: dict[str, str] = {}
"""Reasons by the mutant's name, as the run prints it."""
