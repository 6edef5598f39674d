"""The lines of the commands in Danish, by their English text (`tasks.base.worded`)."""

from __future__ import annotations

DANISH: dict[str, str] = {
    # Words and parts that stand in many lines.
    "unknown": "ukendt",
    "none": "ingen",
    "it is no file": "er ikke en fil",
    "now": "nu",
    " and ": " og ",
    "  none": "  ingen",
    "{count} project": "{count} projekt",
    "{count} projects": "{count} projekter",
    "{count} citizen": "{count} borger",
    "{count} citizens": "{count} borgere",
    "{count} participant": "{count} deltager",
    "{count} participants": "{count} deltagere",
    "{count} control": "{count} i kontrolgruppen",
    "{count} controls": "{count} i kontrolgruppen",
    "{count} field": "{count} felt",
    "{count} fields": "{count} felter",
    "{count} file": "{count} fil",
    "{count} files": "{count} filer",
    "{count} entry": "{count} post",
    "{count} entries": "{count} poster",
    "{names} and {count} more": "{names} og {count} flere",
    "Project": "Projekt",
    "Projects": "Projekter",
    "Year": "År",
    "Amount": "Beløb",
    "Total": "I alt",
    "Posted": "Bogført",
    "Approved by": "Godkendt af",
    "activity": "aktivitet",
    "fixed": "fast",
    "settlement": "opgørelse",
    "adjustment": "efterregulering",
    "posted {amount}": "bogført {amount}",
    "In the ledger but no longer in the register (removed or renamed), and therefore not settled": (
        "Bogført, men ikke i registret: taget ud eller omdøbt, og ikke opgjort"
    ),
    "Earlier years whose amount now differs from the ledger": (
        "Tidligere år, som de samme registreringer giver et andet beløb for, end der er bogført"
    ),
    "The reply deadline for {year} ({deadline}) has passed: the letters of first decisions ({letters}) give as "
    "many days from receipt, and are dated when they are sent.": (
        "Kalenderens svarfrist for {year}, {deadline}, er gået: brevene om første afgørelse ({letters}) giver lige så "
        "mange dage, fra de er modtaget, og får deres dato, når de sendes."
    ),
    "Release the years together: `jobfirst backfill {first} {last}`, "
    "then `jobfirst release {years} --draft ...` with a draft of each.": (
        "Frigiv årene sammen: `jobfirst backfill {first} {last}`, "
        "derefter `jobfirst release {years} --draft ...` med et udkast for hvert."
    ),
    "{projects}: {years} waits for {year}, which is on hold by {codes}: waive {names}, or mend it and draft the years "
    "again.": (
        "{projects}: {years} venter på {year}, som er i bero efter {codes}: fravig {names}, eller få det rettet og gør "
        "årene op igen."
    ),
    "  {year} is not decided yet, and gives {amount} kr.: {projects}": (
        "  {year} er ikke afgjort endnu og giver {amount} kr.: {projects}"
    ),
    # The lines of a run while it works.
    "{name}: {done} of {total}": "{name}: {done} af {total}",
    "deliveries": "indberetninger",
    "letters": "breve",
    "annexes": "bilag",
    "release {run}, which was interrupted, is finished": "frigivelsen {run}, der blev afbrudt, er gjort færdig",
    "in the inbox, and left out, since the folder can't be read (give the run the right to read it): {names}": (
        "i indbakken, men sprunget over, da mappen ikke kan læses (giv kørslen ret til at læse den): {names}"
    ),
    "in the inbox, and no delivery: {names}": "i indbakken, men ikke en indberetning: {names}",
    "in the inbox, and refused, since the register has no such project: {names}": (
        "i indbakken og afvist, da registret ikke har projektet: {names}"
    ),
    "{folder} (nearest: {projects})": "{folder} (nærmest: {projects})",
    "Settling {year}.": "Gør {year} op.",
    "Settling {first} to {last} again.": "Gør {first} til {last} op igen.",
    "Planning the release of {years}: nothing is written.": "Planlægger frigivelsen af {years}: intet bliver skrevet.",
    "Releasing {years}.": "Frigiver {years}.",
    "Copying {home}.": "Kopierer {home}.",
    "Restoring to {home}.": "Genskaber i {home}.",
    "Making up {projects}.": "Opdigter {projects}.",
    "Starting the page; ctrl-C ends it.": "Starter siden; ctrl-C lukker den.",
    "Computing {year} by the rules in force and by the changed ones.": (
        "Beregner {year} efter de gældende regler og efter de ændrede."
    ),
    "Computing what the programme comes to.": "Beregner, hvad programmet løber op i.",
    "Computing the smallest effect.": "Beregner den mindste virkning.",
    "Analysing the trial.": "Analyserer forsøget.",
    "Reading what was delivered of the core elements.": "Læser, hvad der er indberettet om grundelementerne.",
    # settle
    "JobFirst settlement {year}: replay of an earlier state, fingerprint {fingerprint}": (
        "JobFirst, opgørelse af {year}: gentaget fra en tidligere stand, fingeraftryk {fingerprint}"
    ),
    "JobFirst settlement {year}: draft {fingerprint}": "JobFirst, opgørelse af {year}: udkast {fingerprint}",
    "Nothing has changed since it was made: it stands, and so do its files.": (
        "Intet er ændret, siden det blev lavet: det står ved magt, og det gør filerne også."
    ),
    "  Projects         {count:>16}   ({missing} without an accepted delivery)": (
        "  Projekter        {count:>16}   ({missing} uden en godkendt indberetning)"
    ),
    "  Projects         {count:>16}   ({missing} without an accepted delivery, {later} not begun)": (
        "  Projekter        {count:>16}   ({missing} uden en godkendt indberetning, {later} ikke begyndt)"
    ),
    "  Entitlement      {amount:>16}": "  Tilskud          {amount:>16}",
    "  Payable          {amount:>16}": "  Til afgørelse    {amount:>16}",
    "  Citizens         {count:>16}   ({participants}, {controls})": (
        "  Borgere          {count:>16}   ({participants}, {controls})"
    ),
    "  Starts           {count:>16}": "  Påbegyndte       {count:>16}",
    "  Completions      {count:>16}": "  Gennemførte      {count:>16}",
    "  Entitlement      {amount:>16} kr.": "  Tilskud          {amount:>16} kr.",
    "   (unknown of {projects})": "   (ukendt for {projects})",
    "  Payable          {amount:>16} kr.   (of which on hold {held} kr.)": (
        "  Til afgørelse    {amount:>16} kr.   (heraf i bero {held} kr.)"
    ),
    "Holds": "I bero",
    "required: {title}": "krav: {title}",
    "Rejected rows by rule": "Afviste rækker efter regel",
    "Without effect: deliveries older than the one in force": (
        "Uden virkning: indberetninger, der er ældre end den gældende"
    ),
    "  {project:<12} {delivery}, received {moment}: {newer} is in force, so correct that one": (
        "  {project:<12} {delivery}, modtaget {moment}: {newer} gælder, så ret i den"
    ),
    "  {count} older, received with or after a newer one of the same project": (
        "  {count} ældre, modtaget sammen med eller efter en nyere fra samme projekt"
    ),
    "  {year}   {projects}   up {up} kr.   down {down} kr.": "  {year}   {projects}   op {up} kr.   ned {down} kr.",
    "  {command} would draft the differences": "  {command} laver udkast til forskellene",
    "  {project:<12} {amount:>20} kr. posted": "  {project:<12} {amount:>20} kr. bogført",
    "Open next": "Se nu",
    "Next: {command}": "Næste: {command}",
    "All that is left to release is on hold: mend it and settle again, or waive every hold of a project": (
        "Alt, hvad der mangler at blive frigivet, er i bero: ret det, og gør op igen, eller fravig alle de regler, som "
        "et projekt er i bero efter"
    ),
    "DKK": "kr.",
    "DKK per citizen": "kr. pr. borger",
    "DKK per project": "kr. pr. projekt",
    "calendar days": "kalenderdage",
    "working days": "arbejdsdage",
    "citizens per arm": "borgere pr. gruppe",
    "date": "dato",
    "expense categories": "udgiftskategorier",
    "share": "andel",
    "spell types": "forløbstyper",
    "target groups": "målgrupper",
    "years": "år",
    "NAME": "NAVN",
    "TEXT": "TEKST",
    "FILE": "FIL",
    "      NAME must be someone other than {preparer}, who prepared the draft": (
        "       NAVN skal være en anden end {preparer}, som har lavet udkastet"
    ),
    "Next: {command}, since {projects} can't be released without the other years (P12)": (
        "Næste: {command}, da {projects} ikke kan frigives uden de andre år (P12)"
    ),
    # backfill
    "backfill {first}-{last}{of}{because}": "efterregulering {first}-{last}{of}{because}",
    " of {projects}": " af {projects}",
    ", because: {reason}": ", fordi: {reason}",
    "Plan: {plan}": "Plan: {plan}",
    "Rows": "Rækker",
    "Up, kr.": "Op, kr.",
    "Down, kr.": "Ned, kr.",
    "Net, kr.": "Netto, kr.",
    "never posted": "aldrig bogført",
    "  A year is drafted whole: a project that was never decided and gets 0 kr. is decided, too.": (
        "  Der laves udkast for hele året: også et projekt, der aldrig er afgjort og får 0 kr., bliver afgjort."
    ),
    "The backfill stopped at {year}; drafted before: {drafted}. Run it again to go on from there.": (
        "Efterreguleringen stoppede ved {year}; udkast før det: {drafted}. Kør den igen for at fortsætte derfra."
    ),
    "{year}: draft {fingerprint}": "{year}: udkast {fingerprint}",
    "  Payable   {amount:>16} kr.   (of which on hold {held} kr.)": (
        "  Til afgørelse    {amount:>16} kr.   (heraf i bero {held} kr.)"
    ),
    "{year}: the draft {fingerprint} is that of the same state, and stands": (
        "{year}: udkastet {fingerprint} er fra samme stand og står ved magt"
    ),
    "{year}: nothing to correct": "{year}: intet at rette",
    "Next: {command}, since the years can't be released one by one (P12)": (
        "Næste: {command}, da årene ikke kan frigives hvert for sig (P12)"
    ),
    # release, and its plan
    "Plan {year}: draft {fingerprint}, prepared by {by}": "Plan {year}: udkast {fingerprint}, lavet af {by}",
    "Letter": "Brev",
    "Now, kr.": "Nu, kr.",
    "Before, kr.": "Før, kr.",
    "After, kr.": "Efter, kr.",
    "Left of cap": "Rest af loft",
    "first": "første",
    "negative": "negativ",
    "zero": "nul",
    "changed by more than a quarter": "ændret mere end en fjerdedel",
    "  nothing to post": "  intet at bogføre",
    "  waived: {hold}, because: {reason}": "  fraveget: {hold}, fordi: {reason}",
    "  left out by {code} ({title}): {projects}": "  udeladt efter {code} ({title}): {projects}",
    "  Nothing to correct: {count}": "  Intet at rette: {count}",
    "  Released before: {count}": "  Frigivet før: {count}",
    "Largest: {projects}": "Største: {projects}",
    "Findings": "Fund",
    "Findings: none": "Fund: ingen",
    "Payees": "Modtagere",
    "To pay out": "Udbetales",
    "To be paid back": "Betales tilbage",
    "Signature: {said}": "Underskrift: {said}",
    "  to sign: {command}": "  sådan underskrives: {command}",
    "Release {run}, which was interrupted, is finished: its files are there now.": (
        "Frigivelsen {run}, der blev afbrudt, er gjort færdig: filerne er der nu."
    ),
    "JobFirst release {year}: nothing new, the ledger stands as it was": (
        "JobFirst, frigivelse af {year}: intet nyt, bogføringen står, som den stod"
    ),
    "JobFirst release {year}: {run}": "JobFirst, frigivelse af {year}: {run}",
    ", made again: nothing is posted or paid now": ", gentaget: intet bogføres eller udbetales nu",
    "  Draft {fingerprint}, prepared by {by}": "  Udkast {fingerprint}, lavet af {by}",
    "  Draft {fingerprint}, prepared by {by}, approved by {approver}": (
        "  Udkast {fingerprint}, lavet af {by}, godkendt af {approver}"
    ),
    "  Posted {moment}": "  Bogført {moment}",
    "Released then": "Frigivet da",
    "Paid out then": "Udbetalt da",
    "Claimed back then": "Krævet tilbage da",
    "Released now": "Frigivet nu",
    "Decided": "Afgjort",
    "Payments, all decisions added up by municipality": "Betalinger, alle afgørelser lagt sammen efter kommune",
    "Released before": "Frigivet før",
    "Nothing to correct": "Intet at rette",
    "On hold, left out": "I bero, udeladt",
    "Not chosen": "Ikke valgt",
    "Holds waived": "Fravigelser",
    "On hold: waive every hold of a project, or mend it and settle again": (
        "I bero: fravig alle de regler, som et projekt er i bero efter, eller få det rettet og gør året op igen"
    ),
    "  The dates and amounts are those that were posted; the first files are not there to compare.": (
        "  Datoer og beløb er dem, der blev bogført; de første filer er der ikke at sammenligne med."
    ),
    "  First made by JobFirst {first}; this is {now}": "  Først lavet af JobFirst {first}; dette er {now}",
    "  The same bytes": "  De samme bytes",
    "  The same dates and amounts; other bytes in {files}": "  De samme datoer og beløb; andre bytes i {files}",
    # hearings
    "A release would ask you to accept": "En frigivelse vil bede dig acceptere",
    "Hearings": "Partshøringer",
    "  {year}  {sent}, {answers}": "  {year}  {sent}, {answers}",
    "{count} letter sent": "{count} brev sendt",
    "{count} letters sent": "{count} breve sendt",
    "{count} answer": "{count} svar",
    "{count} answers": "{count} svar",
    ", {waiting} awaited until {day}": ", {waiting} afventes til {day}",
    "  hearing {state}: {projects}": "  partshøring {state}: {projects}",
    "waits for a reply until {day}": "afventer svar til {day}",
    "sent on {sent_on} and not answered by {day}": "sendt den {sent_on} og ikke besvaret inden {day}",
    "answered on {day}": "besvaret {day}",
    "not sent": "ikke sendt",
    "sent for another draft": "sendt om et andet udkast",
    "sent to another municipality": "sendt til en anden kommune",
    "not needed": "ikke nødvendig",
    "{state} ({letters})": "{state} ({letters})",
    "a decision that burdens a municipality would be made before its hearing is over: {told}; the reason for accepting "
    "this stands in the letters": (
        "en afgørelse til ugunst for en kommune ville blive truffet, før høringen er slut: {told}; begrundelsen for at "
        "acceptere det står i brevene"
    ),
    "replies are awaited until {day}": "der afventes svar til {day}",
    "what was heard was another amount, cause or rejection": (
        "der er hørt om et andet beløb, en anden årsag eller andre afvisninger"
    ),
    "who was heard is no longer the lead municipality": "den, der er hørt, er ikke længere tilsagnshaver",
    "`jobfirst hearing sent` has no letter on record": "`jobfirst hearing sent` har ikke noteret noget brev",
    # ledger
    "Ledger: {entries}, the newest with hash": "Bogføring: {entries}, den nyeste med hash",
    "{entries}, the newest with hash": "{entries}, den nyeste med hash",
    "The ledger is empty.": "Der er intet bogført.",
    "No.": "Nr.",
    "Component": "Del",
    "The ledger verifies: {entries}, the newest with hash": (
        "Bogføringen er bekræftet: {entries}, den nyeste med hash"
    ),
    "The ledger does not verify. {finding}": "Bogføringen kan ikke bekræftes. {finding}",
    "The ledger does not verify now. {finding} See `jobfirst ledger verify`.": (
        "Bogføringen kan ikke bekræftes nu. {finding} Se `jobfirst ledger verify`."
    ),
    "Sound up to entry {number}, hash {sha256}. Change nothing, and see "
    'docs/ledger-format.md, "When it does not verify".': (
        "I orden til og med post {number}, hash {sha256}. Ret intet, og se docs/ledger-format.md, "
        '"When it does not verify".'
    ),
    "Signatures that verify: {count}": "Underskrifter, der er bekræftet: {count}",
    "A signature does not verify. {run}: {finding}.": "En underskrift kan ikke bekræftes. {run}: {finding}.",
    "Released without a signature: {runs}": "Frigivet uden underskrift: {runs}",
    # status
    "JobFirst on {day}": "JobFirst den {day}",
    "Due next": "Det næste",
    "  nothing": "  intet",
    "Calendar": "Kalender",
    "  The calendar has ended: no year is settled by schedule any more.": (
        "  Kalenderen er slut: intet år opgøres længere efter planen."
    ),
    "Deliveries by": "Indberetning",
    "Settled on": "Opgørelse",
    "Replies by": "Svar",
    "Deliveries": "Indberetninger",
    "Drafts": "Udkast",
    "Releases": "Frigivelser",
    "What the warehouse holds can't be told before that has ended.": (
        "Hvad datalageret indeholder, kan ikke vises, før det er slut."
    ),
    "DuckDB's memory is too little for this: set JOBFIRST_MEMORY to more and run again.": (
        "DuckDB har for lidt hukommelse til dette: sæt JOBFIRST_MEMORY højere, og kør igen."
    ),
    "an internal failure, {error} in {place}: report it with this line.": (
        "en intern fejl, {error} i {place}: meld den med denne linje."
    ),
    "the system failed: {error}{where}; solve that and run again.": (
        "systemet fejlede: {error}{where}; løs det, og kør igen."
    ),
    "standard output": "standard output",
    "the warehouse or a file beside it": "warehouse.duckdb eller en fil ved siden af",
    "The home's warehouse.duckdb is damaged: a part of it can't be read as it was written. Keep it, and bring a backup "
    "back with jobfirst restore, as a new home.": (
        "Mappens warehouse.duckdb er beskadiget: en del af den kan ikke læses, som den blev skrevet. Gem den, og hent "
        "en sikkerhedskopi frem med jobfirst restore i en ny mappe."
    ),
    "The warehouse of {home} is missing, and {there} is there: settle nothing, and bring a backup back with jobfirst "
    "restore.": (
        "Datalageret i {home} mangler, men {there} er der: gør intet op, og hent en sikkerhedskopi frem med jobfirst "
        "restore."
    ),
    "the record of its ledger": "bogføringens fil",
    "the record of its hearings": "partshøringernes fil",
    "the record of its draws": "lodtrækningernes protokol",
    "what was released": "det, der blev frigivet,",
    "The warehouse of {home} is missing, and out/{year} is there: bring a backup back with jobfirst restore, or settle "
    "again where there is none.": (
        "Datalageret i {home} mangler, men out/{year} er der: hent en sikkerhedskopi frem med jobfirst restore, eller "
        "gør op igen, hvis der ingen er."
    ),
    "Nothing was ever settled in {home}: if it is another folder, name it with --home.": (
        "Intet er nogensinde opgjort i {home}: er det en anden mappe, så angiv den med --home."
    ),
    " (late)": " (for sent)",
    "{day}, received {moment}": "{day}, modtaget {moment}",
    "none accepted": "ingen godkendt",
    "; {delivery} refused by {codes}": "; {delivery} afvist efter {codes}",
    "; {delivery}, received {moment}, is older and has no effect": (
        "; {delivery}, modtaget {moment}, er ældre og har ingen virkning"
    ),
    "; nearest in the register: {projects}": "; nærmest i registret: {projects}",
    "  {year}  {fingerprint}  {moment} by {by}": "  {year}  {fingerprint}  {moment} af {by}",
    ", of {projects} alone": ", kun af {projects}",
    "        entitlement {entitlement} kr., payable {payable} kr.; {released} of {decided} released": (
        "        tilskud {entitlement} kr., til afgørelse {payable} kr.; {released} af {decided} frigivet"
    ),
    "; unknown of {projects}": "; ukendt for {projects}",
    "; nothing to decide for {projects}": "; intet at afgøre for {projects}",
    "        from the state as known at {moment}": "        fra det, der var kendt {moment}",
    "        on hold: {project} {holds}": "        i bero: {project} {holds}",
    "        in an earlier draft alone, and not released: {project}": (
        "        kun i et tidligere udkast, og ikke frigivet: {project}"
    ),
    "  {years}  {run}  {moment} approved by {by}: {projects}, to pay out {up} kr., to be paid back {down} kr.": (
        "  {years}  {run}  {moment} godkendt af {by}: {projects}, udbetales {up} kr., betales tilbage {down} kr."
    ),
    "Ledger: {entries}, {amount} kr.": "Bogføring: {entries}, {amount} kr.",
    "  newest {moment}, hash {sha256}": "  nyeste {moment}, hash {sha256}",
    "  does not verify now: {finding} See `jobfirst ledger verify`.": (
        "  kan ikke bekræftes nu: {finding} Se `jobfirst ledger verify`."
    ),
    "  {project:<10}{amount} kr. posted": "  {project:<10}{amount} kr. bogført",
    "repair the ledger: it does not verify, and nothing is settled or released until it does": (
        "ret bogføringen, som ikke kan bekræftes: før det kan intet opgøres eller frigives"
    ),
    "deliveries for {year}": "indberetninger for {year}",
    "deliveries for {year}: {missing} of {projects} not delivered to {last_day}": (
        "indberetninger for {year}: {missing} af {projects} har ikke indberettet til og med {last_day}"
    ),
    "settle {year}": "gør {year} op",
    "settle {year} again: since its draft the draw's record changed of {projects}": (
        "gør {year} op igen: siden udkastet er lodtrækningens protokol ændret for {projects}"
    ),
    "settle {year} again: the rules have changed since its draft": (
        "gør {year} op igen: reglerne er ændret siden udkastet"
    ),
    "settle {year} again: the register has changed since its draft": (
        "gør {year} op igen: registret er ændret siden udkastet"
    ),
    "settle {year} again: since its draft a delivery came or changed from {projects}": (
        "gør {year} op igen: siden udkastet er en indberetning kommet eller ændret fra {projects}"
    ),
    "settle {year} again: {projects} not released, and not in the newest draft{held}": (
        "gør {year} op igen: {projects} ikke frigivet og ikke i det nyeste udkast{held}"
    ),
    "settle {years} together: {projects} of {year} can't be released without the other years": (
        "gør {years} op sammen: {projects} i {year} kan ikke frigives uden de andre år"
    ),
    "release {year}: {left} of {decided}{held}": "frigiv {year}: {left} af {decided}{held}",
    "release {years} together{held}": "frigiv {years} sammen{held}",
    ", {count} of them on hold": ", heraf {count} i bero",
    ", {projects} on hold": ", {projects} i bero",
    "correct {years}, which the ledger holds other amounts for": "efterregulér {years}, som er bogført med andre beløb",
    # explain
    "  Draft     {fingerprint}, prepared {moment} by {by}, {status}": (
        "  Udkast    {fingerprint}, lavet {moment} af {by}, {status}"
    ),
    "ready": "klar",
    "hold": "i bero",
    "missing": "ingen indberetning",
    "not_started": "ikke begyndt",
    "  Holds     {holds}": "  I bero    {holds}",
    "  State     as known at {moment}": "  Stand     som kendt {moment}",
    "  Delivery  none is accepted": "  Grundlag  ingen godkendt indberetning",
    "  Delivery  {delivery}, received {moment}": "  Grundlag  indberetning {delivery}, modtaget {moment}",
    "Starts": "Påbegyndte",
    "Completions": "Gennemførte",
    "Start": "Påbegyndt",
    "Completion": "Gennemført",
    "start": "påbegyndt",
    "completion": "gennemført",
    "wages": "løn",
    "Cut by the cap": "Skåret af loftet",
    "Wages": "Løn",
    "Limits of the fixed grant": "Grænser for det faste tilskud",
    "Entitlement": "Tilskud",
    "Payable": "Til udbetaling",
    "{count} voucher": "{count} bilag",
    "{count} vouchers": "{count} bilag",
    "cap {cap}, gross to {year} {gross}": "loft {cap}, før loft til og med {year} {gross}",
    "from 0 to {limit}, wages to {year} {wages}, before {year} {earlier}": (
        "fra 0 til {limit}, løn til og med {year} {wages}, før {year} {earlier}"
    ),
    "ledger entries {numbers}": "poster {numbers}",
    "nothing in the ledger": "intet bogført",
    "Ledger": "Bogføring",
    "draft {fingerprint}, {moment}, approved by {by}": "udkast {fingerprint}, {moment}, godkendt af {by}",
    "Why the draft differs from what was posted before it": "Derfor afviger udkastet fra det, der var bogført før det",
    ": the citizen's part, before the cap": ": borgerens del, før loftet",
    "{delivery} row {row}": "{delivery} række {row}",
    "{place} row {rows}": "{place} række {rows}",
    "{place} rows {rows}": "{place} rækkerne {rows}",
    "not there": "ikke med",
    "row {row} {type} at {cvr} {start} to {end}": "række {row} {type} hos {cvr} {start} til {end}",
    "Citizen {citizen}": "Borger {citizen}",
    "  not in the delivery that is in force": "  ikke i den gældende indberetning",
    "rejected by {codes}": "afvist efter {codes}",
    "accepted, participant arm": "godkendt, deltager",
    "accepted, control arm": "godkendt, kontrolgruppen",
    "  {place} row {row}: {type} {start} to {end}: {state}": "  {place} række {row}: {type} {start} til {end}: {state}",
    "gives nothing by itself": "giver intet alene",
    "does not count, in the control arm": "tæller ikke, i kontrolgruppen",
    "gave {events}": "gav {events}",
    "the start of {day}": "påbegyndelsen den {day}",
    "the completion of {day}": "gennemførelsen den {day}",
    "Of the settlement of {year}, before the cap": "Af opgørelsen for {year}, før loftet",
    "Rules: {file}, sha256 {sha256}, known since {moment}": "Regler: {file}, sha256 {sha256}, kendt siden {moment}",
    "{value} from {day}": "{value} fra {day}",
    # findings of a release, and its signature
    "the rules file lacks legal texts that these letters need: {texts}": (
        "regelfilen mangler juridiske tekster, som disse breve kræver: {texts}"
    ),
    "{name}, for {letters}": "{name}, til {letters}",
    "the account {account} of the operating system prepared the draft, and approves it": (
        "operativsystemets konto {account} har både lavet udkastet og godkender det"
    ),
    "there is no {approvers}, so no signature is asked for; two typed names don't prove that two people decided": (
        "der er ingen {approvers}, så der kræves ingen underskrift; to skrevne navne beviser ikke, at to har besluttet"
    ),
    "{name}'s": "{name}",
    "the approver's": "godkenderen",
    "{approvers} asks for {who} signature, and none is given": (
        "{approvers} kræver en underskrift fra {who}, og der er ingen"
    ),
    "valid, {key}": "gyldig, {key}",
    "Another run writes to {home}: {holder}. Run again when it has ended.": (
        "En anden kørsel skriver til {home}: {holder}. Kør igen, når den er slut."
    ),
    # Reasons for a refusal, and the record of hearings.
    "{message}; see {prog} --help.": "{message}; se {prog} --help.",
    "No {name} is named: use --{name} DIR or set JOBFIRST_{variable}.": (
        "Mappen {name} er ikke angivet: brug --{name} MAPPE, eller sæt JOBFIRST_{variable}."
    ),
    "{prog} ignores {option} {folder}: it uses what the home has received.": (
        "{prog} læser ikke {option} {folder}: kommandoen går ud fra det, der er modtaget."
    ),
    "Nothing was settled in {home}: run jobfirst settle {year} first.": (
        "Intet er gjort op i {home}: kør jobfirst settle {year} først."
    ),
    "There is nothing to export: {home} has no warehouse. Name another with --home.": (
        "Der er ikke noget at eksportere: {home} har ingen database. Angiv en anden mappe med --home."
    ),
    "{home} has no warehouse: nothing was settled there; name another folder with --home.": (
        "{home} har ingen database: intet er gjort op der; angiv en anden mappe med --home."
    ),
    "{home} holds no ledger: nothing was settled there; name another folder with --home.": (
        "{home} har ingen bogføring: intet er gjort op der; angiv en anden mappe med --home."
    ),
    "The ledger is verified as it is now: leave out --as-known-at.": (
        "Bogføringen efterprøves, som den er nu: udelad --as-known-at."
    ),
    "Each --waive PROJECT:CODE and --accept CODE is followed by its own --reason TEXT: write them in pairs.": (
        "Hver --waive PROJEKT:KODE og --accept KODE følges af sin egen --reason TEKST: skriv dem parvis."
    ),
    "--waive {hold}: write it as PROJECT:CODE, for example JF-187:P02 or PORTFOLIO:B01.": (
        "--waive {hold}: skriv det som PROJEKT:KODE, fx JF-187:P02 eller PORTFOLIO:B01."
    ),
    "There is no file {file}: name what jobfirst backup wrote.": (
        "Filen {file} findes ikke: angiv den, som jobfirst backup skrev."
    ),
    "No year is named: name the years to release.": "Der er ikke nævnt noget år: nævn de år, der skal frigives.",
    "An earlier release is made again as it was: leave out --project, --waive, --accept, --draft, --signature and "
    "--plan.": (
        "En tidligere frigivelse gentages, som den var: udelad --project, --waive, --accept, --draft, --signature og "
        "--plan."
    ),
    "The years are the wrong way round: name the first one first, {to_year} {from_year}.": (
        "Årene står i forkert rækkefølge: skriv det første først, {to_year} {from_year}."
    ),
    "{year} is outside the programme: name years from {first} to {last}.": (
        "{year} ligger uden for programmet: nævn år fra {first} til {last}."
    ),
    "{year} is outside the programme: name a year from {first} to {last}.": (
        "{year} ligger uden for programmet: nævn et år fra {first} til {last}."
    ),
    "There is nothing in {home} to back up: name another folder with --home.": (
        "Der er ikke noget i {home} at kopiere: angiv en anden mappe med --home."
    ),
    "{file} is there already: name a new file.": "{file} findes allerede: angiv en ny fil.",
    "{link} is a link, and a backup holds none: put what it leads to in its place.": (
        "{link} er et link, og en sikkerhedskopi indeholder ingen: sæt det, som linket fører til, i stedet."
    ),
    "{path} changed while it was copied: run again when nothing writes to it.": (
        "{path} blev ændret under kopieringen: kør igen, når intet skriver til den."
    ),
    "{file} is written: fill it in and hand it in.": (
        "{file} er skrevet: udfyld det, kontrollér det (jobfirst check), og aflevér det."
    ),
    "{aside} is another user's: name another place, or have it removed.": (
        "{aside} tilhører en anden bruger: angiv et andet sted, eller få den fjernet."
    ),
    "{aside} holds something else: name another place, or move it away.": (
        "{aside} indeholder noget andet: angiv et andet sted, eller flyt mappen."
    ),
    "There is no folder {parent}: make it, or name another file.": (
        "Mappen {parent} findes ikke: opret den, eller angiv en anden fil."
    ),
    "{file} lies in the home that it would hold: name a file outside {home}.": (
        "{file} ligger i den mappe, som kopieres: angiv en fil uden for {home}."
    ),
    "{home} is not empty: name a new folder with --home, and nothing is overwritten.": (
        "{home} er ikke tom: angiv en ny mappe med --home, så intet overskrives."
    ),
    "{file} is no whole backup of JobFirst ({kind}): nothing was restored, use another.": (
        "{file} er ikke en hel sikkerhedskopi af JobFirst ({kind}): intet er genskabt, brug en anden."
    ),
    '"{text}" is still to come: name a moment whose state can be known.': (
        '"{text}" er ikke kommet endnu: angiv et tidspunkt, hvis stand kan kendes.'
    ),
    '"{text}" is not a moment: write it as 2017-02-01T12:00, with or without a zone.': (
        '"{text}" er ikke et tidspunkt: skriv det som 2017-02-01T12:00, med eller uden zone.'
    ),
    "Who prepares has no name that can stand in the ledger: set {variable} to it, on one line.": (
        "Den, der laver udkastet, har ikke et navn, der kan bogføres: sæt {variable} til det, på én linje."
    ),
    "There is no draft of {year} to explain: make one with jobfirst settle {year}.": (
        "Der er ikke noget udkast for {year} at forklare: lav et med jobfirst settle {year}."
    ),
    "There is no borger_id {citizen} in the delivery of {project_id} that is in force, nor behind a difference to "
    "what was posted: write it as the municipality does.": (
        "Der er ingen borger_id {citizen} i den gældende indberetning fra {project_id} og heller ikke bag en forskel "
        "til det bogførte: skriv den, som kommunen gør."
    ),
    "{project_id} has no draft of {year}: it has of {years}. Run jobfirst settle {year}.": (
        "{project_id} har ikke noget udkast for {year}, men for {years}. Kør jobfirst settle {year}."
    ),
    "{project_id} had no draft of {year} by {moment}: name a later moment, or leave --as-known-at out.": (
        "{project_id} havde ikke noget udkast for {year} den {moment}: angiv et senere tidspunkt, eller udelad "
        "--as-known-at."
    ),
    "{project_id} is not in the draft of {year}{nearest}: name a project of the register.": (
        "{project_id} er ikke i udkastet for {year}{nearest}: nævn et projekt fra registret."
    ),
    "{name} is no text file: save what the municipality wrote as plain text, and name that.": (
        "{name} er ikke en tekstfil: gem det, kommunen skrev, som ren tekst, og angiv den fil."
    ),
    "{name} is blank: use --none where the municipality has nothing to remark.": (
        "{name} er tom: brug --none, hvis kommunen ikke har bemærkninger."
    ),
    "{name} can't be read ({strerror}): name the answer's text file.": (
        "{name} kan ikke læses ({strerror}): angiv tekstfilen med svaret."
    ),
    "No hearing letter about {year} was sent to {project_id}{near}: keep first that it was, with jobfirst hearing "
    "sent {year} --project {project_id} --on DATE.": (
        "Der er ikke sendt et brev i partshøring om {year} til {project_id}{near}: notér først, at det er sendt, med "
        "jobfirst hearing sent {year} --project {project_id} --on DATO."
    ),
    "Letters about {project_id} {year} went to more than one municipality ({recipients}): name the one that answered "
    "with --from CODE.": (
        "Der er sendt breve om {project_id} {year} til mere end én kommune ({recipients}): angiv med --from KODE, hvem "
        "der svarede."
    ),
    "--from {code}: no letter about {project_id} {year} went to a municipality with that code, but to {recipients}: "
    "name the one that answered.": (
        "--from {code}: der er ikke sendt et brev om {project_id} {year} til en kommune med den kode, men til "
        "{recipients}: angiv, hvem der svarede."
    ),
    "--on {on}: the letter to {project_id} was sent on {sent_on}, after that.": (
        "--on {on}: brevet til {project_id} blev sendt {sent_on}, altså senere."
    ),
    "--on {on}: the day is still to come; keep it once it has happened.": (
        "--on {on}: dagen er ikke kommet endnu; notér det, når det er sket."
    ),
    "There is no draft of {year}, and so no letter: settle it with jobfirst settle {year}.": (
        "Der er ikke noget udkast for {year} og derfor ikke noget brev: gør det op med jobfirst settle {year}."
    ),
    "The letters in {out} are of the draft {named}, and the newest of {year} is {fingerprint}: {again}.": (
        "Brevene i {out} hører til udkastet {named}, og det nyeste for {year} er {fingerprint}: {again}."
    ),
    "the draft of {year} is released already for {projects}: the letter is kept, and no decision goes by it": (
        "udkastet for {year} er allerede frigivet for {projects}: brevet er noteret, men ingen afgørelse bygger på det"
    ),
    "The newest draft of {year} has no hearing letter: nothing was sent.": (
        "Det nyeste udkast for {year} har ingen breve i partshøring: intet er sendt."
    ),
    "The draft of {year} was made before hearings were kept: settle {year} again, and its letters stand.": (
        "Udkastet for {year} er lavet, før høringer blev noteret: gør {year} op igen, så gælder brevene."
    ),
    "The letters of {year} are not in {out}: {again}.": "Brevene for {year} er ikke i {out}: {again}.",
    "The letter {name} of {year} is not as it was written: {again}.": (
        "Brevet {name} for {year} er ikke, som det blev skrevet: {again}."
    ),
    "--project {project_id}: the draft of {year} has no such project{nearest}.": (
        "--project {project_id}: udkastet for {year} har ikke det projekt{nearest}."
    ),
    "{project_id} has no hearing letter in the newest draft of {year}: its year stands as it was decided, or has not "
    "begun.": (
        "{project_id} har ikke noget brev i partshøring i det nyeste udkast for {year}: året står, som det er "
        "afgjort, eller er ikke begyndt."
    ),
    'The record of hearings does not verify, and nothing goes by it. {finding} See docs/hearing.md, "When it does '
    'not verify".': (
        'Fortegnelsen over høringer kan ikke bekræftes, og intet bygger på den. {finding} Se docs/hearing.md, "When '
        'it does not verify".'
    ),
    "The inbox {inbox} can't be read ({strerror}): name a readable folder with --inbox or JOBFIRST_INBOX.": (
        "Indbakken {inbox} kan ikke læses ({strerror}): angiv en mappe, der kan læses, med --inbox eller "
        "JOBFIRST_INBOX."
    ),
    "The key ({variable}, or {home} where that is not set) is not the one that this home's persons are known by: "
    "give the key that it had before, or settle in another --home.": (
        "Nøglen ({variable} eller, hvor den ikke er sat, {home}) er ikke den, som personerne her er kendt ved: giv "
        "den nøgle, der var før, eller brug en anden --home."
    ),
    "{variable} holds fewer than {least} bytes: set a longer secret.": (
        "{variable} har færre end {least} byte: sæt en længere hemmelighed."
    ),
    'The ledger does not verify, and nothing is posted to it. {finding} See docs/ledger-format.md, "When it does '
    'not verify".': (
        'Bogføringen kan ikke bekræftes, og intet bogføres. {finding} Se docs/ledger-format.md, "When it does not '
        'verify".'
    ),
    "This machine's clock says {day}, which is before the ledger's newest entry ({newest}): set the clock and run "
    "again.": (
        "Maskinens ur viser {day}, som er før den nyeste post i bogføringen ({newest}): stil uret, og kør igen."
    ),
    "{approved_by} prepared the draft of {project_id} {year} and can't approve it: let another person approve.": (
        "{approved_by} har lavet udkastet for {project_id} {year} og kan ikke godkende det: lad en anden godkende."
    ),
    "{name} is blank: write it, so that it can stand in the ledger.": "{name} er tom: skriv den, så den kan bogføres.",
    "{name} holds a line break or a control character: write it on one line.": (
        "{name} har et linjeskift eller et styretegn: skriv den på én linje."
    ),
    "{file}, row {row_no}: {fields} where the header has {width}; correct the row.": (
        "{file}, række {row_no}: {fields}, men overskriften har {width}; ret rækken."
    ),
    "{projekter} has no row: add a row for each project.": (
        "{projekter} har ingen rækker: tilføj en række for hvert projekt."
    ),
    "The register's file {folder} can't be read ({strerror}): name the folder with --register or JOBFIRST_REGISTER.": (
        "Registrets fil {folder} kan ikke læses ({strerror}): angiv mappen med --register eller JOBFIRST_REGISTER."
    ),
    "The approver's name is blank: name who approves with --approved-by NAME.": (
        "Godkenderens navn er tomt: angiv, hvem der godkender, med --approved-by NAVN."
    ),
    "Name with --draft which draft of {years} you approve: its fingerprint, as settle, backfill and jobfirst status "
    "tell it.": (
        "Angiv med --draft, hvilket udkast for {years} du godkender: fingeraftrykket, som settle, backfill og "
        "jobfirst status viser."
    ),
    "{option}: a reason has at least {least} characters; write with --reason TEXT why it may be so.": (
        "{option}: en begrundelse har mindst {least} tegn; skriv med --reason TEKST, hvorfor det må være sådan."
    ),
    "--draft {draft}: name a draft by at least the first 8 digits of its fingerprint.": (
        "--draft {draft}: angiv et udkast ved mindst de første 8 cifre af dets fingeraftryk."
    ),
    "--waive {name} is given twice: give it once, with one reason.": (
        "--waive {name} står to gange: skriv det én gang, med én begrundelse."
    ),
    "--waive {name}: the project is not among those to release{nearest}; add it with --project.": (
        "--waive {name}: projektet er ikke blandt dem, der frigives{nearest}; tilføj det med --project."
    ),
    "--accept {code} is given twice: give it once, with one reason.": (
        "--accept {code} står to gange: skriv det én gang, med én begrundelse."
    ),
    "An accepted finding has a code and a reason, and nothing else.": (
        "Et accepteret fund har en kode og en begrundelse og ikke andet."
    ),
    "A waiver names a project, a code and a reason, and nothing else.": (
        "En fravigelse nævner et projekt, en kode og en begrundelse og ikke andet."
    ),
    "--waive {name}: there is no such hold in {years}{nearest}; drop the waiver, or name an existing hold.": (
        "--waive {name}: det er ikke i bero i {years}{nearest}; udelad fravigelsen, eller nævn noget, der er i bero."
    ),
    "{project_id} has other holds than {waived}: waive {others} too, or none of them.": (
        "{project_id} er i bero efter flere regler end {waived}: fravig også {others}, eller ingen af dem."
    ),
    "--project {project_id}: the draft has no such project{nearest}; if the register has it, settle the year again, "
    "unless it begins after the year.": (
        "--project {project_id}: udkastet har ikke det projekt{nearest}; har registret det, så gør året op igen, "
        "medmindre det begynder efter året."
    ),
    "The draft of {year} can't be released, because this changed since it was made: {changes}. Settle {year} again "
    "and look at the new draft.{stands}": (
        "Udkastet for {year} kan ikke frigives, for dette er ændret, siden det blev lavet: {changes}. Gør {year} op "
        "igen, og se på det nye udkast.{stands}"
    ),
    "There is no draft of {year} to release: make one with jobfirst settle {year}.": (
        "Der er ikke noget udkast for {year} at frigive: lav et med jobfirst settle {year}."
    ),
    "The newest draft {newest}, and --draft approves {approved}: look at the newest before you approve it.": (
        "Det nyeste udkast {newest}, og --draft godkender {approved}: se på det nyeste, før du godkender det."
    ),
    "{prepared_by} prepared the draft of {year} and can't approve it: let another person approve.": (
        "{prepared_by} har lavet udkastet for {year} og kan ikke godkende det: lad en anden godkende."
    ),
    "Nothing is released, because of what was found. {told}. Solve it, or accept it with {accepting}.": (
        "Intet er frigivet på grund af det, der blev fundet. {told}. Ret det, eller acceptér det med {accepting}."
    ),
    "--accept {code}: there is no such finding in this release{nearest}; leave it out, or name a finding of the "
    "plan.": (
        "--accept {code}: der er ikke et sådant fund i denne frigivelse{nearest}; udelad det, eller nævn et fund fra "
        "planen."
    ),
    "There is no draft to release: {home} has no warehouse. Make one with jobfirst settle.": (
        "Der er ikke noget udkast at frigive: {home} har ingen database. Lav et med jobfirst settle."
    ),
    "there is no {program} on this machine to verify a signature with: install OpenSSH's client": (
        "der er ingen {program} på maskinen til at efterprøve en underskrift med: installér OpenSSH's klient"
    ),
    "{path} can't be read, or is a link: put the file itself there, readable for who runs the release": (
        "{path} kan ikke læses eller er et link: læg selve filen der, så den, der frigiver, kan læse den"
    ),
    "{path} is no file: put OpenSSH's allowed_signers there": (
        "{path} er ikke en fil: læg OpenSSH's allowed_signers der"
    ),
    "others than its owner may write {path}: look at who stands in it, then chmod go-w {path}": (
        "andre end ejeren kan skrive i {path}: se efter, hvem der står i den, og kør så chmod go-w {path}"
    ),
    "others than its owner may replace {path}: look at who stands in it, then chmod go-w {parent}": (
        "andre end ejeren kan udskifte {path}: se efter, hvem der står i den, og kør så chmod go-w {parent}"
    ),
    "Nothing of {year} was released by {moment}: there is nothing to make again.": (
        "Intet for {year} var frigivet {moment}: der er ikke noget at gentage."
    ),
    "it is not said who approves, so no signature can be theirs: name who with --approved-by": (
        "det er ikke sagt, hvem der godkender, så ingen underskrift kan være dennes: angiv hvem med --approved-by"
    ),
    "the signature is none of OpenSSH: it begins with -----BEGIN SSH SIGNATURE----- (ssh-keygen -Y sign)": (
        "underskriften er ikke OpenSSH's: den begynder med -----BEGIN SSH SIGNATURE----- (ssh-keygen -Y sign)"
    ),
    "the signature is not {approved_by}'s over these drafts: {verdict}": (
        "det er ikke {approved_by}, der har underskrevet disse udkast: {verdict}"
    ),
    "Nothing is released: {said}. To sign: {sign_with}": "Intet er frigivet: {said}. Underskriv med: {sign_with}",
    "--signature {name}: it can't be read as a signature; name the file that ssh-keygen -Y sign wrote.": (
        "--signature {name}: den kan ikke læses som en underskrift; angiv filen, som ssh-keygen -Y sign skrev."
    ),
    "the key that signed ({key}) is also that of {name}, who prepared: let each have a key alone": (
        "nøglen bag underskriften ({key}) tilhører også {name}, som har lavet udkastet: lad enhver have sin egen nøgle"
    ),
    "The signature can't be verified: {said}. Leave it out, or make that file.": (
        "Underskriften kan ikke efterprøves: {said}. Udelad den, eller lav den fil."
    ),
    "its signature is not in {folder}: where the folder was archived, put it back; else it was taken away": (
        "underskriften er ikke i {folder}: er mappen arkiveret, så læg den tilbage; ellers er den fjernet"
    ),
    "{folder} is another than the ledger's entries name: it was changed": (
        "{folder} er en anden, end posterne i bogføringen nævner: den er ændret"
    ),
    "{folder} names another draft than the ledger's entries: it was changed": (
        "{folder} nævner et andet udkast end posterne i bogføringen: den er ændret"
    ),
    "{approvers} is gone, so nobody can say whose key signed: put it back": (
        "{approvers} er der ikke længere, så ingen kan sige, hvis nøgle der underskrev: læg den tilbage"
    ),
    "{folder} is not what was signed: it was changed": "{folder} er ikke det, der blev underskrevet: den er ændret",
    "{refusal}. The signature is the one that the ledger names, so {approvers} was changed since, or the release "
    "went by another: a key that is no longer used keeps its line there, with valid-before": (
        "{refusal}. Underskriften er den, bogføringen nævner, så {approvers} er ændret siden, eller frigivelsen gik "
        "efter en anden: en nøgle, der ikke bruges mere, beholder sin linje der, med valid-before"
    ),
    "{projects}: {why}, because the ledger would hold another amount than the same registrations give ({together}). "
    "{ends}": (
        "{projects}: {why}, for der ville være bogført et andet beløb, end de samme registreringer giver "
        "({together}). {ends}"
    ),
    'The rules file has no value of "{title_da}" on {day}: add one under "values".': (
        'Regelfilen har ingen værdi for "{title_da}" den {day}: tilføj en under "values".'
    ),
    "{where} is not readable as YAML: {why}.": "{where} kan ikke læses som YAML: {why}.",
    "{where} does not hold a mapping of sections; correct it and run again.": (
        "{where} er ikke delt i afsnit med navne; ret den, og kør igen."
    ),
    "The rules file {path} can't be read: {strerror}.": "Regelfilen {path} kan ikke læses: {strerror}.",
    "{unknown} is not in the register{nearest}: name projects of projekter.csv.": (
        "{unknown} er ikke i registret{nearest}: nævn projekter fra projekter.csv."
    ),
    "{variable} is not a size: {given!r}; write a number and MB or GB, such as {memory}.": (
        "{variable} er ikke en størrelse: {given!r}; skriv et tal og MB eller GB, fx {memory}."
    ),
    "The history of runs {path} was written by a newer Prefect than {own}: use the newer program, or move "
    "that file away, and a new history begins.": (
        "Historikken over kørsler, {path}, er skrevet af en nyere Prefect end {own}: brug det nyere program, eller "
        "flyt filen, så begynder en ny historik."
    ),
    "The home was written by JobFirst {program}, whose warehouse has version {version}, and this is JobFirst {own}, "
    "which knows no version after {newest}: use the newer program, or another --home.": (
        "Databasen er skrevet af JobFirst {program} og har version {version}, og dette er JobFirst {own}, som ikke "
        "kender en nyere end {newest}: brug det nyere program eller en anden --home."
    ),
    "There is no delivery in {home}: settle a year first, or name another folder with --home.": (
        "Der er ingen indberetning i {home}: gør et år op først, eller angiv en anden mappe med --home."
    ),
    "The warehouse {path} was made by an earlier version: settle once with this one, and ask again.": (
        "Databasen {path} er lavet af en tidligere version: gør op én gang med denne, og spørg igen."
    ),
    "The warehouse {path} can't be read ({kind}): check that the file is JobFirst's own, or name another folder with "
    "--home.": (
        "Databasen {path} kan ikke læses ({kind}): se efter, at filen er JobFirsts egen, eller angiv en anden mappe "
        "med --home."
    ),
    "Another run writes to {parent}. Run again when it has ended.": (
        "En anden kørsel skriver til {parent}. Kør igen, når den er færdig."
    ),
    "; the nearest are {found}": "; nærmest er {found}",
    "settle {year} again, and send the letters that lie there then": (
        "gør {year} op igen, og send de breve, der så ligger der"
    ),
    "{rule} can't be waived": "{rule} kan ikke fraviges",
    "nothing is released": "intet er frigivet",
    " What was released from it before stands: {projects}.": (
        " Det, der er frigivet af det før, står ved magt: {projects}."
    ),
    "a delivery came from {projects}": "der kom en indberetning fra {projects}",
    "a delivery came or changed from {projects}": "der kom en indberetning eller blev ændret en fra {projects}",
    "no delivery counts any more from {projects}": "ingen indberetning tæller længere fra {projects}",
    "the draw's record of {projects}": "lodtrækningens protokol for {projects}",
    "the rules ({file})": "reglerne ({file})",
    "the register ({file})": "registret ({file})",
    "the ledger, which has other entries of {year} now": "bogføringen, som nu har andre poster for {year}",
    "the result, which other projects' deliveries may have changed (the draft covers {projects} alone), or the "
    "program": (
        "resultatet, som andre projekters indberetninger kan have ændret (udkastet dækker kun {projects}), eller "
        "programmet"
    ),
    "the result, which the program now computes otherwise from the same inputs": (
        "resultatet, som programmet nu regner anderledes ud fra det samme"
    ),
    "it is over another text, or not for the namespace {namespace} (ssh-keygen says: {complaint}); every line ends "
    "in a line feed alone": (
        "den er over en anden tekst eller ikke for navnerummet {namespace} (ssh-keygen siger: {complaint}); hver "
        "linje ender med et linjeskift (LF) alene"
    ),
    "its {key} is there the key of {names}": "dens {key} er der nøglen for {names}",
    "its {key} is refused ({complaint})": "dens {key} er afvist ({complaint})",
    "its {key} is not among that person's there": "dens {key} er ikke blandt den persons nøgler der",
    "--on {on}: {year} had not begun: name the day on which the letter was sent.": (
        "--on {on}: {year} var ikke begyndt: angiv den dag, brevet blev sendt."
    ),
    "the draft was made on {day}, after {on}: is the day right?": (
        "udkastet er lavet den {day}, efter den {on}: er dagen rigtig?"
    ),
    "Kept: letters about {year}, sent on {on}": "Noteret: breve om {year}, sendt den {on}",
    "  {project:<10} {recipient:<28} replies by {day}": "  {project:<10} {recipient:<28} svar senest {day}",
    "Kept before, and not once more": "Noteret før og ikke én gang til",
    "Warning: {warning}": "Advarsel: {warning}",
    "Kept: on {day}, {recipient} answered about {project} {year}: {answer}": (
        "Noteret: den {day} svarede {recipient} om {project} {year}: {answer}"
    ),
    "Kept before, and not once more: on {day}, {recipient} answered about {project} {year}: {answer}": (
        "Noteret før og ikke én gang til: den {day} svarede {recipient} om {project} {year}: {answer}"
    ),
    "The record does not verify now. {finding} See `jobfirst hearing verify`.": (
        "Fortegnelsen kan ikke bekræftes nu. {finding} Se `jobfirst hearing verify`."
    ),
    "{year}  {project:<10} {recipient}: sent on {sent}, replies by {reply}": (
        "{year}  {project:<10} {recipient}: sendt den {sent}, svar senest {reply}"
    ),
    "      no answer": "      intet svar",
    "No hearing letter was kept.": "Der er ikke noteret noget brev i partshøring.",
    "nothing to remark": "ingen bemærkninger",
    "The record of hearings verifies: {entries}, the newest with hash": (
        "Fortegnelsen over høringer er bekræftet: {entries}, den nyeste med hash"
    ),
    "The record of hearings does not verify. {finding}": "Fortegnelsen over høringer kan ikke bekræftes. {finding}",
    'Sound up to entry {entries}, hash {sha256}. Change nothing, and see docs/hearing.md, "When it does not verify".': (
        'Rigtig til og med post {entries}, hash {sha256}. Ret ikke noget, og se docs/hearing.md, "When it '
        'does not verify".'
    ),
    "of {year} is {fingerprint}": "for {year} er {fingerprint}",
    # what if, and the forecast
    "FORECAST to {day}, from {as_of}{by}: ": "PROGNOSE til {day}, fra {as_of}{by}: ",
    ", by {changes}": ", efter {changes}",
    "{head}none, as {why}.": "{head}ingen, for {why}.",
    "{head}{expected} mio. kr. expected, between {low} and {high}.": (
        "{head}{expected} mio. kr. ventes, mellem {low} og {high}."
    ),
    "{count} project has participants, and a life table of fewer than {fewest} says little": (
        "{count} projekt har deltagere, og en overlevelsestabel over færre end {fewest} siger lidt"
    ),
    "{count} projects have participants, and a life table of fewer than {fewest} says little": (
        "{count} projekter har deltagere, og en overlevelsestabel over færre end {fewest} siger lidt"
    ),
    "the number of participants is {count}, and a life table of fewer than {fewest} says little": (
        "antallet af deltagere er {count}, og en overlevelsestabel over færre end {fewest} siger lidt"
    ),
    "the programme had not begun a year before": "programmet var ikke begyndt et år før",
    "a year before, {why}": "et år før gjaldt det, at {why}",
    "Backtest: none, as {why}.": "Prøvet på fortiden: ikke, for {why}.",
    "Backtest: from {as_of} to {until}, of {projects} {within} came within the band; "
    "expected {expected} mio., band {low}-{high}, came {came}.": (
        "Prøvet på fortiden: fra {as_of} til {until} kom {within} af {projects} inden for spændet; "
        "ventet {expected} mio., spænd {low}-{high}, kom {came}."
    ),
    "The estimate rests on this programme's own life table, and assumes that nothing changes.": (
        "Det er et skøn efter programmets egen overlevelsestabel og kender ingen ændring, der kommer."
    ),
    "{projects} without a delivery ({names}): the cost is unknown, and only most and posted are summed with it.": (
        "{projects} uden indberetning ({names}): prisen er ukendt og kun med i summerne af højest og bogført."
    ),
    "{projects} not begun ({names}): all participants are expected there, and no expenses.": (
        "{projects}, der ikke er begyndt ({names}): alle deltagere ventes der, men ingen udgifter."
    ),
    "{projects} not begun on {day}, the last day known of it ({names}): all participants are expected there, and no "
    "expenses.": (
        "{projects}, der ikke var begyndt den {day}, da det sidst blev opgjort ({names}): alle deltagere ventes der, "
        "men ingen udgifter."
    ),
    "{projects} not begun on {day}, the last day known of them ({names}): all participants are expected there, and no "
    "expenses.": (
        "{projects}, der ikke var begyndt den {day}, da de sidst blev opgjort ({names}): alle deltagere ventes der, "
        "men ingen udgifter."
    ),
    "so far": "indtil nu",
    "low": "lavt",
    "expected": "ventet",
    "high": "højt",
    "most": "højest",
    "enrolled": "visiteret",
    "target": "måltal",
    "all": "alle",
    "Note: {note}": "Bemærk: {note}",
    "Appropriation {appropriation} kr.: what is computed so far leaves {left} kr. of it.": (
        "Ramme {appropriation} kr.: det beregnede indtil nu lader {left} kr. tilbage af den."
    ),
    "Appropriation {appropriation} kr.: what is computed so far is {over} kr. beyond it.": (
        "Ramme {appropriation} kr.: det beregnede indtil nu er {over} kr. over den."
    ),
    "Expected passes it on {day}.": "Det ventede overstiger den {day}.",
    "Expected leaves {left} kr. of it.": "Det ventede lader {left} kr. tilbage af den.",
    "Expected is {over} kr. beyond it.": "Det ventede er {over} kr. over den.",
    "High leaves {left} kr. of it.": "Det høje lader {left} kr. tilbage af den.",
    "High is {over} kr. beyond it.": "Det høje er {over} kr. over den.",
    "Promised beyond it: {over} kr., if every project comes to its most.": (
        "Lovet ud over den: {over} kr., hvis hvert projekt når sit højeste."
    ),
    "Report: {folder}": "Rapport: {folder}",
    # the sentence of a what-if, and its answer
    "WHAT IF, {year}: {sentence}.": "HVAD NU HVIS, {year}: {sentence}.",
    "Known at {moment}; nothing is drafted or released.": (
        "Kendt {moment}; intet udkast er lavet, og intet er frigivet."
    ),
    "{change}, kr. of all years to {year}:": "{change}, kr. for alle år til og med {year}:",
    "All projects: {base} kr. becomes {whatif} kr.; {gain} gain, {lose} lose, of {projects}{unknown}.": (
        "Alle projekter: {base} kr. bliver {whatif} kr.; {gain} får mere, {lose} får mindre, af {projects}{unknown}."
    ),
    "Appropriation {appropriation_whatif} kr.: left {left_whatif} kr., before {left_base} kr.": (
        "Ramme {appropriation_whatif} kr.: tilbage {left_whatif} kr., før {left_base} kr."
    ),
    "Against the ledger: payable {payable_whatif} kr., before {payable_base} kr.; "
    "of which on hold {held_whatif} kr., before {held_base} kr.": (
        "Mod det bogførte: til udbetaling {payable_whatif} kr., før {payable_base} kr.; "
        "heraf i bero {held_whatif} kr., før {held_base} kr."
    ),
    "{project} becomes {status} (was {earlier}).": "{project} bliver {status} (var {earlier}).",
    "Rules whose counts or actions change:": "Regler, hvis antal eller virkning ændres:",
    "To adopt it, a person writes, and then settles:": "Skal det gælde, skriver et menneske dette og gør så op:",
    "  ({projects} with smaller differences: --json tells all)": "  ({projects} med mindre forskelle: --json har alle)",
    "difference": "forskel",
    "by rows": "rækker",
    "by events": "begivenheder",
    "by rates": "satser",
    "by ceiling": "lofter",
    "by expenses": "udgifter",
    "events": "ændrede",
    "not started": "ikke begyndt",
    "under 5": "under 5",
    "{count} more starts": "{count} flere påbegyndte forløb",
    "{count} fewer starts": "{count} færre påbegyndte forløb",
    "{count} more completions": "{count} flere gennemførelser",
    "{count} fewer completions": "{count} færre gennemførelser",
    "{money}, of which {cut} are cut by ceilings: in all {total}": (
        "{money}, hvoraf lofterne skærer {cut} væk: i alt {total}"
    ),
    "ceilings cut {cut} less: in all {total}": "lofterne skærer {cut} mindre væk: i alt {total}",
    "ceilings cut {cut} more: in all {total}": "lofterne skærer {cut} mere væk: i alt {total}",
    "the same amount": "samme beløb",
    "{amount} more": "{amount} mere",
    "{amount} less": "{amount} mindre",
    "Behaviour does not change with the rules here: municipalities would act otherwise under other rules.": (
        "Adfærd ændrer sig ikke med reglerne her: kommunerne ville handle anderledes efter andre regler."
    ),
    "The deliveries were made under the rules in force: what nobody had to register can't be found.": (
        "Indberetningerne er lavet efter de gældende regler: det, ingen skulle indberette, kan ikke findes."
    ),
    "A changed refusal or a new column needs new deliveries.": (
        "En ændret afvisning af hele indberetninger, eller en ny kolonne, kræver nye indberetninger."
    ),
    "Without a delivery, and so unknown and in no sum: {projects}.": (
        "Uden indberetning, og derfor ukendt og ikke med i summerne: {projects}."
    ),
    "Each change is laid on the rules in force alone; all lays them on one another, and is not their sum "
    "where they meet (a rate under a cap).": (
        "Hver ændring er lagt på de gældende regler alene; alle lægger dem oven på hinanden, og er ikke deres sum, "
        "hvor de mødes (en sats under et loft)."
    ),
    "The changes are laid one on the other, in the order given: where they meet (a rate under a cap), "
    "another order shares the sum out otherwise; --each lays every change alone.": (
        "Ændringerne er lagt oven på hinanden i den rækkefølge: hvor de mødes (en sats under et loft), "
        "ville en anden rækkefølge fordele beløbet anderledes; --each lægger hver ændring alene."
    ),
    "{file} has been changed since the last settlement: the rules known then are used.": (
        "{file} er ændret siden den seneste opgørelse: der regnes efter reglerne, som de var dengang."
    ),
    "rules/{file}, under parameters:": "rules/{file}, under parameters:",
    "expectations/{suite}.yaml, rule {code}:": "expectations/{suite}.yaml, regel {code}:",
    "--projects {projects} and --citizens {citizens} ask for more than the {capacity} personal numbers "
    "that can be made up: ask for fewer.": (
        "--projects {projects} og --citizens {citizens} er flere end de {capacity} cpr-numre, der kan "
        "opdigtes: bed om færre."
    ),
    "{projects} projects can't be made: a municipality is in one project, so ask for 1 to {most}.": (
        "{projects} projekter kan ikke laves: en kommune er med i ét projekt, så bed om 1 til {most}."
    ),
    "{citizens} citizens a project can't be made: ask for 1 or more.": (
        "{citizens} borgere i hvert projekt kan ikke laves: bed om 1 eller flere."
    ),
    "{share} is no share of {name}: give a number from 0 to 1.": (
        "{share} er ikke en andel (--{name}): giv et tal fra 0 til 1."
    ),
    "{path} is there already: choose another folder, or remove it first.": (
        "{path} er der i forvejen: vælg en anden mappe, eller fjern den først."
    ),
    "{effect} is no effect that can be made up: give weekly hours from 0 to {most:g}.": (
        "{effect} er ikke en effekt, der kan opdigtes: giv ugentlige timer fra 0 til {most:g}."
    ),
    "{directory}: {projects} ({joint_projects} of them joint), {deliveries} "
    "deliveries, {citizens} citizens, {spells} spells, {expenses} expenses, {errors} errors "
    "planted. All of it is made up.": (
        "{directory}: {projects} (heraf {joint_projects} fælles), {deliveries} "
        "indberetninger, {citizens} borgere, {spells} forløb, {expenses} udgifter og {errors} "
        "indbyggede fejl. Det hele er opdigtet."
    ),
    "The key of the pseudonyms is in it: keep it as you keep the key.": (
        "Pseudonymernes nøgle er med: gem filen lige så godt som nøglen."
    ),
    "The key of the pseudonyms is not in it: keep that by itself.": (
        "Pseudonymernes nøgle er ikke med: gem den for sig."
    ),
    "{file} holds {home}: {files}.": "{file} rummer {home}: {files}.",
    "{home} is as it was at {made_at} under JobFirst {program}: {files}.": (
        "{home} er, som den var {made_at} under JobFirst {program}: {files}."
    ),
    "Its key is not in it: put pseudonym.key there, or set JOBFIRST_KEY.": (
        "Dens nøgle er ikke med: læg pseudonym.key i den, eller sæt JOBFIRST_KEY."
    ),
    "{folder} holds, in rows: {rows}. What each column holds: {columns}.": (
        "{folder} rummer, i rækker: {rows}. Hvad hver kolonne rummer: {columns}."
    ),
    "{folder} is there and not empty: name a new folder.": (
        "{folder} er der i forvejen og ikke tom: angiv en ny mappe."
    ),
    "Nothing is changed: name a change with --set, --severity or --file.": (
        "Intet er ændret: angiv en ændring med --set, --severity eller --file."
    ),
    "{change} changes nothing: that is what holds already.": "{change} ændrer intet: det gælder allerede.",
    "{change} changes nothing: {name} is that of the programme's first day, {day}.": (
        "{change} ændrer intet: {name} er den værdi, der gælder på programmets første dag, {day}."
    ),
    "{change} changes nothing: the programme's last day is {day}.": (
        "{change} ændrer intet: programmets sidste dag er {day}."
    ),
    "The rules can't be changed so, {place}: {why}.": "Reglerne kan ikke ændres sådan, {place}: {why}.",
    "--set {text} has no value: write PARAMETER=VALUE, such as completion_rate_dkk=11000.": (
        "--set {text} har ingen værdi: skriv PARAMETER=VÆRDI, fx completion_rate_dkk=11000."
    ),
    "The rules have no parameter {name!r}; the nearest are {nearest}.": (
        "Reglerne har ingen parameter {name!r}; de nærmeste er {nearest}."
    ),
    "the nearest are {nearest}": "de nærmeste er {nearest}",
    "write {name}=VALUE": "skriv {name}=VÆRDI",
    "{name} has no group {group}; {told}.": "{name} har ingen gruppe {group}; {told}.",
    "a whole number ({unit}) from 0 to {most}": "et helt tal ({unit}) fra 0 til {most}",
    "a number from 0 to 1 with at most six decimals, such as 0.95": (
        "et tal fra 0 til 1 med højst seks decimaler, fx 0.95"
    ),
    "kroner without marks between thousands, such as 11000 or 11000.50": (
        "kroner uden tegn mellem tusinder, fx 11000 eller 11000.50"
    ),
    "{name} is {told}, and {text!r} is none; the nearest other parameters are {others}.": (
        "{name} er {told}, og {text!r} er det ikke; de nærmeste andre parametre er {others}."
    ),
    "{where}: {text!r} is not a date; write it as 2017-01-01.": (
        "{where}: {text!r} er ikke en dato; skriv den som 2017-01-01."
    ),
    "{where}: {text} is not a day from {first} to {last}.": "{where}: {text} er ikke en dag fra {first} til {last}.",
    "{name} has {twice!r} twice: name it once.": "{name} har {twice!r} to gange: skriv den én gang.",
    "{name} is a list of {unit}, and {code!r} is none; the nearest are {nearest}.": (
        "{name} er en liste af {unit}, og {code!r} er ingen af dem; de nærmeste er {nearest}."
    ),
    "There is no rule {code}; the nearest are {nearest}.": "Der er ingen regel {code}; de nærmeste er {nearest}.",
    "{code} can't be changed: what did not enter is not there.": (
        "{code} kan ikke ændres: det, der ikke blev modtaget, er der ikke."
    ),
    "{code} can't be changed: it judges a whole delivery, and decides no row and no project.": (
        "{code} kan ikke ændres: den gælder en hel indberetning og afgør ingen række og intet projekt."
    ),
    "{code} can't be changed: a row that can't be told cell from cell has nothing that could count.": (
        "{code} kan ikke ændres: i en række, hvis celler ikke kan skilles ad, er der intet, der kan tælle."
    ),
    "; the nearest are {near}": "; de nærmeste er {near}",
    "{code} may be {allowed}, and {action!r} is none of these{told}.": (
        "{code} kan være {allowed}, og {action!r} er ingen af dem{told}."
    ),
    "The overlay {path} can't be read: {why}.": "Ændringerne i {path} kan ikke læses: {why}.",
    "{path}: the rules have no parameter {name}; the nearest are {nearest}.": (
        "{path}: reglerne har ingen parameter {name}; de nærmeste er {nearest}."
    ),
    "{path}, {name}: there is no value; write the day that it holds from, and the value.": (
        "{path}, {name}: der er ingen værdi; skriv den dag, den gælder fra, og værdien."
    ),
    "{path}, {name}: {day!r} is not the day that a value holds from.": (
        "{path}, {name}: {day!r} er ikke en dag, som en værdi gælder fra."
    ),
    "{path}, {name}: {value} is a floating-point number: write it in quotes, so it is exact.": (
        "{path}, {name}: {value} er et kommatal: skriv det i anførselstegn, så det er nøjagtigt."
    ),
    "a list, such as [a, b]": "en liste, fx [a, b]",
    "one value": "én værdi",
    "{path}, {name} is {told}, and {value!r} is none.": "{path}, {name} er {told}, og {value!r} er det ikke.",
    "{where} is not a mapping: see docs/what-if.md for how an overlay is written.": (
        "{where} er ikke navne med værdier: docs/what-if.md viser, hvordan ændringer skrives."
    ),
    "{where}: {unknown} may not stand there, only {keys}; the rules' other texts are not changed by an overlay.": (
        "{where}: {unknown} må ikke stå der, kun {keys}; reglernes andre tekster ændres ikke sådan."
    ),
    "There is no project {project}{nearest}.": "Der er intet projekt {project}{nearest}.",
    "There was no delivery then: nothing had been settled. Name a later moment with --as-known-at.": (
        "Der var ingen indberetning dengang: intet var gjort op. Angiv et senere tidspunkt med --as-known-at."
    ),
    "There was no delivery then: nothing had been settled. Settle a year first.": (
        "Der var ingen indberetning dengang: intet var gjort op. Gør et år op først."
    ),
    "By the changed rules nothing can be computed: {why}": "Efter de ændrede regler kan intet beregnes: {why}",
    "No project had an accepted delivery then: there is nothing to compute from.": (
        "Intet projekt havde en godkendt indberetning dengang: der er intet at regne på."
    ),
    "The report {folder} is there already: move or delete it, and run again.": (
        "Rapporten {folder} er der i forvejen: flyt eller slet den, og kør igen."
    ),
    "No year is settled on {day} by the rules file's calendar, which has {days}: name a year.": (
        "Intet år opgøres {day} efter regelfilens kalender, som har {days}: angiv et år."
    ),
    "the file": "filen",
    "{where}, {place}: {why}; correct it and run again.": "{where}, {place}: {why}; ret det, og kør igen.",
    "The rules file has no section evaluation: add it, freeze it, and evaluate then.": (
        "Regelfilen har intet afsnit evaluation: tilføj det, fastlæg det, og evaluér så."
    ),
    "The warehouse {path} can't be opened ({kind}): check that the file is JobFirst's own and "
    "that no other program holds it, or name another folder with --home.": (
        "Datalageret {path} kan ikke åbnes ({kind}): kontrollér, at filen er JobFirsts egen, og at "
        "intet andet program har den åben, eller angiv en anden mappe med --home."
    ),
    "--cluster needs Dask: install it with pip install 'jobfirst[cluster]'.": (
        "--cluster kræver Dask: installér det med pip install 'jobfirst[cluster]'."
    ),
    "--cluster {cluster}: name 1 to {most} local workers.": "--cluster {cluster}: angiv 1 til {most} processer her.",
    '--cluster "{cluster}" is neither a number of local workers nor a scheduler\'s address such '
    "as tls://scheduler:8786.": (
        '--cluster "{cluster}" er hverken et antal processer her eller adressen på en scheduler, '
        "fx tls://scheduler:8786."
    ),
    "No scheduler answers at {address} ({kind}).": "Ingen scheduler svarer på {address} ({kind}).",
    "The scheduler at {address} has no workers: start some with dask worker.": (
        "Scheduleren på {address} har ingen processer: start nogle med dask worker."
    ),
    "A worker runs another version of JobFirst: install the coordinator's on all workers.": (
        "En af klyngens processer kører en anden version af JobFirst: installér den samme på dem alle."
    ),
    '{file}, row {row_no}, column {column}: "{value}" {mend}.': (
        '{file}, række {row_no}, kolonne {column}: "{value}" {mend}.'
    ),
    "{file}: {reason}; correct it and run again.": "{file}: {reason}; ret det, og kør igen.",
    "is missing": "mangler",
    "comes more than once": "er der mere end én gang",
    "{file}, row {row_no}: column {name} {trouble}; correct the header.": (
        "{file}, række {row_no}: kolonnen {name} {trouble}; ret overskriften."
    ),
    "has other characters than letters, digits and -; give it another name": (
        "har andre tegn end bogstaver, cifre og -; giv det et andet navn"
    ),
    "is no known municipality; write its code with three digits": (
        "er ingen kendt kommune; skriv dens kode med tre cifre"
    ),
    "is named twice; name it once": "er nævnt to gange; nævn den én gang",
    "is no date; write it as dd-mm-yyyy": "er ikke en dato; skriv den som dd-mm-åååå",
    "is not a whole number of 0 or more": "er ikke et helt tal på 0 eller mere",
    "is blank; fill it in": "er tom; udfyld den",
    "stands in an earlier row too; give each project one row": (
        "står også i en tidligere række; giv hvert projekt én række"
    ),
    'is not among the municipalities "{municipalities}" of the project; add it there': (
        'er ikke blandt projektets kommuner "{municipalities}"; tilføj den dér'
    ),
    "is outside the programme, which runs from {first} to {last}": (
        "ligger uden for programmet, som løber fra {first} til {last}"
    ),
    "is no whole number from 1 to {most}; write the participants promised": (
        "er ikke et helt tal fra 1 til {most}; skriv det lovede antal deltagere"
    ),
    "is not an amount from 0 to {most} kr.; write the fixed grant promised": (
        "er ikke et beløb fra 0 til {most} kr.; skriv det lovede faste tilskud"
    ),
    "is already in project {owner}; a municipality is in one project": (
        "er allerede med i projekt {owner}; en kommune er med i ét projekt"
    ),
    "is no target group; write one of {groups}": "er ingen målgruppe; skriv en af {groups}",
    "stands in an earlier row too for municipality {code}; give each pair one row": (
        "står også i en tidligere række for kommune {code}; giv hvert par én række"
    ),
    "it is missing, with {entries} before it": "den mangler, med {entries} før sig",
    "another entry stands in its place": "en anden post står på dens plads",
    "its contents do not give its hash: it was changed after it was posted": (
        "dens indhold giver ikke dens hash: den er ændret, efter den blev bogført"
    ),
    "it does not follow on the entry before it": "den følger ikke efter posten før den",
    "{name} is not as it was written.": "{name} er ikke, som den blev skrevet.",
    "An append after entry {posted} was interrupted, and {place} holds {held}, which no interruption explains.": (
        "En tilføjelse efter post {posted} blev afbrudt, og {place} har {held}, hvilket ingen afbrydelse forklarer."
    ),
    "An append after entry {posted} was interrupted.": "En tilføjelse efter post {posted} blev afbrudt.",
    "in the warehouse {fault}": "i datalageret: {fault}",
    "in {place} {fault}": "i {place}: {fault}",
    "the warehouse and {place} differ, and each fits the entries before: one of them was rewritten": (
        "datalageret og {place} er forskellige, og begge passer til posterne før: en af dem er skrevet om"
    ),
    "Entry {number}: {faults}.": "Post {number}: {faults}.",
    "Entry {first}: {name} names {named}, the newest with hash {named_sha256}; {holds} {held}, "
    "the newest with hash {held_sha256}: an end was cut off, or a copy put back.": (
        "Post {first}: {name} nævner {named}, den nyeste med hash {named_sha256}; {holds} {held}, "
        "den nyeste med hash {held_sha256}: en ende er skåret af, eller en kopi lagt tilbage."
    ),
    "both records hold": "begge eksemplarer har",
    "{place} holds": "{place} har",
    "the warehouse": "datalageret",
    # The messages of argparse about a command line.
    "argument {name}: {what}": "argumentet {name}: {what}",
    "the following arguments are required: {names}": "disse argumenter mangler: {names}",
    "one of the arguments {names} is required": "et af argumenterne {names} skal være der",
    "unrecognized arguments: {names}": "ukendte argumenter: {names}",
    "invalid choice: {given} (choose from {choices})": "{given} kan ikke vælges (vælg blandt {choices})",
    "{given} is no whole number": "{given} er ikke et helt tal",
    "{given} is no number": "{given} er ikke et tal",
    "not allowed with argument {other}": "kan ikke bruges sammen med {other}",
    "expected {count} arguments": "skal have {count} værdier",
    "takes no value, and {given} was given": "har ingen værdi, men fik {given}",
    "the database can't be in a folder with {sign} in its path: name another": (
        "databasen kan ikke ligge i en mappe med {sign} i stien: angiv en anden"
    ),
    "{file} is a file: name a folder": "{file} er en fil: angiv en mappe",
    "the address is empty: name one, such as 127.0.0.1": "adressen er tom: angiv en, fx 127.0.0.1",
    "{given} is no port: name a number from 0 to {most}": "{given} er ikke en port: angiv et tal fra 0 til {most}",
    "expected one argument": "skal have en værdi",
    "expected at least one argument": "skal have mindst én værdi",
    "expected at most one argument": "kan højst have én værdi",
    "the value is empty: write one": "værdien er tom: skriv en",
    "the name is empty: name a file or a folder": "navnet er tomt: angiv en fil eller en mappe",
    "the name looks like a CPR number, which the run's record would keep: rename it": (
        "navnet læses som et cpr-nummer, og kørslens optegnelser ville gemme det: giv det et andet navn"
    ),
    "the name holds bytes that are no text (UTF-8): rename it": (
        "navnet har bytes, der ikke er tekst (UTF-8): giv det et andet navn"
    ),
    "write the day as 2017-02-16": "skriv dagen som 2017-02-16",
    " or ": " eller ",
    "The form {form!r} is unknown: choose one of {forms}.": "Formen {form!r} kendes ikke: vælg en af {forms}.",
    "{home} is in use, and a made-up draw would count in it: name a new home with --home.": (
        "{home} er i brug, og en opdigtet lodtrækning ville tælle i den: angiv et nyt hjem med --home."
    ),
    # The trial: draw, fidelity, evaluation.
    "The commitment of {project}, for the municipality:": ("Bindingen for {project}, til kommunen:"),
    "The value of {project}'s beacon is written down: draw the first batch.": (
        "Den offentlige værdi for {project} er skrevet ned: træk lod om den første liste."
    ),
    "Already batch {batch}.": ("Allerede trukket som liste {batch}."),
    "Drawn.": ("Der er trukket lod."),
    "Taken in; who was given which arm can't be verified.": (
        "Taget ind; hvem der fik hvilken gruppe, kan ikke efterprøves."
    ),
    "Written down: {ref} of {project} has left ({reason}).": ("Skrevet ned: {ref} i {project} er udtrådt ({reason})."),
    "The seed of {project}:": ("Startværdien for {project}:"),
    "{what} is neither a record's file nor a project drawn in {home}{near}.": (
        "{what} er hverken en protokols fil eller et projekt, der er trukket lod for i {home}{near}."
    ),
    "The record does not verify. {finding}": ("Protokollen kan ikke bekræftes. {finding}"),
    "The record verifies: {entries}, the newest with hash": (
        "Protokollen er bekræftet: {entries}, den nyeste med hash"
    ),
    "The arms were drawn elsewhere: nothing can tell how, so the allocation can't be verified.": (
        "Grupperne er trukket et andet sted: intet kan fortælle hvordan, så fordelingen kan ikke efterprøves."
    ),
    "Every arm follows from the seed.": ("Hver gruppe følger af startværdien."),
    "The arms can be checked once the seed is revealed.": ("Grupperne kan efterprøves, når startværdien er fortalt."),
    "Without a beacon: STAR alone could have tried secrets until one suited.": (
        "Uden offentlig værdi: STAR kunne selv have prøvet hemmeligheder, til en passede."
    ),
    "--seed is 64 hexadecimal digits: copy it from `jobfirst draw reveal`.": (
        "--seed er 64 hexadecimale cifre: kopiér den fra `jobfirst draw reveal`."
    ),
    "{project} is not in the register{near}: name a project of projekter.csv.": (
        "{project} står ikke i registret{near}: angiv et projekt i projekter.csv."
    ),
    "Stopped: what was posted or kept before stands, and the same command run again does the rest; jobfirst status "
    "shows where it is.": (
        "Afbrudt: hvad der nåede at blive bogført eller noteret, står ved magt, og samme kommando, kørt igen, gør "
        "resten; jobfirst status viser, hvor langt den nåede."
    ),
    "This machine's clock says {now}, which is before the home's newest delivery ({newest}): set the clock and run "
    "again, or, where that moment is the wrong one, bring the backup from before it back with jobfirst restore.": (
        "Maskinens ur viser {now}, som er før hjemmets nyeste indberetning ({newest}): stil uret, og kør igen, eller "
        "hent, hvis det er det tidspunkt, der er forkert, sikkerhedskopien fra før det tilbage med jobfirst restore."
    ),
    "The home {home} lies in the inbox {inbox}, where its files would be taken for deliveries: name a home outside it "
    "with --home.": (
        "Hjemmet {home} ligger i indbakken {inbox}, hvor dets filer ville blive taget for indberetninger: angiv et "
        "hjem uden for den med --home."
    ),
    "REHEARSAL: nothing of this counts.": ("PRØVE: intet af dette gælder."),
    "{participants}, {controls}: {file}": "{participants}, {controls}: {file}",
    "Receipt for the municipality:": ("Kvittering til kommunen:"),
    "  list {sha256}": ("  liste {sha256}"),
    "  head {sha256}": ("  hoved {sha256}"),
    "A person is drawn once, and in one project alone": "En person trækkes én gang, og kun i ét projekt",
    "Left out: row {row} ({citizen}): {codes}": ("Ikke med: række {row} ({citizen}): {codes}"),
    "--approved-by names nobody: give who stands by the plan.": (
        "--approved-by angiver ingen: skriv, hvem der står inde for planen."
    ),
    "The plan was frozen already, {at}, by {by}:": ("Planen var allerede fastlagt, {at}, af {by}:"),
    "The plan is frozen, {at}, by {by}:": ("Planen er fastlagt, {at}, af {by}:"),
    "{citizens} citizens in two equal arms find an effect of {effect} hours a week where the standard "
    "deviation is {sd} ({power} % power, 5 % level).": (
        "{citizens} borgere i to lige store grupper finder en effekt på {effect} timer om ugen, hvor "
        "standardafvigelsen er {sd} (styrke {power} %, niveau 5 %)."
    ),
    "{count} person of the hours file was never drawn: ignored.": (
        "{count} person i timefilen er aldrig lodtrukket: ikke medregnet."
    ),
    "{count} persons of the hours file were never drawn: ignored.": (
        "{count} personer i timefilen er aldrig lodtrukket: ikke medregnet."
    ),
    "It replaces the evaluation of registrations that was there: run without --hours gives that again.": (
        "Den erstatter målingen af registreringerne, som lå der: run uden --hours giver den igen."
    ),
    "It replaces the evaluation of an hours file that was there: run with --hours gives that again.": (
        "Den erstatter målingen af en timefil, som lå der: run med --hours giver den igen."
    ),
    "{change} holds for projects that start {day} or later, and for no other.": (
        "{change} gælder for projekter, der begynder {day} eller senere, og ikke for andre."
    ),
    "Report: {path}": ("Rapport: {path}"),
    "May leave the house: {path}": ("Må forlade huset: {path}"),
    "Name the project behind sample alone, without --project.": ("Angiv alene projektet efter sample, uden --project."),
    "--citizens belongs to sample: a year is measured for all.": ("--citizens hører til sample: et år måles for alle."),
    "Name a year, or sample and a project; see jobfirst fidelity --help.": (
        "Angiv et år, eller sample og et projekt; se jobfirst fidelity --help."
    ),
    "{what} is no year; see jobfirst fidelity --help.": ("{what} er ikke et år; se jobfirst fidelity --help."),
    "JobFirst fidelity {year}: of courses with all nine elements due, the share with all nine, lowest to highest": (
        "JobFirst i praksis {year}: af forløb, hvor alle ni grundelementer er forfaldne, andelen med alle ni, "
        "laveste til højeste"
    ),
    "  {project}  no accepted delivery": ("  {project}  ingen godkendt indberetning"),
    "{count:>5} due": ("{count:>5} forfaldne"),
    "none due": ("ingen forfaldne"),
    "{low} to {high}": ("{low} til {high}"),
    "no band": ("intet bånd"),
    "Open next: {path}": ("Åbn derefter: {path}"),
    "A round's randomness is 64 hexadecimal digits, with its signature after --signature.": (
        "En rundes tilfældige værdi er 64 hexadecimale cifre, med underskriften efter --signature."
    ),
    "The randomness is not the SHA-256 of the signature: copy both from the same round.": (
        "Værdien er ikke underskriftens SHA-256: kopiér begge fra samme runde."
    ),
    "The rules file has no section draw: add it, and draw then.": (
        "Regelfilen har intet afsnit draw: tilføj det, og træk så lod."
    ),
    "The draw of {project} is open: its commitment is {commitment}.": (
        "Lodtrækningen for {project} er åbnet: bindingen er {commitment}."
    ),
    '"{beacon}" is no beacon: name {municipality}, drand:CHAIN:ROUND or {none} after --beacon.': (
        '"{beacon}" er ikke en offentlig værdi: angiv {municipality}, drand:CHAIN:ROUND eller {none} efter --beacon.'
    ),
    "The value of {project}'s beacon is missing: give it with `{command}` first.": (
        "Den offentlige værdi for {project} mangler: angiv den først med `{command}`."
    ),
    "The last batch of {project} was drawn: no more citizens can be drawn.": (
        "Den sidste liste for {project} er trukket: ingen trækkes længere."
    ),
    "The draw window of {project} closed on {end}: no more citizens can be drawn.": (
        "Borgere i {project} trækkes før {end}: ingen trækkes længere."
    ),
    "No citizen in {file} can be drawn: every row is excluded{codes}.": (
        "Ingen i {file} kan trækkes: hver række er udeladt{codes}."
    ),
    "{citizens}: too few to be drawn together, since the next arm could be guessed: wait for "
    "{least}, or say --last where nobody follows, or --small where it can't wait.": (
        "{citizens}: for få til én lodtrækning, da den næste gruppe kunne gættes: vent, til der er "
        "{least}, eller skriv --last, hvor ingen følger efter, eller --small, hvor det ikke kan vente."
    ),
    "Nobody of {project} was drawn as {citizen}: give the borger_id of the list, or the ref.": (
        "Ingen i {project} er trukket som {citizen}: angiv borger_id fra listen, eller ref."
    ),
    "{citizen} is another person in each of {files}: give the ref that stands there after --citizen.": (
        "{citizen} er hver sin person i {files}: angiv den ref, der står dér, efter --citizen."
    ),
    "{citizens} of {file} stand for other persons in {files}: give the ref where one of them withdraws.": (
        "{citizens} i {file} er andre personer i {files}: angiv ref, hvor en af dem udtræder."
    ),
    "{files} in {folder} can't be read any more: hand in the list that it answers again, and it is written anew.": (
        "{files} i {folder} kan ikke længere læses: indlever den liste, som den svarer på, igen, så skrives den på ny."
    ),
    "{citizen} is another person in some delivery of {project} than in another: give the ref that stands in the "
    "draw's answer after --citizen.": (
        "{citizen} er en anden person i én leverance fra {project} end i en anden: angiv den ref, der står i "
        "lodtrækningens svar, efter --citizen."
    ),
    "{citizen} has withdrawn already.": ("{citizen} er allerede udtrådt."),
    "{project} has a draw already: a list from elsewhere can't be taken in.": (
        "{project} har allerede en lodtrækning: en liste fra et andet sted kan ikke tages ind."
    ),
    "{file} has no citizens: hand in a list with a row for each.": (
        "Der er ingen borgere i {file}: indlever en liste med en række for hver."
    ),
    "The draw window of {project} closed on {end}: nobody can be drawn by it, and a settlement rejects everybody "
    "who was not drawn (C17). Where this was to try it out, bring a backup of {home} back, and use --rehearsal.": (
        "Borgere i {project} trækkes før {end}: ingen kan trækkes længere, og en opgørelse afviser alle, som der "
        "ikke er trukket lod om (C17). Var det en prøve, så læg en sikkerhedskopi af {home} tilbage, og brug "
        "--rehearsal."
    ),
    "Already taken in.": "Allerede taget ind.",
    "Nobody of {file} can be taken in{codes}.": ("Ingen i {file} kan tages ind{codes}."),
    "The arms of {project} were drawn elsewhere: nobody is drawn here.": (
        "Grupperne i {project} er trukket et andet sted: ingen trækkes her."
    ),
    "The arms of {project} were drawn elsewhere: there is no seed to reveal.": (
        "Grupperne i {project} er trukket et andet sted: der er ingen startværdi at fortælle."
    ),
    "The seed of {project} would give away the arms still to be drawn: draw the last batch (--last), or "
    "wait for {end}.": (
        "Startværdien for {project} ville røbe de grupper, der endnu ikke er trukket: træk den sidste liste "
        "(--last), eller vent til {end}."
    ),
    "The draw of {project} is not open: `{command}`.": ("Lodtrækningen for {project} er ikke åbnet: `{command}`."),
    "The municipality's text must be one line of at least {least} characters, and hold no personal "
    "number: ask the municipality for another.": (
        "Kommunens tekst skal være én linje på mindst {least} tegn uden cpr-numre: bed kommunen om en anden."
    ),
    "The record of {project}'s draw does not verify, and nothing is drawn. {finding} See "
    'docs/draw-format.md, "When it does not verify".': (
        "Protokollen for lodtrækningen i {project} kan ikke bekræftes, og der trækkes ikke lod. {finding} Se "
        'docs/draw-format.md, "When it does not verify".'
    ),
    "It does not begin with an open entry.": "Den begynder ikke med en åbning.",
    "a record is opened once": "en protokol åbnes én gang",
    "nobody was drawn by that ref": "ingen er trukket under den ref",
    "it was written before the one before it": "den er skrevet før den foregående",
    "the seed was revealed before": "startværdien var fortalt forinden",
    "that citizen had withdrawn already": "den borger var allerede udtrådt",
    "Nobody was drawn: the draw of {project} is closed.": (
        "Ingen blev trukket: lodtrækningen for {project} er afsluttet."
    ),
    "The seed of {project} was revealed: no more citizens can be drawn.": (
        "Startværdien for {project} er fortalt: ingen trækkes længere."
    ),
    "The newest entry of {project}'s draw was written at {at}, and it is {now} now: set the clock right.": (
        "Den nyeste post i lodtrækningen for {project} er skrevet {at}, og klokken er {now}: stil uret rigtigt."
    ),
    "its citizens are not in order, or were drawn before": "dens borgere står ikke i rækkefølge, eller er trukket før",
    "its list is not the one that was frozen": "dens liste er ikke den, der blev lagt fast",
    "arms are drawn where a secret was committed to, and else taken in": (
        "grupper trækkes, hvor der er en binding, og tages ellers ind"
    ),
    "the beacon's value is missing": "den offentlige værdi mangler",
    "it is not the next batch": "det er ikke den næste liste",
    "a beacon that was named is given once, before the first batch": (
        "en offentlig værdi gives én gang, før den første liste, og kun hvor den er aftalt"
    ),
    "the value is not the SHA-256 of its signature": "værdien er ikke underskriftens SHA-256",
    "a municipality's text has no signature": "en kommunes tekst har ingen underskrift",
    "its kind is none that a draw has": "dens kind er ingen, som en lodtrækning har",
    "its fields are not those of its kind": "dens felter er ikke dem, som dens kind har",
    "its {field} is not of the form that a draw writes": "dens {field} har ikke den form, som en lodtrækning skriver",
    "it is not written as a draw writes it": "den er ikke skrevet, som en lodtrækning skriver den",
    "the seed is not the one that was committed to": "startværdien er ikke den, der er bundet",
    "the seed gives other arms": "startværdien giver andre grupper",
    "An entry is not of the form that a record has.": "En post har ikke den form, som en protokol har.",
    "The warehouse has another person for {ref} than the record.": (
        "Datalageret har en anden person for {ref} end protokollen."
    ),
    "The warehouse's list of who was drawn is not that of the record.": (
        "Datalagerets liste over, hvem der er trukket, er ikke protokollens."
    ),
    "{name} can't be read ({error}).": "{name} kan ikke læses ({error}).",
    "{file} can't be read ({error}): name a file with the table borgere.": (
        "{file} kan ikke læses ({error}): angiv en fil med tabellen borgere."
    ),
    "{reported}; the file must hold the table borgere.": ("{reported}; filen skal indeholde tabellen borgere."),
    "The trial has no citizens yet: draw some, or settle their deliveries, first.": (
        "Ingen er med i forsøget: træk lod om borgere, eller gør deres indberetninger op først."
    ),
    "The record of {project}'s draw does not verify, and nothing is evaluated. {finding}": (
        "Protokollen for lodtrækningen i {project} kan ikke bekræftes, og intet evalueres. {finding}"
    ),
    "There is nothing to analyse: no control of {projects} has a spell, so these are left out, and nobody of "
    "another project was followed for {weeks} weeks in a stratum with {citizens} citizens of each arm. Give "
    "the hours of the income register: `--hours FILE`.": (
        "Der er intet at analysere: ingen kontrol i {projects} har et forløb, så de er ikke med, og ingen i et andet "
        "projekt er fulgt i {weeks} uger i et stratum med {citizens} borgere i hver gruppe. Angiv timerne i "
        "indkomstregistret: `--hours FIL`."
    ),
    "There is nothing to analyse: {file} ends {day}, follow-up ends with it, and nobody was followed for "
    "{weeks} weeks until then. Give an hours file with later months.": (
        "Der er intet at analysere: {file} slutter {day}, opfølgningen slutter med den, og ingen er fulgt i {weeks} "
        "uger til da. Angiv en timefil med senere måneder."
    ),
    "There is nothing to analyse: nobody was followed for {weeks} weeks in a stratum with {citizens} "
    "citizens of each arm.": (
        "Der er intet at analysere: ingen er fulgt i {weeks} uger i et stratum med {citizens} borgere i hver gruppe."
    ),
    "No plan is frozen, and nothing is evaluated: freeze it with `jobfirst evaluate freeze --approved-by "
    "NAME`, or say --exploratory, which stands on every page then.": (
        "Ingen plan er fastlagt, og intet evalueres: fastlæg den med `jobfirst evaluate freeze --approved-by "
        "NAVN`, eller skriv --exploratory, som så står på hver side."
    ),
    "The record of the frozen plan does not verify, and nothing is evaluated. {finding} See "
    'docs/ledger-format.md, "When it does not verify".': (
        "Protokollen for den fastlagte plan kan ikke bekræftes, og intet evalueres. {finding} Se "
        'docs/ledger-format.md, "When it does not verify".'
    ),
    "--citizens {citizens}: too few for two arms in two strata; give {least} or more.": (
        "--citizens {citizens}: for få til to grupper i to strata; angiv {least} eller flere."
    ),
    "{citizens} citizens are too many: give --citizens {most} or fewer.": (
        "{citizens} borgere er for mange: angiv --citizens som højst {most}."
    ),
    "{sd} is no standard deviation: give --sd a number above 0, at most {most}.": (
        "{sd} er ikke en standardafvigelse: angiv --sd som et tal over 0 og højst {most}."
    ),
    "{file} is no CSV file: give the hours as CSV with cpr, maaned and timer.": (
        "{file} er ikke en CSV-fil: angiv timerne som CSV med cpr, maaned og timer."
    ),
    "{file} has no row: give the hours of at least one person and month.": (
        "{file} har ingen rækker: angiv timerne for mindst én person og måned."
    ),
    "{file}, row {row}: {fault}; correct it and run again.": ("{file}, række {row}: {fault}; ret den, og kør igen."),
    "{file}, row {row}: the person and month stand on row {earlier} too; add them up and run again.": (
        "{file}, række {row}: personen og måneden står også på række {earlier}; læg dem sammen, og kør igen."
    ),
    "{file} can't be read ({error}): name a CSV file with cpr, maaned, timer.": (
        "{file} kan ikke læses ({error}): angiv en CSV-fil med cpr, maaned, timer."
    ),
    "{reported}; the file must have the columns cpr, maaned and timer.": (
        "{reported}; filen skal have kolonnerne cpr, maaned og timer."
    ),
    "No participant of {project} is in a delivery in force: nobody can be drawn.": (
        "{project} har ingen deltager i en gældende indberetning: ingen kan udtrækkes."
    ),
    "--citizens is {citizens}: name at least one.": ("--citizens er {citizens}: angiv mindst én."),
    "The rules of that moment know no core elements: name a later one.": (
        "Reglerne på det tidspunkt har ingen grundelementer: angiv et senere."
    ),
    "The draw of {project} has its beacon's value already: draw a batch.": (
        "Lodtrækningen for {project} har allerede sin offentlige værdi: træk lod om en liste."
    ),
    "The draw of {project} has no beacon: draw a batch.": (
        "Lodtrækningen for {project} har ingen offentlig værdi: træk lod om en liste."
    ),
    "{arm} has {count}": ("{arm} har {count}"),
    "The draw has ended below {least} citizens per arm: {few} (P02).": (
        "Lodtrækningen er endt under {least} borgere i en gruppe: {few} (P02)."
    ),
    "its fields are not those of the header": ("rækkens felter er ikke overskriftens"),
    "cpr is no personal number": ("cpr er ikke et cpr-nummer"),
    "maaned is not a month as 2016-03": ("maaned er ikke en måned som 2016-03"),
    "timer is not a number of hours of 0 or more": ("timer er ikke et timetal på 0 eller derover"),
}
