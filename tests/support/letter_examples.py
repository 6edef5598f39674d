"""Letters that the tests share: the settlement's worked example, and one of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tasks.letters.facts import (
    Activity,
    Cause,
    Fixed,
    Hold,
    LeadMunicipality,
    LetterFacts,
    Netted,
    OtherDecision,
    OtherYear,
    PostedTo,
    RateLine,
    Refusal,
    Refused,
    RejectedGroup,
    Sender,
    StandardTexts,
    UndecidedYear,
)
from tasks.letters.kind import Kind


def dkk(text: str) -> Decimal:
    return Decimal(text.replace(" ", ""))


SENDER = Sender("Styrelsen for Arbejdsmarked og Rekruttering", "Tilskudsadministration", (), "", "")
TEXTS = StandardTexts(
    "Tilskudsadministrationen",
    "",
    "Bekendtgørelse nr. 1173 af 8. oktober 2013 om administration af tilskud fra puljer under "
    "Arbejdsmarkedsstyrelsens og Styrelsen for Fastholdelse og Rekrutterings områder",
)

# 2016: 80 starts and 40 completions, wages of 400 000 kr.
ACTIVITY_2016 = Activity(
    starts=(RateLine(80, dkk("6000")),),
    completions=(RateLine(40, dkk("10000")),),
    gross_dkk=dkk("880 000"),
    gross_cumulative_dkk=dkk("880 000"),
    granted_earlier_dkk=dkk("0"),
    granted_dkk=dkk("880 000"),
    cap_dkk=dkk("1 440 000"),
    citizen_max_dkk=dkk("16 000"),
    cap_share=dkk("0.90"),
    completion_days=91,
)
FIXED_2016 = Fixed(dkk("400 000"), dkk("400 000"), dkk("0"), dkk("400 000"), dkk("850 000"))
# 2017: 20 starts and 58 completions, wages of 500 000 kr.; both grants meet their cap.
ACTIVITY_2017 = replace(
    ACTIVITY_2016,
    starts=(RateLine(20, dkk("6000")),),
    completions=(RateLine(58, dkk("10000")),),
    gross_dkk=dkk("700 000"),
    gross_cumulative_dkk=dkk("1 580 000"),
    granted_earlier_dkk=dkk("880 000"),
    granted_dkk=dkk("560 000"),
)
FIXED_2017 = Fixed(dkk("500 000"), dkk("900 000"), dkk("400 000"), dkk("450 000"), dkk("850 000"))

REJECTED = (
    RejectedGroup(
        "C10",
        "borgere",
        1,
        "Borgeren er fyldt 30 år på visitationsdatoen",
        "Kontrollér CPR-nummer og visitationsdato.",
        dkk("16000"),
    ),
    RejectedGroup(
        "S06",
        "forloeb",
        3,
        "virksomhed_cvr er et gyldigt CVR-nummer",
        "Skriv virksomhedens CVR-nummer med otte cifre.",
        dkk("12000"),
    ),
    RejectedGroup(
        "E05",
        "udgifter",
        2,
        "kategori er udfyldt og kendt",
        "Skriv en af vejledningens kategorier.",
        dkk("0"),
    ),
)

PARTSHOERING = LetterFacts(
    kind=Kind.PARTSHOERING,
    is_settled_before=False,
    project_id="JF-187",
    project_name="JobFirst Vallensbæk",
    case_number="16/145",
    lead=LeadMunicipality("Vallensbæk Kommune", "19583910"),
    members=(),
    contact="Kirsten Holm",
    year=2016,
    letter_date=date(2017, 2, 15),
    reply_deadline=date(2017, 3, 8),
    as_of_date=date(2016, 12, 31),
    target_participants=100,
    participants=98,
    controls=101,
    activity=ACTIVITY_2016,
    fixed=FIXED_2016,
    entitlement_dkk=dkk("1 280 000"),
    posted_dkk=dkk("0"),
    payable_dkk=dkk("1 280 000"),
    holds=(),
    rejected=REJECTED,
    rejected_count=6,
    rejected_lost_dkk=dkk("28000"),
    causes=(),
    sender=SENDER,
    texts=TEXTS,
    is_first_year=True,
)

# One of the spells with a wrong company begins on a wrong day, too.
PARTSHOERING_HOLD = replace(
    PARTSHOERING,
    rejected=(
        *REJECTED[:2],
        RejectedGroup(
            "S07",
            "forloeb",
            1,
            "startdato er en dato, der ikke ligger efter indberetningens opgørelsesdato",
            "Skriv forløbets første dag som dd-mm-åååå.",
            dkk("4000"),
        ),
        *REJECTED[2:],
    ),
    holds=(
        Hold(
            "P01",
            "Målgruppernes andele afviger op til 14 procentpoint fra kommunernes, mere end 10.",
        ),
    ),
)

PARTSHOERING_MISSING = replace(
    PARTSHOERING,
    as_of_date=None,
    participants=0,
    controls=0,
    activity=replace(
        ACTIVITY_2016,
        starts=(),
        completions=(),
        gross_dkk=dkk("0"),
        gross_cumulative_dkk=dkk("0"),
        granted_dkk=dkk("0"),
    ),
    fixed=Fixed(dkk("0"), dkk("0"), dkk("0"), dkk("0"), dkk("850 000")),
    entitlement_dkk=dkk("0"),
    payable_dkk=dkk("0"),
    rejected=(),
    rejected_count=0,
    rejected_lost_dkk=dkk("0"),
    holds=(Hold("P04", "Vi har ikke modtaget en indberetning, der dækker hele 2016."),),
)

# Both deliveries of the project were refused.
COLUMNS_MEND = "Brug kolonnenavnene fra skabelonen (jobfirst template) i filens første række."
PARTSHOERING_REFUSED = replace(
    PARTSHOERING_MISSING,
    refused=Refused(
        2,
        (
            Refusal("2016-12-31", "F03", ("borgere.csv: kolonnen visitationsdato mangler",), 0, COLUMNS_MEND),
            Refusal(
                "2017-01-15.zip",
                "F03",
                (
                    "borgere.csv: kolonnen cpr mangler",
                    "borgere.csv: kolonnen ydelse mangler",
                    "forloeb.csv: kolonnen type mangler",
                ),
                2,
                COLUMNS_MEND,
            ),
        ),
        1,
    ),
)

# A later delivery was refused, and the one before is still in force.
PARTSHOERING_LATER_REFUSED = replace(
    PARTSHOERING,
    rejected=(),
    rejected_count=0,
    rejected_lost_dkk=dkk("0"),
    holds=(
        Hold(
            "P05",
            "Antal afviste indberetninger, der er nyere end den gældende (opgjort pr. 31. december 2016), eller hvis "
            "dato ikke kan læses eller ligger i fremtiden: 1. Grunden står ved hver af dem.",
            mend="Ret hver afvist indberetning (også datoen i dens navn, hvis den er forkert), og aflevér den igen.",
        ),
    ),
    refused=Refused(
        1, (Refusal("2017-01-15", "F03", ("borgere.csv: kolonnen visitationsdato mangler",), 0, COLUMNS_MEND),), 0
    ),
)

# A joint project; the year's rate changed, both caps cut.
UDBETALING = replace(
    PARTSHOERING,
    kind=Kind.UDBETALING,
    project_name="JobFirst på tværs",
    members=("Ishøj", "Vallensbæk"),
    year=2017,
    letter_date=date(2018, 3, 15),
    reply_deadline=None,
    is_first_year=False,
    as_of_date=date(2017, 12, 31),
    activity=replace(
        ACTIVITY_2017,
        starts=(RateLine(10, dkk("6000")), RateLine(10, dkk("6000.50"))),
        gross_dkk=dkk("700 005"),
        gross_cumulative_dkk=dkk("1 580 005"),
    ),
    fixed=FIXED_2017,
    entitlement_dkk=dkk("1 010 000"),
    payable_dkk=dkk("1 010 000"),
)

# The worked example's late correction: one start of 2016 is removed.
TILBAGEBETALING = replace(
    PARTSHOERING,
    kind=Kind.TILBAGEBETALING,
    is_settled_before=True,
    letter_date=date(2018, 3, 15),
    reply_deadline=None,
    activity=replace(
        ACTIVITY_2016,
        starts=(RateLine(79, dkk("6000")),),
        gross_dkk=dkk("874 000"),
        gross_cumulative_dkk=dkk("874 000"),
        granted_dkk=dkk("874 000"),
    ),
    entitlement_dkk=dkk("1 274 000"),
    posted_dkk=dkk("1 280 000"),
    posted_activity_dkk=dkk("880 000"),
    payable_dkk=dkk("-6000"),
    rejected=(),
    rejected_count=0,
    rejected_lost_dkk=dkk("0"),
    causes=(Cause("1 borger er ikke længere påbegyndt i 2016", dkk("-6000")),),
)

EFTERREGULERING = replace(
    UDBETALING,
    kind=Kind.EFTERREGULERING,
    is_settled_before=True,
    activity=replace(
        ACTIVITY_2017,
        gross_cumulative_dkk=dkk("1 574 000"),
        granted_earlier_dkk=dkk("874 000"),
        granted_dkk=dkk("566 000"),
    ),
    entitlement_dkk=dkk("1 016 000"),
    posted_dkk=dkk("1 010 000"),
    posted_activity_dkk=dkk("560 000"),
    payable_dkk=dkk("6000"),
    rejected=REJECTED[:1],
    rejected_count=1,
    rejected_lost_dkk=dkk("16000"),
    causes=(Cause("Tidligere år bruger mindre af loftet", dkk("6000")),),
    holds=(Hold("P02", "Kontrolgruppen har 96 borgere og skal have mindst 100.", "Afvigelsen er lille."),),
)

NUL = replace(
    EFTERREGULERING,
    kind=Kind.NUL,
    posted_dkk=dkk("1 016 000"),
    posted_activity_dkk=dkk("566 000"),
    payable_dkk=dkk("0"),
    causes=(),
    holds=(),
)

# Both years of the correction in one release: one amount is paid, or asked for.
TILBAGEBETALING_NETTED = replace(
    TILBAGEBETALING,
    netted=Netted((OtherDecision("JF-187", 2017, dkk("1 010 000")),), dkk("1 004 000")),
)
EFTERREGULERING_CLAIMED = replace(
    EFTERREGULERING,
    netted=Netted(
        (OtherDecision("JF-187", 2016, dkk("-47 000.50")), OtherDecision("JF-188", 2017, dkk("500"))),
        dkk("-40 500.50"),
    ),
)
EFTERREGULERING_EVEN = replace(EFTERREGULERING, netted=Netted((OtherDecision("JF-187", 2016, dkk("-6000")),), dkk("0")))

# Wages of 2016 are corrected in 2017, before anything of 2016 is decided.
TILBAGEBETALING_UNDECIDED = replace(
    UDBETALING,
    kind=Kind.TILBAGEBETALING,
    activity=replace(
        ACTIVITY_2017,
        starts=(),
        completions=(),
        gross_dkk=dkk("0"),
        gross_cumulative_dkk=dkk("0"),
        granted_earlier_dkk=dkk("0"),
        granted_dkk=dkk("0"),
    ),
    fixed=Fixed(dkk("-1401.66"), dkk("-167.66"), dkk("1234"), dkk("-1234"), FIXED_2017.max_dkk),
    entitlement_dkk=dkk("-1234"),
    payable_dkk=dkk("-1234"),
    rejected=(),
    rejected_count=0,
    rejected_lost_dkk=dkk("0"),
    undecided=(UndecidedYear(2016, dkk("1234")),),
)
PARTSHOERING_UNDECIDED = replace(
    TILBAGEBETALING_UNDECIDED,
    kind=Kind.PARTSHOERING,
    letter_date=date(2018, 2, 15),
    reply_deadline=date(2018, 3, 8),
)

# A draft of the worked example's late correction, made long after the year's calendar.
PARTSHOERING_AGAIN = replace(
    TILBAGEBETALING,
    kind=Kind.PARTSHOERING,
    letter_date=PARTSHOERING.letter_date,
    reply_deadline=PARTSHOERING.reply_deadline,
)

# 2017 is decided too, and the start of 2016 that is gone leaves it as much more of the cap.
PARTSHOERING_OTHER_YEAR = replace(
    PARTSHOERING_AGAIN, other_years=(OtherYear(2017, dkk("1 016 000"), dkk("1 010 000")),)
)

# Ishøj led the project when the year was decided.
ISHOEJ, VALLENSBAEK = "Ishøj Kommune", "Vallensbæk Kommune"
TILBAGEBETALING_LEAD = replace(TILBAGEBETALING, posted_to=(PostedTo(ISHOEJ, dkk("1 280 000")),))
EFTERREGULERING_LEAD = replace(
    EFTERREGULERING, posted_to=(PostedTo(ISHOEJ, dkk("1 016 000")), PostedTo(VALLENSBAEK, dkk("-6000")))
)
NUL_LEAD = replace(NUL, posted_to=(PostedTo(ISHOEJ, dkk("1 016 000")),))
PARTSHOERING_LEAD = replace(
    PARTSHOERING_OTHER_YEAR,
    posted_to=TILBAGEBETALING_LEAD.posted_to,
    other_years=(
        OtherYear(
            2017,
            dkk("1 016 000"),
            dkk("1 010 000"),
            (PostedTo(ISHOEJ, dkk("1 000 000")), PostedTo(VALLENSBAEK, dkk("10 000"))),
        ),
    ),
)

# A delivery of half the year, and a spell whose worth can't be computed.
PARTSHOERING_CUT_SHORT = replace(
    PARTSHOERING,
    as_of_date=date(2016, 6, 30),
    rejected=(REJECTED[0], replace(REJECTED[1], lost_dkk=dkk("0"), unreckoned_count=3), REJECTED[2]),
    rejected_lost_dkk=dkk("16000"),
    rejected_unreckoned_count=3,
    holds=(Hold("P04", "Vi har ikke modtaget en indberetning, der dækker hele 2016."),),
)

# The first delivery of the project comes with no accepted registration: the year gives nothing.
NUL_CUT_SHORT = replace(
    PARTSHOERING_MISSING,
    kind=Kind.NUL,
    reply_deadline=None,
    as_of_date=date(2016, 6, 30),
    holds=(Hold("P04", "Vi har ikke modtaget en indberetning, der dækker hele 2016.", "Projektet er opgivet."),),
)

# What was decided, before the register moved the project's first day to the year after.
TILBAGEBETALING_BEGINS_LATER = replace(
    PARTSHOERING_MISSING,
    kind=Kind.TILBAGEBETALING,
    is_settled_before=True,
    reply_deadline=None,
    posted_dkk=dkk("6000"),
    posted_activity_dkk=dkk("6000"),
    payable_dkk=dkk("-6000"),
    causes=(Cause("Et påbegyndt forløb tæller ikke længere, fordi borgerens registrering er afvist", dkk("-6000")),),
    rejected=(REJECTED[0],),
    rejected_count=1,
    rejected_lost_dkk=REJECTED[0].lost_dkk,
    holds=(),
    begins_on=date(2017, 1, 1),
)
PARTSHOERING_BEGINS_LATER = replace(
    TILBAGEBETALING_BEGINS_LATER, kind=Kind.PARTSHOERING, reply_deadline=PARTSHOERING.reply_deadline
)

EXAMPLES = {
    "partshoering": PARTSHOERING,
    "partshoering_hold": PARTSHOERING_HOLD,
    "partshoering_missing": PARTSHOERING_MISSING,
    "partshoering_refused": PARTSHOERING_REFUSED,
    "partshoering_later_refused": PARTSHOERING_LATER_REFUSED,
    "partshoering_again": PARTSHOERING_AGAIN,
    "partshoering_other_year": PARTSHOERING_OTHER_YEAR,
    "partshoering_lead": PARTSHOERING_LEAD,
    "udbetaling": UDBETALING,
    "efterregulering": EFTERREGULERING,
    "tilbagebetaling": TILBAGEBETALING,
    "tilbagebetaling_lead": TILBAGEBETALING_LEAD,
    "efterregulering_lead": EFTERREGULERING_LEAD,
    "nul_lead": NUL_LEAD,
    "tilbagebetaling_netted": TILBAGEBETALING_NETTED,
    "tilbagebetaling_undecided": TILBAGEBETALING_UNDECIDED,
    "partshoering_undecided": PARTSHOERING_UNDECIDED,
    "efterregulering_claimed": EFTERREGULERING_CLAIMED,
    "efterregulering_even": EFTERREGULERING_EVEN,
    "nul": NUL,
    "partshoering_cut_short": PARTSHOERING_CUT_SHORT,
    "nul_cut_short": NUL_CUT_SHORT,
    "partshoering_begins_later": PARTSHOERING_BEGINS_LATER,
    "tilbagebetaling_begins_later": TILBAGEBETALING_BEGINS_LATER,
}
