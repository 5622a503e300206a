"""A member's book as files that other programs open, and back; in the clear once it is outside."""

from workbook.book.exchange import journal
from workbook.book.exchange.cells import DateOrder
from workbook.book.exchange.reading import Export, NoImport, files_at, files_in, kind_of, read
from workbook.book.exchange.report import lines, summary, warnings
from workbook.book.exchange.taking_in import Incoming, Outcome, look, take_in
from workbook.book.exchange.taking_out import Format, NoExport, write_folder, zipped

__all__ = [
    "DateOrder",
    "Export",
    "Format",
    "Incoming",
    "NoExport",
    "NoImport",
    "Outcome",
    "files_at",
    "files_in",
    "journal",
    "kind_of",
    "lines",
    "look",
    "read",
    "summary",
    "take_in",
    "warnings",
    "write_folder",
    "zipped",
]
