"""The controls that the pages are made of."""

from workbook.widgets.aside import Aside, Said, Way
from workbook.widgets.breathing import Breathing
from workbook.widgets.cards import Action, Ask, Card, Cards, Search
from workbook.widgets.confirm import Confirm
from workbook.widgets.control import Control, in_words
from workbook.widgets.deck import Deck, DeckCard
from workbook.widgets.fan import Fan, Leaf
from workbook.widgets.fields import Field, fields_of, read_values
from workbook.widgets.form import Form
from workbook.widgets.guided import Guided
from workbook.widgets.handout import Download, Sheet
from workbook.widgets.letter import Letter, Line, Mark, Reading, SideBySide, Slip
from workbook.widgets.onepage import Choice, Group, Made, OnePage, Thing
from workbook.widgets.outcome import Found, Listed, Named, Opened, Outcome, Tick
from workbook.widgets.pairing import Pairing
from workbook.widgets.path import Path
from workbook.widgets.picture import Grid, Offer, Picture, Showing, Table
from workbook.widgets.prose import Points, Prose
from workbook.widgets.rating import Rated, Ratings, Weighed, Weights
from workbook.widgets.rehearsal import Rehearsal
from workbook.widgets.safety import Numbers, Safety
from workbook.widgets.shell import Leave, Shell
from workbook.widgets.signpost import Signpost
from workbook.widgets.sorting import Sortable, Sorter
from workbook.widgets.span import Days
from workbook.widgets.task import Task
from workbook.widgets.unlock import Unlock
from workbook.widgets.week import Week

__all__ = [
    "Action",
    "Aside",
    "Ask",
    "Breathing",
    "Card",
    "Cards",
    "Choice",
    "Confirm",
    "Control",
    "Days",
    "Deck",
    "DeckCard",
    "Download",
    "Fan",
    "Field",
    "Form",
    "Found",
    "Grid",
    "Group",
    "Guided",
    "Leaf",
    "Leave",
    "Letter",
    "Line",
    "Listed",
    "Made",
    "Mark",
    "Named",
    "Numbers",
    "Offer",
    "OnePage",
    "Opened",
    "Outcome",
    "Pairing",
    "Path",
    "Picture",
    "Points",
    "Prose",
    "Rated",
    "Ratings",
    "Reading",
    "Rehearsal",
    "Safety",
    "Said",
    "Search",
    "Sheet",
    "Shell",
    "Showing",
    "SideBySide",
    "Signpost",
    "Slip",
    "Sortable",
    "Sorter",
    "Table",
    "Task",
    "Thing",
    "Tick",
    "Unlock",
    "Way",
    "Week",
    "Weighed",
    "Weights",
    "fields_of",
    "in_words",
    "read_values",
]
