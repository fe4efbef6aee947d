"""Generated pairs: the same from the same seed, valid, without tracked changes, and rich."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from tests.redline.opening import Opened, W
from tests.redline.reading import read
from tests.redline.rich_pairs import EDITS, edits_of, rich_pair
from tests.tools import require_tool

SEEDS = range(150)
THINGS = (
    *("sdt", "fldChar", "fldSimple", "hyperlink", "tbl", "gridSpan", "vMerge", "footnoteReference", "endnoteReference"),
    *(
        "txbxContent",
        "drawing",
        "bookmarkStart",
        "commentReference",
        "numPr",
        "bidi",
        "tab",
        "br",
        "noBreakHyphen",
        "sym",
    ),
)


def _digests(seeds: range) -> str:
    return sha256(b"".join(side for seed in seeds for side in rich_pair(seed))).hexdigest()


def test_a_seed_gives_the_same_bytes_in_another_process() -> None:
    code = "from tests.redline.test_rich_pairs import _digests; print(_digests(range(12)))"
    root = Path(__file__).resolve().parents[2]
    for hashes in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
            env={"PYTHONHASHSEED": hashes},
        )
        assert ran.stdout.strip() == _digests(range(12))


def test_pairs_differ_from_seed_to_seed_and_from_old_to_new() -> None:
    pairs = [rich_pair(seed) for seed in SEEDS]
    assert len({old for old, _ in pairs}) == len(SEEDS)
    assert all(old != new for old, new in pairs)
    assert all(1 <= len(edits_of(seed)) <= 25 for seed in SEEDS)


def test_every_kind_of_edit_happens() -> None:
    assert {name for seed in SEEDS for name in edits_of(seed)} == set(EDITS)


def test_everything_that_is_rich_is_there() -> None:
    seen: set[str] = set()
    for seed in SEEDS:
        opened = Opened(rich_pair(seed)[0])
        seen |= {str(item.tag).removeprefix(W) for part in opened.stories for item in opened.tree(part).iter()}
    assert set(THINGS) - seen == set()


@pytest.mark.parametrize("seed", range(0, 150, 15))
def test_both_sides_can_be_read_and_hold_no_tracked_changes(seed: int) -> None:
    for side in rich_pair(seed):
        assert len(read(side).stories["body"].text) > 5


@pytest.mark.parametrize("seed", range(0, 150, 10))
def test_the_open_xml_sdk_finds_nothing(seed: int, tmp_path: Path) -> None:
    validator = require_tool("ooxml-validator")
    for name, side in zip(("old", "new"), rich_pair(seed), strict=True):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(side)
        ran = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False, timeout=120)
        assert json.loads(ran.stdout)["errors"] == [], ran.stdout
