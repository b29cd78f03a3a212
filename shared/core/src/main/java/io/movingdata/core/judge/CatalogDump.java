package io.movingdata.core.judge;

import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import java.util.List;

/**
 * The catalog's documents that say where objects are.
 *
 * @param files files and the tombstones of deleted ones
 * @param intents copies under way, those included whose giving up has begun
 * @param markers copies that were given up for good
 * @param garbage copies that wait for the collector
 * @param activeMoves moves that have not ended
 * @param pastMoves the history
 */
public record CatalogDump(
    List<FileRecord> files,
    List<CopyIntent> intents,
    List<CopyIntent> markers,
    List<Garbage> garbage,
    List<MoveRecord> activeMoves,
    List<MoveRecord> pastMoves) {

  public CatalogDump {
    files = files == null ? List.of() : List.copyOf(files);
    intents = intents == null ? List.of() : List.copyOf(intents);
    markers = markers == null ? List.of() : List.copyOf(markers);
    garbage = garbage == null ? List.of() : List.copyOf(garbage);
    activeMoves = activeMoves == null ? List.of() : List.copyOf(activeMoves);
    pastMoves = pastMoves == null ? List.of() : List.copyOf(pastMoves);
  }
}
