"""Rendered Markdown is safe to show as it is, and dialogues become lists of who says what."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.render import clean, render

TABLE = {"table", "tbody", "td", "th", "thead", "tr"}
BLOCKS = {"blockquote", "dd", "div", "dl", "dt", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
ALLOWED = {"a", "br", "code", "em", "img", "strong"} | BLOCKS | TABLE
ATTRIBUTES = {"href", "title", "rel", "src", "alt", "start", "class"}


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<p style="position:fixed">x</p>',
    "<style>p{}</style>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://elsewhere.example/pixel.png)",
    "![x](//elsewhere.example/pixel.png)",
    '[x](https://a.example "\\" onmouseover=alert(1)")',
    "| a |\n|--:|\n| <svg onload=alert(1)> |",
    '> **<b onclick="x">A:** <iframe src=x>',
    '``` "><script>\nx\n```',
    "[x]: javascript:alert(1)\n\n[x]",
]


def assert_safe(html: str) -> None:
    tags = Tags(html)
    assert tags.names <= ALLOWED
    assert {name for name, _ in tags.attributes} <= ATTRIBUTES
    for name, value in tags.attributes:
        if name == "src":
            assert value.startswith("/")
            assert not value.startswith("//")
        if name == "href":
            scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", value)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto", "tel"}


@pytest.mark.parametrize("markdown", ATTACKS)
def test_an_attack_is_defused(markdown: str) -> None:
    assert_safe(render(markdown))


def test_html_is_shown_as_text() -> None:
    assert render("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


markdown_like = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "**",
                "*",
                "_",
                "> ",
                "# ",
                "## ",
                "- ",
                "1. ",
                "|",
                "|--:|",
                "\n",
                "\n\n",
                "```",
                "`",
                "[",
                "](",
                ")",
                "!",
            ]
        ),
        st.sampled_from(
            ["javascript:", "<script>", "onerror=", "고객:", "A:", '"', "“네”", "&lt;", "&#106;", "/a.png", "//x"]
        ),
        st.text(max_size=5),
    ),
    max_size=40,
).map("".join)


@given(markdown_like)
def test_any_text_renders_to_safe_html(markdown: str) -> None:
    assert_safe(render(markdown))


@given(markdown_like)
def test_cleaning_again_changes_nothing(markdown: str) -> None:
    html = render(markdown)
    assert clean(html) == html
    assert render(markdown) == html


def test_links_carry_a_rel() -> None:
    assert 'rel="noopener noreferrer"' in render("[x](https://a.example)")


def test_a_picture_of_this_site_stays_and_a_foreign_one_becomes_its_text() -> None:
    assert render("![A shelf](/media/shelf.png)") == '<p><img src="/media/shelf.png" alt="A shelf"></p>\n'
    assert render("![A shelf](https://a.example/shelf.png)") == "<p>A shelf</p>\n"


@pytest.mark.parametrize(("markdown", "tag"), [("# A", "h3"), ("A\n---", "h3"), ("### A", "h3"), ("#### A", "h4")])
def test_headings_stand_below_the_parts_own(markdown: str, tag: str) -> None:
    assert render(markdown) == f"<{tag}>A</{tag}>\n"


def test_a_table_keeps_its_numbers_to_the_right_without_a_style() -> None:
    html = render("| a | b |\n|---|--:|\n| x | 1 |")
    assert '<td class="num">1</td>' in html
    assert "style" not in html


def test_a_quotation_with_a_speaker_becomes_a_dialogue() -> None:
    html = render('> **Customer, a studio:** "Hi, we *need* paper."')
    assert html == (
        '<dl class="call">\n<div><dt>Customer, a studio</dt><dd>"Hi, we <em>need</em> paper."</dd></div>\n</dl>\n'
    )


DIALOGUE = """\
<dl class="call">
<div><dt>고객</dt><dd>“싸게 되나요?”</dd></div>
<div><dt>나</dt><dd>“무엇을 찍으세요?”</dd></div>
</dl>
"""


@pytest.mark.parametrize(
    "markdown",
    [
        "> **고객:** “싸게 되나요?”\n>\n> **나:** “무엇을 찍으세요?”",
        "> **고객:** “싸게 되나요?”\n> **나:** “무엇을 찍으세요?”",
        "> **고객：**“싸게 되나요?”\n>\n> **나：**“무엇을 찍으세요?”",
    ],
)
def test_each_turn_of_a_dialogue_is_a_row(markdown: str) -> None:
    assert render(markdown) == DIALOGUE


def test_a_paragraph_without_a_speaker_goes_on_with_the_last_turn() -> None:
    assert "<dt>A</dt><dd>x</dd><dd>y</dd></div>" in render("> **A:** x\n>\n> y")


@pytest.mark.parametrize(
    "markdown", ["> only words", "> so **bold:** it is", "> **A:** x\n>\n> - a list", "> **A** says"]
)
def test_any_other_quotation_stays_one(markdown: str) -> None:
    html = render(markdown)
    assert "<blockquote>" in html
    assert "<dl" not in html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**“네”**예요", "<strong>“네”</strong>예요"),
        ("그는**“왜”**라고", "그는<strong>“왜”</strong>라고"),
        ("*가격(원)*은", "<em>가격(원)</em>은"),
        ("**a** 그리고 **b**", "<strong>a</strong> 그리고 <strong>b</strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("값 ** 값", "값 ** 값"),
    ],
)
def test_bold_works_before_a_korean_particle(markdown: str, html: str) -> None:
    assert render(markdown) == f"<p>{html}</p>\n"
