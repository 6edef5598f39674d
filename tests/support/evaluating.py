"""What an evaluation reads: deliveries with both arms, received but not settled, and the hours file."""

from __future__ import annotations

import csv
from pathlib import Path

from tasks.base.progress import Silence
from tasks.intake.key import key_of
from tasks.intake.receive import receive
from tasks.register.inputs import read_inputs
from tasks.warehouse.connection import open_warehouse
from tests.support.portfolio import Delivery
from tests.support.releasing import Office

NOW = "2018-02-15T10:00"


def delivered(office: Office, as_of: str = "2017-12-31") -> Delivery:
    """Begin a delivery of the only project."""
    return office.portfolio.projects[0].delivery(as_of)


def both_arms(delivery: Delivery, count: int, day: str = "2016-03-01") -> None:
    """Register citizens of both arms, the participants first."""
    for arm, name in (("deltager", "D"), ("kontrol", "K")):
        for number in range(count):
            delivery.citizen(f"{name}{number}", gruppe=arm, visitationsdato=day)


def received(office: Office, delivery: Delivery, now: str = NOW) -> None:
    """Have a delivery received; an evaluation judges it itself."""
    office.portfolio.write_register()
    delivery.write(office.inbox)
    run_of_year = office.run(2017, now)
    with open_warehouse(office.home) as connection:
        inputs = read_inputs(connection, run_of_year)
        receive(
            connection,
            office.inbox,
            project_ids=inputs.register.project_ids,
            words=inputs.rules.vocabulary.words,
            now=run_of_year.now,
            key=key_of(connection, office.home),
            progress=Silence().step("deliveries"),
        )


def hours_file(office: Office, delivery: Delivery, worked: dict[str, dict[str, str]], *, last: str = "2017-12") -> Path:
    """Write an hours file: hours by citizen and month; a stranger closes it with no hours in its last month."""
    numbers = {row["borger_id"]: row["cpr"] for row in delivery.borgere}
    lines = [(numbers[name], month, hours) for name, months in worked.items() for month, hours in months.items()]
    path = office.portfolio.folder / "timer.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([("cpr", "maaned", "timer"), *lines, ("6101409997", last, "0")])
    return path
