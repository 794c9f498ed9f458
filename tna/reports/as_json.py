"""Writes what was run on what, and the counts, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tna.model import Analysis


def write(analysis: Analysis, path: Path) -> None:
    """The facts of a run (`about`) as one JSON file, keys sorted."""
    text = json.dumps(analysis.about, indent=2, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
