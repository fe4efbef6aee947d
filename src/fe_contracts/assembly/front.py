"""Make what stands around the clauses: cover, signatories, notices and the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fe_contracts import __version__
from fe_contracts.assembly import formatting
from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import Paragraph, Signatory, Table, Value, plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.assembly.selection import Selection
    from fe_contracts.catalog import Catalog, Edition
    from fe_contracts.document.tree import Contract
    from fe_contracts.model.library import Framework
    from fe_contracts.model.spec import Spec

__all__ = ["cover_of", "manifest_of", "notices_of", "signatories_of"]


def cover_of(spec: Spec) -> tuple[tuple[str, str], ...]:
    """Return the labels and values of the cover, in order."""
    term = f"{formatting.date(spec.term.start_date)} to {formatting.date(spec.term.end_date)}"
    rows = [
        ("cover_number", spec.contract.id),
        ("cover_city", f"{spec.city.name}, {spec.city.department}"),
        ("cover_agency", spec.agency.legal_name),
        ("cover_initiative", spec.contract.initiative),
        ("cover_term", term),
        ("cover_amount", formatting.money(spec.total_amount)),
        ("cover_effective", formatting.date(spec.contract.effective_date)),
    ]
    if host := spec.host_contract:
        rows[1:1] = [
            ("cover_host", f"{host.number}, {host.title}, {formatting.date(host.date)}"),
            ("cover_attachment", host.attachment),
        ]
    return tuple((STRUCTURE[label], value) for label, value in rows)


def signatories_of(spec: Spec) -> tuple[Signatory, ...]:
    """Return who signs, the city first."""
    return tuple(
        Signatory(party, organization, signer.name, signer.title, signer.authority or "")
        for party, organization, signers in (
            ("city", spec.city.name, spec.city.signers),
            ("agency", spec.agency.legal_name, spec.agency.signers),
        )
        for signer in signers
    )


def notices_of(spec: Spec, catalog: Catalog) -> tuple[str, ...]:
    """Return the sentences the cover must carry."""
    fictional = (STRUCTURE["fictional"],) if spec.contract.fictional else ()
    return (*fictional, catalog.library.notice)


def _printed(contract: Contract) -> dict[str, str]:
    """Return every parameter value the contract shows, as it shows it; nothing else of the spec."""
    printed: dict[str, str] = {}
    for owner in contract.numbered:
        for block in owner.blocks:
            if isinstance(block, Table):
                printed[block.parameter] = "\n".join(
                    "\t".join(plain_text(cell) for cell in row.cells) for row in block.rows
                )
            elif isinstance(block, Paragraph):
                for inline in block.inlines:
                    if isinstance(inline, Value):
                        printed.setdefault(inline.parameter, plain_text(inline.pieces))
    return printed


def manifest_of(
    spec: Spec,
    catalog: Catalog,
    selection: Selection,
    framework: Mapping[str, Edition[Framework]],
    contract: Contract,
) -> dict[str, Any]:
    """Return the record that travels inside the Word file: pins, digests, engine, and the values printed."""
    contract_type = selection.contract_type
    clauses = [
        {
            "instance": decision.instance,
            "clause": decision.clause_id,
            "version": decision.version.number,
            "digest": decision.version.digest,
            "published": decision.version.published,
            "effective": decision.version.effective.isoformat(),
            "chosen_for": decision.day.isoformat() if decision.day else None,
            "chosen_by": decision.day_from,
        }
        for decision in selection.included
        if decision.version
    ]
    layers = [{"name": layer.name, "digest": layer.digest} for layer in catalog.layers]
    return {
        "manifest_version": 1,
        "engine": f"fe_contracts {__version__}",
        "contract": {"id": contract.contract_id, "type": contract.contract_type, "title": contract.title},
        "contract_type": {
            "name": contract_type.name,
            "version": contract_type.number,
            "digest": contract_type.digest,
        },
        "dated": spec.contract.effective_date.isoformat(),
        "catalog": {
            "name": catalog.library.name,
            "version": catalog.library.version,
            "digest": catalog.digest,
            **({"layers": layers} if len(layers) > 1 else {}),
        },
        "clauses": clauses,
        "framework": {
            name: {"version": edition.number, "digest": edition.digest} for name, edition in framework.items()
        },
        "left_out": [{"clause": item.clause, "reason": item.reason} for item in spec.clauses.exclude],
        "drafts": list(contract.drafts),
        "to_confirm": [item.fact for item in contract.confirmations],
        "values": _printed(contract),
    }
