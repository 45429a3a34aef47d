"""Tear-down: nothing remains, and nothing hangs."""
import time

from ..kube import Failed
from ..product import CLIENTS, NAMESPACE
from . import step

KINDS = "clusterroles,clusterrolebindings,storageclasses,apiservices,validatingadmissionpolicies," \
        "validatingadmissionpolicybindings,namespaces"


@step("teardown", "tear-down ends and leaves nothing")
def teardown(check):
    begun = time.monotonic()
    kube = check.kube
    # What serves an API goes first: while its pods are gone and its APIService is not, no namespace can be deleted.
    for directory in ("prometheus-adapter", "overlays/monitoring-local"):
        kube.run("delete", "-k", str(check.project / "kubernetes" / directory), "--ignore-not-found", "--timeout=150s",
                 timeout=200)
    kube.run("delete", "-k", str(check.product.overlay(components=["pod-deletion-cost"])), "--ignore-not-found",
             "--timeout=150s", timeout=200)
    kube.run("delete", "namespace", CLIENTS, "--ignore-not-found", "--timeout=60s", timeout=90)
    left = [f"{t['kind']} {t['metadata']['name']}" for t in kube.get(KINDS, selector="app.kubernetes.io/part-of=thumbnailer")]
    claims = [v["metadata"]["name"] for v in kube.get("pv") if v["status"]["phase"] == "Bound"]
    if left or claims:
        raise Failed(f"left: {left}; volumes still bound: {claims}")
    kube.run("api-resources")
    if kube.get("namespace", NAMESPACE):
        raise Failed("the namespace is still there")
    return f"{time.monotonic() - begun:.0f} s; nothing left"
