"""Database servers of a test's own, on ports of their own, from the installed programs: to be stopped and started."""

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pymysql
import pytest
from sqlalchemy import make_url

from tests.databases import MariaDB, PostgreSQL

#: Seconds for a server to start or stop.
PATIENCE = 40


@dataclass
class OwnServer:
    """One server, which takes everybody on loopback. Its databases are kept from one start to the next.

    Attributes:
        databases: makes databases on it, which go with the server. (MariaDB drops none after it crashed, until its own
            tables are repaired.)
    """

    kind: str
    folder: Path
    databases: PostgreSQL | MariaDB
    command: Sequence[Path | str] = ()
    process: "subprocess.Popen[bytes] | None" = None
    #: Whether this machine can run it at all.
    proven: bool = False

    def start(self) -> None:
        """Returns when it answers; skips the test where it never did."""
        self.process = launch(self.command, self.folder, account_of(self.kind))
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                assert not self.proven, f"{self.kind} does not start again: {tail_of_log(self.folder)}"
                pytest.skip(f"{self.kind} does not start here: {tail_of_log(self.folder)}")
            time.sleep(0.05)
        self.proven = True

    def stop(self, *, crash: bool = False) -> None:
        """End all its sessions and itself, in order or, with *crash*, without writing anything down any more."""
        if self.process is not None:
            orderly = signal.SIGINT if self.kind == "postgresql" else signal.SIGTERM
            # PostgreSQL's own processes would outlive a postmaster that is killed.
            crashing = signal.SIGQUIT if self.kind == "postgresql" else signal.SIGKILL
            self.process.send_signal(crashing if crash else orderly)
            self.process.wait(PATIENCE)
            self.process = None

    def restart(self, *, crash: bool = False) -> None:
        self.stop(crash=crash)
        self.start()

    def _answers(self) -> bool:
        try:
            self.databases.probe()
        except (psycopg.Error, pymysql.Error, OSError):
            return False
        return True


@contextmanager
def own_server(kind: str, folder: Path) -> Iterator[OwnServer]:
    """A running server of *kind*, ``postgresql`` or ``mariadb``, in the new *folder*; skips where it cannot be had."""
    port, account = prepare(folder, kind)
    if kind == "postgresql":
        hba = "local all all trust\nhost all all 127.0.0.1/32 trust\n"
        server = OwnServer(kind, folder, PostgreSQL(make_url(f"postgresql://postgres@127.0.0.1:{port}/postgres")))
        server.command = install_postgresql(folder, port, account, hba, {})
    else:
        server = OwnServer(kind, folder, MariaDB(make_url(f"mariadb://root@127.0.0.1:{port}")))
        server.command = install_mariadb(folder, port, account, [])
    try:
        server.start()
        yield server
    finally:
        server.stop()


def prepare(folder: Path, kind: str) -> tuple[int, str | None]:
    """Make the *folder* of a server, and return a free port and the account that is to run it."""
    folder.mkdir()
    account = account_of(kind)
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    give(folder, account)
    return _free_port(), account


def _free_port() -> int:
    """Below those that the system gives out, or somebody would have it while the server is stopped."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def install_postgresql(
    folder: Path, port: int, account: str | None, hba: str, settings: dict[str, str]
) -> Sequence[Path | str]:
    """Make a cluster in *folder*, and return the command that runs it."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")), *filter(None, [_which("initdb")])]
    if not found:
        pytest.skip("no initdb")
    programs, data = found[-1].parent, folder / "data"
    _run(
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8"],
        account,
    )
    (data / "pg_hba.conf").write_text(hba)
    options: dict[str, object] = {
        "port": port,
        "listen_addresses": "'127.0.0.1'",
        "unix_socket_directories": f"'{folder}'",
        "fsync": "off",
        **settings,
    }
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = {value}\n" for name, value in options.items())
    return [programs / "postgres", "-D", data]


def install_mariadb(folder: Path, port: int, account: str | None, arguments: Sequence[str]) -> Sequence[Path | str]:
    """Make the system tables in *folder*, and return the command that runs the server."""
    install, server, data = _which("mariadb-install-db"), _which("mariadbd"), folder / "data"
    if install is None or server is None:
        pytest.skip("no MariaDB server program")
    _run(
        [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"],
        account,
    )
    return [
        server, "--no-defaults", f"--datadir={data}", f"--socket={folder}/s.sock", f"--port={port}",
        "--bind-address=127.0.0.1", f"--pid-file={folder}/pid", "--skip-name-resolve", *arguments,
    ]  # fmt: skip


def account_of(kind: str) -> str | None:
    """Neither server runs as root; a person who is not root runs it as himself."""
    if os.getuid():
        return None
    name = "postgres" if kind == "postgresql" else "mysql"
    try:
        return pwd.getpwnam(name).pw_name
    except KeyError:
        pytest.skip(f"no account {name} to run {kind} as")


def give(path: Path, account: str | None) -> None:
    if account:
        shutil.chown(path, account)


def launch(command: Sequence[Path | str], folder: Path, account: str | None) -> "subprocess.Popen[bytes]":
    with (folder / "server.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, user=account, cwd="/")


def tail_of_log(folder: Path) -> str:
    return (folder / "server.log").read_text(errors="replace")[-300:]


def _which(name: str) -> Path | None:
    found = shutil.which(name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    return Path(found) if found else None


def _run(command: list[Path | str], account: str | None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, user=account, cwd="/")
    if done.returncode:
        pytest.skip(f"{Path(command[0]).name} does not work here: {done.stderr[-300:]}")
