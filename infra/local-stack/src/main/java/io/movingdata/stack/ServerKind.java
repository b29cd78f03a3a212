package io.movingdata.stack;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers that the stack can run, by their names on the command line. */
public enum ServerKind {
  S3(9000),
  AZURITE(10000),
  GCS(4443),
  MONGO(27017),
  KAFKA(9092);

  private final int defaultPort;

  ServerKind(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** The port it listens on unless told otherwise. */
  public int defaultPort() {
    return defaultPort;
  }

  /** The name on the command line and in the ready line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The option that changes its port. */
  public String portOption() {
    return "--" + word() + "-port";
  }

  static Optional<ServerKind> ofWord(String word) {
    return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
