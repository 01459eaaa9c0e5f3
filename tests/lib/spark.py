"""Spark for tests: one for all of them, small."""

import os
import shutil
from importlib.util import find_spec

import pytest

from mutakhir.engines.spark import SparkEngine

#: Spark is an extra, and Java is no Python package.
needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs PySpark and Java 17",
)
# Most time of a short run goes into compiling; the quick compiler is enough.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
# The first run starts Spark with its settings; the others of this process share it.
SPARK = SparkEngine("local[2]", "1GB")
