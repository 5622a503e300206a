"""The one-page report: what was ticked in, and figures -> a page to print, and a picture of it.

typst is imported when the first page is set, never by importing this.
"""

from workbook.report.letters import families, missing, readable
from workbook.report.notes import Drawing, Notes, Paper, Part, Passage
from workbook.report.typesetting import TooLong, Typeset, typeset

__all__ = [
    "Drawing",
    "Notes",
    "Paper",
    "Part",
    "Passage",
    "TooLong",
    "Typeset",
    "families",
    "missing",
    "readable",
    "typeset",
]
