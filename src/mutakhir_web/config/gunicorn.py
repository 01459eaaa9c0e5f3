"""Gunicorn's settings: threads for many slow browsers, few processes for little memory."""

import multiprocessing

worker_class = "gthread"
timeout = 60
graceful_timeout = 25
keepalive = 15
max_requests = 20_000  # a worker is renewed now and then, whatever it may have gathered
max_requests_jitter = 2_000
#: No access log here: a proxy keeps one, and addresses of people's records need only one place.
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if multiprocessing.get_start_method() == "fork" else None  # noqa: S108
