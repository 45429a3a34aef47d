"""Measures how long the servers take to be ready, and the CPU time they use for it.

usage: startup.py WORK JAVA MACHINE ROUNDS [SERVER|WAY...]
"""

import http.client
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LIMIT = 150  # seconds for one start
ROLES = ("ingest", "worker")
WLP = Path("liberty-config/target/liberty/wlp").resolve()
CONFIG = Path("liberty-config/src/main/liberty").resolve()
DIRECTIVES = "-XX:CompilerDirectivesFile={home}/compiler-directives.json"
# Without this, no archive of classes is created or used together with a Java agent.
WITH_AGENT = ("-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent")


@dataclass(frozen=True)
class Way:
    """One way to start a server. `trained` options are for the start that creates an archive."""

    name: str
    options: tuple = ()
    trained: tuple = ()
    warm: bool = False  # with the work area of an earlier start
    expanded: bool = False  # the application as a directory
    agent: bool = True  # with Liberty's Java agent
    edit: tuple = ()  # (pattern, replacement) in the configuration
    jdk: int = 17
    roles: tuple = ROLES


WAYS = (
    Way("empty work area"),
    Way("work area", warm=True),
    Way("directory", expanded=True),
    Way("directory and work area", warm=True, expanded=True),
    Way("OSGi unchecked", warm=True, expanded=True, options=("-Dosgi.checkConfiguration=false",)),
    Way("class archive", warm=True, expanded=True,
        options=(*WITH_AGENT, "-XX:SharedArchiveFile={archive}"),
        trained=(*WITH_AGENT, "-XX:ArchiveClassesAtExit={archive}")),
    Way("class archive, no agent", warm=True, expanded=True, agent=False,
        options=("-XX:SharedArchiveFile={archive}",), trained=("-XX:ArchiveClassesAtExit={archive}",)),
    Way("AOT cache", warm=True, expanded=True, options=(*WITH_AGENT, "-XX:AOTCache={archive}"),
        trained=(*WITH_AGENT, "-XX:AOTCacheOutput={archive}"), jdk=25),
    Way("image", warm=True, expanded=True, agent=False, options=(DIRECTIVES, "-XX:AOTCache={archive}"),
        trained=(DIRECTIVES, "-XX:AOTCacheOutput={archive}"), jdk=25),
    Way("image, C2 for everything", warm=True, expanded=True, agent=False, options=("-XX:AOTCache={archive}",),
        trained=("-XX:AOTCacheOutput={archive}",), jdk=25),
    Way("no agent", warm=True, expanded=True, agent=False),
    Way("no default archive", warm=True, expanded=True, options=("-Xshare:off",)),
    Way("first compiler only", warm=True, expanded=True, options=("-XX:TieredStopAtLevel=1",)),
    Way("unmonitored", warm=True, expanded=True,
        edit=(r"<config onError=\"FAIL\"/>", r'<config onError="FAIL" updateTrigger="disabled"/>'
              r'<applicationMonitor updateTrigger="disabled"/>')),
    Way("no OpenAPI", warm=True, expanded=True, edit=(r"<feature>mpOpenAPI</feature>", ""), roles=("ingest",)),
    Way("implicit beans", warm=True, expanded=True,
        edit=(r"<cdi enableImplicitBeanArchives=\"false\"/>", "")),
    Way("traces", warm=True, expanded=True, edit=(r"\$\{env.OTEL_SDK_DISABLED\}", "false")),
)


class NotReady(Exception):
    """The server ended, or took too long."""


class Server:
    """A server that is started in one way, with its own directories."""

    def __init__(self, work, java, role, way):
        self.java = java
        self.role = role
        self.way = way
        self.directory = work / role / re.sub(r"\W+", "-", way.name)
        shutil.rmtree(self.directory, ignore_errors=True)
        home = self.directory / "usr/servers" / role
        shutil.copytree(CONFIG / "config", home)
        shutil.copytree(CONFIG / "container", home, dirs_exist_ok=True)
        shutil.copy(home / f"{role}.xml", home / "server.xml")
        if way.edit:
            for file in home.rglob("*.xml"):
                file.write_text(re.sub(way.edit[0], way.edit[1], file.read_text()))
        (home / "apps").mkdir()
        war = Path(f"{role}-war/target/{role}-war.war")
        if way.expanded:
            subprocess.run(["unzip", "-q", war, "-d", home / "apps" / war.name], check=True)
        else:
            shutil.copy2(war, home / "apps")
        self.output = self.directory / "output"
        self.kept = self.directory / "kept"
        self.port = free_port()
        # A worker's only port is for probes and metrics.
        self.management = free_port() if role == "ingest" else self.port

    def train(self):
        if self.way.trained:
            self.start(self.way.trained)
            shutil.rmtree(self.output)
        if self.way.warm:
            self.start(self.way.options)
            self.output.rename(self.kept)

    def measure(self):
        return self.start(self.way.options)

    def command(self, options):
        home = self.directory / "usr/servers" / self.role
        line = [self.java, f"@{WLP}/lib/platform/java/java{24 if version(self.java) >= 24 else 9}.options", f"@{home}/jvm.options", "-XX:MaxRAM=1g"]
        line += [option.format(archive=self.directory / "archive", home=home) for option in options]
        if self.way.agent:
            line.append(f"-javaagent:{WLP}/bin/tools/ws-javaagent.jar")
        return line + ["-jar", f"{WLP}/bin/tools/ws-server.jar", self.role]

    def launch(self, options, prefix):
        """Starts the server; returns its process and the CPU seconds that the copy of the work area took."""
        shutil.rmtree(self.output, ignore_errors=True)
        environment = dict(os.environ, HTTP_PORT=str(self.port), MANAGEMENT_PORT=str(self.management),
                           MANAGEMENT_ENDPOINT="separate",
                           WLP_USER_DIR=str(self.directory / "usr"),
                           WLP_OUTPUT_DIR=str(self.output), LOG_DIR=str(self.directory / "logs"))
        copied = 0.0
        if self.kept.exists():
            before = os.times()
            subprocess.run(["cp", "-Rp", self.kept, self.output], check=True)
            after = os.times()
            copied = (after.children_user - before.children_user
                      + after.children_system - before.children_system)
        with open(self.directory / "console.log", "ab") as log:
            process = subprocess.Popen([*prefix, *self.command(options)], env=environment,
                                       stdout=log, stderr=subprocess.STDOUT)
        return process, copied

    def start(self, options):
        """Starts the server, waits until it is ready, and stops it; returns the seconds and CPU seconds of the start."""
        begun = time.monotonic()
        process, copied = self.launch(options, ("taskset", "-c", "1"))
        try:
            self.await_ready(process, begun)
            seconds = time.monotonic() - begun
            fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
            cpu = (int(fields[11]) + int(fields[12])) / TICKS + copied
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return seconds, cpu

    def await_ready(self, process, begun):
        while time.monotonic() - begun < LIMIT:
            if process.poll() is not None:
                raise NotReady(f"{self.directory}: ended with {process.returncode}")
            try:
                connection = http.client.HTTPConnection("localhost", self.management, timeout=5)
                connection.request("GET", "/health/ready")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise NotReady(f"{self.directory}: not ready")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def version(java):
    text = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return int(re.search(r'version "(\d+)', text).group(1))


def main(work, java, machine, rounds, *names):
    jdk = version(java)
    roles = [role for role in ROLES if role in names] or ROLES
    chosen = set(names) - set(ROLES)
    ways = [way for way in WAYS if jdk >= way.jdk and (not chosen or way.name in chosen)]
    print(f"{rounds} rounds in alternation, medians, one processor; {machine}\n")
    print("| server | way | CPU s (lowest, highest) | s | compared with the first way |")
    print("| --- | --- | --- | --- | --- |")
    starts = open(Path(work) / "starts.tsv", "a")
    for role in roles:
        servers = [Server(Path(work), java, role, way) for way in ways if role in way.roles]
        figures = {server: [] for server in servers}
        for turn in range(int(rounds) + 1):
            for server in list(figures):
                try:
                    start = server.measure() if turn else server.train()
                    figures[server].append(start)
                    if turn:
                        print(role, server.way.name, *start, sep="\t", file=starts, flush=True)
                except NotReady as problem:
                    print(problem, file=sys.stderr)
                    del figures[server]
        first = None
        for server in servers:
            if server not in figures:
                print(f"| {role} | {server.way.name} | does not start | | |")
                continue
            measured = figures[server][1:]
            cpu = sorted(start[1] for start in measured)
            median = statistics.median(cpu)
            first = first or median
            seconds = statistics.median(start[0] for start in measured)
            print(f"| {role} | {server.way.name} | {median:.1f} ({cpu[0]:.1f}, {cpu[-1]:.1f}) |"
                  f" {seconds:.1f} | {100 * (median / first - 1):+.0f} % |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
