"""List the mutants that nothing can notice, or that nobody should, each with its reason.

One that is noticed after all must be taken out: the run says so.
"""

from __future__ import annotations

ACCEPTED: dict[str, str] = {
    "compliance.citing: _joined: 0 -> -1": "Two line ends stand between texts, so one place earlier is still the gap.",
}
"""Reasons by the mutant's name, as the run prints it."""
