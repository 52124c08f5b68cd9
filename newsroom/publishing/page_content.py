"""Whether a public page shows what was delivered. Pure functions; templates, typography and entities do not matter."""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from newsroom.domain.article import Content
from newsroom.domain.pages import ExpectedPage, PageSeen, PageState
from newsroom.domain.states import Operation
from newsroom.publishing.page_fetch import Fetched
from newsroom.text.counts import plain_text
from newsroom.text.markdown import parse
from newsroom.words import _

#: What stands at an article's address after it was taken off.
_GONE: Final = (404, 410)
#: A piece of text with fewer letters may stand on any page.
_TELLING: Final = 30
#: Letters of a foreign text that are repeated to a person.
_QUOTED: Final = 100
_NO_LETTERS = re.compile(r"[\W_]+")


def judge(expected: ExpectedPage, fetched: Fetched) -> PageSeen:
    """What *fetched* says of the page that is *expected*.

    A publication must show its headline, and none of the paragraphs that the delivery replaced; whatever else a
    template leaves out is its own affair. What was taken off must show neither headline nor text at that address.
    """
    if fetched.problem:
        return _silent(fetched.problem)
    if expected.operation is not Operation.PUBLISH:
        return _judge_gone(expected, fetched)
    if fetched.status in _GONE:
        return _stale(_("Страницы нет: сайт отвечает {status}.").format(status=fetched.status))
    if fetched.status >= 400:
        return _silent(_("сайт отвечает {status}").format(status=fetched.status))
    page = _read(fetched.text)
    content, before = expected.content, expected.before
    if former := _former(page, content, before):
        return _stale(_("Страница показывает прежнее: «{text}».").format(text=_short(former)))
    if letters(content.headline) in page.letters:
        return _CHECKED
    if page.headings:
        return _stale(
            _("На странице нет доставленного заголовка; она называется «{text}».").format(text=_short(page.headings[0]))
        )
    return _stale(_("На странице нет доставленного заголовка."))


def letters(text: str) -> str:
    """Nothing but letters and digits, so that quotes, dashes, spaces and markup of any kind make no difference."""
    composed = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _NO_LETTERS.sub("", composed)


def _judge_gone(expected: ExpectedPage, fetched: Fetched) -> PageSeen:
    if fetched.status in _GONE:
        return _CHECKED
    if fetched.status >= 400:
        return _silent(_("сайт отвечает {status}").format(status=fetched.status))
    page = _read(fetched.text)
    headline = letters(expected.content.headline)
    named = bool(headline) and any(headline in letters(heading) for heading in page.headings)
    if named or any(letters(piece) in page.letters for piece in _telling(expected.content)):
        return _stale(_("Статья снята, но страница ещё показывает её."))
    return _CHECKED


@dataclass(frozen=True, slots=True)
class _Page:
    #: Title, the heading of the first rank, and what is told to social networks.
    headings: tuple[str, ...]
    #: `letters` of headings and text.
    letters: str


class _Reader(HTMLParser):
    """Collects what a reader sees of a page, and its headings."""

    _UNSEEN = frozenset({"script", "style", "template", "noscript"})
    _NAMING = frozenset({"h1", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.headings: list[list[str]] = []
        self._unseen = 0
        self._naming = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in self._UNSEEN:
            self._unseen += 1
        elif tag in self._NAMING:
            self._naming = tag
            self.headings.append([])
        elif tag == "meta":
            told = dict(attributes)
            if told.get("property") == "og:title" and told.get("content"):
                self.headings.append([str(told["content"])])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag == self._naming:
            self._naming = ""

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self.parts.append(data)
        if self._naming:
            self.headings[-1].append(data)


def _read(html: str) -> _Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    headings = tuple(" ".join("".join(parts).split()) for parts in reader.headings)
    told = "".join(letters(heading) for heading in headings)
    return _Page(tuple(filter(None, headings)), told + letters("".join(reader.parts)))


def _former(page: _Page, content: Content, before: Content | None) -> str:
    """A piece of the text *before* that *content* has replaced and the page still shows; empty where there is none."""
    if before is None:
        return ""
    old, new = letters(before.headline), letters(content.headline)
    named = any(old in letters(heading) for heading in page.headings)
    if old and old != new and named and (new in old or new not in page.letters):
        return before.headline
    now = letters("".join((content.headline, content.lead, plain_text(parse(content.body)), content.note)))
    for piece in _telling(before):
        told = letters(piece)
        if told not in now and told in page.letters:
            return piece
    return ""


def _telling(content: Content) -> list[str]:
    """The lead and the paragraphs that are long enough to be known by."""
    pieces = [content.lead, *plain_text(parse(content.body)).split("\n")]
    return [piece for piece in pieces if len(letters(piece)) >= _TELLING]


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _QUOTED else f"{told[:_QUOTED].rstrip()}…"


_CHECKED: Final = PageSeen(PageState.CHECKED, "")


def _stale(problem: str) -> PageSeen:
    return PageSeen(PageState.STALE, problem)


def _silent(problem: str) -> PageSeen:
    return PageSeen(PageState.SILENT, _("Страница не отвечает: {why}.").format(why=problem))
