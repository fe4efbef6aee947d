"""Write, read and check Word files: the only code that knows OOXML."""

from __future__ import annotations

from fe_contracts.word.house_style import HouseStyle, load_house_style
from fe_contracts.word.inspection import FoundBy, FoundClause, FoundValue, Inspection
from fe_contracts.word.lint import lint
from fe_contracts.word.package import Limits, Package, read_package
from fe_contracts.word.pdf import to_pdf
from fe_contracts.word.reader import inspect
from fe_contracts.word.starter import starter_house_style
from fe_contracts.word.writer import write

__all__ = [
    "FoundBy",
    "FoundClause",
    "FoundValue",
    "HouseStyle",
    "Inspection",
    "Limits",
    "Package",
    "inspect",
    "lint",
    "load_house_style",
    "read_package",
    "starter_house_style",
    "to_pdf",
    "write",
]
