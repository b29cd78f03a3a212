package io.movingdata.mover.simulate;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import io.movingdata.mover.simulate.SimulatedProvider.Stored;
import io.movingdata.mover.simulate.Step.Command;
import io.movingdata.testkit.model.ChangeListener;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Looks at each change as it is made, and remembers the first that must not be. */
final class Watch implements ChangeListener {
  private static final Map<MoveState, Set<MoveState>> FOLLOWS = new EnumMap<>(MoveState.class);

  static {
    follows(
        MoveState.PLANNED,
        MoveState.COPYING,
        MoveState.COMMITTED,
        MoveState.RETRY_WAIT,
        MoveState.STUCK,
        MoveState.ABORTING);
    follows(
        MoveState.COPYING,
        MoveState.VERIFIED,
        MoveState.COMMITTED,
        MoveState.RETRY_WAIT,
        MoveState.STUCK,
        MoveState.ABORTING);
    follows(
        MoveState.VERIFIED,
        MoveState.COMMITTED,
        MoveState.RETRY_WAIT,
        MoveState.STUCK,
        MoveState.ABORTING);
    follows(MoveState.RETRY_WAIT, MoveState.PLANNED, MoveState.COPYING);
    follows(MoveState.STUCK, MoveState.PLANNED, MoveState.ABORTING);
    follows(MoveState.ABORTING, MoveState.COMMITTED);
    follows(MoveState.COMMITTED);
  }

  private final World world;
  private final Set<String> deletedCopies = new HashSet<>();
  private final Set<String> goneContents = new HashSet<>();
  private final Set<String> damagedFiles = new HashSet<>();
  private final Map<String, String> lastTargets = new HashMap<>();
  private final Map<String, Long> plannedAt = new HashMap<>();
  private Finding finding;

  Watch(World world) {
    this.world = world;
  }

  private static void follows(MoveState state, MoveState... next) {
    Set<MoveState> all = EnumSet.of(state);
    all.addAll(Set.of(next));
    FOLLOWS.put(state, all);
  }

  /** The first thing that was wrong, null where nothing was. */
  Finding finding() {
    return finding;
  }

  /** Files of which a stored copy rotted. */
  Set<String> damagedFiles() {
    return damagedFiles;
  }

  private void require(boolean holds, String rule, Object... detail) {
    if (!holds && finding == null) {
      StringBuilder text = new StringBuilder();
      for (Object part : detail) {
        text.append(part).append(' ');
      }
      finding = new Finding(rule, text.toString().strip());
      world.trace(() -> "!! " + finding);
    }
  }

  void unexpected(Throwable failure) {
    require(false, "unexpected failure", failure, failure.getCause());
  }

  @Override
  public void file(FileRecord before, FileRecord after) {
    world.trace(() -> "   file " + after);
    if (before != null && after != null) {
      require(before.version() < after.version(), "version repeated", before, after);
      checkContent(before, after);
    }
    if (after == null) {
      return;
    }
    for (Replica copy : after.replicas()) {
      if (before == null || !before.references(copy.copyId())) {
        checkJoined(after, copy);
      }
    }
  }

  private void checkContent(FileRecord before, FileRecord after) {
    boolean moved =
        after.lastMove() != null && !Objects.equals(before.lastMove(), after.lastMove());
    boolean same = Objects.equals(before.contentId(), after.contentId());
    require(!moved || same, "content changed by a move", before, after);
    require(!moved || !before.deleted(), "resurrected by a move", before, after);
    if (moved) {
      Optional<MoveRecord> active = active(after.id());
      require(
          active.filter(m -> m.moveId().equals(after.lastMove().moveId())).isPresent(),
          "switched by a move that is over",
          after.lastMove(),
          active);
      checkPromoted(before, after);
    }
    boolean leaves = before.contentId() != null && (!same || after.deleted());
    if (leaves && !before.deleted()) {
      goneContents.add(before.contentId());
    }
    require(
        after.deleted() || !goneContents.contains(after.contentId()),
        "content came back",
        before,
        after);
  }

  /** A copy that was there before the move must have been looked at before it takes the place. */
  private void checkPromoted(FileRecord before, FileRecord after) {
    Replica primary = after.primaryReplica().orElseThrow();
    if (before.references(primary.copyId())) {
      Stored stored = world.providers().at(primary.location()).find(primary.key());
      boolean read = stored != null && stored.readAt >= plannedAt.get(after.lastMove().moveId());
      require(read, "copy promoted that nobody has read", primary, after);
    }
  }

  private void checkJoined(FileRecord file, Replica copy) {
    require(!deletedCopies.contains(copy.copyId()), "deleted copy referenced", file);
    Stored stored = world.providers().at(copy.location()).find(copy.key());
    boolean whole =
        stored != null
            && stored.sha256.equals(file.sha256())
            && (!stored.damaged || damagedFiles.contains(file.id()));
    require(whole, "copy that is not whole referenced", copy, file);
  }

  @Override
  public void activeMove(MoveRecord before, MoveRecord after) {
    world.trace(() -> "   move " + after);
    if (before == null) {
      boolean again =
          world.catalog().history().stream().anyMatch(m -> m.moveId().equals(after.moveId()));
      require(!again, "move began again after its end", after);
      plannedAt.putIfAbsent(after.moveId(), world.time().now());
    } else if (after != null) {
      boolean handedOver = after.owner() != null && !after.owner().equals(before.owner());
      long least = before.epoch() + (handedOver ? 1 : 0);
      require(after.epoch() >= least, "epoch not raised", before, after);
      require(
          FOLLOWS.get(before.state()).contains(after.state()), "wrong transition", before, after);
    } else {
      boolean ended =
          world.catalog().history().stream().anyMatch(m -> m.moveId().equals(before.moveId()));
      require(ended, "move without an end", before);
    }
  }

  @Override
  public void pastMove(MoveRecord before, MoveRecord after) {
    world.trace(() -> "   past move " + after);
    boolean same = before == null || after == null || before.state() == after.state();
    boolean ending =
        world.catalog().activeMoves().stream().anyMatch(m -> m.moveId().equals(after.moveId()));
    require(same || ending, "end of a move changed", before, after);
    if (after.state() == MoveState.DONE && after.kind() == MoveKind.MOVE) {
      lastTargets.put(after.contentId(), after.target());
    }
  }

  @Override
  public void garbage(Garbage before, Garbage after) {
    world.trace(() -> "   garbage " + (after == null ? "without " + before : after));
  }

  void stored(SimulatedProvider provider, Stored stored) {
    world.trace(() -> "   " + provider.location() + " stores " + stored.key);
  }

  void deleted(SimulatedProvider provider, Stored stored) {
    world.trace(() -> "   " + provider.location() + " deletes " + stored.key);
    String copyId = stored.metadata.copyId();
    deletedCopies.add(copyId);
    FileRecord file = file(stored.metadata.fileId());
    if (file == null || file.deleted()) {
      return;
    }
    require(!file.references(copyId), "referenced copy deleted", copyId, file);
    if (stored.holds(file.sha256())) {
      boolean another =
          file.replicas().stream().anyMatch(copy -> passesForWhole(file, copy)) || kept(file);
      require(another, "last good copy deleted", copyId, file);
    }
  }

  /** Whether a copy is whole, or has rotted since somebody could see it. */
  private boolean passesForWhole(FileRecord file, Replica copy) {
    Stored other = world.providers().at(copy.location()).find(copy.key());
    boolean blind = !world.weather().deep();
    return copy.verified()
        && other != null
        && (other.holds(file.sha256()) || (other.damaged && (blind || !other.seen)));
  }

  /** Whether a whole copy of a file's content is left anywhere, be it as garbage. */
  private boolean kept(FileRecord file) {
    for (SimulatedProvider provider : world.providers().all()) {
      for (Stored stored : provider.objects()) {
        if (stored.metadata.fileId().equals(file.id()) && stored.holds(file.sha256())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Lets the copy of a file at a location rot, where another of its content is whole. */
  void damage(Command command) {
    FileRecord file = file(command.file());
    if (file == null || file.deleted()) {
      return;
    }
    long whole = 0;
    Stored victim = null;
    for (SimulatedProvider provider : world.providers().all()) {
      for (Stored stored : provider.objects()) {
        if (stored.metadata.fileId().equals(file.id()) && stored.holds(file.sha256())) {
          whole++;
          victim =
              victim == null || provider.location().equals(command.location()) ? stored : victim;
        }
      }
    }
    if (whole > 1) {
      victim.damaged = true;
      victim.seen = false;
      damagedFiles.add(file.id());
      String key = victim.key;
      world.trace(() -> "   rotten: " + key);
    }
  }

  private FileRecord file(String id) {
    return world.catalog().files().stream().filter(f -> f.id().equals(id)).findFirst().orElse(null);
  }

  private Optional<MoveRecord> active(String fileId) {
    return world.catalog().activeMoves().stream()
        .filter(m -> m.fileId().equals(fileId))
        .findFirst();
  }

  /** What is wrong once all is at rest: files are where their last moves brought them. */
  Finding atRest() {
    for (FileRecord file : world.catalog().files()) {
      String target = lastTargets.get(file.contentId());
      require(
          file.deleted() || target == null || target.equals(file.primary()),
          "not where the last move brought it",
          file,
          target);
    }
    return finding;
  }

  /** Whether nothing remains to be done, or nothing that can be. */
  boolean nothingLeft() {
    boolean moving =
        world.catalog().activeMoves().stream().anyMatch(m -> m.state() != MoveState.STUCK);
    boolean garbage =
        world.catalog().garbage().stream().anyMatch(g -> !damagedFiles.contains(g.fileId()));
    boolean uploading = false;
    for (SimulatedProvider provider : world.providers().all()) {
      uploading |= !provider.uploads().isEmpty();
    }
    return !moving && !garbage && !uploading && world.catalog().intents(false).isEmpty();
  }
}
