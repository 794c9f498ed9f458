"""Lends a board's own Word template the styles that it lacks: Word writes a style into a file only once it was used."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

NEEDED = ("Heading 1", "Caption", "List Bullet", "Table Grid")
LOOSE = ("w:link", "w:next", "w:basedOn")  # that may point at what is not there


def lend_styles(document: Document) -> None:
    """Adds the styles that sections are written in, where the document has none of that name."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    from tna.reports import palette

    missing = [name for name in NEEDED if name not in document.styles]
    plain = docx.Document().styles
    for name in missing:
        made = deepcopy(plain[name].element)
        for loose in [*made.iter(*(qn(one) for one in LOOSE)), *made.iter(qn("w:numPr"))]:
            loose.getparent().remove(loose)
        document.styles.element.append(made)
        lent = document.styles[name]
        if lent.type == WD_STYLE_TYPE.PARAGRAPH:
            lent.font.color.rgb = RGBColor.from_string(palette.COLOURS["text"][1:].upper())
