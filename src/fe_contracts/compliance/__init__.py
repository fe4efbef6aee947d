"""Rules by code, run against a spec: what they find is data, never an exception."""

from __future__ import annotations

from fe_contracts.compliance import coherence as coherence
from fe_contracts.compliance.coverage import check_coverage
from fe_contracts.compliance.rules import Breach, Rule, all_rules, check_spec, rule

__all__ = ["Breach", "Rule", "all_rules", "check_coverage", "check_spec", "rule"]
