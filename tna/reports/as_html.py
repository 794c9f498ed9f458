"""Writes the report to read: one self-contained page without scripts or requests."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from tna import wording
from tna.model import Analysis
from tna.reports import palette
from tna.reports.findings import Findings, findings

if TYPE_CHECKING:
    from jinja2 import Environment


def write(analysis: Analysis, path: Path) -> None:
    """The report as one HTML file; the same analysis gives the same bytes."""
    path.write_text(page(findings(analysis)), encoding="utf-8", newline="\n")


def page(found: Findings) -> str:
    """The report as a page."""
    return render("report.html", found)


def render(template: str, found: object) -> str:
    """A page of what was found. Only its own style sheet, named by its hash, may be applied by a browser."""
    from markupsafe import Markup

    sheet = files("tna.reports").joinpath("templates/report.css").read_text("utf-8")
    style = f"{palette.variables()}\n{sheet}"
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    made = _environment().get_template(template)
    return made.render(found=found, style=Markup(style), policy=policy) + "\n"  # noqa: S704  # our own file


@cache
def _environment() -> Environment:
    """Templates of this package; everything put into them is escaped, and a name they lack is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tna.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = wording
    return environment
