"""Voices from a fake of Piper's address, with every fault of a real network."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import models
from hautevoix.engines import catalogue, installing
from hautevoix.engines.catalogue import Asset
from hautevoix.engines.installing import install, install_from
from hautevoix.errors import DiskError, EngineError, InputError, NetworkError
from web import Asked, Reply, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "fr_FR-siwis-medium"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for voices; no wait between attempts."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path / "voices"))
    monkeypatch.setattr(installing, "_backoff", lambda _: 0.0)
    monkeypatch.setattr(installing, "_CHUNK", 10)
    return tmp_path / "voices"


class Mirror:
    """A server of one voice, which the catalogue knows with its sums."""

    def __init__(self, source: Path, service: Service) -> None:
        self.model = models.voice(source, NAME)
        self.service = service
        self.url = service.url

    def file(self, asked: Asked) -> Reply:
        """Answer as a static host does, ranges included."""
        assert asked.path.startswith("/fr/fr_FR/siwis/medium/")
        data = (self.model.parent / asked.path.rpartition("/")[2]).read_bytes()
        start = int(asked.headers.get("range", "bytes=0-")[6:-1])
        if start >= len(data):
            return Reply(status=416)
        return Reply(data[start:], 206 if start else 200)

    def entry(self) -> catalogue.Entry:
        """Return the catalogue's entry for this voice."""
        config = catalogue.config_file(self.model)
        model, about = (
            Asset(len(data), hashlib.sha256(data).hexdigest())
            for data in (self.model.read_bytes(), config.read_bytes())
        )
        return replace(catalogue.find(NAME), model=model, config=about)


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    """Return a mirror of a small voice."""
    with Service(lambda _: Reply()).running() as service:
        made = Mirror(tmp_path / "source", service)
        service.answer = made.file
        entry = made.entry()
        monkeypatch.setattr(catalogue, "find", lambda _: entry)
        yield made


def went_on_at(mirror: Mirror) -> int:
    """Return at which byte the last request went on."""
    return int(mirror.service.asked[-1].headers["range"][6:-1])


def left(folder: Path) -> list[str]:
    """Return the names of what is in the folder of voices."""
    return sorted(path.name for path in folder.glob("*"))


def test_a_voice_is_fetched_verified_and_put_in_its_place(folder: Path, mirror: Mirror) -> None:
    """Both files, whole, nothing else left; it can be chosen at once."""
    seen: list[tuple[int, int]] = []
    made = install(NAME, mirror.url, lambda *at: seen.append(at))
    assert made.unverified == ()
    assert left(folder) == [f"{NAME}.onnx", f"{NAME}.onnx.json", f"{NAME}.sha256"]
    assert made.model.read_bytes() == mirror.model.read_bytes()
    assert [voice.name for voice in catalogue.installed()] == [NAME]
    assert seen[-1] == (len(mirror.model.read_bytes()),) * 2


def test_an_interrupted_download_goes_on_where_it_stopped(mirror: Mirror) -> None:
    """The connection ends amid the model: the next request asks for the rest alone."""
    half = len(mirror.model.read_bytes()) // 2
    cut = iter([True])

    def answer(asked: Asked) -> Reply:
        reply = mirror.file(asked)
        if asked.path.endswith(".onnx") and next(cut, False):
            return replace(reply, body=reply.body[:half], promised=len(reply.body))
        return reply

    mirror.service.answer = answer
    assert install(NAME, mirror.url).model.read_bytes() == mirror.model.read_bytes()
    assert half - 10 < went_on_at(mirror) <= half


def test_a_rerun_goes_on_where_a_failed_one_stopped(folder: Path, mirror: Mirror) -> None:
    """After all attempts fail, what arrived is kept; the next run asks for the rest."""
    model = mirror.model.read_bytes()

    def failing(asked: Asked) -> Reply:
        if asked.path.endswith(".onnx"):
            reply = mirror.file(asked)
            return replace(reply, body=reply.body[:100], promised=len(reply.body))
        return mirror.file(asked)

    mirror.service.answer = failing
    with pytest.raises(NetworkError, match="What arrived is kept"):
        install(NAME, mirror.url)
    assert catalogue.installed() == ()
    mirror.service.answer = mirror.file
    assert install(NAME, mirror.url).model.read_bytes() == model
    assert 360 < went_on_at(mirror) <= 400  # a hundred bytes each time
    assert len(left(folder)) == 3


def test_a_server_without_ranges_starts_again(mirror: Mirror) -> None:
    """A server that ignores the range sends the whole, and the whole is what counts."""
    half = len(mirror.model.read_bytes()) // 2
    cut = iter([True])

    def answer(asked: Asked) -> Reply:
        reply = mirror.file(replace_range(asked))
        if asked.path.endswith(".onnx") and next(cut, False):
            return replace(reply, body=reply.body[:half], promised=len(reply.body))
        return reply

    mirror.service.answer = answer
    assert install(NAME, mirror.url).model.read_bytes() == mirror.model.read_bytes()


def replace_range(asked: Asked) -> Asked:
    """Return the request without its range."""
    headers = {name: value for name, value in asked.headers.items() if name != "range"}
    return replace(asked, headers=headers)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda data: data[:-1] + b"?", "SHA-256 differs"),
        (lambda data: data + b"more", "more arrives"),
    ],
    ids=["altered", "too long"],
)
def test_what_is_not_the_voice_is_thrown_away(
    folder: Path, mirror: Mirror, fault: object, reason: str
) -> None:
    """One wrong byte: refused; the voice that was there before stays as it was."""
    install(NAME, mirror.url)
    before = {path.name: path.read_bytes() for path in folder.glob("*")}

    def answer(asked: Asked) -> Reply:
        reply = mirror.file(asked)
        return replace(reply, body=fault(reply.body)) if asked.path.endswith(".onnx") else reply

    mirror.service.answer = answer
    with pytest.raises(EngineError, match=reason):
        install(NAME, mirror.url)
    assert {path.name: path.read_bytes() for path in folder.glob("*")} == before


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=404), "refused with status 404"),
        (Reply(status=503), r"status 503 \(4 attempts\)"),
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), "a web page answered"),
        (Reply(how="reset"), "the connection failed"),
    ],
    ids=["404", "503", "portal", "reset"],
)
def test_a_fault_of_the_network_is_told(mirror: Mirror, reply: Reply, reason: str) -> None:
    """Exit code 6, and no voice."""
    mirror.service.answer = lambda _: reply
    with pytest.raises(NetworkError, match=reason):
        install(NAME, mirror.url)
    assert catalogue.installed() == ()


def test_a_self_signed_certificate_is_refused(tmp_path: Path) -> None:
    """TLS is verified."""
    certificate = Path(__file__).parent / "self-signed.pem"
    with (
        Service(lambda _: Reply(), certificate).running() as service,
        pytest.raises(NetworkError, match="certificate"),
    ):
        install(NAME, service.url)
    assert tmp_path.exists()


def test_what_can_t_be_verified_is_told(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no sum is known the voice is checked by loading it, and the doubt is told."""
    entry = replace(mirror.entry(), model=Asset(), config=Asset())
    monkeypatch.setattr(catalogue, "find", lambda _: entry)
    assert len(install(NAME, mirror.url).unverified) == 2
    mirror.model.write_bytes(b"\x08\x08no model")
    with pytest.raises(EngineError, match="no whole model"):
        install(NAME, mirror.url)


def test_a_voice_comes_from_a_local_file(folder: Path, mirror: Mirror) -> None:
    """Without any network; both files are needed, and both are verified."""
    assert install_from(NAME, mirror.model).model.read_bytes() == mirror.model.read_bytes()
    assert mirror.service.asked == []
    assert len(left(folder)) == 3
    mirror.model.write_bytes(mirror.model.read_bytes()[:-1])
    with pytest.raises(EngineError, match="SHA-256 differs"):
        install_from(NAME, mirror.model)
    catalogue.config_file(mirror.model).unlink()
    with pytest.raises(InputError, match="two files"):
        install_from(NAME, mirror.model)


def test_a_folder_that_can_t_be_written_is_a_disk_error(folder: Path, mirror: Mirror) -> None:
    """Exit code 7, with the variable that names another folder."""
    folder.write_text("a file where the folder should be")
    with pytest.raises(DiskError, match="HAUTEVOIX_VOICES"):
        install(NAME, mirror.url)


def test_the_nearest_voice_is_named() -> None:
    """A slip in a name is answered with the voice that was meant."""
    with pytest.raises(EngineError, match="Did you mean fr_FR-siwis-medium"):
        install("fr_FR-siwis-mediun")


def test_the_catalogue_holds_french_voices_with_licences() -> None:
    """Each has what the table of voices shows; sums are whole or absent, never made up."""
    for entry in catalogue.entries():
        assert entry.path == "/".join(["fr/fr_FR", *entry.name.split("-")[1:]])
        assert entry.licence
        assert entry.quality in {"low", "medium"}
        for asset in (entry.model, entry.config):
            assert len(asset.sha256) in {0, 64}
            assert len(asset.md5) in {0, 32}
    assert catalogue.entries()[0].name == catalogue.RECOMMENDED


def test_a_wrong_file_of_one_s_own_is_named_and_kept(tmp_path: Path, folder: Path) -> None:
    """It is not said to be thrown away, nor is another address offered for it."""
    model = models.voice(tmp_path / "source", NAME)
    with pytest.raises(EngineError) as caught:
        install_from(NAME, model)
    assert str(model) in str(caught.value)
    assert "thrown away" not in str(caught.value)
    assert "--base-url" not in str(caught.value)
    assert model.exists()
    assert not list(folder.glob("*.onnx"))
