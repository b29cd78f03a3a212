package io.movingdata.mover.state;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.model.Requester;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Documents for tests. */
final class Sample {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(6);
  static final String CONTENT = "c".repeat(32);

  private Sample() {}

  static Replica replica(String location, String copyId) {
    return new Replica(
        location,
        "key." + copyId,
        ObjectFormat.FERNET,
        copyId,
        NOW.getEpochSecond(),
        "0011223344556677",
        100,
        "etag",
        null,
        ReplicaState.VERIFIED,
        NOW);
  }

  static FileRecord file(Replica... replicas) {
    return new FileRecord(
        "a.txt",
        5,
        CONTENT,
        10,
        "00",
        "text/plain",
        replicas[0].location(),
        Arrays.asList(replicas),
        List.of(),
        null,
        NOW,
        NOW,
        null,
        null,
        null,
        false);
  }

  static MoveRecord planned(MoveKind kind) {
    return MoveMachine.plan(
        "0194f0000000-0000000000000001",
        "a.txt",
        kind,
        "s3",
        "gcs",
        CONTENT,
        5,
        null,
        new Requester("tester", List.of("system"), "r"),
        10,
        NOW);
  }

  static MoveRecord claimed(MoveKind kind) {
    return MoveMachine.claim(planned(kind), "node-a", NOW, LEASE);
  }
}
