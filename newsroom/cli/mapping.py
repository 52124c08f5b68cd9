"""``site inspect`` and ``site try``: a description of a strange site is drafted, and tried without keeping anything."""

import argparse
from dataclasses import asdict

from newsroom.app import Newsroom, draft_description, rehearse_example
from newsroom.cli.session import opened, print_json, print_table
from newsroom.cli.sites import mapping_option
from newsroom.domain.errors import EnvironmentFault, InvalidInput
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.rehearsal import Rehearsal
from newsroom.words import _, system_words


def inspect(options: argparse.Namespace) -> int:
    draft = draft_description(options.url, options.schema)
    if options.out is None:
        print(draft, end="")
        return 0
    try:
        with options.out.open("x", encoding="utf-8") as file:
            file.write(draft)
    except OSError as error:
        raise EnvironmentFault(
            _("Файл {file} не записан: {words}.").format(file=options.out, words=system_words(error))
        ) from error
    print(_("Набросок записан: {file}. Заполните в нём «?».").format(file=options.out))
    return 0


def try_(options: argparse.Namespace) -> int:
    kind, colon, address = options.target.partition(":")
    if colon:
        if options.article is not None:
            raise InvalidInput(_("Статью по номеру можно пробовать на сайте редакции: назовите его имя."))
        slug, _equals, title = options.rubric.partition("=")
        rehearsal = rehearse_example(kind, address, mapping_option(options), slug, title)
    else:
        with opened(options) as newsroom:
            rehearsal = _on_site(newsroom, options)
    if options.json:
        print_json(asdict(rehearsal))
    else:
        _tell(rehearsal)
    return 0


def _on_site(newsroom: Newsroom, options: argparse.Namespace) -> Rehearsal:
    if options.mapping:
        raise InvalidInput(_("Описание сайта редакции названо в её настройках; --mapping здесь не нужен."))
    article = None if options.article is None else ArticleId(options.article)
    slug, _equals, title = options.rubric.partition("=")
    return newsroom.rehearse(SiteName(options.target), article, slug, title)


def _tell(rehearsal: Rehearsal) -> None:
    if rehearsal.nothing:
        print(rehearsal.nothing)
    heading = ""
    rows: list[tuple[str, str]] = []
    for change in rehearsal.changes:
        place = f"{change.table} ({change.row})"
        if place != heading:
            print_table(rows)
            rows, heading = [], place
            print(place)
        words = f"{change.before} → {change.after}" if change.before != "—" else change.after
        rows.append((f"  {change.column}", words + (_("  — сам сайт") if change.by_site else "")))
    print_table(rows)
    for name in rehearsal.files:
        print(_("файл {name}").format(name=name))
    if not rehearsal.transactional:
        print(_("Этот сайт получает каждое изменение как минимум один раз: оно может прийти дважды."))
    print(_("Это проба: на сайте ничего не изменилось."))
