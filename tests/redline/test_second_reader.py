"""What is said of a redline that LibreOffice read: the difference, or that it saved what nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.redline.second_reader import _opinion
from tests.redline.small import changed, p, r, small

if TYPE_CHECKING:
    from pathlib import Path

ONE, OTHER = small(p(r("one two"))), small(p(r("one three")))


def _saved(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        (folder / f"0-{name.replace('_', '-')}.docx").write_bytes(data)


def test_the_same_text_and_looks_are_no_fault(tmp_path: Path) -> None:
    _saved(tmp_path, old_read=ONE, old_got=ONE, new_read=OTHER, new_got=OTHER)
    assert _opinion(tmp_path, 0).faults == []


def test_other_text_is_told_for_the_way_in_which_it_came_out(tmp_path: Path) -> None:
    _saved(tmp_path, old_read=ONE, old_got=OTHER, new_read=OTHER, new_got=OTHER)
    faults = _opinion(tmp_path, 0).faults
    assert [fault.partition(" (")[0] for fault in faults] == ["reject, text", "reject, runs"]
    assert "one two" in faults[0]


def test_a_file_that_is_missing_or_is_no_xml_is_told_and_stops_nothing(tmp_path: Path) -> None:
    broken = changed(ONE, lambda text: text.replace("</w:r>", "", 1))
    _saved(tmp_path, old_read=ONE, old_got=broken, new_read=OTHER)
    said = _opinion(tmp_path, 0).said
    assert "no XML" in str(said["reject", "text"])
    assert "could not be opened" in str(said["accept", "text"])
