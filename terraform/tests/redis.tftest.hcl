mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

variables {
  api_allowed_cidrs = ["198.51.100.7/32"]
  alarm_email       = "you@example.com"
}

run "redis_is_in_the_cluster_by_default" {
  assert {
    condition     = length(aws_elasticache_replication_group.redis) == 0 && output.redis_url == null
    error_message = "A managed Redis costs money; it must be asked for."
  }

  assert {
    condition     = strcontains(output.kustomization, "overlays/eks\n") && !strcontains(output.kustomization, "allow-elasticache")
    error_message = "The overlay must be that of Redis in the cluster."
  }
}

run "a_managed_redis_without_a_password_is_refused" {
  command = plan

  variables {
    elasticache_enabled = true
  }

  expect_failures = [aws_elasticache_replication_group.redis]
}

run "a_managed_redis_is_encrypted_and_survives_a_zone" {
  variables {
    elasticache_enabled  = true
    elasticache_password = "0123456789abcdef0123456789abcdef"
    vpc_cidr             = "10.7.0.0/16"
  }

  assert {
    condition     = tobool(aws_elasticache_replication_group.redis[0].transit_encryption_enabled) && tobool(aws_elasticache_replication_group.redis[0].at_rest_encryption_enabled)
    error_message = "Messages must be encrypted on the way and at rest."
  }

  assert {
    condition     = aws_elasticache_replication_group.redis[0].multi_az_enabled && aws_elasticache_replication_group.redis[0].automatic_failover_enabled && aws_elasticache_replication_group.redis[0].num_cache_clusters == 2
    error_message = "A replica in another zone must take over."
  }

  assert {
    condition     = join(",", [for p in aws_elasticache_parameter_group.redis[0].parameter : p.value if p.name == "maxmemory-policy"]) == "noeviction"
    error_message = "A queue must not evict messages."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.redis[0].referenced_security_group_id == aws_eks_cluster.this.vpc_config[0].cluster_security_group_id && aws_vpc_security_group_ingress_rule.redis[0].cidr_ipv4 == null
    error_message = "Only the cluster may reach Redis."
  }

  assert {
    condition     = toset([for a in aws_cloudwatch_metric_alarm.redis_memory : a.dimensions.CacheClusterId]) == toset([for n in ["001", "002"] : "${aws_elasticache_replication_group.redis[0].id}-${n}"])
    error_message = "Each of the two nodes needs an alarm on its memory."
  }

  assert {
    condition     = nonsensitive(output.redis_url) == "rediss://:0123456789abcdef0123456789abcdef@redis.mock.cache.amazonaws.com:6379/0"
    error_message = "The address must have TLS and the password."
  }

  assert {
    condition     = strcontains(output.kustomization, "overlays/elasticache\n") && strcontains(output.kustomization, "value: 10.7.0.0/16")
    error_message = "Pods must be allowed to reach the managed Redis."
  }
}
