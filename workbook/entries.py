"""Every kind of entry, in one file: all that the book ever writes down.

A kind is a frozen Struct. Its constructor validates nothing; `checked` does, once, when the book
writes it down: types and bounds first, then the kind's own `check` for rules across fields. What a
scale holds is an answer from 0 to 10, or None for unanswered: nothing defaults to an answer.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, get_args, get_type_hints

import msgspec

Room = Literal["mine", "ours"]

LONGEST_TEXT = 20_000
LONGEST_LINE = 300
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Line = Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)]
Scale = Annotated[int, msgspec.Meta(ge=0, le=10)]
Level = Annotated[int, msgspec.Meta(ge=-2, le=2)]
Grade = Annotated[int, msgspec.Meta(ge=1, le=3)]
Tags = Annotated[tuple[Line, ...], msgspec.Meta(max_length=30)]
Levels = tuple[Text, Text, Text, Text, Text]
NotEmpty = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]
Area = Literal[
    "money",
    "chores",
    "parenting",
    "time",
    "closeness",
    "families",
    "work",
    "screens",
    "how we talk",
    "trust",
    "decisions",
    "own",
]
Slip = Literal["value", "hope", "own_part", "ask"]
Obstacle = Literal[
    "not private",
    "tired or hungry",
    "after a quarrel",
    "a deadline",
    "alcohol",
    "children about",
    "in bed",
    "in the car",
]
"""What speaks against a moment."""
Way = Literal[
    "individual therapy",
    "faith leader",
    "book",
    "class or workshop",
    "lecture or podcast",
    "online programme",
    "support group",
    "retreat",
    "doctor",
    "discernment counselling",
    "mediation",
    "own",
]
"""The kinds of alternatives to couples therapy, or steps towards it."""
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_LINE)]
"""A line that may not be empty."""
CSI_HIGHEST = {"CSI-4": 21, "CSI-16": 81, "CSI-32": 161}
"""The highest total of each length of the Couples Satisfaction Index (Funk & Rogge 2007)."""
Csi = Literal["CSI-4", "CSI-16", "CSI-32"]
HIGHEST_OF_ALL = 1000
"""The highest total that a questionnaire of one's own may have."""
Round = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""32 bytes, in hex."""


class Invalid(ValueError):  # noqa: N818 - named for what the entry is, as the reader meets it
    """An entry, or one field of it, breaks a rule. Nothing was written."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}" if field else rule)
        self.field = field
        self.rule = rule


class Entry(msgspec.Struct, kw_only=True, frozen=True, tag=True, gc=False):
    """What every kind shares: it can check rules that no single field can express."""

    def check(self) -> None:
        """Raise Invalid where fields do not fit together."""


class Session(Entry, kw_only=True, frozen=True):
    """One therapy session. Its number is counted, not stored."""

    on: date
    together: Literal["alone", "together", "partner"] = "together"
    with_whom: Line = ""
    place: Line = ""
    agenda: Text = ""
    tags: Tags = ()
    paid: Decimal | None = None

    def check(self) -> None:
        plausible_date("on", self.on)
        plausible_amount("paid", self.paid)


class Reflection(Entry, kw_only=True, frozen=True):
    """How one member found a session. Scales 0–10, higher is better; None is unanswered."""

    session: str
    understood: Scale | None = None
    mattered: Scale | None = None
    pace: Scale | None = None
    closeness: Scale | None = None
    hope: Scale | None = None
    helped: Text = ""
    hurt: Text = ""
    takeaway: Text = ""


class Goal(Entry, kw_only=True, frozen=True):
    """What someone hopes will change, and how they would notice."""

    title: Name
    today: Text = ""
    good_enough: Text = ""
    levels: Levels | None = None
    importance: Grade = 1
    difficulty: Grade = 1
    until: date | None = None

    def check(self) -> None:
        if not self.title.strip():
            raise Invalid("title", "a goal needs a title")
        plausible_date("until", self.until)


class GoalRating(Entry, kw_only=True, frozen=True):
    """Where a goal stands: −2 much less than hoped, 0 as hoped, +2 much more."""

    goal: str
    level: Level
    on: date
    seen: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)


class Loop(Entry, kw_only=True, frozen=True):
    """A quarrel that comes back, seen from one's own side."""

    name: Line = ""
    area: Area | None = None
    happens: Text = ""
    does: Text = ""
    underneath: Text = ""
    looks: Text = ""
    next_time: Text = ""
    step_out: Literal["happens", "does", "underneath", "looks"] | None = None
    heat: Scale | None = None

    def check(self) -> None:
        if not (self.name.strip() or self.happens.strip() or self.does.strip()):
            raise Invalid("happens", "write what happens, or what you do")


class LoopCheck(Entry, kw_only=True, frozen=True):
    """How a loop was this week: whether one tried the next step, and how hot it was (0–10)."""

    loop: str
    on: date
    tried: Literal["yes", "a little", "no chance"]
    heat: Scale | None = None
    note: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)


class Helps(Entry, kw_only=True, frozen=True):
    """Something that one does already, and that helps."""

    does: NotEmpty


class Plan(Entry, kw_only=True, frozen=True):
    """A long-term commitment: so many sessions, in this rhythm.

    every_days: days between sessions. skip: days without one. reviews: after which sessions.
    alone: sessions that each has alone with the therapist, beside those.
    """

    first: date
    sessions: Annotated[int, msgspec.Meta(ge=1, le=104)] = 12
    every_days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 7
    at: time | None = None
    skip: Annotated[tuple[date, ...], msgspec.Meta(max_length=104)] = ()
    reviews: Annotated[tuple[int, ...], msgspec.Meta(max_length=104)] = (4, 8, 12)
    alone: Annotated[int, msgspec.Meta(ge=0, le=50)] | None = None
    why: Text = ""
    joining: Text = ""

    def check(self) -> None:
        plausible_date("first", self.first)
        for skipped in self.skip:
            plausible_date("skip", skipped)
        if any(review < 1 for review in self.reviews):
            raise Invalid("reviews", "a review comes after the first session at the earliest")


class GamePlan(Entry, kw_only=True, frozen=True):
    """What one works on with the therapist, in the therapist's words; since a session, if one is named."""

    lines: Annotated[tuple[Line, ...], msgspec.Meta(max_length=3)]
    session: str | None = None

    def check(self) -> None:
        if not any(line.strip() for line in self.lines):
            raise Invalid("lines", "write at least one line")


class Assignment(Entry, kw_only=True, frozen=True):
    """Something practical to do between sessions. minutes: how long it takes."""

    what: Name
    by: date | None = None
    whom: Literal["me", "partner", "both"] = "me"
    repeats: Literal["none", "daily", "weekly", "until the next session"] = "none"
    minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] | None = None

    def check(self) -> None:
        if not self.what.strip():
            raise Invalid("what", "write what is to be done")
        plausible_date("by", self.by)


class AssignmentLog(Entry, kw_only=True, frozen=True):
    """What became of an assignment on a day."""

    assignment: str
    on: date
    done: Literal["done", "partly", "not this time"]
    helped: Literal["helped", "didn't", "unsure"] | None = None
    noticed: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)


class FeePlan(Entry, kw_only=True, frozen=True):
    """What a course of therapy costs at one practice, and what insurance pays of it.

    Amounts in the book's currency; coinsurance is a share, 0–1. every_days: days between sessions.
    """

    label: Name
    fee: Decimal
    first: date
    sessions: Annotated[int, msgspec.Meta(ge=1, le=520)] = 12
    every_days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 7
    cover: Literal["none", "in_network", "out_of_network"] = "none"
    allowed: Decimal | None = None
    deductible_left: Decimal = Decimal(0)
    out_of_pocket_left: Decimal | None = None
    coinsurance: Decimal = Decimal(0)
    copay: Decimal | None = None
    copay_before_deductible: bool = False
    plan_year_ends: date | None = None
    next_deductible: Decimal | None = None
    next_out_of_pocket: Decimal | None = None
    extra: Decimal = Decimal(0)

    def check(self) -> None:
        plausible_date("first", self.first)
        plausible_date("plan_year_ends", self.plan_year_ends)
        for field in AMOUNTS:
            plausible_amount(field, getattr(self, field))
        if not self.coinsurance.is_finite() or not 0 <= self.coinsurance <= 1:
            raise Invalid("coinsurance", "write a share between 0 and 1: 20 % is 0.2")
        if self.plan_year_ends is not None and self.plan_year_ends < self.first:
            raise Invalid("plan_year_ends", "the plan year can't end before the first session")


AMOUNTS = (
    "fee",
    "allowed",
    "deductible_left",
    "out_of_pocket_left",
    "copay",
    "next_deductible",
    "next_out_of_pocket",
    "extra",
)
"""The fields of a FeePlan that are amounts of money."""


class CoverCall(Entry, kw_only=True, frozen=True):
    """Notes of a call to a practice or an insurer. answers: what was said, by the question's name."""

    on: date
    called: Line = ""
    who: Line = ""
    reference: Line = ""
    answers: dict[str, Text] = {}

    def check(self) -> None:
        plausible_date("on", self.on)


class Affordable(Entry, kw_only=True, frozen=True):
    """What one can manage a month, in the book's currency."""

    a_month: Decimal

    def check(self) -> None:
        plausible_amount("a_month", self.a_month)


class Invitation(Entry, kw_only=True, frozen=True):
    """An invitation to come along: four slips, and the letter that they join into.

    value: what I value. hope: what I'd like for us and will change. own_part. ask: a small ask with a
    free way out. order: the slips as they are put. way: whether it is to be said or given to read.
    """

    value: Text = ""
    hope: Text = ""
    own_part: Text = ""
    ask: Text = ""
    order: Annotated[tuple[Slip, ...], msgspec.Meta(max_length=4)] = ("value", "hope", "own_part", "ask")
    way: Literal["spoken", "written"] | None = None

    def check(self) -> None:
        if not any(slip.strip() for slip in (self.value, self.hope, self.own_part, self.ask)):
            raise Invalid("value", "write at least one of the four slips")
        if len(set(self.order)) != len(self.order):
            raise Invalid("order", "each slip has one place")


class Moment(Entry, kw_only=True, frozen=True):
    """A moment at which one thinks of asking, and what is plainly against it."""

    on: date
    at: time
    where: Line = ""
    ticks: Annotated[tuple[Obstacle, ...], msgspec.Meta(max_length=20)] = ()

    def check(self) -> None:
        plausible_date("on", self.on)


class Talk(Entry, kw_only=True, frozen=True):
    """How it went when one asked. agreed: the day on which the partner wants to come back to it."""

    on: date
    answer: Literal["yes", "not yet", "no", "no answer yet"]
    agreed: date | None = None
    went: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)
        plausible_date("agreed", self.agreed)
        if self.agreed is not None and self.agreed < self.on:
            raise Invalid("agreed", "the day you agreed on can't be before the talk")


class Raised(Entry, kw_only=True, frozen=True):
    """The partner brought it up themselves."""

    on: date

    def check(self) -> None:
        plausible_date("on", self.on)


class Trial(Entry, kw_only=True, frozen=True):
    """A test drive: one visit, with leave to stop there."""

    kind: Literal["first consultation", "own session"] = "first consultation"
    with_whom: Line = ""
    on: date | None = None
    worth_it: Text = ""
    worry: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)


class TrialAnswer(Entry, kw_only=True, frozen=True):
    """Whether one would go again, after a test drive."""

    trial: str
    again: Literal["yes", "maybe", "no"]
    note: Text = ""


class FirstSession(Entry, kw_only=True, frozen=True):
    """What one brings to a first session: a hope, a worry, and where please not to begin."""

    hope: Text = ""
    worry: Text = ""
    please_dont: Text = ""

    def check(self) -> None:
        if not any(words.strip() for words in (self.hope, self.worry, self.please_dont)):
            raise Invalid("hope", "write at least one of the three")


class Thought(Entry, kw_only=True, frozen=True):
    """A thought about therapy that may keep one away. agreement: how much one agrees, 0–10."""

    statement: Name
    whose: Literal["mine", "someone's", "no"]
    agreement: Scale | None = None
    from_where: Text = ""
    to_a_friend: Text = ""


class Alternative(Entry, kw_only=True, frozen=True):
    """Something to do instead of couples therapy, or before it."""

    what: Name
    kind: Way = "own"
    who: Line = ""
    cost: Line = ""
    takes: Line = ""
    link: Line = ""


class Sorting(Entry, kw_only=True, frozen=True):
    """How one member sorted the cards: by a way's name, or the id of an Alternative."""

    places: dict[str, Literal["now", "maybe", "not for me"]]


class AlternativeTry(Entry, kw_only=True, frozen=True):
    """An alternative that is tried from a day on, and what became of it.

    tries: a way's name, or the id of an Alternative. look_again: when one looks at it again.
    """

    tries: Line
    since: date
    look_again: date | None = None
    became: Literal["kept", "stopped", "on to therapy"] | None = None

    def check(self) -> None:
        plausible_date("since", self.since)
        plausible_date("look_again", self.look_again)
        if self.look_again is not None and self.look_again < self.since:
            raise Invalid("look_again", "choose a day after the one you begin on")


class Criterion(Entry, kw_only=True, frozen=True):
    """What one looks for in a therapist. weight: how much it counts, 0–5."""

    name: Name
    must_have: bool = False
    weight: Annotated[int, msgspec.Meta(ge=0, le=5)] = 3

    def check(self) -> None:
        if not self.name.strip():
            raise Invalid("name", "a criterion needs a name")


class Candidate(Entry, kw_only=True, frozen=True):
    """A therapist who might be asked. share_of_couples: of their practice, in per cent."""

    name: Name
    contact: Text = ""
    fee: Decimal | None = None
    licence: Line = ""
    licence_checked: bool | None = None
    approach: Line = ""
    share_of_couples: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    distance: Line = ""
    online: bool | None = None
    hours: Line = ""
    gender: Literal["woman", "man", "non-binary"] | None = None
    languages: Line = ""
    faith_or_culture: Line = ""
    secrets: Text = ""
    sees_each_alone: bool | None = None
    asks_about_violence: bool | None = None
    consultation: date | None = None
    notes: Text = ""

    def check(self) -> None:
        if not self.name.strip():
            raise Invalid("name", "a candidate needs a name")
        plausible_amount("fee", self.fee)
        plausible_date("consultation", self.consultation)


class CandidateRating(Entry, kw_only=True, frozen=True):
    """How well one member finds that a candidate meets each criterion, 0–10, by the criterion's name."""

    candidate: str
    scores: dict[Line, Scale]


class Ranking(Entry, kw_only=True, frozen=True):
    """The candidates in one member's order, by their ids; the first `acceptable` of them are acceptable."""

    order: tuple[Line, ...]
    acceptable: Annotated[int, msgspec.Meta(ge=0, le=1000)]

    def check(self) -> None:
        if len(set(self.order)) != len(self.order):
            raise Invalid("order", "each candidate can be in an order only once")
        if self.acceptable > len(self.order):
            raise Invalid("acceptable", "no more names can be acceptable than there are")


class Decision(Entry, kw_only=True, frozen=True):
    """A candidate whom one proposes to call; it stands when the other agrees."""

    candidate: str
    on: date
    note: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)


class Agreement(Entry, kw_only=True, frozen=True):
    """One's answer to what the other proposed. to: the id of what was proposed.

    agrees: whether one agrees. One that does not lies in `mine`: it sets the proposal aside for oneself.
    """

    to: str
    agrees: bool = True


class Preference(Entry, kw_only=True, frozen=True):
    """What one prefers in a therapist, and whether one wants sessions alone beside the common ones.

    how: whether the gender is a must. why: stays with its writer.
    """

    gender: Literal["woman", "man", "non-binary", "any"] = "any"
    how: Literal["must", "nice"] = "nice"
    why: Text = ""
    language: Line = ""
    culture: Line = ""
    faith: Line = ""
    lgbtq: Line = ""
    access: Line = ""
    alone: Literal["yes", "maybe", "no"] = "maybe"


class PrivateTopic(Entry, kw_only=True, frozen=True):
    """What one would rather speak of alone with the therapist."""

    topic: NotEmpty
    asked: bool = False
    """Whether one has asked the therapist what becomes of things told alone."""


class SatisfactionScore(Entry, kw_only=True, frozen=True):
    """The total of a questionnaire on satisfaction with the couple, filled in elsewhere.

    scale: one of the three lengths of the Couples Satisfaction Index, or a questionnaire of one's own.
    name, highest: what one's own is called, and its highest possible total.
    """

    scale: Literal["CSI-4", "CSI-16", "CSI-32", "own"]
    total: int
    on: date
    name: Line = ""
    highest: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST_OF_ALL)] | None = None

    def check(self) -> None:
        plausible_date("on", self.on)
        highest = CSI_HIGHEST.get(self.scale, self.highest or HIGHEST_OF_ALL)
        if not 0 <= self.total <= highest:
            what = "this questionnaire" if self.scale == "own" else self.scale
            raise Invalid("total", f"a total of {what} is between 0 and {highest:,}")


class Review(Entry, kw_only=True, frozen=True):
    """What a review at a point of the plan came to. session: the last one before it, by its id."""

    on: date
    session: str = ""
    keep: Text = ""
    change: Text = ""
    stop: Text = ""
    ask: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)
        if not any(box.strip() for box in (self.keep, self.change, self.stop, self.ask)):
            raise Invalid("keep", "write something in at least one of the four boxes")


class DriveHome(Entry, kw_only=True, frozen=True):
    """What two said to each other after a session; it is kept when the second one agrees to it.

    glad: what one was glad the other said. heard: what one heard, and whether that was right.
    small: one small thing this week.
    """

    on: date
    session: str = ""
    glad: Text = ""
    heard: Text = ""
    small: Text = ""

    def check(self) -> None:
        plausible_date("on", self.on)
        if not any(said.strip() for said in (self.glad, self.heard, self.small)):
            raise Invalid("glad", "write at least one of the three")


class BadNight(Entry, kw_only=True, frozen=True):
    """What one wrote on a bad night and sent to nobody. It stays closed until the hour that one chose."""

    words: NotEmpty
    opens_on: date
    opens_at: time

    def check(self) -> None:
        plausible_date("opens_on", self.opens_on)


class PauseCard(Entry, kw_only=True, frozen=True):
    """How two stop a quarrel: the words that stop it, for how long, and where they go on."""

    phrase: Name
    minutes: Annotated[int, msgspec.Meta(ge=20, le=1440)] = 20
    back: Line = ""


class Noticed(Entry, kw_only=True, frozen=True):
    """One good thing that one noticed. said: when one said so."""

    what: Name
    on: date
    said: date | None = None

    def check(self) -> None:
        plausible_date("on", self.on)
        plausible_date("said", self.said)


class NotHelping(Entry, kw_only=True, frozen=True):
    """What one would say where the therapy does not help: to tell it, to change therapists, or to stop."""

    about: Literal["tell", "change", "stop"]
    words: NotEmpty


class Midway(Entry, kw_only=True, frozen=True):
    """What someone who joins a therapy midway would want the therapist to hear from them."""

    hear: NotEmpty
    know: Text = ""
    fresh: Text = ""


class Ending(Entry, kw_only=True, frozen=True):
    """How the work in this book came to its end, and what is kept from it. booster: a day to look again."""

    how: Literal["finished", "paused", "separated"]
    on: date
    keep: Text = ""
    booster: date | None = None

    def check(self) -> None:
        plausible_date("on", self.on)
        plausible_date("booster", self.booster)
        if self.booster is not None and self.booster < self.on:
            raise Invalid("booster", "choose a day after the end")


class AgendaItem(Entry, kw_only=True, frozen=True):
    """A line for the next session's agenda. on: the day on which it was put there."""

    what: NotEmpty
    on: date

    def check(self) -> None:
        plausible_date("on", self.on)


class Note(Entry, kw_only=True, frozen=True):
    """A day of another journal that was brought in. mood: as it was given there, words or a number."""

    on: date
    text: NotEmpty
    tags: Tags = ()
    mood: Line = ""

    def check(self) -> None:
        plausible_date("on", self.on)


class Skip(Entry, kw_only=True, frozen=True):
    """A step that one has chosen to pass over, until it is taken up again."""

    step: Line


class Later(Entry, kw_only=True, frozen=True):
    """Something that was proposed and put off for a day."""

    thing: Line
    on: date

    def check(self) -> None:
        plausible_date("on", self.on)


class Settings(Entry, kw_only=True, frozen=True):
    """How one member wants the book to behave and to look; "system" looks as the computer does."""

    look: Literal["system", "light", "dark"] = "system"
    idle_minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] = 15
    currency: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}\Z")] = "USD"
    streaks: bool = False
    calendar_title: Line = ""


KINDS: tuple[type[Entry], ...] = tuple(Entry.__subclasses__())
"""Every kind, in the order in which they stand here."""


class Sealed(Entry, kw_only=True, frozen=True):
    """In `mine`: the answer that a commitment stands for, as canonical JSON, and the random key.

    holds: the id of the entry that holds the answer.
    """

    ballot: Line
    round: Round
    answer: Text
    key: Digest
    holds: str


class Commitment(Entry, kw_only=True, frozen=True):
    """In `ours`: that its author has answered. digest: HMAC-SHA-256 in hex, see `workbook.book.ballots`."""

    ballot: Line
    round: Round
    digest: Digest


class Opening(Entry, kw_only=True, frozen=True):
    """In `ours`: what its author's commitment stands for. answers: the digest of the one it answers."""

    ballot: Line
    round: Round
    answer: Text
    key: Digest
    answers: Digest


class Consent(Entry, kw_only=True, frozen=True):
    """In `ours`: its author would show the other something, once the other would, too."""

    to: Line


class Numbers(Entry, kw_only=True, frozen=True):
    """In `ours`: what its author rated, shown to the other while both have ticked. It holds no words.

    levels: (goal, day, level), of goals that both can read. answers: (day, the `SCALES` in their order), of
    sessions that both can read. scores: (scale, day, total), without questionnaires of one's own.
    """

    levels: tuple[tuple[str, date, Level], ...] = ()
    answers: tuple[tuple[date, tuple[Scale | None, ...]], ...] = ()
    scores: tuple[tuple[Csi, date, int], ...] = ()


UNSEEN: tuple[type[Entry], ...] = (Sealed, Commitment, Opening, Consent, Numbers)
"""What ballots and consent rest on: no list, no frame and no export holds it."""
BY_NAME: dict[str, type[Entry]] = {kind.__name__: kind for kind in KINDS}

SCALES: tuple[str, ...] = ("closeness", "understood", "mattered", "pace", "hope")
"""The scales of a Reflection, in the order in which they are asked."""

Kind = TypeVar("Kind", bound=Entry)


def checked(entry: Kind) -> Kind:
    """The entry with its types and bounds enforced and unpaired surrogates replaced.

    Raises Invalid, naming the field and the rule.
    """
    kind = type(entry)
    if kind not in (*KINDS, *UNSEEN):
        raise Invalid("", f"{kind.__name__} is not a kind of entry that this book keeps")
    values = {name: _plain(name, getattr(entry, name)) for name in kind.__struct_fields__}
    try:
        valid = msgspec.convert({"type": kind.__name__, **values}, kind)
    except msgspec.ValidationError as error:
        raise _as_invalid(str(error), kind) from None
    valid.check()
    return valid


def _plain(field: str, value: Any) -> Any:
    """The value in the types that msgspec converts from. Raises Invalid for one of a foreign type."""
    try:
        return msgspec.to_builtins(well_formed(value), builtin_types=(Decimal, date, time, bytes))
    except (TypeError, OverflowError, RecursionError):
        raise Invalid(field, f"a value of the type {type(value).__name__} can't be kept here") from None


def well_formed(value: Any) -> Any:
    """The value with each unpaired surrogate in its texts replaced by U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, tuple | list):
        return tuple(well_formed(item) for item in value)
    if isinstance(value, dict):
        return {well_formed(name): well_formed(item) for name, item in value.items()}
    return value


def plausible_date(field: str, value: date | None) -> None:
    """Raise Invalid for a date that nobody means, such as one in the year 12026."""
    if value is not None and not EARLIEST <= value <= LATEST:
        raise Invalid(field, f"the year should be between {EARLIEST.year} and {LATEST.year}")


def plausible_amount(field: str, value: Decimal | None) -> None:
    """Raise Invalid for an amount of money that is negative, endless or not a number."""
    if value is None:
        return
    if not value.is_finite():
        raise Invalid(field, "an amount should be a number")
    if not 0 <= value <= 1_000_000:
        raise Invalid(field, "an amount should be between 0 and 1,000,000")


def field_types(kind: type[Entry]) -> dict[str, Any]:
    """Each field's type without its bounds, in the order of the fields."""
    return {name: hint for name, hint in get_type_hints(kind).items() if name in kind.__struct_fields__}


_RULES = {
    "`int` <= 2": "choose a level from −2 to +2",
    "`int` >= -2": "choose a level from −2 to +2",
    "`int` <= 3": "choose 1, 2 or 3",
    f"length <= {LONGEST_TEXT}": f"a text can be up to {LONGEST_TEXT:,} characters long",
    f"length <= {LONGEST_LINE}": f"a line can be up to {LONGEST_LINE} characters long",
    "length <= 30": "up to 30 tags",
    "length >= 1": "this can't be empty",
    "got `null`": "this needs an answer",
}

_BOUND = re.compile(r"`int` [<>]= -?\d+$")


def _as_invalid(message: str, kind: type[Entry]) -> Invalid:
    """Invalid for what msgspec found, in words for the person at the screen."""
    rule, _, place = message.partition(" - at `$.")
    field = place.rstrip("`").split("[")[0]
    for pattern, words in _RULES.items():
        if rule.endswith(pattern):
            return Invalid(field, words)
    if _BOUND.search(rule):
        rule = _bounds(get_type_hints(kind, include_extras=True)[field]) or rule
    return Invalid(field, rule)


def _bounds(hint: Any) -> str:
    """What a whole number may be, in words; the hint may be a union with None."""
    for part in (hint, *get_args(hint)):
        for meta in getattr(part, "__metadata__", ()):
            if meta.ge is not None and meta.le is not None:
                return f"choose a number from {meta.ge} to {meta.le}"
    return ""
