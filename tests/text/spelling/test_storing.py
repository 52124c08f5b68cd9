"""The word lists on disk survive damage, haste and several programs. The English one is quick to build."""

from multiprocessing import get_context
from pathlib import Path
from threading import Event

import pytest

from newsroom.domain.errors import EnvironmentFault
from newsroom.text.spelling.storing import open_lexicon, open_lexicons


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("en-*.dawg")
    return file


def test_a_list_is_built_once_and_read_again(tmp_path: Path) -> None:
    assert open_lexicon(tmp_path / "fresh", "en").rank("government") > 0
    file = the_file(tmp_path / "fresh")
    built = file.stat().st_mtime_ns
    assert "government" in open_lexicon(tmp_path / "fresh", "en")
    assert the_file(tmp_path / "fresh").stat().st_mtime_ns == built


@pytest.mark.parametrize("damage", ["cut short", "one bit", "emptied", "another format"])
def test_a_damaged_list_is_built_again(tmp_path: Path, damage: str) -> None:
    open_lexicon(tmp_path, "en")
    file = the_file(tmp_path)
    content = bytearray(file.read_bytes())
    match damage:
        case "cut short":
            del content[len(content) // 2 :]
        case "one bit":
            content[len(content) // 2] ^= 1
        case "emptied":
            content.clear()
        case _:
            content[:10] = b"newsroom 0"
    file.write_bytes(content)
    assert "government" in open_lexicon(tmp_path, "en")
    assert len(file.read_bytes()) > 1_000_000


def test_two_programs_may_build_at_once(tmp_path: Path) -> None:
    processes = [get_context("spawn").Process(target=open_lexicon, args=(tmp_path, "en")) for _program in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert [file.name for file in tmp_path.iterdir()] == [the_file(tmp_path).name]
    assert "government" in open_lexicon(tmp_path, "en")


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentFault, match="не записан"):
        open_lexicon(tmp_path / "file" / "folder", "en")


def test_building_apart_ends_when_the_program_does(tmp_path: Path) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(EnvironmentFault, match="не построен"):
        open_lexicons(tmp_path, apart=True, stop=stop)
    assert list(tmp_path.glob("*.dawg")) == []
