"""Clusters for tests: real schedulers and workers on loopback, and what they are given to do."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = Path(__file__).parent


@dataclass(slots=True)
class Cluster:
    """A scheduler and workers, each a process, as « dask scheduler » and « dask worker » are.

    ``ttl`` is how long a worker may give no sign of life: longer than machines stand still.
    """

    files: Sequence[str] = ()  # TLS's, as options
    address: str = ""
    ttl: str = "5 minutes"
    scheduler: subprocess.Popen[str] | None = None
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        scheme = "tls" if self.files else "tcp"
        place = ["--host", f"{scheme}://127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = _started(
            "scheduler", *place, *self.files, DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL=self.ttl
        )
        self.address = _heard(self.scheduler, "Scheduler at:")
        return self

    def __exit__(self, *_: object) -> None:
        for process in filter(None, [*self.workers, self.scheduler]):
            _end(process)

    def add(self, count: int = 1, **variables: str) -> None:
        """Start workers with a thread each, and wait until the scheduler knows them."""
        how = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        begun = [
            _started("worker", self.address, *how, *self.files, **variables) for _ in range(count)
        ]
        self.workers += begun
        for process in begun:
            _heard(process, "Registered to:")

    def connections(self) -> int:
        """End the scheduler; return how many clients it had."""
        assert self.scheduler
        assert self.scheduler.stderr
        self.scheduler.kill()
        return self.scheduler.stderr.read().count("Receive client connection")


def _started(what: str, *options: str, **variables: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(_HERE), **variables}
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + what, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def _heard(process: subprocess.Popen[str], sign: str) -> str:
    """Return the address in the first line that holds ``sign``."""
    assert process.stderr
    told = []
    for line in process.stderr:
        told.append(line)
        if sign in line and "://" in line:
            return line.split()[-1]
    raise AssertionError("".join(told))


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGCONT)
    process.kill()
    process.wait()
    assert process.stderr
    process.stderr.close()


def certificates(folder: Path) -> dict[str, str]:
    """Write a certificate that vouches for itself, its key, and one that nobody knows; by name."""
    return {
        name: str(path)
        for who in ("known", "stranger")
        for name, path in zip((f"{who}-cert", f"{who}-key"), _certificate(folder, who), strict=True)
    }


def _certificate(folder: Path, who: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, who)])
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{who}.pem", folder / f"{who}-key.pem"
    pem = serialization.Encoding.PEM
    files[0].write_bytes(certificate.public_bytes(pem))
    files[1].write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


class Trap(Exception):  # noqa: N818 - it is looked at, and tells nothing
    """What notes, when it is unpickled, which process did that."""

    def __reduce__(self) -> tuple[Any, ...]:
        return noted, self.args


def noted(trace: str) -> Exception:
    """Note in a file which process this is."""
    with Path(trace).open("a") as file:
        file.write(f"{os.getpid()} ")
    return Exception(trace)


def give(how: str, trace: str) -> object:
    """Return or raise a Trap."""
    if how == "raise":
        raise Trap(trace)
    return Trap(trace)


def flavour(*_: object) -> dict[str, str]:
    """Return a fact that a worker's environment tells."""
    return {"flavour": os.environ.get("FLAVOUR", "plain")}
