# Alarms on AWS metrics, which work even if the cluster and its Prometheus do not.
resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

# Reports the responses of S3, for the two alarms below.
resource "aws_s3_bucket_metric" "images" {
  bucket = aws_s3_bucket.images.id
  name   = "all"
}

resource "aws_cloudwatch_metric_alarm" "s3_errors" {
  alarm_name          = "${var.name}-s3-5xx"
  alarm_description   = "Requests to S3 are failing. Jobs are retried; see the runbook in docs/operations.md."
  namespace           = "AWS/S3"
  metric_name         = "5xxErrors"
  dimensions          = { BucketName = aws_s3_bucket.images.id, FilterId = aws_s3_bucket_metric.images.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  threshold           = 20
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# 403 means a missing permission of the service, not of a user: ingest never calls S3 on behalf of a user.
resource "aws_cloudwatch_metric_alarm" "s3_refusals" {
  alarm_name          = "${var.name}-s3-4xx"
  alarm_description   = "S3 denies requests: a permission or the bucket is missing."
  namespace           = "AWS/S3"
  metric_name         = "4xxErrors"
  dimensions          = { BucketName = aws_s3_bucket.images.id, FilterId = aws_s3_bucket_metric.images.name }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = 0.5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "nat_ports" {
  for_each = aws_nat_gateway.this

  alarm_name          = "${var.name}-nat-${each.key}"
  alarm_description   = "The NAT gateway has run out of ports for new connections."
  namespace           = "AWS/NATGateway"
  metric_name         = "ErrorPortAllocation"
  dimensions          = { NatGatewayId = each.value.id }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "redis_memory" {
  # The metric exists for each node, not for the group.
  for_each = toset(var.elasticache_enabled ? ["001", "002"] : [])

  alarm_name          = "${var.name}-redis-memory-${each.key}"
  alarm_description   = "The managed Redis is nearly full; when it is, uploads are refused."
  namespace           = "AWS/ElastiCache"
  metric_name         = "DatabaseMemoryUsagePercentage"
  dimensions          = { CacheClusterId = "${aws_elasticache_replication_group.redis[0].id}-${each.key}" }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# Alertmanager publishes an alert here that always fires while monitoring works, so that its absence is noticed outside
# the cluster.
resource "aws_sns_topic" "heartbeat" {
  name = "${var.name}-heartbeat"
}

resource "aws_cloudwatch_metric_alarm" "heartbeat" {
  count = var.heartbeat_alarm ? 1 : 0

  alarm_name          = "${var.name}-monitoring-silent"
  alarm_description   = "No heartbeat from the cluster's monitoring: the cluster, Prometheus or Alertmanager is down."
  namespace           = "AWS/SNS"
  metric_name         = "NumberOfMessagesPublished"
  dimensions          = { TopicName = aws_sns_topic.heartbeat.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# The load balancer of ingest's Service, which the load balancer controller creates and tags.
data "aws_lb" "ingest" {
  count = var.load_balancer_alarm ? 1 : 0

  tags = {
    "elbv2.k8s.aws/cluster"    = var.name
    "service.k8s.aws/stack"    = "thumbnailer/ingest"
    "service.k8s.aws/resource" = "LoadBalancer"
  }
}

data "aws_lb_target_group" "ingest" {
  count = var.load_balancer_alarm ? 1 : 0

  tags = {
    "elbv2.k8s.aws/cluster"    = var.name
    "service.k8s.aws/stack"    = "thumbnailer/ingest"
    "service.k8s.aws/resource" = "thumbnailer/ingest:80"
  }
}

resource "aws_cloudwatch_metric_alarm" "healthy_hosts" {
  count = var.load_balancer_alarm ? 1 : 0

  alarm_name        = "${var.name}-no-healthy-ingest"
  alarm_description = "No ingest pod is healthy behind the load balancer: nobody can upload."
  namespace         = "AWS/NetworkELB"
  metric_name       = "HealthyHostCount"
  dimensions = {
    LoadBalancer = data.aws_lb.ingest[0].arn_suffix
    TargetGroup  = data.aws_lb_target_group.ingest[0].arn_suffix
  }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
