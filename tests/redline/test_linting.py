"""What no validator finds: that marks, ranges, fields and controls of a redline fit together."""

from __future__ import annotations

import pytest
from tests.redline.linting import lint
from tests.redline.rich_pairs import rich_pair
from tests.redline.small import p, r, small

from fe_contracts.word.revisions import redline

BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
WRONG = {
    "the same number of a mark twice": '<w:ins w:id="1">{0}</w:ins><w:ins w:id="1">{0}</w:ins>',
    "the same id of a control twice": CONTROL.format("{0}") * 2,
    "text that is spelt wrongly for where it stands": '<w:del w:id="1">{0}</w:del>',
    "bookmark that is not closed, or not opened": '<w:bookmarkStart w:id="1" w:name="a"/>{0}',
    "moveFromRange that is not closed, or not opened": '<w:moveFromRangeEnd w:id="1"/>{0}',
    "a move that only leaves or only arrives": '<w:moveToRangeStart w:id="1" w:name="m"/><w:moveToRangeEnd w:id="1"/>',
    "a field that does not end in the old reading": f'{BEGIN}<w:ins w:id="1">{END}</w:ins>',
    "a field that does not end in the new reading": f'{BEGIN}<w:del w:id="1">{END}</w:del>',
}


@pytest.mark.parametrize("what", WRONG)
def test_each_fault_is_found(what: str) -> None:
    said = WRONG[what].format(r("text"))
    found = lint(small(p(said)))
    assert found[what] == 1
    assert not lint(small(p(r("text"))))


@pytest.mark.parametrize("seed", range(70_000, 70_020))
def test_a_redline_adds_no_fault(seed: int) -> None:
    old, new = rich_pair(seed)
    assert not lint(redline(old, new).to_bytes()) - (lint(old) | lint(new))
