"""Say what a redline could not track; what findings are made of is loaded when there is something to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fe_contracts.findings import Finding

__all__ = ["Weight", "note"]

Weight = Literal["error", "warning", "info"]


def note(code: str, weight: Weight, message: str, remedy: str, *, file: str, part: str = "") -> Finding:
    """Return a finding on a file, or on one part of it."""
    from fe_contracts.findings import Finding, Severity, Where

    return Finding(code, Severity(weight), message, Where(file=file, field=part), remedy)
