"""The lines to judge: those of the plan, and the board's target for coverage as a line of its own."""

from __future__ import annotations

from tna.model import Board, PlanLine

COVERAGE = "coverage.target"


def lines(board: Board) -> tuple[PlanLine, ...]:
    """Every line of the board's plan, after its target for coverage: without a target, a line that has none."""
    return (_coverage(board), *board.pack.plan)


def _coverage(board: Board) -> PlanLine:
    policy = board.policies[COVERAGE]
    return PlanLine(
        id=COVERAGE,
        kind="coverage",
        says="People of whom something is required hold all of it, in date.",
        origin=policy.origin,
        target=_number(board, COVERAGE),
        floor=_number(board, "coverage.floor"),
        unit="percent",
        comparison="at-least",
    )


def _number(board: Board, policy: str) -> float | None:
    value = board.policies[policy].value if policy in board.policies else ""
    return int(value) if value else None
