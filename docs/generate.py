#!/usr/bin/env python3
"""Write the pages of the reference that follow from the program, so that they cannot differ from it.

Whole pages: commands, spec, clause fields, one for each rule of law and each clause. In hand-written pages only what
stands between the lines
`<!-- generated: NAME -->` and `<!-- end generated -->`. The same program gives the same bytes.

    python docs/generate.py            write what changed
    python docs/generate.py --check    write nothing; exit 1 and name what is out of date
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import library_pages
from markdown_tables import table

from fe_contracts import effective, findings
from fe_contracts.assembly import labels
from fe_contracts.compliance import all_rules
from fe_contracts.model import approval, clause, requirement, vocabulary
from fe_contracts.model.facts import VOCABULARY
from fe_contracts.model.schemas import schema_of
from fe_contracts_cli.main import cli as command_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from enum import StrEnum

DOCS = Path(__file__).resolve().parent
NOTICE = "<!-- Written by docs/generate.py; edit the program, not this page. -->"

SPEC_INTRODUCTION = """\
For the analyst who fills one in. One YAML or JSON file describes one sub-contract, or one rider. Read
`examples/pilot.yaml` first: it is a whole one with comments. This page lists every field.

- A day is written `2027-01-31`; an amount `150000.00`, in US dollars, without commas.
- Text that looks like a number is put in quotation marks: `"44-5555"`, `"3.10"`.
- A name that is not listed here is refused, and the message shows the nearest one.
- "none" in the third column means that the field may be left out.

The first line of a spec can name its JSON Schema (`schemas/spec.schema.json`). An editor that knows YAML schemas then
shows what each field means and offers the words it takes."""

CLAUSE_FIELDS_INTRODUCTION = """\
For whoever writes or reviews clauses and wants to look up one field. How the files fit together stands in
[the clause format](clause-format.md), how wording is written in [the wording grammar](wording-grammar.md)."""

COMMANDS_INTRODUCTION = """\
For everybody who types commands. Each command takes `--help` and prints what stands here. Each that tells people
something prints the same as JSON with `--format json`.

Exit codes: **0** clean, **1** something was found that someone must look at, **2** could not run.

Each command calls public functions and nothing else, so a script can do all that the command line can: see
[the Python names](python.md)."""

_ANY_NAME = "general-fund"
"""The example of a name that may be any: it would mislead where something else is named."""

VOCABULARIES = (clause, vocabulary, requirement, approval, effective, findings)
"""The modules that hold closed vocabularies."""

LABELS: dict[str, dict[Any, str]] = {
    "FundSource": labels.FUND_SOURCES,
    "MilestoneStatus": labels.MILESTONE_STATUSES,
    "ReportKind": labels.REPORT_KINDS,
    "Service": labels.SERVICES,
    "Track": labels.TRACKS,
}
"""What some words are called in a contract."""


def words_of(name: str) -> dict[str, str]:
    """Return the words of a closed vocabulary, each with its meaning where one is written down."""
    found = next(getattr(home, name) for home in VOCABULARIES if hasattr(home, name))
    meanings = {key.value: text for key, text in LABELS.get(name, {}).items()}
    return {word: meanings.get(word, text) for word, text in _documented(found).items()}


def _documented(words: type[StrEnum]) -> dict[str, str]:
    """Return each value of the enumeration with the docstring that stands below it."""
    body = ast.parse(textwrap.dedent(inspect.getsource(words))).body[0]
    found: dict[str, str] = {}
    last = ""
    for node in body.body if isinstance(body, ast.ClassDef) else ():
        match node:
            case ast.Assign(value=ast.Constant(value=str() as value)):
                found[value] = ""
                last = value
            case ast.Expr(value=ast.Constant(value=str() as text)) if last:
                found[last] = text
            case _:
                last = ""
    return found


# ---------------------------------------------------------------- tables


def anchor(heading: str) -> str:
    """Return the name by which a heading can be linked to, as code hosts and MyST make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link(heading: str) -> str:
    """Return a link to a heading of the same page."""
    return f"[{heading}](#{anchor(heading)})"


# ---------------------------------------------------------------- models


class FieldPage:
    """The fields of one file format, model by model in the order a reader meets them."""

    def __init__(self, schema: dict[str, Any], inner: str = "##") -> None:
        self.schema = schema
        self.inner = inner
        """The mark before the headings of inner models."""
        self.definitions: dict[str, Any] = schema.get("$defs", {})
        self.places: dict[str, str] = {}
        """The heading under which each model is described."""
        self.words: dict[str, None] = {}
        """The closed vocabularies that the fields named, in their order."""

    def sections(self, top: str) -> Iterator[str]:
        """Yield the page, section by section: each model where it is met first."""
        queue: list[tuple[str, str, dict[str, Any]]] = [("", f"## {top}", self.schema)]
        while queue:
            path, heading, model = queue.pop(0)
            met = self._met(path, model.get("properties", {}))
            queue = [(place, f"{self.inner} {place}", self.definitions[name]) for name, place in met.items()] + queue
            yield self._model(heading, model)

    def _met(self, path: str, fields: dict[str, Any]) -> dict[str, str]:
        """Return the models that the fields name for the first time, each with the heading it now has."""
        met: dict[str, str] = {}
        for name, field in fields.items():
            many = "[]" if field.get("type") == "array" else ".NAME" if "patternProperties" in field else ""
            for found in self._referred(field):
                if "properties" in self.definitions[found] and found not in self.places:
                    self.places[found] = met[found] = f"{path}.{name}{many}".strip(".")
        return met

    def _referred(self, part: Any) -> list[str]:
        """Return the models and vocabularies that a field's schema names."""
        if isinstance(part, list):
            return [name for item in part for name in self._referred(item)]
        if not isinstance(part, dict):
            return []
        own = [part["$ref"].rpartition("/")[2]] if "$ref" in part else []
        return own + [name for key, item in part.items() if key != "default" for name in self._referred(item)]

    def _model(self, heading: str, model: dict[str, Any]) -> str:
        required = set(model.get("required", ()))
        rows = [
            (f"`{name}`", self.kind(field), _needed(field, needed=name in required), field.get("description", ""))
            for name, field in model.get("properties", {}).items()
        ]
        return "\n\n".join(
            [heading, model.get("description", ""), table(("field", "takes", "if left out", "meaning"), rows)]
        )

    def kind(self, field: dict[str, Any]) -> str:
        """Return in words what a field takes."""
        if "$ref" in field:
            return self._named(field["$ref"].rpartition("/")[2])
        if "anyOf" in field:
            kinds = [self.kind(item) for item in field["anyOf"] if item.get("type") != "null"]
            if kinds[0].startswith("number"):  # an amount may be written as text too
                return kinds[0] + _bounds({"maximum": field.get("le")})
            return " or ".join(dict.fromkeys(kinds))
        match field.get("type"):
            case "array":
                most = f", at most {field['maxItems']}" if "maxItems" in field else ""
                least = ", at least one" if field.get("minItems") else ""
                return f"list: {self.kind(field['items'])}{least}{most}"
            case "object":
                return self._by_name(field)
            case kind:
                return _plain_kind(str(kind), field)

    def _named(self, name: str) -> str:
        """Return a link to the model, vocabulary or page that a reference names."""
        if name == "Condition":
            return "[condition](conditions.md)"
        if "properties" in self.definitions[name]:
            return f"[fields](#{anchor(self.places[name])})"
        self.words.setdefault(name)
        return f"a word of [{name}](#{anchor(name)})"

    def _by_name(self, field: dict[str, Any]) -> str:
        inner = next(iter(field.get("patternProperties", {}).values()), field.get("additionalProperties", True))
        name = field.get("propertyNames", {}).get("examples", [""])[0]
        like = f" like `{name}`" if name and name != _ANY_NAME else ""
        return f"by name{like}: {self.kind(inner)}" if isinstance(inner, dict) else "values by name"

    def vocabularies(self) -> Iterator[str]:
        """Yield a section for each closed vocabulary that the fields named."""
        for name in self.words:
            words = words_of(name)
            rows = [(f"`{word}`", meaning or "·") for word, meaning in words.items()]
            plain = ", ".join(f"`{word}`" for word in words)
            listed = table(("word", "meaning"), rows) if any(words.values()) else plain
            yield "\n\n".join([f"### {name}", self.definitions[name].get("description", ""), listed])


def _plain_kind(kind: str, field: dict[str, Any]) -> str:
    example = field.get("examples", [""])[0]
    match kind:
        case "string" if field.get("format") == "date":
            return "day"
        case "string":
            return "short name" if example == _ANY_NAME else f"text like `{example}`" if example else "text"
        case "integer":
            return f"whole number{_bounds(field)}"
        case "number":
            return f"number{_bounds(field)}"
        case "boolean":
            return "true or false"
        case _:
            return "any value"


def _bounds(field: dict[str, Any]) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and most is not None:
        return f", {least:g} to {most:,g}" if most < 1_000_000 else f", {least:g} or more"
    if least is not None:
        return f", {least:g} or more"
    return f", at most {most:g}" if most is not None else ""


def _needed(field: dict[str, Any], *, needed: bool) -> str:
    if needed:
        return "**required**"
    default = field.get("default")
    if default in (None, [], {}, "") or isinstance(default, dict):
        return "none"
    shown = str(default).lower() if isinstance(default, bool) else str(default)
    return f"`{shown}`"


def _fields(name: str, top: str, inner: str = "##") -> tuple[str, FieldPage]:
    page = FieldPage(schema_of(name), inner)
    return "\n\n".join(page.sections(top)), page


def spec_page() -> str:
    """Return the page on the spec: every field, and every closed vocabulary."""
    fields, page = _fields("spec", "The whole file")
    return "\n\n".join(
        [
            "# The spec",
            NOTICE,
            SPEC_INTRODUCTION,
            fields,
            "## Words",
            "Where a field takes a word, it is one of these. They are written as shown, capitals included.",
            *page.vocabularies(),
        ]
    )


def clause_fields_page() -> str:
    """Return the page on the files of the clause library, field by field."""
    parts = [
        "# The fields of the clause library",
        NOTICE,
        CLAUSE_FIELDS_INTRODUCTION,
    ]
    words: dict[str, str] = {}
    for name, title, file in (
        ("clause-identity", "The identity", "clauses/FE/FE-04/clause.yaml"),
        ("clause-version", "A version", "clauses/FE/FE-04/1.0.0.md"),
        ("contract-type", "A contract type", "contract_types/subcontract/1.0.0.yaml"),
        ("framework-text", "The vision", "framework/vision/1.0.0.yaml"),
        ("framework-entries", "Values and assumptions", "framework/values/1.0.0.yaml"),
        ("glossary", "The glossary", "framework/glossary/1.0.0.yaml"),
        ("library", "The library", "library.yaml"),
        ("requirement", "A requirement", "requirements/COC/COC010.yaml"),
        ("approvals", "Approvals", "clauses/FE/FE-04/approvals.yaml"),
        ("citations", "Citations", "citations.yaml"),
        ("lock", "The lock", "catalog.lock"),
    ):
        fields, page = _fields(name, f"{title}: `{file}`", "###")
        parts.append(fields)
        for section in page.vocabularies():
            words.setdefault(section.split("\n", 1)[0], section)
    return "\n\n".join([*parts, "## Words", "Where a field takes a word, it is one of these.", *words.values()])


# ---------------------------------------------------------------- commands


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command below a group with the words that call it."""
    context = click.Context(command, info_name=path)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from _commands(found, f"{path} {name}")
    else:
        yield path, command, context


def _option(parameter: click.Parameter, context: click.Context) -> tuple[str, str]:
    """Return an argument or option as it is written, and what it does."""
    if isinstance(parameter, click.Option):
        record = parameter.get_help_record(context)
        return (f"`{record[0]}`", record[1]) if record else ("", "")
    return f"`{parameter.make_metavar(context)}`", getattr(parameter, "help", None) or ""


def _paragraphs(text: str | None) -> str:
    """Return a help text as Markdown: marked blocks as they are written, the rest unwrapped."""
    shown = []
    for block in inspect.cleandoc(text or "").replace("\f", "").split("\n\n"):
        if block.startswith("\b"):
            shown.append("```text\n" + textwrap.dedent(block.lstrip("\b").strip("\n")) + "\n```")
        elif block.strip():
            shown.append(" ".join(block.split()))
    return "\n\n".join(shown)


def _command(path: str, command: click.Command, context: click.Context) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    options = [_option(parameter, context) for parameter in command.get_params(context)]
    rows = [row for row in options if row[1] and "--help" not in row[0]]
    parts = [f"## {path}", f"```text\n{path} {usage}\n```", _paragraphs(command.help)]
    if rows:
        parts.append(table(("argument or option", "what it does"), rows))
    parts.append(_paragraphs(command.epilog))
    return "\n\n".join(part for part in parts if part)


def commands_page() -> str:
    """Return the page on the commands, in the order of the command line's own help."""
    found = list(_commands(command_line, "fe-contracts"))
    listed = table(
        ("command", "what it does"),
        [(link(path), command.get_short_help_str(120)) for path, command, _ in found],
    )
    return "\n\n".join(
        [
            "# Commands",
            NOTICE,
            COMMANDS_INTRODUCTION,
            listed,
            *(_command(*item) for item in found),
        ]
    )


# ---------------------------------------------------------------- parts of hand-written pages


def rules_part() -> str:
    """Return the table of rules on a spec, by code."""
    rows = [(rule.code, rule.severity.value, rule.title, rule.remedy) for rule in all_rules()]
    return table(("code", "severity", "what must be true", "what to do"), rows)


def facts_part() -> str:
    """Return the table of the facts that a condition can read."""
    return table(("fact", "what it is"), [(f"`{name}`", meaning) for name, meaning in VOCABULARY.items()])


PAGES: dict[str, Callable[[], str]] = {
    "reference/clause-fields.md": clause_fields_page,
    "reference/commands.md": commands_page,
    "reference/spec.md": spec_page,
}
PARTS: dict[tuple[str, str], Callable[[], str]] = {
    ("reference/conditions.md", "facts"): facts_part,
    ("reference/findings.md", "rules"): rules_part,
    ("reference/findings.md", "law"): library_pages.rules_by_code,
    ("reference/coverage.md", "coverage"): library_pages.coverage,
    ("reference/coverage.md", "traps"): library_pages.traps,
}


def with_part(text: str, name: str, content: str) -> str:
    """Return a page with what stands between the marks of that name replaced.

    Raises:
        SystemExit: if the page lacks the marks.
    """
    begin, end = f"<!-- generated: {name} -->\n", "<!-- end generated -->"
    head, found, rest = text.partition(begin)
    _, closed, tail = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"The marks {begin.strip()} … {end} are missing.")
    return f"{head}{begin}\n{content}\n\n{end}{tail}"


def _named(path: Path) -> str:
    return path.relative_to(DOCS.parent).as_posix()


def main(arguments: list[str]) -> int:
    """Write, or with --check only compare, every generated page; return the exit code."""
    texts = {**{page: make() for page, make in PAGES.items()}, **library_pages.pages()}
    wanted = {DOCS / page: text.rstrip() + "\n" for page, text in texts.items()}
    for (page, name), make in PARTS.items():
        path = DOCS / page
        text = wanted[path] if path in wanted else path.read_text(encoding="utf-8")
        wanted[path] = with_part(text, name, make())
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" in arguments:
            sys.stdout.write(f"{_named(path)} is out of date. Run: python docs/generate.py\n")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
            sys.stdout.write(f"wrote {_named(path)}\n")
    gone = [path for folder in ("rules", "clauses") for path in (DOCS / "reference" / folder).glob("*.md")]
    gone = [path for path in gone if path not in wanted]
    for path in gone:
        if "--check" in arguments:
            sys.stdout.write(
                f"{_named(path)} describes what the library no longer holds. Run: python docs/generate.py\n"
            )
        else:
            path.unlink()
            sys.stdout.write(f"deleted {_named(path)}\n")
    return 1 if (stale or gone) and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
