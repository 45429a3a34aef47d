package io.thumbnailer.cli.service;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/** A request body that reports how many of its bytes were sent. */
final class CountingPublisher implements BodyPublisher {
  private final BodyPublisher body;
  private final LongConsumer sent;

  /**
   * Wraps a body.
   *
   * @param sent receives the number of bytes of each buffer that is sent
   */
  CountingPublisher(BodyPublisher body, LongConsumer sent) {
    this.body = body;
    this.sent = sent;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            sent.accept(buffer.remaining());
            subscriber.onNext(buffer);
          }

          @Override
          public void onError(Throwable problem) {
            subscriber.onError(problem);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
