"""Connections to other machines are encrypted and the server verified; less has to be asked for in the address."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from newsroom.app import create_newsroom
from newsroom.desk import reading
from newsroom.desk.health import read_health
from newsroom.desk.scheduling import publish_now
from newsroom.domain.errors import InvalidInput
from newsroom.publishing.retry import LONGEST_FOR_A_PERSON
from newsroom.secrets import SecretStore
from newsroom.site.kinds import create_site
from newsroom.sql.engine import open_engine, parse_url
from newsroom.sql.faults import explain, locked_out
from newsroom.sql.tls import secured
from tests.newsrooms import Desks
from tests.publishing.services import service
from tests.sql.tls_servers import PASSWORD, Certificates, TlsServer, make_certificates, tls_server

KINDS = [
    pytest.param("postgresql", marks=pytest.mark.postgresql),
    pytest.param("mariadb", marks=pytest.mark.mariadb),
]


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://a@db.example/news", "verify-full"),
        ("postgresql://a@db.example/news?sslmode=disable", "disable"),
        ("postgresql://a@db.example/news?sslmode=verify-ca&sslrootcert=/ca.pem", "verify-ca"),
        ("postgresql://a@10.0.0.5/news", "verify-full"),
        ("postgresql://a@/news?host=/run/postgresql", ""),
        ("postgresql://a@/news?host=db.example", "verify-full"),
        ("postgresql://a@127.0.0.1/news", ""),
        ("postgresql://a@[::1]/news", ""),
        ("postgresql://a@localhost/news", ""),
        ("postgresql://a@localhost/news?sslmode=verify-full", "verify-full"),
    ],
)
def test_another_machine_is_verified_unless_the_address_asks_for_less(address: str, mode: str) -> None:
    bare, arguments = secured(parse_url(address))
    assert arguments.get("sslmode", "") == mode
    assert not [name for name in bare.query if name.startswith("ssl")]


@pytest.mark.parametrize(
    ("address", "verified"),
    [
        ("mariadb://a@db.example/news", True),
        ("mariadb://a@db.example/news?sslmode=require", False),
        ("mysql://a@db.example/news", True),
    ],
)
def test_mariadb_gets_a_context_that_checks_certificate_and_name(address: str, verified: bool) -> None:
    _bare, arguments = secured(parse_url(address))
    assert (arguments["ssl"].check_hostname, bool(arguments["ssl"].verify_mode)) == (verified, verified)
    assert secured(parse_url("mariadb://a@127.0.0.1/news"))[1] == {}
    assert secured(parse_url("mariadb://a@db.example/news?sslmode=disable"))[1] == {"ssl_disabled": True}


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://a@db.example/news?sslmode=prefer",
        "postgresql://a@db.example/news?sslmode=allow",
        "mariadb://a@db.example/news?ssl_verify_cert=false",
        "mariadb://a@db.example/news?sslrootcert=/no/such.pem",
    ],
)
def test_what_would_fall_back_or_cannot_be_used_is_refused_in_words(address: str) -> None:
    with pytest.raises(InvalidInput):
        open_engine(parse_url(address))


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path / "certificates")


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path: Path, certificates: Certificates) -> Iterator[TlsServer]:
    good = certificates.issue("db", alt="IP:127.0.0.1")
    with tls_server(request.param, tmp_path / "server", good) as server:
        yield server


def trouble(address: str) -> str:
    """Why no connection comes about, in the program's words; empty where it does."""
    engine = open_engine(parse_url(address))
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        words = explain(error)
        return words if locked_out(error) and PASSWORD not in words else f"not so: {words}"
    finally:
        engine.dispose()
    return ""


def test_a_real_server_is_let_in_by_its_certificate_alone(
    server: TlsServer, certificates: Certificates, tmp_path: Path
) -> None:
    verified = f"?sslmode=verify-full&sslrootcert={certificates.authority}"
    assert trouble(server.address() + verified) == ""
    other = make_certificates(tmp_path / "other")
    assert "сертификат сервера не принят" in trouble(
        server.address() + f"?sslmode=verify-full&sslrootcert={other.authority}"
    )
    # «localhost» is another name than the certificate's.
    assert "сертификат сервера не принят" in trouble(server.address("localhost") + verified)
    assert trouble(server.address("localhost") + f"?sslmode=verify-ca&sslrootcert={certificates.authority}") == ""
    server.use(certificates.issue("old", alt="IP:127.0.0.1", days=-1))
    assert "просрочен" in trouble(server.address() + verified)
    assert trouble(server.address() + "?sslmode=require") == ""


def test_password_rotated_and_certificate_expired_are_a_clear_pause(
    server: TlsServer, certificates: Certificates, tmp_path: Path
) -> None:
    """Fault row 37: named in words, one try and then a long pause, and it goes on when the person has mended it."""
    home, verified = tmp_path / "home", f"?sslmode=verify-full&sslrootcert={certificates.authority}"
    create_site("standard", server.address() + verified)
    newsroom = create_newsroom(home, sites={"main": f"standard:{server.address()}{verified}"})
    with ExitStack() as stack:
        stack.callback(newsroom.close)
        desks = Desks(newsroom)
        server.set_password("r0tated")
        for _number in range(3):
            publish_now(desks.chief, desks.approved())
        with service(home) as running:
            line = running.wait_for("site-paused")
            assert "не приняла имя или пароль" in line["problem"]
            assert line["seconds"] == LONGEST_FOR_A_PERSON.total_seconds()
            running.stop()
            assert len([one for one in running.events() if one["event"] == "site-paused"]) == 1
            assert not [word for word in ("s3cret", "r0tated") if word in running.text()]
        problems = {item.problem for item in reading.read_queue(desks.chief) if item.attempts}
        assert len(problems) == 1
        assert "Нужен человек" in problems.pop()

        SecretStore(home).set("site-main", "r0tated")
        server.use(certificates.issue("old", alt="IP:127.0.0.1", days=-1))
        publisher = newsroom.publisher("после пароля")
        outcomes = publisher.run_once()
        assert ["просрочен" in outcome.problem for outcome in outcomes] == [True]
        assert publisher.run_once() == []
        [site] = read_health(desks.chief).sites
        assert site.trouble is not None
        assert "просрочен" in site.trouble.problem
        publisher.close()

        server.use(certificates.issue("new", alt="IP:127.0.0.1"))
        for item in reading.read_queue(desks.chief):
            if item.state != "verified":
                publish_now(desks.chief, item.article)
        assert desks.publish() == ["verified"] * 3
