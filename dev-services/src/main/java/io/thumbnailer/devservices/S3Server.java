package io.thumbnailer.devservices;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A real S3 server on the loopback interface, inside this JVM, whose objects are files in a
 * directory: they survive a restart, including their metadata if the file system has extended
 * attributes. Requests need a version 4 signature; URLs are path style.
 *
 * <p>Not for concurrent use.
 */
public final class S3Server implements AutoCloseable {
  // Its Jetty is shaded below the same name. The JDK discards the level of a logger without a
  // reference.
  private static final Logger LIBRARY = Logger.getLogger("org.gaul");

  private static final int NOT_FOUND = 404;
  private static final long STOP_MILLIS = 0;

  private final int port;
  private final Path directory;
  private final String accessKey;
  private final String secretKey;
  private final BlobStore objects;
  private S3Proxy proxy;
  private boolean running;

  private S3Server(int port, Path directory, String accessKey, String secretKey, S3Delay delay) {
    this.port = port;
    this.directory = directory;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    BlobStore files = new FilesystemNio2BlobStore(directory.toString());
    this.objects = delay.equals(S3Delay.NONE) ? files : new DelayedBlobStore(files, delay);
  }

  /**
   * Starts a server, and returns once it accepts requests.
   *
   * @param port 1 to 65535, free
   * @param dataDir created if missing; each bucket is a directory in it
   * @throws DevServicesException if it cannot start
   */
  public static S3Server start(int port, Path dataDir, String accessKey, String secretKey) {
    return start(port, dataDir, accessKey, secretKey, S3Delay.NONE);
  }

  /**
   * Starts a server that delays its responses, like one in another building.
   *
   * @param delay of each call for an object
   * @throws DevServicesException if it cannot start
   */
  public static S3Server start(
      int port, Path dataDir, String accessKey, String secretKey, S3Delay delay) {
    if (LIBRARY.getLevel() == null) {
      LIBRARY.setLevel(Level.WARNING);
    }
    Path directory = dataDir.toAbsolutePath().normalize();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new DevServicesException("The S3 server cannot use the directory " + directory, e);
    }
    S3Server server = new S3Server(port, directory, accessKey, secretKey, delay);
    server.launch();
    return server;
  }

  /** Restarts on the same port and data. */
  public void restart() {
    stop();
    launch();
  }

  /** Stops immediately, like a crash: running requests fail. */
  public void stop() {
    if (!running) {
      return;
    }
    running = false;
    try {
      proxy.stop();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new DevServicesException("The S3 server on port " + port + " did not stop", e);
    }
  }

  /** Creates a bucket if it does not exist. */
  public void createBucket(String name) {
    try {
      if (!exists(name)) {
        objects.createContainer(CreateBucketRequest.builder().bucket(name).build());
      }
    } catch (S3Exception e) {
      throw new DevServicesException("The S3 server cannot create the bucket " + name, e);
    }
  }

  /** Whether the file system supports the extended attributes that hold types and metadata. */
  public boolean keepsMetadata() {
    try {
      return Files.getFileStore(directory)
          .supportsFileAttributeView(UserDefinedFileAttributeView.class);
    } catch (IOException e) {
      throw new DevServicesException("The file system of " + directory + " is not known", e);
    }
  }

  /** The URL for clients; they must use path style. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** The access key that clients sign with. */
  public String accessKey() {
    return accessKey;
  }

  /** The secret key that clients sign with. */
  public String secretKey() {
    return secretKey;
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private boolean exists(String bucket) {
    try {
      objects.headBucket(HeadBucketRequest.builder().bucket(bucket).build());
      return true;
    } catch (NoSuchBucketException e) {
      return false;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private void launch() {
    try {
      proxy =
          S3Proxy.builder()
              .blobStore(objects)
              .endpoint(endpoint())
              .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
              .corsRules(new CrossOriginResourceSharing())
              .ignoreUnknownHeaders(true)
              .stopTimeout(STOP_MILLIS)
              .build();
      proxy.start();
      running = true;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new DevServicesException("The S3 server did not start on port " + port, e);
    }
  }
}
