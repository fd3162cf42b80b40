"""A real nginx in front of a server, which puts it under two paths at once."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.server import free_port
from tests.tools import nginx

# One takes its path off before it passes a request on, as a notebook server's proxy does, and says
# nothing of it; the other leaves it on and names it.
TAKEN_OFF, LEFT_ON = "/proxy/8000/", "/a/b/"
START_SECONDS = 20.0
CONFIGURATION = """
daemon off;
pid {folder}/pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder};
  proxy_temp_path {folder};
  fastcgi_temp_path {folder};
  uwsgi_temp_path {folder};
  scgi_temp_path {folder};
  proxy_http_version 1.1;
  server {{
    listen 127.0.0.1:{port};
    location {taken_off} {{
      proxy_set_header Host $http_host;
      proxy_pass {server}/;
    }}
    location {left_on} {{
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Prefix {left_on};
      proxy_pass {server};
    }}
  }}
}}
"""


@contextlib.contextmanager
def proxied(server: str) -> Iterator[str]:
    """The origin of a proxy in front of a server's, for as long as the context is open."""
    program = nginx.find()
    assert program is not None, nginx.ADVICE
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        text = CONFIGURATION.format(
            folder=folder, port=port, server=server, taken_off=TAKEN_OFF, left_on=LEFT_ON
        )
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(text, "utf-8")
        process = subprocess.Popen([program, "-p", folder, "-c", configuration])
        try:
            _wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _wait(origin: str, process: subprocess.Popen[bytes]) -> None:
    """Returns when it answers."""
    address = ("127.0.0.1", urlsplit(origin).port or 0)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "nginx ended at once; what it said stands above."
        with contextlib.suppress(OSError), socket.create_connection(address, 1):
            return
        time.sleep(0.05)
    raise TimeoutError("nginx does not answer.")
