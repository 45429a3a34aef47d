// docker buildx bake                      both images for this machine's processor
// REGISTRY=… docker buildx bake --push release   both images for amd64 and arm64, to a registry
variable "REGISTRY" {
  default = ""
}

variable "VERSION" {
  default = "0.1.0"
}

variable "REVISION" {
  default = "unknown"
}

group "default" {
  targets = ["ingest", "worker"]
}

group "release" {
  targets = ["ingest-release", "worker-release"]
}

target "ingest" {
  target = "ingest"
  args = {
    VERSION  = VERSION
    REVISION = REVISION
  }
  tags = ["${REGISTRY}thumbnailer-ingest:${VERSION}"]
}

target "worker" {
  target = "worker"
  args = {
    VERSION  = VERSION
    REVISION = REVISION
  }
  tags = ["${REGISTRY}thumbnailer-worker:${VERSION}"]
}

target "ingest-release" {
  inherits  = ["ingest"]
  platforms = ["linux/amd64", "linux/arm64"]
}

target "worker-release" {
  inherits  = ["worker"]
  platforms = ["linux/amd64", "linux/arm64"]
}
