"""Text cells of files that are handed to others."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """Give a text as a spreadsheet shows it, never as a formula: one that looks like it gets an apostrophe.

    The same as the macro `sql/macros/plain_cell.sql`. For text only: a number stays a number. Source: OWASP, 'CSV
    Injection'.
    """
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
