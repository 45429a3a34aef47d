mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

variables {
  api_allowed_cidrs = ["198.51.100.7/32"]
  alarm_email       = "you@example.com"
}

run "three_zones_each_with_its_own_subnets" {
  assert {
    condition     = join(",", keys(aws_subnet.private)) == "us-east-2a,us-east-2b,us-east-2c"
    error_message = "There must be a private subnet in each of three zones."
  }

  assert {
    condition     = length(distinct(concat([for s in aws_subnet.private : s.cidr_block], [for s in aws_subnet.public : s.cidr_block]))) == 6
    error_message = "No two subnets may have the same range."
  }

  assert {
    condition     = alltrue([for s in aws_subnet.private : s.tags["kubernetes.io/role/internal-elb"] == "1"]) && alltrue([for s in aws_subnet.public : s.tags["kubernetes.io/role/elb"] == "1"])
    error_message = "The load balancer controller finds subnets by their role tags."
  }

  assert {
    condition     = join(",", keys(aws_nat_gateway.this)) == "us-east-2a"
    error_message = "A single NAT gateway is the default."
  }
}

run "zones_that_cannot_host_eks_are_left_out" {
  assert {
    condition     = length(setsubtract(["use1-az3", "usw1-az2", "cac1-az3"], data.aws_availability_zones.available.exclude_zone_ids)) == 0
    error_message = "EKS puts no control plane into use1-az3, usw1-az2 and cac1-az3."
  }

  assert {
    condition     = join(",", flatten([for f in data.aws_availability_zones.available.filter : tolist(f.values) if f.name == "opt-in-status"])) == "opt-in-not-required"
    error_message = "Local zones must be left out."
  }
}

run "a_region_of_two_zones_uses_both" {
  variables {
    nodes_max = 9
  }

  override_data {
    target = data.aws_availability_zones.available
    values = { names = ["us-west-1b", "us-west-1c"] }
  }

  assert {
    condition     = join(",", keys(aws_subnet.private)) == "us-west-1b,us-west-1c"
    error_message = "Both zones must be used."
  }

  assert {
    condition     = join(",", keys(aws_eks_node_group.this)) == "us-west-1b,us-west-1c"
    error_message = "Each zone must have a node group."
  }

  assert {
    condition     = sum([for g in aws_eks_node_group.this : g.scaling_config[0].max_size]) >= 9
    error_message = "The groups of two zones must hold nodes_max nodes, too."
  }
}

run "of_six_zones_three_are_used" {
  override_data {
    target = data.aws_availability_zones.available
    values = { names = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"] }
  }

  assert {
    condition     = length(aws_subnet.private) == 3
    error_message = "Three zones are enough."
  }
}

run "a_nat_gateway_in_each_zone_serves_that_zone" {
  variables {
    nat_per_zone = true
  }

  override_resource {
    target = aws_nat_gateway.this["us-east-2a"]
    values = { id = "nat-0000000000000000a" }
  }

  override_resource {
    target = aws_nat_gateway.this["us-east-2b"]
    values = { id = "nat-0000000000000000b" }
  }

  override_resource {
    target = aws_nat_gateway.this["us-east-2c"]
    values = { id = "nat-0000000000000000c" }
  }

  assert {
    condition     = { for zone, table in aws_route_table.private : zone => join(",", [for r in table.route : r.nat_gateway_id]) } == { for zone, gateway in aws_nat_gateway.this : zone => gateway.id }
    error_message = "Each zone must use its own NAT gateway."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 3
    error_message = "Each zone needs its own NAT gateway."
  }
}
