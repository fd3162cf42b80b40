"""What a folder of runs and the processes of its runs are told."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

FOLDER = "runs"
PROCESS = "app.training.runs.process"
"""What the process of a run is; measurements put their own in its place."""


@dataclass(frozen=True)
class Plan:
    """Where runs are kept, and how their processes are started: what the settings say of both.

    Args:
        max_runs_bytes: how much room all runs together may take up.
        weights_dir: where the files are that torchvision publishes.
        ships_runs: whether the runs that ship in `models_dir` are taken in.
        training_niceness: how far a run gives way to other processes, as `nice` counts it.
    """

    data_dir: Path
    models_dir: Path
    device: str
    training_threads: int
    max_runs_bytes: int
    weights_dir: Path | None = None
    ships_runs: bool = False
    training_niceness: int = 10

    @classmethod
    def of(cls, settings: object) -> Self:
        """The plan that settings have: each of its members is one of theirs, by the same name."""
        return cls(**{member.name: getattr(settings, member.name) for member in fields(cls)})

    @property
    def folder(self) -> Path:
        """Where all runs are."""
        return self.data_dir / FOLDER

    @property
    def command(self) -> list[str]:
        """What a process of a run is started by."""
        command = [sys.executable, "-m", PROCESS, str(self.folder)]
        command += ["--data-dir", str(self.data_dir), "--models-dir", str(self.models_dir)]
        command += ["--device", self.device, "--threads", str(self.training_threads)]
        command += ["--niceness", str(self.training_niceness)]
        if self.weights_dir is not None:
            command += ["--weights-dir", str(self.weights_dir)]
        return command
