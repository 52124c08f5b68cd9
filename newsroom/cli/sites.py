"""``newsroom site`` and its actions."""

import argparse
from dataclasses import replace as with_changes
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from newsroom.cli.session import desk_of, local, opened, print_json, print_table
from newsroom.desk import house, reading, restoring
from newsroom.domain.errors import InvalidInput
from newsroom.domain.feed import FeedFile
from newsroom.domain.ids import SiteName
from newsroom.site.kinds import create_site
from newsroom.words import _, n_

#: Articles queued in one transaction.
_AT_ONCE: Final = 200


def create(options: argparse.Namespace) -> int:
    kind, colon, address = options.target.partition(":")
    if not colon:
        raise InvalidInput(_("«{text}» не понято: нужно вид:адрес.").format(text=options.target))
    create_site(kind, address, mapping_option(options))
    print(_("Таблицы сайта готовы."))
    return 0


def mapping_option(options: argparse.Namespace) -> dict[str, str]:
    """The settings of a site that is named on the command line alone."""
    return {"mapping": str(options.mapping.absolute())} if options.mapping else {}


def serve(options: argparse.Namespace) -> int:
    from newsroom.reference_site.serve import serve as serve_site

    with opened(options) as newsroom:
        rules = newsroom.house()
        names = [site.name for site in newsroom.sites() if site.kind == "standard"]
        name = SiteName(options.site) if options.site else next(iter(names), None)
        if name is None or name not in names:
            raise InvalidInput(_("Такого сайта нет; есть: {names}.").format(names=", ".join(names) or "—"))
        address = newsroom.site_address(name)

    def tell(place: str) -> None:
        print(_("Сайт открыт: {address}/ — остановить: Ctrl+C.").format(address=place), flush=True)

    serve_site(address, options.host, options.port, rules.name, rules.zone, told=tell)
    return 0


def address(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        known = {str(site.name): site for site in reading.read_settings(desk).sites}
        if options.site not in known:
            raise InvalidInput(_("Такого сайта нет; есть: {names}.").format(names=", ".join(known) or "—"))
        house.save_site(desk, with_changes(known[options.site], public_url=options.url))
    print(_("Сайт «{name}»: {url}").format(name=options.site, url=options.url or "—"))
    return 0


def options(options: argparse.Namespace) -> int:
    changes = {}
    for text in options.changes:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise InvalidInput(_("«{text}» не понято: нужно настройка=значение.").format(text=text))
        changes[key] = value
    with opened(options) as newsroom:
        name = SiteName(options.site)
        if changes:
            newsroom.change_site_options(name, changes)
        print_table(sorted(newsroom.site_options(name).items()))
    return 0


def feed(options: argparse.Namespace) -> int:
    name = SiteName(options.site)
    with opened(options) as newsroom:
        if options.off:
            newsroom.keep_feed(name, None)
            print(_("Лента сайта «{name}» больше не обновляется; файл остался.").format(name=name))
            return 0
        if options.file is not None:
            newsroom.keep_feed(name, FeedFile(str(options.file.absolute()), options.limit, options.days))
        kept = newsroom.settings.feeds.get(name)
    if kept is None:
        print(_("У сайта «{name}» нет файла ленты.").format(name=name))
        return 0
    parts = [
        _("Лента сайта «{name}»: {file}; не больше статей: {limit}").format(name=name, file=kept.path, limit=kept.limit)
    ]
    if kept.days:
        parts.append(n_("за {n} сутки", "за {n} суток", kept.days))
    print(", ".join(parts))
    if options.file is not None:
        print(_("Записана. Публикатор, запущенный после этого, обновляет её после доставок."))
    return 0


def check(options: argparse.Namespace) -> int:
    with opened(options) as newsroom:
        remarks = newsroom.check_site(SiteName(options.site))
    for remark in [*remarks, _("Публиковать можно.")]:
        print(remark)
    return 0


def tidy(options: argparse.Namespace) -> int:
    with opened(options) as newsroom:
        zone = ZoneInfo(newsroom.house().zone)
        found = newsroom.tidy_site(SiteName(options.site), timedelta(days=options.older_than), delete=options.delete)
    if options.json:
        print_json(
            [
                {
                    "file": one.file_name,
                    "bytes": one.size,
                    "written_at": one.written_at,
                    "removed": one in found.removed,
                }
                for one in found.orphans
            ]
        )
        return 0
    kept = [one for one in found.orphans if one not in found.removed]
    for words, orphans in ((_("удалено"), found.removed), (_("лишнее"), kept)):
        print_table([(words, local(one.written_at, zone), str(one.size), one.file_name) for one in orphans])
    if options.delete:
        print(n_("Удалено {n} фото.", "Удалено {n} фото.", len(found.removed)))
        if kept:
            print(_("Остальное пригодилось сайту или не удаляется."))
    else:
        print(n_("На сайте {n} лишнее фото.", "На сайте лишних фото: {n}.", len(kept)))
        if kept:
            print(_("Удалить: та же команда с --delete."))
    return 0


def replay(options: argparse.Namespace) -> int:
    name = SiteName(options.site)
    with opened(options) as newsroom:
        behind = newsroom.compare_site(name).behind
    queued = 0
    with desk_of(options, acts=True) as desk:
        for start in range(0, len(behind), _AT_ONCE):
            queued += restoring.replay(desk, name, behind[start : start + _AT_ONCE]).value
    print(n_("Поставлена в очередь {n} статья.", "Поставлено в очередь {n} статей.", queued))
    if left := len(behind) - queued:
        print(
            n_(
                "Ещё {n} статья пришла на сайт не из очереди: её вернёт следующая одобренная версия.",
                "Ещё {n} статей пришли на сайт не из очереди: их вернёт следующая одобренная версия.",
                left,
            )
        )
    return 0


def accept(options: argparse.Namespace) -> int:
    name = SiteName(options.site)
    with opened(options) as newsroom:
        ahead = newsroom.compare_site(name).ahead
    with desk_of(options, acts=True) as desk:
        restoring.accept(desk, name, ahead)
    for one in ahead:
        print(f"{one.article or '—'}  {one.headline or one.uid}  {one.operation.words}")
    print(n_("Принято изменение {n} статьи.", "Приняты изменения {n} статей.", len(ahead)))
    return 0


def list_sites(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        sites = reading.read_settings(desk).sites
    if options.json:
        print_json([{"name": site.name, "kind": site.kind, "public_url": site.public_url} for site in sites])
    else:
        print_table([(site.name, site.kind, site.public_url or "—") for site in sites])
    return 0
