"""The house is as its plan says: folders, floors, sizes, doors, and a README that is true."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import docs

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LONGEST_FILE, LONGEST_FUNCTION = 350, 50


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize(
    "path", list(python_files("tna", "plugins", "tests")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_file_or_function_has_outgrown_itself(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize(
    "path", list(python_files("tna", "plugins")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_room_says_in_a_sentence_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert said.split("\n")[0].endswith(".")


def test_half_of_all_functions_fit_in_a_glance() -> None:
    sizes = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in python_files("tna", "plugins")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[len(sizes) * 9 // 10] <= 25


def test_half_of_all_rooms_are_small() -> None:
    sizes = sorted(path.read_text("utf-8").count("\n") for path in python_files("tna", "plugins/tna_courses"))
    assert sizes[len(sizes) // 2] <= 120


def test_help_is_there_before_one_can_wait_for_it() -> None:
    heavy = "duckdb networkx openpyxl jinja2 jsonschema yaml rapidfuzz"
    code = f"import sys; from tna.cli import main; main(['--help'], standalone_mode=False); print(*(set(sys.modules) & set('{heavy}'.split())))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_imports_only_go_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_readme_is_true() -> None:
    assert docs.written(docs.README.read_text("utf-8")) == docs.README.read_text("utf-8")


def test_every_first_party_plugin_is_packed_and_has_its_door() -> None:
    packed = {Path(one).name for one in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]}
    doors = set(PROJECT["project"]["entry-points"]["tna"].values())
    rooms = {path.name for path in (ROOT / "plugins").iterdir() if path.name.startswith("tna_")}
    assert rooms == doors == {one for one in packed if one.startswith("tna_")}


def test_no_program_lies_among_the_packs_and_rules() -> None:
    assert not list(python_files("frameworks", "rules"))


def test_the_top_of_the_house_holds_what_the_plan_names() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tops = {line.split("/")[0] for line in listed.splitlines()}
    plan = {
        "tna", "plugins", "rules", "frameworks", "tests", "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md",
        "LICENSE", ".ci", ".gitignore",
    }  # fmt: skip
    assert tops <= plan
