mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

variables {
  api_allowed_cidrs  = ["198.51.100.7/32"]
  http_allowed_cidrs = ["198.51.100.0/24", "192.0.2.1/32"]
  alarm_email        = "you@example.com"
  name               = "pictures"
  image_tag          = "1.2.3"
}

run "the_kustomization_has_this_deployments_settings" {
  assert {
    condition     = contains(yamldecode(output.kustomization).configMapGenerator[0].literals, "AWS_S3_BUCKET_NAME=${aws_s3_bucket.images.id}") && contains(yamldecode(output.kustomization).configMapGenerator[0].literals, "AWS_REGION=us-east-2")
    error_message = "The pods must use this bucket and region."
  }

  assert {
    condition     = { for i in yamldecode(output.kustomization).images : i.name => "${i.newName}:${i.newTag}" } == { for n in ["ingest", "worker"] : "thumbnailer-${n}" => "${aws_ecr_repository.this[n].repository_url}:1.2.3" }
    error_message = "The pods must use this registry's images."
  }

  assert {
    condition     = contains([for p in yamldecode(output.kustomization).patches : jsonencode(yamldecode(p.patch)[0].value)], jsonencode(["198.51.100.0/24", "192.0.2.1/32"]))
    error_message = "Only the given ranges may reach the service."
  }

  assert {
    condition     = length([for p in yamldecode(output.kustomization).patches : p if yamldecode(p.patch)[0].value == "Project=pictures"]) == 2
    error_message = "The load balancer and the volumes need the tag of the budget."
  }

  assert {
    condition     = output.registry == "123456789012.dkr.ecr.us-east-2.amazonaws.com"
    error_message = "docker login wants the registry's host."
  }
}

run "image_tags_cannot_be_overwritten" {
  assert {
    condition     = alltrue([for r in aws_ecr_repository.this : r.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag must name one image for ever."
  }

  assert {
    condition     = alltrue([for p in aws_ecr_lifecycle_policy.this : alltrue([for r in jsondecode(p.policy).rules : r.selection.tagStatus == "tagged" if r.selection.countType == "imageCountMoreThan"])])
    error_message = "Only tagged images may count as versions."
  }
}
