"""Print drafts, differences, publications and approvals, from the same data that `--format json` prints."""

from __future__ import annotations

from typing import Any

from fe_contracts_cli.output import counted, paragraph, style, title, write

__all__ = ["show_approvals", "show_difference", "show_draft", "show_library_difference", "show_publication"]

Data = dict[str, Any]

_LOOKS = {"major": "red", "minor": "yellow", "patch": "green", "none": "green"}
_SHOWN = 6


def _bump(name: str) -> str:
    """Return a step in its colour."""
    return style(name, fg=_LOOKS[name], bold=True)


def show_draft(data: Data) -> None:
    """Print what was begun and what to do next."""
    for file in data["files"]:
        write(f"{style('Made', fg='green', bold=True)} {style(file, bold=True)}")
    write()
    title(f"{data['version']} is a draft. Next:")
    for place, step in enumerate(data["next_steps"], start=1):
        paragraph(f"{place}. {step}", indent=2, hanging=3)


def _changes(changes: list[Data]) -> None:
    for change in changes:
        write(f"  {_bump(change['bump'])}  {style(change['place'], bold=True)}")
        for sign, text in (("-", change["old"]), ("+", change["new"])):
            if text:
                paragraph(f"{sign} {text}", indent=4, hanging=2)
        paragraph(f"{change['reason'][:1].upper()}{change['reason'][1:]}.", indent=4, hanging=2, dim=True)


def show_difference(data: Data) -> None:
    """Print what changed between two versions, the gravest first, and the least step in the number."""
    title(f"{data['old']} to {data['new']}  {data['title']}")
    paragraph(f"{'Published' if data['published'] else 'Draft'}. {data['reason']}", indent=2)
    write()
    _changes(data["changes"])
    if data["changes"]:
        write()
    found = counted(len(data["changes"]), "change") if data["changes"] else "no change"
    write(f"{found}; least step in the number: {_bump(data['least_bump'])}")


def show_library_difference(data: Data) -> None:
    """Print what one library holds and another does not, and what changed in the clauses of both."""
    title(f"{data['old']} to {data['new']}")
    for heading, names in (("Added", data["added"]), ("Removed", data["removed"]), ("Changed", data["changed"])):
        if names:
            write()
            title(heading)
            for name in names:
                write(f"  {name}")
    for clause in data["clauses"]:
        write()
        show_difference(clause)
    if not any(data[key] for key in ("added", "removed", "changed", "clauses")):
        write("Both hold the same.")


def show_publication(data: Data) -> None:
    """Print what was published, or would be."""
    judged = {f"clauses/{item['version'].replace('@', '/')}": item for item in data["versions"]}
    for name in data["added"]:
        item = judged.get(name)
        told = ""
        if item and item["before"]:
            told = f"  {_bump(item['given_bump'])} step from {item['before']} (least: {item['least_bump']})"
        write(f"  {name}{told}")
    told = counted(len(data["added"]), "entry", "entries") if data["added"] else "nothing new"
    if data["written"] or not data["added"]:
        write(f"{told} published in {data['lock_file']}")
    else:
        write(f"{told} would be published in {data['lock_file']}; nothing was written")


def show_approvals(data: Data) -> None:
    """Print what was recorded, and which roles are still to decide."""
    for version in data["recorded"]:
        write(f"  {version}  {data['decision']} by {data['role']}")
    if data["standing"]:
        paragraph(f"Recorded before: {_listed(data['standing'])}", indent=2, hanging=2)
    told = counted(len(data["recorded"]), "entry", "entries") if data["recorded"] else "nothing new"
    write(f"{told} recorded in {counted(len(data['files']), 'file')}")
    by_roles: dict[str, list[str]] = {}
    for version, roles in data["missing"].items():
        by_roles.setdefault(", ".join(roles), []).append(version)
    for roles, versions in by_roles.items():
        paragraph(f"Still to decide, {roles}: {_listed(versions)}", indent=2, hanging=2)


def _listed(versions: list[str]) -> str:
    """Return the first few names, and how many more there are."""
    more = f" and {len(versions) - _SHOWN} more" if len(versions) > _SHOWN else ""
    return ", ".join(versions[:_SHOWN]) + more
