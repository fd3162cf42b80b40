"""Serves the program with one more network, the tests' own: `python -m tests.serve_branching`."""

from __future__ import annotations

import argparse

from app.settings import Settings
from app.web.server import run
from tests.networks.branching import models_folder, register


def main() -> None:
    """Trains the network where that has not been done, and serves until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port: int = parser.parse_args().port
    register()
    run(Settings(port=port, models_dir=models_folder()), open_browser=False)


if __name__ == "__main__":
    main()
