"""Addresses of databases without their passwords: an address may be written down and shown, a password may not."""

from pathlib import Path

from sqlalchemy import URL

from newsroom.sql.engine import parse_url

_PASSWORD_OPTIONS = ("password", "passwd")


def split_password(address: str) -> tuple[str, str]:
    """*address* without its password, and the password or an empty text. Raises `InvalidInput`."""
    url = parse_url(address)
    # Drivers take a password among the options too.
    query = {name: value for name, value in url.query.items() if name not in _PASSWORD_OPTIONS}
    among_options = next((url.query[name] for name in _PASSWORD_OPTIONS if name in url.query), "")
    # `URL.set` takes None for "leave it", so the address is put together anew.
    bare = URL.create(url.get_backend_name(), url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string(hide_password=False), str(url.password or among_options)


def join_password(address: str, password: str) -> str:
    """*address* with *password* put in; unchanged where that is empty."""
    if not password:
        return address
    return parse_url(address).set(password=password).render_as_string(hide_password=False)


def within(address: str, folder: Path) -> str:
    """*address*, where a relative SQLite file is meant to lie in *folder*."""
    url = parse_url(address)
    if url.get_backend_name() != "sqlite":
        return address
    return url.set(database=str(folder / (url.database or ""))).render_as_string(hide_password=False)
