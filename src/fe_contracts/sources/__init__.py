"""Bring files in and out: YAML, JSON and tables with places, size limits, atomic writing, the bundled data.

This layer knows no clause and no contract: models are handed to it by the layers above. Tables and what is laid over
a base spec stand in modules of their own, `tables` and `overlays`, which one contract does not need.
"""

from fe_contracts.sources.bundled import bundled
from fe_contracts.sources.checking import checked, problems_of, try_checked
from fe_contracts.sources.loaded import Loaded, Path_, digest_of, field_name
from fe_contracts.sources.reading import parse_json, parse_yaml, read_bytes, read_data, read_text
from fe_contracts.sources.writing import write_atomic

__all__ = [
    "Loaded",
    "Path_",
    "bundled",
    "checked",
    "digest_of",
    "field_name",
    "parse_json",
    "parse_yaml",
    "problems_of",
    "read_bytes",
    "read_data",
    "read_text",
    "try_checked",
    "write_atomic",
]
