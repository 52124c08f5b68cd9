"""The desk somebody sits at: the newsroom's stores and the signed-in person."""

from dataclasses import dataclass

from newsroom.domain.people import Person
from newsroom.photos.store import PhotoStore
from newsroom.storage.database import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """Given to every use case. May be used by any thread, one call at a time."""

    database: Database
    photos: PhotoStore
    person: Person
