package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** How the files of the pages are served. */
@MicroShedTest
class PageFilesIT {
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private static ThumbnailerClient client;

  @BeforeAll
  static void connect() {
    client = new ThumbnailerClient(URI.create(ManuallyStartedConfiguration.getRuntimeURL()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "operator"})
  void foreignAndInlineScriptsCannotRun(String path) {
    HttpResponse<String> page = client.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.body())
        .doesNotContainPattern("<script(?![^>]* src=)|<style|\\son[a-z]+=|\\sstyle=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "operator"})
  void everyFileOfAPageExistsAndIsServedHere(String path) {
    Matcher references = REFERENCE.matcher(client.get(path).body());
    int found = 0;
    while (references.find()) {
      String target = references.group(1);
      assertThat(target).doesNotContain("//");
      if (!target.startsWith("#")) {
        assertThat(client.get(target).statusCode()).as(target).isIn(200, 302);
        found++;
      }
    }
    assertThat(found).isGreaterThan(5);
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/html; charset=utf-8",
    "operator, text/html; charset=utf-8",
    "favicon.svg, image/svg+xml",
    "css/base.css, text/css; charset=utf-8",
    "js/uploads-page.js, text/javascript; charset=utf-8"
  })
  void aCachedFileIsNotSentAgain(String path, String contentType) {
    HttpResponse<String> first = client.get(path);
    assertThat(header(first, "Content-Type")).isEqualToIgnoringWhitespace(contentType);
    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<String> second = client.get(path, "If-None-Match", header(first, "ETag"));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(client.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void browsersGetErrorPagesAndProgramsProblems() {
    HttpResponse<String> page =
        client.get("no/such/page", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
    assertThat(page.body()).contains("<h1>Not found</h1>").doesNotContainPattern("\\sstyle=");

    for (String accept : new String[] {"*/*", "application/json"}) {
      HttpResponse<String> problem = client.get("no/such/page", "Accept", accept);
      assertThat(problem.statusCode()).isEqualTo(404);
      assertThat(header(problem, "Content-Type")).startsWith("application/problem+json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"capabilities", "jobs", "none-such"})
  void everyResponseHasACacheControlHeader(String path) {
    assertThat(header(client.get(path), "Cache-Control")).as(path).isNotBlank();
  }

  @Test
  void theServerDescribesItsCapabilities() {
    var offer = client.body(client.get("capabilities"));
    assertThat(offer.at("/renditions/0/name").asText()).isEqualTo("small");
    assertThat(offer.at("/renditions/0/width").asInt()).isEqualTo(128);
    assertThat(offer.at("/limits/maxBytes").asLong()).isEqualTo(25L << 20);
    assertThat(offer.at("/access").asText()).isEqualTo("open");
    assertThat(offer.at("/rights/upload").asBoolean()).isTrue();
    assertThat(offer.at("/rights/admin").asBoolean()).as("without the key").isFalse();
    var operator = client.body(client.get("capabilities", "X-API-Key", Deployment.ADMIN_KEY));
    assertThat(operator.at("/rights/admin").asBoolean()).isTrue();
  }

  @Test
  void filesThatAreNotOfThePageCannotBeRead() {
    for (String path :
        new String[] {"js/none.js", "js/%2e%2e/index.html", "WEB-INF/beans.xml", "css/", "js"}) {
      assertThat(client.get(path).statusCode()).as(path).isBetween(400, 404);
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
