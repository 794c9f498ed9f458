"""A year is reviewed from what was sent, for any board, whole or not at all, and the same every time."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

import tna
from tests.made_year import board, files
from tna import samples
from tna.cli import main
from tna.cli.demo import BOARDS
from tna.policies import number
from tna.problems import Unusable
from tna.reports.as_review import FILES, SAMPLE
from tna.review import Sent, review
from tna.review.years import year_of

KINDS = ("returns", "sessions", "bookings", "evaluations", "followups", "observations", "outcomes", "updates")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module", params=BOARDS)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board's sample registers, their analysis in `analysis` and the review of its year in `review`."""
    folder = tmp_path_factory.mktemp(request.param)
    as_of, year = BOARDS[request.param]
    whole = tna.load(request.param)
    found = samples.write(whole, folder / "registers", as_of, people=150, records=900)
    samples.write_year(whole, folder / "registers", year_of(year, as_of, whole.policies).first, as_of)
    done = run("analyse", request.param, "--people", found.people, "--records", found.records, "--agencies", found.agencies,
               "--as-of", as_of, "--out", folder / "analysis")  # fmt: skip
    assert done.exit_code in (0, 1), done.output
    done = run(*question(folder, request.param), "--out", folder / "review")
    assert done.exit_code in (0, 1), done.output
    return folder


def question(folder: Path, name: str) -> list[object]:
    as_of, year = BOARDS[name]
    sent = [
        (f"--{kind}", path)
        for kind in KINDS
        if (path := folder / "registers" / f"sample-{kind}.csv").is_file()
    ]
    words: list[object] = [
        "review",
        name,
        "--year",
        year,
        "--as-of",
        as_of,
        "--analysis",
        folder / "analysis",
    ]
    return [*words, *(word for pair in sent for word in pair)]


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_is_there_with_the_columns_that_are_promised(sample: Path) -> None:
    names = {path.name for path in (sample / "review").iterdir()}
    assert names == {f"{name}.csv" for name in FILES} | {"review.json", "report.html"}
    for name, (_, columns) in FILES.items():
        heading = (sample / "review" / f"{name}.csv").read_text("utf-8").splitlines()[0]
        assert heading == ",".join(columns)
    plan = "line,kind,target,floor,actual,unit,denominator,rating,evidence,source,because"
    assert (sample / "review" / "plan.csv").read_text("utf-8").splitlines()[0] == plan


def test_every_line_of_the_plan_is_judged_once_and_what_is_not_known_says_what_to_send(sample: Path) -> None:
    about = json.loads((sample / "review" / "review.json").read_text("utf-8"))
    whole = tna.load(about["board"]["id"])
    judged = cells(sample / "review" / "plan.csv")
    lines = [row["line"] for row in judged]
    assert [one.id for one in whole.pack.plan] == [line for line in lines if line != "coverage.target"]
    assert len(lines) == len(set(lines))
    for row in judged:
        assert row["because"] and row["source"]
        assert (
            row["rating"] != "not-known"
            or "To know it, send" in row["because"]
            or "not shown" in row["because"]
        )
        assert row["rating"] != "amber" or row["floor"]


def test_the_ledger_adds_up_to_the_rows_read(sample: Path) -> None:
    about = json.loads((sample / "review" / "review.json").read_text("utf-8"))
    rows = {one["file"]: one["rows"] for one in about["inputs"]}
    told: dict[str, int] = dict.fromkeys(rows, 0)
    for row in cells(sample / "review" / "ledger.csv"):
        told[row["file"]] += int(row["value"]) if row["outcome"] == "accepted" else 1
    assert told == rows
    assert sum(about["ledger"].values()) == sum(rows.values())


def test_what_review_json_counts_is_what_the_tables_hold(sample: Path) -> None:
    about = json.loads((sample / "review" / "review.json").read_text("utf-8"))
    for name, column in (("plan", "rating"), ("flags", "severity")):
        found: dict[str, int] = {}
        for row in cells(sample / "review" / f"{name}.csv"):
            found[row[column]] = found.get(row[column], 0) + 1
        assert {key: count for key, count in about[name].items() if count} == found


def test_the_same_question_has_the_same_bytes_whatever_the_hash_seed(sample: Path) -> None:
    about = json.loads((sample / "review" / "review.json").read_text("utf-8"))
    words = [str(word) for word in question(sample, about["board"]["id"])]
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "UTC+9"}
    done = subprocess.run(
        [sys.executable, "-m", "tna", *words, "--out", str(sample / "again")], env=env, capture_output=True
    )
    assert done.returncode in (0, 1), done.stderr
    for path in (sample / "review").iterdir():
        assert path.read_bytes() == (sample / "again" / path.name).read_bytes(), path.name


def test_the_registers_are_left_as_they_were(sample: Path) -> None:
    found = duckdb.connect(str(sample / "analysis" / "analysis.duckdb"), read_only=True)
    assert not found.execute(
        "select * from duckdb_tables() where table_name in ('plan', 'combined')"
    ).fetchall()


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small board in `pack`, and a made-up year in the folder one is in."""
    board(tmp_path)
    files(3, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


ASKED = ("review", "pack", "--year", "2015-16", "--as-of", "2016-01-31")


def test_a_year_of_which_nothing_was_sent_is_not_known_and_says_what_to_send(made: Path) -> None:
    done = run(*ASKED, "--out", "out")
    assert done.exit_code == 0, done.output
    assert "none were sent" in done.stdout
    ratings = {row["line"]: row["rating"] for row in cells(made / "out" / "plan.csv")}
    assert ratings == {"coverage.target": "not-known", "eight": "not-known", "on-day": "not-known",
                       "met-again": "not-known", "referrals": "not-known", "talks": "not-known"}  # fmt: skip
    for name in ("returns", "sessions", "no_shows", "evaluation"):
        assert cells(made / "out" / f"{name}.csv") == []


def test_for_the_team_the_sample_is_listed_and_every_page_says_so(made: Path) -> None:
    done = run(*ASKED, "--sessions", "sessions.csv", "--internal", "--out", "out")
    assert "(internal: small numbers shown)" in done.stdout
    assert (made / "out" / "follow-up-sample.csv").read_text("utf-8").splitlines()[0] == ",".join(SAMPLE[1])
    assert "Internal: small numbers shown." in (made / "out" / "report.html").read_text("utf-8")


def test_a_second_review_needs_to_be_told_to_replace_the_first(made: Path) -> None:
    assert run(*ASKED, "--out", "out").exit_code == 0
    assert "paths.not-empty" in run(*ASKED, "--out", "out").stderr
    assert run(*ASKED, "--out", "out", "--overwrite").exit_code == 0


def test_a_refused_row_ends_with_one_and_is_in_the_ledger_without_what_it_says(made: Path) -> None:
    (made / "s.csv").write_text("course,date,attended\nc1,2015-05-01,30\nJane Doe,2015-05-01,3\n", "utf-8")
    done = run(*ASKED, "--sessions", "s.csv", "--out", "out")
    assert done.exit_code == 1
    assert "registers.unknown-course-title" in done.stderr
    [refused] = [row for row in cells(made / "out" / "ledger.csv") if row["outcome"] == "refused"]
    assert (refused["row"], refused["value"]) == ("3", "")
    assert "Jane" not in (made / "out" / "review.json").read_text("utf-8")
    run(*ASKED, "--sessions", "s.csv", "--internal", "--out", "team")
    assert "Jane Doe" in (made / "team" / "ledger.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", ""], "options.year"), (["--year", "15-16"], "options.year"), (["--year", "2015-2017"], "options.year"),
        (["--year", "0001"], "options.year"), (["--year", "2099-00"], "options.year-to-come"), (["--year", "2016-17"], "options.year-to-come"),
        (["--year", "2015–16"], ""), (["--year", "2015/2016"], ""), (["--year", "2015"], ""), (["--as-of", "31/01/2016"], "options.date"),
        (["--analysis", "nope"], "paths.no-analysis"), (["--analysis", "pack"], "paths.no-analysis"), (["--last", "nope"], "paths.no-analysis"),
        (["--sessions", "nope.csv"], "tables.missing-file"), (["--returns", "people.csv"], "tables."), (["--bookings", "pack"], "tables.not-a-file"),
        (["--policy", "returns.silent=perhaps"], "framework.policy-value"), (["--without", "nobody"], "plugins.unknown"),
        (["--policy", "small-numbers.threshold=10"], ""), (["--seed", ""], ""),
    ],
)  # fmt: skip
def test_absurd_options_are_taken_or_answered_in_a_sentence(made: Path, words: list[str], said: str) -> None:
    before = sorted(made.rglob("*"))
    done = run(*ASKED, *words, "--out", "out")
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == (2 if said else 0), done.output
    assert said in done.stderr
    assert not said or sorted(made.rglob("*")) == before


def test_an_analysis_of_another_board_is_refused_also_as_last_years(made: Path) -> None:
    whole = tna.load("rotherham")
    found = samples.write(whole, made / "other", date(2016, 1, 31), people=20, records=40)
    assert (
        run(
            "analyse", "rotherham", "--people", found.people, "--as-of", "2016-01-31", "--out", "other/run"
        ).exit_code
        == 0
    )
    for option in ("--analysis", "--last"):
        done = run(*ASKED, option, "other/run", "--out", "out")
        assert (done.exit_code, "review.other-board" in done.stderr) == (2, True), option


def test_the_year_begins_when_the_board_says() -> None:
    policies = tna.load("knowsley").policies
    found = year_of("2015-16", date(2016, 1, 31), policies)
    assert (found.first, found.last) == (date(2015, 4, 1), date(2016, 3, 31))
    autumn = tna.load("knowsley", {"year.begins": "september"}).policies
    assert year_of("2015/16", date(2016, 1, 31), autumn).first == date(2015, 9, 1)
    assert year_of("2015", date(2016, 1, 31), autumn).last == date(2015, 12, 31)
    assert number(policies, "small-numbers.threshold") == 5


def test_leap_years_end_on_the_day_before_they_begin_again() -> None:
    policies = tna.load("knowsley").policies
    assert year_of("2011-12", date(2016, 1, 31), policies).last == date(2012, 3, 31)
    assert year_of("1999-00", date(2016, 1, 31), policies).last == date(2000, 3, 31)


def test_a_plugin_left_out_judges_nothing(made: Path) -> None:
    assert run(*ASKED, "--without", "plan", "--out", "out").exit_code == 0
    assert cells(made / "out" / "plan.csv") == []


def test_from_python_the_tables_are_relations_and_problems_stop_with_their_codes(made: Path) -> None:
    whole = tna.load(str(made / "pack"))
    found = review(whole, "2015-16", Sent({"sessions": [made / "sessions.csv"]}), as_of=date(2016, 1, 31))
    assert found.table("plan").fetchall()
    with pytest.raises(Unusable, match=r"tables\.missing-file"):
        review(whole, "2015-16", Sent({"sessions": [made / "nope.csv"]}), as_of=date(2016, 1, 31))


@pytest.fixture
def stopped(made: Path) -> Iterator[tuple[int, str]]:
    """How a review ends that is told to stop while it reads a long register."""
    lines = "".join(f"c1,2015-05-01,F{n},signs,2,3,2015-05-01\n" for n in range(400_000))
    (made / "long.csv").write_text(f"course,session,form_id,question,pre,post,date\n{lines}", "utf-8")
    words = [sys.executable, "-m", "tna", *ASKED, "--evaluations", "long.csv", "--out", "out"]
    running = subprocess.Popen(words, cwd=made, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while not list(made.glob(".out-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=60)
    yield running.returncode, said


def test_told_to_stop_it_leaves_nothing_behind(made: Path, stopped: tuple[int, str]) -> None:
    code, said = stopped
    assert (code, "paths.stopped" in said) == (2, True), said
    assert not (made / "out").exists()
    assert not list(made.glob(".out*"))
