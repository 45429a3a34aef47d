# EKS' own add-ons, in the versions that fit the cluster's.
locals {
  addons_before_nodes = {
    vpc-cni                = jsonencode({ enableNetworkPolicy = "true" })
    kube-proxy             = null
    eks-pod-identity-agent = null
  }
  addons_on_nodes = {
    coredns            = null
    metrics-server     = null
    aws-ebs-csi-driver = null
  }
}

resource "aws_eks_addon" "before_nodes" {
  for_each = local.addons_before_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  configuration_values        = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

resource "aws_eks_addon" "on_nodes" {
  for_each = local.addons_on_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  configuration_values        = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [
    aws_eks_node_group.this,
    aws_eks_pod_identity_association.system,
  ]
}

# Makes the network load balancer of ingest's Service.
resource "helm_release" "load_balancer_controller" {
  name       = "aws-load-balancer-controller"
  namespace  = "kube-system"
  repository = "https://aws.github.io/eks-charts"
  chart      = "aws-load-balancer-controller"
  version    = "1.14.0"

  set = [
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

# Starts nodes for pods that find no place, and ends nodes that are not needed.
resource "helm_release" "cluster_autoscaler" {
  name       = "cluster-autoscaler"
  namespace  = "kube-system"
  repository = "https://kubernetes.github.io/autoscaler"
  chart      = "cluster-autoscaler"
  version    = "9.50.1"

  set = [
    { name = "autoDiscovery.clusterName", value = aws_eks_cluster.this.name },
    { name = "awsRegion", value = var.region },
    # The program's version must be the cluster's, not the chart's.
    { name = "image.tag", value = "v${var.kubernetes_version}.0" },
    { name = "rbac.serviceAccount.name", value = "cluster-autoscaler" },
    { name = "extraArgs.balance-similar-node-groups", value = "true" },
    { name = "extraArgs.expander", value = "least-waste" },
  ]

  depends_on = [aws_eks_addon.on_nodes, aws_eks_pod_identity_association.system]
}
