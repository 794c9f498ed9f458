"""What ends month by month, worked out by hand and against the engine's own list of what is due, and what renewing takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import analysed
from tests.generated import AS_OF, write_pack
from tests.small import SAID, course, job, level, load
from tna import boards
from tna.cli import main
from tna.evidence import add_months
from tna.forecasting import Forecast, forecast
from tna.gaps import Dates
from tna.model import Board
from tna.suppression import Grid, audit

DAY = date(2016, 1, 31)
PARTS: Mapping[str, Any] = {
    "levels": [level(1, ["k"]), level(2, ["k", "m"])],
    "competencies": ["k", "m"],
    "courses": [
        course("c", ["k"], 12, open_to=[{"levels": ["level-1", "level-2"]}]),
        course("d", ["m"], 24, open_to=[{"levels": ["level-2"]}]),
    ],
}


def took(person: str, name: str, completed: str) -> dict[str, str]:
    return {"person_id": person, "course": name, "completed": completed}


def ahead(folder: Path, people: Any, records: Any, months: int = 12, *, chosen: Mapping[str, str] | None = None,
          parts: Mapping[str, Any] | None = None, **options: Any) -> Forecast:  # fmt: skip
    board = load(folder, chosen, **{**PARTS, **(parts or {})})
    place = analysed.run(folder / "run", board, people, records, as_of=DAY)
    return forecast(place, months, **{"internal": True, **options})


def lapses(found: Forecast, agency: str = "*", level: str = "*") -> dict[str, tuple[int, int]]:
    return {row["month"]: (row["people"], row["person_competencies"]) for row in found.rows("lapses")
            if (row["agency"], row["level"]) == (agency, level) and row["people"]}  # fmt: skip


def places(found: Forecast) -> dict[tuple[str, str], tuple[int, int | None]]:
    return {(row["month"], row["course"]): (row["people"], row["places"]) for row in found.rows("places")}


STAFF = (job("p"), job("q", level="2"), job("r", level="2", agency="B"))
TAKEN = (
    took("p", "c", "2015-03-10"),
    took("q", "c", "2015-03-31"), took("q", "d", "2014-05-01"),
    took("r", "c", "2014-01-01"), took("r", "d", "2015-01-01"),
)  # fmt: skip


def test_people_and_their_competencies_are_counted_in_the_month_in_which_they_end(tmp_path: Path) -> None:
    found = ahead(tmp_path, STAFF, TAKEN)
    assert lapses(found) == {"2016-03": (2, 2), "2016-05": (1, 1), "2017-01": (1, 1), "*": (3, 4)}
    assert lapses(found, level="level-2") == {
        "2016-03": (1, 1),
        "2016-05": (1, 1),
        "2017-01": (1, 1),
        "*": (2, 3),
    }
    assert lapses(found, "B", "level-2") == {"2017-01": (1, 1), "*": (1, 1)}


def test_months_are_calendar_months_and_say_from_which_day_to_which(tmp_path: Path) -> None:
    days = {
        row["month"]: (row["first_day"], row["last_day"])
        for row in ahead(tmp_path, STAFF, TAKEN, 2).rows("lapses")
    }
    assert days == {
        "2016-01": (date(2016, 1, 31), date(2016, 1, 31)), "2016-02": (date(2016, 2, 1), date(2016, 2, 29)),
        "2016-03": (date(2016, 3, 1), date(2016, 3, 30)), "*": (date(2016, 1, 31), date(2016, 3, 30)),
    }  # fmt: skip


def test_what_is_a_gap_already_does_not_end_again(tmp_path: Path) -> None:
    assert lapses(ahead(tmp_path, (job(),), (took("p", "c", "2014-01-01"),))) == {}


def test_what_ends_on_the_last_day_of_the_forecast_is_in_it_and_the_day_after_is_not(tmp_path: Path) -> None:
    taken = (took("p", "c", "2015-02-28"), took("q", "c", "2015-03-01"))
    found = ahead(tmp_path, (job("p"), job("q")), taken, 1)
    assert found.about["until_before"] == "2016-02-29"
    assert lapses(found) == {"2016-02": (1, 1), "*": (1, 1)}


def test_renewing_takes_a_place_for_each_person_and_course_once(tmp_path: Path) -> None:
    found = ahead(tmp_path, STAFF, TAKEN)
    assert places(found) == {
        ("2016-03", "c"): (2, 2), ("2016-05", "d"): (1, 1), ("2017-01", "d"): (1, 1), ("*", "c"): (2, 2), ("*", "d"): (2, 2),
    }  # fmt: skip
    assert found.about["yield"]["comes_from"] == "no yield known: as many places as people"


@pytest.mark.parametrize(
    ("percent", "chosen", "needed"),
    [
        (None, {}, 3),
        (80, {}, 4),
        (None, {"attendance.yield": "60"}, 5),
        (100, {"attendance.yield": "60"}, 3),
        (1, {}, 300),
    ],
)
def test_places_are_people_by_yield_rounded_up(
    tmp_path: Path, percent: int | None, chosen: Mapping[str, str], needed: int
) -> None:
    people = tuple(job(name) for name in "pqr")
    found = ahead(
        tmp_path,
        people,
        tuple(took(name, "c", "2015-05-05") for name in "pqr"),
        percent=percent,
        chosen=chosen,
    )
    assert places(found)["2016-05", "c"] == (3, needed)


def gives(name: str, to: str = "level-1") -> dict[str, Any]:
    return course(name, ["k"], 12, open_to=[{"levels": [to]}])


def renews(name: str) -> dict[str, Any]:
    return course(name, renews=[{"competencies": ["k"], "months": 12}])


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([gives("given"), renews("a-refresher"), gives("another")], "given"),
        ([gives("given", to="level-2"), renews("z-refresher"), gives("another")], "z-refresher"),
        ([gives("given", to="level-2"), gives("one"), gives("another")], "another"),
        ([gives("given", to="level-2"), gives("public") | {"audience": "public"}], ""),
    ],
)
def test_what_renews_is_what_gave_it_else_a_refresher_else_the_first(
    tmp_path: Path, offered: Any, chosen: str
) -> None:
    parts = {"courses": offered, "levels": [level(1, ["k"]), level(2)], "competencies": ["k"]}
    found = ahead(tmp_path, (job(),), (took("p", "given", "2015-05-05"),), parts=parts)
    assert places(found) == {
        ("2016-05", chosen): (1, 1 if chosen else None),
        ("*", chosen): (1, 1 if chosen else None),
    }


NEVER = {"courses": [course("c", ["k"]), course("d", ["m"], open_to=[{"levels": ["level-2"]}])]}


def test_where_no_interval_is_stated_nothing_is_computed_and_that_is_said(tmp_path: Path) -> None:
    found = ahead(tmp_path, STAFF, TAKEN, parts=NEVER)
    assert not found.computed
    assert found.about["says"] == "Cannot be computed: no interval stated."
    assert (found.rows("lapses"), found.rows("places")) == ([], [])


def test_where_only_some_levels_have_an_interval_the_others_are_named(tmp_path: Path) -> None:
    terms = {**NEVER, "terms": [{"levels": ["level-2"], "months": 24, **SAID}]}
    found = ahead(tmp_path, STAFF, TAKEN, parts=terms)
    assert found.about["without_interval"] == ["level-1"]
    assert lapses(found) == {"2016-05": (1, 1), "2017-01": (1, 1), "*": (2, 2)}


def test_what_is_assumed_is_marked_on_every_line(tmp_path: Path) -> None:
    found = ahead(tmp_path, STAFF, TAKEN, parts=NEVER, assumed=24)
    rows = [*found.rows("lapses"), *found.rows("places")]
    assert {row["assumed"] for row in rows} == {"refresh=24"}
    assert lapses(found) == {"already": (1, 1), "2016-05": (1, 1), "2017-01": (1, 1), "*": (2, 2)}


def test_the_strictest_of_what_is_stated_and_assumed_holds(tmp_path: Path) -> None:
    assert lapses(ahead(tmp_path, STAFF, TAKEN, assumed=600)) == lapses(
        ahead(tmp_path / "again", STAFF, TAKEN)
    )


def of_board(folder: Path, **more: Any) -> Board:
    sizes: dict[str, Any] = {"levels": 3, "competencies": 9, "courses": 6, "renewals": 2}
    return boards.load(write_pack(folder, **{**sizes, **more}))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Board:
    return of_board(tmp_path_factory.mktemp("packs") / "mixed", intervals=(1, 12, 24, None))


JOBS = st.lists(
    st.tuples(
        st.sampled_from("pqr"), st.sampled_from("AB"), st.sampled_from("xy"), st.sampled_from(["1", "2", "3", ""]),
        st.sampled_from(["", "cohort-0", "cohort-0|cohort-1"]),
    ),
    unique_by=lambda one: one[:3], min_size=1, max_size=8,
)  # fmt: skip
RECORDS = st.lists(
    st.tuples(
        st.sampled_from("pqr"), st.sampled_from([f"k{n:03d}" for n in range(6)]),
        st.one_of(
            st.none(), st.dates(AS_OF - timedelta(days=800), AS_OF),
            st.sampled_from([date(2023, 3, 31), date(2024, 2, 29), date(2022, 2, 28), date(2023, 3, 30), AS_OF]),
        ),
        st.sampled_from(["", "online", "face-to-face"]),
    ),
    max_size=25,
)  # fmt: skip
LINES = "select person_id, agency, level, competency, until from"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jobs=JOBS, records=RECORDS, months=st.sampled_from([1, 3, 12, 30]))
def test_what_ends_is_what_the_engine_calls_due_over_the_same_time(
    mixed: Board, tmp_path_factory: pytest.TempPathFactory, jobs: Any, records: Any, months: int
) -> None:
    horizon = (add_months(AS_OF, months) - AS_OF).days
    folder = analysed.made(
        tmp_path_factory.mktemp("law") / "run", mixed, jobs, records, Dates(AS_OF, horizon)
    )
    found = forecast(folder, months, internal=True)
    ask = found.connection.execute
    due = ask(f"{LINES} kept.due order by all").fetchall()
    assert ask(f"{LINES} ends order by all").fetchall() == due
    for row in found.rows("lapses"):
        here = [line for line in due if row["month"] in ("*", line[4].strftime("%Y-%m"))
                and row["agency"] in ("*", line[1]) and row["level"] in ("*", line[2])]  # fmt: skip
        assert row["people"] == len({line[0] for line in here})
        assert row["person_competencies"] == len({(line[0], line[3]) for line in here})
    found.connection.close()


def test_an_assumption_ends_what_the_same_policy_would_have_ended(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", intervals=(None, 12), renewals=3)
    dates = Dates(AS_OF, (add_months(AS_OF, 12) - AS_OF).days)
    free = analysed.drawn(tmp_path / "free", boards.load(pack), 200, dates, 0.3)
    bound = analysed.drawn(tmp_path / "bound", boards.load(pack, {"refresh.months": "30"}), 200, dates, 0.3)
    assumed, stated = forecast(free, 12, assumed=30, internal=True), forecast(bound, 12, internal=True)
    lines = assumed.connection.execute(f"{LINES} ends where until >= $1 order by all", [AS_OF]).fetchall()
    assert lines == stated.connection.execute(f"{LINES} ends order by all").fetchall()
    assert len(lines) > 100


def test_nothing_hidden_can_be_worked_out_from_what_is_shown(tmp_path: Path) -> None:
    board = of_board(tmp_path / "pack", intervals=(12, 24), levels=4)
    folder = analysed.drawn(tmp_path / "run", board, 200, Dates(AS_OF, 90), 0.4)
    shown, whole = forecast(folder, 12), forecast(folder, 12, internal=True)
    cells = ("month", "agency", "level")
    gone = {tuple(row[key] for key in cells) for row in shown.rows("lapses") if row["hidden"]}
    assert gone
    for axis in range(3):
        kept = [place for place in range(3) if place != axis]
        counts = {
            tuple(row[cells[place]] for place in kept): (row["people"], row["person_competencies"])
            for row in whole.rows("lapses") if row[cells[axis]] == "*"
        }  # fmt: skip
        hidden = {(cell[kept[0]], cell[kept[1]]) for cell in gone if cell[axis] == "*"}
        assert {position for position, (people, _) in counts.items() if 0 < people < 5} <= hidden
        assert not audit(Grid(counts), hidden)
    assert all("*" in (row["month"], row["agency"], row["level"]) for row in shown.rows("lapses"))
    counted = {(row["month"], row["course"]): (row["people"],) for row in whole.rows("places")}
    assert not audit(
        Grid(counted), {(row["month"], row["course"]) for row in shown.rows("places") if row["hidden"]}
    )


def said(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(words))
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_it_is_printed_in_words_a_board_reads(tmp_path: Path) -> None:
    ahead(tmp_path, STAFF, TAKEN, parts=NEVER)
    code, text = said(
        "forecast",
        str(tmp_path / "run"),
        "--months",
        "4",
        "--assume",
        "refresh=24",
        "--yield",
        "50",
        "--internal",
    )
    assert code == 0
    assert (
        text
        == """Internal: small numbers shown
A small board as of 31 January 2016, 4 months ahead

People of whom something required ends unless renewed, and people's competencies that end
  Already ended, if so assumed: 1 person, 1 competency (assumed: refresh=24)
  January 2016: nobody (assumed: refresh=24)
  February 2016: nobody (assumed: refresh=24)
  March 2016: nobody (assumed: refresh=24)
  April 2016: nobody (assumed: refresh=24)
  May 2016: 1 person, 1 competency (assumed: refresh=24)
  All these months: 1 person, 1 competency (assumed: refresh=24)

By level, in all these months
  Level 2: 1 person, 1 competency (assumed: refresh=24)

Places that renewing takes (yield: as asked: 50 of 100 places)
  Already ended, if so assumed: no course of the catalogue that is open to them: 1 person (assumed: refresh=24)
  May 2016: Course d [d]: 1 person, 2 places (assumed: refresh=24)
  All these months: Course d [d]: 1 person, 2 places (assumed: refresh=24)

A person takes a place for the course that gave what ends, where that is open to the job; else for one that renews it, else for one that gives it, the first by id; once, in the first month in which anything of it ends.
"""
    )


def test_a_board_without_an_interval_is_answered_plainly_and_ends_with_nought(tmp_path: Path) -> None:
    ahead(tmp_path, STAFF, TAKEN, parts=NEVER)
    code, text = said("forecast", str(tmp_path / "run"))
    assert code == 0
    assert "Cannot be computed: no interval stated. Nothing ends that is held now." in text


def test_what_is_written_has_the_promised_columns(tmp_path: Path) -> None:
    ahead(tmp_path, STAFF, TAKEN)
    out = tmp_path / "out"
    assert said("forecast", str(tmp_path / "run"), "--out", str(out))[0] == 0
    heads = {name: (out / f"{name}.csv").read_text("utf-8").splitlines()[0] for name in ("lapses", "places")}
    assert heads == {
        "lapses": "month,first_day,last_day,agency,level,people,person_competencies,assumed,hidden",
        "places": "month,course,title,people,yield,places,comes_from,assumed,hidden",
    }
    about = json.loads((out / "forecast.json").read_text("utf-8"))
    assert (about["shown"], about["assumed"], about["months"]) == ("Small numbers hidden", "", 12)
