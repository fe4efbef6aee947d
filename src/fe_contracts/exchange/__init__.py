"""Other people's formats: what was found or made here, for people who have no program for it.

Each format stands in a module of its own, which is imported when it is wanted.
"""

from __future__ import annotations
