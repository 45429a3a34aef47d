# The images of both servers: `docker buildx bake` builds them for amd64 and arm64 (docker-bake.hcl).
#
# Every base image is an argument, so that the file can also be built where no registry is reachable;
# deployment-tests/container-check does that.
ARG JDK_IMAGE=docker.io/library/eclipse-temurin:25.0.4.1_1-jdk-noble
ARG JRE_IMAGE=docker.io/library/eclipse-temurin:25.0.4.1_1-jre-noble
ARG NATIVE_IMAGE=docker.io/library/debian:12.12-slim
# `source` builds the applications here, `target` uses what `./mvnw package` left in target/.
ARG APPLICATIONS=source

# Open Liberty comes from Maven, in the version of the pom. All of this is the same for every processor
# architecture, so it is built on the builder's own.
FROM --platform=${BUILDPLATFORM:-linux/amd64} ${JDK_IMAGE} AS packaged-source
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress -q -pl liberty-config -am -DskipTests package \
    && mkdir /packaged && cp ingest-war/target/*.war worker-war/target/*.war /packaged/ \
    && cp -R liberty-config/target/liberty/wlp /packaged/wlp

FROM scratch AS packaged-target
COPY ingest-war/target/ingest-war.war worker-war/target/worker-war.war /packaged/
COPY liberty-config/target/liberty/wlp/ /packaged/wlp/

FROM packaged-${APPLICATIONS} AS packaged

# Each server gets a runtime with the features in its configuration, including those for tokens and traces, which it
# loads only when they are turned on. The applications are directories: a server copies the
# libraries of a packed one to its work area, which is memory.
FROM --platform=${BUILDPLATFORM:-linux/amd64} ${JDK_IMAGE} AS runtime
COPY --from=packaged /packaged/ /packaged/
RUN rm -rf /packaged/wlp/usr/servers /packaged/wlp/output && mkdir -p /opt/ol && mv /packaged/wlp /opt/ol/wlp
COPY liberty-config/src/main/liberty/config/fragments /opt/ol/wlp/usr/servers/defaultServer/fragments
COPY liberty-config/src/main/liberty/container/ /opt/ol/wlp/usr/servers/defaultServer/

FROM runtime AS ingest-runtime
COPY liberty-config/src/main/liberty/config/ingest.xml /opt/ol/wlp/usr/servers/defaultServer/server.xml
RUN THUMBNAILER_ACCESS=jwt OTEL_SDK_DISABLED=false \
    sh /opt/ol/wlp/usr/servers/defaultServer/trim /packaged/ingest-war.war /trimmed

FROM runtime AS worker-runtime
COPY liberty-config/src/main/liberty/config/worker.xml /opt/ol/wlp/usr/servers/defaultServer/server.xml
RUN OTEL_SDK_DISABLED=false sh /opt/ol/wlp/usr/servers/defaultServer/trim /packaged/worker-war.war /trimmed

# Debian's libraries that decode images, and their dependencies other than the C and C++ libraries of the base. They
# need an older C library than the base has.
FROM ${NATIVE_IMAGE} AS native
RUN for package in libturbojpeg0 libdeflate0 libheif1 libjxl0.7 libwebp7; do \
      dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"; \
    done; \
    if [ -n "$missing" ]; then apt-get update && apt-get install -y --no-install-recommends $missing; fi \
    && mkdir /native \
    && for name in libturbojpeg.so.0 libdeflate.so.0 libheif.so.1 libjxl.so.0.7 libwebp.so.7; do \
         library=$(ls /usr/lib/*/"$name") && cp -L "$library" /native/ || exit 1; \
         for needed in $(ldd "$library" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' \
             | grep -vE '/(libc|libm|libdl|librt|libpthread|libgcc_s|libstdc[+][+]|libz)[.]so'); do \
           cp -L "$needed" /native/ || exit 1; \
         done; \
       done \
    && ln -s libturbojpeg.so.0 /native/libturbojpeg.so

# The part that both servers share. The root file system is read-only, and the server writes only to /tmp. Java is
# process 1 and receives the signals.
FROM ${JRE_IMAGE} AS server
ENV LOG_DIR=/tmp/logs \
    WLP_OUTPUT_DIR=/tmp/output \
    WLP_LOGGING_CONSOLE_FORMAT=JSON \
    WLP_LOGGING_CONSOLE_SOURCE=message \
    WLP_LOGGING_CONSOLE_LOGLEVEL=INFO \
    TLS=false \
    OTEL_SDK_DISABLED=true \
    OTEL_METRICS_EXPORTER=none \
    OTEL_LOGS_EXPORTER=none \
    LD_LIBRARY_PATH=/opt/thumbnailer/native
ENTRYPOINT ["/bin/sh", "/opt/ol/wlp/usr/servers/defaultServer/start"]
CMD []

FROM server AS ingest
# Ingest checks for the same libraries to know which formats the workers decode.
COPY --from=native /native/ /opt/thumbnailer/native/
COPY --from=ingest-runtime /trimmed/ /opt/ol/
ENV MANAGEMENT_ENDPOINT=separate \
    THUMBNAILER_ACCESS=api-keys
RUN sh /opt/ol/wlp/usr/servers/defaultServer/train 9080
ENV OTEL_SERVICE_NAME=thumbnailer-ingest
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
COPY --from=native /native/ /opt/thumbnailer/native/
COPY --from=worker-runtime /trimmed/ /opt/ol/
RUN sh /opt/ol/wlp/usr/servers/defaultServer/train 9081
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
