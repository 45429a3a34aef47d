"""The product on the cluster: the overlay of the check, its pods, and clients inside the cluster."""
import json
import os
import pathlib

from .images import CLIENT, NEXT_VERSION
from .kube import Failed, await_

NAMESPACE = "thumbnailer"
CLIENTS = "cluster-check"
URL = f"http://ingest.{NAMESPACE}.svc.cluster.local"
RESTRICTED = {"runAsNonRoot": True, "runAsUser": 65534, "seccompProfile": {"type": "RuntimeDefault"}}


class Product:
    def __init__(self, kube, project, work, is_local, say):
        self.kube = kube
        self.project = project
        self.work = pathlib.Path(work)
        self.is_local = is_local
        self.say = say
        self.images = None

    # What is applied.

    def overlay(self, tag="0.1.0", components=(), settings=(), secrets=()):
        """Writes the check's overlay over overlays/local; returns its directory."""
        directory = self.work / "overlay"
        directory.mkdir(parents=True, exist_ok=True)
        kubernetes = os.path.relpath(self.project / "kubernetes", directory.resolve())
        document = {
            "apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "namespace": NAMESPACE,
            "resources": [f"{kubernetes}/overlays/local"],
            "components": [f"{kubernetes}/components/{c}" for c in components],
            "images": [{"name": f"thumbnailer-{s}", "newTag": tag} for s in ("ingest", "worker")],
            "configMapGenerator": [{"name": "thumbnailer-config", "namespace": NAMESPACE, "behavior": "merge",
                                    "literals": list(settings)}] if settings else [],
            "secretGenerator": [{"name": "thumbnailer-secret", "namespace": NAMESPACE, "behavior": "merge",
                                 "literals": list(secrets)}] if secrets else [],
            # The S3 server beside Redis, so that one node can be lost without both.
            "patches": [{"target": {"kind": "StatefulSet", "name": "s3"}, "patch": json.dumps(
                [{"op": "add", "path": "/spec/template/spec/affinity", "value": {"podAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": [{
                        "topologyKey": "kubernetes.io/hostname",
                        "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "redis"}}}]}}}])}],
        }
        (directory / "kustomization.yaml").write_text(json.dumps(document, indent=1))
        return directory

    def apply(self, **options):
        return self.kube.run("apply", "-k", str(self.overlay(**options)))

    def apply_directory(self, directory):
        return self.kube.run("apply", "-k", str(self.project / "kubernetes" / directory))

    def applied(self):
        """The objects of the overlay, as the cluster has them."""
        return json.loads(self.kube.run("get", "-k", str(self.overlay()), "-o", "json"))["items"]

    # What runs.

    def pods(self, name, namespace=NAMESPACE):
        """The pods of a workload that are not terminating."""
        found = self.kube.get("pods", namespace=namespace, selector=f"app.kubernetes.io/name={name}")
        return [p for p in found if "deletionTimestamp" not in p["metadata"]]

    def ready_pods(self, name, namespace=NAMESPACE):
        return [p for p in self.pods(name, namespace) if is_ready(p)]

    def rolled_out(self, seconds=600, namespace=NAMESPACE):
        """Waits until every Deployment and StatefulSet has all of its pods ready, in their newest version."""
        def complete():
            workloads = self.kube.get("deployments,statefulsets", namespace=namespace)
            return workloads and all(is_complete(w) for w in workloads)
        return await_(f"all pods of {namespace} ready", seconds, complete)[1]

    def replicas(self, name="worker"):
        return self.kube.get("deployment", name, NAMESPACE)["spec"].get("replicas", 1)

    def scale(self, kind, name, number, namespace=NAMESPACE):
        self.kube.run("-n", namespace, "scale", kind, name, f"--replicas={number}")

    def at_least(self, number):
        """Ensures at least this many ready workers. An autoscaler would undo `scale`; the next apply() undoes this."""
        self.kube.run("-n", NAMESPACE, "patch", "hpa", "worker", "--type=merge", "-p",
                      json.dumps({"spec": {"minReplicas": number}}))
        if self.replicas() < number:
            self.scale("deployment", "worker", number)
        self.rolled_out()
        if len(self.ready_pods("worker")) < number:
            raise Failed(f"fewer than {number} workers are ready")

    def at_the_least(self):
        """Limits the pods to the minimum of the autoscalers; the next apply() undoes this."""
        for name in ("ingest", "worker"):
            least = self.kube.get("hpa", name, NAMESPACE)["spec"]["minReplicas"]
            self.kube.run("-n", NAMESPACE, "patch", "hpa", name, "--type=merge", "-p",
                          json.dumps({"spec": {"maxReplicas": least}}))
            await_(f"{least} {name}", 120, lambda n=name, number=least: self.replicas(n) == number)
        self.rolled_out()

    def nodes(self):
        return [n["metadata"]["name"] for n in self.kube.get("nodes")
                if not n["spec"].get("unschedulable") and is_ready(n)]

    # Clients: pods outside of the product's namespace.

    def client(self, node=None, name="client"):
        """A pod that may only call the service; a new one if it is not on the requested node."""
        there = self.kube.get("pod", name, CLIENTS)
        if there and (not node or there["spec"].get("nodeName") == node) and is_ready(there):
            return name
        if there:
            self.kube.run("-n", CLIENTS, "delete", "pod", name, "--force", "--grace-period=0")
        text = pathlib.Path(__file__).with_name("load.py").read_text()
        for document in (
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": CLIENTS, "labels": {
                    "pod-security.kubernetes.io/enforce": "restricted"}}},
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "load", "namespace": CLIENTS},
                 "data": {"load.py": text}},
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": CLIENTS}, "spec": {
                    "automountServiceAccountToken": False, "securityContext": RESTRICTED,
                    "terminationGracePeriodSeconds": 1, **({"nodeName": node} if node else {}),
                    "containers": [{
                        "name": "client", "image": CLIENT, "command": ["sleep", "infinity"],
                        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
                        "volumeMounts": [{"name": "load", "mountPath": "/check"}]}],
                    "volumes": [{"name": "load", "configMap": {"name": "load"}}]}}):
            self.kube.run("apply", "-f", "-", stdin=json.dumps(document))
        self.kube.run("-n", CLIENTS, "wait", "--for=condition=Ready", f"pod/{name}", "--timeout=300s", timeout=320)
        return name

    def load(self, rate=2, seconds=30, patience=240, width=640, height=480):
        """Starts a load from a client; finish() of the result waits for its figures."""
        client = self.client()
        return RunningLoad(self.kube.start(
            "-n", CLIENTS, "exec", client, "--", "python3", "/check/load.py", URL, f"--rate={rate}",
            f"--seconds={seconds}", f"--patience={patience}", f"--width={width}", f"--height={height}"))

    def ask(self, path):
        """The status and the body of a GET of the service, as a client in the cluster sees it."""
        script = ("import sys,urllib.request,urllib.error\n"
                  "try: r=urllib.request.urlopen(sys.argv[1],timeout=10)\n"
                  "except urllib.error.HTTPError as e: r=e\n"
                  "sys.stdout.write(str(r.status)+' ');sys.stdout.flush();sys.stdout.buffer.write(r.read()[:2000])")
        out = self.kube.run("-n", CLIENTS, "exec", self.client(), "--", "python3", "-c", script, URL + path)
        status, _, body = out.partition(" ")
        return int(status), body


class RunningLoad:
    def __init__(self, process):
        self.process = process

    def finish(self):
        out, err = self.process.communicate(timeout=1800)
        try:
            return Figures(json.loads(out.strip().splitlines()[-1]))
        except (ValueError, IndexError):
            raise Failed(f"the load ended with {self.process.returncode}: {(err or out).strip()[-400:]}") from None


class Figures(dict):
    """The results of the uploads of a load."""

    def text(self):
        refused = {k: v for k, v in self["outcomes"].items() if k != "202"}
        text = f"{self['accepted']} of {self['sent']} accepted, {self['done']} done, {len(self['lost'])} lost"
        if refused:
            text += f"; refused {refused} from {self['refused_from']} to {self['refused_to']} s"
        return text + f"; answers p50 {self['p50']} s, p99 {self['p99']} s"

    def require(self, refuse_none):
        if self["failed"] or self["lost"]:
            raise Failed(f"{self['failed']} failed, not done: {self['lost'][:5]}; {self.text()}")
        if refuse_none and self["accepted"] < self["sent"]:
            raise Failed(self.text())
        return self


def is_ready(thing):
    return any(c["type"] == "Ready" and c["status"] == "True" for c in thing["status"].get("conditions", []))


def is_complete(workload):
    wanted = workload["spec"].get("replicas", 1)
    status = workload["status"]
    return (status.get("observedGeneration", 0) >= workload["metadata"]["generation"]
            and status.get("readyReplicas", 0) == wanted == status.get("replicas", 0)
            and status.get("updatedReplicas", 0) == wanted)


__all__ = ["CLIENTS", "NAMESPACE", "NEXT_VERSION", "URL", "Figures", "Product", "is_ready"]
