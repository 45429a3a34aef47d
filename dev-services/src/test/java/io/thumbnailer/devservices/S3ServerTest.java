package io.thumbnailer.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ServerTest {
  @TempDir Path directory;

  @Test
  void keepsObjectsAndMetadataAcrossARestart() {
    try (S3Server server = S3Server.start(LocalPort.free(), directory, "test", "testtest");
        S3Client client = client(server, "testtest")) {
      server.createBucket("photos");
      server.createBucket("photos");
      client.putObject(
          request ->
              request
                  .bucket("photos")
                  .key("uploads/1")
                  .contentType("image/png")
                  .metadata(Map.of("name", "cat.png")),
          RequestBody.fromString("bytes"));
      server.restart();
      HeadObjectResponse head = client.headObject(r -> r.bucket("photos").key("uploads/1"));
      assertThat(head.metadata()).containsExactlyEntriesOf(Map.of("name", "cat.png"));
      assertThat(head.contentType()).isEqualTo("image/png");
      assertThat(client.getObjectAsBytes(r -> r.bucket("photos").key("uploads/1")).asUtf8String())
          .isEqualTo("bytes");
    }
  }

  @Test
  void refusesAWrongSignature() {
    try (S3Server server = S3Server.start(LocalPort.free(), directory, "test", "testtest");
        S3Client client = client(server, "wrong")) {
      server.createBucket("photos");
      assertThatThrownBy(() -> client.listObjectsV2(r -> r.bucket("photos")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  private static S3Client client(S3Server server, String secretKey) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(server.accessKey(), secretKey)))
        .build();
  }
}
