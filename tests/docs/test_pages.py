"""What the pages say of the program agrees with it: links, commands, codes, generated pages, the picture."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import click
import pytest
from tests.docs.pages import ROOT, blocks_of, page_name, pages

from fe_contracts.assembly.computed import COMPUTED, COMPUTED_OF_FUND, DEFERRED
from fe_contracts_cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
PICTURE = DOCS / "images" / "contract-page.png"

_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^()\s]+)\)")
_CODE = re.compile(r"\b[A-Z]{2,12}[0-9]{3}\b")


def _without_code(text: str) -> str:
    """Return a page's text without what stands in fences and backticks."""
    text = re.sub(r"^(`{3,}).*?^\1`*\s*?$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


@cache
def _anchors(path: Path) -> set[str]:
    """Return the names of a page's headings as code hosts make them."""
    found: set[str] = set()
    text = re.sub(r"^(`{3,}).*?^\1", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for line in text.splitlines():
        if line.startswith("#"):
            words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line.lstrip("#").strip().lower())
            found.add(re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))
    return found


def _links(path: Path) -> list[str]:
    return [
        match["target"]
        for match in _LINK.finditer(_without_code(path.read_text(encoding="utf-8")))
        if not match["target"].startswith(("http:", "https:", "mailto:"))
    ]


@pytest.mark.parametrize("path", pages(), ids=page_name)
def test_every_link_of_the_page_leads_somewhere(path: Path) -> None:
    for target in _links(path):
        file, _, heading = target.partition("#")
        to = (path.parent / file).resolve() if file else path
        assert to.exists(), f"{page_name(path)} links to {target}, which is not there"
        if heading and to.suffix == ".md":
            assert heading in _anchors(to), f"{page_name(path)} links to {target}: no such heading"


_WRITTEN_FOR_SOMEBODY = [path for path in pages() if path.parent.parent == DOCS and path.parent.name != "decisions"]


@pytest.mark.parametrize("path", _WRITTEN_FOR_SOMEBODY, ids=page_name)
def test_the_page_says_in_its_first_lines_whom_it_is_for(path: Path) -> None:
    beginning = " ".join(path.read_text(encoding="utf-8").splitlines()[:8])
    assert re.search(r"\b[Ff]or (the|an?|any|every|who|everybody|attorneys|engineers|agencies)", beginning), beginning


def test_the_generated_pages_are_current() -> None:
    ended = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def _leaves(command: click.Command, path: str) -> list[str]:
    if not isinstance(command, click.Group):
        return [path]
    context = click.Context(command)
    names = command.list_commands(context)
    found = [(name, command.get_command(context, name)) for name in names]
    return [leaf for name, inner in found if inner is not None for leaf in _leaves(inner, f"{path} {name}")]


@pytest.mark.parametrize("name", _leaves(cli, "fe-contracts"))
def test_every_command_has_a_section_and_stands_in_a_list(name: str) -> None:
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert f"\n## {name}\n" in text
    assert f"| [{name}](#" in text


def test_every_command_that_a_page_shows_exists() -> None:
    known = _leaves(cli, "fe-contracts")
    for path in pages():
        for block in blocks_of(path):
            for command in re.findall(r"^(?:\$ )?(fe-contracts [a-z].*)$", block.text, flags=re.MULTILINE):
                assert any(f"{command} ".startswith(f"{name} ") for name in known), f"{block.where}: {command}"


def _codes_in_source() -> set[str]:
    """Return every code of a finding; the lint of a Word file numbers its own."""
    found = set()
    for file in (*(ROOT / "src").rglob("*.py"), *(ROOT / "cli").rglob("*.py")):
        own = " in a Word file" if file.parts[-2:] == ("word", "lint.py") else ""
        codes = re.findall(r'"([A-Z]{2,12}[0-9]{3})"', file.read_text(encoding="utf-8"))
        found |= {code + (own if code.startswith("LINT") else "") for code in codes}
    return found


def test_every_code_in_the_program_has_one_row_and_every_row_a_code() -> None:
    text = (DOCS / "reference" / "findings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[?([A-Z]{2,12}[0-9]{3}(?: in a Word file)?)(?:\]\(\S+\))? \|", text, flags=re.MULTILINE)
    assert len(rows) == len(set(rows)), "a code has two rows"
    assert _codes_in_source() - set(rows) == set(), "these have no row in docs/reference/findings.md"
    assert set(rows) - _codes_in_source() == set(), "these have a row and are in no source file"


def test_every_code_that_a_page_names_exists() -> None:
    known = {code.split()[0] for code in _codes_in_source()}
    for path in pages():
        text = path.read_text(encoding="utf-8")
        named = set(_CODE.findall(text)) - set(re.findall(r"^code: (\w+)$", text, flags=re.MULTILINE))  # made there
        assert named <= known, f"{page_name(path)} names {sorted(named - known)}"


def test_every_computed_value_has_a_row_in_the_clause_format() -> None:
    text = (DOCS / "reference" / "clause-format.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `computed\.([a-z_]+)` \|", text, flags=re.MULTILINE)
    assert sorted(rows) == sorted({*COMPUTED, *COMPUTED_OF_FUND, DEFERRED})


def test_the_table_of_layers_is_that_of_the_check() -> None:
    text = (DOCS / "explanation" / "architecture.md").read_text(encoding="utf-8").partition("| layer |")[2]
    told = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in text.partition("\n\n")[0].splitlines()[2:]]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (kept,) = [item["layers"] for item in settings["contracts"] if item["id"] == "layers"]
    held = [name.strip("() ") for line in kept for name in line.split("|")]
    assert sorted(name for line in told for name in line) == sorted(held)


def test_the_picture_of_a_page_is_there_small_and_shown() -> None:
    content = PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 200_000
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"!\[[^\]]{30,}\]\(docs/images/contract-page\.png\)", readme), "shown, with a text in its place"
    assert "python docs/picture.py" in readme
    assert (DOCS / "picture.py").exists()


def test_readme_and_index_say_that_this_is_no_legal_advice() -> None:
    for path in (ROOT / "README.md", DOCS / "index.md", ROOT / "clause_library" / "README.md"):
        text = " ".join(path.read_text(encoding="utf-8").split()).lower()
        assert "no legal advice" in text, path
        assert "approved by nobody" in text or "nobody has approved" in text, path
