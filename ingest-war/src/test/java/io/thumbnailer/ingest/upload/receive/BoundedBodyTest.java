package io.thumbnailer.ingest.upload.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  @Test
  void aBodyThatArrivesInTimeIsReadToItsEnd() throws IOException {
    InputStream source = new ByteArrayInputStream(new byte[1000]);
    assertThat(new BoundedBody(source, Duration.ofMinutes(1), 1000).readAllBytes()).hasSize(1000);
  }

  @Test
  void nothingIsReadAfterTheDeadline() {
    ByteArrayInputStream source = new ByteArrayInputStream(new byte[1000]);
    BoundedBody body = new BoundedBody(source, Duration.ofNanos(-1), 1000);
    assertTimeOut(body);
    assertThat(source.available()).isEqualTo(1000);
  }

  @Test
  void aTooLongBodyIsRefusedWhereverItIsRead() {
    BoundedBody body =
        new BoundedBody(new ByteArrayInputStream(new byte[1001]), Duration.ofMinutes(1), 1000);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(body::readAllBytes)
          .satisfies(e -> assertThat(e.problem().code()).isEqualTo("too-large"));
    }
  }

  @Test
  void aSilentClientIsWaitedForOnlyOnce() {
    int[] reads = {0};
    BoundedBody body =
        new BoundedBody(
            new InputStream() {
              @Override
              public int read() throws IOException {
                reads[0]++;
                throw new SocketTimeoutException("read timed out");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            },
            Duration.ofMinutes(1),
            1000);
    assertTimeOut(body);
    assertTimeOut(body);
    assertThat(reads[0]).isEqualTo(1);
  }

  @Test
  void theRestOfARefusedUploadIsNotRead() {
    BoundedBody body =
        new BoundedBody(new ByteArrayInputStream(new byte[1000]), Duration.ofMinutes(1), 1000);
    body.refuse(Problem.of(ProblemCode.OVERLOADED, "full"));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(body::readAllBytes)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("overloaded"));
  }

  private static void assertTimeOut(BoundedBody body) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> body.read(new byte[10]))
        .satisfies(e -> assertThat(e.problem().status()).isEqualTo(408));
  }
}
