"""Every row about sessions, bookings, forms, follow-ups, observations, outcomes and updates is read or says why not."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import hostile, year
from tna.problems import Problems
from tna.sources import read_registers, read_year

JUNE = date(2015, 6, 1)


def test_a_session_has_every_column(tmp_path: Path) -> None:
    head = "Course title,Session date,Capacity,Registered,Attended,Cancelled,DNA,Walk-ins,Organisation,Delivery,Hours,Status\n"
    found = year.one(
        tmp_path, "sessions", head + "CSE,1 June 2015,20,18,15,2,2,1,Board,classroom,6 hrs,Delivered\n"
    )
    assert found.rows("FROM sessions") == [
        ("c1|c2", JUNE, 20, 18, 15, 2, 2, 1, "Board", "face-to-face", 6.0, "held", "sessions.csv", "", 2)
    ]
    assert found.codes() == []


def test_a_session_to_come_needs_no_numbers(tmp_path: Path) -> None:
    found = year.one(tmp_path, "sessions", "course,date,places\nc1,2016-06-01,20\nc1,2016-07-01,\n")
    assert found.rows("SELECT places, booked, attended, status FROM sessions") == [(20, None, None, ""), (None, None, None, "")]  # fmt: skip
    assert found.codes() == []


def test_attendance_at_a_session_to_come_is_said(tmp_path: Path) -> None:
    found = year.one(tmp_path, "sessions", "course,date,attended\nc1,2016-06-01,12\nc1,2016-07-01,0\n")
    assert [(problem.code, problem.place.cell) for problem in found.problems] == [
        ("registers.after-review", "B2")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [("c9,2015-06-01", "unknown-course-title"), (",2015-06-01", "blank-cell"), ("c1,", "blank-cell"),
     ("c1,soon", "unreadable-date"), ("c1,01/02/15", "ambiguous-date"), ("#REF!,2015-06-01", "unreadable-cell"),
     ("c1,#N/A", "unreadable-cell"), ("c1,2015-06-01,1,2,3", "broken-row")],
)  # fmt: skip
def test_a_session_that_cannot_be_placed_is_refused(tmp_path: Path, row: str, reason: str) -> None:
    found = year.one(tmp_path, "sessions", f"course,date,attended\n{row}\n")
    assert found.rows("FROM sessions") == []
    assert found.rows("SELECT outcome, split_part(reason, ':', 1) FROM year_ledger WHERE row = 2") == [
        ("refused", reason)
    ]
    assert found.codes()
    assert found.accounted()


def test_single_bookings_count_themselves(tmp_path: Path) -> None:
    rows = "".join(
        f"c1,2015-06-01,{status},School A,{name}\n"
        for status, name in (("Attended", "Ann"), ("DNA", "Bo"), ("cancelled", "Cy"), ("walk-in", "Di"), ("booked", "Ed"), ("", "Flo"))
    )  # fmt: skip
    found = year.one(tmp_path, "bookings", "course,date,status,agency,delegate name\n" + rows)
    assert found.rows("SELECT booked, attended, cancelled, no_show, unscheduled FROM bookings") == [
        (1, 1, 0, 0, 0), (1, 0, 0, 1, 0), (1, 0, 1, 0, 0), (0, 1, 0, 0, 1), (1, 0, 0, 0, 0), (1, 0, 0, 0, 0)
    ]  # fmt: skip
    assert found.codes() == []
    assert "Ann" not in str(found.rows("FROM bookings"))


def test_counted_bookings_are_kept_by_agency(tmp_path: Path) -> None:
    text = (
        "course,date,agency,booked,attended,cancelled,no show,unscheduled\nc1,2015-06-01,School A,5,4,1,1,1\n"
    )
    found = year.one(tmp_path, "bookings", text)
    assert found.rows("SELECT agency, booked, attended, cancelled, no_show, unscheduled FROM bookings") == [
        ("School A", 5, 4, 1, 1, 1)
    ]


PARTS = st.one_of(st.none(), st.integers(0, 4))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), PARTS, PARTS, PARTS, st.integers(0, 6))
def test_attendance_is_doubted_only_when_no_numbers_could_explain_it(
    booked: int, cancelled: int | None, no_show: int | None, unscheduled: int | None, attended: int
) -> None:
    ranges = [range(20) if part is None else (part,) for part in (cancelled, no_show, unscheduled)]
    possible = any(booked - gone - away + came == attended for gone, away, came in product(*ranges))
    cells = [
        "" if part is None else str(part) for part in (booked, cancelled, no_show, unscheduled, attended)
    ]
    with TemporaryDirectory() as folder:
        head = "course,date,booked,cancelled,no_show,unscheduled,attended\n"
        found = year.one(Path(folder), "sessions", f"{head}c1,2015-06-01,{','.join(cells)}\n")
    assert ("registers.attendance" not in found.codes()) == possible


def test_forms_keep_both_scores_and_the_day_of_the_session(tmp_path: Path) -> None:
    head = "Form no,Course,Date completed,Session date,Question,Pre score,Post score,Agency\n"
    found = year.one(
        tmp_path, "evaluations", head + "17,c1,2015-06-02,2015-06-01,I know the signs,2,4.5,School A\n"
    )
    assert found.rows("FROM evaluations") == [
        (
            "17",
            "",
            "c1",
            date(2015, 6, 2),
            JUNE,
            "I know the signs",
            2.0,
            4.5,
            "School A",
            "evaluations.csv",
            "",
            2,
        )
    ]
    assert found.codes() == []


def test_a_score_of_before_or_after_is_one_half_of_a_form(tmp_path: Path) -> None:
    text = "person_id,course,question,when,score\n007,c1,Q1,Before,2\n007,c1,Q1,after,4\n"
    found = year.one(tmp_path, "evaluations", text)
    assert found.rows("SELECT form, person_id, pre, post FROM evaluations") == [
        ("007", "007", 2.0, None),
        ("007", "007", None, 4.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "form_id,course,question,pre (1-5),post (1-5)\n1,c1,Q1,0,5\n",
        "form_id,course,question,pre,post,scale\n1,c1,Q1,0,5,1 to 5\n",
    ],
)
def test_a_score_outside_its_scale_is_said_and_kept(tmp_path: Path, text: str) -> None:
    found = year.one(tmp_path, "evaluations", text)
    assert found.rows("SELECT pre, post FROM evaluations") == [(0.0, 5.0)]
    assert [(problem.code, problem.place.cell) for problem in found.problems] == [
        ("registers.outside-scale", "D2")
    ]


def test_a_score_of_no_time_is_refused(tmp_path: Path) -> None:
    found = year.one(tmp_path, "evaluations", "form_id,course,question,when,score\n1,c1,Q1,,3\n")
    assert (found.rows("FROM evaluations"), found.codes()) == ([], ["registers.blank-cell"])


def test_a_form_without_scores_is_no_form(tmp_path: Path) -> None:
    found = year.one(tmp_path, "evaluations", "form_id,course,question,pre,post\n1,c1,Q1,,\n2,c1,Q1,x,\n")
    assert found.rows("FROM evaluations") == []
    assert found.rows("SELECT row, outcome FROM year_ledger WHERE row IS NOT NULL") == [
        (2, "not-evidence"),
        (3, "refused"),
    ]


def test_a_follow_up_says_whether_the_line_manager_was_in_it(tmp_path: Path) -> None:
    head = "person_id,course,completed,followed_up,line_manager,finding\n"
    rows = "007,c1,2015-06-01,2015-09-01,Yes,More referrals\n008,c1,2015-06-01,2015-09-01,no,\n009,c1,2015-06-01,,,\n"
    found = year.one(tmp_path, "followups", head + rows)
    assert found.rows("SELECT person_id, completed, followed_up, line_manager, finding FROM followups") == [
        ("007", JUNE, date(2015, 9, 1), True, "More referrals"),
        ("008", JUNE, date(2015, 9, 1), False, ""),
        ("009", JUNE, None, None, ""),
    ]


def test_an_observation_names_a_line_of_the_checklist(tmp_path: Path) -> None:
    head = "course,date,item,seen,observer post\n"
    found = year.one(
        tmp_path,
        "observations",
        head + "c1,2015-06-01,The aims are clear.,Y,Officer\nc1,2015-06-01,o2,N/A,\n",
    )
    assert found.rows("SELECT item, item_written, seen, observer_post FROM observations") == [
        ("o1", "The aims are clear.", "yes", "Officer"),
        ("o2", "o2", "not-applicable", ""),
    ]


def test_the_names_of_observers_are_not_read(tmp_path: Path) -> None:
    found = year.one(
        tmp_path, "observations", "course,date,item,seen,observer\nc1,2015-06-01,o1,yes,Ann Other\n"
    )
    assert found.rows("SELECT observer_post FROM observations") == [("",)]


def test_an_outcome_stands_beside_the_line_its_measure_names(tmp_path: Path) -> None:
    head = "period,measure,line,count,source\n"
    rows = "2014/15,Referrals made,,12,Front door\n2014/15,CSE 1 forms,k2,3,\n2014/15,Something else,,0,\n"
    found = year.one(tmp_path, "outcomes", head + rows)
    assert found.rows("SELECT period, measure, line, count, source FROM outcomes") == [
        ("2014/15", "Referrals made", "k1", 12, "Front door"),
        ("2014/15", "CSE 1 forms", "k2", 3, ""),
        ("2014/15", "Something else", "", 0, ""),
    ]


def test_an_update_keeps_its_words_and_judges_nothing(tmp_path: Path) -> None:
    head = "line,date,update,status,post\n"
    rows = 'K1,2015-06-01,"Two of four sessions run; ""more"" to come",In progress,Training officer\nk2,,Not yet,amber,\n'
    found = year.one(tmp_path, "updates", head + rows)
    assert found.rows('SELECT line, date, "update", status, post FROM updates') == [
        ("k1", JUNE, 'Two of four sessions run; "more" to come', "under-way", "Training officer"),
        ("k2", None, "Not yet", "", ""),
    ]
    assert found.codes() == ["registers.unknown-update"]


def test_without_registers_every_table_is_there_and_empty() -> None:
    found = year.read({})
    assert [found.rows(f"FROM {name}") for name in (*year.TABLES, "year_ledger", "year_inputs")] == [[]] * 10


def test_nothing_but_what_was_asked_for_is_left_in_the_database(tmp_path: Path) -> None:
    found = year.one(tmp_path, "returns", "agency,level,trained\nA,1,3\nA,Total,3\nTotal,,3\n")
    names = [name for (name,) in found.rows("SELECT table_name FROM information_schema.tables")]
    assert sorted(map(str, names)) == sorted([*year.TABLES, "year_ledger", "year_inputs"])


def test_a_year_is_read_beside_the_registers_of_people(tmp_path: Path) -> None:
    found = hostile.read([hostile.written(tmp_path, "people.csv", hostile.PEOPLE)])
    before = found.rows("FROM ledger")
    path = hostile.written(tmp_path, "returns.csv", "agency,trained\nSchool A,3\n")
    read_year(found.connection, {"returns": [path]}, year.NAMES, year.AS_OF, found.problems)
    assert (found.rows("FROM ledger"), len(found.rows("FROM people"))) == (before, 2)
    assert found.rows("SELECT kind, file, rows FROM year_inputs") == [("returns", "returns.csv", 1)]
    other = year.read({"returns": [path]})
    read_registers(other.connection, [], [], [], {}, year.AS_OF, Problems())
    assert other.rows("FROM year_ledger") == found.rows("FROM year_ledger")


def test_the_sheets_of_a_workbook_are_read_and_named(tmp_path: Path) -> None:
    rows = [["Returns 2015/16"], ["Agency", "Level 1 trained", "As at"], ["School A", 12, date(2016, 1, 31)]]
    path = hostile.workbook(
        tmp_path, "returns.xlsx", {"Return": rows, "Notes": [["Please return by Friday"]]}
    )
    found = year.read({"returns": [path]})
    assert found.rows("SELECT agency, level, trained, as_at, sheet, row FROM returns") == [
        ("School A", "level-1", 12, date(2016, 1, 31), "Return", 3)
    ]
    assert found.codes() == ["tables.sheet-not-read", "tables.headings-lower"]


HEADS = {
    "returns": "agency,level,role,course,headcount,Level 1 trained,overdue,percent,as_at,estimated,low,high",
    "sessions": "course,date,places,booked,attended,cancelled,no_show,unscheduled,agency,mode,hours,status",
    "bookings": "course,date,status,agency,mode",
    "evaluations": "form_id,person_id,course,date,session,question,when,score,scale",
    "followups": "person_id,course,completed,followed_up,line_manager,finding",
    "observations": "course,date,item,seen,observer post",
    "outcomes": "period,measure,line,count,source",
    "updates": "line,date,update,status,post",
}
CELLS = st.sampled_from(
    ["", " ", "A", "total", "1", "<5", "c. 4", "9.5", "-2", "80%", "0.8", "#N/A", "c1", "CSE", "2015-06-01", "1/2/15",
     "2017-01-01", "yes", "attended", "waiting list", "before", "k1", "o1", "*", "o'clock", "{x}", "5-9", "\u200b7"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(HEADS)), st.data())
def test_whatever_the_cells_hold_every_row_is_accounted_for(kind: str, data: st.DataObject) -> None:
    width = HEADS[kind].count(",") + 1
    row = st.lists(CELLS, min_size=width, max_size=width + 1).filter(lambda cells: any(map(str.strip, cells)))
    rows = data.draw(st.lists(row, min_size=1, max_size=8))
    text = "\n".join([HEADS[kind], *(",".join(cells) for cells in rows)]) + "\n"
    with TemporaryDirectory() as folder:
        found = year.one(Path(folder), kind, text)
    [(kept,)] = found.rows(f"SELECT count(DISTINCT row) FROM {kind}")
    [(left,)] = found.rows("SELECT count(*) FROM year_ledger WHERE outcome IN ('refused', 'not-evidence')")
    [(same,)] = found.rows("SELECT count(*) FROM year_ledger WHERE reason ~ '.*(duplicate|joined-return):.*' AND outcome = 'changed'")  # fmt: skip
    assert found.accounted()
    assert len(rows) - int(str(left)) - int(str(same)) <= int(str(kept)) <= len(rows) - int(str(left))


def test_the_same_files_give_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    text = "agency,level,role,trained\n" + "".join(
        f"A{n % 50},{n % 2 + 1},R{n},{n % 9}\n" for n in range(4000)
    )
    once, again = (year.one(tmp_path, "returns", text) for _ in range(2))
    assert once.rows("FROM returns") == again.rows("FROM returns")
    assert [row[-1] for row in once.rows("FROM returns")] == list(range(2, 4002))
