# An image with the `chimeflow` program: docker build --build-arg VERSION=0.1.0 dist --file Dockerfile --tag chimeflow
#
# `dist` is what tools/release wrote. The program for musl needs nothing of the system, so the image contains nothing else.
ARG TARGETARCH=amd64

# `ADD` unpacks. Docker has its own names of architectures and no conditions, hence a stage for each; only the one that is needed is built.
FROM scratch AS program-amd64
ARG VERSION
ADD chimeflow-${VERSION}-x86_64-unknown-linux-musl.tar.gz /

FROM scratch AS program-arm64
ARG VERSION
ADD chimeflow-${VERSION}-aarch64-unknown-linux-musl.tar.gz /

# hadolint ignore=DL3006
FROM program-${TARGETARCH} AS program

FROM scratch
ARG VERSION
COPY --from=program /chimeflow-${VERSION}-*/chimeflow /usr/local/bin/chimeflow
COPY --from=program /chimeflow-${VERSION}-*/LICENSE-* /chimeflow-${VERSION}-*/THIRD-PARTY.txt /usr/share/doc/chimeflow/
# Not root. Mount the rules: docker run --rm --volume "$PWD:/work" chimeflow check rules.toml
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/chimeflow"]
CMD ["--help"]
