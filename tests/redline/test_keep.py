"""A file that comes back with its own tracked changes: they stay, and ours stand beside them."""

from __future__ import annotations

import pytest
from tests.redline.judging import judge
from tests.redline.rich_pairs import rich_pair
from tests.tools import corpus

from fe_contracts.word.revisions import EditablePackage, accept_changes, redline, reject_changes
from fe_contracts.word.xml import w

PLAIN = [seed for seed in range(24) if seed not in {1, 7, 22}]
"""In the others a picture's or a field's inside is what they changed: its mark is theirs, and ours says it again."""


@pytest.mark.parametrize("seed", PLAIN)
def test_what_they_tracked_is_told_by_them_alone(seed: int) -> None:
    old, new = rich_pair(seed)
    theirs = redline(old, new, author="The Agency").to_bytes()
    made = redline(old, theirs, existing="keep", author="The City")
    assert made.same
    assert judge(old, new, made.to_bytes()).broken == []


def quietly(data: bytes) -> bytes:
    """The same file with a word changed wherever nobody tracks it."""
    package = EditablePackage.open(data)
    for text in package.tree(package.main).iter(w("t")):
        if not any(up.tag in {w("ins"), w("moveFrom"), w("moveTo")} for up in text.iterancestors()):
            text.text = (text.text or "").replace("shall", "will always")
    package.touch(package.main)
    return package.to_bytes()


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_what_they_changed_without_a_mark_is_marked_by_us(seed: int) -> None:
    old, new = rich_pair(seed)
    theirs = quietly(redline(old, new, author="The Agency").to_bytes())
    made = redline(old, theirs, existing="keep", author="The City").to_bytes()
    assert judge(old, accept_changes(theirs).to_bytes(), made).broken == []


def test_the_law_holds_on_files_that_others_tracked() -> None:
    for folder in sorted(corpus("redline-triples").iterdir()):
        file = (folder / "redline.docx").read_bytes()
        old, new = reject_changes(file).to_bytes(), accept_changes(file).to_bytes()
        assert judge(old, new, redline(old, file, existing="keep").to_bytes()).broken == [], folder.name
