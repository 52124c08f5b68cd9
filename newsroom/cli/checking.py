"""``check``: what an editor ought to look at in files, in articles, or in everything that readers see."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsroom.cli.parser import WrongUse
from newsroom.cli.session import desk_of, print_json
from newsroom.desk import reading
from newsroom.desk.checking import (
    Frame,
    OnSite,
    blockers_of_live,
    check_content,
    checker_for,
    read_frame,
    read_live,
)
from newsroom.desk.exchange import ArticleFile, read_article_file
from newsroom.domain.article import Content
from newsroom.domain.errors import PersonError
from newsroom.domain.findings import Field, Finding, in_order
from newsroom.domain.ids import ArticleId, PhotoId
from newsroom.settings import default_cache
from newsroom.text.checks.catalogue import explain, subjects
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import material_of
from newsroom.text.counts import plain_text
from newsroom.text.document import photos_in
from newsroom.text.markdown import parse
from newsroom.text.source_places import LineColumn, SourcePlaces, places_in_source
from newsroom.text.spelling.storing import open_lexicons
from newsroom.words import _, n_

if TYPE_CHECKING:
    from newsroom.desk.session import Desk

#: Articles that a process takes at once.
_BATCH = 20
#: With fewer, starting processes takes longer than it saves.
_WORTH_PROCESSES = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with where a person finds it."""

    #: The file, or the number of the article with the field.
    where: str
    place: LineColumn
    finding: Finding


def check(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _explain(options.explain)
    if sum((bool(options.files), options.article is not None, options.all_live)) != 1:
        raise WrongUse(_("Скажите, что проверить: файлы, --article и номер или --all-live."))
    with desk_of(options, acts=False) as desk:
        told, checked = _checked(desk, options)
    if options.json:
        print_json([_plain(one) for one in told])
    else:
        for one in told:
            print(_line(one))
        blocking = sum(one.finding.blocks for one in told)
        print(
            _("Проверено: {articles}; замечаний {findings}, из них мешают публикации {blocking}.").format(
                articles=n_("{n} статья", "{n} статей", checked), findings=len(told), blocking=blocking
            ),
            file=sys.stderr,
        )
    return 1 if any(one.finding.blocks for one in told) else 0


def _explain(code: str) -> int:
    """Tell of the check called *code*, or of all."""
    if code and explain(code) is None:
        known = ", ".join(check.code for _title, checks in subjects() for check in checks)
        raise WrongUse(_("Проверки «{code}» нет. Есть: {known}.").format(code=code, known=known))
    wanted = explain(code) if code else None
    for title, checks in subjects():
        shown = [check for check in checks if wanted is None or check.code == wanted.code]
        if shown and wanted is None:
            print(f"{title}\n")
        for one in shown:
            severity = one.severity.words if one.severity else _("как решит список")
            print(f"{one.code} ({severity}): {one.title}. {one.about}\n    {one.source}\n")
    return 0


def _checked(desk: Desk, options: argparse.Namespace) -> tuple[list[Told], int]:
    if options.all_live:
        return _everything(desk)
    checker = _checker(read_frame(desk))
    if options.files:
        return [one for file in options.files for one in _file(desk, file, checker)], len(options.files)
    article = reading.read_article(desk, ArticleId(options.article))
    found = check_content(desk, article.content, checker, article=article.id)
    return list(_of_article(article.id, article.content, found)), 1


def _checker(frame: Frame) -> Checker:
    return checker_for(frame, open_lexicons(default_cache() / "dictionaries"))


# --- Files -----------------------------------------------------------------------------------------------------------


def _file(desk: Desk, file: Path, checker: Checker) -> Iterator[Told]:
    try:
        read = read_article_file(desk, file)
        found = check_content(desk, read.content, checker, brought_photos=read.photos)
    except PersonError as error:
        raise PersonError(*(f"{file}: {reason}" for reason in error.reasons)) from error
    places = _places_in_file(read)
    for finding in found:
        yield Told(str(file), places(finding), finding)


def _places_in_file(read: ArticleFile) -> Callable[[Finding], LineColumn]:
    source = SourcePlaces(read.source)
    plain = plain_text(parse(read.content.body))
    if not read.source:
        # No text file: lines are paragraphs, as a reader counts them.
        return lambda finding: SourcePlaces(plain).line_column(finding.begin or 0)
    begin = max(read.source.find(read.content.body.split("\n", 1)[0]), 0)
    in_body = places_in_source(plain, read.source, begin)

    def place(finding: Finding) -> LineColumn:
        if finding.field is Field.BODY:
            return source.line_column(in_body[finding.begin or 0])
        text = {Field.HEADLINE: read.content.headline, Field.LEAD: read.content.lead}.get(finding.field, "")
        at = source.of_key(finding.field, finding.words)
        return source.line_column(at or max(read.source.find(text or finding.words), 0))

    return place


# --- Articles --------------------------------------------------------------------------------------------------------


def _of_article(article: ArticleId, content: Content, found: Sequence[Finding]) -> Iterator[Told]:
    """With lines and columns in the field as it is kept; the body is Markdown."""
    in_body: list[int] | None = None
    for finding in found:
        text = {Field.HEADLINE: content.headline, Field.LEAD: content.lead, Field.BODY: content.body}
        at = finding.begin or 0
        if finding.field is Field.BODY:
            if in_body is None:
                in_body = places_in_source(plain_text(parse(content.body)), content.body)
            at = in_body[min(at, len(in_body) - 1)]
        place = SourcePlaces(text.get(finding.field, "")).line_column(at)
        yield Told(f"{article} {finding.field}", place, finding)


def _everything(desk: Desk) -> tuple[list[Told], int]:
    """Everything that readers see, on all cores, with its progress on the standard error."""
    frame, shown = read_frame(desk), read_live(desk)
    # What lies there was marked by the lists of its own day.
    frame = replace(frame, around=replace(frame.around, goes_out=False))
    told: list[Told] = []
    for done, (one, looked) in enumerate(zip(shown, _looked_at(frame, shown), strict=True), 1):
        blockers = blockers_of_live(desk, one, looked.photos)
        told += _of_article(one.article, one.content, in_order([*blockers, *looked.findings]))
        _progress(done, len(shown))
    return told, len(shown)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the texts of one article gave."""

    findings: list[Finding]
    photos: list[PhotoId]


def _looked_at(frame: Frame, shown: Sequence[OnSite]) -> Iterator[_Looked]:
    if len(shown) < _WORTH_PROCESSES or (os.cpu_count() or 1) == 1:
        _begin(frame)
        yield from map(_look, shown)
        return
    # Spawned: a fork would take the open connections of the database along.
    with get_context("spawn").Pool(os.cpu_count(), _begin, (frame,)) as pool:
        yield from pool.imap(_look, shown, chunksize=_BATCH)


#: What a process checks with.
_at_work: tuple[Checker, Frame]


def _begin(frame: Frame) -> None:
    global _at_work
    _at_work = _checker(frame), frame


def _look(shown: OnSite) -> _Looked:
    checker, frame = _at_work
    document = parse(shown.content.body)
    material = material_of(shown.content, document.blocks, shown.article)
    return _Looked(checker.check(material, frame.around), photos_in(document))


# --- Printing --------------------------------------------------------------------------------------------------------


def _progress(done: int, total: int) -> None:
    if done % _BATCH == 0 or done == total:
        end = "\n" if done == total else ""
        print(
            "\r" + _("Проверено {done} из {total}").format(done=done, total=total), end=end, file=sys.stderr, flush=True
        )


def _line(one: Told) -> str:
    finding = one.finding
    words = f" «{' '.join(finding.words.split())}»" if finding.words else ""
    where = f"{one.where}:{one.place.line}:{one.place.column}"
    return f"{where}: {finding.severity.words} [{finding.code}]{words} {finding.message}"


def _plain(one: Told) -> dict[str, Any]:
    return {"where": one.where, "line": one.place.line, "column": one.place.column} | asdict(one.finding)
