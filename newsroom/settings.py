"""What one machine knows of its newsroom: where the databases are. One TOML file in the home, no passwords."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsroom.domain.errors import EnvironmentFault, InvalidInput, NotFound
from newsroom.domain.feed import FeedFile
from newsroom.words import _, system_words

FILE = "newsroom.toml"
#: Articles of a feed that names no number.
_FEED_LIMIT = 50
DEFAULT_DATABASE = "sqlite:///newsroom.db"


@dataclass(frozen=True, slots=True)
class Settings:
    #: Address of the newsroom database without its password; a relative SQLite file lies in the home directory.
    database: str = DEFAULT_DATABASE
    #: Addresses of the sites' databases by name of the site, only on machines that publish.
    sites: dict[str, str] = field(default_factory=dict)
    #: What a kind of site needs beside its address, by name of the site: ``{"main": {"mapping": "main.toml"}}``.
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Feeds that the publisher of this machine keeps as files, by name of the site.
    feeds: dict[str, FeedFile] = field(default_factory=dict)


def default_home() -> Path:
    """``NEWSROOM_HOME``, else the platform's place for a user's data."""
    chosen = os.environ.get("NEWSROOM_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("newsroom", appauthor=False))


def default_cache() -> Path:
    """``NEWSROOM_CACHE``, else the platform's place for what may be deleted and is then made again."""
    chosen = os.environ.get("NEWSROOM_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("newsroom", appauthor=False))


def load_settings(home: Path) -> Settings:
    """Raises `NotFound` where *home* holds no newsroom, `InvalidInput` for a file that is broken."""
    file = home / FILE
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(_("В папке {home} нет редакции; её создаёт «newsroom init».").format(home=home)) from None
    except OSError as error:
        raise EnvironmentFault(
            _("Файл {file} не читается: {words}.").format(file=file, words=system_words(error))
        ) from error
    except ValueError as error:
        raise InvalidInput(_("Файл {file} испорчен: {error}.").format(file=file, error=error)) from None
    return _checked(values, file)


def _checked(values: dict[str, Any], file: Path) -> Settings:
    unknown = sorted(values.keys() - {"database", "sites", "feeds"})
    if unknown:
        raise InvalidInput(
            _("В файле {file} неизвестные настройки: {names}.").format(file=file, names=", ".join(unknown))
        )
    database, sites = values.get("database", DEFAULT_DATABASE), values.get("sites", {})
    if not isinstance(database, str) or not isinstance(sites, dict):
        raise InvalidInput(_("В файле {file} адреса баз должны быть строками.").format(file=file))
    addresses: dict[str, str] = {}
    options: dict[str, dict[str, str]] = {}
    for name, site in sites.items():
        told = {"address": site} if isinstance(site, str) else site
        if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
            raise InvalidInput(_("В файле {file} сайт «{name}» описан не строками.").format(file=file, name=name))
        if "address" not in told:
            raise InvalidInput(
                _("В файле {file} у сайта «{name}» нет адреса базы: address = …").format(file=file, name=name)
            )
        addresses[name] = told["address"]
        if more := {key: value for key, value in told.items() if key != "address"}:
            options[name] = more
    return Settings(database, addresses, options, _feeds(values.get("feeds", {}), file))


def _feeds(values: Any, file: Path) -> dict[str, FeedFile]:
    feeds = {}
    for name, told in (values if isinstance(values, dict) else {"": values}).items():
        try:
            feed = FeedFile(told["file"], told.get("limit", _FEED_LIMIT), told.get("days"))
            numbers = [number for number in (feed.limit, feed.days) if number is not None]
            right = isinstance(feed.path, str) and told.keys() <= {"file", "limit", "days"}
            right = right and all(type(number) is int and number > 0 for number in numbers)
        except (TypeError, KeyError, AttributeError):
            right = False
        if not right:
            raise InvalidInput(
                _(
                    "В файле {file} лента сайта «{name}» описана не так: нужны file и, если хочется, limit и days."
                ).format(file=file, name=name)
            )
        feeds[name] = feed
    return feeds


def save_settings(home: Path, settings: Settings) -> None:
    """Write *settings* in one step. Raises `EnvironmentFault`."""
    import tomli_w

    sites: dict[str, str | dict[str, str]] = {
        name: {"address": address, **settings.options[name]} if settings.options.get(name) else address
        for name, address in settings.sites.items()
    }
    feeds = {name: _feed_as_toml(feed) for name, feed in settings.feeds.items()}
    values = {"database": settings.database, "sites": sites, **({"feeds": feeds} if feeds else {})}
    file = home / FILE
    fresh = file.with_suffix(".new")
    try:
        home.mkdir(parents=True, exist_ok=True)
        fresh.write_text(tomli_w.dumps(values), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise EnvironmentFault(
            _("Настройки не записаны: {file} ({words}).").format(file=file, words=system_words(error))
        ) from error


def _feed_as_toml(feed: FeedFile) -> dict[str, str | int]:
    return {"file": feed.path, "limit": feed.limit, **({"days": feed.days} if feed.days else {})}
