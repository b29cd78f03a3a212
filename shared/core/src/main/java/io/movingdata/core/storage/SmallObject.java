package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.buffer.Buffer;

/** An object that came in one message. */
public record SmallObject(ObjectStat stat, Buffer body) {}
