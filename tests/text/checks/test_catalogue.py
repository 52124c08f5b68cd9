"""Every check that can tell something is explained in the help, as grave as it is."""

import ast
from pathlib import Path

import pytest

import newsroom.text.checks
from newsroom.domain import blockers
from newsroom.domain.findings import Severity
from newsroom.domain.style import SWITCHES
from newsroom.text import marks
from newsroom.text.checks import spelling
from newsroom.text.checks.catalogue import STYLE, explain, subjects

FILES = [
    *Path(newsroom.text.checks.__file__).parent.glob("*.py"),
    Path(marks.__file__),
    Path(blockers.__file__),
]
#: How checks make a finding; what `block` and `remark` make has always the same severity.
MAKERS = {"finding": None, "Finding": None, "block": Severity.ERROR, "remark": Severity.WARNING}


def told() -> dict[str, set[Severity | None]]:
    """The codes in the source, with what severities stand beside them; None where it is not written there."""
    found: dict[str, set[Severity | None]] = {}
    for file in FILES:
        for call in (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)):
            maker = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            codes = [one.value for one in call.args[:3] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if maker in MAKERS and codes:
                grave = [name for name in map(ast.unparse, call.args) if name.startswith("Severity.")]
                severity = Severity[grave[0].removeprefix("Severity.")] if grave else MAKERS[maker]
                found.setdefault(codes[0], set()).add(severity)
    return found


def explained() -> dict[str, Severity | None]:
    return {check.code: check.severity for _title, checks in subjects() for check in checks}


def test_every_check_is_explained_and_nothing_else():
    spelt = {f"spelling-{kind}" for kind in spelling._MESSAGES}
    assert len(told()) > 40
    styled = {STYLE + switch for switch in SWITCHES}
    assert set(explained()) == set(told()) | spelt | styled | {"rule:"}


@pytest.mark.parametrize(
    ("code", "severities"), told().items(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_explanation_is_as_grave_as_the_check(code, severities):
    assert explained()[code] in severities


def test_each_explanation_says_something_of_its_own():
    every = [check for _title, checks in subjects() for check in checks]
    assert len({check.code for check in every}) == len({check.title for check in every}) == len(every)
    assert all(check.about and check.source for check in every)


def test_rules_of_the_house_share_an_explanation():
    assert explain("rule:тикток") == explain("rule:")
    assert explain("no-such-check") is None
