package io.thumbnailer.storage;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The AWS clients behind one bucket, over one pool of connections.
 *
 * @param data for all operations, with retries
 * @param probe for health checks: one attempt with a short time-out
 * @param connections shared by both
 * @param credentials shared by both
 * @param timer for the time-outs of both
 */
record S3Clients(
    S3Client data,
    S3Client probe,
    SdkHttpClient connections,
    AwsCredentialsProvider credentials,
    ScheduledExecutorService timer)
    implements AutoCloseable {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

  /**
   * A call that finds all connections busy for longer is refused, so that threads do not pile up.
   */
  private static final Duration LONGEST_QUEUE = Duration.ofSeconds(2);

  static S3Clients open(S3Settings settings) {
    SdkHttpClient connections =
        Apache5HttpClient.builder()
            .connectionTimeout(settings.connectTimeout())
            .connectionAcquisitionTimeout(LONGEST_QUEUE)
            .socketTimeout(settings.apiCallAttemptTimeout())
            .maxConnections(settings.maxConnections())
            .build();
    AwsCredentialsProvider credentials = credentials(settings);
    ScheduledExecutorService timer = newTimer();
    return new S3Clients(
        builder(settings, connections, credentials)
            .overrideConfiguration(patient(settings, timer))
            .build(),
        builder(settings, connections, credentials).overrideConfiguration(impatient(timer)).build(),
        connections,
        credentials,
        timer);
  }

  /**
   * The SDK's own executor keeps the two time-outs of each call until they are due, long after the
   * call has returned, and then wakes a thread for each.
   */
  private static ScheduledExecutorService newTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            2,
            task -> {
              Thread thread = new Thread(task, "s3-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Override
  public void close() {
    data.close();
    probe.close();
    connections.close();
    timer.shutdownNow();
    if (credentials instanceof DefaultCredentialsProvider chain) {
      chain.close();
    }
  }

  private static S3ClientBuilder builder(
      S3Settings settings, SdkHttpClient connections, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(connections)
            .credentialsProvider(credentials)
            .forcePathStyle(settings.pathStyle());
    settings.region().map(Region::of).ifPresent(builder::region);
    settings
        .endpointOverride()
        .ifPresent(
            endpoint -> {
              builder.endpointOverride(endpoint);
              if (settings.region().isEmpty()) {
                builder.region(Region.US_EAST_1);
              }
              // AWS checks the CRC trailers that the SDK adds by default, so they stay on there.
              // Not every compatible server understands them.
              builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
              builder.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
              // Signed as a whole and not chunk by chunk: all servers support that, and it needs
              // less memory. A file is read twice for it.
              builder.serviceConfiguration(
                  S3Configuration.builder().chunkedEncodingEnabled(false).build());
            });
    return builder;
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings
        .credentials()
        .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(awsCredentials(keys)))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials awsCredentials(S3Settings.Credentials keys) {
    return keys.sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(keys.accessKey(), keys.secretKey(), token))
        .orElseGet(() -> AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
  }

  private static ClientOverrideConfiguration patient(
      S3Settings settings, ScheduledExecutorService timer) {
    StandardRetryStrategy retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(settings.maxRetries() + 1)
            .build();
    return ClientOverrideConfiguration.builder()
        .scheduledExecutorService(timer)
        .apiCallAttemptTimeout(settings.apiCallAttemptTimeout())
        .apiCallTimeout(settings.apiCallTimeout())
        .retryStrategy(retries)
        .build();
  }

  private static ClientOverrideConfiguration impatient(ScheduledExecutorService timer) {
    return ClientOverrideConfiguration.builder()
        .scheduledExecutorService(timer)
        .apiCallAttemptTimeout(PROBE_TIMEOUT)
        .apiCallTimeout(PROBE_TIMEOUT)
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .build();
  }
}
