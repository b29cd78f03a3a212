package io.movingdata.bench.tiering;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How objects were used, a day at a time.
 *
 * @param days how many
 * @param objects their use
 */
record Trace(int days, List<Subject> objects) {
  private static final double GIB = 1024.0 * 1024 * 1024;

  /** One object: it exists from a day on; {@code reads} has a count for each day. */
  @SuppressWarnings("ArrayRecordComponent") // written once, read millions of times
  record Subject(long bytes, int born, int[] reads) {}

  /**
   * A trace by chance. Few objects get most of the reads, interest fades with age, every fifth
   * object has a rush a month, and where it drifts a third of the objects change places half way.
   */
  static Trace generated(long seed, int objects, int days, boolean drift) {
    Random random = new Random(seed);
    double[] popularity = new double[objects];
    double[] fading = new double[objects];
    for (int i = 0; i < objects; i++) {
      popularity[i] = 3 / Math.pow(1 + random.nextInt(objects), 0.8);
      fading[i] = 15 + random.nextDouble() * 200;
    }
    List<Subject> all = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      long bytes = (long) (GIB * 0.3 * Math.exp(1.2 * random.nextGaussian()));
      int born = random.nextInt(days / 3);
      int other = drift && random.nextInt(3) == 0 ? random.nextInt(objects) : i;
      boolean rushes = random.nextInt(5) == 0;
      int phase = random.nextInt(30);
      int[] reads = new int[days];
      for (int day = born; day < days; day++) {
        boolean after = day >= days / 2;
        int like = after ? other : i;
        int since = after && other != i ? day - days / 2 : day - born;
        double rate = popularity[like] * Math.exp(-since / fading[like]);
        rate = rushes && (day + phase) % 30 < 2 ? rate * 15 + 0.5 : rate;
        reads[day] = poisson(random, rate);
      }
      all.add(new Subject(bytes, born, reads));
    }
    return new Trace(days, all);
  }

  private static int poisson(Random random, double rate) {
    double limit = Math.exp(-Math.min(rate, 500));
    int count = 0;
    for (double product = random.nextDouble(); product > limit; count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  /**
   * A trace from a file with the columns {@code ts,object,bytes}: a line for each read, any order.
   *
   * @throws IOException naming the line that is wrong
   */
  static Trace csv(Path file) throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    Map<String, List<Instant>> reads = new LinkedHashMap<>();
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
        if (number == 1 && line.startsWith("ts,")) {
          continue;
        }
        String[] fields = line.split(",", -1);
        try {
          Instant at =
              fields[0].matches("[0-9.]+")
                  ? Instant.ofEpochMilli((long) (Double.parseDouble(fields[0]) * 1000))
                  : OffsetDateTime.parse(fields[0]).toInstant();
          sizes.merge(fields[1], Long.parseLong(fields[2]), Math::max);
          reads.computeIfAbsent(fields[1], id -> new ArrayList<>()).add(at);
          first = at.isBefore(first) ? at : first;
          last = at.isAfter(last) ? at : last;
        } catch (RuntimeException e) {
          throw new IOException("line " + number + " is not ts,object,bytes: " + line, e);
        }
      }
    }
    if (reads.isEmpty()) {
      throw new IOException(file + " holds no reads");
    }
    Instant start = first;
    int days = (int) Duration.between(first, last).toDays() + 1;
    List<Subject> all = new ArrayList<>();
    reads.forEach(
        (id, times) -> {
          int[] perDay = new int[days];
          int born = days;
          for (Instant at : times) {
            int day = (int) Duration.between(start, at).toDays();
            perDay[day]++;
            born = Math.min(born, day);
          }
          all.add(new Subject(sizes.get(id), born, perDay));
        });
    return new Trace(days, all);
  }
}
