"""Whether everything is in order: the book, versions, permissions, browser, disk; and what to do if not.

What it finds is safe to show to anyone: no names, no ids, no paths, and nothing that the book says.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sqlite3
import stat
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

import msgspec

import workbook
from workbook import places
from workbook.book import (
    BookBusy,
    DiskFull,
    NewerBook,
    ReadOnlyBook,
    Store,
    StoreError,
    UnreadableBook,
    keeping,
    open_store,
)

Verdict = Literal["ok", "look", "bad"]

DISTRIBUTION = "couples-workbook"
MIB = 1024 * 1024
LITTLE, VERY_LITTLE = 1024 * MIB, 100 * MIB
"""Free bytes on a disk below which one should look, and below which writing may soon fail."""
STALE_DAYS = 14
"""Days after which a last automatic backup is worth a word."""
SYNCED = ("dropbox", "onedrive", "icloud", "mobile documents", "google drive", "nextcloud", "syncthing")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox", "microsoft-edge", "brave-browser")
TROUBLES: dict[type[StoreError], tuple[str, str]] = {
    NewerBook: ("it was written by a newer version of the program", "Update couples-workbook."),
    BookBusy: (
        "another program is using it and doesn't let go",
        "Close that program, or restart the computer.",
    ),
    ReadOnlyBook: ("it can be read but not written to", "Allow writing to the file and its folder."),
    DiskFull: ("the disk is full", "Free some space."),
    UnreadableBook: (
        "it is damaged, it isn't a book, or you may not read it",
        "Check that --book names the right file and that you may read it. If that doesn't help, put a "
        "backup back: workbook restore.",
    ),
}


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at. advice: what to do about it, where there is anything to do."""

    about: str
    verdict: Verdict
    words: str
    advice: str = ""


def examine(where: str) -> list[Finding]:
    """Look at everything, without any passphrase. where: the book's file or address."""
    looks = (_book(where), _permissions(where), _versions(), _browser(), _disk(where), _notebooks())
    return [finding for look in looks for finding in look]


def lines(findings: list[Finding]) -> list[str]:
    """The findings as text, by what they are about."""
    shown = [f"Workbook {workbook.__version__}. Nothing below names you, your book or its place."]
    about = ""
    for finding in findings:
        if finding.about != about:
            shown += ["", finding.about]
            about = finding.about
        shown.append(f"  {finding.verdict:4}  {finding.words}")
        if finding.advice:
            shown.append(f"        → {finding.advice}")
    bad, look = (sum(each.verdict == verdict for each in findings) for verdict in ("bad", "look"))
    return [*shown, "", f"{bad} bad, {look} to look at, {len(findings) - bad - look} ok."]


def _book(where: str) -> Iterator[Finding]:
    about = "Book"
    try:
        with closing(open_store(where)) as store:
            yield _opened(about, store)
    except StoreError as error:
        words, advice = next((TROUBLES[kind] for kind in TROUBLES if isinstance(error, kind)), ("", ""))
        yield Finding(about, "bad", f"It doesn't open: {words or 'it does not say why'}.", advice)
        return
    if "://" in where:
        yield Finding(about, "ok", "It is on a server. The server makes its backups.")
    elif Path(where).exists():
        yield from _backups(about, Path(where))
        yield _synced(about, Path(where))


def _opened(about: str, store: Store) -> Finding:
    count = len(store.members())
    if not count:
        return Finding(about, "ok", "There is none yet. It is made when you begin one.")
    people = "1 member" if count == 1 else f"{count} members"
    return Finding(about, "ok", f"It opens. Layout {store.layout()}, {people}.")


def _backups(about: str, file: Path) -> Iterator[Finding]:
    yield Finding(about, "ok", f"Its file has {file.stat().st_size / MIB:.1f} MiB.")
    folder = keeping.backups_of(file)
    try:
        days = sorted(_days(folder))
    except OSError:
        advice = "Give yourself the right to read it, or the next backup can't be made."
        yield Finding(about, "bad", "The folder of automatic backups can't be read.", advice)
        return
    if not days:
        advice = "Unlock the book: that makes one a day. To make a copy on another disk, use workbook backup."
        yield Finding(about, "look", "There is no automatic backup yet.", advice)
        return
    age = (date.today() - days[-1]).days  # noqa: DTZ011 - as the backups are named
    if age > STALE_DAYS:
        advice = "One is made at the first unlock of a day, if its folder can be written."
        yield Finding(about, "look", f"The last automatic backup is {age} days old.", advice)
    else:
        yield Finding(about, "ok", f"The last of {len(days)} automatic backups is {age} days old.")


def _days(folder: Path) -> Iterator[date]:
    """The days of the automatic backups in a folder, by their names. Raises OSError if it can't be read."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if re.fullmatch(r"\d{4}-\d\d-\d\d\.db", path.name):
            with suppress(ValueError):  # a file of somebody else, of a day that there is not
                yield date.fromisoformat(path.stem)


def _synced(about: str, file: Path) -> Finding:
    parts = str(file.absolute()).lower()
    if any(name in parts for name in SYNCED):
        advice = (
            "Anyone with that account can see the file and keep old copies of it, and two computers writing "
            "at once can damage it. Keep the book elsewhere; carry copies and use workbook merge."
        )
        return Finding(about, "look", "It seems to be in a folder that is synchronised with a cloud.", advice)
    return Finding(about, "ok", "It doesn't seem to be in a folder that is synchronised.")


def _permissions(where: str) -> Iterator[Finding]:
    about, file = "Permissions", Path(where)
    if "://" in where or os.name == "nt" or not file.is_file():
        yield Finding(about, "ok", "Nothing to look at here.")
        return
    yield _closed(about, "The book's file", file, "600")
    yield _closed(about, "The book's folder", file.parent, "700", is_bad=False)
    folder = keeping.backups_of(file)
    if folder.is_dir():
        yield _closed(about, "The folder of backups", folder, "700")
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        yield Finding(about, "bad", "The book can't be written to.", TROUBLES[ReadOnlyBook][1])


def _closed(about: str, what: str, path: Path, mode: str, *, is_bad: bool = True) -> Finding:
    found = stat.S_IMODE(path.stat().st_mode)
    if not found & 0o077:
        return Finding(about, "ok", f"{what} is open to its owner alone ({found:o}).")
    advice = f"Close it to others: chmod {mode}. What is in the book stays sealed either way."
    verdict: Verdict = "bad" if is_bad else "look"
    return Finding(about, verdict, f"{what} is open to other accounts ({found:o}).", advice)


def _versions() -> Iterator[Finding]:
    about = "Versions"
    python = platform.python_version()
    system = f"{platform.system()} {platform.machine()}"
    verdict: Verdict = "ok" if sys.version_info >= (3, 11) else "bad"
    yield Finding(about, verdict, f"Python {python}, SQLite {sqlite3.sqlite_version}, {system}.")
    from packaging.requirements import Requirement

    try:
        needed = [Requirement(line) for line in requires(DISTRIBUTION) or []]
    except PackageNotFoundError:
        advice = "Install it as the README says: pip install -e ."
        yield Finding(about, "look", "The program runs without being installed.", advice)
        return
    for one in needed:
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            yield _installed(about, one.name, one.specifier)


def _installed(about: str, name: str, allowed: object) -> Finding:
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(about, "bad", f"{name} is missing.", "Install the program again: pip install -e .")
    if not getattr(allowed, "contains")(found, prereleases=True):  # noqa: B009 - a type of packaging's
        advice = f"It is tested with {allowed}. Install the program again: pip install -e ."
        return Finding(about, "look", f"{name} {found}.", advice)
    return Finding(about, "ok", f"{name} {found}")


def _browser() -> Iterator[Finding]:
    try:
        webbrowser.get()
    except webbrowser.Error:
        if not any(map(shutil.which, BROWSERS)):
            advice = "Open the address that workbook prints in any browser on this computer."
            yield Finding("Browser", "look", "None was found that can be opened automatically.", advice)
            return
    yield Finding("Browser", "ok", "There is one to open.")


def _disk(where: str) -> Iterator[Finding]:
    spots = {"For temporary files": Path(tempfile.gettempdir())}
    if "://" not in where:
        spots = {"Where the book is": Path(where).absolute().parent} | spots
    for what, folder in spots.items():
        there = next(each for each in (folder, *folder.parents) if each.is_dir())
        free = shutil.disk_usage(there).free
        verdict: Verdict = "bad" if free < VERY_LITTLE else "look" if free < LITTLE else "ok"
        advice = "" if verdict == "ok" else "Free some space: a backup needs as much space again as the book."
        yield Finding("Disk", verdict, f"{what}: {free / MIB / 1024:.1f} GiB free.", advice)


def _notebooks() -> Iterator[Finding]:
    about = "Notebooks"
    if not any(places.NOTEBOOKS.glob("*.ipynb")) or not (places.DATA / "content").is_dir():
        yield Finding(about, "bad", "The program's own files are missing.", "Install it again.")
    else:
        yield Finding(about, "ok", "The program's own files are there.")
    if _saves_widgets():
        advice = "Use workbook lab, which never saves them; or switch off saving widget states in JupyterLab."
        yield Finding(about, "look", "A plain jupyter lab may save what pages show into notebooks.", advice)
    else:
        yield Finding(about, "ok", "A plain jupyter lab saves no widget states.")


def _saves_widgets() -> bool:
    """Whether a JupyterLab that was not started by us may keep widget states; it does unless told not to."""
    from jupyter_core.paths import jupyter_config_dir

    setting = "lab/user-settings/@jupyter-widgets/jupyterlab-manager/plugin.jupyterlab-settings"
    try:
        chosen = json.loads((Path(jupyter_config_dir()) / setting).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    return not (isinstance(chosen, dict) and chosen.get("saveState") is False)
