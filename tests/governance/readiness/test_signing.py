from __future__ import annotations

from tests.governance.initiatives import contract, day, found, judged, of_code, orderly

NEWER = dict.fromkeys(("vision", "values", "assumptions"), "1.1.0") | {"glossary": "1.0.0"}


def test_a_newer_version_than_was_signed_off_is_found_at_the_sign_off() -> None:
    (one,) = of_code(judged(None, contract(), contract("C-2", framework=NEWER)), "READY021")
    assert one.message == (
        "C-2 embeds version 1.1.0 of the vision, values and assumptions; the last one signed off is 1.0.0, by Small "
        "Agency, Inc. on 2026-11-01."
    )
    assert one.where.field == "sign_offs[0].version"


def test_versions_are_compared_as_numbers() -> None:
    data = orderly()
    data["sign_offs"][0]["version"] = "1.10.0"
    assert not of_code(judged(data, contract(framework={"vision": "1.9.0"})), "READY021")


def test_signing_one_part_covers_that_part_only() -> None:
    data = orderly()
    data["sign_offs"][0] |= {"what": "vision", "version": "1.1.0"}
    ready = judged(data, contract(framework=NEWER))
    assert not of_code(ready, "READY021")
    (one,) = of_code(ready, "READY022")
    assert one.message == "C-1 embeds version 1.1.0 of the values and assumptions, and nobody signed that off."


def test_a_sign_off_still_to_come_is_none() -> None:
    data = orderly()
    data["sign_offs"][1]["on"] = "2027-06-16"
    assert "READY022" in found(data)


def test_a_newer_sign_off_waits_for_the_renewal() -> None:
    data = orderly()
    data["sign_offs"].append(data["sign_offs"][1] | {"version": "2.0.0", "on": "2027-06-01"})
    assert found(data) == ["(READY023)"]


def test_contracts_to_come_are_judged_too() -> None:
    later = contract("C-2", effective=day("2028-01-01"), framework=NEWER)
    assert "READY021" in found(None, contract(), later)
