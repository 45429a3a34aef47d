package io.thumbnailer.ingest.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Sends a body whenever the client has room for the next piece. */
final class ResponseTransmission implements WriteListener {
  private final AsyncContext context;
  private final ServletOutputStream out;
  private final ResponseBody body;

  ResponseTransmission(AsyncContext context, ServletOutputStream out, ResponseBody body) {
    this.context = context;
    this.out = out;
    this.body = body;
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      byte[] piece = body.next();
      if (piece == null) {
        context.complete();
        return;
      }
      out.write(piece);
    }
  }

  /** The client is gone, or has not accepted a piece in time. */
  @Override
  public void onError(Throwable failure) {
    body.clear();
    context.complete();
  }
}
