package io.thumbnailer.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * A real server of the S3 protocol, on the loopback address, that keeps its objects in a folder. It
 * can be stopped and started again on the same port and data.
 */
public final class S3Server implements AutoCloseable {
  /** What clients sign with. */
  public static final String ACCESS_KEY_ID = "thumbnailer-dev";

  /** What clients sign with. */
  public static final String SECRET_ACCESS_KEY = "thumbnailer-dev-secret";

  private final int port;
  private final Path data;
  private S3Proxy server;
  private BlobStore blobs;

  /** A server that is not started; its data are kept in the folder. */
  public S3Server(int port, Path data) {
    this.port = port;
    this.data = data.toAbsolutePath();
  }

  /** Starts the server; throws {@link IllegalStateException} when it cannot. */
  public void start() {
    try {
      Files.createDirectories(data);
      blobs = new FilesystemNio2BlobStore(data.toString());
      server =
          S3Proxy.builder()
              .blobStore(blobs)
              .endpoint(endpoint())
              .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
              .ignoreUnknownHeaders(true)
              .build();
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for S3: " + data, e);
    } catch (Exception e) { // what S3Proxy declares
      throw new IllegalStateException("S3 did not start on port " + port, e);
    }
  }

  /** Makes a bucket unless it is there. */
  public void createBucket(String name) {
    if (!blobs.containerExists(name)) {
      var unused = blobs.createContainer(name);
    }
  }

  /** Stops the server; its objects stay. */
  public void stop() {
    if (server == null) {
      return;
    }
    try {
      server.stop();
      blobs.close();
    } catch (Exception e) { // what S3Proxy declares
      throw new IllegalStateException("S3 did not stop", e);
    }
    server = null;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Its address. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    stop();
  }
}
