package io.thumbnailer.ingest.http;

import static io.thumbnailer.ingest.http.ResponseBody.PIECE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResponseBodyTest {
  private static final int LIMIT = 10 * PIECE_BYTES;

  private final AtomicLong used = new AtomicLong();

  @Test
  void piecesTogetherAreWhatWasWritten() {
    byte[] content = new byte[5 * PIECE_BYTES + 17];
    new Random(1).nextBytes(content);
    ResponseBody body = new ResponseBody(used, LIMIT);
    body.write(content[0]);
    body.write(content, 1, 999);
    body.write(content, 1000, content.length - 1000);

    assertThat(body.length()).isEqualTo(content.length);
    assertThat(readAll(body)).isEqualTo(content);
  }

  @Test
  void aSentPieceCountsNoMore() {
    ResponseBody body = new ResponseBody(used, LIMIT);
    body.write(new byte[4 * PIECE_BYTES], 0, 4 * PIECE_BYTES);
    assertThat(used).hasValue(3L * PIECE_BYTES);

    assertThat(body.next()).hasSize(PIECE_BYTES);
    assertThat(used).hasValue(2L * PIECE_BYTES);
    var unused = readAll(body);
    assertThat(used).hasValue(0);
  }

  @Test
  void whenTheLimitIsUsedUpOnlySmallBodiesAreAccepted() {
    ResponseBody unread = new ResponseBody(used, LIMIT);
    unread.write(new byte[LIMIT], 0, LIMIT);

    ResponseBody large = new ResponseBody(used, LIMIT);
    assertThatThrownBy(() -> large.write(new byte[3 * PIECE_BYTES], 0, 3 * PIECE_BYTES))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.OVERLOADED.code()));
    large.clear();
    large.write(new byte[100], 0, 100); // the problem
    assertThat(readAll(large)).hasSize(100);

    unread.clear();
    assertThat(used).hasValue(0);
  }

  private static byte[] readAll(ResponseBody body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece = body.next(); piece != null; piece = body.next()) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
