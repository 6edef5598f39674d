"""Bring the automations of `automations.yaml` to a Prefect server: `python -m flows.server.automations`.

Run again, it brings the file's changes; `--channel TYPE/NAME` chooses the notification block. Settings:
`PREFECT_API_URL`, and `JOBFIRST_WEBHOOK_URL`, where the messages are posted to as JSON,
`{"subject": ..., "text": ...}`.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

import yaml
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound
from prefect.types import SecretDict

from flows.commands.common import Parser
from flows.server.named import named_server
from flows.server.reported import ended
from tasks.base.errors import InputError
from tasks.base.paths import top_file
from tasks.base.standard_error import tell

FILE = top_file("automations.yaml")
WEBHOOK_VARIABLE = "JOBFIRST_WEBHOOK_URL"
WEBHOOK_BLOCK = "jobfirst-webhook"
PLACE = "{{ channel }}"


def main(arguments: list[str] | None = None) -> int:
    """Bring the automations, and give the exit status."""
    return ended("automations", lambda: bring_all(_parser().parse_args(arguments).channel))


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m flows.server.automations",
        description=__doc__,
        epilog="Example: python -m flows.server.automations --channel sendgrid-email/jobfirst",
        allow_abbrev=False,
    )
    parser.add_argument("--channel", metavar="TYPE/NAME", help="the notification block, as sendgrid-email/jobfirst")
    return parser


def bring_all(channel: str | None) -> None:
    """Bring the automations, and print which. Raises InputError, as `named_server` and `block_id` do.

    `channel`: the notification block, by TYPE/NAME; without one, the webhook of the environment.
    """
    with named_server() as client:
        block = block_id(client, channel or webhook_channel(os.environ.get(WEBHOOK_VARIABLE, "")))
        for automation in automations(block):
            bring(client, automation)
            tell(f"automations: {automation.name}")


def automations(channel: str | None) -> list[AutomationCore]:
    """Read the file. `channel`: the id of the block that messages go to; without one, those that send are left out."""
    entries: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["automations"]
    for entry in entries:
        for action in entry["actions"]:
            if action.get("block_document_id") == PLACE:
                action["block_document_id"] = channel
    return [
        AutomationCore.model_validate(entry)
        for entry in entries
        if all(action.get("block_document_id", "") is not None for action in entry["actions"])
    ]


def webhook_channel(url: str) -> str | None:
    """Keep the webhook as a notification block, its address as a secret, and give the block's name."""
    if not url:
        return None
    block = CustomWebhookNotificationBlock(
        name="JobFirst",
        url="{{url}}",
        json_data={"subject": "{{subject}}", "text": "{{body}}"},
        headers=None,
        cookies=None,
        secrets=SecretDict({"url": url}),
    )
    block.save(WEBHOOK_BLOCK, overwrite=True)
    return f"{block.get_block_type_slug()}/{WEBHOOK_BLOCK}"


def block_id(client: SyncPrefectClient, channel: str | None) -> str | None:
    """Give the id of a block that is named TYPE/NAME.

    Raises InputError when the server has none.
    """
    if channel is None:
        return None
    kind, _, name = channel.partition("/")
    try:
        return str(client.read_block_document_by_name(name, kind).id)
    except ObjectNotFound:
        raise InputError(f"The server has no block {channel}: name one as TYPE/NAME, from prefect block ls.") from None


def bring(client: SyncPrefectClient, automation: AutomationCore) -> None:
    """Create an automation, or change the one of that name."""
    found = client.read_automations_by_name(automation.name)
    for one in found:
        client.update_automation(one.id, automation)
    if not found:
        client.create_automation(automation)


if __name__ == "__main__":
    sys.exit(main())
