"""Make the report that an agency fills in, read it back, hold it against the contract, and add many up."""

from __future__ import annotations
