"""Where the project's own files are."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SQL = PROJECT / "sql"
RULES = PROJECT / "rules"
TEMPLATES = PROJECT / "templates"
EXPECTATIONS = PROJECT / "expectations"
_PACKAGES = frozenset({"expectations", "flows", "tasks"})


def top_file(name: str) -> Path:
    """Give a file that stands at the top of a checkout; the wheel has it in `jobfirst/`, beside the packages."""
    in_checkout = PROJECT / name
    return in_checkout if in_checkout.exists() else PROJECT / "jobfirst" / name


def own_place(file_name: str) -> str | None:
    """Give a source file of the program as it is named within it; None for a library's.

    A checkout may hold its environment, and an environment holds the installed program beside the libraries.
    """
    path = Path(file_name)
    if not path.is_relative_to(PROJECT):
        return None
    within = path.relative_to(PROJECT)
    is_own = within.parts[0] in _PACKAGES or "site-packages" not in path.parts
    return within.as_posix() if is_own else None
