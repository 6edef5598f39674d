"""Which decisions of a release run are paid, or asked for, in one amount: all those of a municipality.

What is said of it: docs/payments.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal

from tasks.handover.net import Decision, net_by_payee
from tasks.letters.facts import Netted, OtherDecision


def claimed(amounts_dkk: Mapping[Decision, Decimal], payees: Mapping[Decision, Hashable]) -> set[Decision]:
    """Give the decisions whose letters ask for money: those that are not 0 kr., of payees that owe money."""
    nets = net_by_payee(amounts_dkk, payees)
    return {decision for decision, amount_dkk in amounts_dkk.items() if amount_dkk and nets[payees[decision]] < 0}


def netted(amounts_dkk: Mapping[Decision, Decimal], payees: Mapping[Decision, Hashable]) -> dict[Decision, Netted]:
    """Give what a decision's letter says of the others that it is added up with; decisions of 0 kr. are left out."""
    amounts_dkk = {decision: amount_dkk for decision, amount_dkk in amounts_dkk.items() if amount_dkk}
    nets = net_by_payee(amounts_dkk, payees)
    told: dict[Decision, Netted] = {}
    for own in amounts_dkk:
        others = tuple(
            OtherDecision(project_id, year, amounts_dkk[project_id, year])
            for year, project_id in sorted((year, project_id) for project_id, year in amounts_dkk)
            if (project_id, year) != own and payees[project_id, year] == payees[own]
        )
        if others:
            told[own] = Netted(others, nets[payees[own]])
    return told
