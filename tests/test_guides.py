"""Every command and every file of the guides is tried, in the order in which they stand."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.authored import filled
from tna import documents, guides, plugins
from tna.cli import main
from tna.guides.reference import reference

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INSTALL = 'pip install -e "made-up-county[test]"'  # what installing does is tried with the example board


def fences(text: str) -> Iterator[tuple[str, str]]:
    for match in FENCE.finditer(text):
        yield match[1], match[2]


@pytest.mark.parametrize("name", [name for name in guides.names() if name != guides.REFERENCE])
def test_what_a_guide_says_can_be_done_as_it_stands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tried = 0
    for kind, body in fences(guides.guide(name)):
        for line in body.splitlines() if kind in ("console", "sh") else ():
            run(line) if kind == "console" else in_a_shell(line)
            tried += 1
        if kind in ("yaml", "csv", "python"):
            first, _, rest = body.partition("\n")
            path = tmp_path / first.removeprefix("# ")
            assert path.parent.is_dir(), "a file stands in a folder that the guide has made"
            path.write_text(rest if kind == "csv" else body, "utf-8")
    assert tried


def run(line: str) -> None:
    program, *words = shlex.split(line, comments=True)
    assert program == "tna"
    if "--from" in words:
        filled(Path(words[-1]))  # what the reader does meanwhile
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, (line, done.output)


def in_a_shell(line: str) -> None:
    if line == INSTALL:
        return
    program, *words = shlex.split(line)
    command = [sys.executable, "-m", program, "-q", "-p", "no:cacheprovider", *words]
    done = subprocess.run(
        command, env={"PYTHONPATH": "made-up-county"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "failed" not in done.stdout


@pytest.mark.parametrize("name", guides.names())
def test_a_guide_is_printed_by_its_name_and_listed_with_its_title(name: str) -> None:
    assert CliRunner().invoke(main, ["guide", name]).stdout == guides.guide(name)
    listed = dict(line.split(maxsplit=1) for line in CliRunner().invoke(main, ["guide"]).stdout.splitlines())
    assert listed[name] == guides.title(name)
    assert guides.guide(name).startswith(f"# {guides.title(name)}\n")


@pytest.mark.parametrize("kind", documents.kinds())
def test_the_reference_has_every_key_with_what_it_means(kind: str) -> None:
    whole, told = documents.schema(kind), reference(kind)
    for block in (whole, *whole.get("$defs", {}).values()):
        for key, value in block.get("properties", {}).items():
            lines = [line for line in told.splitlines() if line.startswith(f"- `{key}` (")]
            assert any(value.get("description", "")[1:] in line for line in lines), (kind, key)
    assert not [line for line in told.splitlines() if line.endswith((":", ": "))], (
        "every key says what it means"
    )
    assert told in guides.guide(guides.REFERENCE)
    assert CliRunner().invoke(main, ["schema", kind, "--format", "text"]).stdout == told


def test_the_guide_to_plugins_names_every_hook() -> None:
    text = guides.guide("write-a-plugin")
    assert {name for name in plugins.hooks_known() if f"`{name}`" not in text} == set()
    assert len(plugins.hooks_known()) == 6
    assert "Six hooks are asked" in text


def test_guides_that_are_named_exist() -> None:
    for name in guides.names():
        named = re.findall(r"tna guide ([a-z-]+)", guides.guide(name))
        assert set(named) <= set(guides.names())
