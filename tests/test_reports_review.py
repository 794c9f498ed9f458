"""The page of a review says what its tables say, and can be read by everybody, anywhere."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import pytest

import tna
from tests.browser import Browser, browser, program
from tests.made_year import reviewed
from tests.reported import Page, Table
from tna import samples
from tna.cli.demo import BOARDS
from tna.cli.reviewing import Asked
from tna.cli.reviewing import run as review_into
from tna.cli.running import run as analyse_into
from tna.reports import as_review
from tna.review.years import year_of
from tna.wording import PLAN_MARKS

ON_CI = bool(os.environ.get("CI"))
KINDS = [*BOARDS, "made-up", "made-up, internal"]


@pytest.fixture(scope="module", params=KINDS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a review: of a board's samples, or of a made-up year, for all or for the team."""
    folder = tmp_path_factory.mktemp(re.sub(r"\W+", "-", request.param))
    if request.param in BOARDS:
        return of_samples(request.param, folder)
    for one in reviewed(9, folder):
        if one.internal == request.param.endswith("internal"):
            (folder / "review").mkdir()
            as_review.write(one, folder / "review")
    return folder / "review"


def of_samples(name: str, folder: Path) -> Path:
    as_of, year = BOARDS[name]
    board = tna.load(name)
    found = samples.write(board, folder / "registers", as_of, people=200, records=1200)
    analyse_into(
        name,
        [found.people],
        [found.records],
        [found.agencies],
        as_of,
        folder / "analysis",
        False,
        {},
        quiet=True,
    )
    sent = samples.write_year(board, folder / "registers", year_of(year, as_of, board.policies).first, as_of)
    files = {kind: [path] for kind, path in sent.items()}
    review_into(Asked(name, year, as_of, files, folder / "analysis"), folder / "review", False, quiet=True)
    return folder / "review"


@pytest.fixture(scope="module")
def page(written: Path) -> Page:
    return Page((written / "report.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    if program() is None and not ON_CI:
        pytest.skip("Chromium is not installed")
    with browser() as found:
        yield found


def rows(written: Path, name: str) -> list[dict[str, str]]:
    with (written / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(page: Page, *captions: str) -> list[Table]:
    return [one for one in page.tables if one.caption.startswith(captions)]


def test_every_line_of_the_plan_stands_under_its_standing(written: Path, page: Page) -> None:
    for state, mark in PLAN_MARKS.items():
        lines = [row for row in rows(written, "plan") if row["rating"] == state]
        found = [cells for one in tables(page, f"{mark.word}: {mark.means}") for cells in one.rows[1:]]
        assert [cells[0].split()[-1] for cells in found] == [row["line"] for row in lines]
        for cells, row in zip(found, lines, strict=True):
            assert cells[3] == " ".join(row["because"].split())
            assert (
                f"{int(row['actual']):,}" in cells[2]
                if row["actual"]
                else not re.search(r"\d+ of \d+", cells[2])
            )


def test_the_first_sentence_counts_the_lines_that_can_be_true_or_false(written: Path, page: Page) -> None:
    judged = [row["rating"] for row in rows(written, "plan")]
    measured = len(judged) - judged.count("not-measured")
    assert f"Of {measured} lines of the plan for" in page.text
    if judged.count("not-known"):
        assert f"{judged.count('not-known')} not known" in page.text


def number(text: str) -> str:
    """How a cell of a file is shown on the page: hidden or not stated when it is empty."""
    return f"{int(text):,}" if text else ""


def test_numbers_on_the_page_are_those_of_the_files(written: Path, page: Page) -> None:
    pairs = {"By course": ("delivery", {"Sessions held": "sessions_held", "Places": "places", "Booked": "booked", "Attended": "attended", "No-shows": "no_show"}),
             "No-shows by agency": ("no_shows", {"Booked": "booked", "Attended": "attended"}),
             "Places needed": ("places", {"People to train": "people_to_train", "Places needed": "places"}),
             "Before and after": ("evaluation", {"Improved": "improved", "Same": "same", "Worse": "worse", "Late": "late"}),
             "Counts by period": ("outcomes", {"Count": "count"})}  # fmt: skip
    for caption, (name, columns) in pairs.items():
        for table in tables(page, caption):
            for (_, cells), row in zip(table.by_row(), rows(written, name), strict=True):
                for heading, column in columns.items():
                    assert cells[heading] == number(row[column]) or (
                        not row[column] and cells[heading] in ("hidden", "not stated")
                    ), (caption, cells, row)


def test_the_board_is_shown_with_and_without_those_who_sent_nothing(written: Path, page: Page) -> None:
    whole = [row for row in rows(written, "returns") if row["agency"] == "*"]
    [found] = tables(page, "The whole board") or [None]
    assert (found is None) == (not whole)
    shown = [cells for _, cells in found.by_row()] if found else []
    assert len(shown) == len(whole)
    for heading, column in (("From", "low"), ("To", "high"), ("Evidenced by registers", "evidenced")):
        told = [cells[heading] for cells in shown if cells[heading] != "hidden"]
        assert sorted(told) == sorted(number(row[column]) for row in whole if row[column])


def test_every_page_says_whether_small_numbers_are_shown(written: Path, page: Page) -> None:
    internal = (written / "follow-up-sample.csv").exists()
    said = "Internal: small numbers shown." if internal else "Small numbers are hidden."
    assert page.text.count(said) >= 2  # at the top and at the foot
    assert "fewer than 5, or hidden to protect one" in page.text or internal


def test_what_was_not_sent_is_not_called_hidden(tmp_path: Path) -> None:
    sessions = tmp_path / "sessions.csv"
    sessions.write_text("course,date,places,status\nk4-4,2015-05-01,20,held\n", "utf-8")
    from datetime import date

    review_into(
        Asked("knowsley", "2015-16", date(2016, 1, 31), {"sessions": [sessions]}),
        tmp_path / "out",
        False,
        quiet=True,
    )
    found = Page((tmp_path / "out" / "report.html").read_text("utf-8"))
    for caption in ("By course", "By session"):
        [table] = tables(found, caption)
        assert "hidden" not in {cell for row in table.rows for cell in row}, table.rows
        assert "not stated" in {cell for row in table.rows for cell in row}


def test_tables_have_captions_and_headings_go_down_one_step_at_a_time(page: Page) -> None:
    assert page.headings.count("h1") == 1
    steps = [
        int(now[1]) - int(before[1]) for before, now in zip(page.headings, page.headings[1:], strict=False)
    ]
    assert max(steps) == 1
    for table in page.tables:
        assert table.caption and not table.unscoped
        assert {len(row) for row in table.rows} == {len(table.rows[0])}, table.caption


def test_no_address_is_referred_to_and_no_id_is_used_twice(written: Path, page: Page) -> None:
    assert not re.search(r"https?://|url\(|@import|//[a-z]", (written / "report.html").read_text("utf-8"))
    ids = [found["id"] for _, found in page.tags if "id" in found]
    assert len(ids) == len(set(ids))
    assert {found["href"] for tag, found in page.tags if tag == "a"} <= {f"#{one}" for one in ids}


@pytest.mark.parametrize("width", [1280, 320])
def test_in_a_browser_it_fits_asks_for_nothing_and_nothing_is_refused(
    written: Path, window: Browser, width: int
) -> None:
    report = written / "report.html"
    window.open(report, width)
    assert window.run("document.documentElement.scrollWidth") <= width
    assert window.requests() == [report.resolve().as_uri()]
    assert window.complaints() == []


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_no_barrier(written: Path, window: Browser, width: int) -> None:
    if find_spec("axe_core_python") is None and not ON_CI:
        pytest.skip("axe-core-python is not installed")
    window.open(written / "report.html", width)
    window.run(resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8") + ";0")
    found = window.run("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    assert found == []
