"""Go from nothing to a first contract: an example spec, its schema beside it, and the Word file made from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import OutputError
from fe_contracts.model.schemas import schema_file, schema_text
from fe_contracts.pipeline.contracts import assemble
from fe_contracts.pipeline.specs import load_spec
from fe_contracts.sources import bundled, read_text, write_atomic

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog
    from fe_contracts.findings import Findings
    from fe_contracts.word import HouseStyle

__all__ = ["Quickstart", "quickstart"]

_SCHEMA_LINE = re.compile(r"^# yaml-language-server: \$schema=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Quickstart:
    """What a quickstart made and what it kept."""

    spec: Path
    schema: Path
    contract: Path
    kept: tuple[Path, ...]
    """The files that stood there already and were left alone."""
    findings: Findings
    sections: int
    exhibits: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "spec": str(self.spec),
            "schema": str(self.schema),
            "contract": str(self.contract),
            "kept": [str(path) for path in self.kept],
            "sections": self.sections,
            "exhibits": self.exhibits,
            **self.findings.to_dict(),
        }


def quickstart(
    folder: Path | str,
    catalog: Catalog,
    *,
    house_style: str | Path | HouseStyle = "plain",
    overwrite: bool = False,
) -> Quickstart:
    """Put the example spec and its schema into the folder, validate it, and write the contract.

    The folder is made if it is not there. Files that stand in it already are kept unless told otherwise; the
    contract is then made from the spec that stands there.

    Raises:
        OutputError: if the folder or a file in it cannot be written.
        SpecError: if a spec that was kept has problems.
        RefusedError: if an error stands in a spec that was kept.
    """
    home = Path(folder)
    spec_file, contract = home / "pilot.yaml", home / "contract.docx"
    schema = home / "schemas" / schema_file("spec")
    try:
        schema.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remedy = "Name a folder that can be made and written to."
        raise OutputError(home, f"The folder cannot be made: {error.strerror or error}.", remedy) from None
    example = _SCHEMA_LINE.sub(
        f"# yaml-language-server: $schema=schemas/{schema.name}", read_text(bundled("examples") / "pilot.yaml")
    )
    kept = []
    for path, content in ((spec_file, example), (schema, schema_text("spec"))):
        if path.exists() and not overwrite:
            kept.append(path)
        else:
            write_atomic(path, content.encode(), overwrite=overwrite)
    spec = load_spec(spec_file)
    made = assemble(spec, catalog)
    if contract.exists() and not overwrite:
        kept.append(contract)
    else:
        made.save(contract, house_style=house_style, overwrite=overwrite)
    return Quickstart(
        spec_file,
        schema,
        contract,
        tuple(kept),
        made.findings,
        len(made.contract.clauses),
        len(made.contract.exhibits),
    )
