"""What is said of a line of the plan: the number reached, of what, a rating, on what it rests, and why."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from tna.model import Judgement, PlanLine
from tna.model.reviews import Rating

__all__ = ["Judgement", "Rating", "judgement", "rated", "reaches"]


def judgement(line: PlanLine, rating: Rating, because: str, **facts: Any) -> Judgement:
    """A judgement of a line; `facts` are what is known of `actual`, `denominator`, `unit` and `evidence`."""
    known: dict[str, Any] = {"actual": None, "denominator": None, "unit": line.unit, "evidence": "", **facts}
    return Judgement(
        line=line.id, kind=line.kind, target=line.target, floor=line.floor, rating=rating,
        source=str(line.origin.source), because=because, **known,
    )  # fmt: skip


def reaches(part: int, whole: int, percent: float) -> bool:
    """Whether `part` of `whole` is at least so many per cent, in whole numbers: 899 of 1,000 is not 90%."""
    return part * 100 >= Fraction(percent) * whole


def rated(part: int, whole: int, target: float, floor: float | None) -> Literal["green", "amber", "red"]:
    """Green when the target is met, amber when the floor is, else red; without a floor there is no amber."""
    if reaches(part, whole, target):
        return "green"
    return "amber" if floor is not None and reaches(part, whole, floor) else "red"
