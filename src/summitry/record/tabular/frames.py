"""Lists of rows that are tables too: ``record.statements().to_pandas()``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, SupportsIndex, TypeVar, overload

from summitry.errors import UsageError
from summitry.record.loading import load_citations
from summitry.record.rows import Citation, SourceRow
from summitry.record.store import Store
from summitry.record.tabular.arrow import arrow_table, needed
from summitry.record.tabular.field import Kind
from summitry.vocabulary import Row

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa  # type: ignore[import-untyped]

P = ParamSpec("P")
R = TypeVar("R", bound=SourceRow | Row)
S = TypeVar("S", bound=Store)

Cite = Callable[[Iterable[str]], Mapping[str, Citation]]


class Rows(list[R]):
    """The rows that a record answers with: a list, and a table of one kind.

    The columns are those of ``docs/codebook.md``, the same with and without rows. A table is made while the record is
    open: it also tells who published each row's first source, and when. A slice is a table too; a list made from the
    rows is a list.
    """

    def __init__(self, rows: Iterable[R], kind: Kind, cite: Cite) -> None:
        super().__init__(rows)
        self.kind: Kind = kind
        self._cite = cite

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table: days as date32, lists as lists, evidence as a list of structs.

        Raises:
            UsageError: pyarrow is not installed, or the record is closed.
        """
        return arrow_table(self, self._cited(), self.kind)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas data frame: days as datetime64, whole numbers as Int64, so that absent is ``<NA>``.

        Raises:
            UsageError: pandas or pyarrow is not installed, or the record is closed.
        """
        pandas, arrow = needed("pandas"), needed("pyarrow")
        whole: Mapping[Any, Any] = {arrow.int64(): pandas.Int64Dtype(), arrow.bool_(): pandas.BooleanDtype()}
        frame: pd.DataFrame = self.to_arrow().to_pandas(date_as_object=False, types_mapper=whole.get)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The rows as a polars data frame.

        Raises:
            UsageError: polars or pyarrow is not installed, or the record is closed.
        """
        frame: pl.DataFrame = needed("polars").from_arrow(self.to_arrow())
        return frame

    def _cited(self) -> Mapping[str, Citation]:
        try:
            return self._cite({one.source for row in self for one in row.evidence})
        except sqlite3.ProgrammingError:
            raise UsageError(
                f"a table of {self.kind} is made from an open record, in the thread that opened it; "
                "call to_pandas() and its like inside `with open_record(...)`"
            ) from None

    @overload
    def __getitem__(self, index: SupportsIndex) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> Rows[R]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> R | Rows[R]:
        if isinstance(index, slice):
            return Rows(super().__getitem__(index), self.kind, self._cite)
        return super().__getitem__(index)

    def __reduce__(self) -> tuple[type[list[R]], tuple[list[R]]]:
        # A copy, and what goes to another process, is a list: the file stays with the one that opened it.
        return list, (list(self),)


def tabled(
    kind: Kind,
) -> Callable[[Callable[Concatenate[S, P], list[R]]], Callable[Concatenate[S, P], Rows[R]]]:
    """For methods of a record that answer with rows of one kind: the list as :class:`Rows`."""

    def decorated(method: Callable[Concatenate[S, P], list[R]]) -> Callable[Concatenate[S, P], Rows[R]]:
        @wraps(method)
        def wrapped(self: S, /, *args: P.args, **kwargs: P.kwargs) -> Rows[R]:
            return Rows(method(self, *args, **kwargs), kind, partial(load_citations, self._connection))

        return wrapped

    return decorated
