"""The lines of the commands in Danish, by their English text (`tasks.base.worded`)."""

from __future__ import annotations

DANISH: dict[str, str] = {
    # Words and parts that stand in many lines.
    "unknown": "ukendt",
    "none": "ingen",
    "now": "nu",
    " and ": " og ",
    "  none": "  ingen",
    "{count} project": "{count} projekt",
    "{count} projects": "{count} projekter",
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
    "In the ledger and not in the register: taken out of it or renamed, and not settled": (
        "Bogført, men ikke i registret: taget ud eller omdøbt, og ikke opgjort"
    ),
    "Earlier years that the same state gives another amount for than the ledger holds": (
        "Tidligere år, som de samme registreringer giver et andet beløb for, end der er bogført"
    ),
    "The calendar's day to reply about {year}, {deadline}, has passed: the letters of first decisions ({letters}) "
    "give as many days from when they are received, and get their date when they are sent.": (
        "Kalenderens svarfrist for {year}, {deadline}, er gået: brevene om første afgørelse ({letters}) giver lige så "
        "mange dage, fra de er modtaget, og får deres dato, når de sendes."
    ),
    "Release the years together: `jobfirst backfill {first} {last}`, "
    "then `jobfirst release {years} --draft ...` with a draft of each.": (
        "Frigiv årene sammen: `jobfirst backfill {first} {last}`, "
        "derefter `jobfirst release {years} --draft ...` med et udkast for hvert."
    ),
    # What a run says while it works.
    "{name}: {done} of {total}": "{name}: {done} af {total}",
    "deliveries": "leveringer",
    "letters": "breve",
    "annexes": "bilag",
    "release {run}, which was interrupted, is finished": "frigivelsen {run}, der blev afbrudt, er gjort færdig",
    "in the inbox, and no delivery: {names}": "i indbakken, men ikke en levering: {names}",
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
    "Making up {projects} projects.": "Opdigter {projects} projekter.",
    "Starting the page; ctrl-C ends it.": "Starter siden; ctrl-C lukker den.",
    "Computing {year} by the rules in force and by the changed ones.": (
        "Beregner {year} efter de gældende regler og efter de ændrede."
    ),
    "Computing what the programme comes to.": "Beregner, hvad programmet løber op i.",
    "Computing the smallest effect.": "Beregner den mindste virkning.",
    "Analysing the trial.": "Analyserer forsøget.",
    "Reading what was delivered of the core elements.": "Læser, hvad der er leveret om kerneelementerne.",
    # settle
    "JobFirst settlement {year}: replay of an earlier state, fingerprint {fingerprint}": (
        "JobFirst, opgørelse af {year}: gentaget fra en tidligere stand, fingeraftryk {fingerprint}"
    ),
    "JobFirst settlement {year}: draft {fingerprint}": "JobFirst, opgørelse af {year}: udkast {fingerprint}",
    "Nothing has changed since it was made: it stands, and so do its files.": (
        "Intet er ændret, siden det blev lavet: det står ved magt, og det gør filerne også."
    ),
    "  Projects         {count:>16}   ({missing} without an accepted delivery)": (
        "  Projekter        {count:>16}   ({missing} uden en godkendt levering)"
    ),
    "  Citizens         {count:>16}   ({participants} participants, {controls} controls)": (
        "  Borgere          {count:>16}   ({participants} deltagere, {controls} i kontrolgruppen)"
    ),
    "  Starts           {count:>16}": "  Påbegyndte       {count:>16}",
    "  Completions      {count:>16}": "  Gennemførte      {count:>16}",
    "  Entitlement      {amount:>16} kr.": "  Tilskud          {amount:>16} kr.",
    "   (unknown of {projects})": "   ({projects} er ukendt)",
    "  Payable          {amount:>16} kr.   (of which on hold {held} kr.)": (
        "  Til udbetaling   {amount:>16} kr.   (heraf i bero {held} kr.)"
    ),
    "Holds: what must hold, and does not": "I bero: det skal være opfyldt og er det ikke",
    "Rejected rows by rule": "Afviste rækker efter regel",
    "Without effect: deliveries older than the one in force": (
        "Uden virkning: leveringer, der er ældre end den gældende"
    ),
    "  {project:<12} {delivery}, received {moment}: {newer} is in force, so correct that one": (
        "  {project:<12} {delivery}, modtaget {moment}: {newer} gælder, så ret i den"
    ),
    "  {count} older, which came with or after a newer one of the same project": (
        "  {count} ældre, modtaget sammen med eller efter en nyere fra samme projekt"
    ),
    "  {year}   {projects}   up {up} kr.   down {down} kr.": "  {year}   {projects}   op {up} kr.   ned {down} kr.",
    "  {command} would draft the differences": "  {command} laver udkast til forskellene",
    "  {project:<12} {amount:>20} kr. posted": "  {project:<12} {amount:>20} kr. bogført",
    "Open next": "Se nu",
    "Next: {command}": "Næste: {command}",
    "      NAME is another than {preparer}, who prepared it": (
        "       NAME er en anden end {preparer}, der har lavet det"
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
        "  Til udbetaling   {amount:>16} kr.   (heraf i bero {held} kr.)"
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
    "Released before": "Frigivet før",
    "Nothing to correct": "Intet at rette",
    "On hold, left out": "I bero, udeladt",
    "Not chosen": "Ikke valgt",
    "Holds waived": "Fravigelser",
    "On hold: waive every hold of a project, or mend it and settle again": (
        "I bero: fravig alle et projekts grunde, eller få dem rettet og gør året op igen"
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
    "  {year}  {sent} letters sent, {answered} answered": "  {year}  {sent} breve sendt, {answered} besvaret",
    ", {waiting} awaited until {day}": ", {waiting} afventes til {day}",
    "  hearing {state}: {projects}": "  partshøring {state}: {projects}",
    "waits for a reply until {day}": "afventer svar til {day}",
    "not answered by {day}": "ikke besvaret inden {day}",
    "answered on {day}": "besvaret {day}",
    "not sent": "ikke sendt",
    "sent for another draft": "sendt til et andet udkast",
    "not needed": "ikke nødvendig",
    "{state} ({letters})": "{state} ({letters})",
    "what burdens a municipality would be decided before it was heard: {told}": (
        "det, der er til ugunst for en kommune, ville blive afgjort, før den er hørt: {told}"
    ),
    "replies are awaited until {day}": "der afventes svar til {day}",
    "what was heard was another amount, cause or rejection": (
        "der er hørt om et andet beløb, en anden årsag eller andre afvisninger"
    ),
    "no hearing letter was sent": "der er ikke sendt et brev i partshøring",
    # ledger
    "Ledger: {entries} entries, the newest with hash": "Bogføring: {entries} poster, den nyeste med hash",
    "{entries} entries, the newest with hash": "{entries} poster, den nyeste med hash",
    "The ledger is empty.": "Der er intet bogført.",
    "No.": "Nr.",
    "Component": "Del",
    "The ledger verifies: {entries} entries, the newest with hash": (
        "Bogføringen er bekræftet: {entries} poster, den nyeste med hash"
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
    "Deliveries by": "Levering",
    "Settled on": "Opgørelse",
    "Replies by": "Svar",
    "Deliveries": "Leveringer",
    "Drafts": "Udkast",
    "Releases": "Frigivelser",
    "What the warehouse holds can't be told before that has ended.": (
        "Hvad datalageret indeholder, kan ikke vises, før det er slut."
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
    "        entitlement {entitlement} kr., payable {payable} kr.; {released} of {decided} projects released": (
        "        tilskud {entitlement} kr., til udbetaling {payable} kr.; {released} af {decided} projekter frigivet"
    ),
    "; unknown of {projects}": "; {projects} er ukendt",
    "        from the state as known at {moment}": "        fra det, der var kendt {moment}",
    "        on hold: {project} {holds}": "        i bero: {project} {holds}",
    "        in an earlier draft alone, and not released: {project}": (
        "        kun i et tidligere udkast, og ikke frigivet: {project}"
    ),
    "  {year}  {run}  {moment} approved by {by}: {projects}, to pay out {up} kr., to be paid back {down} kr.": (
        "  {year}  {run}  {moment} godkendt af {by}: {projects}, udbetales {up} kr., betales tilbage {down} kr."
    ),
    "Ledger: {entries} entries, {amount} kr.": "Bogføring: {entries} poster, {amount} kr.",
    "  newest {moment}, hash {sha256}": "  nyeste {moment}, hash {sha256}",
    "  does not verify now: {finding} See `jobfirst ledger verify`.": (
        "  kan ikke bekræftes nu: {finding} Se `jobfirst ledger verify`."
    ),
    "  {project:<10}{amount} kr. posted": "  {project:<10}{amount} kr. bogført",
    "mend the ledger, which does not verify: before that nothing is settled or released": (
        "ret bogføringen, som ikke kan bekræftes: før det kan intet opgøres eller frigives"
    ),
    "deliveries for {year}": "leveringer for {year}",
    "deliveries for {year}: {missing} of {projects} projects have not delivered to {last_day}": (
        "leveringer for {year}: {missing} af {projects} projekter har ikke leveret til {last_day}"
    ),
    "settle {year}": "gør {year} op",
    "settle {year} again: the rules have changed since its draft": (
        "gør {year} op igen: reglerne er ændret siden udkastet"
    ),
    "settle {year} again: since its draft a delivery came or changed from {projects}": (
        "gør {year} op igen: siden udkastet er en levering kommet eller ændret fra {projects}"
    ),
    "settle {year} again: {projects} not released, and not in the newest draft{held}": (
        "gør {year} op igen: {projects} ikke frigivet og ikke i det nyeste udkast{held}"
    ),
    "settle {years} together: {projects} of {year} can't be released without the other years": (
        "gør {years} op sammen: {projects} i {year} kan ikke frigives uden de andre år"
    ),
    "release {year}: {left} of {decided} projects{held}": "frigiv {year}: {left} af {decided} projekter{held}",
    "release {years} together{held}": "frigiv {years} sammen{held}",
    ", {count} of them on hold": ", heraf {count} i bero",
    "correct {years}, which the ledger holds other amounts for": "efterregulér {years}, som er bogført med andre beløb",
    # explain
    "  Draft     {fingerprint}, prepared {moment} by {by}, {status}": (
        "  Udkast    {fingerprint}, lavet {moment} af {by}, {status}"
    ),
    "ready": "klar",
    "hold": "i bero",
    "missing": "ingen levering",
    "not_started": "ikke begyndt",
    "  Holds     {holds}": "  I bero    {holds}",
    "  State     as known at {moment}": "  Stand     som kendt {moment}",
    "  Delivery  none is accepted": "  Levering  ingen er godkendt",
    "  Delivery  {delivery}, received {moment}": "  Levering  {delivery}, modtaget {moment}",
    "Starts": "Påbegyndte",
    "Completions": "Gennemførte",
    "Start": "Påbegyndt",
    "Completion": "Gennemført",
    "start": "påbegyndt",
    "completion": "gennemført",
    "wages": "løn",
    "Cut by the cap": "Skåret af loftet",
    "Wages": "Løn",
    "Cut by the limit of the fixed grant": "Skåret af højeste faste tilskud",
    "Entitlement": "Tilskud",
    "Payable": "Til udbetaling",
    "{count} citizens": "{count} borgere",
    "{count} vouchers": "{count} bilag",
    "cap {cap}, gross to {year} {gross}": "loft {cap}, før loft til og med {year} {gross}",
    "limit {limit}, wages to {year} {wages}": "højst {limit}, løn til og med {year} {wages}",
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
    "  not in the delivery that is in force": "  ikke i den gældende levering",
    "rejected by {codes}": "afvist efter {codes}",
    "accepted, participant arm": "godkendt, deltager",
    "accepted, control arm": "godkendt, kontrolgruppen",
    "  {place} row {row}: {type} {start} to {end}: {state}": "  {place} række {row}: {type} {start} til {end}: {state}",
    "gives nothing by itself": "giver intet alene",
    "gave {events}": "gav {events}",
    "the start of {day}": "påbegyndelsen den {day}",
    "the completion of {day}": "gennemførelsen den {day}",
    "Of the settlement of {year}, before the cap": "Af opgørelsen for {year}, før loftet",
    "Rules: {file}, sha256 {sha256}, known since {moment}": "Regler: {file}, sha256 {sha256}, kendt siden {moment}",
    "{value} from {day}": "{value} fra {day}",
    # findings of a release, and its signature
    "the rules file has no text for what letters need: {texts}": (
        "regelfilen har ingen tekst til det, som breve kræver: {texts}"
    ),
    "{name}, for {letters}": "{name}, til {letters}",
    "the account {account} of the operating system prepared the draft, and approves it": (
        "operativsystemets konto {account} har både lavet udkastet og godkender det"
    ),
    "there is no {approvers}, so no signature is asked for; two typed names are no proof that two persons decided": (
        "der er ingen {approvers}, så der kræves ingen underskrift; to skrevne navne beviser ikke, at to har besluttet"
    ),
    "{name}'s": "{name}s",
    "the approver's": "godkenderens",
    "{approvers} asks for {who} signature, and none is given": "{approvers} kræver {who} underskrift, og der er ingen",
    "valid, {key}": "gyldig, {key}",
    "Another run writes to {home}: {holder}. Run again when it has ended.": (
        "En anden kørsel skriver til {home}: {holder}. Kør igen, når den er slut."
    ),
}
