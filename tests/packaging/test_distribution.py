"""What a user gets: the wheel, the sdist and the editable install each carry the command and the data.

`cli/`, `clause_library/`, `schemas/` and `examples/` stand outside `src/`, so by default none of them would
reach an installed user. These tests build the real files and look from outside, in processes of their own.
"""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import fe_contracts

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = ("clause_library", "schemas", "examples")
LEFT_OUT = {".venv", ".git", "out", "dist", "build", "node_modules", "_build", "__pycache__"}

READ_A_CLAUSE = """
import json, pathlib
import fe_contracts
from fe_contracts.sources import bundled

catalog = fe_contracts.load_catalog()
print(json.dumps({
    "module": fe_contracts.__file__,
    "library": str(bundled("clause_library")),
    "clause": catalog["FE-04"].id,
    "pilot": (bundled("examples") / "pilot.yaml").is_file(),
    "schemas": len(list(bundled("schemas").glob("*.schema.json"))),
}))
"""


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Run a program away from the checkout and from the coverage of this run; return what it printed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTHON"))}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    environment |= {"FE_CONTRACTS_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def clone(folder: Path) -> Path:
    """Copy what a fresh clone would hold: nothing that a build or a run leaves behind."""
    left_out = shutil.ignore_patterns(*LEFT_OUT, ".*_cache", ".coverage*")
    return shutil.copytree(CHECKOUT, folder, ignore=left_out)


def files_of(folder: str) -> set[str]:
    """List the files of one folder of the checkout, as paths that start with the folder's name."""
    found = (file.relative_to(CHECKOUT) for file in (CHECKOUT / folder).rglob("*") if file.is_file())
    return {file.as_posix() for file in found if LEFT_OUT.isdisjoint(file.parts)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build the sdist from the checkout and the wheel from the sdist, as a release does, off line."""
    folder = tmp_path_factory.mktemp("distribution")
    source = clone(folder / "clone")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", source, cwd=folder)
    (wheel,), (sdist,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into an empty folder."""
    folder = tmp_path_factory.mktemp("installed")
    install = ("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", folder, built[0])
    run(sys.executable, *install, cwd=folder)
    return folder


def test_an_installed_wheel_reads_its_own_library(installed: Path, tmp_path: Path) -> None:
    seen: dict[str, Any] = json.loads(run(sys.executable, "-c", READ_A_CLAUSE, cwd=tmp_path, path=installed))
    assert Path(seen["module"]).is_relative_to(installed)
    assert Path(seen["library"]) == installed / "fe_contracts" / "_bundled" / "clause_library"
    assert seen["clause"] == "FE-04"
    assert seen["pilot"]
    assert seen["schemas"] > 0


def test_an_installed_wheel_brings_the_command(installed: Path, tmp_path: Path) -> None:
    command = installed / "bin" / "fe-contracts"
    if os.name == "nt":
        command = command.with_suffix(".exe")
    assert command.is_file()
    printed = run(command, "--version", cwd=tmp_path, path=installed)
    assert fe_contracts.__version__ in printed


def test_the_wheel_names_its_command_its_licences_and_nothing_of_the_tests(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[0]) as wheel:
        names = set(wheel.namelist())
        information = next(name.split("/")[0] for name in names if ".dist-info/" in name)
        entry_points = configparser.ConfigParser()
        entry_points.read_string(wheel.read(f"{information}/entry_points.txt").decode())
    assert dict(entry_points["console_scripts"]) == {"fe-contracts": "fe_contracts_cli.main:main"}
    assert {f"{information}/licenses/LICENSE", f"{information}/licenses/clause_library/LICENSE"} <= names
    assert {name.split("/")[0] for name in names} == {"fe_contracts", "fe_contracts_cli", information}
    assert {"fe_contracts/py.typed", "fe_contracts_cli/main.py"} <= names


@pytest.mark.parametrize("folder", DATA)
def test_the_wheel_holds_every_data_file(built: tuple[Path, Path], folder: str) -> None:
    inside = "fe_contracts/_bundled/"
    with zipfile.ZipFile(built[0]) as wheel:
        names = {name.removeprefix(inside) for name in wheel.namelist()}
    held = {name for name in names if name.startswith(f"{folder}/")}
    assert held == files_of(folder) != set()


def test_the_package_index_would_show_the_readme(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[0]) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        shown = wheel.read(name).decode()
    readme = CHECKOUT / "README.md"
    assert readme.is_file(), "README.md is missing."
    assert readme.read_text(encoding="utf-8").strip() in shown, 'Give readme = "README.md" in pyproject.toml.'


def test_the_sdist_holds_all_that_a_build_and_a_test_run_need(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as sdist:
        held = {name.partition("/")[2] for name in sdist.getnames()}
    needed = {"LICENSE", "Makefile", "README.md", "pyproject.toml", "requirements/lock.txt", ".ci/run"}
    for folder in (*DATA, "src", "cli", "tests", "docs"):
        needed |= files_of(folder)
    assert needed - held == set()
    assert not {name for name in held if not LEFT_OUT.isdisjoint(name.split("/"))}


def test_an_editable_install_reads_the_library_of_the_checkout(tmp_path: Path) -> None:
    source = clone(tmp_path / "clone")
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    # The new interpreter borrows pip, hatchling and the libraries from this one, behind its own packages.
    (packages,) = (tmp_path / "venv").rglob("site-packages")
    here = Path(str(metadata.distribution("hatchling").locate_file(""))).resolve()
    (packages / "borrowed.pth").write_text(f"{here}\n", encoding="utf-8")
    run(python, "-m", "pip", "install", *options, "--ignore-installed", "--editable", source, cwd=tmp_path)
    seen: dict[str, Any] = json.loads(run(python, "-c", READ_A_CLAUSE, cwd=tmp_path))
    assert Path(seen["module"]) == source / "src" / "fe_contracts" / "__init__.py"
    assert Path(seen["library"]) == source / "clause_library"
    assert seen["clause"] == "FE-04"
    assert not (packages / "fe_contracts").exists()
    assert fe_contracts.__version__ in run(scripts / "fe-contracts", "--version", cwd=tmp_path)


def test_the_version_in_the_code_is_the_one_of_the_metadata() -> None:
    assert fe_contracts.__version__ == metadata.version("fe-contracts")


def test_the_lock_names_releases_and_hashes_and_no_place_on_the_network() -> None:
    lock = (CHECKOUT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock
    entries = lock.replace("\\\n", "").splitlines()
    pinned = [entry for entry in entries if entry and not entry.startswith("#")]
    assert pinned
    assert [entry for entry in pinned if "==" not in entry or "--hash=sha256:" not in entry] == []
