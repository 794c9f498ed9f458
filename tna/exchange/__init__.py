"""Moves frameworks between packs and the systems boards have, with nothing lost, merged or guessed on the way."""

from __future__ import annotations

from tna.exchange.exporting import Exported, export
from tna.exchange.formats import FORMATS
from tna.exchange.importing import Asked, Imported, import_file

__all__ = ["FORMATS", "Asked", "Exported", "Imported", "export", "import_file"]
