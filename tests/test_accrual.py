"""Hours in a rolling window and some of several courses: added up as a person with a calendar would."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tna_courses
import tna_coverage
from tests.small import AS_OF, SAID, ask, course, job, level, load, register, rows, statuses
from tna import plugins
from tna.analysis import analyse
from tna.evidence import add_months
from tna.model import Board

HOURS = {"at_least": 8, "months": 36, "together_percent": 50}
FOR_EVER = date(9999, 12, 31)


def board(folder: Path, settings: dict[str, str] | None = None, term: dict[str, Any] | None = None) -> Board:
    """Level 1 requires q: eight hours in three years, half of them together; or whatever the term says."""
    hours = {"competencies": ["q"], "hours": HOURS, **SAID}
    courses = [
        course("day", ["q"], duration={"printed": "a day", "minutes": 360}),
        course("web", ["q"], mode="online", duration={"printed": "an hour", "minutes": 60}),
        course("talk", ["q"], 12),
    ]
    levels = [level(1, ["q"])]
    return load(folder, settings, levels=levels, competencies=["q"], courses=courses, terms=[term or hours])


def held(found: Board, folder: Path, records: list[dict[str, str]], as_of: date = AS_OF) -> dict[str, str]:
    analysis = ask(
        found, folder, [job("p", level="1")], [{"person_id": "p", **one} for one in records], as_of=as_of
    )
    return statuses(analysis)


def day(course: str, completed: str, **more: str) -> dict[str, str]:
    return {"course": course, "completed": completed, **more}


def test_hours_of_several_records_add_up(tmp_path: Path) -> None:
    records = [day("day", "2015-06-01"), day("web", "2015-07-01"), day("web", "2015-08-01")]
    assert held(board(tmp_path), tmp_path, records) == {}


def test_one_record_is_not_enough(tmp_path: Path) -> None:
    assert held(board(tmp_path), tmp_path, [day("day", "2015-06-01")]) == {"q": "missing"}


def test_the_hours_a_register_states_go_before_the_courses_own(tmp_path: Path) -> None:
    assert held(board(tmp_path), tmp_path, [day("day", "2015-06-01", hours="8.5")]) == {}


def test_a_course_without_a_length_adds_nothing_unless_the_register_says_how_long(tmp_path: Path) -> None:
    assert held(board(tmp_path), tmp_path, [day("talk", "2015-06-01")]) == {"q": "missing"}
    assert held(board(tmp_path), tmp_path, [day("talk", "2015-06-01", hours="8 hours")]) == {}


def test_a_share_must_be_together(tmp_path: Path) -> None:
    alone = [day("web", f"2015-0{month}-01", hours="2") for month in range(1, 6)]
    assert held(board(tmp_path), tmp_path, alone) == {"q": "missing"}
    assert held(board(tmp_path), tmp_path, [*alone, day("talk", "2015-06-01", hours="4")]) == {}


def test_hours_that_ran_out_are_a_lapse_from_the_next_day(tmp_path: Path) -> None:
    records = [day("day", "2012-01-30"), day("day", "2012-12-01")]
    found = board(tmp_path)
    analysis = ask(found, tmp_path, [job("p", level="1")], [{"person_id": "p", **one} for one in records])
    assert rows(analysis, "gaps", "status", "since::VARCHAR") == [("lapsed", "2015-01-31")]


def test_hours_that_will_run_out_are_due(tmp_path: Path) -> None:
    records = [day("day", "2013-03-01"), day("day", "2015-12-01")]
    analysis = ask(
        board(tmp_path), tmp_path, [job("p", level="1")], [{"person_id": "p", **one} for one in records]
    )
    assert rows(analysis, "due", "competency", "until::VARCHAR", "course") == [("q", "2016-03-01", "day")]


def test_hours_far_apart_never_were_enough(tmp_path: Path) -> None:
    records = [day("day", "2009-06-01"), day("web", "2015-06-01", hours="3")]
    assert held(board(tmp_path), tmp_path, records) == {"q": "missing"}


def test_hours_without_dates_are_undated(tmp_path: Path) -> None:
    records = [day("day", ""), day("talk", "2015-06-01", hours="3")]
    assert held(board(tmp_path), tmp_path, records) == {"q": "undated"}


@pytest.mark.parametrize("written", ["8", "8,0", "8:00", "8h", "8h 00", "480 minutes"])
def test_a_length_is_read_however_it_is_written(tmp_path: Path, written: str) -> None:
    assert held(board(tmp_path), tmp_path, [day("talk", "2015-06-01", hours=written)]) == {}


@pytest.mark.parametrize("heading", ["Minutes", "Duration (minutes)", "Length in mins"])
@pytest.mark.parametrize("written", ["480", "480 mins", "8h 00"])
def test_a_column_of_minutes_is_read_in_minutes(tmp_path: Path, heading: str, written: str) -> None:
    assert held(board(tmp_path), tmp_path, [day("talk", "2015-06-01", **{heading: written})]) == {}
    short = [day("talk", "2015-06-01", **{heading: "60"})]
    assert held(board(tmp_path), tmp_path, short) == {"q": "missing"}


def test_a_bare_number_above_a_day_is_no_length_where_nothing_says_in_what(tmp_path: Path) -> None:
    assert held(board(tmp_path), tmp_path, [day("talk", "2015-06-01", Duration="8")]) == {}
    records = [day("talk", "2015-06-01", Duration="480")]
    assert held(board(tmp_path), tmp_path, records) == {"q": "missing"}


@pytest.mark.parametrize("written", ["-8", "many", "99999"])
def test_a_length_that_cannot_be_read_adds_nothing(tmp_path: Path, written: str) -> None:
    records = [day("day", "2015-06-01", hours=written), day("talk", "2015-06-02", hours="2")]
    assert held(board(tmp_path), tmp_path, records) == {"q": "missing"}


def test_attendances_of_unknown_length_are_flagged(tmp_path: Path) -> None:
    records = [
        {"person_id": "p", **day("talk", "2015-06-01")},
        {"person_id": "p", **day("talk", "2015-07-01", hours="2")},
    ]
    members = {"coverage": tna_coverage}
    analysis = ask(board(tmp_path), tmp_path, [job("p", level="1")], records, members=members)
    found = dict(rows(analysis, "flags", "code", "message"))
    assert found["coverage.hours-not-stated"].startswith("1 attendance of 1 person would count towards hours")


def test_a_day_told_of_in_two_registers_counts_once(tmp_path: Path) -> None:
    sent = [register(tmp_path / name, [{"person_id": "p", **day("day", "2015-06-01", hours=hours)}])[0]
            for name, hours in (("ours.csv", "4"), ("theirs.csv", "4"))]  # fmt: skip
    people = register(tmp_path / "people.csv", [job("p", level="1")])
    asked = {"as_of": AS_OF, "plugins": plugins.only({})}
    assert statuses(analyse(board(tmp_path), people, sent, **asked)) == {"q": "missing"}
    halves = [day("day", "2015-06-01", hours="4"), day("day", "2015-06-01", hours="4")]
    assert held(board(tmp_path), tmp_path, halves) == {}


@pytest.mark.parametrize(("end", "status"), [("least", {}), ("most", {"q": "missing"})])
def test_a_planner_says_which_end_of_a_range_closes_it(
    tmp_path: Path, end: str, status: dict[Any, str]
) -> None:
    term = {"competencies": ["q"], "hours": {"at_least": 6, "up_to": 12, "months": 36}, **SAID}
    found = board(tmp_path, {"requirement.range": end}, term)
    assert held(found, tmp_path, [day("day", "2015-06-01")]) == status


CHOOSE = {"competencies": ["q"], "choose": {"at_least": 2, "courses": ["day", "web", "talk"]}, **SAID}


def test_two_of_three_courses_close_it_and_the_same_twice_does_not(tmp_path: Path) -> None:
    found = board(tmp_path, term=CHOOSE)
    assert held(found, tmp_path, [day("day", "2015-06-01"), day("day", "2015-07-01")]) == {"q": "missing"}
    assert held(found, tmp_path, [day("day", "2015-06-01"), day("web", "2005-07-01")]) == {}


def test_a_course_chosen_counts_while_it_holds_by_itself(tmp_path: Path) -> None:
    found = board(tmp_path, term=CHOOSE)
    records = [day("day", "2015-06-01"), day("talk", "2014-07-01")]
    assert held(found, tmp_path, records) == {"q": "lapsed"}


class Taken(NamedTuple):
    course: str
    completed: date | None
    mode: str
    hours: float


TAKEN = st.builds(
    Taken,
    st.sampled_from(["day", "web", "talk"]),
    st.one_of(
        st.none(), st.dates(date(2010, 1, 1), AS_OF), st.just(date(2012, 2, 29)), st.just(date(2013, 1, 31))
    ),
    st.sampled_from(["online", "face-to-face"]),
    st.sampled_from([0.5, 2, 4, 7.25]),
)


def enough(live: list[Taken], once: bool) -> bool:
    if once:
        return len({one.course for one in live}) >= 2
    together = sum(one.hours for one in live if one.mode == "face-to-face")
    return sum(one.hours for one in live) >= 8 and together >= 4


def plainly(taken: list[Taken], once: bool) -> tuple[str, date | None]:
    """Status and last day held, found by asking every day on which anything began or ended."""
    months = {"day": None, "web": None, "talk": 12} if once else dict.fromkeys(("day", "web", "talk"), 36)
    dated = [(one, one.completed) for one in taken if one.completed]
    spans = [
        (one, done, add_months(done, months[one.course]) if months[one.course] else FOR_EVER)
        for one, done in dated
    ]
    days = {done for _, done, _ in spans} | {end for _, _, end in spans}
    good = [at for at in days if enough([one for one, done, end in spans if done <= at <= end], once)]
    last = max(good, default=None)
    if last is None:
        undated = [one for one in taken if not one.completed]
        perhaps = undated + [one for one, done, end in spans if done <= AS_OF <= end]
        return ("undated" if undated and enough(perhaps, once) else "missing"), None
    return ("held" if last >= AS_OF else "lapsed"), last


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(TAKEN, max_size=9), once=st.booleans())
def test_it_agrees_with_asking_day_by_day(
    boards: dict[bool, Board], tmp_path: Path, taken: list[Taken], once: bool
) -> None:
    records = [
        {"person_id": "p", "course": one.course, "completed": one.completed.isoformat() if one.completed else "",
         "mode": one.mode, "hours": str(one.hours)}
        for one in taken
    ]  # fmt: skip
    analysis = ask(boards[once], tmp_path, [job("p", level="1")], records)
    status, last = plainly(taken, once)
    found = dict(rows(analysis, "gaps", "competency", "status"))
    assert found.get("q", "held") == status
    if status == "lapsed" and last:
        assert rows(analysis, "gaps", "since") == [(last + timedelta(days=1),)]
    analysis.connection.close()


@pytest.fixture
def boards(tmp_path: Path) -> dict[bool, Board]:
    return {False: board(tmp_path / "hours"), True: board(tmp_path / "choose", term=CHOOSE)}


def advised(found: Board, folder: Path, records: list[dict[str, str]]) -> list[tuple[str, str]]:
    analysis = ask(
        found,
        folder,
        [job("p", level="1")],
        [{"person_id": "p", **one} for one in records],
        as_of=AS_OF,
        members={"courses": tna_courses},
    )
    return analysis.connection.execute("select course, because from recommendations").fetchall()


def test_no_one_course_is_advised_for_what_has_to_add_up(tmp_path: Path) -> None:
    [(course, because)] = advised(board(tmp_path), tmp_path, [day("web", "2015-06-01")])
    assert course == ""
    assert because.startswith(
        "it has to add up: 8 hours in 36 months, 50% of them face-to-face or blended; no one course gives it all"
    )
    assert "Towards it count Course day (6 h, face-to-face), Course talk" in because


def test_a_course_long_enough_by_itself_is_advised(tmp_path: Path) -> None:
    term = {"competencies": ["q"], "hours": {**HOURS, "at_least": 6}, **SAID}
    [(course, _)] = advised(board(tmp_path, term=term), tmp_path, [])
    assert course == "day"
