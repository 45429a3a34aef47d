# The images of both servers: `docker buildx bake` builds them for amd64 and arm64 (docker-bake.hcl).
#
# Every base is an argument, so that the file can also be built where no registry can be reached;
# deployment-tests/container-check does that.
ARG BUILD_IMAGE=docker.io/library/eclipse-temurin:21.0.8_9-jdk-noble
ARG NATIVE_IMAGE=docker.io/library/debian:12.12-slim
ARG LIBERTY_IMAGE=icr.io/appcafe/open-liberty:26.0.0.6-kernel-slim-java21-openj9-ubi-minimal
# `source` builds the applications here, `target` takes what `./mvnw package` left in target/.
ARG APPLICATIONS=source

# The applications are the same for every processor, so they are built on the builder's own.
FROM --platform=${BUILDPLATFORM:-linux/amd64} ${BUILD_IMAGE} AS packaged-source
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress -q -pl ingest-war,worker-war -am -DskipTests package \
    && mkdir /packaged && cp ingest-war/target/*.war worker-war/target/*.war /packaged/

FROM scratch AS packaged-target
COPY ingest-war/target/ingest-war.war worker-war/target/worker-war.war /packaged/

FROM packaged-${APPLICATIONS} AS packaged

# As folders: a server copies the libraries of a packed application to its work area, which is memory.
FROM --platform=${BUILDPLATFORM:-linux/amd64} ${BUILD_IMAGE} AS applications
COPY --from=packaged /packaged/ /packaged/
RUN for name in ingest-war worker-war; do \
      mkdir -p "/applications/$name.war" && cd "/applications/$name.war" && jar xf "/packaged/$name.war" || exit 1; \
    done

# libjpeg-turbo: UBI has no package for its TurboJPEG API. Debian's needs only an older C library.
FROM ${NATIVE_IMAGE} AS native
RUN if [ -z "$(ls /usr/lib/*/libturbojpeg.so.0 2>/dev/null)" ]; then \
      apt-get update && apt-get install -y --no-install-recommends libturbojpeg0; \
    fi \
    && mkdir /native && cp -L /usr/lib/*/libturbojpeg.so.0 /native/libturbojpeg.so

# What both servers share. Two things differ from Open Liberty's own recipe, for a root file system
# that is read-only: the server writes to /tmp only, and Java is started by a script of our own, not by the
# base's, which writes keys into the configuration. Java is process 1 and gets the signals.
FROM ${LIBERTY_IMAGE} AS server
ENV LOG_DIR=/tmp/logs \
    WLP_OUTPUT_DIR=/tmp/output \
    WLP_LOGGING_CONSOLE_FORMAT=JSON \
    WLP_LOGGING_CONSOLE_SOURCE=message \
    WLP_LOGGING_CONSOLE_LOGLEVEL=INFO \
    TLS=false \
    OTEL_METRICS_EXPORTER=none \
    OTEL_LOGS_EXPORTER=none
# configure.sh looks for the work area here.
RUN rm -rf /opt/ol/wlp/output && ln -s /tmp/output /opt/ol/wlp/output
COPY --chown=1001:0 liberty-config/src/main/liberty/config/fragments /config/fragments
COPY --chown=1001:0 liberty-config/src/main/liberty/container/ /config/
ENTRYPOINT ["/bin/sh", "/config/start"]
CMD []

FROM server AS ingest
COPY --chown=1001:0 liberty-config/src/main/liberty/config/ingest.xml /config/server.xml
# With the features for tokens and for traces, which the server loads only when they are switched on.
RUN THUMBNAILER_ACCESS=jwt OTEL_SDK_DISABLED=false features.sh
COPY --chown=1001:0 --from=applications /applications/ingest-war.war/ /config/apps/ingest-war.war/
# configure.sh starts the server to fill Java's class cache and the work area; it needs a bucket's name to start.
RUN AWS_S3_BUCKET_NAME=class-cache AWS_REGION=us-east-1 configure.sh \
    && mv /tmp/output /opt/ol/wlp/filled-output && rm -rf /tmp/logs
ENV OTEL_SERVICE_NAME=thumbnailer-ingest \
    MANAGEMENT_ENDPOINT=separate
USER 1001
EXPOSE 9080 9081
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Thumbnailer ingest" \
      org.opencontainers.image.description="Takes uploads, shows jobs and thumbnails" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.authors="The Thumbnailer authors"

FROM server AS worker
COPY --chown=1001:0 liberty-config/src/main/liberty/config/worker.xml /config/server.xml
RUN OTEL_SDK_DISABLED=false features.sh
COPY --chown=1001:0 --from=native /native/ /opt/thumbnailer/native/
COPY --chown=1001:0 --from=applications /applications/worker-war.war/ /config/apps/worker-war.war/
RUN AWS_S3_BUCKET_NAME=class-cache AWS_REGION=us-east-1 \
    WARM_ENDPOINT_URL=localhost:9081/health/started WARM_OPENAPI_ENDPOINT=false configure.sh \
    && mv /tmp/output /opt/ol/wlp/filled-output && rm -rf /tmp/logs
ENV OTEL_SERVICE_NAME=thumbnailer-worker
USER 1001
EXPOSE 9081
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Thumbnailer worker" \
      org.opencontainers.image.description="Makes the thumbnails" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.authors="The Thumbnailer authors"
