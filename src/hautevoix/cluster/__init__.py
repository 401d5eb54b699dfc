"""Tasks done by the workers of a Dask cluster, as the pool of this machine's processes does them.

``node`` is what a worker does, ``pool`` who gives it out, ``survey`` who may get any, ``client``
the connection, and ``local`` a cluster on this machine. Only who names a cluster imports them:
they need the extra « cluster ».
"""
