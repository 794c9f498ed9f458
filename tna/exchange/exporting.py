"""Writes a pack as a file of another system, and says what that file could not carry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tna.exchange import kept, packs
from tna.exchange.formats import FORMATS
from tna.exchange.losses import Loss, losses
from tna.frameworks import load_pack
from tna.problems import Problems


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of the file, and what stayed behind."""

    raw: bytes
    losses: tuple[Loss, ...]


def export(folder: Path, name: str, kind: str, problems: Problems) -> Exported:
    """A pack as a file of one kind. Raises `Unusable` when the pack cannot be read or breaks the format's rules."""
    package = packs.read(folder, name, problems)
    imports = kept.read(folder, problems, name)
    problems.stop_on_errors()
    known = packs.as_known(package, imports, kind)
    form = FORMATS[kind]
    raw = form.write(known, problems)
    problems.stop_on_errors()
    levels = next((one.levels for one in imports if one.kind == kind), "")
    pack = load_pack(folder, Problems(), name)
    assert pack is not None
    return Exported(raw, losses(known, form.carried(known, levels), pack.files))
