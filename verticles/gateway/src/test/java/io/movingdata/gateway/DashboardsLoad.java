package io.movingdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.Events;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Many open dashboards and a busy system: how late events come, and what that takes. Not a test of
 * the build; run it by name, {@code mvn -pl verticles/gateway -Dtest=DashboardsLoad test}, with
 * {@code -Ddashboards}, {@code -Ddeaf}, {@code -Drate} (events a second) and {@code -Dseconds}.
 */
class DashboardsLoad {
  private static final int SAMPLED = 100;
  private final int dashboards = Integer.getInteger("dashboards", 490);
  private final int deaf = Integer.getInteger("deaf", 10);
  private final int rate = Integer.getInteger("rate", 1_000);
  private final int seconds = Integer.getInteger("seconds", 30);

  /** One dashboard that reads: when each event came, in microseconds after it happened. */
  private static final class Reader {
    private final List<Long> delays = new ArrayList<>();
    private long events;

    void read(Socket socket, CountDownLatch open, String last, CountDownLatch done) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("event: snapshot")) {
            open.countDown();
          } else if (line.startsWith("data: ") && line.contains("\"load\"")) {
            events++;
            if (events % SAMPLED == 0) {
              long sent = Long.parseLong(line.replaceAll(".*\"version\":(\\d+).*", "$1"));
              delays.add((System.nanoTime() - sent) / 1_000);
            }
            if (line.contains(last)) {
              done.countDown();
              return;
            }
          }
        }
      } catch (IOException e) {
        // It was cut: it is missing among those that heard the last event.
      }
    }
  }

  private static Socket open(GatewayFixture gateway) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket
        .getOutputStream()
        .write(
            "GET /events?snapshot=true HTTP/1.1\r\nHost: x\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
  }

  @Test
  void everybodyHearsEverythingInTime() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (GatewayFixture gateway = GatewayFixture.start()) {
      long before = usedHeap();
      CountDownLatch open = new CountDownLatch(dashboards);
      CountDownLatch done = new CountDownLatch(dashboards);
      String last = "the-last-" + System.nanoTime();
      List<Reader> readers = new ArrayList<>();
      for (int i = 0; i < dashboards; i++) {
        Socket socket = open(gateway);
        Reader reader = new Reader();
        readers.add(reader);
        sockets.add(socket);
        Thread thread = new Thread(() -> reader.read(socket, open, last, done), "dashboard-" + i);
        thread.setDaemon(true);
        thread.start();
      }
      for (int i = 0; i < deaf; i++) {
        sockets.add(open(gateway));
      }
      assertThat(open.await(60, TimeUnit.SECONDS)).as("all are connected").isTrue();
      long connected = usedHeap();

      AtomicLong told = new AtomicLong();
      CountDownLatch finished = new CountDownLatch(1);
      long start = System.nanoTime();
      gateway.vertx.setPeriodic(
          10,
          timer -> {
            long due = (System.nanoTime() - start) * rate / 1_000_000_000L;
            while (told.get() < Math.min(due, (long) rate * seconds)) {
              tell(gateway, "file-" + told.incrementAndGet());
            }
            if (told.get() >= (long) rate * seconds) {
              gateway.vertx.cancelTimer(timer);
              tell(gateway, last);
              finished.countDown();
            }
          });
      assertThat(finished.await(seconds * 4L, TimeUnit.SECONDS)).isTrue();
      double took = (System.nanoTime() - start) / 1e9;
      assertThat(done.await(60, TimeUnit.SECONDS)).as("all heard the last event").isTrue();
      report(readers, told.get() / took, before, connected, usedHeap(), gateway.streams());
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static void tell(GatewayFixture gateway, String file) {
    gateway.bus.publish(
        Events.FILE,
        new Events.FileEvent(file, System.nanoTime(), "placed", "load", "s3", Instant.EPOCH));
  }

  private void report(
      List<Reader> readers, double reached, long before, long connected, long after, int left) {
    long[] delays = readers.stream().flatMap(r -> r.delays.stream()).mapToLong(v -> v).toArray();
    Arrays.sort(delays);
    System.out.printf(
        "dashboards %d, never reading %d, events a second %.0f of %d, %d s%n"
            + "delay ms: median %.1f, 95 %% %.1f, 99 %% %.1f, most %.1f%n"
            + "heap MiB: %d without, %d connected, %d after; streams left %d%n",
        dashboards,
        deaf,
        reached,
        rate,
        seconds,
        delays[delays.length / 2] / 1e3,
        delays[delays.length * 95 / 100] / 1e3,
        delays[delays.length * 99 / 100] / 1e3,
        delays[delays.length - 1] / 1e3,
        before,
        connected,
        after,
        left);
  }
}
