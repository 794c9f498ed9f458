"""A run is in its folder whole or not at all, and an earlier run is kept until the new one is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tna.problems import Unusable
from tna.reports.folders import MARK, replacing


def earlier(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / MARK).write_text("old", "utf-8")
    (folder / "gaps.csv").write_text("old", "utf-8")
    return folder


def write(folder: Path, *, overwrite: bool = False) -> None:
    with replacing(folder, overwrite=overwrite) as aside:
        (aside / MARK).write_text("new", "utf-8")


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_was_written_becomes_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "run")
    assert left(tmp_path) == ["a", "a/b", "a/b/run", f"a/b/run/{MARK}"]


def test_an_empty_folder_may_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    write(tmp_path / "run")
    assert left(tmp_path / "run") == [MARK]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
@pytest.mark.parametrize("overwrite", [True, False])
def test_a_run_that_is_stopped_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, error: type[BaseException], overwrite: bool
) -> None:
    if overwrite:
        earlier(tmp_path / "run")
    before = left(tmp_path)
    with pytest.raises(error), replacing(tmp_path / "run", overwrite=overwrite) as aside:
        (aside / "gaps.csv").write_text("half", "utf-8")
        raise error
    assert left(tmp_path) == before


def test_an_earlier_run_is_replaced_whole(tmp_path: Path) -> None:
    write(earlier(tmp_path / "run"), overwrite=True)
    assert left(tmp_path) == ["run", f"run/{MARK}"]
    assert (tmp_path / "run" / MARK).read_text("utf-8") == "new"


def test_the_old_run_is_put_back_when_the_new_one_cannot_be_moved_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = earlier(tmp_path / "run")
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.parent != tmp_path:  # the new folder, on its way
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(Unusable, match=r"paths\.cannot-write.*No space left"):
        write(folder, overwrite=True)
    assert left(tmp_path) == ["run", f"run/{MARK}", "run/gaps.csv"]
    assert (folder / "gaps.csv").read_text("utf-8") == "old"


def refused(folder: Path, *, overwrite: bool = False) -> str:
    with pytest.raises(Unusable) as told:
        write(folder, overwrite=overwrite)
    return told.value.problems[0].code


def test_a_folder_that_holds_something_is_not_touched(tmp_path: Path) -> None:
    folder = earlier(tmp_path / "run")
    assert refused(folder) == "paths.not-empty"
    (folder / MARK).unlink()
    assert refused(folder, overwrite=True) == "paths.not-a-run"
    assert left(tmp_path) == ["run", "run/gaps.csv"]


@pytest.mark.parametrize("name", ["file", "file/run", "x" * 300])
def test_what_cannot_be_a_folder_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert refused(tmp_path / name) == "paths.cannot-write"
    assert left(tmp_path) == ["file"]


def test_the_folder_one_stands_in_is_not_moved_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(Path()) == refused(Path("..") / tmp_path.name) == "paths.cannot-write"
    assert left(tmp_path) == []


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    earlier(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert left(tmp_path) == ["link", "real", f"real/{MARK}"]


def test_who_may_read_it_is_what_the_machine_says(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        write(tmp_path / "run")
    finally:
        os.umask(old)
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700
