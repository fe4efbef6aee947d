"""`fe-contracts assemble`: from a spec to a Word contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fe_contracts_cli.options import (
    FILE,
    catalog_option,
    force_option,
    format_option,
    house_style_option,
    refuse_ending,
    refuse_existing,
)

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import AssembledContract, Catalog, Finding, Spec

__all__ = ["command"]


@click.command(
    "assemble",
    short_help="Make the Word contract that a spec describes.",
    epilog="""\b
Example:
  fe-contracts assemble my-contract.yaml -o my-contract.docx --pdf""",
)
@click.argument("spec", type=FILE)
@click.option(
    "-o", "--out", type=FILE, metavar="OUT.docx", help="The Word file; named by the contract's number if left out."
)
@house_style_option
@click.option(
    "--pin",
    type=FILE,
    metavar="FILE",
    help="Use the exact clause versions that FILE records: a contract made here (.docx), or pins in YAML or JSON.",
)
@click.option("--pdf", is_flag=True, help="Make a PDF beside it too (needs LibreOffice).")
@catalog_option
@force_option
@format_option
def command(  # noqa: PLR0913 - the options of one command
    spec: Path,
    out: Path | None,
    house_style: str,
    pin: Path | None,
    *,
    pdf: bool,
    catalog: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make the Word contract that a spec describes.

    Facts that someone must still confirm stand in brackets and are listed on the contract's first page. An error
    that no override in the spec records keeps the contract from being made.

    Exit code 0: made. 1: refused because of an error in the spec. 2: could not run.
    """
    from fe_contracts import assemble, contract_file_name, load_catalog, load_spec
    from fe_contracts_cli.output import show_json

    if out is not None:
        refuse_ending(out, ".docx")
    library = load_catalog(catalog)
    given, notes = _pinned(load_spec(spec), pin, library)
    made = assemble(given, library)
    target = out or spec.parent / f"{contract_file_name(made.contract.contract_id)}.docx"
    printed = target.with_suffix(".pdf") if pdf else None
    if printed is not None:
        refuse_existing(printed, force=force)
    made.save(target, house_style=house_style, overwrite=force)
    if printed is not None:
        from fe_contracts import to_pdf

        to_pdf(target, printed)
    data = _data(made, library, target, printed, house_style)
    if pin is not None:
        data["pinned_by"] = str(pin)
        data["pin_notes"] = [item.to_dict() for item in notes]
    if as_json:
        show_json(data)
    else:
        _show(data, made, notes)


def _pinned(spec: Spec, pin: Path | None, library: Catalog) -> tuple[Spec, tuple[Finding, ...]]:
    """Return the spec with the versions of a record, where one is given, and what is odd about the two together."""
    if pin is None:
        return spec, ()
    from fe_contracts import pin_versions, read_pins

    pinned = pin_versions(spec, read_pins(pin), library)
    return pinned.spec, pinned.notes


def _data(
    made: AssembledContract, library: Catalog, target: Path, pdf: Path | None, house_style: str
) -> dict[str, Any]:
    """Return what was made, as plain data."""
    contract = made.contract
    return {
        "file": str(target),
        "pdf": str(pdf) if pdf else None,
        "contract_id": contract.contract_id,
        "contract_type": contract.contract_type,
        "title": contract.title,
        "articles": len(contract.articles),
        "sections": len(contract.clauses),
        "exhibits": len(contract.exhibits),
        "house_style": house_style,
        "catalog_digest": library.digest,
        "to_confirm": [
            {"fact": item.fact, "what": item.what, "value": item.value, "who": item.who, "section": item.number}
            for item in contract.confirmations
        ],
        "drafts": list(contract.drafts),
        "notice": library.library.notice,
        **made.findings.to_dict(),
    }


def _show(data: dict[str, Any], made: AssembledContract, notes: tuple[Finding, ...]) -> None:
    """Print what was made, what stands to be confirmed and what it is not."""
    from fe_contracts_cli.output import counted, paragraph, show_findings, style, summary, write

    others = [item for item in made.findings if item.severity.value != "confirm" or item.overridden_by]
    others += notes
    if others:
        show_findings(others)
    for file in (data["file"], data["pdf"]):
        if file:
            write(f"{style('Made', fg='green', bold=True)} {style(file, bold=True)}")
    write(f"  {data['contract_id']}, {data['title']}")
    contents = [counted(data["articles"], "article"), counted(data["sections"], "section")]
    write(f"  {', '.join([*contents, counted(data['exhibits'], 'exhibit')])}; {data['catalog']}")
    if data.get("pinned_by"):
        write(f"  with the clause versions that {data['pinned_by']} records")
    if others:
        write(f"  {summary(others)} (see above)")
    if data["to_confirm"]:
        write()
        write(f"{len(data['to_confirm'])} to confirm before signing, listed on its first page:")
        for item in data["to_confirm"]:
            paragraph(f"{item['fact']} (section {item['section']}): ask {item['who']}", indent=2, hanging=2)
    if data["drafts"]:
        write()
        write("Marked DRAFT:")
        for reason in data["drafts"]:
            paragraph(reason, indent=2, hanging=2)
    write()
    paragraph(data["notice"], dim=True)
