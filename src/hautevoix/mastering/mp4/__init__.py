"""MP4 (ISO/IEC 14496-12): files of one sound with chapters and tags, written in flat memory."""

from hautevoix.mastering.mp4.ilst import Tags, udta
from hautevoix.mastering.mp4.moov import Chapter, Sound
from hautevoix.mastering.mp4.writer import Mp4

__all__ = ["Chapter", "Mp4", "Sound", "Tags", "udta"]
