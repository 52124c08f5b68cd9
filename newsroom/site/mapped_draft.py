"""The draft of a description for a strange site: TOML with what was guessed and why, and «?» where a person must know.

Nothing is written to the site, and no value of it gets into the draft but the words of states and rubrics.
"""

import json
from typing import Any

from sqlalchemy import URL, Connection, Table, inspect, text

from newsroom.domain.errors import InvalidInput
from newsroom.site.attempts import faults_in_words
from newsroom.site.mapped_guess import (
    Guess,
    ThingsGuess,
    guess,
    is_draft,
    is_flag,
    is_hidden,
    is_published,
    reflect,
    report_key,
)
from newsroom.site.mapped_layout import facts_of
from newsroom.site.mapping import printable
from newsroom.site.mapping_source import TO_FILL
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief
from newsroom.words import _

_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
    "postgresql": "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE c.relname = :table AND NOT t.tgisinternal",
    "mariadb": "SELECT trigger_name FROM information_schema.triggers "
    "WHERE event_object_schema = DATABASE() AND event_object_table = :table",
}
_MAY_CREATE = text("SELECT has_schema_privilege(coalesce(nullif(:schema, ''), current_schema()), 'CREATE')")


def draft_mapping(url: URL, schema: str = "") -> str:
    """The draft for the database at *url*.

    Raises `InvalidInput` where no table looks like one of articles, `SiteUnavailable`, `SiteSchemaMismatch`.
    """
    engine = open_engine(url, read_only=True)
    try:
        with faults_in_words(brief), engine.connect() as connection:
            tables = reflect(connection, schema)
            found = guess(connection, tables)
            if found is None:
                raise InvalidInput(
                    _("Ни одна таблица не похожа на статьи: нужны столбцы заголовка и текста. Есть: {tables}.").format(
                        tables=", ".join(sorted(tables)[:50]) or "—"
                    )
                )
            return _Draft(connection, schema, tables, found).text()
    finally:
        engine.dispose()


def _quoted(value: Any) -> str:
    """A value of TOML; Python's JSON writes texts, numbers and flags the same way."""
    return json.dumps(value if isinstance(value, (bool, int, str)) else str(value), ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.replace("_", "a").replace("-", "a").isalnum() and name.isascii() else _quoted(name)


class _Draft:
    """Writes the sections one after the other."""

    def __init__(self, connection: Connection, schema: str, tables: dict[str, Table], found: Guess) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._schema = schema
        self._tables = tables
        self._found = found
        self._lines: list[str] = []
        facts = facts_of(connection, schema, tuple(tables))
        self._about = {(row[0], row[1]): row for row in facts} if isinstance(facts, tuple) else {}

    def text(self) -> str:
        self._top()
        self._article()
        self._states()
        self._rubric()
        if self._found.tags:
            self._things("tags", self._found.tags, _("Теги."))
        self._photos()
        self._receipt()
        self._reports()
        return "\n".join(self._lines).strip() + "\n"

    # Lines

    def _say(self, *words: str) -> None:
        self._lines += [f"# {printable(one, 1000)}" for one in words]

    def _section(self, name: str, *words: str) -> None:
        self._lines.append("")
        self._say(*words)
        self._lines.append(f"[{name}]")

    def _put(self, name: str, value: str, why: str = "") -> None:
        self._lines.append(f"{_key(name)} = {value}" + (f"  # {printable(why, 1000)}" if why else ""))

    def _names(self, table: str) -> str:
        return ", ".join(self._tables[table].c.keys())

    def _may(self, table: str, column: str, right: str) -> bool:
        row = self._about.get((table, column))
        return row is None or right in row[6].split(",")

    # Sections

    def _top(self) -> None:
        found = self._found
        self._say(
            _("Набросок описания сайта: куда в его таблицах ложится статья."),
            _("Всё, где стоит «?», может знать только человек. Остальное — догадки: прочтите и поправьте."),
            _("Потом: newsroom site try mapped:АДРЕС --mapping ЭТОТ_ФАЙЛ — запишет статью, покажет и откатит."),
        )
        if storage := {row[7] for row in self._about.values() if row[0] == found.table.name} - {"", "InnoDB"}:
            self._say(
                _("Таблица {table} хранится в {storage}: транзакций там нет, изменение может прийти дважды.").format(
                    table=found.table.name, storage=", ".join(storage)
                )
            )
            self._put("at_least_once", "false", _("true, если вы на это согласны; лучше перевести таблицу в InnoDB"))
        if any(row[2] in ("utf8", "utf8mb3") for row in self._about.values() if row[0] == found.table.name):
            self._say(_("Столбцы в трёхбайтовой utf8: статьи с эмодзи сюда не выйдут, об этом будет сказано."))
        if triggers := self._triggers():
            self._say(
                _("У таблицы {table} есть триггеры: {names}. Что они меняют, покажет newsroom site try.").format(
                    table=found.table.name, names=", ".join(triggers)
                )
            )
        local = [name for name in found.columns if found.spots[name].family == "time" and not found.spots[name].zoned]
        self._lines.append("")
        if self._schema:
            self._put("schema", _quoted(self._schema))
        if local:
            self._put(
                "zone",
                _quoted(TO_FILL),
                _("пояс времени в {names}: UTC или, например, Asia/Vladivostok").format(names=", ".join(local)),
            )
        self._put(
            "page", _quoted(TO_FILL), _("путь страницы, например /news/{slug}/; бывает {key} {year} {month} {day}")
        )

    def _triggers(self) -> list[str]:
        query = text(_TRIGGERS["mariadb" if self._dialect == "mysql" else self._dialect])
        return [str(name) for name in self._connection.execute(query, {"table": self._found.table.name}).scalars()]

    def _article(self) -> None:
        found = self._found
        why = _("есть заголовок и текст")
        if found.runners_up:
            why += _("; похожи ещё: {names}").format(names=", ".join(found.runners_up))
        self._section("article", _("Статьи."))
        self._put("table", _quoted(found.table.name), why)
        self._put("key", _quoted(found.key))
        self._put_key_made()
        if found.uid:
            self._put("uid", _quoted(found.uid), _("похоже на столбец для номера статьи в редакции (UUID)"))
        else:
            self._say(_('Хорошо иметь столбец для номера статьи в редакции (uuid, уникальный): uid = "столбец".'))
        filled = [name for name in found.demands if not self._may(found.table.name, name, "insert")]
        if filled:
            names = ", ".join(_quoted(name) for name in filled)
            self._put("site_fills", f"[{names}]", _("требуют значения, а писать в них нам нельзя: их ставит сам сайт"))
        if found.others:
            self._say(_("Не тронуты: {names}.").format(names=", ".join(found.others)))
        self._section("article.columns", _("Столбец = что в него класть."))
        for name, source in found.columns.items():
            self._column(name, source)
        for name in found.demands:
            if name in filled:
                continue
            self._put(
                name,
                f'{{ constant = {_quoted(TO_FILL)}, when = "new" }}',
                _("требует значения ({type}); если его ставит триггер, впишите имя в article.site_fills").format(
                    type=found.spots[name].column.type
                ),
            )

    def _put_key_made(self) -> None:
        found = self._found
        spot = found.spots[found.key]
        if spot.family in ("uuid", "text"):
            self._put("key_made", '"uuid"', _("ключ — UUID: им станет номер статьи в редакции"))
        elif found.table.autoincrement_column is None or (
            self._dialect == "postgresql" and spot.column.server_default is None and spot.column.identity is None
        ):
            sequences = inspect(self._connection).get_sequence_names(self._schema or None)
            self._put("key_made", '"sequence"', _("сама база ключа не ставит"))
            self._put("sequence", _quoted(sequences[0] if len(sequences) == 1 else TO_FILL), ", ".join(sequences[:10]))
        else:
            self._put("key_made", '"database"', _("ключ ставит база"))

    def _column(self, name: str, source: str) -> None:
        spot = self._found.spots[name]
        if not self._may(self._found.table.name, name, "update") or not self._may(
            self._found.table.name, name, "insert"
        ):
            self._say(
                _("{line} — нет: писать в этот столбец нашей учётной записи нельзя").format(line=f"{name} = {source}")
            )
            return
        if source.startswith("photo_") and not self._shows_photos():
            self._say(_("{line} — когда будет раздел photos").format(line=f"{name} = {source}"))
            return
        step = {
            ("published_at", "number"): "unix",
            ("now", "number"): "unix",
            ("age", "number"): "number",
            ("tags", "text"): "join:, ",
            ("tags", "json"): "json",
            ("body", "json"): "json-block:html",
        }.get((source, spot.family), "")
        why = ""
        if step == "json-block:html":
            why = _("столбец JSON: блоки Wagtail; вместо html впишите имя вида блока этого сайта")
        elif source == "lead_photo_address":
            step, why = ("null" if spot.column.nullable else ""), _("адрес главного фото")
        self._put(name, f'{{ from = "{source}", as = {_quoted(step)} }}' if step else f'"{source}"', why)

    def _shows_photos(self) -> bool:
        return self._found.photos is not None or "lead_photo_address" in self._found.columns.values()

    def _states(self) -> None:
        found = self._found
        on: Any = TO_FILL
        off: Any = TO_FILL
        why = _("каким столбцом сайт отличает опубликованное, не угадано")
        if found.state:
            spot = found.spots[found.state]
            values = found.state_values
            why = _("сейчас там: {values}").format(values=", ".join(_quoted(value) for value in values) or "—")
            if spot.family == "flag":
                on, off = True, False
            elif spot.family == "number" and is_flag(found.state, values):
                on, off = 1, 0
            else:
                on = next((value for value in values if is_published(value)), TO_FILL)
                off = next((value for value in sorted(values, key=is_draft) if is_hidden(value)), TO_FILL)
                if isinstance(on, int) and off == TO_FILL:
                    off = 0
        name = found.state or "столбец"
        self._section("article.published", _("Столбец = значение, с которым читатели статью видят."))
        self._put(name, _quoted(on), why)
        self._section("article.withdrawn", _("То же для снятой с сайта: она может вернуться."))
        self._put(name, _quoted(off))
        self._section(
            "article.killed",
            _('Для аннулированной. Тексты опустеют сами; вместо раздела можно kill = "remove" в [article].'),
        )
        self._put(name, _quoted(off))

    def _rubric(self) -> None:
        found = self._found
        if found.rubric:
            self._things("rubric", found.rubric, _("Рубрика."))
        elif found.rubric_column:
            self._section("rubric", _("Рубрика — слово в столбце статьи."))
            self._put("column", _quoted(found.rubric_column))
            values = ", ".join(_quoted(value) for value in found.rubric_values)
            self._section(
                "rubric.values",
                _("Рубрика редакции (её латинское имя) = значение столбца. Сейчас там: {values}.").format(
                    values=values or "—"
                ),
            )
            self._put("obshchestvo", _quoted(TO_FILL))

    def _things(self, section: str, things: ThingsGuess, title: str) -> None:
        self._section(section, title)
        self._things_lines(section, things)

    def _things_lines(self, section: str, things: ThingsGuess) -> None:
        self._put("table", _quoted(things.table), _("столбцы: {names}").format(names=self._names(things.table)))
        self._put("key", _quoted(things.key))
        names = list(things.columns)
        first = names[0] if names else TO_FILL
        source = things.columns.get(first, TO_FILL)
        self._put(f"match.{first}" if names else "match", f'"{source}"' if names else "{}", _("по чему искать запись"))
        self._lines[-1] = self._lines[-1].replace(_quoted(f"match.{first}"), f"match.{_key(first)}")
        if section == "rubric":
            self._say(_("Чего нет в таблице рубрик, то не выйдет: рубрики заводят на самом сайте."))
        else:
            for name in names[1:]:
                source = things.columns[name]
                cell = '{ from = "tag", as = "slug" }' if source == "tag slug" else f'"{source}"'
                self._lines.append(f"create.{_key(name)} = {cell}")
            if len(names) < 2:
                self._lines.append("create = {}")
            for name in things.demands:
                self._lines.append(f"create.{_key(name)} = {{ constant = {_quoted(TO_FILL)} }}")
        if things.column:
            self._put("column", _quoted(things.column), _("столбец статьи с ключом"))
        if things.link:
            link = things.link
            position = f", position = {_quoted(link.position)}" if link.position else ""
            self._put(
                "link",
                "{ "
                f"table = {_quoted(link.table)}, article = {_quoted(link.article)}, other = {_quoted(link.other)}"
                f"{position}"
                " }",
                _("таблица связей, столбцы: {names}").format(names=self._names(link.table)),
            )
            if "content_type_id" in self._tables[link.table].c:
                self._lines[-1] = self._lines[-1].replace(
                    " }", f", where = {{ content_type_id = {_quoted(TO_FILL)} }} }}", 1
                )

    def _photos(self) -> None:
        if not self._shows_photos():
            self._say("", _("Места для фото не найдено: статьи с фото сюда не выйдут, пока нет раздела [photos]."))
            return
        self._section("photos", _("Фото."))
        things = self._found.photos
        if things is None or "photo_data" not in things.columns.values():
            self._put("folder", _quoted(TO_FILL), _("полный путь к папке, куда класть файлы, как её видит эта машина"))
        self._put("address", _quoted(TO_FILL), _("что стоит перед именем файла на странице, например /media/news/"))
        if things:
            self._things_lines("photos", things)

    def _receipt(self) -> None:
        found = self._found
        self._section(
            "receipt",
            _("Расписка: по ней повторная доставка видит, что всё уже сделано, а чужая правка не затирается."),
        )
        if found.receipt and found.uid:
            self._put("place", '"column"', _("текстовый столбец в строке статьи"))
            self._put("column", _quoted(found.receipt))
            return
        may = True
        if self._dialect == "postgresql":
            may = bool(self._connection.execute(_MAY_CREATE, {"schema": self._schema}).scalar_one())
        if may:
            self._put("place", '"table"', _("своя таблица newsroom_receipt; создаст её newsroom site create"))
        else:
            self._put(
                "place", _quoted(TO_FILL), _("создать таблицу нам нельзя: пусть её создаст владелец базы (table)")
            )
        self._say(
            _('Если своей таблицы нельзя: place = "column" и column = "текстовый столбец статьи"; либо'),
            _('place = "key-value" и table, name, value таблицы настроек; либо place = "none" и at_least_once = true.'),
        )

    def _reports(self) -> None:
        found = self._found
        if not found.reports:
            return
        table = self._tables[found.reports]
        self._section("reports", _("Опечатки, о которых сообщают читатели. Не нужны — удалите раздел."))
        self._put("table", _quoted(found.reports), _("столбцы: {names}").format(names=self._names(found.reports)))
        self._put("key", _quoted(report_key(table) or TO_FILL), _("номер, который растёт"))
        self._say(
            _('Чья опечатка: article = "столбец", article_is = "key", "uid" или "slug".'),
            _('Решение: state = "столбец", states = { fixed = "…", rejected = "…" }.'),
        )
        if found.report_article:
            self._put("article", _quoted(found.report_article), _("похоже на ключ статьи"))
        self._section("reports.columns")
        for name, column in found.report_columns.items():
            self._put(name, _quoted(column))
        if "selected" not in found.report_columns:
            self._put("selected", _quoted(TO_FILL), _("слово с опечаткой"))
