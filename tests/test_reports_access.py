"""The report can be read by everybody, anywhere: structure, colours, no requests, narrow and printed."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser import Browser, browser, program
from tests.reported import AGENCIES, Page, analysed, write_registers
from tna.reports import as_html, palette

ON_CI = bool(os.environ.get("CI"))
KINDS = {"plain": {}, "rated": {"coverage.target": 50, "coverage.floor": 30, "refresh.months": 24}}


@pytest.fixture(scope="module", params=KINDS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    write_registers(folder, AGENCIES)
    as_html.write(analysed(folder, KINDS[request.param]), folder / "report.html")
    return folder / "report.html"


@pytest.fixture(scope="module")
def page(report: Path) -> Page:
    return Page(report.read_text("utf-8"))


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    if program() is None and not ON_CI:
        pytest.skip("Chromium is not installed")
    with browser() as found:
        yield found


@pytest.mark.parametrize(("text", "fill"), palette.TEXT_ON)
def test_text_stands_out_from_what_it_is_written_on(text: str, fill: str) -> None:
    assert palette.contrast(palette.COLOURS[text], palette.COLOURS[fill]) >= palette.LEAST_TEXT


@pytest.mark.parametrize(("edge", "fill"), palette.EDGE_ON)
def test_edges_stand_out_from_both_sides(edge: str, fill: str) -> None:
    assert palette.contrast(palette.COLOURS[edge], palette.COLOURS[fill]) >= palette.LEAST_EDGE


def test_contrast_is_that_of_wcag() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    sheet = resources.files("tna.reports").joinpath("templates/report.css").read_text("utf-8")
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", sheet)
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet)) <= set(palette.COLOURS)


def test_nothing_is_allowed_but_its_own_style_sheet(report: Path, page: Page) -> None:
    text = report.read_text("utf-8")
    [style] = re.findall(r"<style>(.*?)</style>", text, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    [policy] = [
        found["content"] for tag, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


def test_no_address_is_referred_to(report: Path, page: Page) -> None:
    assert not re.search(r"https?://|url\(|@import|//[a-z]", report.read_text("utf-8"))
    assert not any("src" in found or "style" in found for _, found in page.tags)
    assert all(found.get("href", "#").startswith("#") for _, found in page.tags)  # type: ignore[union-attr]


def test_every_table_has_a_caption_and_headers_that_say_what_they_head(page: Page) -> None:
    assert len(page.tables) >= 9
    for table in page.tables:
        assert table.caption
        assert table.unscoped == 0
        assert {len(row) for row in table.rows} == {len(table.rows[0])}, table.caption


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    assert page.headings[0] == "h1"
    assert page.headings.count("h1") == 1
    steps = [
        int(now[1]) - int(before[1]) for before, now in zip(page.headings, page.headings[1:], strict=False)
    ]
    assert max(steps) == 1


def test_links_inside_the_page_lead_somewhere_and_no_id_is_used_twice(page: Page) -> None:
    ids = [found["id"] for _, found in page.tags if "id" in found]
    assert len(ids) == len(set(ids))
    assert {found["href"] for tag, found in page.tags if tag == "a"} <= {f"#{one}" for one in ids}


def test_it_is_british_english_and_can_be_skipped_through(page: Page) -> None:
    assert dict(page.tags)["html"]["lang"] == "en-GB"
    assert next(found for tag, found in page.tags if tag == "a")["href"] == "#main"


def test_what_scrolls_can_be_reached_and_is_named(page: Page) -> None:
    regions = [found for _, found in page.tags if "scroll" in (found.get("class") or "").split()]
    assert len(regions) == len(page.tables)
    assert all(
        found["role"] == "region" and found["tabindex"] == "0" and found["aria-label"] for found in regions
    )


@pytest.mark.parametrize("width", [1280, 320])
def test_in_a_browser_it_fits_asks_for_nothing_and_nothing_is_refused(
    report: Path, window: Browser, width: int
) -> None:
    window.open(report, width)
    assert window.run("document.documentElement.scrollWidth") <= width
    assert window.requests() == [report.resolve().as_uri()]
    assert window.complaints() == []
    assert (
        window.run("getComputedStyle(document.querySelector('.banner')).backgroundColor")
        == "rgb(255, 247, 191)"
    )


def test_headers_stay_in_sight_while_the_heatmap_scrolls(report: Path, window: Browser) -> None:
    window.open(report, 320, 400)
    window.run("document.querySelector('.tall').scrollTo(200, 300)")
    corner = "(r => [Math.round(r.left), Math.round(r.top)])(document.querySelector('.heat thead th').getBoundingClientRect())"
    scroller = "(r => [Math.round(r.left), Math.round(r.top)])(document.querySelector('.tall').getBoundingClientRect())"
    assert window.run(corner) == window.run(scroller)


def test_it_prints(report: Path, window: Browser, tmp_path: Path) -> None:
    window.open(report)
    window.print(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_no_barrier(report: Path, window: Browser, width: int) -> None:
    if find_spec("axe_core_python") is None and not ON_CI:
        pytest.skip("axe-core-python is not installed")
    window.open(report, width)
    window.run(resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8") + ";0")
    found = window.run("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    assert found == []
