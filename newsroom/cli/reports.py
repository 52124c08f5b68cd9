"""``reports``: readers' reports that come by mail, and who lets their corrections out."""

import argparse
from dataclasses import replace
from pathlib import Path

from newsroom.cli.session import desk_of
from newsroom.desk import house, reading, triage
from newsroom.domain.ids import SiteName
from newsroom.text.report_mail import read_report_mail
from newsroom.words import _, n_


def mail(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        new = triage.bring_in(desk, SiteName(options.site), list(read_report_mail(Path(options.place)))).value
    print(n_("{n} новое сообщение", "{n} новых сообщений", new).format(n=new))
    return 0


def minor(options: argparse.Namespace) -> int:
    with desk_of(options, acts=bool(options.choice)) as desk:
        rules = reading.read_settings(desk).house
        if options.choice:
            rules = replace(rules, minor_corrections=options.choice == "on")
            house.change_house(desk, rules)
    print(
        _("Мелкие исправления опечаток выходят без главного редактора.")
        if rules.minor_corrections
        else _("Все исправления опечаток идут главному редактору.")
    )
    return 0
