package io.movingdata.storage.azure;

import io.movingdata.core.config.Provider;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import java.util.List;

/** The role {@code storage-azure}: a worker for each configured location of Azure. */
public final class AzureStorageRole implements NodeRole {
  @Override
  public String name() {
    return "storage-azure";
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return node.config().locations().stream()
        .filter(location -> location.provider() == Provider.AZURE)
        .<Deployable>map(location -> new AzureStorageVerticle(node.bus(), node.cpu(), location))
        .toList();
  }
}
