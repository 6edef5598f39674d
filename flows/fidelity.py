"""Fidelity: whether it was JobFirst that the participants got. It changes no payment."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.settle import take_in
from tasks.base.failure import tells_no_value
from tasks.base.moment import Moment
from tasks.base.progress import telling
from tasks.base.run import Run
from tasks.fidelity.measure import Fidelity, sample
from tasks.fidelity.task import measure_fidelity, show_fidelity
from tasks.intake.key import operator_secret
from tasks.prefect_run.ended import ends_by_name
from tasks.prefect_run.parameters import ProjectId, Timestamp
from tasks.prefect_run.year import Year
from tasks.rules.model import load_rules
from tasks.warehouse.task import warehouse_taken


@flow(name="fidelity", flow_run_name="fidelity {year}", validate_parameters=False, persist_result=False)
@ends_by_name
@tells_no_value
def fidelity(
    year: Year,
    register: Path,
    inbox: Path,
    home: Path = Path("var"),
    project: ProjectId | None = None,
    as_known_at: Timestamp | None = None,
) -> Fidelity:
    """Measure the nine core elements by project, and write `HOME/out/<YEAR>/fidelity/`.

    What is measured of an earlier state goes to `HOME/out/<YEAR>/as-known-at/fidelity/`.

    Args:
        year: the year whose folder the files go to
        register: STAR's register
        inbox: the deliveries
        home: the warehouse and all output
        project: one project alone; left out, all of the register
        as_known_at: an earlier moment whose state is measured (ISO; Copenhagen where it has no zone)

    Raises:
        InputError: for a wrong register, year or project
        BusinessRefusal: when another run writes to `home`

    """
    load_rules().check_year(year)
    home = Path(home)
    with warehouse_taken(home, f"fidelity {year}") as connection, telling() as teller:
        run = Run(year, Path(register), Path(inbox), home, Moment.now(), Moment.earlier(as_known_at))
        found = measure_fidelity(connection, run, take_in(connection, run, teller), project)
    show_fidelity(found, run)
    return found


@flow(name="fidelity-sample", flow_run_name="fidelity sample", validate_parameters=False, persist_result=False)
@ends_by_name
@tells_no_value
def fidelity_sample(
    project: ProjectId,
    citizens: int,
    register: Path,
    inbox: Path,
    home: Path = Path("var"),
    as_known_at: Timestamp | None = None,
) -> list[str]:
    """Draw participants for a consultant to read, the same for the same delivery.

    Args:
        project: whose
        citizens: how many
        register: STAR's register
        inbox: the deliveries
        home: the warehouse
        as_known_at: an earlier moment whose deliveries are drawn from (ISO; Copenhagen where it has no zone)

    Raises:
        InputError: for a wrong register or project, and for fewer than one citizen
        BusinessRefusal: where there is no participant, and when another run writes to `home`

    """
    home = Path(home)
    with warehouse_taken(home, "fidelity sample") as connection, telling() as teller:
        year = load_rules().years[-1]
        run = Run(year, Path(register), Path(inbox), home, Moment.now(), Moment.earlier(as_known_at))
        inputs = take_in(connection, run, teller)
        return sample(connection, run, inputs, project, citizens, operator_secret(home))
