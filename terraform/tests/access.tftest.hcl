mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

variables {
  api_allowed_cidrs = ["198.51.100.7/32"]
  alarm_email       = "you@example.com"
}

run "the_kubernetes_api_is_open_only_to_the_given_ranges" {
  assert {
    condition     = join(",", aws_eks_cluster.this.vpc_config[0].public_access_cidrs) == "198.51.100.7/32"
    error_message = "Only the given ranges may reach the API."
  }

  assert {
    condition     = length(aws_eks_cluster.this.encryption_config) == 1 && contains(aws_eks_cluster.this.encryption_config[0].resources, "secrets")
    error_message = "Secrets must be encrypted."
  }
}

run "the_bucket_is_private" {
  assert {
    condition     = aws_s3_bucket_public_access_block.images.block_public_acls && aws_s3_bucket_public_access_block.images.block_public_policy && aws_s3_bucket_public_access_block.images.ignore_public_acls && aws_s3_bucket_public_access_block.images.restrict_public_buckets
    error_message = "Nothing in the bucket may become public."
  }

  assert {
    condition     = anytrue([for s in data.aws_iam_policy_document.bucket.statement : s.effect == "Deny" && contains(s.actions, "s3:*") && anytrue([for c in s.condition : c.variable == "aws:SecureTransport" && join(",", c.values) == "false"])])
    error_message = "Plain HTTP must be refused."
  }

  assert {
    condition     = !aws_s3_bucket.images.force_destroy
    error_message = "A bucket that contains objects must survive a destroy by default."
  }
}

run "a_worker_stores_no_originals_and_ingest_no_thumbnails" {
  assert {
    condition = alltrue([
      for s in data.aws_iam_policy_document.worker.statement : alltrue([for r in s.resources : endswith(r, "/thumbnails/*")]) if contains(s.actions, "s3:PutObject")
    ])
    error_message = "A worker may write only thumbnails."
  }

  assert {
    condition = alltrue([
      for s in data.aws_iam_policy_document.ingest.statement : alltrue([for r in s.resources : !endswith(r, "/thumbnails/*")]) if contains(s.actions, "s3:PutObject")
    ])
    error_message = "Ingest may not write thumbnails."
  }

  assert {
    condition     = alltrue([for s in concat(data.aws_iam_policy_document.worker.statement, data.aws_iam_policy_document.ingest.statement) : !contains(s.resources, "*") && alltrue([for a in s.actions : !endswith(a, "*")])])
    error_message = "Permissions must name the bucket and the action."
  }
}

run "roles_are_for_pods_of_this_account" {
  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.pod_trust.statement : anytrue([for c in s.condition : c.variable == "aws:SourceAccount" && join(",", c.values) == "123456789012"])])
    error_message = "Only this account's clusters may take the roles."
  }

  assert {
    condition     = { for k, a in aws_eks_pod_identity_association.application : k => "${a.namespace}/${a.service_account}" } == { ingest = "thumbnailer/ingest", worker = "thumbnailer/worker" }
    error_message = "The roles belong to the service accounts of kubernetes/base."
  }
}

run "what_is_stored_expires_as_configured" {
  variables {
    uploads_expire_days    = 20
    thumbnails_expire_days = 90
  }

  assert {
    condition     = { for r in aws_s3_bucket_lifecycle_configuration.images.rule : r.id => one(r.expiration).days } == { uploads-expire = 20, incoming-expire = 1, thumbnails-expire = 90 }
    error_message = "Each prefix must expire after its number of days."
  }
}

run "thumbnails_are_kept_by_default" {
  assert {
    condition     = !contains([for r in aws_s3_bucket_lifecycle_configuration.images.rule : r.id], "thumbnails-expire")
    error_message = "0 days must keep thumbnails."
  }
}
