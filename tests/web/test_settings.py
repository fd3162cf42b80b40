"""Settings from the environment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, get_settings


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_PORT", "9001")
    monkeypatch.setenv("CONVOSCOPE_ALLOWED_HOSTS", "a.example, b.example,")
    monkeypatch.setenv("CONVOSCOPE_MODELS_DIR", "/somewhere")
    settings = Settings()
    assert settings.port == 9001
    assert settings.allowed_hosts == ("a.example", "b.example")
    assert settings.models_dir == Path("/somewhere")
    assert {"a.example", "localhost", "127.0.0.1", "[::1]"} <= settings.host_names


def test_it_listens_on_this_machine_only() -> None:
    assert Settings().host == "127.0.0.1"
    assert Settings().host_names == {"localhost", "127.0.0.1", "[::1]"}
    assert Settings(host="0.0.0.0").host_names == Settings().host_names
    assert "lab.example" in Settings(host="Lab.Example.").host_names
    assert "[fe80::1]" in Settings(host="fe80::1").host_names


@pytest.mark.parametrize(
    "wrong", [{"port": 70_000}, {"torch_threads": 0}, {"device": "tpu"}, {"nosuch": 1}]
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(wrong)


def test_they_are_read_once() -> None:
    assert get_settings() is get_settings()


@pytest.mark.parametrize("module", ["app.settings", "app.web.application", "app.web.protocol"])
def test_importing_the_server_does_not_import_torch(module: str) -> None:
    script = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, check=False)
    assert done.returncode == 0
