"""Runs the page tests; a few that failed beside others are tried once more, alone.

    python tests/tools/page_tests.py [PYTEST'S OPTIONS …]

Two browsers, two servers and what they compute share the machine's cores: there a test can meet an
order of events that it did not think of. What fails alone too is a fault, and so are many failures
at once. One that passes alone is named in the last lines, as something to mend.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests" / "pages"
CACHE = ROOT / ".artifacts" / "page_tests"
TESTS_FAILED = 1
MOST_TRIED_AGAIN = 3


def main(options: list[str], tests: Path = TESTS, cache: Path = CACHE) -> int:
    """Runs all tests, then the few that failed; returns the exit status.

    Args:
        options: pytest's, of the first run.
        tests: where the tests are.
        cache: where pytest writes down what failed; emptied.
    """

    def run(*more: str) -> int:
        command = [sys.executable, "-m", "pytest", str(tests), f"--override-ini=cache_dir={cache}"]
        return subprocess.run([*command, *more], cwd=ROOT, check=False).returncode

    shutil.rmtree(cache, ignore_errors=True)
    status = run(*options)
    record = cache / "v" / "cache" / "lastfailed"
    failed = sorted(json.loads(record.read_bytes())) if record.is_file() else []
    if status != TESTS_FAILED or not 0 < len(failed) <= MOST_TRIED_AGAIN:
        return status
    print(f"\nOnce more, alone: {', '.join(failed)}", flush=True)
    status = run("--last-failed")
    if status == 0:
        print(f"\nTO MEND: failed beside others, passed alone: {', '.join(failed)}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
