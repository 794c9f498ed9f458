"""Papers on the screen can be read by everybody, anywhere: every kind, wide, narrow and printed, with the keyboard too."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import resources
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest

from tests.browser import Browser, browser, program
from tests.papers import HOSTILE, made, papers, read_html
from tests.reported import Page

ON_CI = bool(os.environ.get("CI"))
AGENCIES = (
    "Alder",
    HOSTILE,
    "Cedar",
    "An agency of a name that is long enough to need two lines of a narrow page",
)
SETTINGS = {"plain": {"refresh.months": "9"}, "rated": {"coverage.target": "70", "coverage.floor": "40"}}
KINDS = list(product(SETTINGS, ("board", "sub-group", "agency", "internal")))


@pytest.fixture(scope="module")
def analyses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        name: made(tmp_path_factory.mktemp(name), 5, AGENCIES, settings)
        for name, settings in SETTINGS.items()
    }


@pytest.fixture(scope="module", params=KINDS, ids="-".join)
def page(
    request: pytest.FixtureRequest, analyses: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    settings, audience = request.param
    about = {"agencies": [HOSTILE]} if audience == "agency" else {}
    (found,) = papers(analyses[settings], tmp_path_factory.mktemp("page"), audience, ("html",), **about)
    return found


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    if program() is None and not ON_CI:
        pytest.skip("Chromium is not installed")
    with browser() as found:
        yield found


@pytest.mark.parametrize("width", [1280, 320])
def test_it_fits_asks_for_nothing_and_nothing_is_refused(page: Path, window: Browser, width: int) -> None:
    window.open(page, width)
    assert window.run("document.documentElement.scrollWidth") <= width
    assert window.requests() == [page.resolve().as_uri()]
    assert window.complaints() == []
    assert (
        window.run("getComputedStyle(document.querySelector('.banner')).backgroundColor")
        == "rgb(255, 247, 191)"
    )


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_no_barrier(page: Path, window: Browser, width: int) -> None:
    if find_spec("axe_core_python") is None and not ON_CI:
        pytest.skip("axe-core-python is not installed")
    window.open(page, width)
    window.run(resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8") + ";0")
    assert window.run("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))") == []


def test_nothing_in_it_can_run_or_ask(page: Path) -> None:
    found = Page(page.read_text("utf-8"))
    policy = next(one["content"] for tag, one in found.tags if tag == "meta" and one.get("http-equiv"))
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'", policy or ""
    )
    assert not {tag for tag, _ in found.tags} & {
        "script",
        "iframe",
        "img",
        "link",
        "form",
        "object",
        "embed",
        "b",
    }
    assert not [
        name for _, one in found.tags for name in one if name.startswith("on") or name in ("style", "src")
    ]
    assert all((one["href"] or "").startswith("#") for tag, one in found.tags if tag == "a")


def test_ids_are_there_once_and_every_link_has_its_place(page: Path) -> None:
    found = Page(page.read_text("utf-8"))
    ids = [one["id"] for _, one in found.tags if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {(one["href"] or "")[1:] for tag, one in found.tags if tag == "a"} <= set(ids)
    assert found.headings[0] == "h1"
    assert set(found.headings[1:]) == {"h2"}


def test_drawings_say_what_their_tables_say(page: Path) -> None:
    text = page.read_text("utf-8")
    for section in re.findall(r"<section.*?</section>", text, re.S):
        if "<svg" not in section:
            continue
        drawing, rest = re.findall(r"<svg.*?</svg>", section, re.S)[0], section[section.index("</svg>") :]
        assert re.search(r'role="img" aria-labelledby="(\w+)-title \1-desc"', drawing)
        shown = {one.rstrip("…").strip() for one in re.findall(r"<text[^>]*>([^<]*)</text>", drawing)}
        plain = " ".join(re.sub(r"<[^>]+>", " ", rest).split())
        missing = {
            one for one in shown if one not in plain and not re.fullmatch(r"(?:target|floor) \d+%", one)
        }
        assert missing == set()


def test_bars_are_as_long_as_their_shares(analyses: dict[str, Path], tmp_path: Path) -> None:
    (found,) = papers(analyses["rated"], tmp_path, "internal", ("html",))
    text = found.read_text("utf-8")
    (rows,) = [
        table for caption, table in read_html(found).tables if caption == "People in date, against the target"
    ]
    drawing = next(one for one in re.findall(r"<svg.*?</svg>", text, re.S) if "bars-title" in one)
    tracks = [float(one) for one in re.findall(r'class="track"[^>]*width="([\d.]+)"', drawing)]
    bars = re.findall(r'class="bar-(\w+)"[^>]*width="([\d.]+)"', drawing)
    assert len(rows) - 1 == len(bars) == len(tracks)
    for row, track, (rating, length) in zip(rows[1:], tracks, bars, strict=True):
        part, whole = (int(one.replace(",", "")) for one in row[1].split(" of "))
        assert float(length) == pytest.approx(track * part / whole, abs=0.1)
        assert row[3].split()[-1].lower() == rating


def test_the_heatmap_leads_to_each_agency_by_keyboard(
    analyses: dict[str, Path], window: Browser, tmp_path: Path
) -> None:
    (found,) = papers(analyses["rated"], tmp_path, "board", ("html",))
    window.open(found)
    links = window.run(
        "[...document.querySelectorAll('tbody th a')].map(a => [a.textContent, a.hash.slice(1)])"
    )
    assert {name for name, _ in links} >= set(AGENCIES)
    for name, place in links:
        assert window.run(f"document.getElementById('{place}').textContent") == name
    window.run("document.querySelector('tbody th a').focus()")
    for kind in ("keyDown", "keyUp"):
        window.ask(
            "Input.dispatchKeyEvent",
            type=kind,
            key="Enter",
            code="Enter",
            windowsVirtualKeyCode=13,
            text="\r" if kind == "keyDown" else "",
        )
    assert window.run("location.hash.slice(1)") == links[0][1]
    assert abs(window.run(f"document.getElementById('{links[0][1]}').getBoundingClientRect().top")) < 900


def test_each_agency_begins_a_page_of_its_own_on_a4(
    analyses: dict[str, Path], window: Browser, tmp_path: Path
) -> None:
    (found,) = papers(analyses["rated"], tmp_path, "board", ("html",))
    window.open(found)
    window.print(tmp_path / "board.pdf")
    if not shutil.which("pdftotext") and not ON_CI:
        pytest.skip("poppler-utils is not installed")
    size = subprocess.run(
        ["pdfinfo", tmp_path / "board.pdf"], check=True, capture_output=True, text=True
    ).stdout
    assert "A4" in size
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "board.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    begins = [
        page.split("\n\n")[0].strip().splitlines()[0].strip() for page in text.split("\f") if page.strip()
    ]
    for agency in AGENCIES:
        assert any(agency.startswith(line) and line for line in begins), (agency, begins)


def test_what_is_said_of_small_numbers_stands_on_every_kind(page: Path) -> None:
    text = Page(page.read_text("utf-8")).text
    assert ("Internal: small numbers shown." in text) == ("gaps" in page.name)
    assert ("Small numbers are hidden." in text) == ("gaps" not in page.name)
