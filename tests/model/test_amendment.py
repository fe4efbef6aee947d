"""The wording of an amendment says everything or is refused: no sentence may leave out what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from tests.model.test_spec import spec_data  # type: ignore[attr-defined]

from fe_contracts.model.amendment import AmendmentForms, SentenceForm
from fe_contracts.model.spec import Spec
from fe_contracts.sources import read_data
