"""The controls that the pages are made of."""

from workbook.widgets.cards import Action, Ask, Card, Cards, Search
from workbook.widgets.control import Control, in_words
from workbook.widgets.fields import Field, fields_of, read_values
from workbook.widgets.form import Form
from workbook.widgets.handout import Download, Sheet
from workbook.widgets.path import Path
from workbook.widgets.picture import Picture, Showing, Table
from workbook.widgets.prose import Prose
from workbook.widgets.shell import Leave, Shell
from workbook.widgets.unlock import Unlock

__all__ = [
    "Action",
    "Ask",
    "Card",
    "Cards",
    "Control",
    "Download",
    "Field",
    "Form",
    "Leave",
    "Path",
    "Picture",
    "Prose",
    "Search",
    "Sheet",
    "Shell",
    "Showing",
    "Table",
    "Unlock",
    "fields_of",
    "in_words",
    "read_values",
]
