"""Mutate the engine itself and the values by date: each mutant runs their tests in a process of its own.

Run as a program, this file is that process: it lets Python find the mutant for the module, then runs pytest.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.util
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from tests.mutation.operators import Mutant

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "fe_contracts"
MODULES = (
    "effective",
    "compliance.citing",
    "compliance.coverage",
    "compliance.engine",
    "compliance.packs",
    "compliance.pairing",
    "compliance.rules",
)
TESTS = {
    "effective": ("tests/effective", "tests/model/test_requirement.py"),
    "compliance.citing": ("tests/compliance/test_citing.py",),
    "compliance.coverage": ("tests/compliance/test_coverage.py",),
}
FRAME = (
    "tests/compliance/test_engine.py",
    "tests/compliance/test_finished.py",
    "tests/compliance/test_packs.py",
    "tests/pipeline/test_checking.py",
)
SECONDS = 120


def source_of(module: str) -> str:
    """Return the source of a module of the frame."""
    return (SOURCES / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")


def sound(module: str) -> bool:
    """Return whether the tests pass with the module as it is: only then can they judge a mutant."""
    return passes(module, SOURCES / f"{module.replace('.', '/')}.py")


def survivors(module: str, mutants: Sequence[Mutant]) -> Iterator[Mutant]:
    """Yield the mutants that no test notices."""
    workers = min(4, os.cpu_count() or 1)
    with TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        files = []
        for place, mutant in enumerate(mutants):
            files.append(Path(folder) / f"mutant_{place}.py")
            files[-1].write_text(ast.unparse(mutant.tree), encoding="utf-8")
        for mutant, lives in zip(mutants, pool.map(lambda file: passes(module, file), files), strict=True):
            if lives:
                yield mutant


def passes(module: str, file: Path) -> bool:
    """Return whether all tests of the module pass with this source in its place."""
    command = [sys.executable, __file__, f"fe_contracts.{module}", str(file), *TESTS.get(module, FRAME)]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


class _Finder(importlib.abc.MetaPathFinder):
    """Find the mutant where the module is asked for."""

    def __init__(self, name: str, file: str) -> None:
        self.name, self.file = name, file

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return where the module's source is."""
        del path, target
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.file)


if __name__ == "__main__":
    import pytest

    name, file, *tests = sys.argv[1:]
    sys.path.pop(0)  # this folder, which is no place to import from
    sys.meta_path.insert(0, _Finder(name, file))
    # a mutant is judged by the examples that failed before or fail at once: no search for the smallest one
    sys.exit(pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]))
