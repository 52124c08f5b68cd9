import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.domain.errors import EnvironmentFault, InvalidInput, NotFound
from newsroom.domain.ids import PhotoId
from newsroom.photos.examine import CleanPhoto, examine
from newsroom.photos.store import PhotoStore, PhotoStoreUnavailable
from tests.photos.pictures import encoded, picture


@pytest.fixture
def photo() -> CleanPhoto:
    return examine(encoded(picture()), "река.jpg")


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


def files_in(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_what_was_put_is_read_back_under_its_hash(store: PhotoStore, photo: CleanPhoto) -> None:
    store.put(photo)
    assert store.has(photo.id)
    assert store.read(photo.id) == photo.data
    assert store.path(photo.id) == store.folder / photo.id[:2] / photo.id[2:4] / f"{photo.id}.jpg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_is_found_by_its_id_alone(store: PhotoStore, kind: str) -> None:
    photo = examine(encoded(picture(), kind), "a")
    store.put(photo)
    assert store.read(photo.id) == photo.data


def test_the_same_photo_twice_is_one_file(store: PhotoStore, photo: CleanPhoto) -> None:
    store.put(photo)
    store.put(photo)
    assert files_in(store.folder) == [f"{photo.id[:2]}/{photo.id[2:4]}/{photo.id}.jpg"]


def test_what_a_killed_program_left_half_written_is_swept_away(store: PhotoStore, photo: CleanPhoto) -> None:
    """A file that another program is writing at this moment stays."""
    (store.folder / "incoming").mkdir(parents=True)
    abandoned, under_way = store.folder / "incoming" / "old", store.folder / "incoming" / "new"
    for file in (abandoned, under_way):
        file.write_bytes(b"half")
    os.utime(abandoned, (1_000_000_000, 1_000_000_000))
    store.put(photo)
    assert not abandoned.exists()
    assert under_way.exists()


def test_a_missing_photo_is_told_in_words(store: PhotoStore, photo: CleanPhoto) -> None:
    assert not store.has(photo.id)
    with pytest.raises(NotFound, match="нет в хранилище"):
        store.read(photo.id)
    with pytest.raises(NotFound):
        store.path(photo.id)


def test_a_photo_changed_on_the_disk_is_refused_and_mended_by_adding_it_again(
    store: PhotoStore, photo: CleanPhoto
) -> None:
    store.put(photo)
    store.path(photo.id).write_bytes(photo.data[:-1])
    with pytest.raises(InvalidInput, match="изменён или повреждён"):
        store.read(photo.id)
    store.put(photo)
    assert store.read(photo.id) == photo.data


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63 + "/"])
def test_only_a_hash_can_be_asked_for(store: PhotoStore, name: str) -> None:
    assert not store.has(PhotoId(name))
    with pytest.raises(NotFound):
        store.read(PhotoId(name))


def test_a_store_that_cannot_be_written_is_an_environment_fault(tmp_path: Path, photo: CleanPhoto) -> None:
    (tmp_path / "photos").write_text("a file where the folder should be")
    with pytest.raises(PhotoStoreUnavailable, match=r"«река\.jpg» не сохранено"):
        PhotoStore(tmp_path / "photos").put(photo)


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE exists on POSIX systems only")
def test_a_full_disk_is_told_in_words_and_leaves_nothing_half_written(tmp_path: Path, photo: CleanPhoto) -> None:
    source = tmp_path / "source.jpg"
    source.write_bytes(photo.data)
    program = """
import resource, sys
from pathlib import Path
from newsroom.domain.errors import EnvironmentFault
from newsroom.photos.examine import examine
from newsroom.photos.store import PhotoStore
photo = examine(Path(sys.argv[1]).read_bytes(), "река.jpg")
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    PhotoStore(Path(sys.argv[2])).put(photo)
except EnvironmentFault as fault:
    print(fault)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(source), str(tmp_path / "photos")],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
    )
    assert "Фото «река.jpg» не сохранено: на диске нет места" in done.stdout, done.stderr
    assert files_in(tmp_path / "photos") == []
    assert issubclass(PhotoStoreUnavailable, EnvironmentFault)
