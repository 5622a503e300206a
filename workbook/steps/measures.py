"""The charts of what somebody rated: goals, scales, satisfaction. The same ones for one's own numbers and,
where both have agreed to show each other theirs, for the other's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook import content
from workbook.book import Book, diary, numbers
from workbook.book.own import once_frame, own_frame
from workbook.entries import SCALES, Goal, GoalRating, Numbers, Reflection, SatisfactionScore, Session
from workbook.insight.span import ALL_DAYS, Span
from workbook.steps.drawn import Writing, none_of, rests_on, table
from workbook.widgets import Offer, Showing

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.insight.goals import Standing
    from workbook.insight.satisfaction import Course

Prose = dict[str, Any]
OfferFor = Callable[[str, str], Offer]
"""Says what can be done about a scale that fell: its name, its label."""


@dataclass(frozen=True)
class Measures:
    """What one of the two rated: frames in the columns that `insight` wants, each made when it is asked for.

    goals, ratings, scores: of Goal, GoalRating and SatisfactionScore. answers: `on` and the `SCALES`.
    """

    goals: Callable[[], DataFrame]
    ratings: Callable[[], DataFrame]
    answers: Callable[[], DataFrame]
    scores: Callable[[], DataFrame]


def own_measures(book: Book) -> Measures:
    """What the member rated themselves."""
    return Measures(
        goals=lambda: diary.goal_frame(book),
        ratings=lambda: own_frame(book, GoalRating),
        answers=lambda: _answers(book),
        scores=lambda: own_frame(book, SatisfactionScore),
    )


def their_measures(book: Book) -> Measures | None:
    """What the other rated; None unless both have ticked to show each other their numbers."""
    shown = numbers.theirs(book)
    return _measures_of(book, shown) if shown else None


def draw_moving(book: Book, prose: Prose, narrow: bool, during: Span = ALL_DAYS) -> Showing:
    """A ladder for each goal, by one's own ratings: where it began, where it is, and the path between."""
    return show_moving(own_measures(book), prose, narrow, during)


def show_moving(measures: Measures, prose: Prose, narrow: bool, during: Span) -> Showing:
    """Are we moving?"""
    from workbook.charts import draw_goals, to_svg
    from workbook.insight import goals

    standings = goals.standings(measures.goals(), during.of(measures.ratings()))
    if not during.is_all:
        standings = [each for each in standings if each.path]
    ratings = sum(len(each.path) for each in standings)
    if not ratings:
        return Showing(empty=none_of(prose, during))
    return Showing(
        finding=goals.finding(standings),
        rests_on=rests_on(prose, ratings),
        svg=to_svg(draw_goals(standings, "narrow" if narrow else "wide")),
        table=table(
            prose["columns"],
            lambda write: [
                *(_standing_row(each, write) for each in standings),
                _t_score_row(standings, write),
            ],
        ),
    )


def show_way(
    measures: Measures, prose: Prose, narrow: bool, during: Span, offer: OfferFor | None = None
) -> Showing:
    """Which way? prose: of the whole page. offer: what can be done about a scale that fell."""
    from workbook.charts import draw_scales, to_svg
    from workbook.insight.change import scale_finding, trend

    answers = during.of(measures.answers())
    scales = [scale for scale in SCALES if answers[scale].notna().any()]
    if not scales:
        return Showing(empty=none_of(prose["way"], during))
    names = {scale: prose["scales"][scale] for scale in scales}
    series = {names[scale]: (answers["on"], answers[scale]) for scale in scales}
    trends = {label: trend(*each, sized=False) for label, each in series.items()}
    findings = {label: scale_finding(trends[label], values) for label, (_, values) in series.items()}
    verdicts = {label: found.verdict for label, found in trends.items()}
    fallen = [scale for scale in scales if verdicts[names[scale]] == "falling"]
    return Showing(
        finding=in_short(prose["way"]["verdicts"], verdicts),
        alt=" ".join(f"{label}: {words}" for label, words in findings.items()),
        rests_on=rests_on(prose["way"], len(answers)),
        svg=to_svg(draw_scales(series, "narrow" if narrow else "wide", findings)),
        table=table(
            [prose["way"]["columns"][0], *names.values()],
            lambda write: _answer_rows(answers, scales, write),
        ),
        offers=[offer(scale, names[scale]) for scale in fallen] if offer else (),
    )


def show_scores(measures: Measures, prose: Prose, narrow: bool, during: Span) -> Showing:
    """More than noise?"""
    from workbook.charts import draw_scores, to_svg
    from workbook.insight import satisfaction

    courses = satisfaction.courses(during.of(measures.scores()))
    if not courses:
        return Showing(empty=none_of(prose, during))
    labels = {course: course.name or prose["scales"][course.scale] for course in courses}
    return Showing(
        finding=satisfaction.finding(courses, labels),
        rests_on=rests_on(prose, satisfaction.count(courses)),
        svg=to_svg(draw_scores(courses, labels, "narrow" if narrow else "wide")),
        table=table(
            prose["columns"],
            lambda write: [row for course in courses for row in _score_rows(course, labels[course], write)],
        ),
    )


def _standing_row(standing: Standing, write: Writing) -> list[Any]:
    path = standing.path
    first, now = ((write.day(path[place][0]) if path else "") for place in (0, -1))
    return [standing.title, _level(standing.first), first, _level(standing.now), now, len(path)]


def _t_score_row(standings: list[Standing], write: Writing) -> list[Any]:
    """All rated goals taken together, at first and now."""
    from workbook.insight.goals import t_score

    rated = [each for each in standings if each.path]
    weights = [each.importance * each.difficulty for each in rated]
    first, now = (
        write.number(t_score([each.path[place][1] for each in rated], weights)) for place in (0, -1)
    )
    label = content.prose("charts")["moving"]["t_score"]
    return [label, first, "", now, "", sum(len(each.path) for each in rated)]


def _level(level: int | None) -> str:
    return "" if level is None else f"{level:+d}".replace("-", "−").replace("+0", "0")


def in_short(words: Prose, verdicts: Mapping[str, str]) -> str:
    """Which scales go which way, in the order of the words.

    words: a sentence for each verdict. verdicts: one for each scale.
    """
    labels = {each: [label for label, verdict in verdicts.items() if verdict == each] for each in words}
    return " ".join(words[each].format(labels=", ".join(found)) for each, found in labels.items() if found)


def _answer_rows(answers: DataFrame, scales: list[str], write: Writing) -> list[list[Any]]:
    columns = [answers[scale].astype("object").where(answers[scale].notna(), "") for scale in scales]
    days = [write.date(on) for on in answers["on"].to_numpy("datetime64[D]").tolist()]
    return [list(row) for row in zip(days, *columns, strict=True)]


def _score_rows(course: Course, label: str, write: Writing) -> list[list[Any]]:
    norm = course.norm
    known = [write.number(norm.cut_off), norm.smallest] if norm else ["", ""]
    first = course.path[0][1]
    return [[label, write.date(on), total, _level(total - first), *known] for on, total in course.path]


def _answers(book: Book) -> DataFrame:
    """One row for each session with an answer on any scale: the day and the scales, in time order."""
    sessions = book.frame(Session)[["id", "on"]].rename(columns={"id": "session"})
    reflections = own_frame(book, Reflection)[["session", *SCALES]]
    answers = reflections.merge(sessions, on="session").dropna(subset=list(SCALES), how="all")
    return answers.sort_values("on", kind="stable").reset_index(drop=True)


def _measures_of(book: Book, shown: Numbers) -> Measures:
    """The other's numbers; their goals are those that both can read, under the key that both know."""
    from pandas import DataFrame, to_datetime

    goals = numbers.common_goals(book)
    keys = {each.id: key for key, each in goals.items()}
    known = once_frame(book, Goal)
    ratings = DataFrame(shown.levels, columns=["goal", "on", "level"])
    scores = DataFrame(shown.scores, columns=["scale", "on", "total"]).assign(name="", highest=None)
    answers = DataFrame([(on, *values) for on, values in shown.answers], columns=["on", *SCALES]).astype(
        dict.fromkeys(SCALES, "Int8")
    )
    for frame in (ratings, scores, answers):
        frame["on"] = to_datetime(frame["on"])
        frame["written_at"] = range(len(frame))
    return Measures(
        goals=lambda: known[known["id"].isin(list(keys))].assign(id=lambda frame: frame["id"].map(keys)),
        ratings=lambda: ratings,
        answers=lambda: answers.sort_values("on", kind="stable").reset_index(drop=True),
        scores=lambda: scores,
    )
