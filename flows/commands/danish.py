"""The help of the commands in Danish: the parsers are written in English, and this is what each text is then."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

_EXAMPLE, _STATUS, _ALSO = "Example: ", " Exit status: ", "; also "
_HEADINGS = {"options": "tilvalg", "positional arguments": "argumenter", "commands": "kommandoer"}
TEXTS = {
    "the yearly settlement of JobFirst: from municipal registrations to grants, letters and ledger": (
        "den årlige opgørelse af JobFirst: fra kommunernes registreringer til tilskud, breve og bogføring"
    ),
    "0 done, 1 refused, 2 wrong input, 3 internal failure.": (
        "0 udført, 1 afvist, 2 forkert input, 3 fejl i programmet."
    ),
    "show this help message and exit": "vis denne hjælp",
    "show the program's version and commit, and end": "vis programmets version og commit",
    "print one JSON object on standard output and nothing else": "skriv ét JSON-objekt og intet andet",
    "STAR's register": "STAR's register",
    "the deliveries": "leveringerne",
    "warehouse and output (default var/)": "datalager og resultater (ellers var/)",
    "take everything as it was known then, e.g. 2017-02-01T12:00 (Copenhagen where no zone is given)": (
        "tag alt, som det var kendt da, fx 2017-02-01T12:00 (dansk tid, hvor ingen zone er angivet)"
    ),
    "settle a year: intake, validation, computation, draft letters": (
        "opgør et år: modtagelse, kontrol, beregning og udkast til breve"
    ),
    "work on a Dask cluster: N local worker processes, or a scheduler's address such as tls://host:8786": (
        "regn på en Dask-klynge: N processer her, eller en adresse som tls://host:8786"
    ),
    "post the draft of each year that a second person approves: ledger, final letters, posting basis, payment file": (
        "bogfør det udkast for hvert år, som en anden person godkender: bogføring, endelige breve, "
        "posteringsgrundlag og betalingsfil"
    ),
    "who approves; not who prepared the draft": "den, der godkender; ikke den, der har lavet udkastet",
    "the draft that is approved, by the first 8 digits or more, as settle tells; one a year, but for a plan": (
        "udkastet, der godkendes: mindst de første 8 cifre, som settle viser dem; ét for hvert år, dog ikke til --plan"
    ),
    "show what would be posted and what speaks against it, and write nothing": (
        "vis, hvad der ville blive bogført, og hvad der taler imod det, og skriv intet"
    ),
    "accept a finding of the plan, or several: H02,H03; each is followed by its --reason": (
        "acceptér et fund i planen eller flere: H02,H03; hver følges af sin --reason"
    ),
    "the approver's signature over the drafts, asked for where HOME/approvers is there: --plan tells how": (
        "godkenderens signatur over udkastene, som kræves, hvor HOME/approvers findes: --plan viser hvordan"
    ),
    "release only these; the rest can follow": "frigiv kun disse; resten kan følge",
    "set a hold aside; each is followed by its --reason; PORTFOLIO:B01 for the portfolio's": (
        "fravig en tilbageholdelse; hver følges af sin --reason; PORTFOLIO:B01 for hele puljen"
    ),
    "why the hold named before it is set aside, or the finding accepted: ten characters or more": (
        "hvorfor tilbageholdelsen, der står foran, fraviges, eller fundet accepteres: mindst ti tegn"
    ),
    "settle earlier years again, and draft what differs from the ledger": (
        "opgør tidligere år igen, og lav udkast til det, der afviger fra bogføringen"
    ),
    "draft only this one; repeatable": "lav kun udkast for dette projekt; kan gentages",
    "why; kept with the plan": "hvorfor; gemmes med planen",
    "trace every krone of a project's year back to the registrations and rules that gave it": (
        "før hver krone i et projekts år tilbage til de registreringer og regler, der gav den"
    ),
    "one citizen's part of it, and what does not count": "én borgers del af det, og det, der ikke tæller",
    "show what was delivered, drafted and released, and what is due next": (
        "vis, hvad der er leveret, udkastet og frigivet, og hvad der er det næste"
    ),
    "show what was posted, or check that nothing of it was changed since": (
        "vis, hvad der er bogført, eller kontrollér, at intet af det er ændret siden"
    ),
    "check both records, entry by entry": "kontrollér begge bøger, post for post",
    "check a delivery before it is handed in: a folder, an archive or a workbook": (
        "kontrollér en levering, før den afleveres: en mappe, et arkiv eller et regneark"
    ),
    "0 when it would be accepted with no row rejected, 1 otherwise, 2 when it can't be checked": (
        "0, når den modtages og ingen række afvises, ellers 1, og 2, når den ikke kan kontrolleres"
    ),
    "the folder, .zip or indberetning.xlsx": "mappen, .zip eller indberetning.xlsx",
    "the project, where the path does not tell it": "projektet, hvor stien ikke fortæller det",
    "the as-of date, where the path does not tell it": "opgørelsesdatoen, hvor stien ikke fortæller den",
    "the delivery before, to compare with": "den forrige levering, der sammenlignes med",
    "write a copy with the errors marked and no CPR number": "skriv en kopi med fejlene mærket og uden cpr-numre",
    "draw who is a participant and who a control, so that anyone can check it": (
        "træk lod om, hvem der er deltager, og hvem der er kontrol, så alle kan efterprøve det"
    ),
    "keep which hearing letters were sent, and what was answered": (
        "gem, hvilke breve der er sendt i partshøring, og hvad der blev svaret"
    ),
    "keep that the hearing letters of a year's newest draft were sent": (
        "gem, at brevene i partshøring fra årets nyeste udkast er sendt"
    ),
    "only the letters to these": "kun brevene til disse projekter",
    "the day on which they were sent": "den dag, de blev sendt",
    "keep what a municipality answered": "gem, hvad en kommune svarede",
    "the project's id in the register": "projektets id i registret",
    "the day of the answer": "den dag, svaret kom",
    "it has nothing to remark": "den har ingen bemærkninger",
    "what it wrote, as a text file": "det, den skrev, som tekstfil",
    "show the record, entry by entry": "vis alt, der er gemt, post for post",
    "only what is about this year": "kun det, der handler om dette år",
    "only what is about these": "kun det, der handler om disse projekter",
    "check both copies of the record, entry by entry": "kontrollér begge eksemplarer, post for post",
    "write a made-up register and inbox": "skriv et opdigtet register og opdigtede leveringer",
    "write the empty workbook that municipalities fill in": "skriv det tomme regneark, som kommunerne udfylder",
    "the workbook to write": "regnearket, der skrives",
    "serve the page where a municipality checks its delivery; it keeps nothing": (
        "vis den side, hvor en kommune kontrollerer sin levering; den gemmer intet"
    ),
    "the address to listen on (127.0.0.1)": "adressen, der lyttes på (127.0.0.1)",
    "where downloads lead for the rules, such as https://…/regler (the rules file's rules_url)": (
        "hvor hentede filer viser hen for reglerne, fx https://…/regler (ellers regelfilens rules_url)"
    ),
    "the port; 0 takes a free one (4300)": "porten; 0 tager en ledig (4300)",
    "show what a changed rule would give each project; nothing is drafted or released": (
        "vis, hvad en ændret regel ville give hvert projekt; intet udkastes eller frigives"
    ),
    "estimate what the programme comes to at its last day, and how well that would have been told a year before": (
        "anslå, hvad programmet løber op i på sin sidste dag, og hvor godt det ville være ramt et år før"
    ),
}


class DanishHelp(argparse.HelpFormatter):
    """Writes the line of usage in Danish."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: object, prefix: str | None = None
    ) -> None:
        """Begin it with Danish."""
        super().add_usage(usage, actions, groups, "brug: " if prefix is None else prefix)  # type: ignore[arg-type]


def in_danish(parser: argparse.ArgumentParser) -> None:
    """Turn the help of a parser, and of all commands below it, into Danish; what has no Danish text stays English."""
    parser.formatter_class = DanishHelp
    parser.description = _sentence(parser.description)
    parser.epilog = _example(parser.epilog)
    for group in parser._action_groups:
        group.title = _HEADINGS.get(group.title or "", group.title)
    for action in parser._actions:
        action.help = _text(action.help)
        if isinstance(action, argparse._SubParsersAction):
            action.metavar = "KOMMANDO"
            for choice in action._choices_actions:
                choice.help = _text(choice.help)
            for command in action.choices.values():
                in_danish(command)


def _text(english: str | None) -> str | None:
    if english is None:
        return None
    told, also, variable = english.partition(_ALSO)
    return TEXTS.get(told, told) + also.replace("also", "også") + variable if told in TEXTS else english


def _sentence(english: str | None) -> str | None:
    if not english:
        return english
    key = english.removesuffix(".")
    danish = TEXTS.get(key) or TEXTS.get(key[0].lower() + key[1:])
    return f"{danish[0].upper()}{danish[1:]}." if danish else english


def _example(english: str | None) -> str | None:
    if english is None:
        return None
    example, is_told, status = english.partition(_STATUS)
    danish = example.replace(_EXAMPLE, "Eksempel: ", 1)
    return f"{danish} Exitstatus: {TEXTS.get(status, status)}" if is_told else danish
