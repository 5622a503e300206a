"""Step 11, become aware of any sense of stigma: thoughts on cards that turn, and what became of them."""

from __future__ import annotations

from typing import Any

from workbook.book import Written
from workbook.entries import Invalid, Thought
from workbook.steps.collection import Kept, completed
from workbook.steps.page import Page, page
from workbook.steps.together import Together
from workbook.widgets import Card, Deck, DeckCard, Form, Prose, Sheet, fields_of, read_values
from workbook.widgets.fields import typed_values

Values = dict[str, Any]

BACK = ("to_a_friend", "from_where", "agreement")
"""What is asked on the back of a card, below the fact."""
THOUGHT_OF_ONES_OWN = ("statement", *BACK)


@page("stigma", part="partner", number=11)
def stigma(p: Page) -> None:
    """The deck, a thought of one's own, then and now, questions to ask, and what one may want to know."""
    p.opening()
    turning = Turning(p)
    p.entries(
        "own",
        Kept(
            kind=Thought,
            prose=p.text,
            first=("statement", "whose"),
            describe=lambda thought: _card(p, thought),
            read=lambda typed: _own_thought(p, typed),
            order=lambda thought: -(thought.revised_at or thought.written_at).timestamp(),
            acts={"edit": lambda thought: turning.look_again(thought)},
        ),
    )
    asking = p.text["ask"]
    p.add(Sheet(asking["title"], asking["items"], intro=asking["intro"], room=True))
    p.add(Prose(p.text["about"]["note"]))
    for sheet in p.text["sheets"]:
        p.add(Sheet(sheet["title"], sheet["items"], intro=sheet["intro"]))


class Turning:
    """The deck, and below the card whose back lies open the form for what one makes of it.

    There is one form for all cards; the values in it say under `card` which one they belong to.
    """

    def __init__(self, p: Page) -> None:
        self._p = p
        self.deck = Deck(
            lambda: _deck(p),
            p.text["deck"],
            answered=self._answered,
            turned=self._turned,
            leave=self._leave,
        )
        p.on_change(self._follow)
        p.add(self.deck)
        self.form = p.form("card", Form([], on_save=self._save, save=p.text["card"]["save"]))
        self.form.add_class("wb-deck-form")
        self._back = Together(p, self.form)
        self._take_up_draft()

    def look_again(self, entry_id: str) -> None:
        """Open the back of the card that an entry is about; another one that lies open is kept first."""
        if self._leave():
            self.deck.open_at(_key(self._p, self._p.book.entry(entry_id)))

    def _follow(self) -> None:
        """Show what was written; a card whose thought was erased lies on its front again."""
        if "card" in self.form.values and _thought(self._p, str(self.form.values["card"])) is None:
            self.deck.shut()
        self.deck.refresh()

    def _take_up_draft(self) -> None:
        draft = dict(self.form.values)
        self._turned(None)
        if _thought(self._p, str(draft.get("card", ""))):
            self.deck.open_at(draft["card"], focus=False)
            self.form.take_up(draft)
            self.form.refresh()

    def _answered(self, key: str, answer: str) -> None:
        found = _thought(self._p, key)
        if found:
            self._p.book.revise(found.id, whose=answer)
        else:
            self._p.book.write(Thought(statement=_words(self._p, key), whose=answer))  # type: ignore[arg-type] # the deck knows its answers
        self._p.wrote()

    def _turned(self, key: str | None) -> None:
        """Show the form for the card whose back lies open, or none."""
        found = _thought(self._p, key or "")
        self.form.values = {"card": key, **typed_values(found.entry)} if key and found else {}
        self._back.show(found is not None)
        if not found:
            return
        names = BACK if key in _facts(self._p) else THOUGHT_OF_ONES_OWN
        self.form.fields = fields_of(Thought, names, self._p.text["fields"])
        self.form.say("", "")
        self.form.refresh()

    def _leave(self) -> bool:
        """Keep what was typed on the open back; False where it can't be kept, and says why there."""
        if "card" not in self.form.values:
            return True
        try:
            self._keep(self.form.values)
        except Invalid as error:
            self.form.refuse(error)
            return False
        if self.form.on_draft:
            self.form.on_draft(None)
        return True

    def _save(self, typed: Values) -> Values:
        self._keep(typed)
        self.deck.next(said=self._p.text["deck"]["kept"])
        return {}

    def _keep(self, typed: Values) -> None:
        found = _thought(self._p, str(typed.get("card", "")))
        if found is None:
            raise Invalid("", self._p.text["deck"]["gone"])
        given = {name: typed.get(name) for name in THOUGHT_OF_ONES_OWN}
        _alone_in_deck(self._p, str(given["statement"] or ""), found.id)
        self._p.book.revise(found.id, **completed(Thought, read_values(Thought, given)))
        self._p.wrote()


def _facts(p: Page) -> dict[str, dict[str, str]]:
    """The thoughts that the deck comes with, by their name."""
    return {thought["name"]: thought for thought in p.text["thoughts"]}


def _own(p: Page) -> list[Written[Thought]]:
    """The member's own thoughts, without copies that they shared."""
    return [each for each in p.book.own(Thought) if not each.shared_from]


def _deck(p: Page) -> list[DeckCard]:
    """The cards that everyone has, then one's own."""
    facts, own = _facts(p), _own(p)
    answers = {each.entry.statement: each.entry.whose for each in own}
    known = {fact["words"] for fact in facts.values()}
    common = [
        DeckCard(
            key=name,
            front=fact["words"],
            back=fact["fact"],
            source=fact["source"],
            answer=answers.get(fact["words"], ""),
        )
        for name, fact in facts.items()
    ]
    added = [each for each in own if each.entry.statement not in known]
    return common + [
        DeckCard(
            key=each.id,
            front=each.entry.statement,
            back=p.text["deck"]["own_back"],
            answer=each.entry.whose,
        )
        for each in added
    ]


def _words(p: Page, key: str) -> str:
    return _facts(p)[key]["words"]


def _key(p: Page, thought: Written[Thought]) -> str:
    """The deck's key of the card that a thought is about."""
    names = {fact["words"]: name for name, fact in _facts(p).items()}
    return names.get(thought.entry.statement, thought.id)


def _thought(p: Page, key: str) -> Written[Thought] | None:
    """What one wrote about the card with this key, if anything."""
    return next((each for each in _own(p) if key and _key(p, each) == key), None)


def _own_thought(p: Page, typed: Values) -> Values:
    """A thought that isn't in the deck, refused where it is."""
    _alone_in_deck(p, str(typed.get("statement") or ""), "")
    return read_values(Thought, typed)


def _alone_in_deck(p: Page, statement: str, entry_id: str) -> None:
    """Raise Invalid where another card says the same."""
    if not statement.strip():
        raise Invalid("statement", "write the thought down")
    own = {each.id: _plain(each.entry.statement) for each in _own(p)}
    taken = {*own.values(), *(_plain(fact["words"]) for fact in _facts(p).values())}
    if _plain(statement) in taken - {own.get(entry_id, "")}:
        raise Invalid("statement", p.text["form"]["twice"])


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _card(p: Page, written: Written[Thought]) -> Card:
    """A thought then and now: where an answer changed, the first one stands beside the latest."""
    words, fields, now = p.text["cards"], p.text["fields"], written.entry
    versions = [each.entry for each in p.book.versions(written.id)] if written.revised_at else [now]
    options = fields["whose"]["options"]
    lines = [
        ("", _changed(words, [options[each.whose] for each in versions])),
        (f"{words['agreement']}:", _changed(words, [each.agreement for each in versions])),
    ]
    for name in ("to_a_friend", "from_where"):
        lines += _told(words, fields[name]["label"], [getattr(each, name) for each in versions])
    return Card(id=written.id, title=now.statement, lines=tuple(line for line in lines if line[1]))


def _changed(words: dict[str, str], answers: list[Any]) -> str:
    """A short answer, or the first one and the latest where they differ."""
    given = [answer for answer in answers if answer is not None]
    if not given or answers[-1] is None or given[0] == answers[-1]:
        return "" if answers[-1] is None else str(answers[-1])
    return words["then_now"].format(then=given[0], now=answers[-1])


def _told(words: dict[str, str], label: str, texts: list[str]) -> list[tuple[str, str]]:
    """A text, or the first one and the latest below each other where they differ."""
    given = [text for text in texts if text]
    if not given or given[0] == texts[-1]:
        return [(label, texts[-1])]
    return [(words["at_first"].format(label=label), given[0]), (words["now"], texts[-1])]
