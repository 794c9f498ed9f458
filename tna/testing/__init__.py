"""The conformance kit for authors of plugins and packs: contracts to inherit and scenarios to run.

Subclass a contract in a test file and name what is to be tested:

    from tna.testing import RecommenderContract

    class TestMyPlugin(RecommenderContract):
        plugin = my_plugin

and put scenarios (people in, needs out) in YAML files that `check_scenario` runs.
"""

from __future__ import annotations

import contextlib

with contextlib.suppress(ImportError):
    import pytest

    pytest.register_assert_rewrite("tna.testing.contracts", "tna.testing.packs")

from tna.testing.contracts import FlaggerContract, RecommenderContract
from tna.testing.packs import PackContract
from tna.testing.scenarios import check_scenario, scenarios

__all__ = ["FlaggerContract", "PackContract", "RecommenderContract", "check_scenario", "scenarios"]
