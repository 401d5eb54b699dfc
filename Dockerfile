# Hautevoix in a container: a text in, an audiobook out, with no network.
#
#   docker build -t hautevoix .
#   docker run --rm --network none -v "$PWD:/books" hautevoix build livre.txt
#
# More extras: docker build --build-arg EXTRAS=m4b,kokoro …
FROM python:3.13-slim

ARG EXTRAS=m4b
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY requirements requirements
COPY src src
COPY man man
# What runs is locked, with hashes; what extras need is the newest that goes with it.
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/run.txt \
 && pip install --no-cache-dir --no-build-isolation ".[${EXTRAS}]" \
 && rm -rf /src/*

# Whoever runs it owns what it writes: docker run --user "$(id -u):$(id -g)" …
ENV HOME=/tmp/hautevoix HAUTEVOIX_STORE=/books/.hautevoix-store
WORKDIR /books
ENTRYPOINT ["hautevoix"]
CMD ["--help"]
