"""Run docxtemplater in one warm node process that takes its own time, so that node's start does not count."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["VERSION", "Unavailable", "WarmNode", "installed"]

VERSION = "3.71.0"
_PIZZIP = "3.3.0"
_RUNNER = Path(__file__).with_name("docxtemplater.cjs")


class Unavailable(Exception):  # noqa: N818 - no error: the measurement goes on without this side
    """Node, npm or the packages are not at hand; the message says which."""


def _folder() -> Path:
    return user_cache_path("fe-contracts-benchmarks", appauthor=False) / f"docxtemplater-{VERSION}"


def installed(*, fetch: bool) -> Path:
    """Return the folder of the npm packages, fetched once into the user's cache folder.

    Raises:
        Unavailable: if they are not there and cannot, or must not, be fetched.
    """
    modules = _folder() / "node_modules"
    if shutil.which("node") is None:
        raise Unavailable("node is not installed")
    if (modules / "docxtemplater").is_dir() and (modules / "pizzip").is_dir():
        return modules
    npm = shutil.which("npm")
    if not fetch or npm is None:
        raise Unavailable("npm is not installed" if fetch else "its npm packages are not in the cache yet")
    _folder().mkdir(parents=True, exist_ok=True)
    packages = [f"docxtemplater@{VERSION}", f"pizzip@{_PIZZIP}"]
    options = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
    install = [npm, "install", "--prefix", str(_folder()), *options, *packages]
    try:
        subprocess.run(install, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        raise Unavailable(f"npm could not fetch its packages: {error}") from error
    return modules


class WarmNode:
    """A node process with one template and its values, ready to render."""

    def __init__(self, modules: Path, template: Path, values: Path) -> None:
        self._command = [shutil.which("node") or "node", str(_RUNNER), str(template), str(values)]
        self._env = {**os.environ, "NODE_PATH": str(modules)}
        self._node: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        """Start node."""
        self._node = subprocess.Popen(
            self._command, env=self._env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let node end."""
        if self._node is not None:
            if self._node.stdin:
                self._node.stdin.close()
            self._node.wait(timeout=30)
            if self._node.stdout:
                self._node.stdout.close()

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        if self._node is None or self._node.stdin is None or self._node.stdout is None:
            raise RuntimeError("Use it in a with statement.")
        self._node.stdin.write(json.dumps(question) + "\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        if not line:
            raise RuntimeError("node ended; its message stands above.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def render(self) -> float:
        """Render once, from the template's file to the bytes of the output; return node's own seconds."""
        return float(self._ask({})["seconds"])

    def save(self, path: Path) -> None:
        """Render once and write the output to a file."""
        self._ask({"save": str(path)})
