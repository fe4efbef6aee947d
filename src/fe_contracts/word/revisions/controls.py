"""Remember what became of content controls and cannot be tracked, and say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.meaning import Meaning
from fe_contracts.word.revisions.naming import names
from fe_contracts.word.revisions.noting import note
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from fe_contracts.findings import Finding

__all__ = ["Controls"]

_SDT: Final = w("sdt")
_NAMES: Final = names("alias dataBinding id placeholder showingPlcHdr tag temporary")
"""What tells a control from others, or where its text is kept: not what it lets a reader do."""
_PLAIN: Final = Meaning({}, lambda _, key: key, {})


class Controls:
    """The controls of both documents that came, went or changed where no mark can say so."""

    def __init__(self) -> None:
        self.lost: set[etree._Element] = set()
        self.come: set[etree._Element] = set()
        """Those that stand around text that stays."""
        self._pairs: dict[etree._Element, etree._Element] = {}

    def pair(self, old: Iterable[etree._Element], new: Iterable[etree._Element]) -> None:
        """Remember that controls became others, in order."""
        for one, two in zip(old, new, strict=False):
            if one.tag == two.tag == _SDT:
                self._pairs.setdefault(one, two)

    def findings(self, old: str, new: str) -> list[Finding]:
        """Return what there is to say of the two files."""
        apart = sum(_properties(one) != _properties(two) for one, two in self._pairs.items())
        told = (
            (
                "REDLINE031",
                len(self.lost),
                old,
                "gone cannot be tracked: rejecting all changes brings the text back without the control.",
                "Go back to the old file if you need its controls.",
            ),
            (
                "REDLINE034",
                len(self.come),
                new,
                "new around words that stay cannot be tracked: rejecting all changes leaves the control.",
                "Go back to the old file if its text is to stand without these controls.",
            ),
            (
                "REDLINE036",
                apart,
                new,
                "set up otherwise (locked, ticked, another list) cannot be tracked: both readings have the new setup.",
                "Compare these controls with those of the old file.",
            ),
        )
        return [
            note(code, "info", _message(count, rest), remedy, file=file)
            for code, count, file, rest, remedy in told
            if count
        ]


def _message(count: int, rest: str) -> str:
    return f"{count} content control{' that is' if count == 1 else 's that are'} {rest}"


def _properties(control: etree._Element) -> list[bytes]:
    """Return what a control lets a reader do."""
    properties = control.find(w("sdtPr"))
    found = () if properties is None else (item for item in properties if item.tag not in _NAMES)
    return sorted(_PLAIN.of(item) for item in found)
