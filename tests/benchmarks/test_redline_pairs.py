"""The pairs to redline are the same for the same seed, have the size asked for, and differ as much as they should."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from benchmarks import redline_pairs
from benchmarks.peers import words_of
from benchmarks.redline_edits import edited
from benchmarks.redline_files import W, WordFile
from benchmarks.redline_pairs import Pair, contract_pair, pilot_pair, prose_pair
from benchmarks.redline_prose import prose

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def pair() -> Pair:
    return prose_pair(4_000)


def test_prose_has_the_length_asked_for_headings_bold_terms_and_tables(pair: Pair) -> None:
    body = WordFile.of(pair.old).body

    assert 4_000 <= pair.words < 4_400
    assert body.findall(f"{W}tbl")
    assert body.findall(f"{W}p/{W}pPr/{W}pStyle")
    assert body.findall(f"{W}p/{W}r/{W}rPr/{W}b")
    assert body[-1].tag == f"{W}sectPr"


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(pair: Pair) -> None:
    assert prose_pair(4_000) == pair
    assert prose(4_000, seed=2) != pair.old


def test_about_three_words_in_a_hundred_differ(pair: Pair) -> None:
    assert 0.005 < pair.changed / pair.words < 0.06


def test_no_edit_changes_nothing_and_each_kind_of_edit_leaves_its_trace(pair: Pair) -> None:
    same = edited(pair.old, 0, seed=1)
    often = edited(pair.old, 60, large=1.0, seed=1)

    assert words_of(same) == words_of(pair.old)
    before, after = (Counter(words_of(file)) for file in (pair.old, often))
    assert before - after, "paragraphs go"
    assert after - before, "paragraphs come"
    assert b"<w:i/>" in WordFile.of(often).parts["word/document.xml"] or _tags(often)["i"] > _tags(pair.old)["i"]
    assert _tags(often)["tr"] != _tags(pair.old)["tr"]


def _tags(docx: bytes) -> Counter[str]:
    return Counter(str(element.tag).rpartition("}")[2] for element in WordFile.of(docx).body.iter())


def test_the_pilot_is_renewed_by_its_spec_and_edited_besides(tmp_path: Path) -> None:
    pair = pilot_pair(tmp_path, words=3_000, edits=20)

    old, new = ("\n".join(words_of(file)) for file in pair)
    assert "Lena Okafor" in new
    assert "Lena Okafor" not in old
    assert 2_000 < pair.words < 4_000
    assert pilot_pair(tmp_path, words=3_000, edits=20) == pair


def test_a_spec_that_no_longer_says_what_is_to_change_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redline_pairs, "_RENEWED", (("pay_days: 999", "pay_days: 1"),))

    with pytest.raises(LookupError, match=r"pilot\.yaml has no 'pay_days: 999'"):
        pilot_pair(tmp_path)


def test_a_contract_with_an_attachment_has_each_name_and_number_once() -> None:
    pair = contract_pair()

    body = WordFile.of(pair.old).body
    names = Counter(mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart"))
    numbers = Counter(mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart"))
    assert 39_000 < pair.words < 41_000
    assert max(names.values()) == max(numbers.values()) == 1
    links = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} - {None}
    assert any(str(link).startswith("A_") for link in links)
    assert 1_000 < pair.changed < 1_300
