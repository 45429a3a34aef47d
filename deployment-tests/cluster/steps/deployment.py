"""Applying: the first time, again, by file, with changed settings, and in a new version."""
import json
import time

from ..kube import Failed
from ..product import CLIENTS, NAMESPACE, NEXT_VERSION
from . import step


@step("apply", "apply from nothing: every pod ready", quick=True)
def apply(check):
    begun = time.monotonic()
    check.product.apply()
    check.product.rolled_out()
    return f"all ready {time.monotonic() - begun:.0f} s after the apply"


@step("thumbnail", "the first upload becomes a thumbnail", quick=True)
def thumbnail(check):
    figures = check.product.load(rate=1, seconds=1).finish().require(refuse_none=True)
    return f"done {figures['drained']} s after a 202 in {figures['p50']} s"


@step("apply-again", "the second apply changes nothing", quick=True)
def apply_again(check):
    before = generations(check)
    versions = applied_generations(check)
    # kubectl says "configured" of some that it patches with what they have: the server then changes nothing.
    out = check.product.apply()
    check.kube.run("diff", "-k", str(check.product.overlay()))
    if applied_generations(check) != versions or generations(check) != before:
        raise Failed(f"changed: {out}")
    return f"{len(out.splitlines())} objects unchanged, no difference left"


@step("apply-files", "apply -f of each directory harms nothing", quick=True)
def apply_files(check):
    kube, scratch = check.kube, "cluster-check-files"
    before = generations(check)
    kube.run("create", "namespace", scratch)
    try:
        directories = sorted({p.parent for p in (check.project / "kubernetes").rglob("*.yaml")} | {check.project / "kubernetes"})
        for directory in directories:
            kube.run("-n", scratch, "apply", "-f", str(directory), check=False)
            after = generations(check)
            if after != before:
                different = {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}
                raise Failed(f"apply -f {directory.relative_to(check.project)} changed {sorted(different)[:5]}")
        check.product.load(rate=2, seconds=5).finish().require(refuse_none=True)
        return f"{len(directories)} directories, no object of the product changed"
    finally:
        leftover = ("apiservice/v1beta1.external.metrics.k8s.io", "storageclass/thumbnailer-gp3")
        kube.run("delete", *leftover, "--ignore-not-found", check=False)
        kube.run("delete", "namespace", scratch, "--timeout=120s", timeout=150)
        release_volumes(kube, scratch)


def release_volumes(kube, namespace):
    """Makes volumes that outlive their claims available again; a cluster without a provisioner has few of them."""
    for volume in kube.get("pv"):
        if volume["spec"].get("claimRef", {}).get("namespace") == namespace:
            kube.run("patch", "pv", volume["metadata"]["name"], "--type=json", "-p",
                     json.dumps([{"op": "remove", "path": "/spec/claimRef"}]), check=False)


@step("settings", "a changed ConfigMap and a changed Secret roll the pods", quick=True)
def settings(check):
    figures = []
    for what, options in (("ConfigMap", {"settings": ["THUMBNAILER_WORKER_LEASE=PT16S"]}),
                          ("Secret", {"secrets": ["THUMBNAILER_ACCESS_KEYS_CHECK=sha256:" + "0" * 64 + ",client"]}),
                          ("both back", {})):
        before = {p["metadata"]["uid"] for n in ("ingest", "worker") for p in check.product.pods(n)}
        check.product.apply(**options)
        seconds = check.product.rolled_out()
        after = {p["metadata"]["uid"] for n in ("ingest", "worker") for p in check.product.pods(n)}
        if before & after:
            raise Failed(f"{what}: {len(before & after)} pods were not replaced")
        figures.append(f"{what} {seconds:.0f} s")
    return "rolled: " + ", ".join(figures)


@step("version", "version 2 is shipped and rolled back under load; no upload is refused")
def version(check):
    if not check.local:
        check.skip(f"the images of version {NEXT_VERSION} are made for the local cluster only")
    load = check.product.load(rate=2, seconds=110)
    time.sleep(5)
    check.product.apply(tag=NEXT_VERSION)
    shipped = check.product.rolled_out()
    images = {c["image"] for n in ("ingest", "worker") for p in check.product.pods(n) for c in p["spec"]["containers"]}
    if not all(i.endswith(NEXT_VERSION) for i in images):
        raise Failed(f"images in use: {images}")
    check.product.apply()
    back = check.product.rolled_out()
    figures = load.finish().require(refuse_none=True)
    return f"shipped in {shipped:.0f} s, back in {back:.0f} s; {figures.text()}"


def applied_generations(check):
    """The generation of each applied object, but for Deployments: their autoscalers raise it when they scale."""
    return {thing["metadata"]["uid"]: thing["metadata"].get("generation") for thing in check.product.applied()
            if thing["kind"] != "Deployment"}


def generations(check):
    """The applied objects, with a value that changes when they do."""
    kinds = "deployments,statefulsets,services,configmaps,secrets,networkpolicies,serviceaccounts,poddisruptionbudgets"
    found = {}
    for namespace in (NAMESPACE, CLIENTS):
        for thing in check.kube.get(kinds, namespace=namespace):
            found[(thing["kind"], namespace, thing["metadata"]["name"])] = json.dumps(
                [thing.get("spec"), thing.get("data"), thing["metadata"].get("labels")], sort_keys=True)
        for pod in check.kube.get("pods", namespace=namespace):
            name = pod["metadata"].get("labels", {}).get("app.kubernetes.io/name")
            if name not in ("ingest", "worker"):  # their number belongs to the autoscalers
                found[("Pod", namespace, pod["metadata"]["name"])] = pod["metadata"]["uid"]
    for hpa in check.kube.get("hpa", namespace=NAMESPACE):
        found[("HPA", NAMESPACE, hpa["metadata"]["name"])] = json.dumps(hpa["spec"], sort_keys=True)
    namespace = check.kube.get("namespace", NAMESPACE)
    found[("Namespace", "", NAMESPACE)] = json.dumps(namespace["metadata"]["labels"], sort_keys=True)
    for key in list(found):
        if key[0] == "Deployment":
            document = json.loads(found[key])
            document[0].pop("replicas", None)
            found[key] = json.dumps(document, sort_keys=True)
    return found


