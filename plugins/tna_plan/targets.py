"""The lines to judge: those of the plan, and the board's target for coverage as a line of its own."""

from __future__ import annotations

from dataclasses import replace

from tna.model import Board, PlanLine

COVERAGE = "coverage.target"


def lines(board: Board) -> tuple[PlanLine, ...]:
    """Every line of the plan, after the board's target for coverage unless a line of the plan states that one.

    A board without a target has a line that says so.
    """
    own = _coverage(board)
    plan = tuple(_filled(line, own) if _is_same(line, own) else line for line in board.pack.plan)
    said = any(_is_same(line, own) for line in board.pack.plan)
    return plan if said else (own, *plan)


def _is_same(line: PlanLine, own: PlanLine) -> bool:
    """Whether a line of the plan is about the coverage of all, with no other target or floor than the board's."""
    return (
        line.kind == "coverage"
        and not line.course
        and (own.target is None or line.target in (None, own.target))
        and (own.floor is None or line.floor in (None, own.floor))
    )


def _filled(line: PlanLine, own: PlanLine) -> PlanLine:
    """The plan's line with the target and floor that it leaves to the board's policies."""
    target = own.target if line.target is None else line.target
    return replace(line, target=target, floor=own.floor if line.floor is None else line.floor)


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
