"""Rules by code, run against a spec, a finished contract or a change: what they find is data, never an exception."""

from __future__ import annotations

from fe_contracts.compliance import coherence as coherence
from fe_contracts.compliance.coverage import check_coverage
from fe_contracts.compliance.engine import UNJUDGED, check_change, check_contract, check_spec, rules_of_law
from fe_contracts.compliance.packs import RulePack
from fe_contracts.compliance.pairing import pair
from fe_contracts.compliance.remnants import check_remnants
from fe_contracts.compliance.rules import Breach, Change, Demand, Finished, LawRule, Rule, all_rules, rule

__all__ = [
    "UNJUDGED",
    "Breach",
    "Change",
    "Demand",
    "Finished",
    "LawRule",
    "Rule",
    "RulePack",
    "all_rules",
    "check_change",
    "check_contract",
    "check_coverage",
    "check_remnants",
    "check_spec",
    "pair",
    "rule",
    "rules_of_law",
]
