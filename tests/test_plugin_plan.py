"""The judgements of tna_plan: what registers show of a plan's lines, and what they do not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tna
import tna_plan
from tests.small import SAID, level, write_pack
from tna.model import Origin, PlanLine, Source
from tna.testing import FlaggerContract
from tna_plan import gather, judge, lines, tna_flag
from tna_plan.evidence import Attended, Evidence, Tally
from tna_plan.flagging import flags
from tna_plan.judgements import rated

ORIGIN = Origin(Source("board-2015", "The plan"), "stated")
YEAR = {"period_from": date(2015, 4, 1), "period_to": date(2016, 3, 31), "period": "2015-16"}
MIDYEAR, AFTER = date(2015, 9, 30), date(2016, 4, 1)


class TestPlanIsAFlagger(FlaggerContract):
    plugin = tna_plan
    board: ClassVar[str] = "rotherham"


def line(kind: str, **facts: Any) -> PlanLine:
    return PlanLine(id="p1", kind=kind, says="The line.", origin=ORIGIN, course="c1", **facts)


def shown(as_of: date, *days: date, people: int = 3) -> Evidence:
    """Two attendances of c1 on each of these days, and nothing else."""
    courses = {"c1": Attended(dict.fromkeys(days, 2), people)} if days else {}
    return Evidence(as_of, courses=courses, titles={"c1": "The one-day course"})


def sessions(**facts: Any) -> PlanLine:
    return line(
        "sessions", **{"target": 4, "comparison": "exactly", "printed": "4 x per year:", **YEAR, **facts}
    )


def day(number: int) -> date:
    return date(2015, 5, 1) + timedelta(days=number)


def test_as_many_days_with_attendances_as_sessions_planned_is_met() -> None:
    found = judge(sessions(), shown(MIDYEAR, *map(day, range(4))))
    assert (found.rating, found.actual, found.target, found.unit) == ("green", 4, 4, "days with attendances")
    assert "planned '4 x per year:', read as 4" in found.because

    assert "met only if each of these days was one session, which the registers do not show" in found.because


@pytest.mark.parametrize("comparison", ["exactly", "about", ""])
def test_more_days_than_sessions_planned_are_not_known_to_be_sessions(comparison: str) -> None:
    planned = sessions(printed="Annual", target=1, comparison=comparison)
    found = judge(planned, shown(MIDYEAR, *map(day, range(3))))
    assert (found.rating, found.actual) == ("not-known", 3)
    assert "on 3 days" in found.because
    assert "which of them were sessions is not in the registers" in found.because
    [flag] = flags([found])
    assert flag.message.endswith("Send the sessions: course, date, places, booked, attended.")


def test_a_least_number_reached_in_days_is_met_only_if_so_many_were_sessions() -> None:
    found = judge(sessions(comparison="at-least"), shown(MIDYEAR, *map(day, range(5))))
    assert found.rating == "green"
    assert "met only if at least 4 of these days were sessions" in found.because
    [flag] = flags([found])
    assert flag.message.startswith("Met, as far as the registers show: ")


@pytest.mark.parametrize("comparison", ["at-least", "exactly"])
def test_days_of_a_course_taken_online_could_be_no_sessions(comparison: str) -> None:
    evidence = replace(shown(AFTER, *map(day, range(4))), taken_online=frozenset({"c1"}))
    found = judge(sessions(comparison=comparison), evidence)
    assert (found.rating, found.actual) == ("not-known", None)
    assert "days with attendances are no sessions" in found.because


def test_online_attendances_that_are_not_counted_are_told() -> None:
    online = Evidence(AFTER, courses={"c1": Attended({}, 1, {day(1): 2, date(2011, 5, 1): 1})})
    for planned in (sessions(), LISTED):
        found = judge(planned, online)
        assert found.rating == "not-known"
        assert "on 0 days" not in found.because
        assert "2 online attendances are not counted" in found.because


def test_attendances_outside_the_period_alone_show_nothing_of_it() -> None:
    found = judge(sessions(), shown(AFTER, date(2011, 5, 1)))
    assert (found.rating, found.actual) == ("not-known", None)
    assert "no dated attendance of The one-day course from 1 April 2015 to 31 March 2016" in found.because


def test_more_than_a_number_is_not_met_by_that_number() -> None:
    planned = sessions(comparison="more-than")
    assert judge(planned, shown(AFTER, *map(day, range(4)))).rating == "red"
    assert judge(planned, shown(AFTER, *map(day, range(5)))).rating == "green"


def test_only_a_period_that_is_over_can_be_missed() -> None:
    few = [day(1)]
    assert judge(sessions(), shown(date(2016, 3, 31), *few)).rating == "at-risk"
    over = judge(sessions(), shown(AFTER, *few))
    assert over.rating == "red"
    assert "days are not sessions: two on one day" in over.because


def test_a_running_period_is_at_risk_only_when_behind_an_even_spread() -> None:
    assert judge(sessions(), shown(MIDYEAR, day(1))).rating == "at-risk"
    assert judge(sessions(), shown(MIDYEAR, day(1), day(2))).rating == "not-due"
    assert "183 days of the period are left" in judge(sessions(), shown(MIDYEAR, day(1))).because


def test_sessions_outside_the_period_do_not_count() -> None:
    found = judge(sessions(), shown(AFTER, date(2015, 3, 31), date(2016, 4, 1), day(1)))
    assert (found.actual, found.rating) == (1, "red")


def test_no_record_of_a_course_is_not_known_and_never_missed() -> None:
    found = judge(sessions(), shown(AFTER))
    assert (found.rating, found.actual) == ("not-known", None)


def test_a_number_without_a_period_is_never_missed() -> None:
    found = judge(line("sessions", target=8, period="2015-16"), shown(AFTER, day(1)))
    assert found.rating == "not-due"
    assert "no period is stated by which it could be missed" in found.because


def test_a_period_that_has_not_begun_is_not_due() -> None:
    assert judge(sessions(), shown(date(2015, 3, 1), date(2014, 5, 1))).rating == "not-due"


LISTED = line("dates", target=3, dates=(day(0), day(10), day(20)))


def test_listed_dates_are_past_or_to_come_on_the_day_of_the_analysis() -> None:
    found = judge(LISTED, shown(day(10), day(0)))
    assert (found.rating, found.actual, found.denominator) == ("not-due", 1, 1)
    assert "1 of 3 listed dates past on 11 May 2015" in found.because
    assert "to come: 11 May 2015 and 21 May 2015" in found.because


def test_a_past_date_that_nobody_attended_is_at_risk_while_others_are_to_come() -> None:
    found = judge(LISTED, shown(day(11), day(0)))
    assert (found.rating, found.actual, found.denominator) == ("at-risk", 1, 2)
    assert "none on 11 May 2015: say whether sessions were held then" in found.because


def test_dates_all_past_are_met_when_each_was_attended_and_missed_when_one_was_not() -> None:
    assert judge(LISTED, shown(day(30), day(0), day(10), day(20))).rating == "green"
    assert judge(LISTED, shown(day(30), day(0), day(10))).rating == "red"


def test_a_date_attended_today_is_past() -> None:
    assert judge(LISTED, shown(day(20), day(0), day(10), day(20))).rating == "green"


def test_attendances_on_days_that_the_plan_does_not_list_are_said() -> None:
    found = judge(LISTED, shown(day(11), day(0), day(9)))
    assert "attendances also on 1 day that the plan does not list" in found.because


@pytest.mark.parametrize(
    ("facts", "first"), [(YEAR, "the period begins"), ({"period": "2015-16"}, "the first date listed")]
)
def test_attendances_before_the_time_of_a_plan_are_not_days_that_it_does_not_list(
    facts: dict[str, Any], first: str
) -> None:
    found = judge(replace(LISTED, **facts), shown(day(11), day(0), date(2011, 5, 1)))
    assert "does not list" not in found.because
    assert f"left out: attendances on 1 day before {first}" in found.because


def test_dates_are_not_known_when_every_attendance_was_years_before() -> None:
    found = judge(LISTED, shown(day(30), date(2011, 5, 1)))
    assert (found.rating, found.actual) == ("not-known", None)


def test_dates_of_a_course_without_any_record_are_not_known() -> None:
    assert judge(LISTED, shown(day(30))).rating == "not-known"
    assert judge(LISTED, shown(day(-5))).rating == "not-due"


def covered(target: float | None, floor: float | None, *agencies: tuple[str, int, int]) -> tna_plan.Judgement:
    tallies = {name: Tally(held, required) for name, held, required in agencies}
    whole = Tally(sum(one.held for one in tallies.values()), sum(one.required for one in tallies.values()))
    evidence = Evidence(MIDYEAR, whole=whole, agencies=tallies, silent=("Silent",))
    asked = PlanLine(
        "coverage.target", "coverage", "All.", ORIGIN, target=target, floor=floor, unit="percent"
    )
    return judge(asked, evidence)


def test_coverage_is_rated_with_its_denominators_and_its_agencies() -> None:
    found = covered(90, 80, ("A", 9, 10), ("B", 8, 10), ("C", 3, 10))
    assert (found.rating, found.actual, found.denominator) == ("red", 20, 30)
    assert "20 of 30 people of whom something is required (66%)" in found.because
    assert (
        "Of 3 agencies with people to train: 1 green, 1 amber and 1 red. Red: C (3 of 10). Amber: B (8 of 10)."
        in (found.because)
    )
    assert "1 agency sent no register and cannot be rated" in found.because


def test_without_a_floor_there_is_no_amber() -> None:
    found = covered(90, None, ("A", 89, 100))
    assert found.rating == "red"
    assert "amber" not in found.because.partition("Of 1 agency")[2]


def test_without_a_target_nothing_is_rated() -> None:
    found = covered(None, None, ("A", 9, 10))
    assert (found.rating, found.actual) == ("not-measured", 9)
    assert "no target is declared" in found.because


def test_nobody_to_train_is_not_known_and_not_a_rate() -> None:
    assert covered(90, 80).rating == "not-known"


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 100), st.integers(0, 100))
def test_ratings_compare_whole_numbers_and_never_round(
    held: int, required: int, target: int, floor: int
) -> None:
    held, (floor, target) = min(held, required), sorted((floor, target))
    share = Fraction(held, required) * 100
    expected = "green" if share >= target else "amber" if share >= floor else "red"
    assert rated(held, required, target, floor) == expected


def test_a_baseline_is_a_count_with_its_period_and_never_rated() -> None:
    found = judge(
        line("baseline", target=600, unit="attendances", comparison="more-than", period="2015"), shown(AFTER)
    )
    assert (found.rating, found.actual) == ("not-measured", None)
    assert found.because == "more than 600 attendances, 2015"


def test_an_ambition_says_what_it_does_not_state() -> None:
    bare = judge(line("ambition", learning="yes"), shown(AFTER))
    assert bare.because.startswith("no lead, date or measure is stated")
    assert judge(line("ambition", lead="The board"), shown(AFTER)).because == "no date or measure is stated"


def test_follow_up_and_evaluation_say_of_how_many_people() -> None:
    for kind in ("follow-up", "evaluation"):
        found = judge(line(kind, target=25, unit="percent"), shown(AFTER, day(1), people=12))
        assert (found.rating, found.actual, found.denominator) == ("not-known", None, 12)


@pytest.mark.parametrize(
    "kind", ["activity", "availability", "quality", "review", "outcome", "something-new"]
)
def test_every_other_kind_is_not_known(kind: str) -> None:
    assert judge(line(kind), shown(AFTER)).rating == "not-known"


def test_what_the_records_show_of_an_activity_stands_beside_it() -> None:
    assert judge(line("activity"), shown(AFTER, day(1))).evidence == (
        "2 attendances of The one-day course, the last on 2 May 2015"
    )


def test_an_activity_taken_online_has_been_attended_too() -> None:
    evidence = Evidence(AFTER, courses={"c1": Attended({}, 1, {day(1): 1})})
    assert judge(line("activity"), evidence).evidence == "1 attendance of c1, the last on 2 May 2015"


def analysed(folder: Path, board: str, records: str, **policies: int) -> tna.model.Analysis:
    people, written = folder / "people.csv", folder / "records.csv"
    people.write_text("person_id,agency,role,level\nP-1,School A,Teacher,3\nP-2,Trust B,Nurse,3\n", "utf-8")
    written.write_text(f"person_id,course,completed,status,mode\n{records}", "utf-8")
    named = {name.replace("_", "."): value for name, value in policies.items()}
    return tna.analyse(tna.load(board, named), [people], [written], as_of=date(2016, 1, 31))


def test_attendances_of_people_in_no_register_show_that_a_session_ran(tmp_path: Path) -> None:
    found = gather(analysed(tmp_path, "knowsley", "P-1,k4-4,2015-12-01\nP-9,k4-4,2015-11-01\n"))
    assert found.attended("k4-4") == Attended({date(2015, 11, 1): 1, date(2015, 12, 1): 1}, 1)


def test_bookings_and_online_attendances_show_no_session(tmp_path: Path) -> None:
    records = "P-1,k4-4,2015-12-01,booked,\nP-2,k4-4,2015-11-01,attended,online\nP-2,k4-4,,attended,\n"
    found = gather(analysed(tmp_path, "knowsley", records)).attended("k4-4")
    assert not found.by_day
    assert found.online == {date(2015, 11, 1): 1}


def test_every_line_of_a_plan_is_judged_once_after_the_target_for_coverage() -> None:
    for name in ("knowsley", "rotherham", "north-yorkshire"):
        board = tna.load(name)
        assert [one.id for one in lines(board)] == ["coverage.target", *(one.id for one in board.pack.plan)]


def test_a_target_that_policy_and_plan_both_state_is_judged_once(tmp_path: Path) -> None:
    stated = {"id": "p-coverage", "kind": "coverage", "says": "90% are trained.", "target": 90, **SAID}
    for policies, found in (
        ({"coverage.target": "90", "coverage.floor": "80"}, [("p-coverage", 90, 80)]),
        ({}, [("p-coverage", 90, None)]),
        ({"coverage.target": "95"}, [("coverage.target", 95, None), ("p-coverage", 90, None)]),
    ):
        folder = tmp_path / str(len(policies))
        write_pack(folder / "pack", levels=[level(1)])
        (folder / "pack" / "plan.yaml").write_text(json.dumps({"lines": [stated]}), "utf-8")
        board = tna.load(str(folder / "pack"), policies)
        assert [(one.id, one.target, one.floor) for one in lines(board)] == found


def test_a_planner_is_not_drowned(tmp_path: Path) -> None:
    flags = list(tna_flag(analysed(tmp_path, "north-yorkshire", "P-1,n1-1,2016-01-01,,\n")))
    assert len(flags) < 10
    said = " ".join(flag.message for flag in flags)
    assert all(one.id in said for one in tna.load("north-yorkshire").pack.plan)


def test_two_years_of_individuals_are_never_added(tmp_path: Path) -> None:
    [flag] = [
        one
        for one in tna_flag(analysed(tmp_path, "rotherham", "P-1,r2-a,2014-05-20,,\n"))
        if one.code == "plan.baseline.not-measured"
    ]
    assert "556 individuals, 2012/13" in flag.message
    assert "320 individuals, 2013/14" in flag.message
    assert "876" not in flag.message


def test_missed_is_to_be_acted_on_and_not_known_to_be_checked(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, "knowsley", "P-1,k4-4,2015-12-01\n", coverage_target=90, coverage_floor=80)
    severities = {flag.code: flag.severity for flag in tna_flag(replace(analysis, as_of=date(2016, 4, 1)))}
    assert severities["plan.coverage.missed"] == "act"
    assert severities["plan.sessions.missed"] == "act"
    assert severities["plan.sessions.not-known"] == "check"
    assert severities["plan.follow-up.not-known"] == "check"
