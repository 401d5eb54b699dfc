"""What a feed says, value by value: forms that Apple, PSP-1 and Podcasting 2.0 demand. Pure.

https://podcasters.apple.com/support/823-podcast-requirements; https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification;
https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hautevoix.localization import noop, tr
from hautevoix.publishing.apple import CATEGORIES
from hautevoix.publishing.checking.feed_tree import NS, attribute, count, text
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.references import path_of
from hautevoix.publishing.checking.wording import check_title, mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, as RSS and Apple take it
_HEX = "[0-9A-Fa-f]"
_UUID = re.compile(rf"{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}")
_DURATION = re.compile(r"[1-9][0-9]{0,7}|(?:[0-9]{1,3}:)?[0-5]?[0-9]:[0-5][0-9]|[0-9]+\.[0-9]+")
_NUMBERED = re.compile(r"(?i)(?:[ée]pisode|ep\.?|s[0-9]{1,3}e)\s*#?[0-9]+\b")
_SYNTHETIC = re.compile(r"(?i)synth[éeè]|artificiel|\b(?:IA|AI|TTS)\b|text-to-speech")
_PICTURES = (".jpg", ".jpeg", ".png")
_TRANSCRIPTS = {
    "text/vtt", "application/x-subrip", "application/srt", "text/srt", "application/json",
    "text/html", "text/plain",
}  # fmt: skip
_AUDIO = {".mp3": {"audio/mpeg"}, ".m4a": {"audio/x-m4a", "audio/mp4"}}
_AUDIO[".m4b"] = {"audio/mp4", "audio/x-m4b", "audio/x-m4a"}
_VALUES = (
    ("itunes:explicit", ("true", "false"), noop("Apple wants true or false")),
    ("itunes:type", ("episodic", "serial"), noop("Apple knows episodic and serial")),
    ("podcast:locked", ("yes", "no"), noop("hosts know yes and no")),
    ("itunes:episodeType", ("full", "trailer", "bonus"), noop("Apple knows full, trailer, bonus")),
)
_AGAIN = noop("publish it again: hautevoix publish")


def channel_values(where: str, channel: etree._Element) -> Iterator[Finding]:
    """Yield what is wrong with what a feed says of itself."""
    yield from _values(where, channel)
    yield from check_title(where, text(channel, "title"))
    yield from mojibake(where, text(channel, "description"))
    yield from _language(where, text(channel, "language"))
    yield from _categories(where, channel)
    guid = text(channel, "podcast:guid")
    if guid and not _UUID.fullmatch(guid):
        what = tr("its podcast:guid « {guid} » is no UUID", guid=guid[:60])
        yield Finding("guid-form", where, what, tr("Podcast Index can't tell it"), tr(_AGAIN))
    if text(channel, "itunes:block").lower() == "yes":
        what = tr("itunes:block says « yes »")
        yield Finding("feed-blocked", where, what, tr("directories leave it out"), tr(_AGAIN))
    if not text(channel, "itunes:owner/itunes:email") and not attribute(
        channel, "podcast:locked", "owner"
    ):
        what = tr("it names no address to write to (itunes:email)")
        why = tr("Spotify and Apple write there to see that it is yours")
        mend = tr("say email = … in podcast.toml, and publish it again")
        yield Finding("email-missing", where, what, why, mend, advice=True)
    for name, url in (
        ("link", text(channel, "link")),
        ("atom:link", attribute(channel, "atom:link[@rel='self']", "href")),
    ):
        yield from _address(where, name, url)
    yield from _picture(where, channel)
    yield from _disclosure(where, channel)


def item_values(where: str, item: etree._Element) -> Iterator[Finding]:
    """Yield what is wrong with what a feed says of an episode."""
    title = text(item, "title")
    yield from _values(where, item)
    yield from check_title(where, title)
    yield from mojibake(where, text(item, "description"))
    if _NUMBERED.match(title):
        what = tr("its title starts with its number: « {title} »", title=title[:40])
        why = tr("Apple shows itunes:episode beside it, and asks for titles without")
        mend = tr("leave it out of the title (in the sidecar); numbers are told apart")
        yield Finding("title-number", where, what, why, mend, advice=True)
    yield from _guid(where, item)
    yield from _enclosures(where, item)
    yield from _numbers(where, item)
    yield from _picture(where, item)
    yield from _companions(where, item)
    for chapter in item.iterfind("psc:chapters/psc:chapter", namespaces=NS):
        yield from check_title(where, chapter.get("title") or "")


def _values(where: str, element: etree._Element) -> Iterator[Finding]:
    """Yield where one of a few words must stand and another does."""
    for name, known, why in _VALUES:
        told = text(element, name)
        if told and told not in known:
            code = f"{name.partition(':')[2].lower()}-value"
            what = tr("{name} says « {told} »", name=name, told=told[:40])
            yield Finding(code, where, what, tr(why), tr(_AGAIN))


def _language(where: str, language: str) -> Iterator[Finding]:
    if language and not _LANGUAGE.fullmatch(language):
        what = tr("« {language} » is no code of a language", language=language[:40])
        mend = tr('say language = "fr" in podcast.toml, and publish it again')
        yield Finding("language-form", where, what, tr("Apple rejects it"), mend)


def _categories(where: str, channel: etree._Element) -> Iterator[Finding]:
    for category in channel.iterfind("itunes:category", namespaces=NS):
        name = category.get("text") or ""
        if name and name not in CATEGORIES:
            what = tr("« {category} » is no category", category=name)
            mend = tr("choose one of Apple's: category = … in podcast.toml")
            yield Finding("category-unknown", where, what, tr("Apple rejects it"), mend)
            continue
        for inner in category.iterfind("itunes:category", namespaces=NS):
            part = inner.get("text") or ""
            if part not in CATEGORIES.get(name, ()):
                what = tr("« {part} » is no part of « {category} »", part=part, category=name)
                mend = tr(
                    "choose one of {parts}: subcategory = … in podcast.toml",
                    parts=", ".join(CATEGORIES.get(name, ())) or tr("none"),
                )
                yield Finding("subcategory-unknown", where, what, tr("Apple rejects it"), mend)


def _address(where: str, name: str, url: str) -> Iterator[Finding]:
    try:
        whole = urlsplit(url).scheme in {"http", "https"} and bool(urlsplit(url).hostname)
    except ValueError:
        whole = False
    if url and not whole:
        what = tr("{name}: « {url} » is no whole address", name=name, url=url[:80])
        mend = tr("publish it again, with base_url = … in podcast.toml")
        yield Finding("address-form", where, what, tr("apps can't fetch it"), mend)


def _picture(where: str, element: etree._Element) -> Iterator[Finding]:
    url = attribute(element, "itunes:image", "href")
    yield from _address(where, "itunes:image", url)
    if url and not path_of(url).lower().endswith(_PICTURES):
        what = tr("the picture « {url} » does not end as a JPEG or PNG does", url=url[-60:])
        mend = tr("name it ….jpg or ….png, or publish it again")
        yield Finding("image-type", where, what, tr("Apple rejects it"), mend)


def _disclosure(where: str, channel: etree._Element) -> Iterator[Finding]:
    """Yield where a synthetic voice is not disclosed as directories ask.

    Apple's content guidelines want it told in the audio and the metadata of each show or episode;
    Podcasting 2.0 has podcast:txt for programs.
    """
    told = channel.findall(".//podcast:txt[@purpose='ai-content']", namespaces=NS)
    values = {(found.text or "").strip() for found in told}
    mend = tr("set ai_content = true in podcast.toml, and publish it again")
    if not values:
        what = tr("it does not say whether the voice is synthetic (podcast:txt ai-content)")
        why = tr("Apple and listeners want it disclosed")
        yield Finding("ai-content-missing", where, what, why, mend, advice=True)
    elif values - {"true", "false"}:
        what = tr("podcast:txt ai-content says « {told} »", told=max(values - {"true", "false"}))
        yield Finding("ai-content-value", where, what, tr("apps know true and false"), mend)
    names = ("description", "itunes:summary", "content:encoded", "podcast:person")
    spoken = " ".join(
        found.text or ""
        for name in names
        for found in channel.iterfind(f".//{name}", namespaces=NS)
    )
    synthetic = bool(_SYNTHETIC.search(spoken))
    if "true" in values and not synthetic:
        what = tr("no description says in words that the voice is synthetic")
        why = tr("Apple asks that listeners can read it")
        mend = tr("say it in the description; « hautevoix publish » adds it to each episode's")
        yield Finding("ai-content-unsaid", where, what, why, mend, advice=True)


def _guid(where: str, item: etree._Element) -> Iterator[Finding]:
    found = item.find("guid")
    guid = "" if found is None else (found.text or "")
    if found is None or not guid.strip():
        return  # said already
    is_link = (found.get("isPermaLink") or "true").lower() == "true"
    if is_link and not guid.strip().startswith(("http://", "https://")):
        what = tr("its guid « {guid} » is no address, but is not told to be none", guid=guid[:40])
        why = tr("apps take it for the episode's page (isPermaLink)")
        yield Finding("guid-form", where, what, why, tr(_AGAIN))
    if guid != guid.strip():
        what = tr("its guid has spaces around it")
        why = tr("some apps trim it, others download the episode again")
        yield Finding("guid-form", where, what, why, tr(_AGAIN))


def _enclosures(where: str, item: etree._Element) -> Iterator[Finding]:
    found = item.findall("enclosure")
    if len(found) > 1:
        what = tr("it has {count} enclosures", count=len(found))
        why = tr("apps take the first or the last")
        yield Finding("enclosure-several", where, what, why, tr(_AGAIN))
    told = [(one.get("url") or "", one.get("type") or "") for one in found]
    for other in item.iterfind("podcast:alternateEnclosure", namespaces=NS):
        url = attribute(other, "podcast:source", "uri")
        if not url:
            what = tr("an alternate enclosure has no source")
            yield Finding("enclosure-sourceless", where, what, tr("apps can't play it"), tr(_AGAIN))
        told.append((url, other.get("type") or ""))
    for url, kind in told:
        yield from _address(where, "enclosure", url)
        dot = path_of(url).lower().rpartition(".")[1:]
        wanted = _AUDIO.get("".join(dot))
        if wanted and kind not in wanted:
            what = tr("its type is « {type} »", type=kind)
            why = tr("apps take it for no audio")
            yield Finding("enclosure-type", where, what, why, tr(_AGAIN))


def _numbers(where: str, item: etree._Element) -> Iterator[Finding]:
    duration = text(item, "itunes:duration")
    if duration and not _DURATION.fullmatch(duration):
        what = tr("its itunes:duration « {duration} » is no duration", duration=duration[:40])
        yield Finding("duration-form", where, what, tr("apps show no length"), tr(_AGAIN))
    for name in ("itunes:episode", "itunes:season"):
        told = text(item, name)
        if told and not count(told):
            what = tr("{name} says « {told} »", name=name, told=told[:40])
            yield Finding("episode-form", where, what, tr("Apple wants 1 or more"), tr(_AGAIN))


def _companions(where: str, item: etree._Element) -> Iterator[Finding]:
    for found in item.iterfind("podcast:transcript", namespaces=NS):
        if found.get("type") not in _TRANSCRIPTS:
            what = tr("a transcript's type is « {type} »", type=found.get("type") or "")
            yield Finding("transcript-type", where, what, tr("apps skip it"), tr(_AGAIN))
    for found in item.iterfind("podcast:chapters", namespaces=NS):
        if found.get("type") not in {"application/json+chapters", "application/json"}:
            what = tr("the type of its chapters is « {type} »", type=found.get("type") or "")
            yield Finding("chapters-type", where, what, tr("apps skip it"), tr(_AGAIN))
