"""The tables of a delivery, and the control totals: their columns, as 'Inbox' of the intake describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

AMOUNT = "beloeb"
FREE_TEXT = "tekst"


@dataclass(frozen=True)
class Table:
    """A delivered table: its Danish name, its table in the warehouse, and its columns in their usual order.

    names: the columns that a file has under another name.
    """

    name: str
    core: str
    columns: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    amounts: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a delivery can't do without."""
        return tuple(column for column in self.columns if column not in self.optional)


BORGERE = Table(
    name="borgere",
    core="core_citizens",
    columns=(
        "borger_id",
        "cpr",
        "kommunekode",
        "maalgruppe",
        "ydelse",
        "offentlig_forsoergelse_siden",
        "integrationsprogram",
        "gruppe",
        "visitationsdato",
    ),
    optional=frozenset({"integrationsprogram"}),
)
FORLOEB = Table(
    name="forloeb",
    core="core_spells",
    columns=(
        "forloeb_id",
        "borger_id",
        "type",
        "virksomhed_cvr",
        "startdato",
        "slutdato",
        "ordinaere_timer_pr_uge",
    ),
    optional=frozenset({"ordinaere_timer_pr_uge"}),
    amounts=frozenset({"ordinaere_timer_pr_uge"}),
)
UDGIFTER = Table(
    name="udgifter",
    core="core_expenses",
    columns=("bilagsnr", "dato", "kategori", AMOUNT, "lovpligtig", FREE_TEXT),
    optional=frozenset({"lovpligtig", FREE_TEXT}),
    amounts=frozenset({AMOUNT}),
)
GRUNDELEMENTER = Table(
    name="grundelementer",
    core="core_elements",
    columns=("borger_id", "element", "opfyldt", "dato", "kilde"),
    optional=frozenset({"kilde"}),
)
KONTROLTAL = Table(
    name="kontroltal",
    core="",
    columns=("tabel", "antal", "sum_beloeb"),
    amounts=frozenset({"sum_beloeb"}),
)

TABLES = (BORGERE, FORLOEB, UDGIFTER)
"""What every delivery holds."""
ALL_TABLES = (*TABLES, GRUNDELEMENTER)
"""The same, and the table that a delivery may leave out: the activities, which give no money."""
BY_NAME = {table.name: table for table in (*ALL_TABLES, KONTROLTAL)}
