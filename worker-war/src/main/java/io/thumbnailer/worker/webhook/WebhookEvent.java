package io.thumbnailer.worker.webhook;

import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.StoredThumbnail;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.Outbox.EndNotice;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;

/**
 * The webhook event for the end of a job. The client's file name is left out: the receiver
 * identifies the job by its id, and the name may identify a person.
 *
 * @param id the same for every attempt of this event
 * @param body a JSON text
 */
record WebhookEvent(String id, String body) {

  static WebhookEvent of(EndNotice notice, ThumbnailJob job) {
    String jobId = notice.messageId();
    JsonObjectBuilder data =
        Json.createObjectBuilder()
            .add("id", jobId)
            .add("status", job.status().name())
            .add("attempts", job.attempts());
    job.failure()
        .filter(failure -> job.status() == JobStatus.FAILED)
        .ifPresent(
            failure ->
                data.add(
                    "error",
                    Json.createObjectBuilder()
                        .add("code", failure.code())
                        .add("detail", failure.detail())));
    JsonArrayBuilder warnings = Json.createArrayBuilder(job.warnings());
    JsonObjectBuilder renditions = Json.createObjectBuilder();
    for (StoredThumbnail stored : job.thumbnails()) {
      renditions.add(
          stored.rendition(),
          Json.createObjectBuilder()
              .add("width", stored.width())
              .add("height", stored.height())
              .add("bytes", stored.bytes())
              .add("contentType", stored.format().contentType())
              .add("url", "/thumbnails/" + jobId + "/" + stored.rendition()));
    }
    Instant endedAt = notice.endedAt();
    return new WebhookEvent(
        jobId + "_" + endedAt.toEpochMilli(),
        Json.createObjectBuilder()
            .add("type", job.status() == JobStatus.DONE ? "job.done" : "job.failed")
            .add("timestamp", endedAt.toString())
            .add("data", data.add("warnings", warnings).add("renditions", renditions))
            .build()
            .toString());
  }
}
