# The alarms of AWS' own numbers, which work also when the cluster, and Prometheus in it, does not.
resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

# Reports what S3 answers, for the two alarms below.
resource "aws_s3_bucket_metric" "images" {
  bucket = aws_s3_bucket.images.id
  name   = "all"
}

resource "aws_cloudwatch_metric_alarm" "s3_errors" {
  alarm_name          = "${var.name}-s3-5xx"
  alarm_description   = "S3 fails requests of the service. Jobs are retried; see the runbook in docs/operations.md."
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

# 403 means a broken right, not a broken user: ingest never asks S3 in a user's name.
resource "aws_cloudwatch_metric_alarm" "s3_refusals" {
  alarm_name          = "${var.name}-s3-4xx"
  alarm_description   = "S3 refuses requests of the service: rights, or a bucket that is not there."
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
  alarm_description   = "The NAT gateway has no free port left for new connections."
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
  count = var.elasticache_enabled ? 1 : 0

  alarm_name          = "${var.name}-redis-memory"
  alarm_description   = "The managed Redis is nearly full; when it is, uploads are refused."
  namespace           = "AWS/ElastiCache"
  metric_name         = "DatabaseMemoryUsagePercentage"
  dimensions          = { ReplicationGroupId = aws_elasticache_replication_group.redis[0].id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
