"""Every gap closed or opened between two analyses has one reason, and nothing hidden of them can be worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import analysed
from tests.generated import write_pack
from tests.sides import DEMANDING, LONGER, Side, both, took
from tests.small import course, job
from tna import boards
from tna.comparing import Comparison, compare
from tna.gaps import Dates
from tna.model import Board
from tna.suppression import Grid, audit


def reasons(found: Comparison, agency: str = "*") -> dict[str, tuple[int, int]]:
    return {f"{row['change']}:{row['reason']}": (row["people"], row["gaps"])
            for row in found.rows("moved") if row["agency"] == agency}  # fmt: skip


OTHER = job("other")
CASES: Mapping[str, tuple[Side, Side, str]] = {
    "a new person with a gap": (Side((OTHER,)), Side((OTHER, job())), "opened:joined"),
    "a person who is gone": (Side((OTHER, job())), Side((OTHER,)), "closed:left"),
    "a record of the year": (Side(), Side(records=(took(completed="2015-06-01"),)), "closed:trained"),
    "an old record sent only now": (Side(), Side(parts=LONGER, records=(took(),)), "closed:trained"),
    "a record that had no date": (
        Side(records=(took(completed=""),)), Side(records=(took(completed="2015-06-01"),)), "closed:trained"),
    "a booking that was kept": (
        Side(records=(took(completed="2015-06-01", status="booked"),)), Side(records=(took(completed="2015-06-01"),)), "closed:trained"),
    "time alone": (Side(records=(took(),)), Side(records=(took(),)), "opened:lapsed"),
    "a record that is sent no more": (Side(records=(took(completed="2015-01-31"),)), Side(), "opened:withdrawn"),
    "a job moved up": (
        Side((job(),), (took(completed="2015-01-31"),)), Side((job(level="2"),), (took(completed="2015-01-31"),)), "opened:level-changed"),
    "a job moved down": (
        Side((job(level="2"),), (took(completed="2015-01-31"),)), Side((job(),), (took(completed="2015-01-31"),)), "closed:level-changed"),
    "a level that asks for more": (
        Side(records=(took(completed="2015-01-31"),)), Side(records=(took(completed="2015-01-31"),), parts=DEMANDING),
        "opened:framework-changed"),
    "a level that asks for less": (
        Side(records=(took(completed="2015-01-31"),), parts=DEMANDING), Side(records=(took(completed="2015-01-31"),)),
        "closed:framework-changed"),
    "a shorter interval": (
        Side(records=(took(completed="2015-01-31"),), parts=LONGER),
        Side(records=(took(completed="2015-01-31"),), settings={"refresh.months": "6"}, parts=LONGER), "opened:framework-changed"),
    "a longer interval": (
        Side(records=(took(completed="2013-06-01"),)), Side(records=(took(completed="2013-06-01"),), parts=LONGER),
        "closed:framework-changed"),
    "a title nobody could place": (
        Side((job(level="", role="Beekeeper"),)), Side((job(role="Beekeeper"),)), "opened:placed-now"),
    "a title that cannot be placed any more": (
        Side((job(role="Beekeeper"),)), Side((job(level="", role="Beekeeper"),)), "closed:no-longer-placed"),
    "a course that the catalogue did not have": (
        Side(records=(took("c", "2015-01-01"),), parts={"courses": [course("d", ["m"]), course("e", ["k"])]}),
        Side(records=(took("c", "2015-01-01"),), parts=LONGER), "closed:framework-changed"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_moved_somebody_is_named(tmp_path: Path, case: str) -> None:
    a, b, reason = CASES[case]
    found = compare(*both(tmp_path, a, b), internal=True)
    assert reasons(found) == {reason: (1, 1)}
    assert reasons(found, "A") == {reason: (1, 1)}


def test_nothing_moves_nobody(tmp_path: Path) -> None:
    found = compare(*both(tmp_path, Side(), Side()), internal=True)
    assert reasons(found) == {}
    assert found.about["differences"] == []


def test_who_moves_between_agencies_has_not_joined_the_board(tmp_path: Path) -> None:
    found = compare(*both(tmp_path, Side(), Side((job(agency="B"),))), internal=True)
    assert reasons(found) == {}
    assert reasons(found, "A") == {"closed:left": (1, 1)}
    assert reasons(found, "B") == {"opened:joined": (1, 1)}
    assert {row["agency"]: row["joined"] for row in found.rows("people_compared")} == {"*": 0, "A": 0, "B": 1}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Board, Board]:
    """A board, and the same with another framework and other intervals."""
    folder = tmp_path_factory.mktemp("packs")
    sizes: dict[str, Any] = {"levels": 3, "competencies": 9, "courses": 6, "renewals": 2}
    return (
        boards.load(write_pack(folder / "one", intervals=(1, 12, 24, None), **sizes)),
        boards.load(write_pack(folder / "two", intervals=(6, 12, None), seed=2, **sizes)),
    )


DAY = date(2024, 3, 31)
JOBS = st.lists(
    st.tuples(
        st.sampled_from("pqrs"), st.sampled_from("AB"), st.sampled_from("xy"), st.sampled_from(["1", "2", "3", ""]),
        st.sampled_from(["", "cohort-0"]),
    ),
    unique_by=lambda one: one[:3], min_size=1, max_size=8,
)  # fmt: skip
RECORDS = st.lists(
    st.tuples(
        st.sampled_from("pqrs"), st.sampled_from([f"k{n:03d}" for n in range(6)]),
        st.one_of(st.none(), st.dates(DAY - timedelta(days=800), DAY + timedelta(days=300))),
        st.sampled_from(["", "online"]),
    ),
    max_size=16,
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jobs=st.tuples(JOBS, JOBS), records=st.tuples(RECORDS, RECORDS), kept=st.booleans(), other=st.booleans(),
       days=st.sampled_from([0, 31, 366]))  # fmt: skip
def test_every_change_has_one_reason_and_they_sum_to_the_change(
    editions: tuple[Board, Board],
    tmp_path_factory: pytest.TempPathFactory,
    jobs: Any,
    records: Any,
    kept: bool,
    other: bool,
    days: int,
) -> None:
    folder = tmp_path_factory.mktemp("law")
    later = Dates(DAY + timedelta(days=days), 90)
    a = analysed.made(folder / "a", editions[0], jobs[0], records[0], Dates(DAY, 90))
    second = (jobs[0] if kept else jobs[1], [*records[0], *records[1]] if kept else records[1])
    b = analysed.made(folder / "b", editions[other], *second, later)
    found = compare(a, b, internal=True)
    ask = found.connection.execute
    for agency in ("*", "A", "B"):
        gaps = [
            set(
                ask(
                    f"select person_id, competency from {run}.gaps where agency = $1 or $1 = '*'", [agency]
                ).fetchall()
            )
            for run in "ab"
        ]
        rows = [row for row in found.rows("moved") if row["agency"] == agency]
        opened, closed = (
            sum(row["gaps"] for row in rows if row["change"] == way) for way in ("opened", "closed")
        )
        assert (opened, closed) == (len(gaps[1] - gaps[0]), len(gaps[0] - gaps[1]))
        assert opened - closed == len(gaps[1]) - len(gaps[0])
        here = [{job[0] for job in side if agency in ("*", job[1])} for side in (jobs[0], second[0])]
        by = {(row["change"], row["reason"]): row["gaps"] for row in rows}
        assert by.get(("opened", "joined"), 0) == sum(
            person not in here[0] for person, _ in gaps[1] - gaps[0]
        )
        assert by.get(("closed", "left"), 0) == sum(person not in here[1] for person, _ in gaps[0] - gaps[1])
        if kept:
            assert not {"joined", "left", "placed-now", "no-longer-placed", "withdrawn", "level-changed"} & {
                row["reason"] for row in rows
            }
        if kept and not other:
            assert {row["reason"] for row in rows} <= {"trained", "lapsed"}
    found.connection.close()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two made-up years of a few hundred people in nine agencies."""
    folder = tmp_path_factory.mktemp("drawn")
    pack = write_pack(folder / "pack", levels=4, competencies=12, courses=12)
    board = boards.load(pack)
    return (
        analysed.drawn(folder / "a", board, 300, Dates(date(2023, 3, 31), 90), 0.5),
        analysed.drawn(folder / "b", board, 330, Dates(DAY, 90), 0.5),
    )


def test_nothing_hidden_can_be_worked_out_from_what_is_shown(drawn: tuple[Path, Path]) -> None:
    shown, whole = compare(*drawn), compare(*drawn, internal=True)
    assert shown.about["shown"] == "Small numbers hidden"
    for run in "ab":
        counts = {
            (row["agency"], row["level"]): (row[f"held_{run}"], row[f"required_{run}"] - row[f"held_{run}"])
            for row in whole.rows("coverage_compared")
            if row[f"required_{run}"] is not None
        }
        gone = {
            (row["agency"], row["level"]) for row in shown.rows("coverage_compared") if run in row["hidden"]
        }
        assert gone
        assert not audit(Grid(counts), gone)
    counts_of = {
        (row["agency"], f"{row['change']}:{row['reason']}"): (row["gaps"],) for row in whole.rows("moved")
    }
    hidden = {
        (row["agency"], f"{row['change']}:{row['reason']}") for row in shown.rows("moved") if row["hidden"]
    }
    assert hidden
    assert not audit(Grid(counts_of), hidden)
    assert {
        (row["agency"], f"{row['change']}:{row['reason']}")
        for row in whole.rows("moved")
        if row["people"] < 5
    } <= hidden


def test_a_count_of_those_who_left_is_not_given_away_by_the_totals(tmp_path: Path) -> None:
    people = tuple(job(f"p{n}") for n in range(20))
    a, b = both(tmp_path, Side(people), Side((*people[2:], *(job(f"new{n}") for n in range(30)))))
    [row] = compare(a, b).rows("people_compared")
    assert [row[name] for name in ("people_a", "people_b", "jobs_a", "jobs_b")] == [20, 48, 20, 48]
    assert [row[name] for name in ("in_both", "joined", "left_since")] == [None, None, None]


def test_a_handful_of_people_is_not_told_by_their_jobs(tmp_path: Path) -> None:
    [row] = compare(*both(tmp_path, Side((job(), job(role="Cook"))), Side())).rows("people_compared")
    assert {value for name, value in row.items() if name != "agency"} == {None}
