"""The walk from registers to answers keeps every row, says what was run on what, and keeps all of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.small import SAID, ask, course, job, level, load, register, rows
from tna import duck, plugins
from tna.analysis import analyse
from tna.model import Board
from tna.problems import Unusable


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    question = {"id": "open", "asks": "What?", "treatment": "Left open.", **SAID}
    return load(tmp_path_factory.mktemp("board"), levels=[level(1, ["k"])], competencies=["k"], courses=[course("c", ["k"], 12)],
                questions=[question])  # fmt: skip


RECORDS: list[dict[str, Any]] = [
    {"person_id": "p", "course": "c", "completed": "2015-12-01"},
    {"person_id": "p", "course": "c", "completed": ""},
    {"person_id": "p", "course": "c", "completed": "2017-01-01"},
    {"person_id": "p", "course": "c", "completed": "2015-12-01", "status": "cancelled"},
    {"person_id": "p", "course": "Basket weaving", "completed": "2015-12-01"},
    {"person_id": "stranger", "course": "c", "completed": "2015-12-01"},
    {"person_id": "", "course": "c", "completed": "2015-12-01"},
]


def test_what_is_never_evidence_is_never_lost(board: Board, tmp_path: Path) -> None:
    found = ask(board, tmp_path, [job()], RECORDS)
    counts = found.about["counts"]
    assert counts["records"] == len(RECORDS)
    assert counts["records_by_use"] == {"dated": 1, "no": 5, "undated": 1}
    assert counts["records_left_out"] == {
        "blank-person": 1,
        "cancelled": 1,
        "future": 1,
        "unknown-course": 1,
        "unknown-person": 1,
    }
    assert sum(counts["ledger"].values()) == len(RECORDS) + 1
    [(total,)] = rows(
        found,
        "ledger where file = 'records.csv'",
        "sum(case when outcome = 'accepted' then value::INT else 1 end)",
    )
    assert total == len(RECORDS)


def test_it_says_what_was_run_on_what(board: Board, tmp_path: Path) -> None:
    about = ask(board, tmp_path, [job()], RECORDS[:1]).about
    assert about["as_of"] == "2016-01-31"
    assert about["board"]["edition"] == "1"
    assert set(about["board"]["checksums"]) == {"framework.yaml", "catalogue.yaml", "rules.yaml"}
    assert [(one["kind"], one["rows"], len(one["sha256"])) for one in about["inputs"]] == [
        ("people", 1, 64),
        ("records", 1, 64),
    ]
    assert {one["id"] for one in about["policies"]} == {
        "due-soon.days", "placement.straddling", "requirement.range", "returns.silent", "single-agency.counts", "small-numbers.threshold", "year.begins",
    }  # fmt: skip
    assert json.loads(json.dumps(about)) == about


def test_the_run_has_the_same_name_for_the_same_question_only(board: Board, tmp_path: Path) -> None:
    first = ask(board, tmp_path, [job()], RECORDS[:1]).about["run"]
    assert ask(board, tmp_path, [job()], RECORDS[:1]).about["run"] == first
    others = [ask(board, tmp_path, [job("q")], RECORDS[:1]), ask(board, tmp_path, [job()], RECORDS[:2]),
              ask(board, tmp_path, [job()], RECORDS[:1], as_of=date(2016, 2, 1)),
              ask(board, tmp_path, [job()], RECORDS[:1], members={"quiet": object()})]  # fmt: skip
    assert len({first, *(one.about["run"] for one in others)}) == 5


def test_all_of_it_is_kept_in_one_database_the_pack_as_it_was_too(board: Board, tmp_path: Path) -> None:
    people, records = register(tmp_path / "people.csv", [job()]), register(tmp_path / "records.csv", RECORDS)
    found = analyse(
        board,
        people,
        records,
        as_of=date(2016, 1, 31),
        plugins=plugins.only({}),
        database=tmp_path / "all.duckdb",
    )
    said = found.about
    found.connection.close()
    kept = duck.connect(tmp_path / "all.duckdb", read_only=True)
    tables = {row[0] for row in kept.execute("show tables").fetchall()}
    assert {"placements", "gaps", "due", "recommendations", "coverage", "flags", "ledger", "people", "records", "agencies", "inputs",
            "levels", "competencies", "courses", "policies", "questions", "needs", "credits", "pack_files", "about"} <= tables  # fmt: skip
    [(about,)] = kept.execute("select about from about").fetchall()
    assert json.loads(about) == said
    files = dict(kept.execute("select file, text from pack_files").fetchall())
    assert files == board.pack.files
    assert kept.execute("select question, treatment from questions").fetchall() == [("open", "Left open.")]


@pytest.mark.parametrize(
    "parts",
    [{}, {"levels": [level(1)]}, {"competencies": ["k"]}, {"levels": [level(1, ["k"])], "competencies": ["k"]},
     {"courses": [course("c", open_to=[])]}],
)  # fmt: skip
def test_a_board_that_says_next_to_nothing_can_be_analysed_with_every_plugin(
    tmp_path: Path, parts: Any
) -> None:
    people = register(tmp_path / "people.csv", [job(), job("q", level="")])
    records = register(
        tmp_path / "records.csv", [{"person_id": "p", "course": "c", "completed": "2015-01-01"}]
    )
    found = analyse(load(tmp_path, **parts), people, records, as_of=date(2016, 1, 31))
    assert len(found.placements) == 2
    assert found.about["headline"]
    from tna.reports import write_all

    (tmp_path / "out").mkdir()
    write_all(found, tmp_path / "out")
    assert "Internal" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_file_that_cannot_be_read_stops_the_run_and_every_such_file_is_told(
    board: Board, tmp_path: Path
) -> None:
    with pytest.raises(Unusable) as told:
        analyse(
            board,
            [tmp_path / "a.csv"],
            [tmp_path / "b.csv"],
            as_of=date(2016, 1, 31),
            plugins=plugins.only({}),
        )
    assert [one.code for one in told.value.problems] == ["tables.missing-file"] * 2


@pytest.mark.parametrize(
    ("people", "words"),
    [([job()], "1 of 1"), ([job(), job("q")], "2 of 2"), ([job(), job(agency="B")], "1 of 1"),
     ([job(level="", role="Beekeeper")], "Nothing is required of the people in these registers.")],
)  # fmt: skip
def test_the_finding_is_one_sentence(board: Board, tmp_path: Path, people: Any, words: str) -> None:
    headline = ask(board, tmp_path, people).about["headline"]
    assert words in headline
    assert headline.count(".") == 1
    assert headline.endswith(".")


def test_who_has_everything_is_said_too(board: Board, tmp_path: Path) -> None:
    headline = ask(board, tmp_path, [job()], RECORDS[:1]).about["headline"]
    assert headline == "The 1 person of whom training is required has it."


def test_the_verb_of_the_finding_agrees_with_its_number(board: Board, tmp_path: Path) -> None:
    assert "1 of 1 person still needs training" in ask(board, tmp_path, [job()]).about["headline"]
    both = ask(board, tmp_path, [job(), job("q")]).about["headline"]
    assert "2 of 2 people still need training" in both


def test_conflicting_facts_are_asked_and_the_job_is_kept(board: Board, tmp_path: Path) -> None:
    found = ask(board, tmp_path, [job(level="1"), job(level="2")])
    [(how, because)] = rows(found, "placements", "how", "because")
    assert how == "ask"
    assert "disagree about level" in because
    assert found.about["counts"]["ledger"]["refused"] == 2
