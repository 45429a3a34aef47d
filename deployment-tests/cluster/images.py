"""The images for the local cluster, which cannot pull any: the two of the product, and stand-ins for the others."""
import pathlib
import re
import shutil
import subprocess

NEXT_VERSION = "0.1.0-next"
CLIENT = "docker.io/library/python:3.13-slim"
SAME_IMAGE = {  # built with the cluster
    "quay.io/prometheus/prometheus": "localhost/prometheus:local",
    "registry.k8s.io/prometheus-adapter/prometheus-adapter": "localhost/prometheus-adapter:local",
}
RUN = ["--runtime", "runc", "--ulimit", "nofile=1000:1000", "--ulimit", "nproc=1000:1000"]


class Images:
    def __init__(self, project, work, local_cluster):
        self.project = project
        self.work = work
        self.local_cluster = local_cluster

    def load(self, say):
        """Builds the images that podman does not have and loads all of them into the nodes."""
        if not all(self._is_current(s) for s in ("ingest", "worker")):
            say("building the images (deployment-tests/container-check)")
            result = subprocess.run([self.project / "deployment-tests/container-check"], cwd=self.project,
                                    capture_output=True, text=True, check=False)
            if result.returncode != 0:
                return result.returncode, (result.stderr or result.stdout).strip()[-1500:]
        names = []
        for server in ("ingest", "worker"):
            for version in ("0.1.0", NEXT_VERSION):
                names.append(f"docker.io/library/thumbnailer-{server}:{version}")
                self._podman("tag", f"localhost/thumbnailer-{server}:0.1.0", names[-1])
        manifests = "".join(p.read_text() for p in (self.project / "kubernetes").rglob("*.yaml"))
        for image in sorted(set(re.findall(r"image: (\S+)", manifests))):
            name = image.rsplit(":", 1)[0]
            if name in SAME_IMAGE and self._exists(SAME_IMAGE[name]):
                self._same(image, SAME_IMAGE[name])
                names.append(image)
        redis, exporter, s3 = (re.search(rf"image: (\S*{n}\S*)", manifests).group(1)
                               for n in ("/redis:", "redis_exporter:", "minio/minio:"))
        self._services()
        self._stand_in(redis, 'ENTRYPOINT ["redis-server"]')
        self._stand_in(exporter, 'ENTRYPOINT ["prometheus-redis-exporter"]')
        self._stand_in(s3, 'ENTRYPOINT ["minio"]')
        if not self._exists(CLIENT):
            self._build(CLIENT, "FROM localhost/debian-stand-in\nRUN apt-get update -qq && apt-get install -y -qq "
                                "--no-install-recommends python3\nENTRYPOINT []\n", self.work)
        names += [redis, exporter, s3, CLIENT]
        say("loading the images into the nodes")
        result = subprocess.run([self.local_cluster / "load", *names], capture_output=True, text=True, check=False)
        return result.returncode, result.stderr.strip()[-1500:]

    def load_keda(self):
        subprocess.run([self.local_cluster / "load", "localhost/keda:local", "localhost/keda-adapter:local"],
                       check=True, capture_output=True)

    def _services(self):
        """Debian with the S3 server of the tests, as a stand-in for MinIO."""
        services = pathlib.Path(self.work, "services")
        shutil.rmtree(services, ignore_errors=True)
        (services / "lib").mkdir(parents=True)
        target = self.project / "dev-services/target"
        shutil.copytree(target / "classes", services / "classes")
        for jar in (target / "classpath").read_text().strip().split(":"):
            shutil.copy2(jar, services / "lib")
        for program in ("minio", "mc"):
            shutil.copy2(self.project / "deployment-tests/stand-in" / program, services)
        self._build("localhost/cluster-services-stand-in",
                    "FROM localhost/debian-stand-in\nCOPY classes /opt/s3/classes\nCOPY lib /opt/s3/lib\n"
                    "COPY minio mc /usr/bin/\n", services)

    def _same(self, image, built):
        """The program in /bin: in the root directory, Prometheus' program would conflict with its data directory."""
        program = built.removeprefix("localhost/").removesuffix(":local")
        self._build(image, f"FROM {built} AS built\nFROM localhost/debian-stand-in\n"
                           f"COPY --from=built /{program} /bin/{program}\nENTRYPOINT [\"/bin/{program}\"]\n", self.work)

    def _stand_in(self, image, line):
        self._build(image, f"FROM localhost/cluster-services-stand-in\n{line}\n", self.work)

    def _build(self, image, text, directory):
        subprocess.run(["podman", "build", *RUN, "--network", "host", "--quiet", "--tag", image, "--file", "-", str(directory)],
                       input=text, text=True, check=True, capture_output=True)

    def _is_current(self, server):
        """Whether podman has the image, and it is not older than the application."""
        out = subprocess.run(["podman", "image", "inspect", "--format", "{{.Created.Unix}}",
                              f"localhost/thumbnailer-{server}:0.1.0"], capture_output=True, text=True, check=False)
        war = self.project / f"{server}-war/target/{server}-war.war"
        return out.returncode == 0 and (not war.exists() or int(out.stdout) >= war.stat().st_mtime)

    def _exists(self, image):
        return subprocess.run(["podman", "image", "exists", image], check=False).returncode == 0

    def _podman(self, *args):
        subprocess.run(["podman", *args], check=True, capture_output=True)
