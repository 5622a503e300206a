"""The one-page report in *Our data*: what may stand on it, ticked in item by item, and the page itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook import formats
from workbook.book import diary, take_along
from workbook.book.homework import logs
from workbook.book.take_along import Held
from workbook.content import LOCALE, day, today
from workbook.entries import SCALES, Goal, GoalRating
from workbook.insight import goals
from workbook.insight.goals import Standing
from workbook.insight.span import ALL_DAYS, Span
from workbook.report import Drawing, Notes, Part, Passage, TooLong, families, missing, readable, typeset
from workbook.steps import measures
from workbook.widgets import Choice, Group, Made, OnePage, Thing

if TYPE_CHECKING:
    from workbook.book import Book
    from workbook.steps.page import Page

Prose = Mapping[str, Any]

LETTER_MONEY = ("USD", "CAD", "MXN", "PHP")
"""Where one pays in these, paper is letter-sized."""
LONGEST_SHOWN = 60
"""Characters of an item by which it is named in a sentence."""


def add_report(p: Page) -> None:
    """Put the report on a page."""
    words = p.text["report"]
    paper = "us-letter" if p.book.settings().currency in LETTER_MONEY else "a4"
    first = Choice(_first_day(p.book), today(), paper)
    view = OnePage(
        words,
        first,
        lambda choice: Report(p.book, words, choice).groups(),
        lambda choice: Report(p.book, words, choice).made(),
    )
    p.on_change(view.again)
    p.add(view)


def _first_day(book: Book) -> date | None:
    held = take_along.sessions(book, ALL_DAYS)
    return held[0].on if held else None


class Report:
    """One page for one choice: what may be ticked in, and what comes of the ticks."""

    def __init__(self, book: Book, words: Prose, choice: Choice) -> None:
        self._book, self._words, self._choice = book, words, choice
        self._during = Span(choice.since, choice.until)
        self._held = take_along.sessions(book, self._during)

    def groups(self) -> list[Group]:
        """What may be ticked in, by parts of the page; a part with nothing in it is not there."""
        found = [Group(self._words["parts"][name], tuple(things)) for name, things in self._things().items()]
        return [group for group in found if group.things]

    def _things(self) -> dict[str, list[Thing]]:
        """By the name of the part: what may be ticked in."""
        own, words = diary.goals(self._book), self._words
        scored = [Thing(id="t_score", words=words["t_score"]["tick"])] if own else []
        return {
            "goals": [*(Thing(id=f"goal:{each.id}", words=each.entry.title) for each in own), *scored],
            "scales": [Thing(id=f"scale:{name}", words=words["scales"][name]) for name in self._answered()],
            "helped": list(self._said("helped")),
            "hurt": list(self._said("hurt")),
            "homework": list(self._homework()),
            "next": [
                Thing(id=f"next:{id_}", words=line)
                for id_, line in take_along.questions(self._book, self._during)
            ],
            "about": [Thing(id="name", words=words["name"].format(name=self._book.name))],
        }

    def _said(self, field: str) -> Iterator[Thing]:
        """What was written about each session, the last one first."""
        for held in reversed(self._held):
            reflection = held.page.reflection
            text = getattr(reflection.entry, field) if reflection else ""
            if text.strip():
                label = self._words["session"].format(number=held.number, day=day(held.on))
                yield Thing(id=f"{field}:{held.page.session.id}", words=text, label=label)

    def _homework(self) -> Iterator[Thing]:
        words = self._words["homework"]
        for each in take_along.homework(self._book, self._during):
            done = [log.entry for log in logs(self._book, each.id) if self._during.holds(log.entry.on)]
            label = words["open"]
            if done:
                helped = words["helped"].get(done[-1].helped, "")
                label = words["came"].format(done=words[done[-1].done], day=day(done[-1].on)) + helped
            elif each.entry.by:
                label = words["by"].format(day=day(each.entry.by))
            yield Thing(id=f"homework:{each.id}", words=each.entry.what, label=label)

    def _answered(self) -> dict[str, list[tuple[date, int]]]:
        """The answers on each scale that has any, in time order."""
        found: dict[str, list[tuple[date, int]]] = {}
        for name in SCALES:
            entries = [(held.on, held.page.reflection) for held in self._held if held.page.reflection]
            answers = [(on, getattr(each.entry, name)) for on, each in entries if each]
            answers = [(on, answer) for on, answer in answers if answer is not None]
            if answers:
                found[name] = answers
        return found

    def made(self) -> Made:
        """The page for what is ticked, or in words why there is none."""
        words, ticked = self._words, self._ticked()
        ticked, left = _readable(ticked)
        said = [
            words["cannot_draw"].format(what=_short(each.words), letters=" ".join(letters))
            for each, letters in left
        ]
        if "t_score" in self._choice.ticks and self._score(self._standings(ticked)) is None:
            said.append(words["t_score"]["none"])
        with formats.as_the_house():
            notes = self._notes(ticked)
        try:
            page = typeset(notes)
        except TooLong as error:
            return Made(said=[self._too_long(error, ticked), *said])
        return Made(said=[words["fits"], *said], file=page.pdf, picture=page.picture, words=notes.in_words())

    def _ticked(self) -> dict[str, list[Thing]]:
        return {
            name: [each for each in things if each.id in self._choice.ticks]
            for name, things in self._things().items()
        }

    def _too_long(self, error: TooLong, ticked: Mapping[str, Sequence[Thing]]) -> str:
        words = self._words["too_long"]
        one, several = words["lines"]
        lines = (one if error.lines == 1 else several).format(count=error.lines)
        things = {each.id: each.words for part in ticked.values() for each in part} | {
            name: self._words["parts"][name] for name in ("goals", "scales")
        }
        named = [f"“{_short(things[each])}”" for each in error.leave_out]
        if named:
            return str(words["leave_out"].format(lines=lines, what=words["and"].join(named)))
        return str(words["several"].format(lines=lines))

    def _notes(self, ticked: Mapping[str, Sequence[Thing]]) -> Notes:
        passages = {
            name: tuple(Passage(id=each.id, words=each.words, label=each.label) for each in ticked[name])
            for name in ("helped", "hurt", "homework", "next")
        }
        parts = [
            self._goals(ticked),
            self._scales(ticked),
            *(Part(title=self._words["parts"][name], passages=said) for name, said in passages.items()),
        ]
        return Notes(
            title=self._words["page"]["title"],
            about=tuple(self._about()),
            parts=tuple(part for part in parts if part.drawing or part.passages),
            foot=self._words["page"]["foot"],
            paper="us-letter" if self._choice.paper == "us-letter" else "a4",
            author="".join(each.words for each in ticked["about"]),
            language=LOCALE,
        )

    def _about(self) -> list[str]:
        """The period, and how many sessions it held."""
        words = self._words["page"]
        since = self._choice.since or (self._held[0].on if self._held else None)
        until = self._choice.until or today()
        period = words["period"].format(since=day(since), until=day(until)) if since else day(until)
        return [period, _counted(self._held, words)]

    def _goals(self, ticked: Mapping[str, Sequence[Thing]]) -> Part:
        """The ladders of the goals that are ticked, by one's own ratings in the period."""
        from workbook.charts import draw_goals, to_svg

        title, standings = self._words["parts"]["goals"], self._standings(ticked)
        if not standings:
            return Part(title=title)
        score = self._score(standings)
        finding = _goals_finding(standings, self._words["moved"])
        if "t_score" in self._choice.ticks and score is not None:
            finding += " " + self._words["t_score"]["said"].format(score=score)
        each = [_moved(standing, self._words["moved"]) for standing in standings]
        svg = to_svg(draw_goals(standings, "paper"), _print_in())
        return Part(
            title=title,
            finding=finding,
            drawing=Drawing(id="goals", svg=svg, alt=" ".join([finding, *each])),
        )

    def _standings(self, ticked: Mapping[str, Sequence[Thing]]) -> list[Standing]:
        titles = {each.id.removeprefix("goal:"): each.words for each in ticked["goals"]}
        book = self._book
        ratings = book.frame(GoalRating)
        days = ratings["on"].dt.date
        own = ratings["id"].isin([each.id for each in book.own(GoalRating)])
        found = goals.standings(book.frame(Goal), ratings[own & days.map(self._during.holds).astype(bool)])
        return [replace(each, title=titles[each.goal]) for each in found if each.goal in titles]

    def _score(self, standings: Sequence[Standing]) -> float | None:
        """The T-score of the goals that were rated; None where none was."""
        rated = [(each.now, each.importance * each.difficulty) for each in standings if each.now is not None]
        return goals.t_score([now for now, _ in rated], [weight for _, weight in rated]) if rated else None

    def _scales(self, ticked: Mapping[str, Sequence[Thing]]) -> Part:
        """Dots and medians of the scales that are ticked, and what each shows in words."""
        from workbook.charts import draw_scales, to_svg
        from workbook.insight.change import scale_finding, trend

        title, answered = self._words["parts"]["scales"], self._answered()
        names = [each.id.removeprefix("scale:") for each in ticked["scales"]]
        series = {
            self._words["scales"][name]: ([on for on, _ in answered[name]], [n for _, n in answered[name]])
            for name in names
        }
        if not series:
            return Part(title=title)
        trends = {label: trend(days, values) for label, (days, values) in series.items()}
        said = [f"{label}: {scale_finding(trends[label], series[label][1])}" for label in series]
        finding = measures.in_short(
            self._words["verdicts"], {label: found.verdict for label, found in trends.items()}
        )
        svg = to_svg(draw_scales(series, "paper"), _print_in())
        return Part(
            title=title,
            finding=finding,
            drawing=Drawing(id="scales", svg=svg, alt=" ".join([finding, *said])),
        )


def _readable(
    ticked: Mapping[str, Sequence[Thing]],
) -> tuple[dict[str, list[Thing]], list[tuple[Thing, Any]]]:
    """What is ticked, as it can be drawn; and what can't be, with some of the letters that are missing."""
    import msgspec

    clean = {each.id: readable(each.words, frozenset()) or "" for part in ticked.values() for each in part}
    lacking = missing(clean.values())
    kept: dict[str, list[Thing]] = {name: [] for name in ticked}
    left = []
    for name, things in ticked.items():
        for each in things:
            drawable = readable(clean[each.id], lacking)
            if drawable is None:
                left.append(
                    (each, [letter for letter in dict.fromkeys(clean[each.id]) if letter in lacking][:5])
                )
            else:
                kept[name].append(msgspec.structs.replace(each, words=drawable))
    return kept, left


def _counted(held: Sequence[Held], words: Prose) -> str:
    """How many sessions, and who was there: "12 sessions: 10 together, 2 alone."."""
    if not held:
        return str(words["no_sessions"])
    one, several = words["sessions"]
    counts = Counter(each.who for each in held)
    parts = [words["who"][who].format(count=counts[who]) for who in words["who"] if counts[who]]
    return str((one if len(held) == 1 else several).format(count=len(held), who=", ".join(parts)))


def _goals_finding(standings: Sequence[Standing], words: Prose) -> str:
    rated = [each.now for each in standings if each.now is not None]
    if not rated:
        return str(words["none"])
    reached = sum(now >= goals.AS_HOPED for now in rated)
    said = str(words["finding"].format(reached=reached, rated=len(rated)))
    waiting = len(standings) - len(rated)
    return f"{said} {words['waiting'].format(count=waiting)}" if waiting else said


def _moved(standing: Standing, words: Prose) -> str:
    """One ladder in a sentence: "We eat together: less than hoped on …, as hoped on …."."""
    if not standing.path:
        return str(words["not_rated"].format(title=standing.title))
    ends = standing.path[:1] + standing.path[1:][-1:]
    steps = [words["level"].format(level=words["levels"][str(level)], day=day(on)) for on, level in ends]
    return f"{standing.title}: {', '.join(steps)}."


def _short(text: str) -> str:
    """The beginning of a text, by which its writer knows it again."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1].rstrip() + "…"


def _print_in() -> str:
    """The fonts that charts are printed in, as CSS names them."""
    return ", ".join(f"'{name}'" for name in families()[:4])
