"""The notebook of the examples: runs from top to bottom, in a kernel of its own, with no network."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[1] / "examples" / "talks.ipynb"

# In a process of its own: what the libraries of Jupyter warn of is not this project's to mend. Sockets to other hosts
# are refused in the kernel, whose own are of the loopback.
RUN = """
import sys
import nbformat
from nbclient import NotebookClient

offline = (
    "import socket as _socket\\n"
    "_connect = _socket.socket.connect\\n"
    "def _local(self, address):\\n"
    "    assert self.family == _socket.AF_UNIX or address[0] in ('127.0.0.1', '::1'), f'reaches out to {address}'\\n"
    "    return _connect(self, address)\\n"
    "_socket.socket.connect = _local\\n"
)
notebook = nbformat.read(sys.argv[1], as_version=4)
notebook.cells.insert(0, nbformat.v4.new_code_cell(offline))
NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
del notebook.cells[0]
nbformat.write(notebook, sys.argv[3])
"""


def cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]  # type: ignore[no-untyped-call]


def test_it_is_kept_without_outputs_and_asks_for_nothing_but_the_extra() -> None:
    imported = set()
    for cell in cells(NOTEBOOK):
        assert cell.outputs == []
        assert cell.execution_count is None
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                imported |= {one.name.split(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"pandas", "polars", "summitry"}


@pytest.mark.slow
def test_it_runs_from_top_to_bottom_offline(tmp_path: Path) -> None:
    done = tmp_path / "done.ipynb"
    command = [sys.executable, "-c", RUN, str(NOTEBOOK), str(NOTEBOOK.parent), str(done)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    ran_cells = cells(done)
    outputs = [output for cell in ran_cells for output in cell.outputs]
    assert all(output.output_type != "error" for output in outputs)
    assert not [output.text for output in outputs if output.get("name") == "stderr"]
    shown = [output["data"]["text/plain"] for output in outputs if "data" in output]
    assert shown[0].split()[:6] == ["read", "25", "could", "not", "be", "read"]
    assert sum("text/html" in output.get("data", {}) for output in outputs) >= 8
