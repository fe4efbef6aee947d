"""The page of a roll-up: whole by itself, a table behind each chart, and nothing of what is left out anywhere in it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests.exchange.rollup_samples import SAMPLES, empty, mixed
from tests.exchange.test_readiness_html import Reader
from tests.performance.rollups import HOSTILE, contract, deliverable, outcome, rollup_of

from fe_contracts.exchange.pages import content_policy, page_part, visible
from fe_contracts.exchange.rollup_html import rollup_html
from fe_contracts.performance.rollup.public import published
from fe_contracts.performance.rollup.workbook import rollup_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.performance.rollup.rollup import RollUp

every = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
STYLE = "rollup.css"


def tree(found: RollUp) -> html.HtmlElement:
    return html.document_fromstring(rollup_html(found))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@every
def test_every_page_is_well_formed_and_asks_for_nothing_from_outside(sample: Callable[[], RollUp]) -> None:
    text = rollup_html(sample())
    page = Reader(text)
    assert [said for place, said in page.texts if place == "style"] == [page_part(STYLE)]
    policy = next(item["content"] for _, item in page.elements if item.get("http-equiv"))
    assert policy == content_policy(page_part(STYLE))
    assert "script-src" not in policy
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "iframe", "img", "object", "embed", "form", "base"})
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if tag == "link":
            assert attributes == {"rel": "icon", "href": "data:,"}
        elif "href" in attributes:
            assert attributes["href"].startswith("#")
        assert "src" not in attributes


@every
def test_every_anchor_leads_somewhere_and_no_id_stands_twice(sample: Callable[[], RollUp]) -> None:
    page = tree(sample())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in page.xpath("//a/@href"):
        assert target[1:] in ids, target
    for name in page.xpath("//@aria-labelledby"):
        assert name in ids
    for fill in page.xpath("//@fill[starts-with(., 'url(#')]"):
        assert fill[5:-1] in ids


@every
def test_headings_go_down_one_level_at_a_time(sample: Callable[[], RollUp]) -> None:
    levels = [int(item.tag[1]) for item in tree(sample()).iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every
def test_every_picture_is_silent_and_stands_beside_its_numbers(sample: Callable[[], RollUp]) -> None:
    """Who does not see a chart finds each of its values in a table: its own row, or the table below it."""
    page = tree(sample())
    for picture in page.iter("svg"):
        assert picture.get("aria-hidden") == "true"
        assert not picture.xpath(".//title | .//desc | .//text")
        kind = picture.get("class", "").split(" ")[0]
        if kind == "bar":
            (row,) = picture.xpath("ancestor::tr[1]")
            assert row.xpath("./th[@scope='row']")
            assert all(words(cell) for cell in row.xpath("./td[contains(@class, 'count')]"))
        elif kind == "columns":
            clause = words(picture.xpath("ancestor::li[1]//strong")[0])
            rows = picture.xpath("ancestor::section[1]//table//tbody/tr")
            assert any(words(row.xpath("./th")[0]).startswith(clause) for row in rows)
        else:
            assert kind == "defs" or picture.xpath("ancestor::p[@class='legend']")


@every
def test_every_table_has_its_headings_and_a_name_and_can_be_scrolled_by_keyboard(sample: Callable[[], RollUp]) -> None:
    for table in tree(sample()).iter("table"):
        assert all(cell.get("scope") == "col" for cell in table.xpath("./thead//th"))
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))
        (region,) = table.xpath("ancestor::div[@class='scroll'][1]")
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-label") or region.get("aria-labelledby")
        wide = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter("tr")}
        assert len(wide) == 1, (region.attrib, wide)


def test_bars_are_as_long_as_their_share_says() -> None:
    page = tree(mixed())
    checked = 0
    for row in page.xpath("//table[contains(@class, 'bars')]//tr[.//svg/rect[@class='part']]"):
        scale = re.search(r"0 to ([\d.]+)%", words(row.xpath("ancestor::table//thead")[0]))
        share = re.search(r"(\d+)%", words(row.xpath("./td[contains(@class, 'count')]")[0]))
        if scale and share:
            end = float(scale.group(1))
            wide = float(row.xpath(".//rect[@class='part']/@width")[0])
            assert wide == pytest.approx(min(float(share.group(1)), end) / end * 400, abs=0.1)
            checked += 1
    assert checked >= 12


def test_what_is_below_is_marked_by_a_sign_and_a_pattern_and_not_by_colour_alone() -> None:
    page = tree(mixed())
    low = page.xpath("//table[contains(@class, 'bars')]//td[contains(@class, 'low')]")
    assert [words(cell) for cell in low] == ["▼ below: 55%", "▼ below: 44%"]
    assert low[0].xpath("ancestor::tr//rect[@class='hatch']")
    states = words(page.xpath("//table[@class='dots']")[0])
    for sign, state in (("●", "in time"), ("◐", "late"), ("✕", "missing"), ("○", "came, day not known")):
        assert f"{sign} {state}" in states


def test_the_first_thing_said_is_for_whom_the_view_is() -> None:
    internal, public = tree(mixed()), tree(published(mixed()))
    assert words(internal.xpath("//p[contains(@class, 'view')]")[0]).startswith("Internal view. Not for publication.")
    assert words(public.xpath("//p[contains(@class, 'view')]")[0]).startswith("View to be given to others.")
    sections = "//h2[@id='drifting' or @id='findings' or @id='files']"
    assert [len(page.xpath(sections)) for page in (internal, public)] == [3, 0]


def test_history_drift_and_findings_are_told_in_the_internal_view() -> None:
    text = words(tree(mixed()))
    assert "R1 again.xlsx" in text
    assert "deliverable.D5.actual: 31 → 30" in text
    assert "REPORT020 · Alder Street Shelter/R1.xlsx" in text
    assert "3 of 4 reports that were due" in text


def test_a_folder_without_a_contract_makes_a_page_that_says_so() -> None:
    text = words(tree(empty()))
    assert "Reports of no contract" in rollup_html(empty())
    assert "No report counts a deliverable." in text
    assert "No contract carries any." in text


def test_hostile_text_is_only_ever_text() -> None:
    text = rollup_html(SAMPLES["hostile"]())
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert visible(HOSTILE) in Reader(text).said
    assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067")  # what turns the direction of text is named


# --- what is left out -------------------------------------------------------------------------------------------------


def moved(step: int) -> RollUp:
    """Return agencies with small counts, which `step` moves among those that are left out: totals stay as they are."""
    counts = [[5 + step, 30 - step, 900, 901], [31 - step, 40 + step, 902, 903], [50, 60, 904, 905]]
    reached = [4 + step, 45, 46]
    made = [
        contract(name, [deliverable(name, counts[place])], [outcome(name, 180, 90, reached[place])])
        for place, name in enumerate("ABC")
    ]
    return rollup_of(*made)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 5))
def test_nothing_in_the_public_files_depends_on_what_is_left_out(step: int) -> None:
    """Two roll-ups that differ only in counts that are left out give the same page and workbook, byte for byte."""
    one, two = published(moved(0)), published(moved(step))
    assert any(item.actual.hidden for group in one.deliverables for line in group.lines for item in line.periods)
    assert any(line.reached.hidden for line in one.outcomes)
    assert rollup_html(one) == rollup_html(two)
    assert rollup_workbook(one) == rollup_workbook(two)
    assert step == 0 or rollup_html(moved(0)) != rollup_html(moved(step))


def test_a_count_that_is_left_out_is_a_star_that_is_heard_and_has_no_bar() -> None:
    page = tree(published(moved(0)))
    stars = [cell for cell in page.xpath("//td") if words(cell).startswith("*")]
    assert stars
    for cell in stars:
        assert words(cell).startswith("* left out") or words(cell).startswith("*left out")
        for bar in cell.xpath("ancestor::tr[1]//svg[contains(@class, 'bar')]"):
            told = words(cell.xpath("ancestor::tr[1]/td[contains(@class, 'count')]")[0])
            assert bool(bar.xpath("./rect[@class='part']")) == (not told.startswith("*"))


def test_no_count_that_is_left_out_stands_anywhere_in_the_public_page() -> None:
    """Counts that occur nowhere else, all of them small by what the contract says."""
    secret = [[7393, 7411, 7417, 7433], [7451, 7457, 7459, 7477]]
    found = rollup_of(
        *(contract(name, [deliverable(name, secret[place], targets=[8000] * 4)], [outcome(name, 7481, 7487 - 60, 7349)],
                   smallest=10_000) for place, name in enumerate("AB"))
    )  # fmt: skip
    exact, public = rollup_html(found), rollup_html(published(found))
    numbers = [*secret[0], *secret[1], 7481, 7427, 7349, sum(secret[0][:2])]
    for number in numbers[:-1]:
        assert f"{number:,}" in exact
    for number in numbers:
        for written in (f"{number:,}", str(number)):
            assert written not in public
