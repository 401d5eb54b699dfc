"""A fake of Google's endpoint: it hums what it is asked to say."""

from __future__ import annotations

import base64
import functools
import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import lameenc

from fakes import hum
from web import Reply

if TYPE_CHECKING:
    from web import Asked


def words_of(asked: Asked) -> str:
    """Return the text that a request asks for."""
    [call] = parse_qs(asked.body.decode())["f.req"]
    [[[name, arguments, *_]]] = json.loads(call)
    assert name == "jQ1olc"
    return str(json.loads(arguments)[0])


def speech(asked: Asked) -> Reply:
    """Answer as Google does."""
    return envelope(mp3(60 * len(words_of(asked))))


def envelope(audio: bytes) -> Reply:
    """Return Google's envelope around ``audio``."""
    inner = json.dumps([base64.b64encode(audio).decode()])
    body = json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"], ["di", 42]])
    return Reply(f")]}}'\n\n{len(body)}\n{body}".replace('", "', '","').encode())


@functools.cache
def mp3(milliseconds: int) -> bytes:
    """Return a hum as MP3 at Google's 24 kHz."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(22050)
    encoder.set_out_sample_rate(24000)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(hum(milliseconds).pcm) + encoder.flush())
