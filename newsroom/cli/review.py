"""The commands that move articles: review, schedule, publish, withdraw, kill. Several ids are several transactions."""

import argparse
import sys
from collections.abc import Callable

from newsroom.cli.session import desk_of
from newsroom.desk import reading, scheduling, undoing
from newsroom.desk import review as desk_review
from newsroom.desk.session import Desk
from newsroom.domain.errors import PersonError, Unsettled
from newsroom.domain.house import parse_instant
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.words import _


def submit(options: argparse.Namespace) -> int:
    return _each(options, desk_review.submit)


def return_(options: argparse.Namespace) -> int:
    return _each(options, lambda desk, article: desk_review.return_article(desk, article, options.reason))


def approve(options: argparse.Namespace) -> int:
    def one(desk: Desk, article: ArticleId) -> object:
        due = parse_instant(options.at, reading.read_settings(desk).house) if options.at else None
        return _when_seen(
            options,
            lambda seen: desk_review.approve(
                desk,
                article,
                due=due,
                comments_seen=[comment.id for comment in seen.comments],
                warnings_seen=[warning.key for warning in seen.warnings],
            ),
        )

    return _each(options, one)


def schedule(options: argparse.Namespace) -> int:
    def one(desk: Desk, article: ArticleId) -> object:
        due = parse_instant(options.at, reading.read_settings(desk).house)
        return _when_seen(
            options,
            lambda seen: scheduling.schedule(
                desk, article, due, warnings_seen=[warning.key for warning in seen.warnings]
            ),
        )

    return _each(options, one)


def publish(options: argparse.Namespace) -> int:
    def one(desk: Desk, article: ArticleId) -> object:
        return _when_seen(
            options,
            lambda seen: scheduling.publish_now(
                desk, article, warnings_seen=[warning.key for warning in seen.warnings]
            ),
        )

    return _each(options, one)


def _when_seen(options: argparse.Namespace, act: Callable[[Unsettled], object]) -> object:
    """*act*, told what was seen before: nothing at first, then what the options say to have been seen.

    Raises `PersonError` with everything that was asked about and the options that answer it.
    """
    try:
        return act(Unsettled())
    except Unsettled as error:
        answers = {"--despite-comments": error.comments, "--despite-warnings": error.warnings}
        lacking = [
            option
            for option, asked in answers.items()
            if asked and not getattr(options, option.strip("-").replace("-", "_"), False)
        ]
        if not lacking:
            return act(error)
        hint = _("Если всё просмотрено и должно остаться: {options}").format(options=" ".join(lacking))
        raise PersonError(*error.reasons, hint) from error


def hold(options: argparse.Namespace) -> int:
    return _each(options, lambda desk, article: scheduling.hold(desk, article, options.reason), _("придержана"))


def retry(options: argparse.Namespace) -> int:
    return _each(options, scheduling.retry, _("доставка будет повторена"))


def withdraw(options: argparse.Namespace) -> int:
    done = _("снятие с сайта в очереди")
    return _each(options, lambda desk, article: scheduling.withdraw(desk, article, options.reason), done)


def undo_delivery(options: argparse.Namespace) -> int:
    site = SiteName(options.site) if options.site else None
    done = _("прежнее в очереди на сайт")
    return _each(options, lambda desk, article: undoing.undo_delivery(desk, article, options.reason, site=site), done)


def kill(options: argparse.Namespace) -> int:
    return _each(options, lambda desk, article: scheduling.kill(desk, article, options.reason))


def _each(options: argparse.Namespace, one: Callable[[Desk, ArticleId], object], done: str = "") -> int:
    """Do it to every article, tell *done* or how each stands now, and go on after one that is refused."""
    code = 0
    with desk_of(options, acts=True) as desk:
        for number in options.articles:
            try:
                one(desk, ArticleId(number))
            except PersonError as error:
                code = 1
                for reason in error.reasons:
                    print(_("{article}: {reason}").format(article=number, reason=reason), file=sys.stderr)
            else:
                told = done or reading.read_article(desk, ArticleId(number)).label.words.lower()
                print(f"{number}: {told}")
    return code
