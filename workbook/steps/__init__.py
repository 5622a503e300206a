"""The pages: one module each. Importing the package registers them all."""

from workbook.steps import charts, journal, progress

__all__ = ["charts", "journal", "progress"]
