"""``demo``, ``init`` and ``join``."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from newsroom.app import create_newsroom, join_newsroom
from newsroom.domain.errors import InvalidInput
from newsroom.domain.house import House
from newsroom.settings import default_home
from newsroom.words import _


def demo(options: argparse.Namespace) -> int:
    from newsroom.demo import main

    arguments = [f"--{name}" for name in ("headless", "fresh") if getattr(options, name)]
    if home := getattr(options, "home", None):
        arguments += ["--home", str(home)]
    code: int = main(arguments)
    return code


def init(options: argparse.Namespace) -> int:
    home = getattr(options, "home", None) or default_home()
    house = House(name=options.name, zone=options.zone)
    house.check()
    sites = _sites(options.site)
    newsroom = create_newsroom(
        home,
        database_url=options.database,
        sites=sites,
        options=_settings(options.settings, sites),
        house=house,
    )
    try:
        _tell_created(newsroom.home, [person.login for person in newsroom.people()])
    finally:
        newsroom.close()
    return 0


def join(options: argparse.Namespace) -> int:
    home = getattr(options, "home", None) or default_home()
    sites = _sites(options.site)
    newsroom = join_newsroom(
        home, database_url=options.database, sites=sites, options=_settings(options.settings, sites)
    )
    try:
        _tell_created(newsroom.home, [person.login for person in newsroom.people()])
    finally:
        newsroom.close()
    return 0


def _sites(texts: Sequence[str]) -> dict[str, str]:
    sites = {}
    for text in texts:
        name, equals, rest = text.partition("=")
        if not equals or not name or not rest:
            raise InvalidInput(_("«--site {text}» не понято: нужно имя=вид:адрес.").format(text=text))
        if name in sites:
            raise InvalidInput(_("Сайт «{name}» назван дважды.").format(name=name))
        sites[name] = rest
    return sites


def _settings(texts: Sequence[str], sites: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Settings of sites; the path of a description is meant from where the command runs."""
    settings: dict[str, dict[str, str]] = {}
    for text in texts:
        place, equals, value = text.partition("=")
        name, dot, key = place.rpartition(".")
        if not equals or not dot or not name or not key or not value:
            raise InvalidInput(_("«--set {text}» не понято: нужно сайт.настройка=значение.").format(text=text))
        if name not in sites:
            raise InvalidInput(_("«--set {text}»: сайт «{name}» не назван в --site.").format(text=text, name=name))
        settings.setdefault(name, {})[key] = str(Path(value).absolute()) if key == "mapping" else value
    return settings


def _tell_created(home: object, logins: Sequence[str]) -> None:
    print(_("Редакция готова: {home}").format(home=home))
    print(_("Сотрудники: {logins}").format(logins=", ".join(logins)))
