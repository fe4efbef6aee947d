"""The page of a roll-up as a person meets it: in a real headless Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.browser import Browser, started
from tests.exchange.rollup_samples import SAMPLES
from tests.tools import require_tool

from fe_contracts.exchange.rollup_html import rollup_html

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = "document.querySelectorAll('details').forEach(item => { item.open = true; }); 0"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(require_tool("chromium"), tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, sample in SAMPLES.items():
        (folder / f"{name}.html").write_text(rollup_html(sample()), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in SAMPLES}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "light"), (320, "dark")])
def test_a_page_loads_nothing_complains_of_nothing_and_never_scrolls_sideways(
    browser: Browser, pages: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    page = browser.open(pages[name], width=width, prefers_color_scheme=scheme)
    page.run(OPEN)
    assert page.complaints() == []
    assert [url for url in page.requests() if url != "data:,"] == [pages[name].as_uri()]
    assert page.run("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_axe_finds_no_barrier(browser: Browser, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    axe = Path(require_tool("axe-core")).read_text(encoding="utf-8")
    page = browser.open(pages[name], width=width, prefers_color_scheme=scheme)
    page.run(OPEN)
    page.run(axe + "; 0")
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    found = page.run(
        f"axe.run(document, {{runOnly: {tags}}}).then(all => [all.passes.length,"
        "...all.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html)])])"
    )
    assert found[0] > 15
    assert found[1:] == []
    page.close()


def test_hostile_text_runs_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["hostile"])
    assert page.run("document.scripts.length") == 0
    assert page.run("document.querySelectorAll('[onerror], [onload], [style]').length") == 0
    page.close()


def test_bars_are_drawn_as_long_as_they_are_to_be_and_begin_at_one_line(
    browser: Browser, pages: dict[str, Path]
) -> None:
    """What the eye sees is held against the number beside it, at two widths."""
    for width in (1280, 375):
        page = browser.open(pages["internal"], width=width)
        drawn = page.run(
            "[...document.querySelectorAll('.figure .bars')].slice(0, 1).flatMap(table => "
            "[...table.querySelectorAll('tbody tr')].map(row => {"
            "const whole = row.querySelector('.whole').getBoundingClientRect();"
            "const part = row.querySelector('.part').getBoundingClientRect();"
            "const end = parseFloat(table.querySelector('thead .wide').textContent.match(/to ([0-9.]+)%/)[1]);"
            "const share = parseFloat(row.querySelector('td.count').textContent.match(/([0-9]+)%/)[1]);"
            "return [part.left - whole.left, part.width / whole.width, Math.min(share, end) / end]; }))"
        )
        assert len(drawn) == 5
        for start, seen, meant in drawn:
            assert start == pytest.approx(0, abs=0.5)
            assert seen == pytest.approx(meant, abs=0.01)
        page.close()


def test_a_heading_in_the_table_of_shares_leads_to_its_chart(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["internal"])
    page.click(".matrix thead a")
    target = page.run("document.querySelector(':target').textContent")
    assert target == page.run("document.querySelector('.matrix thead a').textContent")
    page.close()


def test_a_wide_table_scrolls_within_its_own_place_by_keyboard_and_its_caption_stays(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["internal"], width=375)
    region = "document.querySelector('.matrix').closest('.scroll')"
    assert page.run(f"{region}.scrollWidth > {region}.clientWidth")
    place = "document.querySelector('.matrix {}').getBoundingClientRect()"
    assert page.run(place.format("caption") + ".right") <= 375
    assert page.run(place.format("caption") + ".bottom") <= page.run(place.format("thead") + ".top") + 1
    page.run(f"{region}.focus({{preventScroll: true}}); {region}.scrollLeft = 0")
    page.press("ArrowRight")
    page.run("new Promise(done => setTimeout(done, 400))")
    assert page.run(f"{region}.scrollLeft") > 0
    assert page.run("window.scrollX") == 0
    page.close()


def test_it_is_whole_without_a_script(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open("about:blank")
    page.without_script()
    page.load(pages["internal"].as_uri())
    tree = page.ask("Accessibility.getFullAXTree")["nodes"]
    tables = [node for node in tree if node.get("role", {}).get("value") == "table"]
    assert len(tables) >= 6
    page.close()


def test_printed_the_tables_behind_the_charts_are_open_and_nothing_is_cut_off(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["internal"], width=708)  # letter paper within its margins, in CSS pixels
    page.media("print")
    assert page.run("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.run("document.querySelector('details table').getBoundingClientRect().height") > 20
    beyond = page.run(
        "[...document.querySelectorAll('table')].filter(item => item.getBoundingClientRect().right > 709)"
        ".map(item => item.getBoundingClientRect().right + item.textContent.slice(0, 60))"
    )
    assert beyond == []
    assert page.printed().startswith(b"%PDF")
    page.close()
