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
FROM --platform=${BUILDPLATFORM:-linux/amd64} ${BUILD_IMAGE} AS applications-source
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress -q -pl ingest-war,worker-war -am -DskipTests package \
    && mkdir /applications && cp ingest-war/target/*.war worker-war/target/*.war /applications/

FROM scratch AS applications-target
COPY ingest-war/target/ingest-war.war worker-war/target/worker-war.war /applications/

FROM applications-${APPLICATIONS} AS applications

# libjpeg-turbo: UBI has no package for its TurboJPEG API. Debian's needs only an older C library.
FROM ${NATIVE_IMAGE} AS native
RUN if [ -z "$(ls /usr/lib/*/libturbojpeg.so.0 2>/dev/null)" ]; then \
      apt-get update && apt-get install -y --no-install-recommends libturbojpeg0; \
    fi \
    && mkdir /native && cp -L /usr/lib/*/libturbojpeg.so.0 /native/libturbojpeg.so

# What both servers share. Two things differ from Open Liberty's own recipe, for a root file system
# that is read-only: the server writes to /tmp only, and Java is started directly, not by the base's
# script, which writes keys into the configuration. So no shell runs, and Java is process 1 and gets
# the signals.
FROM ${LIBERTY_IMAGE} AS server
ENV LOG_DIR=/tmp/logs \
    WLP_LOGGING_CONSOLE_FORMAT=JSON \
    WLP_LOGGING_CONSOLE_SOURCE=message \
    WLP_LOGGING_CONSOLE_LOGLEVEL=INFO \
    TLS=false \
    OTEL_METRICS_EXPORTER=none \
    OTEL_LOGS_EXPORTER=none
COPY --chown=1001:0 liberty-config/src/main/liberty/config/fragments /config/fragments
COPY --chown=1001:0 liberty-config/src/main/liberty/container/ /config/
ENTRYPOINT ["java", \
    "@/opt/ol/wlp/lib/platform/java/java9.options", \
    "@/config/jvm.options", \
    "-javaagent:/opt/ol/wlp/bin/tools/ws-javaagent.jar", \
    "-jar", "/opt/ol/wlp/bin/tools/ws-server.jar", "defaultServer"]
CMD []

FROM server AS ingest
COPY --chown=1001:0 liberty-config/src/main/liberty/config/ingest.xml /config/server.xml
# With the features for tokens and for traces, which the server loads only when they are switched on.
RUN THUMBNAILER_ACCESS=jwt OTEL_SDK_DISABLED=false features.sh
COPY --chown=1001:0 --from=applications /applications/ingest-war.war /config/apps/
# configure.sh starts the server once to fill Java's class cache; it needs a bucket's name to start.
RUN AWS_S3_BUCKET_NAME=class-cache AWS_REGION=us-east-1 configure.sh
ENV WLP_OUTPUT_DIR=/tmp/output \
    OTEL_SERVICE_NAME=thumbnailer-ingest
USER 1001
EXPOSE 9080
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
COPY --chown=1001:0 --from=applications /applications/worker-war.war /config/apps/
RUN AWS_S3_BUCKET_NAME=class-cache AWS_REGION=us-east-1 \
    WARM_ENDPOINT_URL=localhost:9081/health/started WARM_OPENAPI_ENDPOINT=false configure.sh
ENV WLP_OUTPUT_DIR=/tmp/output \
    OTEL_SERVICE_NAME=thumbnailer-worker
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
