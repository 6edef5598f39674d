"""The expectation types of the catalogue. The three that the programme is known by read like its terms.

Imports Great Expectations, which costs seconds: only `tasks.validation.great_expectations_judge` imports this, late.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from great_expectations.compatibility import pydantic
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations import UnexpectedRowsExpectation
from great_expectations.expectations.expectation_configuration import parse_result_format
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.expectations.registry import get_expectation_impl
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies

from expectations.terms import QUERY, compose

COUNTED_BY = "counted_by"
BATCH_NAME = "batch_name"


class FailingRowCount(QueryMetricProvider):  # type: ignore[misc] # the library is untyped
    """How many rows the query selects, by the statement around it that counts them."""

    metric_name = "failing_rows.count"
    value_keys = (QUERY, BATCH_NAME, COUNTED_BY)

    @metric_value(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator] # the library is untyped
    def _sqlalchemy(
        cls,  # noqa: N805 - the library calls it with the class
        execution_engine: SqlAlchemyExecutionEngine,
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> int:
        query = metric_value_kwargs[QUERY].replace("{batch}", metric_value_kwargs[BATCH_NAME])
        counted = metric_value_kwargs[COUNTED_BY].replace("{failing}", query)
        return int(execution_engine.execute_query(sa.text(counted)).scalar_one())


class ExpectNoFailingRows(UnexpectedRowsExpectation):  # type: ignore[misc] # the library is untyped
    """Expect the query to select nothing.

    It runs the query once: the stock class runs it twice and gives rows, and a row may hold what must not be kept.
    `batch_name`: what the query reads in its place {batch}; the library would put a subquery there, which is planned
    for each query. `counted_by`: a statement that gives how many rows the query, in its place {failing}, selects.
    """

    success_keys: ClassVar[tuple[str, ...]] = (QUERY, BATCH_NAME, COUNTED_BY)
    batch_name: str
    counted_by: str = "SELECT count(*) FROM ({failing})"

    def get_validation_dependencies(
        self,
        execution_engine: Any = None,  # noqa: ARG002 # the library gives it
        runtime_configuration: dict[str, Any] | None = None,
    ) -> ValidationDependencies:
        """Name the two metrics: the stock method builds the expectation's configuration again for each key of each."""
        domain = dict.fromkeys(TableMetricProvider.domain_keys) | {"batch_id": self.batch_id}
        asked = {QUERY: self.unexpected_rows_query, BATCH_NAME: self.batch_name, COUNTED_BY: self.counted_by}
        metrics = (
            MetricConfiguration("failing_rows.count", domain, asked),
            MetricConfiguration("table.row_count", domain),
        )
        result_format = (runtime_configuration or {}).get("result_format", "BASIC")
        return ValidationDependencies({one.metric_name: one for one in metrics}, parse_result_format(result_format))

    def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
        unexpected = metrics["failing_rows.count"]
        return {
            "success": unexpected == 0,
            "result": {"unexpected_count": unexpected, "element_count": metrics["table.row_count"]},
        }


class _OfColumns(ExpectNoFailingRows):
    """A type that composes its query from what it is given about columns.

    The stock types of this kind build their configuration seventy times for one column, and take five times as long.
    """

    failing: ClassVar[str] = ""

    @pydantic.root_validator(pre=True)  # type: ignore[untyped-decorator] # the library is untyped
    @classmethod
    def _compose(cls, values: dict[str, Any]) -> dict[str, Any]:
        return values | {QUERY: cls.failing.format_map({"batch": "{batch}"} | values)}


class ExpectKeyToBeUnique(_OfColumns):
    """Expect each key to be on one row.

    It groups by the key: the stock class joins each row to the number of its group, which takes twice as long.
    """

    failing: ClassVar[str] = "SELECT columns({column_list}) FROM {batch} GROUP BY ALL HAVING count(*) > 1"
    column_list: list[str]


class ExpectColumnToBeFilled(_OfColumns):
    """Expect a column to be null on no row."""

    failing: ClassVar[str] = "FROM {batch} WHERE {column} IS NULL"
    column: str


class ExpectColumnToBeAtLeast(_OfColumns):
    """Expect a column to be no smaller than a number, where it is filled."""

    failing: ClassVar[str] = "FROM {batch} WHERE {column} < {least}"
    column: str
    least: int


class ExpectColumnToBeOneOf(_OfColumns):
    """Expect a column to be one of some words, where it is filled."""

    failing: ClassVar[str] = "FROM {batch} WHERE {column} NOT IN {words}"
    column: str
    words: list[str]


class ExpectColumnToHaveJust(_OfColumns):
    """Expect a column to have each of some words on some row, and nothing else."""

    failing: ClassVar[str] = (
        "FROM {batch} FULL JOIN (SELECT unnest({words}) AS word) ON {column} = word "
        "WHERE {column} IS NULL OR word IS NULL"
    )
    column: str
    words: list[str]


class ExpectColumnToBeHexadecimal(_OfColumns):
    """Expect a column to be so many hexadecimal digits, where it is filled."""

    failing: ClassVar[str] = "FROM {batch} WHERE strlen({column}) <> {digits} OR regexp_matches({column}, '[^0-9a-f]')"
    column: str
    digits: int


class ExpectColumnNotBelowAnother(_OfColumns):
    """Expect a column to be no smaller than another, where both are filled."""

    failing: ClassVar[str] = "FROM {batch} WHERE {column} < {other}"
    column: str
    other: str


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


def of_batch(kind: str, batch: str) -> dict[str, str]:
    """Give the argument by which a type of ours knows its batch; none for a stock type, which asks the library."""
    return {BATCH_NAME: batch} if issubclass(get_expectation_impl(kind), ExpectNoFailingRows) else {}
