# Karpenter instead of the cluster autoscaler, with node_autoscaler = "karpenter".
locals {
  karpenter         = var.node_autoscaler == "karpenter"
  karpenter_version = "1.14.1"
  # The events that announce that EC2 takes an instance away.
  interruptions = {
    spot      = { source = "aws.ec2", type = "EC2 Spot Instance Interruption Warning" }
    rebalance = { source = "aws.ec2", type = "EC2 Instance Rebalance Recommendation" }
    state     = { source = "aws.ec2", type = "EC2 Instance State-change Notification" }
    health    = { source = "aws.health", type = "AWS Health Event" }
  }
}

resource "aws_sqs_queue" "interruptions" {
  count = local.karpenter ? 1 : 0

  name                      = "${var.name}-interruptions"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 300
}

resource "aws_cloudwatch_event_rule" "interruptions" {
  for_each = local.karpenter ? local.interruptions : {}

  name          = "${var.name}-${each.key}"
  description   = "Tells Karpenter: ${each.value.type}"
  event_pattern = jsonencode({ source = [each.value.source], "detail-type" = [each.value.type] })
}

resource "aws_cloudwatch_event_target" "interruptions" {
  for_each = aws_cloudwatch_event_rule.interruptions

  rule = each.value.name
  arn  = aws_sqs_queue.interruptions[0].arn
}

data "aws_iam_policy_document" "interruptions" {
  count = local.karpenter ? 1 : 0

  statement {
    sid       = "OwnRulesSend"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.interruptions[0].arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [for rule in aws_cloudwatch_event_rule.interruptions : rule.arn]
    }
  }

  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.interruptions[0].arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "interruptions" {
  count = local.karpenter ? 1 : 0

  queue_url = aws_sqs_queue.interruptions[0].id
  policy    = data.aws_iam_policy_document.interruptions[0].json
}

# Karpenter starts instances only with this profile, so it needs no permission to create profiles.
resource "aws_iam_instance_profile" "node" {
  count = local.karpenter ? 1 : 0

  name = "${var.name}-node"
  role = aws_iam_role.node.name
}

# Karpenter may create what it tags as this cluster's, and change or delete only what has these tags.
data "aws_iam_policy_document" "karpenter" {
  count = local.karpenter ? 1 : 0

  statement {
    sid     = "StartFrom"
    actions = ["ec2:RunInstances", "ec2:CreateFleet"]
    resources = [
      "arn:aws:ec2:${var.region}::image/*",
      "arn:aws:ec2:${var.region}::snapshot/*",
      "arn:aws:ec2:${var.region}:*:security-group/*",
      "arn:aws:ec2:${var.region}:*:subnet/*",
    ]
  }

  statement {
    sid       = "StartFromOwnTemplates"
    actions   = ["ec2:RunInstances", "ec2:CreateFleet"]
    resources = ["arn:aws:ec2:${var.region}:*:launch-template/*"]

    dynamic "condition" {
      for_each = local.karpenter_own

      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }
  }

  statement {
    sid       = "CreateTagged"
    actions   = ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"]
    resources = local.karpenter_creates

    dynamic "condition" {
      for_each = local.karpenter_tagged

      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }
  }

  statement {
    sid       = "TagWhatItCreates"
    actions   = ["ec2:CreateTags"]
    resources = local.karpenter_creates

    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["RunInstances", "CreateFleet", "CreateLaunchTemplate"]
    }

    dynamic "condition" {
      for_each = local.karpenter_tagged

      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }
  }

  statement {
    sid       = "NameOwnInstances"
    actions   = ["ec2:CreateTags"]
    resources = ["arn:aws:ec2:${var.region}:*:instance/*"]

    dynamic "condition" {
      for_each = local.karpenter_own

      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }

    condition {
      test     = "StringEqualsIfExists"
      variable = "aws:RequestTag/eks:eks-cluster-name"
      values   = [var.name]
    }

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "aws:TagKeys"
      values   = ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"]
    }
  }

  statement {
    sid     = "DeleteOwn"
    actions = ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"]
    resources = [
      "arn:aws:ec2:${var.region}:*:instance/*",
      "arn:aws:ec2:${var.region}:*:launch-template/*",
    ]

    dynamic "condition" {
      for_each = local.karpenter_own

      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }
  }

  statement {
    sid = "Look"
    actions = [
      "ec2:DescribeCapacityReservations",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeInstanceStatus",
      "ec2:DescribeInstanceTypeOfferings",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplates",
      "ec2:DescribePlacementGroups",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSpotPriceHistory",
      "ec2:DescribeSubnets",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [var.region]
    }
  }

  # Prices, and which instance profiles exist, cannot be limited.
  statement {
    sid       = "LookEverywhere"
    actions   = ["pricing:GetProducts", "iam:ListInstanceProfiles"]
    resources = ["*"]
  }

  statement {
    sid       = "FindImages"
    actions   = ["ssm:GetParameter"]
    resources = ["arn:aws:ssm:${var.region}::parameter/aws/service/*"]
  }

  statement {
    sid       = "LookAtCluster"
    actions   = ["eks:DescribeCluster"]
    resources = [aws_eks_cluster.this.arn]
  }

  statement {
    sid       = "GiveNodesTheirRole"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.node.arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com"]
    }
  }

  statement {
    sid       = "LookAtProfile"
    actions   = ["iam:GetInstanceProfile"]
    resources = [aws_iam_instance_profile.node[0].arn]
  }

  statement {
    sid       = "ReadInterruptions"
    actions   = ["sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.interruptions[0].arn]
  }
}

locals {
  # Conditions: what Karpenter has created for this cluster, and what it asks to create with the tags by which that is
  # recognized.
  karpenter_own = [
    { test = "StringEquals", variable = "aws:ResourceTag/kubernetes.io/cluster/${var.name}", values = ["owned"] },
    { test = "StringLike", variable = "aws:ResourceTag/karpenter.sh/nodepool", values = ["*"] },
  ]
  karpenter_tagged = [
    { test = "StringEquals", variable = "aws:RequestTag/kubernetes.io/cluster/${var.name}", values = ["owned"] },
    { test = "StringEquals", variable = "aws:RequestTag/eks:eks-cluster-name", values = [var.name] },
    { test = "StringLike", variable = "aws:RequestTag/karpenter.sh/nodepool", values = ["*"] },
  ]

  karpenter_creates = [
    for kind in ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"] :
    "arn:aws:ec2:${var.region}:*:${kind}/*"
  ]
}

resource "aws_iam_policy" "karpenter" {
  count = local.karpenter ? 1 : 0

  name   = "${var.name}-karpenter"
  policy = data.aws_iam_policy_document.karpenter[0].json
}

# A release of its own, because Helm never upgrades types that a chart brings along.
resource "helm_release" "karpenter_types" {
  count = local.karpenter ? 1 : 0

  name       = "karpenter-crd"
  namespace  = "kube-system"
  repository = "oci://public.ecr.aws/karpenter"
  chart      = "karpenter-crd"
  version    = local.karpenter_version

  depends_on = [aws_eks_addon.on_nodes]
}

resource "helm_release" "karpenter" {
  count = local.karpenter ? 1 : 0

  name       = "karpenter"
  namespace  = "kube-system"
  repository = "oci://public.ecr.aws/karpenter"
  chart      = "karpenter"
  version    = local.karpenter_version
  skip_crds  = true
  wait       = true

  # Its two pods run on different nodes of the managed group: the chart keeps them off Karpenter's own nodes.
  set = [
    { name = "serviceAccount.name", value = "karpenter" },
    { name = "settings.clusterName", value = aws_eks_cluster.this.name },
    { name = "settings.clusterEndpoint", value = aws_eks_cluster.this.endpoint },
    { name = "settings.interruptionQueue", value = aws_sqs_queue.interruptions[0].name },
    { name = "controller.resources.requests.cpu", value = "250m" },
    { name = "controller.resources.requests.memory", value = "512Mi" },
    { name = "controller.resources.limits.memory", value = "1Gi" },
  ]

  depends_on = [
    helm_release.karpenter_types,
    helm_release.load_balancer_controller,
    aws_eks_pod_identity_association.system,
    aws_iam_role_policy_attachment.system,
    aws_sqs_queue_policy.interruptions,
  ]
}

# Which nodes Karpenter starts: like those of the managed groups (nodes.tf).
locals {
  karpenter_node_class = {
    apiVersion = "karpenter.k8s.aws/v1"
    kind       = "EC2NodeClass"
    metadata   = { name = "default" }
    spec = {
      amiSelectorTerms           = [{ alias = "al2023@${var.karpenter_ami_version}" }]
      instanceProfile            = one(aws_iam_instance_profile.node[*].name)
      subnetSelectorTerms        = [for subnet in aws_subnet.private : { id = subnet.id }]
      securityGroupSelectorTerms = [{ id = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id }]
      metadataOptions            = { httpEndpoint = "enabled", httpTokens = "required", httpPutResponseHopLimit = 1 }
      blockDeviceMappings = [{
        deviceName = "/dev/xvda"
        ebs        = { volumeSize = "40Gi", volumeType = "gp3", encrypted = true, deleteOnTermination = true }
      }]
      # Also on volumes and network interfaces; the budget counts by tag.
      tags = local.node_tags
    }
  }

  karpenter_node_pool = {
    apiVersion = "karpenter.sh/v1"
    kind       = "NodePool"
    metadata   = { name = "default" }
    spec = {
      # The managed group's nodes count, too.
      limits = { nodes = tostring(var.nodes_max - local.system_nodes) }
      disruption = {
        consolidationPolicy = "WhenEmptyOrUnderutilized"
        # Longer than the pause between two bursts for which new nodes would have to start.
        consolidateAfter = "5m"
        # One node at a time; evictions wait for the PodDisruptionBudgets.
        budgets = [{ nodes = "1" }]
      }
      template = {
        spec = {
          nodeClassRef = { group = "karpenter.k8s.aws", kind = "EC2NodeClass", name = "default" }
          # Nodes get a new image at least monthly. A pod that must not be moved (Redis) blocks that for a day at most.
          expireAfter            = "720h"
          terminationGracePeriod = "24h"
          requirements = [
            { key = "node.kubernetes.io/instance-type", operator = "In", values = var.node_instance_types },
            { key = "karpenter.sh/capacity-type", operator = "In", values = var.node_capacity_types },
            { key = "topology.kubernetes.io/zone", operator = "In", values = local.zones },
            { key = "kubernetes.io/arch", operator = "In", values = [strcontains(var.node_ami_type, "ARM") ? "arm64" : "amd64"] },
          ]
        }
      }
    }
  }
}

# Destroyed before Karpenter, which first removes the nodes that it has started.
resource "helm_release" "karpenter_nodes" {
  count = local.karpenter ? 1 : 0

  name      = "karpenter-nodes"
  namespace = "kube-system"
  chart     = "${path.module}/karpenter-nodes"
  wait      = true
  timeout   = 1800
  values    = [yamlencode({ nodes = [local.karpenter_node_class, local.karpenter_node_pool] })]

  depends_on = [helm_release.karpenter]
}
