"""The charts: what one opens after a session, each a question with its finding and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.book import Book
from workbook.content import day
from workbook.entries import SCALES, Goal, GoalRating, Reflection, Session
from workbook.steps.page import Page, page
from workbook.widgets import Showing, Table

if TYPE_CHECKING:
    from pandas import DataFrame

Prose = dict[str, Any]


@page("charts", part="around", order=2)
def charts(p: Page) -> None:
    """Are we moving, and which way?"""
    p.opening()
    moving, way = p.text["moving"], p.text["way"]
    p.chart(moving["question"], lambda narrow: draw_moving(p.book, moving, narrow), height=420)
    p.chart(way["question"], lambda narrow: draw_way(p.book, p.text, narrow), height=760)


def draw_moving(book: Book, prose: Prose, narrow: bool) -> Showing:
    """A ladder for each goal, by one's own ratings: where it began, where it is, and the path between."""
    from workbook.charts import draw_goals, to_svg
    from workbook.insight import goals

    standings = goals.standings(book.frame(Goal), _own(book, GoalRating))
    ratings = sum(len(each.path) for each in standings)
    if not ratings:
        return Showing(empty=prose["empty"])
    rows = [
        [
            each.title,
            _level(each.first),
            _first_day(each.path, 0),
            _level(each.now),
            _first_day(each.path, -1),
            len(each.path),
        ]
        for each in standings
    ]
    return Showing(
        finding=goals.finding(standings),
        rests_on=_rests_on(prose, ratings),
        svg=to_svg(draw_goals(standings, "narrow" if narrow else "wide")),
        table=Table(prose["columns"], rows),
    )


def draw_way(book: Book, prose: Prose, narrow: bool) -> Showing:
    """One's own answers on each scale, session by session, with the trend in words."""
    from workbook.charts import draw_scales, to_svg
    from workbook.insight.change import scale_finding, trend

    answers = _answers(book)
    if answers.empty:
        return Showing(empty=prose["way"]["empty"])
    labels = {prose["scales"][scale]: answers[scale] for scale in SCALES if answers[scale].notna().any()}
    series = {label: (answers["on"], values) for label, values in labels.items()}
    trends = {label: trend(answers["on"], values) for label, values in labels.items()}
    findings = {label: scale_finding(trends[label], values) for label, values in labels.items()}
    rows = [
        [f"{row['on']:%Y-%m-%d}", *("" if value is None else value for value in row["answers"])]
        for row in _rows(answers, [scale for scale in SCALES if prose["scales"][scale] in labels])
    ]
    return Showing(
        finding=_in_short(
            prose["way"]["verdicts"], {label: found.verdict for label, found in trends.items()}
        ),
        alt=" ".join(f"{label}: {words}" for label, words in findings.items()),
        rests_on=_rests_on(prose["way"], len(answers)),
        svg=to_svg(draw_scales(series, "narrow" if narrow else "wide", findings)),
        table=Table([prose["way"]["columns"][0], *labels], rows),
    )


def _in_short(words: Prose, verdicts: dict[str, str]) -> str:
    """Which scales go which way, those that move first."""
    said = []
    for verdict, sentence in words.items():
        labels = [label for label, found in verdicts.items() if found == verdict]
        if labels:
            said.append(sentence.format(labels=", ".join(labels)))
    return " ".join(said)


def _own(book: Book, kind: type[Any]) -> DataFrame:
    """One's own entries of a kind, each once; the other's values never reach a chart."""
    frame = book.frame(kind)
    return frame[frame["id"].isin([each.id for each in book.own(kind)])]


def _answers(book: Book) -> DataFrame:
    """One row for each session with an answer on any scale: the day and the scales, in time order."""
    sessions = book.frame(Session)[["id", "on"]].rename(columns={"id": "session"})
    reflections = _own(book, Reflection)[["session", *SCALES]]
    answers = reflections.merge(sessions, on="session").dropna(subset=list(SCALES), how="all")
    return answers.sort_values("on", kind="stable").reset_index(drop=True)


def _rows(answers: DataFrame, scales: list[str]) -> list[dict[str, Any]]:
    columns = [answers[scale].astype("object").where(answers[scale].notna(), None) for scale in scales]
    return [{"on": on, "answers": values} for on, *values in zip(answers["on"], *columns, strict=True)]


def _rests_on(prose: Prose, count: int) -> str:
    one, several = prose["rests_on"]
    return str(one if count == 1 else several).format(count=count)


def _level(level: int | None) -> str:
    return "" if level is None else f"{level:+d}".replace("-", "−").replace("+0", "0")


def _first_day(path: Any, place: int) -> str:
    return day(path[place][0]) if path else ""
