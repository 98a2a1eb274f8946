"""Saves the notebook file argv[1] through Jupyter's contents manager as argv[2], configured by the file argv[3],
below the working directory."""

import asyncio
import sys

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
import nbformat
from traitlets.config import PyFileConfigLoader

source, path, configuration = sys.argv[1:]
manager = AsyncLargeFileManager(
    root_dir=".", config=PyFileConfigLoader(configuration).load_config())
content = nbformat.read(source, as_version=4)
asyncio.run(manager.save({"type": "notebook", "format": "json", "content": content}, path))
