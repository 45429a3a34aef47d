mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

variables {
  api_allowed_cidrs = ["198.51.100.7/32"]
  alarm_email       = "you@example.com"
}

run "alarms_on_what_is_always_there" {
  assert {
    condition     = aws_sns_topic_subscription.alarms.endpoint == "you@example.com" && aws_sns_topic_subscription.alarms.topic_arn == aws_sns_topic.alarms.arn
    error_message = "Alarms must reach the given address."
  }

  assert {
    condition     = alltrue([for a in concat([aws_cloudwatch_metric_alarm.s3_errors, aws_cloudwatch_metric_alarm.s3_refusals], values(aws_cloudwatch_metric_alarm.nat_ports)) : contains(a.alarm_actions, aws_sns_topic.alarms.arn)])
    error_message = "Each alarm must publish to the topic."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.heartbeat) + length(aws_cloudwatch_metric_alarm.healthy_hosts) + length(aws_cloudwatch_metric_alarm.redis_memory) == 0
    error_message = "An alarm on what is not deployed yet would fire at once."
  }

  assert {
    condition     = alltrue([for n in aws_budgets_budget.monthly.notification : contains(n.subscriber_email_addresses, "you@example.com")]) && length(aws_budgets_budget.monthly.notification) == 2
    error_message = "The budget must warn the given address."
  }
}

run "silence_of_the_monitoring_is_an_alarm_when_asked_for" {
  variables {
    heartbeat_alarm = true
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.heartbeat[0].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.heartbeat[0].dimensions.TopicName == aws_sns_topic.heartbeat.name
    error_message = "No message on the heartbeat's topic must count as a fault."
  }

  assert {
    condition     = contains(aws_cloudwatch_metric_alarm.heartbeat[0].alarm_actions, aws_sns_topic.alarms.arn)
    error_message = "The alarm must reach people, not the heartbeat's topic."
  }
}

run "no_healthy_ingest_is_an_alarm_when_asked_for" {
  variables {
    load_balancer_alarm = true
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.healthy_hosts[0].dimensions == tomap({ LoadBalancer = "net/ingest/0123456789abcdef", TargetGroup = "targetgroup/ingest/0123456789abcdef" })
    error_message = "The alarm must watch ingest's load balancer."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.healthy_hosts[0].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.healthy_hosts[0].comparison_operator == "LessThanThreshold"
    error_message = "No healthy target, or no data, must be a fault."
  }
}

run "alertmanager_publishes_to_both_topics_and_nothing_else" {
  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.alertmanager.statement : join(",", s.actions) == "sns:Publish" && !contains(s.resources, "*")])
    error_message = "Alertmanager needs no other permission."
  }

  assert {
    condition     = strcontains(output.alertmanager, "topic_arn: ${aws_sns_topic.alarms.arn}") && can(yamldecode(output.alertmanager))
    error_message = "Alertmanager's settings must name the topic."
  }
}
