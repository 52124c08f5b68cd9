"""Rules of the house as files: what is written comes back equal, and what cannot be read is told line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Severity
from newsroom.domain.rules import HouseRule
from newsroom.text.rule_files import read_rule_file, write_rule_file

_LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20)
_EXAMPLES = st.lists(_LINE.filter(lambda text: text.strip() and "|" not in text), max_size=3).map(tuple)
_TRIMMED = _LINE.map(str.strip)
RULES = st.builds(
    HouseRule,
    name=_TRIMMED.filter(bool),
    pattern=_LINE,
    replacement=st.none() | st.just("") | _LINE,
    message=_TRIMMED,
    finds=_EXAMPLES,
    passes=_EXAMPLES,
    severity=st.sampled_from(Severity),
    is_expression=st.booleans(),
    case=st.booleans(),
    whole_word=st.booleans(),
    source=_TRIMMED,
)


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
@given(rules=st.lists(RULES, max_size=4))
def test_what_is_written_is_read_equal(rules: list[HouseRule], suffix: str) -> None:
    assert read_rule_file(write_rule_file(rules, suffix).encode(), suffix) == rules


def test_no_cell_is_a_formula() -> None:
    rule = HouseRule("=1+1", "@SUM(A1)", "-2", "+3", finds=("=HYPERLINK(1)",))
    [_heading, line] = write_rule_file([rule], ".csv").splitlines()
    assert not [cell for cell in line.split(",") if cell[:1] in "=+-@" and cell]


def test_an_example_that_csv_cannot_hold_is_refused_by_name() -> None:
    rule = HouseRule("черта", "а|б", None, "или", finds=("а|б",))
    with pytest.raises(InvalidInput, match="«черта»"):
        write_rule_file([rule], ".csv")
    assert read_rule_file(write_rule_file([rule], ".toml").encode(), ".toml") == [rule]


def test_every_mistake_of_a_file_is_told() -> None:
    text = (
        "name;pattern;does;replacement;severity\n"
        "один;а;replace;;\n"
        "два;б;advise;в;\n"
        "три;г;стирает;;\n"
        "четыре;д;;е;очень\n"
    )
    with pytest.raises(InvalidInput) as refused:
        read_rule_file(text.encode(), ".csv")
    told = str(refused.value)
    for words in ("2: нет замены", "3: замена есть", "4: «стирает» не бывает", "5: «очень» не бывает"):
        assert words in told
