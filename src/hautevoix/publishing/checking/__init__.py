"""What a listener's player or a directory would reject, in an MP3, a folder or a published feed.

``findings`` says what a finding is; ``mp3``, ``feed`` and ``web`` each look at their part;
``targets`` tells them what to look at.
"""
