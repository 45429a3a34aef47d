"""The cluster of deployment-tests/local-cluster, and the faults that need access to its machine."""
import os
import pathlib
import shutil
import signal
import subprocess

# Disk space that the nodes need, in bytes. A kubelet that has less than 1 % of the disk free removes images, which are
# not loaded again.
FREE_DISK = 15 * 10**9


class LocalCluster:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.cache = pathlib.Path(os.environ.get("CLUSTER_CACHE", pathlib.Path.home() / ".cache/local-cluster"))
        self.state = pathlib.Path(os.environ.get("CLUSTER_STATE", "/var/tmp/local-cluster"))
        self.prefix = os.environ.get("CLUSTER_PREFIX", "lc")
        self.kubeconfig = str(self.state / "kubeconfig")
        self.kubectl = str(self.cache / "bin/kubectl")
        # Without it the other nodes are lost, too.
        self.control_plane = "node1"

    def unable(self):
        """Why the cluster cannot run here; empty if it can."""
        if os.uname().sysname != "Linux" or os.geteuid() != 0:
            return "no KUBECONFIG is set, and the local cluster needs Linux and root"
        for tool in ("podman", "containerd", "runc", "ip", "nft", "socat"):
            if not shutil.which(tool):
                return f"no KUBECONFIG is set, and the local cluster needs {tool}: {self.directory}/build installs it"
        if not (self.cache / "images/metrics-server.tar").exists():
            return f"no KUBECONFIG is set, and the local cluster is not built: run {self.directory}/build once (15 min)"
        free = shutil.disk_usage(self.state.parent).free
        if not self.is_up() and free < FREE_DISK:
            return f"no KUBECONFIG is set, and the local cluster needs {FREE_DISK // 10**9} GB of free disk in " \
                f"{self.state.parent}; {free / 10**9:.1f} GB are free"
        return ""

    def is_up(self):
        return pathlib.Path(self.kubeconfig).exists() and subprocess.run(
            [self.kubectl, "--kubeconfig", self.kubeconfig, "get", "--raw", "/readyz"],
            capture_output=True, check=False).returncode == 0

    def has(self, image):
        """Whether `build` made an image."""
        return (self.cache / f"images/{image}.tar").exists()

    def up(self):
        """Starts it. Returns why it did not start; empty if it did."""
        result = subprocess.run([self.directory / "up", "2"], capture_output=True, text=True, check=False)
        return "" if result.returncode == 0 else f"the local cluster did not start: {result.stderr.strip()[-600:]}"

    def down(self):
        subprocess.run([self.directory / "down"], check=False)

    def cut_off(self, node):
        self._wire(node, "down")

    def connect(self, node):
        self._wire(node, "up")

    def _wire(self, node, state):
        subprocess.run(["ip", "-n", f"{self.prefix}0", "link", "set", node, state], check=True)

    def processes(self, pod_uid, program):
        """The process ids of a program in a pod."""
        found = []
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                cgroups = (entry / "cgroup").read_text()
                if f"pod{pod_uid}" in cgroups and program in (entry / "cmdline").read_text():
                    found.append(int(entry.name))
            except OSError:
                continue  # it has ended
        return found

    def hang(self, pod_uid, program):
        pids = self.processes(pod_uid, program)
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        return pids

    @staticmethod
    def wake(pids):
        for pid in pids:
            try:
                os.kill(pid, signal.SIGCONT)
            except ProcessLookupError:
                pass
