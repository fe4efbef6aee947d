"""`fe-contracts catalog new | diff | publish | approve`: the life of a clause, from a draft to an approved version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fe_contracts_cli.options import catalog_option, format_option, today

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["COMMANDS"]

_DAY = click.DateTime(["%Y-%m-%d"])


def _day(_: click.Context, __: click.Parameter, value: dt.datetime | None) -> dt.date | None:
    return value.date() if value else None


def _decided(context: click.Context, parameter: click.Parameter, value: dt.datetime | None) -> dt.date | None:
    """Return the day of a decision; nobody has decided tomorrow."""
    day = _day(context, parameter, value)
    if day is not None and day > today():
        message = f"{day} lies in the future; record a decision once it was made."
        raise click.BadParameter(message, context, parameter)
    return day


@click.command(
    "new",
    epilog="""\b
Examples:
  fe-contracts catalog new FE-14 --title "Benefits counseling" --from FE-04 --catalog our-library/
  fe-contracts catalog new FE-04 --bump major --effective 2027-07-01 --catalog our-library/""",
)
@click.argument("clause", metavar="ID")
@click.option("--title", default="", metavar="TEXT", help="The section's heading.")
@click.option("--from", "like", default="", metavar="ID", help="For a new clause: the clause to copy.")
@click.option(
    "--bump",
    type=click.Choice(["major", "minor", "patch"]),
    default="minor",
    show_default=True,
    help="For a next version: the step in its number.",
)
@click.option(
    "--effective",
    type=_DAY,
    callback=_day,
    metavar="DATE",
    help="The first day on which it is in force; today if left out.",
)
@click.option("--reason", default="", metavar="TEXT", help="Why this version exists; it can be written later.")
@catalog_option
@format_option
def new(  # noqa: PLR0913 - one argument for each option
    clause: str,
    title: str,
    like: str,
    bump: str,
    effective: dt.date | None,
    reason: str,
    *,
    catalog: Path | None,
    as_json: bool,
) -> None:
    """Begin a clause, or the next version of one, as a draft; nothing that stands there is overwritten."""
    from fe_contracts import load_catalog, new_clause, next_version
    from fe_contracts_cli.governing_view import show_draft
    from fe_contracts_cli.output import show_json

    day = effective or today()
    if clause in load_catalog(catalog) and not like:
        made = next_version(clause, effective=day, bump=bump, reason=reason, title=title, folder=catalog)
    else:
        made = new_clause(clause, effective=day, title=title, reason=reason, like=like, folder=catalog)
    (show_json if as_json else show_draft)(made.to_dict())


@click.command(
    "diff",
    epilog="""\b
Examples:
  fe-contracts catalog diff FE-04
  fe-contracts catalog diff FIN-04@1.0.0 FIN-04@2.0.0
  fe-contracts catalog diff library-2026/ library-2027/""",
)
@click.argument("old", metavar="A")
@click.argument("new", metavar="[B]", default="", required=False)
@catalog_option
@format_option
def diff(old: str, new: str, *, catalog: Path | None, as_json: bool) -> None:
    """Say what changed between two versions of a clause, or two libraries, and the least step in the number.

    A and B are versions (FE-04@1.0.0), or folders of two libraries. A clause alone (FE-04) means its last two versions.
    """
    from fe_contracts import compare_libraries, compare_versions, load_catalog
    from fe_contracts_cli.governing_view import show_difference, show_library_difference
    from fe_contracts_cli.output import show_json

    folders = [name.startswith("package:") or Path(name).is_dir() for name in (old, new) if name]
    if any(folders):
        if folders != [True, True]:
            message = "Name two libraries, or two versions of a clause."
            raise click.UsageError(message)
        data = compare_libraries(load_catalog(old), load_catalog(new)).to_dict()
        (show_json if as_json else show_library_difference)(data)
        return
    data = compare_versions(load_catalog(catalog), old, new).to_dict()
    (show_json if as_json else show_difference)(data)


@click.command(
    "publish",
    epilog="""\b
Examples:
  fe-contracts catalog publish --catalog our-library/ --dry-run
  fe-contracts catalog publish --catalog our-library/""",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be published.")
@click.option(
    "--as-of",
    type=_DAY,
    callback=_day,
    metavar="DATE",
    help="The day of publishing, before which nothing may be changed; today if left out.",
)
@click.option(
    "--correct",
    multiple=True,
    metavar="CODE",
    help="A requirement in which a published value was wrong and is corrected; may be given several times.",
)
@catalog_option
@format_option
def publish(
    as_of: dt.date | None, *, dry_run: bool, correct: tuple[str, ...], catalog: Path | None, as_json: bool
) -> None:
    """Enter every draft into catalog.lock, after which it may not change any more: all of them, or none.

    Each new version's number must say how much it changes, and each needs a reason. A published version is superseded
    by a new one, never edited. Publishing is not approving: that is a city's.
    """
    from fe_contracts import publish as publish_drafts
    from fe_contracts_cli.governing_view import show_publication
    from fe_contracts_cli.output import show_json

    done = publish_drafts(catalog, as_of=as_of or today(), dry_run=dry_run, correct=correct)
    (show_json if as_json else show_publication)(done.to_dict())


@click.command(
    "approve",
    epilog="""\b
Examples:
  fe-contracts catalog approve FE-04@1.0.0 --role legal --by "A. Example, City Attorney" --on 2026-11-01 \\
      --record "Memo 2026-118" --catalog our-library/
  fe-contracts catalog approve --all --role legal --by "City Council" --on 2026-11-01 --record "Resolution 2026-77" \\
      --catalog our-library/""",
)
@click.argument("targets", metavar="[VERSION|ID|FAMILY]...", nargs=-1)
@click.option("--role", required=True, metavar="ROLE", help="The role that decided, one of library.yaml.")
@click.option("--by", required=True, metavar="WHO", help="The person or body that decided.")
@click.option(
    "--on", "on", required=True, type=_DAY, callback=_decided, metavar="DATE", help="The day of the decision."
)
@click.option("--record", required=True, metavar="TEXT", help="Where it can be read: minutes, a memo, a resolution.")
@click.option("--withdraw", is_flag=True, help="The role's earlier approval no longer stands.")
@click.option("--all", "every", is_flag=True, help="Every published version of the families named, or of the library.")
@catalog_option
@format_option
def approve(  # noqa: PLR0913 - one argument for each option
    targets: tuple[str, ...],
    role: str,
    by: str,
    on: dt.date,
    record: str,
    *,
    withdraw: bool,
    every: bool,
    catalog: Path | None,
    as_json: bool,
) -> None:
    """Record that a role approved clause versions, each bound to its text; entries are only ever added.

    This records a decision that was made elsewhere, and makes none.
    """
    from fe_contracts import Decision
    from fe_contracts import approve as record_approval
    from fe_contracts_cli.governing_view import show_approvals
    from fe_contracts_cli.output import show_json

    decision = Decision(role, by, on, record, withdraw)
    done = record_approval(targets, decision, catalog, every=every)
    (show_json if as_json else show_approvals)(done.to_dict())


COMMANDS = (new, diff, publish, approve)
"""The commands of this module, in the order of a clause's life."""
