package io.movingdata.storage.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.util.Configuration;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.MovingDataException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The SDK's client of one container, set up so that it sends every request exactly once, follows no
 * redirect, logs no request and reads nothing from the environment.
 */
final class AzureClient {
  /** A version that the emulator knows; later ones bring nothing that is used here. */
  static final BlobServiceVersion SERVICE_VERSION = BlobServiceVersion.V2024_11_04;

  private static final Duration NEVER = Duration.ZERO;

  /** Longer than any call's own deadline: the SDK's clock never decides. */
  private static final Duration ONE_DAY = Duration.ofDays(1);

  private final BlobContainerAsyncClient container;
  private final ExecutorService threads;

  private AzureClient(BlobContainerAsyncClient container, ExecutorService threads) {
    this.container = container;
    this.threads = threads;
  }

  /**
   * Sets up the client; opens no connection.
   *
   * @throws MovingDataException {@code INVALID_REQUEST} where endpoint or credentials cannot be
   *     used
   */
  static AzureClient of(LocationConfig location, AzureLimits limits) {
    ExecutorService threads = Executors.newCachedThreadPool(daemons("azure-" + location.id()));
    try {
      BlobContainerAsyncClient container =
          new BlobContainerClientBuilder()
              .endpoint(location.endpoint().toString())
              .containerName(location.bucket())
              .credential(credential(location.azure()))
              .serviceVersion(SERVICE_VERSION)
              .configuration(Configuration.NONE)
              .retryOptions(
                  new RequestRetryOptions(RetryPolicyType.FIXED, 1, ONE_DAY, null, null, null))
              .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
              .httpClient(http(limits, threads))
              .buildAsyncClient();
      checkAddress(location, container.getBlobContainerUrl());
      return new AzureClient(container, threads);
    } catch (IllegalArgumentException e) {
      threads.shutdown();
      throw MovingDataException.invalid(
          "locations." + location.id(), "the SDK cannot use endpoint, account or key");
    }
  }

  private static StorageSharedKeyCredential credential(LocationConfig.AzureCredentials azure) {
    String key = azure.accountKey().reveal();
    if (Base64.getDecoder().decode(key).length == 0) {
      throw new IllegalArgumentException("no key");
    }
    return new StorageSharedKeyCredential(azure.account(), key);
  }

  /**
   * Reads may be slow because their reader is: the source watches over them itself. Of the other
   * calls each has its own deadline. So only connecting and stalled uploads are timed here.
   */
  private static HttpClient http(AzureLimits limits, ExecutorService threads) {
    java.net.http.HttpClient.Builder jdk =
        java.net.http.HttpClient.newBuilder()
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER);
    return new JdkHttpClientBuilder(jdk)
        .configuration(Configuration.NONE)
        .executor(threads)
        .connectionTimeout(limits.connect())
        .writeTimeout(limits.progress())
        .responseTimeout(NEVER)
        .readTimeout(NEVER)
        .build();
  }

  /** The SDK drops an account in the path where it does not expect one. */
  private static void checkAddress(LocationConfig location, String address) {
    String endpoint = location.endpoint().toString().replaceAll("/+$", "");
    if (!address.equals(endpoint + "/" + location.bucket())) {
      throw MovingDataException.invalid(
          "locations." + location.id(),
          "the endpoint must be http(s)://<account>.<domain>, or for an emulator"
              + " http(s)://<host>:10000/<account> or an IP address or name without dots");
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  BlobContainerAsyncClient container() {
    return container;
  }

  /** Ends the client's threads once what they do is done; open connections end with the client. */
  void close() {
    threads.shutdown();
  }
}
