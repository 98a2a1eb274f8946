"""Executes notebooks with the Deno kernel and writes them, outputs included, to other files.

Usage: python execute.py FOLDER, with a line of JSON on stdin for each notebook: [source, target].
FOLDER is the working directory of the cells. Ends with stdin, or with the first notebook that fails. Prints one line of JSON for every event:
{"event": "start" | "cell" | "done" | "error", "source": ..., "cell": ..., "message": ...}.
Cells are counted from 1, code cells only. Nothing that names a moment or a machine is stored.
"""

import json
import sys

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
import nbformat


def report(event, **details):
    print(json.dumps({"event": event, **details}), flush=True)


def execute(source, target, folder):
    """True where all cells ran."""
    notebook = nbformat.read(source, as_version=4)
    report("start", source=source)
    done = 0

    def finished(cell, cell_index, execute_reply):
        nonlocal done
        if cell.cell_type == "code":
            done += 1
            report("cell", source=source, cell=done)

    client = NotebookClient(
        notebook, kernel_name="deno", timeout=600, record_timing=False, coalesce_streams=True,
        resources={"metadata": {"path": folder}}, on_cell_executed=finished)
    try:
        client.execute()
    except (CellExecutionError, RuntimeError, TimeoutError) as error:
        message = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) \
            else str(error) or type(error).__name__
        report("error", source=source, cell=done, message=message)
        return False
    nbformat.write(notebook, target)
    report("done", source=source)
    return True


if __name__ == "__main__":
    sys.exit(0 if all(execute(*json.loads(line), sys.argv[1]) for line in sys.stdin) else 1)
