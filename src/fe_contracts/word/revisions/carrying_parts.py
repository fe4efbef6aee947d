"""Take over what content points at: pictures, links, charts, diagrams, embedded objects, with what these point at.

A part is copied once; one that the new package already holds is used. What a relationship *means* can be asked on
either side: the same address, or a part with the same content, whatever its id or name.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.carrying_namespaces import shell
from fe_contracts.word.xml import DECLARATION, PACKAGE_REL, attribute

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.word.revisions.carrying_remarks import Remarks
    from fe_contracts.word.revisions.editable import EditablePackage, Relation

__all__ = ["Parts"]

_RELS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_UNKNOWN_TYPE: Final = "application/octet-stream"
_STORIES: Final = frozenset({"header", "footer"})
"""Parts with text of ours to rewrite: they are carried with their styles, lists and links, and never shared."""
_DIAGRAM_DATA: Final = "diagramData"
_DRAWING_OF_DATA: Final = re.compile(rb"""(<(?:\w+:)?dataModelExt\b[^>]*?\srelId=)(["'])([^"']*)\2""")
"""A diagram's data names, by an id that belongs to the part that shows it, the picture of the diagram as last drawn."""


class Parts:
    """The parts that the content of two packages points at."""

    def __init__(
        self, old: EditablePackage, new: EditablePackage, remarks: Remarks, story: Callable[[str, str], None]
    ) -> None:
        self._old, self._new, self._remarks, self._story = old, new, remarks, story
        self._ids: dict[tuple[str, str, str], str | None] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._by_size: dict[int, list[str]] = {}
        self._meanings: dict[tuple[bool, str, str], str] = {}
        self._digests: dict[tuple[bool, str], str] = {}
        self._known: dict[str, dict[str, Relation]] = {}

    def relation(self, old_part: str, rel_id: str, new_part: str) -> str | None:
        """Return the id by which the new part points at what the old one points at; nothing if that is not there."""
        key = old_part, rel_id, new_part
        if key not in self._ids:
            self._ids[key] = self._carried_relation(old_part, rel_id, new_part)
        return self._ids[key]

    def meaning(self, package: EditablePackage, part: str, rel_id: str) -> str:
        """Return what a relationship points at, the same text on both sides if it is the same."""
        key = package is self._old, part, rel_id
        if key not in self._meanings:
            relation = self._relations(package, part).get(rel_id)
            self._meanings[key] = self._meant(package, relation) if relation else f"nothing:{rel_id}"
        return self._meanings[key]

    def _relations(self, package: EditablePackage, part: str) -> dict[str, Relation]:
        """Return the relationships of a part; those of the old package, which never change, are asked for once."""
        if package is self._new:
            return package.relations(part)
        if part not in self._known:
            self._known[part] = package.relations(part)
        return self._known[part]

    def _meant(self, package: EditablePackage, relation: Relation) -> str:
        if relation.external:
            return relation.target
        kind = _word(relation)
        if relation.target not in package.parts:
            return f"{kind}:{posixpath.basename(relation.target)}"
        return f"{kind}:{self._digest(package, relation.target)}"

    def _digest(self, package: EditablePackage, part: str) -> str:
        """Return the digest of a part with all that it points at."""
        import hashlib  # few comparisons need it

        key = package is self._old, part
        if key not in self._digests:
            self._digests[key] = "itself"  # a part that points back at one that points at it
            data = package.parts[part]
            told = hashlib.sha256(_DRAWING_OF_DATA.sub(rb"\1\2\2", data) if b"dataModelExt" in data else data)
            for rel_id, relation in sorted(self._relations(package, part).items()):
                told.update(f"\n{rel_id} {self._meant(package, relation)}".encode())
            self._digests[key] = told.hexdigest()
        return self._digests[key]

    def _carried_relation(self, old_part: str, rel_id: str, new_part: str) -> str | None:
        relation = self._relations(self._old, old_part).get(rel_id)
        if relation is None:
            self._remarks.add("REDLINE020", f"{old_part}: {rel_id}")
            return None
        if relation.external:
            return self._new.relate(new_part, relation.kind, relation.target, external=True)
        if posixpath.basename(relation.target).startswith("#"):  # a place in the same document, written as a part
            place = posixpath.join(posixpath.dirname(new_part), posixpath.basename(relation.target))
            return self._new.relate(new_part, relation.kind, place)
        if relation.target not in self._old.parts:
            self._remarks.add("REDLINE020", f"{old_part}: {relation.target}")
            return None
        return self._new.relate(new_part, relation.kind, self._part(relation, old_part, new_part))

    def _part(self, relation: Relation, old_part: str, new_part: str) -> str:
        """Return the name in the new package of a part of the old one, copied if it is not there."""
        kind = _word(relation)
        key = relation.target, new_part if kind == _DIAGRAM_DATA else ""
        if key not in self._names:
            if kind in _STORIES:
                self._carry_story(relation.target, key)
            else:
                data = self._old.parts[relation.target]
                if kind == _DIAGRAM_DATA:
                    data = _DRAWING_OF_DATA.sub(lambda found: self._drawing(found, old_part, new_part), data)
                self._carry(relation.target, data, key)
        return self._names[key]

    def _drawing(self, found: re.Match[bytes], old_part: str, new_part: str) -> bytes:
        """Return the reference of a diagram's data to its drawing, as the new part has it."""
        carried = self.relation(old_part, found[3].decode(), new_part)
        return found[1] + found[2] + (carried or "").encode() + found[2]

    def _carry_story(self, name: str, key: tuple[str, str]) -> None:
        made = self._names[key] = self._free(name)
        self._new.add_part(made, shell(self._old.tree(name)), self._type(name))
        self._story(name, made)

    def _carry(self, name: str, data: bytes, key: tuple[str, str]) -> None:
        twin = self._twin(name, data)
        if twin:
            self._names[key] = twin
            return
        made = self._names[key] = self._free(name)
        self._new.add_part(made, data, self._type(name))
        self._by_size.setdefault(len(data), []).append(made)
        self._carry_relations(name, made)

    def _carry_relations(self, name: str, made: str) -> None:
        """Give a copied part its relationships, with their ids as they stand in its text."""
        entries = []
        for rel_id, relation in self._relations(self._old, name).items():
            target, mode = relation.target, ' TargetMode="External"'
            if not relation.external:
                if target not in self._old.parts:
                    self._remarks.add("REDLINE020", f"{name}: {target}")
                    continue
                target, mode = posixpath.relpath(self._part(relation, name, made), posixpath.dirname(made) or "."), ""
            facts = {"Id": rel_id, "Type": relation.kind, "Target": target}
            said = " ".join(f'{key}="{attribute(value)}"' for key, value in facts.items())
            entries.append(f"<Relationship {said}{mode}/>")
        if entries:
            folder, _, leaf = made.rpartition("/")
            rels = f"{folder}/_rels/{leaf}.rels".lstrip("/")
            text = f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}">{"".join(entries)}</Relationships>'
            self._new.add_part(rels, text.encode(), _RELS_TYPE)

    def _twin(self, name: str, data: bytes) -> str | None:
        """Return a part of the new package with the same content, type and relationships."""
        if not self._by_size:
            for part, content in self._new.parts.items():
                self._by_size.setdefault(len(content), []).append(part)
        for part in self._by_size.get(len(data), ()):
            if (
                self._new.parts[part] == data
                and self._new.content_type(part) == self._type(name)
                and self._digest(self._new, part) == self._digest(self._old, name)
            ):
                return part
        return None

    def _type(self, name: str) -> str:
        return self._old.content_type(name) or _UNKNOWN_TYPE

    def _free(self, name: str) -> str:
        """Return a name that no part of the new package has, of the kind that the old one had."""
        stem, dot, ending = name.rpartition(".")
        stem, dot, ending = (stem, dot, ending) if dot and "/" not in ending else (name, "", "")
        stem = stem.rstrip("0123456789").replace("{", "{{").replace("}", "}}")
        return self._new.free_name(f"{stem}{{}}{dot}{ending.replace('{', '{{').replace('}', '}}')}")


def _word(relation: Relation) -> str:
    return relation.kind.rpartition("/")[2]
