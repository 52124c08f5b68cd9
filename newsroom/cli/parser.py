"""The words of the command line. What they do is in the modules beside this one, imported when they are needed."""

import argparse
import importlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from newsroom import __version__
from newsroom.domain.errors import PersonError
from newsroom.domain.findings import Severity
from newsroom.domain.states import Label
from newsroom.domain.vocabulary import Verdict, WordKind, Yo
from newsroom.words import _


class WrongUse(PersonError):
    """The command lacks something that only the caller knows: exit code 2."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong and where the help is, and exits with 2."""

    def __init__(self, **settings: Any) -> None:
        # A script that shortens --language would break on the day when another option begins alike.
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        self.exit(2, _("{message}\nСправка: {program} --help\n").format(message=message, program=self.prog))


#: The largest number that a database keeps.
_LARGEST = 2**63 - 1
#: Days: how long a photo that nothing shows is left alone, and the most that can be asked for.
_GRACE, _LONGEST_GRACE = 7, 36_500


def _number(text: str) -> int:
    """A number of an article or revision; one that does not exist is refused later, in words."""
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("«{text}» — не номер").format(text=text)) from None
    if abs(number) > _LARGEST:
        raise argparse.ArgumentTypeError(_("«{text}» — таких больших номеров не бывает").format(text=text))
    return number


def _amount(text: str) -> int:
    """How many, from 0."""
    number = _number(text)
    if number < 0:
        raise argparse.ArgumentTypeError(_("«{text}» — нужно число от 0").format(text=text))
    return number


def _some(text: str) -> int:
    """How many, from 1."""
    number = _amount(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("«{text}» — нужно число от 1").format(text=text))
    return number


def _days(text: str) -> int:
    """Whole days, from 1: within the first a delivery may still be under way."""
    number = _amount(text)
    if not 1 <= number <= _LONGEST_GRACE:
        raise argparse.ArgumentTypeError(_("«{text}» — нужно число дней от 1").format(text=text))
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("«{text}» — нужен день, например 2026-11-22").format(text=text)) from None


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; every command sets ``run`` to a function of the parsed options."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", type=Path, metavar="DIR", help=_("папка редакции на этой машине (или NEWSROOM_HOME)"))
    common.add_argument("--as", dest="login", metavar="PERSON", help=_("кто вы: логин сотрудника (или NEWSROOM_AS)"))
    common.add_argument("--language", choices=("ru", "en"), help=_("язык программы"))

    parser = _Parser(prog="newsroom", description=_("Редакция новостного сайта."), parents=[common])
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar=_("КОМАНДА"), required=True, parser_class=_Parser)

    def command(name: str, run: str, text: str, **more: Any) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text, parents=[common], **more)
        sub.set_defaults(run=_later(run))
        return sub

    _add_setup(command)
    _add_articles(command)
    comments = commands.add_parser("comments", help=_("комментарии к статьям"), parents=[common])
    _add_comments(comments.add_subparsers(metavar=_("ДЕЙСТВИЕ"), required=True, parser_class=_Parser), common)
    reports = commands.add_parser("reports", help=_("сообщения читателей об опечатках"), parents=[common])
    _add_reports(reports.add_subparsers(metavar=_("ДЕЙСТВИЕ"), required=True, parser_class=_Parser), common)
    _add_checks(command)
    _add_review(command)
    _add_queue(command)
    site = commands.add_parser("site", help=_("базы сайтов"), parents=[common])
    _add_site(site.add_subparsers(metavar=_("ДЕЙСТВИЕ"), required=True, parser_class=_Parser), common)
    people = commands.add_parser("people", help=_("сотрудники"), parents=[common])
    _add_people(people.add_subparsers(metavar=_("ДЕЙСТВИЕ"), required=True, parser_class=_Parser), common)
    words = commands.add_parser("words", help=_("словарь редакции"), parents=[common])
    _add_words(words.add_subparsers(metavar=_("ДЕЙСТВИЕ"), required=True, parser_class=_Parser), common)
    marks = commands.add_parser("marks", help=_("пометки: возраст, сноски к организациям"), parents=[common])
    _add_marks(marks.add_subparsers(metavar=_("ДЕЙСТВИЕ"), required=True, parser_class=_Parser), common)
    rules = commands.add_parser("rules", help=_("правила редакции: что как писать"), parents=[common])
    _add_rules(rules.add_subparsers(metavar=_("ДЕЙСТВИЕ"), required=True, parser_class=_Parser), common)
    return parser


Command = Callable[..., argparse.ArgumentParser]


def _later(name: str) -> Callable[[argparse.Namespace], int]:
    """``module.function`` of this package, imported when the command runs: ``--help`` needs no database driver."""
    module, function = name.split(".")

    def run(options: argparse.Namespace) -> int:
        code: int = getattr(importlib.import_module(f"newsroom.cli.{module}"), function)(options)
        return code

    return run


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("вывести JSON"))


def _add_setup(command: Command) -> None:
    demo = command("demo", "setup.demo", _("открыть образец редакции с сайтом"))
    demo.add_argument("--headless", action="store_true", help=_("без окна: опубликовать, показать и закончить"))
    demo.add_argument("--fresh", action="store_true", help=_("собрать образец заново"))

    init = command("init", "setup.init", _("создать редакцию"))
    init.add_argument("--database", metavar="URL", help=_("база редакции: sqlite или postgresql; без неё файл в папке"))
    init.add_argument(
        "--site",
        action="append",
        default=[],
        metavar="NAME=KIND:URL",
        help=_("сайт, например main=standard:postgresql://имя@сервер/база; можно несколько"),
    )
    _site_settings(init)
    init.add_argument("--name", default="Редакция", help=_("название редакции"))
    init.add_argument("--zone", default="Europe/Moscow", help=_("часовой пояс, например Asia/Vladivostok"))

    join = command("join", "setup.join", _("присоединить эту машину к общей редакции"))
    join.add_argument("--database", required=True, metavar="URL", help=_("база общей редакции"))
    join.add_argument(
        "--site", action="append", default=[], metavar="NAME=KIND:URL", help=_("сайт, если машина публикует")
    )
    _site_settings(join)


def _site_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="settings",
        metavar="NAME.KEY=VALUE",
        help=_("настройка сайта, например main.mapping=site.toml; можно несколько"),
    )


def _add_articles(command: Command) -> None:
    bring = command("import", "articles.import_files", _("завести статьи из файлов: .md, .docx, .odt, .html, .txt"))
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _json(bring)

    send = command("export", "articles.export", _("записать статьи в файлы Markdown"))
    send.add_argument("articles", nargs="+", type=_number, metavar="ID")
    send.add_argument("--out", type=Path, metavar="DIR", help=_("папка; без неё текст идёт на экран"))

    lines = command("list", "articles.list_articles", _("список статей"))
    lines.add_argument(
        "--state", action="append", choices=[label.value for label in Label], help=_("только в этом состоянии")
    )
    lines.add_argument("--rubric", help=_("только этой рубрики"))
    lines.add_argument("--person", help=_("только этого сотрудника"))
    lines.add_argument("--search", default="", help=_("слова из статьи"))
    lines.add_argument("--limit", type=_amount, default=50, help=_("не больше стольких строк (0 — все)"))
    _json(lines)

    show = command("show", "articles.show", _("одна статья целиком"))
    show.add_argument("article", type=_number, metavar="ID")
    show.add_argument("--revision", type=_number, metavar="N", help=_("версия; без неё новейшая"))
    _json(show)


def _add_checks(command: Command) -> None:
    check = command("check", "checking.check", _("проверить тексты: орфография, имена, числа, даты, фото, пометки"))
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    check.add_argument("--article", type=_number, metavar="ID", help=_("новейшую версию этой статьи"))
    check.add_argument("--all-live", action="store_true", help=_("всё, что видят читатели"))
    check.add_argument(
        "--explain",
        nargs="?",
        const="",
        metavar="CODE",
        help=_("рассказать, что ищет проверка и почему; без названия — обо всех"),
    )
    _json(check)

    style = command("style", "house_lists.style", _("стиль редакции: кавычки, тире, числа"))
    style.add_argument("changes", nargs="*", metavar="NAME=VALUE", help=_("например quotes=straight nbsp=no"))

    setting = command("typography", "sweeping.typography", _("показать файл так, как его набрала бы редакция"))
    setting.add_argument("file", type=Path, metavar="FILE")
    setting.add_argument("--write", action="store_true", help=_("записать в файл"))

    sweep = command("sweep", "sweeping.sweep", _("найти ошибку во всём, что на сайте и в очереди, и поправить"))
    sweep.add_argument("words", nargs="*", metavar="WORDS INSTEAD", help=_("что найти и что писать вместо"))
    sweep.add_argument("--rule", metavar="NAME", help=_("по правилу редакции"))
    sweep.add_argument("--accept", metavar="ID,ID|all", default="", help=_("поправить эти статьи и отдать на проверку"))
    _json(sweep)


def _add_comments(actions: Any, common: _Parser) -> None:
    lines = actions.add_parser("list", help=_("комментарии к статье"), parents=[common])
    lines.add_argument("article", type=_number, metavar="ID")
    _json(lines)
    lines.set_defaults(run=_later("comments.list_comments"))

    add = actions.add_parser("add", help=_("оставить комментарий к словам статьи"), parents=[common])
    add.add_argument("article", type=_number, metavar="ID")
    add.add_argument("words", metavar="WORDS", help=_("слова заголовка, лида или текста, о которых речь"))
    add.add_argument("text", metavar="TEXT", help=_("сам комментарий"))
    add.set_defaults(run=_later("comments.add"))

    reword = actions.add_parser("reword", help=_("изменить свой комментарий"), parents=[common])
    reword.add_argument("comment", type=_number, metavar="N", help=_("номер комментария"))
    reword.add_argument("text", metavar="TEXT", help=_("новый текст"))
    reword.set_defaults(run=_later("comments.reword"))

    for name, text in (
        ("resolve", _("отметить решённым")),
        ("reopen", _("открыть снова")),
        ("delete", _("удалить свой комментарий")),
    ):
        sub = actions.add_parser(name, help=text, parents=[common])
        sub.add_argument("comment", type=_number, metavar="N", help=_("номер комментария"))
        sub.set_defaults(run=_later(f"comments.{name}"))


def _add_reports(actions: Any, common: _Parser) -> None:
    mail = actions.add_parser("mail", help=_("принять сообщения из почты (Orphus)"), parents=[common])
    mail.add_argument("site", metavar="SITE", help=_("с какого сайта письма"))
    mail.add_argument("place", metavar="PLACE", help=_("файл mbox или папка maildir"))
    mail.set_defaults(run=_later("reports.mail"))

    minor = actions.add_parser(
        "minor", help=_("выходят ли мелкие исправления без главного редактора"), parents=[common]
    )
    minor.add_argument("choice", nargs="?", choices=["on", "off"], help=_("без него — как сейчас"))
    minor.set_defaults(run=_later("reports.minor"))

    figures = actions.add_parser(
        "statistics", help=_("сколько сообщений пришло и исправлено, за сколько времени"), parents=[common]
    )
    figures.add_argument("--from", dest="first", type=_day, metavar="DAY", help=_("с этого дня: 2026-11-01"))
    figures.add_argument("--to", dest="last", type=_day, metavar="DAY", help=_("по этот день включительно"))
    figures.add_argument("--by", choices=("rubric", "author"), default="rubric", help=_("по рубрикам или по авторам"))
    figures.add_argument("--csv", metavar="FILE", help=_("записать в файл для таблиц"))
    _json(figures)
    figures.set_defaults(run=_later("reports.statistics"))


def _add_review(command: Command) -> None:
    def on_articles(name: str, run: str, text: str) -> argparse.ArgumentParser:
        sub = command(name, run, text)
        sub.add_argument("articles", nargs="+", type=_number, metavar="ID")
        return sub

    on_articles("submit", "review.submit", _("отправить на проверку"))
    on_articles("return", "review.return_", _("вернуть на доработку")).add_argument(
        "--reason", required=True, help=_("почему")
    )
    approve = on_articles("approve", "review.approve", _("одобрить"))
    approve.add_argument("--at", metavar="WHEN", help=_("сразу назначить время: «2026-11-22 12:30» в поясе редакции"))
    approve.add_argument("--despite-comments", action="store_true", help=_("даже если есть нерешённые комментарии"))
    seen = _("предупреждения проверки просмотрены")
    approve.add_argument("--despite-warnings", action="store_true", help=seen)
    schedule = on_articles("schedule", "review.schedule", _("назначить время выхода"))
    schedule.add_argument("--at", required=True, metavar="WHEN", help=_("«2026-11-22 12:30» в поясе редакции"))
    schedule.add_argument("--despite-warnings", action="store_true", help=seen)
    publish = on_articles("publish", "review.publish", _("опубликовать сейчас"))
    publish.add_argument("--despite-warnings", action="store_true", help=seen)
    on_articles("hold", "review.hold", _("придержать")).add_argument("--reason", default="", help=_("почему"))
    on_articles("retry", "review.retry", _("повторить неудавшуюся доставку"))
    on_articles("withdraw", "review.withdraw", _("снять с сайта")).add_argument(
        "--reason", default="", help=_("почему")
    )
    undo = on_articles("undo-delivery", "review.undo_delivery", _("вернуть на сайт то, что было до последней доставки"))
    undo.add_argument("--reason", required=True, help=_("почему"))
    undo.add_argument("--site", metavar="NAME", help=_("только на этом сайте"))
    on_articles("kill", "review.kill", _("аннулировать навсегда")).add_argument(
        "--reason", required=True, help=_("почему")
    )


def _add_queue(command: Command) -> None:
    queue = command("queue", "publishing.queue", _("очередь публикаций"))
    queue.add_argument("--limit", type=_amount, default=50, help=_("сколько законченных показать"))
    _json(queue)

    feed = command("feed", "publishing.feed", _("лента RSS с полным текстом для агрегаторов"))
    feed.add_argument("site", nargs="?", default="", metavar="NAME", help=_("имя сайта; без него первый"))
    feed.add_argument("--out", type=Path, metavar="FILE", help=_("куда записать; без него лента идёт на экран"))
    feed.add_argument("--limit", type=_amount, default=50, help=_("не больше стольких статей"))
    feed.add_argument("--days", type=_amount, help=_("только вышедшие за столько суток"))

    publisher = command("publisher", "publishing.publisher", _("публикатор: разносит одобренное по сайтам"))
    publisher.add_argument("action", choices=["run", "status"], help=_("работать; или сказать, всё ли в порядке"))
    publisher.add_argument("--once", action="store_true", help=_("выпустить всё, чему пора, и закончить"))
    publisher.add_argument("--name", default="", help=_("имя публикатора в журнале"))
    _json(publisher)


def _add_site(actions: Any, common: _Parser) -> None:
    create = actions.add_parser("create", help=_("создать таблицы стандартного сайта"), parents=[common])
    create.add_argument("target", metavar="KIND:URL", help=_("например standard:postgresql://имя@сервер/база"))
    create.add_argument("--mapping", type=Path, metavar="FILE", help=_("описание сайта вида mapped"))
    create.set_defaults(run=_later("sites.create"))

    inspect = actions.add_parser("inspect", help=_("набросать описание сайта по таблицам его базы"), parents=[common])
    inspect.add_argument("url", metavar="URL", help=_("например postgresql://имя@сервер/база"))
    inspect.add_argument("--schema", default="", help=_("схема PostgreSQL, если не обычная"))
    inspect.add_argument("--out", type=Path, metavar="FILE", help=_("куда записать; без него набросок идёт на экран"))
    inspect.set_defaults(run=_later("mapping.inspect"))

    trial = actions.add_parser(
        "try", help=_("записать статью на сайт, показать, что изменилось бы, и откатить"), parents=[common]
    )
    trial.add_argument("target", metavar="NAME|KIND:URL", help=_("имя сайта редакции или вид:адрес"))
    trial.add_argument("article", nargs="?", type=_number, metavar="ID", help=_("номер статьи; без него пример"))
    trial.add_argument("--mapping", type=Path, metavar="FILE", help=_("описание сайта вида mapped"))
    trial.add_argument("--rubric", default="", metavar="SLUG=TITLE", help=_("рубрика примера"))
    _json(trial)
    trial.set_defaults(run=_later("mapping.try_"))

    serve = actions.add_parser("serve", help=_("показать сайт редакции в браузере"), parents=[common])
    serve.add_argument("site", nargs="?", default="", metavar="NAME", help=_("имя сайта; без него первый"))
    serve.add_argument("--host", default="127.0.0.1", help=_("адрес, на котором отвечать"))
    serve.add_argument("--port", type=_amount, default=8080, help=_("порт (0 — любой свободный)"))
    serve.set_defaults(run=_later("sites.serve"))

    address = actions.add_parser("address", help=_("где читатели видят сайт: адрес для ссылок"), parents=[common])
    address.add_argument("site", metavar="NAME")
    address.add_argument("url", metavar="URL", help=_("например https://vesti.example; пустой убирает адрес"))
    address.set_defaults(run=_later("sites.address"))

    told = actions.add_parser("options", help=_("настройки сайта на этой машине"), parents=[common])
    told.add_argument("site", metavar="NAME")
    told.add_argument(
        "changes", nargs="*", metavar="KEY=VALUE", help=_("что записать; пустое значение убирает настройку")
    )
    told.set_defaults(run=_later("sites.options"))

    kept = actions.add_parser("feed", help=_("файл ленты RSS, который публикатор обновляет сам"), parents=[common])
    kept.add_argument("site", metavar="NAME")
    kept.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("куда записывать; без него — как сейчас"))
    kept.add_argument("--limit", type=_some, default=50, help=_("не больше стольких статей"))
    kept.add_argument("--days", type=_some, help=_("только вышедшие за столько суток"))
    kept.add_argument("--off", action="store_true", help=_("больше не обновлять"))
    kept.set_defaults(run=_later("sites.feed"))

    check = actions.add_parser("check", help=_("годится ли сайт для публикации; ничего не пишет"), parents=[common])
    check.add_argument("site", metavar="NAME")
    check.set_defaults(run=_later("sites.check"))

    tidy = actions.add_parser(
        "tidy", help=_("найти фото редакции, которых на сайте ничто не показывает"), parents=[common]
    )
    tidy.add_argument("site", metavar="NAME")
    tidy.add_argument("--delete", action="store_true", help=_("удалить их; без этого только список"))
    tidy.add_argument(
        "--older-than", type=_days, default=_GRACE, metavar="DAYS", help=_("не моложе стольких дней (от 1; обычно 7)")
    )
    _json(tidy)
    tidy.set_defaults(run=_later("sites.tidy"))

    again = actions.add_parser(
        "replay", help=_("отправить заново то, чего нет на сайте, восстановленном из копии"), parents=[common]
    )
    again.add_argument("site", metavar="NAME")
    again.set_defaults(run=_later("sites.replay"))

    accept = actions.add_parser(
        "accept", help=_("принять сайт как есть, когда из копии восстановлена редакция"), parents=[common]
    )
    accept.add_argument("site", metavar="NAME")
    accept.set_defaults(run=_later("sites.accept"))
    bring = actions.add_parser(
        "import", help=_("перенести в редакцию статьи, которые уже есть на сайте"), parents=[common]
    )
    bring.add_argument("site", metavar="NAME")
    bring.add_argument("--dry-run", action="store_true", help=_("только рассказать, что было бы перенесено и как"))
    bring.add_argument(
        "--report", action="store_true", help=_("что при прошлых переносах не удалось передать как было")
    )
    _json(bring)
    bring.set_defaults(run=_later("archive.import_"))

    merge = actions.add_parser("merge", help=_("влить в статью правку, сделанную на самом сайте"), parents=[common])
    merge.add_argument("site", metavar="NAME")
    merge.add_argument("article", type=_number, metavar="ID")
    merge.add_argument(
        "--choose", action="append", default=[], metavar="N=SIDE", help=_("чей вариант части N: ours, theirs или both")
    )
    merge.add_argument(
        "--all", choices=("ours", "theirs", "both"), default="", help=_("чей вариант там, где изменено и там, и тут")
    )
    merge.add_argument("--dry-run", action="store_true", help=_("только показать различия"))
    _json(merge)
    merge.set_defaults(run=_later("merging.merge"))

    lines = actions.add_parser("list", help=_("сайты редакции"), parents=[common])
    _json(lines)
    lines.set_defaults(run=_later("sites.list_sites"))


def _add_people(actions: Any, common: _Parser) -> None:
    lines = actions.add_parser("list", help=_("кто здесь работает"), parents=[common])
    _json(lines)
    lines.set_defaults(run=_later("people.list_people"))

    add = actions.add_parser("add", help=_("принять сотрудника"), parents=[common])
    add.add_argument("person", metavar="LOGIN")
    add.add_argument("name", metavar="NAME")
    add.add_argument("role", choices=("editor", "proofreader", "chief"))
    add.set_defaults(run=_later("people.add"))

    change = actions.add_parser("change", help=_("переименовать, сменить роль, отключить"), parents=[common])
    change.add_argument("person", metavar="LOGIN")
    change.add_argument("--login", dest="new_login", help=_("новый логин"))
    change.add_argument("--name", help=_("новое имя"))
    change.add_argument("--role", choices=("editor", "proofreader", "chief"), help=_("новая роль"))
    switch = change.add_mutually_exclusive_group()
    switch.add_argument("--off", action="store_true", help=_("отключить"))
    switch.add_argument("--on", action="store_true", help=_("включить снова"))
    change.set_defaults(run=_later("people.change"))


def _add_marks(actions: Any, common: _Parser) -> None:
    lines = actions.add_parser("list", help=_("списки пометок"), parents=[common])
    _json(lines)
    lines.set_defaults(run=_later("house_lists.list_marks"))

    bring = actions.add_parser("import", help=_("внести пометки из файла .csv или .toml"), parents=[common])
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.set_defaults(run=_later("house_lists.import_marks"))

    send = actions.add_parser("export", help=_("записать списки в файл .csv или .toml"), parents=[common])
    send.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("без него список идёт на экран"))
    send.add_argument("--format", choices=("csv", "toml"), default="csv", help=_("вид без файла"))
    send.set_defaults(run=_later("house_lists.export_marks"))

    remove = actions.add_parser("remove", help=_("убрать пометки"), parents=[common])
    remove.add_argument("names", nargs="+", metavar="NAME")
    remove.set_defaults(run=_later("house_lists.remove_marks"))


def _add_rules(actions: Any, common: _Parser) -> None:
    lines = actions.add_parser("list", help=_("правила и как часто их слушались"), parents=[common])
    _json(lines)
    lines.set_defaults(run=_later("house_lists.list_rules"))

    add = actions.add_parser("add", help=_("внести правило; его примеры проверяются"), parents=[common])
    add.add_argument("name", metavar="NAME", help=_("название"))
    add.add_argument("pattern", metavar="WORDS", help=_("что искать: слова или, с --expression, выражение"))
    add.add_argument("replacement", nargs="?", metavar="INSTEAD", help=_("что писать вместо; без него только совет"))
    add.add_argument("--message", default="", help=_("почему, одной фразой"))
    add.add_argument("--finds", action="append", default=[], metavar="TEXT", help=_("пример: «было → стало»"))
    add.add_argument("--passes", action="append", default=[], metavar="TEXT", help=_("что правило не трогает"))
    add.add_argument(
        "--severity", choices=[one.value for one in Severity], default="warning", help=_("насколько важно")
    )
    add.add_argument("--expression", action="store_true", help=_("регулярное выражение"))
    add.add_argument("--case", action="store_true", help=_("с учётом регистра"))
    add.add_argument("--parts", action="store_true", help=_("и внутри слов"))
    add.add_argument("--source", default="", help=_("откуда правило"))
    add.add_argument("--preview", action="store_true", help=_("только показать, что оно нашло бы на сайте и в очереди"))
    add.set_defaults(run=_later("house_lists.add_rule"))

    bring = actions.add_parser("import", help=_("внести правила из файла .csv или .toml"), parents=[common])
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.set_defaults(run=_later("house_lists.import_rules"))

    send = actions.add_parser("export", help=_("записать правила в файл .csv или .toml"), parents=[common])
    send.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("без него правила идут на экран"))
    send.add_argument("--format", choices=("csv", "toml"), default="toml", help=_("вид без файла"))
    send.set_defaults(run=_later("house_lists.export_rules"))

    remove = actions.add_parser("remove", help=_("убрать правила"), parents=[common])
    remove.add_argument("names", nargs="+", metavar="NAME")
    remove.set_defaults(run=_later("house_lists.remove_rules"))


def _add_words(actions: Any, common: _Parser) -> None:
    def noted(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--as-is", action="store_true", help=_("без других форм"))
        sub.add_argument("--note", default="", help=_("почему или по какому источнику"))

    lines = actions.add_parser("list", help=_("слова редакции"), parents=[common])
    lines.add_argument("--search", default="", help=_("часть слова"))
    lines.add_argument("--verdict", choices=[verdict.value for verdict in Verdict], help=_("только такие"))
    _json(lines)
    lines.set_defaults(run=_later("words.list_words"))

    add = actions.add_parser("add", help=_("внести слова, верные как написано, со всеми формами"), parents=[common])
    add.add_argument("words", nargs="+", metavar="WORD", help=_("начальная форма, например «Усть-Кедровск»"))
    add.add_argument("--kind", choices=[kind.value for kind in WordKind], default="word", help=_("что это"))
    noted(add)
    add.set_defaults(run=_later("words.add"))

    for name, text in (
        ("forbid", _("запретить слово: вместо него пишут другое")),
        ("pair", _("слово, которое есть, но обычно описка: отмечать его мягко")),
    ):
        sub = actions.add_parser(name, help=text, parents=[common])
        sub.add_argument("word", metavar="WORD", help=_("начальная форма, например «Tik-Tok»"))
        sub.add_argument("meant", metavar="MEANT", help=_("что писать вместо него, например «TikTok»"))
        noted(sub)
        sub.set_defaults(run=_later(f"words.{name}"))

    remove = actions.add_parser("remove", help=_("убрать слова"), parents=[common])
    remove.add_argument("words", nargs="+", metavar="WORD")
    remove.set_defaults(run=_later("words.remove"))

    bring = actions.add_parser("import", help=_("внести слова из файла .csv, .toml или .txt"), parents=[common])
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.set_defaults(run=_later("words.import_words"))

    send = actions.add_parser("export", help=_("записать словарь в файл .csv или .toml"), parents=[common])
    send.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("без него словарь идёт на экран"))
    send.add_argument("--format", choices=("csv", "toml"), default="csv", help=_("вид без файла"))
    send.set_defaults(run=_later("words.export"))

    yo = actions.add_parser("yo", help=_("как редакция пишет букву ё"), parents=[common])
    yo.add_argument("choice", nargs="?", choices=[yo.value for yo in Yo], help=_("без него — как сейчас"))
    yo.set_defaults(run=_later("words.yo"))
