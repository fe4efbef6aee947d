"""Sections, paragraphs and exhibits are numbered as an independent count numbers them, and references agree."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assembly.specs import HOST, award, make_spec
from tests.assembly.trees import codes, contract_of, lines_of, references_of, words_of
from tests.catalog.libraries import FILES, clause_files, small_catalog, version, write_library
from tests.strategies import Item, items, source_of

from fe_contracts.assembly import assemble
from fe_contracts.assembly.numbering import Counters
from fe_contracts.assembly.references import Targets, anchor_name
from fe_contracts.catalog import load_catalog
from fe_contracts.document.structure import structure
from fe_contracts.document.tree import Origin, OriginKind, Paragraph, Reference, Role, Text, blocks_of, plain_text
from fe_contracts.governance import publish

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog import Catalog
    from fe_contracts.document.tree import Contract

FE05 = "clauses/FE/FE-05/1.0.0.md"
LETTERS = [*"abcdefghijklmnopqrstuvwxyz", *(letter * 2 for letter in "abcdefghijklmnopqrstuvwxyz")]
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii"]
ROMAN += ["xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii", "xxviii", "xxix", "xxx"]
MARKS = [LETTERS, ROMAN, [letter.upper() for letter in LETTERS]]


def counted(paragraphs: list[Item], section: str) -> list[tuple[str, str]]:
    """Return number and whole number of each item: counted from the start for each one, on purpose naively."""
    found = []
    for place, item in enumerate(paragraphs):
        if item.level < 0:
            continue
        whole = section
        own = ""
        for level in range(item.level + 1):
            count = 0
            for earlier in paragraphs[: place + 1]:
                if 0 <= earlier.level < level:
                    count = 0
                elif earlier.level == level:
                    count += 1
            own = f"({MARKS[level][count - 1]})"
            whole += own
        found.append((own, whole))
    return found


@given(items())
def test_items_count_as_an_independent_count_does(paragraphs: list[Item]) -> None:
    counters = Counters("3.2")
    assert [counters.next(item.level) for item in paragraphs if item.level >= 0] == counted(paragraphs, "3.2")


def begins(paragraphs: list[Item], place: int) -> bool:
    """Return whether a block of its own begins with this paragraph: each item of the first level has one."""
    return place == 0 or paragraphs[place].level == 0


def conditional(paragraphs: list[Item], holds: list[bool]) -> str:
    """Return the paragraphs in blocks, each of which stands in the contract or not."""
    blocks: list[list[str]] = []
    for place, item in enumerate(paragraphs):
        if begins(paragraphs, place):
            blocks.append([])
        blocks[-1].append(source_of(place, item))
    return "\n".join(
        f"::: when {{fund.is_federal: {str(not flag).lower()}}}\n" + "\n\n".join(block) + "\n::: end"
        for block, flag in zip(blocks, itertools.cycle(holds), strict=False)
    )


def standing(paragraphs: list[Item], holds: list[bool]) -> list[Item]:
    """Return the paragraphs of the blocks that stand."""
    flags = itertools.cycle(holds)
    kept, stands = [], False
    for place, item in enumerate(paragraphs):
        if begins(paragraphs, place):
            stands = next(flags)
        if stands:
            kept.append(item)
    return kept


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_library(tmp_path_factory.mktemp("library"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items(), st.lists(st.booleans(), min_size=1, max_size=5))
def test_every_number_and_reference_of_a_generated_wording_is_right(
    folder: Path, paragraphs: list[Item], holds: list[bool]
) -> None:
    source = f"Lead paragraph.\n\n{conditional(paragraphs, holds)}"
    (folder / FE05).write_text(version(source), encoding="utf-8")
    contract = published_contract(folder)
    kept = [item for item in standing(paragraphs, holds) if item.level >= 0]
    (clause,) = (clause for clause in contract.clauses if clause.clause_id == "FE-05")
    drawn = [block for block in clause.blocks if isinstance(block, Paragraph) and block.role is Role.ITEM]
    numbers = counted(kept, clause.number)
    assert [(block.number, block.full_number) for block in drawn] == numbers
    labelled = {item.label: whole for item, (_, whole) in zip(kept, numbers, strict=True) if item.label}
    references = " ".join(f"[[FE-05#{label}]]" for label in labelled) or "[[FE-05]]"
    (folder / FE05).write_text(version(f"{source}\n\n{references}"), encoding="utf-8")
    found = [item for item in references_of(published_contract(folder)) if item.target.startswith("FE_05")]
    assert [reference.number for reference in found] == [*labelled.values()] or not labelled


def published_contract(folder: Path) -> Contract:
    """Return the contract over a folder as it stands, published anew."""
    (folder / "catalog.lock").unlink(missing_ok=True)
    publish(folder)
    return contract_of(make_spec(), load_catalog(folder))


class TestSections:
    def test_articles_sections_and_exhibits_count_from_one(self, catalog: Catalog) -> None:
        lines = lines_of(contract_of(make_spec(), catalog))
        heads = [line for line in lines if line.startswith(("Article", "Exhibit", "1.", "2.", "3.", "A."))]
        assert heads == [
            "Article 1 The parties",
            "1.1 Parties",
            "Article 2 Services",
            "2.1 Counseling",
            "2.2 Sites",
            "Article 3 Money",
            "3.1 Payment",
            "Exhibit A Scope",
            "A.1 Sites",
        ]

    def test_an_absent_clause_leaves_no_gap(self, catalog: Catalog) -> None:
        out = {"clauses.exclude": [{"clause": "FE-02", "reason": "R."}], "clauses.include": ["FE-03"]}
        lines = lines_of(contract_of(make_spec(out), catalog))
        assert "2.2 Credit" in lines
        assert not [line for line in lines if "Sites" in line]

    def test_a_reserved_clause_keeps_its_number(self, catalog: Catalog) -> None:
        contract = contract_of(make_spec({"services.offered": ["TAX"]}), adapted(catalog))
        assert [(clause.number, plain_text(clause.title), clause.reserved) for clause in contract.clauses][1:3] == [
            ("2.1", "Reserved", True),
            ("2.2", "Sites", False),
        ]
        assert contract.clauses[1].blocks == ()

    def test_an_article_without_clauses_is_left_out_and_the_next_moves_up(self, catalog: Catalog) -> None:
        out = {"clauses.exclude": [{"clause": "FE-05", "reason": "R."}], "funding": [award("a", "COC", "2025-01-01")]}
        contract = contract_of(make_spec(out), catalog)
        assert [(article.number, article.article_id) for article in contract.articles] == [
            ("1", "formation"),
            ("2", "services"),
            ("3", "federal"),
        ]

    def test_every_anchor_stands_once_and_every_reference_points_at_one(self, catalog: Catalog) -> None:
        spec = make_spec({"funding": [award("a", "COC", "2025-01-01"), award("b", "ESG", "2023-01-01")]})
        contract = contract_of(spec, catalog)
        owners = [*contract.articles, *contract.exhibits, *contract.numbered]
        paragraphs = [block for block in blocks_of(contract) if isinstance(block, Paragraph) and block.anchor]
        anchors = [item.anchor for item in (*owners, *paragraphs)]
        assert len(set(anchors)) == len(anchors)
        numbers = {item.anchor: item.number for item in contract.numbered}
        numbers |= {item.anchor: f"Article {item.number}" for item in contract.articles}
        numbers |= {item.anchor: f"Exhibit {item.number}" for item in contract.exhibits}
        numbers |= {item.anchor: item.full_number for item in paragraphs}
        found = [*references_of(contract)]
        assert found
        assert [reference.number for reference in found] == [numbers[reference.target] for reference in found]


def adapted(catalog: Catalog) -> Catalog:
    """Return the catalog with FORM-01 taken as it is: its reference to FE-01 has no words to fall back on."""
    text = FILES["clauses/FORM/FORM-01/1.0.0.md"].replace("[[FE-01]]", "[[FE-01 | its own terms]]")
    folder = catalog.folder.parent / "adapted"
    return small_catalog(folder, {"clauses/FORM/FORM-01/1.0.0.md": text})


class TestReferences:
    def test_a_reference_to_what_is_left_out_is_an_error_before_anything_is_written(self, catalog: Catalog) -> None:
        assembly = assemble(make_spec({"services.offered": ["TAX"]}), catalog)
        finding = next(finding for finding in assembly.findings if finding.code == "REF010")
        assert assembly.contract is None
        assert "FORM-01@1.0.0 refers to [[FE-01]], which is not in this contract" in finding.message
        line = (catalog.folder / "clauses/FORM/FORM-01/1.0.0.md").read_text(encoding="utf-8").split("\n")
        assert "[[FE-01]]" in line[finding.where.line - 1]

    def test_words_to_fall_back_on_stand_in_its_place(self, catalog: Catalog) -> None:
        contract = contract_of(make_spec({"services.offered": ["TAX"]}), adapted(catalog))
        assert "A “Session” is a meeting under its own terms." in words_of(contract, "FORM-01")[0]

    @pytest.mark.parametrize(
        ("wording", "said"),
        [
            ("See [[FE-01]].", "See Section 2.1."),
            ("See [[FE-01#plan]].", "See Section 2.1(a)."),
            ("See [[FE-01#deep]].", "See Section 2.1(a)(i)(A)."),
            ("See paragraph [[FE-01#plan]].", "See paragraph 2.1(a)."),
            ("See paragraphs [[FE-01#plan]] and [[FE-01#deep]].", "See paragraphs 2.1(a) and 2.1(a)(i)(A)."),
            ("Sections [[FE-01]], [[FE-02]], and [[FORM-01]].", "Sections 2.1, 2.2, and 1.1."),
            ("Section [[FE-01]] or [[exhibit:scope]].", "Section 2.1 or Exhibit A."),
            ("See [[exhibit:scope]] and [[FE-01]].", "See Exhibit A and Section 2.1."),
            ("See [[FE-02@scope]].", "See Section A.1."),
            ("See [[article:services]].", "See Article 2."),
            ("See [[FE-03 | the other words]].", "See the other words."),
        ],
    )
    def test_a_reference_reads_as_the_sentence_needs_it(self, tmp_path: Path, wording: str, said: str) -> None:
        catalog = small_catalog(tmp_path, {FE05: version(wording)})
        assert words_of(contract_of(make_spec(), catalog), "FE-05") == [said]

    def test_a_reference_follows_what_it_points_at(self, tmp_path: Path) -> None:
        catalog = small_catalog(tmp_path, {FE05: version("See [[FE-02]].", applies={"level": "mandatory"})})
        moved = make_spec({"clauses.exclude": [{"clause": "FE-01", "reason": "R."}]})
        assert words_of(contract_of(make_spec(), catalog), "FE-05") == ["See Section 2.2."]
        assert "REF010" in codes(moved, catalog)

    def test_an_exhibit_that_nothing_fills_is_not_there(self, tmp_path: Path) -> None:
        wording = "::: when {exhibit.scope: true}\nThere.\n::: otherwise\nNot there.\n::: end"
        catalog = small_catalog(tmp_path, {FE05: version(wording)})
        assert words_of(contract_of(make_spec(), catalog), "FE-05") == ["There."]
        out = make_spec({"clauses.exclude": [{"clause": "FE-02", "reason": "R."}]})
        contract = contract_of(out, catalog)
        assert contract.exhibits == ()
        assert words_of(contract, "FE-05") == ["Not there."]

    def test_a_condition_on_an_exhibit_of_another_contract_type_does_not_hold(self, tmp_path: Path) -> None:
        wording = "::: when {exhibit.federal: true}\nThere.\n::: otherwise\nNot there.\n::: end"
        changes = {
            FE05: version(wording),
            "contract_types/fe_rider/1.0.0.yaml": FILES["contract_types/fe_rider/1.0.0.yaml"].replace(
                "[{clause: FE-01}", "[{clause: FE-05}, {clause: FE-01}"
            ),
        }
        rider = make_spec({"contract.type": "fe_rider", "host_contract": HOST})
        assert words_of(contract_of(rider, small_catalog(tmp_path, changes)), "FE-05") == ["Not there."]

    def test_whether_a_clause_is_in_the_contract_can_be_asked(self, tmp_path: Path) -> None:
        wording = "::: when {clause.FE-03: true}\nWith.\n::: otherwise\nWithout.\n::: end"
        catalog = small_catalog(tmp_path, {FE05: version(wording)})
        assert words_of(contract_of(make_spec(), catalog), "FE-05") == ["Without."]
        with_it = make_spec({"clauses.include": ["FE-03"]})
        assert words_of(contract_of(with_it, catalog), "FE-05") == ["With."]

    def test_an_exhibit_that_the_contract_type_does_not_have_is_an_error(self, tmp_path: Path) -> None:
        changes = {
            "contract_types/fe_rider/1.0.0.yaml": FILES["contract_types/fe_rider/1.0.0.yaml"].replace(
                "exhibits:\n  - {id: scope, title: Scope}\n", "exhibits: []\n"
            )
        }
        rider = make_spec({"contract.type": "fe_rider", "host_contract": HOST})
        assembly = assemble(rider, small_catalog(tmp_path, changes))
        assert assembly.contract is None
        assert "REF020" in {finding.code for finding in assembly.findings}

    def test_an_exhibit_may_be_filled_in_either_way_of_a_condition(self, tmp_path: Path) -> None:
        either = """
        Words.

        ::: when {fund.is_federal: true}
        ::: exhibit scope | One
        Words.
        ::: end
        ::: otherwise
        ::: exhibit scope | Other
        Words.
        ::: end
        ::: end
        """
        catalog = small_catalog(tmp_path, {FE05: version(either)})
        contract = contract_of(make_spec(), catalog)
        assert [plain_text(part.title) for part in contract.parts] == ["Sites", "Other"]

    def test_more_exhibits_than_letters_go_on_as_word_does(self, tmp_path: Path) -> None:
        names = [f"e{place}" for place in range(28)]
        outline = "".join(f"  - {{id: {name}, title: Title {name}}}\n" for name in names)
        sub = "contract_types/subcontract/1.0.0.yaml"
        clauses: dict[str, str] = {}
        listed: list[str] = []
        for place, name in enumerate(names):
            clause_id = f"FE-{place + 10}"
            listed.append(f"{{clause: {clause_id}}}")
            clauses |= clause_files(clause_id, {"1.0.0": version(f"W.\n\n::: exhibit {name} | Part\nWords.\n::: end")})
        changes = {
            **clauses,
            sub: FILES[sub].replace("[{clause: FE-05}]", f"[{{clause: FE-05}}, {', '.join(listed)}]") + outline,
        }
        contract = contract_of(make_spec(), small_catalog(tmp_path, changes))
        assert [exhibit.number for exhibit in contract.exhibits][-3:] == ["AA", "BB", "CC"]


class TestAnchors:
    @given(st.lists(st.text("abAB01:._-", min_size=1, max_size=60), min_size=2, max_size=2, unique=True))
    def test_names_that_differ_in_more_than_hyphens_have_bookmarks_of_their_own(self, names: list[str]) -> None:
        one, other = (anchor_name("FED", name) for name in names)
        assert len(one) <= 40
        assert one.replace("_", "").isalnum()
        plain = [name.replace("-", "_").lower() for name in names]
        assert one != other or plain[0] == plain[1]

    def test_an_ordinary_name_stays_readable(self) -> None:
        assert anchor_name("FE-04") == "FE_04"
        assert anchor_name("FE-04", "", "plan") == "FE_04__plan"
        assert anchor_name("Part", "scope", "FE-04") == "Part_scope_FE_04"


def test_the_first_of_two_targets_of_one_name_is_meant(catalog: Catalog) -> None:
    targets = Targets()
    targets.add_section("FED-01", "one", "4.1")
    targets.add_section("FED-01", "two", "4.2")
    words = Text("See ", Origin(OriginKind.WORDING, "FE-01@1.0.0"))
    (found,) = targets.refer("FED-01", (), catalog["FE-01"].latest, 1, [words])
    assert found == Reference("one", (structure("section"),), "4.1")
