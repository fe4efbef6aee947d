"""Run a redline engine in a process of its own, the others in a virtual environment where nothing of ours is installed.

`redline_child.py ENGINE OLD NEW OUT` makes one redline and ends, as a person's script would. With `resident`, which is
docx-scalpel, or `ours` as the engine it stays: for each line that comes in, it makes the redline from bytes to bytes,
and answers with the seconds that took; the last one is written in the end.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

AUTHOR = "Benchmark"
DATE = "2026-01-01T00:00:00Z"


def docxodus(old: str, new: str, out: str) -> None:
    """Redline with python-redlines and its Docxodus engine, as its documentation shows it."""
    from python_redlines import DocxodusEngine  # type: ignore[import-not-found]

    made, _, _ = DocxodusEngine().run_redline(AUTHOR, Path(old), Path(new), date_time=DATE)
    Path(out).write_bytes(made)


def trackdiff(old: str, new: str, out: str) -> None:
    """Redline with docx-trackdiff, through what its command calls."""
    from docx_trackdiff.compare import main  # type: ignore[import-not-found]

    sys.argv = ["docx-trackdiff", old, new, out, "--author", AUTHOR, "--date", DATE]
    main()


def scalpel(old: str, new: str, out: str) -> None:
    """Redline with docx-scalpel, which starts a Docxodus of its own and asks it."""
    from docx_scalpel import docx_diff_compare  # type: ignore[import-not-found]

    Path(out).write_bytes(docx_diff_compare(Path(old).read_bytes(), Path(new).read_bytes()))


def resident(old: str, new: str, out: str) -> None:
    """Redline with docx-scalpel each time a line comes in, and answer with the seconds."""
    from docx_scalpel import docx_diff_compare

    _stay(docx_diff_compare, old, new, out)


def ours(old: str, new: str, out: str) -> None:
    """Redline with fe-contracts each time a line comes in; started in this project's own environment."""
    from fe_contracts import redline

    _stay(lambda before, after: redline(before, after).to_bytes(), old, new, out)


def _stay(work: Callable[[bytes, bytes], bytes], old: str, new: str, out: str) -> None:
    import time

    before, after, made = Path(old).read_bytes(), Path(new).read_bytes(), b""
    for _ in sys.stdin:
        start = time.perf_counter()
        made = work(before, after)
        print(time.perf_counter() - start, flush=True)
    Path(out).write_bytes(made)


if __name__ == "__main__":
    engines = (docxodus, trackdiff, scalpel, resident, ours)
    {engine.__name__: engine for engine in engines}[sys.argv[1]](*sys.argv[2:])
