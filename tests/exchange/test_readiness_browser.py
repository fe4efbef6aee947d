"""The page as a person meets it: in a real headless Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.browser import Browser, started
from tests.exchange.readiness_samples import SAMPLES
from tests.tools import require_tool

from fe_contracts.exchange.readiness_html import readiness_html

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(require_tool("chromium"), tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, sample in SAMPLES.items():
        (folder / f"{name}.html").write_text(readiness_html(sample()), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in SAMPLES}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "light"), (320, "dark")])
def test_a_page_loads_nothing_complains_of_nothing_and_never_scrolls_sideways(
    browser: Browser, pages: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    page = browser.open(pages[name], width=width, prefers_color_scheme=scheme)
    assert page.complaints() == []
    assert [url for url in page.requests() if url != "data:,"] == [pages[name].as_uri()]
    assert page.run("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_axe_finds_no_barrier(browser: Browser, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    axe = Path(require_tool("axe-core")).read_text(encoding="utf-8")
    page = browser.open(pages[name], width=width, prefers_color_scheme=scheme)
    page.run(axe + "; 0")
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    found = page.run(
        f"axe.run(document, {{runOnly: {tags}}}).then(all => [all.passes.length,"
        "...all.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html)])])"
    )
    assert found[0] > 15
    assert found[1:] == []
    page.close()


def test_no_text_of_the_picture_is_cut_off(browser: Browser, pages: dict[str, Path]) -> None:
    for name in SAMPLES:
        page = browser.open(pages[name], width=1280)
        beyond = page.run(
            "(() => { const whole = document.querySelector('svg.time').getBoundingClientRect();"
            "return [...document.querySelectorAll('svg.time text')].filter(item => {"
            "const box = item.getBoundingClientRect();"
            "return box.right > whole.right + 1 || box.left < whole.left - 1 || box.top < whole.top - 1; })"
            ".map(item => item.textContent); })()"
        )
        assert beyond == [], name
        page.close()


def test_a_code_beside_a_step_leads_to_its_finding(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["process_ahead"])
    page.click(".next a.code")
    assert page.run("location.hash") == "#READY001"
    assert page.run("document.querySelector(':target').textContent").strip().startswith("To mend")
    page.close()


def test_printed_the_first_page_holds_the_verdict_the_steps_and_the_picture(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["process_ahead"], width=708)  # letter paper within its margins, in CSS pixels
    page.media("print")
    assert page.run("document.querySelector('svg.time').getBoundingClientRect().bottom") <= 950
    assert page.run("getComputedStyle(document.querySelector('.skip')).display") == "none"
    assert page.printed().startswith(b"%PDF")
    page.close()
