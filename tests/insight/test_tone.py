"""What the tone check marks and what it leaves alone: by rules that anyone may read, never a judgement."""

from __future__ import annotations

import time
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import STRINGS_BY_KIND
from workbook.insight import tone
from workbook.insight.patterns import Notation
from workbook.insight.rules import FILE, HARSH, RuleFileError, read

PLAIN = {
    "always_never": ("You always walk out.", "You never listen to me.", "Every single time you are late."),
    "labelling": ("You are so selfish.", "You're a liar.", "you are such a child"),
    "blame": ("This is all your fault.", "You ruined everything.", "It's because of you that we fight."),
    "contempt": ("Well done, genius.", "Oh, poor you.", "Give me a break."),
    "command": ("Stop it now.", "Shut up.", "You need to grow up."),
    "ultimatum": (
        "Come to therapy or else.",
        "This is your last chance.",
        "Either you come with me or we are done.",
    ),
    "threat": ("I'm leaving you.", "I want a divorce.", "I'm packing my bags tonight."),
    "diagnosing": ("You're a narcissist.", "You are bipolar.", "You clearly have a personality disorder."),
    "kitchen_sink": (
        "You forgot the bins, you lied about money, you ignored my mother, you never call, and you drink.",
        "The bins are full, the bill is unpaid, you were late again, you forgot Sam and you left it open.",
        "First you forget my birthday, then you insult my sister, you lie about work, you waste our money, "
        "you ignore the kids and you sulk about it all.",
    ),
}
GENTLE = {
    "denied": (
        "I'm not saying you're lazy.",
        "It isn't that you never listen.",
        "I don't think you're selfish.",
    ),
    "quoted": (
        "I nearly wrote “you never listen” and crossed it out.",
        'Mum used to say "you are so lazy" to me.',
        "He kept shouting 'shut up' in that film.",
    ),
    "reported": (
        "My father told me you are a liar, and I didn't believe him.",
        "You said I always forget, and you have a point.",
        "She says you never call.",
    ),
    "praise": (
        "You always make me laugh.",
        "You are such a good listener.",
        "You never once complained, and I love you for it.",
        "You're always there for me.",
    ),
    "of the writer": (
        "I never listen, I know.",
        "I'm so selfish sometimes.",
        "I am the one who always shuts down.",
        "It's all my fault.",
    ),
    "plain": (
        "I'll go by myself for a while.",
        "I'm leaving work at six.",
        "Could you pick up the bread?",
        "I get sick of the rain.",
        "She never lets me finish.",
    ),
    "of the day": (
        "You left your keys on the table.",
        "Your mum called at six. You can call her back.",
        "You were asleep when I got in. Dinner's in the oven.",
        "You said you were not sure about it.",
        "You have a dentist appointment at 3",
        "When you go out without a word I don't know when to expect you.",
        "I think we need help with how we argue.",
        "What time did you say the train was?",
        "How did you do it last year?",
        "You told me about the place on Mill Road. I looked it up.",
        "I was cross on Sunday. You were late and I had cooked.",
        "On Friday you walked out while I was talking. I stood there and didn't know what to do.",
        "You were on the phone for most of dinner and I ate alone.",
        "Why did you choose the blue one?",
        "Nothing about you is boring.",
        "Call me when you land.",
        "The kids were asking where you were.",
        "Are we still on for seven?",
        "I rang the place. They have a waiting list of six weeks and a sliding fee.",
        "You left before I finished.",
        "I need more notice when your parents visit.",
        "We spend too much. I'd like to see the statements together.",
        "You and the kids were in the pool when I called.",
        "What made you change your mind about the counsellor?",
        "Why didn't you ring? I was worried about the ice.",
        "I'm going to stop smoking in January and I'm telling you so I can't get out of it.",
    ),
}
HARM = (
    "You hit me again last night.",
    "I'm scared of you when you drink.",
    "You took my phone so that I couldn't call my sister.",
    "You said you'd kill yourself if I left.",
    "You never listen, and last night you pushed me down the stairs.",
)
OTHER_TONGUES = (
    "Du hörst mir nie zu und ich bin immer an allem schuld, du bist so egoistisch.",
    "Tu ne m'écoutes jamais et c'est toujours de ma faute, tu es tellement égoïste.",
    "Nunca me escuchas y siempre es culpa mía, eres muy egoísta.",
    "Ты никогда меня не слушаешь, и всегда виновата я.",
    "أنت لا تسمعني أبدا وأنا دائما المخطئ",
    "你从来不听我说话,总是我的错。",
)
ORDINARY = "When the plates stay out I feel alone with it, and I would like us to talk on Sunday. "
LONG, REPEATED = 20_000, 5_000
AT_MOST_TIMES, LEAST_SECONDS = 25, 0.05


def marked(text: str) -> list[tuple[str, str]]:
    return [(found.category, text[found.start : found.end]) for found in tone.check(text).findings]


def seconds(text: str) -> float:
    """How long a check takes, waiting not counted; never less than what can be told apart."""
    before = time.process_time()
    tone.check(text)
    return max(time.process_time() - before, LEAST_SECONDS)


@pytest.mark.parametrize(("category", "text"), [(name, text) for name in HARSH for text in PLAIN[name]])
def test_a_plain_case_of_each_category_is_marked_as_such(category: str, text: str) -> None:
    assert category in {name for name, _ in marked(text)}


@pytest.mark.parametrize("text", [text for texts in GENTLE.values() for text in texts])
def test_what_is_denied_quoted_reported_praised_or_of_oneself_is_not_marked(text: str) -> None:
    report = tone.check(text)
    assert (report.findings, report.silent, report.language) == ((), False, "english")


def test_praise_does_not_excuse_the_complaint_after_it() -> None:
    assert marked("You always make me laugh, but you never listen to me.") == [
        ("always_never", "you never listen")
    ]


def test_going_alone_for_a_while_is_freedom_and_no_threat() -> None:
    report = tone.check("If you'd rather not, I'll go by myself for a while.")
    assert report.findings == ()
    assert "freedom" in report.has


def test_a_complaint_about_someone_else_asks_for_nothing() -> None:
    assert "specific_ask" not in tone.check("She never lets me finish.").has


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("love", "I love you."),
        ("hope", "I'd love us to laugh like we used to."),
        ("own_part", "I know I shut down when we argue, and that's mine to work on."),
        ("reassurance", "I'm not leaving, I want to stay with you."),
        ("specific_ask", "Would you come to one session with me?"),
        ("freedom", "You can say no, and that's fine."),
    ],
)
def test_each_good_part_is_seen(part: str, text: str) -> None:
    assert part in tone.check(text).has


@pytest.mark.parametrize("text", HARM)
def test_who_tells_of_harm_is_told_nothing_about_tone(text: str) -> None:
    assert tone.check(text) == tone.ToneReport(silent=True)


@pytest.mark.parametrize("text", OTHER_TONGUES)
def test_another_language_is_left_alone_and_named_as_such(text: str) -> None:
    report = tone.check(text)
    assert (report.findings, report.has, report.language) == ((), frozenset(), "another")


def test_of_two_languages_the_english_paragraph_is_still_marked() -> None:
    text = f"{OTHER_TONGUES[0]}\n\nYou never listen to me, and it is the same at dinner."
    assert marked(text) == [("always_never", "You never listen")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "😀😀😀", "❤️", "?!", "١٢٣", "\u200f\u202e"])
def test_a_text_without_words_has_no_language_and_no_marks(text: str) -> None:
    assert tone.check(text).findings == ()
    assert tone.check(text).language == "none"


@pytest.mark.parametrize("text", ["a", "I", "é", "漢", "x.", "n't", "'t"])
def test_a_single_letter_is_no_reason_for_anything(text: str) -> None:
    assert (tone.check(text).findings, tone.check(text).silent) == ((), False)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "😀 ",
        "👩‍👩‍👧 🇩🇪 ",
        "n\u0303o\u0308 — ",
        "שלום ",
        "\u202eabc\u202c ",
        "مرحبا، ",
        "\U0001d4d7\U0001d4f2 ",
        "\ufeff",
    ],
)
@pytest.mark.parametrize("after", [" to me.", " 😡", " שלום", ""])
def test_a_mark_stands_exactly_on_its_words_whatever_surrounds_them(before: str, after: str) -> None:
    text = f"{before}You never listen{after}"
    begin = len(before)
    [found] = [each for each in tone.check(text).findings if each.category == "always_never"]
    assert (found.start, found.end) == (begin, begin + len("You never listen"))


def test_an_accent_is_marked_with_its_letter() -> None:
    assert marked("You never listen\u0301\u0301 ok") == [("always_never", "You never listen\u0301\u0301")]


def test_pasted_html_is_read_as_what_it_shows() -> None:
    text = '<p class="you never">Hello&nbsp;love,</p><p>You <b>never</b> listen&hellip;</p>'
    assert marked(text) == [("always_never", "You <b>never</b> listen")]


@pytest.mark.parametrize(
    "text", ["U dont ever listen", "You DON’T ever listen", "you do n\u00adot ever listen"]
)
def test_one_complaint_in_many_spellings_is_the_same_complaint(text: str) -> None:
    assert {name for name, _ in marked(text)} == {"always_never"}


@pytest.mark.parametrize("letter", ["x", "é", "漢", "&", "(", "<p", "a\u0301", "'", "“", "😀", "&#1"])
def test_a_long_string_without_a_space_takes_little_longer_than_prose(letter: str) -> None:
    assert seconds((letter * LONG)[:LONG]) < AT_MOST_TIMES * seconds((ORDINARY * LONG)[:LONG])


@pytest.mark.parametrize(
    "word", ["you never", "because of you", "you,", "but", "love you", "idiot", "it hit me", "I"]
)
def test_a_word_said_five_thousand_times_takes_little_longer_than_prose(word: str) -> None:
    said = f"{word} " * (REPEATED // len(word.split()))
    prose = (ORDINARY * REPEATED)[: len(said)]
    assert seconds(said) < AT_MOST_TIMES * seconds(prose)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.sampled_from(sum(PLAIN.values(), ())) | st.text(max_size=9)).map(" ".join),
    )
)
def test_any_text_at_all_has_its_marks_in_order_inside_it_and_apart(text: str) -> None:
    findings = tone.check(text).findings
    assert list(findings) == sorted(findings)
    assert all(0 <= each.start < each.end <= len(text) for each in findings)
    for name in HARSH:
        same = [each for each in findings if each.category == name]
        assert all(one.end <= following.start for one, following in pairwise(same))


@pytest.mark.parametrize("text", [text for texts in STRINGS_BY_KIND.values() for text in texts])
def test_hostile_text_marks_what_it_says_and_breaks_nothing(text: str) -> None:
    wrapped = f"{text}\n\nYou never listen to me."
    said = [words for name, words in marked(wrapped) if name == "always_never"]
    assert any(words.startswith("You never") for words in said) or tone.check(wrapped).silent


def test_every_category_has_its_word_for_the_page() -> None:
    assert tuple(tone.labels()) == HARSH
    assert all(each.label and each.means for each in tone.labels().values())


RULE = '[[rule]]\nname = "mine"\ncategory = "blame"\npatterns = ["{}"]\nwhy = "w"\ninstead = "i"\n'
SILENCE = '[[silence]]\nname = "mine"\npatterns = ["a"]\n'
BROKEN = {
    RULE.format("(a|b"): "(a|b",
    RULE.format("{nobody}"): "there is no set of words “nobody”",
    RULE.format("..."): "has to begin with a word",
    RULE.format("a? b?"): "would be found everywhere",
    RULE.format("(a ... b|c)"): "can't stand in a group",
    RULE.format("a").replace('"blame"', '"shame"'): "“shame” is not a category",
    RULE.format("a").replace('"i"', '""'): "it needs a why and an instead",
    RULE.replace('["{}"]', "[]"): "it has no patterns",
    RULE.replace('["{}"]', '"a"'): "Expected `array`",
    RULE.format("a").replace("why", "whim"): "whim",
    RULE.format("a").replace('category = "blame"', 'part = "love"\ndoubtful = ["b"]'): "only harsh rules",
    SILENCE + 'category = "blame"\n': "has no category",
    SILENCE.replace("patterns", "doubtful"): "only harsh rules",
    SILENCE.replace('["a"]', "[]"): "it has no patterns",
}


@pytest.mark.parametrize(("rule", "reason"), BROKEN.items())
def test_a_mistake_in_the_rule_file_is_named_with_its_rule_and_reason(
    rule: str, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "tone.toml"
    file.write_text(f"{FILE.read_text(encoding='utf-8')}\n{rule}", encoding="utf-8")
    with pytest.raises(RuleFileError) as error:
        read(file)
    assert all(each in str(error.value) for each in ("tone.toml", "“mine”", reason))


@pytest.mark.parametrize(
    ("there", "instead", "reason"),
    [
        ("\ngoes_on = ", "\ngoes_off = ", "[kitchen_sink.goes_off]: is not a category"),
        ('category = "kitchen_sink"', 'category = "blame"', "no rule of the category “kitchen_sink”"),
    ],
)
def test_what_the_counting_of_complaints_looks_for_is_missed_when_the_file_is_read(
    there: str, instead: str, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "tone.toml"
    shipped = FILE.read_text(encoding="utf-8")
    assert there in shipped
    file.write_text(shipped.replace(there, instead), encoding="utf-8")
    with pytest.raises(RuleFileError) as error:
        read(file)
    assert reason in str(error.value)


@pytest.mark.parametrize("bytes_of_it", [b"[language", b"\xff\xfe", b""])
def test_a_file_that_is_no_rule_file_is_named(bytes_of_it: bytes, tmp_path: Path) -> None:
    file = tmp_path / "tone.toml"
    file.write_bytes(bytes_of_it)
    with pytest.raises(RuleFileError, match=r"tone\.toml"):
        read(file)


def test_a_rule_of_ones_own_counts_once_it_is_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "tone.toml"
    file.write_text(f"{FILE.read_text(encoding='utf-8')}\n{RULE.format('blue umbrella')}", encoding="utf-8")
    assert len(read(file).rules) == len(read(FILE).rules) + 1


def test_the_shortest_words_have_their_endings_too() -> None:
    pattern = Notation({}).pattern
    for word in ("up", "of", "b", "y", "e"):
        assert word in pattern(f"{word}+").steps[0].words
    assert {"up", "upped", "upping"} <= pattern("up+").steps[0].words


def test_a_check_keeps_nothing_of_the_one_before() -> None:
    texts = [text for texts in PLAIN.values() for text in texts]
    alone = [tone.check(text) for text in texts]
    assert [tone.check(second) for _, second in product(texts[:2], texts)] == alone * 2
