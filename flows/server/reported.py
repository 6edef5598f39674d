"""How the programs that serve end: with one sentence where they fail, and with the exit status of the commands."""

from __future__ import annotations

from collections.abc import Callable

from flows.commands.common import DONE, FAILED, REFUSED, WRONG_INPUT, as_text
from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.failure import fit_to_report
from tasks.base.lines import visible
from tasks.base.standard_error import tell


def ended(name: str, work: Callable[[], None]) -> int:
    """Do the work of a program, and give its exit status: 0 done, 1 refused, 2 wrong input, 3 an internal failure.

    It speaks English alone, as the server does and the pages of its runs.
    """
    try:
        work()
    except InputError as error:
        text, status = str(error), WRONG_INPUT
    except BusinessRefusal as refusal:
        text, status = str(refusal), REFUSED
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported in one sentence
        text, status = as_text(fit_to_report(error)), FAILED
    else:
        return DONE
    tell(f"{name}: {visible(mask(text))}")
    return status
