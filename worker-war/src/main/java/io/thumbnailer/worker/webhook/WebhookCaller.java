package io.thumbnailer.worker.webhook;

import io.thumbnailer.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts signed events. Redirects are not followed, only the status of a response is read, and each
 * call has a deadline, however slowly the receiver responds.
 */
final class WebhookCaller implements AutoCloseable {
  private final CloseableHttpClient http;
  private final WebhookSignature signature;
  private final Duration timeout;

  WebhookCaller(CheckedResolver resolver, WebhookSignature signature, Duration timeout) {
    this.signature = signature;
    this.timeout = timeout;
    Timeout limit = Timeout.of(timeout);
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(limit)
                            .setSocketTimeout(limit)
                            .setTimeToLive(TimeValue.ofMinutes(1))
                            .build())
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("Thumbnailer-Webhook/1")
            .build();
  }

  /**
   * Posts an event.
   *
   * @return the status of the response
   * @throws IOException if there is no response within the time-out, or the host is not allowed
   */
  int call(URI address, String id, String body) throws IOException {
    Instant now = Instant.now();
    HttpPost post = new HttpPost(address);
    post.setHeader("webhook-id", id);
    post.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
    post.setHeader("webhook-signature", signature.sign(id, now, body));
    post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    CompletableFuture<Void> deadline =
        CompletableFuture.runAsync(
            post::cancel,
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    try (ClassicHttpResponse answer = http.executeOpen(null, post, null)) {
      return answer.getCode();
    } finally {
      deadline.cancel(false);
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
