"""What the tone check marks, what it leaves alone, and that any text at all can be given to it."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.insight import rules, tone
from workbook.insight.rules import GOOD, HARSH, RuleFileError

LONGEST = 20_000
JUMBLED = [
    "I", "you", "your", "never", "always", "are", "a", "selfish", "pig", "or", "but", "if", "not",
    ",", ".", "?", "“", "”", "'", "🙃", "\n\n",
]  # fmt: skip


def marked(text: str) -> list[tuple[str, str]]:
    """Each category found, with the words that it marks."""
    return [(each.category, text[each.start : each.end]) for each in tone.check(text).findings]


def categories(text: str) -> set[str]:
    return {category for category, _ in marked(text)}


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("always_never", "You never listen to a word I say."),
        ("always_never", "u always leave it to me"),
        ("always_never", "Not once in eleven years have you asked."),
        ("labelling", "You're a selfish pig."),
        ("labelling", "ur such a child"),
        ("labelling", "You have been so lazy all year."),
        ("blame", "We're in this mess because of you."),
        ("blame", "You ruined Christmas."),
        ("blame", "This is all your fault."),
        ("contempt", "Oh, so now you care."),
        ("contempt", "Husband of the year, everyone."),
        ("contempt", "Do you want a medal?"),
        ("command", "Shut up and listen to me."),
        ("command", "put the phone down. now"),
        ("command", "Get off your arse and sort the cot out tonight."),
        ("ultimatum", "Counselling by Friday or I'm gone."),
        ("ultimatum", "This is your last chance."),
        ("ultimatum", "You've got till Monday, or else you can find somewhere to live."),
        ("threat", "I want a divorce."),
        ("threat", "I'm leaving you."),
        ("threat", "My lawyer will be in touch, I'm done with us."),
        ("diagnosing", "You're a narcissist."),
        ("diagnosing", "It's textbook OCD and you need help."),
        ("diagnosing", "that's your bipolar talking"),
        (
            "kitchen_sink",
            "You forgot the nappies, you were late for the christening, you lied about the money, "
            "you left the door open all night, and the rent is overdue again.",
        ),
        (
            "kitchen_sink",
            "The bills are unpaid, you forgot my birthday, you left the car empty, "
            "you told your mother everything, and the bins are still full.",
        ),
        (
            "kitchen_sink",
            "No milk, wet nappies in the sink, the door unlocked all night, jab missed, and you were late.",
        ),
    ],
)
def test_each_kind_of_harshness_is_marked_as_what_it_is(category: str, text: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize(
    "text",
    [
        "This is not an ultimatum.",
        "I'm not leaving you.",
        "I'm not saying you're lazy.",
        "I don't think you are selfish, I think you are tired.",
        "It isn't because of you.",
        "She never lets me finish, and then you do, and I thank you for it.",
    ],
)
def test_what_is_denied_is_not_marked(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I heard “you never listen” in my father's voice.",
        "Scratched into the desk: “You are a selfish pig.”",
        "‘Because of you we are late’ stood on the mug.",
        'My head goes "you always leave" and I know it isn\'t true.',
        "The card said «you are a selfish pig» and we both laughed.",
    ],
)
def test_what_is_quoted_is_not_marked(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You said I never listen, and you were right.",
        "My mum used to say you were lazy. She was wrong.",
        "I told the girls you never help, and that was unfair of me.",
        "I said you always leave. I was the one who left.",
    ],
)
def test_what_is_reported_is_not_marked(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You always make me laugh.",
        "You are such a good listener.",
        "You never complained, and I love that.",
        "You have always been there for me.",
        "You never once made me feel stupid.",
    ],
)
def test_praise_with_always_and_never_is_not_marked(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm an idiot, and I'm sorry.",
        "I always shut down first. I do.",
        "I've been a coward about it, I know.",
        "I'm such a control freak about the kitchen.",
        "I'll go by myself for a while.",
        "I'll go by myself for a while, and you come if you ever want to.",
        "I'm going to leave the light on for you.",
    ],
)
def test_what_one_says_of_oneself_is_not_marked(text: str) -> None:
    assert marked(text) == []


def test_a_kind_word_that_a_but_takes_back_does_not_spare_what_follows() -> None:
    assert "labelling" in categories("I love you, I do, but you're a coward.")


def test_a_harsh_name_is_marked_in_the_midst_of_a_warm_letter() -> None:
    letter = "I love you.\n\nYou're a selfish pig, and I say it calmly.\n\nCould we talk on Sunday?"
    assert marked(letter) == [("labelling", "You're a selfish pig")]


def test_a_finding_says_why_and_what_could_stand_there() -> None:
    (finding,) = tone.check("You never listen.").findings
    assert (finding.category, finding.start, finding.end) == ("always_never", 0, len("You never listen"))
    assert finding.why
    assert finding.instead


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("👩‍👩‍👧‍👦🙃 ", "You never listen"),
        ("Cafe\u0301, a\u0308o\u030a. ", "You never listen"),
        ("אהבה. ", "You never listen"),
        ("\u202bשלום\u202c. ", "You never listen"),
        ("\r\n\r\n\t", "You never listen"),
    ],
)
def test_a_finding_stands_exactly_where_the_words_do(before: str, words: str) -> None:
    text = f"{before}{words} listen to a word that I say to you about the money."
    assert ("always_never", words) in marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Du hörst mir nie zu, und das ist alles deine Schuld.",
        "Nunca me escuchas y todo esto es culpa tuya.",
        "Tu ne m'écoutes jamais et c'est toujours la même chose.",
        "Ты никогда меня не слушаешь.",
        "你从来不听我说话。",
    ],
)
def test_in_another_language_nothing_is_marked(text: str) -> None:
    report = tone.check(text)
    assert (report.findings, report.language) == ((), "another")


@pytest.mark.parametrize("text", ["", " \n\t ", "🙃", "❤️🔥👩‍👩‍👧", "...", "12 34"])
def test_without_words_there_is_nothing_to_mark(text: str) -> None:
    report = tone.check(text)
    assert (report.findings, report.language) == ((), "none")


@pytest.mark.parametrize("text", ["a", "I", "ß", "é"])
def test_one_letter_is_not_marked(text: str) -> None:
    assert marked(text) == []


def test_pasted_markup_is_read_as_what_it_shows() -> None:
    assert marked("<p class='x'>You&#39;re <b>so</b> selfish.</p>") == [
        ("labelling", "You&#39;re <b>so</b> selfish")
    ]


def test_an_attribute_of_pasted_markup_is_not_read() -> None:
    assert marked('<a title="you never listen" href="#">Sunday at the lake</a>') == []


@pytest.mark.parametrize(
    "text",
    [
        "You hit me again last night. You never stop.",
        "I'm scared of you when you drink, you selfish pig.",
        "You took my passport and you always read my messages.",
        "I'll go if you hit me again.",
        "You wouldn't let me leave the house. You never do.",
        "I could not lift my arm for a week because of you.",
    ],
)
def test_on_words_of_harm_nothing_is_marked_and_the_report_is_silent(text: str) -> None:
    report = tone.check(text)
    assert report == tone.ToneReport(silent=True, language=report.language)
    assert report.silent


@pytest.mark.parametrize(
    "text",
    [
        "I was scared you'd laugh.",
        "It hit me on the bus that I miss you.",
        "We had time to kill before the train.",
        "My mum would kill me if I forgot her birthday.",
        "It's tough being married to a traffic warden.",
        "I hide in the shed when the neighbours sing.",
    ],
)
def test_harmless_idioms_do_not_silence_the_check(text: str) -> None:
    assert not tone.check(text).silent


def test_the_good_parts_of_a_letter_are_named() -> None:
    letter = (
        "I love you, and I'm not leaving. I know I snap when I'm tired, and I'm working on it. "
        "I'd love us to laugh again. Would you come with me once, for an hour? You can say no."
    )
    assert tone.check(letter).has == set(GOOD)


def test_each_category_and_each_good_part_has_a_word_and_a_meaning() -> None:
    assert tuple(tone.labels()) == HARSH
    assert tuple(tone.good_labels()) == GOOD
    assert all(each.label and each.means for each in (*tone.labels().values(), *tone.good_labels().values()))


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_gives_findings_inside_it_and_in_order(text: str) -> None:
    assert_well_placed(text)


@given(st.lists(st.sampled_from(JUMBLED)))
@settings(max_examples=150, deadline=None)
def test_any_jumble_of_harsh_words_gives_findings_inside_it_and_in_order(words: list[str]) -> None:
    assert_well_placed(" ".join(words))


def assert_well_placed(text: str) -> None:
    findings = tone.check(text).findings
    assert list(findings) == sorted(findings)
    assert all(0 <= each.start < each.end <= len(text) for each in findings)
    for category in HARSH:
        same = [each for each in findings if each.category == category]
        assert all(one.end <= other.start for one, other in pairwise(same))


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("x", id="no space"),
        pytest.param("always ", id="one word"),
        pytest.param("you ", id="you"),
        pytest.param("you never listen to me and ", id="no stop"),
        pytest.param("'a ", id="open quotation marks"),
        pytest.param("\"a\" 'b' ", id="quotation marks"),
        pytest.param("but you love you ", id="buts"),
        pytest.param("<p ", id="tags"),
        pytest.param("&#", id="entities"),
        pytest.param("e\u0301", id="combining marks"),
    ],
)
def test_no_text_takes_much_longer_than_an_ordinary_one_of_its_length(piece: str) -> None:
    ordinary = "You came home late again, and I was sick of waiting for you. I never know when to eat. "
    assert took(piece) < 40 * took(ordinary)


def took(piece: str) -> float:
    """Seconds for the longest text that a field holds, made of one piece: the best of two."""
    text = (piece * LONGEST)[:LONGEST]
    seconds = []
    for _ in range(2):
        before = time.perf_counter()
        tone.check(text)
        seconds.append(time.perf_counter() - before)
    return min(seconds)


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('name = "you always"', 'nam = "you always"', "rule"),
        ('category = "labelling"', 'category = "rude"', "you are a ….*“rude” is not a category"),
        ('  "^ {imperative} ... !",', '  "^ {nouns} ... !",', "a push.*no set of words “nouns”"),
        ('  "^ {imperative} ... !",', '  "^ (do|go ... !",', "a push.*not in the notation"),
        ('  "^ {imperative} ... !",', '  "... !",', "a push.*begin with a word"),
        ('  "^ {imperative} ... !",', '  "well?",', "a push.*found everywhere"),
        ('  "^ {imperative} ... !",', '  "(go|come ... in)",', "a push.*only words"),
        ('person = ["you, he, she"]', 'person = ["{person}"]', "words.*“person” names itself"),
        ("[category.blame]", "[category.blaming]", r"category\.bla"),
        ("\n[excuses]", "\n[excuse]", "excuse"),
        ('english = """', "english = '''", "can't be read"),
    ],
)
def test_a_broken_rule_file_is_refused_with_the_rule_and_the_reason(
    right: str, wrong: str, named: str, tmp_path: Path
) -> None:
    broken = tmp_path / "tone.toml"
    whole = rules.FILE.read_text(encoding="utf-8")
    assert right in whole
    broken.write_text(whole.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(RuleFileError, match=f"tone.toml.*{named}"):
        rules.read(broken)


def test_a_rule_without_a_reason_is_refused(tmp_path: Path) -> None:
    given = rules.FILE.read_text(encoding="utf-8")
    why = tomllib.loads(given)["rule"][0]["why"]
    silent = tmp_path / "tone.toml"
    silent.write_text(given.replace(f'why = "{why}"', 'why = " "', 1), encoding="utf-8")
    with pytest.raises(RuleFileError, match="the rule “you always”: it needs a why and an instead"):
        rules.read(silent)


def test_a_missing_rule_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"gone\.toml can't be read"):
        rules.read(tmp_path / "gone.toml")
