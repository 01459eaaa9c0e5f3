"""Where the SQL of DuckDB and Spark differs in words. They agree on everything used here."""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Dialect:
    """Renders the few expressions that the two engines spell differently."""

    name: Literal["duckdb", "spark"]

    def text(self, value: str) -> str:
        """``value`` as text."""
        return f"CAST({value} AS {'VARCHAR' if self.name == 'duckdb' else 'STRING'})"

    def divided(self, value: str, by: int) -> str:
        """Whole-number division."""
        return f"({value} // {by})" if self.name == "duckdb" else f"({value} div {by})"

    def filtered(self, words: str, variable: str, condition: str) -> str:
        """The list of those ``words`` for which ``condition`` over ``variable`` holds."""
        if self.name == "duckdb":
            return f"list_filter({words}, lambda {variable}: {condition})"
        return f"filter({words}, {variable} -> {condition})"

    def count(self, words: str) -> str:
        """How many elements a list has."""
        return f"len({words})" if self.name == "duckdb" else f"size({words})"

    def sorted(self, words: str) -> str:
        """A list in order."""
        return f"list_sort({words})" if self.name == "duckdb" else f"array_sort({words})"

    def places(self, text: str) -> str:
        """The places of a text's letters, from 1, as a list."""
        if self.name == "duckdb":
            return f"range(1, CAST(length({text}) AS INTEGER) + 1)"
        return f"sequence(1, length({text}))"

    def letters(self, text: str) -> str:
        """The letters of a text in order."""
        split = "string_split" if self.name == "duckdb" else "split"
        return self.sorted(f"{split}({text}, '')")

    def holds(self, words: str, word: str) -> str:
        """Whether a list holds an element."""
        function = "list_contains" if self.name == "duckdb" else "array_contains"
        return f"{function}({words}, {word})"

    def joined(self, words: str) -> str:
        """A list of words run together."""
        function = "array_to_string" if self.name == "duckdb" else "array_join"
        return f"{function}({words}, '')"

    def starts(self, text: str, head: str) -> str:
        """Whether ``text`` starts with ``head``."""
        function = "starts_with" if self.name == "duckdb" else "startswith"
        return f"{function}({text}, {head})"

    def matches(self, text: str, pattern: str) -> str:
        """Whether the whole ``text`` has the form of ``pattern`` (a regular expression)."""
        if self.name == "duckdb":
            return f"regexp_matches({text}, '^(?:{pattern})$')"
        # Java's $ also stands before a last line feed; \\z does not.
        return f"regexp_like({text}, '^(?:{pattern})\\\\z')"


DUCKDB: Final = Dialect("duckdb")
SPARK: Final = Dialect("spark")
