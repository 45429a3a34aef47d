# EKS' own add-ons, in the default versions of the cluster's Kubernetes version, or in those of var.addon_versions.
data "aws_eks_addon_version" "default" {
  for_each = toset(concat(keys(local.addons_before_nodes), keys(local.addons_on_nodes)))

  addon_name         = each.key
  kubernetes_version = var.kubernetes_version
}

locals {
  addons_before_nodes = {
    vpc-cni                = jsonencode({ enableNetworkPolicy = "true" })
    kube-proxy             = null
    eks-pod-identity-agent = null
  }
  addons_on_nodes = {
    coredns        = null
    metrics-server = null
    # Volumes get the tag by which the budget counts costs.
    aws-ebs-csi-driver = jsonencode({ controller = { extraVolumeTags = { Project = var.name } } })
  }
}

resource "aws_eks_addon" "before_nodes" {
  for_each = local.addons_before_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = lookup(var.addon_versions, each.key, data.aws_eks_addon_version.default[each.key].version)
  configuration_values        = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

resource "aws_eks_addon" "on_nodes" {
  for_each = local.addons_on_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = lookup(var.addon_versions, each.key, data.aws_eks_addon_version.default[each.key].version)
  configuration_values        = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [
    aws_eks_node_group.this,
    aws_eks_pod_identity_association.system,
  ]
}

# Creates the network load balancer of ingest's Service.
resource "helm_release" "load_balancer_controller" {
  name       = "aws-load-balancer-controller"
  namespace  = "kube-system"
  repository = "https://aws.github.io/eks-charts"
  chart      = "aws-load-balancer-controller"
  version    = "1.14.0"

  # Later charts must not fail because its webhook for Services does not respond yet: our Services state their class
  # themselves.
  wait = true

  set = [
    { name = "enableServiceMutatorWebhook", value = "false" },
    { name = "defaultTags.Project", value = var.name },
    { name = "clusterName", value = aws_eks_cluster.this.name },
    { name = "region", value = var.region },
    { name = "vpcId", value = aws_vpc.this.id },
    { name = "serviceAccount.name", value = "aws-load-balancer-controller" },
    { name = "enableShield", value = "false" },
    { name = "enableWaf", value = "false" },
    { name = "enableWafv2", value = "false" },
  ]

  depends_on = [aws_eks_addon.on_nodes, aws_eks_pod_identity_association.system]
}

locals {
  # The program's version must be the cluster's. 1.35 lists resource.k8s.io when it starts, for which charts before
  # 9.54 give it no permission: it would never scale.
  cluster_autoscaler_images = {
    "1.33" = "v1.33.3"
    "1.34" = "v1.34.2"
    "1.35" = "v1.35.0"
  }
}

# Starts nodes for pods that do not fit, and removes nodes that are not needed.
resource "helm_release" "cluster_autoscaler" {
  count = local.karpenter ? 0 : 1

  name       = "cluster-autoscaler"
  namespace  = "kube-system"
  repository = "https://kubernetes.github.io/autoscaler"
  chart      = "cluster-autoscaler"
  version    = "9.54.0"

  values = [yamlencode({
    autoDiscovery = { clusterName = aws_eks_cluster.this.name }
    awsRegion     = var.region
    image         = { tag = local.cluster_autoscaler_images[var.kubernetes_version] }
    rbac          = { serviceAccount = { name = "cluster-autoscaler" } }
    extraArgs = {
      balance-similar-node-groups = true
      expander                    = "priority,least-waste"
      # The groups' own limits are rounded up.
      max-nodes-total = var.nodes_max
    }
    # Spot groups first. As text, because the keys must be numbers.
    expanderPriorities = "20: ['.*-spot-.*']\n10: ['.*']\n"
  })]

  depends_on = [aws_eks_addon.on_nodes, aws_eks_pod_identity_association.system, helm_release.load_balancer_controller]
}
