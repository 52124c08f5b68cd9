"""Database servers with encryption, started for a test from the installed programs, on ports of their own."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pymysql
import pytest

PASSWORD = "s3cret"
_PATIENCE = 40


@dataclass(frozen=True)
class Certificates:
    """An authority of the test, and what it has signed."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "ca.pem"

    def issue(self, name: str, *, alt: str, days: int = 2) -> tuple[Path, Path]:
        """Certificate and key for the names in *alt*; with negative *days* one that has expired already."""
        key, request, certificate = (self.folder / f"{name}.{end}" for end in ("key", "csr", "crt"))
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={alt}\n")
        _openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request, "-subj", f"/CN={name}")
        past = ("-not_before", "20200101000000Z", "-not_after", "20200201000000Z")
        signing = ("x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", self.folder / "ca.key")
        term = past if days < 0 else ("-days", days)
        if days < 0 and "-not_before" not in _openssl("x509", "-help"):
            _sign_in_the_past(self.folder, request, certificate, extensions)
        else:
            _openssl(*signing, "-CAcreateserial", "-out", certificate, "-extfile", extensions, *term)
        return certificate, key


def _sign_in_the_past(folder: Path, request: Path, certificate: Path, extensions: Path) -> None:
    """As older openssl does it: by its small certificate authority, which takes dates."""
    (folder / "index.txt").write_text("")
    (folder / "serial").write_text("1000\n")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index.txt\nserial={folder}/serial\nnew_certs_dir={folder}\n"
        f"certificate={folder}/ca.pem\nprivate_key={folder}/ca.key\ndefault_md=sha256\npolicy=p\n"
        "[p]\ncommonName=supplied\n"
    )
    dates = ("-startdate", "20200101000000Z", "-enddate", "20200201000000Z")
    _openssl(
        "ca",
        "-batch",
        "-config",
        folder / "ca.cnf",
        "-in",
        request,
        "-out",
        certificate,
        "-extfile",
        extensions,
        *dates,
    )


def _openssl(*arguments: object) -> str:
    done = subprocess.run(
        ["openssl", *(str(one) for one in arguments)], capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode and "-help" not in arguments:
        raise AssertionError(done.stderr)
    return done.stdout + done.stderr


def make_certificates(folder: Path) -> Certificates:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl")
    folder.mkdir()
    _openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "ca.key", "-out", folder / "ca.pem",
        "-days", 2, "-subj", "/CN=test authority",
    )  # fmt: skip
    return Certificates(folder)


@dataclass
class TlsServer:
    """One server; `address` lacks the options of encryption."""

    kind: str
    port: int
    folder: Path
    start: Callable[[], "subprocess.Popen[bytes]"]
    process: "subprocess.Popen[bytes] | None" = None

    def address(self, host: str = "127.0.0.1", password: str = PASSWORD) -> str:
        return f"{self.kind}://writer:{password}@{host}:{self.port}/news"

    def use(self, certificate: tuple[Path, Path]) -> None:
        """(Re)start with that certificate."""
        self.stop()
        for source, name in zip(certificate, ("server.crt", "server.key"), strict=True):
            target = self.folder / name
            target.write_bytes(source.read_bytes())
            target.chmod(0o600)
            _give(target, _account(self.kind))
        self.process = self.start()
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    pytest.skip(f"{self.kind} does not start here: {_tail(self.folder)}")
                time.sleep(0.1)

    def set_password(self, password: str) -> None:
        """By the administrator's own way in, a socket."""
        if self.kind == "postgresql":
            self._as_administrator(f"ALTER ROLE writer PASSWORD '{password}'")
        else:
            self._as_administrator(f"ALTER USER writer@'%' IDENTIFIED BY '{password}'")

    def prepare(self) -> None:
        if self.kind == "postgresql":
            self._as_administrator(
                f"CREATE ROLE writer LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE news OWNER writer"
            )
        else:
            self._as_administrator(
                "CREATE DATABASE news",
                f"CREATE USER writer@'%' IDENTIFIED BY '{PASSWORD}'",
                "GRANT ALL ON news.* TO writer@'%'",
            )

    def _as_administrator(self, *statements: str) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                if self.kind == "postgresql":
                    with psycopg.connect(
                        host=str(self.folder), port=self.port, user="postgres", dbname="postgres", autocommit=True
                    ) as connection:
                        for statement in statements:
                            connection.execute(statement)  # type: ignore[arg-type]
                else:
                    root = pymysql.connect(unix_socket=str(self.folder / "s.sock"), user="root", autocommit=True)
                    with root, root.cursor() as cursor:
                        for statement in statements:
                            cursor.execute(statement)
                return
            except (psycopg.OperationalError, pymysql.err.OperationalError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(_PATIENCE)
            self.process = None


@contextmanager
def tls_server(kind: str, folder: Path, certificate: tuple[Path, Path]) -> Iterator[TlsServer]:
    """A server of *kind* that takes nothing but encrypted connections over TCP; skips where it cannot be had."""
    folder.mkdir()
    account = _account(kind)
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    _give(folder, account)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = _postgresql(folder, port, account) if kind == "postgresql" else _mariadb(folder, port, account)
    server = TlsServer(kind, port, folder, start)
    try:
        server.use(certificate)
        server.prepare()
        yield server
    finally:
        server.stop()


def _postgresql(folder: Path, port: int, account: str | None) -> Callable[[], "subprocess.Popen[bytes]"]:
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")), *filter(None, [_which("initdb")])]
    if not found:
        pytest.skip("no initdb")
    programs, data = found[-1].parent, folder / "data"
    _run(
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8"],
        account,
    )
    (data / "pg_hba.conf").write_text("local all postgres trust\nhostssl all all all scram-sha-256\n")
    options = {
        "port": port,
        "listen_addresses": "'127.0.0.1'",
        "unix_socket_directories": f"'{folder}'",
        "ssl": "on",
        "ssl_cert_file": f"'{folder}/server.crt'",
        "ssl_key_file": f"'{folder}/server.key'",
        "fsync": "off",
    }
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = {value}\n" for name, value in options.items())
    return lambda: _launch([programs / "postgres", "-D", data], folder, account)


def _mariadb(folder: Path, port: int, account: str | None) -> Callable[[], "subprocess.Popen[bytes]"]:
    install, server, data = _which("mariadb-install-db"), _which("mariadbd"), folder / "data"
    if install is None or server is None:
        pytest.skip("no MariaDB server program")
    _run(
        [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"],
        account,
    )
    arguments = [
        server, "--no-defaults", f"--datadir={data}", f"--socket={folder}/s.sock", f"--port={port}",
        "--bind-address=127.0.0.1", f"--pid-file={folder}/pid", f"--ssl-cert={folder}/server.crt",
        f"--ssl-key={folder}/server.key", "--skip-name-resolve",
    ]  # fmt: skip
    return lambda: _launch(arguments, folder, account)


def _account(kind: str) -> str | None:
    """Neither server runs as root; a person who is not root runs it as himself."""
    if os.getuid():
        return None
    name = "postgres" if kind == "postgresql" else "mysql"
    try:
        return pwd.getpwnam(name).pw_name
    except KeyError:
        pytest.skip(f"no account {name} to run {kind} as")


def _give(path: Path, account: str | None) -> None:
    if account:
        shutil.chown(path, account)


def _which(name: str) -> Path | None:
    found = shutil.which(name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    return Path(found) if found else None


def _run(command: list[Path | str], account: str | None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, user=account, cwd="/")
    if done.returncode:
        pytest.skip(f"{Path(command[0]).name} does not work here: {done.stderr[-300:]}")


def _launch(command: list[Path | str], folder: Path, account: str | None) -> "subprocess.Popen[bytes]":
    with (folder / "server.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, user=account, cwd="/")


def _tail(folder: Path) -> str:
    return (folder / "server.log").read_text(errors="replace")[-300:]
