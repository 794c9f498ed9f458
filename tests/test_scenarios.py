"""Scenarios that a training officer could have written come true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tna.testing import check_scenario, scenarios

HERE = Path(__file__).parent / "scenarios"


@pytest.mark.parametrize("path", scenarios(HERE), ids=lambda path: path.stem)
def test_it_comes_true(path: Path) -> None:
    check_scenario(path)
