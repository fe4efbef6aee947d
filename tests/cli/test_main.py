"""The command as a whole: its help, its exit codes, and what ends it early."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from tests.cli.small import environment, run

import fe_contracts
from fe_contracts.exceptions import MissingToolError
from fe_contracts_cli import main

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "pydantic",
    "lxml",
    "babel",
    "rich",
    "yaml",
    "jinja2",
    "docx",
    "docxtpl",
    "openpyxl",
    "fe_contracts.exceptions",
)


def every_command(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    found = [(name, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            inner = command.get_command(context, child)
            assert inner is not None
            found += every_command(inner, f"{name} {child}")
    return found


ALL = every_command(main.cli, "fe-contracts")


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fe_contracts_cli", *map(str, arguments)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], []])
def test_help_and_version_import_only_click(arguments: list[str]) -> None:
    code = f"""
import sys
from fe_contracts_cli.main import cli
try:
    cli({arguments!r}, prog_name="fe-contracts")
except SystemExit as end:
    print("code", end.code)
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n"), done.stdout
    assert done.stdout or done.stderr


@pytest.mark.parametrize("name", main.COMMANDS)
def test_the_help_of_the_table_is_the_command_s_own(name: str) -> None:
    command = main.cli.get_command(click.Context(main.cli), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=200) == main.COMMANDS[name]
    assert command.help is not None
    assert command.help.startswith(main.COMMANDS[name].rstrip(".")[:20])


def test_the_help_lists_each_command_on_one_line() -> None:
    shown = run("--help").stdout
    for name, told in main.COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(told)}$", shown, re.MULTILINE), name


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_each_command_explains_itself_in_sentences_and_with_an_example(name: str, command: click.Command) -> None:
    shown = CliRunner().invoke(main.cli, [*name.split()[1:], "--help"])
    assert shown.exit_code == 0
    assert command.help is not None
    assert command.help.strip().endswith(".")
    if not isinstance(command, click.Group):
        assert f"  {name} " in shown.stdout or f"  {name}\n" in shown.stdout  # the example
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{name} {parameter.name}"
            assert parameter.help.endswith((".", ")."))


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_each_command_that_tells_something_tells_it_as_json_too(name: str, command: click.Command) -> None:
    if not isinstance(command, click.Group):
        assert {"as_json", "form"} & {parameter.name for parameter in command.params}, name


def test_the_version_is_that_of_the_library() -> None:
    assert run("--version").stdout == f"fe-contracts {fe_contracts.__version__}\n"


def test_a_misspelt_command_names_the_nearest() -> None:
    done = run("assembles")
    assert done.exit_code == 2
    assert "assemble" in done.stderr


def test_a_missing_argument_could_not_run() -> None:
    assert run("validate").exit_code == 2
    assert run("validate", "--nonsense").exit_code == 2


def test_what_the_library_raises_on_purpose_is_a_message_and_exit_code_2(spec_file: Path, library: Path) -> None:
    done = run("catalog", "why", "FE-4", spec_file, "--catalog", library)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: The catalog holds no clause 'FE-4'.")


def test_with_json_an_error_is_json_too(spec_file: Path, library: Path) -> None:
    done = run("catalog", "why", "FE-4", spec_file, "--catalog", library, "--format", "json")
    told = json.loads(done.stdout)
    assert told["exit_code"] == done.exit_code == 2
    assert told["error"]["kind"] == "UnknownClauseError"
    assert told["error"]["message"] in done.stderr.replace("\n", " ")


def test_an_error_with_places_shows_each_of_them(tmp_path: Path) -> None:
    done = run("catalog", "list", "--catalog", tmp_path, "--format", "json")
    assert done.exit_code == 2
    (finding,) = json.loads(done.stdout)["error"]["findings"]
    assert finding["code"] == "CATALOG030"
    assert finding["remedy"] in done.stderr


def test_an_unexpected_error_is_not_swallowed(monkeypatch: pytest.MonkeyPatch, spec_file: Path) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fe_contracts, "load_catalog", faulty)
    done = CliRunner().invoke(main.cli, ["validate", str(spec_file)])
    assert isinstance(done.exception, ZeroDivisionError)


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, spec_file: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fe_contracts, "load_catalog", interrupted)
    done = CliRunner().invoke(main.cli, ["validate", str(spec_file)])
    assert (done.exit_code, done.stderr) == (130, "\nInterrupted.\n")


def test_a_missing_tool_could_not_run(monkeypatch: pytest.MonkeyPatch, spec_file: Path) -> None:
    def missing(*_: object) -> None:
        raise MissingToolError("LibreOffice", "It is not installed.", "Install it.")

    monkeypatch.setattr(fe_contracts, "load_catalog", missing)
    done = CliRunner().invoke(main.cli, ["validate", str(spec_file)])
    assert (done.exit_code, done.stderr) == (2, "Error: LibreOffice: It is not installed. Install it.\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes are closed otherwise on Windows")
def test_a_reader_that_leaves_early_is_no_fault(library: Path) -> None:
    command = [sys.executable, "-m", "fe_contracts_cli", "catalog", "show", "FE-04", "--catalog", str(library)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, env=environment(), stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_output_that_a_console_cannot_print_is_replaced(library: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.yaml"
    odd.write_text("契約: 1\n", encoding="utf-8")
    ascii_only = {**environment(), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    command = [sys.executable, "-m", "fe_contracts_cli", "validate", str(odd), "--catalog", str(library)]
    done = subprocess.run(command, env=ascii_only, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert "契約" in done.stdout.decode("utf-8")  # a file or pipe gets UTF-8


def test_no_colours_reach_a_file_or_pipe(library: Path, spec_file: Path) -> None:
    assert "\x1b" not in program("validate", spec_file, "--catalog", library).stdout


@pytest.mark.skipif(os.name == "nt", reason="pty is not there on Windows")
@pytest.mark.parametrize(("extra", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_gets_colours_and_wrapped_lines_unless_it_wants_none(
    library: Path, extra: dict[str, str], *, coloured: bool
) -> None:
    import pty

    parent, child = pty.openpty()
    command = [sys.executable, "-m", "fe_contracts_cli", "catalog", "show", "FE-05", "--catalog", str(library)]
    variables = {**environment(), "COLUMNS": "60", "TERM": "xterm", **extra}
    variables.pop("NO_COLOR", None) if "NO_COLOR" not in extra else None
    subprocess.run(command, env=variables, stdout=child, check=True)
    os.close(child)
    shown = b""
    while True:
        try:
            piece = os.read(parent, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(parent)
    assert (b"\x1b[" in shown) is coloured
    plain = re.sub(rb"\x1b\[[0-9;]*m", b"", shown).decode()
    assert max(len(line) for line in plain.splitlines()) <= 60
