variable "name" {
  description = "Prefix of the names of all resources, and the name of the cluster."
  type        = string
  default     = "thumbnailer"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "The name must be 2 to 21 lower-case letters, digits and hyphens, and start with a letter."
  }
}

variable "region" {
  description = "AWS region."
  type        = string
  default     = "us-east-2"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "The region must look like us-east-2."
  }
}

variable "vpc_cidr" {
  description = "Address range of the VPC; a /16 to a /20."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && try(contains(range(16, 21), tonumber(split("/", var.vpc_cidr)[1])), false)
    error_message = "The VPC's range must be a CIDR from /16 to /20."
  }
}

variable "nat_per_zone" {
  description = "One NAT gateway in each zone instead of a single one: survives the loss of a zone, but costs three times as much."
  type        = bool
  default     = false
}

variable "api_allowed_cidrs" {
  description = "Address ranges that may reach the Kubernetes API. There is no default: set your own."
  type        = list(string)

  validation {
    condition     = length(var.api_allowed_cidrs) > 0 && alltrue([for c in var.api_allowed_cidrs : can(cidrhost(c, 0)) && try(tonumber(split("/", c)[1]) >= 8, false)])
    error_message = "Give at least one CIDR, and none larger than a /8: the API must not be open to all."
  }
}

variable "http_allowed_cidrs" {
  description = "Address ranges that may reach the service through its load balancer."
  type        = list(string)
  default     = ["203.0.113.0/24"]

  validation {
    condition     = length(var.http_allowed_cidrs) > 0 && alltrue([for c in var.http_allowed_cidrs : can(cidrhost(c, 0))])
    error_message = "Give at least one CIDR."
  }
}

variable "kubernetes_version" {
  description = "Version of EKS."
  type        = string
  default     = "1.35"

  validation {
    condition     = contains(["1.33", "1.34", "1.35"], var.kubernetes_version)
    error_message = "The version must be 1.33, 1.34 or 1.35: the manifests need 1.33, and addons.tf pins the cluster autoscaler for each."
  }
}

variable "node_instance_types" {
  description = "Instance types of the nodes, all of one processor architecture."
  type        = list(string)
  default     = ["m7g.large"]

  validation {
    condition     = length(var.node_instance_types) > 0
    error_message = "Give at least one instance type."
  }
}

variable "node_ami_type" {
  description = "Image of the nodes; must match the processor architecture of the instance types."
  type        = string
  default     = "AL2023_ARM_64_STANDARD"

  validation {
    condition     = contains(["AL2023_ARM_64_STANDARD", "AL2023_x86_64_STANDARD"], var.node_ami_type)
    error_message = "The image must be AL2023_ARM_64_STANDARD or AL2023_x86_64_STANDARD."
  }
}

variable "node_autoscaler" {
  description = "What starts and removes nodes: cluster-autoscaler, which sizes a managed group in each zone, or karpenter. Changing it replaces the nodes."
  type        = string
  default     = "cluster-autoscaler"

  validation {
    condition     = contains(["cluster-autoscaler", "karpenter"], var.node_autoscaler)
    error_message = "The node autoscaler must be cluster-autoscaler or karpenter."
  }
}

variable "node_capacity_types" {
  description = "How nodes are bought: on-demand, spot, or both, where spot is used first. Spot needs several instance types to be reliable."
  type        = list(string)
  default     = ["on-demand"]

  validation {
    condition     = contains(["on-demand", "spot", "on-demand spot"], join(" ", sort(var.node_capacity_types)))
    error_message = "The capacity types must be on-demand, spot or both."
  }
}

variable "karpenter_ami_version" {
  description = "Version of the Amazon Linux 2023 image of Karpenter's nodes, such as v20260101. With latest, each new image replaces the nodes, one after the other."
  type        = string
  default     = "latest"

  validation {
    condition     = can(regex("^(latest|v[0-9]{8})$", var.karpenter_ami_version))
    error_message = "The version must be latest or look like v20260101."
  }
}

variable "nodes_max" {
  description = "The maximum number of nodes in all zones together."
  type        = number
  default     = 12

  validation {
    condition     = var.nodes_max >= 3 && var.nodes_max <= 300 && floor(var.nodes_max) == var.nodes_max
    error_message = "The number must be from 3 to 300."
  }
}

variable "addon_versions" {
  description = "Versions of EKS' add-ons by name, such as { coredns = \"v1.12.4-eksbuild.1\" }. An add-on that is not named gets the default version of the Kubernetes version."
  type        = map(string)
  default     = {}
}

variable "load_balancer_alarm" {
  description = "An alarm on the healthy targets of the service's load balancer. The cluster creates the load balancer: set this to true once the service is deployed, and to false before the service is deleted."
  type        = bool
  default     = false
}

variable "heartbeat_alarm" {
  description = "An alarm when the monitoring in the cluster sends no heartbeat for 15 minutes. Set it to true once kubernetes/monitoring is deployed with Alertmanager."
  type        = bool
  default     = false
}

variable "image_tag" {
  description = "Version of the images in the kustomization. Tags cannot be overwritten: every version has a new tag."
  type        = string
  default     = "0.1.0"

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", var.image_tag))
    error_message = "The tag must be valid for a registry, such as 0.1.0."
  }
}

variable "uploads_expire_days" {
  description = "Days after which an original that is still there is deleted. Longer than dead letters are kept (thumbnailer.dead-letter.retention), since a replay needs it."
  type        = number
  default     = 15

  validation {
    condition     = var.uploads_expire_days >= 1 && floor(var.uploads_expire_days) == var.uploads_expire_days
    error_message = "The number of days must be 1 or more."
  }
}

variable "thumbnails_expire_days" {
  description = "Days after which thumbnails are deleted; 0 keeps them."
  type        = number
  default     = 0

  validation {
    condition     = var.thumbnails_expire_days >= 0 && floor(var.thumbnails_expire_days) == var.thumbnails_expire_days
    error_message = "The number of days must be 0 or more."
  }
}

variable "bucket_force_destroy" {
  description = "Whether destroy may delete a bucket that still contains objects."
  type        = bool
  default     = false
}

variable "elasticache_enabled" {
  description = "A managed Redis with a replica and TLS instead of the one in kubernetes/base."
  type        = bool
  default     = false
}

variable "elasticache_password" {
  description = "Password of the managed Redis, 16 to 128 letters and digits. Set it as TF_VAR_elasticache_password."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.elasticache_password == null || can(regex("^[A-Za-z0-9]{16,128}$", var.elasticache_password))
    error_message = "The password must have 16 to 128 letters and digits."
  }
}

variable "elasticache_node_type" {
  description = "Size of the managed Redis."
  type        = string
  default     = "cache.t4g.small"
}

variable "alarm_email" {
  description = "Email address for alarms and the budget; its owner must confirm the first email."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "Must be an email address."
  }
}

variable "monthly_budget_usd" {
  description = "Monthly budget in US dollars."
  type        = number
  default     = 300

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "Must be more than 0."
  }
}
