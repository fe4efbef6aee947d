"""Read back from a Word file which clause versions and values it was made from, and what has been changed since.

A clause is known by three legs: the tag of its control, its bookmark, the fingerprint of its text. Programs that
save the file may saw off one or two (`docs/explanation/provenance.md`); reading stands on whichever are left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.fingerprint import fingerprint, normalised
from fe_contracts.word.flow import lines, text_of
from fe_contracts.word.inspection import FoundBy, FoundClause, FoundValue, Inspection
from fe_contracts.word.manifest import read_manifest
from fe_contracts.word.names import parameter_tag
from fe_contracts.word.package import read_package
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lxml import etree

    from fe_contracts.word.flow import Line
    from fe_contracts.word.package import Package

__all__ = ["inspect"]

_OWNERS: Final = ("clause:", "part:", "reserved:")
_END_MARKS: Final = ("End_of_articles", "End_of_contract")
_HEADINGS: Final = {"heading 1", "heading 2", "exhibit heading", "exhibit section", "front heading", "contents heading"}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A heading and what follows it up to the next: a clause, as far as headings tell."""

    lines: tuple[Line, ...]
    bookmarks: frozenset[str]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def inspect(source: Path | str | bytes, *, manifest: Mapping[str, object] | None = None) -> Inspection:
    """Return the provenance inside a Word file: manifest, clauses, values, and what no longer reads as written.

    A file that has lost its manifest (saved as .odt, .doc or .rtf on its way) can be read against the manifest of
    the contract as it was assembled.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is not safe to open, or no Word file.
    """
    package = read_package(source)
    body = package.xml(package.main)
    inside, notes = read_manifest(package)
    manifest = inside if inside is not None else manifest
    records = _records(manifest)
    tagged = _tagged(body)
    stretches = _stretches(package, body)
    clauses = []
    for record in records or [_record_of(tag) for tag in tagged]:
        found = _locate(record, tagged, stretches)
        clauses.append(found)
        if found.found_by is FoundBy.NOTHING:
            notes.append(_note(package, "INSPECT020", f"{found.name} was in the contract and is not found any more."))
    notes += (
        _note(package, "INSPECT021", f"A control says {tag!r}, of which the manifest knows nothing.")
        for tag in tagged
        if records and tag not in {record["tag"] for record in records}
    )
    return Inspection(package.name, manifest, tuple(clauses), tuple(_values(body, manifest)), (*package.notes, *notes))


def _note(package: Package, code: str, message: str) -> Finding:
    return Finding(
        code, Severity.WARNING, message, Where(file=package.name), "Compare the file with the contract as assembled."
    )


def _records(manifest: Mapping[str, object] | None) -> list[dict[str, str]]:
    """Return the fingerprints of a manifest, as far as they are what they should be."""
    listed = manifest.get("fingerprints") if manifest else None
    if not isinstance(listed, list):
        return []
    keys = ("tag", "instance", "clause", "version", "exhibit", "bookmark", "sha256")
    return [
        {key: str(item.get(key, "")) for key in keys} for item in listed if isinstance(item, dict) and item.get("tag")
    ]


def _record_of(tag: str) -> dict[str, str]:
    """Return what a tag alone says."""
    kind, _, rest = tag.partition(":")
    instance, _, version = rest.partition("@")
    exhibit = ""
    if kind == "part":
        version, _, exhibit = version.partition(":")
    return {
        "tag": tag,
        "instance": instance,
        "clause": instance.partition(":")[0],
        "version": version,
        "exhibit": exhibit,
        "bookmark": "",
        "sha256": "",
    }


def _tagged(body: etree._Element) -> dict[str, str]:
    """Return the text inside each clause's control, by tag."""
    found: dict[str, str] = {}
    for control in body.iter(w("sdt")):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        content = control.find(w("sdtContent"))
        name = tag.get(w("val"), "") if tag is not None else ""
        if name.startswith(_OWNERS) and content is not None:
            found[name] = f"{found[name]}\n{text_of(content)}" if name in found else text_of(content)
    return found


def _heading_styles(package: Package) -> set[str]:
    """Return the ids of the styles that begin something new."""
    part = package.target(package.main, "styles")
    if part is None or part not in package.parts:
        return set()
    found = set()
    for style in package.xml(part).iterchildren(w("style")):
        name = style.find(w("name"))
        level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
        named = name is not None and name.get(w("val"), "").lower() in _HEADINGS
        if named or (level is not None and level.get(w("val")) in {"0", "1"}):
            found.add(style.get(w("styleId"), ""))
    return found


def _stretches(package: Package, body: etree._Element) -> list[_Stretch]:
    """Return the document cut at its headings, and where the writer marked an end."""
    headings = _heading_styles(package)
    loose = _loose_marks(body)
    cut: list[list[Line]] = [[]]
    for line in lines(body):
        names = _bookmarks(line.element)
        style = line.element.find(f"{w('pPr')}/{w('pStyle')}")
        begins = not line.in_table and style is not None and style.get(w("val")) in headings
        ends = not names.isdisjoint(_END_MARKS)
        after = ends and (line.in_table or _text_before_mark(line.element))
        if begins or line.element in loose or (ends and not after):
            cut.append([])
        cut[-1].append(line)
        if after:
            cut.append([])
    return [
        _Stretch(tuple(piece), frozenset().union(*(_bookmarks(line.element) for line in piece[:1])))
        for piece in cut
        if piece
    ]


def _loose_marks(body: etree._Element) -> set[etree._Element]:
    """Return the paragraphs that follow an end mark which stands between paragraphs."""
    found = set()
    for mark in body.iter(w("bookmarkStart")):
        parent = mark.getparent()
        if mark.get(w("name")) not in _END_MARKS or parent is None or parent.tag == w("p"):
            continue
        follower = next((item for item in mark.itersiblings() if item.tag in {w("p"), w("sdt"), w("tbl")}), None)
        if follower is not None:
            first = follower if follower.tag == w("p") else next(follower.iter(w("p")), None)
            found |= {first} if first is not None else set()
    return found


def _text_before_mark(paragraph: etree._Element) -> bool:
    """Return whether an end mark stands behind the paragraph's text: LibreOffice moves it there."""
    for item in paragraph.iter(w("t"), w("bookmarkStart")):
        if item.tag == w("t"):
            return True
        if item.get(w("name")) in _END_MARKS:
            return False
    return False


def _bookmarks(paragraph: etree._Element) -> set[str]:
    return {mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))}


def _locate(record: dict[str, str], tagged: Mapping[str, str], stretches: list[_Stretch]) -> FoundClause:
    """Return the clause as it stands now, on the first leg that is left."""
    found = FoundClause(
        record["instance"],
        record["clause"],
        record["version"],
        record["exhibit"],
        FoundBy.NOTHING,
        matches=None,
        title="",
    )
    wanted = record["sha256"]
    if record["tag"] in tagged:
        return _judged(found, FoundBy.TAG, tagged[record["tag"]], wanted)
    for stretch in stretches:
        if record["bookmark"] and record["bookmark"] in stretch.bookmarks:
            return _judged(found, FoundBy.BOOKMARK, stretch.text, wanted)
    for stretch in stretches:
        if wanted and fingerprint(stretch.text) == wanted:
            return _judged(found, FoundBy.FINGERPRINT, stretch.text, wanted)
    return found


def _judged(found: FoundClause, by: FoundBy, text: str, wanted: str) -> FoundClause:
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    matches = fingerprint(text) == wanted if wanted else None
    return replace(found, found_by=by, matches=matches, title=normalised(title), text=text)


def _values(body: etree._Element, manifest: Mapping[str, object] | None) -> Iterator[FoundValue]:
    """Yield the values of parameters: from their controls, else as the manifest says they were printed."""
    printed = manifest.get("values") if manifest else None
    known = {parameter_tag(str(name)): str(name) for name in printed} if isinstance(printed, dict) else {}
    found: dict[str, dict[str, None]] = {}
    for control in body.iter(w("sdt")):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        name = tag.get(w("val"), "") if tag is not None else ""
        content = control.find(w("sdtContent"))
        if name.startswith("param:") and content is not None:
            parameter = known.get(name, name.removeprefix("param:"))
            found.setdefault(parameter, {})[text_of(content)] = None
    for parameter, texts in found.items():
        yield FoundValue(parameter, tuple(texts), FoundBy.TAG)
    if isinstance(printed, dict):
        for name, text in printed.items():
            if str(name) not in found:
                yield FoundValue(str(name), (str(text),), FoundBy.MANIFEST)
