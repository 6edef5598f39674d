"""What a character that does not belong is, in Danish and English: its kind, its name and its code point.

`sql/macros/foreign_character.sql` says the same of cells; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata

from tasks.base.composed import composed
from tasks.base.worded import Both
from tasks.intake.words import clean, fold

INVISIBLE: dict[str, tuple[str, str]] = {
    "\x07": ("klokke", "bell"),
    "\x08": ("tilbage", "backspace"),
    "\t": ("tabulator", "tab"),
    "\n": ("linjeskift", "line feed"),
    "\x0b": ("lodret tabulator", "vertical tab"),
    "\x0c": ("sideskift", "form feed"),
    "\r": ("vognretur", "carriage return"),
    "\x1a": ("Ctrl-Z", "Ctrl-Z"),
    "\x1b": ("escape", "escape"),
    "\x7f": ("slet", "delete"),
    "\x85": ("næste linje", "next line"),
    "\u061c": ("arabisk retningsmærke", "Arabic letter mark"),
    "\u180e": ("mongolsk vokalskille", "Mongolian vowel separator"),
    "\u200e": ("venstre-mod-højre-mærke", "left-to-right mark"),
    "\u200f": ("højre-mod-venstre-mærke", "right-to-left mark"),
    "\u2028": ("linjeseparator", "line separator"),
    "\u2029": ("afsnitsseparator", "paragraph separator"),
    "\u202a": ("retningsmærke", "left-to-right embedding"),
    "\u202c": ("slut på retning", "pop directional formatting"),
    "\u2061": ("funktionsmærke", "function application"),
    "\u2066": ("retningsmærke", "left-to-right isolate"),
    "\u2069": ("slut på retning", "pop directional isolate"),
}
"""Characters that can't be seen and have a name of their own."""
QUOTES = "\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033\u00b4`"
"""A class of characters: those that are written for a quotation mark and are none."""
DELIMITERS = (";", ",", "\t")
"""What may stand between the cells of a CSV file."""

_SIGNS = {
    ";": ("semikolon", "semicolon"), ",": ("komma", "comma"), "\t": ("tabulator", "tab"),
    " ": ("mellemrum", "space"), "|": ("lodret streg", "vertical line"), "^": ("cirkumfleks", "circumflex"),
    ":": ("kolon", "colon"), "~": ("tilde", "tilde"), "/": ("skråstreg", "slash"),
    "\\": ("omvendt skråstreg", "backslash"),
    "#": ("havelåge", "hash"), "!": ("udråbstegn", "exclamation mark"), "*": ("stjerne", "asterisk"),
    "&": ("og-tegn", "ampersand"), "¤": ("valutategn", "currency sign"), "¦": ("brudt streg", "broken line"),
    "§": ("paragraftegn", "section sign"), ".": ("punktum", "full stop"), "-": ("bindestreg", "hyphen"),
    "=": ("lighedstegn", "equals sign"), "+": ("plus", "plus"), "%": ("procenttegn", "per cent sign"),
    "@": ("snabel-a", "at sign"), "$": ("dollartegn", "dollar sign"), "?": ("spørgsmålstegn", "question mark"),
    "·": ("midterprik", "middle dot"), "•": ("punkttegn", "bullet"), "\u060c": ("arabisk komma", "Arabic comma"),
    "\u3001": ("østasiatisk komma", "ideographic comma"), "\uff0c": ("komma i fuld bredde", "full-width comma"),
    "\uff1b": ("semikolon i fuld bredde", "full-width semicolon"), "\uff5c": ("lodret streg i fuld bredde",
    "full-width vertical line"),
}  # fmt: skip
"""What stands between values, in Danish and English."""
_OF_A_KEYBOARD = "æøåéüöäè§½£¤´¨"
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Zl", "Zp"})
_KINDS = (
    (re.compile(f"[{QUOTES}]"), "et typografisk anførselstegn", "a typographic quotation mark"),
    (re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]"), "et kyrillisk bogstav", "a Cyrillic letter"),
    (re.compile("[\u0370-\u03e1\u03f0-\u03ff\u1f00-\u1fff]"), "et græsk bogstav", "a Greek letter"),
    (re.compile("[\uff01-\uff5e]"), "et tegn i fuld bredde", "a full-width character"),
)
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜаеѕіјорсухԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιϳκνορτυχıɑɡǀ‐",
    "ABESIJKMHOPCTYXQWaesijopcyxdqwhlABEZHIKMNOPTYXaijkvoptuxiagl-",
)  # fmt: skip
"""Letters of other scripts, and the Latin ones that they are taken for."""


def code_point(character: str) -> str:
    """Write a character's code point: U+2011."""
    return f"U+{ord(character):04X}"


def is_unseen(character: str) -> bool:
    """Return whether a character can't be seen: a control, a mark of direction, a separator of lines."""
    return unicodedata.category(character) in _UNSEEN_CATEGORIES


def described(character: str) -> Both:
    """Say what a character is: 'et kyrillisk bogstav, U+0435'."""
    code = code_point(character)
    if is_unseen(character):
        da, en = (f"{name} {code}".lstrip() for name in INVISIBLE.get(character, ("", "")))
        return Both(f"et usynligt tegn, {da}", f"an invisible character, {en}")
    for kind, da, en in _KINDS:
        if kind.match(character):
            return Both(f"{da}, {code}", f"{en}, {code}")
    if unicodedata.category(character) == "Nd" and character not in "0123456789":
        return Both(f"et ciffer af en anden skrift, {code}", f"a digit of another script, {code}")
    return Both(f"et fremmed tegn, {code}", f"a foreign character, {code}")


def _is_foreign(character: str) -> bool:
    return is_unseen(character) or (character > "~" and character.lower() not in _OF_A_KEYBOARD)


def first_foreign(text: str) -> str | None:
    """Give the first character that can't be seen or is not on a Danish keyboard; None where there is none."""
    return next(filter(_is_foreign, clean(text)), None)


def seen_as(text: str) -> str:
    """Fold a name as a reader sees it: without what can't be seen, look-alikes as the letters they are taken for."""
    visible = "".join(one for one in clean(text).strip() if not is_unseen(one))
    return fold(composed("NFKC", visible.translate(_LOOK_ALIKES)))


def sign(character: str) -> Both:
    """Say what stands between values: 'lodret streg (|, U+007C)', 'semikolon (;)'."""
    code = code_point(character)
    if is_unseen(character) and character != "\t":
        return described(character)
    da, en = _SIGNS.get(character, ("tegnet", "the character"))
    if character == "\t":
        return Both(da, en)
    if character in ";,":
        return Both(f"{da} ({character})", f"{en} ({character})")
    shown = f"{character}, {code}" if not character.isspace() else code
    return Both(f"{da} ({shown})", f"{en} ({shown})")
