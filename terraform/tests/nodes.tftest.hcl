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
  api_allowed_cidrs = ["198.51.100.7/32"]
  alarm_email       = "you@example.com"
}

run "a_group_in_each_zone_which_the_cluster_autoscaler_sizes" {
  variables {
    nodes_max = 10
  }

  assert {
    condition     = join(",", keys(aws_eks_node_group.this)) == "us-east-2a,us-east-2b,us-east-2c"
    error_message = "Redis' volume is bound to a zone, so each zone needs its own group."
  }

  assert {
    condition     = alltrue([for zone, g in aws_eks_node_group.this : join(",", g.subnet_ids) == aws_subnet.private[zone].id])
    error_message = "Each group must be in its own zone."
  }

  assert {
    condition     = alltrue([for g in aws_eks_node_group.this : g.scaling_config[0].min_size == 1 && g.capacity_type == "ON_DEMAND"])
    error_message = "Each group must keep a node on demand."
  }

  assert {
    condition     = yamldecode(helm_release.cluster_autoscaler[0].values[0]).extraArgs["max-nodes-total"] == 10
    error_message = "The groups' limits are rounded up; the autoscaler must keep to nodes_max."
  }

  assert {
    condition     = contains(keys(aws_eks_pod_identity_association.system), "cluster-autoscaler")
    error_message = "The autoscaler needs its permissions."
  }

  assert {
    condition     = length(helm_release.karpenter) + length(aws_sqs_queue.interruptions) + length(aws_cloudwatch_event_rule.interruptions) + length(aws_iam_policy.karpenter) == 0
    error_message = "Nothing of Karpenter may exist beside the cluster autoscaler."
  }
}

run "the_cluster_autoscaler_is_that_of_the_cluster" {
  variables {
    kubernetes_version = "1.34"
  }

  assert {
    condition     = startswith(yamldecode(helm_release.cluster_autoscaler[0].values[0]).image.tag, "v1.34.")
    error_message = "The autoscaler's version must be the cluster's."
  }

  assert {
    condition     = aws_eks_cluster.this.version == "1.34" && alltrue([for g in aws_eks_node_group.this : g.version == "1.34"])
    error_message = "The nodes' version must be the cluster's."
  }
}

run "spot_beside_on_demand_has_its_own_groups_that_may_be_empty" {
  variables {
    node_capacity_types = ["on-demand", "spot"]
  }

  assert {
    condition     = length(aws_eks_node_group.this) == 6 && length([for g in aws_eks_node_group.this : g if g.capacity_type == "SPOT" && g.scaling_config[0].min_size == 0 && endswith(g.node_group_name, "-spot")]) == 3
    error_message = "Each zone needs a group of spot instances that may be empty."
  }

  assert {
    condition     = length([for g in aws_eks_node_group.this : g if g.capacity_type == "ON_DEMAND" && g.scaling_config[0].min_size == 1]) == 3
    error_message = "Each zone must keep a node on demand."
  }

  assert {
    condition     = yamldecode(yamldecode(helm_release.cluster_autoscaler[0].values[0]).expanderPriorities)["20"] == [".*-spot-.*"]
    error_message = "Spot must be used first."
  }
}

run "only_spot" {
  variables {
    node_capacity_types = ["spot"]
  }

  assert {
    condition     = length(aws_eks_node_group.this) == 3 && alltrue([for g in aws_eks_node_group.this : g.capacity_type == "SPOT" && g.scaling_config[0].min_size == 1])
    error_message = "Each zone must keep a spot instance."
  }
}

run "pods_cannot_get_the_credentials_of_nodes" {
  assert {
    condition     = aws_launch_template.node.metadata_options[0].http_put_response_hop_limit == 1 && aws_launch_template.node.metadata_options[0].http_tokens == "required"
    error_message = "The metadata service must be out of reach for pods."
  }

  assert {
    condition     = tobool(aws_launch_template.node.block_device_mappings[0].ebs[0].encrypted)
    error_message = "Nodes' volumes must be encrypted."
  }
}

run "everything_that_costs_has_the_tag_of_the_budget" {
  variables {
    name = "pictures"
  }

  assert {
    condition     = toset([for s in aws_launch_template.node.tag_specifications : s.resource_type if s.tags.Project == "pictures"]) == toset(["instance", "volume", "network-interface"])
    error_message = "Instances, their volumes and network interfaces need the tag."
  }

  assert {
    condition     = jsondecode(aws_eks_addon.on_nodes["aws-ebs-csi-driver"].configuration_values).controller.extraVolumeTags.Project == "pictures"
    error_message = "Volumes need the tag."
  }

  assert {
    condition     = contains([for s in helm_release.load_balancer_controller.set : s.value if s.name == "defaultTags.Project"], "pictures")
    error_message = "The load balancer needs the tag."
  }

  assert {
    condition     = join(",", flatten([for f in aws_budgets_budget.monthly.cost_filter : f.values if f.name == "TagKeyValue"])) == "user:Project$pictures"
    error_message = "The budget must count by the tag."
  }
}
