"""The finding: what a check saw, where, and whether the build may go on."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

#: stop: no version is written; look: it is, and a person looks.
Severity = Literal["stop", "look"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """``where`` refers by dpid, record_id, region or decision; never by a personal value."""

    severity: Severity
    check: str
    where: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """For findings.json."""
        return asdict(self)


class BuildRefusedError(Exception):
    """Checks stopped the build; the store is as it was."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f"{found.where}: {found.text}" for found in findings[:5]))
        self.findings = findings
