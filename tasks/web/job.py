"""One check that the page asks for: what was sent, and for which project and day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from tasks.base.cpr import mask
from tasks.base.days import iso_day
from tasks.intake.inbox import Held, is_archive_name
from tasks.web.form import Form

DELIVERY, BEFORE = "indberetning", "forrige"
AS_OF, BEFORE_AS_OF = "opgjort_pr", "forrige_opgjort_pr"
OTHER_PROJECT = "-"
"""What the list of projects sends for a project that is not in it."""
_WHOLE = (".xlsx", ".xlsm")
_PARTS = frozenset({".csv", ".parquet", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".zip"})


class NotAsked(Exception):  # noqa: N818 - the answer is a page
    """The form does not say what is to be checked; the text says what is missing, in Danish, and `field` where."""

    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Asking:
    """A check that is asked for.

    `project_id`, `register` (its folder): None where the project is not in the register. `as_of`: yyyy-mm-dd. `now`:
    ISO 8601. `name`: the delivery's folder or its one file; `names`: its files. `before_*`: the same of the
    delivery before. `token`, `kept_until` (HH.MM): of the downloads, as the answer gives them.
    """

    project_id: str | None
    as_of: str | None
    register: str | None
    now: str
    token: str
    kept_until: str
    name: str
    names: tuple[str, ...]
    before_name: str = ""
    before_names: tuple[str, ...] = ()
    before_as_of: str | None = None

    def header(self) -> dict[str, Any]:
        """Give what a worker receives before the files."""
        return asdict(self)

    @classmethod
    def of_header(cls, header: dict[str, Any]) -> Asking:
        """Read what a worker was sent."""
        return cls(**{**header, "names": tuple(header["names"]), "before_names": tuple(header["before_names"])})

    def held(self, blobs: list[bytes]) -> tuple[Held, Held | None]:
        """Give the delivery, and the one before, of their files' bytes."""
        count = len(self.names)
        delivery = Held(self.name, tuple(zip(self.names, blobs[:count], strict=True)))
        if not self.before_names:
            return delivery, None
        return delivery, Held(self.before_name, tuple(zip(self.before_names, blobs[count:], strict=True)))


def asking_of(
    form: Form, projects: frozenset[str], *, register: str | None, now: str, token: str, kept_until: str
) -> tuple[Asking, list[bytes]]:
    """Read what the form asks for, with the bytes of its files. Raises NotAsked."""
    files = form.files.get(DELIVERY, [])
    before = form.files.get(BEFORE, [])
    if not files:
        raise NotAsked("Vælg en fil: et arkiv, en projektmappe eller tabellernes filer.", DELIVERY)
    for name, (of_field, what) in {DELIVERY: (files, "Filen"), BEFORE: (before, "Den forrige fil")}.items():
        if of_field and not any(PurePath(one).suffix.lower() in _PARTS for one, _ in of_field):
            raise NotAsked(
                f"{what} er ikke en indberetning: vælg et arkiv (.zip), projektmappen indberetning.xlsx eller "
                "tabellernes filer (.csv eller .parquet).",
                name,
            )
    project = form.fields.get("projekt", "")
    if project and project != OTHER_PROJECT and project not in projects:
        raise NotAsked("Projektet står ikke i registret: vælg et projekt i listen.", "projekt")
    if not project and projects:
        raise NotAsked("Vælg et projekt, eller »ikke i listen«.", "projekt")
    is_known = project in projects
    as_of, before_as_of = day_of(form, AS_OF), day_of(form, BEFORE_AS_OF) if before else None
    asking = Asking(
        project_id=project if is_known else None,
        as_of=as_of,
        register=register if is_known else None,
        now=now,
        token=token,
        kept_until=kept_until,
        name=_name(files, as_of),
        names=tuple(one for one, _ in files),
        before_name=_name(before, before_as_of) if before else "",
        before_names=tuple(one for one, _ in before),
        before_as_of=before_as_of,
    )
    return asking, [data for _, data in (*files, *before)]


def day_of(form: Form, name: str) -> str | None:
    """Read a form's day, as yyyy-mm-dd; None where it is empty. Raises NotAsked."""
    text = form.fields.get(name, "")
    if not text:
        return None
    year_first = "-".join(reversed(text.replace(".", "-").replace("/", "-").split("-")))
    for day in (text, year_first):
        if iso_day(day):
            return day
    raise NotAsked(f"»{mask(text)[:20]}« er ikke en dato: skriv den som dd-mm-åååå.", name)


def _name(files: list[tuple[str, bytes]], as_of: str | None) -> str:
    """Give the delivery's name: its one file's, or its folder's."""
    if len(files) == 1 and (is_archive_name(files[0][0]) or files[0][0].lower().endswith(_WHOLE)):
        return files[0][0]
    return as_of or "indberetning"
