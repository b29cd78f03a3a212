package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import java.time.Duration;
import java.util.List;

/** What a system that has come to rest must not leave behind. */
final class LeftoverDamage {
  static final List<Damage> ALL =
      List.of(
          new Damage("garbage past its grace", Rule.GARBAGE, LeftoverDamage::garbage),
          new Damage("an abandoned intent", Rule.ABANDONED_INTENT, LeftoverDamage::intent),
          new Damage("an unfinished upload", Rule.UNFINISHED_UPLOAD, LeftoverDamage::upload),
          new Damage("an object of nobody", Rule.ORPHAN, LeftoverDamage::orphan));

  private LeftoverDamage() {}

  private static Replica copy(World world, FileRecord file) {
    return Records.replica(file.id(), world.hex(32), world.elsewhere(file), world.tick());
  }

  private static String garbage(World world) {
    FileRecord file = world.newFile();
    Replica copy = copy(world, file);
    world.garbage.add(Records.garbage(file.id(), copy, world.tick()));
    return ObjectAddress.of(copy).toString();
  }

  private static String intent(World world) {
    FileRecord file = world.newFile();
    Replica copy = copy(world, file);
    Duration old = world.limits.stale().plusSeconds(1);
    world.intents.add(Records.intent(file.id(), file.contentId(), copy, world.tick().minus(old)));
    return ObjectAddress.of(copy).toString();
  }

  private static String upload(World world) {
    Replica copy = copy(world, world.newFile());
    Duration old = world.limits.stale().plusSeconds(1);
    world.uploads.put(
        copy.location(), List.of(new UnfinishedUpload(copy.key(), world.tick().minus(old))));
    return ObjectAddress.of(copy).toString();
  }

  private static String orphan(World world) {
    FileRecord file = world.newFile();
    Replica copy = copy(world, file);
    world.objects.put(ObjectAddress.of(copy), Records.object(file, copy, world.tick()));
    return ObjectAddress.of(copy).toString();
  }
}
