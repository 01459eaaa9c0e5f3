"""The decision book: the decision file, folded, held in memory and kept in step with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeAlias

from mutakhir.casework import decision_file
from mutakhir.casework.casebook import Casebook, CasebookError, fold
from mutakhir.casework.decision import Decision

#: A decision file's path, or the file held in memory: that one only catches up.
Where: TypeAlias = "Path | DecisionBook"


class DecisionBook:
    """The file is the single truth; ``book`` is what is known of it until ``catch_up``.

    Threads take ``lock`` to look at ``book``; processes hold the file while they seal.
    """

    def __init__(self, path: Path, chain: decision_file.Chain) -> None:
        """``chain`` was read from ``path``. Raises CasebookError when it can't be folded."""
        self.path = path
        self.book: Casebook = fold(chain.decisions)
        self.lock = RLock()
        self._end = chain.end

    @classmethod
    def open(cls, path: Path) -> "DecisionBook":
        """Read the whole file. Raises DecisionFileError, CasebookError."""
        return cls(path, decision_file.read(path))

    @property
    def head(self) -> str:
        """Hash of the last line known."""
        return self._end.head

    def catch_up(self) -> tuple[Decision, ...]:
        """Fold what others sealed meanwhile, and return it; only new bytes are read.

        Raises DecisionFileError when the file is no longer the one that was read.
        """
        with self.lock:
            if not decision_file.grown(self.path, self._end):
                return ()
            return self._follow(decision_file.read_from(self.path, self._end))

    @contextmanager
    def sealing(self) -> Iterator[Casebook]:
        """The casebook, caught up and held: what is applied to it inside is sealed at the end.

        All of it is written at once. Whatever is raised (a refusal, OSError on a full disk)
        leaves the file and the book as they were.
        """
        with self.lock, decision_file.sealing(self.path, self._end) as held:
            self._follow(held.missed)
            try:
                yield self.book
                made = self.book.decisions[self._end.seq :]
                if made:
                    self._end = held.append(made)
            except BaseException:
                self.book.unwind(self._end.seq)
                raise

    @classmethod
    def of(cls, where: "Where") -> "DecisionBook":
        """``where`` itself, or the file of that path, read anew."""
        return where if isinstance(where, DecisionBook) else cls.open(where)

    def _follow(self, missed: decision_file.Chain) -> tuple[Decision, ...]:
        try:
            for decision in missed.decisions:
                self.book.apply(decision)
        except CasebookError:
            self.book.unwind(self._end.seq)
            raise
        self._end = missed.end
        return missed.decisions
