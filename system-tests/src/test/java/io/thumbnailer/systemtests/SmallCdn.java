package io.thumbnailer.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A minimal content delivery network: it may read the bucket, and passes on the bytes and headers
 * of storage.
 */
public final class SmallCdn implements AutoCloseable {
  private static final String PATH = "/images/";

  private final String bucket;
  private final S3Client storage;
  private final HttpServer server;

  private SmallCdn(String bucket, S3Client storage, HttpServer server) {
    this.bucket = bucket;
    this.storage = storage;
    this.server = server;
  }

  /** Starts one before the bucket of a deployment. */
  public static SmallCdn start(Deployment deployment) {
    Map<String, String> settings = deployment.environment();
    S3Client storage =
        S3Client.builder()
            .endpointOverride(URI.create(settings.get("AWS_ENDPOINT_URL_S3")))
            .region(Region.of(settings.get("AWS_REGION")))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        settings.get("AWS_ACCESS_KEY_ID"), settings.get("AWS_SECRET_ACCESS_KEY"))))
            .build();
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      SmallCdn cdn = new SmallCdn(settings.get("AWS_S3_BUCKET_NAME"), storage, server);
      server.createContext(PATH, cdn::serve);
      server.start();
      return cdn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Scheme, host and port. */
  public URI origin() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** The prefix of an object's key; ends in a slash. */
  public URI baseUrl() {
    return origin().resolve(PATH);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestURI().getPath().substring(PATH.length());
    try (exchange) {
      ResponseBytes<GetObjectResponse> object =
          storage.getObjectAsBytes(request -> request.bucket(bucket).key(key));
      GetObjectResponse described = object.response();
      exchange.getResponseHeaders().set("Content-Type", described.contentType());
      if (described.cacheControl() != null) {
        exchange.getResponseHeaders().set("Cache-Control", described.cacheControl());
      }
      byte[] bytes = object.asByteArray();
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (NoSuchKeyException e) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    storage.close();
  }
}
