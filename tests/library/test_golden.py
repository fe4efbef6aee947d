"""The whole plain text of the worked examples: a change of wording shows here, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.assembly.trees import lines_of
from tests.library.test_library import bundled, example

from fe_contracts import pipeline

if TYPE_CHECKING:
    from pytest_regressions.file_regression import FileRegressionFixture


@pytest.mark.parametrize("name", ["pilot", "rider", "coc-rapid-rehousing", "esg-prevention"])
def test_the_text_of_an_example_is_as_it_was_read_last(name: str, file_regression: FileRegressionFixture) -> None:
    """After a change of wording: run with --force-regen, then read the difference."""
    lines = lines_of(pipeline.assemble(example(name), bundled()).contract)
    file_regression.check("\n".join(lines) + "\n", extension=".txt", basename=name, encoding="utf-8")
