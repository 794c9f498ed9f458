"""Fills a board's own Word template with a paper, in a sandbox: a template is a text to fill, never a program to run."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from tna.problems import Place, refuse
from tna.reports.as_docx import add_section, steady
from tna.reports.sections import Paper

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

MARK = "tna-sections"
LARGEST = 20 << 20  # bytes of a template, with its pictures


def write(paper: Paper, path: Path, template: Path) -> None:
    """The template with its placeholders filled, and the paper's sections where it says `{{ sections }}`, else at its end.

    Placeholders: kind, board, title, edition, as_of, finding, banner, note. Raises `Unusable` for what is no Word
    document, is too large, or holds a placeholder that nobody knows.
    """
    if not template.is_file() or template.stat().st_size > LARGEST:
        refuse("report.no-template", Place(str(template)))
    path.write_bytes(_filled(paper, template))


def _filled(paper: Paper, template: Path) -> bytes:
    from docx import Document
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    made = BytesIO()
    try:
        book = DocxTemplate(str(template))
        book.render(_words(paper) | {"sections": MARK}, _sandbox(), autoescape=True)
        book.save(made)
    except (BadZipFile, KeyError, ValueError):
        refuse("report.no-template", Place(str(template)))
    except TemplateError as error:
        why = (str(error).splitlines() or ["it is no template"])[0].rstrip(".")
        refuse("report.template-word", Place(str(template)), why=why)
    made.seek(0)
    document = Document(made)
    _place(document, paper)
    return steady(document)


def _place(document: Any, paper: Paper) -> None:
    """The sections where the template has its mark, else at the end."""
    mark = next((one for one in document.paragraphs if one.text.strip() == MARK), None)
    before = list(document.element.body)
    for section in paper.sections:
        add_section(document, section)
    if mark is not None:
        for element in [one for one in document.element.body if one not in before]:
            mark._p.addprevious(element)
        mark._p.getparent().remove(mark._p)


def _sandbox() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _words(paper: Paper) -> dict[str, Any]:
    return {
        "kind": paper.kind, "board": paper.board, "title": paper.title, "edition": paper.edition, "as_of": paper.as_of,
        "finding": paper.finding, "banner": " ".join(paper.banner), "note": paper.note,
    }  # fmt: skip
