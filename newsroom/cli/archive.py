"""``site import``: the archive of a site becomes articles of the newsroom."""

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict

from newsroom.cli.session import print_json, signed_in
from newsroom.desk.adopting import details
from newsroom.domain.ids import SiteName
from newsroom.publishing.archives import ImportSummary, Progress
from newsroom.storage.adoptions import ReportLine
from newsroom.words import _, n_

#: Seconds between two lines of progress.
_EVERY_ON_SCREEN, _EVERY_IN_LOG = 0.5, 10.0


def import_(options: argparse.Namespace) -> int:
    with signed_in(options) as (newsroom, desk):
        site = SiteName(options.site)
        if options.report:
            _print_report(newsroom.import_report(site), options)
            return 0
        teller = _Teller()
        try:
            summary = newsroom.import_site(desk, site, dry_run=options.dry_run, told=teller.tell)
        finally:
            teller.end()
    if options.json:
        print_json(asdict(summary) | {"dry_run": options.dry_run})
    else:
        _print_summary(summary, options)
    return 1 if summary.refused else 0


class _Teller:
    """Writes progress to the standard error: over itself on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._on_screen = sys.stderr.isatty()
        self._next = 0.0
        self._wrote = False

    def tell(self, progress: Progress) -> None:
        now = time.monotonic()
        if now < self._next and progress.done < progress.total:
            return
        self._next = now + (_EVERY_ON_SCREEN if self._on_screen else _EVERY_IN_LOG)
        text = _("{done} из {total}").format(done=progress.done, total=progress.total)
        if progress.seconds_left is not None and progress.done < progress.total:
            text += ", " + _("осталось около {time}").format(time=_duration(progress.seconds_left))
        print(f"\r\033[K{text}" if self._on_screen else text, end="" if self._on_screen else "\n", file=sys.stderr)
        sys.stderr.flush()
        self._wrote = True

    def end(self) -> None:
        if self._on_screen and self._wrote:
            print(file=sys.stderr)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return n_("{n} минуты", "{n} минут", minutes + (rest >= 30))
    return n_("{n} секунды", "{n} секунд", max(1, rest))


def _print_summary(summary: ImportSummary, options: argparse.Namespace) -> None:
    brought = (
        n_("Была бы перенесена {n} статья.", "Было бы перенесено {n} статей.", summary.brought)
        if options.dry_run
        else n_("Перенесена {n} статья.", "Перенесено {n} статей.", summary.brought)
    )
    print(brought)
    if summary.known:
        print(n_("{n} статья в редакции уже есть.", "{n} статей в редакции уже есть.", summary.known))
    if summary.rubrics:
        print(_("Новые рубрики: {names}.").format(names=", ".join(summary.rubrics)))
    for kind, number in summary.losses.most_common():
        print(n_("{n} статья", "{n} статей", number) + f" — {kind.words}")
    if summary.examples:
        print(_("Например:"))
        for headline, words in summary.examples:
            print(f"  {headline}", *(f"    {text}" for text in words), sep="\n")
    for site_pk, reason in summary.refusals:
        print(_("Не перенесена статья {key}: {reason}").format(key=site_pk, reason=reason), file=sys.stderr)
    if summary.losses and not options.dry_run:
        print(_("Весь список: newsroom site import {site} --report").format(site=options.site))
    if options.dry_run:
        print(_("Это проба: ничего не сохранено."))


def _print_report(lines: Iterable[ReportLine], options: argparse.Namespace) -> None:
    if options.json:
        print_json([asdict(line) for line in lines])
        return
    for line in lines:
        print(f"{line.article}  {line.headline}", *(f"    {text}" for text in details(line.losses)), sep="\n")
