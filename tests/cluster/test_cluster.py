"""A cluster speaks as one machine does: the same bytes, whoever dies, and only who may."""

from __future__ import annotations

import contextlib
import gc
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

pytest.importorskip("distributed", reason="the extra « cluster » is not installed")

import dask

import clusters
import crews
import hautevoix as hautevoix_itself
from commands import OFFLINE, hautevoix
from hautevoix.cli.cluster import reached
from hautevoix.cluster.client import Connection
from hautevoix.cluster.pool import ClusterPool
from hautevoix.errors import EngineError, InputError, NetworkError
from hautevoix.model.options import ClusterOptions
from hautevoix.workers.pool import Job, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = OFFLINE.partition(",")[0]
SENTENCES = [
    f"La {nth} voiture du train s'arrêta, et {who} en descendit avec ses bagages."
    for nth in ("première", "deuxième", "troisième", "quatrième", "dernière")
    for who in ("une dame", "un soldat", "le notaire")
]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Later tests fork: a client's threads end with it, also where nobody answered it."""
    before = {*threading.enumerate()}
    yield
    assert {*threading.enumerate()} <= before


@pytest.fixture(scope="module")
def grid() -> Iterator[clusters.Cluster]:
    """Return a scheduler and two workers on loopback."""
    with clusters.Cluster() as cluster:
        cluster.add(2)
        yield cluster


@pytest.fixture
def pool(grid: clusters.Cluster) -> Iterator[ClusterPool]:
    """Return a pool of the grid's workers."""
    with WorkerPool(1) as local, ClusterPool(ClusterOptions(grid.address), local) as there:
        yield there


def books(folder: Path) -> list[Path]:
    """Write three small books."""
    texts = [folder / f"{name}.txt" for name in ("un", "deux", "trois")]
    for number, text in enumerate(texts):
        text.write_text("\n\n".join(SENTENCES[number * 5 : number * 5 + 5] * 2), encoding="utf-8")
    return texts


def sounds(folder: Path) -> list[bytes]:
    """Return the books' MP3 files."""
    return [path.read_bytes() for path in sorted(folder.glob("*/*.mp3"))]


def test_every_task_is_done_once_and_failures_are_told(pool: ClusterPool) -> None:
    """A foreseen error is an outcome with its advice; what kills its process is lost alone."""
    outcomes = {done.index: done for done in pool.run(Job(crews.giving, (refuse,)), range(5))}
    assert [outcomes[index].result for index in (0, 1, 4)] == [0, 1, 4]
    assert str(outcomes[3].error) == "No three. Wait."
    assert isinstance(outcomes[3].error, NetworkError)
    assert isinstance(outcomes[2].error, EngineError)


def refuse(number: int) -> int:
    """Die of 2, refuse 3."""
    return crews.refuse_three(crews.die_on_two(number))


def test_a_bug_ends_the_work(pool: ClusterPool) -> None:
    """With its kind and text, as nothing of a worker's is unpickled."""
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        list(pool.run(Job(crews.giving, (crews.divide,)), [0]))


@pytest.mark.parametrize("how", ["return", "raise"])
def test_nothing_that_a_worker_pickled_is_opened(
    grid: clusters.Cluster, tmp_path: Path, how: str
) -> None:
    """Neither a result nor an error nor their types: workers may be anybody's."""
    trace = tmp_path / "trace"
    trace.touch()
    with contextlib.closing(Connection(ClusterOptions(grid.address))) as connection:
        future = connection.submit(clusters.give, how, str(trace))
        assert connection.arrived(60) == [future.key]
        assert future.status == ("error" if how == "raise" else "finished")
        if how == "return":
            with pytest.raises(EngineError, match="not plain data"):
                connection.results([future])
    assert str(os.getpid()) not in trace.read_text().split()


def test_workers_that_differ_are_listed_before_work(grid: clusters.Cluster) -> None:
    """By their address and what differs; nothing is done, on the others neither."""
    job = Job(crews.giving, (crews.square,), facts=clusters.flavour)
    options = ClusterOptions(grid.address)
    with clusters.Cluster() as other, WorkerPool(1) as local:
        other.add(FLAVOUR="spicy")
        with (
            ClusterPool(ClusterOptions(other.address), local) as there,
            pytest.raises(EngineError, match=r"tcp://.*: flavour spicy, here plain"),
        ):
            next(there.run(job, [1]))
        with ClusterPool(options, local) as here:
            assert [done.result for done in here.run(job, [3])] == [9]


def test_a_late_worker_that_differs_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told once, the others do its tasks; only when no other is left does the work end.

    Tasks of one who goes are done by who came since.
    """
    monkeypatch.setattr("hautevoix.cluster.pool._LOOK", 0.2)
    job = Job(crews.giving, (crews.square,), facts=clusters.flavour)
    told: list[tuple[str, str]] = []

    def tasks(cluster: clusters.Cluster) -> Iterator[int]:
        cluster.add(FLAVOUR="spicy")
        yield from itertools.takewhile(lambda _: not told, itertools.repeat(3, 10_000))
        yield from [4] * 10

    def relieved(cluster: clusters.Cluster) -> Iterator[int]:
        yield 5
        cluster.workers[0].kill()
        cluster.add()
        yield from [5] * 5

    with clusters.Cluster() as cluster, WorkerPool(1) as local:
        cluster.add()
        options = ClusterOptions(cluster.address)
        with ClusterPool(options, local, left_out=lambda *how: told.append(how)) as there:
            assert [done.result for done in there.run(job, [2])] == [4]
            outcomes = [done.result for done in there.run(job, tasks(cluster))]
            assert outcomes.count(16) == 10
            assert set(outcomes) == {9, 16}
            assert [why for _, why in told] == ["flavour spicy, here plain"]
            assert [done.result for done in there.run(job, relieved(cluster))] == [25] * 6
            cluster.workers[-1].kill()
            monkeypatch.setattr("hautevoix.cluster.pool._ABSENT", 0.0)
            with pytest.raises(EngineError, match="flavour spicy, here plain"):
                list(there.run(job, [5]))


def test_one_killed_one_stopped_and_the_books_are_whole(tmp_path: Path) -> None:
    """Byte for byte those of one machine: a worker that is silent is given up by the scheduler.

    Clips come by a shared store, as from other machines.
    """
    texts, shared = books(tmp_path), tmp_path / "shared"
    alone = hautevoix("build", *texts, "-o", tmp_path / "alone", "--engine", ENGINE)
    assert alone.returncode == 0, alone.stderr
    with clusters.Cluster(ttl="20s") as cluster:
        cluster.add(3)
        with building(texts, tmp_path, cluster.address, "--shared-store", shared) as build:
            until_speaking(build)
            cluster.workers[0].kill()
            cluster.workers[1].send_signal(signal.SIGSTOP)
            told, problems = build.communicate()
        assert cluster.connections() == 1  # for all the books
    assert build.returncode == 0, problems
    assert told.count('"done"') > 2
    assert sounds(tmp_path / "out") == sounds(tmp_path / "alone")
    assert len(list(shared.glob("??/*"))) > len(SENTENCES)


def test_a_lost_scheduler_ends_with_6_and_the_same_command_goes_on(tmp_path: Path) -> None:
    """What was spoken is stored; a cluster that the command starts by itself does the rest."""
    texts = books(tmp_path)
    with clusters.Cluster() as cluster:
        cluster.add(1)
        with building(texts, tmp_path, cluster.address) as build:
            until_speaking(build)
            assert cluster.scheduler
            cluster.scheduler.kill()
            _, problems = build.communicate()
    assert build.returncode == NetworkError.exit_code, problems
    assert "does not answer" in problems
    spoken = len(list((tmp_path / "store").glob("??/*")))
    with building(texts, tmp_path, "local:1") as again:
        assert again.communicate()[1] == ""
    assert again.returncode == 0
    assert len(sounds(tmp_path / "out")) == 3
    assert spoken > 1


def building(
    texts: list[Path], folder: Path, address: str, *more: str | Path
) -> subprocess.Popen[str]:
    """Begin a build of books by a cluster, which tells programs what happens."""
    options: list[str | Path] = ["-o", folder / "out", "--store", folder / "store"]
    options += ["--cluster", address, *more]
    told = ["--engine", ENGINE, "--events", "--quiet"]
    return subprocess.Popen(
        [sys.executable, "-m", "hautevoix", "build", *texts, *options, *told],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until_speaking(build: subprocess.Popen[str]) -> None:
    """Wait until a clip is spoken."""
    assert build.stdout
    for line in build.stdout:
        event = json.loads(line)
        if event.get("stage") == "Speaking" and event.get("done", 0) > 0:
            return
    assert build.stderr
    raise AssertionError(build.stderr.read())


def test_only_who_has_a_certificate_is_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By TLS, a client without one is refused, one with a stranger's too; ours builds."""
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "2s")
    pem = clusters.certificates(tmp_path)
    known = ("--tls-ca-file", pem["known-cert"], "--tls-cert", pem["known-cert"])
    text = tmp_path / "a.txt"
    text.write_text("Le chat dort sur la table.", encoding="utf-8")
    with clusters.Cluster((*known, "--tls-key", pem["known-key"])) as cluster:
        cluster.add()
        build = partial(
            hautevoix, "build", text, "-o", tmp_path / "out", "--store", tmp_path / "store"
        )
        ca = ("--cluster", cluster.address, "--cluster-ca", pem["known-cert"])
        named = {
            who: ("--cluster-cert", pem[f"{who}-cert"], "--cluster-key", pem[f"{who}-key"])
            for who in ("known", "stranger")
        }
        nobody = build("--cluster", cluster.address)
        assert nobody.returncode == 2
        assert "--cluster-cert" in nobody.stderr
        assert build(*ca, *named["stranger"]).returncode == NetworkError.exit_code
        ours = build(*ca, *named["known"])
    assert ours.returncode == 0, ours.stderr


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://10.0.0.1:8786", "write tls://"),
        ("tcp://scheduler:8786", "write tls://"),
        ("scheduler:8786", "no scheduler's address"),
        ("tls://scheduler", "no scheduler's address"),
        ("local:0", "how many workers"),
        ("local:many", "how many workers"),
        ("tls://scheduler:8786", "--shared-store"),
        ("tls://127.0.0.1:8786", "--cluster-cert"),
    ],
)
def test_what_is_not_safe_or_no_address_is_refused(address: str, told: str) -> None:
    """Before anybody is asked, and it is told what to write."""
    with pytest.raises(click.UsageError, match=told), reached(options(address)):
        pass


def test_a_scheduler_that_is_gone_leaves_no_thread() -> None:
    """Neither one that never answered, nor one that is lost while its tasks are out."""
    impatient = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with impatient, pytest.raises(NetworkError, match="does not answer"):
        Connection(ClusterOptions("tcp://127.0.0.1:9"))
    with clusters.Cluster() as cluster, WorkerPool(1) as local:
        cluster.add()
        with ClusterPool(ClusterOptions(cluster.address), local) as there:
            outcomes = there.run(Job(crews.giving, (crews.square,)), itertools.count())
            next(outcomes)
            assert cluster.scheduler
            cluster.scheduler.kill()
            impatient = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
            with impatient, pytest.raises(NetworkError, match="does not answer"):
                list(outcomes)


def test_ctrl_c_while_connecting_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread; and when the client is swept up, it has no loop left by which to say goodbye."""

    def interrupted(_loop: object, begin: Any, **_: object) -> None:
        begin.__self__.status = "connecting"
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("distributed.client.sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Connection(ClusterOptions("tcp://127.0.0.1:9"))
    gc.collect()


def test_a_thread_may_be_slow_to_begin(
    grid: clusters.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the machine stands still meanwhile; Dask's own would be given up."""

    def impatient(**_: object) -> None:
        pytest.fail("Dask's own thread has ten seconds to begin")

    monkeypatch.setattr("distributed.utils._CollectErrorThread", impatient)
    with contextlib.closing(Connection(ClusterOptions(grid.address))) as connection:
        assert connection.threads() == 2


def test_programs_build_by_a_cluster_too(grid: clusters.Cluster, tmp_path: Path) -> None:
    """By the address that the command takes; what that refuses is a ValueError."""
    text = tmp_path / "a.txt"
    text.write_text("Le chat dort sur la table.", encoding="utf-8")
    kept, build = tmp_path / "store", hautevoix_itself.build
    built = build(text, tmp_path / "out", engine=ENGINE, store=kept, cluster=grid.address)
    assert built.losses == ()
    with pytest.raises(ValueError, match="write tls://"):
        build(text, tmp_path / "out", cluster="tcp://10.0.0.1:8786")


def test_a_missing_certificate_is_told() -> None:
    """By its name."""
    given = options("tls://127.0.0.1:8786", cluster_ca=Path("nowhere.pem"))
    with pytest.raises(InputError, match=r"nowhere\.pem"), reached(given):
        pass


def options(address: str, **others: Any) -> dict[str, Any]:
    """Return what the command line gives."""
    none = dict.fromkeys(("cluster_ca", "cluster_cert", "cluster_key", "shared_store"))
    return {"cluster": address, "dry_run": False, **none, **others}
