"""The report: its numbers are those of the tables, its states are shown, and nobody is named in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reported import AGENCIES, AS_OF, HOSTILE, SILENT, UNPLACED, Page, Table, analysed, write_registers
from tna.model import Analysis, Flag
from tna.reports import as_csv, as_html
from tna.reports.findings import findings

FLAGS = (
    Flag("loud.act", "act", "Level <3>", "Somebody & nobody.", "kscb-2015, p. 1"),
    Flag("loud.person", "note", "PERSON-0003", "PERSON-0003 is about to lapse."),
    *(Flag("loud.many", "check", f"Thing {number:02d}", "Look.") for number in range(25)),
)
RATED = {"coverage.target": 50, "coverage.floor": 30}
LEVEL_3, EVERY = "Level 3", "All levels and cohorts"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("registers")
    write_registers(found, AGENCIES)
    return found


@pytest.fixture(scope="module")
def analysis(folder: Path) -> Analysis:
    return analysed(folder, flags=FLAGS)


@pytest.fixture(scope="module")
def rated(folder: Path) -> Analysis:
    return analysed(folder, RATED)


@pytest.fixture(scope="module")
def text(analysis: Analysis) -> str:
    return as_html.page(findings(analysis))


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def heatmap(page: Page) -> dict[str, dict[str, str]]:
    return dict(page.table("People in date of people required").by_row())


def flagged(page: Page, severity: str) -> Table:
    return next(table for table in page.tables if re.fullmatch(rf"\d+ flags? to {severity}", table.caption))


def coverage(analysis: Analysis, folder: Path) -> Iterator[dict[str, str]]:
    as_csv.write(analysis, folder)
    with (folder / "coverage.csv").open(newline="", encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


@pytest.mark.parametrize("policies", [{}, RATED])
def test_every_number_of_the_heatmap_is_that_of_coverage_csv(
    folder: Path, tmp_path: Path, policies: dict[str, int]
) -> None:
    analysis = analysed(folder, policies)
    shown = heatmap(Page(as_html.page(findings(analysis))))
    labels = {"*": EVERY} | {
        level: f"{label} cohort" if level.startswith("cohort:") else label
        for level, label in analysis.connection.execute("select level, label from levels").fetchall()
    }
    compared = 0
    for line in coverage(analysis, tmp_path):
        if line["competency"] == "*" and int(line["required"]):
            cell = shown[{"*": "All agencies"}.get(line["agency"], line["agency"])][labels[line["level"]]]
            per_cent = int(line["held"]) * 100 // int(line["required"])
            word = {"not-stated": "Not rated"}.get(line["rating"], line["rating"].capitalize())
            assert cell.startswith(f"{line['held']} of {line['required']} {per_cent}% ")
            assert cell.endswith(word)
            compared += 1
    assert compared > 8


def test_no_person_is_named_anywhere(text: str, analysis: Analysis) -> None:
    ids = [one for (one,) in analysis.connection.execute("select person_id from people").fetchall()]
    assert len(ids) > 50
    assert not re.search(r"PERSON-\d", text)


def test_a_flag_about_one_person_is_counted_and_not_quoted(page: Page) -> None:
    notes = dict(flagged(page, "note").by_row())
    assert "see flags.csv" in notes["One person"]["What"]


def test_of_many_flags_of_a_kind_some_are_shown_and_the_rest_counted(page: Page) -> None:
    table = flagged(page, "check")
    assert sum(name.startswith("Thing") for name, _ in table.by_row()) == 5
    assert any(name == "20 more of this kind" for name, _ in table.by_row())


def test_flags_carry_their_source_or_say_that_there_is_none(page: Page) -> None:
    assert dict(flagged(page, "act on").by_row())["Level <3>"]["Source"] == "kscb-2015, p. 1"
    assert dict(flagged(page, "check").by_row())["Thing 00"]["Source"] == "not stated"


def test_an_agency_that_sent_nothing_is_shown_and_never_a_nought(page: Page) -> None:
    row = heatmap(page)[SILENT]
    assert {cell for column, cell in row.items() if column not in ("Agency", "Jobs to ask about")} == {
        "✕ No return"
    }
    assert f"1 of {len(AGENCIES) + 1} agencies expected sent no register" in page.text


def test_an_agency_whose_jobs_all_had_to_be_asked_is_not_stated(page: Page) -> None:
    row = heatmap(page)[UNPLACED]
    assert row[EVERY] == "? Not stated"
    assert row["Jobs to ask about"] == "7 of 7"


def test_people_of_whom_nothing_is_required_are_not_needed_and_an_empty_level_is_nobody(page: Page) -> None:
    row = heatmap(page)["Whiston & District <Trust>"]
    assert row["Level 2"] == "– Not needed"
    assert row["Level 1"] == "· Nobody"


def test_levels_where_nobody_is_have_no_column_and_are_named_below(page: Page) -> None:
    assert "Level 6" not in heatmap(page)["All agencies"]
    assert re.search(r"The registers name nobody in: [^.]*Level 6", page.text)


def test_no_percentage_says_100_while_somebody_is_missing(rated: Analysis) -> None:
    shown = re.findall(r"([\d,]+) of ([\d,]+)\s+(\d+)%", Page(as_html.page(findings(rated))).text)
    assert len(shown) > 10
    for part, whole, per_cent in shown:
        assert int(per_cent) == int(part.replace(",", "")) * 100 // int(whole.replace(",", ""))


def test_bars_are_drawn_against_a_target_only_where_there_is_one(page: Page, rated: Analysis) -> None:
    drawn = Page(as_html.page(findings(rated)))
    assert "svg" not in dict(page.tags)
    assert [tag for tag, _ in drawn.tags].count("svg") == 2
    assert [tag for tag, _ in drawn.tags].count("desc") == 2
    table = dict(drawn.table("In date by level, all agencies, as a table").by_row())
    cell = heatmap(drawn)["All agencies"][LEVEL_3]
    assert (
        cell
        == f"{table[LEVEL_3]['In date of required']} {table[LEVEL_3]['Per cent']} {table[LEVEL_3]['Rating']}"
    )


def test_courses_are_listed_with_as_many_people_as_recommendations_name(
    page: Page, analysis: Analysis
) -> None:
    rows = {row["Course"]: row["People to train"] for _, row in page.table("Courses by the number").by_row()}
    for course, people in analysis.connection.execute(
        "select course, count(distinct person_id) from recommendations where course <> '' group by all"
    ).fetchall():
        assert any(f" {course}," in name and shown == str(people) for name, shown in rows.items())


def test_the_rows_read_add_up_in_the_account(page: Page, analysis: Analysis) -> None:
    rows = dict(page.table("What became of every row").by_row())
    for name, row in rows.items():
        parts = [int(row[one]) for one in ("Accepted", "Changed", "Not evidence", "Refused")]
        assert sum(parts) == int(row["Rows read"]), name
    assert int(rows["All files"]["Rows read"]) == sum(one["rows"] for one in analysis.about["inputs"])


def test_it_says_how_it_was_computed(page: Page, analysis: Analysis) -> None:
    about = analysis.about
    for said in (
        about["run"], *about["board"]["checksums"].values(), *(one["sha256"] for one in about["inputs"]),
        *(one["name"] for one in about["plugins"]), about["headline"], "31 January 2016", about["board"]["edition"],
    ):  # fmt: skip
        assert said in page.text


def test_policies_nobody_states_are_listed_as_not_stated(page: Page, rated: Analysis) -> None:
    assert "coverage.target : not stated" in page.text
    in_force = dict(Page(as_html.page(findings(rated))).table("Policies in force").by_row())
    assert in_force["coverage.target"]["Value"] == "50%"
    assert in_force["coverage.target"]["On whose word"] == "Set for this run"


def test_jobs_to_ask_about_come_with_agencies_counts_and_reasons(page: Page) -> None:
    asked = dict(page.table("Job titles to ask about").by_row())
    assert asked["Software developer"]["Jobs"] == "7"
    assert asked["Software developer"]["Ask"] == "Whiston & District <Trust>"
    assert "Software developer" in asked["Software developer"]["Why it is asked"]


def test_agencies_expected_are_not_stated_without_a_list(folder: Path) -> None:
    import tna

    files = [[folder / f"{name}.csv"] for name in ("people", "records")]
    bare = tna.analyse("knowsley", *files, as_of=AS_OF)
    assert "Agencies expected: not stated" in Page(as_html.page(findings(bare))).text


def test_same_inputs_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        as_html.write(analysed(folder, RATED, FLAGS), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_hostile_names_are_text(tmp_path: Path) -> None:
    write_registers(tmp_path, {name: ("Teacher", name) for name in HOSTILE}, each=1)
    text = as_html.page(
        findings(analysed(tmp_path, flags=[Flag("x", "act", name, name, name) for name in HOSTILE]))
    )
    page = Page(text)
    assert not {"script", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    rows = heatmap(page)
    for name in HOSTILE:
        assert " ".join(name.split()) in rows
