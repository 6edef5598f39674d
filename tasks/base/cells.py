"""Text cells of the files that leave."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """Give a text as a spreadsheet shows it, never as a formula: one that would be run gets an apostrophe before it.

    The same as the macro `sql/macros/plain_cell.sql`. For text only: a number stays a number. Source: OWASP, 'CSV
    Injection'.
    """
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
