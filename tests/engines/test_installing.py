"""Voices from a fake of Piper's address, with every fault of a real network."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import models
from hautevoix.engines import catalogue, downloading, kokoro, offers
from hautevoix.engines.installing import Installed, Local, Web, Wheels, install
from hautevoix.errors import DiskError, EngineError, InputError, NetworkError
from web import Asked, Reply, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.engines.assets import Offer

NAME = "fr_FR-siwis-medium"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for voices; no wait between attempts."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path / "voices"))
    monkeypatch.setattr(downloading, "_backoff", lambda _: 0.0)
    monkeypatch.setattr(downloading, "_CHUNK", 10)
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

    def offer(self) -> Offer:
        """Return the catalogue's offer of this voice, with its files' own sums."""
        known = offers.find(NAME)
        files = (catalogue.config_file(self.model), self.model)
        return replace(
            known,
            assets=tuple(
                replace(asset, **sums(path.read_bytes()))
                for asset, path in zip(known.assets, files, strict=True)
            ),
        )

    def install(self) -> Installed:
        """Install the voice from here."""
        return install(self.offer(), (Web(self.url),))


def sums(data: bytes) -> dict[str, Any]:
    """Return the size and the sum of a file, as an asset has them."""
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """Return a mirror of a small voice."""
    with Service(lambda _: Reply()).running() as service:
        made = Mirror(tmp_path / "source", service)
        service.answer = made.file
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
    made = install(mirror.offer(), (Web(mirror.url),), lambda *at: seen.append(at))
    assert made.unverified == ()
    assert left(folder) == [f"{NAME}.onnx", f"{NAME}.onnx.json", f"{NAME}.sha256"]
    assert made.files[-1].read_bytes() == mirror.model.read_bytes()
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
    assert mirror.install().files[-1].read_bytes() == mirror.model.read_bytes()
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
        mirror.install()
    assert catalogue.installed() == ()
    mirror.service.answer = mirror.file
    assert mirror.install().files[-1].read_bytes() == model
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
    assert mirror.install().files[-1].read_bytes() == mirror.model.read_bytes()


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
    folder: Path, mirror: Mirror, fault: Callable[[bytes], bytes], reason: str
) -> None:
    """One wrong byte: refused; the voice that was there before stays as it was."""
    mirror.install()
    (folder / f"{NAME}.onnx").write_bytes(b"an older model")
    before = {path.name: path.read_bytes() for path in folder.glob("*")}

    def answer(asked: Asked) -> Reply:
        reply = mirror.file(asked)
        return replace(reply, body=fault(reply.body)) if asked.path.endswith(".onnx") else reply

    mirror.service.answer = answer
    with pytest.raises(EngineError, match=reason):
        mirror.install()
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
        mirror.install()
    assert catalogue.installed() == ()


def test_a_self_signed_certificate_is_refused(tmp_path: Path) -> None:
    """TLS is verified."""
    certificate = Path(__file__).parent / "self-signed.pem"
    with (
        Service(lambda _: Reply(), certificate).running() as service,
        pytest.raises(NetworkError, match="certificate"),
    ):
        install(offers.find(NAME), (Web(service.url),))
    assert tmp_path.exists()


def test_what_can_t_be_verified_is_told(mirror: Mirror) -> None:
    """Where no sum is known the voice is checked by loading it, and the doubt is told."""
    known = mirror.offer()
    unknown = tuple(replace(asset, size=None, sha256="") for asset in known.assets)
    offer = replace(known, assets=unknown)
    assert len(install(offer, (Web(mirror.url),)).unverified) == 2
    mirror.model.write_bytes(b"\x08\x08no model")
    with pytest.raises(EngineError, match="no whole model"):
        install(offer, (Web(mirror.url),))


def test_what_is_there_is_not_fetched_again(folder: Path, mirror: Mirror) -> None:
    """A file in its place with the right sum stays; a damaged one alone is brought anew."""
    mirror.install()
    asked = len(mirror.service.asked)
    mirror.install()
    assert len(mirror.service.asked) == asked
    (folder / f"{NAME}.onnx").write_bytes(b"rotten")
    mirror.install()
    assert [request.path.rpartition("/")[2] for request in mirror.service.asked[asked:]] == [
        f"{NAME}.onnx"
    ]
    assert (folder / f"{NAME}.onnx").read_bytes() == mirror.model.read_bytes()


def test_a_voice_comes_from_a_local_file(folder: Path, mirror: Mirror) -> None:
    """Without any network; both files are needed, and both are verified."""
    offer, local = mirror.offer(), (Local(mirror.model),)
    assert install(offer, local).files[-1].read_bytes() == mirror.model.read_bytes()
    assert mirror.service.asked == []
    assert len(left(folder)) == 3
    (folder / f"{NAME}.onnx").unlink()
    mirror.model.write_bytes(mirror.model.read_bytes()[:-1])
    with pytest.raises(EngineError, match="SHA-256 differs"):
        install(offer, local)
    (folder / f"{NAME}.onnx.json").unlink()
    catalogue.config_file(mirror.model).unlink()
    with pytest.raises(InputError, match=f"is made of {NAME}.onnx.json, {NAME}.onnx"):
        install(offer, local)
    with pytest.raises(InputError, match="no such file or folder"):
        install(offer, (Local(folder / "nowhere"),))
    assert left(folder) == [f"{NAME}.sha256"]


@pytest.fixture
def siwis(tmp_path: Path) -> tuple[Path, Offer]:
    """Return a folder with a small model and style of Kokoro's shape, and the offer of them."""
    source = tmp_path / "downloads"
    source.mkdir()
    data = {"kokoro-v1.0.int8.onnx": b"model" * 10, "ff_siwis.bin": b"style"}
    for name, content in data.items():
        (source / name).write_bytes(content)
    known = offers.find("ff_siwis")
    fitting = tuple(replace(asset, **sums(data[asset.file_name])) for asset in known.assets)
    return source, replace(known, assets=fitting)


@pytest.mark.parametrize("named", ["", "kokoro-v1.0.int8.onnx", "ff_siwis.bin"])
def test_kokoro_comes_from_a_folder_or_one_of_its_files(
    folder: Path, siwis: tuple[Path, Offer], named: str
) -> None:
    """Whichever is named, both are found, under their own names."""
    source, offer = siwis
    install(offer, (Local(source / named),))
    assert left(folder / "kokoro") == [
        "ff_siwis.bin",
        "ff_siwis.sha256",
        "kokoro-v1.0.int8.onnx",
        "kokoro-v1.0.int8.sha256",
    ]


def test_a_mirror_s_own_layout_is_taken_from_a_folder_too(
    folder: Path, siwis: tuple[Path, Offer]
) -> None:
    """Voices in a folder « voices », as their publishers have them."""
    source, offer = siwis
    (source / "voices").mkdir()
    (source / "ff_siwis.bin").rename(source / "voices" / "ff_siwis.bin")
    install(offer, (Local(source),))
    assert (folder / "kokoro" / "ff_siwis.bin").read_bytes() == b"style"


def test_a_model_is_joined_from_installed_packages(
    folder: Path, siwis: tuple[Path, Offer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In order, verified; where one of them is missing the next source is asked."""
    source, offer = siwis
    whole = (source / "kokoro-v1.0.int8.onnx").read_bytes()
    for package, part in (("voice_part_1", whole[:20]), ("voice_part_2", whole[20:])):
        (source / package).mkdir()
        (source / package / "__init__.py").write_text("raise SystemExit('never imported')")
        (source / package / "part.bin").write_bytes(part)
    monkeypatch.syspath_prepend(str(source))
    (source / "kokoro-v1.0.int8.onnx").unlink()
    model, style = offer.assets
    offer = replace(offer, assets=(replace(model, wheels=("voice_part_1", "voice_part_2")), style))
    install(offer, (Local(source), Wheels()))
    assert model.path.read_bytes() == whole
    model.path.unlink()
    (source / "voice_part_2" / "part.bin").unlink()
    with pytest.raises(InputError, match=r"kokoro-v1\.0\.int8\.onnx is not there"):
        install(offer, (Local(source), Wheels()))
    assert not list((folder / "kokoro").glob(".*"))


def test_a_folder_that_can_t_be_written_is_a_disk_error(folder: Path, mirror: Mirror) -> None:
    """Exit code 7, with the variable that names another folder."""
    folder.write_text("a file where the folder should be")
    with pytest.raises(DiskError, match="HAUTEVOIX_VOICES"):
        mirror.install()


def test_the_nearest_voice_is_named() -> None:
    """A slip in a name is answered with the voice that was meant."""
    with pytest.raises(EngineError, match="Did you mean fr_FR-siwis-medium"):
        offers.find("fr_FR-siwis-mediun")
    with pytest.raises(EngineError, match="Recommended: ff_siwis"):
        offers.find("nope")


def test_the_catalogues_hold_voices_with_licences() -> None:
    """Each has what the table of voices shows; sums are whole or absent, never made up."""
    for offer in offers.offers():
        assert offer.licence
        assert offer.quality
        assert offer.assets[-1].place.startswith((offer.name, f"kokoro/{offer.name}"))
        for asset in offer.assets:
            assert len(asset.sha256) in {0, 64}
            assert len(asset.md5) in {0, 32}
            assert asset.url.startswith("https://")
            assert asset.url.endswith(asset.file_name)
    assert offers.offers()[0].name == kokoro.catalogue.RECOMMENDED
    assert catalogue.entries()[0].name == catalogue.RECOMMENDED
    assert all(asset.sha256 for offer in kokoro.catalogue.offers() for asset in offer.assets)


def test_a_wrong_file_of_one_s_own_is_named_and_kept(tmp_path: Path, folder: Path) -> None:
    """It is not said to be thrown away, nor is another address offered for it."""
    model = models.voice(tmp_path / "source", NAME)
    with pytest.raises(EngineError) as caught:
        install(offers.find(NAME), (Local(model),))
    assert str(model) in str(caught.value)
    assert "thrown away" not in str(caught.value)
    assert "--base-url" not in str(caught.value)
    assert model.exists()
    assert not list(folder.glob("*.onnx"))
