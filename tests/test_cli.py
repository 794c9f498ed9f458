"""The commands a planner types: what they print, how they end, and that nonsense is answered in a sentence."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.small import course, level, rule, write_pack
from tna import plugins
from tna.cli import COMMANDS, main
from tna.documents import kinds

PEOPLE = "person_id,agency,role,level\np,A,Librarian,1\nq,A,Beekeeper,\n"
RECORDS = "person_id,course,completed\np,c,2014-01-01\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a pack, registers, and things that are none."""
    flags = [rule(f"flag.{word}", {"contact": word}, {"flag": {"code": f"x.{word}", "severity": word, "message": "So."}})
             for word in ("note", "check", "act")]  # fmt: skip
    write_pack(
        tmp_path / "pack",
        levels=[level(1, ["k"])],
        competencies=["k"],
        courses=[course("c", ["k"], 12)],
        rules=flags,
    )
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "records.csv").write_text(RECORDS, "utf-8")
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty.csv").write_text("", "utf-8")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    done = CliRunner().invoke(main, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


ANALYSE = ("analyse", "pack", "--people", "people.csv", "--records", "records.csv", "--as-of", "2016-01-31", "--without", "courses",
           "--without", "coverage", "--without", "plan")  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_of_itself(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert f"Example:  tna {command}" in done.output


def test_an_analysis_says_what_it_found_and_where(here: Path) -> None:
    done = run(*ANALYSE)
    assert done.exit_code == 0, done.output
    assert "A small board as of 2016-01-31" in done.stdout
    assert "2 people in 1 agency, 1 training record; 1 of 2 jobs to ask about." in done.stdout
    assert "Report: tna-pack-2016-01-31/report.html" in done.stdout
    written = sorted(path.name for path in (here / "tna-pack-2016-01-31").iterdir())
    assert written == ["analysis.duckdb", "analysis.json", "coverage.csv", "due.csv", "flags.csv", "gaps.csv", "ledger.csv",
                       "placements.csv", "recommendations.csv", "report.html"]  # fmt: skip


HEADINGS = {
    "placements": "person_id,agency,role,level,how,because",
    "gaps": "person_id,agency,role,level,competency,status,since,because",
    "due": "person_id,agency,role,level,competency,until,course",
    "recommendations": "person_id,plugin,position,course,closes,because",
    "coverage": "agency,level,competency,required,held,due_soon,lapsed,undated,missing,rate,target,floor,rating",
    "flags": "plugin,code,severity,subject,message,source",
    "ledger": "file,sheet,row,column,outcome,reason,value",
}


def test_the_columns_are_those_that_are_promised(here: Path) -> None:
    run(*ANALYSE, "--out", "run")
    for name, heading in HEADINGS.items():
        assert (here / "run" / f"{name}.csv").read_text("utf-8").splitlines()[0] == heading


def test_a_second_run_needs_to_be_told_to_replace_the_first(here: Path) -> None:
    assert run(*ANALYSE, "--out", "run").exit_code == 0
    again = run(*ANALYSE, "--out", "run")
    assert (again.exit_code, "paths.not-empty" in again.stderr) == (2, True)
    assert run(*ANALYSE, "--out", "run", "--overwrite").exit_code == 0


def test_a_run_that_cannot_be_done_leaves_nothing(here: Path) -> None:
    before = sorted(here.rglob("*"))
    assert run(*ANALYSE[:4], "--people", "missing.csv", "--out", "run").exit_code == 2
    assert sorted(here.rglob("*")) == before


def test_a_refused_row_ends_with_one(here: Path) -> None:
    (here / "records.csv").write_text(RECORDS + ",c,2015-01-01\n", "utf-8")
    done = run(*ANALYSE)
    assert done.exit_code == 1
    assert "registers.blank-person" in done.stderr
    assert "1 refused" in done.stdout


@pytest.mark.parametrize(("raised", "on", "code"), [("note", "note", 1), ("note", "check", 0), ("act", "note", 1), ("check", "act", 0),
                                                    ("act", "act", 1), ("act", "", 0)])  # fmt: skip
def test_it_fails_on_flags_as_pressing_as_asked(here: Path, raised: str, on: str, code: int) -> None:
    from tna.cli.analyse import exit_code

    assert exit_code({raised: 1}, {"accepted": 5, "changed": 2, "not-evidence": 1}, on or None) == code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--horizon", "0"], ""), (["--policy", "coverage.target="], ""), (["--as-of", "0001-01-01"], ""), (["--as-of", "9999-12-31"], ""),
        (["--horizon", "-1"], "range"), (["--horizon", "99999999999"], "range"), (["--as-of", "2016-02-30"], "options.date"),
        (["--as-of", ""], "options.date"), (["--as-of", "31/01/2016"], "options.date"), (["--policy", "x"], "options.policy"),
        (["--policy", ""], "options.policy"), (["--policy", "="], "framework.policy-unknown"), (["--policy", "refresh.months=0"], "policy-value"),
        (["--policy", "refresh.months=999999"], "policy-value"), (["--policy", "coverage.target=" + "9" * 5000], "policy-value"),
        (["--without", ""], "plugins.unknown"), (["--out", ""], "paths.cannot-write"), (["--out", "binary"], "paths.cannot-write"),
        (["--out", "x" * 300], "paths.cannot-write"), (["--people", ""], "tables.not-a-file"), (["--people", "folder"], "tables.not-a-file"),
        (["--people", "binary"], "tables."), (["--people", "empty.csv"], "tables.empty"), (["--records", "x" * 300], "tables."),
        (["--agencies", "records.csv"], "tables.missing-column"), (["--fail-on", "always"], "--fail-on"),
    ],
)  # fmt: skip
def test_absurd_options_are_taken_or_answered_in_a_sentence(here: Path, words: list[str], said: str) -> None:
    done = run(*ANALYSE, *words)
    assert done.exit_code == (2 if said else 0), done.output
    assert said in done.stderr


@pytest.mark.parametrize(
    "board", ["", "nope", "x" * 300, "binary", "folder", "people.csv", "*", "pack/framework.yaml"]
)
@pytest.mark.parametrize("command", ["analyse", "show", "place", "check"])
def test_what_is_no_board_is_answered_in_a_sentence(here: Path, command: str, board: str) -> None:
    done = run(command, board, *(["--people", "people.csv"] if command == "analyse" else []))
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert any(
        code in done.stderr for code in ("paths.unknown-board", "framework.no-file", "paths.cannot-write")
    )


@pytest.mark.parametrize(
    ("content", "code"), [(b"", 1), (b"\xff\xfe", 2), (b"a: [", 2), (b"[]", 1), (b"id: 1", 1)]
)
def test_checking_ends_with_one_for_problems_and_two_for_the_unreadable(
    here: Path, content: bytes, code: int
) -> None:
    (here / "pack" / "framework.yaml").write_bytes(content)
    assert run("check", "pack").exit_code == code


def test_the_worst_of_several_packs_decides(here: Path) -> None:
    assert run("check", "pack").exit_code == 0
    assert run("check", "pack", "nope", "knowsley").exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [(("nope", "p"), "paths.no-analysis"), (("binary", "p"), "paths.no-analysis"), (("folder", "p"), "paths.no-analysis"),
     (("run", ""), "paths.unknown-person"), (("run", "x" * 5000), "paths.unknown-person"), (("run", "p", "nope"), "paths.unknown-competency")],
)  # fmt: skip
def test_what_cannot_be_explained_is_answered_in_a_sentence(
    here: Path, words: tuple[str, ...], said: str
) -> None:
    run(*ANALYSE, "--out", "run")
    done = run("explain", *words)
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_a_database_that_is_none_is_answered_in_a_sentence(here: Path) -> None:
    (here / "folder" / "analysis.duckdb").write_bytes(b"x" * 5000)
    assert "paths.no-analysis" in run("explain", "folder", "p").stderr


def test_an_explanation_is_printed(here: Path) -> None:
    run(*ANALYSE, "--out", "run")
    done = run("explain", "run", "p")
    assert done.exit_code == 0
    assert "GAP: lapsed since 2015-01-02 (Level 1, A)" in done.stdout
    assert "required: Level 1 → k" in done.stdout


def placed(*words: str) -> list[dict[str, Any]]:
    done = run("place", "knowsley", "--format", "csv", *words)
    assert done.exit_code == 0
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_titles_are_placed_as_a_table_with_the_promised_columns() -> None:
    found = placed("School Nurse", "Social media officer")
    assert list(found[0]) == ["title", "level", "how", "matched", "because", "suggestions"]
    assert [(one["level"], one["how"]) for one in found] == [("level-3", "example"), ("", "ask")]


@pytest.mark.parametrize(("title", "cohort"), [("Taxi Driver", "Taxi drivers"), ("Teacher", "School staff")])
def test_the_cohort_of_a_title_is_said_in_its_reason(title: str, cohort: str) -> None:
    assert f"in the cohort '{cohort}', required to train" in placed(title)[0]["because"]


def test_titles_from_a_file_stand_beside_those_typed_and_all_forms_agree(here: Path) -> None:
    words = ("Teacher", "--from", "people.csv")
    found = placed(*words)
    assert [one["title"] for one in found] == ["Teacher", "Librarian", "Beekeeper"]
    listed = json.loads(run("place", "knowsley", *words, "--format", "json").stdout)
    assert [{**one, "suggestions": "|".join(one["suggestions"])} for one in listed] == found
    assert "Librarian: level-1 (example)" in run("place", "knowsley", *words).stdout


def test_suggestions_are_a_list_for_programs_and_joined_in_a_table() -> None:
    title = "Social worker asistant"
    [found] = json.loads(run("place", "knowsley", title, "--format", "json").stdout)
    assert len(found["suggestions"]) > 1
    assert placed(title)[0]["suggestions"] == "|".join(found["suggestions"])
    assert run("place", "knowsley", title).stdout.count("  perhaps ") == len(found["suggestions"])


def test_no_title_can_become_a_formula() -> None:
    assert placed("=cmd|'/C calc'!A0")[0]["title"].startswith("'=")


def test_any_title_is_answered() -> None:
    titles = ["", " ", "\n", "😀", "x" * 5000, "'; drop table", "%s", "{0}", "\u202e", "--help"]
    assert [one["how"] for one in placed("--", *titles)] == ["ask"] * len(titles)


@pytest.mark.parametrize("file", ["nope.csv", "binary", "folder", "empty.csv", ""])
def test_a_file_without_titles_is_answered_in_a_sentence(here: Path, file: str) -> None:
    assert run("place", "knowsley", "--from", file).exit_code == 2


def test_a_schema_is_printed_for_each_kind_and_for_nothing_else() -> None:
    assert json.loads(run("schema", "rules").stdout)["title"] == "rules"
    for kind in ("", "../rules", "rules.json"):
        assert run("schema", kind).exit_code == 2


def test_the_help_on_schemas_names_every_kind() -> None:
    assert ", ".join(kinds()) in " ".join(run("schema", "--help").stdout.split())


def test_a_plugin_that_cannot_take_part_is_listed_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("bad", "tests.misbehaving.cannot_load", "tna"),
        EntryPoint("good", "tests.misbehaving.quiet", "tna"),
    ]
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)
    done = run("plugins")
    assert done.exit_code == 1
    assert done.stdout.startswith("good ")
    assert (
        "Cannot take part:\n  plugin bad  plugins.cannot-load  The plugin 'bad' cannot be loaded: ModuleNotFoundError: "
        in done.stdout
    )
    assert "tna_shelves" in done.stdout
    assert (run("plugins", "--without", "bad").exit_code, run("boards").exit_code) == (0, 2)


def test_boards_and_plugins_are_listed() -> None:
    assert [line.split()[0] for line in run("boards").stdout.splitlines()] == [
        "knowsley",
        "north-yorkshire",
        "rotherham",
    ]
    listed = run("plugins").stdout
    assert "courses" in listed
    assert "tna_recommend" in listed
    assert "coverage" not in run("plugins", "--without", "coverage").stdout.split("Hooks")[0]


@pytest.mark.parametrize("out", ["binary", "binary/x", "x" * 300])
def test_a_demo_that_cannot_be_written_is_answered_in_a_sentence(here: Path, out: str) -> None:
    assert run("demo", "--out", out).exit_code == 2


def test_a_folder_of_ones_own_is_not_taken_for_a_demo(here: Path) -> None:
    mine = here / "demo" / "knowsley" / "analysis"
    mine.mkdir(parents=True)
    (mine / "thesis.txt").write_text("mine", "utf-8")
    assert run("demo", "--out", "demo", "--overwrite").exit_code == 2
    assert [path.name for path in (here / "demo").rglob("*.*")] == ["thesis.txt"]


def test_today_is_the_day_when_none_is_given() -> None:
    from tna.cli.analyse import day_of

    assert day_of(None) == date.today()


def test_place_asks_for_a_title_when_none_is_given() -> None:
    done = CliRunner().invoke(main, ["place", "knowsley"])
    assert done.exit_code == 2
    assert "Give at least one TITLE" in done.stderr
