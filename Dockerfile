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

# Libraries of Debian that decode images, and what they need beside the base's C and C++ libraries: UBI has
# no packages for them. A library that needs a newer C library than the base's does not load, and its formats are
# refused by name: on UBI 9 (glibc 2.34) that is libjxl, which needs 2.35.
FROM ${NATIVE_IMAGE} AS native
RUN for package in libturbojpeg0 libheif1 libjxl0.7 libwebp7; do \
      dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"; \
    done; \
    if [ -n "$missing" ]; then apt-get update && apt-get install -y --no-install-recommends $missing; fi \
    && mkdir /native \
    && for name in libturbojpeg.so.0 libheif.so.1 libjxl.so.0.7 libwebp.so.7; do \
         library=$(ls /usr/lib/*/"$name") && cp -L "$library" /native/ || exit 1; \
         for needed in $(ldd "$library" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' \
             | grep -vE '/(libc|libm|libdl|librt|libpthread|libgcc_s|libstdc[+][+]|libz)[.]so'); do \
           cp -L "$needed" /native/ || exit 1; \
         done; \
       done \
    && ln -s libturbojpeg.so.0 /native/libturbojpeg.so

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
    OTEL_LOGS_EXPORTER=none \
    LD_LIBRARY_PATH=/opt/thumbnailer/native
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
# Ingest looks for the same libraries to tell which formats the workers decode.
COPY --chown=1001:0 --from=native /native/ /opt/thumbnailer/native/
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
