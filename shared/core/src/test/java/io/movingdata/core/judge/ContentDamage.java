package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.transfer.ObjectMetadata;
import java.util.List;

/** Damage to contents, copies and what clients were told of them. */
final class ContentDamage {
  static final List<Damage> ALL =
      List.of(
          new Damage("the only copy is gone", Rule.DURABILITY, ContentDamage::onlyCopyGone),
          new Damage("the only copy fails to decrypt", Rule.DURABILITY, w -> read(w, "damaged")),
          new Damage("the only copy holds other content", Rule.DURABILITY, w -> read(w, null)),
          new Damage("no copy is listed", Rule.DURABILITY, ContentDamage::noCopyListed),
          new Damage("a file is not in the catalog", Rule.DURABILITY, ContentDamage::fileGone),
          new Damage("an overwrite is lost", Rule.DURABILITY, ContentDamage::overwriteLost),
          new Damage("a deleted file is back", Rule.RESURRECTION, ContentDamage::deletedIsBack),
          new Damage("a referenced copy was deleted", Rule.DELETE_DISCIPLINE, w -> deleted(w, 204)),
          new Damage("so it may have been", Rule.DELETE_DISCIPLINE, w -> deleted(w, 0)),
          new Damage("deleted too soon", Rule.DELETE_DISCIPLINE, ContentDamage::deletedTooSoon),
          new Damage(
              "deleted beside garbage", Rule.DELETE_DISCIPLINE, ContentDamage::besideGarbage),
          new Damage("a second copy is gone", Rule.REPLICA, ContentDamage::secondCopyGone),
          new Damage("a second copy is short", Rule.REPLICA, ContentDamage::secondCopyShort),
          new Damage("a primary without a copy", Rule.PLACEMENT, ContentDamage::primaryElsewhere),
          new Damage("two copies at a location", Rule.PLACEMENT, ContentDamage::twoCopies),
          new Damage("a copy listed twice", Rule.PLACEMENT, ContentDamage::listedTwice),
          new Damage("a switch that was undone", Rule.PLACEMENT, ContentDamage::switchUndone),
          new Damage("a copy without metadata", Rule.METADATA, w -> metadata(w, false)),
          new Damage("metadata of another file", Rule.METADATA, w -> metadata(w, true)),
          new Damage("a read of what was before", Rule.TRUTHFUL_READ, ContentDamage::oldRead),
          new Damage("a read of nothing", Rule.TRUTHFUL_READ, w -> falseRead(w, null)),
          new Damage("a read of what never was", Rule.TRUTHFUL_READ, w -> falseRead(w, w.hex(64))),
          new Damage("a key written again", Rule.KEY_REUSE, ContentDamage::keyReused),
          new Damage("a given-up copy referenced", Rule.GIVEN_UP, ContentDamage::givenUp));

  private ContentDamage() {}

  private static String onlyCopyGone(World world) {
    FileRecord file = world.newFile();
    world.objects.remove(ObjectAddress.of(file.replicas().get(0)));
    return file.id();
  }

  private static String read(World world, String problem) {
    FileRecord file = world.newFile();
    Reading reading = new Reading(problem == null ? world.hex(64) : null, problem);
    change(world, file.replicas().get(0), 0, true, reading);
    return file.id();
  }

  private static void change(
      World world, Replica copy, long more, boolean metadata, Reading reading) {
    world.objects.computeIfPresent(
        ObjectAddress.of(copy),
        (at, o) ->
            new StoredObject(
                o.key(),
                o.bytes() + more,
                metadata ? o.metadata() : null,
                o.lastModified(),
                reading == null ? o.reading() : reading));
  }

  private static String noCopyListed(World world) {
    FileRecord file = world.newFile();
    world.objects.remove(ObjectAddress.of(file.replicas().get(0)));
    world.files.put(file.id(), Records.with(file, file.primary(), List.of()));
    return file.id();
  }

  private static String fileGone(World world) {
    String id = onlyCopyGone(world);
    world.files.remove(id);
    return id;
  }

  private static String overwriteLost(World world) {
    FileRecord file = world.newFile();
    world.write(file.id(), Outcome.OK, false);
    return file.id();
  }

  private static String deletedIsBack(World world) {
    FileRecord file = world.newFile();
    world.history.add(
        new ClientOperation(
            OperationKind.DELETE,
            file.id(),
            world.tick(),
            world.tick(),
            Outcome.OK,
            null,
            null,
            null,
            null,
            "204"));
    return file.id();
  }

  private static String deleted(World world, int status) {
    Replica copy = world.newFile().replicas().get(0);
    world.requests.add(
        new ProviderRequest(
            world.tick(),
            status == 0 ? null : world.tick(),
            copy.location(),
            RequestKind.DELETE,
            copy.key(),
            status,
            null));
    return ObjectAddress.of(copy).toString();
  }

  private static String deletedTooSoon(World world) {
    FileRecord file = world.newFile();
    Replica old = file.replicas().get(0);
    world.request(old, RequestKind.DELETE, world.tick(), null);
    world.move(file.id(), MoveKind.MOVE, world.elsewhere(file), null);
    return ObjectAddress.of(old).toString();
  }

  /** The copy that could have stood in was given up. */
  private static String besideGarbage(World world) {
    FileRecord file = world.newFile();
    Replica old = file.replicas().get(0);
    MoveRecord aborted = world.abortedMove(file.id(), world.elsewhere(file));
    ProviderRequest collected = world.requests.remove(world.requests.size() - 1);
    world.request(old, RequestKind.DELETE, world.tick(), null);
    world.request(aborted.copy(), collected.kind(), world.tick(), null);
    world.move(file.id(), MoveKind.MOVE, world.elsewhere(file), null);
    return ObjectAddress.of(old).toString();
  }

  private static FileRecord twoCopyFile(World world) {
    FileRecord file = world.newFile();
    world.move(file.id(), MoveKind.COPY, world.elsewhere(file), null);
    return world.files.get(file.id());
  }

  private static String secondCopyGone(World world) {
    FileRecord file = twoCopyFile(world);
    world.objects.remove(ObjectAddress.of(file.replicas().get(1)));
    return file.id();
  }

  private static String secondCopyShort(World world) {
    FileRecord file = twoCopyFile(world);
    change(world, file.replicas().get(1), -1, true, null);
    return file.id();
  }

  private static String primaryElsewhere(World world) {
    FileRecord file = world.newFile();
    world.files.put(file.id(), Records.with(file, world.elsewhere(file), file.replicas()));
    return file.id();
  }

  private static String twoCopies(World world) {
    FileRecord file = world.newFile();
    Replica more = Records.replica(file.id(), world.hex(32), file.primary(), world.tick());
    return listed(world, file, more);
  }

  private static String listedTwice(World world) {
    FileRecord file = world.newFile();
    String copyId = file.replicas().get(0).copyId();
    Replica more = Records.replica(file.id(), copyId, world.elsewhere(file), world.tick());
    return listed(world, file, more);
  }

  private static String listed(World world, FileRecord file, Replica more) {
    Replica first = file.replicas().get(0);
    world.objects.put(ObjectAddress.of(more), Records.object(file, more, world.tick()));
    world.files.put(file.id(), Records.with(file, file.primary(), List.of(first, more)));
    return file.id();
  }

  private static String switchUndone(World world) {
    FileRecord file = twoCopyFile(world);
    MoveDamage.change(world.pastMoves, m -> MoveDamage.as(m, MoveKind.MOVE, m.startedAt()));
    return file.id();
  }

  private static String metadata(World world, boolean other) {
    FileRecord file = world.newFile();
    Replica copy = file.replicas().get(0);
    change(world, copy, 0, false, null);
    if (other) {
      FileRecord stranger = world.newFile();
      ObjectMetadata its = Records.object(stranger, copy, world.tick()).metadata();
      world.objects.computeIfPresent(
          ObjectAddress.of(copy),
          (at, o) -> new StoredObject(o.key(), o.bytes(), its, o.lastModified(), o.reading()));
    }
    return file.id();
  }

  private static String oldRead(World world) {
    FileRecord file = world.newFile();
    world.write(file.id(), Outcome.OK, true);
    world.readBefore(file.id(), world.tick(), file.sha256());
    return file.id();
  }

  private static String falseRead(World world, String sha256) {
    FileRecord file = world.newFile();
    world.readBefore(file.id(), world.tick(), sha256);
    return file.id();
  }

  private static String keyReused(World world) {
    FileRecord file = world.newFile();
    Replica copy = file.replicas().get(0);
    world.move(file.id(), MoveKind.MOVE, world.elsewhere(file), null);
    world.request(copy, RequestKind.PUT, world.tick(), null);
    return ObjectAddress.of(copy).toString();
  }

  private static String givenUp(World world) {
    FileRecord file = world.newFile();
    Replica copy = file.replicas().get(0);
    world.markers.add(Records.intent(file.id(), file.contentId(), copy, world.tick()));
    return file.id();
  }
}
