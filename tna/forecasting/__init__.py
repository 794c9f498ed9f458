"""What ends in the months to come unless it is renewed, and the places that renewing takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna import duck, holdings
from tna.evidence import add_months
from tna.forecasting import ending, published, renewing
from tna.review.opened import attach, said
from tna.review.places import Yield
from tna.review.said import INTERNAL
from tna.suppression.grids import THRESHOLD

if TYPE_CHECKING:
    import duckdb

FORMAT = 1  # of the shape of forecast.json
NAME = "kept"  # of the analysis, beside the forecast's own tables
NO_INTERVAL = "Cannot be computed: no interval stated."
CHOICE = (
    "A person takes a place for the course that gave what ends, where that is open to the job; else for one that "
    "renews it, else for one that gives it, the first by id; once, in the first month in which anything of it ends."
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast: `about` is what forecast.json says; the tables are those of `COLUMNS`, empty if not `computed`."""

    connection: duckdb.DuckDBPyConnection
    about: Mapping[str, Any]

    @property
    def computed(self) -> bool:
        """Whether anything that is required ever ends."""
        return bool(self.about["computed"])

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of `lapses` or `places`, in their order."""
        answer = self.connection.execute(f"select * from {table}")
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


COLUMNS: Mapping[str, tuple[str, ...]] = {"lapses": ending.COLUMNS, "places": renewing.COLUMNS}


def forecast(
    folder: Path,
    months: int,
    *,
    assumed: int | None = None,
    percent: int | None = None,
    internal: bool = False,
) -> Forecast:
    """What ends from the as-of date of the analysis in a folder until so many calendar months later, that day excluded.

    `assumed` supposes that no training holds longer than so many months, whatever the board says; `percent` is the
    share of places that somebody takes and comes to. Small numbers are hidden unless `internal`. Raises `Unusable`
    when there is no analysis.
    """
    connection = duck.connect()
    attach(connection, folder, NAME)
    holdings.check(connection, NAME, folder)
    first = date.fromisoformat(said(connection, NAME)["as_of"])
    end = add_months(first, months)
    mark = f"refresh={assumed}" if assumed else ""
    without = [] if assumed else ending.without_interval(connection)
    computed = bool(assumed) or without != ending.levels(connection)
    known = _yield(connection, percent)
    ending.write(connection, first, end if computed else first, assumed, mark)
    renewing.write(connection, known, mark)
    threshold = _number(connection, "small-numbers.threshold") or THRESHOLD
    if not internal:
        published.publish(connection, threshold)
    about = {
        **_kept(connection),
        "shown": INTERNAL if internal else "Small numbers hidden",
        "threshold": threshold,
        "until_before": end.isoformat(),
        "months": months,
        "assumed": mark,
        "computed": computed,
        "says": "" if computed else NO_INTERVAL,
        "without_interval": without,
        "yield": {"attended": known.attended, "of": known.of, "comes_from": known.comes_from},
    }
    found = Forecast(connection, about)
    return Forecast(connection, {**about, **{table: found.rows(table) for table in COLUMNS}})


def _kept(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What the analysis says of itself, its levels by name, and how a course is chosen."""
    about = said(connection, NAME)
    labels = connection.execute(f"select level, label from {NAME}.levels order by rank, level").fetchall()
    return {
        "format": FORMAT,
        "board": about["board"]["name"],
        "run": about["run"],
        "as_of": about["as_of"],
        "levels": dict(labels),
        "choice": CHOICE,
    }


def _yield(connection: duckdb.DuckDBPyConnection, percent: int | None) -> Yield:
    """The yield that was asked for, else the one the board declares, else none: as many places as people."""
    if percent:
        return Yield(percent, 100, f"as asked: {percent} of 100 places")
    declared = _number(connection, "attendance.yield")
    if declared:
        return Yield(declared, 100, f"declared: {declared} of 100 places")
    return Yield(1, 1, "no yield known: as many places as people")


def _number(connection: duckdb.DuckDBPyConnection, policy: str) -> int | None:
    row = connection.execute(
        f"select value from {NAME}.policies where policy = $1 and value <> ''", [policy]
    ).fetchone()
    return int(row[0]) if row else None
