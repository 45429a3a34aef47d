output "region" {
  description = "The AWS region of all resources."
  value       = var.region
}

output "bucket" {
  description = "The bucket of originals and thumbnails."
  value       = aws_s3_bucket.images.id
}

output "registry" {
  description = "The address that images are pushed to; the argument of `docker login`."
  value       = split("/", aws_ecr_repository.this["ingest"].repository_url)[0]
}

output "image_urls" {
  description = "The repositories of the images."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}

output "redis_url" {
  description = "REDIS_URL for the managed Redis; null for the one in the cluster."
  value       = var.elasticache_enabled ? "rediss://:${var.elasticache_password}@${aws_elasticache_replication_group.redis[0].primary_endpoint_address}:6379/0" : null
  sensitive   = true
}

output "kubeconfig_command" {
  description = "Lets kubectl talk to the cluster."
  value       = "aws eks update-kubeconfig --region ${var.region} --name ${aws_eks_cluster.this.name}"
}

output "kustomization" {
  description = "A kustomization over ../../kubernetes with this deployment's bucket, region, images and address ranges."
  value = templatefile("${path.module}/templates/kustomization.yaml.tftpl", {
    name               = var.name
    overlay            = var.elasticache_enabled ? "elasticache" : "eks"
    image_tag          = var.image_tag
    vpc_cidr           = var.vpc_cidr
    bucket             = aws_s3_bucket.images.id
    region             = var.region
    ingest_image       = aws_ecr_repository.this["ingest"].repository_url
    worker_image       = aws_ecr_repository.this["worker"].repository_url
    http_allowed_cidrs = var.http_allowed_cidrs
  })
}

output "alertmanager" {
  description = "Alertmanager's settings for SNS: the kustomization over ../../kubernetes/monitoring."
  value = templatefile("${path.module}/templates/monitoring.yaml.tftpl", {
    region    = var.region
    alarms    = aws_sns_topic.alarms.arn
    heartbeat = aws_sns_topic.heartbeat.arn
  })
}
