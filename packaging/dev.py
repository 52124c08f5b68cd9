"""One command for each developer task; makes the environment that the task needs first.

    python3 packaging/dev.py run [ARGUMENTS]     the program on the sample newsroom; headless where there is no display
    python3 packaging/dev.py test [ARGUMENTS]    the tests; arguments go to pytest
    python3 packaging/dev.py check               formatting, lint, types, contracts between the rooms
    python3 packaging/dev.py bench [ARGUMENTS]   every benchmark, one after another
    python3 packaging/dev.py screenshots DIR     every main view as PNG
    python3 packaging/dev.py messages            the translations brought up to date with the source
    python3 packaging/dev.py pin                 packaging/constraints.txt renewed with the newest allowed packages

Needs Python 3.11 or newer and its standard library, nothing else: packages go into ``.venv`` of this checkout at the
versions of ``packaging/constraints.txt``. On Debian and Ubuntu missing system packages are installed where that is
allowed (as root, or with sudo that asks no password); otherwise the command to run is printed.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    #: The names that one Debian package has had; the newest first.
    Names = tuple[str, ...]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "newsroom-stamp.json"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
OLDEST_PYTHON = (3, 11)
WINDOWS = sys.platform == "win32"
PROGRAMS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = PROGRAMS / ("python.exe" if WINDOWS else "python")

#: Shared libraries without which PySide6 cannot be imported, and the Debian or Ubuntu package of each.
QT_LIBRARIES = {
    "libGL.so.1": ("libgl1",),
    "libEGL.so.1": ("libegl1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libbrotlidec.so.1": ("libbrotli1",),
}
#: What a window on an X server needs besides.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
}
#: Programs that some tests drive; without them those tests are skipped.
TEST_PROGRAMS = {
    "Xvfb": ("xvfb",),
    "strace": ("strace",),
    "chromium": ("chromium",),
    "chromedriver": ("chromium-driver",),
}
#: Each holds a window, and connections to servers that take a hundred or so.
MOST_TEST_PROCESSES = 8
#: Files that some tests need, likewise. A web server comes with them, which nobody wants to find on a desk unasked:
#: they are installed only for root itself, as in a container, and in continuous integration.
TEST_FILES = {
    "/usr/bin/php": ("php-cli",),
    "/usr/share/wordpress/wp-load.php": ("wordpress",),
    "/usr/share/wordpress/wp-content/themes/twentytwentythree": ("wordpress-theme-twentytwentythree",),
}
#: The beginnings of font files: the font that the window is designed with, and common ones that show Cyrillic too.
WINDOW_FONT = "Inter"
OTHER_FONTS = ("DejaVuSans", "NotoSans", "LiberationSans", "Ubuntu", "Cantarell")
FONT_PACKAGES = (("fonts-inter",), ("fonts-dejavu-core",))


class Stop(Exception):
    """The task cannot be done; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    """Do the task that *arguments* name and return its exit code."""
    if not arguments or arguments[0] not in TASKS:
        print(__doc__)
        return 0 if arguments and arguments[0] in ("-h", "--help", "help") else 2
    try:
        return TASKS[arguments[0]](arguments[1:])
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """The sample newsroom: in a window, or, without a display, as a journey that ends by itself."""
    display = has_display()
    prepare(qt=True, window=display and sys.platform.startswith("linux"))
    headless = [] if display or "--headless" in arguments else ["--headless"]
    return call(PYTHON, "-P", "-m", "newsroom.demo", *headless, *arguments, folder=Path.cwd())


def test(arguments: list[str]) -> int:
    """The tests. Under CI nothing that needs a server or a browser may be skipped.

    All of them run side by side; chosen ones one after another, which a debugger and the eye prefer.
    """
    prepare(qt=True, tests=True)
    strict = {"NEWSROOM_NO_SKIPS": "1"} if under_ci() else {}
    if not arguments:
        # One more than there are cores: much of their time tests wait for servers. A file stays in one process, which
        # makes what its tests share once.
        processes = min((os.cpu_count() or 1) + 1, MOST_TEST_PROCESSES)
        arguments = ["--numprocesses", str(processes), "--dist", "loadfile"]
    return call(PYTHON, "-m", "pytest", *arguments, variables=strict)


def under_ci() -> bool:
    """Whether this is continuous integration."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def check(_arguments: list[str]) -> int:
    """Every check, each with one line of outcome and, where it fails, its own words."""
    prepare()
    worst = 0
    for name, command in {
        "format": ["ruff", "format", "--check", "."],
        "lint": ["ruff", "check", "."],
        "types": ["mypy"],
        "contracts": ["lint-imports"],
    }.items():
        begin = time.monotonic()
        done = subprocess.run(
            [PROGRAMS / command[0], *command[1:]],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            worst = 1
            print(done.stdout.rstrip())
        outcome = "FAILED" if done.returncode else "ok"
        print(f"{name:<10} {outcome:<7} {time.monotonic() - begin:5.1f} s   {' '.join(command)}", flush=True)
    return worst


def bench(arguments: list[str]) -> int:
    """Every benchmark in the order of its name; one that fails does not stop the rest."""
    prepare(qt=True)
    worst = 0
    for file in sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py")):
        print(f"== {file.stem}", flush=True)
        worst = max(worst, call(PYTHON, "-m", f"tests.benchmarks.{file.stem}", *arguments))
    return worst


def screenshots(arguments: list[str]) -> int:
    """Every main view as PNG in the folder that is named first."""
    if not arguments or arguments[0].startswith("-"):
        raise Stop("Name the folder for the pictures: python3 packaging/dev.py screenshots DIR")
    prepare(qt=True)
    folder = Path(arguments[0]).expanduser().absolute()
    return call(PYTHON, "-m", "ui.screenshots", str(folder), *arguments[1:])


def messages(arguments: list[str]) -> int:
    """The catalogues of translations, brought up to date and compiled."""
    prepare()
    return call(PYTHON, ROOT / "packaging" / "messages.py", *arguments)


def pin(_arguments: list[str]) -> int:
    """The newest packages that pyproject.toml allows, tried in a new environment and written down."""
    make_environment(constrained=False)
    frozen = subprocess.run(
        [PYTHON, "-m", "pip", "freeze", "--exclude-editable", "--all"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.splitlines()
    # Lines with a marker are for other systems and other Pythons than this one; they are renewed by hand.
    kept = [line for line in CONSTRAINTS.read_text("utf-8").splitlines() if line.startswith("#") or ";" in line]
    known = {name_of(line) for line in [*kept, "pip"]}
    new = [line for line in frozen if "==" in line and name_of(line) not in known]
    lines = sorted([*kept, *new], key=lambda line: (not line.startswith("#"), name_of(line)))
    CONSTRAINTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_stamp()
    return 0


def name_of(pin: str) -> str:
    """The package of a line of constraints, spelled as indexes compare it."""
    return pin.partition("==")[0].lower().replace("_", "-").replace(".", "-") if not pin.startswith("#") else ""


TASKS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "screenshots": screenshots,
    "messages": messages,
    "pin": pin,
}


def prepare(*, qt: bool = False, window: bool = False, tests: bool = False) -> None:
    """Make sure of the system packages that are asked for and of a complete ``.venv``.

    *qt*: PySide6 will be imported; *window*: a window will be opened on an X server; *tests*: the programs that tests
    drive are wanted, though not needed.
    """
    linux, current = sys.platform.startswith("linux"), is_current()
    missing: list[Names] = []
    if linux and not current and not has_modules("venv", "ensurepip"):
        # Debian and Ubuntu keep a part of Python's own venv module in a package of its own.
        missing.append((f"python3.{sys.version_info[1]}-venv", "python3-venv"))
    if linux and qt:
        libraries = QT_LIBRARIES | (WINDOW_LIBRARIES if window else {})
        missing += [packages for library, packages in libraries.items() if not loads(library)]
        if not has_font(WINDOW_FONT, *OTHER_FONTS):
            missing += FONT_PACKAGES
    if missing:
        install_needed(missing)
    if linux and qt and not has_font(WINDOW_FONT):
        install_wanted(FONT_PACKAGES[:1])
    if linux and tests:
        wanted = [packages for program, packages in TEST_PROGRAMS.items() if not shutil.which(program)]
        wanted += [packages for library, packages in WINDOW_LIBRARIES.items() if not loads(library)]
        lacking = [packages for file, packages in TEST_FILES.items() if not Path(file).exists()]
        if os.geteuid() == 0 or under_ci():
            wanted += lacking
        elif lacking:
            say("Tests that need " + ", ".join(names[-1] for names in lacking) + " will be skipped.")
        if wanted and not install_wanted(wanted):
            say("Tests that need " + ", ".join(names[-1] for names in wanted) + " will be skipped.")
    if not current:
        make_environment()


# ---- the environment in .venv ---------------------------------------------------------------------------------------


def wanted_stamp() -> dict[str, str]:
    """What the environment must have been made from; ``packages`` may change in place, the rest means a new one."""
    packages = hashlib.sha256()
    for file in (ROOT / "pyproject.toml", CONSTRAINTS):
        packages.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return {
        "python": f"{sys.implementation.cache_tag} {sys.base_prefix}",
        "checkout": str(ROOT),
        "packages": packages.hexdigest(),
    }


def read_stamp() -> dict[str, str]:
    """What the environment was made from; empty where it was never finished or cannot be used."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
        subprocess.run([PYTHON, "-c", ""], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (OSError, ValueError, subprocess.SubprocessError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp() -> None:
    """Remember that the environment is complete."""
    STAMP.write_text(json.dumps(wanted_stamp(), indent=1), encoding="utf-8")


def is_current() -> bool:
    """Whether the environment is complete and made from the present pyproject.toml, constraints and Python."""
    return read_stamp() == wanted_stamp()


def make_environment(*, constrained: bool = True) -> None:
    """Make ``.venv``, or bring it up to date; a half-made one, or one of another Python, is made again.

    Raises `Stop` where it may not be written, where Python lacks its venv module, and where pip fails.
    """
    if not os.access(ROOT, os.W_OK):
        raise Stop(
            f"This user may not write to {ROOT}, where .venv belongs.\n"
            "Use a copy of your own (git clone), or have the owner run the same command first."
        )
    old, wanted = read_stamp(), wanted_stamp()
    reusable = constrained and all(old.get(key) == wanted[key] for key in ("python", "checkout"))
    try:
        if reusable:
            say("Bringing .venv up to date …")
            STAMP.unlink()
        else:
            say(f"Making .venv with Python {sys.version.split()[0]}; the first time takes a minute or two …")
            remove_environment()
            if not has_modules("venv", "ensurepip"):
                raise Stop(f"{sys.executable} cannot make environments: its modules venv and ensurepip are missing.")
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True, env=environment())
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--upgrade"]
        if constrained:
            pip += ["--constraint", str(CONSTRAINTS.relative_to(ROOT))]
        # The build tool first and pinned, so that building the project needs no second download.
        subprocess.run([*pip, "setuptools"], cwd=ROOT, check=True, env=environment())
        subprocess.run([*pip, "--no-build-isolation", "--editable", ".[dev]"], cwd=ROOT, check=True, env=environment())
    except OSError as error:
        raise Stop(f"Cannot write {VENV}: {error.strerror or error}") from error
    except subprocess.CalledProcessError as error:
        raise Stop(
            "The packages could not be installed; what pip said is above. Nothing outside .venv was changed.\n"
            "Once the cause is mended (network, disk space), run the same command again."
        ) from error
    if constrained:
        write_stamp()


def remove_environment() -> None:
    """Remove ``.venv``, whatever is left of it."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)


def has_modules(*names: str) -> bool:
    """Whether this Python has the modules, asked of a new process: they may just have been installed."""
    command = [sys.executable, "-c", f"import {', '.join(names)}"]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


# ---- system packages ------------------------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Whether the system's loader finds the shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(*beginnings: str) -> bool:
    """Whether a font file that begins so is installed where fontconfig looks."""
    places = ["/usr/share/fonts", "/usr/local/share/fonts", Path.home() / ".local/share/fonts", Path.home() / ".fonts"]
    return any(name.startswith(beginnings) for place in places for _, _, names in os.walk(place) for name in names)


def has_display() -> bool:
    """Whether a window can be opened here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def install_needed(packages: Sequence[Names]) -> None:
    """Install Debian packages without which the task fails; `Stop` with the command for a person where that may not be.

    A system without apt is told what it lacks, and the task goes on.
    """
    if not shutil.which("apt-get"):
        names = ", ".join(alternatives[-1] for alternatives in packages)
        say(f"This system seems to lack what Debian calls {names}. Trying without.")
        return
    prefix = root_prefix()
    if prefix is None:
        raise Stop(f"System packages are missing. Install them and run this again:\n\n    {by_hand(packages)}\n")
    if not all(map(available, packages)):
        apt(prefix, "update")
    # Where the lists name versions that the archive no longer holds, the first attempt fails and the second does not.
    if not (
        install(prefix, choose_names(packages)) or (apt(prefix, "update") and install(prefix, choose_names(packages)))
    ):
        raise Stop(f"apt-get failed; its words are above. By hand:\n\n    {by_hand(packages)}\n")


def install_wanted(packages: Sequence[Names]) -> bool:
    """Install what the task can do without, where that is allowed; whether everything is there now."""
    prefix = root_prefix() if shutil.which("apt-get") else None
    if prefix is None:
        return False
    if not any(Path("/var/lib/apt/lists").glob("*Packages*")):
        apt(prefix, "update")
    # Ubuntu has no chromium outside snaps, for one: what apt does not know is left out.
    known = [names for names in packages if available(names)]
    return (not known or install(prefix, choose_names(known))) and len(known) == len(packages)


def install(prefix: list[str], names: list[str]) -> bool:
    """Install Debian packages by name; whether it went well."""
    return apt(prefix, "install", "--yes", "--no-install-recommends", *names)


def by_hand(packages: Sequence[Names]) -> str:
    """The command that a person may run."""
    return f"sudo apt-get update && sudo apt-get install {' '.join(choose_names(packages))}"


def root_prefix() -> list[str] | None:
    """What to put before a command so that it runs as root without asking anything; None where that is impossible."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def apt(prefix: list[str], *arguments: str) -> bool:
    """Run apt-get as root, asking nothing; whether it went well."""
    say(f"apt-get {' '.join(arguments)}")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    return (
        subprocess.run(
            [*command, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        ).returncode
        == 0
    )


def available(names: Names) -> bool:
    """Whether apt's present lists know the package by one of its names."""
    return any(map(has_candidate, names))


def choose_names(packages: Sequence[Names]) -> list[str]:
    """The name of each package in this release; one that apt does not know keeps its oldest, best-known name."""
    return [next(filter(has_candidate, names), names[-1]) for names in packages]


def has_candidate(name: str) -> bool:
    """Whether apt could install *name*."""
    policy = subprocess.run(
        ["apt-cache", "policy", name],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment({"LC_ALL": "C"}),
        check=False,
    ).stdout
    return "Candidate:" in policy and "Candidate: (none)" not in policy


# ---- processes ------------------------------------------------------------------------------------------------------


def environment(variables: dict[str, str] | None = None) -> dict[str, str]:
    """The variables of a child process: ours, without what would make it use another Python's packages."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return kept | (variables or {})


def call(*command: str | Path, folder: Path = ROOT, variables: dict[str, str] | None = None) -> int:
    """Run a program to its end and return its exit code."""
    sys.stdout.flush()
    return subprocess.call(command, cwd=folder, env=environment(variables))


def say(text: str) -> None:
    """Tell the person what goes on, apart from the output of the task itself."""
    print(text, file=sys.stderr, flush=True)


def newer_python() -> str | None:
    """Another Python on this machine that is new enough."""
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    return None


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.version_info < OLDEST_PYTHON:
        other = newer_python()
        if other is None:
            sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        sys.exit(subprocess.call([other, __file__, *sys.argv[1:]]))
    sys.exit(main(sys.argv[1:]))
