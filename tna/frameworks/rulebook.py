"""Reads rules from YAML: conditions, one effect and examples each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from tna.documents import Document
from tna.frameworks.blocks import Block
from tna.frameworks.conditions import read_condition
from tna.model import Effect, Rule, RuleExample
from tna.model.rules import Stratum


def read_rules(document: Document) -> Iterator[Rule]:
    """The rules of a document that keeps to the `rules` schema, in the order they are written."""
    return map(_rule, Block(document).blocks("rules"))


def _rule(block: Block) -> Rule:
    ((stratum, says),) = block.data["then"].items()
    return Rule(
        id=block.text("id"),
        origin=block.origin,
        when=read_condition(block.data["when"]),
        then=Effect(cast("Stratum", stratum), says if isinstance(says, dict) else {"level": says}),
        examples=tuple(map(_example, block.blocks("examples"))),
        scope=block.data.get("scope", "board"),
        since=block.text("since"),
        until=block.text("until"),
        note=block.text("note"),
    )


def _example(block: Block) -> RuleExample:
    expected = block.data["expect"]
    return RuleExample(
        block.data["given"], expected if isinstance(expected, dict) else None, block.origin.place
    )
