"""Rules and protections are passed over where a text lacks the characters that they need: nothing is missed by it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.typography.protection import KINDS, MASK, masked
from newsroom.text.typography.rules import EVERY, LOOSE, TIGHT, Rule
from tests.benchmarks.bench_check import paragraphs

RULES = (*EVERY, TIGHT, LOOSE)
#: What rules and protections look at, put together at random.
SIGNS = st.lists(
    st.sampled_from(
        [
            *'"«»„“()[]{}<>`@#.,:;!?…-–−— \u00a0№§°%+/СМмгтIVXLАяx0159',
            "кто",
            "то",
            "из",
            "за",
            "летний",
            "ый",
            "мая",
            "гг",
            "млн",
            "тыс",
            "ул",
            "вв",
            "ИНН",
            "www",
            "ru",
            "тел",
            "нибудь",
            "кому",
            "под",
        ]
    ),
    max_size=24,
).map("".join)


def met(rule: Rule, text: str) -> bool:
    return rule.needs.are_met(frozenset(text), text.lower())


@given(SIGNS)
def test_a_text_without_what_a_rule_needs_has_no_place_of_it(text: str) -> None:
    for rule in RULES:
        if not met(rule, text):
            assert rule.pattern.search(text) is None, rule.pattern.pattern


@given(SIGNS)
def test_protected_is_what_any_kind_protects(text: str) -> None:
    every = re.compile("|".join(kind for _needs, kind in KINDS), re.IGNORECASE)
    assert masked(text) == every.sub(lambda place: MASK * len(place[0]), text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.pattern.pattern)
def test_in_prose_too(rule) -> None:
    assert not [one for one in paragraphs() if not met(rule, one) and rule.pattern.search(one)]
