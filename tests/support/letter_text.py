"""A letter as plain text, for people to review and tests to compare; run as a script it writes the golden texts."""

from __future__ import annotations

from tasks.base.paths import PROJECT
from tasks.letters.blocks import Block, parse
from tasks.letters.facts import LetterFacts
from tasks.letters.wording import word
from tests.support.letter_examples import EXAMPLES

GOLDEN = PROJECT / "tests" / "unit" / "golden" / "letters"


def told(runs: list[Block]) -> str:
    return "".join(str(run["text"]) for run in runs)


def _lines(block: Block) -> list[str]:
    match block["kind"]:
        case "heading":
            return [f"{'#' * block['level']} {block['text']}"]
        case "paragraph":
            return [told(block["runs"])]
        case "list":
            return [f"- {told(item)}" for item in block["items"]]
        case "table":
            rows = [block["head"], *block["rows"]]
            return [block["caption"], *(" | ".join(told(cell["runs"]) for cell in row["cells"]) for row in rows)]
        case "figure":
            return [f"[{block['alt']}]", told(block["caption"])]
        case _:
            return [line for inner in block["blocks"] for line in _lines(inner)]


def letter_text(facts: LetterFacts) -> str:
    """Give the letter's text, a line for each paragraph, row or item, and an empty line between blocks."""
    return "\n\n".join("\n".join(_lines(block)) for block in parse(word(facts))) + "\n"


def sentences(facts: LetterFacts) -> list[str]:
    """Give the paragraphs and list items of the body: what LIX is measured on."""

    def of(block: Block) -> list[str]:
        match block["kind"]:
            case "paragraph":
                return [told(block["runs"])]
            case "list":
                return [told(item) for item in block["items"]]
            case "area" if block["name"] in ("decision", "closing"):
                return [text for inner in block["blocks"] for text in of(inner)]
            case _:
                return []

    return [text for block in parse(word(facts)) for text in of(block)]


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, example in EXAMPLES.items():
        (GOLDEN / f"{name}.txt").write_text(letter_text(example), encoding="utf-8", newline="\n")
