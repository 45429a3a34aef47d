package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.pictures.TestPictures;
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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what where access is by MicroProfile JWT. */
class TokenAccessIT {
  @TempDir static Path folder;
  private static final String ISSUER = "https://issuer.example";
  private static final String JOB = "jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";
  private static final Duration VALID = Duration.ofMinutes(30);

  private static KeyPair keys;
  private static Deployment deployment;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() throws GeneralSecurityException {
    keys = newKeys();
    deployment = Deployment.start(folder);
    client =
        new ThumbnailerClient(
            deployment
                .startServer(
                    ServerRole.INGEST,
                    Map.of(
                        "THUMBNAILER_ACCESS",
                        "jwt",
                        "THUMBNAILER_ACCESS_JWT_LIMITS",
                        "quota=1/d",
                        "MP_JWT_VERIFY_ISSUER",
                        ISSUER,
                        "MP_JWT_VERIFY_PUBLICKEY",
                        pem(keys),
                        // the server makes session keys of its own, which need a password
                        "keystore_password",
                        UUID.randomUUID().toString()))
                .uri());
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
  void aClientsTokenIsGoodForCallsOfClientsOnly() throws GeneralSecurityException {
    String token = token(keys, ISSUER, "ann", "client", VALID);
    assertThat(get(JOB, token).statusCode()).isEqualTo(404);
    assertThat(get("admin/queue", token).statusCode()).isEqualTo(403);
  }

  @Test
  void anAdminsTokenIsGoodForAll() throws GeneralSecurityException {
    String token = token(keys, ISSUER, "root", "admin", VALID);
    assertThat(get(JOB, token).statusCode()).isEqualTo(404);
    assertThat(get("admin/queue", token).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenOfNeitherGroupIsGoodForNothing() throws GeneralSecurityException {
    assertThat(get(JOB, token(keys, ISSUER, "eve", "visitor", VALID)).statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenThatIsNotTheIssuersIsRefused() throws GeneralSecurityException {
    String good = token(keys, ISSUER, "ann", "admin", VALID);
    String unsigned =
        encode("{\"alg\":\"none\"}") + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1);

    assertRefused("no token", "");
    assertRefused("signed by another key", token(newKeys(), ISSUER, "ann", "admin", VALID));
    assertRefused("of another issuer", token(keys, "https://evil.example", "a", "admin", VALID));
    assertRefused("expired", token(keys, ISSUER, "ann", "admin", Duration.ofHours(-2)));
    assertRefused("changed", good.substring(0, good.lastIndexOf('.') + 1) + "AAAA");
    assertRefused("not signed", unsigned);
    assertRefused("no token at all", "x.y.z");
  }

  @Test
  void theQuotaIsTheSubjectsNotTheTokens() throws GeneralSecurityException {
    MultipartForm form = new MultipartForm().file("a.png", TestPictures.encoded(64, 48, "png"));

    assertThat(upload(form, token(keys, ISSUER, "bob", "client", VALID))).isEqualTo(202);
    assertThat(upload(form, token(keys, ISSUER, "bob", "client", VALID.plusMinutes(1))))
        .isEqualTo(429);
    assertThat(upload(form, token(keys, ISSUER, "carol", "client", VALID))).isEqualTo(202);
  }

  private static int upload(MultipartForm form, String token) {
    return client.post(form, "Authorization", "Bearer " + token).statusCode();
  }

  private static void assertRefused(String why, String token) {
    for (String path : new String[] {JOB, "admin/queue"}) {
      assertThat(get(path, token).statusCode()).as(why).isEqualTo(401);
    }
  }

  private static HttpResponse<String> get(String path, String token) {
    return token.isEmpty()
        ? client.get(path)
        : client.get(path, "Authorization", "Bearer " + token);
  }

  private static String token(
      KeyPair signer, String issuer, String subject, String group, Duration validity)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    String claims =
        """
        {"iss":"%s","sub":"%s","upn":"%s","groups":["%s"],"iat":%d,"exp":%d,"jti":"%s"}"""
            .formatted(
                issuer,
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
