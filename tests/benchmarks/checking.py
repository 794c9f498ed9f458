"""How long a very large pack takes to load and check, beside parsing its YAML alone; run it with -m."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml

from tna.checking import check
from tna.problems import Problems

COMPETENCIES, COURSES, LEVELS, TIMES = 2_000, 500, 8, 5
SAID = 'source: {document: d, at: "page 1"}\n    basis: stated\n'


def write(folder: Path) -> None:
    """A pack of eight levels that include all below them, 2,000 competencies and 500 courses."""
    head = 'id: large\nboard: A large board\ntitle: Large\nedition: "1"\nlevel_word: level\ndocuments: [{id: d, title: D}]\n'
    levels = "".join(map(_level, range(1, LEVELS + 1)))
    known = "".join(map(_competency, range(COMPETENCIES)))
    (folder / "framework.yaml").write_text(f"{head}levels:\n{levels}competencies:\n{known}", "utf-8")
    courses = "".join(map(_course, range(COURSES)))
    (folder / "catalogue.yaml").write_text(f"courses:\n{courses}", "utf-8")


def _level(number: int) -> str:
    below = ", ".join(f"level-{other}" for other in range(1, number))
    own = ", ".join(f"c{one}" for one in range(number - 1, COMPETENCIES, LEVELS))
    return (
        f'  - id: level-{number}\n    label: Level {number}\n    number: "{number}"\n    includes: [{{levels: [{below}]}}]\n'
        f"    requires: [{{competencies: [{own}]}}]\n    examples: [{{printed: Teachers, roles: [teacher]}}]\n    {SAID}"
    )


def _competency(number: int) -> str:
    builds = f"needs: [c{number - LEVELS}]\n    " if number % 5 == 0 and number > LEVELS else ""
    return f"  - id: c{number}\n    label: Competency {number}\n    {builds}{SAID}"


def _course(number: int) -> str:
    each = COMPETENCIES // COURSES
    gives = ", ".join(f"c{one}" for one in range(number * each, number * each + each))
    return (
        f"  - id: course-{number}\n    title: Course {number}\n    kind: course\n    audience: workforce\n    mode: online\n"
        f"    open_to: [{{levels: [level-{number % LEVELS + 1}]}}]\n    gives: [{{competencies: [{gives}]}}]\n    {SAID}"
    )


def parse(folder: Path) -> int:
    """The pack's YAML and nothing else, by the fastest reader there is; how many files."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return len([yaml.load(file.read_text("utf-8"), loader) for file in sorted(folder.glob("*.yaml"))])  # noqa: S506  # a safe loader


def seconds(work: Callable[[Path], int | Problems], folder: Path) -> float:
    """The middle of several times."""
    taken = []
    for _ in range(TIMES):
        begun = perf_counter()
        work(folder)
        taken.append(perf_counter() - begun)
    return median(taken)


def main() -> None:
    """Print both times and their ratio."""
    with TemporaryDirectory(prefix="tna-") as scratch:
        folder = Path(scratch)
        write(folder)
        assert not list(check(folder)), "the large pack is to be clean, so that all of it is looked at"
        alone, whole = seconds(parse, folder), seconds(check, folder)
    print(f"a pack of {COMPETENCIES:,} competencies and {COURSES} courses")
    print(f"  its YAML parsed     {alone:6.2f} s")
    print(f"  loaded and checked  {whole:6.2f} s  {whole / alone:.1f} times as long")


if __name__ == "__main__":
    main()
