"""The site as a WSGI application: addresses, headers, and the words for what is not there."""

import hashlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from newsroom.domain.errors import EnvironmentFault
from newsroom.domain.house import House
from newsroom.reference_site.calendar import Calendar
from newsroom.reference_site.typos import Mailbox, ReportRefused, TooManyReports, TypoReport
from newsroom.site.standard_pages import Cursor, StandardPages, Status

log = logging.getLogger(__name__)

#: Headlines on one page of the feed, and beside an article.
FEED_LENGTH = 30
LATEST_LENGTH = 8
#: Bytes; the longest honest report is well below.
REPORT_BYTES = 8 * 1024
#: What is served as a picture; anything else in the table is not shown.
PHOTO_TYPES = {"image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"}

_PAGES = "newsroom-pages"

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_WORDS = {
    400: ("Запрос не понят", "Адрес или запрос составлен неверно."),
    403: ("Сюда нельзя", "Этот запрос можно сделать только со страницы сайта."),
    404: ("Такой страницы нет", "Возможно, в адресе ошибка или материал снят с публикации."),
    405: ("Так страницу не открыть", "По этому адресу страница не открывается."),
    410: ("Материал удалён", "Редакция сняла эту публикацию окончательно."),
    413: ("Слишком большой запрос", "Сообщение длиннее, чем сайт может принять."),
    500: ("Что-то сломалось", "Это ошибка сайта, а не ваша. Попробуйте обновить страницу немного позже."),
    503: ("Сайт ненадолго недоступен", "База новостей сейчас не отвечает. Попробуйте обновить страницу через минуту."),
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    database_url: str, *, name: str = "Новости", zone: str = "Europe/Moscow", now: Callable[[], datetime] = _utc_now
) -> Flask:
    """The site over the database at *database_url*, which need not be reachable yet.

    *name* is shown in the masthead, *zone* is an IANA name, *now* gives aware UTC. Raises `InvalidInput` where the
    address cannot be read or there is no such zone.
    """
    calendar = Calendar(House(zone=zone).tz, now)
    pages = StandardPages(database_url)
    resources = files("resources") / "reference_site"
    app = Flask(__name__, static_folder=str(resources / "static"), template_folder=str(resources / "templates"))
    app.extensions[_PAGES] = pages
    app.config["MAX_CONTENT_LENGTH"] = REPORT_BYTES
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    app.jinja_env.filters |= {
        "hour": calendar.hour,
        "full": calendar.full,
        "moment": calendar.moment,
        "hour_or_day": calendar.hour_or_day,
    }

    @app.context_processor
    def masthead() -> dict[str, object]:
        return {"site": {"name": name, "today": calendar.day(now()), "offset": calendar.offset()}}

    _add_pages(app, pages, calendar)
    _add_reports(app, pages, Mailbox(pages, now))
    _add_failures(app)

    @app.after_request
    def guard(response: Response) -> Response:
        for header, value in _HEADERS.items():
            response.headers.setdefault(header, value)
        if response.mimetype == "text/html":
            # A withdrawn article must be gone from the next reader's screen at once.
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return app


def close_app(app: Flask) -> None:
    """Let go of all connections to the database."""
    app.extensions[_PAGES].close()


def _add_pages(app: Flask, pages: StandardPages, calendar: Calendar) -> None:
    def feed_page(rubric_slug: str | None) -> ResponseReturnValue:
        menu = pages.rubrics()
        rubric = next((entry for entry in menu if entry.slug == rubric_slug), None)
        if rubric_slug is not None and rubric is None:
            abort(404)
        text = request.args.get("before", "")
        try:
            below = Cursor.parse(text) if text else None
        except ValueError:
            abort(404)
        headlines = pages.headlines(calendar.now(), FEED_LENGTH + 1, rubric_slug=rubric_slug, below=below)
        shown = headlines[:FEED_LENGTH]
        return render_template(
            "feed.html",
            menu=menu,
            rubric=rubric,
            current_rubric=rubric_slug,
            pinned=() if below else pages.pinned(calendar.now(), rubric_slug),
            days=calendar.by_day(shown),
            next_page=shown[-1].cursor if len(headlines) > FEED_LENGTH else None,
            is_first=below is None,
            here=url_for("rubric", slug=rubric_slug) if rubric_slug else url_for("feed"),
        )

    @app.get("/")
    def feed() -> ResponseReturnValue:
        return feed_page(None)

    @app.get("/rubric/<slug>")
    def rubric(slug: str) -> ResponseReturnValue:
        return feed_page(slug)

    @app.get("/article/<slug>")
    def article(slug: str) -> ResponseReturnValue:
        story = pages.story(slug)
        if story is None or story.status is Status.WITHDRAWN:
            abort(404)
        if story.status is Status.KILLED:
            abort(410)
        return render_template(
            "article.html",
            menu=pages.rubrics(),
            current_rubric=story.rubric.slug,
            article=story,
            # The publisher has sanitised it; the policy above keeps scripts out even if it had not.
            body=Markup(story.body_html),  # noqa: S704
            latest=pages.latest(LATEST_LENGTH, except_uid=story.uid),
        )

    @app.get("/photos/<file_name>")
    def photo(file_name: str) -> ResponseReturnValue:
        found = pages.photo(file_name)
        if found is None or found[0] not in PHOTO_TYPES:
            abort(404)
        mime, data = found
        response = Response(data, mimetype=mime)
        # File names are made from the content, so a file never changes under its name.
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.set_etag(hashlib.sha256(data).hexdigest())
        return response.make_conditional(request)

    script = (files("resources") / "site" / "typo.js").read_bytes()

    @app.get("/typo.js")
    def typo_script() -> ResponseReturnValue:
        response = Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
        response.set_etag(hashlib.sha256(script).hexdigest())
        return response.make_conditional(request)

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        pages.check()
        return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


def _add_reports(app: Flask, pages: StandardPages, mailbox: Mailbox) -> None:
    @app.post("/reports")
    def reports() -> ResponseReturnValue:
        if not _is_from_this_site():
            return _refusal("Сообщить об опечатке можно только со страницы сайта.", 403)
        if request.mimetype != "application/json":
            return _refusal("Сообщение не понято.", 415)
        try:
            report = TypoReport.parse(request.get_json(silent=True))
        except ReportRefused as refused:
            return _refusal(str(refused), 400)
        if not _is_address_here(report.page_url):
            return _refusal("Сообщение пришло с другой страницы.", 400)
        if not pages.is_published(report.article_uid):
            return _refusal("Этой статьи на сайте уже нет.", 404)
        if not report.is_from_robot:
            try:
                mailbox.drop(report, request.remote_addr or "", request.user_agent.string)
            except TooManyReports as enough:
                return _refusal(str(enough), 429, {"Retry-After": str(max(1, round(enough.wait.total_seconds())))})
        return jsonify(accepted=True), 201


def _is_from_this_site() -> bool:
    """Whether a browser says that the request was made by a page of this site."""
    fetch_site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if fetch_site is None and origin is None:
        return False
    return fetch_site in (None, "same-origin") and (origin is None or _is_address_here(origin))


def _is_address_here(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    # Behind a proxy the scheme that the reader sees is not known here; the host is.
    return parts.scheme in ("http", "https") and parts.netloc == request.host


def _refusal(words: str, code: int, headers: dict[str, str] | None = None) -> ResponseReturnValue:
    return jsonify(error=words), code, headers or {}


def _add_failures(app: Flask) -> None:
    def failure(code: int) -> ResponseReturnValue:
        heading, words = _WORDS.get(code, _WORDS[400 if code < 500 else 500])
        if request.path == "/reports":
            return _refusal(words, code)
        return render_template("message.html", code=code, heading=heading, words=words), code

    @app.errorhandler(EnvironmentFault)
    def unavailable(error: EnvironmentFault) -> ResponseReturnValue:
        log.error("%s %s: %s", request.method, request.path, error)
        return failure(503)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        # A redirect (a slash too many) is no failure.
        if error.code is None or error.code < 400:
            return error
        return failure(error.code)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        log.error("%s %s", request.method, request.path, exc_info=error)
        return failure(500)
