"""A really full disk: a small file system of its own, filled to the last byte, then less so."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.places import ROOT

MOUNT = 'mount -t tmpfs -o size=24m none "$0" && exec "$@"'
PROGRAM = (sys.executable, "-m", "tests.training.runs.full_disk")


def mounted(folder: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A command for which the folder is a file system of 24 MB, and for nobody else."""
    whole = ["unshare", "-rm", "sh", "-c", MOUNT, folder, *command]
    return subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False)


# Where nobody may mount a file system of their own, there is no case to try.
CAN_MOUNT = shutil.which("unshare") and mounted(tempfile.gettempdir(), "true").returncode == 0


@pytest.mark.parametrize("left", [40_000, 600_000] if CAN_MOUNT else [])
def test_a_full_disk_is_told_and_costs_nothing_that_was_kept(tmp_path: Path, left: int) -> None:
    done = mounted(str(tmp_path), *PROGRAM, str(tmp_path), str(left))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    sentence = "There is no room left on the disk; what was kept before is whole."
    assert told["refused"] == f"{sentence} Delete a run, or something else."
    assert (told["state"], told["reason"]) == ("failed", sentence)
    assert (told["damaged"], told["partial"], told["damaged then"]) == ([], [], [])
    # With room again it goes on to its end, with the losses of a run that never stopped.
    assert told["then"] == ["finished", None]
    assert len(told["losses"]) == 15
    assert told["losses"] == told["whole"]
    assert told["runs"], "a run can be deleted from a full disk"
    assert told["integrity"] == "ok"
