"""A new board passes its check as created, says what to fill in, and works at once."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tna import boards, documents
from tna.checking import check
from tna.cli import main
from tna.problems import Unusable
from tna.starting import new_board
from tna.testing import PackContract, check_scenario


@pytest.mark.parametrize("levels", [1, 2, 5, 12])
def test_a_new_board_has_nothing_to_put_right(tmp_path: Path, levels: int) -> None:
    new_board("Made-up County", tmp_path / "made-up-county", levels)
    assert list(check(tmp_path / "made-up-county")) == []
    board = boards.load(tmp_path / "made-up-county")
    assert [level.id for level in board.pack.framework.levels] == [f"level-{n}" for n in range(1, levels + 1)]


@pytest.mark.parametrize("name", ['A "quoted" & <odd>: name', "'{{ 7 * 7 }}'", "Line\nbreak", "- dash", "ŵ"])
def test_a_board_may_have_any_name(tmp_path: Path, name: str) -> None:
    new_board(name, tmp_path / "odd", plugin=False)
    assert boards.load(tmp_path / "odd").pack.framework.board == " ".join(name.split())


def test_what_is_to_be_filled_in_stands_in_brackets(tmp_path: Path) -> None:
    new_board("Made-up County", tmp_path / "county")
    framework = boards.load(tmp_path / "county").pack.framework
    assert framework.title.startswith("[") and all(
        one.label.startswith("[") for one in framework.competencies
    )


def test_every_file_names_the_schema_that_stands_beside_it(tmp_path: Path) -> None:
    written = new_board("Made-up County", tmp_path / "county")
    yaml = [path for path in written if path.suffix == ".yaml"]
    assert len(yaml) == 5
    for path in yaml:
        first = path.read_text("utf-8").splitlines()[0]
        named = path.parent / first.partition("$schema=")[2]
        assert json.loads(named.read_text("utf-8")) == documents.schema(path.stem)


def test_a_distribution_brings_the_pack_with_tests_that_pass(tmp_path: Path) -> None:
    folder = tmp_path / "made-up-county"
    new_board("Made-up County", folder, plugin=True)
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["tna"] == {"made-up-county": "made_up_county"}
    shelf = folder / "made_up_county" / "shelf"
    check_scenario(folder / "tests" / "scenarios" / "level-1.yaml", places=[shelf])
    assert (folder / ".github" / "workflows" / "test.yml").is_file()

    class TheContract(PackContract):
        pack = shelf / "made-up-county"

    tried = [name for name in dir(TheContract) if name.startswith("test_")]
    assert tried
    for name in tried:
        getattr(TheContract(), name)()


@pytest.mark.parametrize(("name", "code"), [("Made Up", "starting.no-id"), ("9-boards", "starting.no-id")])
def test_a_name_that_can_be_no_id_is_refused(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(Unusable) as refused:
        new_board("Any", tmp_path / name)
    assert [one.code for one in refused.value.problems] == [code]
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(Unusable, match=r"starting\.there-already"):
        new_board("Any", tmp_path / "there")


def test_a_check_can_be_read_by_a_program(tmp_path: Path) -> None:
    new_board("Made-up County", tmp_path / "county")
    file = tmp_path / "county" / "framework.yaml"
    file.write_text(file.read_text("utf-8").replace("competencies: [c2]", "competencies: [c9]"), "utf-8")
    answer = CliRunner().invoke(main, ["check", str(tmp_path / "county"), "--format", "json"])
    [found] = json.loads(answer.stdout)
    assert answer.exit_code == 1
    assert (found["code"], found["severity"]) == ("framework.unknown-competency", "error")
    assert file.read_text("utf-8").splitlines()[found["line"] - 1].strip() == "- competencies: [c9]"
    assert found["remedy"] and found["column"]
