"""The server that benchmarks/upload/run compares with ingest: the same call on Flask, which streams the file on."""

import json
import os
import uuid

import boto3
import redis
from botocore.config import Config
from flask import Flask, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 26214400
bucket = os.environ["AWS_S3_BUCKET_NAME"]
s3 = boto3.client(
    "s3",
    endpoint_url=os.environ["AWS_ENDPOINT_URL_S3"],
    config=Config(s3={"addressing_style": "path"}, max_pool_connections=50),
)
queue = redis.Redis.from_url(os.environ["REDIS_URL"])


@app.post("/upload")
def upload():
    file = request.files["file"]
    job = str(uuid.uuid4())
    s3.put_object(
        Bucket=bucket,
        Key=f"uploads/{job}",
        Body=file.stream,
        ContentType=file.mimetype,
        Metadata={"filename": file.filename},
    )
    queue.lpush("jobs", json.dumps({"id": job, "filename": file.filename}))
    return {"jobs": [{"id": job, "status": "QUEUED"}]}, 202
