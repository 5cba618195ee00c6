"""Tables for other people's tools: each format with what it is for and what opens it."""

from __future__ import annotations

from typing import Final

from summitry.export import datapackage, datasette, dna, plain, polecat
from summitry.export.types import Export

TABLES: Final[tuple[Export, ...]] = (
    Export(
        "csv",
        ".csv",
        "text/csv",
        "One kind of rows (--rows) as a table of text, a header first.",
        "LibreOffice, Excel (Data, From Text/CSV), R, Stata, SPSS, pandas, DuckDB",
        write=plain.csv,
    ),
    Export(
        "parquet",
        ".parquet",
        "application/vnd.apache.parquet",
        "One kind of rows (--rows) as a typed table: days are days, lists are lists.",
        "pandas, polars, DuckDB, R (arrow), Spark",
        write=plain.parquet,
    ),
    Export(
        "jsonl",
        ".jsonl",
        "application/jsonl",
        "One kind of rows (--rows) as whole JSON objects, one a line.",
        "jq, Python, R (jsonlite), any program",
        write=plain.jsonl,
    ),
    Export(
        "datapackage",
        "",
        "application/json",
        "All kinds of rows in a folder: tables, passages, whole objects, datapackage.json and codebook.md.",
        "Frictionless (frictionless validate), Open Data Editor, R (frictionless), data repositories",
        fill=datapackage.fill,
    ),
    Export(
        "polecat",
        ".txt",
        "text/tab-separated-values",
        "Events that happened, in the columns of POLECAT's weekly files.",
        "what reads POLECAT: R (readr), pandas, event data code",
        write=polecat.polecat,
        left_out=polecat.told_left_out,
    ),
    Export(
        "dna",
        ".csv",
        "text/csv",
        "Positions as agreement with concepts, in the columns of a Discourse Network Analyzer event list.",
        "R, network programs; LibreOffice (separator: semicolon)",
        write=dna.dna,
    ),
    Export(
        "datasette",
        ".json",
        "application/json",
        "Metadata with which Datasette shows the record file itself: meanings, facets, ready questions.",
        "Datasette (datasette RECORD -m FILE)",
        write=datasette.datasette,
    ),
)
"""The formats, in the order in which they are told."""
