"""The pack keeps to what every pack must keep to, and its scenarios come true."""

from __future__ import annotations

from pathlib import Path

import pytest

from example_board import SHELF
from tna.testing import PackContract, check_scenario, scenarios

HERE = Path(__file__).parent / "scenarios"


class TestTheMadeUpBorough(PackContract):
    """Sourced statements, nothing for `tna check` to put right, and switches that all can be turned."""

    pack = SHELF / "made-up-borough"


@pytest.mark.parametrize("path", scenarios(HERE), ids=lambda path: path.stem)
def test_it_comes_true(path: Path) -> None:
    """A scenario is people and records in, and what should come of them: a training officer can write one."""
    check_scenario(path, places=[SHELF])
