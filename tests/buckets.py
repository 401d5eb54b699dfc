"""A real S3-compatible server on loopback: moto's."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
import requests
from moto.server import ThreadedMotoServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextmanager
def serving(patched: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serve S3, and tell clients where; give one of its makers' own, and a bucket « livres »."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    requests.post(f"http://{host}:{port}/moto-api/reset", timeout=60)  # what an earlier one had
    told = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "cle",
        "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip
    for name, value in told.items():
        patched.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="livres")
    try:
        yield client
    finally:
        client.close()
        server.stop()
