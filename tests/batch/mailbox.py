"""Make a folder as a city keeps it: a contract, reports as they came, the table of days, whatever else lies there."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.library.test_library import ROOT, bundled
from tests.performance.filling import filled_bytes, form_of
from tests.performance.honest import good_answers

from fe_contracts import RollUp, roll_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.performance.forms.form import Value

__all__ = ["NUMBER", "Mailbox"]

NUMBER = "FE-2027-014"
"""The number of the contract that lies in every mailbox."""
_SOURCE = Path(ROOT) / "examples" / "pilot-to-sign.yaml"


@dataclass(frozen=True)
class Mailbox:
    """A folder with the pilot's contract in it."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Mailbox:
        """Return a new one."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(_SOURCE, folder / "contract.yaml")
        return cls(folder)

    def put(self, name: str, content: bytes | str) -> Path:
        """Put any file into it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def send(
        self, name: str, changes: Mapping[str, Value] | None = None, *, period: str = "2027-Q1", report: str = "R1"
    ) -> Path:
        """Put a report into it that nobody can object to, but for the values that are given."""
        form = form_of("pilot-to-sign", report, period)
        values = {**good_answers(form), **(changes or {})}
        return self.put(name, filled_bytes(form, values, Path(name).suffix[1:]))

    def contract(self, name: str, **changes: str) -> Path:
        """Put another contract into it: the pilot's, with some of its words exchanged."""
        text = _SOURCE.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        return self.put(name, text)

    def received(self, *rows: tuple[str, str], name: str = "received.csv") -> Path:
        """Put the table of days into it."""
        out = io.StringIO(newline="")
        csv.writer(out).writerows([("file", "received"), *rows])
        return self.put(name, out.getvalue())

    def roll(self, as_of: dt.date = dt.date(2027, 8, 15), **more: Any) -> RollUp:
        """Return what its reports come to."""
        given: dict[str, Any] = {"jobs": 1, "catalog": bundled()} | more
        return roll_up(self.folder, as_of=as_of, **given)
