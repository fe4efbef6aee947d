"""Write one page for each rule of law and each clause of the bundled library, and the matrix that joins them.

`docs/generate.py` calls this; the same library gives the same bytes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from markdown_tables import cell, table

from fe_contracts import load_catalog
from fe_contracts.catalog.approvals import approval_state
from fe_contracts.model.clause import Scope
from fe_contracts.model.condition import ALWAYS
from fe_contracts.model.requirement import Reads

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog, Clause, ClauseVersion
    from fe_contracts.model.clause import ParameterDefinition
    from fe_contracts.model.requirement import LegalSource, Requirement

ROOT = Path(__file__).resolve().parents[1]
NOTICE = "<!-- Written by docs/generate.py from the clause library; edit the library, not this page. -->"
CASES = ROOT / "tests" / "compliance" / "cases"

MARKS = {
    "V": "read in the primary text",
    "W": "read in another page, not in the primary text",
    "M": "from general knowledge, not confirmed",
    "I": "our reading of verified text: counsel should confirm",
    "U": "unknown or contested",
}
RULES_INTRODUCTION = """\
For anyone who wants to know what `fe-contracts validate` asks of a contract, and on what it rests. Each rule is data in
`clause_library/requirements/` and a few lines of Python under the same code. The mark after a citation says how far it
was checked: """
CLAUSES_INTRODUCTION = """\
For anyone who looks for a clause. Each has a page with its versions, its parameters, its duties and what it rests on.
Nobody has approved them: a city's own approvals stand in its own catalog. There are """
PARAMETER_HEADINGS = ("parameter", "type", "value", "bounds", "what it is")
SCOPES = {Scope.CONTRACT: "once", Scope.AWARD: "once for each federal award", Scope.FUND: "once for each fund"}
READS = {
    Reads.SPEC: "the spec alone, so it runs before anything is assembled",
    Reads.CONTRACT: "the finished contract: its clauses and the values they took",
    Reads.CHANGE: "two specs, the old one and the new (`fe-contracts validate NEW --against OLD`)",
}


@cache
def library() -> Catalog:
    """Return the bundled library."""
    return load_catalog(ROOT / "clause_library")


def requirements() -> list[Requirement]:
    """Return every requirement, by code."""
    return [placed.requirement for placed in library().requirements.values()]


# ---------------------------------------------------------------- rules


def rules_by_code() -> str:
    """Return the table of the rules of law, each with a link to its page."""
    rows = [
        (f"[{item.code}](rules/{item.code}.md)", item.severity.value, item.title, _cites(item), ", ".join(item.traps))
        for item in requirements()
    ]
    return table(("code", "severity", "what must be true", "stands in", "trap"), rows)


def _cites(item: Requirement) -> str:
    return "; ".join(f"{source.cite} [{source.confidence.value}]" for source in item.sources)


def _source(source: LegalSource) -> str:
    read = f", text of {source.as_of}" if source.as_of else ""
    mark = source.confidence.value
    lines = [f"**{source.cite}** [{mark}]: {MARKS[mark]}{read}."]
    if source.quote:
        lines.append("\n".join(f"> {line}" for line in source.quote.splitlines()))
    if source.note:
        lines.append(source.note)
    return "\n\n".join(lines)


def _dated(item: Requirement) -> str:
    """Return the history of every value of the rule as one table."""
    rows = []
    for name, parameter in item.parameters.items():
        what = f"`{name}`: {parameter.help} ({parameter.unit}, by the {parameter.trigger.replace('_', ' ')})"
        for place, entry in enumerate(parameter.values):
            value = "repealed" if entry.value is None else str(entry.value)
            cite = f"{entry.cite} [{entry.confidence.value}]"
            rows.append(("" if place else what, entry.from_.isoformat(), value, cite, entry.note or ""))
    return table(("what", "from", "value", "stands in", "note"), rows)


def _example(code: str, *, failing: bool) -> str:
    """Return the first case of the rule that fails, or that passes, as a person would write it."""
    file = CASES / f"{code}.yaml"
    if not file.is_file():
        return ""
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
        if bool(case.get("finds")) is failing:
            name, changes = str(case["name"]), case.get("changes")
            shown = yaml.safe_dump(changes, sort_keys=False, width=100) if changes else "# nothing\n"
            base = case.get("base", "local")
            return f"{name[:1].upper()}{name[1:]} (from `{base}`):\n\n```yaml\n{shown}```"
    return ""


def rule_page(item: Requirement) -> str:
    """Return the page on one rule of law."""
    facts = [
        ("severity", item.severity.value),
        ("looks at", READS[item.reads]),
        ("asked of", "every contract" if item.applies_when is ALWAYS else f"contracts where {item.applies_when}"),
        *([("trap", ", ".join(item.traps))] if item.traps else []),
        *([("clauses", ", ".join(_clause_link(name) for name in item.clauses))] if item.clauses else []),
    ]
    broken = sorted((ROOT / "examples" / "broken").glob("*.yaml"))
    shown = [file for file in broken if file.read_text(encoding="utf-8").startswith(f"# shows: {item.code}\n")]
    parts = [
        f"# {item.code}: {item.title}",
        NOTICE,
        "For anyone who got this finding, and for the attorney who checks the rule behind it.",
        table(("", ""), facts),
        "## Why",
        item.why,
        "## What to do",
        item.remedy,
        *(["Counsel should confirm: " + item.counsel] if item.counsel else []),
        "## Where it stands",
        *(_source(source) for source in item.sources),
        *(["## Values by date", _dated(item)] if item.parameters else []),
        "## Examples",
        "Each is a clean spec, `tests/compliance/bases/NAME.yaml`, with the changes shown. One that passes.",
        _example(item.code, failing=False),
        "One that the rule finds.",
        _example(item.code, failing=True),
        *(f"A whole spec that shows it: `{file.relative_to(ROOT).as_posix()}`." for file in shown),
    ]
    return "\n\n".join(part for part in parts if part)


def rules_index() -> str:
    """Return the page that lists the rules of law."""
    return "\n\n".join(
        [
            "# Rules of law",
            NOTICE,
            RULES_INTRODUCTION + "; ".join(f"**{mark}** {text}" for mark, text in MARKS.items()) + ".",
            rules_by_code(),
            "```{toctree}\n:hidden:\n:glob:\n\nrules/*\n```",
        ]
    )


# ---------------------------------------------------------------- clauses


def _clause_link(clause_id: str, folder: str = "../clauses/") -> str:
    return f"[{clause_id}]({folder}{clause_id}.md)" if clause_id in library() else clause_id


def _placed_in(clause: Clause) -> str:
    names = []
    for name, series in library().contract_types.items():
        latest = series.editions[-1].content
        if any(slot.clause == clause.id for article in latest.articles for slot in article.clauses):
            names.append(f"`{name}`")
    return ", ".join(names) or "no contract type"


def _versions(clause: Clause) -> str:
    rows = []
    for version in clause.versions:
        last = clause.period(version)[1] if version.published else None
        until = last.isoformat() if last else "·"
        rows.append((version.number, version.effective.isoformat(), until, version.front.reason, _approved(version)))
    return table(("version", "from", "until", "why", "approved"), rows)


def _approved(version: ClauseVersion) -> str:
    if not version.published:
        return "a draft"
    missing = approval_state(library(), version).missing
    return "not yet by " + ", ".join(missing) if missing else "approved"


def _bounds(definition: Any) -> str:
    low, high = definition.minimum, definition.maximum
    bounds = f"{'' if low is None else low} to {'' if high is None else high}" if (low, high) != (None, None) else ""
    return " ".join(part for part in (bounds, f"({definition.bound_by})" if definition.bound_by else "") if part)


def clause_page(clause: Clause) -> str:
    """Return the page on one clause."""
    latest, identity = clause.latest, clause.identity
    front = latest.front
    needed = [item.code for item in requirements() if clause.id in item.clauses]
    place = Path(latest.file).relative_to(ROOT).as_posix()
    level = front.applies.level.value
    when = "" if front.applies.when is ALWAYS else f" where {front.applies.when}"
    otherwise = f"; elsewhere {front.applies.otherwise}" if front.applies.otherwise else ""
    facts = [
        ("in a contract", f"{level}{when}{otherwise}"),
        ("stands", SCOPES[identity.scope]),
        ("version chosen by", f"`{identity.trigger}`"),
        ("protection", identity.protection.value),
        ("placed in", _placed_in(clause)),
        *([("framework values", ", ".join(f"`{value}`" for value in front.serves))] if front.serves else []),
        *([("asked for by", ", ".join(f"[{code}](../rules/{code}.md)" for code in needed))] if needed else []),
    ]
    parameters = [
        (f"`{name}`", item.type.value, _value(item), _bounds(item), item.help)
        for name, item in front.parameters.items()
    ]
    duties = [(item.who.value, item.what, item.when, item.evidence, item.consequence) for item in front.obligations]
    sources = [(cite, identity.sources[cite]) for cite in front.legal_basis]
    basis = [(cite, source.confidence.value, source.note or "") for cite, source in sources]
    parts = [
        f"# {clause.id}: {front.title}",
        NOTICE,
        f"For the attorney who reviews the clause and the analyst who fills it in. Its wording: `{place}`.",
        front.summary,
        table(("", ""), facts),
        "## Versions",
        _versions(clause),
        *(["## Parameters", table(PARAMETER_HEADINGS, parameters)] if parameters else []),
        *(["## Duties", table(("who", "what", "when", "evidence", "what follows if not"), duties)] if duties else []),
        "## What it rests on",
        *([table(("section", "mark", "what it says"), basis)] if basis else []),
        *([front.policy_basis] if front.policy_basis else []),
        *(["## Notes for drafters", identity.notes] if identity.notes else []),
    ]
    return "\n\n".join(part for part in parts if part)


def _value(item: ParameterDefinition) -> str:
    return f"`{item.from_}`" if item.from_ else _shown(item.default)


def _shown(default: Any) -> str:
    match default:
        case None:
            return "must be given, or stays empty"
        case list() | tuple() if any(isinstance(item, dict) for item in default):
            return f"{len(default)} rows"
        case bool():
            return "yes" if default else "no"
        case list() | tuple():
            return cell(", ".join(str(item) for item in default))
        case _:
            return cell(str(default))


def clauses_index() -> str:
    """Return the page that lists the clauses."""
    rows = [
        (f"[{clause.id}](clauses/{clause.id}.md)", clause.latest.front.title, clause.latest.front.summary)
        for clause in library()
    ]
    return "\n\n".join(
        [
            "# Clauses",
            NOTICE,
            f"{CLAUSES_INTRODUCTION}{len(library())}.",
            table(("clause", "title", "in plain words"), rows),
            "```{toctree}\n:hidden:\n:glob:\n\nclauses/*\n```",
        ]
    )


# ---------------------------------------------------------------- coverage


def coverage() -> str:
    """Return the matrix: each requirement, the clauses that carry it, and the contract types that hold them."""
    placed = {
        name: {slot.clause for article in series.editions[-1].content.articles for slot in article.clauses}
        for name, series in library().contract_types.items()
    }
    rows = []
    for item in requirements():
        held = tuple(
            "rule alone"
            if not item.clauses
            else "yes"
            if set(item.clauses) <= clauses
            else "in part"
            if set(item.clauses) & clauses
            else "no: host contract"
            for clauses in placed.values()
        )
        carried = ", ".join(_clause_link(name, "clauses/") for name in item.clauses) or "·"
        rows.append((f"[{item.code}](rules/{item.code}.md)", item.title, carried, *held))
    return table(("rule", "what must be true", "clauses that carry it", *placed), rows)


def traps() -> str:
    """Return the table of the thirty traps of the domain file, each with the rules that answer it."""
    answering: dict[str, list[str]] = {f"T{number}": [] for number in range(1, 31)}
    answering["T23"].append("[CITE010](findings.md#rules-of-law)")
    for item in requirements():
        for trap in item.traps:
            answering[trap].append(f"[{item.code}](rules/{item.code}.md)")
    return table(("trap", "rules that find it"), [(trap, ", ".join(codes)) for trap, codes in answering.items()])


def pages() -> dict[str, str]:
    """Return every page by its place below docs/."""
    found = {"reference/rules.md": rules_index(), "reference/clauses.md": clauses_index()}
    found |= {f"reference/rules/{item.code}.md": rule_page(item) for item in requirements()}
    found |= {f"reference/clauses/{clause.id}.md": clause_page(clause) for clause in library()}
    return found
