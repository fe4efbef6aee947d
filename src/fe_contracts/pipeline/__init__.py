"""The story from top to bottom: load, validate, assemble, write."""

from __future__ import annotations

from fe_contracts.pipeline.checking import validate, validate_change
from fe_contracts.pipeline.contracts import AssembledContract, assemble
from fe_contracts.pipeline.specs import load_spec, located, spec_of

__all__ = ["AssembledContract", "assemble", "load_spec", "located", "spec_of", "validate", "validate_change"]
