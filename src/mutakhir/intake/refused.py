"""A file that can't be taken in at all: what is wrong and what to do, for an official."""


class FileRefusedError(Exception):
    """Nothing of the file is taken in. ``code`` is stable; message and action are Indonesian."""

    def __init__(self, code: str, message: str, action: str) -> None:
        super().__init__(f"{message} {action}")
        self.code = code
        self.message = message
        self.action = action

    def to_json(self) -> dict[str, str]:
        """As it stands in a receipt."""
        return {"code": self.code, "message": self.message, "action": self.action}
