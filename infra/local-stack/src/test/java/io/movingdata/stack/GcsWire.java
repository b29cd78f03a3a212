package io.movingdata.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests to a GCS server, byte by byte as they go over the wire. */
final class GcsWire {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  GcsWire(String base) {
    this.base = base;
  }

  void makeBucket() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/storage/v1/b?project=p"))
            .POST(BodyPublishers.ofString("{\"name\":\"box\"}"))
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  String begin(String name, String resource) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(base + "/upload/storage/v1/b/box/o?uploadType=resumable&name=" + name))
            .POST(BodyPublishers.ofString(resource))
            .build();
    HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.headers().firstValue("Location").orElseThrow();
  }

  HttpResponse<byte[]> put(String session, String contentRange, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(session))
            .header("Content-Range", contentRange)
            .timeout(Duration.ofSeconds(10))
            .PUT(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  /** A chunk as Google's Go client sends it. */
  HttpResponse<byte[]> post(String session, String contentRange, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(session))
            .header("Content-Range", contentRange)
            .header("X-GUploader-No-308", "yes")
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray());
  }

  byte[] content(String name) throws Exception {
    return get("/storage/v1/b/box/o/" + name + "?alt=media").body();
  }

  HttpResponse<byte[]> multipart(byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/upload/storage/v1/b/box/o?uploadType=multipart"))
            .header("Content-Type", "multipart/related; boundary=xyzzy")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  /** Sends the head of a request and a part of its body, over a connection of its own. */
  static Socket sendPartly(String address, String contentRange, long length, byte[] body)
      throws IOException {
    URI uri = URI.create(address);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    OutputStream out = socket.getOutputStream();
    String method = contentRange == null ? "POST" : "PUT";
    String head =
        method
            + " "
            + uri.getRawPath()
            + "?"
            + uri.getRawQuery()
            + " HTTP/1.1\r\nHost: x\r\n"
            + (contentRange == null ? "" : "Content-Range: " + contentRange + "\r\n")
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    out.write(head.getBytes(US_ASCII));
    out.write(body);
    out.flush();
    return socket;
  }

  HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return http.send(request, BodyHandlers.ofByteArray());
  }

  URI uri(String path) {
    return URI.create(base + path);
  }
}
