"""`jobfirst draw …`: STAR's draw of participants and controls, and its verification."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, REFUSED, add_command, add_folders, filled, folder, named_path, show
from tasks.base.errors import InputError
from tasks.base.lines import count_of_controls, count_of_entries, count_of_participants
from tasks.base.moment import Moment
from tasks.base.worded import phrase, shown, worded
from tasks.draw.sequence import REASONS

if TYPE_CHECKING:
    from tasks.draw.desk import Desk, Receipt
    from tasks.draw.verify import Verified


def add(commands: Any) -> None:
    """Add the parsers of all actions."""
    parser = commands.add_parser(
        "draw",
        help="draw who is a participant and who a control, so that anyone can check it",
        description="Draw who is a participant and who a control, so that anyone can check it.",
        epilog="Example: jobfirst draw open JF-187; docs/draw-format.md has the next steps.",
        allow_abbrev=False,
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION", title="actions")
    one = _action(actions, "open", "commit to the secret of a project's draw", "jobfirst draw open JF-187", _open)
    one.add_argument(
        "--beacon", type=filled, metavar="NAME", default="kommune", help="kommune (default), drand:CHAIN:ROUND or none"
    )
    one = _action(
        actions, "beacon", "give the public value", 'jobfirst draw beacon JF-187 "Vallensbæk, 3. februar"', _beacon
    )
    one.add_argument("value", type=filled, metavar="VALUE", help="the municipality's text, or a round's randomness")
    one.add_argument("--signature", type=filled, metavar="HEX", help="the round's signature")
    one = _action(actions, "batch", "draw the citizens of a list", "jobfirst draw batch JF-187 borgere.csv", _batch)
    one.add_argument("file", type=named_path, metavar="FILE", help="borgere without gruppe and visitationsdato")
    one.add_argument("--last", action="store_true", help="nobody is drawn afterwards")
    one.add_argument(
        "--small", action="store_true", help="draw fewer than the smallest batch: their arms can be guessed"
    )
    one = _action(
        actions,
        "withdraw",
        "write down that a citizen left",
        "jobfirst draw withdraw JF-187 --citizen B-0017 --reason flyttet",
        _withdraw,
    )
    one.add_argument(
        "--citizen", required=True, type=filled, metavar="ID", help="the municipality's own reference, or the ref"
    )
    one.add_argument("--reason", required=True, choices=REASONS, help="why")
    one = _action(
        actions, "import", "take in arms that were drawn elsewhere", "jobfirst draw import JF-187 arme.csv", _import
    )
    one.add_argument(
        "file", type=named_path, metavar="FILE", help="borger_id, cpr, kommunekode, maalgruppe, gruppe, dato"
    )
    _action(
        actions, "reveal", "reveal the seed, once no more citizens can be drawn", "jobfirst draw reveal JF-187", _reveal
    )
    one = add_command(
        actions,
        "verify",
        "check a record, and its arms once the seed is revealed",
        "jobfirst draw verify JF-187",
        _verify,
    )
    one.add_argument("what", type=filled, metavar="PROJECT-OR-FILE", help="a project of this home, or a record's file")
    one.add_argument("--seed", type=filled, metavar="HEX", help="the seed, where the record does not have it")
    add_folders(one, "home")
    _add_rehearsal(one)


def _action(
    actions: Any, name: str, purpose: str, example: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser = add_command(actions, name, purpose, example, run)
    parser.add_argument("project", type=filled, metavar="PROJECT", help="the project's id in the register")
    add_folders(parser, "register", "home")
    _add_rehearsal(parser)
    return parser


def _add_rehearsal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rehearsal",
        action="store_true",
        help="try it out: no window, a folder of its own, and no settlement reads it",
    )


def _open(options: argparse.Namespace) -> int:
    with _desk(options, "draw open") as desk:
        commitment = desk.open(options.beacon)
        is_over, end = desk.is_over, desk.window_end
    result = {"project_id": options.project, "commitment": commitment, "beacon": options.beacon}
    told = worded("The commitment of {project}, for the municipality:", project=options.project) + f"\n  {commitment}"
    if is_over:
        told += "\n" + worded(
            "The draw window of {project} closed on {end}: nobody can be drawn by it, and a settlement rejects "
            "everybody who was not drawn (C17). Where this was to try it out, bring a backup of {home} back, and use "
            "--rehearsal.",
            project=options.project,
            end=end,
            home=options.home,
        )
    return _say(options, result, told)


def _beacon(options: argparse.Namespace) -> int:
    with _desk(options, "draw beacon") as desk:
        value = desk.give_beacon(options.value, options.signature)
    result = {"project_id": options.project, "value": value}
    return _say(
        options,
        result,
        worded("The value of {project}'s beacon is written down: draw the first batch.", project=options.project),
    )


def _batch(options: argparse.Namespace) -> int:
    with _desk(options, "draw batch") as desk:
        receipt = desk.batch(options.file, is_last=options.last, is_small=options.small)
    return _say_receipt(
        options,
        receipt,
        worded("Already batch {batch}.", batch=receipt.batch) if receipt.is_again else worded("Drawn."),
    )


def _import(options: argparse.Namespace) -> int:
    with _desk(options, "draw import") as desk:
        receipt = desk.take_in(options.file)
    return _say_receipt(
        options,
        receipt,
        worded("Already taken in.")
        if receipt.is_again
        else worded("Taken in; who was given which arm can't be verified."),
    )


def _withdraw(options: argparse.Namespace) -> int:
    with _desk(options, "draw withdraw") as desk:
        ref = desk.withdraw(options.citizen, options.reason)
    result = {"project_id": options.project, "ref": ref, "reason": options.reason}
    return _say(
        options,
        result,
        worded("Written down: {ref} of {project} has left ({reason}).", **{"project": options.project, **result}),
    )


def _reveal(options: argparse.Namespace) -> int:
    with _desk(options, "draw reveal") as desk:
        seed = desk.reveal()
    return _say(
        options,
        {"project_id": options.project, "seed": seed},
        worded("The seed of {project}:", project=options.project) + f"\n  {seed}",
    )


def _verify(options: argparse.Namespace) -> int:
    from tasks.draw.verify import verify_file

    seed = _seed(options.seed)
    file = Path(options.what)
    found = verify_file(file, seed) if file.is_file() else _verify_of_home(options, seed)
    result = {"is_sound": found.finding is None, **vars(found)}
    told = worded("The record does not verify. {finding}", finding=found.finding)
    if found.finding is None:
        told = worded("The record verifies: {entries}, the newest with hash", entries=count_of_entries(found.entries))
        told += f"\n  {found.head}\n{_arms(found)}"
    _say(options, result, told)
    return DONE if found.finding is None else REFUSED


def _verify_of_home(options: argparse.Namespace, seed: bytes | None) -> Verified:
    """Verify a project's record. Raises InputError where no place that has records knows of one."""
    from tasks.base.nearest import nearest_are
    from tasks.draw.record import folder_of
    from tasks.draw.verify import drawn_projects, heal_draws, heal_rehearsal, recorded_in, verify, verify_file
    from tasks.warehouse.connection import FILE_NAME as WAREHOUSE_NAME
    from tasks.warehouse.connection import open_warehouse
    from tasks.warehouse.lock import hold_lock
    from tasks.warehouse.missing import refuse_missing

    folder = folder_of(options.home, is_rehearsal=options.rehearsal)
    known = recorded_in(folder)
    if options.rehearsal:
        if options.what in known:
            with hold_lock(options.home, "draw verify", Moment.now().utc):
                heal_rehearsal(options.home, options.what)
                return verify_file(folder / f"{options.what}.jsonl", seed)
    elif not (options.home / WAREHOUSE_NAME).exists():
        refuse_missing(options.home)
    else:
        with hold_lock(options.home, "draw verify", Moment.now().utc), open_warehouse(options.home) as connection:
            heal_draws(connection, options.home)
            known = drawn_projects(connection, options.home)
            found = verify(connection, options.home, options.what, seed)
        # An opening that was interrupted leaves the head of an empty record.
        if found.entries or found.finding is not None:
            return found
    raise InputError(
        phrase(
            "{what} is neither a record's file nor a project drawn in {home}{near}.",
            what=options.what,
            home=options.home,
            near=nearest_are(options.what, known),
        )
    )


def _arms(found: Verified) -> str:
    if found.is_elsewhere:
        return worded("The arms were drawn elsewhere: nothing can tell how, so the allocation can't be verified.")
    told = (
        worded("Every arm follows from the seed.")
        if found.arms
        else worded("The arms can be checked once the seed is revealed.")
    )
    if found.has_beacon:
        return told
    return f"{told} {worded('Without a beacon: STAR alone could have tried secrets until one suited.')}"


def _seed(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        seed = bytes.fromhex(text)
    except ValueError:
        seed = b""
    if len(seed) != 32:
        raise InputError(phrase("--seed is 64 hexadecimal digits: copy it from `jobfirst draw reveal`."))
    return seed


@contextmanager
def _desk(options: argparse.Namespace, purpose: str) -> Iterator[Desk]:
    """Have the desk of a project's draw, as the only writer to the home."""
    from tasks.base.nearest import nearest_are
    from tasks.base.run import preparer
    from tasks.draw.desk import Desk
    from tasks.intake.key import key_of, operator_secret
    from tasks.register.read import read_register, register_files
    from tasks.rules.model import load_rules
    from tasks.warehouse.connection import open_warehouse
    from tasks.warehouse.lock import hold_lock

    register, home = folder(options, "register"), options.home
    by, rules = preparer(), load_rules()
    with hold_lock(home, purpose, Moment.now().utc), open_warehouse(home) as connection:
        # After the wait for the lock: who had it may have written an entry meanwhile.
        now = Moment.now()
        known = read_register(connection, register_files(register), rules)
        project = next((one for one in known.projects if one.project_id == options.project), None)
        if project is None:
            near = nearest_are(options.project, known.project_ids)
            raise InputError(
                phrase(
                    "{project} is not in the register{near}: name a project of projekter.csv.",
                    project=options.project,
                    near=near,
                )
            )
        key = key_of(connection, home)
        yield Desk(
            connection, home, project, rules, operator_secret(home), key, now, by, is_rehearsal=options.rehearsal
        )


def _say(options: argparse.Namespace, result: dict[str, Any], told: str) -> int:
    mark = worded("REHEARSAL: nothing of this counts.") + "\n" if options.rehearsal else ""
    show(options, {**result, "rehearsal": options.rehearsal}, lambda: mark + told)
    return DONE


def _say_receipt(options: argparse.Namespace, receipt: Receipt, said: str) -> int:
    result = {
        "project_id": options.project,
        **vars(receipt),
        "left_out": [vars(one) for one in receipt.left_out],
        "warnings": list(receipt.warnings),
    }
    codes = sorted({code for one in receipt.left_out for code in one.codes})
    lines = [
        f"{said} "
        + worded(
            "{participants}, {controls}: {file}",
            participants=count_of_participants(receipt.participants),
            controls=count_of_controls(receipt.controls),
            file=receipt.file,
        ),
        worded("Receipt for the municipality:"),
        worded("  list {sha256}", sha256=receipt.list_sha256),
        worded("  head {sha256}", sha256=receipt.head),
        *(
            worded(
                "Left out: row {row} ({citizen}): {codes}",
                row=one.row_no,
                citizen=one.borger_id,
                codes=" ".join(one.codes),
            )
            for one in receipt.left_out
        ),
        *(f"  {code} ({_requirement(code)})" for code in codes),
        *(str(shown(one)) for one in receipt.warnings),
    ]
    return _say(options, result, "\n".join(lines))


def _requirement(code: str) -> str:
    """Say in words what a rule requires of those who are drawn."""
    from tasks.draw.drawn_before import DRAWN_BEFORE
    from tasks.validation.held import requirement

    if code == DRAWN_BEFORE:
        return worded("required: {title}", title=worded("A person is drawn once, and in one project alone"))
    return requirement(code)
