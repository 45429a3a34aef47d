resource "aws_ecr_repository" "this" {
  for_each = toset(["ingest", "worker"])

  name                 = "${var.name}-${each.key}"
  image_tag_mutability = "IMMUTABLE"
  # They can be built again from the source.
  force_delete = true

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "AES256"
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Untagged images expire after a day"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 1 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        # Counts only tagged images: an index for two architectures adds four untagged entries.
        description = "Only the newest 20 versions are kept"
        selection   = { tagStatus = "tagged", tagPatternList = ["*"], countType = "imageCountMoreThan", countNumber = 20 }
        action      = { type = "expire" }
      },
    ]
  })
}
