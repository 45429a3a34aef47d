"""The autoscalers of the workers: up and down under load, and no change while a metric cannot be read."""
import json
import time

from ..kube import Failed, await_
from ..product import NAMESPACE
from . import step

METRIC = f"/apis/external.metrics.k8s.io/v1beta1/namespaces/{NAMESPACE}/thumbnailer_queue_backlog"
HOLD_SECONDS = 75
# Scales down at the next look: whatever the autoscaler believes is then seen within seconds.
EAGER = {"spec": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 0, "policies": [
    {"type": "Percent", "value": 100, "periodSeconds": 15}]}}}}
HEAVY = {"width": 2400, "height": 1800}


@step("hpa-cpu", "CPU: more workers under load, fewer after it")
def hpa_cpu(check):
    check.product.apply()
    set_hpa(check, {"spec": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 60}}}})
    try:
        return up_and_down(check, "down with a window of 60 s, not 300", rate=8, seconds=120)
    finally:
        check.product.apply()


@step("hpa-queue", "the backlog: more workers for a burst, fewer after it")
def hpa_queue(check):
    with_adapter(check)
    return up_and_down(check, "the shipped behavior", rate=10, seconds=15)


def up_and_down(check, note, **load):
    await_("one worker", 300, lambda: check.product.replicas() == 1)
    begun = time.monotonic()
    running = check.product.load(**load, **HEAVY)
    peak, risen = 1, None
    while running.process.poll() is None:
        replicas = check.product.replicas()
        if replicas > peak:
            risen = risen or time.monotonic() - begun
            peak = replicas
        time.sleep(2)
    figures = running.finish().require(refuse_none=False)
    if peak == 1:
        raise Failed(f"never more than one worker; {figures.text()}")
    _, down = await_("one worker again", 600, lambda: check.product.replicas() == 1)
    return (f"1 to {peak} workers, the first after {risen:.0f} s; all done {figures['drained']} s after the last upload; "
            f"back to 1 {down:.0f} s later ({note}); {figures.text()}")


@step("hpa-unreadable", "Redis, Prometheus, adapter, metrics-server gone: no worker is taken away")
def hpa_unreadable(check):
    with_adapter(check)
    set_hpa(check, EAGER)
    sources = (("Redis", "statefulset", "redis", NAMESPACE, backlog_is_absent),
               ("Prometheus", "statefulset", "prometheus", "monitoring", backlog_is_absent),
               ("the adapter", "deployment", "prometheus-adapter", "monitoring", backlog_is_absent),
               ("metrics-server", "deployment", "metrics-server", "kube-system", cpu_is_absent))
    try:
        return "; ".join(held_without(check, *source) for source in sources)
    finally:
        check.product.apply()


def held_without(check, what, kind, name, namespace, is_absent):
    before = check.kube.get(kind, name, namespace)["spec"].get("replicas", 1)
    check.product.scale(kind, name, 0, namespace)
    try:
        await_(f"{what} unreadable", 120, lambda: is_absent(check))
        check.product.scale("deployment", "worker", 3)
        lowest = hold(check, 3)
    finally:
        check.product.scale(kind, name, before, namespace)
    if lowest < 3:
        raise Failed(f"without {what} the autoscaler went from 3 to {lowest}")
    # The same autoscaler does take workers away once it can read.
    _, seconds = await_(f"fewer workers after {what} is back", 300, lambda: check.product.replicas() < 3)
    check.product.rolled_out()
    await_("the backlog readable", 180, lambda: backlog(check))
    return f"without {what} 3 workers for {HOLD_SECONDS} s, fewer {seconds:.0f} s after it is back"


def hold(check, number):
    """The smallest number of workers within the time."""
    lowest, end = number, time.monotonic() + HOLD_SECONDS
    while time.monotonic() < end:
        lowest = min(lowest, check.product.replicas())
        time.sleep(2)
    return lowest


def backlog(check):
    """The value that the autoscaler reads, as a list with one number."""
    return json.loads(check.kube.run("get", "--raw", METRIC))["items"]


def backlog_is_absent(check):
    try:
        items = backlog(check)
    except Failed:
        return True
    if any(i["value"].startswith("-") for i in items):
        raise Failed(f"the adapter serves {items}")
    return not items


def cpu_is_absent(check):
    return "Metrics API not available" in check.kube.run("top", "pods", "-n", NAMESPACE, check=False) or \
        "not available" in check.kube.run("get", "--raw", "/apis/metrics.k8s.io/v1beta1", check=False)


def with_adapter(check):
    """Monitoring and the adapter, and workers scaled by the backlog."""
    if check.kube.get("apiservice", "v1beta1.external.metrics.k8s.io") and check.kube.get("namespace", "keda"):
        raise Failed("KEDA serves external.metrics.k8s.io: remove it first")
    with_monitoring(check)
    check.product.apply_directory("prometheus-adapter")
    check.product.rolled_out(namespace="monitoring")
    check.product.apply(components=["hpa-queue"])
    await_("the backlog readable", 180, lambda: backlog(check))


def with_monitoring(check):
    if check.local and not (check.local.has("prometheus") and check.local.has("prometheus-adapter")):
        check.skip(f"Prometheus is not built: {check.local.directory}/build")
    check.product.apply_directory("overlays/monitoring-local")
    if check.local:  # it has no images for them
        for name in ("grafana", "alertmanager"):
            check.product.scale("deployment", name, 0, "monitoring")
    check.product.rolled_out(namespace="monitoring")


def set_hpa(check, patch):
    check.kube.run("-n", NAMESPACE, "patch", "hpa", "worker", "--type=merge", "-p", json.dumps(patch))


@step("replaced", "the ways to scale replace each other and come back")
def replaced(check):
    seen = []
    for component in ("hpa-queue", "hpa-cpu", "hpa-queue", "hpa-cpu"):
        check.kube.run("apply", "-k", str(check.project / "kubernetes/components" / component))
        found = [h for h in check.kube.get("hpa", namespace=NAMESPACE) if h["spec"]["scaleTargetRef"]["name"] == "worker"]
        kinds = sorted(m["type"] for m in found[0]["spec"]["metrics"])
        if len(found) != 1 or (kinds == ["Resource"]) != (component == "hpa-cpu"):
            raise Failed(f"{component}: {len(found)} autoscalers of the workers, metrics {kinds}")
        seen.append(component)
    return " to ".join(seen) + ": one autoscaler each time"
