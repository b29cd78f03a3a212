package io.movingdata.gateway.content;

import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which copies may serve a reader: verified, configured, allowed; the primary first. */
final class Candidates {
  private final NodeConfig config;
  private final Authorizer authorizer;

  Candidates(NodeConfig config, Authorizer authorizer) {
    this.config = config;
    this.authorizer = authorizer;
  }

  /** Verified copies at configured locations, whoever asks. */
  List<Replica> usable(FileRecord file) {
    List<Replica> usable = new ArrayList<>();
    for (Replica replica : file.replicas()) {
      if (replica.verified() && config.location(replica.location()).isPresent()) {
        boolean primary = replica.location().equals(file.primary());
        usable.add(primary ? 0 : usable.size(), replica);
      }
    }
    return usable;
  }

  /** Those of them that the requester may read, without some. */
  List<Replica> allowed(FileRecord file, Requester who, Set<String> withoutCopies) {
    return usable(file).stream()
        .filter(r -> !withoutCopies.contains(r.copyId()))
        .filter(r -> authorizer.allows(who, r.location()))
        .toList();
  }
}
