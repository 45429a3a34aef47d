package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access by MicroProfile JWT. */
class TokenAccessIT {
  @TempDir static Path directory;
  private static final String ISSUER = "https://issuer.example";
  private static final String AUDIENCE = "thumbnailer";
  private static final String JOB = "jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";
  private static final List<String> NEEDING_A_TOKEN = List.of(JOB, "admin/queue");
  private static final String INVALID_TOKEN =
      "Bearer realm=\"thumbnailer\", error=\"invalid_token\"";
  private static final Duration VALID = Duration.ofMinutes(30);

  private static KeyPair keys;
  private static Deployment deployment;
  private static LibertyServer server;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() throws GeneralSecurityException {
    keys = newKeys();
    deployment = Deployment.start(directory);
    server =
        deployment.startServer(
            ServerRole.INGEST,
            Map.of(
                "THUMBNAILER_ACCESS",
                "jwt",
                "THUMBNAILER_ACCESS_JWT_LIMITS",
                "quota=1/d",
                "MP_JWT_VERIFY_ISSUER",
                ISSUER,
                "MP_JWT_VERIFY_AUDIENCES",
                AUDIENCE,
                "MP_JWT_VERIFY_PUBLICKEY",
                pem(keys),
                // the server makes session keys of its own, which need a password
                "keystore_password",
                UUID.randomUUID().toString(),
                // as in the images
                "WLP_LOGGING_CONSOLE_FORMAT",
                "JSON",
                "WLP_LOGGING_CONSOLE_SOURCE",
                "message",
                "WLP_LOGGING_CONSOLE_LOGLEVEL",
                "INFO"));
    client = new ThumbnailerClient(server.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----";
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  @Test
  void aClientsTokenAllowsOnlyCallsOfClients() throws GeneralSecurityException {
    String token = token(keys, ISSUER, "ann", "client", VALID);
    assertThat(get(JOB, token).statusCode()).isEqualTo(404);
    assertThat(get("admin/queue", token).statusCode()).isEqualTo(403);
  }

  @Test
  void anAdminsTokenAllowsAllCalls() throws GeneralSecurityException {
    String token = token(keys, ISSUER, "root", "admin", VALID);
    assertThat(get(JOB, token).statusCode()).isEqualTo(404);
    assertThat(get("admin/queue", token).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenWithoutAGroupAllowsNothing() throws GeneralSecurityException {
    assertThat(get(JOB, token(keys, ISSUER, "eve", "visitor", VALID)).statusCode()).isEqualTo(403);
  }

  @Test
  void anInvalidTokenIsRefusedWithoutAReason() throws GeneralSecurityException {
    String good = token(keys, ISSUER, "ann", "admin", VALID);
    String unsigned =
        encode("{\"alg\":\"none\"}") + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1);

    assertRefused("signed by another key", token(newKeys(), ISSUER, "ann", "admin", VALID));
    assertRefused("of another issuer", token(keys, "https://evil.example", "a", "admin", VALID));
    assertRefused("for others", token(keys, ISSUER, "others", "ann", "admin", VALID));
    assertRefused("expired", token(keys, ISSUER, "ann", "admin", Duration.ofHours(-2)));
    assertRefused("changed", good.substring(0, good.lastIndexOf('.') + 1) + "AAAA");
    assertRefused("not signed", unsigned);
    assertRefused("no token at all", "x.y.z");
    assertRefused("empty", "");
    assertRefused("long", "x".repeat(5000));
  }

  /**
   * A token identifies a person, and the server's own message about a wrong signature contains the
   * whole token.
   */
  @Test
  void aRefusedTokenIsNotLogged() throws GeneralSecurityException {
    String token = token(newKeys(), ISSUER, "somebody", "client", VALID);

    assertRefused("signed by another key", token);

    String claims = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    assertThat(server.log()).content().isNotEmpty().doesNotContain(claims, "somebody");
  }

  @Test
  void aRequestWithoutATokenIsChallenged() {
    for (String path : NEEDING_A_TOKEN) {
      assertUnauthorized(path, client.get(path), "Bearer realm=\"thumbnailer\"");
      assertUnauthorized(
          path,
          client.get(path, "Cookie", "Bearer=x; LtpaToken2=x; JWT=x"),
          "Bearer realm=\"thumbnailer\"");
    }
  }

  @Test
  void aRefusedUploadIsNotRead() throws GeneralSecurityException {
    MultipartForm form = new MultipartForm().file("a.png", TestImages.encoded(64, 48, "png"));
    String expired = token(keys, ISSUER, "ann", "client", Duration.ofHours(-2));

    assertUnauthorized(
        "upload", client.post(form, "Authorization", "Bearer " + expired), INVALID_TOKEN);
  }

  @Test
  void publicCallsWorkWithAnyToken() {
    for (String path : new String[] {"", "js/uploads-page.js", "openapi"}) {
      HttpResponse<String> answer = client.get(path, "Authorization", "Bearer x.y.z");
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).as(path).isEmpty();
    }
  }

  @Test
  void theDescriptionListsForbiddenForTokens() {
    JsonNode api = client.body(client.get("openapi?format=json"));
    assertThat(api.at("/paths/~1upload/post/responses").fieldNames())
        .toIterable()
        .contains("401", "403", "429");
  }

  @Test
  void theQuotaBelongsToTheSubjectNotTheToken() throws GeneralSecurityException {
    MultipartForm form = new MultipartForm().file("a.png", TestImages.encoded(64, 48, "png"));

    assertThat(upload(form, token(keys, ISSUER, "bob", "client", VALID))).isEqualTo(202);
    assertThat(upload(form, token(keys, ISSUER, "bob", "client", VALID.plusMinutes(1))))
        .isEqualTo(429);
    assertThat(upload(form, token(keys, ISSUER, "carol", "client", VALID))).isEqualTo(202);
  }

  private static int upload(MultipartForm form, String token) {
    return client.post(form, "Authorization", "Bearer " + token).statusCode();
  }

  private static void assertRefused(String why, String token) {
    for (String path : NEEDING_A_TOKEN) {
      assertUnauthorized(why, get(path, token), INVALID_TOKEN);
    }
  }

  private static void assertUnauthorized(
      String why, HttpResponse<String> answer, String challenge) {
    assertThat(answer.statusCode()).as(why).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate")).as(why).containsExactly(challenge);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .as(why)
        .isEqualTo("application/problem+json");
    assertThat(answer.headers().firstValue("Set-Cookie")).as(why).isEmpty();
    JsonNode problem = client.body(answer);
    assertThat(problem.get("code").asText()).as(why).isEqualTo("unauthorized");
    assertThat(problem.get("detail").asText())
        .as("the same for all: %s", why)
        .isEqualTo("a valid API key or token is required");
  }

  private static HttpResponse<String> get(String path, String token) {
    return client.get(path, "Authorization", "Bearer " + token);
  }

  private static String token(
      KeyPair signer, String issuer, String subject, String group, Duration validity)
      throws GeneralSecurityException {
    return token(signer, issuer, AUDIENCE, subject, group, validity);
  }

  private static String token(
      KeyPair signer,
      String issuer,
      String audience,
      String subject,
      String group,
      Duration validity)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    String claims =
        """
        {"iss":"%s","aud":"%s","sub":"%s","upn":"%s","groups":["%s"],"iat":%d,"exp":%d,"jti":"%s"}"""
            .formatted(
                issuer,
                audience,
                subject,
                subject,
                group,
                now.minus(Duration.ofHours(3)).getEpochSecond(),
                now.plus(validity).getEpochSecond(),
                now);
    String signed = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(signer.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
