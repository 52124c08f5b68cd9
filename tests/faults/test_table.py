"""The table of faults names a test for every row, and every test that it names exists."""

import ast
import re
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_ROWS = {
    int(number): re.findall(r"`(tests/[^`]+)`", rest)
    for number, rest in re.findall(r"^\| (\d+) \|(.*)$", Path(__file__).with_name("README.md").read_text("utf-8"), re.M)
}


def test_every_fault_has_its_row() -> None:
    assert list(_ROWS) == list(range(1, 39))


def test_every_row_names_tests_that_exist() -> None:
    missing = []
    for number, tests in _ROWS.items():
        assert tests, f"row {number} names no test"
        for test in tests:
            file, *path = test.split("::")
            body = ast.parse((_ROOT / file).read_text("utf-8")).body if (_ROOT / file).exists() else []
            for name in path:
                found = next((node for node in body if getattr(node, "name", "") == name), None)
                if not name.startswith(("test_", "Test")) or found is None:
                    missing.append(f"row {number}: {test}")
                    break
                body = getattr(found, "body", [])
    assert missing == []
