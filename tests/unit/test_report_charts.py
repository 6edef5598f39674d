"""The figures: what is drawn, and that nothing but shapes and text reaches the page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from tasks.charts import axes, canvas, planes, plots
from tasks.charts.svg import UnexpectedDrawingError, embedded
from tasks.register.municipalities import municipalities
from tasks.report import figures, tiles
from tasks.report.cells import lost_cell

BARS = [
    plots.Bar("JF-001 København", {"Brugt": 60.0, "Over": 0.0}),
    plots.Bar("JF-002 Ærø", {"Brugt": 100.0, "Over": 9.0}),
]
COLOURS = {"Brugt": "#112233", "Over": "#445566"}
AXIS = axes.Axis("Pct.", 0, 120, {0: "0", 100: "100"})


def _svg(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="10.0" height="20.0">{body}</svg>'


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<a href="http://example.com"><text>x</text></a>',
        '<image href="data:image/png;base64,AA"/>',
        '<rect onclick="alert(1)"/>',
        "<foreignObject/>",
    ],
)
def test_anything_but_shapes_and_text_is_refused(body: str) -> None:
    with pytest.raises(UnexpectedDrawingError):
        embedded(_svg(body), "alt")


def test_names_styles_and_clips_are_left_out_and_measures_are_short() -> None:
    drawing = _svg(
        '<style>.p{fill:red}</style><defs><clipPath id="c"/></defs>'
        '<g id="random" clip-path="url(#c)"><rect x="1.23456" width="-0.01"/>'
        '<text class="t" style="fill:#abc;font-size:13.0px;"> 1.440.000 </text></g>'
    )
    page = embedded(drawing, "det <siger> figuren")
    root = etree.fromstring(page)
    assert root.get("aria-label") == "det <siger> figuren"
    assert root.get("viewBox") == "0 0 10 20"
    assert '<rect x="1.2" width="0"/>' in page
    assert '<text fill="#abc" font-size="13.0"> 1.440.000 </text>' in page
    assert "random" not in page
    assert "clip" not in page


def test_a_chart_has_every_bar_and_label_and_the_same_bytes_again() -> None:
    first, second = (embedded(plots.bars(BARS, COLOURS, AXIS, limit=100)[0], "alt") for _ in range(2))
    assert first == second
    for text in ("JF-001 København", "JF-002 Ærø", "Brugt", "Over", "Pct."):
        assert text in first
    # Two bars and the legend's mark of the one part, one bar and a mark of the other.
    assert first.count("rgb(17,34,51)") == 3
    assert first.count("rgb(68,85,102)") == 2


def test_the_first_bar_is_on_top() -> None:
    root = etree.fromstring(embedded(plots.bars(BARS, COLOURS, AXIS)[0], "alt"))
    texts = [t for t in root.iter("{*}text") if "JF-" in str(t.xpath("string()"))]
    heights = {str(t.xpath("string()"))[:6]: float(_place(t)) for t in texts}
    assert heights["JF-001"] < heights["JF-002"]


def _place(element: etree._Element) -> float:
    """Give how far down an element is: its own y, and those of the groups around it."""
    place = float(element.get("y", "0"))
    for group in (element, *element.iterancestors()):
        moved = group.get("transform", "")
        if moved.startswith("translate("):
            place += float(moved.removeprefix("translate(").split(")")[0].split()[1])
    return place


@pytest.mark.parametrize(
    ("count", "lengths"), [(1, [1]), (30, [30]), (31, [16, 15]), (98, [49, 49]), (120, [40, 40, 40])]
)
def test_long_figures_are_shared_out(count: int, lengths: list[int]) -> None:
    assert [len(column) for column in canvas.columns(range(count))] == lengths


@pytest.mark.parametrize(("most", "end"), [(1, 1), (7, 8), (47.5, 50), (1000, 1000), (1001, 1500)])
def test_axes_end_at_a_round_number(most: float, end: float) -> None:
    axis = axes.nice_axis("x", most)
    assert axis.most == end
    assert max(axis.marks) == end


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([3.0, 9.5], ["0", "2", "4", "6", "8", "10"]),
        ([-1.2, 3.0], ["−2", "−1", "0", "1", "2", "3"]),
        ([0.12, -0.04], ["−0,05", "0,00", "0,05", "0,10", "0,15"]),
        ([0.6], ["0,0", "0,2", "0,4", "0,6"]),
        ([0.0], ["0,0", "0,2"]),
    ],
)
def test_a_spanning_axis_has_every_value_and_0(values: list[float], labels: list[str]) -> None:
    axis = axes.spanning_axis("x", values)
    assert list(axis.marks.values()) == labels
    assert axis.least <= min(0.0, *values)
    assert axis.most >= max(values)


def test_curves_differ_without_colour_and_a_mark_may_have_more_lines() -> None:
    points = [planes.BandPoint(week, week - 1.0, float(week), week + 1.0) for week in range(1, 27)]
    along = axes.Axis("Fulgt", 0, 26, {13: "uge 13\n<5\n7"})
    drawing = planes.curves(
        {"Deltagere": points, "Kontroller": points},
        {"Deltagere": canvas.BLUE, "Kontroller": canvas.ORANGE},
        along,
        axes.spanning_axis("Timer", [-1.0, 27.0]),
    )
    page = embedded(drawing, "alt")
    lines = [one for one in etree.fromstring(page).iter("{*}path") if one.get("fill") == "none"]
    assert {bool(one.get("stroke-dasharray")) for one in lines} == {True, False}
    for text in ("Deltagere", "Kontroller", "Fulgt", "Timer", "uge 13", "&lt;5", "7"):
        assert f">{text}<" in page


def test_intervals_of_one_kind_have_no_legend_and_stand_at_their_labels() -> None:
    rows = [[plots.Interval(name, "Projekterne", at, at - 1, at + 1)] for name, at in (("JF-1", 0.5), ("JF-2", -0.5))]
    (drawing,) = plots.intervals(rows, {"Projekterne": canvas.BLUE}, axes.spanning_axis("Timer", [-1.5, 1.5]))
    root = etree.fromstring(embedded(drawing, "alt"))
    assert "Projekterne" not in drawing
    labels = [_place(one) for one in root.iter("{*}text") if str(one.xpath("string()")).startswith("JF-")]
    ranges = [float(one.get("y1", "0")) for one in root.iter("{*}line") if one.get("stroke") == "rgb(31,78,121)"]
    assert len(labels) == len(ranges) == 2
    assert labels[1] - labels[0] == pytest.approx(ranges[1] - ranges[0], abs=0.2)


@pytest.mark.parametrize(
    ("count", "size", "labelled"), [(25, canvas.WIDE, 25), (26, canvas.WIDE, 0), (5, canvas.NARROW, 0)]
)
def test_dots_have_labels_where_there_is_room(count: int, size: canvas.Size, labelled: int) -> None:
    dots = [planes.Dot(f"JF-{at}", float(at), float(-at)) for at in range(count)]
    along, up = axes.spanning_axis("Kontrast", [25.0]), axes.spanning_axis("Effekt", [-25.0])
    page = embedded(planes.scatter(dots, canvas.BLUE, along, up, size=size), "alt")
    assert page.count("JF-") == labelled
    assert "Kontrast" in page
    assert "Effekt" in page


def test_the_rules_have_one_drawing_with_room_for_the_bars() -> None:
    titles = {f"S{number:02}": "En regel, der har en lang titel" for number in range(1, 32)}
    (drawing,) = figures.rejected_by_rule(
        [{"code": code, "row_count": 1, "lost_dkk": Decimal(0), "unreckoned_count": 0} for code in titles], titles
    )
    page = embedded(drawing, "alt")
    assert all(page.count(f">{code} ") == 1 for code in titles)
    widths = [float(bar.get("width", 0)) for bar in etree.fromstring(page).iter("{*}rect") if bar.get("height") != "0"]
    assert sum(canvas.WIDTH / 3 < width < canvas.WIDTH for width in widths) >= len(titles)


def test_a_rule_of_several_tables_has_one_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[plots.Bar] = []
    monkeypatch.setattr(plots, "bars", lambda rows, *_, **__: drawn.extend(rows) or [])
    rules = [
        {"code": code, "row_count": count, "lost_dkk": Decimal(lost), "unreckoned_count": 0}
        for code, count, lost in (("S04", 5, 3000), ("R01", 4, 2000), ("R01", 3, 2000))
    ]
    figures.rejected_by_rule(rules, {"S04": "Borgeren", "R01": "Felter"})
    assert [(bar.label, *bar.values.values(), bar.told) for bar in drawn] == [
        ("R01 Felter", 4.0, "4.000 kr., 7 rækker"),
        ("S04 Borgeren", 3.0, "3.000 kr., 5 rækker"),
    ]


def test_where_nothing_was_at_stake_the_rows_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[plots.Bar] = []
    monkeypatch.setattr(plots, "bars", lambda rows, *_, **__: drawn.extend(rows) or [])
    figures.lost_by_project(
        [{"project_id": "JF-1", "row_count": 5, "lost_dkk": Decimal(0), "unreckoned_count": 0}], str
    )
    assert [(bar.label, *bar.values.values(), bar.told) for bar in drawn] == [("JF-1", 5.0, "5 rækker")]


def test_every_municipality_has_a_tile_of_its_own() -> None:
    places = tiles.tiles()
    assert places.keys() == municipalities().keys()
    assert len({(one.column, one.row) for one in places.values()}) == len({one.short for one in places.values()}) == 98


def test_the_map_tells_a_grant_nothing_known_and_no_project_apart() -> None:
    wide = tiles.drawn({"101": Decimal(9000), "147": Decimal(100), "151": None}, "kr.", canvas.WIDE)[0]
    page = embedded(wide, "alt")
    assert page.count("<rect") == 98 + len(tiles.SHADES) + 2
    assert page.count(f'stroke="{tiles.EDGE}"') == 95 + 1
    assert page.count(f'fill="{tiles.SHADES[4]}"') == page.count(f'fill="{tiles.SHADES[0]}"') == 2
    assert "8.000–10.000 kr." in page
    assert "Kbh" in page
    assert "Kbh" in tiles.drawn({}, "kr.", canvas.NARROW)[0]


def test_short_labels_come_in_columns() -> None:
    rows = [plots.Bar(f"JF-{number}", {"Brugt": 1.0}) for number in range(canvas.LONGEST_SINGLE_COLUMN + 1)]
    assert len(plots.bars(rows, COLOURS, AXIS)) == 2
    assert len(plots.bars(rows, COLOURS, AXIS, has_long_labels=True)) == 1


def test_what_can_not_be_reckoned_is_never_told_as_nothing() -> None:
    rows = [
        {"project_id": "JF-1", "row_count": 2, "lost_dkk": Decimal(6000), "unreckoned_count": 1},
        {"project_id": "JF-2", "row_count": 1, "lost_dkk": Decimal(0), "unreckoned_count": 1},
        {"project_id": "JF-3", "row_count": 1, "lost_dkk": Decimal(0), "unreckoned_count": 0},
    ]
    (drawing,) = figures.lost_by_project(rows, str)
    drawn = embedded(drawing, "alt")
    assert "kan ikke gøres op, 1 række" in drawn
    assert "mindst 6.000 kr., 2 rækker" in drawn
    assert [figures.at_stake(row) for row in rows] == ["mindst 6.000 kr.", "kan ikke gøres op", "0 kr."]
    assert "kan ikke gøres op" in figures.none_at_stake(rows[1:])
    assert "kan ikke gøres op" not in figures.none_at_stake(rows[2:])
    assert ["kan ikke gøres op" in lost_cell(row) for row in rows] == [False, True, False]
    assert lost_cell(rows[0]) == '<td class="n" data-value="6000">mindst 6.000,00</td>'


def test_several_may_have_the_most_at_stake() -> None:
    def row(code: str, table: str, lost: int) -> figures.Row:
        lost_dkk = Decimal(lost)
        return {"code": code, "table_name": table, "row_count": 1, "lost_dkk": lost_dkk, "unreckoned_count": 0}

    c04, c09, e05 = row("C04", "borgere", 6000), row("C09", "borgere", 6000), row("E05", "udgifter", 10)
    assert [one["code"] for one in figures.most_at_stake([c04, c09, e05], "code")] == ["C04", "C09"]
    of_two_tables = [c04, row("R01", "borgere", 5000), row("R01", "udgifter", 5000)]
    (most,) = figures.most_at_stake(of_two_tables, "code")
    assert (most["code"], most["row_count"], figures.at_stake(most)) == ("R01", 2, "10.000 kr."), "as the chart has it"


def test_what_costs_nothing_is_never_told_as_not_to_be_reckoned() -> None:
    mixed = {"project_id": "JF-1", "row_count": 2, "lost_dkk": Decimal(0), "unreckoned_count": 1}
    assert figures.at_stake(mixed) == "1 af dem kan ikke gøres op"
    assert lost_cell(mixed) == '<td class="n" data-value="-1">1 af dem kan ikke gøres op</td>'
    some = "Hvad nogle af de afviste rækker ville have udløst, kan ikke gøres op"
    assert figures.none_at_stake([mixed]) == some
    assert figures.none_at_stake([{**mixed, "row_count": 1}]) == some.replace("nogle af de", "de")


def test_what_a_bar_shows_beyond_the_cap_is_told_at_its_end() -> None:
    rows = [
        {
            "project_id": one,
            "status": "ready",
            "cap_used_share": Decimal(1),
            "beyond_cap_dkk": Decimal(beyond),
            "cap_dkk": Decimal(100),
        }
        for one, beyond in (("A", "252.4"), ("B", "0.2"))
    ]
    drawn = figures.cap_use(rows, str, canvas.NARROW)[0]
    assert ">100 pct., 252 over<" in drawn
    assert ">100 pct.<" in drawn


@pytest.mark.parametrize(
    ("status", "told"), [("ready", "0 pct."), ("missing", "ukendt"), ("not_started", "ikke begyndt")]
)
def test_what_is_used_of_a_cap_is_told_of_a_project_that_has_begun_and_delivered(status: str, told: str) -> None:
    zero = {"cap_used_share": Decimal(0), "beyond_cap_dkk": Decimal(0), "cap_dkk": Decimal(100)}
    assert f">{told}<" in figures.cap_use([{"project_id": "A", "status": status, **zero}], str, canvas.NARROW)[0]


def test_what_is_posted_for_later_years_is_decided_and_no_longer_possible() -> None:
    sums = {"most_dkk": 100, "used_dkk": 45, "posted_dkk": 30, "posted_later_dkk": 20}
    programme = {name: Decimal(amount) for name, amount in sums.items()}
    assert figures.exposed(programme) == {"promised": 100, "decided": 50, "due": 15, "possible": 35}
