"""The commands that move articles: review, schedule, publish, withdraw, kill. Several ids are several transactions."""

import argparse
import sys
from collections.abc import Callable

from newsroom.cli.session import desk_of
from newsroom.desk import reading, scheduling, undoing
from newsroom.desk import review as desk_review
from newsroom.desk.commenting import read_comments
from newsroom.desk.session import Desk
from newsroom.domain.errors import PersonError, UnresolvedComments
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
        seen = [one.comment.id for one in read_comments(desk, article)] if options.despite_comments else []
        try:
            return desk_review.approve(desk, article, due=due, comments_seen=seen)
        except UnresolvedComments as error:
            hint = _("Одобрить всё равно: approve {article} --despite-comments").format(article=article)
            raise PersonError(*error.reasons, hint) from error

    return _each(options, one)


def schedule(options: argparse.Namespace) -> int:
    def one(desk: Desk, article: ArticleId) -> object:
        return scheduling.schedule(desk, article, parse_instant(options.at, reading.read_settings(desk).house))

    return _each(options, one)


def publish(options: argparse.Namespace) -> int:
    return _each(options, scheduling.publish_now)


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
