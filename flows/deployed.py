"""The flows as `prefect.yaml` deploys them: their folders are the deployment's, and no field of its form.

A deployment has them among its job variables: `JOBFIRST_REGISTER`, `JOBFIRST_INBOX`, `JOBFIRST_HOME`. Otherwise whoever
starts a run could name another home, and settle and release there (decision 029).
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Iterable
from functools import wraps
from pathlib import Path
from typing import Any

from prefect import Flow

from flows import backfill as _backfill
from flows import evaluate as _evaluate
from flows import fidelity as _fidelity
from flows import receive as _receive
from flows import release as _release
from flows import settle as _settle
from tasks.base.durable import FILE_CREATION_MASK
from tasks.base.errors import InputError
from tasks.base.failure import tells_no_value
from tasks.prefect_run.ended import ends_by_name

FOLDERS = ("register", "inbox", "home")
_OF_A_FOLDER = re.compile(rf"^ *(?:{'|'.join(FOLDERS)}): .*\n", re.MULTILINE)


def folders(names: Iterable[str] = FOLDERS) -> dict[str, Path]:
    """Give the folders of the deployment that a run belongs to, by these names.

    Raises InputError when one has no name.
    """
    found: dict[str, Path] = {}
    for name in names:
        variable = f"JOBFIRST_{name.upper()}"
        given = os.environ.get(variable, "").strip()
        if not given:
            raise InputError(
                f"The deployment names no {name}: set {variable} where it is deployed, and deploy it again."
            )
        found[name] = Path(given)
    return found


def deployed(flow: Flow[..., Any]) -> Flow[..., Any]:
    """Give a flow whose folders are the deployment's: they are no parameters, whatever a run is asked for."""
    signature = inspect.signature(flow.fn, eval_str=True)
    names = [name for name in FOLDERS if name in signature.parameters]
    asked = signature.replace(parameters=[one for name, one in signature.parameters.items() if name not in FOLDERS])

    @ends_by_name
    @tells_no_value
    @wraps(flow.fn)
    def run(*given: Any, **named: Any) -> Any:
        os.umask(FILE_CREATION_MASK)
        return flow.fn(**asked.bind(*given, **named).arguments, **folders(names))

    run.__signature__ = asked  # type: ignore[attr-defined]
    run.__doc__ = _OF_A_FOLDER.sub("", flow.fn.__doc__ or "")
    return Flow(run, name=flow.name, flow_run_name=flow.flow_run_name, validate_parameters=False, persist_result=False)


receive = deployed(_receive.receive)
settle = deployed(_settle.settle)
backfill = deployed(_backfill.backfill)
release = deployed(_release.release)
fidelity = deployed(_fidelity.fidelity)
evaluate = deployed(_evaluate.evaluate)
