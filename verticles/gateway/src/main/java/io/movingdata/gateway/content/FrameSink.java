package io.movingdata.gateway.content;

import io.movingdata.core.storage.ByteBudget;
import io.vertx.core.Future;

/** Takes the frames of a content in order. */
interface FrameSink {
  /**
   * Takes a frame.
   *
   * @param last whether the content ends with it
   * @param grant memory to give back once the frame is durable
   * @return completes when the frame's array may be used again and the next frame may come
   */
  Future<Void> frame(int index, boolean last, FrameBuffer frame, ByteBudget.Grant grant);
}
