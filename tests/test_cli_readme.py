"""What the README shows works as written: its commands, its Python, its links."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from deployment import Deployment

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONSOLE = [
    command
    for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for command in re.findall(r"^\$ (chronique .*(?:\n {10,}\S.*)*)", block, re.MULTILINE)
]
SHELL = re.findall(r"^(chronique (?:timeline|sql|explain|schema) .*)$", README, re.MULTILINE)
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """The samples, refreshed by the first command."""
    deployment = Deployment(tmp_path_factory.mktemp("readme"))
    done = deployment.chronique("refresh")
    assert done.returncode == 0, done.stderr
    return deployment


def test_there_is_something_to_run() -> None:
    assert CONSOLE
    assert SHELL
    assert PYTHON


@pytest.mark.parametrize("command", [*CONSOLE, *SHELL])
def test_a_command_answers(samples: Deployment, command: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command], env=samples.environment | {"PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1


@pytest.mark.parametrize("program", PYTHON)
def test_a_program_runs(samples: Deployment, program: str) -> None:
    program = program.replace("warehouse/data/chronique.duckdb", str(samples.database))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "event_date" in done.stdout


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
