"""Nothing that a reader writes makes the window open a file or call anybody: seen from outside, by strace."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.reports.hostile_window import CANARY

_CONNECTS = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(")
_ELSEWHERE = re.compile(r"AF_INET|sin6?_addr")


def traced(folder: Path) -> list[str]:
    """The system calls of the window that have to do with names of files and with connections."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    if subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace processes here")
    log = folder / "calls"
    calls = "%file,connect,sendto,sendmsg,sendmmsg"
    command = [strace, "-f", "-qq", "-s", "4096", "-e", f"trace={calls}", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.ui.reports.hostile_window", str(folder)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return log.read_text(encoding="utf-8", errors="replace").splitlines()


def test_hostile_reports_open_nothing_and_call_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / f"{CANARY}.png").write_bytes(b"never read")
    calls = traced(folder)
    begin, end = (
        next(number for number, call in enumerate(calls) if f'"{folder / name}"' in call) for name in ("begin", "end")
    )
    shown, after = calls[begin:end], calls[end:]
    assert any(CANARY in call for call in after), "strace sees names of files"
    assert any(_CONNECTS.search(call) and _ELSEWHERE.search(call) for call in after), "strace sees connections"
    assert [call for call in shown if CANARY in call] == []
    assert [call for call in shown if _CONNECTS.search(call)] == []
