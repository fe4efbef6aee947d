"""Find the other redline engines, or install them: `python -m benchmarks.redline_peers FOLDER`.

They are programs of other people with dependencies of their own, among them .NET binaries of a hundred megabytes. So
they live in a virtual environment apart, and this project never imports them: `redline_child.py` runs there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from types import TracebackType

__all__ = [
    "ENGINES",
    "REQUIREMENTS",
    "SCRIPT",
    "VARIABLE",
    "Engine",
    "Engines",
    "Resident",
    "Unavailable",
    "found",
    "install",
    "main",
    "own_command",
]

VARIABLE = "FE_CONTRACTS_BENCHMARK_ENGINES"
"""The environment variable that names the folder of the virtual environment."""

SCRIPT = "import sys; from fe_contracts import redline; redline(sys.argv[1], sys.argv[2]).save(sys.argv[3])"
"""What a person's script does with our own engine, whole; the other engines' are in `redline_child.py`."""

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "redline-engines.txt"
_CHILD = Path(__file__).with_name("redline_child.py")


class Unavailable(Exception):  # noqa: N818 - no error: the measurement goes on without the peers
    """The engines are not at hand; the message says how to get them."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Another engine: its name in `redline_child.py`, and what it is called in the tables."""

    name: str
    title: str
    distribution: str
    licence: str


ENGINES = (
    Engine("docxodus", "python-redlines (Docxodus)", "python-redlines", "MIT"),
    Engine("trackdiff", "docx-trackdiff", "docx-trackdiff", "MIT"),
)
"""The engines that a script calls for one pair; docx-scalpel, which stays resident, is timed apart."""


def _python(folder: Path) -> Path:
    places = (folder / "bin" / "python", folder / "Scripts" / "python.exe")
    return next((place for place in places if place.is_file()), places[0])


@dataclass(frozen=True, slots=True)
class Engines:
    """The virtual environment that holds the engines."""

    folder: Path

    def command(self, name: str, *files: Path) -> tuple[str, ...]:
        """Return the command that runs one of them on these files, in a Python that finds only its own modules."""
        return (str(_python(self.folder)), "-P", str(_CHILD), name, *map(str, files))

    def env(self, base: dict[str, str]) -> dict[str, str]:
        """Return the surroundings: what an engine unpacks when first used stays in this folder."""
        return {**base, "XDG_CACHE_HOME": str(self.folder / "cache")}

    def versions(self) -> dict[str, str]:
        """Return the installed version of each distribution that counts."""
        code = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
        names = [*(engine.distribution for engine in ENGINES), "docx-scalpel"]
        told = subprocess.run(
            [str(_python(self.folder)), "-c", code, *names], check=True, capture_output=True, text=True
        )
        return dict(zip(names, told.stdout.split(), strict=True))


def own_command(*files: Path) -> tuple[str, ...]:
    """Return the command that keeps our own engine warm on these files, alone in a process as the other is."""
    return (sys.executable, "-P", str(_CHILD), "ours", *map(str, files))


def _default() -> Path:
    return user_cache_path("fe-contracts-benchmarks", appauthor=False) / "redline-engines"


def found() -> Engines:
    """Return the engines that the environment variable names, or those that were installed at the usual place.

    Raises:
        Unavailable: if there are none.
    """
    folder = Path(os.environ.get(VARIABLE) or _default())
    engines = Engines(folder)
    if not _python(folder).is_file():
        message = f"no engines in {VARIABLE} or the cache; python -m benchmarks.redline_peers installs them"
        raise Unavailable(message)
    try:
        engines.versions()
    except (OSError, subprocess.SubprocessError):
        message = f"the folder that {VARIABLE} names lacks some of them; python -m benchmarks.redline_peers adds them"
        raise Unavailable(message) from None
    return engines


def install(folder: Path) -> Engines:
    """Make a virtual environment in the folder, if there is none, and install the engines at the versions pinned."""
    if not _python(folder).is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(_python(folder)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(REQUIREMENTS)], check=True)
    return Engines(folder)


class Resident:
    """A warm engine with one pair, ready to redline."""

    def __init__(self, command: tuple[str, ...], env: dict[str, str]) -> None:
        self._command, self._env = command, env
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        """Start it."""
        self._process = subprocess.Popen(
            self._command, env=self._env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let it end."""
        if self._process is not None:
            self._process.communicate(timeout=60)

    def render(self) -> float:
        """Redline once; return the engine's own seconds."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise RuntimeError("Use it in a with statement.")
        process.stdin.write("\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("The engine ended; its message stands above.")
        return float(line)


def main(arguments: list[str] | None = None) -> int:
    """Install the engines, and say where."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) > 1 or any(item.startswith("-") for item in given):
        print("usage: python -m benchmarks.redline_peers [FOLDER]", file=sys.stderr)
        return 2
    engines = install(Path(given[0]).resolve() if given else _default())
    told = ", ".join(f"{name} {number}" for name, number in engines.versions().items())
    print(f"{told}\n{VARIABLE}={engines.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
