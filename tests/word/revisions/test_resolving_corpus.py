"""Accepting and rejecting on files of others: against another engine's result, and never a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.tools import corpus

from fe_contracts.exceptions import FEContractsError
from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.revisions.resolving import Resolved, accept_changes, reject_changes, tracked
from fe_contracts.word.xml import W, w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml import etree

SIDES: dict[str, Callable[..., Resolved]] = {"accepted": accept_changes, "rejected": reject_changes}

EXCEPTIONS = {
    ("RP034-Deleted-Cells", "accepted"): "the other engine widens the cell before deleted cells (gridSpan); the "
    "standard says of w:cellDel only that the cell goes, and the width of the cell is recorded in its own w:tcW",
}
"""Where the other engine's properties differ from ours, and why ours stand."""


def triples() -> Iterator[Path]:
    return (path for path in sorted(corpus("redline-triples").iterdir()) if path.is_dir())


def text_of(data: bytes) -> list[str]:
    """Return the text of all stories, with the bounds of paragraphs, rows and cells."""
    opened = EditablePackage.open(data)
    found = []
    for part in opened.stories():
        for item in opened.tree(part).iter(*map(w, ("p", "t", "tab", "br", "tc", "tr", "tbl", "delText", "instrText"))):
            name = item.tag.removeprefix(f"{{{W}}}")
            found.append(item.text or "" if name in {"t", "delText", "instrText"} else f"\n<{name}>")
    return "".join(found).split("\n")


def canonical(element: etree._Element | None) -> str:
    """Return properties as text, without empty ones and without the marks of editing sessions."""
    if element is None:
        return ""
    inner = "".join(canonical(child) for child in element)
    values = sorted(
        f"{name!s}={value!s}"
        for name, value in element.attrib.items()
        if str(name).startswith(f"{{{W}}}") and "rsid" not in str(name)
    )
    hollow = element.tag in {w("rPr"), w("pPr"), w("tcPr"), w("trPr")} and not inner
    return "" if hollow else f"<{element.tag}{values}{inner}>".replace(f"{{{W}}}", "")


def shape_of(data: bytes) -> list[str]:
    """Return runs with their formatting, and the properties of paragraphs, tables, rows and cells."""
    opened = EditablePackage.open(data)
    found = [""]
    for item in opened.tree(opened.main).iter(*map(w, ("p", "r", "tbl", "tr", "tc", "sdt", "hyperlink"))):
        if item.tag != w("r"):
            kinds = ("pPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr")
            found.append("|".join([item.tag, *(canonical(item.find(w(kind))) for kind in kinds)]))
            continue
        looks = f"run {canonical(item.find(w('rPr')))}: "
        skip = {w("rPr"), w("lastRenderedPageBreak")}
        text = "".join(child.text or str(child.tag) for child in item if child.tag not in skip)
        if found[-1].startswith(looks):
            found[-1] += text
        elif text:
            found.append(looks + text)
    return found


@pytest.mark.parametrize("side", SIDES)
def test_the_text_is_that_of_the_other_engine(side: str) -> None:
    seen = 0
    for folder in triples():
        expected = (folder / f"{side}.docx").read_bytes()
        assert text_of(SIDES[side](folder / "redline.docx").to_bytes()) == text_of(expected), folder.name
        seen += 1
    assert seen == 18


@pytest.mark.parametrize("side", SIDES)
def test_formatting_and_properties_are_those_of_the_other_engine(side: str) -> None:
    differing = set()
    for folder in triples():
        expected = (folder / f"{side}.docx").read_bytes()
        if shape_of(SIDES[side](folder / "redline.docx").to_bytes()) != shape_of(expected):
            differing.add((folder.name, side))
    assert differing == {key for key in EXCEPTIONS if key[1] == side}


def test_each_redline_holds_changes_and_none_afterwards() -> None:
    for folder in triples():
        for resolved in (accept_changes, reject_changes):
            done = resolved(folder / "redline.docx")
            assert done.counts, folder.name
            assert tracked(EditablePackage.open(done.to_bytes())) == {}


def test_every_odd_file_is_resolved_or_refused_by_name() -> None:
    refused: dict[str, Any] = {}
    resolved = 0
    for path in sorted(corpus("odd-files").iterdir()):
        try:
            done = accept_changes(path)
            reject_changes(done.to_bytes())
            resolved += 1
        except FEContractsError as error:
            refused[path.name] = [item.code for item in getattr(error, "problems", ())]
    assert all(refused.values())
    assert refused["bug53475-password-is-solrcell.docx"] == ["FILE012"]
    assert refused["truncated62886.docx"] == ["FILE013"]
    assert resolved >= 15


def test_contracts_and_versions_without_changes_come_back_with_every_part_equal() -> None:
    clean = 0
    for path in sorted(corpus("versions").glob("**/*.docx"))[:20]:
        done = reject_changes(path)
        if not done.counts:
            clean += 1
            assert dict(EditablePackage.open(done.to_bytes()).parts) == dict(EditablePackage.open(path).parts)
    assert clean
