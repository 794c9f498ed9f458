"""The lines of a plan judged on a year: sessions, dates, forms, follow-ups, observations, words, and what none of them tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import tna
from tests.small import register
from tna.model import AnnualReview, Judgement, Origin, PlanLine, Source
from tna.review import Sent, review
from tna_plan.evidence import Evidence, Tally
from tna_plan.reviewing import judge_in_year
from tna_plan.targets import lines
from tna_plan.year import Followed, Forms, Looked, Update, Year

ORIGIN = Origin(Source("board-2015", "The plan"), "stated")
FIRST, LAST = date(2015, 4, 1), date(2016, 3, 31)
MIDYEAR, AFTER = date(2015, 9, 30), date(2016, 4, 1)


def line(kind: str, **facts: Any) -> PlanLine:
    return PlanLine(
        **{"id": "p1", "kind": kind, "says": "The line.", "origin": ORIGIN, "course": "c1", **facts}
    )


def year(as_of: date = MIDYEAR, **facts: Any) -> Year:
    sent = frozenset({("forms", "c1"), ("follow-ups", "c1")})
    return Year(
        Evidence(as_of, titles={"c1": "The one-day course"}),
        FIRST,
        LAST,
        "2015-16",
        **{"sent": sent, **facts},
    )


def days(**states: int) -> dict[str, dict[date, str]]:
    """So many sessions of c1 in each state, a day after each other from 1 May 2015; those to come in 2016."""
    found, day = {}, date(2015, 5, 1)
    for state, count in states.items():
        for _ in range(count):
            day += timedelta(days=1)
            found[day.replace(year=2016, month=2) if state == "to_come" else day] = state.replace("_", "-")
    return {"c1": found}


def judged(kind: str, found: Year, **facts: Any) -> Judgement:
    return judge_in_year(line(kind, **facts), found)


EIGHT = {
    "target": 8,
    "printed": "8 sessions",
    "comparison": "exactly",
    "period_from": FIRST,
    "period_to": LAST,
}
FOUR = {**EIGHT, "target": 4, "printed": "4 x per year:"}
ANNUAL = {**EIGHT, "target": 1, "printed": "Annual"}


@pytest.mark.parametrize(
    ("planned", "states", "as_of", "rating"),
    [
        (EIGHT, {"held": 8}, MIDYEAR, "green"), (EIGHT, {"held": 9}, MIDYEAR, "green"), (EIGHT, {"held": 7, "cancelled": 1}, AFTER, "red"),
        (EIGHT, {"held": 7, "not_known": 1}, AFTER, "not-known"), (EIGHT, {"held": 4}, MIDYEAR, "not-due"),
        (EIGHT, {"held": 2}, MIDYEAR, "at-risk"), (EIGHT, {"held": 2, "to_come": 6}, MIDYEAR, "not-due"),
        (FOUR, {"held": 4}, AFTER, "green"), (FOUR, {"held": 3}, AFTER, "red"), (FOUR, {"cancelled": 4}, AFTER, "red"),
        (FOUR, {"held": 2}, MIDYEAR, "not-due"), (FOUR, {"held": 1}, MIDYEAR, "at-risk"), (FOUR, {"cancelled": 2}, MIDYEAR, "at-risk"),
        (ANNUAL, {"held": 1}, MIDYEAR, "green"), (ANNUAL, {"cancelled": 1}, MIDYEAR, "not-due"), (ANNUAL, {"cancelled": 1}, AFTER, "red"),
    ],
)  # fmt: skip
def test_sessions_held_are_set_against_those_planned(
    planned: Any, states: Any, as_of: date, rating: str
) -> None:
    found = judged("sessions", year(as_of, sessions=days(**states)), **planned)
    assert (found.rating, found.actual, found.target) == (rating, states.get("held", 0), planned["target"])
    assert f"planned '{planned['printed']}', read as {planned['target']}" in found.because


def test_sessions_that_may_have_been_held_are_asked_after_by_their_day() -> None:
    found = judged("sessions", year(AFTER, sessions=days(held=7, not_known=1)), **EIGHT)
    assert "say whether sessions were held on 9 May 2015" in found.because
    assert "To know it, send the sessions: course, date, places, booked, attended." in found.because


def test_sessions_of_another_year_do_not_count() -> None:
    other = {"c1": {date(2014, 5, 1): "held", date(2016, 4, 1): "held"}}
    assert judged("sessions", year(date(2016, 5, 1), sessions=other), **FOUR).actual == 0


def test_without_sessions_registers_alone_say_what_they_can() -> None:
    found = judged("sessions", year(), **FOUR)
    assert found.rating == "not-known"
    assert found.because.endswith("To know it, send the sessions: course, date, places, booked, attended.")


def test_commissioned_without_a_number_is_held_and_not_measured() -> None:
    found = judged("sessions", year(sessions=days(held=2)), printed="(Commissioned training)")
    assert (found.rating, found.actual) == ("not-measured", 2)
    assert "no number of sessions is stated" in found.because


def rotherham(name: str) -> PlanLine:
    return next(one for one in tna.load("rotherham").pack.plan if one.id == name)


@pytest.mark.parametrize(("name", "listed"), [("r2-a", 3), ("r2-b", 12), ("r34-a", 5)])
def test_listed_dates_are_met_one_by_one(name: str, listed: int) -> None:
    planned = rotherham(name)
    held = {planned.course: dict.fromkeys(planned.dates, "held")}
    whole = replace(year(date(2015, 4, 1), sessions=held), first=date(2014, 4, 1), last=date(2015, 3, 31))
    found = judge_in_year(planned, whole)
    assert (found.rating, found.actual, found.denominator) == ("green", listed, listed)
    missed = {planned.course: {**held[planned.course], planned.dates[0]: "cancelled"}}
    assert judge_in_year(planned, replace(whole, sessions=missed)).rating == "red"
    assert (
        judge_in_year(
            planned, replace(whole, sessions={planned.course: dict.fromkeys(planned.dates[1:], "held")})
        ).rating
        == "not-known"
    )


def test_past_and_future_follow_from_the_day_of_the_review() -> None:
    planned = rotherham("r34-a")
    held = {planned.course: dict.fromkeys(planned.dates[:2], "held")}
    early, late = (
        judge_in_year(planned, year(when, sessions=held)) for when in (date(2014, 8, 1), date(2015, 3, 1))
    )
    assert (early.rating, early.actual, early.denominator) == ("not-due", 2, 2)
    assert "to come: 23 September 2014, 2 December 2014 and 3 February 2015" in early.because
    assert (late.rating, late.actual, late.denominator) == ("not-known", 2, 5)
    assert "say whether sessions were held on 23 September 2014" in late.because


@pytest.mark.parametrize("printed", ["When requested", "Unlimited access"])
def test_what_can_be_had_at_any_time_is_a_word_and_no_number(printed: str) -> None:
    found = judged("availability", year(sessions=days(held=3)), printed=printed)
    assert (found.rating, found.actual) == ("not-known", None)
    assert "from when it could be had" in found.because
    told = year(updates={"p1": Update(MIDYEAR, "Open all year.", "done", "training officer")})
    assert judged("availability", told, printed=printed).rating == "green"


HUNDRED = {"target": 100, "unit": "percent", "comparison": "exactly"}


def test_all_forms_on_the_day_are_met_and_one_late_form_is_not() -> None:
    every = judged(
        "evaluation",
        year(forms={"c1": Forms(20, 20, "attendances at 1 session held in the year")}),
        **HUNDRED,
    )
    assert (every.rating, every.actual, every.denominator, every.unit) == (
        "green",
        20,
        20,
        "forms of attendances",
    )
    late = judged(
        "evaluation",
        year(forms={"c1": Forms(20, 19, "attendances at 1 session held in the year")}),
        **HUNDRED,
    )
    assert (late.rating, late.actual) == ("red", 19)
    assert (
        "19 forms with every answer before and after, on the day of the session, of 20 attendances"
        in late.because
    )


def test_forms_without_attendances_are_of_nothing_and_none_is_not_nought() -> None:
    found = judged("evaluation", year(forms={"c1": Forms(None, 19, "")}), **HUNDRED)
    assert (found.rating, found.denominator) == ("not-known", None)
    assert judged("evaluation", year(), **HUNDRED).rating == "not-known"
    assert judged("evaluation", year(forms={"c1": Forms(20, 0, "")}), **HUNDRED).rating == "red"


QUARTER = {"target": 25, "unit": "percent", "supported_by": "line manager", "comparison": "at-least"}


@pytest.mark.parametrize(
    ("followed", "rating"),
    [
        (Followed(41, 11, 11, 11, 0, 11, 11, 11, 0), "green"), (Followed(41, 11, 11, 10, 1, 11, 11, 11, 1), "at-risk"),
        (Followed(41, 11, 0, 0, 0, 11, 0, 11, 0), "not-due"), (Followed(41, 11, 5, 5, 0, 11, 5, 11, 0), "not-due"),
        (Followed(41, 11, 5, 4, 3, 11, 5, 11, 3), "at-risk"),
    ],
)  # fmt: skip
def test_a_quarter_met_again_is_met_behind_or_not_due(followed: Followed, rating: str) -> None:
    found = judged("follow-up", year(followed={"c1": followed}), **QUARTER)
    assert (found.rating, found.actual, found.denominator) == (rating, followed.done, 41)
    assert "25% is 11" in found.because
    assert ("line manager" in found.because) == bool(followed.short)


def test_a_follow_up_never_says_more_of_the_sample_than_is_shown() -> None:
    hidden = Followed(41, 11, 3, 2, 4, None, None, None, None, hidden=True)
    found = judged("follow-up", year(followed={"c1": hidden}), **QUARTER)
    assert "drawn" not in found.because and "25% is" not in found.because
    assert "some more were met too early" in found.because


def test_a_checklist_line_is_met_when_every_observer_saw_it() -> None:
    def look(*counts: int) -> Judgement:
        return judged("quality", year(looked={"p1": Looked(*counts)}), checklist="look", course="")

    assert look(3, 0, 0, 3).rating == "green"
    assert look(2, 1, 0, 3).rating == "at-risk"
    assert look(2, 0, 1, 3).rating == "not-known"
    assert "not mentioned in 1" in look(2, 0, 1, 3).because
    assert look(0, 0, 0, 0).rating == "not-known"


def test_a_course_that_was_observed_is_met_by_that() -> None:
    found = judged("quality", year(observed={"c1": 2}))
    assert (found.rating, found.actual, found.unit) == ("green", 2, "observations")


@pytest.mark.parametrize(
    ("status", "during", "over"),
    [("done", "green", "green"), ("under-way", "not-due", "red"), ("not-begun", "at-risk", "red"), ("dropped", "not-measured", "not-measured"),
     ("", "not-known", "not-known")],
)  # fmt: skip
def test_an_update_is_words_and_its_status_a_judgement_apart(status: str, during: str, over: str) -> None:
    told = {"p1": Update(MIDYEAR, "Leaflets went out.", status, "business manager")}
    assert judged("activity", year(updates=told)).rating == during
    assert judged("activity", year(AFTER, updates=told)).rating == over
    found = judged("activity", year(updates=told))
    assert found.evidence == "update of 30 September 2015: 'Leaflets went out.', by business manager"


def test_the_update_that_a_plan_prints_is_no_status() -> None:
    found = judged(
        "activity", year(), update="Leaflets handed out at the March meeting", updated=date(2015, 4, 8)
    )
    assert found.rating == "not-known"
    assert "update of 8 April 2015: 'Leaflets handed out at the March meeting'" in found.because
    assert "state its status" in found.because
    later = judged("activity", year(), update="Written later", updated=date(2016, 1, 1))
    assert "Written later" not in later.because


def test_an_ambition_says_that_it_has_no_measure() -> None:
    found = judged("ambition", year(), course="", learning="yes")
    assert found.rating == "not-measured"
    assert "no lead, date or measure is stated" in found.because


def test_baselines_of_two_years_stay_two_lines_and_no_rate() -> None:
    board = tna.load("rotherham")
    found = {
        one.line: one
        for one in (judge_in_year(plan, year(date(2014, 9, 30))) for plan in lines(board))
        if one.kind == "baseline"
    }
    assert [found[name].target for name in ("r2-8-2012-13", "r2-8-2013-14")] == [556, 320]
    assert "556 individuals, 2012/13" in found["r2-8-2012-13"].because
    for one in found.values():
        assert (one.actual, one.denominator, one.rating) == (None, None, "not-measured")
    assert not any("876" in one.because for one in found.values())


@pytest.mark.parametrize(
    ("name", "words"),
    [("n1-1", "695 professionals"), ("n1-4", "more than 600 attendances"), ("n1-10", "about 200 schools")],
)
def test_counts_without_a_denominator_are_never_rates(name: str, words: str) -> None:
    planned = next(one for one in tna.load("north-yorkshire").pack.plan if one.id == name)
    found = judge_in_year(planned, year(date(2016, 9, 30)))
    assert (found.rating, found.denominator) == ("not-measured", None)
    assert words in found.because and "%" not in found.because


def covered(low: int, held: int, high: int, of: int = 1000, **facts: Any) -> Judgement:
    found = year(low=low, high=high, evidenced=low)
    found = replace(found, evidence=replace(found.evidence, whole=Tally(held, of)))
    return judge_in_year(line("coverage", course="", unit="percent", **facts), found)


def test_coverage_is_compared_unrounded_and_has_no_amber_without_a_floor() -> None:
    assert covered(899, 899, 899, target=90).rating == "red"
    assert covered(900, 900, 900, target=90).rating == "green"
    assert covered(899, 899, 899, target=90, floor=80).rating == "amber"
    assert covered(799, 799, 799, target=90, floor=80).rating == "red"
    assert "no floor is stated, so there is no amber" in covered(899, 899, 899, target=90).because


def test_a_range_is_rated_only_when_both_ends_agree() -> None:
    assert covered(880, 890, 899, target=90).rating == "red"
    assert covered(910, 920, 930, target=90).rating == "green"
    unsure = covered(890, 899, 901, target=90)
    assert unsure.rating == "not-known"
    assert "red at the least and green at the most" in unsure.because
    assert covered(890, 899, 901).rating == "not-measured"


def test_outcomes_stand_beside_and_are_rated_by_nothing() -> None:
    found = judged(
        "outcome",
        year(counts={"p1": (("Quarter 1", "43"), ("Quarter 2", "hidden"), ("Quarter 3", "not stated"))}),
    )
    assert found.rating == "not-measured"
    assert (
        found.because
        == "Quarter 1: 43, Quarter 2: hidden, Quarter 3: not stated; counts stand beside the training and are not said to come of it"
    )


def at(as_of: date, folder: Path) -> AnnualReview:
    """Knowsley's year on a day, with two sessions of the one-day course held in it and one to come."""
    rows = [
        {"course": "k4-4", "date": day, "status": "held", "attended": 20}
        for day in ("2015-05-01", "2015-09-01")
    ]
    rows.append({"course": "k4-4", "date": "2016-03-01", "status": "planned", "attended": ""})
    folder.mkdir()
    sent = Sent({"sessions": register(folder / "sessions.csv", rows)})
    return review(tna.load("knowsley"), "2015-16", sent, as_of=as_of)


def test_the_same_year_at_two_days_says_what_is_past_and_what_is_to_come(tmp_path: Path) -> None:
    ask = "select rating, actual, because from plan where line = 'k4-4'"
    [during] = at(date(2015, 10, 1), tmp_path / "during").connection.execute(ask).fetchall()
    [after] = at(date(2016, 4, 1), tmp_path / "after").connection.execute(ask).fetchall()
    assert during[:2] == ("not-due", 2) and "to come: 1 March 2016" in during[2]
    assert after[:2] == ("red", 2) and "say whether sessions were held on 1 March 2016" in after[2]


def test_small_numbers_of_days_dates_and_observations_are_no_people_and_are_shown(tmp_path: Path) -> None:
    found = at(date(2015, 10, 1), tmp_path / "year")
    for unit in ("sessions held", "days with attendances", "listed dates held", "observations"):
        one = Judgement("p1", "sessions", 4, None, 2, unit, 4, "not-due", "e", "s", "b")
        assert found.shown(one) == one
    for unit in ("people", "forms of attendances", "percent"):
        one = Judgement("p1", "sessions", 4, None, 2, unit, 40, "not-due", "e", "s", "b")
        assert (found.shown(one).actual, found.shown(one).evidence) == (None, "")
        assert found.shown(replace(one, actual=38)).denominator is None
        assert found.shown(replace(one, actual=30)).actual == 30
