"""kubectl, and waiting."""
import json
import subprocess
import time


class Failed(Exception):
    """A step failed; the message says what was observed."""


class Skipped(Exception):
    """A step cannot run here; the message says why."""


class Kube:
    def __init__(self, kubectl, kubeconfig):
        self.command = [kubectl, "--kubeconfig", kubeconfig]

    def run(self, *args, stdin=None, check=True, timeout=180):
        """Returns the output of a call; if it fails, the message contains both streams."""
        try:
            result = subprocess.run(self.command + list(args), input=stdin, capture_output=True, text=True,
                                    timeout=timeout, check=False)
        except subprocess.TimeoutExpired:
            if check:
                raise Failed(f"kubectl {' '.join(args)}: no response within {timeout} s") from None
            return ""
        if check and result.returncode != 0:
            raise Failed(f"kubectl {' '.join(args[:8])}: {(result.stderr or result.stdout).strip()[-600:]}")
        return result.stdout if check else result.stdout + result.stderr

    def start(self, *args):
        return subprocess.Popen(self.command + list(args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def get(self, kind, name=None, namespace=None, selector=None):
        """Returns an object, or a list of objects; None if a named one does not exist."""
        args = ["get", kind, "-o", "json"]
        args += [name] if name else []
        args += ["-n", namespace] if namespace else []
        args += ["-l", selector] if selector else []
        try:
            found = json.loads(self.run(*args))
        except Failed as e:
            if name and "not found" in str(e).lower():
                return None
            raise
        return found if name else found["items"]


def await_(what, seconds, condition, every=1.0):
    """Waits for a true result of the condition, which may fail meanwhile; returns it and the seconds it took."""
    begun = time.monotonic()
    problem = ""
    while True:
        try:
            result = condition()
            if result:
                return result, time.monotonic() - begun
        except (Failed, LookupError, ValueError) as e:
            problem = f" ({e})"
        if time.monotonic() - begun > seconds:
            raise Failed(f"{what}: not within {seconds:.0f} s{problem}")
        time.sleep(every)
