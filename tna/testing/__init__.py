"""The conformance kit for authors of plugins and packs: contracts to inherit and scenarios to run.

Subclass a contract in a test file and name what is to be tested:

    from tna.testing import RecommenderContract

    class TestMyPlugin(RecommenderContract):
        plugin = my_plugin

Contracts: `PackContract` (a pack), `CrosswalkContract` (a crosswalk), `RecommenderContract` (`tna_recommend`) and
`FlaggerContract` (`tna_flag`); each says in its docstring what to set. Put scenarios (people in, needs out) in YAML files
and run each of `scenarios(FOLDER)` with `check_scenario`; `tna schema scenario --format text` lists what they may say.
`tna guide write-a-plugin` walks through all of it.
"""

from __future__ import annotations

import contextlib

with contextlib.suppress(ImportError):
    import pytest

    pytest.register_assert_rewrite("tna.testing.contracts", "tna.testing.packs", "tna.testing.crosswalks")

from tna.testing.contracts import FlaggerContract, RecommenderContract
from tna.testing.crosswalks import CrosswalkContract
from tna.testing.packs import PackContract
from tna.testing.scenarios import check_scenario, scenarios

__all__ = [
    "CrosswalkContract",
    "FlaggerContract",
    "PackContract",
    "RecommenderContract",
    "check_scenario",
    "scenarios",
]
