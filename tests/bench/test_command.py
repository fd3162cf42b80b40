"""Which measurements run, what comes out, and what the exit code says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.bench import command, main
from app.bench.options import Options
from app.bench.row import Amount, NotMeasured, Row

MET = Row("quick", "", Amount(1.0, "ms"), Amount(1.0, "ms"), target=2.0)
MISSED = Row("slow", "", Amount(9.0, "ms"), Amount(1.0, "ms"), target=2.0)


def no_browser(options: Options) -> list[Row]:
    raise NotMeasured("There is no Chromium here.")


@pytest.fixture(autouse=True)
def benches(monkeypatch: pytest.MonkeyPatch) -> None:
    measures = {"quick": lambda _: [MET], "slow": lambda _: [MISSED], "browser": no_browser}
    monkeypatch.setattr(command, "BENCHES", measures)


def test_a_target_that_is_missed_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "There is no Chromium here." in capsys.readouterr().out


def test_what_could_not_be_measured_ends_with_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(only=["browser", "quick"])
    assert ended.value.code == 2


def test_a_slow_machine_is_told_and_fails_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    late = replace(MISSED, name="late", slowness="the machine is slower than asked")
    monkeypatch.setitem(command.BENCHES, "late", lambda _: [late])
    main(only=["quick", "late"])
    assert "late: not met, and the machine is slower than asked." in capsys.readouterr().out
    assert command.exit_code([late, MISSED]) == 1
    assert command.exit_code([late, replace(MET, ours=None)]) == 2


def test_every_target_met_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    main(only=["quick"])
    assert "slow" not in capsys.readouterr().out


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="called fast; there is quick, slow, browser"):
        main(only=["fast"])


def test_the_numbers_are_written_as_json(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    with pytest.raises(SystemExit):
        main(only=["slow"], quick=True, json_file=file)
    written = json.loads(file.read_text("utf-8"))
    assert written["quick"] is True
    assert written["machine"]["torch"]
    (row,) = written["rows"]
    assert (row["ours"], row["yardstick"], row["ratio"], row["verdict"]) == (9, 1, 9, "not met")


def test_the_measurements_are_there_under_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert list(command.BENCHES) == [
        "forward-binary",
        "forward-document",
        "forward-photo",
        "operations",
        "attribution",
        "pen-to-picture",
        "pen-to-networks",
        "lab",
        "deep-page",
        "first-visit",
        "start-up",
        "training",
        "scrub",
        "train-page",
        "live-chart",
        "hour-of-run",
        "memory",
    ]
