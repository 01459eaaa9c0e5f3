"""Starts Spark, or says in Indonesian what it lacks."""

import os
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SETTINGS: Final = {
    "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    # Plans change while they run: small tables are broadcast, large partitions split.
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.enabled": "true",
    "spark.sql.adaptive.forceOptimizeSkewedJoin": "true",
    # Logs and the web page can show values of people; plans are long.
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.executor.syncLogLevel.enabled": "true",
    "spark.sql.maxPlanStringLength": "1000",
}
_LOGGING: Final = Path(__file__).with_name("spark_log4j2.properties")


class SparkError(Exception):
    """Spark cannot start or stopped; the message, in Indonesian, says where and what to do."""


def session_on(master: str, memory: str) -> "SparkSession":
    """A session of its own names in the Spark of this process, which is started when there is
    none. Raises SparkError where something is not installed or the master does not answer."""
    _check_installed()
    from py4j.protocol import Py4JError  # noqa: PLC0415 - needs the extra
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder.master(master).appName("mutakhir")
    for name, value in (_SETTINGS | settings_of(master, memory)).items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate().newSession()
    except (PySparkException, Py4JError) as error:
        raise SparkError(
            f"Spark tidak dapat dimulai pada {master} ({type(error).__name__})."
            " Periksa alamat --master dan Java (17 ke atas)."
        ) from None
    return session


def settings_of(master: str, memory: str) -> dict[str, str]:
    """Memory as Java writes it (of the one process, or of each executor), and where executors find
    this package: at the same path on every machine."""
    whose = "driver" if re.fullmatch(r"local(\[.*\])?", master) else "executor"
    package = str(Path(__file__).parents[2])
    return {
        f"spark.{whose}.memory": memory.lower().removesuffix("b"),
        "spark.executorEnv.PYTHONPATH": package,
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
    }


def _check_installed() -> None:
    if find_spec("pyspark") is None or find_spec("pandas") is None:
        raise SparkError(
            "Mesin spark memerlukan PySpark. Pasang:"
            " .venv/bin/python -m pip install 'pyspark>=4.3' 'pandas>=2.3,<3'"
        )
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        raise SparkError(
            "Mesin spark memerlukan Java 17 ke atas. Pasang, misalnya:"
            " sudo apt install openjdk-17-jre-headless; atau betulkan JAVA_HOME."
        )
