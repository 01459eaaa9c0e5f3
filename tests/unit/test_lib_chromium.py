"""The Chromium that browser tests run in: real, or a message that says what to do."""

import subprocess

import pytest

from lib.chromium import CHROMIUM_FLAGS, NoChromiumError, chromium_path

PAGE = "data:text/html,<p></p><script>document.querySelector('p').textContent=6*7</script>"


@pytest.fixture(autouse=True)
def asked_anew():
    chromium_path.cache_clear()
    yield
    chromium_path.cache_clear()


def test_it_runs_a_page_s_script_with_our_flags(tmp_path):
    shown = subprocess.run(
        [
            chromium_path(),
            *CHROMIUM_FLAGS,
            "--headless",
            f"--user-data-dir={tmp_path}",
            "--dump-dom",
            PAGE,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "<p>42</p>" in shown.stdout


@pytest.mark.parametrize("named", ["/nowhere/chromium", "/bin/false"])
def test_a_named_one_that_does_not_start_is_told_with_what_to_do(monkeypatch, named):
    monkeypatch.setenv("CHROMIUM", named)
    with pytest.raises(NoChromiumError, match=rf"(?s){named} does not start.*set CHROMIUM to"):
        chromium_path()


def test_without_chromium_and_apt_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoChromiumError, match=r"(?s)no apt-get.*Install the package chromium"):
        chromium_path()


def test_an_apt_that_fails_is_told_in_its_own_words(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MUTAKHIR_VENV", str(tmp_path / "venv"))
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\necho 'E: Could not resolve the mirror' >&2\nexit 100\n")
    apt.chmod(0o755)
    with pytest.raises(NoChromiumError, match=r"apt-get update failed: E: Could not resolve"):
        chromium_path()
    assert not (tmp_path / "venv/chromium").exists()
