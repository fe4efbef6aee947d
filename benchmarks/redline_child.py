"""Run another redline engine, in that engine's own virtual environment: nothing of this project is imported here.

`redline_child.py ENGINE OLD NEW OUT` makes one redline and ends, as a person's script would. With `resident` as the
engine it stays: for each line that comes in, it makes the redline from bytes to bytes and answers with the seconds
that took; the last one is written in the end.
"""

from __future__ import annotations

import sys
from pathlib import Path

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
    import time

    from docx_scalpel import docx_diff_compare

    before, after, made = Path(old).read_bytes(), Path(new).read_bytes(), b""
    for _ in sys.stdin:
        start = time.perf_counter()
        made = docx_diff_compare(before, after)
        print(time.perf_counter() - start, flush=True)
    Path(out).write_bytes(made)


if __name__ == "__main__":
    {"docxodus": docxodus, "trackdiff": trackdiff, "scalpel": scalpel, "resident": resident}[sys.argv[1]](*sys.argv[2:])
