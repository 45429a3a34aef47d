"""KEDA: to zero workers and back, and no change while a metric cannot be read."""
import json
import re
import subprocess
import tempfile
import time

from ..kube import Failed, await_
from ..product import NAMESPACE
from . import step
from .autoscaling import HOLD_SECONDS, hold, with_monitoring


@step("keda", "KEDA: to no workers and back; no worker is taken away while Redis or KEDA is gone")
def keda(check):
    install(check)
    try:
        with_monitoring(check)
        check.product.apply(components=["keda"])
        figures = [kept_at_first(check), zero_and_back(check)]
        figures += [held_without(check, "Redis", "statefulset", "redis", NAMESPACE),
                    held_without(check, "KEDA", "deployment", "keda-operator", "keda")]
        return "; ".join(figures)
    finally:
        check.kube.run("-n", NAMESPACE, "delete", "scaledobject", "worker", "--ignore-not-found", "--timeout=60s", check=False)
        uninstall(check)
        check.product.apply()
        check.product.scale("deployment", "worker", 1)
        check.product.rolled_out()


def kept_at_first(check):
    await_("the ScaledObject is ready", 120, lambda: condition(check, "Ready") == "True")
    lowest = hold(check, check.product.replicas())
    if lowest < 1:
        raise Failed("the running worker was removed when the ScaledObject was created")
    return f"the worker stays for {HOLD_SECONDS} s"


def zero_and_back(check):
    patch = {"spec": {"cooldownPeriod": 30, "initialCooldownPeriod": 0}}
    check.kube.run("-n", NAMESPACE, "patch", "scaledobject", "worker", "--type=merge", "-p", json.dumps(patch))
    _, down = await_("no workers", 240, lambda: check.product.replicas() == 0)
    figures = check.product.load(rate=1, seconds=1).finish().require(refuse_none=True)
    return f"none after {down:.0f} s (cooldown 30 s, not 300); from none to the thumbnail {figures['drained']} s"


def held_without(check, what, kind, name, namespace):
    before = check.kube.get(kind, name, namespace)["spec"].get("replicas", 1)
    check.product.scale(kind, name, 0, namespace)
    try:
        time.sleep(20)
        check.product.scale("deployment", "worker", 2)
        lowest = hold(check, 2)
        if what == "Redis":
            await_("the fallback fires", 120, lambda: condition(check, "Fallback") == "True")
    finally:
        check.product.scale(kind, name, before, namespace)
    if lowest < 2:
        raise Failed(f"without {what} KEDA went from 2 workers to {lowest}")
    check.product.rolled_out()
    await_("KEDA reads the queue", 180, lambda: condition(check, "Fallback") == "False")
    return f"without {what} 2 workers for {HOLD_SECONDS} s"


def condition(check, kind):
    conditions = check.kube.get("scaledobject", "worker", NAMESPACE)["status"].get("conditions", [])
    return next((c["status"] for c in conditions if c["type"] == kind), None)


def install(check):
    """KEDA from its own manifests, with the images of the local cluster; an installed one is used as it is."""
    check.kube.run("delete", "-k", str(check.project / "kubernetes/prometheus-adapter"), "--ignore-not-found", check=False)
    if check.kube.get("deployment", "keda-operator", "keda"):
        check.brought_keda = False
        return
    if not check.local:
        check.skip("KEDA is not installed")
    if not check.local.has("keda-adapter"):
        check.skip(f"KEDA is not built: {check.local.directory}/build keda (10 min)")
    check.brought_keda = True
    check.images.load_keda()
    check.kube.run("apply", "--server-side", "-f", "-", stdin=manifests(check))
    check.product.rolled_out(namespace="keda")
    await_("the metrics of KEDA", 120, lambda: check.kube.run("get", "--raw", "/apis/external.metrics.k8s.io/v1beta1"))


def uninstall(check):
    if getattr(check, "brought_keda", False):
        check.kube.run("delete", "--ignore-not-found", "--timeout=120s", "-f", "-", stdin=manifests(check), check=False,
                       timeout=200)


def manifests(check):
    source = subprocess.run(
        ["go", "-C", str(check.local.directory / "programs/keda"), "list", "-m", "-f", "{{.Dir}}", "github.com/kedacore/keda/v2"],
        capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(["cp", "-r", "--no-preserve=mode", f"{source}/config", directory], check=True)
        rendered = check.kube.run("kustomize", f"{directory}/config/default")
    kept = []
    for document in rendered.split("\n---\n"):
        name = re.search(r"^  name: (.*)$", document, re.M)
        if "kind: ValidatingWebhook" in document or (name and "admission" in name.group(1)):
            continue  # the admission webhook has no image
        document = document.replace("ghcr.io/kedacore/keda-metrics-apiserver:main", "localhost/keda-adapter:local")
        document = document.replace("ghcr.io/kedacore/keda:main", "localhost/keda:local")
        document = document.replace("imagePullPolicy: Always", "imagePullPolicy: IfNotPresent")
        # The published images name a user; those of the local cluster do not.
        kept.append(re.sub(r"^( *)runAsNonRoot: true$", r"\1runAsNonRoot: true\n\1runAsUser: 1000", document, flags=re.M))
    return "\n---\n".join(kept)
