"""Make one contract in whichever process or thread an executor gives: outcomes come back, nothing is raised."""

from __future__ import annotations

import hashlib
import json
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts import __version__
from fe_contracts.batch.outcomes import BatchRow, Status, trouble
from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import FEContractsError, RefusedError, SourceError
from fe_contracts.findings import Severity, Where
from fe_contracts.pipeline import assemble, spec_of
from fe_contracts.sources import digest_of, read_data, read_text, write_atomic
from fe_contracts.sources.overlays import overlaid
from fe_contracts.word import load_house_style

if TYPE_CHECKING:
    from fe_contracts.batch.tasks import Task
    from fe_contracts.catalog import Catalog
    from fe_contracts.findings import Finding
    from fe_contracts.sources import Loaded
    from fe_contracts.word import HouseStyle

__all__ = ["ENGINE", "Setup", "Workshop", "digest_of_bytes", "make", "workshop"]

ENGINE = f"fe_contracts {__version__}"
"""What made a contract; another engine makes it anew."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What all contracts of one batch share, by name and digest; small, so that it travels with every task."""

    out: str
    catalog: str
    """The library's folder; empty for the bundled one."""
    catalog_digest: str
    house_style: str
    style_digest: str
    base: str
    """The spec that the rows are laid over; empty for a folder of specs."""
    base_digest: str
    packs_digest: str
    """The digest of the rule packs that were installed when the batch began; empty without any."""
    overwrite: bool


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a setup names, loaded."""

    catalog: Catalog
    style: HouseStyle
    base: Loaded | None


_SHOPS: dict[Setup, Workshop] = {}
_LOCK = threading.Lock()


def workshop(setup: Setup) -> Workshop:
    """Return what the setup names, loaded once in each process.

    Raises:
        FEContractsError: if it cannot be loaded, or is no longer what the batch began with.
    """
    with _LOCK:
        if setup not in _SHOPS:
            shop = Workshop(
                load_catalog(setup.catalog or None),
                load_house_style(setup.house_style),
                read_data(setup.base) if setup.base else None,
            )
            found = (shop.catalog.digest, shop.style.digest, shop.base.digest if shop.base else "")
            if found != (setup.catalog_digest, setup.style_digest, setup.base_digest):
                message = "The clause library, the house style or the base was changed while the batch ran."
                changed = trouble("BATCH050", message, Where(setup.base or setup.catalog), "Run the batch again.")
                raise SourceError("the batch", [changed])
            _SHOPS.clear()  # an executor that outlives its batch keeps the last one only
            _SHOPS[setup] = shop
        return _SHOPS[setup]


def digest_of_bytes(content: bytes) -> str:
    """Return the digest of a file as it stands."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _digest_at(path: Path) -> str:
    """Return the digest of the file, or nothing if there is none that can be read."""
    try:
        return digest_of_bytes(path.read_bytes())
    except OSError:
        return ""


def _inputs(setup: Setup, task: Task) -> str:
    """Return one digest of all that the contract is made from.

    Raises:
        SourceError: if the spec's file cannot be read.
    """
    # an empty cell keeps the base's value, so it says nothing of its own
    cells = sorted(cell for cell in task.cells.cells.items() if cell[1]) if task.cells else []
    own = "" if task.cells else digest_of(read_text(task.source))
    parts = [cells, own, setup.base_digest, setup.catalog_digest, setup.style_digest, setup.packs_digest, ENGINE]
    return digest_of(json.dumps(parts, ensure_ascii=False))


def make(setup: Setup, task: Task) -> BatchRow:
    """Return what became of one task; whatever happens comes back as an outcome."""
    try:
        return _made(setup, task)
    except RefusedError as error:
        return task.failed(*error.problems, status=Status.REFUSED)
    except FEContractsError as error:
        problems: tuple[Finding, ...] = getattr(error, "problems", ())
        return task.failed(*(problems or (trouble("BATCH030", str(error), task.where, "See the message."),)))
    except Exception as error:  # noqa: BLE001 - one row's fault must not stop the others; it is told in full
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"The program failed: {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})."
        remedy = "This is a fault of the program: please report it with this row."
        return task.failed(trouble("BATCH040", message, task.where, remedy))


def _made(setup: Setup, task: Task) -> BatchRow:
    """Make the contract unless it is there already, and keep what a person changed.

    Raises:
        FEContractsError: if it cannot be made.
    """
    target, before = Path(setup.out) / task.file, task.before
    inputs, stands = _inputs(setup, task), _digest_at(target)
    untouched = before is not None and stands == before.digest
    if before and stands and untouched and before.inputs == inputs and not setup.overwrite:
        return BatchRow(
            task.row, task.source, before.contract_id, task.file, Status.KEPT, before.findings, inputs, stands
        )
    shop = workshop(setup)
    loaded = overlaid(shop.base, task.cells) if shop.base and task.cells else read_data(task.source)
    spec = spec_of(loaded)
    made = assemble(spec, shop.catalog)
    content = made.to_bytes(shop.style)
    digest, findings, status = digest_of_bytes(content), made.findings.items, Status.MADE
    if not stands or untouched or setup.overwrite:
        write_atomic(target, content, overwrite=bool(stands))
    elif stands != digest:  # equal: a killed run wrote it and did not come to say so
        problem = _edited(task, same_inputs=before is not None and before.inputs == inputs, known=before is not None)
        digest, findings, status = stands, (problem, *findings), Status.KEPT
    return BatchRow(task.row, task.source, spec.contract.id, task.file, status, findings, inputs, digest)


def _edited(task: Task, *, known: bool, same_inputs: bool) -> Finding:
    """Return what to say of a file that is not as a batch left it."""
    if not known:
        message = f"{task.file} stood there already, made by somebody else, and was kept."
        remedy = "Move it away, or give --force to write over it."
        return trouble("BATCH021", message, task.where, remedy)
    message = f"{task.file} was changed by hand since it was made, and was kept."
    if same_inputs:
        return trouble("BATCH020", message, task.where, "Give --force to make it anew.", Severity.WARNING)
    message += " Its row, the base, the library or the house style changed too, so it is out of date."
    return trouble("BATCH022", message, task.where, "Carry the edits over, then give --force to make it anew.")
