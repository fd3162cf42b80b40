"""Finds an nginx for the tests behind a proxy, or installs one.

    python tests/tools/nginx.py            prints the one that is there, or fails
    python tests/tools/nginx.py --install  installs one when there is none

Looked for, in this order: what CONVOSCOPE_NGINX names, and the system's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Where a system keeps it that does not keep it on everybody's path.
SYSTEM_PATHS = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
ADVICE = (
    "The tests behind a proxy need nginx, and none could be installed here. Install nginx by your "
    "system's own means, or set CONVOSCOPE_NGINX to the program's path."
)


def find() -> Path | None:
    """The nginx to use, or None when there is none."""
    named = os.environ.get("CONVOSCOPE_NGINX")
    if named:
        return Path(named)
    found = (shutil.which(name) for name in ("nginx", *SYSTEM_PATHS))
    return next((Path(path) for path in found if path), None)


def install() -> Path | None:
    """Installs the system's package where that is ours to install (root on a Debian)."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ["nginx-light"]
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            command = ["apt-get", "-qq", *arguments]
            subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    return find()


if __name__ == "__main__":
    program = find() or (install() if "--install" in sys.argv[1:] else None)
    if program is None:
        sys.exit(ADVICE)
    print(program)
