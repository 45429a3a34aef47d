"""Pods that are killed, drained, hung or removed; nodes that are drained or cut off; all under uploads."""
import time

from ..kube import Failed, await_
from ..product import NAMESPACE, is_ready
from . import step


@step("workers-killed", "all workers killed under 3 uploads/s: nothing accepted is lost", quick=True)
def workers_killed(check):
    check.product.at_least(3)
    load = check.product.load(rate=3, seconds=40)
    time.sleep(10)
    killed = check.product.pods("worker")
    check.kube.run("-n", NAMESPACE, "delete", "pods", "--force", "--grace-period=0",
                   *[p["metadata"]["name"] for p in killed])
    back = check.product.rolled_out()
    figures = load.finish().require(refuse_none=True)
    check.product.apply()
    if len(killed) < 3:
        raise Failed(f"only {len(killed)} workers to kill")
    return f"{len(killed)} killed, back in {back:.0f} s; {figures.text()}"


@step("redis-killed", "Redis killed: no upload refused, nothing lost", quick=True)
def redis_killed(check):
    load = check.product.load(rate=2, seconds=40)
    time.sleep(10)
    check.kube.run("-n", NAMESPACE, "delete", "pod", "redis-0", "--force", "--grace-period=0")
    back = check.product.rolled_out()
    return f"back in {back:.0f} s; {load.finish().require(refuse_none=True).text()}"


@step("redis-drained", "the node of Redis drained: no upload refused, nothing lost")
def redis_drained(check):
    return drain(check, check.product.pods("redis")[0]["spec"]["nodeName"])


@step("node-drained", "another node drained: no upload refused, nothing lost")
def node_drained(check):
    redis = check.product.pods("redis")[0]["spec"]["nodeName"]
    return drain(check, other_node(check, redis))


def drain(check, node):
    if len(check.product.nodes()) < 2:
        check.skip("needs two nodes")
    load = check.product.load(rate=2, seconds=100)
    time.sleep(5)
    begun = time.monotonic()
    try:
        # The S3 server stays: it stands for AWS, which no drain of a node takes away.
        check.kube.run("drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=240s",
                       "--pod-selector=app.kubernetes.io/part-of=thumbnailer,app.kubernetes.io/name!=s3", timeout=260)
        drained = time.monotonic() - begun
        check.product.rolled_out()
        figures = load.finish()
    finally:
        check.kube.run("uncordon", node)
    figures.require(refuse_none=True)
    return f"drained in {drained:.0f} s; {figures.text()}"


@step("redis-hung", "Redis hangs for 25 s: nothing accepted is lost")
def redis_hung(check):
    load = check.product.load(rate=2, seconds=60)
    time.sleep(8)
    with hung(check, "redis", "redis-server"):
        time.sleep(25)
    return load.finish().require(refuse_none=False).text()


@step("redis-gone", "Redis gone for a minute: nothing accepted is lost")
def redis_gone(check):
    return gone(check, "redis")


@step("s3-gone", "S3 gone for a minute: nothing accepted is lost, and refusals are quick")
def s3_gone(check):
    return gone(check, "s3", quick_refusals=True)


@step("s3-hung", "S3 hangs for 20 s: nothing accepted is lost, and refusals are quick")
def s3_hung(check):
    load = check.product.load(rate=2, seconds=50)
    time.sleep(8)
    with hung(check, "s3", "java" if check.local else "minio"):
        time.sleep(20)
    return only_503(load.finish().require(refuse_none=False))


def gone(check, name, quick_refusals=False):
    load = check.product.load(rate=2, seconds=90)
    time.sleep(8)
    check.product.scale("statefulset", name, 0)
    try:
        time.sleep(60)
    finally:
        check.product.scale("statefulset", name, 1)
    check.product.rolled_out()
    figures = load.finish().require(refuse_none=False)
    return only_503(figures) if quick_refusals else figures.text()


def only_503(figures):
    other = {k: v for k, v in figures["outcomes"].items() if k not in ("202", "503")}
    if other:
        raise Failed(f"refused with another status than 503: {other}; {figures.text()}")
    return figures.text()


class hung:
    """Suspends a program of a pod while it is entered."""

    def __init__(self, check, name, program):
        self.check, self.name, self.program = check, name, program
        self.pids = []

    def __enter__(self):
        if not self.check.local:
            self.check.skip("stopping a process of a pod needs the local cluster")
        pod = self.check.product.pods(self.name)[0]
        self.pids = self.check.local.hang(pod["metadata"]["uid"], self.program)
        if not self.pids:
            raise Failed(f"no process {self.program} in {self.name}")

    def __exit__(self, *_):
        self.check.local.wake(self.pids)


@step("node-lost", "a node is cut off: its pods are back within 60 s, nothing accepted is lost")
def node_lost(check):
    if not check.local:
        check.skip("cutting a node off needs the local cluster")
    product = check.product
    kept = check.local.control_plane
    node = other_node(check, kept)
    product.client(node=kept)
    product.at_the_least()  # which fit on one node
    move(check, node, "redis", "s3")
    # One pod of each on the node that is lost, and the other of ingest not.
    move(check, kept, "ingest", "worker")
    if all(p["spec"]["nodeName"] == node for p in product.pods("ingest")):
        move(check, node, "ingest")
    on_node = [p for n in ("ingest", "worker") for p in product.pods(n) if p["spec"]["nodeName"] == node]
    if len(on_node) < 2:
        raise Failed(f"only {len(on_node)} pods on {node}")
    load = product.load(rate=2, seconds=120)
    time.sleep(5)
    begun = time.monotonic()
    check.local.cut_off(node)
    try:
        _, declared = await_(f"{node} declared lost", 120, lambda: not is_ready(check.kube.get("node", node)))

        def replaced():
            return all(len([p for p in product.ready_pods(n) if p["spec"]["nodeName"] != node]) >= product.replicas(n)
                       for n in ("ingest", "worker"))
        await_("the pods of the lost node elsewhere", 240, replaced)
        back = time.monotonic() - begun
        figures = load.finish()
    finally:
        check.local.connect(node)
        await_(f"{node} back", 300, lambda: is_ready(check.kube.get("node", node)))
    product.apply()
    figures.require(refuse_none=False)
    text = f"declared lost after {declared:.0f} s, {len(on_node)} pods back in {back:.0f} s; {figures.text()}"
    if back > 60:
        raise Failed(text)
    return text


def move(check, node, *names):
    """Restarts one pod of each workload on another node."""
    check.kube.run("cordon", node)
    try:
        for name in names:
            on_node = [p for p in check.product.pods(name) if p["spec"]["nodeName"] == node]
            if on_node:
                check.kube.run("-n", NAMESPACE, "delete", "pod", on_node[0]["metadata"]["name"])
        check.product.rolled_out()
    finally:
        check.kube.run("uncordon", node)


def other_node(check, node):
    others = [n for n in check.product.nodes() if n != node]
    if not others:
        check.skip("needs two nodes")
    return others[0]


