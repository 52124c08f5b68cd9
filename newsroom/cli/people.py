"""``people list``, ``people add`` and ``people change``."""

import argparse
from dataclasses import asdict

from newsroom.cli.parser import WrongUse
from newsroom.cli.session import desk_of, print_json, print_table
from newsroom.desk import people, reading
from newsroom.domain.people import Role
from newsroom.words import _


def list_people(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        staff = reading.read_settings(desk).people
    if options.json:
        print_json([asdict(person) for person in staff])
    else:
        off = _("{name} (отключён)")
        names = (one.name if one.active else off.format(name=one.name) for one in staff)
        print_table([(one.login, one.role.words, name) for one, name in zip(staff, names, strict=True)])
    return 0


def add(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        people.add_person(desk, options.person, options.name, Role(options.role))
    print(_("Сотрудник «{login}» добавлен.").format(login=options.person))
    return 0


def change(options: argparse.Namespace) -> int:
    if not any((options.new_login, options.name, options.role, options.on, options.off)):
        raise WrongUse(_("Скажите, что изменить: --login, --name, --role, --off или --on."))
    active = True if options.on else False if options.off else None
    with desk_of(options, acts=True) as desk:
        people.change_person(
            desk,
            options.person,
            new_login=options.new_login,
            name=options.name,
            role=Role(options.role) if options.role else None,
            active=active,
        )
    print(_("Сотрудник «{login}» изменён.").format(login=options.new_login or options.person))
    return 0
