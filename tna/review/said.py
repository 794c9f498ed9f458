"""What a review says of itself, its plan's lines as judged, and its flags, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tna import about as facts
from tna.duck import fill
from tna.model import Board, Judgement
from tna.plugins import Plugins
from tna.problems import Problems
from tna.review.year import Year

if TYPE_CHECKING:
    import duckdb

PLAN = [
    "line VARCHAR", "kind VARCHAR", "target DOUBLE", "floor DOUBLE", "actual BIGINT", "unit VARCHAR", "denominator BIGINT",
    "rating VARCHAR", "evidence VARCHAR", "source VARCHAR", "because VARCHAR",
]  # fmt: skip
INTERNAL = "Internal: small numbers shown"


def about(
    connection: duckdb.DuckDBPyConnection,
    board: Board,
    year: Year,
    label: str,
    plugins: Plugins,
    problems: Problems,
    analysed: Mapping[str, Any],
    *,
    internal: bool,
    seed: str,
) -> dict[str, Any]:
    """Everything of review.json but what judging adds; the same for the same question."""
    return {
        **facts.asked(connection, board, year.as_of, plugins, "year_inputs"),
        "year": {"label": label, "first": year.first.isoformat(), "last": year.last.isoformat()},
        "analysis": analysed.get("run", ""),
        "shown": INTERNAL if internal else "Small numbers hidden",
        "seed": seed,
        "ledger": facts.ledger(connection, "year_ledger"),
        "problems": [str(problem) for problem in problems],
    }


def judged(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """How many lines of the plan have each rating, and how many flags each severity."""
    ratings = connection.execute("select rating from plan").fetchall()
    return {
        "plan": dict(sorted(Counter(rating for (rating,) in ratings).items())),
        "flags": facts.flags(connection),
    }


def keep_plan(connection: duckdb.DuckDBPyConnection, lines: Sequence[Judgement]) -> None:
    """The table `plan`: every line as judged, in the order of the plan."""
    names = [column.split(" ", 1)[0] for column in PLAN]
    fill(connection, "plan", PLAN, [tuple(getattr(one, name) for name in names) for one in lines])
