"""Fills a board's own Word template with a paper, in a sandbox: a template is a text to fill, never a program to run."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from tna.problems import Place, Unusable, refuse
from tna.reports.as_docx import add_section, steady
from tna.reports.lent import lend_styles
from tna.reports.placeholders import busy, sandbox
from tna.reports.sections import Paper
from tna.sources.archives import MEGABYTE, open_safely

if TYPE_CHECKING:
    from docx.document import Document

MARK = "tna-sections"
LARGEST = 20 * MEGABYTE  # of a template, with its pictures
UNPACKED = 60 * MEGABYTE
TEXT = 4 * MEGABYTE  # of a part that is text
ALONE = "{{ sections }} may stand once, in a paragraph of its own"


def write(paper: Paper, path: Path, template: Path) -> None:
    """The template with its placeholders filled, and the paper's sections where it says `{{ sections }}`.

    Placeholders: kind, board, title, edition, as_of, finding, banner, note. Raises `Unusable` for what is no Word
    document, is too large, holds a program, says more in braces than a placeholder that is known, or has no place for
    the sections.
    """
    where = Place(str(template))
    try:
        safe = template.is_file() and _is_safe(template, where)
    except Unusable:
        safe = False
    if not safe:
        refuse("report.no-template", where)
    with ZipFile(template) as archive:
        why = busy(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    if why:
        refuse("report.template-word", where, why=why)
    document = _filled(paper, template, where)
    lend_styles(document)
    if MARK.encode() not in b"".join(_texts(document)):
        refuse("report.template-sections", where)
    if not _place(document, paper):
        refuse("report.template-word", where, why=ALONE)
    path.write_bytes(steady(document))


def _is_safe(template: Path, where: Place) -> bool:
    """Whether the parts of a template are few and small enough to be opened, and none is a program."""
    if template.stat().st_size > LARGEST:
        return False
    with open_safely(template, where) as archive:
        parts = archive.infolist()
    texts = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    programs = [part for part in parts if "vba" in part.filename.casefold()]
    return (
        sum(part.file_size for part in parts) <= UNPACKED and max(texts, default=0) <= TEXT and not programs
    )


def _filled(paper: Paper, template: Path, where: Place) -> Document:
    """The template with its words filled in, opened again."""
    from docx import Document
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    made = BytesIO()
    try:
        book = DocxTemplate(str(template))
        book.render(_words(paper) | {"sections": MARK}, sandbox(), autoescape=True)
        book.save(made)
        made.seek(0)
        return Document(made)
    except TemplateError as error:
        why = (str(error).splitlines() or ["it is no template"])[0].rstrip(".")
        refuse("report.template-word", where, why=why)
    except Exception:  # whatever a file that only looks like a Word document does to its readers
        refuse("report.no-template", where)


def _place(document: Document, paper: Paper) -> bool:
    """Puts the sections where the template has its mark; False when it does not stand alone, and once, in the body."""
    body = document.element.body
    spot = _spot(body)
    if spot is None:
        return False
    before = set(body)
    for section in paper.sections:
        add_section(document, section)
    for element in [one for one in body if one not in before]:
        spot.addprevious(element)
    body.remove(spot)
    return MARK.encode() not in b"".join(_texts(document))


def _spot(body: Any) -> Any:
    """The paragraph that is the mark. A mark left without one, by `{{p sections }}`, is given one."""
    from docx.oxml import OxmlElement

    for element in [body, *body]:
        loose = element.text if element is body else element.tail
        if loose and loose.strip() == MARK:
            made = OxmlElement("w:p")
            if element is body:
                body.text = None
                body.insert(0, made)
            else:
                element.tail = None
                element.addnext(made)
            return made
    return next((one for one in body.xpath("./w:p") if one.xpath("string()").strip() == MARK), None)


def _texts(document: Document) -> list[bytes]:
    """Every part of the document that is text: headers and footers too."""
    return [part.blob for part in document.part.package.iter_parts() if str(part.partname).endswith(".xml")]


def _words(paper: Paper) -> dict[str, Any]:
    return {
        "kind": paper.kind, "board": paper.board, "title": paper.title, "edition": paper.edition, "as_of": paper.as_of,
        "finding": paper.finding, "banner": " ".join(paper.banner), "note": paper.note,
    }  # fmt: skip
