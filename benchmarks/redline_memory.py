"""Tell how much memory a program took at its peak, with what it started.

A process begins with the peak of the one it was forked from, so a large parent would count as the child's memory. A
small launcher stands between: a Python without site packages, which starts the program, waits, and says what the system
noted of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["peak"]

_LAUNCHER = """
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet), 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def peak(command: tuple[str, ...], env: Mapping[str, str]) -> float | None:
    """Return the megabytes of the largest process of this program at its peak, or `None` where the system tells none.

    Raises:
        subprocess.CalledProcessError: if the program does not end with 0.
    """
    if not hasattr(os, "wait4"):
        return None
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command]
    told = subprocess.run(launcher, env=dict(env), check=True, capture_output=True, text=True)
    unit = 1 if sys.platform == "darwin" else 1024
    return int(told.stdout) * unit / 1e6
