"""The pages: one module each, with prose of the same name. Importing the package adds them all."""

from importlib import import_module
from pkgutil import iter_modules

from workbook.content import has_prose

for _module in iter_modules(__path__):
    if has_prose(_module.name):
        import_module(f"{__name__}.{_module.name}")
