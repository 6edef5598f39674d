"""The parser lets through what the layout knows, and nothing else."""

from __future__ import annotations

import pytest

from tasks.letters.blocks import WordingError, parse, title

TABLE = (
    '<table class="causes"><caption>C</caption><thead><tr><th scope="col">A</th></tr></thead>'
    '<tbody><tr class="item"><th scope="row">B</th></tr></tbody></table>'
)


def test_blocks() -> None:
    blocks = parse(
        "<h1>Emne &amp; mere</h1>\n<p>Et \n  <strong>stort</strong> beløb </p><ul><li>Punkt</li></ul>" + TABLE
    )
    assert title(blocks) == "Emne & mere"
    assert blocks[1]["runs"] == [
        {"text": "Et ", "strong": False},
        {"text": "stort", "strong": True},
        {"text": " beløb", "strong": False},
    ]
    assert blocks[2] == {"kind": "list", "items": [[{"text": "Punkt", "strong": False}]]}
    assert blocks[3]["caption"] == "C"


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        "<p onclick='x'>a</p>",
        '<p class="unknown">a</p>',
        '<div class="other"></div>',
        "<div></div>",
        "<p>a<p>b</p></p>",
        "<p>a",
        "<p>a</strong></p>",
        "</p>",
        "bare text",
        "<!-- comment -->",
        "<!DOCTYPE html>",
        "<?php ?>",
        "<p><![CDATA[a]]></p>",
        "<p>&nbsp;</p>",
        "<p>\x07</p>",
        "</letter><letter>",
        "<letter></letter>",
        "<ul>text</ul>",
        "<h1>Two</h1>",
        TABLE.replace("<caption>C</caption>", ""),
        TABLE.replace('<th scope="col">A</th>', "<td>A</td>"),
        TABLE.replace('<th scope="row">B</th>', "<td>B</td>"),
        TABLE.replace('<th scope="row">B</th>', '<th scope="row">B</th><td></td>'),
        TABLE.replace('<tr class="item"><th scope="row">B</th></tr>', ""),
        TABLE.replace(' scope="row"', ""),
        "<figure><figcaption>a</figcaption></figure>",
        '<figure><svg xmlns="x" viewBox="0 0 1 1" role="img"></svg><figcaption>a</figcaption></figure>',
    ],
)
def test_anything_else_is_an_error(html: str) -> None:
    with pytest.raises(WordingError):
        parse("<h1>Emne</h1>" + html)


def test_a_letter_without_subject_is_an_error() -> None:
    with pytest.raises(WordingError, match="h1"):
        parse("<p>a</p>")
