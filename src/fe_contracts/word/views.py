"""Lay out a Word contract made here for comparison: its sections, passages, values and references.

What stands in the file now is read, not what was written: who edited it by hand finds the edit as a change of words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from fe_contracts.compare.contract_changes import Side
from fe_contracts.compare.contract_views import (
    COVER_PAGE,
    SIGNATURE_PAGE,
    ContractView,
    Passage,
    Piece,
    Section,
)
from fe_contracts.word.flow import lines, text_of
from fe_contracts.word.inspection import FoundBy
from fe_contracts.word.names import parameter_tag
from fe_contracts.word.package import read_package
from fe_contracts.word.reader import inspect
from fe_contracts.word.view_owners import Owners
from fe_contracts.word.view_pieces import masked, pieces_of, squeezed
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lxml import etree

    from fe_contracts.catalog import Catalog
    from fe_contracts.word.flow import Line
    from fe_contracts.word.inspection import Inspection
    from fe_contracts.word.package import Package
    from fe_contracts.word.view_owners import Owned

__all__ = ["view_of"]

_ROLES: Final = (
    ("clause item", "item"),
    ("exhibit item", "item"),
    ("clause bullet", "bullet"),
    ("exhibit bullet", "bullet"),
    ("clause quotation", "quotation"),
)
_LIKE: Final = 0.3


def view_of(
    source: Path | bytes, catalog: Catalog, *, label: str, side: Side | None = None, by_manifest: bool = False
) -> ContractView:
    """Return a Word contract laid out for comparison; one without sections if this library did not make it.

    `side` is what is known of the contract beforehand. `by_manifest` takes every value from the manifest: for a file
    that is compared with one that has lost the controls around its values.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is not safe to open, or no Word file.
    """
    found = inspect(source)
    return _Layout(found, read_package(source), catalog, by_manifest=by_manifest).view(label, side)


class _Layout:
    """One file on its way into the form that is compared."""

    def __init__(self, found: Inspection, package: Package, catalog: Catalog, *, by_manifest: bool) -> None:
        self.found, self.package, self.catalog = found, package, catalog
        self.owners = Owners(found, package)
        self.body = self.owners.body
        self.manifest: Mapping[str, Any] = found.manifest or {}
        printed = self.manifest.get("values")
        self.written: dict[str, str] = {str(k): str(v) for k, v in printed.items()} if isinstance(printed, dict) else {}
        tagged = any(value.found_by is FoundBy.TAG for value in found.values)
        self.by_tag = tagged and not by_manifest
        self.names = {parameter_tag(name): name for name in self.written}
        self.bookmarks = self.owners.bookmarks()
        self.tables: dict[str, str] = {}
        self.headings: dict[str, tuple[str, ...]] = {}

    def view(self, label: str, side: Side | None) -> ContractView:
        """Return the contract."""
        owned = list(self.owners.owned())
        sections = tuple(self._section(item) for item in owned)
        view = ContractView(
            side or self._side(label),
            sections,
            self._printed(),
            {"Title": str(self._contract().get("title", "")), **self._pages(owned)},
            self.catalog,
            notes=tuple(self.found.notes),
            headings=self.headings,
            tagged=self.by_tag,
        )
        return view if side else replace(view, side=self._told(view))

    def _pages(self, owned: list[Owned]) -> dict[str, str]:
        """Return the text of the pages before and after the clauses: cover and signatures, without the contents."""
        inside = {line.element for item in owned for line in item.lines}
        every = list(lines(self.body))
        places = [place for place, line in enumerate(every) if line.element in inside]
        if not places:
            return {}
        skipped = ("toc", "contents", "heading", "exhibit heading", "front heading")
        begins = next((n for n, line in enumerate(every) if self.owners.style(line).startswith(("title", "cover"))), 0)
        begins = begins if begins < places[0] else 0  # before it stands what is still to do: drafts, facts to confirm
        rest = [line for line in every[places[0] :] if line.element not in inside]
        pages = {COVER_PAGE: every[begins : places[0]], SIGNATURE_PAGE: rest}
        return {
            name: "\n".join(
                text
                for line in found
                if (text := line.text.strip()) and not self.owners.style(line).startswith(skipped)
            )
            for name, found in pages.items()
        }

    def _contract(self) -> Mapping[str, Any]:
        told = self.manifest.get("contract")
        return told if isinstance(told, dict) else {}

    def _side(self, label: str) -> Side:
        library, listed = self.manifest.get("catalog"), self.manifest.get("clauses")
        library = library if isinstance(library, dict) else {}
        pins = {
            str(item.get("instance", "")): str(item.get("version", ""))
            for item in (listed if isinstance(listed, list) else ())
            if isinstance(item, dict)
        }
        return Side(
            label=label,
            contract_id=str(self._contract().get("id", "")),
            title=str(self._contract().get("title", "")),
            term="",
            total="",
            library=f"{library.get('name', '')} {library.get('version', '')}".strip(),
            pins=pins,
            made_from="document",
        )

    def _told(self, view: ContractView) -> Side:
        """Return the side with what the clauses print of term, amount and parties."""
        told: dict[str, str] = {}
        for section in view.sections:
            version = view.version_of(section)
            for name, definition in version.front.parameters.items() if version else ():
                text = view.printed.get(f"{section.instance}/{name}")
                if definition.from_ and text:
                    told.setdefault(definition.from_, text.partition(" / ")[0])
        days = [told.get(f"term.{name}_date", "") for name in ("start", "end")]
        return replace(
            view.side,
            term=" to ".join(days) if all(days) else "",
            total=_figure(told.get("total_amount", "")),
            city=told.get("city.name", ""),
            agency=told.get("agency.legal_name", ""),
        )

    def _printed(self) -> dict[str, str]:
        """Return each value as it stands in the file; tables as they stand, one line for each row."""
        printed = dict(self.written)
        if self.by_tag:
            for value in self.found.values:
                if value.found_by is FoundBy.TAG:
                    printed[value.parameter] = " / ".join(value.texts)
        return printed | self.tables

    def _section(self, owned: Owned) -> Section:
        clause = owned.clause
        passages = tuple(self._passages(clause.instance, owned.lines[1:]))
        return Section(
            clause.instance,
            clause.clause_id,
            clause.version,
            owned.number,
            owned.lines[0].text.strip(),
            owned.home,
            passages,
            clause.exhibit,
            reserved=not clause.version,
            drift=clause.matches is False,
        )

    def _passages(self, instance: str, held: tuple[Line, ...]) -> Iterator[Passage]:
        done: set[etree._Element] = set()
        place = 0
        for line in held:
            table = next((item for item in line.element.iterancestors(w("tbl"))), None) if line.in_table else None
            if table is not None:
                if table not in done:
                    done.add(table)
                    place += 1
                    yield self._table(instance, table, place)
                continue
            if not line.text.strip():
                continue
            place += 1
            found = squeezed(list(pieces_of(line.element, self.names, self.bookmarks)))
            pieces = tuple(found if self.by_tag else masked(found, instance, self.written))
            yield Passage(pieces, self._role(line), f"paragraph {place}")

    def _role(self, line: Line) -> str:
        name = self.owners.style(line)
        for start, role in _ROLES:
            if name.startswith(start):
                level = name.removeprefix(start).strip()
                return role if role == "quotation" else f"{role} {int(level) - 1 if level.isdigit() else 0}"
        return "body"

    def _table(self, instance: str, table: etree._Element, place: int) -> Passage:
        """Return a table, by the name of the parameter that it was drawn from."""
        rows = [[text_of(cell).strip() for cell in row.iterchildren(w("tc"))] for row in table.iterchildren(w("tr"))]
        text = "\n".join("\t".join(row) for row in rows[1:])
        known = {name: value for name, value in self.written.items() if name.rpartition("/")[0] == instance}
        likeness = {
            name: 1.0 if value == text else SequenceMatcher(None, value, text, autojunk=False).quick_ratio()
            for name, value in known.items()
            if name not in self.tables and ("\t" in value) == ("\t" in text)
        }
        best = max(likeness, key=lambda name: likeness[name], default="")
        name = best if best and likeness[best] >= _LIKE else f"{instance}/table {place}"
        self.tables[name] = text
        self.headings[name] = tuple(rows[0]) if rows else ()
        return Passage((Piece(text, value=name.rpartition("/")[2]),), "table", f"table {place}")


def _figure(text: str) -> str:
    """Return the figure of an amount that is written in words and figures."""
    found = re.search(r"\$[\d,]+(?:\.\d\d)?", text)
    return found[0] if found else text
