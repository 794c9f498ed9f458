"""A stranger's distribution, built and installed like any other, adds a board and answers every hook."""

from __future__ import annotations

import ast
import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent.parent / "plugins" / "example_board"
DOORS = {"tna", "tna.model", "tna.hooks", "tna.testing"}  # all of tna that a plugin may import

PEOPLE = (
    {"person_id": "C1", "agency": "A school", "role": "Teacher"},
    {"person_id": "B1", "agency": "A school", "role": "Classroom companion", "duties": ["trainer"]},
    {"person_id": "T1", "agency": "Some taxis", "role": "Taxi driver"},
)
RECORDS = (
    {"person_id": "C1", "course": "mb-1"},
    {"person_id": "B1", "course": "mb-1", "completed": "2025-06-01"},
    {"person_id": "B1", "course": "mb-2", "completed": "2025-06-12"},
    {"person_id": "B1", "course": "mb-3", "completed": "2025-06-12"},
    {"person_id": "T1", "course": "mb-9"},
)


class Site(NamedTuple):
    """A folder into which the distribution was installed from its wheel."""

    folder: Path

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Python from the root folder, with this folder before everything else that is installed."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *words], cwd="/", env=environment, capture_output=True, text=True
        )

    def tna(self, *words: str) -> str:
        """What `tna` says, having succeeded."""
        done = self.python("-m", "tna", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("stranger")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(HERE)]
    subprocess.run([sys.executable, *build], check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    install += ["--target", str(folder / "site"), str(wheel)]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    return Site(folder / "site")


@pytest.fixture(scope="module")
def run(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an analysis of the made-up board, from registers that only its plugin can read."""
    folder = tmp_path_factory.mktemp("registers")
    for name, rows in (("people", PEOPLE), ("records", RECORDS)):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    files = ("--people", str(folder / "people.jsonl"), "--records", str(folder / "records.jsonl"))
    site.tna("analyse", "made-up-borough", *files, "--as-of", "2025-10-31", "--out", str(folder / "out"))
    return folder / "out"


def table(run: Path, name: str) -> list[dict[str, str]]:
    with (run / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_board_is_listed_beside_the_shipped_ones(site: Site) -> None:
    listed = {line.split()[0] for line in site.tna("boards").splitlines()}
    assert listed == {"knowsley", "made-up-borough", "north-yorkshire", "rotherham"}


def test_the_plugin_is_listed_with_its_version_and_all_five_hooks(site: Site) -> None:
    (line,) = [line for line in site.tna("plugins").splitlines() if line.startswith("example-board")]
    assert "tna-example-board 0.3.0" in line
    assert line.endswith("tna_flag, tna_recommend, tna_reports, tna_shelves, tna_sources")


def test_the_installed_pack_has_nothing_to_put_right(site: Site) -> None:
    pack = site.folder / "example_board" / "shelf" / "made-up-borough"
    assert "nothing to put right, 0 to note" in site.tna("check", str(pack), "--as-of", "2025-10-31")


def test_the_roles_on_its_shelf_are_read(site: Site) -> None:
    said = site.tna("place", "made-up-borough", "Lock keeper", "Classroom companion (Upriver)")
    assert "Lock keeper: group-a (example)" in said
    assert "Classroom companion (Upriver): group-b (example)" in said


def test_registers_that_only_the_plugin_can_read_are_analysed(run: Path) -> None:
    assert {row["person_id"]: row["level"] for row in table(run, "placements")} == {
        "B1": "group-b",
        "C1": "group-c",
        "T1": "",
    }
    assert {row["outcome"] for row in table(run, "ledger")} == {"accepted", "not-evidence"}


def test_its_recommender_and_its_flagger_sign_what_they_say(run: Path) -> None:
    advice = [row for row in table(run, "recommendations") if row["plugin"] == "example-board"]
    assert [(row["person_id"], row["course"], row["closes"]) for row in advice] == [("B1", "mb-11", "t1")]
    flagged = [row for row in table(run, "flags") if row["plugin"] == "example-board"]
    assert [(row["code"], row["subject"]) for row in flagged] == [("example.undated", "Some taxis")]
    assert "courses" in {row["plugin"] for row in table(run, "recommendations")}


def test_its_report_stands_beside_ours(run: Path) -> None:
    page = (run / "report.md").read_text("utf-8")
    assert page.startswith("# Made-up Borough Safeguarding Partnership")
    assert "| Group B | 0 | 1 |" in page
    assert (run / "report.html").is_file()


def test_the_run_says_which_plugin_and_version_took_part(run: Path) -> None:
    about = (run / "analysis.json").read_text("utf-8")
    assert "tna-example-board" in about and "0.3.0" in about


def test_leaving_it_out_leaves_out_its_board(site: Site) -> None:
    people = str(site.folder / "example_board" / "nobody.csv")
    listed = site.tna("plugins", "--without", "example-board")
    assert "example-board" not in listed
    done = site.python(
        "-m", "tna", "analyse", "made-up-borough", "--people", people, "--without", "example-board",
        "--as-of", "2025-10-31", "--out", str(site.folder / "out"),
    )  # fmt: skip
    assert done.returncode == 2
    assert "paths.unknown-board" in done.stderr


def test_leaving_it_out_leaves_out_its_report_and_its_words(site: Site, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person_id,agency,role\n1,A school,Teacher\n", "utf-8")
    out = tmp_path / "out"
    site.tna(
        "analyse", "knowsley", "--people", str(people), "--without", "example-board", "--as-of", "2016-01-31",
        "--out", str(out),
    )  # fmt: skip
    assert not (out / "report.md").exists()
    assert "example" not in {row["plugin"].split("-")[0] for row in table(out, "flags")}


def test_its_own_tests_pass_against_what_is_installed(site: Site) -> None:
    done = site.python("-m", "pytest", "-c", str(HERE / "pyproject.toml"), str(HERE / "tests"))
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


def test_it_imports_no_more_of_tna_than_its_doors() -> None:
    for path in (HERE / "example_board").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert {one for one in named if one.split(".")[0] == "tna"} <= DOORS, path.name
