"""Our data: who can read what, what was shared, and how the book behaves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from workbook.book import Written, candidates
from workbook.entries import KINDS, Invalid, Settings
from workbook.formats import day
from workbook.places import NEUTRAL_SITE
from workbook.steps import erasing, exchange, keeping, membership, report, sharing
from workbook.steps.collection import completed
from workbook.steps.page import Page, page
from workbook.steps.slot import Slot
from workbook.widgets import Action, Card, Field, Form, Points, fields_of, read_values
from workbook.widgets.fields import typed_values

Values = dict[str, Any]

FIRST = ("look", "idle_minutes", "currency")
MORE = ("calendar_title", "streaks")


@page("our_data", part="around", order=9)
def our_data(p: Page) -> None:
    """What each of the two can read, the record of sharing, and the settings."""
    p.opening()
    who = p.text["who"]
    p.add(Points(who["title"], [(point["about"], point["words"]) for point in who["points"]]))
    membership.add_invitation(p)
    slot = p.slot()
    p.cards(
        lambda: _shared(p),
        p.text["cards"] | p.text["shared"],
        acts={"take_back": lambda copy: _take_back(p, slot, copy)},
        searchable=False,
    )
    report.add_report(p)
    _settings(p)
    exchange.add_calendar(p)
    exchange.add_export(p)
    exchange.add_import(p)
    keeping.add_keeping(p)
    erasing.add_erasing(p)
    membership.add_leaving(p)


def _shared(p: Page) -> list[Card]:
    """Every copy that lies in the room of both, the newest first: who shared what, and when.

    Without those that come and go with a consent: their tick stands on a page of its own.
    """
    kinds = [kind for kind in KINDS if kind not in candidates.SHOWN]
    copies = [each for kind in kinds for each in p.book.entries(kind) if each.shared_from]
    shared = [each for each in copies if not each.source_id]
    return [_card(p, each) for each in sorted(shared, key=lambda each: each.written_at, reverse=True)]


def _card(p: Page, copy: Written[Any]) -> Card:
    words = p.text["shared"]
    kind = words["kinds"].get(type(copy.entry).__name__, words["kinds"]["other"])
    own = copy.author == p.book.name and copy.room == "ours" and p.book.has_ours
    return Card(
        id=copy.id,
        title=kind,
        on=copy.written_at.date(),
        meta=words["by"].format(name=copy.author, day=day(copy.written_at.date())),
        lines=tuple(_texts(copy)),
        actions=(Action("take_back", words["actions"]["take_back"]),) if own else (),
    )


def _texts(copy: Written[Any]) -> list[tuple[str, str]]:
    """The first words of an entry, by which one knows it again."""
    texts = [value for value in typed_values(copy.entry).values() if isinstance(value, str)]
    return [("", text) for text in texts if " " in text.strip()][:1]


def _take_back(p: Page, slot: Slot, copy: str) -> None:
    sharing.ask_to_take_back(p, slot, copy, _texts(p.book.entry(copy)))


def _settings(p: Page) -> None:
    words, fields = p.text["settings"], p.text["fields"]
    leave_to = Field(name="leave_to", kind="line", **fields["leave_to"])
    p.form(
        "settings",
        Form(
            fields_of(Settings, FIRST, fields),
            more=[*fields_of(Settings, MORE, fields), leave_to],
            values=typed_values(p.book.settings())
            | {"leave_to": p.store.setting("leave_to") or NEUTRAL_SITE},
            save=words["save"],
            title=words["title"],
            more_label=words["more"],
            on_save=lambda typed: _save(p, typed),
        ),
    )


def _save(p: Page, typed: Values) -> Values:
    """Keep how the book behaves; where leaving goes is kept outside the encryption, for the locked page."""
    site = _site(p, str(typed.get("leave_to") or NEUTRAL_SITE))
    values = completed(Settings, read_values(Settings, {name: typed.get(name) for name in (*FIRST, *MORE)}))
    own = p.book.own(Settings)
    if own:
        p.book.revise(own[-1].id, **values)
    else:
        p.book.write(Settings(**values))
    p.store.set_setting("leave_to", site)
    p.wrote()
    return typed | {"leave_to": site}


def _site(p: Page, typed: str) -> str:
    parts = urlsplit(typed.strip())
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or len(typed) > 300:
        raise Invalid("leave_to", p.text["settings"]["bad_site"])
    return typed.strip()
