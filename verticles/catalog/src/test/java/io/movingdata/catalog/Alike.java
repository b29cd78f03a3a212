package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.CopyList;
import io.movingdata.core.contract.CatalogApi.CopyReply;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.GarbageList;
import io.movingdata.core.contract.CatalogApi.MoveInserted;
import io.movingdata.core.contract.CatalogApi.MovePage;
import io.movingdata.core.contract.CatalogApi.MoveReply;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Compares what two catalogs answer and hold. Everything must be equal but the versions: those of
 * one document must stand for one another from the first time on, and only for one another.
 */
final class Alike {
  private final Map<String, Long> pairs = new HashMap<>();

  /** Whether two answers say the same. */
  boolean answers(Object a, Object b) {
    if (a == null || b == null || a.getClass() != b.getClass()) {
      return Objects.equals(a, b);
    }
    if (a instanceof FileReply x) {
      return same(x.file(), ((FileReply) b).file());
    } else if (a instanceof CopyReply x) {
      return same(x.copy(), ((CopyReply) b).copy());
    } else if (a instanceof CopyList x) {
      return all(x.copies(), ((CopyList) b).copies(), this::same);
    } else if (a instanceof GarbageList x) {
      return all(x.entries(), ((GarbageList) b).entries(), this::same);
    } else if (a instanceof MoveReply x) {
      return same(x.move(), ((MoveReply) b).move());
    } else if (a instanceof MovePage x) {
      return all(x.moves(), ((MovePage) b).moves(), this::same);
    } else if (a instanceof MoveInserted x) {
      MoveInserted y = (MoveInserted) b;
      return x.inserted() == y.inserted() && same(x.move(), y.move());
    }
    return a.equals(b);
  }

  /** Whether two catalogs hold the same; where they do not, nothing is learnt of versions. */
  boolean states(CatalogDump a, CatalogDump b) {
    Map<String, Long> before = new HashMap<>(pairs);
    boolean same =
        all(by(FileRecord::id, a.files()), by(FileRecord::id, b.files()), this::same)
            && all(intents(a.intents()), intents(b.intents()), this::same)
            && all(intents(a.markers()), intents(b.markers()), this::same)
            && all(by(Garbage::copyId, a.garbage()), by(Garbage::copyId, b.garbage()), this::same)
            && all(moves(a.activeMoves()), moves(b.activeMoves()), this::same)
            && all(moves(a.pastMoves()), moves(b.pastMoves()), this::same);
    if (!same) {
      pairs.clear();
      pairs.putAll(before);
    }
    return same;
  }

  private static List<CopyIntent> intents(List<CopyIntent> all) {
    return by(CopyIntent::copyId, all);
  }

  private static List<MoveRecord> moves(List<MoveRecord> all) {
    return by(MoveRecord::moveId, all);
  }

  private static <T> List<T> by(Function<T, String> id, List<T> all) {
    return all.stream().sorted(Comparator.comparing(id)).toList();
  }

  private static <T> boolean all(List<T> a, List<T> b, BiPredicate<T, T> same) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same.test(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean same(FileRecord a, FileRecord b) {
    if (a == null || b == null) {
      return Objects.equals(a, b);
    }
    return a.atVersion(0).equals(b.atVersion(0))
        && paired("file " + a.id(), a.version(), b.version());
  }

  private boolean same(MoveRecord a, MoveRecord b) {
    if (a == null || b == null) {
      return Objects.equals(a, b);
    }
    return a.atVersion(0).equals(b.atVersion(0))
        && paired("move " + a.fileId(), a.version(), b.version());
  }

  private boolean same(CopyIntent a, CopyIntent b) {
    return Objects.equals(a, b);
  }

  private boolean same(Garbage a, Garbage b) {
    return a.atVersion(0).equals(b.atVersion(0))
        && paired("garbage " + a.copyId(), a.version(), b.version());
  }

  private boolean paired(String document, long a, long b) {
    Long knownB = pairs.putIfAbsent(document + " left " + a, b);
    Long knownA = pairs.putIfAbsent(document + " right " + b, a);
    return (knownB == null || knownB == b) && (knownA == null || knownA == a);
  }
}
