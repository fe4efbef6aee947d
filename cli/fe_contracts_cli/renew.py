"""`fe-contracts renew`: the spec of a contract's next term, with every change listed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import FILE, catalog_option, force_option, format_option, refuse_ending, today

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Renewal, Wishes

__all__ = ["command"]


def _date(_ctx: click.Context, option: click.Parameter, value: str | None) -> dt.date | None:
    """Return the day that an option gives."""
    try:
        return None if value is None else dt.date.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is no day such as 2028-01-01."
        raise click.BadParameter(message, param=option) from None


@click.command(
    "renew",
    short_help="Make the spec of the next term, with every change listed.",
    epilog="""\b
Example:
  fe-contracts renew my-contract.yaml
  fe-contracts renew my-contract.yaml -o year-two.yaml --target D6=900 --amount general-fund=165000.00""",
)
@click.argument("spec", type=FILE)
@click.option("-o", "--out", type=FILE, metavar="NEW.yaml", help="The new spec; if left out, nothing is written.")
@click.option(
    "--start", metavar="DAY", callback=_date, help="The new term's first day; the day after the old one ends."
)
@click.option("--end", metavar="DAY", callback=_date, help="The new term's last day; as long as the option allows.")
@click.option("--number", metavar="NUMBER", help="A new contract number; the old one is kept if left out.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="ID=NUMBER",
    help="The new target of a deliverable, for the year or by quarter (200,220,240,240), or of an outcome.",
)
@click.option("--amount", "amounts", multiple=True, metavar="ID=DOLLARS", help="Of a fund, a budget line or a rate.")
@click.option("--targets", "file", type=FILE, metavar="FILE", help="A YAML file with the sections targets and amounts.")
@click.option("--keep-pins", is_flag=True, help="Keep the clause versions that SPEC pins.")
@catalog_option
@force_option
@format_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - the options of one command
    ctx: click.Context,
    spec: Path,
    out: Path | None,
    start: dt.date | None,
    end: dt.date | None,
    number: str | None,
    targets: tuple[str, ...],
    amounts: tuple[str, ...],
    file: Path | None,
    *,
    keep_pins: bool,
    catalog: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make the spec of the next term, with every change listed.

    The term follows the spec's renewal options. Days that belong to the term move with it; what happened once stays
    and is listed. Confirmations and overrides of the old term become comments. Targets and amounts that are not given
    stay and are listed to be decided. Every line that does not change is kept as it is.

    Exit code 0: made. 1: refused, or made with errors that keep it from being assembled. 2: could not run.
    """
    from fe_contracts import load_catalog, renew
    from fe_contracts_cli.output import show_json

    if out is not None:
        refuse_ending(out, *((".json",) if spec.suffix.lower() == ".json" else (".yaml", ".yml")))
    made = renew(
        spec,
        load_catalog(catalog),
        start=start,
        end=end,
        number=number,
        wishes=_wishes(targets, amounts, file),
        keep_pins=keep_pins,
        name=str(out) if out else "",
        as_of=today(),
    )
    if out is not None:
        made.save(out, overwrite=force)
    code = 1 if made.findings.errors else 0
    if as_json:
        show_json({"file": str(out) if out else None, **made.to_dict(), "exit_code": code})
    else:
        _show(made, out)
    ctx.exit(code)


def _wishes(targets: tuple[str, ...], amounts: tuple[str, ...], file: Path | None) -> Wishes:
    """Return the targets and amounts that are given; an option goes before the file."""
    from fe_contracts import Wishes, load_wishes

    given = Wishes(_pairs("--target", targets), _pairs("--amount", amounts))
    return given.over(load_wishes(file)) if file else given


def _pairs(option: str, given: tuple[str, ...]) -> dict[str, str]:
    """Return the values by their ids.

    Raises:
        click.UsageError: if one has no id or no value, or an id is given twice.
    """
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not (name.strip() and sign and value.strip()):
            message = f"{option} {text!r} must be an id and a number, such as D6=900."
            raise click.UsageError(message)
        if name.strip() in found:
            message = f"{option} gives {name.strip()} twice."
            raise click.UsageError(message)
        found[name.strip()] = value.strip()
    return found


def _show(made: Renewal, out: Path | None) -> None:
    """Print the new term, every change, what stays, the days of notice and what was found."""
    from fe_contracts_cli.output import counted, paragraph, show_findings, style, summary, title, write

    old, term = made.old.term, made.term
    left = f"{counted(term.left, 'renewal')} left, to {term.reach} at the latest" if term.left else "no renewal left"
    title(f"{made.new.contract.id}: {old.start_date} to {old.end_date} → {term.start} to {term.end}")
    write(f"  renewal {term.number}; {left}; days moved by {term.step}")
    for notice in made.notices:
        paragraph(f"By {notice.by}, {notice.what} ({notice.clause}).", indent=2, hanging=2)
    write()
    title("Changed")
    for change in made.changes:
        place = f"line {change.line}, " if change.line else ""
        move = f"{change.old or 'nothing'} → {change.new or 'a comment'}"
        paragraph(f"{place}{change.field}: {move}; {change.why}", indent=2, hanging=2)
    if made.kept:
        write()
        title("Not moved")
        for item in made.kept:
            paragraph(f"{item.field}: {item.value}; {item.why}", indent=2, hanging=2)
    write()
    show_findings(made.findings)
    if out is not None:
        write(f"{style('Made', fg='green', bold=True)} {style(str(out), bold=True)}")
    else:
        write("Nothing was written: give -o NEW.yaml.")
    write(f"  {counted(len(made.changes), 'change')}; {summary(made.findings)}")
