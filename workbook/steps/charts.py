"""The charts: what one opens after a session, each a question with its finding and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbook.book import Book, Written, agenda, diary, numbers
from workbook.content import prose, today
from workbook.entries import Reflection
from workbook.formats import day
from workbook.insight import fit, span
from workbook.insight.span import Span
from workbook.steps import accountability, budget, commitment, measures
from workbook.steps.measures import Measures, draw_moving, own_measures, their_measures
from workbook.steps.page import Page, page
from workbook.steps.together import Together
from workbook.widgets import Aside, Days, Found, Offer, Picture, Said, Showing, Tick, Way

__all__ = ["charts", "draw_moving"]

Prose = dict[str, Any]
Show = Callable[[Measures, bool, Span], Showing]

LONGEST_QUOTE = 280
"""Characters of one's own words that a note quotes; the whole stands in the journal."""
WORDS = ("hurt", "helped", "takeaway")


@page("charts", part="around", order=2)
def charts(p: Page) -> None:
    """What one might say next time, six questions about the days that one chooses, the other's numbers."""
    p.opening()
    note = Aside(lambda: _note(p.book, p.text["fit"]), lambda: _take_along(p))
    p.on_change(note.again)
    p.add(note)
    days = _days(p, drawn := [])
    drawn += [*_own_charts(p, days), *_steps_charts(p, days)]
    _each_other(p, days, drawn)


def _days(p: Page, drawn: list[Picture]) -> Days:
    """The days that every chart of the page is about."""
    chips = {
        "all": lambda: span.ALL_DAYS,
        "three_months": lambda: span.last_months(today(), 3),
        "this_year": lambda: span.this_year(today()),
    }

    def chosen() -> None:
        for picture in drawn:
            picture.again()

    days = Days(p.text["days"], chips, lambda during: _in_words(p.text["days"], during), chosen)
    p.add(days)
    return days


def _in_words(words: Prose, during: Span) -> str:
    if during.is_all:
        return str(words["all_days"])
    first, last = (day(each) if each else "" for each in (during.first, during.last))
    named = "between" if first and last else "from" if first else "to"
    return str(words[named]).format(first=first, last=last)


def _own_charts(p: Page, days: Days) -> list[Picture]:
    """The charts of what one rated oneself."""

    def offer(scale: str, label: str) -> Offer:
        words, line = p.text["agenda"], _line_about(p, scale)
        if agenda.has(p.book, line, today()):
            return Offer(scale, words["stands"].format(line=line), words["take_off"])
        return Offer(scale, words["fell"].format(label=label), words["put"])

    def way(of: Measures, narrow: bool, during: Span) -> Showing:
        return measures.show_way(of, p.text, narrow, during, offer)

    shows = _shows(p) | {"way": way}
    return [
        p.chart(
            p.text[name]["question"],
            lambda narrow, show=show: show(own_measures(p.book), narrow, days.chosen),  # type: ignore[misc]
            height=p.text[name]["height"],
            on_offer=lambda scale: _toggle(p, _line_about(p, scale)),
        )
        for name, show in shows.items()
    ]


def _shows(p: Page) -> dict[str, Show]:
    """The charts of what somebody rated, by the name of their prose."""
    return {
        "moving": lambda of, narrow, during: measures.show_moving(of, p.text["moving"], narrow, during),
        "way": lambda of, narrow, during: measures.show_way(of, p.text, narrow, during),
        "scores": lambda of, narrow, during: measures.show_scores(of, p.text["scores"], narrow, during),
    }


def _steps_charts(p: Page, days: Days) -> list[Picture]:
    """The pictures of steps 2, 1 and 4, for the same days."""
    shown = {
        "commitment": commitment.draw_beads,
        "accountability": accountability.draw_heat,
        "budget": budget.draw_costs,
    }
    drawn = []
    for step, draw in shown.items():
        words = prose(step)["picture"]
        drawn.append(
            p.chart(
                words["question"],
                lambda narrow, draw=draw, words=words: draw(p.book, words, narrow, days.chosen),  # type: ignore[misc]
            )
        )
    return drawn


# The next agenda


def _line_about(p: Page, scale: str) -> str:
    return str(p.text["agenda"]["line"]).format(label=p.text["scales"][scale])


def _toggle(p: Page, line: str) -> None:
    """Put a line onto the next agenda, or take it off again."""
    if agenda.has(p.book, line, today()):
        agenda.take_off(p.book, line)
    else:
        agenda.put(p.book, line, today())
    p.wrote()


def _note(book: Book, words: Prose) -> Said | None:
    """What one may want to say when sessions have fitted less: one's own words, and a sentence."""
    falls = _falls(book)
    if not falls:
        return None
    scales = prose("charts")["scales"]
    found = [
        words["fell"].format(label=scales[each.scale], values=", ".join(map(str, each.values)))
        for each in falls
    ]
    line = _to_take_along(words, falls)
    stands = agenda.has(book, line, today())
    quotes = tuple(_quotes(book, words, falls))
    return Said(
        title=words["title"],
        sentences=(*found, words["doubt"]),
        ways_title=words["quotes"] if quotes else "",
        ways=quotes,
        end=words["take_along"].format(line=line),
        button=words["take_off"] if stands else words["put"],
        hint=words["stands"] if stands else words["hint"],
    )


def _falls(book: Book) -> list[fit.Fall]:
    found = [
        fit.Answered(
            each.session.id,
            each.session.entry.on,
            each.reflection.entry.understood,
            each.reflection.entry.pace,
        )
        for each in reversed(diary.pages(book))
        if each.reflection
    ]
    return fit.falls(found)


def _to_take_along(words: Prose, falls: list[fit.Fall]) -> str:
    return str(words["lines"]["_and_".join(each.scale for each in falls)])


def _quotes(book: Book, words: Prose, falls: list[fit.Fall]) -> list[Way]:
    """What one wrote about those sessions oneself, the last one first."""
    about = {session for each in falls for session in each.sessions}
    found = []
    for each in diary.pages(book):
        said = _said(words, each.reflection) if each.session.id in about else ""
        if said:
            session = words["session"].format(number=each.number, day=day(each.session.entry.on))
            found.append(Way(session, said))
    return found


def _said(words: Prose, reflection: Written[Reflection] | None) -> str:
    texts = [(name, getattr(reflection.entry, name).strip()) for name in WORDS] if reflection else []
    return " ".join(words[name].format(words=_shortened(text)) for name, text in texts if text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rstrip() + "…"


def _take_along(p: Page) -> None:
    falls = _falls(p.book)
    if falls:
        _toggle(p, _to_take_along(p.text["fit"], falls))


# Each other's numbers


def _each_other(p: Page, days: Days, drawn: list[Picture]) -> None:
    """A tick that both have to set; then the other's charts, for as long as both want it."""

    def follow_consent() -> None:
        numbers.follow_consent(p.book)

    p.on_change(follow_consent)
    follow_consent()
    tick = p.outcome(lambda: _found(p), lambda yes: _tick(p, yes))
    theirs = [
        p.chart(
            p.text["theirs"]["question"].format(question=p.text[name]["question"]),
            lambda narrow, show=show: _theirs(p, show, narrow, days.chosen),  # type: ignore[misc]
            height=p.text[name]["height"],
        )
        for name, show in _shows(p).items()
    ]
    drawn += theirs
    for_two, open_ones = Together(p, tick), Together(p, *theirs)

    def follow() -> None:
        for_two.show(p.book.has_ours)
        open_ones.show(numbers.theirs(p.book) is not None)

    p.on_change(follow)
    follow()


def _found(p: Page) -> Found:
    """What the tick opens. Whether the other has ticked shows only once both have."""
    words = p.text["each_other"]
    sentence = words["closed"] if not numbers.are_open(p.book) else words["open"]
    return Found(
        title=words["title"],
        sentences=(sentence,),
        tick=Tick(words["label"], words["hint"], numbers.ticked(p.book)),
    )


def _tick(p: Page, yes: bool) -> None:
    numbers.tick(p.book, yes)
    p.wrote()


def _theirs(p: Page, show: Show, narrow: bool, during: Span) -> Showing:
    shown = their_measures(p.book)
    return show(shown, narrow, during) if shown else Showing(empty=p.text["theirs"]["closed"])
