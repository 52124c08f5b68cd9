"""The sample newsroom with its site, shown in the window or as a journey that ends by itself."""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import platformdirs

from newsroom.app import Newsroom, open_newsroom
from newsroom.demo.sample import SITE, build_sample, is_sample, is_whole_sample, remove_sample, sample_built_at
from newsroom.desk.house import save_site
from newsroom.desk.reading import read_settings
from newsroom.domain.errors import EnvironmentFault, InvalidInput, NewsroomError
from newsroom.domain.queue import SiteConfig
from newsroom.domain.states import QueueState
from newsroom.publishing.publisher import Outcome
from newsroom.reference_site.serve import BackgroundServer
from newsroom.settings import FILE
from newsroom.words import _, argparse_in_our_language, n_, system_words

#: Where the sample's site is served when nobody else is there, so that its addresses stay the same from run to run.
_PORT = 8733
#: Age from which a sample that is opened again says that its feed is an old one.
_FRESH_FOR = timedelta(hours=20)
#: Seconds for one page of the site, and for all the screenshots.
_PAGE_SECONDS = 20
_PICTURES_SECONDS = 240


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sample as *arguments* ask, and return the exit code: 0, 1 with the reason told, or 2 for wrong use."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding shows a question mark where it lacks a letter, instead of ending the program.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = _options(arguments)
    try:
        return _headless(options) if options.headless else _windowed(options)
    except NewsroomError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        print(_("Образец не открыт: {words}{place}.").format(words=system_words(error), place=place), file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    with argparse_in_our_language():
        return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="newsroom demo", description=_("Образец редакции с сайтом."))
    parser.add_argument("--home", type=Path, help=_("папка образца; без неё — в кэше этого пользователя"))
    parser.add_argument("--fresh", action="store_true", help=_("собрать образец заново"))
    parser.add_argument("--headless", action="store_true", help=_("без окна: опубликовать, показать и закончить"))
    return parser


def publish_due(home: Path, *, fresh: bool = False) -> list[Outcome]:
    """Publish what is due in the sample in *home*, tell it in a table, and fetch a page of the site to prove it.

    Raises `EnvironmentFault` where the page does not show what went out.
    """
    with _open(home, fresh=fresh) as (newsroom, server):
        publisher = newsroom.publisher()
        try:
            outcomes = publisher.run_once()
        finally:
            publisher.close()
        _tell_outcomes(outcomes, newsroom)
        _prove(outcomes, server.address)
    return outcomes


def _headless(options: argparse.Namespace) -> int:
    """Publish what is due, show what readers now see, keep pictures of the window."""
    with _home(options) as home:
        publish_due(home, fresh=options.fresh)
        _take_pictures(home)
        if not options.home:
            print(_("Готово: образец убран, его сайт закрыт. Оставит образец ключ --home ПАПКА."))
    return 0


def _windowed(options: argparse.Namespace) -> int:
    """Serve the site and show the window until it is closed."""
    home = options.home or _default_home()
    with _open(home, fresh=options.fresh) as (newsroom, _server):
        print(_("Войти можно так:"))
        for person in newsroom.people():
            print(f"  {person.login:<12} {person.role.words:<18} {person.name}")
        sys.stdout.flush()
        window = _command("ui", "--home", str(home), "--as", "editor")
        return subprocess.run(window, check=False, env=_environment()).returncode  # noqa: S603 -- our own window


@contextmanager
def _home(options: argparse.Namespace) -> Iterator[Path]:
    """The chosen folder, or one for this run alone: then there is always something due in it."""
    if options.home:
        yield options.home
        return
    # The log of the newsroom stays open until the process ends, which some systems do not forgive.
    with tempfile.TemporaryDirectory(prefix="newsroom-sample-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "sample"


def _default_home() -> Path:
    return platformdirs.user_cache_path("newsroom", appauthor=False) / "sample"


@contextmanager
def _open(home: Path, *, fresh: bool) -> Iterator[tuple[Newsroom, BackgroundServer]]:
    """The sample in *home*, built where there is none, and its site behind a server."""
    if (home / FILE).exists() and not is_sample(home):
        raise InvalidInput(_("В папке {home} не образец, а настоящая редакция: выберите другую.").format(home=home))
    if fresh:
        remove_sample(home)
    print(_("Открываю образец редакции…") if is_whole_sample(home) else _("Собираю образец редакции…"), flush=True)
    if is_whole_sample(home) and (built := sample_built_at(home)) < datetime.now(UTC) - _FRESH_FOR:
        # What somebody wrote in it is theirs: it is not replaced unasked.
        print(
            _("Он собран {date}, и лента в нём — того дня. Сегодняшний соберёт --fresh.").format(
                date=f"{built.astimezone():%d.%m.%Y}"
            )
        )
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    newsroom = open_newsroom(home) if is_whole_sample(home) else build_sample(home, public_url=address)
    try:
        chief = newsroom.sign_in("chief")
        save_site(chief, SiteConfig(SITE, "standard", address))
        house = read_settings(chief).house
        server = BackgroundServer(newsroom.site_address(SITE), port=port, name=house.name, zone=house.zone)
        with server:
            print(_("Редакция: {home}").format(home=home))
            print(_("Сайт образца: {address}").format(address=server.address))
            yield newsroom, server
    finally:
        newsroom.close()


def _free_port() -> int:
    for port in (_PORT, 0):
        with socket.socket() as trial:
            if os.name == "posix":
                # A connection of the last run may still be fading; elsewhere the option would mean taking a port away.
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            number: int = trial.getsockname()[1]
            return number
    raise EnvironmentFault(_("На этой машине нет свободного порта для сайта образца."))


def _tell_outcomes(outcomes: Sequence[Outcome], newsroom: Newsroom) -> None:
    """A table of what went out, each with its address, and in words what did not."""
    if not outcomes:
        print(_("К этому часу выходить нечему: всё уже на сайте. Новый образец соберёт --fresh."))
        return
    tz = read_settings(newsroom.sign_in("chief")).house.tz
    gone, failed = [o for o in outcomes if not o.problem], [o for o in outcomes if o.problem]
    print()
    print(n_("Вышла {n} статья:", "Вышло статей: {n}", len(gone)))
    for outcome in gone:
        print(f"  {outcome.due_at.astimezone(tz):%H:%M}  {outcome.state.words:<20}  {outcome.headline}")
        print(f"         {outcome.url}")
    for outcome in failed:
        print(_("Не вышла: {headline}. {problem}").format(headline=outcome.headline, problem=outcome.problem))
    print()


def _prove(outcomes: Sequence[Outcome], address: str) -> None:
    """Fetch a page as a reader would. Raises `EnvironmentFault` where it does not show the headline."""
    shown = next((outcome for outcome in outcomes if outcome.state is QueueState.VERIFIED), None)
    url, wanted = (shown.url, shown.headline) if shown else (f"{address}/", "")
    try:
        with urllib.request.urlopen(url, timeout=_PAGE_SECONDS) as answer:  # noqa: S310 -- our own loopback address
            page = unescape(answer.read().decode("utf-8"))
    except urllib.error.URLError as error:
        raise EnvironmentFault(_("Страница {url} не открылась: {words}.").format(url=url, words=error)) from error
    if wanted not in page:
        raise EnvironmentFault(_("На странице {url} нет заголовка «{headline}».").format(url=url, headline=wanted))
    print(_("Страница открыта: {url}").format(url=url))
    if wanted:
        print(_("На ней заголовок: «{headline}»").format(headline=wanted))


def _take_pictures(home: Path) -> None:
    """Pictures of the window's views on the newsroom in *home*, made by the window itself in a process of its own."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-screenshots-"))
    print(_("Снимаю главные виды окна…"), flush=True)
    try:
        done = subprocess.run(  # noqa: S603 -- our own window
            _command("ui.screenshots", str(folder), "--quick", "--home", str(home)),
            check=False,
            env=_environment(),
            timeout=_PICTURES_SECONDS,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        raise EnvironmentFault(_("Снимки окна не готовы за {n} секунд.").format(n=_PICTURES_SECONDS)) from None
    pictures = sorted(folder.rglob("*.png"))
    if done.returncode or not pictures:
        words = (done.stderr or done.stdout).strip().splitlines()[-1:] or [str(done.returncode)]
        raise EnvironmentFault(_("Снимки окна не получились: {words}").format(words=words[0]))
    print(_("Снимки окна ({n}): {folder}").format(n=len(pictures), folder=folder))
    for picture in pictures:
        print(f"  {picture.relative_to(folder)}")


def _command(module: str, *arguments: str) -> list[str]:
    # -P: whatever lies in the folder where somebody happens to stand is not taken for our modules.
    return [sys.executable, "-P", "-m", module, *arguments]


def _environment() -> dict[str, str]:
    """The child finds the same program as this process, installed or not."""
    places = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places)), "PYTHONIOENCODING": "utf-8"}
