"""Make pairs of Word files to redline, the same for the same seed: contracts of ours, and prose of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Indel

from benchmarks.peers import words_of
from benchmarks.redline_edits import edited
from benchmarks.redline_files import W, WordFile, word_count
from benchmarks.redline_prose import prose
from benchmarks.settings import PILOT
from fe_contracts import assemble, load_catalog, load_spec

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

__all__ = ["Pair", "contract_pair", "pilot_pair", "prose_pair"]

_RENEWED = (
    ("pay_days: 30", "pay_days: 25"),
    ("final_invoice_days: 45", "final_invoice_days: 60"),
    ("name: Marisol Vance", "name: Lena Okafor"),
    ("name: Thomas Bellweather", "name: Ruth Castellan"),
    ("award of November 5, 2026", "award of November 19, 2026"),
    ("    - Northside Navigation Center\n", "    - Northside Navigation Center\n    - Riverbend Day Center\n"),
    ("description: 40 Clients counseled", "description: 50 Clients counseled"),
)
"""What changes in the spec of the pilot for the second contract of the pair."""

_LONG = ("esg-prevention.yaml", "rider.yaml")
"""The contract and the attachment that make a long one."""


class Pair(NamedTuple):
    """Two Word files, the older first."""

    old: bytes
    new: bytes

    @property
    def words(self) -> int:
        """Return how many words the body of the older has."""
        return sum(len(text.split()) for text in words_of(self.old))

    @property
    def changed(self) -> int:
        """Return the fewest words that an edit from the one to the other deletes and inserts."""
        numbers: dict[str, int] = {}
        old, new = (
            [numbers.setdefault(word, len(numbers)) for text in words_of(file) for word in text.split()]
            for file in self
        )
        return int(Indel.distance(old, new))


def pilot_pair(folder: Path, *, words: int = 7_600, edits: int = 60, seed: int = 1) -> Pair:
    """Return the pilot contract as it is and renewed, both cut to 20 pages, and the second edited.

    Raises:
        LookupError: if the pilot's spec no longer says what is changed in it.
    """
    text = PILOT.read_text(encoding="utf-8")
    for before, after in _RENEWED:
        if before not in text:
            message = f"{PILOT.name} has no {before!r}: change what benchmarks/redline_pairs.py changes in it."
            raise LookupError(message)
        text = text.replace(before, after)
    renewed = folder / "renewed.yaml"
    renewed.write_text(text, encoding="utf-8")
    catalog = load_catalog()
    old, new = (_cut(assemble(load_spec(path), catalog).to_bytes("plain"), words) for path in (PILOT, renewed))
    return Pair(old, edited(new, edits, seed=seed))


def contract_pair(*, words: int = 40_000, seed: int = 1) -> Pair:
    """Return a long contract with an attachment, about so many words by our own writer, and the same edited."""
    catalog = load_catalog()
    main, attached = (assemble(load_spec(PILOT.with_name(name)), catalog).to_bytes("plain") for name in _LONG)
    old = _joined(main, attached, words)
    return Pair(old, edited(old, words // 100, large=1 / 50, seed=seed))


def _joined(main: bytes, attached: bytes, words: int) -> bytes:
    """Return the first contract, and of the second as much as makes so many words, under names of its own."""
    file, other = WordFile.of(main), WordFile.of(attached)
    made, last = word_count(file.body), file.body[-1]
    _rename(other.body)
    for block in [*other.body]:
        if made >= words:
            break
        if block.find(f".//{W}sectPr") is None and block.tag != f"{W}sectPr":
            made += word_count(block)
            last.addprevious(block)
    return file.to_bytes()


def _rename(body: Element) -> None:
    """Give what must be unique in a file, names and numbers, other ones; references follow."""
    for mark in body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}id"):
        for name in (f"{W}id", f"{W}val"):
            if mark.get(name):
                mark.set(name, str(int(mark.get(name, "0")) + 500_000))
    for tag, name in ((f"{W}bookmarkStart", f"{W}name"), (f"{W}hyperlink", f"{W}anchor")):
        for element in body.iter(tag):
            if element.get(name):
                element.set(name, "A_" + element.get(name, "")[:38])
    for field in body.iter(f"{W}instrText"):
        field.text = (field.text or "").replace(" REF ", " REF A_")


def _cut(docx: bytes, words: int) -> bytes:
    """Return the contract without its middle: three quarters of the words from its beginning, the rest from its end."""
    file = WordFile.of(docx)
    sizes = [word_count(block) for block in file.body]
    total, passed = sum(sizes), 0
    for block, size in zip([*file.body][:-1], sizes, strict=False):
        if words * 3 // 4 < passed < total - words // 4 and block.find(f".//{W}sectPr") is None:
            file.body.remove(block)
        passed += size
    return file.to_bytes()


def prose_pair(words: int, *, seed: int = 1) -> Pair:
    """Return such a document of about so many words, and the same with about 3 words in 100 changed."""
    old = prose(words, seed=seed)
    return Pair(old, edited(old, words * 7 // 1000, large=1 / 50, seed=seed + 1))
