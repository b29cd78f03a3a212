package io.movingdata.storage.gcs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this process knows of the uploads that it sends, by session URI. Losing an entry costs one
 * question to the provider, so the oldest go first.
 */
final class UploadStates {
  private static final int MAX = 10_000;

  private final Map<String, UploadState> states =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UploadState> eldest) {
          return size() > MAX;
        }
      };

  synchronized UploadState get(String session) {
    return states.get(session);
  }

  synchronized void put(String session, UploadState state) {
    states.put(session, state);
  }

  /** Makes the next use ask the provider. */
  synchronized void doubt(String session) {
    states.computeIfPresent(session, (id, state) -> state.unsure());
  }

  synchronized void forget(String session) {
    states.remove(session);
  }

  /** Session URIs are credentials. */
  @Override
  public synchronized String toString() {
    return states.size() + " uploads";
  }
}
