"""Time and peak memory of steps in this process, and the machine they ran on."""

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

CLEAR_REFS = Path("/proc/self/clear_refs")


@dataclass
class Steps:
    """Steps measured so far: name, seconds, peak resident MiB."""

    rows: list[tuple[str, float, float]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure one step; the peak is the step's own where Linux lets it be reset."""
        reset_peak()
        started = time.perf_counter()
        yield
        self.rows.append((name, time.perf_counter() - started, peak_mib()))

    @property
    def seconds(self) -> float:
        """Sum over the steps."""
        return sum(seconds for _, seconds, _ in self.rows)

    @property
    def peak(self) -> float:
        """Highest peak, MiB."""
        return max(mib for _, _, mib in self.rows)

    def table(self) -> str:
        """The rows as a Markdown table with a closing total."""
        lines = ["| Step | s | peak MiB |", "|---|---:|---:|"]
        lines += [f"| {name} | {seconds:.1f} | {mib:.0f} |" for name, seconds, mib in self.rows]
        return "\n".join([*lines, f"| **all** | **{self.seconds:.1f}** | **{self.peak:.0f}** |"])


def reset_peak() -> None:
    """Start the peak anew (Linux: 5 to clear_refs); elsewhere the peak of the process stays."""
    if CLEAR_REFS.exists():
        CLEAR_REFS.write_text("5")


def peak_mib() -> float:
    """Highest resident memory since the last reset, MiB."""
    found = _status_mib("VmHWM")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if found is None else found


def resident_mib() -> float:
    """Resident memory now, MiB; elsewhere than on Linux the peak."""
    found = _status_mib("VmRSS")
    return peak_mib() if found is None else found


def _status_mib(key: str) -> float | None:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(key)), None)


def machine(*packages: str) -> str:
    """One line: date, processor, cores, memory, Python and the packages' versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{date.today().isoformat()}; {processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; "  # noqa: DTZ011
        f"{platform.system()}; Python {platform.python_version()}, {versions}"
    )


def processor() -> str:
    """The processor's name as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def record(page: Path, section: str, body: str) -> None:
    """Put ``body`` under the heading ``section`` of the page, in place of what stood there."""
    text = page.read_text() if page.exists() else "# Benchmarks\n"
    head = f"\n## {section}\n"
    before, found, after = text.partition(head)
    rest = after[after.find("\n## ") :] if found and "\n## " in after else ""
    page.write_text(f"{before.rstrip()}\n{head}\n{body.strip()}\n{rest}")


@dataclass(frozen=True)
class Run:
    """One command in a process of its own."""

    seconds: float  # wall time, start of the process to its end
    peak_mib: float  # highest resident memory of the process, or of the largest it waited for


def run_measured(command: list[str], cwd: Path) -> Run:
    """Run to the end; what it prints goes to stderr. Raises CalledProcessError when it fails.

    Linux gives a new process its parent's peak until it starts its own program, so the caller
    itself must be small: it imports no library that it does not need.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=sys.stderr)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, used.ru_maxrss / 1024)
