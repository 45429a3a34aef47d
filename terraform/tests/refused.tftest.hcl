mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

variables {
  api_allowed_cidrs = ["198.51.100.7/32"]
  alarm_email       = "you@example.com"
}

run "a_name_with_capitals" {
  command = plan

  variables {
    name = "Pictures"
  }

  expect_failures = [var.name]
}

run "a_name_of_one_letter" {
  command = plan

  variables {
    name = "p"
  }

  expect_failures = [var.name]
}

run "a_region_that_is_none" {
  command = plan

  variables {
    region = "ohio"
  }

  expect_failures = [var.region]
}

run "a_network_that_is_too_small" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0/24"
  }

  expect_failures = [var.vpc_cidr]
}

run "a_network_without_a_length" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0"
  }

  expect_failures = [var.vpc_cidr]
}

run "a_network_that_is_none" {
  command = plan

  variables {
    vpc_cidr = "10.0.0/16"
  }

  expect_failures = [var.vpc_cidr]
}

run "an_api_that_is_open_to_all" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "an_api_that_is_open_to_all_by_another_spelling" {
  command = plan

  variables {
    api_allowed_cidrs = ["198.51.100.7/0"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "an_api_that_is_open_to_all_in_two_halves" {
  command = plan

  variables {
    api_allowed_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "an_api_that_nobody_may_reach" {
  command = plan

  variables {
    api_allowed_cidrs = []
  }

  expect_failures = [var.api_allowed_cidrs]
}

run "a_service_that_nobody_may_reach" {
  command = plan

  variables {
    http_allowed_cidrs = []
  }

  expect_failures = [var.http_allowed_cidrs]
}

run "a_range_that_is_none" {
  command = plan

  variables {
    http_allowed_cidrs = ["example.com"]
  }

  expect_failures = [var.http_allowed_cidrs]
}

run "a_kubernetes_without_pinned_autoscaler" {
  command = plan

  variables {
    kubernetes_version = "1.32"
  }

  expect_failures = [var.kubernetes_version]
}

run "no_instance_type" {
  command = plan

  variables {
    node_instance_types = []
  }

  expect_failures = [var.node_instance_types]
}

run "an_unknown_image" {
  command = plan

  variables {
    node_ami_type = "AL2_x86_64"
  }

  expect_failures = [var.node_ami_type]
}

run "an_unknown_autoscaler" {
  command = plan

  variables {
    node_autoscaler = "none"
  }

  expect_failures = [var.node_autoscaler]
}

run "an_unknown_capacity_type" {
  command = plan

  variables {
    node_capacity_types = ["SPOT"]
  }

  expect_failures = [var.node_capacity_types]
}

run "no_capacity_type" {
  command = plan

  variables {
    node_capacity_types = []
  }

  expect_failures = [var.node_capacity_types]
}

run "a_capacity_type_twice" {
  command = plan

  variables {
    node_capacity_types = ["spot", "spot"]
  }

  expect_failures = [var.node_capacity_types]
}

run "an_image_version_that_is_none" {
  command = plan

  variables {
    karpenter_ami_version = "20260101"
  }

  expect_failures = [var.karpenter_ami_version]
}

run "fewer_nodes_than_zones" {
  command = plan

  variables {
    nodes_max = 2
  }

  expect_failures = [var.nodes_max]
}

run "half_a_node" {
  command = plan

  variables {
    nodes_max = 3.5
  }

  expect_failures = [var.nodes_max]
}

run "an_image_tag_with_spaces" {
  command = plan

  variables {
    image_tag = "1 2"
  }

  expect_failures = [var.image_tag]
}

run "originals_that_expire_at_once" {
  command = plan

  variables {
    uploads_expire_days = 0
  }

  expect_failures = [var.uploads_expire_days]
}

run "thumbnails_that_expire_before_they_exist" {
  command = plan

  variables {
    thumbnails_expire_days = -1
  }

  expect_failures = [var.thumbnails_expire_days]
}

run "a_short_password" {
  command = plan

  variables {
    elasticache_password = "secret"
  }

  expect_failures = [var.elasticache_password]
}

run "an_address_that_is_none" {
  command = plan

  variables {
    alarm_email = "you"
  }

  expect_failures = [var.alarm_email]
}

run "no_budget" {
  command = plan

  variables {
    monthly_budget_usd = 0
  }

  expect_failures = [var.monthly_budget_usd]
}
