"""Several files after one option, as a shell writes `returns/*.csv` out; a board among them is still the board."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.small import level, write_pack
from tna.cli import main
from tna.cli.files import FILE, Filed, files

HEAD = "person_id,agency,role\n"


@click.command("try", cls=Filed)
@click.argument("board")
@files("--people", "Registers.", required=True)
@files("--records", "Registers.")
@click.option("--out", type=FILE)
@click.option("--overwrite", is_flag=True)
def tried(
    board: str, people: tuple[Path, ...], records: tuple[Path, ...], out: Path | None, overwrite: bool
) -> None:
    """Say what was taken for what."""
    click.echo(" ".join([board, "people", *map(str, people), "records", *map(str, records), "out", str(out)]))


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("board --people a.csv b.xlsx c.parquet", "board people a.csv b.xlsx c.parquet records out None"),
        ("--people a.csv b.csv board", "board people a.csv b.csv records out None"),
        ("--people a.csv board --records r.csv s.csv", "board people a.csv records r.csv s.csv out None"),
        ("--people=a.csv b.csv board", "board people a.csv b.csv records out None"),
        ("--people a.csv --people b.csv board", "board people a.csv b.csv records out None"),
        ("--people a.csv b.csv --people c.csv board", "board people a.csv b.csv c.csv records out None"),
        ("--people A.CSV B.CSV board", "board people A.CSV B.CSV records out None"),
        ("--people -a.csv b.csv board", "board people -a.csv b.csv records out None"),
        ("--people a.csv there.ods board", "board people a.csv there.ods records out None"),
        ("--people a.csv there.folder", "there.folder people a.csv records out None"),
        ("--people a.csv plain", "plain people a.csv records out None"),
        ("--people a.csv --out o.csv board", "board people a.csv records out o.csv"),
        ("--people a.csv --overwrite board", "board people a.csv records out None"),
        ("--people a.csv -- b.csv", "b.csv people a.csv records out None"),
    ],
)
def test_further_files_belong_to_the_option_before_them(
    words: str, taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("there.ods", "plain"):  # a file without a suffix may have the name of a board
        Path(name).write_text("", "utf-8")
    Path("there.folder").mkdir()
    done = CliRunner().invoke(tried, words.split())
    assert done.output.strip() == taken


def test_only_options_of_files_take_further_files() -> None:
    assert (
        "unexpected extra argument"
        in CliRunner().invoke(tried, ["board", "--people", "a.csv", "--out", "o.csv", "p.csv"]).output
    )


def test_registers_of_two_agencies_are_analysed_after_one_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_pack(tmp_path / "pack", levels=[level(1)])
    for name in "ab":
        Path(f"{name}.csv").write_text(f"{HEAD}{name},Agency {name},Librarian\n", "utf-8")
    done = CliRunner().invoke(
        main, ["analyse", "--people", "a.csv", "b.csv", "pack", "--as-of", "2016-01-31", "--out", "run"]
    )
    assert done.exit_code == 0, done.output
    assert json.loads(Path("run/analysis.json").read_text("utf-8"))["counts"]["people"] == 2


@pytest.mark.parametrize("command", ["analyse", "review", "diff"])
def test_the_help_says_that_several_may_follow(command: str) -> None:
    said = " ".join(CliRunner().invoke(main, [command, "--help"]).output.split())
    assert "FILE..." in said
    assert "Several may follow; may be repeated." in said
