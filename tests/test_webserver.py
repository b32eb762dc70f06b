"""The real Dagster web server on loopback: it answers, lists the assets, and a run from its API fills the tables."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deployment import Deployment, write_articles

ASSETS = {
    "articles",
    "time_mentions",
    "quantity_mentions",
    "event_mentions",
    "event_quantities",
    "published",
}

LAUNCH = """
mutation Launch($selector: JobOrPipelineSelector!, $config: RunConfigData) {
  launchRun(executionParams: {selector: $selector, runConfigData: $config}) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } }
  }
}
"""


class Server:
    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return str(answer.read().decode())

    def ask(self, query: str, **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(self.url + "/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())["data"]


def until(found: Any, seconds: float, what: str) -> Any:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            if value := found():
                return value
        except OSError:
            pass
        time.sleep(0.3)
    raise AssertionError(f"{what} did not happen in {seconds} s")


@pytest.fixture
def server(deployment: Deployment) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (deployment.root / "webserver.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "dagster_webserver", "-m", "etl.definitions", "-h", "127.0.0.1", "-p", str(port)],
        env=deployment.environment,
        cwd=deployment.root,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        found = Server(port)
        until(lambda: found.get("/server_info"), 90, "the web server's first answer")
        yield found
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def test_lists_the_assets_and_a_run_launched_through_the_api_materialises_the_tables(
    server: Server, deployment: Deployment, tmp_path: Path
) -> None:
    source = write_articles(tmp_path / "in.jsonl", 12)
    nodes = until(
        lambda: server.ask("{ assetNodes { assetKey { path } jobNames } }")["assetNodes"], 60, "loading the definitions"
    )
    assert {node["assetKey"]["path"][-1] for node in nodes} == ASSETS

    repository = server.ask(
        "{ repositoriesOrError { ... on RepositoryConnection { nodes { name location { name } } } } }"
    )
    node = repository["repositoriesOrError"]["nodes"][0]
    launched = server.ask(
        LAUNCH,
        selector={
            "repositoryName": node["name"],
            "repositoryLocationName": node["location"]["name"],
            "jobName": "refresh",
        },
        config={"ops": {"articles": {"config": {"sources": [str(source)]}}}},
    )["launchRun"]
    assert launched["__typename"] == "LaunchRunSuccess", launched

    def finished() -> str | None:
        run = server.ask(
            "query($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }", id=launched["run"]["runId"]
        )
        status = str(run["runOrError"]["status"])
        return status if status in ("SUCCESS", "FAILURE", "CANCELED") else None

    assert until(finished, 120, "the end of the run") == "SUCCESS"
    assert deployment.rows("SELECT count(*) FROM articles") == [(12,)]
    assert deployment.rows("SELECT count(*) FROM quantity_mentions")[0][0] >= 12
    assert deployment.rows("SELECT run_id FROM refreshes") == [(launched["run"]["runId"],)]

    shown = server.ask(
        """{ assetOrError(assetKey: {path: ["time_mentions"]}) { ... on Asset {
               assetMaterializations(limit: 1) { metadataEntries { label __typename } } } } }"""
    )["assetOrError"]["assetMaterializations"][0]["metadataEntries"]
    labels = {entry["label"] for entry in shown}
    assert {"dagster/row_count", "dagster/column_schema", "preview"} <= labels
