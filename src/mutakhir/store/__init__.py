"""The store: the one door to bulk files. Written beside and swapped in, never edited."""

from mutakhir.store.folder import Store, StoreBusyError, StoreError
from mutakhir.store.swap import recover, swapped_folder, sync, write_bytes, write_json

__all__ = [
    "Store",
    "StoreBusyError",
    "StoreError",
    "recover",
    "swapped_folder",
    "sync",
    "write_bytes",
    "write_json",
]
