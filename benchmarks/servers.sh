# For measurements that need running servers. Source it from the project's directory with $work set. All started
# processes end with the script.
mkdir -p "$work"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
started=()
data=$(mktemp -d)
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$data"
}
trap finish EXIT

# With BENCHMARK_BUILT=1 in the environment, the existing packages are measured.
build() {
  if [ -z "${BENCHMARK_BUILT:-}" ]; then
    ./mvnw -q -DskipTests -DskipITs package -pl liberty-config,ingest-war,worker-war,benchmarks -am
  fi
  path="benchmarks/target/classes:$(cat benchmarks/target/classpath)"
}

free_port() {
  /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Starts Redis and the S3 server as separate processes, and puts their addresses into environment variables.
start_services() {
  : >"$work/services.env"
  "$java" -cp "$path" io.thumbnailer.devservices.DevServicesMain --data="$data" \
    --redis-port="$(free_port)" --s3-port="$(free_port)" --foreground \
    >"$work/services.env" 2>"$work/services.log" &
  started+=($!)
  until grep -q '^READY' "$work/services.env"; do
    kill -0 "${started[-1]}" || { cat "$work/services.log" >&2; exit 1; }
    sleep 0.2
  done
  while IFS='=' read -r name value; do [ "$name" = READY ] || export "$name=$value"; done <"$work/services.env"
}

# start_server ROLE HEAP: starts a server as it is deployed. Its address is in $address, its process in $server, and
# the address of its probes and metrics in $management.
start_server() {
  local directory=$work/$1-server home=$work/$1-server/usr/servers/$1 port management_port
  port=$(free_port)
  management_port=$port
  [ "$1" = worker ] || management_port=$(free_port)
  rm -rf "$directory"
  mkdir -p "$home/apps"
  cp -r liberty-config/src/main/liberty/config/. "$home/"
  cp "$home/$1.xml" "$home/server.xml"
  cp "$1-war/target/$1-war.war" "$home/apps/"
  HTTP_HOST=localhost HTTP_PORT=$port MANAGEMENT_ENDPOINT=separate MANAGEMENT_PORT=$management_port WLP_USER_DIR=$directory/usr JVM_ARGS="-Xmx$2" THUMBNAILER_ACCESS=open \
    liberty-config/target/liberty/wlp/bin/server run "$1" >"$work/$1.log" 2>&1 &
  server=$!
  started+=("$server")
  address=http://localhost:$port
  management=http://localhost:$management_port
  until [ "$(curl -s -o /dev/null -w '%{http_code}' "$management/health/ready")" = 200 ]; do
    kill -0 "$server" || { tail "$work/$1.log" >&2; exit 1; }
    sleep 0.2
  done
}

# Clock ticks of 10 ms that a process and its children have used.
cpu_ticks() {
  local pid sum=0
  for pid in "$1" $(pgrep -P "$1" || true); do
    sum=$((sum + $(awk '{ print $14 + $15 }' "/proc/$pid/stat")))
  done
  echo "$sum"
}

machine() {
  echo "$(nproc) x $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $("$java" -version 2>&1 | head -n 1)"
}
