"""The expectation types of the catalogue. The three that the programme is known by read like its terms.

Imports Great Expectations, which costs seconds: only `tasks.validation.great_expectations_judge` imports this, late.
"""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.compatibility import pydantic
from great_expectations.expectations import UnexpectedRowsExpectation

from expectations.terms import QUERY, compose


class ExpectNoFailingRows(UnexpectedRowsExpectation):  # type: ignore[misc] # the library is untyped
    """Expect the query to select nothing.

    It only counts: the stock class runs the query twice and keeps rows, and a row may hold what must not be kept.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count", "table.row_count")

    def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
        unexpected = metrics["unexpected_rows_query.row_count"]
        return {
            "success": unexpected == 0,
            "result": {"unexpected_count": unexpected, "element_count": metrics["table.row_count"]},
        }


class _ByTerms(ExpectNoFailingRows):
    """A type whose terms name the columns that its query and its description are composed of."""

    terms: ClassVar[tuple[str, ...]] = ()
    says: ClassVar[str] = ""

    @pydantic.root_validator(pre=True)  # type: ignore[untyped-decorator] # the library is untyped
    @classmethod
    def _compose(cls, values: dict[str, Any]) -> dict[str, Any]:
        named = {term: values[term] for term in cls.terms}
        return values | {QUERY: compose(values[QUERY], named), "description": cls.says.format(**named)}


class ExpectEnrolmentWithinYearsOfProjectStart(_ByTerms):
    """Expect each citizen to be enrolled in the years after the project's start that the programme allows.

    `window_end`: the column of the first day after the window.
    """

    terms: ClassVar[tuple[str, ...]] = ("project_start", "window_end", "programme_end")
    says: ClassVar[str] = "Enrolment from {project_start}, before {window_end} and not after {programme_end}"
    project_start: str
    window_end: str
    programme_end: str


class ExpectCoursesEndedBy(_ByTerms):
    """Expect all courses to have ended by the day in the column `cutoff`."""

    terms: ClassVar[tuple[str, ...]] = ("cutoff",)
    says: ClassVar[str] = "All courses ended by {cutoff}"
    cutoff: str


class ExpectGroupProportionsToReflectPopulation(_ByTerms):
    """Expect each arm's shares of target groups to deviate from the population's by at most `tolerance`."""

    terms: ClassVar[tuple[str, ...]] = ("tolerance",)
    says: ClassVar[str] = "Group proportions within {tolerance} of the population's"
    tolerance: str
