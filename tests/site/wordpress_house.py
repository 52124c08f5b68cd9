"""A real WordPress for tests: Debian's package, installed by its own installer into MariaDB, served by PHP on loopback.

One copy of its files, one database and one server for the whole session; every test finds them as the installer left
them, and an account with row rights only.
"""

import json
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from tests.databases import MariaDB
from tests.patience import PATIENCE

SOURCE = Path("/usr/share/wordpress")
THEME = "twentytwentythree"

_CONFIG = """<?php
$instance = json_decode(file_get_contents(__DIR__ . '/instance.json'), true);
foreach ($instance['constants'] as $name => $value) define($name, $value);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $use) {
    define($use . '_KEY', 'test');
    define($use . '_SALT', 'test');
}
define('DB_CHARSET', 'utf8mb4');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEFAULT_THEME', 'THEME');
$table_prefix = $instance['prefix'];
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
""".replace("THEME", THEME)

_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (!str_ends_with($path, '.php') && is_file(__DIR__ . urldecode($path))) return false;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require __DIR__ . '/index.php';
"""

#: Run by WordPress itself, once: rubrics, accounts and options as a newsroom's site has them.
_INSTALL = """<?php
define('WP_INSTALLING', true);
function wp_mail() { return true; }
$_SERVER += ['HTTP_HOST' => $argv[1], 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Вести', 'admin', 'admin@example.invalid', true, '', 'password');
update_option('siteurl', 'http://' . $argv[1]);
update_option('home', 'http://' . $argv[1]);
update_option('timezone_string', 'Asia/Vladivostok');
update_option('date_format', 'd.m.Y H:i');
$city = wp_insert_term('Город', 'category', ['slug' => 'city']);
wp_insert_term('Общество', 'category', ['slug' => 'society', 'parent' => $city['term_id']]);
wp_insert_term('Спорт', 'category', ['slug' => 'sport']);
wp_insert_user(['user_login' => 'desk', 'user_pass' => 'x', 'display_name' => 'Редакция', 'role' => 'editor']);
"""

#: Run by WordPress itself for one test: the PHP given, with the site loaded.
_RUN = """<?php
$_SERVER += ['HTTP_HOST' => $argv[1], 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require __DIR__ . '/wp-load.php';
wp_set_current_user(1);
eval($argv[2]);
"""


def absent() -> str:
    """Why no WordPress can be had here; empty where it can."""
    if not (SOURCE / "wp-load.php").is_file():
        return "no WordPress: apt-get install wordpress wordpress-theme-twentytwentythree"
    if not shutil.which("php"):
        return "no WordPress: apt-get install php-cli php-mysql"
    loaded = subprocess.run(["php", "-m"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    return "" if "mysqli" in loaded else "no WordPress: apt-get install php-mysql"


class Page(NamedTuple):
    status: int
    text: str
    #: Where redirects led to.
    url: str


class WordPress:
    """One installation as one test sees it.

    Attributes:
        home: its address for readers, without a slash at the end.
        url: address of its database for an account that may read and write rows, and nothing else.
        owner_url: address of its database for its owner.
        uploads: the folder of its uploads.
    """

    def __init__(self, folder: Path, home: str, url: str, owner_url: str) -> None:
        self.home, self.url, self.owner_url = home, url, owner_url
        self.uploads = folder / "wp-content" / "uploads"
        self._folder = folder

    def get(self, path: str) -> Page:
        """What a reader gets at *path*, after redirects."""
        try:
            with urllib.request.urlopen(self.home + path, timeout=30) as answer:
                return Page(answer.status, answer.read().decode(errors="replace"), answer.url)
        except urllib.error.HTTPError as error:
            with error:
                return Page(error.code, error.read().decode(errors="replace"), error.url or "")

    def json(self, route: str) -> Any:
        """What REST answers, whatever the form of addresses."""
        path, _question, query = route.partition("?")
        return json.loads(self.get(f"/?rest_route={path}&{query}").text)

    def run(self, code: str) -> str:
        """Run PHP inside WordPress as its administrator; what it printed."""
        return _php(self._folder, "run.php", self.home.removeprefix("http://"), code)

    def permalinks(self, structure: str) -> None:
        """Choose the form of addresses as the settings page does; the next request works out its rules."""
        self.run(f"update_option('permalink_structure', '{structure}'); update_option('rewrite_rules', '');")


def _php(folder: Path, script: str, *arguments: str) -> str:
    done = subprocess.run(
        ["php", "-d", "display_errors=stderr", script, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Workshop:
    """Holds an installation for the session, and puts it back into its first state for every test."""

    def __init__(self, folder: Path, server: MariaDB, prefix: str = "vb_") -> None:
        self._folder, self._server, self._prefix = folder, server, prefix
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._host = f"127.0.0.1:{probe.getsockname()[1]}"
        self._name = f"newsroom_test_{secrets.token_hex(6)}"
        self._first_state = f"{self._name}_first"
        self._account, self._password = self._name[-20:], secrets.token_hex(8)
        self._lay_out()
        with server.turn:
            server._execute(f"CREATE DATABASE `{self._name}` CHARACTER SET utf8mb4")
            _php(folder, "setup.php", self._host)
            self._tables = [row[0] for row in server._execute(f"SHOW TABLES FROM `{self._name}`")]
            self._remember_first_state()
        self._process = subprocess.Popen(
            ["php", "-d", "display_errors=0", "-d", "log_errors=0", "-S", self._host, "router.php"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._await_server()

    @contextmanager
    def installation(self) -> Iterator[WordPress]:
        """The site as it was installed, valid inside the ``with``."""
        owner = self._server.address.set(drivername="mariadb", database=self._name)
        rows_only = owner.set(username=self._account, password=self._password)
        with self._server.turn:
            try:
                yield WordPress(
                    self._folder,
                    f"http://{self._host}",
                    rows_only.render_as_string(hide_password=False),
                    owner.render_as_string(hide_password=False),
                )
            finally:
                self._restore_first_state()
                shutil.rmtree(self._folder / "wp-content" / "uploads")
                (self._folder / "wp-content" / "uploads").mkdir()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        with self._server.turn:
            for name in (self._name, self._first_state):
                self._server._execute(f"DROP DATABASE IF EXISTS `{name}`")
        self._server._execute(f"DROP USER IF EXISTS '{self._account}'@'%'")

    def _remember_first_state(self) -> None:
        with self._connection() as cursor:
            cursor.execute(f"CREATE DATABASE `{self._first_state}` CHARACTER SET utf8mb4")
            for table in self._tables:
                cursor.execute(f"CREATE TABLE `{self._first_state}`.`{table}` LIKE `{self._name}`.`{table}`")
                cursor.execute(f"INSERT INTO `{self._first_state}`.`{table}` SELECT * FROM `{self._name}`.`{table}`")
            cursor.execute(f"CREATE USER '{self._account}'@'%' IDENTIFIED BY '{self._password}'")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON `{self._name}`.* TO '{self._account}'@'%'")

    def _restore_first_state(self) -> None:
        self._server._end_sessions(self._name)
        with self._connection() as cursor:
            cursor.execute("BEGIN")
            for table in self._tables:
                cursor.execute(f"DELETE FROM `{self._name}`.`{table}`")
                cursor.execute(f"INSERT INTO `{self._name}`.`{table}` SELECT * FROM `{self._first_state}`.`{table}`")
            cursor.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        connection = self._server._connect()
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def _lay_out(self) -> None:
        """Scripts at the top are copied, so that they find the configuration beside them; the rest is linked."""
        for source in SOURCE.iterdir():
            if source.suffix == ".php" and not source.name.startswith("wp-config"):
                shutil.copy(source, self._folder)
            elif source.name in ("wp-admin", "wp-includes"):
                (self._folder / source.name).symlink_to(source)
        content = self._folder / "wp-content"
        for name in ("themes", "plugins", "uploads"):
            (content / name).mkdir(parents=True)
        (content / "themes" / THEME).symlink_to(SOURCE / "wp-content" / "themes" / THEME)
        for name, text in (("wp-config", _CONFIG), ("router", _ROUTER), ("setup", _INSTALL), ("run", _RUN)):
            (self._folder / f"{name}.php").write_text(text, encoding="utf-8")
        address = self._server.address
        constants = {
            "DB_NAME": self._name,
            "DB_USER": address.username or "root",
            "DB_PASSWORD": address.password or "",
            "DB_HOST": f"{address.host}:{address.port or 3306}",
        }
        instance = json.dumps({"constants": constants, "prefix": self._prefix})
        (self._folder / "instance.json").write_text(instance, encoding="utf-8")

    def _await_server(self) -> None:
        host, port = self._host.split(":")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
                return
            time.sleep(0.02)
        raise AssertionError("PHP's server has not started")
