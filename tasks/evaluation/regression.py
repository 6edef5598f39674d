"""Least squares with robust standard errors, and Lin's (2013) estimate with covariates.

Source: docs/trial.md, 'Evaluation' (`adjusted`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from scipy.linalg import solve_triangular

from tasks.evaluation.stratified import Codes, Flags, Floats, size_of, without_rounding

_DEPENDENT = 1e-10
"""Below this share of its own square a column's rest is rounding: it depends on the ones before."""
_ROUNDING = 1e-8
"""A column that varies by less than this share of its size is constant, rounding aside."""
_FULL = 1e-8
"""A leverage this close to 1: the citizen decides a coefficient alone."""
_ROWS = 4096


@dataclass(frozen=True)
class Fit:
    """A regression. `kept`, `dropped`: places of columns in the design; `df`: rows less kept columns.

    `coefficients`, `standard_errors`: of the kept columns, in the order of `kept`; the errors are nan where a leverage
    is 1.
    """

    coefficients: Floats
    standard_errors: Floats
    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    df: int


def fit(y: Floats, design: Floats, *, kind: str = "HC2") -> Fit:
    """Regress y on the columns of a design; `kind` is HC2 or HC0. Dependent columns are left out, the later ones."""
    return _fit(y, lambda: ((at, design[at : at + _ROWS]) for at in range(0, len(y), _ROWS)), design.shape[1], kind)


def lin(y: Floats, z: Flags, covariates: Floats, *, kind: str = "HC2") -> Fit:
    """Regress y on 1, z, centred covariates and z x these: the coefficient in place 1 is the effect.

    The design is made piece by piece: it has twice as many columns as there are strata.
    """
    centre = covariates.mean(axis=0)

    def pieces() -> Iterator[tuple[int, Floats]]:
        for at in range(0, len(y), _ROWS):
            treated = z[at : at + _ROWS, None].astype(np.float64)
            centred = covariates[at : at + _ROWS] - centre
            yield at, np.hstack([np.ones_like(treated), treated, centred, centred * treated])

    return _fit(y, pieces, 2 + 2 * covariates.shape[1], kind)


@dataclass(frozen=True)
class Within:
    """Lin's effect within strata. `standard_error`: nan where a leverage is 1; `dropped`: places of covariates."""

    estimate: float
    standard_error: float
    df: int
    dropped: tuple[int, ...]


def lin_within(y: Floats, z: Flags, strata: Codes, covariates: Floats) -> Within | None:
    """Give what `lin` gives of the strata's dummies and covariates, without a column for each stratum.

    Each arm of a stratum has a mean of its own; what is left is a regression of each arm on the covariates. None where
    covariates can be separated by both arms together but not by one alone: `lin` then says which columns it leaves out.
    """
    size = int(strata.max()) + 1
    both = np.column_stack([z, covariates])
    kept = [place - 1 for place in _independent(_products(_without_means(both, strata, size), both)) if place > 0]
    own = covariates[:, kept]
    cells = z.astype(np.intp) * size + strata
    n = np.bincount(cells, minlength=2 * size)[cells].astype(np.float64)
    rest, columns = _without_means(y[:, None], cells, 2 * size)[:, 0], _without_means(own, cells, 2 * size)
    pull = np.bincount(strata)[strata] / len(y) / n
    free = 1 - 1 / n
    estimate = 0.0
    for arm, sign in ((z, 1.0), (~z, -1.0)):
        here = columns[arm]
        if len(_independent(_products(here, own[arm]))) < len(kept):
            return None
        inverse = np.linalg.inv(here.T @ here)
        gap = own.mean(axis=0) - pull[arm] @ own[arm]
        slopes = inverse @ (here.T @ rest[arm])
        estimate += sign * float(pull[arm] @ y[arm] + gap @ slopes)
        rest[arm] = without_rounding(rest[arm] - here @ slopes, size_of(y))
        pull[arm] += here @ (inverse @ gap)
        free[arm] -= ((here @ inverse) * here).sum(axis=1)
    error = nan if (free < _FULL).any() else float(np.sqrt((pull**2 * rest**2 / free).sum()))
    dropped = tuple(sorted(set(range(covariates.shape[1])) - set(kept)))
    return Within(float(without_rounding(estimate, size_of(y))), error, len(y) - 2 * size - 2 * len(kept), dropped)


def _products(columns: Floats, before: Floats) -> Floats:
    """Give the products of columns, each measured by how it varied `before` means were taken from it."""
    size = np.sqrt((before**2).sum(axis=0))
    scale = np.maximum(np.sqrt(((before - before.mean(axis=0)) ** 2).sum(axis=0)), _ROUNDING * size)
    scale[scale == 0] = 1.0
    return np.asarray(columns.T @ columns / scale[:, None] / scale[None, :])


def _without_means(columns: Floats, groups: Codes, size: int) -> Floats:
    """Take each group's mean from each column."""
    n = np.maximum(np.bincount(groups, minlength=size), 1)
    rest = columns.astype(np.float64)
    for place in range(rest.shape[1]):
        rest[:, place] -= (np.bincount(groups, weights=rest[:, place], minlength=size) / n)[groups]
    return rest


def names_of(covariates: Sequence[str]) -> list[str]:
    """Name the columns of Lin's design."""
    return ["1", "z", *covariates, *(f"z x {name}" for name in covariates)]


def _fit(y: Floats, pieces: Callable[[], Iterable[tuple[int, Floats]]], width: int, kind: str) -> Fit:
    gram = np.zeros((width, width))
    for _, piece in pieces():
        gram += piece.T @ piece
    scale = np.sqrt(np.diag(gram))
    scale[scale == 0] = 1.0
    kept = _independent(gram / scale[:, None] / scale[None, :])
    dropped = tuple(sorted(set(range(width)) - set(kept)))
    scale = scale[kept]
    lower = np.linalg.cholesky(gram[np.ix_(kept, kept)] / scale[:, None] / scale[None, :])

    def solve(right: Floats) -> Floats:
        return np.asarray(solve_triangular(lower, solve_triangular(lower, right, lower=True), lower=True, trans="T"))

    beta = np.zeros(len(kept))
    for _ in range(3):
        right = np.zeros(len(kept))
        for at, piece in pieces():
            columns = piece[:, kept] / scale
            right += columns.T @ (y[at : at + len(columns)] - columns @ beta)
        beta += solve(right)
    meat = np.zeros((len(kept), len(kept)))
    is_full = False
    for at, piece in pieces():
        columns = piece[:, kept] / scale
        rest = without_rounding(y[at : at + len(columns)] - columns @ beta, size_of(y))
        leverage = (solve_triangular(lower, columns.T, lower=True) ** 2).sum(axis=0)
        free = 1 - leverage
        is_full = is_full or bool((free < _FULL).any())
        weights = rest**2 / np.maximum(free, _FULL) if kind == "HC2" else rest**2
        meat += columns.T @ (columns * weights[:, None])
    variance = np.diag(solve(solve(meat).T)) / scale**2
    errors = np.full(len(kept), nan) if is_full and kind == "HC2" else np.sqrt(np.maximum(variance, 0))
    beta = without_rounding(beta, float(np.linalg.norm(y)))
    return Fit(beta / scale, errors, tuple(kept), dropped, len(y) - len(kept))


def _independent(gram: Floats) -> list[int]:
    """Give the columns that do not depend on earlier ones, from their products at unit length."""
    rest = gram.copy()
    kept = []
    for place in range(len(gram)):
        pivot = rest[place, place]
        if pivot <= _DEPENDENT:
            continue
        kept.append(place)
        row = rest[place] / np.sqrt(pivot)
        rest -= np.outer(row, row)
    return kept
