"""The two commands say what became of every row and what stays behind, and what they write works at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given, settings

from tests.exchange import made
from tna import documents
from tna.cli import importing, main
from tna.exchange import FORMATS
from tna.names import plain


def run(words: str) -> Result:
    done = CliRunner().invoke(main, words.split())
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_format_can_be_named_on_the_command_line() -> None:
    assert dict(importing.KINDS) == {kind: one.says for kind, one in FORMATS.items()}
    for command in ("import", "export"):
        told = " ".join(run(f"{command} --help").stdout.split())
        assert all(f"{kind} {says}" in told for kind, says in importing.KINDS.items())


def test_an_import_says_what_became_of_the_rows_and_what_to_do_next() -> None:
    done = run(f"import moodle {made.SAMPLES / 'moodle.csv'} -o county --board County")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "moodle.csv: 2 levels, 4 competencies.",
        "  Rows: 7; 5 accepted, 2 changed, 0 refused.",
        "  A new pack: county. What the file does not say is under 'questions' in framework.yaml.",
        "Next:  tna check county",
    ]
    assert run("check ./county").exit_code == 0


def test_an_import_into_a_pack_says_first_what_it_would_change(here: Path) -> None:
    run(f"import moodle {made.SAMPLES / 'moodle.csv'} -o county")
    text = (made.SAMPLES / "moodle.csv").read_text("utf-8").replace("Share information", "Share it early")
    (here / "later.csv").write_text(text, "utf-8")
    done = run("import moodle later.csv -o county")
    assert done.stdout.splitlines()[2:] == [
        "  change        competency k2-part-a: label 'Share information' -> 'Share it early'",
        "  1 change to make, 0 left alone. Nothing was written; add --apply to write.",
    ]
    done = run("import moodle later.csv -o county --apply")
    assert "  Written: framework.yaml, exchange.yaml, ledger-moodle.csv." in done.stdout.splitlines()


def test_what_stays_behind_is_listed_beside_the_file(here: Path) -> None:
    done = run("export rotherham moodle -o out.csv")
    left = (here / "out.csv.left-behind.txt").read_text("utf-8").splitlines()
    assert done.exit_code == 0 and "lines of the plan (25:" in " ".join(left)
    assert [line for line in done.stderr.splitlines() if line.startswith("left behind: ")] == [
        f"left behind: {line}" for line in left
    ]


@pytest.mark.parametrize("kind", ["moodle", "case", "compeito", "offer", "plan", "levels"])
def test_an_imported_pack_can_be_analysed_at_once(here: Path, kind: str) -> None:
    suffix = FORMATS[kind].suffix
    run(f"import {kind} {made.SAMPLES / f'{kind}{suffix}'} -o county")
    (here / "people.csv").write_text("person_id,agency,role,level\n1,A library,Librarian,1\n", "utf-8")
    done = run("analyse ./county --people people.csv --as-of 2024-06-01 --out out")
    assert done.exit_code == 0, done.stderr
    assert (here / "out" / "report.html").is_file()


def test_check_looks_at_what_an_import_left_too(here: Path) -> None:
    run(f"import levels {made.SAMPLES / 'levels.csv'} -o county")
    path = here / "county" / "exchange.yaml"
    path.write_text(path.read_text("utf-8").replace("as: level", "as: rung", 1), "utf-8")
    done = run("check ./county")
    assert done.exit_code == 1 and "exchange.yaml:12:5  schema.unknown-word" in done.stderr


def test_an_editor_finds_the_schema_of_every_file(here: Path) -> None:
    run(f"import plan {made.SAMPLES / 'plan.csv'} -o county")
    files = sorted((here / "county").glob("*.yaml"))
    assert [path.stem for path in files] == ["catalogue", "exchange", "framework", "plan"]
    for path in files:
        named = path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
        assert (here / "county" / named).is_file() and path.stem in documents.kinds()


@pytest.mark.parametrize("kind", ["levels", "plan", "offer"])
@settings(max_examples=15, deadline=None)
@given(files=made.packs())
def test_a_boards_own_tables_come_back_as_far_as_they_can_say(
    kind: str, files: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("tables")
    folder = made.write(scratch / "pack", files)
    before = made.load(folder)
    names = [plain(one.label) for one in before.framework.competencies]
    titles = [plain(one.title) for one in before.courses]
    assume(len({*names}) == len(names) and len({*titles}) == len(titles))
    made.sent(folder, kind, scratch / "out.csv")
    done, problems = made.brought(kind, scratch / "out.csv", scratch / "again")
    after = made.load(scratch / "again")
    assert not done.ledger.counts()["refused"], list(problems)
    if kind != "offer":
        words = [(one.number, one.descriptor) for one in before.framework.levels]
        assert [(one.number, one.descriptor) for one in after.framework.levels] == words
    else:
        assert [one.title for one in after.courses] == [one.title for one in before.courses]
