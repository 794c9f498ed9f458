"""A record is worth what the catalogue, the terms and the rules say, for as many months as the strictest allows."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import SAID, ask, course, job, level, load, rows, rule, statuses
from tna import evidence
from tna.binding import Bound, bound
from tna.evidence import Attendance, add_months, holds_from
from tna.model import Board

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 240)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2015-01-31", 1, "2015-02-28"), ("2016-01-31", 1, "2016-02-29"), ("2016-02-29", 12, "2017-02-28"),
     ("2016-02-29", 48, "2020-02-29"), ("2015-12-31", 2, "2016-02-29"), ("2015-03-31", -1, "2015-02-28"),
     ("2015-11-30", 3, "2016-02-29"), ("2016-05-15", 0, "2016-05-15"), ("9999-12-31", 1, "9999-12-31"), ("0001-01-31", -1, "0001-01-01")],
)  # fmt: skip
def test_months_are_calendar_months(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@given(DAYS, MONTHS)
def test_a_month_later_is_in_the_month_that_follows(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, calendar.monthrange(later.year, later.month)[1])


@given(DAYS, st.none() | MONTHS)
def test_training_is_held_from_its_first_day_and_not_from_the_day_before(
    day: date, months: int | None
) -> None:
    first = holds_from(day, months)
    if months is None:
        assert first == date.min
        return
    assert add_months(first, months) >= day
    assert add_months(first - timedelta(days=1), months) < day


@given(
    st.sampled_from([date.min, date(1, 1, 31), date(2, 2, 28), date(9999, 12, 1), date.max]),
    st.integers(1, 1200),
)
def test_the_ends_of_the_calendar_are_no_trouble(day: date, months: int) -> None:
    assert date.min <= holds_from(day, months) <= day


def board(folder: Path, settings: dict[str, str] | None = None, **parts: Any) -> Board:
    usual: dict[str, Any] = {"levels": [level(1, ["k"]), level(2, ["k"])], "competencies": ["k", "x"],
                             "courses": [course("c", ["k"], 36)]}  # fmt: skip
    return load(folder, settings, **{**usual, **parts})


def worth(
    found: Board, mode: str = "face-to-face", scopes: tuple[str, ...] = ("level-1",), name: str = "c"
) -> dict[str, int | None]:
    credits = evidence.credits(found, Attendance(name, mode), bound(found, scopes), scopes)
    return {competency: credit.months for (competency, _), credit in evidence.best(credits).items()}


def test_the_strictest_interval_that_applies_wins(tmp_path: Path) -> None:
    terms = [
        {"levels": ["level-2"], "months": 24, **SAID},
        {"competencies": ["x"], "months": 1, **SAID},
        {"courses": ["other"], "months": 2, **SAID},
    ]
    found = board(tmp_path, terms=terms, courses=[course("c", ["k"], 36), course("other")])
    assert worth(found) == {"k": 36}
    assert worth(found, scopes=("level-2",)) == {"k": 24}
    assert worth(
        board(
            tmp_path, {"refresh.months": "12"}, terms=terms, courses=[course("c", ["k"], 36), course("other")]
        )
    ) == {"k": 12}


def test_no_interval_is_stated_by_silence(tmp_path: Path) -> None:
    assert worth(board(tmp_path, courses=[course("c", ["k"])])) == {"k": None}


def test_an_interval_beside_what_a_level_requires_binds_that_level_and_those_that_include_it(
    tmp_path: Path,
) -> None:
    levels = [{**level(1), "requires": [{"competencies": ["k"], "months": 12, "modes": ["face-to-face"]}]},
              level(2, includes=[{"levels": ["level-1"]}]), level(3, ["k"])]  # fmt: skip
    found = board(tmp_path, levels=levels)
    assert worth(found) == worth(found, scopes=("level-2",)) == {"k": 12}
    assert worth(found, "online") == worth(found, "online", ("level-2",)) == {}
    assert worth(found, "online", ("level-3",)) == {"k": 36}


def test_an_interval_beside_what_a_cohort_requires_binds_the_cohort(tmp_path: Path) -> None:
    drivers = {
        "id": "drivers",
        "label": "Drivers",
        "requires": [{"competencies": ["k"], "months": 6}],
        **SAID,
    }
    found = board(tmp_path, cohorts=[drivers])
    assert worth(found, scopes=("cohort:drivers",)) == {"k": 6}
    assert worth(found) == {"k": 36}


def test_an_interval_that_a_need_rule_states_is_kept_to(tmp_path: Path) -> None:
    yearly = rule("need.x", {"contact": "regular"}, {"need": {"competencies": ["k"], "months": 12}})
    found = board(tmp_path, rules=[yearly])
    people = [job("p", contact="regular"), job("q")]
    records = [{"person_id": one, "course": "c", "completed": "2014-06-01"} for one in "pq"]
    assert rows(ask(found, tmp_path, people, records), "gaps", "person_id", "status", "since::VARCHAR") == [
        ("p", "lapsed", "2015-06-02")
    ]


@pytest.mark.parametrize(
    ("terms", "grant", "counting"),
    [([], [], {"online", "face-to-face", "blended", "not-stated"}), ([["online"]], [], {"online"}),
     ([["online", "blended"], ["blended"]], [], {"blended"}), ([["online"]], ["blended"], set()), ([], ["blended"], {"blended"})],
)  # fmt: skip
def test_only_modes_that_every_statement_accepts_count(
    tmp_path: Path, terms: list[list[str]], grant: list[str], counting: set[str]
) -> None:
    given = {"competencies": ["k"], **({"modes": grant} if grant else {})}
    found = board(tmp_path, courses=[{**course("c"), "gives": [given]}],
                  terms=[{"modes": modes, **SAID} for modes in terms])  # fmt: skip
    assert {
        mode for mode in ("online", "face-to-face", "blended", "not-stated") if worth(found, mode)
    } == counting


def test_a_record_without_a_mode_was_taken_as_the_course_is_given(tmp_path: Path) -> None:
    found = board(tmp_path, terms=[{"modes": ["face-to-face"], **SAID}])
    people, written = [job("p"), job("q")], [("p", ""), ("q", "online")]
    records = [
        {"person_id": one, "course": "c", "completed": "2015-06-01", "mode": mode} for one, mode in written
    ]
    assert rows(ask(found, tmp_path, people, records), "gaps", "person_id", "status") == [("q", "missing")]


def test_training_in_one_thing_is_training_in_the_same_thing_in_other_words(tmp_path: Path) -> None:
    same = [{"competencies": ["k", "x"], "because": "both are signs", **SAID}]
    found = board(tmp_path, same=same)
    assert worth(found) == {"k": 36, "x": 36}
    credits = evidence.credits(found, Attendance("c", "online"), Bound())
    assert [("both are signs" in one.because) for one in credits] == [False, True]


def test_what_is_the_same_as_itself_is_given_once(tmp_path: Path) -> None:
    renewing = course("c", renews=[{"competencies": ["k"]}])
    found = board(tmp_path, courses=[renewing], same=[{"competencies": ["k", "x"], "because": "so", **SAID}])
    assert [one.competency for one in evidence.credits(found, Attendance("c", "online"), Bound())] == [
        "k",
        "x",
    ]


@pytest.mark.parametrize("audience", ["public", "young-people"])
def test_what_is_for_others_is_no_training_of_the_workforce(tmp_path: Path, audience: str) -> None:
    assert worth(board(tmp_path, courses=[course("c", ["k"], audience=audience)])) == {}
    assert worth(board(tmp_path), name="unknown") == {}


def test_of_two_statements_about_one_course_the_longer_holds(tmp_path: Path) -> None:
    twice = {
        **course("c"),
        "gives": [{"competencies": ["k"], "months": 12}, {"competencies": ["k"], "months": 24}],
    }
    assert worth(board(tmp_path, courses=[twice])) == {"k": 24}


def test_a_credit_rule_may_ask_who_provided_it_and_whom_it_is_for(tmp_path: Path) -> None:
    rules = [
        rule(
            "credit.nhs",
            {"provider": "NHS", "placed": {"includes": "level-2"}},
            {"credit": {"competencies": ["k"], "months": 12}},
        )
    ]
    found = board(tmp_path, courses=[course("c")], rules=rules)
    people = [job("p", level="2"), job("q", level="2"), job("r", level="1")]
    records = [
        {"person_id": one, "course": "c", "completed": "2015-06-01", "provider": by}
        for one, by in zip("pqr", ("nhs", "other", "NHS"), strict=True)
    ]
    assert rows(ask(found, tmp_path, people, records), "gaps", "person_id") == [("q",), ("r",)]


def test_the_more_specific_credit_rule_wins(tmp_path: Path) -> None:
    rules = [
        rule("a", {}, {"credit": {"competencies": ["k"]}}),
        rule("b", {}, {"credit": {"competencies": ["x"]}}, scope="agency"),
    ]
    assert worth(board(tmp_path, courses=[course("c")], rules=rules)) == {"x": None}


def test_a_shared_title_means_the_course_that_is_open_to_the_person(tmp_path: Path) -> None:
    courses = [course("c1", ["k"], title="Basics"), course("c2", ["x"], title="Basics", open_to=[{"levels": ["level-2"]}]),
               course("c3", ["k"], title="More"), course("c4", ["x"], title="More")]  # fmt: skip
    found = board(tmp_path, levels=[level(1, ["k", "x"]), level(2, ["k", "x"])], courses=courses)
    people = [job("p"), job("q", level="2")]
    records = [
        {"person_id": one, "course": name, "completed": "2015-06-01"}
        for one in "pq"
        for name in ("basics", "MORE")
    ]
    got = rows(ask(found, tmp_path, people, records), "gaps", "person_id", "competency")
    assert got == [
        ("p", "x"),
        ("q", "k"),
    ]  # "More" is open to level 1 twice over: which was meant is not known


@pytest.mark.parametrize("name", ["select", "from", "null", "order-by", "0", "need-0", "b", "person-id"])
def test_a_competency_may_be_called_as_it_likes(tmp_path: Path, name: str) -> None:
    found = board(tmp_path, levels=[level(1, [name])], competencies=[name], courses=[course("where", [name])])
    assert statuses(ask(found, tmp_path, [job()])) == {name: "missing"}
    assert (
        statuses(
            ask(found, tmp_path, [job()], [{"person_id": "p", "course": "where", "completed": "2015-01-01"}])
        )
        == {}
    )
