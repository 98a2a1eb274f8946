"""Configuration of the JupyterLab that `deno task lab` starts: the study's notebooks are saved as
`deno task notebooks` writes them, so that running and saving one leaves git clean where its outputs
are the same. Notebooks in folders of their own (notebooks/own/) are saved as they are.
"""

import warnings

LANGUAGE = ("file_extension", "mimetype", "name")  # the rest names versions and editors


def without_traces(notebook):
    """Takes what changes between two runs of equal cells out of a notebook: versions, moments, counts."""
    language = notebook["metadata"].get("language_info", {})
    for key in language.keys() - LANGUAGE:
        del language[key]
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for count, cell in enumerate(code, 1):
        cell["metadata"].pop("execution", None)
        for ran in (cell, *cell["outputs"]):
            if ran.get("execution_count") is not None:
                ran["execution_count"] = count


def before_saving(model, path, **_):
    if model["type"] == "notebook" and path.strip("/").split("/")[:-1] == ["notebooks"]:
        without_traces(model["content"])


warnings.filterwarnings("ignore", "Overriding existing pre_save_hook")  # Jupyter reads this file twice
c.FileContentsManager.pre_save_hook = before_saving  # noqa: F821, Jupyter's name for its configuration
