"""How well the tone check finds what people marked by hand, and how long it takes.

What counts is `final`, and every second message of `harm`: no author of the rules looked at them.
Only figures are printed, never a message, so that these stay unread. The rules fit `develop` and `more` far
better, since they were written on them; those figures say nothing of how the check does on a new message.

The aim is a mark on at most 5 of 100 gentle messages, one on at least 90 of 100 harsh ones, and none at all
where someone tells of harm. The check does not reach it: on `final` it marks 8 of 79 gentle messages
(10.1 %), finds something in 76 of 95 harsh ones (80.0 %), and marks 3 of the 27 unseen messages of harm.
The bounds below stand just past what was reached: they keep it from getting worse, and are not the aim.
Run it with `python -m pytest tests/bench/test_tone.py -s`.
"""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from workbook.insight import tone
from workbook.insight.rules import GOOD, HARSH

CORPUS = Path(__file__).parent.parent / "insight" / "tone"
WORDS, ALLOWED_MS = 2_000, 100
ALLOWED_FIRST_MS = 300
AIM_FALSE, AIM_FOUND = 0.05, 0.90
MOST_FALSE, LEAST_FOUND = 0.11, 0.79
MOST_MARKED_OF_HARM = 3
"""Of the 27 that nobody looked at. The aim is none."""

Message = dict[str, Any]


def messages(name: str) -> list[Message]:
    """The messages of one file."""
    found: list[Message] = tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))["message"]
    return found


def categories(text: str) -> set[str]:
    return {finding.category for finding in tone.check(text).findings}


def table(names: tuple[str, ...], wanted: list[set[str]], found: list[set[str]]) -> list[str]:
    """A line for each category: how often it was right when found, and found when wanted."""
    lines = []
    for name in names:
        both = sum(name in each and name in other for each, other in zip(wanted, found, strict=True))
        times_wanted, times_found = (sum(name in each for each in sets) for sets in (wanted, found))
        precision, recall = both / max(times_found, 1), both / max(times_wanted, 1)
        lines.append(f"  {name:14} precision {precision:4.0%}  recall {recall:4.0%}  of {times_wanted}")
    return lines


def spans_met(corpus: list[Message]) -> Counter[bool]:
    """Of the phrases marked by hand: how many are met, at least in part, by a finding of their category."""
    met: Counter[bool] = Counter()
    for message in corpus:
        findings = tone.check(message["text"]).findings
        for span in message.get("spans", []):
            first = message["text"].find(span["phrase"])
            after = first + len(span["phrase"])
            same = [each for each in findings if each.category == span["category"]]
            met[any(each.start < after and first < each.end for each in same)] += 1
    return met


def figures(name: str) -> tuple[float, float]:
    """Print the figures of one file, harm left out; its share of false alarms and of finds."""
    corpus = [message for message in messages(name) if "about" not in message]
    found = [categories(message["text"]) for message in corpus]
    gentle = [bool(each) for message, each in zip(corpus, found, strict=True) if message["gentle"]]
    harsh = [bool(each) for message, each in zip(corpus, found, strict=True) if not message["gentle"]]
    silent = sum(tone.check(message["text"]).silent for message in corpus)
    met = spans_met(corpus)
    false, finds = sum(gentle) / len(gentle), sum(harsh) / len(harsh)
    print(f"\n{name}: a false alarm on {sum(gentle)} of {len(gentle)} gentle messages ({false:.1%})")
    print(f"  a find in {sum(harsh)} of {len(harsh)} harsh ones ({finds:.1%}); silent on {silent}")
    print(f"  {met[True]} of {met.total()} phrases marked by hand are met by a finding of their category")
    print(*table(HARSH, [set(message["harsh"]) for message in corpus], found), sep="\n")
    good = [set(tone.check(message["text"]).has) for message in corpus]
    print(*table(GOOD, [set(message["good"]) for message in corpus], good), sep="\n")
    return false, finds


def test_on_messages_unseen_it_errs_and_misses_no_more_than_it_did() -> None:
    figures("develop")
    figures("more")
    false, finds = figures("final")
    print(
        f"  the aim: at most {AIM_FALSE:.0%} and at least {AIM_FOUND:.0%}; so far {false:.1%} and {finds:.1%}"
    )
    assert false <= MOST_FALSE
    assert finds >= LEAST_FOUND


def test_where_someone_tells_of_harm_it_marks_nothing_seen_and_little_unseen() -> None:
    """The aim is to mark nothing in either half."""
    harm = [tone.check(message["text"]) for message in messages("harm")]
    for half, reports in (("seen", harm[::2]), ("unseen", harm[1::2])):
        marked, silent = (
            sum(bool(each) for each in of)
            for of in zip(*((r.findings, r.silent) for r in reports), strict=True)
        )
        print(f"\nharm, {half}: {marked} of {len(reports)} marked, silent on {silent}")
    assert not any(report.findings for report in harm[::2])
    assert sum(bool(report.findings) for report in harm[1::2]) <= MOST_MARKED_OF_HARM


def test_two_thousand_words_take_less_than_a_blink() -> None:
    loud = [message["text"] for message in messages("develop") if not tone.check(message["text"]).silent]
    harsh = " ".join(loud)
    text = " ".join((harsh.split() * 2)[:WORDS])
    took = [timed(text) for _ in range(9)]
    print(f"\n{WORDS} words: {median(took):.0f} ms, {len(tone.check(text).findings)} findings")
    assert median(took) < ALLOWED_MS


def test_reading_the_rules_takes_little_longer() -> None:
    code = (
        "import time; from workbook.insight import rules; first = time.process_time(); rules.the_rules();"
        "print((time.process_time() - first) * 1000)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(5)]
    took = median(float(run.stdout) for run in runs)
    print(f"\nthe rules, read once: {took:.0f} ms")
    assert took < ALLOWED_FIRST_MS


def timed(text: str) -> float:
    """How long a check takes, in ms of the processor: what else runs on the machine does not count."""
    before = time.process_time()
    tone.check(text)
    return (time.process_time() - before) * 1000
