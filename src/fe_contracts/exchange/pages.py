"""Make pages that need nothing else: style and script inside, named by their digests, and nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["content_policy", "page_environment", "page_part", "visible"]

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What a page must not hold, and what turns the reading order of a text around unseen."""

_FOLDER = "fe_contracts.exchange"


@cache
def page_part(name: str) -> str:
    """Return one of the files that stand beside this module, its line ends as browsers count them for a digest."""
    return (files(_FOLDER) / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def page_environment() -> Environment:
    """Return what renders a page's template: escaping everything, refusing names it does not know."""
    from jinja2 import Environment, StrictUndefined

    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=visible
    )


def visible(value: Any) -> Any:
    """Return a text with what would stay unseen in it named, such as `[U+202E]`; anything else as it is."""
    if type(value) is str:
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", lines)
    return value


def content_policy(css: str, js: str = "") -> str:
    """Return the content security policy: this style, this script if there is one, and nothing from anywhere."""
    script = f"script-src '{_digest(js)}'; " if js else ""
    return f"default-src 'none'; style-src '{_digest(css)}'; {script}img-src data:; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    """Return a text's digest as a content security policy writes it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
