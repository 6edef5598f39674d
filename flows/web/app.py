"""The routes of the page."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from flows.web.door import CutOff, Door, TooLarge, TooSlow, Upload, declared_length
from tasks.base.moment import COPENHAGEN, Moment
from tasks.base.standard_error import tell
from tasks.check.findings import rules_by_column
from tasks.intake.tables import KONTROLTAL
from tasks.register.read import Project
from tasks.rules.model import Rules
from tasks.template.guide import column_guides
from tasks.template.workbook import template
from tasks.validation.catalogue import load_catalogue
from tasks.validation.rule_pages import HEADINGS, values_of
from tasks.web.bounds import Bounds
from tasks.web.examples import EXAMPLES, example
from tasks.web.form import MOST_FILES, Form, FormReader, NoForm, TooManyFiles
from tasks.web.job import AS_OF, BEFORE_AS_OF, OTHER_PROJECT, NotAsked, asking_of, day_of
from tasks.web.page import ASSETS, asset, page
from tasks.web.pool import Dead, Pool, Wrong
from tasks.web.same_site import is_of_own_site
from tasks.web.store import Store, new_token

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {".xlsx": _WORKBOOK, ".json": "application/json", ".txt": "text/plain; charset=utf-8"}
_TICK_SECONDS = 5.0
_PLAIN = ("", "identity")


@dataclass
class Desk:
    """What the routes share. `waiting`: checks that run or wait; `held_bytes`: of uploads that are in memory."""

    bounds: Bounds
    pool: Pool
    store: Store
    rules: Rules
    projects: tuple[Project, ...]
    register: Path | None
    waiting: int = 0
    held_bytes: int = 0
    _templates: dict[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def is_full(self) -> bool:
        """Whether no further check may wait."""
        return self.waiting >= self.bounds.workers + self.bounds.waiting

    def template(self, project_id: str) -> bytes:
        """Give the empty workbook, made for a project of the register or, for any other text, for all."""
        chosen = next((one for one in self.projects if one.project_id == project_id), None)
        key = chosen.project_id if chosen else ""
        if key not in self._templates:
            self._templates[key] = template(self.rules, chosen.municipalities if chosen else None)
        return self._templates[key]


class _Refusal(Exception):  # noqa: N818 - the answer is a page
    """A request that is answered with a page of one sentence."""

    def __init__(self, status: int, heading: str, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status, self.heading, self.text, self.headers = status, heading, text, headers


def application(
    bounds: Bounds, rules: Rules, projects: tuple[Project, ...], register: Path | None, pool: Pool
) -> Starlette:
    """Make the application.

    `projects`: the register's, whose folder is `register`; `pool`: has been started, and ends with the application.
    """
    store = Store(bounds.kept_seconds, bounds.kept_bytes, monotonic)
    desk = Desk(bounds, pool, store, rules, projects, register)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        forgetting = asyncio.create_task(_forget(store))
        try:
            yield
        finally:
            forgetting.cancel()
            pool.stop()

    routes = [
        Route("/", _front),
        Route("/svar", _answer, methods=["POST"]),
        Route("/svar", lambda _: RedirectResponse("/", 303), methods=["GET"]),
        Route("/svar/{token}/{name}", _download),
        Route("/vejledning", _guide),
        Route("/skabelon", _template),
        Route("/eksempel/{name}/indberetning.xlsx", _example),
        Route("/regler", _rules),
        Route("/regler/{code}", _rule),
        Route("/sundhed", lambda _: PlainTextResponse("ok")),
        *(Route(f"/{name}", _asset) for name in ASSETS),
    ]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={_Refusal: _refused, HTTPException: _no_page},
    )
    # The address of a redirect would be made of what the request calls this server.
    app.router.redirect_slashes = False
    app.state.desk = desk
    app.add_middleware(Door)
    return app


async def _forget(store: Store) -> None:
    while True:
        await asyncio.sleep(_TICK_SECONDS)
        store.forget_old()


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _page(name: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> Response:
    return Response(page(name, **values), status, headers, "text/html; charset=utf-8")


def _file(name: str, data: bytes) -> Response:
    kind = _KINDS[Path(name).suffix]
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=kind)


async def _front(request: Request) -> Response:
    return _form(_desk(request))


def _form(
    desk: Desk,
    status: int = 200,
    *,
    wrong: str = "",
    name: str = "",
    chosen: str = "",
    days: Mapping[str, str] | None = None,
) -> Response:
    return _page(
        "forside",
        status,
        projects=desk.projects,
        most_bytes=desk.bounds.request_bytes,
        wrong=wrong,
        field=name,
        chosen=chosen,
        days=days or {},
    )


async def _answer(request: Request) -> Response:
    desk = _desk(request)
    upload = Upload(request, desk.bounds)
    if refusal := _refused_unread(request, desk):
        await upload.drain()
        raise refusal
    taken = [0]
    try:
        form = await _read_form(upload, request.headers.get("content-type", ""), desk, taken)
        return await _checked(desk, form)
    finally:
        desk.held_bytes -= taken[0]


def _refused_unread(request: Request, desk: Desk) -> _Refusal | None:
    """Say why an upload is refused by what its head says."""
    if not is_of_own_site(request.headers):
        return _Refusal(403, "Formularen kom et andet sted fra", "En indberetning kan kun sendes fra siden selv.")
    if request.headers.get("content-encoding", "").strip().lower() not in _PLAIN:
        return _Refusal(415, "Formularen kunne ikke læses", "Den er pakket undervejs: send formularen fra siden.")
    if (declared_length(request) or 0) > desk.bounds.request_bytes:
        return _too_large(desk.bounds)
    return _busy(desk.bounds) if desk.is_full else None


async def _read_form(upload: Upload, content_type: str, desk: Desk, taken: list[int]) -> Form:
    """Read the form into memory; `taken` counts its bytes, which are the desk's to hold."""
    try:
        reader = FormReader(content_type)
        async for piece in upload.pieces():
            taken[0] += len(piece)
            desk.held_bytes += len(piece)
            if desk.held_bytes > desk.bounds.held_bytes:
                await upload.drain()
                raise _busy(desk.bounds)
            reader.feed(piece)
        return reader.close()
    except TooManyFiles as error:
        await upload.drain()
        text = f"Der kan højst sendes {MOST_FILES} filer: pak dem i et arkiv (.zip)."
        raise _Refusal(413, "Der er for mange filer", text) from error
    except NoForm as error:
        await upload.drain()
        raise _Refusal(400, "Formularen kunne ikke læses", "Vælg filen igen, og send formularen fra siden.") from error
    except TooLarge as error:
        await upload.drain()
        raise _too_large(desk.bounds) from error
    except TooSlow as error:
        raise _Refusal(
            408, "Filen kom for langsomt", "Der gik for lang tid, før hele filen var her: prøv igen.",
            {"Connection": "close"},
        ) from error  # fmt: skip
    except CutOff as error:
        raise _Refusal(400, "Filen kom ikke hele vejen", "Forbindelsen blev afbrudt: send filen igen.") from error


async def _checked(desk: Desk, form: Form) -> Response:
    now = Moment.now()
    until = (now.utc.astimezone(COPENHAGEN) + timedelta(seconds=desk.bounds.kept_seconds)).strftime("%H.%M")
    token = new_token()
    known = frozenset(project.project_id for project in desk.projects)
    register = str(desk.register.absolute()) if desk.register else None
    try:
        asking, blobs = asking_of(
            form, known, register=register, now=now.utc.isoformat(), token=token, kept_until=until
        )
    except NotAsked as missing:
        chosen = form.fields.get("projekt", OTHER_PROJECT)
        return _form(desk, 400, wrong=str(missing), name=missing.field, chosen=chosen, days=_entered_days(form))
    if desk.is_full:
        raise _busy(desk.bounds)
    desk.waiting += 1
    form.files.clear()
    try:
        result = await desk.pool.run(asking.header(), blobs)
    except Wrong as wrong:
        raise _Refusal(422, "Indberetningen kunne ikke kontrolleres", str(wrong)) from wrong
    except Dead as dead:
        if str(dead):
            tell(f"a check ended: {dead}")
        raise _Refusal(
            422,
            "Indberetningen kunne ikke læses",
            "Kontrollen nåede ikke til ende: en fil er beskadiget, fylder for meget, når den pakkes ud, har for mange "
            "rækker med fejl, eller har noget i sig, som kontrollen ikke kan klare. Ret en fejl, der går igen i "
            "rækkerne, gem filen, og prøv igen; hjælper det ikke, så send tabellerne som csv.",
        ) from dead
    finally:
        desk.waiting -= 1
    desk.store.keep(token, result.downloads)
    return Response(result.page, media_type="text/html; charset=utf-8")


def _entered_days(form: Form) -> dict[str, str]:
    """Give the days of a form that is shown again, by their fields; without what is no day."""
    days = {}
    for name in (AS_OF, BEFORE_AS_OF):
        with contextlib.suppress(NotAsked):
            days[name] = day_of(form, name) or ""
    return days


def _too_large(bounds: Bounds) -> _Refusal:
    most = bounds.request_bytes // 1_000_000
    return _Refusal(
        413, "Filen er for stor", f"Der kan højst sendes {most} MB: pak filerne i et arkiv (.zip), eller send færre."
    )


def _busy(bounds: Bounds) -> _Refusal:
    seconds = bounds.retry_after_seconds
    return _Refusal(
        503,
        "Der er kø",
        f"Mange kontrollerer lige nu: vent {seconds} sekunder, og send igen.",
        {"Retry-After": str(seconds)},
    )


async def _download(request: Request) -> Response:
    name = request.path_params["name"]
    data = _desk(request).store.get(request.path_params["token"], name)
    if data is None:
        minutes = int(_desk(request).bounds.kept_seconds // 60)
        raise _Refusal(
            404, "Filen findes ikke", f"Et svars filer er her i {minutes} minutter; kontrollér indberetningen igen."
        )
    return _file(name, data)


async def _guide(request: Request) -> Response:
    guides = column_guides(_desk(request).rules)
    guides[KONTROLTAL.name] = {column.name: column for column in KONTROLTAL.described}
    return _page("vejledning", guides=guides, rules={table: rules_by_column(table) for table in guides})


async def _template(request: Request) -> Response:
    data = await asyncio.to_thread(_desk(request).template, request.query_params.get("projekt", ""))
    return _file("indberetning.xlsx", data)


async def _example(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in EXAMPLES:
        raise HTTPException(404)
    return _file("indberetning.xlsx", await asyncio.to_thread(example, name))


async def _rules(_: Request) -> Response:
    suites = [(HEADINGS[suite.name], suite.rules) for suite in load_catalogue().values()]
    return _page("regler", suites=suites)


async def _rule(request: Request) -> Response:
    code = request.path_params["code"].upper()
    rules = _desk(request).rules
    rule = next((one for suite in load_catalogue().values() for one in suite.rules if one.code == code), None)
    if rule is None:
        raise HTTPException(404)
    return _page("regel", rule=rule, values=values_of(rule, rules), source=rules.sources[rule.source.document])


async def _asset(request: Request) -> Response:
    name = request.url.path.lstrip("/")
    return Response(asset(name), media_type=ASSETS[name])


async def _refused(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, _Refusal)  # noqa: S101 - it is registered for this
    return _page("besked", refusal.status, refusal.headers, heading=refusal.heading, text=refusal.text)


async def _no_page(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for this
    if error.status_code == 405:
        return _page("besked", 405, error.headers, heading="Sådan kan siden ikke bruges", text="Brug formularen.")
    return _page("besked", 404, heading="Siden findes ikke", text="Der er ingen side på den adresse.")
