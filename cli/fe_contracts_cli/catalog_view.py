"""Print what the library holds, from the same data that `--format json` prints."""

from __future__ import annotations

from typing import Any

from fe_contracts_cli.output import counted, paragraph, style, title, write

__all__ = ["show_catalog", "show_clause", "show_explanation"]

Data = dict[str, Any]


def show_catalog(data: Data) -> None:
    """Print every clause under its family."""
    title(f"{data['library']} {data['version']}, as of {data['on']}")
    for family in data["families"]:
        clauses = [item for item in data["clauses"] if item["family"] == family["family"]]
        if not clauses:
            continue
        write()
        title(f"{family['family']}  {family['title']}")
        for item in clauses:
            version = f"{item['version'] or 'none':<8}"
            extra = [item["protection"]]
            if item["versions"] > 1:
                extra.append(counted(item["versions"], "version"))
            if item["drafts"]:
                extra.append(counted(item["drafts"], "draft"))
            if item["why_none"]:
                extra.append(item["why_none"].rstrip("."))
            shown = version if item["version"] else style(version, fg="yellow")
            details = style(f"({', '.join(extra)})", dim=True)
            write(f"  {item['clause']:<9}{shown}{item['title']}  {details}")
    write()
    write(f"{counted(len(data['clauses']), 'clause')}. 'fe-contracts catalog show ID' shows one in full.")
    paragraph(data["notice"], dim=True)


def _days(item: Data) -> str:
    """Return from when to when a version is in force."""
    if not item["published"]:
        return f"draft, to take effect {item['in_force_from']}"
    until = f" until {item['in_force_until']}" if item["in_force_until"] else ""
    return f"in force from {item['in_force_from']}{until}"


def show_clause(data: Data) -> None:
    """Print one clause in full."""
    title(f"{data['clause']} {data['version']}  {data['title']}")
    trigger = data["trigger"].replace("_", " ")
    facts = (_days(data), f"by {trigger}", data["protection"], f"once per {data['scope']}")
    paragraph("; ".join(facts), indent=2, hanging=2)
    if data["version_in_force"] != data["version"]:
        current = f"version {data['version_in_force']}" if data["version_in_force"] else f"none: {data['why_none']}"
        paragraph(f"In force on {data['on']}: {current}", indent=2, hanging=2)
    write()
    paragraph(data["summary"], indent=2)
    applies, otherwise = data["applies"], data["applies"]["otherwise"]
    rest = f"; else {otherwise}" if otherwise else ""
    _section("Applies", [f"{applies['level']} if {applies['in_words']}{rest}".replace(" if always", ", always")])
    _parameters(data["parameters"])
    _section("Adjusted", [_adjustment(item) for item in data["adjusted"]])
    _section("Obligations", [_obligation(item) for item in data["obligations"]])
    _section("Rests on", [*map(_source, data["legal_basis"]), *filter(None, [data["policy_basis"]])])
    _section("Requires", [_bond(item) for item in data["relations"]["requires"]])
    _section("Conflicts", [_bond(item) for item in data["relations"]["conflicts"]])
    _section("Replaces", data["relations"]["supersedes"])
    versions = [f"{item['version']}  {_days(item)}. {item['reason']}" for item in data["versions"]]
    _section("Versions", versions)
    _section("Notes for drafters", [data["notes"]] if data["notes"] else [])
    if "wording" in data:
        write()
        title("Wording")
        write()
        for line in data["wording"].split("\n"):
            paragraph(line, indent=2)


def _section(heading: str, lines: list[str]) -> None:
    """Print a heading and its lines, if there are any."""
    if not lines:
        return
    write()
    title(heading)
    for line in lines:
        paragraph(line, indent=2, hanging=4)


def _shown(value: Any) -> str:
    """Return a default or bound as a person would write it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list() if any(isinstance(item, dict) for item in value):
            return counted(len(value), "row")
        case list():
            return ", ".join(_shown(item) for item in value)
        case _:
            return str(value)


def _parameters(parameters: list[Data]) -> None:
    """Print the values that a clause takes."""
    if not parameters:
        return
    write()
    title("Parameters")
    for item in parameters:
        kind = f"{item['type']} of {item['items']}" if item["items"] else item["type"]
        facts = [kind]
        if item["from"]:
            facts.append(f"from {item['from']}")
        elif item["default"] is not None:
            facts.append(f"default {_shown(item['default'])}")
        elif item["required"]:
            facts.append("must be given")
        if item["optional"]:
            facts.append("may stay empty")
        bounds = (("at least", item["minimum"]), ("at most", item["maximum"]))
        facts += [f"{words} {bound}" for words, bound in bounds if bound is not None]
        facts += [f"bound by {item['bound_by']}"] if item["bound_by"] else []
        facts += ["locked"] if item["locked"] else []
        unit = f" ({item['unit']})" if item["unit"] else ""
        write(f"  {style(item['name'], bold=True)}{unit}")
        paragraph(item["help"], indent=4)
        paragraph("; ".join(facts), indent=4, hanging=2, dim=True)
        for name, meaning in item["choices"].items():
            paragraph(f"{name}: {meaning}", indent=6, hanging=2, dim=True)
        for column in item["columns"]:
            paragraph(f"{column['name']}: {column['type']}. {column['help']}", indent=6, hanging=2, dim=True)
        if item["confirm"]:
            told = item["confirm"]
            text = f"To confirm before signing, with {told['who']}. It rests on: {told['source']}"
            paragraph(text, indent=4, hanging=2)


def _adjustment(item: Data) -> str:
    """Return what an overlay fixes of the values above, and why."""
    draft = "" if item["published"] else " (draft)"
    return f"{', '.join(item['parameters'])}, from {item['from']}, by {item['by']}{draft}: {item['reason']}"


def _obligation(item: Data) -> str:
    """Return one duty as a sentence or two."""
    return f"{item['who']} to {item['to']}: {item['what']} {item['when']}"


def _source(item: Data) -> str:
    """Return a section with its confidence mark."""
    mark = f" [{item['confidence']}]" if item["confidence"] else ""
    read = f" (read {item['as_of']})" if item["as_of"] else ""
    return f"{item['section']}{mark}{read}{': ' + item['note'] if item['note'] else ''}"


def _bond(item: Data) -> str:
    """Return a relation: the other clause, when, and why."""
    condition = "" if item["in_words"] == "always" else f" if {item['in_words']}"
    return f"{item['clause'] or ''}{condition}: {item['reason']}".strip()


def show_explanation(data: Data) -> None:
    """Print why a clause is in or out."""
    clause = data["clause"]
    if not data["placed"]:
        paragraph(
            f"{style(clause, bold=True)} is out of {data['contract']}: a {data['contract_type']} has no place for it."
        )
    for item in data["reasons"]:
        instance = style(item["instance"], bold=True)
        if item["included"]:
            verdict = f"{style('in', fg='green', bold=True)} {data['contract']}, version {item['version']}"
            write(f"{instance} is {verdict}: {item['title']}")
        else:
            write(f"{instance} is {style('out', fg='yellow', bold=True)} of {data['contract']}")
        paragraph(f"Because: {'; '.join(item['because'])}", indent=2, hanging=2)
        if item["day"]:
            paragraph(f"Versions compared with: {item['day']}, the {item['day_from']}", indent=2, hanging=2)
        if item["in_force_from"]:
            until = f" until {item['in_force_until']}" if item["in_force_until"] else ""
            write(f"  In force: from {item['in_force_from']}{until}")
