"""Pack contracts and reports small: hundreds and thousands of them wait at a time, and go from process to process."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.forms.filled import FilledReport

__all__ = ["PackedReport", "PackedSpec"]


def _packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(content: bytes) -> Any:
    return pickle.loads(zlib.decompress(content))  # noqa: S301 - packed by this program a moment ago, never from a file


@dataclass(frozen=True, slots=True)
class PackedReport:
    """A report that was read, with what it says of itself."""

    name: str
    digest: str
    identity: Mapping[str, str]
    modified: dt.datetime | None
    content: bytes

    @classmethod
    def of(cls, report: FilledReport) -> PackedReport:
        """Return a report packed."""
        return cls(report.name, report.digest, dict(report.identity), report.modified, _packed(report))

    def unpacked(self) -> FilledReport:
        """Return the report."""
        report: FilledReport = _unpacked(self.content)
        return report


@dataclass(frozen=True, slots=True)
class PackedSpec:
    """A contract, with what tells it from others: its number, how often it was renewed, and how often amended."""

    number: str
    renewal: int
    amendments: int
    effective: dt.date
    """The day from which it applies as it stands: of its last amendment, or its own."""
    content: bytes

    @classmethod
    def of(cls, spec: Spec) -> PackedSpec:
        """Return a contract packed."""
        contract = spec.contract
        renewal = contract.renews.renewal if contract.renews else 0
        amended = contract.amendments
        effective = amended[-1].effective_date if amended else contract.effective_date
        return cls(contract.id, renewal, len(amended), effective, _packed(spec))

    def unpacked(self) -> Spec:
        """Return the contract."""
        spec: Spec = _unpacked(self.content)
        return spec
