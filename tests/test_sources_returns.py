"""A return says the same whichever way an agency lays it out, and what does not fit is said, never repaired."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import hostile, year

FIGURES = "headcount, required, trained, in_date, overdue"
FIELD = "agency,staff_group,module_name,required_count,completed_count,completion_rate_pct,overdue_count\n"


def returns(folder: Path, text: str) -> hostile.Read:
    """Read one return."""
    return year.one(folder, "returns", text)


def test_a_return_has_every_column(tmp_path: Path) -> None:
    head = "Agency,Level,Role,Course,Headcount,Required,Trained,In date,Overdue,%,As at,Estimated,Low,High,Respondent post\n"
    found = returns(
        tmp_path,
        head + 'School A,Level 1,Teacher,Basic  awareness,"1,024",20,18,15,3,90%,31/01/2016,y,14,16,Head\n',
    )
    assert found.rows("FROM returns") == [
        ("School A", "level-1", "Teacher", "c1", 1024, 20, 18, 15, 3, 90.0, date(2016, 1, 31), True, 14, 16, "in_date",
         False, "Head", "returns.csv", "", 2)
    ]  # fmt: skip
    assert found.codes() == []


def test_the_columns_of_the_field_are_known(tmp_path: Path) -> None:
    found = returns(tmp_path, FIELD + "Health,Nurses,CSE,40,30,75,10\n")
    assert found.rows(f"SELECT role, course, {FIGURES}, percent FROM returns") == [
        ("Nurses", "c1|c2", None, 40, 30, None, 10, 75.0)
    ]
    assert found.codes() == []


def test_what_is_not_stated_is_null_and_never_nought(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,headcount,required,trained,in_date\nSchool A,n/a,-,0,\n")
    assert found.rows(f"SELECT {FIGURES} FROM returns") == [(None, None, 0, None, None)]
    assert found.rows("SELECT level, role, course, estimated, bounds_of, respondent_post FROM returns") == [
        ("", "", "", False, "", "")
    ]


def test_bounds_say_which_count_they_are_of(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,required,trained\nA,12,<5\nB,<5,3\nC,<5,<5\n")
    assert found.rows("SELECT required, trained, low, high, bounds_of, estimated FROM returns") == [
        (12, None, 0, 4, "trained", False),
        (None, 3, 0, 4, "required", False),
        (None, None, 0, 4, "trained", False),
    ]


def test_an_estimate_in_any_count_makes_the_row_an_estimate(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,required,trained\nA,approx 40,30\nB,40,30\n")
    assert found.rows("SELECT required, estimated FROM returns") == [(40, True), (40, False)]


def test_a_percentage_and_a_count_of_the_same_name_are_two_columns(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,required,trained,Trained (%)\nA,20,15,75%\n")
    assert found.rows("SELECT trained, percent FROM returns") == [(15, 75.0)]


def test_a_remark_that_names_no_level_is_only_a_remark(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,Headcount (all staff in post)\nA,20\n")
    assert found.rows("SELECT level, headcount FROM returns") == [("", 20)]
    assert found.codes() == []


def test_headings_that_name_levels_and_courses_become_rows(tmp_path: Path) -> None:
    head = (
        "agency,headcount,Level 1 headcount,Trained (Level 1),Taxi drivers trained,Basic awareness: trained\n"
    )
    found = returns(tmp_path, head + "A,30,20,15,4,9\nB,,,,,\n")
    assert found.rows(f"SELECT agency, level, course, {FIGURES}, row FROM returns") == [
        ("A", "", "", 30, None, None, None, None, 2),
        ("A", "", "c1", None, None, 9, None, None, 2),
        ("A", "cohort:taxi-drivers", "", None, None, 4, None, None, 2),
        ("A", "level-1", "", 20, None, 15, None, None, 2),
    ]
    assert found.rows("SELECT row, outcome FROM year_ledger WHERE row IS NOT NULL") == [(3, "not-evidence")]
    assert found.accounted()


Rows = dict[tuple[str, str], dict[str, int]]
COUNTS = st.dictionaries(
    st.sampled_from(["headcount", "required", "trained", "in_date", "overdue"]),
    st.integers(0, 60),
    min_size=1,
)
KEYS = st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(["level-1", "level-2"]))


def wide(rows: Rows) -> str:
    measures = FIGURES.split(", ")
    lines = [
        ",".join((*key, *(str(counts.get(one, "")) for one in measures))) for key, counts in rows.items()
    ]
    return "\n".join([f"agency,level,{','.join(measures)}", *lines])


def long(rows: Rows) -> str:
    lines = [f"{agency},{level},{one},{count}" for (agency, level), counts in rows.items() for one, count in counts.items()]  # fmt: skip
    return "\n".join(["agency,level,measure,count", *lines])


def by_level(rows: Rows) -> str:
    heads = [(level, one) for level in ("level-1", "level-2") for one in FIGURES.split(", ")]
    lines = [
        ",".join([agency, *(str(rows.get((agency, level), {}).get(one, "")) for level, one in heads)])
        for agency in dict.fromkeys(agency for agency, _ in rows)
    ]
    return "\n".join(["agency," + ",".join(f"{level} {one}" for level, one in heads), *lines])


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(KEYS, COUNTS, min_size=1))
def test_every_layout_of_the_same_figures_gives_the_same_table(rows: Rows) -> None:
    expected = sorted(
        (*key, *(counts.get(one) for one in FIGURES.split(", "))) for key, counts in rows.items()
    )
    for layout in (wide, long, by_level):
        with TemporaryDirectory() as folder:
            found = returns(Path(folder), layout(rows) + "\n")
            assert (
                found.rows(f"SELECT agency, level, {FIGURES} FROM returns ORDER BY agency, level") == expected
            )
            assert found.accounted()
            above = any(
                counts.get(part, 0) > counts.get(whole, 99)
                for counts in rows.values()
                for part, whole in (
                    ("required", "headcount"), ("trained", "headcount"), ("trained", "required"), ("in_date", "trained"),
                    ("in_date", "headcount"), ("in_date", "required"), ("overdue", "headcount"), ("overdue", "required"),
                )
            )  # fmt: skip
            assert ("registers.part-above-whole" in found.codes()) == above


def test_a_count_of_nothing_named_is_refused(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,measure,count\nA,,3\nA,trained,2\n")
    assert found.rows("SELECT trained, row FROM returns") == [(2, 3)]
    assert found.codes() == ["registers.blank-cell"]


def test_a_return_sent_twice_is_counted_once(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,level,trained\nA,1,12\nA,Level 1,12\n")
    assert found.rows("SELECT trained, row FROM returns") == [(12, 2)]
    assert found.rows("SELECT row, split_part(reason, ':', 1) FROM year_ledger WHERE row IS NOT NULL") == [
        (3, "duplicate")
    ]


def test_figures_of_two_files_that_agree_are_put_together(tmp_path: Path) -> None:
    one = hostile.written(tmp_path, "one.csv", "agency,level,headcount\nA,1,20\n")
    two = hostile.written(tmp_path, "two.csv", "agency,level,trained\nA,1,22\n")
    found = year.read({"returns": [one, two]})
    assert found.rows("SELECT headcount, trained, file FROM returns") == [(20, 22, "one.csv")]
    [problem] = list(found.problems)
    assert (problem.code, str(problem.place)) == ("registers.part-above-whole", "two.csv, C2")


def test_figures_that_contradict_each_other_are_not_used(tmp_path: Path) -> None:
    one = hostile.written(tmp_path, "one.csv", "agency,headcount,trained\nA,20,12\nB,5,5\n")
    two = hostile.written(tmp_path, "two.csv", "agency,trained\nA,15\n")
    found = year.read({"returns": [one, two]})
    assert found.rows("SELECT agency FROM returns") == [("B",)]
    assert "one.csv row 2 and two.csv row 2 state different figures for 'A'" in found.said()
    assert found.rows("SELECT file, row, outcome FROM year_ledger WHERE row IS NOT NULL") == [
        ("one.csv", 2, "refused"), ("two.csv", 2, "refused")
    ]  # fmt: skip


def test_figures_of_two_dates_stand_side_by_side(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,trained,as at\nA,12,2015-03-31\nA,15,2016-01-31\n")
    assert found.rows("SELECT trained FROM returns") == [(12,), (15,)]
    assert found.codes() == []


def test_a_contradiction_about_one_level_leaves_the_others_of_its_row(tmp_path: Path) -> None:
    head = "agency,Level 1 trained,Level 2 trained\n"
    found = returns(tmp_path, head + "A,12,7\nA,13,7\n")
    assert found.rows("SELECT level, trained, row FROM returns") == [("level-2", 7, 2)]
    assert found.rows("SELECT row, outcome FROM year_ledger WHERE row IS NOT NULL") == [
        (2, "changed"),
        (3, "changed"),
    ]


def test_many_contradictions_are_told_in_few_sentences(tmp_path: Path) -> None:
    rows = "".join(f"A{number},1\nA{number},2\n" for number in range(30))
    found = returns(tmp_path, "agency,trained\n" + rows)
    assert found.codes().count("registers.conflicting-return") == 20
    assert "10 other returns with rows that state different facts" in found.said()


def test_a_total_is_said_to_be_one_and_must_add_up(tmp_path: Path) -> None:
    rows = "A,1,10\nA,2,5\nA,Total,15\nB,1,3\nB,2,4\nB,All levels,8\nGrand total,Total,22\n"
    found = returns(tmp_path, "agency,level,trained\n" + rows)
    assert found.rows("SELECT agency, level, trained, total FROM returns") == [
        ("A", "level-1", 10, False), ("A", "level-2", 5, False), ("A", "", 15, True),
        ("B", "level-1", 3, False), ("B", "level-2", 4, False), ("B", "", 8, True),
    ]  # fmt: skip
    [total] = [problem for problem in found.problems if problem.code == "registers.total-does-not-add-up"]
    assert str(total.place) == "returns.csv, C7"
    assert "B: the total is 8 trained, and its rows come to 7" in total.sentence


@pytest.mark.parametrize(
    "text",
    [
        "agency,level,trained\nA,1,10\nA,2,\nA,Total,15\n",
        "agency,level,trained\nA,1,10\nA,9,5\nA,Total,15\n",
        "agency,level,trained,headcount\nA,1,10,12\nA,2,<5,12\nA,Total,13,24\n",
        "agency,Level 1 trained,Level 2 trained,All levels trained\nA,10,,15\n",
        "agency,trained\nA,10\nB,-\nTotal,15\n",
        "agency,level,trained\nA,,10\nA,1,5\nA,Total,12\n",
        "agency,trained,as_at\nA,10,2015-01-31\nA,12,2016-01-31\nTotal,12,\n",
    ],
)
def test_a_total_of_rows_that_leave_something_out_is_not_checked(tmp_path: Path, text: str) -> None:
    assert "registers.total-does-not-add-up" not in returns(tmp_path, text).codes()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("agency,Level 1 trained,Level 2 trained,All levels trained\nA,10,4,15\n", "D2"),
        (
            "agency,level,measure,count\nA,1,trained,10\nA,1,required,12\nA,2,trained,4\nA,all,trained,15\n",
            "D5",
        ),
        ("agency,level,role,trained\nA,1,Teacher,10\nA,1,Nurse,4\nA,1,All staff,15\nA,2,Nurse,1\n", "D4"),
        ("agency,level,role,trained\nA,1,Teacher,10\nA,1,Nurse,4\nA,Total,,15\n", "D4"),
        ("agency,trained,as_at\nA,10,2016-01-31\nB,4,2016-01-31\nTotal,15,\n", "B4"),
    ],
)
def test_a_total_is_checked_in_every_layout(tmp_path: Path, text: str, cell: str) -> None:
    told = [problem for problem in returns(tmp_path, text).problems if "does-not-add-up" in problem.code]
    assert [
        (problem.place.cell, "15 trained" in problem.sentence, "come to 14" in problem.sentence)
        for problem in told
    ] == [(cell, True, True)]


@pytest.mark.parametrize(
    ("percent", "fits"),
    [
        ("75%", True),
        ("75.0", True),
        ("74", False),
        ("76", False),
        ("60", True),
        ("62.5%", False),
        ("50%", True),
        ("40", True),
    ],
)
def test_a_percentage_must_be_one_its_own_parts_give(tmp_path: Path, percent: str, fits: bool) -> None:
    found = returns(tmp_path, f"agency,headcount,required,trained,in_date,percent\nA,25,20,15,10,{percent}\n")
    assert ("registers.percentage-does-not-fit" not in found.codes()) == fits


@pytest.mark.parametrize(("percent", "fits"), [("66%", True), ("67%", True), ("66.6", True), ("66.7", True), ("66.5", False), ("68", False)])  # fmt: skip
def test_a_percentage_may_be_rounded_either_way(tmp_path: Path, percent: str, fits: bool) -> None:
    found = returns(tmp_path, f"agency,required,trained,percent\nA,3,2,{percent}\n")
    assert ("registers.percentage-does-not-fit" not in found.codes()) == fits


def test_shares_of_one_are_percentages_and_this_is_said(tmp_path: Path) -> None:
    rows = [["agency", "required", "trained", "Trained %"], ["A", 20, 17, 0.85], ["B", 8, 8, 1]]
    path = hostile.workbook(tmp_path, "returns.xlsx", {"Return": rows})
    found = year.read({"returns": [path]})
    assert found.rows("SELECT percent FROM returns") == [(85.0,), (100.0,)]
    assert found.codes() == ["registers.shares-of-one"]


def test_overdue_may_be_those_never_trained_or_those_lapsed(tmp_path: Path) -> None:
    head = "agency,required,trained,in_date,overdue\n"
    found = returns(tmp_path, head + "A,20,18,15,3\nB,20,18,15,5\nC,20,18,15,6\nD,20,,,21\n")
    assert [(problem.code, problem.place.cell) for problem in found.problems] == [
        ("registers.overdue-does-not-fit", "E4"),
        ("registers.part-above-whole", "E5"),
    ]


def test_a_return_without_any_count_says_what_is_wanted(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,level,remarks\nA,1,all fine\n")
    [problem] = list(found.problems)
    assert problem.code == "tables.missing-column"
    assert "no column for 'headcount, required, trained, in_date, overdue or measure'" in problem.sentence


def test_a_return_about_an_unknown_level_is_not_about_all_levels(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,level,course,trained\nA,9,,3\nB,,c9,3\n")
    assert found.rows("FROM returns") == []
    assert found.codes() == ["registers.unknown-level", "registers.unknown-course-title"]


def test_a_return_dated_after_the_review_is_kept_and_said(tmp_path: Path) -> None:
    found = returns(tmp_path, "agency,as at,trained\nA,2016-04-01,3\nB,2016-03-31,3\n")
    assert found.rows("SELECT agency FROM returns") == [("A",), ("B",)]
    [problem] = list(found.problems)
    assert (problem.code, problem.place.cell) == ("registers.after-review", "B2")
