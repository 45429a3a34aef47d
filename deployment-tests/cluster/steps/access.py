"""Access: network policies, pod security, and the deletion cost."""
import base64
import json
import ssl
import urllib.error
import urllib.request

from ..kube import Failed
from ..product import CLIENTS, NAMESPACE
from . import step

# Opens a connection; what is in the images differs, so the shell does it.
PROBE = "timeout 4 bash -c '</dev/tcp/{host}/{port}' 2>/dev/null && echo open || echo closed"


@step("policies", "each network policy, probed from a stranger, a worker and an ingest pod", quick=True)
def policies(check):
    address = {name: check.product.ready_pods(name)[0]["status"]["podIP"] for name in ("ingest", "worker", "redis", "s3")}
    address["management"] = address["ingest"]
    ports = {"ingest": 9080, "management": 9081, "worker": 9081, "redis": 6379, "s3": 9000}
    outside = "1.1.1.1"
    stranger = (CLIENTS, check.product.client())
    expected = {
        "stranger": (stranger, {"ingest": True, "management": False, "worker": False, "redis": False, "s3": False, "exporter": False}),
        "worker": ((NAMESPACE, check.product.ready_pods("worker")[0]["metadata"]["name"]),
                   {"ingest": False, "management": False, "worker": False, "redis": True, "s3": True, "exporter": False}),
        "ingest": ((NAMESPACE, check.product.ready_pods("ingest")[0]["metadata"]["name"]),
                   {"worker": False, "redis": True, "s3": True, "exporter": False}),
    }
    wrong, probes = [], 0
    for who, ((namespace, pod), targets) in expected.items():
        for target, is_open in targets.items():
            host = address["redis" if target == "exporter" else target]
            port = 9121 if target == "exporter" else ports[target]
            # A pod always reaches itself.
            if who == target and len(check.product.ready_pods(who)) == 1:
                continue
            out = check.kube.run("-n", namespace, "exec", pod, "--", "sh", "-c", PROBE.format(host=host, port=port)).strip()
            probes += 1
            if (out == "open") != is_open:
                wrong.append(f"{who} to {target}: {out}")
    for who in ("worker", "ingest"):
        namespace, pod = expected[who][0]
        out = check.kube.run("-n", namespace, "exec", pod, "--", "sh", "-c", PROBE.format(host=outside, port=80)).strip()
        probes += 1
        if out != "closed":
            wrong.append(f"{who} to {outside}:80: {out}")
    if wrong:
        raise Failed("; ".join(wrong))
    return f"{probes} probes agree with the policies"


@step("restricted", "PodSecurity restricted is enforced everywhere", quick=True)
def restricted(check):
    ours = check.kube.get("namespaces", selector="app.kubernetes.io/part-of=thumbnailer")
    for namespace in ours:
        name = namespace["metadata"]["name"]
        out = check.kube.run("label", "--dry-run=server", "--overwrite", "namespace", name,
                             "pod-security.kubernetes.io/enforce=restricted", check=False)
        if namespace["metadata"]["labels"].get("pod-security.kubernetes.io/enforce") != "restricted" or "violate" in out:
            raise Failed(f"{name}: {out}")
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "as-root", "namespace": name},
               "spec": {"containers": [{"name": "x", "image": "x"}]}}
        out = check.kube.run("create", "--dry-run=server", "-f", "-", stdin=json.dumps(pod), check=False)
        if "violates PodSecurity" not in out:
            raise Failed(f"{name} accepts a pod as root: {out}")
    return f"{len(ours)} namespaces; a pod as root is refused in each"


@step("deletion-cost", "workers annotate their own pod, and may change nothing else")
def deletion_cost(check):
    check.product.apply(components=["pod-deletion-cost"])
    try:
        check.product.rolled_out()
        check.product.at_least(2)
        load = check.product.load(rate=6, seconds=40, width=2400, height=1800)
        seen = set()
        while load.process.poll() is None:
            for pod in check.product.pods("worker"):
                cost = pod["metadata"].get("annotations", {}).get("controller.kubernetes.io/pod-deletion-cost")
                if cost is not None:
                    seen.add(cost)
        load.finish().require(refuse_none=False)
        denied = denials(check)
        if not any(int(c) > 0 for c in seen):
            raise Failed(f"no worker had a cost above 0 while jobs ran; seen {sorted(seen)}")
        return f"costs seen: {sorted(seen)}; {denied}"
    finally:
        check.product.apply()
        check.product.rolled_out()


def denials(check):
    worker, other = check.product.ready_pods("worker")[0], check.product.ready_pods("ingest")[0]
    name = worker["metadata"]["name"]
    token = check.kube.run("-n", NAMESPACE, "create", "token", "worker", "--bound-object-kind=Pod",
                           f"--bound-object-name={name}").strip()
    cost = json.dumps({"metadata": {"annotations": {"controller.kubernetes.io/pod-deletion-cost": "7"}}})
    label = json.dumps({"metadata": {"labels": {"app.kubernetes.io/name": "ingest"}}})
    tries = {"its own cost": (name, cost, True), "another pod's cost": (other["metadata"]["name"], cost, False),
             "its own label": (name, label, False)}
    for what, (pod, patch, is_allowed) in tries.items():
        status, answer = patched_by(check, token, pod, patch)
        if (status == 200) != is_allowed or status not in (200, 403, 422):
            raise Failed(f"{what}: {status} {answer[-300:]}")
    return "its own cost allowed, another pod's and its label denied"


def patched_by(check, token, pod, patch):
    """The API server's answer to whoever has the token. kubectl would read the pod first, which a worker may not, and
    would send a client certificate, beside which the token is not looked at."""
    config = json.loads(check.kube.run("config", "view", "--minify", "--flatten", "--raw", "-o", "json"))
    cluster = config["clusters"][0]["cluster"]
    authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
    request = urllib.request.Request(
        f"{cluster['server']}/api/v1/namespaces/{NAMESPACE}/pods/{pod}?dryRun=All", patch.encode(), method="PATCH",
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/merge-patch+json"})
    try:
        with urllib.request.urlopen(request, timeout=30, context=ssl.create_default_context(cadata=authority)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()
