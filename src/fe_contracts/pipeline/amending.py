"""Amend a contract: from the spec in force and the changed one to the instrument that both parties sign."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts import __version__, assembly, word
from fe_contracts.exceptions import AssemblyError, ClauseNotInForceError, RefusedError
from fe_contracts.findings import Findings
from fe_contracts.model.amendment import SentenceForm
from fe_contracts.pipeline.checking import validate_change
from fe_contracts.pipeline.specs import load_spec, located
from fe_contracts.renewal.amendment_checks import check_pair, nothing_changes, recorded, signing_notes, unsayable
from fe_contracts.renewal.amendment_differences import Inexpressible, instructions_between
from fe_contracts.renewal.amendment_document import AmendmentText, document_of
from fe_contracts.renewal.amendment_facts import Facts, earlier_amendments, facts_of, occasions_of
from fe_contracts.renewal.amendment_wording import Wording
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from fe_contracts.catalog import Catalog
    from fe_contracts.catalog.catalog import Edition
    from fe_contracts.document.tree import Contract
    from fe_contracts.findings import Finding
    from fe_contracts.model.amendment import AmendmentForms
    from fe_contracts.model.spec import Spec
    from fe_contracts.renewal.amendment_instructions import Instruction
    from fe_contracts.word import HouseStyle

__all__ = ["Amendment", "amend"]

_INSTRUMENT = "amendment"


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment that may be written: the instrument, what it does, and what was found."""

    number: int
    contract: Contract
    """The instrument as a document tree, written as a contract is."""
    instructions: tuple[Instruction, ...]
    """What its operative sentences say, as data: applied to the old contract they give the new one."""
    old: Contract
    new: Contract
    findings: Findings

    def to_bytes(self, house_style: str | Path | HouseStyle = "plain") -> bytes:
        """Return the Word file: the same bytes for the same specs, catalog, house style and engine.

        Raises:
            HouseStyleError: if the house style cannot be used.
        """
        style = word.load_house_style(house_style) if isinstance(house_style, str | Path) else house_style
        return word.write(self.contract, style)

    def save(
        self, path: Path | str, *, house_style: str | Path | HouseStyle = "plain", overwrite: bool = False
    ) -> Path:
        """Write the Word file and return its path; an existing file is kept unless told otherwise.

        Raises:
            OutputError: if it cannot be written; nothing is left half written.
            HouseStyleError: if the house style cannot be used.
        """
        target = Path(path)
        write_atomic(target, self.to_bytes(house_style), overwrite=overwrite)
        return target

    def sentences(self) -> tuple[str, ...]:
        """Return what the amendment says, one numbered paragraph each, restated text and tables left out."""
        from fe_contracts.document.tree import Paragraph, Role, plain_text

        return tuple(
            f"{block.full_number} {plain_text(block.inlines)}"
            for clause in self.contract.clauses
            for block in clause.blocks
            if isinstance(block, Paragraph) and block.role is Role.ITEM
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the amendment as plain data for `--format json`."""
        return {
            "number": self.number,
            "contract_id": self.contract.contract_id,
            "title": f"{self.contract.title} {self.contract.subtitle}",
            "sentences": list(self.sentences()),
            "instructions": [item.to_dict() for item in self.instructions],
            "to_confirm": [
                {
                    "fact": item.fact,
                    "what": item.what,
                    "value": item.value,
                    "who": item.who,
                    "section": item.number,
                    "stands_in": "amendment" if item.target else "agreement",
                }
                for item in self.contract.confirmations
            ],
            **self.findings.to_dict(),
        }


def amend(
    old: Spec | Path | str,
    new: Spec | Path | str,
    catalog: Catalog,
    *,
    old_catalog: Catalog | None = None,
    number: int | None = None,
    effective: dt.date | None = None,
    reason: str = "",
) -> Amendment:
    """Return the amendment that makes the contract of one spec that of another.

    Number, day and reason are those given; else those of the amendment that the new spec records in
    `contract.amendments` and the old one does not; the number else follows the last one recorded. `old_catalog` is the
    library that the contract in force was made from, where that is another one.

    Raises:
        RefusedError: if the change is not allowed, changes nothing, or cannot be said; every reason.
        AssemblyError: if one of the contracts cannot be assembled without losing text.
    """
    before, after = (load_spec(item) if isinstance(item, str | Path) else item for item in (old, new))
    if before == after:
        raise RefusedError(before.contract.id, located(before, [nothing_changes(before)]))
    mine = recorded(before, after)
    last = max((item.number for item in before.contract.amendments), default=0)
    chosen = number or (mine.number if mine else last + 1)
    day = effective or (mine.effective_date if mine else None)
    why = reason or (mine.reason if mine else "")
    found = list(check_pair(before, after, chosen, day, why))
    found += validate_change(before, after, catalog)
    errors = [item for item in found if item.severity.value == "error" and not item.overridden_by]
    if errors or day is None:
        raise RefusedError(after.contract.id, located(after, errors))
    facts = Facts(chosen, day, why, earlier_amendments(before, chosen))
    return _Amending(before, after, catalog, old_catalog or catalog, facts, found).run()


class _Amending:
    """One amendment on its way: both contracts, and what was found so far."""

    def __init__(
        self, old: Spec, new: Spec, catalog: Catalog, old_catalog: Catalog, facts: Facts, found: list[Finding]
    ) -> None:
        self.specs, self.catalogs, self.facts, self.found = (old, new), (old_catalog, catalog), facts, found
        self.wording = Wording(_edition(catalog, facts.effective))

    def run(self) -> Amendment:
        """Return the amendment."""
        made = [assembly.assemble(spec, library) for spec, library in zip(self.specs, self.catalogs, strict=True)]
        contracts = [_contract(spec, result) for spec, result in zip(self.specs, made, strict=True)]
        old, new = contracts
        instructions = self._instructions(old, new)
        formation = made[0].values.get("FORM-01", {})
        text = AmendmentText(
            wording=self.wording,
            facts=self.facts,
            names=facts_of(self.facts, self.specs, old, self.wording),
            occasions=occasions_of(
                self.facts,
                self.specs,
                old,
                instructions,
                renumbered=_renumbered(old, new, instructions),
                electronic=bool(formation.get("esign", True)),
            ),
            instructions=instructions,
            old=old,
            new=new,
            manifest=self._manifest(old, new, instructions),
        )
        section = next((item.number for item in old.clauses if item.clause_id == "GEN-05"), "")
        findings = located(self.specs[1], [*self.found, *signing_notes(made[0].values, section)])
        told = Findings(findings, self.facts.effective, self.catalogs[1].name)
        return Amendment(self.facts.number, document_of(text), instructions, old, new, told)

    def _instructions(self, old: Contract, new: Contract) -> tuple[Instruction, ...]:
        """Return what the amendment does.

        Raises:
            RefusedError: if it does nothing, or nothing that its sentences can say.
        """
        spec = self.specs[0]
        try:
            found = instructions_between(old, new, _reasons(self.catalogs[1]))
        except Inexpressible as error:
            raise RefusedError(spec.contract.id, [unsayable(spec, str(error))]) from error
        if not found:
            raise RefusedError(spec.contract.id, [nothing_changes(spec)])
        return found

    def _manifest(self, old: Contract, new: Contract, instructions: tuple[Instruction, ...]) -> dict[str, Any]:
        """Return the record that travels inside the Word file: what is amended, from which pins to which."""
        edition, catalog = self.wording.edition, self.catalogs[1]
        pins = [{item["instance"]: item["version"] for item in _pinned(side)} for side in (old, new)]
        return {
            "manifest_version": 1,
            "engine": f"fe_contracts {__version__}",
            "contract": {"id": old.contract_id, "type": _INSTRUMENT, "title": old.title},
            "contract_type": {"name": edition.name, "version": edition.number, "digest": edition.digest},
            "dated": self.facts.effective.isoformat(),
            "catalog": {"name": catalog.library.name, "version": catalog.library.version, "digest": catalog.digest},
            "amendment": {
                "number": self.facts.number,
                "effective": self.facts.effective.isoformat(),
                "reason": self.facts.reason,
                "amends": {"values": _digest(old.manifest.get("values")), "pins": pins[0]},
                "gives": {"values": _digest(new.manifest.get("values")), "pins": pins[1]},
                "instructions": [item.to_dict() for item in instructions],
            },
        }


def _contract(spec: Spec, result: assembly.Assembly) -> Contract:
    """Return the assembled contract.

    Raises:
        AssemblyError: if text would be lost.
    """
    if result.contract is None:
        raise AssemblyError(spec.contract.id, result.findings)
    return result.contract


def _edition(catalog: Catalog, day: dt.date) -> Edition[AmendmentForms]:
    """Return the library's wording of amendments on a day.

    Raises:
        ClauseNotInForceError: if it has none by then.
    """
    series = catalog.instruments.get(_INSTRUMENT)
    if series is None:
        why = "the library has no instruments/amendment; copy the bundled library's, or let yours extend it."
        raise ClauseNotInForceError("the wording of amendments", day.isoformat(), why)
    return series.in_force_on(day)


def _reasons(catalog: Catalog) -> Callable[[str, str, str], str]:
    def reason(clause_id: str, old: str, new: str) -> str:
        """Return why the library has the new version of a clause."""
        del old
        if clause_id not in catalog:
            return ""
        found = next((item for item in catalog[clause_id].versions if item.number == new), None)
        return " ".join(found.front.reason.split()) if found else ""

    return reason


def _renumbered(old: Contract, new: Contract, instructions: tuple[Instruction, ...]) -> bool:
    """Return whether anything that stays has another number afterwards."""
    before, after = _numbers(old), _numbers(new)
    moved = any(after.get(anchor, number) != number for anchor, number in before.items())
    return moved or any(item.form in _MOVING for item in instructions)


_MOVING = frozenset(
    {SentenceForm.PARAGRAPH_ADDED_AFTER, SentenceForm.PARAGRAPH_ADDED_BEFORE, SentenceForm.PARAGRAPH_REMOVED}
)
"""What may move numbered paragraphs that nothing refers to."""


def _numbers(contract: Contract) -> dict[str, str]:
    """Return the number of each article, exhibit and section, by its anchor."""
    return {item.anchor: item.number for item in (*contract.articles, *contract.exhibits, *contract.numbered)}


def _pinned(contract: Contract) -> list[dict[str, str]]:
    listed = contract.manifest.get("clauses")
    return listed if isinstance(listed, list) else []


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
