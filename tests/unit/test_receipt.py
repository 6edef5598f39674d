"""What the receipt of a check says beside the hashes of the files."""

from __future__ import annotations

from pathlib import Path

from tasks.base.moment import Moment
from tasks.base.program import program_name
from tasks.check.check import check
from tasks.intake.inbox import Held
from tasks.rules.model import load_rules
from tasks.web.receipt import receipt
from tests.support.portfolio import Portfolio


def test_it_names_the_moment_the_hold_and_the_versions(tmp_path: Path) -> None:
    portfolio = Portfolio(tmp_path)
    delivery = portfolio.project().delivery("2017-12-31")
    delivery.citizen("Anna")
    portfolio.write_register()
    folder = delivery.write(portfolio.inbox)
    now = Moment.parse("2018-02-15T12:00")
    found = check(folder, project_id=None, as_of=None, register=portfolio.register, now=now)
    held = Held(folder.name, tuple((path.name, path.read_bytes()) for path in sorted(folder.iterdir())))
    lines = receipt(found, held, None, load_rules(), now).splitlines()
    assert "Tidspunkt:    15-02-2018 kl. 12:00:00" in lines
    assert "Opgjort pr.:  31-12-2017" in lines
    holds = [hold.rule.code for hold in found.holds if hold.rule.action == "hold"]
    assert holds
    assert f"              Når 2017 opgøres på den, stilles projektet i bero ({', '.join(holds)})." in lines
    assert any(line.startswith(f"Program: JobFirst {program_name()}, SHA-256 ") for line in lines)
    assert f"Regler:  jobfirst.yaml, SHA-256 {load_rules().sha256}" in lines
