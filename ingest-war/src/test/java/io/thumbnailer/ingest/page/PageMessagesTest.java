package io.thumbnailer.ingest.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.ingest.http.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageMessagesTest {
  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void thePageHasAMessageForEveryCode(ProblemCode problem) throws IOException {
    assertThat(Files.readString(Path.of("src/main/webapp/js/messages.js")))
        .contains("  \"" + problem.code() + "\": [");
  }
}
