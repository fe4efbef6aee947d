"""Configure the documentation: Markdown pages by folder, and the Python reference from the docstrings."""

from __future__ import annotations

from typing import Any

import fe_contracts

project = "fe-contracts"
author = "The fe-contracts authors"
copyright = author
release = version = fe_contracts.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "changelog.d"]

html_theme = "furo"
html_title = f"fe-contracts {release}"

# Headings can be linked to, as on a code host: page.md#a-heading.
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]

autodoc_member_order = "groupwise"
autodoc_typehints = "description"
autodoc_typehints_format = "short"
autoclass_content = "class"
# What pydantic puts into each model is not ours to document.
autodoc_default_options = {"exclude-members": "model_config, model_fields, model_computed_fields"}

# The build reaches no network, so names of other projects cannot be looked up; and a public signature may
# speak of a type that stands deeper than the public names. The public names themselves must resolve.
nitpick_ignore_regex = [("py:.*", r"(?!fe_contracts\.\w+$).*")]


def _leave_out_what_the_page_says(_app: Any, what: str, name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Drop the docstring of the package: reference/python.md begins with the same words and runs its example."""
    if (what, name) == ("module", "fe_contracts"):
        lines.clear()


def setup(app: Any) -> None:
    """Connect to Sphinx."""
    app.connect("autodoc-process-docstring", _leave_out_what_the_page_says)
