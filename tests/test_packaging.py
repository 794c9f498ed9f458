"""The wheel, installed somewhere else, does what the checkout does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked into it, beside nothing of the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder / "dist"),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(folder / "site"),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "site"


def run(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`tna` from the unpacked wheel, run from the root folder, with the checkout out of sight."""
    checkout = (str(ROOT), str(ROOT / "plugins"))
    code = (
        f"import sys; sys.path[:] = [p for p in sys.path if p not in {checkout}]; sys.path.insert(0, {str(site)!r}); "
        f"import tna; assert tna.__file__.startswith({str(site)!r}), tna.__file__; from tna.cli import main; main()"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd="/", env=environment, capture_output=True, text=True
    )


def test_the_wheel_knows_the_boards(installed: Path) -> None:
    done = run(installed, "boards")
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "knowsley",
        "north-yorkshire",
        "rotherham",
    ]


def test_the_wheel_places_a_title_and_finds_its_plugins(installed: Path) -> None:
    placed = run(installed, "place", "knowsley", "School Nurse")
    assert placed.stdout.startswith("School Nurse: level-3 (example)"), placed.stderr
    assert {line.split()[0] for line in run(installed, "plugins").stdout.splitlines()[:3]} == {
        "courses",
        "coverage",
        "plan",
    }


def test_the_wheel_analyses(installed: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person_id,agency,role\n1,A school,Teacher\n")
    done = run(
        installed,
        "analyse",
        "knowsley",
        "--people",
        str(people),
        "--as-of",
        "2016-01-31",
        "--out",
        str(tmp_path / "out"),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "report.html").stat().st_size > 1000
