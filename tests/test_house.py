"""The plan of the house: which room may import which, and what lies where."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    "pyproject.toml",
    "newsroom",
    "ui",
    "resources",
    "tests",
    "packaging",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
}


def tracked_files() -> list[str]:
    """The files of the repository; skips where this is not a checkout."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).exists()]


def python_files() -> list[Path]:
    return [ROOT / name for name in tracked_files() if name.endswith(".py")]


def imports(file: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in the file it does; not those that only annotations name."""
    rest: list[ast.AST] = [ast.parse(file.read_text("utf-8"))]
    while rest:
        node = rest.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        rest += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_rooms_import_only_what_the_contracts_allow(capsys):
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_the_domain_needs_only_the_standard_library():
    known = sys.stdlib_module_names | {"newsroom.domain", "newsroom.words"}
    for file in (ROOT / "newsroom" / "domain").rglob("*.py"):
        for module in imports(file):
            parts = module.split(".")
            assert parts[0] in known or ".".join(parts[:2]) in known, f"{file.name} imports {module}"


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("PySide6", ("ui",)),
        ("shiboken6", ("ui",)),
        ("qtawesome", ("ui",)),
        ("sqlalchemy", ("newsroom/sql", "newsroom/storage", "newsroom/site")),
        ("alembic", ("newsroom/storage",)),
        ("flask", ("newsroom/reference_site",)),
    ],
)
def test_a_library_stays_in_its_rooms(package, rooms):
    for name in ("newsroom", "ui", "packaging", "resources"):
        for file in (ROOT / name).rglob("*.py"):
            place = file.relative_to(ROOT).as_posix()
            if not place.startswith(tuple(f"{room}/" for room in rooms)):
                assert package not in {module.split(".")[0] for module in imports(file)}, place


def test_the_top_level_holds_only_what_belongs_there():
    top = {name.split("/")[0] for name in tracked_files()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_packaging_is_no_package():
    """``packaging/__init__.py`` would shadow the library of that name, which pip and pytest use."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_every_file_says_what_lives_in_it():
    """Excepted are empty ``__init__.py`` files, and test files, which are named after what they test."""
    silent = []
    for file in python_files():
        text = file.read_text("utf-8")
        if text.strip() and not file.name.startswith("test_") and not ast.get_docstring(ast.parse(text)):
            silent.append(file.relative_to(ROOT).as_posix())
    assert not silent


def test_no_generated_files_are_tracked():
    """Compiled translations are the exception: a checkout must run without compiling anything."""
    generated = (".pyc", ".sqlite", ".log", ".egg-info", ".DS_Store")
    assert not [name for name in tracked_files() if name.endswith(generated) or "__pycache__" in name]


def test_the_window_starts_without_heavy_libraries():
    """They are imported after the first paint; at the top of a module of the window they would delay it."""
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in (ROOT / "ui").rglob("*.py")
        if file.name not in ("__init__.py", "__main__.py")
    ]
    heavy = ("sqlalchemy", "alembic", "PIL", "markdown_it", "nh3", "flask", "keyring", "newsroom.app")
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}:\n"
        "    importlib.import_module(name)\n"
        f"    loaded = [heavy for heavy in {heavy!r} if heavy in sys.modules]\n"
        "    assert not loaded, f'{name} loads {loaded}'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
