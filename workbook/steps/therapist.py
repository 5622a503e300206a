"""Step 9, select your therapist together: names, what counts, a vote in which a no needs no reason."""

from __future__ import annotations

from typing import Any

from workbook import content
from workbook.book import Written, agreements, candidates
from workbook.content import today
from workbook.entries import Candidate, Criterion, Decision
from workbook.formats import day, money
from workbook.steps import agreeing, voting
from workbook.steps.collection import Kept
from workbook.steps.page import Page, page
from workbook.steps.together import Together
from workbook.widgets import Card, Prose, Rated, Ratings, Sheet, Weighed, Weights, read_values

Values = dict[str, Any]

FIRST = ("name", "fee", "contact")
MORE = (
    "consultation",
    "approach",
    "share_of_couples",
    "licence",
    "licence_checked",
    "gender",
    "languages",
    "faith_or_culture",
    "distance",
    "online",
    "hours",
    "sees_each_alone",
    "asks_about_violence",
    "secrets",
    "notes",
)
SHORT = ("approach", "distance", "hours", "notes")
"""What a card tells beside the contact; all the rest is in its form."""
OPEN = ("licence_checked", "gender", "online", "sees_each_alone", "asks_about_violence")
"""Choices of which "not known" is one."""


@page("therapist", part="partner", number=9)
def therapist(p: Page) -> None:
    """The names, a sheet for the telephone, what counts, the vote and what comes of it, a decision."""
    p.opening()
    _names(p)
    sheet = p.text["call"]
    p.add(Sheet(sheet["title"], sheet["items"], intro=sheet["intro"], answers=sheet["answers"]))
    _criteria(p)
    _ratings(p)
    voting.vote(p)
    _decide(p)


# The names


def _names(p: Page) -> None:
    p.entries(
        "candidate",
        Kept(
            kind=Candidate,
            prose=_with_not_known(p),
            first=FIRST,
            more=MORE,
            describe=lambda candidate: _card(p, candidate),
            erase=lambda candidate: candidates.erase(p.book, candidate),
            order=lambda candidate: candidate.written_at,
            room="ours" if p.book.has_ours else "mine",
        ),
    )


def _with_not_known(p: Page) -> dict[str, Any]:
    """The prose of the names; what need not be known has an option that says so."""
    fields, answers = p.text["fields"], p.text["answers"]
    not_known = {"value": None, "label": answers["not_known"]}
    yes_or_no = [{"value": True, "label": answers["yes"]}, {"value": False, "label": answers["no"]}]
    told = {
        name: fields[name]
        | {"kind": "choice", "options": [not_known, *fields[name].get("options", yes_or_no)]}
        for name in OPEN
    }
    return {name: p.text[name] for name in ("form", "cards")} | {"fields": fields | told}


def _card(p: Page, written: Written[Candidate]) -> Card:
    entry, words, fields = written.entry, p.text["cards"], p.text["fields"]
    lines = [(words["contact"], entry.contact)]
    lines += [(f"{fields[name]['label']}:", getattr(entry, name)) for name in SHORT]
    meta = [
        words["fee"].format(fee=money(entry.fee, p.book.settings().currency))
        if entry.fee is not None
        else "",
        words["consultation"].format(day=day(entry.consultation)) if entry.consultation else "",
    ]
    return Card(
        id=written.id,
        title=entry.name,
        meta=" · ".join(filter(None, meta)),
        lines=tuple(line for line in lines if line[1]),
    )


# What counts, and ratings


def begun(p: Page) -> list[str]:
    """The names of the criteria that everyone begins with."""
    return list(p.text["criteria"]["begun"])


def _counting(p: Page) -> list[Weighed]:
    given = begun(p)
    return [
        Weighed(name=each.name, weight=each.weight, must_have=each.must_have, given=each.name in given)
        for each in candidates.criteria(p.book, p.book.name, given)
    ]


def _criteria(p: Page) -> None:
    p.form(
        "criteria", Weights(p.text["criteria"], _counting(p), on_save=lambda typed: _keep_criteria(p, typed))
    )


def _keep_criteria(p: Page, typed: Values) -> Values:
    wanted = [
        Criterion(name=str(row["name"]), weight=int(row["weight"]), must_have=bool(row["must_have"]))
        for row in typed["rows"]
    ]
    candidates.keep_criteria(p.book, wanted, begun(p))
    p.wrote()
    return typed


def _ratings(p: Page) -> None:
    ratings = Ratings(
        lambda: (
            [Rated(each.key, each.entry.name) for each in p.book.once(Candidate)],
            [each for each in _counting(p) if each.weight],
        ),
        p.text["ratings"],
        scores=candidates.ratings(p.book, p.book.name),
        on_save=lambda typed: _keep_ratings(p, typed),
    )
    p.on_change(ratings.refresh)
    p.form("ratings", ratings)


def _keep_ratings(p: Page, typed: Values) -> Values:
    known = candidates.names(p.book)
    scores = {key: dict(given) for key, given in typed["scores"].items() if key in known}
    candidates.keep_ratings(p.book, scores)
    p.wrote()
    return {"scores": scores}


# Deciding


def _decide(p: Page) -> None:
    """One proposes, the other agrees; while one is alone, or nobody is listed, a sentence stands there."""
    nothing = p.add(Prose(p.text["decision"]["waits"]))
    kept = Kept(
        kind=Decision,
        prose=_decision_words(p),
        first=("candidate", "note"),
        describe=lambda decision: _decided(p, decision),
        in_full=lambda decision: _decision_in_full(p, decision),
        read=lambda typed: read_values(Decision, typed) | {"on": today()},
        order=lambda decision: (not agreements.stands(p.book, decision), -decision.written_at.timestamp()),
        answers={agreeing.NAME: lambda decision, said: agreeing.answer(p, decision, said)},
        room="ours",
        can_change=False,
    )
    decided = p.entries("decision", kept)
    waiting, asking = Together(p, nothing), Together(p, decided.form)
    listed = Together(p, decided.slot.box, decided.cards)

    def follow() -> None:
        kept.prose = content.with_common(_decision_words(p))
        decided.form.set_fields(kept.fields(kept.first))
        possible = p.book.has_ours and bool(candidates.in_the_vote(p.book))
        asking.show(possible)
        waiting.show(not possible)
        listed.show(possible or bool(p.book.entries(Decision)))

    p.on_change(follow)
    follow()


def _decision_words(p: Page) -> dict[str, Any]:
    """The prose of this part, with the names that can be chosen, the suggested ones first."""
    words = p.text["decision"]
    named = {each.key: each.entry.name for each in candidates.in_the_vote(p.book)}
    suggested = [key for key in voting.suggested(p) if key in named]
    options = {key: named[key] for key in [*suggested, *(key for key in named if key not in suggested)]}
    fields = words["fields"] | {"candidate": words["fields"]["candidate"] | {"options": options}}
    return dict(words) | {"fields": fields}


def _decided(p: Page, written: Written[Decision]) -> Card:
    words, entry = p.text["decision"], written.entry
    lines = (("", agreeing.standing(p, written)), (words["note"], entry.note))
    return Card(
        id=written.id,
        title=_name(p, entry),
        on=entry.on,
        meta=words["proposed"].format(name=written.author, day=day(entry.on)),
        lines=tuple(line for line in lines if line[1]),
        ask=agreeing.ask(p, written, otherwise=False),
        group=words["agreed" if agreements.stands(p.book, written) else "open"],
    )


def _decision_in_full(p: Page, decision: Decision) -> list[tuple[str, str]]:
    fields = p.text["decision"]["fields"]
    told = [(fields["candidate"]["label"], _name(p, decision)), (fields["note"]["label"], decision.note)]
    return [line for line in told if line[1]]


def _name(p: Page, decision: Decision) -> str:
    return candidates.names(p.book).get(decision.candidate, str(p.text["decision"]["unknown"]))
