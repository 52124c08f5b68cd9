"""People come, go and change roles; the last chief stays."""

import pytest

from newsroom.desk import reading
from newsroom.desk.people import add_person, change_person
from newsroom.desk.writing import create_article
from newsroom.domain.errors import Forbidden, InvalidInput, NotFound, NotNow
from newsroom.domain.people import Role
from tests.newsrooms import GOOD, Desks


def test_a_new_colleague_can_sign_in_and_write(desks: Desks) -> None:
    add_person(desks.chief, "anna", "Анна Ким", Role.EDITOR)
    article = create_article(desks.newsroom.sign_in("anna"), GOOD).value
    assert reading.read_article(desks.chief, article).updated_by == "Анна Ким"


@pytest.mark.parametrize(("login", "name"), [("editor", "Второй"), ("Анна", "Анна"), ("", "Анна"), ("anna", " ")])
def test_a_bad_login_or_name_is_refused(desks: Desks, login: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        add_person(desks.chief, login, name, Role.EDITOR)
    assert len(reading.read_settings(desks.chief).people) == 3


def test_a_role_taken_away_counts_at_once(desks: Desks) -> None:
    add_person(desks.chief, "second", "Второй главный", Role.CHIEF)
    change_person(desks.newsroom.sign_in("second"), "chief", role=Role.EDITOR)
    with pytest.raises(Forbidden):
        add_person(desks.chief, "third", "Третий", Role.CHIEF)


def test_somebody_switched_off_cannot_sign_in(desks: Desks) -> None:
    change_person(desks.chief, "editor", active=False)
    with pytest.raises(NotFound):
        desks.newsroom.sign_in("editor")
    with pytest.raises(Forbidden):
        create_article(desks.editor, GOOD)


def test_the_last_chief_cannot_be_lost(desks: Desks) -> None:
    for change in ({"active": False}, {"role": Role.EDITOR}):
        with pytest.raises(NotNow):
            change_person(desks.chief, "chief", **change)  # type: ignore[arg-type]
    assert desks.newsroom.sign_in("chief").person.role is Role.CHIEF
