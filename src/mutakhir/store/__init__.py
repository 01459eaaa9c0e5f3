"""The store: the one door to bulk files. Written beside and swapped in, never edited."""

from mutakhir.store.folder import Store, StoreError
from mutakhir.store.swap import swapped_folder, write_bytes, write_json

__all__ = ["Store", "StoreError", "swapped_folder", "write_bytes", "write_json"]
