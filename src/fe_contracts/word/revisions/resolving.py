"""Accept or reject every tracked change of a Word file, as Word's own two buttons do.

    reject_changes("redline.docx").save("before.docx")

The law of a redline is checked with these: rejecting gives the old text, accepting the new.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.revisions.resolving_content import Story, drop
from fe_contracts.word.revisions.resolving_fields import mend_fields
from fe_contracts.word.revisions.resolving_names import Role, Side, counted
from fe_contracts.word.revisions.resolving_story import changes_in, resolve_story
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Resolved", "Side", "accept_changes", "reject_changes", "resolve", "tracked"]

_NOTES: Final = {
    "footnotes": (w("footnoteReference"), w("footnote")),
    "endnotes": (w("endnoteReference"), w("endnote")),
}
_UNDONE: Final = {
    Role.CONFLICT: (
        "RESOLVE010",
        "edits in conflict with somebody else's, which the standard does not define; they were left.",
        "Resolve the conflicts in Word, then run this again.",
    ),
    Role.CONTROL_RANGE: (
        "RESOLVE011",
        "ranges of content controls that begin and never end; the controls were left as they stand.",
        "Look at the content controls in Word (Developer, Design Mode).",
    ),
    Role.NUMBER_RECORD: (
        "RESOLVE012",
        "changed numbers of a list of which only the old number is recorded, not the list; they were left.",
        "Look at the numbering of the lists in Word.",
    ),
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A Word file whose tracked changes are resolved."""

    package: EditablePackage
    side: Side
    counts: dict[str, int]
    """How many changes of each kind there were; empty if there were none."""
    notes: tuple[Finding, ...]
    """What is odd about the file, and what could not be resolved."""

    def to_bytes(self) -> bytes:
        """Return the file."""
        return self.package.to_bytes()

    def save(self, path: Path | str, *, overwrite: bool = False) -> None:
        """Write the file, wholly or not at all.

        Raises:
            OutputError: if it cannot be written, or stands there and may not be written over.
        """
        from fe_contracts.sources.writing import write_atomic

        write_atomic(path, self.to_bytes(), overwrite=overwrite)


def accept_changes(source: Path | str | bytes, *, name: str = "") -> Resolved:
    """Return the file with every tracked change made.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is refused by the safe reader, or is no Word document.
    """
    return _resolved(source, name, Side.ACCEPT)


def reject_changes(source: Path | str | bytes, *, name: str = "") -> Resolved:
    """Return the file with every tracked change undone.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is refused by the safe reader, or is no Word document.
    """
    return _resolved(source, name, Side.REJECT)


def _resolved(source: Path | str | bytes, name: str, side: Side) -> Resolved:
    package = EditablePackage.open(source, name=name)
    notes = list(package.notes)
    counts = resolve(package, side, notes)
    return Resolved(package, side, counts, tuple(notes))


def tracked(package: EditablePackage) -> dict[str, int]:
    """Return how many tracked changes of each kind a file holds; empty if it holds none."""
    counts: Counter[str] = Counter()
    for part in _parts(package):
        counts.update(counted(changes_in(package.tree(part))))
    return dict(counts)


def resolve(package: EditablePackage, side: Side, notes: list[Finding] | None = None) -> dict[str, int]:
    """Resolve every tracked change of a file; return how many of each kind there were.

    What cannot be resolved, or is left odd, is added to the notes.
    """
    counts: Counter[str] = Counter()
    lost: set[tuple[str, str]] = set()
    found: list[Finding] = []
    for part in _parts(package):
        root = package.tree(part)
        changes = changes_in(root)
        if not changes:
            continue
        counts.update(counted(changes))
        package.touch(part)
        story = Story(side)
        undone = resolve_story(root, changes, story)
        lost |= story.notes_lost
        found += _doubts(package.name, part, undone)
        if story.field_parts_lost and not mend_fields(root):
            found.append(_broken_field(package.name, part))
    _drop_notes(package, lost)
    if notes is not None:
        notes += found
    return dict(counts)


def _parts(package: EditablePackage) -> list[str]:
    """Return every part that may hold tracked changes."""
    found = package.stories()
    glossary = package.related(package.main, "glossaryDocument")
    for owner in filter(None, (package.main, glossary)):
        found.append(owner)
        found += [
            relation.target
            for relation in package.relations(owner).values()
            if not relation.external
            and relation.target in package.parts
            and relation.kind.rpartition("/")[2] in _HOLD_CHANGES
        ]
    return list(dict.fromkeys(found))


_HOLD_CHANGES: Final = {"header", "footer", "footnotes", "endnotes", "comments", "styles", "numbering"}


def _drop_notes(package: EditablePackage, lost: set[tuple[str, str]]) -> None:
    """Drop the foot- and endnotes that nothing refers to any more."""
    for kind, (reference, note) in _NOTES.items():
        ids = {number for what, number in lost if what == kind}
        part = package.related(package.main, kind)
        if not ids or part is None:
            continue
        for story in package.stories():
            ids -= {item.get(w("id"), "") for item in package.tree(story).iter(reference)}
        gone = [
            item for item in package.tree(part).iterfind(note) if item.get(w("id")) in ids and not item.get(w("type"))
        ]
        for item in gone:
            drop(item)
            package.touch(part)


def _doubts(name: str, part: str, undone: dict[Role, int]) -> Iterator[Finding]:
    for what, number in undone.items():
        code, message, remedy = _UNDONE[what]
        yield Finding(
            code, Severity.WARNING, f"The file holds {number} {message}", Where(file=name, field=part), remedy
        )


def _broken_field(name: str, part: str) -> Finding:
    message = "A field is left without its beginning or its end: the change took a part of it away."
    remedy = "Open the file in Word, show field codes (Alt+F9) and mend or delete the field."
    return Finding("RESOLVE013", Severity.WARNING, message, Where(file=name, field=part), remedy)
