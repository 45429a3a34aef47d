resource "aws_security_group" "redis" {
  count = var.elasticache_enabled ? 1 : 0

  name        = "${var.name}-redis"
  description = "Access to Redis from the cluster"
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "redis" {
  count = var.elasticache_enabled ? 1 : 0

  security_group_id            = aws_security_group.redis[0].id
  referenced_security_group_id = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_elasticache_subnet_group" "redis" {
  count = var.elasticache_enabled ? 1 : 0

  name       = var.name
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_elasticache_parameter_group" "redis" {
  count = var.elasticache_enabled ? 1 : 0

  name   = var.name
  family = "valkey8"

  # A queue must refuse new messages when it is full; it must never evict old ones.
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

resource "aws_elasticache_replication_group" "redis" {
  count = var.elasticache_enabled ? 1 : 0

  replication_group_id       = var.name
  description                = "The queue of ${var.name}"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.elasticache_node_type
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  auth_token                 = var.elasticache_password
  parameter_group_name       = aws_elasticache_parameter_group.redis[0].name
  subnet_group_name          = aws_elasticache_subnet_group.redis[0].name
  security_group_ids         = [aws_security_group.redis[0].id]
  snapshot_retention_limit   = 1
  apply_immediately          = true

  lifecycle {
    precondition {
      condition     = var.elasticache_password != null
      error_message = "Set TF_VAR_elasticache_password when elasticache_enabled is true."
    }
  }
}
