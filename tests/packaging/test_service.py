"""The unit by which systemd runs the publisher."""

import configparser
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.cli.parser import build_parser
from tests.packaging.tools import ROOT

UNIT = ROOT / "packaging" / "newsroom-publisher.service"


def exec_start() -> list[str]:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNIT, "utf-8")
    return shlex.split(unit["Service"]["ExecStart"])


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze")
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text("utf-8").replace(exec_start()[0], sys.executable), "utf-8")
    done = subprocess.run([analyze, "verify", copy], capture_output=True, text=True, check=False)
    if "Failed to initialize manager" in done.stderr:
        pytest.skip(f"systemd-analyze cannot work here: {done.stderr.strip()}")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_starts_a_command_that_there_is() -> None:
    program, *arguments = exec_start()
    assert program.endswith("/newsroom")
    options = build_parser().parse_args(arguments)
    assert (options.action, options.once) == ("run", False)
