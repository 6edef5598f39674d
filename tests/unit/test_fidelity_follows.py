"""Whether a hidden count follows is told on the safe side."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tasks.fidelity import follows as module
from tasks.fidelity.follows import Lacking, follows

HIDDEN = Lacking(due=20, all=(1, 4), alone=(0, 20), is_alone_few=False, is_registered=False)


def test_what_cannot_be_computed_counts_as_following(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not follows([HIDDEN], 20, None)
    monkeypatch.setattr(module, "linprog", lambda *_, **__: SimpleNamespace(success=False))
    assert follows([HIDDEN], 20, None)
