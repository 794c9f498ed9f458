"""A framework written in a workbook becomes a pack that says the same, and every slip is told at its cell."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

import tna
from tests.authored import FIVE, HEAD, filled
from tna import boards
from tna.authoring import new_board_from, write_template
from tna.authoring.layout import sheets
from tna.authoring.names import slug
from tna.checking import check
from tna.model import Board
from tna.names import tidy
from tna.problems import Problems, Unusable
from tna.testing import check_scenario

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"))
WORD = st.text(LETTERS, min_size=1, max_size=12).filter(
    lambda text: (
        bool(slug(text))
        and tidy(text) == text
        and not set(text) & set(";|=#")
        and not re.fullmatch(r"(?i)[cl][0-9]", text)
    )
)


def made(folder: Path, book: Path) -> Board:
    new_board_from(book, folder, Problems())
    return boards.load(folder)


def test_the_empty_workbook_explains_itself_and_offers_lists(tmp_path: Path) -> None:
    write_template(tmp_path / "framework.xlsx")
    book = load_workbook(tmp_path / "framework.xlsx")
    assert book.sheetnames == ["Start here", *(sheet.title for sheet in sheets()), "lists"]
    for sheet in sheets():
        page = book[sheet.title]
        assert [cell.value for cell in page[HEAD]][1:] == [
            f"{one.heading}{' (needed)' if one.needed else ''}" for one in sheet.columns
        ]
        assert all(cell.value for cell in page[HEAD - 1][1:]), "a note stands over every heading"
        assert page[HEAD + 1][0].value == "example"
        lists = {
            str(rule.sqref).split("6")[0]
            for rule in page.data_validations.dataValidation
            if rule.type == "list"
        }
        assert len(lists) == len([one for one in sheet.columns if one.offers or one.of == "role"])
    assert not book.vba_archive


def test_the_same_workbook_has_the_same_bytes(tmp_path: Path) -> None:
    write_template(tmp_path / "one.xlsx")
    write_template(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_examples_of_the_template_would_themselves_be_read(tmp_path: Path) -> None:
    write_template(tmp_path / "framework.xlsx")
    book = load_workbook(tmp_path / "framework.xlsx")
    for sheet in sheets():
        book[sheet.title].cell(HEAD + 1, 1).value = None
    for row, label in enumerate(("Level 1", "Level 2"), HEAD + 1):
        book["Levels"].cell(row, 2).value = label
        book["Levels"].cell(row, 3).value = str(row)
        book["Levels"].cell(row, 4).value = label.lower().replace(" ", "-")
    book["Levels"].cell(HEAD + 1, 6).value = None
    book.save(tmp_path / "own.xlsx")
    board = made(tmp_path / "own", tmp_path / "own.xlsx")
    assert [level.id for level in board.pack.framework.levels] == ["level-1", "level-2"]


def test_a_five_level_board_goes_from_workbook_to_analysis(tmp_path: Path) -> None:
    folder = tmp_path / "vale"
    written, account = new_board_from(filled(tmp_path / "five.xlsx"), folder, problems := Problems())
    assert not list(problems) and not list(check(folder))
    assert all(path.is_file() for path in written)
    assert {one.sheet: one.taken for one in account} == {
        sheet.title: len(FIVE.get(sheet.title, ())) for sheet in sheets()
    }
    assert all(one.examples == 1 for one in account)
    people = tmp_path / "people.csv"
    people.write_text("person_id,agency,role\n1,A school,Teacher\n2,A trust,Paediatrician\n", "utf-8")
    records = tmp_path / "records.csv"
    records.write_text("person_id,course,completed\n1,Course 1,2026-01-10\n", "utf-8")
    analysis = tna.analyse(tna.load(folder), people=[people], records=[records], as_of=date(2026, 1, 31))
    lacking = analysis.gaps.aggregate("person_id, count(*) as n", "person_id").order("person_id").fetchall()
    assert lacking == [("1", 1), ("2", 5)]


def test_what_the_sheets_do_not_say_stays_not_stated(tmp_path: Path) -> None:
    board = made(tmp_path / "vale", filled(tmp_path / "five.xlsx"))
    framework = board.pack.framework
    assert [level.descriptor for level in framework.levels] == [""] * 5
    assert [grant.months for level in framework.levels for grant in level.requires] == [None] * 4 + [36]
    assert all(not course.duration.printed and course.capacity is None for course in board.pack.courses)
    assert (
        framework.levels[0].origin.basis == "stated"
        and str(framework.levels[0].origin.source) == "tf, page 1"
    )


def test_a_reading_is_switched_by_a_decision_made_of_its_reason(tmp_path: Path) -> None:
    board = made(tmp_path / "vale", filled(tmp_path / "five.xlsx"))
    [example] = board.pack.framework.levels[4].examples
    assert example.origin.basis == "interpreted"
    policy = board.policies[example.origin.policy]
    assert (policy.says, policy.value) == ("Named in the annex only", "on")
    off = boards.load(tmp_path / "vale", {policy.id: "off"})
    assert off.pack.framework.levels[4].examples == ()


def test_several_rows_may_share_a_decision_of_the_sheet(tmp_path: Path) -> None:
    decisions = [{"Decision": "Readings of the annex hold.", "Short name": "annex", "Value": "on"}]
    rows = [{**row, "Basis": "assumed", "Decision": "annex"} for row in FIVE["Requires"]]
    book = filled(tmp_path / "five.xlsx", {**FIVE, "Decisions": decisions, "Requires": rows})
    framework = made(tmp_path / "vale", book).pack.framework
    assert {grant.origin.policy for level in framework.levels for grant in level.requires} == {"annex"}


def test_columns_may_be_moved_and_headings_keep_their_meaning(tmp_path: Path) -> None:
    book = load_workbook(filled(tmp_path / "five.xlsx"))
    page = book["Competencies"]
    for row in page.iter_rows(min_row=1, max_row=12, min_col=2, max_col=3):
        row[0].value, row[1].value = row[1].value, row[0].value
    book.save(tmp_path / "moved.xlsx")
    one, two = (made(tmp_path / name, tmp_path / f"{name}.xlsx") for name in ("five", "moved"))
    assert [(c.id, c.label) for c in one.pack.framework.competencies] == [
        (c.id, c.label) for c in two.pack.framework.competencies
    ]


def test_a_circle_is_told_at_the_rows_that_make_it(tmp_path: Path) -> None:
    book = filled(tmp_path / "five.xlsx", cells={"Competencies": {"D6": "c2", "D7": "c1"}})
    with pytest.raises(Unusable) as refused:
        new_board_from(book, tmp_path / "vale", Problems())
    [problem] = refused.value.problems
    assert problem.code == "graph.cycle"
    assert problem.place.sheet == "Competencies" and problem.place.cell in ("A6", "A7")
    assert not (tmp_path / "vale").exists()


def test_a_value_that_a_policy_cannot_have_is_told_at_its_row(tmp_path: Path) -> None:
    book = filled(tmp_path / "five.xlsx", cells={"Decisions": {"D6": "most of them"}})
    with pytest.raises(Unusable) as refused:
        new_board_from(book, tmp_path / "vale", Problems())
    assert [(one.code, one.place.cell) for one in refused.value.problems] == [
        ("framework.policy-value", "A6")
    ]


def test_more_rows_than_anybody_writes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tna.sources.books.MOST", 8)
    with pytest.raises(Unusable) as refused:
        new_board_from(filled(tmp_path / "five.xlsx"), tmp_path / "vale", Problems())
    [problem] = refused.value.problems
    assert (
        problem.code == "tables.swollen-workbook"
        and "the sheet Start here has more than 8 rows" in problem.sentence
    )


@pytest.mark.parametrize(
    ("name", "code"), [("My County", "starting.no-id"), ("there", "starting.there-already")]
)
def test_a_folder_that_cannot_be_made_is_told_before_anything_is_read(
    tmp_path: Path, name: str, code: str
) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(Unusable) as refused:
        new_board_from(tmp_path / "no.xlsx", tmp_path / name, Problems())
    assert [one.code for one in refused.value.problems] == [code]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 cut short"])
def test_what_is_no_workbook_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.xlsx").write_bytes(content)
    with pytest.raises(Unusable) as refused:
        new_board_from(tmp_path / "own.xlsx", tmp_path / "own", Problems())
    assert all(one.code.startswith("tables.") for one in refused.value.problems)


@settings(max_examples=12, deadline=None)
@given(
    labels=st.lists(WORD, min_size=1, max_size=4, unique_by=str.casefold),
    competencies=st.lists(WORD, min_size=1, max_size=5, unique_by=str.casefold),
    data=st.data(),
)
def test_any_small_framework_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, labels: list[str], competencies: list[str], data: st.DataObject
) -> None:
    """Levels, competencies, requirements, examples and courses of the pack are those of the rows."""
    levels, known = range(len(labels)), [f"c{n}" for n in range(len(competencies))]
    pick = st.lists(st.sampled_from(known), unique=True, min_size=1)
    needs = data.draw(
        st.lists(st.tuples(st.sampled_from(levels), pick, st.none() | st.integers(1, 60)), max_size=5)
    )
    people = data.draw(st.lists(st.tuples(st.sampled_from(levels), WORD), max_size=4))
    offers = data.draw(st.lists(st.tuples(WORD, pick, st.sampled_from(levels)), max_size=4))
    folder = tmp_path_factory.mktemp("authored")
    book = filled(folder / "own.xlsx", {
        "Board": FIVE["Board"], "Documents": FIVE["Documents"],
        "Levels": [{"Level": label, "Number": f"no {n}", "Short name": f"l{n}"} for n, label in enumerate(labels)],
        "Competencies": [{"Competency": one, "Short name": f"c{n}"} for n, one in enumerate(competencies)],
        "Requires": [{"Level or cohort": f"l{at}", "Must have": "; ".join(some), "Renewed every (months)": months} for at, some, months in needs],
        "Examples": [{"Level": f"no {at}", "Who, as printed": words} for at, words in people],
        "Courses": [{"Course": title, "Kind": "course", "Audience": "workforce", "Mode": "online", "Gives": "; ".join(some), "Open to": f"l{at}"}
                    for title, some, at in offers],
    })  # fmt: skip
    pack = made(folder / "own", book).pack
    framework = pack.framework
    assert [(level.id, level.label, level.rank) for level in framework.levels] == [
        (f"l{n}", label, n + 1) for n, label in enumerate(labels)
    ]
    assert [(one.id, one.label) for one in framework.competencies] == list(
        zip(known, competencies, strict=True)
    )
    assert [
        (int(level.id[1:]), list(one.competencies), one.months)
        for level in framework.levels
        for one in level.requires
    ] == sorted(needs, key=lambda need: need[0])
    assert [
        (int(level.id[1:]), one.printed) for level in framework.levels for one in level.examples
    ] == sorted(people, key=lambda one: one[0])
    assert [(one.title, list(one.gives[0].competencies), one.open_to[0].levels) for one in pack.courses] == [
        (title, some, (f"l{at}",)) for title, some, at in offers
    ]


def test_dates_may_be_dates_or_words_in_english(tmp_path: Path) -> None:
    cells = {
        "Board": {"F6": date(2026, 4, 1), "G6": "31 March 2031"},
        "Courses": {"Q6": date(2026, 5, 12), "Q7": "3rd May 2026; 4/6/2026"},
    }
    pack = made(tmp_path / "vale", filled(tmp_path / "five.xlsx", cells=cells)).pack
    assert (pack.framework.effective_from, pack.framework.review_by) == (date(2026, 4, 1), date(2031, 3, 31))
    assert [course.sessions for course in pack.courses[:2]] == [
        (date(2026, 5, 12),), (date(2026, 5, 3), date(2026, 6, 4))
    ]  # fmt: skip


def test_a_workbook_may_become_a_whole_distribution(tmp_path: Path) -> None:
    folder = tmp_path / "five-vale"
    new_board_from(filled(tmp_path / "five.xlsx"), folder, Problems(), plugin=True)
    shelf = folder / "five_vale" / "shelf"
    assert boards.load("five-vale", places=[shelf]).pack.framework.levels
    check_scenario(folder / "tests" / "scenarios" / "asked.yaml", places=[shelf])
    assert 'five-vale = "five_vale"' in (folder / "pyproject.toml").read_text("utf-8")
