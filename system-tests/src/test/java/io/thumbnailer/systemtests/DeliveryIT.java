package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thumbnails that storage or a CDN delivers after ingest has authorized the request. */
class DeliveryIT {
  @TempDir static Path directory;
  private static final String KEY = "client-key-of-the-system-tests";
  private static final int TTL_SECONDS = 60;

  private static final HttpClient BROWSER =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private static Deployment deployment;
  private static SmallCdn cdn;
  private static String cdnOrigin;
  private static ThumbnailerClient presigned;
  private static ThumbnailerClient behindCdn;
  private static String small;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    cdn = SmallCdn.start(deployment);
    cdnOrigin = cdn.origin().toString();
    LibertyServer one =
        deployment.launchServer(
            ServerRole.INGEST,
            settings(
                "THUMBNAILER_DELIVERY_MODE",
                "presigned",
                "THUMBNAILER_DELIVERY_PRESIGNED_TTL",
                "PT" + TTL_SECONDS + "S"));
    LibertyServer other =
        deployment.launchServer(
            ServerRole.INGEST,
            settings(
                "THUMBNAILER_DELIVERY_MODE",
                "cdn",
                "THUMBNAILER_DELIVERY_CDN_BASE_URL",
                cdn.baseUrl().toString()));
    LibertyServer worker = deployment.launchServer(ServerRole.WORKER, Map.of());
    one.awaitReady(Deployment.START_LIMIT);
    other.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    presigned = new ThumbnailerClient(one.uri());
    behindCdn = new ThumbnailerClient(other.uri());
    MultipartForm form = new MultipartForm().file("a.jpg", TestImages.encoded(400, 300, "jpeg"));
    String id =
        presigned.accepted(presigned.post(form, "X-API-Key", KEY)).get(0).get("id").asText();
    small = "thumbnails/" + id + "/small";
    await("the thumbnail")
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(presigned, small).statusCode() == 302);
  }

  @AfterAll
  static void stop() {
    cdn.close();
    deployment.close();
  }

  private static Map<String, String> settings(String... delivery) {
    Map<String, String> settings = new HashMap<>();
    settings.put("THUMBNAILER_ACCESS", "api-keys");
    settings.put("THUMBNAILER_ACCESS_KEYS_SHOP", Deployment.keySetting(KEY, "client"));
    for (int i = 0; i < delivery.length; i += 2) {
      settings.put(delivery[i], delivery[i + 1]);
    }
    return settings;
  }

  @Test
  void aPresignedUrlReturnsTheSameBytesWithoutAKey() throws Exception {
    HttpResponse<String> redirect = get(presigned, small);
    URI signed = location(redirect);
    assertThat(signed.getPort()).isEqualTo(deployment.s3().port());
    assertThat(signed.getQuery()).contains("X-Amz-Expires=" + TTL_SECONDS);
    HttpResponse<byte[]> image = fetch(signed);
    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(image.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(image.body()).isEqualTo(ownBytes(presigned));
  }

  @Test
  void storageAndTheCdnSendTheSameCachingHeadersAsIngest() throws Exception {
    String own = header(get(presigned, small, "Sec-Fetch-Mode", "cors"), "Cache-Control");
    assertThat(own).isEqualTo("private, max-age=31536000, immutable");
    assertThat(header(fetch(location(get(presigned, small))), "Cache-Control")).isEqualTo(own);
    assertThat(header(fetch(location(get(behindCdn, small))), "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void cachesDistinguishScriptsFromImages() {
    String tag = header(get(presigned, small, "Sec-Fetch-Mode", "cors"), "ETag");
    for (HttpResponse<String> answer :
        List.of(
            get(presigned, small),
            get(presigned, small, "Sec-Fetch-Mode", "cors"),
            get(presigned, small, "If-None-Match", tag))) {
      assertThat(header(answer, "Vary")).isEqualTo("Sec-Fetch-Mode");
    }
  }

  @Test
  void aRedirectIsNotCachedLongerThanItsSignatureIsValid() {
    String caching = header(get(presigned, small), "Cache-Control");
    assertThat(caching).startsWith("private, max-age=").doesNotContain("immutable");
    assertThat(Integer.parseInt(caching.replaceAll("\\D", ""))).isBetween(1, TTL_SECONDS / 2);
  }

  @Test
  void aSignatureIsValidForOneThumbnailOnly() throws Exception {
    URI signed = location(get(presigned, small));
    URI other = URI.create(signed.toString().replace("/small.", "/large."));
    assertThat(other).isNotEqualTo(signed);
    assertThat(fetch(other).statusCode()).isEqualTo(403);
  }

  @Test
  void aCdnUrlReturnsTheSameBytes() throws Exception {
    HttpResponse<String> redirect = get(behindCdn, small);
    URI address = location(redirect);
    assertThat(address).hasToString(cdn.baseUrl() + small + ".jpg");
    assertThat(header(redirect, "Cache-Control")).isEqualTo("private, max-age=3600");
    assertThat(fetch(address).body()).isEqualTo(ownBytes(behindCdn));
  }

  @Test
  void callersWithoutAccessGetNoUrl() {
    for (ThumbnailerClient client : new ThumbnailerClient[] {presigned, behindCdn}) {
      HttpResponse<String> answer = client.get(small);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(client.body(answer).get("code").asText()).isEqualTo("unauthorized");
      assertThat(answer.headers().firstValue("Location")).isEmpty();
    }
  }

  @Test
  void aMissingThumbnailIsStillAProblem() {
    for (ThumbnailerClient client : new ThumbnailerClient[] {presigned, behindCdn}) {
      for (String path :
          new String[] {
            small.replace("small", "gigantic"),
            "thumbnails/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/small"
          }) {
        HttpResponse<String> answer = get(client, path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(client.body(answer).get("code").asText()).isEqualTo("not-found");
      }
    }
  }

  @Test
  void aClientThatHasTheBytesGets304() throws Exception {
    String tag = header(fetch(location(get(presigned, small))), "ETag");
    for (ThumbnailerClient client : new ThumbnailerClient[] {presigned, behindCdn}) {
      HttpResponse<String> answer =
          client.get(small, "X-API-Key", KEY, "If-None-Match", "\"" + tag.replace("\"", "") + "\"");
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(get(client, small, "If-None-Match", "\"other\"").statusCode()).isEqualTo(302);
    }
  }

  @Test
  void scriptsAndHeadRequestsAreServedByIngest() {
    for (String mode : new String[] {"cors", "same-origin"}) {
      assertThat(get(presigned, small, "Sec-Fetch-Mode", mode).statusCode()).isEqualTo(200);
    }
    assertThat(get(presigned, small, "Sec-Fetch-Mode", "no-cors").statusCode()).isEqualTo(302);
    HttpResponse<String> head =
        presigned.send(
            presigned
                .request(small)
                .method("HEAD", BodyPublishers.noBody())
                .header("X-API-Key", KEY));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "ETag")).isNotEmpty();
  }

  @Test
  void thePageMayShowImagesFromStorageAndNoOtherOrigin() {
    assertThat(header(presigned.get(""), "Content-Security-Policy"))
        .contains("img-src 'self' blob: " + deployment.s3().endpoint() + ";");
    assertThat(header(behindCdn.get(""), "Content-Security-Policy"))
        .contains("img-src 'self' blob: " + cdnOrigin + ";")
        .contains("script-src 'self';", "connect-src 'self';");
  }

  /** The response of ingest itself, to a script. */
  private static byte[] ownBytes(ThumbnailerClient client) throws Exception {
    HttpResponse<byte[]> answer =
        BROWSER.send(
            client.request(small).headers("X-API-Key", KEY, "Sec-Fetch-Mode", "cors").build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static HttpResponse<String> get(
      ThumbnailerClient client, String path, String... headers) {
    HttpRequest.Builder request = client.request(path).header("X-API-Key", KEY);
    return client.send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpResponse<byte[]> fetch(URI address) throws Exception {
    return BROWSER.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
  }

  private static URI location(HttpResponse<String> redirect) {
    assertThat(redirect.statusCode()).isEqualTo(302);
    return URI.create(header(redirect, "Location"));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
