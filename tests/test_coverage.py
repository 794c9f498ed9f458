"""Coverage counts people, each once, by their worst status; rates are compared unrounded, and silence is not nought."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generated import fill_registers, write_pack
from tests.small import SAID, ask, course, job, level, load, rows
from tests.test_engine import agree
from tna import boards, coverage, duck
from tna.coverage import LANES, lane_width
from tna.model import Analysis, Board

WORST = ("missing", "undated", "lapsed", "held")
COLUMNS = ("agency", "level", "competency", "required", "held", "due_soon", "lapsed", "undated", "missing")


def board_of(folder: Path, settings: dict[str, str] | None = None) -> Board:
    drivers = {"id": "drivers", "label": "Drivers", "requires": [{"competencies": ["c"]}], **SAID}
    courses = [course("give-a", ["a"], 12), course("give-b", ["b"]), course("give-c", ["c"], 24)]
    return load(folder, settings, levels=[level(1, ["a", "b"]), level(2, ["b", "c"]), level(3)], competencies=["a", "b", "c"],
                cohorts=[drivers], courses=courses)  # fmt: skip


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    return board_of(tmp_path_factory.mktemp("board"))


def lines(found: Analysis) -> dict[tuple[str, str, str], dict[str, int]]:
    got = rows(found, "coverage", *COLUMNS)
    return {row[:3]: dict(zip(COLUMNS[3:], row[3:], strict=True)) for row in got}


JOBS = st.lists(
    st.tuples(st.sampled_from("pqrs"), st.sampled_from("AB"), st.sampled_from("xy"), st.sampled_from(["1", "2", "3", ""]),
              st.sampled_from(["", "Drivers"])),
    min_size=1, max_size=8, unique_by=lambda one: one[:3],
)  # fmt: skip
RECORDS = st.lists(
    st.tuples(st.sampled_from("pqrs"), st.sampled_from(["give-a", "give-b", "give-c"]),
              st.sampled_from(["", "2012-01-01", "2015-03-01", "2015-12-01"])),
    max_size=10,
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(jobs=JOBS, records=RECORDS)
def test_the_sums_are_people_each_once_by_their_worst_status(
    board: Board, tmp_path_factory: pytest.TempPathFactory, jobs: Any, records: Any
) -> None:
    people = [{"person_id": p, "agency": a, "role": r, "level": n, "cohort": c} for p, a, r, n, c in jobs]
    taken = [{"person_id": p, "course": c, "completed": d} for p, c, d in records]
    found = ask(board, tmp_path_factory.mktemp("run"), people, taken)
    got = lines(found)
    for where, counts in got.items():
        assert (
            counts["required"] == counts["held"] + counts["lapsed"] + counts["undated"] + counts["missing"]
        ), where
        assert counts["due_soon"] <= counts["held"]
    assert expected(found, people) == {
        where: {one: counts[one] for one in WORST} for where, counts in got.items() if counts["required"]
    }


def expected(found: Analysis, people: list[dict[str, str]]) -> dict[tuple[str, str, str], dict[str, int]]:
    """The counts by hand: for each line, its people, each in the worst status of what the line asks of them."""
    gaps = {
        row[:4]: row[4] for row in rows(found, "gaps", "person_id", "agency", "level", "competency", "status")
    }
    needs = {"1": ["a", "b"], "2": ["b", "c"], "3": [], "": []}
    worst: dict[tuple[str, str, str], dict[str, str]] = {}
    for one in people:
        asked = [(f"level-{one['level']}", need) for need in needs[one["level"]]]
        asked += [("cohort:drivers", "c")] if one["cohort"] else []
        for scope, need in asked:
            status = gaps.get((one["person_id"], one["agency"], scope, need), "held")
            for where in [(a, s, c) for a in (one["agency"], "*") for s in (scope, "*") for c in (need, "*")]:
                known = worst.setdefault(where, {}).get(one["person_id"], "held")
                worst[where][one["person_id"]] = min(known, status, key=WORST.index)
    return {where: {one: list(by.values()).count(one) for one in WORST} for where, by in worst.items()}


def rated(required: int, held: int, target: int | None, floor: int | None) -> str:
    connection = duck.connect()
    connection.execute("create table agencies (agency VARCHAR)")
    connection.execute("create table people (agency VARCHAR)")
    connection.execute("create table counts as select 'A' as agency, '*' as level, '*' as competency, ?::BIGINT as required, ?::BIGINT as held, "
                       "0 as due_soon, 0 as lapsed, 0 as undated, ? as missing", [required, held, required - held])  # fmt: skip
    connection.execute("insert into people values ('A')")
    coverage.rate(connection, (target, floor), {})
    [(rating, rate)] = connection.execute("select rating, rate from coverage").fetchall()
    assert rate == (held / required if required else None)
    return str(rating)


@pytest.mark.parametrize(
    ("required", "held", "target", "floor", "rating"),
    [
        (10, 9, 90, 80, "green"), (1000, 899, 90, 80, "amber"), (1000, 900, 90, 80, "green"), (10, 8, 90, 80, "amber"),
        (1000, 799, 90, 80, "red"), (3, 2, 67, 66, "amber"), (3, 2, 66, 50, "green"), (7, 7, 100, 100, "green"),
        (7, 6, 100, 86, "red"), (10, 8, 90, None, "red"), (10, 9, 90, None, "green"), (10, 9, None, 80, "not-stated"),
        (0, 0, 90, 80, "not-needed"), (0, 0, None, None, "not-needed"), (5, 0, 0, 0, "green"),
        (10**9, 9 * 10**8 - 1, 90, 80, "amber"),
    ],
)  # fmt: skip
def test_a_rating_is_compared_unrounded(
    required: int, held: int, target: int | None, floor: int | None, rating: str
) -> None:
    assert rated(required, held, target, floor) == rating


def ratings(found: Analysis) -> dict[tuple[str, str], str]:
    return {
        row[:2]: row[2] for row in rows(found, "coverage where competency = '*'", "agency", "level", "rating")
    }


def test_an_expected_agency_that_sent_nobody_is_no_return_and_is_no_nought(
    board: Board, tmp_path: Path
) -> None:
    agencies = [{"agency": "A"}, {"agency": "Silent"}]
    found = ask(board, tmp_path, [job()], agencies=agencies)
    assert ratings(found)["Silent", "*"] == "no-return"
    [(required, rate)] = rows(found, "coverage where agency = 'Silent'", "required", "rate")
    assert (required, rate) == (0, None)
    assert lines(found)["*", "*", "*"]["required"] == 1
    assert found.about["counts"]["agencies_expected"] == 2
    assert found.about["counts"]["agencies_returned"] == 1


def test_who_was_expected_is_not_stated_without_a_list(board: Board, tmp_path: Path) -> None:
    counts = ask(board, tmp_path, [job()]).about["counts"]
    assert (counts["agencies_expected"], counts["agencies_returned"]) == (None, None)


def test_an_agency_of_which_nobody_is_placed_is_not_stated(board: Board, tmp_path: Path) -> None:
    found = ask(board, tmp_path, [job(), job("q", agency="B", level="", role="Beekeeper")])
    assert ratings(found)["B", "*"] == "not-stated"
    assert found.about["counts"]["people_asked"] == 1


def test_people_of_whom_nothing_is_required_are_not_needed(board: Board, tmp_path: Path) -> None:
    found = ask(board, tmp_path, [job(level="3")])
    assert ratings(found) == {
        ("A", "*"): "not-needed",
        ("A", "level-3"): "not-needed",
        ("*", "*"): "not-needed",
        ("*", "level-3"): "not-needed",
    }


def test_unplaced_people_are_in_no_line_but_in_the_counts(board: Board, tmp_path: Path) -> None:
    found = ask(board, tmp_path, [job(), job("q", level="", role="Beekeeper")])
    assert lines(found)["A", "*", "*"]["required"] == 1
    assert found.about["counts"]["people"] == 2


def test_somebody_with_two_jobs_is_one_person_wherever_jobs_are_added_up(
    board: Board, tmp_path: Path
) -> None:
    people = [job(), job(agency="B", level="2"), job(role="Other", level="2")]
    got = lines(
        ask(board, tmp_path, people, [{"person_id": "p", "course": "give-a", "completed": "2015-12-01"}])
    )
    assert (
        got["*", "*", "*"]["required"]
        == got["A", "*", "*"]["required"]
        == got["*", "*", "b"]["required"]
        == 1
    )
    assert got["*", "level-1", "a"]["held"] == 1
    assert got["*", "level-1", "*"]["missing"] == 1


def test_targets_stand_beside_every_rate(tmp_path: Path) -> None:
    board = board_of(tmp_path, {"coverage.target": "90", "coverage.floor": "80"})
    assert set(rows(ask(board, tmp_path, [job()]), "coverage", "target", "floor")) == {(90, 80)}


def test_an_agency_called_after_a_sum_or_a_cohort_counts_nobody_twice(board: Board, tmp_path: Path) -> None:
    names = ["cohort:drivers", "level-1", "", "A'B", 'A"B', "=A", "Ünï"]
    found = ask(board, tmp_path, [job(f"p{n}", agency=name) for n, name in enumerate(names)])
    got = lines(found)
    assert got["*", "*", "*"]["required"] == len(names) - 1  # one row names no agency, and is refused
    assert all(got[name, "*", "*"]["required"] == 1 for name in names if name)


def test_people_are_told_apart_by_case(board: Board, tmp_path: Path) -> None:
    found = ask(
        board,
        tmp_path,
        [job("p1"), job("P1")],
        [{"person_id": "P1", "course": "give-b", "completed": "2015-01-01"}],
    )
    assert rows(found, "gaps where competency = 'b'", "person_id") == [("p1",)]


def test_the_table_of_a_run_can_be_asked_further(board: Board, tmp_path: Path) -> None:
    found = ask(board, tmp_path, [job()])
    assert isinstance(found.coverage, duckdb.DuckDBPyRelation)
    assert found.gaps.filter("status = 'missing'").count("*").fetchall() == [(2,)]


def test_lanes_are_wide_enough_for_the_people_they_count() -> None:
    assert [lane_width(people) for people in (0, 32_767, 32_768, 2**21 - 1, 2**21, 2**31 - 1)] == [
        16,
        16,
        21,
        21,
        32,
        32,
    ]


@pytest.mark.parametrize("width", LANES)
def test_lanes_of_any_width_count_alike(width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tna.coverage.LANES", (width,))
    board = boards.load(write_pack(tmp_path / "pack", competencies=130))
    connection = duck.connect()
    fill_registers(connection, 400, agencies=5)
    agree(connection, board)
