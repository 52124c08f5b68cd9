"""``import``, ``export``, ``list`` and ``show``."""

import argparse
import sys
from dataclasses import asdict

from newsroom.cli.comments import comments_plain, print_comments
from newsroom.cli.session import desk_of, local, print_json, print_table
from newsroom.desk import reading
from newsroom.desk.commenting import read_comments
from newsroom.desk.exchange import article_to_text, import_article
from newsroom.domain.article import Article, ArticleFilter, content_to_dict
from newsroom.domain.errors import EnvironmentFault, InvalidInput, PersonError
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label
from newsroom.words import _, system_words


def import_files(options: argparse.Namespace) -> int:
    """Each file is an article of its own: one that is refused leaves nothing, and the others come in all the same."""
    code, brought = 0, []
    with desk_of(options, acts=True) as desk:
        for file in options.files:
            try:
                imported = import_article(desk, file).value
            except PersonError as error:
                code = 1
                for reason in error.reasons:
                    print(_("{file}: {reason}").format(file=file, reason=reason), file=sys.stderr)
                continue
            except EnvironmentFault as fault:
                # The next file would meet the same disk or server.
                code = 1
                reason = _("{fault} Статья не заведена; заведённые раньше целы.").format(fault=fault)
                print(_("{file}: {reason}").format(file=file, reason=reason), file=sys.stderr)
                break
            brought.append({"file": str(file), "id": imported.article, "notes": imported.notes})
            if not options.json:
                print(imported.article, flush=True)
            for note in imported.notes:
                print(_("{file}: {reason}").format(file=file, reason=note), file=sys.stderr)
    if options.json:
        print_json(brought)
    return code


def export(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        for number in options.articles:
            article = reading.read_article(desk, ArticleId(number))
            text = article_to_text(desk, article, options.out)
            if options.out is None:
                print(text)
                continue
            target = options.out / f"{article.slug}.md"
            try:
                target.write_text(text, encoding="utf-8")
            except OSError as error:
                raise EnvironmentFault(
                    _("Файл {file} не записан: {words}.").format(file=target, words=system_words(error))
                ) from error
            print(target)
    return 0


def list_articles(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        settings = reading.read_settings(desk)
        rubric = person = None
        if options.rubric:
            rubric = next((r.slug for r in settings.rubrics if options.rubric in (r.slug, r.title)), None)
            if rubric is None:
                raise InvalidInput(_("Рубрики «{rubric}» нет.").format(rubric=options.rubric))
        if options.person:
            person = next((p.id for p in settings.people if p.login == options.person), None)
            if person is None:
                raise InvalidInput(_("Сотрудника «{login}» нет.").format(login=options.person))
        wanted = ArticleFilter(
            labels=frozenset(Label(state) for state in options.state or ()),
            rubric=rubric,
            person=person,
            search=options.search,
        )
        ids = reading.article_ids(desk, wanted)
        rows = reading.article_rows(desk, ids[: options.limit] if options.limit else ids)
    if options.json:
        print_json([asdict(row) for row in rows])
        return 0
    zone = settings.house.tz
    print_table(
        [
            (str(row.id), local(row.when or row.updated_at, zone), row.label.words, row.rubric or "—", row.headline)
            for row in rows
        ]
    )
    if len(rows) < len(ids):
        print(_("… и ещё {n}; все покажет --limit 0").format(n=len(ids) - len(rows)))
    if not ids:
        print(_("Таких статей нет."))
    return 0


def show(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        article = reading.read_article(desk, ArticleId(options.article))
        revision = reading.read_revision(desk, article.id, options.revision or article.revision)
        comments = read_comments(desk, article.id, revision=revision.number)
        settings = reading.read_settings(desk)
    content = revision.content
    if options.json:
        print_json(
            content_to_dict(content)
            | _facts(article)
            | {"revision": revision.number, "hash": revision.hash, "saved_at": revision.saved_at}
            | {"comments": comments_plain(comments)}
        )
        return 0
    zone = settings.house.tz
    rubrics = {rubric.slug: rubric.title for rubric in settings.rubrics}
    facts = [
        (_("Состояние"), article.label.words),
        (_("Версия"), f"{revision.number}, {local(revision.saved_at, zone)}, {revision.author_name}"),
        (_("Рубрика"), rubrics.get(content.rubric, "—") if content.rubric else "—"),
        (_("Возраст"), content.age or "—"),
        (_("Адрес"), article.slug),
        (_("Подпись"), content.byline or "—"),
        (_("Метки"), ", ".join(content.tags) or "—"),
        *([(_("Дата"), local(content.date, zone))] if content.date else []),
        *([(_("Выход"), local(article.planned_at, zone))] if article.planned_at else []),
        *([(_("Возвращена"), article.return_reason)] if article.return_reason else []),
    ]
    if content.photo:
        facts.append((_("Фото"), f"{content.photo.caption or '—'} ({content.photo.credit or '—'})"))
    for place in article.live:
        facts.append((_("Сайт {name}").format(name=place.site), f"{place.state.words} {place.url}".strip()))
    print(content.headline, content.lead, sep="\n\n", end="\n\n")
    print_table([(f"{name}:", text) for name, text in facts])
    print("", content.body, sep="\n")
    if comments:
        print("", _("Комментарии"), sep="\n")
        print_comments(comments, zone)
    return 0


def _facts(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "uid": article.uid,
        "slug": article.slug,
        "review": article.review,
        "return_reason": article.return_reason,
        "approved_revision": article.approved_revision,
        "planned_at": article.planned_at,
        "label": article.label,
        "killed": article.killed,
        "live": [asdict(place) for place in article.live],
    }
