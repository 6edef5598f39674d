"""Numbers in the cells of the report's tables."""

from __future__ import annotations

from decimal import Decimal

from tasks.report.cells import cell, changes, totals


def test_a_cell_is_written_as_its_column_says_and_sorts_by_its_number() -> None:
    assert cell("entitlement_dkk", Decimal("1280000.50")) == '<td class="n" data-value="1280000.5">1.280.000,50</td>'
    assert cell("chi_square_p", 0.0) == '<td class="n" data-value="0">&lt; 0,001</td>'
    assert cell("starts", 1200) == '<td class="n" data-value="1200">1.200</td>'
    assert cell("chi_square_p", None) == '<td class="n" data-value="-1">–</td>'


def test_totals_and_changes() -> None:
    rows = [{"a_dkk": Decimal("0.10"), "n": 1}, {"a_dkk": Decimal("0.20"), "n": 2}]
    assert "0,30" in totals(rows, "a_dkk")
    assert ">3<" in totals(rows, "n")
    assert "−0,10" in changes(rows[0], rows[1], "a_dkk")
