"""Bring files in and out: YAML, JSON and tables with places, size limits, atomic writing, the bundled data.

This layer knows no clause and no contract: models are handed to it by the layers above.
"""

from fe_contracts.sources.bundled import bundled
from fe_contracts.sources.checking import checked, problems_of, try_checked
from fe_contracts.sources.loaded import Loaded, Path_, digest_of, field_name
from fe_contracts.sources.overlays import field_path, overlaid, overlay
from fe_contracts.sources.reading import parse_json, parse_yaml, read_bytes, read_data, read_text
from fe_contracts.sources.tables import TableRow, read_table
from fe_contracts.sources.writing import write_atomic

__all__ = [
    "Loaded",
    "Path_",
    "TableRow",
    "bundled",
    "checked",
    "digest_of",
    "field_name",
    "field_path",
    "overlaid",
    "overlay",
    "parse_json",
    "parse_yaml",
    "problems_of",
    "read_bytes",
    "read_data",
    "read_table",
    "read_text",
    "try_checked",
    "write_atomic",
]
