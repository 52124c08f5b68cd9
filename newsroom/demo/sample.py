"""Builds the sample newsroom from ``resources/sample``: people, articles in every state, a day's feed on a sample site.

Nothing is faked: articles are imported, submitted, approved and published by the use cases that people call, and the
failed delivery fails because the site really holds a foreign row in its place.
"""

import hashlib
import re
import shutil
import tomllib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from newsroom.app import Newsroom, create_newsroom
from newsroom.desk.exchange import import_article
from newsroom.desk.house import save_site
from newsroom.desk.house_lists import save_marks
from newsroom.desk.people import change_person
from newsroom.desk.pictures import add_photo
from newsroom.desk.reading import read_article, read_settings
from newsroom.desk.review import approve, return_article, submit
from newsroom.desk.scheduling import withdraw
from newsroom.desk.session import Desk
from newsroom.desk.vocabulary import import_words
from newsroom.desk.writing import plan_article, save_article
from newsroom.domain.errors import EnvironmentFault, Unsettled
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.queue import SiteConfig
from newsroom.domain.states import QueueState
from newsroom.site.standard_schema import articles as site_articles
from newsroom.site.standard_schema import rubrics as site_rubrics
from newsroom.site.standard_schema import typo_reports
from newsroom.sql.engine import open_engine, parse_url
from newsroom.text.mark_files import read_mark_file
from newsroom.text.word_files import read_word_file
from newsroom.words import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

SITE = SiteName("main")
_HALF_HOUR = timedelta(minutes=30)
#: Characters of context around a reader's selection, as the site's page sends them.
_AROUND = 60
#: Marks a home as a sample, and says when it was built to its end.
_MARK, _WHOLE = "sample.mark", "whole"
_GONE_OUT = {"live", "live-edited", "withdrawn", "failed"}
_BODY_PHOTO = re.compile(r"\]\((photos/[\w.-]+)")


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One entry of ``sample.toml``, which explains the fields."""

    file: str
    state: str
    at: str = ""
    halves: int = 0
    minutes_ago: int = 0
    login: str = "editor"
    pinned_hours: int = 0
    replace: str = ""
    by: str = ""
    reason: str = ""


def sample_folder() -> Path:
    """Where the sample's texts and photos lie."""
    return Path(str(files("resources"))) / "sample"


def is_sample(home: Path) -> bool:
    """Whether *home* holds a sample, or what an interrupted attempt to build one has left; nothing else may be lost."""
    return (home / _MARK).exists()


def is_whole_sample(home: Path) -> bool:
    """Whether *home* holds a sample that was built to its end."""
    return is_sample(home) and (home / _MARK).read_text(encoding="utf-8") == _WHOLE


def sample_built_at(home: Path) -> datetime:
    """When the sample in *home* was built; its feed is that of the day before that instant."""
    return datetime.fromtimestamp((home / _MARK).stat().st_mtime, UTC)


def remove_sample(home: Path) -> None:
    """Take the sample in *home* away; a folder that holds anything else than a sample is left alone."""
    if is_sample(home):
        shutil.rmtree(home)


def build_sample(home: Path, *, public_url: str = "") -> Newsroom:
    """Make the sample newsroom in *home* and leave it open; *public_url* is where its site will be reached.

    Raises `InvalidInput` where *home* holds a newsroom already, unless that is a sample that was not built to its end.
    """
    if is_sample(home) and not is_whole_sample(home):
        remove_sample(home)
    plan = tomllib.loads((sample_folder() / "sample.toml").read_text(encoding="utf-8"))
    newsroom = create_newsroom(home, house=House(**plan["house"]))
    try:
        (home / _MARK).write_text("", encoding="utf-8")
        chief = newsroom.sign_in("chief")
        for login, name in plan["people"].items():
            change_person(chief, login, name=name)
        save_site(chief, SiteConfig(SITE, "standard", public_url))
        words = read_word_file((sample_folder() / "words.toml").read_bytes(), ".toml")
        marks = read_mark_file((sample_folder() / "marks.toml").read_bytes(), ".toml")
        proofreader = newsroom.sign_in("proofreader")
        import_words(proofreader, words)
        save_marks(proofreader, marks)
        _Builder(newsroom, plan).build()
        (home / _MARK).write_text(_WHOLE, encoding="utf-8")
    except BaseException:
        newsroom.close()
        raise
    return newsroom


class _Builder:
    """Carries the plan of ``sample.toml`` out in *newsroom*, as of the moment it was made."""

    def __init__(self, newsroom: Newsroom, plan: dict[str, Any]) -> None:
        self._newsroom = newsroom
        self._plan = plan
        self._articles = [SampleArticle(**entry) for entry in plan["articles"]]
        self._tz = House(**plan["house"]).tz
        self._now = datetime.now(UTC)
        self._chief = newsroom.sign_in("chief")
        self._ids: dict[str, ArticleId] = {}

    def build(self) -> None:
        published = [entry for entry in self._articles if entry.state in _GONE_OUT]
        for entry in published:
            self._approve(entry, last_time(entry.at, self._now, self._tz))
        self._put_foreign_row_on_site()
        self._publish(expected_failures=sum(entry.state == "failed" for entry in published))
        for entry in published:
            if entry.state == "withdrawn":
                withdraw(self._chief, self._ids[entry.file], entry.reason)
            elif entry.state == "live-edited":
                self._correct(entry)
        self._report_typos()
        self._publish()
        for entry in self._articles:
            if entry.state not in _GONE_OUT:
                self._prepare(entry)

    # Articles

    def _import(self, entry: SampleArticle, date: datetime | None = None) -> ArticleId:
        desk = self._newsroom.sign_in(entry.login)
        article = import_article(desk, sample_folder() / entry.file).value.article
        self._ids[entry.file] = article
        draft = read_article(desk, article)
        content = draft.content.with_(body=_with_photos(desk, draft.content.body), date=date)
        if entry.pinned_hours:
            content = content.with_(pinned_until=self._now + timedelta(hours=entry.pinned_hours))
        save_article(desk, article, content, base_revision=draft.revision)
        return article

    def _approve(self, entry: SampleArticle, due: datetime | None, *, dated: bool = True) -> None:
        article = self._import(entry, due if dated else None)
        submit(self._newsroom.sign_in(entry.login), article)
        try:
            approve(self._chief, article, due=due)
        except Unsettled as error:
            # Some texts show what the check finds; their chief has looked.
            approve(self._chief, article, due=due, warnings_seen=[warning.key for warning in error.warnings])

    def _prepare(self, entry: SampleArticle) -> None:
        """Bring an article that has not gone out into its state."""
        match entry.state:
            case "due":
                self._approve(entry, self._now - timedelta(minutes=entry.minutes_ago), dated=False)
            case "scheduled" | "approved":
                self._approve(entry, self._planned(entry), dated=False)
            case "submitted" | "returned":
                article = self._import(entry)
                desk = self._newsroom.sign_in(entry.login)
                plan_article(desk, article, self._planned(entry))
                submit(desk, article)
                if entry.state == "returned":
                    return_article(self._chief, article, entry.reason)
            case "draft":
                self._import(entry)
            case unknown:
                raise ValueError(f"sample.toml: {entry.file} is in an unknown state {unknown!r}")

    def _planned(self, entry: SampleArticle) -> datetime | None:
        if entry.halves:
            return next_half_hour(entry.halves, self._now)
        return next_time(entry.at, self._now, self._tz) if entry.at else None

    def _correct(self, entry: SampleArticle) -> None:
        """Begin a correction of a live article, not yet submitted."""
        desk = self._newsroom.sign_in(entry.login)
        article = read_article(desk, self._ids[entry.file])
        content = article.content.with_(body=article.content.body.replace(entry.replace, entry.by))
        save_article(desk, article.id, content, base_revision=article.revision, reason=entry.reason)

    # The site

    def _publish(self, expected_failures: int = 0) -> None:
        publisher = self._newsroom.publisher("sample")
        try:
            problems = [outcome.problem for outcome in publisher.run_once() if outcome.state is not QueueState.VERIFIED]
        finally:
            publisher.close()
        if len(problems) != expected_failures:
            raise EnvironmentFault(_("Образец не собран: {problem}").format(problem=" ".join(problems)))

    @contextmanager
    def _site(self) -> Iterator["Connection"]:
        engine = open_engine(parse_url(self._newsroom.site_address(SITE)))
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    def _put_foreign_row_on_site(self) -> None:
        row = self._plan["foreign"]
        published = self._now - timedelta(days=row["days_ago"])
        titles = {rubric.slug: rubric.title for rubric in read_settings(self._chief).rubrics}
        with self._site() as site:
            site.execute(site_rubrics.insert().values(slug=row["rubric"], title=titles[row["rubric"]], position=0))
            site.execute(
                site_articles.insert().values(
                    uid=str(uuid.uuid4()),
                    slug=row["slug"],
                    status="published",
                    headline=row["headline"],
                    lead=row["lead"],
                    body_html=row["body_html"],
                    rubric_slug=row["rubric"],
                    tags="[]",
                    byline="",
                    age="0+",
                    photo_caption="",
                    photo_credit="",
                    photo_alt="",
                    note="",
                    published_at=published,
                    updated_at=published,
                    revision=0,
                )
            )

    def _report_typos(self) -> None:
        """What readers sent from the pages of the site."""
        with self._site() as site:
            for number, report in enumerate(self._plan["reports"]):
                article = read_article(self._chief, self._ids[report["file"]])
                before, after = _around(article.content.body, report["selected"])
                site.execute(
                    typo_reports.insert().values(
                        article_uid=article.uid,
                        page_url=article.live[0].url,
                        before_text=before,
                        selected_text=report["selected"],
                        after_text=after,
                        comment=report["comment"],
                        reporter_hash=hashlib.sha256(f"reader {number}".encode()).hexdigest(),
                        created_at=self._now - timedelta(minutes=report["minutes_ago"]),
                    )
                )


def last_time(at: str, now: datetime, tz: ZoneInfo) -> datetime:
    """The last time that clocks in *tz* showed *at* (``HH:MM``) before *now*.

    Counted from the last full hour, so that two articles of one hour stay together whenever the sample is built.
    """
    local = now.astimezone(tz).replace(minute=0, second=0, microsecond=0)
    then = datetime.combine(local.date(), time.fromisoformat(at), tz)
    if then > local:
        then = datetime.combine(local.date() - timedelta(days=1), time.fromisoformat(at), tz)
    return then.astimezone(UTC)


def next_time(at: str, now: datetime, tz: ZoneInfo) -> datetime:
    """The next time that clocks in *tz* will show *at* (``HH:MM``)."""
    local = now.astimezone(tz)
    then = datetime.combine(local.date(), time.fromisoformat(at), tz)
    if then <= local:
        then = datetime.combine(local.date() + timedelta(days=1), time.fromisoformat(at), tz)
    return then.astimezone(UTC)


def next_half_hour(number: int, now: datetime) -> datetime:
    """The *number*-th full or half hour after *now*."""
    return now - (now - datetime.min.replace(tzinfo=UTC)) % _HALF_HOUR + number * _HALF_HOUR


def _with_photos(desk: Desk, body: str) -> str:
    """*body* with the photos that it names by file brought in and named by their ids."""
    return _BODY_PHOTO.sub(lambda found: f"](photo:{add_photo(desk, sample_folder() / found[1]).value.id}", body)


def _around(body: str, selected: str) -> tuple[str, str]:
    """What stands before and after *selected* in its paragraph, as the site's page sends it."""
    paragraph = next(line for line in body.splitlines() if selected in line)
    before, _selected, after = paragraph.partition(selected)
    return before[-_AROUND:], after[:_AROUND]
