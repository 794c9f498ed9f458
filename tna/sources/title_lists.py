"""Reads a list of job titles out of any file a register may come in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tna import duck
from tna.problems import Problems
from tna.sources.intake import Intake
from tna.sources.sql import tidy_sql
from tna.sources.tables import take_files


def read_titles(path: Path) -> tuple[str, ...]:
    """The job titles of a file, each once, in the order they first stand there.

    The file needs a column of titles (title, role, job title); a register of people will do. Raises `Unusable`.
    """
    problems = Problems()
    connection = duck.connect()
    with TemporaryDirectory(prefix="tna-") as scratch:
        intake = Intake(connection, Path(scratch), problems)
        take_files(intake, {"titles": [path]}, {})
        problems.stop_on_errors()
        found = [title for table in intake.tables for title in intake.run(
            f"SELECT {tidy_sql(table.sql('role'))} FROM {table.relation} ORDER BY row")]  # fmt: skip
        intake.clear()
    connection.close()
    return tuple(dict.fromkeys(str(title) for (title,) in found if title))
