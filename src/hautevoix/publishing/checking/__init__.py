"""What a listener's player or a directory would reject, in a file, a folder or a published feed.

``findings`` says what a finding is. Each kind of file has its module: ``mp3`` with ``tags`` (at an
address ``opening``), ``m4b`` (``boxes`` → ``movie``), ``epub`` (``archive`` → ``package`` →
``overlays``), ``page``, ``transcripts`` (``cues``), ``timeline``, ``feed`` with ``feed_values`` and
``feed_dates``; ``hearing`` judges what is measured. ``single`` chooses by a file's name, ``site``
goes where a feed leads, ``targets`` and ``addresses`` tell them what to look at.
"""
