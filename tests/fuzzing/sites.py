"""Transcripts, feeds, pages and JSON as a broken publisher would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from fuzzing.texts import addresses, numbers, prose, tree, written, xml_text

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_clock = st.sampled_from(
    ["00:00.000", "00:01.000", "00:00:02.500", "00:00:02,500", "99:59:59.999", "9" * 60 + ":00:00.000",
     "0:0:1", "-1", "nan", "00:61.000", "٠٠:00.000"]
)  # fmt: skip
_cues = st.builds(
    lambda number, one, arrow, two, text: f"{number}{one}{arrow}{two}\n{text}\n\n",
    st.sampled_from(["", "1\n", "NOTE x\n", "STYLE\n", "x\ny\n"]),
    _clock,
    st.sampled_from([" --> ", "-->", " ", "\t-->\t"]),
    _clock,
    st.one_of(
        prose, st.sampled_from(["<v Roi>Oui", "<00:01.000>", "&lt;&#xD800;", "Roi:\nOui", ""])
    ),
)
cues = written(
    st.builds(
        lambda head, parts: head + "".join(parts),
        st.sampled_from(["WEBVTT\n\n", "WEBVTT - x\n\n", "", "WEBVTT", "\ufeffWEBVTT\n\n"]),
        st.lists(_cues, max_size=6),
    )
)
"""A transcript, as WebVTT or SubRip."""
_odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.sampled_from(
        [10**400, 1e308, float("nan"), float("inf"), -0.0, 0.5, "", "1", "nan", "\ud800"]
    ),
    prose,
)
values = st.recursive(
    _odd_values,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=5,
)
"""A value of JSON, of any kind."""


def rows(*keys: str) -> SearchStrategy[object]:
    """Return a list of tables with these keys, mostly numbers in them; or anything else."""
    value = st.one_of(st.floats(0, 9), st.integers(0, 9), values)
    told = st.dictionaries(st.sampled_from(keys), value, max_size=len(keys))
    whole = st.fixed_dictionaries(dict.fromkeys(keys, value))
    return st.one_of(st.lists(st.one_of(whole, whole, told), max_size=4), values)


_FEED_SPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:psc="http://podlove.org/simple-chapters" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)
_FEED_NAMES = (
    "item item enclosure guid title link description pubDate language atom:link itunes:image "
    "itunes:category itunes:explicit itunes:duration itunes:episode itunes:season itunes:type "
    "itunes:owner itunes:email podcast:guid podcast:locked podcast:transcript podcast:chapters "
    "podcast:alternateEnclosure podcast:source podcast:txt psc:chapters psc:chapter content:encoded"
).split()
_FEED_VALUES = st.one_of(
    prose,
    numbers,
    addresses,
    st.sampled_from(
        ["Tue, 14 Nov 2023 22:13:20 +0000", "Mon, 99 Xxx 0000 00:00:00 GMT", "14 Nov 9999 22:13:20 -9999",
         "1:02:03", "::", "https://x.example/a.mp3", "https://x.example/a.vtt", "https://x.example/a%00",
         "https://x.example/../a", "https://x.example/" + "a" * 300, "Arts", "Books", "audio/mpeg", "self",
         "https://[", "serial", "true", "Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 1 Jan 0001 00:00:00 +2359"]
    ),
)  # fmt: skip
_items_of_feed = st.builds(
    lambda url, length, kind, date, more: (
        f'<item><title>a</title><guid>{xml_text(url)}</guid><enclosure url="{xml_text(url)}" length="{length}" '
        f'type="{kind}"/><pubDate>{xml_text(date)}</pubDate>{more}</item>'
    ),
    st.one_of(addresses.map(lambda told: f"https://x.example/{told}"), addresses),
    numbers,
    st.sampled_from(["audio/mpeg", "", "x"]),
    _FEED_VALUES,
    tree(_FEED_NAMES[3:], ["url", "href", "type", "start", "uri", "length"], _FEED_VALUES, 6),
)
feed = written(
    st.builds(
        lambda own, inside, items: (
            f'<rss version="2.0" {_FEED_SPACES}><channel><atom:link rel="self" href="{xml_text(own)}"/>'
            f"{inside}{''.join(items)}</channel></rss>"
        ),
        st.one_of(st.just("https://x.example/feed.xml"), addresses),
        tree(
            _FEED_NAMES,
            ["url", "href", "type", "length", "text", "start", "isPermaLink", "rel", "uri", "purpose",
             "owner", "title"],
            _FEED_VALUES,
        ),
        st.lists(_items_of_feed, max_size=3),
    )
)  # fmt: skip
"""A feed."""
page = written(
    tree(
        ["section", "p", "span", "a", "audio", "img", "script", "h2", "div"],
        ["data-t", "data-e", "href", "src", "id", "class", "role"],
        st.one_of(
            numbers, addresses, st.sampled_from(["doc-noteref", "livre.mp3", "livre-1.epub"])
        ),
    ).map(
        lambda told: (
            '<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body><audio src="livre.mp3">'
            f"</audio>{told}</body></html>"
        )
    )
)
"""A listening page."""
