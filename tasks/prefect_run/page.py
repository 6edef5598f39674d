"""The page of a run in Prefect, and its events: how a table, a text, progress or an event gets there.

Outside a flow run there is no page, and nothing is shown. Whatever is shown is masked.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactCreate, ArtifactUpdate
from prefect.context import FlowRunContext
from prefect.events import emit_event

from tasks.base.cpr import mask

if TYPE_CHECKING:
    from uuid import UUID

    from tasks.base.progress import Progress

Cell = str | int
SECONDS_BETWEEN_UPDATES = 2.0


def show_table(key: str, rows: Sequence[Mapping[str, Cell]], description: str) -> None:
    """Show a table. `key`: small letters, digits and hyphens; tables shown under it before are its history."""
    _show(key, "table", json.dumps([_masked(row) for row in rows], ensure_ascii=False), description)


def show_text(key: str, markdown: str, description: str) -> None:
    """Show a text in Markdown."""
    _show(key, "markdown", mask(markdown), description)


def shown(progress: Progress, key: str, description: str) -> Progress:
    """Show progress on the page as well: now and then, and at the end."""
    if _flow_run_id() is None:
        return progress
    told_at = time.monotonic()
    artifact_id: UUID | None = None

    def show(done: int, total: int) -> None:
        nonlocal told_at, artifact_id
        progress(done, total)
        if done < total and time.monotonic() - told_at < SECONDS_BETWEEN_UPDATES:
            return
        told_at = time.monotonic()
        share = 100 * done / total if total else 100.0
        if artifact_id is None:
            artifact_id = _show(key, "progress", share, description)
            return
        with get_client(sync_client=True) as client:
            client.update_artifact(artifact_id, ArtifactUpdate(data=share))

    return show


def raise_event(name: str, subject: str, facts: Mapping[str, Any]) -> None:
    """Raise an event for automations. `name`: 'settlement.held'; `subject`: what it is about, 'settlement.2016'."""
    if _flow_run_id() is None:
        return
    emit_event(
        event=f"jobfirst.{name}",
        resource={"prefect.resource.id": f"jobfirst.{mask(subject)}", "prefect.resource.name": mask(subject)},
        payload=json.loads(mask(json.dumps(facts, default=str, ensure_ascii=False))),
    )


def _flow_run_id() -> UUID | None:
    context = FlowRunContext.get()
    return context.flow_run.id if context and context.flow_run else None


def _show(key: str, kind: str, data: str | float, description: str) -> UUID | None:
    flow_run_id = _flow_run_id()
    if flow_run_id is None:
        return None
    artifact = ArtifactCreate(key=key, type=kind, data=data, description=mask(description), flow_run_id=flow_run_id)
    with get_client(sync_client=True) as client:
        return client.create_artifact(artifact).id


def _masked(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {name: mask(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
