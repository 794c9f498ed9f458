"""The engine agrees with the plain relational question on every register, and its sums are people, each once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.generated import AS_OF, fill_registers, number_people, write_pack
from tna import accrual, boards, cases, counting, duck, people
from tna.counting import Counted
from tna.coverage import rate
from tna.gaps import Dates
from tna.kept import all_needs
from tna.model import Board

DATES = Dates(AS_OF, 90)
PLAIN = "select agency, level, competency, required, held, due_soon, lapsed, undated, missing"


def count(connection: duckdb.DuckDBPyConnection, board: Board, dates: Dates = DATES) -> Counted:
    counted = counting.count(connection, board, dates)
    because = {key: need.because for key, need in all_needs(counted).items()}
    cases.name_people(connection, counted.masks)
    people.lapse_dates(connection, counted.masks, counted.alone, counted.asks)
    accrual.lapse(connection)
    people.explode(connection, counted.masks, because)
    people.write_gaps(connection, dates)
    rate(connection, (None, None), {})
    return counted


def agree(connection: duckdb.DuckDBPyConnection, board: Board, dates: Dates = DATES) -> None:
    oracle.ask(connection, board, count(connection, board, dates), dates)
    same(
        connection,
        "select person_id, agency, level, competency, status from gaps",
        "select person_id, agency, level, competency, status from oracle_lines where status <> 'held'",
    )
    same(
        connection,
        "select person_id, agency, level, competency, since from gaps where status = 'lapsed'",
        "select person_id, agency, level, competency, ended + 1 from oracle_lines where status = 'lapsed'",
    )
    soon = dates.soon.isoformat()
    same(
        connection,
        "select person_id, agency, level, competency, until from due",
        f"""select person_id, agency, level, competency, until from oracle_lines
            where status = 'held' and until < date '{soon}'""",
    )
    same(connection, f"{PLAIN} from coverage where required > 0", f"{PLAIN} from oracle_coverage")


def same(connection: duckdb.DuckDBPyConnection, ours: str, theirs: str) -> None:
    for kind, first, second in (("too much", ours, theirs), ("too little", theirs, ours)):
        found = connection.execute(f"({first}) except all ({second}) limit 5").fetchall()
        assert not found, f"{kind}: {found}"


@pytest.mark.parametrize("competencies", [10, 60, 64, 65, 200])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_engine_agrees_with_the_plain_question(tmp_path: Path, competencies: int, seed: int) -> None:
    board = boards.load(write_pack(tmp_path / "pack", seed=seed, competencies=competencies))
    connection = duck.connect()
    fill_registers(connection, 1500, seed=seed / 10, agencies=12)
    agree(connection, board)


@pytest.mark.parametrize("intervals", [(None,), (12,), (1, 13, None)])
@pytest.mark.parametrize("level_terms", [True, False])
def test_it_agrees_whatever_intervals_a_board_declares(
    tmp_path: Path, intervals: tuple[int | None, ...], level_terms: bool
) -> None:
    pack = write_pack(tmp_path / "pack", intervals=intervals, level_terms=level_terms, renewals=6)
    connection = duck.connect()
    fill_registers(connection, 800, agencies=5)
    agree(connection, boards.load(pack))


def test_it_agrees_when_nothing_is_sent_but_people(tmp_path: Path) -> None:
    board = boards.load(write_pack(tmp_path / "pack"))
    connection = duck.connect()
    fill_registers(connection, 50, records_each=0)
    agree(connection, board)


def test_it_agrees_when_nobody_is_sent(tmp_path: Path) -> None:
    board = boards.load(write_pack(tmp_path / "pack"))
    connection = duck.connect()
    fill_registers(connection, 0)
    agree(connection, board)


def test_it_agrees_when_more_classes_are_needed_than_one_scan_sums(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", levels=9)
    text = (pack / "framework.yaml").read_text()
    terms = "".join(
        f"- {{levels: [level-{n}], months: {6 + n}, source: {{document: made-up, at: x}}, basis: stated}}\n"
        for n in range(1, 10)
    )
    head, _, tail = text.partition("terms:\n")
    (pack / "framework.yaml").write_text(f"{head}terms:\n{terms}{tail}")
    connection = duck.connect()
    fill_registers(connection, 600, agencies=4, levels=9)
    agree(connection, boards.load(pack))


@pytest.fixture(scope="module")
def small_board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    folder = tmp_path_factory.mktemp("packs") / "small"
    return boards.load(
        write_pack(folder, levels=3, competencies=9, courses=6, renewals=2, intervals=(1, 12, 24, None))
    )


DAYS = st.one_of(
    st.none(),
    st.dates(AS_OF - timedelta(days=800), AS_OF),
    st.sampled_from([date(2023, 3, 31), date(2024, 2, 29), date(2022, 2, 28), date(2023, 3, 30), AS_OF]),
)
JOBS = st.lists(
    st.tuples(
        st.sampled_from("pqr"), st.sampled_from("AB"), st.sampled_from(["x", "y"]), st.sampled_from(["1", "2", "3", ""]),
        st.sampled_from(["", "cohort-0", "cohort-0|cohort-1"]),
    ),
    unique_by=lambda job: job[:3], max_size=8,
)  # fmt: skip
RECORDS = st.lists(
    st.tuples(
        st.sampled_from("pqr"), st.sampled_from([f"k{n:03d}" for n in range(6)]), DAYS,
        st.sampled_from(["", "online", "face-to-face", "blended"]),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jobs=JOBS, records=RECORDS, horizon=st.sampled_from([0, 1, 90]))
def test_it_agrees_on_any_few_people(small_board: Board, jobs: list, records: list, horizon: int) -> None:  # type: ignore[type-arg]
    connection = duck.connect()
    fill_registers(connection, 0)
    for person, agency, role, level, cohort in jobs:
        connection.execute(
            """insert into people values (?, ?, ?, ?, '', null, '', '', '', ?, '', 'people', '', 1, null, false)""",
            [person, agency, role, level, cohort],
        )
    for person, course, completed, mode in records:
        counts = "undated" if completed is None else "dated"
        connection.execute(
            "insert into records values (?, ?, ?, 'attended', ?, '', '', ?, '', 'records', '', 1, '', '', null, null)",
            [person, course, completed, mode, counts],
        )
    number_people(connection)
    agree(connection, small_board, Dates(AS_OF, horizon))
