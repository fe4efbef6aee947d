"""Hold the exact versions a contract was made of, and lay them on a spec so that the same text is made again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field, ValidationError

from fe_contracts.exceptions import SourceError, UnknownVersionError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.base import ClauseInstance, Digest, Key, Line, Model, VersionNumber
from fe_contracts.sources import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Spec
    from fe_contracts.sources import Loaded

__all__ = ["ChosenFor", "Pins", "check_pins", "pinned", "pins_of_data", "pins_of_manifest"]


@dataclass(frozen=True, slots=True)
class ChosenFor:
    """Why a record's version was chosen."""

    day: str
    """The day its versions were compared with, as the record writes it."""
    by: str
    """Where that day came from, in words."""


@dataclass(frozen=True, slots=True)
class Pins:
    """The exact versions that a contract uses, as a record of it names them."""

    name: str
    """What they were read from."""
    clauses: Mapping[str, str]
    """The version of each clause, by its name in the contract, such as `FE-04`; for one fund, with the fund's id."""
    contract_type: str = ""
    framework: Mapping[str, str] = field(default_factory=dict)
    contract_id: str = ""
    dated: str = ""
    """The effective date of the contract, as the record writes it."""
    library: str = ""
    """The clause library it was made with: name and version."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digests that the record holds: by clause instance, `contract_type`, `framework.vision`."""
    chosen: Mapping[str, ChosenFor] = field(default_factory=dict)
    """The day and reason by which each version was chosen, by clause instance."""

    def to_dict(self) -> dict[str, Any]:
        """Return the pins as a pins file holds them."""
        return {
            "pins": dict(self.clauses),
            **({"contract_type": self.contract_type} if self.contract_type else {}),
            **({"framework": dict(self.framework)} if self.framework else {}),
        }


class _PinFile(Model):
    """What a pins file may say: the fields of a spec's section `clauses` that pin."""

    pins: dict[ClauseInstance, VersionNumber] = Field(min_length=1)
    contract_type: VersionNumber | None = None
    framework: dict[Key, VersionNumber] = Field(default_factory=dict)


class _Recorded(Model):
    """A part of a manifest; what else stands there does not matter here."""

    model_config = ConfigDict(extra="ignore")


class _Clause(_Recorded):
    """One clause of a manifest."""

    instance: ClauseInstance
    version: VersionNumber
    digest: Digest
    chosen_for: Line | None = None
    chosen_by: Line | None = None


class _Edition(_Recorded):
    """A contract type, or a part of the framework, in a manifest."""

    version: VersionNumber
    digest: Digest


class _Identity(_Recorded):
    """The contract or the library, in a manifest."""

    id: Line | None = None
    name: Line | None = None
    version: Line | None = None


class _Manifest(_Recorded):
    """The part of a manifest that pins."""

    clauses: tuple[_Clause, ...] = Field(min_length=1)
    contract_type: _Edition | None = None
    framework: dict[Key, _Edition] = Field(default_factory=dict)
    contract: _Identity = _Identity()
    catalog: _Identity = _Identity()
    dated: Line | None = None


def pins_of_manifest(manifest: Mapping[str, Any] | None, name: str) -> Pins:
    """Return the pins that a contract's manifest records; it comes from outside and is only data.

    Raises:
        SourceError: if there is none, or it names no versions.
    """
    import json

    if manifest is None:
        raise _no_pins(name, "The file holds no record of the versions it was made from.")
    try:
        record = _Manifest.model_validate_json(json.dumps(manifest, default=str))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise _no_pins(name, f"Its record of versions cannot be used: {place}: {first['msg']}.") from None
    digests = {item.instance: item.digest for item in record.clauses}
    if record.contract_type:
        digests["contract_type"] = record.contract_type.digest
    return Pins(
        name,
        {item.instance: item.version for item in record.clauses},
        record.contract_type.version if record.contract_type else "",
        {part: item.version for part, item in record.framework.items()},
        record.contract.id or "",
        record.dated or "",
        " ".join(filter(None, (record.catalog.name, record.catalog.version))),
        digests | {f"framework.{part}": item.digest for part, item in record.framework.items()},
        {item.instance: ChosenFor(item.chosen_for or "", item.chosen_by or "") for item in record.clauses},
    )


def _no_pins(name: str, message: str) -> SourceError:
    remedy = "Give the contract as it was assembled, or a file with a section pins: {FE-04: 1.0.0}."
    return SourceError(name, [Finding("PIN013", Severity.ERROR, message, Where(name), remedy)])


def pins_of_data(loaded: Loaded) -> Pins:
    """Return the pins of a pins file, of a spec that pins, or of what `inspect --format json` printed.

    Raises:
        SourceError: if the file names no versions, or not as it should.
    """
    data = loaded.data if isinstance(loaded.data, dict) else {}
    if isinstance(data.get("manifest"), dict):
        return pins_of_manifest(data["manifest"], loaded.name)
    if "manifest_version" in data:
        return pins_of_manifest(data, loaded.name)
    if "contract" in data:  # a whole spec
        return _pins_of_spec(data, loaded.name)
    file = checked(loaded, _PinFile, error=SourceError)
    return Pins(loaded.name, file.pins, file.contract_type or "", file.framework)


def _pins_of_spec(data: Mapping[str, Any], name: str) -> Pins:
    """Return the pins in a spec's section `clauses`."""
    clauses = data.get("clauses")
    chosen = clauses if isinstance(clauses, dict) else {}
    given = {field: chosen[field] for field in ("pins", "contract_type", "framework") if field in chosen}
    try:
        file = _PinFile.model_validate(given)
    except ValidationError:
        raise _no_pins(name, "The spec pins no versions, or not as it should.") from None
    return Pins(name, file.pins, file.contract_type or "", file.framework)


def pinned(spec: Spec, pins: Pins) -> Spec:
    """Return the spec with these versions in the place of any that it pins itself."""
    choices = spec.clauses.model_copy(
        update={
            "pins": dict(pins.clauses),
            "contract_type": pins.contract_type or spec.clauses.contract_type,
            "framework": dict(pins.framework) or spec.clauses.framework,
        }
    )
    return spec.model_copy(update={"clauses": choices})


def check_pins(pins: Pins, catalog: Catalog, *, contract_type: str) -> Iterator[Finding]:
    """Yield what keeps a record's versions from being used: unknown ones, and texts that are not the recorded ones."""
    for instance, number in pins.clauses.items():
        clause_id = instance.partition(":")[0]
        if clause_id not in catalog:
            yield _finding(pins, "PIN010", instance, f"The catalog holds no clause {clause_id!r}.")
            continue
        try:
            version = catalog[clause_id].version(number)
        except UnknownVersionError as error:
            yield _finding(pins, "PIN010", instance, str(error))
            continue
        yield from _same_text(pins, instance, version.key, version.digest)
    series = catalog.contract_types.get(contract_type)
    if pins.contract_type and series is not None:
        yield from _edition(pins, "contract_type", series, pins.contract_type)
    for part, number in pins.framework.items():
        if part in catalog.framework:
            yield from _edition(pins, f"framework.{part}", catalog.framework[part], number)
        else:
            yield _finding(pins, "PIN010", f"framework.{part}", f"The catalog's framework has no part {part!r}.")


def _edition(pins: Pins, place: str, series: Any, number: str) -> Iterator[Finding]:
    try:
        edition = series.version(number)
    except UnknownVersionError as error:
        yield _finding(pins, "PIN010", place, str(error))
        return
    digests = {item.digest for item in series.editions if item.number == number}
    digest = pins.digests.get(place, "")
    yield from _same_text(pins, place, f"{series.name} {number}", digest if digest in digests else edition.digest)


def _same_text(pins: Pins, place: str, told: str, digest: str) -> Iterator[Finding]:
    recorded = pins.digests.get(place)
    if recorded is not None and recorded != digest:
        yield _finding(pins, "PIN011", place, f"The catalog's text of {told} is not the text that was recorded.")


def _finding(pins: Pins, code: str, place: str, message: str) -> Finding:
    made_with = f" The record names {pins.library}." if pins.library else ""
    remedy = f"Use the library that the contract was made with (--catalog).{made_with}"
    return Finding(code, Severity.ERROR, message, Where(pins.name, field=place), remedy)
