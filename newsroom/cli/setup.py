"""``demo``, ``init`` and ``join``."""

import argparse
from collections.abc import Sequence

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
    newsroom = create_newsroom(home, database_url=options.database, sites=_sites(options.site), house=house)
    try:
        _tell_created(newsroom.home, [person.login for person in newsroom.people()])
    finally:
        newsroom.close()
    return 0


def join(options: argparse.Namespace) -> int:
    home = getattr(options, "home", None) or default_home()
    newsroom = join_newsroom(home, database_url=options.database, sites=_sites(options.site))
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


def _tell_created(home: object, logins: Sequence[str]) -> None:
    print(_("Редакция готова: {home}").format(home=home))
    print(_("Сотрудники: {logins}").format(logins=", ".join(logins)))
