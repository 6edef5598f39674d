"""The 30 items of the CONSORT 2025 statement, in our words, and where each is answered."""

from __future__ import annotations

OUTSIDE = "uden for systemet"
ITEMS = (
    (1, "Titel og resumé", "report.html"),
    (2, "Registrering af forsøget", OUTSIDE),
    (3, "Protokol og analyseplan", "evaluation.jsonl; report.html"),
    (4, "Deling af data og kode", "public/; manifest.json"),
    (5, "Finansiering og interesser", OUTSIDE),
    (6, "Baggrund", OUTSIDE),
    (7, "Formål", "report.html"),
    (8, "Inddragelse af borgere", OUTSIDE),
    (9, "Forsøgets form", "report.html"),
    (10, "Ændringer undervejs", "evaluation.jsonl; report.html"),
    (11, "Hvor forsøget foregik", "flow.csv; projects.csv"),
    (12, "Hvem der kunne være med", "flow.csv"),
    (13, "Indsats og sammenligning", OUTSIDE),
    (14, "Udfald", "report.html; effects.csv"),
    (15, "Skader: hvordan de opgøres", OUTSIDE),
    (16, "Forsøgets størrelse", "effects.csv (smallest_effect)"),
    (17, "Lodtrækningens tal", "draw/<projekt>.jsonl"),
    (18, "Skjult rækkefølge", "draw/<projekt>.jsonl"),
    (19, "Hvem der trak lod", "draw/<projekt>.jsonl"),
    (20, "Blinding", OUTSIDE),
    (21, "Statistiske metoder", "report.html; effects.csv"),
    (22, "Borgernes vej gennem forsøget", "flow.csv; report.html"),
    (23, "Rekruttering", "draw/<projekt>.jsonl; report.html"),
    (24, "Hvad deltagerne fik", "fidelity/; flow.csv"),
    (25, "Udgangspunktet", "balance.csv"),
    (26, "Antal, udfald og effekt", "effects.csv; weekly.csv"),
    (27, "Skader", OUTSIDE),
    (28, "Andre analyser", "effects.csv; projects.csv"),
    (29, "Fortolkning", OUTSIDE),
    (30, "Begrænsninger", "report.html"),
)
