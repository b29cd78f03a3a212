package io.movingdata.consistency.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.consistency.backup.Frames.Frame;
import io.movingdata.core.security.FrameLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What is compressed and cut comes back as the same lines, however it is handed over. */
class FramesTest {
  private static List<String> incompressible(int lines, int bytes) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      byte[] some = new byte[bytes];
      random.nextBytes(some);
      all.add(HexFormat.of().formatHex(some) + " ä文🙂");
    }
    return all;
  }

  private static List<Frame> frames(Frames frames, List<String> lines) {
    List<Frame> all = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += 100) {
      all.addAll(frames.add(lines.subList(from, Math.min(lines.size(), from + 100))));
    }
    all.addAll(frames.end());
    return all;
  }

  private static byte[] content(List<Frame> frames) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    frames.forEach(frame -> content.writeBytes(frame.bytes));
    return content.toByteArray();
  }

  @Test
  void framesAreFullButForTheLast() throws IOException {
    List<String> lines = incompressible(20_000, 500);
    Frames frames = new Frames();
    List<Frame> all = frames(frames, lines);
    assertThat(all).hasSizeGreaterThan(1);
    for (int i = 0; i < all.size(); i++) {
      boolean last = i == all.size() - 1;
      assertThat(all.get(i).index).isEqualTo(i);
      assertThat(all.get(i).last).isEqualTo(last);
      if (!last) {
        assertThat(all.get(i).bytes).hasSize(FrameLayout.contentCapacity(i));
      }
    }
    byte[] content = content(all);
    assertThat(frames.size()).isEqualTo(content.length);
    byte[] unzipped = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
    assertThat(new String(unzipped, StandardCharsets.UTF_8).lines().toList()).isEqualTo(lines);
  }

  @Test
  void piecesOfAnySizeGiveTheSameLines() {
    List<String> lines = incompressible(300, 50);
    byte[] content = content(frames(new Frames(), lines));
    for (int piece : new int[] {1, 7, 10, 11, 4_096, content.length}) {
      List<String> read = new ArrayList<>();
      Gunzip unzip = new Gunzip(read::add);
      for (int at = 0; at < content.length; at += piece) {
        unzip.take(content, at, Math.min(piece, content.length - at));
      }
      unzip.close();
      assertThat(read).as("pieces of %d", piece).isEqualTo(lines);
    }
  }

  @Test
  void whatIsNoBackupIsRefused() {
    Gunzip unzip = new Gunzip(line -> {});
    byte[] other = "no gzip at all".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> unzip.take(other, 0, other.length))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void emptyContentIsOneFrame() {
    List<Frame> all = frames(new Frames(), List.of());
    assertThat(all).hasSize(1);
    assertThat(all.get(0).last).isTrue();
  }
}
