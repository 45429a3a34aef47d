# What AWS would answer, for the values whose form the provider checks. All else is made up by Terraform.
mock_data "aws_availability_zones" {
  defaults = { names = ["us-east-2a", "us-east-2b", "us-east-2c"] }
}

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_eks_addon_version" {
  defaults = { version = "v1.0.0-eksbuild.1" }
}

mock_data "aws_iam_policy_document" {
  defaults = { json = "{}" }
}

mock_data "aws_lb" {
  defaults = { arn_suffix = "net/ingest/0123456789abcdef" }
}

mock_data "aws_lb_target_group" {
  defaults = { arn_suffix = "targetgroup/ingest/0123456789abcdef" }
}

mock_resource "aws_cloudwatch_event_rule" {
  defaults = { arn = "arn:aws:events:us-east-2:123456789012:rule/mock" }
}

mock_resource "aws_ecr_repository" {
  defaults = { repository_url = "123456789012.dkr.ecr.us-east-2.amazonaws.com/mock" }
}

mock_resource "aws_eip" {
  defaults = { id = "eipalloc-0123456789abcdef0" }
}

mock_resource "aws_eks_cluster" {
  defaults = {
    arn                   = "arn:aws:eks:us-east-2:123456789012:cluster/mock"
    endpoint              = "https://mock.eks.amazonaws.com"
    certificate_authority = [{ data = "bW9jaw==" }]
    vpc_config            = { cluster_security_group_id = "sg-0123456789abcdef1" }
  }
}

mock_resource "aws_elasticache_replication_group" {
  defaults = { primary_endpoint_address = "redis.mock.cache.amazonaws.com" }
}

mock_resource "aws_iam_instance_profile" {
  defaults = { arn = "arn:aws:iam::123456789012:instance-profile/mock" }
}

mock_resource "aws_iam_policy" {
  defaults = { arn = "arn:aws:iam::123456789012:policy/mock" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
}

mock_resource "aws_internet_gateway" {
  defaults = { id = "igw-0123456789abcdef0" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:us-east-2:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" }
}

mock_resource "aws_launch_template" {
  defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
}

mock_resource "aws_nat_gateway" {
  defaults = { id = "nat-0123456789abcdef0" }
}

mock_resource "aws_route_table" {
  defaults = { id = "rtb-0123456789abcdef0" }
}

mock_resource "aws_s3_bucket" {
  defaults = { arn = "arn:aws:s3:::mock" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-0123456789abcdef0" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:us-east-2:123456789012:mock" }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    id  = "https://sqs.us-east-2.amazonaws.com/123456789012/mock"
    arn = "arn:aws:sqs:us-east-2:123456789012:mock"
  }
}

mock_resource "aws_subnet" {
  defaults = { id = "subnet-0123456789abcdef0" }
}

mock_resource "aws_vpc" {
  defaults = { id = "vpc-0123456789abcdef0" }
}
