data "aws_iam_policy_document" "node_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "node" {
  name               = "${var.name}-node"
  assume_role_policy = data.aws_iam_policy_document.node_trust.json
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset([
    "AmazonEKSWorkerNodePolicy",
    "AmazonEC2ContainerRegistryPullOnly",
    # The permissions of the network plugin, which runs on every node as part of it.
    "AmazonEKS_CNI_Policy",
  ])

  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_launch_template" "node" {
  name_prefix = "${var.name}-node-"

  metadata_options {
    http_tokens = "required"
    # One hop reaches only the node, so pods cannot get its credentials.
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size           = 40
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  # The provider's default tags are not applied to what EC2 creates from a template, and the budget counts by tag.
  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume", "network-interface"])

    content {
      resource_type = tag_specifications.value
      tags          = local.node_tags
    }
  }
}

locals {
  node_tags = { Name = "${var.name}-node", Project = var.name, ManagedBy = "terraform" }

  # For Karpenter's controller and the add-ons, which cannot run on nodes that Karpenter itself starts and removes.
  system_nodes = 2
  system_group = {
    system = {
      subnets  = [for subnet in aws_subnet.private : subnet.id]
      capacity = "ON_DEMAND"
      min      = local.system_nodes
      max      = local.system_nodes
    }
  }

  # One group in each zone: Redis' volume is bound to its zone, and the autoscaler must be able to start a node in just
  # that one. With both capacity types, each zone keeps a node on demand and has a second group of spot instances.
  zone_groups = merge([
    for type in var.node_capacity_types : {
      for zone, subnet in aws_subnet.private : type == "spot" ? "${zone}-spot" : zone => {
        subnets  = [subnet.id]
        capacity = type == "spot" ? "SPOT" : "ON_DEMAND"
        min      = type == "spot" && contains(var.node_capacity_types, "on-demand") ? 0 : 1
        max      = ceil(var.nodes_max / length(local.zones))
      }
    }
  ]...)

  node_groups = local.karpenter ? tomap(local.system_group) : tomap(local.zone_groups)
}

resource "aws_eks_node_group" "this" {
  for_each = local.node_groups

  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "${var.name}-${each.key}"
  node_role_arn   = aws_iam_role.node.arn
  version         = var.kubernetes_version
  subnet_ids      = each.value.subnets
  ami_type        = var.node_ami_type
  instance_types  = var.node_instance_types
  capacity_type   = each.value.capacity

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }

  scaling_config {
    min_size     = each.value.min
    desired_size = each.value.min
    max_size     = each.value.max
  }

  update_config {
    max_unavailable = 1
  }

  # The cluster autoscaler owns the number.
  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }

  # Nodes are ready only once the network is, and are destroyed only after the add-ons' load balancers and volumes.
  depends_on = [aws_iam_role_policy_attachment.node, aws_eks_addon.before_nodes]
}
