"""Database servers with encryption, started for a test from the installed programs, on ports of their own."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pymysql
import pytest

from tests.servers import PATIENCE, account_of, give, install_mariadb, install_postgresql, launch, prepare, tail_of_log

PASSWORD = "s3cret"


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
    command: Sequence[Path | str]
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
            give(target, account_of(self.kind))
        self.process = launch(self.command, self.folder, account_of(self.kind))
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    pytest.skip(f"{self.kind} does not start here: {tail_of_log(self.folder)}")
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
        deadline = time.monotonic() + PATIENCE
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
            self.process.wait(PATIENCE)
            self.process = None


@contextmanager
def tls_server(kind: str, folder: Path, certificate: tuple[Path, Path]) -> Iterator[TlsServer]:
    """A server of *kind* that takes nothing but encrypted connections over TCP; skips where it cannot be had."""
    port, account = prepare(folder, kind)
    if kind == "postgresql":
        command = install_postgresql(
            folder,
            port,
            account,
            "local all postgres trust\nhostssl all all all scram-sha-256\n",
            {"ssl": "on", "ssl_cert_file": f"'{folder}/server.crt'", "ssl_key_file": f"'{folder}/server.key'"},
        )
    else:
        command = install_mariadb(
            folder, port, account, [f"--ssl-cert={folder}/server.crt", f"--ssl-key={folder}/server.key"]
        )
    server = TlsServer(kind, port, folder, command)
    try:
        server.use(certificate)
        server.prepare()
        yield server
    finally:
        server.stop()
