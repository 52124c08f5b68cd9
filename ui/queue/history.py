"""The record's short English keys in words."""

from newsroom.words import _, later

_WORDS = {
    "create": later("Статья создана"),
    "save": later("Текст сохранён"),
    "adopt": later("Перенесена с сайта"),
    "merge": later("Слита с правкой на сайте"),
    "plan": later("Назначен план выхода"),
    "submit": later("Отправлена на проверку"),
    "return": later("Возвращена на доработку"),
    "approve": later("Одобрена"),
    "queue": later("Поставлена в очередь"),
    "schedule": later("Назначено время"),
    "publish": later("Велено выпустить сейчас"),
    "hold": later("Придержана"),
    "retry": later("Велено повторить доставку"),
    "withdraw": later("Велено снять с сайта"),
    "undo": later("Велено отменить доставку"),
    "replay": later("Отправляется заново: сайт восстановлен из копии"),
    "accept": later("Принято то, что стоит на сайте"),
    "given-back": later("Публикатор остановлен до доставки"),
    "kill": later("Аннулирована"),
    "delivering": later("Доставка началась"),
    "delivered": later("Доставлена на сайт"),
    "verified": later("Прочитана с сайта и сверена"),
    "retrying": later("Доставка сорвалась и будет повторена"),
    "needs-person": later("Доставка остановлена: нужен человек"),
    "superseded": later("Заменена более новой"),
    "cancelled": later("Снята с очереди"),
    "reported": later("Читатель сообщил об опечатке"),
    "close-report": later("Сообщение об опечатке закрыто"),
    "reopen-report": later("Сообщение об опечатке открыто снова"),
}


def words_of(what: str) -> str:
    """What happened, for `newsroom.domain.changes.Activity.what`; an unknown key is shown as it is."""
    known = _WORDS.get(what.replace("_", "-"))
    return _(known) if known else what
