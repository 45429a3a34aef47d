mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

override_resource {
  target = aws_subnet.private["us-east-2a"]
  values = { id = "subnet-0000000000000000a" }
}

override_resource {
  target = aws_subnet.private["us-east-2b"]
  values = { id = "subnet-0000000000000000b" }
}

override_resource {
  target = aws_subnet.private["us-east-2c"]
  values = { id = "subnet-0000000000000000c" }
}

variables {
  api_allowed_cidrs   = ["198.51.100.7/32"]
  alarm_email         = "you@example.com"
  name                = "pictures"
  node_autoscaler     = "karpenter"
  node_capacity_types = ["spot", "on-demand"]
  nodes_max           = 10
}

run "karpenter_runs_on_a_small_managed_group_on_demand" {
  assert {
    condition     = join(",", keys(aws_eks_node_group.this)) == "system" && aws_eks_node_group.this["system"].capacity_type == "ON_DEMAND"
    error_message = "One managed group on demand must remain for the controllers."
  }

  assert {
    condition     = length(aws_eks_node_group.this["system"].subnet_ids) == 3 && length(distinct(local.karpenter_node_class.spec.subnetSelectorTerms)) == 3
    error_message = "Nodes must be possible in each zone."
  }

  assert {
    condition     = aws_eks_node_group.this["system"].scaling_config[0].min_size == 2
    error_message = "Karpenter's two pods run on different nodes."
  }

  assert {
    condition     = length(helm_release.cluster_autoscaler) == 0 && !contains(keys(aws_eks_pod_identity_association.system), "cluster-autoscaler")
    error_message = "Two node autoscalers must not run side by side."
  }

  assert {
    condition     = aws_eks_pod_identity_association.system["karpenter"].namespace == helm_release.karpenter[0].namespace && contains([for s in helm_release.karpenter[0].set : s.value if s.name == "serviceAccount.name"], "karpenter")
    error_message = "Karpenter's permissions are for its service account."
  }

  assert {
    condition     = helm_release.karpenter_types[0].version == helm_release.karpenter[0].version && helm_release.karpenter[0].skip_crds
    error_message = "The types must have Karpenter's version, and come from their own chart."
  }
}

run "nodes_are_like_those_of_managed_groups" {
  assert {
    condition     = local.karpenter_node_class.spec.metadataOptions.httpPutResponseHopLimit == 1 && local.karpenter_node_class.spec.metadataOptions.httpTokens == "required"
    error_message = "The metadata service must be out of reach for pods."
  }

  assert {
    condition     = alltrue([for m in local.karpenter_node_class.spec.blockDeviceMappings : m.ebs.encrypted && m.ebs.volumeType == "gp3"])
    error_message = "Volumes must be encrypted gp3."
  }

  assert {
    condition     = local.karpenter_node_class.spec.tags.Project == "pictures"
    error_message = "The budget counts only nodes with its tag."
  }

  assert {
    condition     = local.karpenter_node_class.spec.instanceProfile == aws_iam_instance_profile.node[0].name && aws_iam_instance_profile.node[0].role == aws_iam_role.node.name
    error_message = "Nodes must have the role that may join the cluster."
  }

  assert {
    condition     = yamldecode(helm_release.karpenter_nodes[0].values[0]).nodes[*].kind == ["EC2NodeClass", "NodePool"]
    error_message = "Karpenter must get both objects."
  }
}

run "the_pool_keeps_to_the_limits" {
  assert {
    condition     = local.karpenter_node_pool.spec.limits.nodes == "8"
    error_message = "nodes_max must include the two nodes of the managed group."
  }

  assert {
    condition     = { for r in local.karpenter_node_pool.spec.template.spec.requirements : r.key => join(",", r.values) }["karpenter.sh/capacity-type"] == "spot,on-demand"
    error_message = "The capacity types are those of the variable."
  }

  assert {
    condition     = { for r in local.karpenter_node_pool.spec.template.spec.requirements : r.key => join(",", r.values) }["topology.kubernetes.io/zone"] == "us-east-2a,us-east-2b,us-east-2c"
    error_message = "Redis' volume is bound to a zone: nodes must be allowed in each of them."
  }

  assert {
    condition     = { for r in local.karpenter_node_pool.spec.template.spec.requirements : r.key => join(",", r.values) }["kubernetes.io/arch"] == "arm64"
    error_message = "The architecture must be that of the image."
  }

  assert {
    condition     = local.karpenter_node_pool.spec.disruption.budgets == [{ nodes = "1" }]
    error_message = "At most one node may be replaced at a time."
  }
}

run "x86_nodes" {
  variables {
    node_ami_type       = "AL2023_x86_64_STANDARD"
    node_instance_types = ["m7i.large"]
  }

  assert {
    condition     = { for r in local.karpenter_node_pool.spec.template.spec.requirements : r.key => join(",", r.values) }["kubernetes.io/arch"] == "amd64"
    error_message = "The architecture must be that of the image."
  }
}

run "karpenter_hears_of_interruptions" {
  assert {
    condition = toset([for r in aws_cloudwatch_event_rule.interruptions : jsondecode(r.event_pattern)["detail-type"][0]]) == toset([
      "EC2 Spot Instance Interruption Warning",
      "EC2 Instance Rebalance Recommendation",
      "EC2 Instance State-change Notification",
      "AWS Health Event",
    ])
    error_message = "All four kinds of events must be caught."
  }

  assert {
    condition     = length(aws_cloudwatch_event_target.interruptions) == 4 && alltrue([for t in aws_cloudwatch_event_target.interruptions : t.arn == aws_sqs_queue.interruptions[0].arn])
    error_message = "All rules must send to the queue."
  }

  assert {
    condition     = contains([for s in helm_release.karpenter[0].set : s.value if s.name == "settings.interruptionQueue"], aws_sqs_queue.interruptions[0].name)
    error_message = "Karpenter must read that queue."
  }

  assert {
    condition     = aws_sqs_queue.interruptions[0].sqs_managed_sse_enabled && anytrue([for s in data.aws_iam_policy_document.interruptions[0].statement : s.effect == "Deny" && anytrue([for c in s.condition : c.variable == "aws:SecureTransport"])])
    error_message = "The queue must be encrypted, and refuse plain HTTP."
  }
}

run "karpenter_changes_only_what_is_this_clusters" {
  assert {
    condition = alltrue([
      for s in data.aws_iam_policy_document.karpenter[0].statement : anytrue([for c in s.condition : endswith(c.variable, "/kubernetes.io/cluster/pictures") && join(",", c.values) == "owned"])
      if length(setintersection(s.actions, ["ec2:CreateLaunchTemplate", "ec2:CreateTags", "ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"])) > 0
    ])
    error_message = "Every change must be limited by the cluster's tag."
  }

  assert {
    condition     = toset(flatten([for s in data.aws_iam_policy_document.karpenter[0].statement : tolist(s.actions) if contains(s.resources, "*")])) == toset(concat(tolist([for s in data.aws_iam_policy_document.karpenter[0].statement : s.actions if s.sid == "Look"][0]), ["pricing:GetProducts", "iam:ListInstanceProfiles"]))
    error_message = "Only reading may be allowed on everything."
  }

  assert {
    condition     = join(",", flatten([for s in data.aws_iam_policy_document.karpenter[0].statement : tolist(s.resources) if contains(s.actions, "iam:PassRole")])) == aws_iam_role.node.arn
    error_message = "Karpenter may give nodes only the nodes' role."
  }
}
