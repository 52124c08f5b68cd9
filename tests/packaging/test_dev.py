import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.tools import ROOT, load_tool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stands in for Unix programs with shell scripts")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space in its name, of a project that needs no packages."""
    root = tmp_path / "my newsroom"
    (root / "packaging").mkdir(parents=True)
    shutil.copy(ROOT / "packaging" / "dev.py", root / "packaging" / "dev.py")
    shutil.copy(ROOT / "packaging" / "constraints.txt", root / "packaging" / "constraints.txt")
    (root / "pyproject.toml").write_text('[project]\nname = "sample"\nversion = "1"\n', encoding="utf-8")
    return root


@pytest.fixture
def dev(checkout: Path) -> ModuleType:
    return load_tool("dev", checkout)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes a machine with these programs only, each a shell script; returns the log that they may write to."""
    folder, log = tmp_path / "bin", tmp_path / "log"
    folder.mkdir()
    log.touch()
    # What apt-get is started through.
    (folder / "env").symlink_to(shutil.which("env") or "/usr/bin/env")
    monkeypatch.setenv("PATH", str(folder))

    def make(user: int = 1000, **programs: str) -> Path:
        for name, script in programs.items():
            file = folder / name.replace("_", "-")
            file.write_text(f"#!/bin/sh\nLOG='{log}'\n{script}\n", encoding="utf-8")
            file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(os, "geteuid", lambda: user)
        return log

    return make


KNOWS_T64 = 'case "$2" in libglib2.0-0t64|libgl1) echo "  Candidate: 1.0";; *) echo "  Candidate: (none)";; esac'
KNOWS_ALL = 'echo "  Candidate: 1.0"'
LOGS = 'echo "$@" >> "$LOG"'
GLIB_AND_GL = [("libglib2.0-0t64", "libglib2.0-0"), ("libgl1",)]


def test_an_ordinary_user_is_told_the_exact_command(dev, machine):
    machine(apt_get=LOGS, apt_cache=KNOWS_T64, sudo="exit 1")
    with pytest.raises(dev.Stop, match=r"sudo apt-get install libglib2\.0-0t64 libgl1\n"):
        dev.install_needed(GLIB_AND_GL)


def test_a_renamed_package_keeps_its_old_name_where_the_new_one_is_unknown(dev, machine):
    machine(apt_get=LOGS, apt_cache='case "$2" in *t64) ;; *) echo "Candidate: 1";; esac', sudo="exit 1")
    with pytest.raises(dev.Stop, match=r"sudo apt-get install libglib2\.0-0 libgl1\n"):
        dev.install_needed(GLIB_AND_GL)


def test_root_installs_what_is_missing_without_being_asked(dev, machine):
    log = machine(0, apt_get=LOGS, apt_cache=KNOWS_ALL)
    dev.install_needed(GLIB_AND_GL)
    (installed,) = log.read_text().splitlines()
    assert installed.endswith("install --yes --no-install-recommends libglib2.0-0t64 libgl1")


def test_empty_lists_of_packages_are_fetched_first(dev, machine):
    log = machine(0, apt_get=LOGS, apt_cache="exit 0")
    dev.install_needed([("libgl1",)])
    first, second = log.read_text().splitlines()
    assert first.endswith("update")
    assert second.endswith("libgl1")


def test_sudo_without_a_password_serves_an_ordinary_user(dev, machine):
    log = machine(1000, apt_get=LOGS, apt_cache=KNOWS_ALL, sudo='shift; [ "$1" = true ] || "$@"')
    dev.install_needed([("libgl1",)])
    assert "install --yes" in log.read_text()


def test_a_failure_of_apt_is_told_with_the_command_for_a_person(dev, machine):
    machine(0, apt_get="exit 100", apt_cache=KNOWS_ALL)
    with pytest.raises(dev.Stop, match="sudo apt-get install libgl1"):
        dev.install_needed([("libgl1",)])


def test_a_system_without_apt_is_told_what_it_lacks_and_goes_on(dev, machine, capsys):
    machine(1000)
    dev.install_needed(GLIB_AND_GL)
    assert "libglib2.0-0, libgl1" in capsys.readouterr().err


def test_what_is_only_wanted_never_stops_a_task(dev, machine):
    """Ubuntu knows no package chromium."""
    log = machine(0, apt_get=LOGS, apt_cache='case "$2" in chromium) ;; *) echo "Candidate: 1";; esac')
    assert not dev.install_wanted([("chromium",), ("xvfb",)])
    assert log.read_text().splitlines()[-1].endswith("install --yes --no-install-recommends xvfb")
    machine(1000, sudo="exit 1")
    assert not dev.install_wanted([("xvfb",)])


@pytest.mark.parametrize(("user", "installed"), [(0, True), (1000, False)], ids=["root", "person"])
def test_a_web_server_is_brought_along_for_root_alone(dev, machine, monkeypatch, capsys, user, installed):
    """A person is told instead, even where sudo would ask nothing."""
    log = machine(user, apt_get=LOGS, apt_cache=KNOWS_ALL, sudo='shift; exec "$@"', php="true")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(dev, "TEST_FILES", {"/nowhere/wp-load.php": ("wordpress",)})
    monkeypatch.setattr(dev, "is_current", lambda: True)
    dev.prepare(tests=True)
    assert ("wordpress" in log.read_text()) is installed
    assert ("need wordpress will be skipped" in capsys.readouterr().err) is not installed


def test_a_complete_environment_is_known_by_its_stamp(dev):
    make_bare_environment(dev)
    assert not dev.is_current()
    dev.write_stamp()
    assert dev.is_current()
    dev.CONSTRAINTS.write_text("nothing==1\n")
    assert not dev.is_current()


def test_line_ends_of_another_system_change_nothing(dev):
    make_bare_environment(dev)
    dev.write_stamp()
    project = dev.ROOT / "pyproject.toml"
    project.write_bytes(project.read_bytes().replace(b"\n", b"\r\n"))
    assert dev.is_current()


def test_an_environment_whose_python_is_gone_is_not_used(dev):
    make_bare_environment(dev)
    dev.write_stamp()
    dev.PYTHON.unlink()
    assert dev.read_stamp() == {}


def test_an_environment_of_another_python_is_not_used(dev):
    make_bare_environment(dev)
    dev.STAMP.write_text(json.dumps(dev.wanted_stamp() | {"python": "cpython-310 /usr"}))
    assert not dev.is_current()


def test_packages_that_cannot_be_installed_are_told_and_leave_no_stamp(dev, monkeypatch, capfd):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(dev.Stop, match="could not be installed"):
        dev.make_environment()
    capfd.readouterr()
    assert not dev.is_current()
    assert dev.VENV.exists()


def test_a_checkout_that_may_not_be_written_is_told(dev, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(dev.Stop, match="may not write"):
        dev.make_environment()


def test_pictures_need_a_folder(checkout):
    done = dev_command(checkout, "screenshots")
    assert done.returncode == 1
    assert "screenshots DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_task_shows_the_tasks(checkout):
    done = dev_command(checkout, "fly")
    assert done.returncode == 2
    assert "dev.py check" in done.stdout


def test_every_package_is_pinned_to_one_version():
    """And by name only: where packages come from is the machine's own affair."""
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 50
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; \w+ [<=]+ \"[\w.]+\")?", line) for line in pins), pins


def make_bare_environment(dev: ModuleType) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", dev.VENV], check=True)


def dev_command(checkout: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(checkout / "packaging" / "dev.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=checkout.parent, check=False)
