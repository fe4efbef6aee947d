"""Financial empowerment clauses in city sub-contracts: a spec goes in, a checked Word contract comes out."""

__version__ = "0.1.0"
