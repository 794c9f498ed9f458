"""Two made-up boards with the structures of real ones keep to what every pack must, without a line of tna about them."""

from __future__ import annotations

from pathlib import Path

from tna.testing import PackContract

HERE = Path(__file__).parent / "boards"


class TestFiveLetteredGroups(PackContract):
    """Groups A to E, of which the senior one stands apart; hours, ranges, choices and agreements."""

    pack = HERE / "five-valleys"


class TestStagesWithDeadlines(PackContract):
    """Three stages that add up, each within a time from starting."""

    pack = HERE / "harbour-stages"


def test_the_engine_knows_neither_of_them() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (HERE.parents[1] / "tna").rglob("*.py"))
    assert not [name for name in ("five-valleys", "harbour", "stage-1", "group-e") if name in code]
