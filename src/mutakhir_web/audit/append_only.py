"""Tables that only grow: triggers in the database itself refuse every edit and deletion.

Not a convention of the code: a careless query, a console or another program is refused as well
(design.md, invariant 7).
"""

from typing import Any

from django.db.migrations import RunPython

_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN"
    " SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN"
    " SELECT RAISE(ABORT, '{table} is append-only'); END",
    # INSERT OR REPLACE takes a row away without asking the trigger of deletions.
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
    " WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN"
    " SELECT RAISE(ABORT, '{table} is append-only'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
)
_UNDO_SQLITE = (
    "DROP TRIGGER {table}_no_update",
    "DROP TRIGGER {table}_no_delete",
    "DROP TRIGGER {table}_no_replace",
)
_UNDO_POSTGRESQL = (
    "DROP TRIGGER {table}_no_change ON {table}",
    "DROP TRIGGER {table}_no_truncate ON {table}",
    "DROP FUNCTION {table}_refuse()",
)


def append_only(table: str) -> RunPython:
    """The migration step after which rows of ``table`` can be added and read, nothing else."""
    return RunPython(
        _runner(table, sqlite=_SQLITE, postgresql=_POSTGRESQL),
        _runner(table, sqlite=_UNDO_SQLITE, postgresql=_UNDO_POSTGRESQL),
    )


def _runner(table: str, **statements: tuple[str, ...]) -> Any:
    def run(apps: Any, editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            key = editor.connection.introspection.get_primary_key_column(cursor, table)
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement.format(table=table, key=key))

    return run
