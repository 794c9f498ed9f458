"""Every kind of bad register is refused, or warned of, in exactly the words beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests import hostile, year
from tna.messages import catalogue
from tna.sources import Edition

REFUSED = Path(__file__).parent / "refused"
CASES = sorted(path for kind in ("tables.*", "registers.*") for path in REFUSED.glob(kind))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_bad_register_is_said_in_these_words(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = yaml.safe_load((case / "case.yaml").read_text("utf-8"))
    shutil.copytree(case, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    if "make" in said:
        getattr(hostile, said["make"])(Path())
    files: dict[str, list[Path]] = {kind: [Path(name) for name in said.get(kind, ())] for kind in KINDS}
    files[said["kind"]] = [Path(name) for name in said["files"]]
    formats = [getattr(hostile, name)() for name in said.get("formats", ())]
    if said["kind"] in year.TABLES:
        found = year.read({said["kind"]: files[said["kind"]]})
    else:
        edition = Edition(*said["edition"]) if "edition" in said else None
        found = hostile.read(**files, formats=formats, edition=edition)
    assert found.said() == said["says"].strip()
    assert case.name.split(",")[0] in found.codes()
    assert found.accounted()


KINDS = ("people", "records", "agencies")


def test_every_message_about_registers_has_an_example() -> None:
    written = {path.name for path in CASES}
    assert {code for code in catalogue() if code.startswith(("tables.", "registers."))} <= written
