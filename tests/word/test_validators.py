"""Two validators that are not ours, on everything that we write."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openxml_audit import OpenXmlValidator
from tests.tools import require_tool
from tests.word.sample import long_contract, small_contract

from fe_contracts.word import starter_house_style, write

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.word import HouseStyle
    from fe_contracts.word.looks import LookName


@pytest.fixture(params=["small", "long", "draft", "starter"])
def file(request: pytest.FixtureRequest, look: LookName, style: HouseStyle, tmp_path: Path) -> Path:
    """Each kind of file in each look."""
    made = {
        "small": lambda: write(small_contract(), style),
        "long": lambda: write(long_contract(), style),
        "draft": lambda: write(replace(small_contract(), drafts=("FE-01@1.0.0",), form_approval=""), style),
        "starter": lambda: starter_house_style(look),
    }
    path = tmp_path / f"{request.param}.docx"
    path.write_bytes(made[request.param]())
    return path


def test_openxml_audit_finds_nothing(file: Path) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_the_open_xml_sdk_finds_nothing(file: Path) -> None:
    validator = require_tool("ooxml-validator")
    ran = subprocess.run([validator, str(file)], capture_output=True, text=True, check=False, timeout=120)
    assert json.loads(ran.stdout)["errors"] == [], ran.stdout
