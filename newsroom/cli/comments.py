"""``comments``: what colleagues remarked on an article."""

import argparse
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.cli.session import desk_of, local, print_json
from newsroom.desk import commenting, reading
from newsroom.domain.comments import PlacedComment
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.words import _


def list_comments(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        comments = commenting.read_comments(desk, ArticleId(options.article))
        zone = reading.read_settings(desk).house.tz
    if options.json:
        print_json(comments_plain(comments))
    elif comments:
        print_comments(comments, zone)
    else:
        print(_("Комментариев нет."))
    return 0


def add(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        print(commenting.comment_on_words(desk, ArticleId(options.article), options.words, options.text).value)
    return 0


def reword(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        commenting.reword_comment(desk, CommentId(options.comment), options.text)
    print(_("{comment}: изменён").format(comment=options.comment))
    return 0


def resolve(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        commenting.resolve_comment(desk, CommentId(options.comment))
    print(_("{comment}: решён").format(comment=options.comment))
    return 0


def reopen(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        commenting.reopen_comment(desk, CommentId(options.comment))
    print(_("{comment}: открыт снова").format(comment=options.comment))
    return 0


def delete(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        commenting.delete_comment(desk, CommentId(options.comment))
    print(_("{comment}: удалён").format(comment=options.comment))
    return 0


def print_comments(comments: Sequence[PlacedComment], zone: ZoneInfo) -> None:
    """Two lines for each: whose it is and how it stands, then the words it is about with what is said of them."""
    for placed in comments:
        comment = placed.comment
        facts = [f"{comment.id}. {comment.author_name}", local(comment.made_at, zone)]
        if comment.is_resolved:
            facts.append(_("решён: {name}").format(name=comment.resolved_by))
        if placed.span is None:
            facts.append(_("этих слов в тексте больше нет"))
        print(", ".join(facts))
        print(f"   «{comment.words}»: {' '.join(comment.text.split())}")


def comments_plain(comments: Sequence[PlacedComment]) -> list[dict[str, Any]]:
    """For JSON; ``begin`` and ``end`` are characters of the field as readers see it, null where the words are gone."""
    return [
        {
            "id": placed.comment.id,
            "field": (placed.span or placed.comment.place).field,
            "begin": placed.span.begin if placed.span else None,
            "end": placed.span.end if placed.span else None,
            "words": placed.comment.first.selected,
            "text": placed.comment.text,
            "author": placed.comment.author_name,
            "made_at": placed.comment.made_at,
            "reworded_at": placed.comment.reworded_at,
            "resolved_by": placed.comment.resolved_by,
            "resolved_at": placed.comment.resolved_at,
        }
        for placed in comments
    ]
