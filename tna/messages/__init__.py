"""Every sentence tna can say about something wrong, kept as data: one TOML file per area."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of problem: its code, a sentence and a remedy with `{names}` to fill, and how bad it is."""

    code: str
    sentence: str
    remedy: str
    severity: Severity = "error"


@cache
def catalogue() -> dict[str, Message]:
    """All messages by dotted code, in code order; read only when something is wrong."""
    found: dict[str, Message] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for code, parts in tomllib.loads(file.read_text("utf-8")).items():
                found[code] = Message(code, **parts)
    return dict(sorted(found.items()))
