"""The help of the commands in Danish: the parsers are written in English, and this gives each text in Danish."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any

_EXAMPLE, _STATUS, _ALSO = "Example: ", " Exit status: ", "; also "
_HEADINGS = {
    "options": "tilvalg",
    "positional arguments": "argumenter",
    "commands": "kommandoer",
    "actions": "handlinger",
}
_METAVARS = {
    "COMMAND": "KOMMANDO",
    "ACTION": "HANDLING",
    "YEAR": "ÅR",
    "DIR": "MAPPE",
    "TIMESTAMP": "TIDSPUNKT",
    "ADDRESS": "ADRESSE",
    "NAME": "NAVN",
    "FINGERPRINT": "FINGERAFTRYK",
    "PROJECT": "PROJEKT",
    "CODE": "KODE",
    "TEXT": "TEKST",
    "FILE": "FIL",
    "DATE": "DATO",
    "FROM": "FRA",
    "TO": "TIL",
    "PATH": "STI",
    "yyyy": "åååå",
    "VALUE": "VÆRDI",
    "SHARE": "ANDEL",
    "HOURS": "TIMER",
    "HOST": "VÆRT",
    "OR": "ELLER",
}
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
    "STAR's register": "STARs register",
    "the deliveries": "indberetningerne",
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
    "the draft that is approved, by the first 8 digits or more, as settle shows; one a year; none for a plan": (
        "udkastet, der godkendes: mindst de første 8 cifre, som settle viser dem; ét for hvert år, dog ikke til --plan"
    ),
    "show what would be posted and what speaks against it, and write nothing": (
        "vis, hvad der ville blive bogført, og hvad der taler imod det, og skriv intet"
    ),
    "accept a finding of the plan, or several: H02,H03; each is followed by its --reason": (
        "acceptér et fund i planen eller flere: H02,H03; hver følges af sin --reason"
    ),
    "the approver's signature over the drafts, asked for where HOME/approvers is there: --plan shows how": (
        "godkenderens underskrift på udkastene, som kræves, hvor HOME/approvers findes: --plan viser hvordan"
    ),
    "release only these; the rest can follow": "frigiv kun disse; resten kan følge",
    "waive a hold; each is followed by its --reason; PORTFOLIO:B01 for the portfolio's": (
        "fravig en regel, som et projekt er i bero efter; hver følges af sin --reason; PORTFOLIO:B01 for hele puljen"
    ),
    "why the hold named before it is waived, or the finding accepted: ten characters or more": (
        "hvorfor reglen, der står foran, fraviges, eller fundet accepteres: mindst ti tegn"
    ),
    "settle earlier years again, and draft what differs from the ledger": (
        "opgør tidligere år igen, og lav udkast til det, der afviger fra bogføringen"
    ),
    "the year to settle": "det år, der gøres op",
    "the years to release, in one run": "de år, der frigives i én kørsel",
    "the year that the letters are about": "det år, brevene handler om",
    "the first year": "det første år",
    "the last year": "det sidste år",
    "the year that was settled": "det år, der er gjort op",
    "the last year that counts: amounts are of all years to it": (
        "det sidste år, der tæller: beløbene er for alle år til og med det"
    ),
    "draft only this one; repeatable": "lav kun udkast for dette projekt; kan gentages",
    "why; kept with the plan": "hvorfor; gemmes med planen",
    "trace every krone of a project's year back to the registrations and rules that gave it": (
        "før hver krone i et projekts år tilbage til de registreringer og regler, der gav den"
    ),
    "one citizen's part of it, and what does not count": "én borgers del af det, og det, der ikke tæller",
    "show what was delivered, drafted and released, and what is due next": (
        "vis, hvad der er indberettet, udkastet og frigivet, og hvad der er det næste"
    ),
    "show what was posted, or check that nothing of it was changed since": (
        "vis, hvad der er bogført, eller kontrollér, at intet af det er ændret siden"
    ),
    "check both records, entry by entry": "kontrollér begge bøger, post for post",
    "check a delivery before it is handed in: a folder, an archive or a workbook": (
        "kontrollér en indberetning, før den afleveres: en mappe, et arkiv eller et regneark"
    ),
    "0 when it would be accepted with no row rejected, 1 otherwise, 2 when it can't be checked": (
        "0, når den modtages og ingen række afvises, ellers 1, og 2, når den ikke kan kontrolleres"
    ),
    "the folder, .zip or indberetning.xlsx": "mappen, .zip eller indberetning.xlsx",
    "the project, where the path does not name it": "projektet, når det ikke fremgår af stien",
    "the as-of date, where the path does not name it": "opgørelsesdatoen, når den ikke fremgår af stien",
    "the as-of date of the delivery before, where its path does not name it": (
        "den forriges opgørelsesdato, når den ikke fremgår af dens sti"
    ),
    "the delivery before, to compare with": "den forrige indberetning, der sammenlignes med",
    "write a copy with the errors marked and no CPR number": "skriv en kopi med fejlene mærket og uden cpr-numre",
    "draw who is a participant and who a control, so that anyone can check it": (
        "træk lod om, hvem der er deltager, og hvem der er kontrol, så alle kan efterprøve det"
    ),
    "keep which hearing letters were sent, and what was answered": (
        "gem, hvilke breve der er sendt i partshøring, og hvad der blev svaret"
    ),
    "record that the hearing letters of a year's newest draft were sent": (
        "gem, at brevene i partshøring fra årets nyeste udkast er sendt"
    ),
    "only the letters to these": "kun brevene til disse projekter",
    "the day on which they were sent": "den dag, de blev sendt",
    "record what a municipality answered": "gem, hvad en kommune svarede",
    "the project's id in the register": "projektets id i registret",
    "the day of the answer": "den dag, svaret kom",
    "the code of the municipality that answered; needed where letters went to more than one": (
        "koden på den kommune, der svarede; nødvendig, hvor der er sendt breve til mere end én"
    ),
    "it has nothing to remark": "den har ingen bemærkninger",
    "what it wrote, as a text file": "det, den skrev, som tekstfil",
    "show the record, entry by entry": "vis alt, der er gemt, post for post",
    "only what is about this year": "kun det, der handler om dette år",
    "only what is about these": "kun det, der handler om disse projekter",
    "check both copies of the record, entry by entry": "kontrollér begge eksemplarer, post for post",
    "write a made-up register and inbox": "skriv et opdigtet register og opdigtede indberetninger",
    "the arms are drawn, in a new home that settles them afterwards: see `draw verify`; writes DIR/lists/ too": (
        "grupperne trækkes ved lod, i et nyt home, der gør dem op bagefter: se `draw verify`; skriver også DIR/lists/"
    ),
    "write the empty workbook that municipalities fill in": "skriv det tomme regneark, som kommunerne udfylder",
    "the workbook to write": "regnearket, der skrives",
    "serve the page where a municipality checks its delivery; it keeps nothing": (
        "vis den side, hvor en kommune kontrollerer sin indberetning; den gemmer intet"
    ),
    "the address to listen on (127.0.0.1)": "adressen, der lyttes på (127.0.0.1)",
    "where downloads lead for the rules, such as https://…/regler (the rules file's rules_url)": (
        "hvor hentede filer viser hen for reglerne, fx https://…/regler (ellers regelfilens rules_url)"
    ),
    "the port; 0 takes a free one (4300)": "porten; 0 tager en ledig (4300)",
    "show what a changed rule would give each project; nothing is drafted or released": (
        "vis, hvad en ændret regel ville give hvert projekt; intet udkastes eller frigives"
    ),
    "estimate what the programme comes to at its last day, and how well that could be foreseen a year before": (
        "anslå, hvad programmet løber op i på sin sidste dag, og hvor godt det ville være ramt et år før"
    ),
    "measure whether participants got JobFirst: nine core elements by project; it changes no payment": (
        "mål, om deltagerne fik JobFirst: ni grundelementer for hvert projekt; det ændrer ingen udbetaling"
    ),
    "estimate what JobFirst did for hours in ordinary work, by a frozen plan": (
        "anslå, hvad JobFirst gjorde for timer i ordinært arbejde, efter en fastlåst plan"
    ),
    "write a home to one file, once no run is at work": (
        "skriv et home til én fil; der ventes på en kørsel, der er i gang"
    ),
    "write drafts, events, ledger and violations as Parquet, without names and with citizens under pseudonyms": (
        "skriv udkast, hændelser, posteringer og regelbrud som Parquet, uden navne og med borgere under pseudonym"
    ),
    "bring a home back from a backup, into a new folder": "genskab et home fra en sikkerhedskopi i en ny mappe",
    "jobfirst fidelity sample JF-187 --citizens 10 prints that many participants for a consultant to read": (
        "jobfirst fidelity sample JF-187 --citizens 10 viser så mange deltagere, som en konsulent kan læse om"
    ),
    "0 done, 1 another run writes, 2 a wrong year or project": (
        "0 udført, 1 en anden kørsel skriver, 2 et forkert år eller projekt"
    ),
    "the year whose folder the files go to; or sample": "det år, hvis mappe filerne lægges i; eller sample",
    "with sample: whose participants": "med sample: hvis deltagere",
    "measure one project alone": "mål kun ét projekt",
    "with sample: how many (default 10)": "med sample: hvor mange (ellers 10)",
    "commit to the secret of a project's draw": "bind den hemmelige værdi i et projekts lodtrækning",
    "give the public value": "angiv den offentlige værdi",
    "draw the citizens of a list": "træk lod om borgerne på en liste",
    "write down that a citizen left": "skriv ned, at en borger er udtrådt",
    "take in arms that were drawn elsewhere": "tag grupper ind, der er trukket lod om et andet sted",
    "reveal the seed, once no more citizens can be drawn": "fortæl startværdien, når ingen kan trækkes længere",
    "check a record, and its arms once the seed is revealed": (
        "kontrollér en protokol, og grupperne, når startværdien er fortalt"
    ),
    "try it out: no window, a folder of its own, and no settlement reads it": (
        "prøv det: uden frist, i sin egen mappe, og aldrig brugt i en opgørelse"
    ),
    "kommune (default), drand:CHAIN:ROUND or none": "kommune (ellers), drand:CHAIN:ROUND eller none",
    "the municipality's text, or a round's randomness": "kommunens tekst eller en rundes tilfældige tal",
    "the round's signature": "rundens underskrift",
    "borgere without gruppe and visitationsdato": "borgere uden gruppe og visitationsdato",
    "nobody is drawn afterwards": "ingen trækkes derefter",
    "draw fewer than the smallest batch: their arms can be guessed": (
        "træk lod om færre end det mindste hold, så udfaldet kan gættes"
    ),
    "the municipality's own reference, or the ref": "kommunens egen reference, eller ref",
    "why": "hvorfor",
    "borger_id, cpr, kommunekode, maalgruppe, gruppe, dato": (
        "med kolonnerne borger_id, cpr, kommunekode, maalgruppe, gruppe, dato"
    ),
    "a project of this home, or a record's file": "et projekt i dette home eller en protokols fil",
    "the seed, where the record does not have it": "startværdien, når den ikke står i protokollen",
    "docs/draw-format.md has the next steps": "docs/draw-format.md viser de næste skridt",
    "docs/hearing.md has the next steps": "docs/hearing.md viser de næste skridt",
    "docs/trial.md has the next steps": "docs/trial.md viser de næste skridt",
    "It prints its address": "Den viser sin adresse",
    "ctrl-C ends it": "ctrl-C lukker den",
    "made where it is not there": "laves, hvor den ikke findes",
    "up to 98 (default 14)": "op til 98 (ellers 14)",
    "a project, both arms (default 220)": "for hvert projekt, begge grupper (ellers 220)",
    "the same seed, the same bytes (default 1)": "samme startværdi, samme bytes (ellers 1)",
    "of the rows (default 0)": "af rækkerne (ellers 0)",
    "of the spells, in later deliveries (default 0)": "af forløbene, i senere indberetninger (ellers 0)",
    "of JobFirst on mean weekly hours, known: writes DIR/timer.csv for `evaluate run --hours` too": (
        "af JobFirst på de gennemsnitlige ugentlige timer, kendt: skriver også DIR/timer.csv til `evaluate run --hours`"
    ),
    "of the files": "filernes form",
    "0 shown, 1 another run writes or the report is there, 2 a wrong change or year, or no delivery": (
        "0 vist, 1 en anden kørsel skriver, eller rapporten findes, 2 en forkert ændring, et forkert år "
        "eller ingen indberetning"
    ),
    "0 shown, 1 another run writes or the report is there, 2 a wrong change, or no delivery": (
        "0 vist, 1 en anden kørsel skriver, eller rapporten findes, 2 en forkert ændring eller ingen indberetning"
    ),
    "another value of a parameter of the rules file, from a day on or in all periods; a list as a,b; of "
    "one group as PARAMETER.GROUP=VALUE": (
        "en anden værdi af en parameter i regelfilen, fra en dag eller i alle perioder; en liste som a,b; "
        "for én gruppe som PARAMETER.GRUPPE=VÆRDI"
    ),
    "what is done about what breaks a rule": "hvad der sker med det, der bryder en regel",
    "changes in a file, before all others": "ændringer i en fil, før alle andre",
    "lay every change on the rules in force alone": "læg hver ændring for sig på de gældende regler",
    "show one project alone": "vis kun ét projekt",
    "write HOME/what-if/NAME/: whatif.csv, overlay.yaml and whatif.html": (
        "skriv HOME/what-if/NAVN/: whatif.csv, overlay.yaml og whatif.html"
    ),
    "write HOME/what-if/NAME/: forecast.csv and forecast.html": (
        "skriv HOME/what-if/NAVN/: forecast.csv og forecast.html"
    ),
    "write down the hash of the plan, the rules file's section evaluation": (
        "skriv planens hash ned: regelfilens afsnit evaluation"
    ),
    "compute the smallest effect that a trial finds": "beregn den mindste virkning, som et forsøg finder",
    "estimate, and write tables and report to HOME/out/evaluation/": (
        "anslå, og skriv tabeller og rapport i HOME/out/evaluation/"
    ),
    "who stands by the plan": "den, der står inde for planen",
    "both arms together (default 200)": "begge grupper tilsammen (ellers 200)",
    "standard deviation of weekly hours (default 1: in its units)": (
        "spredningen af de ugentlige timer (ellers 1: i dens enheder)"
    ),
    "0 done, 1 no plan is frozen or nothing to analyse, 2 a wrong hours file": (
        "0 udført, 1 ingen plan er fastlåst, eller intet at analysere, 2 en forkert timefil"
    ),
    "hours of the income register: cpr, maaned, timer": "indkomstregistrets timer: cpr, maaned, timer",
    "run without a frozen plan; every page and row says so": "kør uden en fastlåst plan; hver side og række siger det",
    "Two missing.": "To mangler.",
    "a new folder": "en ny mappe",
    "a new file, outside the home": "en ny fil uden for dette home",
    "put the key of the pseudonyms in too: whoever has the file can then recognise persons": (
        "læg også pseudonymernes nøgle i: den, der har filen, kan så genkende personer"
    ),
    "what jobfirst backup wrote": "det, som jobfirst backup skrev",
}


class DanishHelp(argparse.HelpFormatter):
    """Writes the line of usage in Danish."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: object, prefix: str | None = None
    ) -> None:
        """Begin it in Danish."""
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
        if action.metavar is not None:
            action.metavar = _metavar(action.metavar)
        if isinstance(action, argparse._SubParsersAction):
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
    """Turn what stands below a help into Danish: the example itself stays, the sentences beside it do not."""
    if english is None:
        return None
    example, is_told, status = english.partition(_STATUS)
    parts = re.split(r"(; |\. |\.$)", example.replace(_EXAMPLE, "Eksempel: ", 1))
    danish = "".join(TEXTS.get(part, part) for part in parts)
    danish = re.sub('"([^"]+)"', lambda quoted: f'"{TEXTS.get(quoted[1], quoted[1])}"', danish)
    return f"{danish} Exitstatus: {TEXTS.get(status, status)}" if is_told else danish


def _metavar(english: Any) -> Any:
    """Turn the name of a value into Danish, word by word; a tuple of names stays."""
    if not isinstance(english, str):
        return english
    return re.sub("[A-Za-z]+", lambda word: _METAVARS.get(word[0], word[0]), english)
