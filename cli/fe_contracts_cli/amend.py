"""`fe-contracts amend`: from the spec in force and the changed one to the amendment that both parties sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    import datetime as dt
    from pathlib import Path

    from fe_contracts import Amendment

__all__ = ["command"]

_ENDING = ".docx"


@click.command(
    "amend",
    short_help="Make the amendment that turns one contract into another.",
    epilog="""\b
Example:
  fe-contracts amend contract.yaml amended.yaml -o amendment-1.docx
      --date 2027-01-01 --reason "The City adds one counselor for a year." """,
)
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "-o", "--out", type=FILE, metavar="OUT.docx", help="The Word file; named by contract and number if left out."
)
@click.option(
    "--number",
    type=click.IntRange(1, 99),
    help="The amendment's number; what NEW records, or one more than OLD records, if left out.",
)
@click.option(
    "--date",
    "effective",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day from which it applies; what NEW records if left out.",
)
@click.option("--reason", default="", help="Why the contract changes, in sentences; what NEW records if left out.")
@house_style_option
@click.option("--pdf", is_flag=True, help="Make a PDF beside it too (needs LibreOffice).")
@click.option("--old-catalog", type=FILE, metavar="FOLDER", help="The clause library OLD was made from, if another.")
@catalog_option
@force_option
@format_option
def command(  # noqa: PLR0913 - one parameter an option
    old: Path,
    new: Path,
    out: Path | None,
    number: int | None,
    effective: dt.datetime | None,
    reason: str,
    house_style: str,
    *,
    pdf: bool,
    old_catalog: Path | None,
    catalog: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make the amendment that turns the contract of spec OLD, which is in force, into that of spec NEW.

    Each change stands in it as a sentence of its own, with the section it changes; tables and paragraphs are restated
    where that is clearer. Number, day and reason may stand in NEW, under contract.amendments.

    Exit code 0: made. 1: refused, because the change is not allowed or changes nothing. 2: could not run.
    """
    from fe_contracts import amend, contract_file_name, load_catalog, load_spec

    if out is not None:
        refuse_ending(out, _ENDING)
    library = load_catalog(catalog)
    made = amend(
        load_spec(old),
        load_spec(new),
        library,
        old_catalog=load_catalog(old_catalog) if old_catalog else None,
        number=number,
        effective=effective.date() if effective else None,
        reason=reason,
    )
    name = contract_file_name(f"{made.contract.contract_id}-amendment-{made.number}")
    target = out or new.parent / f"{name}{_ENDING}"
    printed = target.with_suffix(".pdf") if pdf else None
    if printed is not None:
        refuse_existing(printed, force=force)
    made.save(target, house_style=house_style, overwrite=force)
    if printed is not None:
        from fe_contracts import to_pdf

        to_pdf(target, printed)
    _tell(made, target, printed, as_json=as_json)


def _tell(made: Amendment, target: Path, printed: Path | None, *, as_json: bool) -> None:
    """Print what was made and every sentence of it."""
    from fe_contracts_cli.output import counted, paragraph, show_findings, show_json, style, write

    if as_json:
        show_json({"file": str(target), "pdf": str(printed) if printed else None, **made.to_dict()})
        return
    listed = {f"clauses.parameters.{item.fact}" for item in made.contract.confirmations}
    others = [item for item in made.findings if item.code != "CONFIRM010" or item.where.field not in listed]
    if others:
        show_findings(others)
    for file in (target, printed):
        if file:
            write(f"{style('Made', fg='green', bold=True)} {style(str(file), bold=True)}")
    write(f"  {made.contract.title} {made.contract.subtitle}")
    write(f"  {counted(len(made.instructions), 'change')} of the contract")
    write()
    for sentence in made.sentences():
        paragraph(sentence, indent=2, hanging=4)
    if made.contract.confirmations:
        write()
        write(f"{len(made.contract.confirmations)} to confirm before signing, listed on its first page:")
        for item in made.contract.confirmations:
            of = "" if item.target else " of the Agreement"
            paragraph(f"{item.fact} (section {item.number}{of}): ask {item.who}", indent=2, hanging=2)
    if made.contract.drafts:
        write()
        write("Marked DRAFT:")
        for why in made.contract.drafts:
            paragraph(why, indent=2, hanging=2)
